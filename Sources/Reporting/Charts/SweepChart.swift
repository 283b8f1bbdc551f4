import Experiments

extension ChartFigure {
  /// The points of a sweep with the variant advised at each, and for each pair of variants what one costs
  /// more than the other, with the lines along which the verdict flips.
  static func sweep(_ sweep: SweepResult, palette: VariantPalette) -> ChartFigure? {
    guard sweep.axes.count == 2, !sweep.cells.isEmpty else { return nil }
    let (rows, columns) = (sweep.axes[0], sweep.axes[1])
    let table = sweepTable(sweep)
    let title = sweepFinding(sweep)
    let winners = sweep.winners
    let deciding = sweep.boundaries.filter { $0.verdict == .depends }
    return ChartFigure(
      id: "verdicts", title: title,
      subtitle:
        "The cheapest variant whose risk of exhaustion stays under \(shareText(sweep.riskBound)), and "
        + "for each pair whose verdict depends on the values what the first costs more per case than the "
        + "second. Down: \(rows.title); across: \(columns.title). Thick line: where the verdict flips, between "
        + "points by interpolation of the means; \(countText(sweep.replications)) rehearsals of each variant "
        + "at each point",
      description: title
        + ". A grid of \(rows.values.count) by \(columns.values.count) points; the table has "
        + "the cost of every variant at each with its interval.",
      panels: [
        Panel(
          title: "Advised, with its cost per case, \(sweep.currency)",
          notes: winners.map {
            KeyEntry(
              label: $0 ?? "none is shown to be safe", colour: palette.fill(of: $0), sign: .fill)
          }, specification: winnerMap(sweep, palette: palette))
      ]
        + deciding.map {
          Panel(
            title: "\($0.variant) less \($0.against), \(sweep.currency) per case",
            specification: differenceMap(sweep, $0))
        },
      hasWidePanels: true, table: table)
  }
}

extension VariantPalette {
  /// Fill of a point at which a variant is advised.
  fileprivate func fill(of winner: String?) -> String { winner.map(colour) ?? "none" }
}

extension SweepResult {
  /// What is advised anywhere, in the order of the scenario; `nil` last, where at some point nothing is.
  fileprivate var winners: [String?] {
    let names = cells.first?.variants.map(\.variant) ?? []
    let some: [String?] = names.filter { name in cells.contains { $0.winner == name } }
    return cells.contains { $0.winner == nil } ? some + [nil] : some
  }

  /// The cells row by row.
  fileprivate var grid: [[SweepCell]] {
    let width = axes[1].values.count
    return axes[0].values.indices.map { Array(cells[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// Where another variant is advised.
  var winnerBoundary: GridBoundary {
    GridBoundary(
      rows: grid.map { row in
        row.enumerated().map { ($0.element.winner, Double($0.offset) + 0.5) }
      })
  }

  /// Where one variant stops being cheaper than another.
  func boundary(_ boundary: SweepBoundary) -> GridBoundary {
    let end = Double(axes[1].values.count) - 0.5
    return GridBoundary(
      rows: grid.enumerated().map { index, row in
        let crossings = boundary.crossings.filter { $0.coordinates == [index] }
        var isCheaper = (row.first?.difference(boundary) ?? 0) < 0
        var spans: [(label: Bool, until: Double)] = []
        for crossing in crossings {
          spans.append((isCheaper, crossing.position))
          isCheaper = crossing.cheaperBeyond
        }
        return spans + [(isCheaper, end)]
      })
  }
}

extension SweepCell {
  /// What the one variant costs more per case than the other.
  fileprivate func difference(_ boundary: SweepBoundary) -> Double? {
    func cost(_ name: String) -> Double? {
      variants.first { $0.variant == name }?.costPerCase.mean
    }
    guard let own = cost(boundary.variant), let other = cost(boundary.against) else { return nil }
    return own - other
  }
}

// MARK: Data

private func sweepTable(_ sweep: SweepResult) -> ChartTable {
  let names = sweep.cells.first?.variants.map(\.variant) ?? []
  let currency = sweep.currency
  let columns: [ChartTable.Column] =
    [
      .init(field: "down", title: sweep.axes[0].title),
      .init(field: "across", title: sweep.axes[1].title),
      .init(field: "advised", title: "Advised"), .init(field: "variant", title: "Variant"),
      .init(field: "cost", title: "Cost per case, \(currency)", unit: currency, form: .decimals(2)),
      .init(field: "lower", title: "Lower end", unit: currency, form: .decimals(2)),
      .init(field: "upper", title: "Upper end", unit: currency, form: .decimals(2)),
      .init(field: "difference", title: "Less the baseline's", unit: currency, form: .decimals(2)),
      .init(field: "risk", title: "P(exhausted)", form: .share),
      .init(field: "riskLower", title: "Lower end", form: .share),
      .init(field: "riskUpper", title: "Upper end", form: .share),
    ]
  let rows = sweep.cells.flatMap { cell in
    names.compactMap { name -> [ChartValue]? in
      guard let entry = cell.variants.first(where: { $0.variant == name }) else { return nil }
      let place = zip(sweep.axes, cell.coordinates).map { ChartValue.text($0.values[$1]) }
      return place + [
        cell.winner.map { .text($0) } ?? .missing, .text(name), .number(entry.costPerCase.mean),
        .number(entry.costPerCase.lower), .number(entry.costPerCase.upper),
        ChartValue(entry.costDifference?.mean), .number(entry.exhaustion.share),
        .number(entry.exhaustion.lower), .number(entry.exhaustion.upper),
      ]
    }
  }
  return ChartTable(columns: columns, rows: rows)
}

func sweepFinding(_ sweep: SweepResult) -> String {
  let counts = sweep.winners.map { winner in
    (winner, sweep.cells.count { $0.winner == winner })
  }
  let parts = counts.map { winner, count in
    "\(winner ?? "no variant") at \(countText(count))"
  }
  return counts.count == 1
    ? "\(counts[0].0 ?? "No variant") is advised at all \(countText(sweep.cells.count)) points"
    : "Advised: \(listText(parts)) of \(countText(sweep.cells.count)) points"
}

// MARK: Drawing

/// The frame of a map: places of cells, names of columns in a row of their own, lines of the boundary.
private struct GridMap {
  let rows: [String]
  let columns: [String]

  /// Names of the rows, below the row that has the names of the columns.
  var names: [String] { [""] + rows }

  var x: Channel {
    .number(
      "left", title: "", axis: .null,
      scale: Scale(domain: .numbers([-0.5, Double(columns.count) - 0.5]), nice: false))
  }

  func y(_ part: Double? = nil) -> Channel {
    var channel = Channel.word(
      "row", title: "", axis: .some(Axis(ticks: false, domain: false, labelLimit: 160)),
      scale: Scale(domain: .words(names), type: "band", paddingInner: 0, paddingOuter: 0))
    channel.bandPosition = part
    return channel
  }

  func place(_ row: Int, _ column: Int) -> [(field: String, value: ChartValue)] {
    [
      ("row", .text(rows[row])), ("left", .number(Double(column) - 0.5)),
      ("right", .number(Double(column) + 0.5)), ("middle", .number(Double(column))),
    ]
  }

  private func at(_ field: String) -> Channel {
    var channel = x
    channel.field = field
    return channel
  }

  /// A rectangle and its label for each cell.
  func cells(fill: Channel, opacity: Double, tooltip: [Channel]) -> [Layer] {
    [
      Layer(
        Mark(
          type: .rect, fillOpacity: opacity, stroke: "currentColor", strokeWidth: 0.5,
          strokeOpacity: 0.3),
        Encoding(x: x, x2: Channel(field: "right"), y: y(), fill: fill, tooltip: tooltip)),
      Layer(
        Mark(type: .text, align: "center", baseline: "middle"),
        Encoding(x: at("middle"), y: y(0.5), text: Channel(field: "label"))),
    ]
  }

  /// Names of the columns, and the lines of a boundary.
  func frame(_ boundary: GridBoundary) -> [Layer] {
    let heads = shortened(columns).enumerated().map { column, name in
      ChartRow(cells: [
        ("row", .text("")), ("middle", .number(Double(column))), ("label", .text(name)),
      ])
    }
    var layers = [
      Layer(
        Mark(type: .text, align: "center", baseline: "middle", fontWeight: 600),
        Encoding(x: at("middle"), y: y(0.5), text: Channel(field: "label")),
        data: ChartData(values: heads))
    ]
    let line = Mark(type: .rule, color: "currentColor", strokeWidth: 3)
    var below = Channel(field: "row")
    below.bandPosition = 1
    if !boundary.across.isEmpty {
      layers.append(
        Layer(
          line, Encoding(x: at("left"), y: y(0), y2: below),
          data: ChartData(
            values: boundary.across.map {
              ChartRow(cells: [("row", .text(rows[$0.row])), ("left", .number($0.place))])
            })))
    }
    if !boundary.along.isEmpty {
      layers.append(
        Layer(
          line, Encoding(x: at("left"), x2: Channel(field: "right"), y: y(0)),
          data: ChartData(
            values: boundary.along.map {
              ChartRow(cells: [
                ("row", .text(rows[$0.row])), ("left", .number($0.from)), ("right", .number($0.to)),
              ])
            })))
    }
    return layers
  }

  var height: Int { 44 * names.count }
}

private func winnerMap(_ sweep: SweepResult, palette: VariantPalette) -> ChartSpecification {
  let map = GridMap(rows: sweep.axes[0].values, columns: sweep.axes[1].values)
  let rows = sweep.cells.map { cell -> ChartRow in
    let entry = cell.variants.first { $0.variant == cell.winner }
    return ChartRow(
      cells: map.place(cell.coordinates[0], cell.coordinates[1]) + [
        ("winner", cell.winner.map { .text($0) } ?? .text("none")),
        ("cost", ChartValue(entry?.costPerCase.mean)),
        (
          "label",
          .text(
            entry.map { FigureText($0.costPerCase, unit: "").value }
              ?? (cell.variants.contains { $0.exhaustion.count == 0 } ? "too few" : "none"))
        ),
      ])
  }
  let known = sweep.winners.compactMap(\.self)
  let fill = Channel.colour(
    "winner", of: known + ["none"], as: known.map(palette.colour) + ["#00000000"])
  return ChartSpecification(
    title: .init(text: sweepFinding(sweep), subtitle: "The variant advised at each point"),
    description: sweepFinding(sweep), height: map.height, data: ChartData(values: rows),
    layer: map.cells(
      fill: fill, opacity: 0.35,
      tooltip: [
        .word("winner", title: "Advised"),
        .number("cost", title: "\(sweep.currency) per case", format: ".2f"),
      ]) + map.frame(sweep.winnerBoundary))
}

private func differenceMap(_ sweep: SweepResult, _ pair: SweepBoundary) -> ChartSpecification {
  let map = GridMap(rows: sweep.axes[0].values, columns: sweep.axes[1].values)
  let differences = sweep.cells.map { $0.difference(pair) }
  let most = max(differences.compactMap { $0?.magnitude }.max() ?? 0, .leastNormalMagnitude)
  let rows = zip(sweep.cells, differences).map { cell, difference in
    ChartRow(
      cells: map.place(cell.coordinates[0], cell.coordinates[1]) + [
        ("difference", ChartValue(difference)),
        ("label", .text(difference.map { signedText($0) } ?? "–")),
      ])
  }
  let fill = Channel(
    field: "difference", type: .quantitative,
    scale: Scale(domain: .numbers([-most, most]), scheme: "blueorange"), legend: .null)
  let title = "\(pair.variant) less \(pair.against)"
  return ChartSpecification(
    title: .init(text: title, subtitle: "Difference of the cost per case, \(sweep.currency)"),
    description:
      "\(title), \(sweep.currency) per case: blue where it is cheaper, orange where dearer.",
    height: map.height, data: ChartData(values: rows),
    layer: map.cells(
      fill: fill, opacity: 0.55,
      tooltip: [.number("difference", title: "\(sweep.currency) per case", format: "+.2f")])
      + map.frame(sweep.boundary(pair)))
}

/// Names without the unit that all have, but for the last.
private func shortened(_ names: [String]) -> [String] {
  let parts = names.map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
  guard let unit = parts.first?.last, parts.allSatisfy({ $0.count == 2 && $0[1] == unit }) else {
    return names
  }
  return parts.dropLast().map { $0[0] } + names.suffix(1)
}

private func signedText(_ value: Double) -> String {
  let text = plainText(value)
  return value > 0 ? "+\(text)" : text
}
