import Facts
import ProcessModel

/// The decision tables that rules of one file make up together.
///
/// Rules that ask the same facts, only by comparing fields with values, are one table; there have to be
/// two of them at least. All matching rules fire, so that the hit policy is `COLLECT`.
func droolsTables(_ rules: [DroolsFile.Rule], path: String) -> [DecisionTable] {
  struct Row {
    var rule: DroolsFile.Rule
    var tests: [(column: String, test: String)]
    var outputs: [DroolsOutput]
  }
  var groups: [(key: [String], rows: [Row])] = []
  var indices: [[String]: Int] = [:]
  for rule in rules where rule.parent == nil {
    let patterns = DroolsPattern.all(in: rule.condition)
    guard !patterns.isEmpty, patterns.allSatisfy(\.isPlain),
      Set(patterns.map(\.type)).count == patterns.count
    else { continue }
    var tests: [(String, String)] = []
    var hasComparison = false
    for pattern in patterns {
      for constraint in pattern.constraints {
        guard let comparison = DroolsComparison(constraint) else {
          // A variable that is only bound asks nothing; what is not understood stays as written.
          if !isBinding(constraint) {
            let field = String(constraint.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            let column = field.isEmpty ? "condition" : field
            tests.append((patterns.count == 1 ? column : "\(pattern.type).\(column)", constraint))
          }
          continue
        }
        hasComparison = true
        let column =
          patterns.count == 1 ? comparison.field : "\(pattern.type).\(comparison.field)"
        tests.append((column, comparison.test))
      }
    }
    guard hasComparison else { continue }
    let key =
      patterns.map(\.type) + [rule["ruleflow-group"] ?? "", rule["agenda-group"] ?? ""]
    let row = Row(rule: rule, tests: tests, outputs: droolsOutputs(rule.consequence))
    if let index = indices[key] {
      groups[index].rows.append(row)
    } else {
      indices[key] = groups.count
      groups.append((key, [row]))
    }
  }
  return groups.compactMap { group in
    guard group.rows.count > 1, let first = group.rows.first else { return nil }
    var inputs: [String] = []
    var outputs: [String] = []
    for row in group.rows where inputs.count <= 100 && outputs.count <= 100 {
      for (column, _) in row.tests where !inputs.contains(column) { inputs.append(column) }
      for output in row.outputs where !outputs.contains(output.column) {
        outputs.append(output.column)
      }
    }
    // So many columns are no table that anybody reads.
    guard inputs.count <= 100, outputs.count <= 100 else { return nil }
    let types = group.key.dropLast(2).joined(separator: " and ")
    let shown = ([types] + group.key.suffix(2).filter { !$0.isEmpty }).joined(separator: ", ")
    return DecisionTable(
      id: shown, name: "Rules on \(shown)", hitPolicy: .collect,
      actsInTurn: true, inputs: inputs.map { DecisionTable.Column(name: $0) },
      outputs: outputs.map { DecisionTable.Column(name: $0) },
      rules: group.rows.map { row in
        DecisionTable.Rule(
          id: row.rule.name,
          tests: inputs.map { column in
            combined(row.tests.filter { $0.column == column }.map(\.test))
          },
          outputs: outputs.map { column in
            row.outputs.filter { $0.column == column }.map(\.value).joined(separator: "; ")
          },
          computed: outputs.indices.filter { column in
            row.outputs.contains { $0.column == outputs[column] && $0.isComputed }
          }, salience: rank(of: row.rule),
          location: SourceLocation(path: path, line: row.rule.line))
      }, location: SourceLocation(path: path, line: first.rule.line))
  }
}

private func isBinding(_ constraint: String) -> Bool {
  guard let colon = constraint.firstIndex(of: ":") else { return false }
  return constraint[constraint.index(after: colon)...].allSatisfy {
    $0.isLetter || $0.isNumber || "_. ".contains($0)
  }
}

/// The rank of a rule among those that match; `nil` where it is worked out, or where something else
/// than the rank decides whether the rule acts.
private func rank(of rule: DroolsFile.Rule) -> Double? {
  let deciding = ["activation-group", "date-effective", "date-expires", "timer", "duration"]
  if deciding.contains(where: { rule[$0] != nil }) { return nil }
  guard let salience = rule["salience"] else { return 0 }
  return Double(salience)
}

/// All tests of one field in one rule: a value has to pass each of them.
private func combined(_ tests: [String]) -> UnaryTest {
  guard let first = tests.first else { return .any }
  if tests.count == 1 { return UnaryTest(feel: first) }
  let parts = tests.map { UnaryTest(feel: $0) }
  if let interval = common(parts) { return .interval(interval) }
  let isUnderstood = !parts.contains { if case .opaque = $0 { true } else { false } }
  return isUnderstood ? .allOf(parts) : .opaque(tests.joined(separator: " and "))
}

/// The interval that several intervals have in common; `nil` where a test is no interval.
private func common(_ tests: [UnaryTest]) -> UnaryTest.Interval? {
  var whole: UnaryTest.Interval?
  for test in tests {
    guard case .interval(let part) = test, whole.map({ $0.scale == part.scale }) ?? true else {
      return nil
    }
    guard var sum = whole else {
      whole = part
      continue
    }
    if let lower = part.lower, sum.lower.map({ lower > $0 }) ?? true {
      (sum.lower, sum.includesLower) = (lower, part.includesLower)
    } else if part.lower == sum.lower, !part.includesLower {
      sum.includesLower = false
    }
    if let upper = part.upper, sum.upper.map({ upper < $0 }) ?? true {
      (sum.upper, sum.includesUpper) = (upper, part.includesUpper)
    } else if part.upper == sum.upper, !part.includesUpper {
      sum.includesUpper = false
    }
    whole = sum
  }
  return whole
}

/// What a consequence sets a property to.
struct DroolsOutput: Hashable {
  var column: String
  /// The value, quotes of strings removed.
  var value: String
  /// Whether it is worked out, not written out.
  var isComputed: Bool
}

/// What a consequence sets, by property; the whole text where it sets nothing.
func droolsOutputs(_ consequence: String) -> [DroolsOutput] {
  var outputs: [DroolsOutput] = []
  for match in consequence.ranges(of: "set") {
    let before =
      match.lowerBound > consequence.startIndex
      ? consequence[consequence.index(before: match.lowerBound)] : " "
    guard !before.isLetter, !before.isNumber, before != "_" else { continue }
    let name = consequence[match.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard name.first?.isUppercase == true else { continue }
    let rest = consequence[name.endIndex...].drop(while: \.isWhitespace)
    guard rest.first == "(" else { continue }
    let shown = argument(rest)
    let isText = isQuoted(shown)
    outputs.append(
      DroolsOutput(
        column: name.prefix(1).lowercased() + name.dropFirst(),
        value: isText ? String(shown.dropFirst().dropLast()) : shown,
        isComputed: !isText && !isConstant(shown)))
  }
  if outputs.isEmpty {
    let text = consequence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    outputs.append(DroolsOutput(column: "then", value: String(text.prefix(200)), isComputed: true))
  }
  return outputs
}

/// What stands between the brackets with which a text begins.
private func argument(_ text: Substring) -> String {
  var depth = 0
  var value = ""
  var isQuoted = false
  for character in text {
    if character == "\"" { isQuoted.toggle() }
    if !isQuoted {
      if character == "(" {
        depth += 1
        if depth == 1 { continue }
      }
      if character == ")" {
        depth -= 1
        if depth == 0 { break }
      }
    }
    value.append(character)
  }
  return value.trimmedOrNil ?? ""
}

/// Whether a text is one string literal.
private func isQuoted(_ text: String) -> Bool {
  text.count > 1 && text.first == "\"" && text.last == "\""
    && !text.dropFirst().dropLast().contains("\"")
}

/// Whether a text is a number, a truth value, `null` or a constant such as `Status.OPEN`.
private func isConstant(_ text: String) -> Bool {
  if Double(text) != nil || ["true", "false", "null"].contains(text) { return true }
  guard let last = text.split(separator: ".").last, text.contains("."),
    text.first?.isUppercase == true
  else { return false }
  return text.allSatisfy { $0.isLetter || $0.isNumber || "._".contains($0) }
    && last.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
}
