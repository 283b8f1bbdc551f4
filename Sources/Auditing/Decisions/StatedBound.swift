import Facts
import Inventory
import ProcessModel

/// A bound that a system compares a quantity with: in a decision table, or in the condition of an arrow
/// of its process.
struct StatedBound {
  /// System that compares.
  let system: String
  /// Key of the quantity, and what it is called.
  let quantity: String
  let shownName: String
  /// Unit that the column names; empty for none.
  let unit: String
  let value: Double
  /// Whether the bound itself belongs to the lower side; `nil` where both sides are written so.
  let belongsBelow: Bool?
  let evidence: Evidence
  /// Whether it stands in a decision table; else in a process.
  let isInTable: Bool

  /// All bounds of an estate, by system and quantity.
  static func all(_ estate: Estate) -> [StatedBound] {
    var found: [StatedBound] = []
    for decision in estate.decisions { found += bounds(of: decision) }
    for process in estate.processes {
      for flow in process.process.flows {
        guard let condition = flow.condition else { continue }
        for comparison in comparisons(in: condition) {
          found.append(
            StatedBound(
              system: process.system, quantity: nameKey(comparison.name),
              shownName: comparison.name, unit: "", value: comparison.value,
              belongsBelow: comparison.belongsBelow,
              evidence: Evidence(
                .imported, flow.location, note: "condition `\(condition.prefix(80))`"),
              isInTable: false))
        }
      }
    }
    return found.filter { !$0.quantity.isEmpty }
  }

  private static func bounds(of decision: EstateDecision) -> [StatedBound] {
    let table = decision.table
    var found: [StatedBound] = []
    for (column, input) in table.inputs.enumerated() {
      var seen: Set<Double> = []
      let last = input.name.split(separator: ".").last.map(String.init) ?? input.name
      for rule in table.rules where rule.tests.count > column {
        for interval in intervals(rule.tests[column]) where interval.scale == .number {
          guard !interval.isPoint else { continue }
          let sides: [(Double?, Bool)] = [
            (interval.lower, !interval.includesLower), (interval.upper, interval.includesUpper),
          ]
          for (bound, belongsBelow) in sides {
            guard let bound, bound.isFinite, seen.insert(bound).inserted else { continue }
            found.append(
              StatedBound(
                system: decision.system, quantity: nameKey(last), shownName: input.shownName,
                unit: input.unit, value: bound, belongsBelow: belongsBelow,
                evidence: Evidence(
                  .imported, rule.location, note: "a rule of the table \(table.name)"),
                isInTable: true))
          }
        }
      }
    }
    return found
  }

  private static func intervals(_ test: UnaryTest) -> [UnaryTest.Interval] {
    switch test {
    case .interval(let interval): [interval]
    case .anyOf(let tests), .allOf(let tests): tests.flatMap(intervals)
    case .not(let test): intervals(test)
    case .any, .string, .boolean, .null, .text, .opaque: []
    }
  }

  /// A comparison of a quantity with a number.
  struct Comparison: Equatable {
    var name: String
    var value: Double
    var belongsBelow: Bool
  }

  /// The comparisons with numbers, joined by `and` or `or`, that a condition consists of.
  ///
  /// Understood are FEEL, JUEL (`${…}`, `#{…}`) and plain expressions; of what is anything else, such
  /// as a calculation, nothing is taken.
  static func comparisons(in condition: String) -> [Comparison] {
    var text = Substring(condition.trimmed)
    if text.hasPrefix("${") || text.hasPrefix("#{"), text.hasSuffix("}") {
      text = text.dropFirst(2).dropLast()
    } else if text.hasPrefix("="), !text.hasPrefix("==") {
      text = text.dropFirst()
    }
    var parts = [String(text)]
    for joint in ["&&", "||", " and ", " or "] {
      parts = parts.flatMap { $0.components(on: joint) }
    }
    return parts.compactMap(comparison)
  }

  private static func comparison(_ part: String) -> Comparison? {
    for sign in ["<=", ">=", "<", ">"] {
      let sides = part.components(on: sign)
      guard sides.count == 2 else { continue }
      let (left, right) = (sides[0].trimmingBrackets, sides[1].trimmingBrackets)
      // `limit < amount` says of the amount that it is above the limit.
      let flipped = ["<=": ">=", ">=": "<=", "<": ">", ">": "<"]
      if let value = Double(right), let name = quantity(left) {
        return Comparison(name: name, value: value, belongsBelow: sign == "<=" || sign == ">")
      }
      if let value = Double(left), let name = quantity(right), let turned = flipped[sign] {
        return Comparison(name: name, value: value, belongsBelow: turned == "<=" || turned == ">")
      }
      return nil
    }
    return nil
  }

  /// The last part of a dotted name; `nil` for anything but a name.
  private static func quantity(_ text: String) -> String? {
    guard text.first?.isLetter == true,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    else { return nil }
    return text.split(separator: ".").last.map(String.init)
  }
}

extension String {
  fileprivate var trimmingBrackets: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace || first == "(" { text.removeFirst() }
    while let last = text.last, last.isWhitespace || last == ")" { text.removeLast() }
    return String(text)
  }

  fileprivate func components(on joint: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    for match in ranges(of: joint) {
      parts.append(String(self[rest.startIndex..<match.lowerBound]))
      rest = self[match.upperBound...]
    }
    return parts + [String(rest)]
  }
}
