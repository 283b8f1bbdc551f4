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
    var outputs: [(column: String, value: String)]
  }
  var groups: [(key: [String], rows: [Row])] = []
  var indices: [[String]: Int] = [:]
  for rule in rules where rule.parent == nil {
    let patterns = DroolsPattern.all(in: rule.condition)
    guard !patterns.isEmpty, patterns.allSatisfy(\.isPlain),
      Set(patterns.map(\.type)).count == patterns.count
    else { continue }
    var tests: [(String, String)] = []
    var isPlain = true
    for pattern in patterns {
      for constraint in pattern.constraints {
        guard let comparison = DroolsComparison(constraint) else {
          // A variable that is only bound asks nothing.
          if !isBinding(constraint) { isPlain = false }
          continue
        }
        let column =
          patterns.count == 1 ? comparison.field : "\(pattern.type).\(comparison.field)"
        tests.append((column, comparison.test))
      }
    }
    guard isPlain, !tests.isEmpty else { continue }
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
      for (column, _) in row.outputs where !outputs.contains(column) { outputs.append(column) }
    }
    // So many columns are no table that anybody reads.
    guard inputs.count <= 100, outputs.count <= 100 else { return nil }
    let types = group.key.dropLast(2).joined(separator: " and ")
    let shown = ([types] + group.key.suffix(2).filter { !$0.isEmpty }).joined(separator: ", ")
    return DecisionTable(
      id: shown, name: "Rules on \(shown)", hitPolicy: .collect,
      inputs: inputs.map { DecisionTable.Column(name: $0) },
      outputs: outputs.map { DecisionTable.Column(name: $0) },
      rules: group.rows.map { row in
        DecisionTable.Rule(
          id: row.rule.name,
          tests: inputs.map { column in
            combined(row.tests.filter { $0.column == column }.map(\.test))
          },
          outputs: outputs.map { column in
            row.outputs.filter { $0.column == column }.map(\.value).joined(separator: "; ")
          }, location: SourceLocation(path: path, line: row.rule.line))
      }, location: SourceLocation(path: path, line: first.rule.line))
  }
}

private func isBinding(_ constraint: String) -> Bool {
  guard let colon = constraint.firstIndex(of: ":") else { return false }
  return constraint[constraint.index(after: colon)...].allSatisfy {
    $0.isLetter || $0.isNumber || "_. ".contains($0)
  }
}

/// All tests of one field in one rule: a value has to pass each of them.
private func combined(_ tests: [String]) -> UnaryTest {
  guard let first = tests.first else { return .any }
  guard tests.count > 1 else { return UnaryTest(feel: first) }
  var whole = UnaryTest.Interval()
  for test in tests {
    guard case .interval(let part) = UnaryTest(feel: test) else {
      return .opaque(tests.joined(separator: " and "))
    }
    if let lower = part.lower, whole.lower.map({ lower > $0 }) ?? true {
      (whole.lower, whole.includesLower) = (lower, part.includesLower)
    } else if part.lower == whole.lower, !part.includesLower {
      whole.includesLower = false
    }
    if let upper = part.upper, whole.upper.map({ upper < $0 }) ?? true {
      (whole.upper, whole.includesUpper) = (upper, part.includesUpper)
    } else if part.upper == whole.upper, !part.includesUpper {
      whole.includesUpper = false
    }
  }
  return .interval(whole)
}

/// What a consequence sets, by property; the whole text where it sets nothing.
func droolsOutputs(_ consequence: String) -> [(column: String, value: String)] {
  var outputs: [(String, String)] = []
  for match in consequence.ranges(of: "set") {
    let before =
      match.lowerBound > consequence.startIndex
      ? consequence[consequence.index(before: match.lowerBound)] : " "
    guard !before.isLetter, !before.isNumber, before != "_" else { continue }
    let name = consequence[match.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard name.first?.isUppercase == true else { continue }
    let rest = consequence[name.endIndex...].drop(while: \.isWhitespace)
    guard rest.first == "(" else { continue }
    var depth = 0
    var value = ""
    var isQuoted = false
    for character in rest {
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
    var shown = value.trimmedOrNil ?? ""
    if shown.count > 1, shown.first == "\"", shown.last == "\"" {
      shown = String(shown.dropFirst().dropLast())
    }
    outputs.append((name.prefix(1).lowercased() + name.dropFirst(), shown))
  }
  if outputs.isEmpty {
    let text = consequence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    outputs.append(("then", String(text.prefix(200))))
  }
  return outputs
}
