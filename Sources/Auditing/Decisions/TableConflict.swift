import Inventory
import ProcessModel

/// A case on which two decision tables contradict each other.
struct TableConflict {
  let first: EstateDecision
  let second: EstateDecision
  /// The rules that decide the case.
  let firstRule: Int
  let secondRule: Int
  /// Output columns that contradict each other.
  let firstOutput: Int
  let secondOutput: Int
  /// The input in dispute.
  let input: String
  /// The values of that input for which they contradict, all else being equal.
  let region: String
  /// The case: each input that matters with a value, such as `amount = 22,000 EUR`.
  let values: [String]
  /// A value of the input in dispute at which they agree, all else being equal; `nil` where they
  /// agree nowhere.
  let agreement: String?
  /// Inputs that both tables test.
  let sharedInputs: [String]
  /// Whether the outputs have one name, not only words in common.
  let sharesOutputName: Bool
  /// Whether the case has neither `null` nor values that no test mentions.
  let isPlain: Bool

  /// What a table says: the value of its output.
  var firstSays: String { first.table.rules[firstRule].outputs[firstOutput] }
  /// What a table says: the value of its output.
  var secondSays: String { second.table.rules[secondRule].outputs[secondOutput] }

  /// The case in one sentence.
  var example: String {
    "\(values.joined(separator: ", ")): \(first.table.name) says \(firstSays), "
      + "\(second.table.name) says \(secondSays)"
  }
}
