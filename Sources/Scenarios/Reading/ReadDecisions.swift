internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation
internal import Statistics

// Decision tables of the inventory as rules on attributes, and what activities change.

extension StackReading {
  // MARK: Updates

  /// The attributes that an activity changes; wrong ones are reported and left out.
  func readUpdates(_ section: Section) -> [ActivitySettings.Update] {
    let group = reading.group(section, "sets")
    _ = reading.key("activities.*.sets.*")
    _ = reading.key("activities.*.sets.*.*")
    return (group.node?.members ?? []).compactMap { member in
      guard let index = attributeIndex(member),
        let draw = draw(group, member, assembly.attributes[index])
      else { return nil }
      return ActivitySettings.Update(attribute: index, draw: draw)
    }
  }

  private func attributeIndex(_ member: ScenarioNode.Member) -> Int? {
    if let index = assembly.vocabulary.index(of: member.key) { return index }
    reading.report(
      key: member.node.path, assembly.vocabulary.unknown(member.key), at: member.keyLocation)
    return nil
  }

  /// How a new value is drawn.
  private func draw(
    _ group: Section, _ member: ScenarioNode.Member, _ attribute: ScenarioAttribute
  ) -> AttributeValueDraw? {
    switch attribute.kind {
    case .number(let unit):
      return reading.leaf(
        group, member, number: { toMicrosecond($0.mean) },
        parse: { text throws(ValueError) in try parseNumberDistribution(text, unit: unit) }
      ).map { .number($0) }
    case .boolean:
      return reading.leaf(
        group, member, number: { $0 },
        parse: { text throws(ValueError) in
          if ["true", "false"].contains(text.lowercased()) { return try attribute.code(of: text) }
          let share = try parseShare(text)
          guard 0...1 ~= share else { throw ValueError("it is no share in 0 … 100 %") }
          return share
        }
      ).map { .shares([1 - $0, $0]) }
    case .categories(let names):
      if member.node.isMap {
        let section = Section(
          node: member.node, pattern: group.pattern(of: "*"), path: member.node.path,
          location: member.keyLocation)
        return AttributeReading(reading: reading, known: [], unit: nil).shares(section, of: names)
          .map { .shares($0) }
      }
      return reading.leaf(
        group, member, number: { _ in nil },
        parse: { text throws(ValueError) in try attribute.code(of: text) }
      ).map { code in .shares(names.indices.map { Double($0) == code ? 1 : 0 }) }
    }
  }

  // MARK: Decisions of activities

  /// The decision table that an activity evaluates; `nil` for none or a wrong one, which is reported.
  func readDecision(_ section: Section, of activity: String) -> DecisionModel? {
    _ = reading.key("activities.*.decides.table")
    _ = reading.key("activities.*.decides.into")
    _ = reading.key("activities.*.decides.into.*")
    _ = reading.key("activities.*.decides.otherwise")
    _ = reading.key("activities.*.decides.otherwise.*")
    let key = reading.key("activities.*.decides")
    guard let node = section.node?["decides"], !reading.isEmpty(node) else { return nil }
    var place = section
    var otherwise: Section?
    let table: DecisionTable?
    if node.isMap {
      place = Section(
        node: node, pattern: key.path, path: node.path, location: node.location)
      table = decisionTable(place, "table")
      otherwise = reading.group(place, "otherwise")
    } else {
      table = decisionTable(section, "decides")
      place.location = node.location
    }
    guard let table, let hits = ruleHits(of: table, at: place) else { return nil }
    guard let outputs = outputs(of: table, into: node) else { return nil }
    guard !outputs.isEmpty else {
      reading.report(
        key: node.path,
        "no output of the decision '\(table.name)' (\(table.outputs.map(\.name).joined(separator: ", "))) "
          + "is named as an attribute; declare it under 'attributes'", at: node.location)
      return nil
    }
    var rules: [DecisionModel.Rule] = []
    for rule in table.rules {
      guard let condition = condition(of: rule, in: table) else { return nil }
      var values: [Double] = []
      for (position, index) in outputs {
        do {
          values.append(try assembly.attributes[index].code(of: rule.outputs[position]))
        } catch {
          reading.report(
            key: node.path,
            "the rule '\(rule.id)' of the decision '\(table.name)' gives `\(shown(rule.outputs[position]))` "
              + "for '\(table.outputs[position].name)': \(error.message)", at: rule.location)
          return nil
        }
      }
      rules.append(DecisionModel.Rule(condition, values: values))
    }
    var standard: [Double]?
    if let otherwise, otherwise.isPresent {
      standard = self.otherwise(otherwise, outputs.map(\.attribute))
      if standard == nil { return nil }
    }
    return DecisionModel(
      name: table.name, attributes: outputs.map(\.attribute), rules: rules, otherwise: standard,
      hits: hits)
  }

  /// The outputs of a table that are written, and the attribute of each; `nil` where one is wrong.
  private func outputs(
    of table: DecisionTable, into node: ScenarioNode
  ) -> [(position: Int, attribute: Int)]? {
    var chosen: [Int: Int] = [:]
    let names = table.outputs.map(\.name)
    for member in node["into"]?.members ?? [] {
      guard let position = names.firstIndex(of: member.key) else {
        let hint =
          nearestName(to: member.key, among: names).map { "did you mean '\($0)'?" }
          ?? "it has \(names.joined(separator: ", "))"
        reading.report(
          key: member.node.path,
          "'\(shown(member.key))' is no output of the decision '\(table.name)'; \(hint)",
          at: member.keyLocation)
        return nil
      }
      guard let text = member.node.text, let index = assembly.vocabulary.index(of: text) else {
        reading.report(
          key: member.node.path, assembly.vocabulary.unknown(member.node.text ?? ""),
          at: member.node.location)
        return nil
      }
      chosen[position] = index
      reading.record(
        path: member.node.path, text: text, value: nil, unit: "", claim: member.node.claim,
        at: member.node.location)
    }
    return names.indices.compactMap { position in
      (chosen[position] ?? attribute(of: table.outputs[position])).map { (position, $0) }
    }
  }

  private func otherwise(_ group: Section, _ attributes: [Int]) -> [Double]? {
    var values: [Int: Double] = [:]
    for member in group.node?.members ?? [] {
      guard let index = attributeIndex(member) else { return nil }
      let attribute = assembly.attributes[index]
      guard attributes.contains(index) else {
        reading.report(
          key: member.node.path,
          "'\(attribute.name)' is no output of the decision; change it by 'sets'",
          at: member.keyLocation)
        return nil
      }
      values[index] = reading.leaf(
        group, member, number: { _ in nil },
        parse: { text throws(ValueError) in try attribute.code(of: text) })
      if values[index] == nil { return nil }
    }
    for index in attributes where values[index] == nil {
      reading.report(
        key: group.path,
        "'\(group.path)' does not say what '\(assembly.attributes[index].name)' is where no rule fits",
        at: group.location)
      return nil
    }
    return attributes.compactMap { values[$0] }
  }

  // MARK: Tables

  /// The decision table that a key names by id or name.
  func decisionTable(_ section: Section, _ name: String) -> DecisionTable? {
    let known = assembly.decisions
    let names = known.map(\.id) + known.map(\.name)
    if known.isEmpty, let node = section.node?[name] {
      reading.report(
        key: node.path,
        "'\(node.path)' names a decision table, but there is none in what the scenario reads; name a "
          + "folder with a DMN file under 'inventory'", at: node.location)
      return nil
    }
    guard let found = reading.name(section, name, among: names) else { return nil }
    return known.first { $0.id == found } ?? known.first { $0.name == found }
  }

  /// How many rules of a table may hold; `nil` where its hit policy cannot steer cases.
  func ruleHits(of table: DecisionTable, at section: Section) -> RuleHits? {
    let why: String
    switch table.hitPolicy {
    case .unique: return .unique
    case .any: return .any
    case .first: return .first
    case .priority: why = "the order of its output values is not read; use FIRST"
    case .ruleOrder, .outputOrder, .collect:
      why = "it gives a list of outputs; use UNIQUE, ANY or FIRST"
    }
    reading.report(
      key: section.path,
      "the decision '\(table.name)' has the hit policy \(table.hitPolicy.rawValue), which cannot steer "
        + "cases: \(why)", at: section.location)
    return nil
  }

  /// The attribute that a column means: one of its name or label, however it is spelt.
  private func attribute(of column: DecisionTable.Column) -> Int? {
    let names = assembly.attributes.map(\.name)
    let candidates = [column.name, column.label].compactMap(\.self)
    for candidate in candidates {
      if let index = names.firstIndex(of: candidate) { return index }
    }
    for candidate in candidates {
      let matching = names.indices.filter { nameKey(names[$0]) == nameKey(candidate) }
      if matching.count == 1 { return matching[0] }
    }
    return nil
  }

  /// When a rule of a table holds; `nil` where it says what attributes cannot, which is reported.
  func condition(of rule: DecisionTable.Rule, in table: DecisionTable) -> CaseCondition? {
    var parts: [CaseCondition] = []
    for (column, test) in zip(table.inputs, rule.tests) where test != .any {
      guard let index = attribute(of: column) else {
        reading.report(
          key: "attributes",
          "the decision '\(table.name)' reads '\(shown(column.name))': "
            + assembly.vocabulary.unknown(column.name), at: table.location)
        return nil
      }
      do {
        parts.append(try condition(test, on: index))
      } catch {
        reading.report(
          key: "attributes",
          "the rule '\(rule.id)' of the decision '\(table.name)' cannot be evaluated: \(error.message)",
          at: rule.location)
        return nil
      }
    }
    return parts.isEmpty ? .always : parts.count == 1 ? parts[0] : .all(parts)
  }

  private func condition(_ test: UnaryTest, on index: Int) throws(ValueError) -> CaseCondition {
    let attribute = assembly.attributes[index]
    switch test {
    case .any: return .always
    // A case has a value for each of its attributes.
    case .null: return .any([])
    case .opaque(let text):
      throw ValueError("`\(shown(text))` goes beyond comparisons, ranges and lists")
    case .string(let text):
      return .compares(attribute: index, .equal, try code(of: text, attribute))
    case .boolean(let truth):
      return .compares(attribute: index, .equal, try code(of: "\(truth)", attribute))
    case .text: throw ValueError("`\(shown(test.feel))` asks for a part of a text")
    case .interval(let interval):
      guard interval.scale == .number else {
        throw ValueError("`\(shown(test.feel))` compares dates, times or durations")
      }
      guard attribute.isNumber else {
        if let value = interval.lower, value == interval.upper {
          return .compares(attribute: index, .equal, try code(of: written(value), attribute))
        }
        throw ValueError("'\(attribute.name)' is no number, but it is compared with a range")
      }
      return condition(interval, on: index)
    case .anyOf(let tests):
      var parts: [CaseCondition] = []
      for part in tests { parts.append(try condition(part, on: index)) }
      return .any(parts)
    case .allOf(let tests):
      var parts: [CaseCondition] = []
      for part in tests { parts.append(try condition(part, on: index)) }
      return .all(parts)
    case .not(let inner): return .not(try condition(inner, on: index))
    }
  }

  private func code(of text: String, _ attribute: ScenarioAttribute) throws(ValueError) -> Double {
    guard !attribute.isNumber else {
      throw ValueError("'\(attribute.name)' is a number, but it is compared with `\(shown(text))`")
    }
    return try attribute.code(of: text)
  }

  private func condition(_ interval: UnaryTest.Interval, on index: Int) -> CaseCondition {
    var parts: [CaseCondition] = []
    if let lower = interval.lower {
      if lower == interval.upper, interval.includesLower, interval.includesUpper {
        return .compares(attribute: index, .equal, lower)
      }
      parts.append(.compares(attribute: index, interval.includesLower ? .atLeast : .more, lower))
    }
    if let upper = interval.upper {
      parts.append(.compares(attribute: index, interval.includesUpper ? .atMost : .less, upper))
    }
    return parts.isEmpty ? .always : parts.count == 1 ? parts[0] : .all(parts)
  }
}
