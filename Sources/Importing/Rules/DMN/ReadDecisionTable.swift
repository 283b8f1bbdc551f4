import DocumentReading
import Facts
import Inventory
import ProcessModel

/// Reads one `decisionTable` element; of rules with the wrong number of cells, it says so and leaves
/// them out.
struct DecisionTableReader {
  /// The table; its cells in the subset of `UnaryTest`.
  private(set) var table: DecisionTable?
  private(set) var problems: [ImportProblem] = []

  /// Reads the table of a decision.
  ///
  /// - Parameters:
  ///   - element: The `decisionTable`.
  ///   - id: Id of the decision or function around it.
  ///   - name: Its name.
  ///   - variable: The `variable` that holds its result, with the type that the table may not repeat.
  ///   - types: Values that the types of the model allow, by name.
  init(
    _ element: XMLElement, id: String, name: String, variable: XMLElement?,
    types: [String: UnaryTest] = [:]
  ) {
    guard let hitPolicy = hitPolicy(element) else {
      problems.append(
        ImportProblem(
          .high,
          "the hit policy '\(element["hitPolicy"] ?? "")' of the decision '\(name)' is none of DMN's;"
            + " the table is left out", at: element.location))
      return
    }
    let inputs = element.all("input").map { inputColumn($0, types) }
    let outputs = element.all("output").map { output in
      let own = singleLine(output["name"]) ?? singleLine(output["label"])
      return DecisionTable.Column(
        name: own ?? singleLine(element["outputLabel"]) ?? singleLine(variable?["name"]) ?? name,
        label: singleLine(output["label"]),
        type: type(output["typeRef"] ?? element["typeRef"] ?? variable?["typeRef"]),
        allowed: output.first("outputValues").flatMap(values),
        defaultOutput: output.first("defaultOutputEntry").map { withoutQuotes(text(of: $0)) })
    }
    guard !outputs.isEmpty else {
      problems.append(
        ImportProblem(
          .high, "the table of the decision '\(name)' has no output; it is left out",
          at: element.location))
      return
    }
    var rules: [DecisionTable.Rule] = []
    for (index, rule) in element.all("rule").enumerated() {
      let tests = rule.all("inputEntry").map { UnaryTest(feel: text(of: $0)) }
      let entries = rule.all("outputEntry").map(text)
      let results = entries.map(withoutQuotes)
      let computed = entries.indices.filter { !isLiteral(entries[$0]) }
      guard tests.count == inputs.count, results.count == outputs.count else {
        problems.append(
          ImportProblem(
            .high,
            "rule \(index + 1) of the decision '\(name)' has \(tests.count) conditions and"
              + " \(results.count) results where the table has \(inputs.count) and \(outputs.count);"
              + " it is left out", at: rule.location))
        continue
      }
      var location = rule.location
      let ruleID = rule["id"] ?? "\(id) rule \(index + 1)"
      location.element = ruleID
      rules.append(
        DecisionTable.Rule(
          id: ruleID, tests: tests, outputs: results, computed: computed.isEmpty ? nil : computed,
          location: location))
    }
    table = DecisionTable(
      id: id, name: name, hitPolicy: hitPolicy.policy, aggregation: hitPolicy.aggregation,
      inputs: inputs, outputs: outputs, rules: rules, location: element.location)
  }

  private func inputColumn(
    _ input: XMLElement, _ types: [String: UnaryTest]
  ) -> DecisionTable.Column {
    let expression = input.first("inputExpression")
    let name = expression.flatMap { singleLine(text(of: $0)) }
    return DecisionTable.Column(
      name: name ?? singleLine(input["label"]) ?? input["id"] ?? "",
      label: singleLine(input["label"]), type: type(expression?["typeRef"]),
      allowed: input.first("inputValues").flatMap(values)
        ?? singleLine(expression?["typeRef"]).flatMap { types[$0] })
  }

  /// Values that a column may take; `nil` where they are not understood or not restricted.
  private func values(_ element: XMLElement) -> UnaryTest? {
    allowedValues(text(of: element))
  }

  /// `number` of `feel:number`.
  private func type(_ reference: String?) -> String? {
    singleLine(reference).map(withoutPrefix)
  }

  /// The expression of a cell.
  private func text(of entry: XMLElement) -> String {
    entry.first("text")?.text ?? entry.text
  }

  /// Whether an output is written out, or empty, and not computed.
  private func isLiteral(_ text: String) -> Bool {
    switch UnaryTest(feel: text) {
    case .any, .string, .boolean, .null: true
    case .interval(let interval): interval.isPoint
    case .anyOf, .allOf, .not, .text, .opaque: false
    }
  }

  private func withoutQuotes(_ text: String) -> String {
    if case .string(let content) = UnaryTest(feel: text) { return content }
    return singleLine(text) ?? ""
  }

  /// The policy, by its name or the letter that tables show; `UNIQUE` where none is given.
  private func hitPolicy(
    _ element: XMLElement
  ) -> (policy: DecisionTable.HitPolicy, aggregation: String?)? {
    let written = (singleLine(element["hitPolicy"]) ?? "UNIQUE").uppercased()
    let aggregation = singleLine(element["aggregation"])?.uppercased()
    if let policy = DecisionTable.HitPolicy(rawValue: written) { return (policy, aggregation) }
    let letters: [String: DecisionTable.HitPolicy] = [
      "U": .unique, "A": .any, "P": .priority, "F": .first, "R": .ruleOrder, "O": .outputOrder,
      "C": .collect, "RULE_ORDER": .ruleOrder, "OUTPUT_ORDER": .outputOrder,
    ]
    if let policy = letters[written] { return (policy, aggregation) }
    let aggregations = ["C+": "SUM", "C<": "MIN", "C>": "MAX", "C#": "COUNT"]
    return aggregations[written].map { (.collect, $0) }
  }
}

/// Values that a list of them allows; `nil` where it is not understood or restricts nothing.
func allowedValues(_ text: String) -> UnaryTest? {
  switch UnaryTest(feel: text) {
  case .any, .opaque: return nil
  case .anyOf(let tests):
    let isUnderstood = !tests.contains { if case .opaque = $0 { true } else { false } }
    return isUnderstood ? .anyOf(tests) : nil
  case let test: return test
  }
}
