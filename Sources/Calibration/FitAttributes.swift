internal import Scenarios
internal import Statistics

/// An attribute of cases that decides something, and how it is drawn.
public struct AttributeFit: Sendable {
  /// Name in the scenario.
  public var name: String
  /// Whether it is a number; else it has categories.
  public var isNumber: Bool
  /// How it is drawn, as the scenario has it under `number` or `categories`.
  public var draw: String
  /// Rank correlation with a number before it, where there is one that counts: its name and Spearman's coefficient.
  public var correlation: (with: String, rank: Double)?
  /// Cases that it rests on.
  public var count: Int
  /// Name of the attribute before it that says how it is drawn; `nil` for none.
  public var given: String?
  /// Names of others before it that it depends on, too, which the scenario does not have.
  public var neglected: [String] = []
}

extension LogCalibration {
  /// Adds attributes and where they change.
  mutating func addAttributes(_ used: [Int], _ values: CaseValues, _ data: CalibrationLog) {
    for (position, index) in used.enumerated() {
      let column = values.columns[index]
      attributes.append(
        column.fit(after: used[..<position].map { values.columns[$0] }))
      for activity in column.setBy {
        let seen = data.works.indices.filter { data.works[$0].activity == activity }
          .map { column.after[$0] }
        activities[activity].sets.append((position, column.draw(seen), seen.count))
      }
    }
  }

  /// Attributes whose dependence on others is not in the scenario.
  var dependenceRemarks: [String] {
    attributes.compactMap { attribute in
      attribute.neglected.isEmpty
        ? nil
        : "\(attribute.name) depends on \(attribute.neglected.joined(separator: " and ")), too, which is not in the "
          + "scenario: one attribute says how another is drawn"
    }
  }
}

extension CaseValues.Column {
  /// How it is drawn when cases arrive: by that of some attributes on which it depends most, where it does.
  fileprivate func fit(after others: [CaseValues.Column]) -> AttributeFit {
    var fit = AttributeFit(
      name: name, isNumber: categories == nil, draw: draw(initial), count: initial.count)
    let related = others.map { other in (other: other, p: pValue(of: other)) }
      .filter { $0.p < 0.001 / Double(max(1, others.count)) }
    guard let closest = related.min(by: { $0.p < $1.p })?.other else { return fit }
    if let names = closest.categories {
      fit.given = closest.name
      let parts = names.indices.map { value -> String in
        let own = zip(initial, closest.initial).filter { $0.1 == Double(value) }.map(\.0)
        return "\(ScenarioText.quoted(names[value])): \(draw(own.count >= 5 ? own : initial))"
      }
      fit.draw = "{ given: \(closest.name), \(parts.joined(separator: ", ")) }"
    } else if categories == nil {
      let rank = (spearman(closest) * 1e4).rounded() / 1e4
      fit.correlation = (closest.name, max(-0.99, min(0.99, rank)))
    } else {
      fit.neglected.append(closest.name)
    }
    fit.neglected += related.map(\.other.name).filter { $0 != closest.name }
    return fit
  }

  /// p-value of no dependence: χ² of two categories, Kruskal and Wallis' test of a category and a number, that of
  /// Spearman's coefficient of two numbers.
  private func pValue(of other: CaseValues.Column) -> Double {
    switch (categories, other.categories) {
    case (nil, nil):
      let rank = spearman(other)
      let n = Double(initial.count)
      guard n > 3, abs(rank) < 1 else { return n > 3 ? 0 : 1 }
      return twoSidedTPValue(
        rank * ((n - 2) / (1 - rank * rank)).squareRoot(), degreesOfFreedom: n - 2)
    case (let own?, let theirs?):
      return independence(own.count, theirs.count, other)
    case (nil, let names?):
      return groupsDiffer(initial, by: other.initial, count: names.count)
    case (let names?, nil):
      return groupsDiffer(other.initial, by: initial, count: names.count)
    }
  }

  private func groupsDiffer(_ numbers: [Double], by groups: [Double], count: Int) -> Double {
    var parts = [[Double]](repeating: [], count: count)
    for (number, group) in zip(numbers, groups) { parts[Int(group)].append(number) }
    let kept = parts.filter { $0.count >= 5 }
    return kept.count > 1 ? kruskalWallis(kept) : 1
  }

  private func independence(_ rows: Int, _ columns: Int, _ other: CaseValues.Column) -> Double {
    var cells = [Double](repeating: 0, count: rows * columns)
    for (own, theirs) in zip(initial, other.initial) {
      cells[Int(own) * columns + Int(theirs)] += 1
    }
    let n = Double(initial.count)
    let byRow = (0..<rows).map { row in (0..<columns).reduce(0) { $0 + cells[row * columns + $1] } }
    let byColumn = (0..<columns).map { column in
      (0..<rows).reduce(0) { $0 + cells[$1 * columns + column] }
    }
    // Rare values would make χ² large by chance.
    let keptRows = (0..<rows).filter { byRow[$0] >= 5 }
    let keptColumns = (0..<columns).filter { byColumn[$0] >= 5 }
    guard keptRows.count > 1, keptColumns.count > 1 else { return 1 }
    var statistic = 0.0
    for row in keptRows {
      for column in keptColumns {
        let expected = byRow[row] * byColumn[column] / n
        let difference = cells[row * columns + column] - expected
        statistic += difference * difference / expected
      }
    }
    return regularizedGamma(
      shape: Double((keptRows.count - 1) * (keptColumns.count - 1)) / 2, statistic / 2
    ).upper
  }

  private func spearman(_ other: CaseValues.Column) -> Double {
    let (a, b) = (midranks(initial), midranks(other.initial))
    let middle = Double(a.count + 1) / 2
    var (cross, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      cross += (x - middle) * (y - middle)
      first += (x - middle) * (x - middle)
      second += (y - middle) * (y - middle)
    }
    return first > 0 && second > 0 ? cross / (first * second).squareRoot() : 0
  }
}
