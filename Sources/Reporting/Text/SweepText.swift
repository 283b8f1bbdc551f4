public import Experiments

/// A sweep for a terminal: the winner at each point, and where the verdict flips between variants.
public func sweepText(_ sweep: SweepResult, style: TextStyle = .plain) -> String {
  guard sweep.axes.count == 2 else { return "" }
  let (rows, columns) = (sweep.axes[0], sweep.axes[1])
  var table = TextTable(heads: [rows.title] + columns.values)
  for (row, value) in rows.values.enumerated() {
    let cells = columns.values.indices.map { column in
      winnerText(sweep.cells[row * columns.values.count + column], currency: sweep.currency)
    }
    table.add([value] + cells)
  }
  let title =
    "The cheapest variant whose risk of exhaustion stays under \(shareText(sweep.riskBound))"
  var lines = [
    style.strong(title),
    "Down: \(lowercasedFirst(rows.title)). Across: \(lowercasedFirst(columns.title)). With its mean "
      + "cost per case; \(sweep.replications) rehearsals of each variant at each point.", "",
    table.text(style),
    style.strong("Where the verdict flips"),
  ]
  for boundary in sweep.boundaries {
    lines += boundaryText(boundary, rows: rows, columns: columns).map { "  \($0)" }
  }
  if !sweep.front.isEmpty {
    lines += ["", style.strong("What no other point beats in cost, time and risk at once")]
    var front = TextTable(
      heads: [
        rows.title, columns.title, "", "cost per case", "time to completion", "P(exhaustion)",
      ],
      numbers: [3, 4, 5])
    for entry in sweep.front where entry.coordinates.count == 2 {
      front.add([
        rows.values[entry.coordinates[0]], columns.values[entry.coordinates[1]], entry.variant,
        FigureText(entry.costPerCase, unit: sweep.currency).text,
        FigureText(entry.timeToCompletion, unit: "h").text, FigureText(entry.exhaustion).text,
      ])
    }
    lines.append(front.text(style))
  }
  return lines.joined(separator: "\n") + "\n"
}

private func winnerText(_ cell: SweepCell, currency: String) -> String {
  guard let winner = cell.winner,
    let entry = cell.variants.first(where: { $0.variant == winner })
  else {
    // None of n can be too few to rule the risk out.
    return cell.variants.contains { $0.exhaustion.count == 0 }
      ? "too few rehearsals" : "none is safe"
  }
  return "\(winner) \(FigureText(entry.costPerCase, unit: currency).value)"
}

func boundaryText(
  _ boundary: SweepBoundary, rows: SweepAxisValues, columns: SweepAxisValues
) -> [String] {
  let pair = "\(boundary.variant) against \(boundary.against)"
  switch boundary.verdict {
  case .cheaper: return ["\(pair): cheaper per case at every point"]
  case .dearer: return ["\(pair): dearer per case at every point"]
  case .depends:
    let crossings = boundary.crossings.map { crossing in
      let index = Int(crossing.position)
      let next = min(index + 1, columns.values.count - 1)
      let row = crossing.coordinates.first.map { rows.values[$0] } ?? ""
      return "  at \(row): \(crossing.cheaperBeyond ? "cheaper" : "dearer") beyond "
        + "\(columns.values[index]) to \(columns.values[next])"
    }
    return ["\(pair): depends on \(lowercasedFirst(columns.title))"] + crossings
  }
}

func lowercasedFirst(_ text: String) -> String {
  // Abbreviations such as AML and P(exhaustion) stay.
  guard text.dropFirst().first?.isLowercase == true else { return text }
  return text.prefix(1).lowercased() + text.dropFirst()
}
