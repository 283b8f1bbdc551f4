import Inventory
import ProcessModel

/// What the rules of one table say, made ready for comparison.
struct RuleOutputs {
  private let compiled: CompiledTable
  /// For each output column and rule, whether the value is worked out.
  private let isComputed: [[Bool]]
  /// For each rule, the places of its outputs among the output values, by which `PRIORITY` goes; `nil`
  /// where the file does not list them.
  private let ranks: [[Int]?]

  /// Whether two rules say the same.
  enum Agreement {
    case same
    case different
    /// Something is worked out, or left out.
    case unknown
  }

  /// Which of two rules comes first.
  enum Order {
    case first
    case second
    case equal
  }

  init(_ decision: EstateDecision) {
    compiled = CompiledTable(decision)
    let table = decision.table
    isComputed = table.outputs.indices.map { column in
      table.rules.map { $0.computed?.contains(column) ?? false }
    }
    let places = table.outputs.map { column -> [String: Int]? in
      guard case .anyOf(let values) = column.allowed else { return nil }
      var places: [String: Int] = [:]
      for (place, value) in values.enumerated() {
        places[canonicalOutput(value.outputText)] = place
      }
      return places
    }
    ranks = table.rules.map { rule in
      var rank: [Int] = []
      for (column, places) in places.enumerated() {
        guard let places else { continue }
        guard rule.outputs.count > column, let place = places[canonicalOutput(rule.outputs[column])]
        else { return nil }
        rank.append(place)
      }
      return rank.isEmpty ? nil : rank
    }
  }

  func agreement(_ i: Int, _ j: Int) -> Agreement {
    if compiled.sayings[i] == compiled.sayings[j] {
      // Long code is kept in part only, so that the rest may differ.
      let isCut = isComputed.indices.contains { column in
        isComputed[column][i] && (compiled.table.rules[i].outputs[column].count >= 200)
      }
      return isCut ? .unknown : .same
    }
    for (column, values) in compiled.valueOfRule.enumerated() {
      guard let x = values[i], let y = values[j], x != y, !isComputed[column][i],
        !isComputed[column][j], !compiled.values[column][x].isEmpty,
        !compiled.values[column][y].isEmpty
      else { continue }
      return .different
    }
    return .unknown
  }

  /// Which of two rules `PRIORITY` lets count; `nil` where the file does not say.
  func priority(_ i: Int, _ j: Int) -> Order? {
    guard let a = ranks[i], let b = ranks[j] else { return nil }
    return a == b ? .equal : a.lexicographicallyPrecedes(b) ? .first : .second
  }

  /// Whether neither of two production rules is known to act before the other.
  func haveOneRank(_ i: Int, _ j: Int) -> Bool {
    let rules = compiled.table.rules
    guard let a = rules[i].salience, let b = rules[j].salience else { return false }
    return a == b
  }
}

extension UnaryTest {
  /// A literal as outputs are kept: without quotes.
  fileprivate var outputText: String {
    if case .string(let text) = self { text } else { feel }
  }
}

/// An output as it is compared: folded, numbers in one form.
func canonicalOutput(_ text: String) -> String {
  let text = folded(text)
  if let number = Double(text), number.isFinite { return "\(number)" }
  return text
}
