internal import Facts
internal import Statistics

extension ScenarioAssembly {
  /// What conditions may name.
  var vocabulary: ConditionVocabulary { ConditionVocabulary(attributes: attributes) }

  /// What is known of cases; wrong attributes are reported and left out.
  func readAttributes() -> [ScenarioAttribute] {
    var known: [ScenarioAttribute] = []
    let named = reading.named(top, "attributes")
    if named.count > 64 {
      reading.report(
        key: "attributes",
        "the scenario has \(named.count) attributes; at most 64 are simulated",
        at: named[64].section.location)
    }
    for (name, section) in named.prefix(64) where section.isPresent {
      guard isConditionName(name) else {
        reading.report(
          key: section.path,
          "'\(shown(name))' cannot name an attribute; take a letter, then letters, digits, `_`, `.` "
            + "and `-`, and no word of the language of conditions", at: section.location)
        continue
      }
      if let attribute = attribute(name, section, after: known) { known.append(attribute) }
    }
    return known
  }

  private func attribute(
    _ name: String, _ section: Section, after known: [ScenarioAttribute]
  ) -> ScenarioAttribute? {
    let kinds = ["number", "categories", "share_true"].filter {
      section.node?[$0].map { !reading.isEmpty($0) } ?? false
    }
    guard kinds.count == 1 else {
      let found = kinds.isEmpty ? "none of them" : kinds.joined(separator: " and ")
      reading.report(
        key: section.path,
        "'\(section.path)' must have one of `number`, `categories` and `share_true`; it has \(found)",
        at: section.location)
      return nil
    }
    let unit = readUnit(section, isNumber: kinds[0] == "number")
    let correlation = readCorrelation(section, after: known)
    let draws = AttributeReading(reading: reading, known: known, unit: unit)
    let value: (kind: ScenarioAttribute.Kind, value: ScenarioAttribute.Value)? =
      switch kinds[0] {
      case "number": draws.number(section)
      case "categories": draws.categories(section)
      default: draws.truth(section)
      }
    guard let value else { return nil }
    if let correlation, case .given(let other, _) = value.value, other == correlation.attribute,
      let node = section.node?["correlation"]
    {
      reading.report(
        key: node.path,
        "'\(section.path)' depends on '\(known[other].name)' twice, by `given` and by "
          + "`correlation`; keep one", at: node.location)
    }
    return ScenarioAttribute(
      name: name, kind: value.kind, value: value.value, correlation: correlation,
      location: section.location)
  }

  private func readUnit(_ section: Section, isNumber: Bool) -> String? {
    guard let unit = reading.text(section, "unit") else { return nil }
    guard isNumber, isConditionName(unit) else {
      reading.report(
        key: section.path(of: "unit"),
        isNumber
          ? "'\(section.path(of: "unit"))' is `\(shown(unit))`; a unit is one word of letters"
          : "'\(section.path(of: "unit"))' stands at an attribute that is no number; remove it",
        at: section.node?["unit"]?.location ?? section.location)
      return nil
    }
    return unit
  }

  private func readCorrelation(
    _ section: Section, after known: [ScenarioAttribute]
  ) -> ScenarioAttribute.Correlation? {
    let group = reading.group(section, "correlation")
    guard group.isPresent else { return nil }
    let rank = reading.number(group, "rank")
    guard let other = reading.attribute(group, "with", before: known), let rank else { return nil }
    return ScenarioAttribute.Correlation(attribute: other, rank: rank)
  }
}

extension ScenarioReading {
  /// The index of an attribute that has been declared before.
  func attribute(
    _ section: Section, _ name: String, before known: [ScenarioAttribute]
  ) -> Int? {
    let names = known.map(\.name)
    guard let found = self.name(section, name, among: names) else { return nil }
    guard let index = names.firstIndex(of: found) else {
      let node = section.node?[name]
      report(
        key: node?.path,
        "'\(section.path(of: name))' is `\(shown(found))`, but no attribute stands before this one",
        at: node?.location ?? section.location)
      return nil
    }
    return index
  }
}

/// Reads how the values of one attribute are drawn.
struct AttributeReading {
  typealias Section = ScenarioReading.Section
  typealias Drawn = (kind: ScenarioAttribute.Kind, value: ScenarioAttribute.Value)

  let reading: ScenarioReading
  /// Attributes before it.
  let known: [ScenarioAttribute]
  let unit: String?

  func number(_ section: Section) -> Drawn? {
    let unit = unit
    let parse = { (text: String) throws(ValueError) -> Distribution in
      try parseNumberDistribution(text, unit: unit)
    }
    _ = reading.key("attributes.*.number.*")
    _ = reading.key("attributes.*.number.given")
    if section.node?["number"]?.isMap != true {
      return reading.scalar(
        section, "number", number: { toMicrosecond($0.mean) }, unit: { _ in unit ?? "1" },
        parse: parse
      ).map { (.number(unit: unit), .drawn(.number($0))) }
    }
    let group = reading.group(section, "number")
    return given(group) { member in
      reading.leaf(group, member, number: { toMicrosecond($0.mean) }, parse: parse)
        .map { .number($0) }
    }.map { (.number(unit: unit), $0) }
  }

  func truth(_ section: Section) -> Drawn? {
    _ = reading.key("attributes.*.share_true.*")
    _ = reading.key("attributes.*.share_true.given")
    if section.node?["share_true"]?.isMap != true {
      return reading.share(section, "share_true").map {
        (.boolean, .drawn(.shares([1 - $0, $0])))
      }
    }
    let group = reading.group(section, "share_true")
    return given(group) { member in
      reading.leaf(
        group, member, number: { $0 },
        parse: { text throws(ValueError) in try parseShare(text) }
      ).map { .shares([1 - $0, $0]) }
    }.map { (.boolean, $0) }
  }

  func categories(_ section: Section) -> Drawn? {
    _ = reading.key("attributes.*.categories.*")
    _ = reading.key("attributes.*.categories.*.*")
    _ = reading.key("attributes.*.categories.given")
    let group = reading.group(section, "categories")
    guard let members = group.node?.members else { return nil }
    if group.node?["given"] == nil {
      let names = members.map(\.key)
      guard names.count >= 1, names.count <= 1_000 else { return nil }
      return shares(group, of: names).map { (.categories(names), .drawn(.shares($0))) }
    }
    // The first group tells the categories, and the others have the same.
    let names = (members.first { $0.key != "given" }?.node.members ?? []).map(\.key)
    return given(group) { member in
      guard member.node.isMap else {
        reading.report(
          key: member.node.path,
          "'\(member.node.path)' is \(member.node.kindName); expected the share of each category",
          at: member.node.location)
        return nil
      }
      let section = Section(
        node: member.node, pattern: group.pattern(of: "*"), path: member.node.path,
        location: member.keyLocation)
      return shares(section, of: names).map { .shares($0) }
    }.map { (.categories(names), $0) }
  }

  /// One draw for each value of the attribute that `given` names.
  private func given(
    _ group: Section, _ draw: (ScenarioNode.Member) -> AttributeValueDraw?
  ) -> ScenarioAttribute.Value? {
    guard let other = reading.attribute(group, "given", before: known) else {
      if group.node?["given"] == nil {
        reading.reportMissing(reading.key(group.pattern(of: "given")), group, "given")
      }
      return nil
    }
    guard let names = known[other].valueNames else {
      reading.report(
        key: group.path(of: "given"),
        "'\(known[other].name)' is a number; only categories, true and false can say how another "
          + "attribute is drawn", at: group.node?["given"]?.location ?? group.location)
      return nil
    }
    var draws = [AttributeValueDraw?](repeating: nil, count: names.count)
    for member in group.node?.members ?? [] where member.key != "given" {
      guard let index = names.firstIndex(of: member.key) else {
        let hint =
          nearestName(to: member.key, among: names).map { "did you mean '\($0)'?" }
          ?? "it is \(known[other].kindWords)"
        reading.report(
          key: member.node.path,
          "'\(shown(member.key))' is no value of '\(known[other].name)'; \(hint)",
          at: member.keyLocation)
        continue
      }
      draws[index] = draw(member)
      if draws[index] == nil { return nil }
    }
    for (name, draw) in zip(names, draws) where draw == nil {
      reading.report(
        key: group.path(of: name),
        "'\(group.path)' does not say what holds where '\(known[other].name)' is '\(name)'",
        at: group.location)
    }
    let whole = draws.compactMap(\.self)
    return whole.count == names.count ? .given(attribute: other, whole) : nil
  }

  /// The shares of categories below a section, which sum to one.
  func shares(_ section: Section, of names: [String]) -> [Double]? {
    var shares = [Double?](repeating: nil, count: names.count)
    var rest: Int?
    for member in section.node?.members ?? [] {
      guard let index = names.firstIndex(of: member.key) else {
        let hint =
          nearestName(to: member.key, among: names).map { "did you mean '\($0)'?" }
          ?? "known are \(names.prefix(8).joined(separator: ", "))"
        reading.report(
          key: member.node.path, "'\(shown(member.key))' is no category here; \(hint)",
          at: member.keyLocation)
        return nil
      }
      if member.node.text == "rest", rest == nil {
        rest = index
        continue
      }
      let share = reading.leaf(
        section, member, number: { $0 },
        parse: { text throws(ValueError) in try parseShare(text) })
      guard let share else { return nil }
      shares[index] = share
    }
    let sum = shares.compactMap(\.self).reduce(0, +)
    if let rest { shares[rest] = max(0, 1 - sum) }
    let total = rest == nil ? sum : max(1, sum)
    guard abs(total - 1) <= 1e-9 else {
      reading.report(
        key: section.path,
        "the shares of '\(section.path)' sum to \(written((total * 1e8).rounded() / 1e6)) %; they "
          + "must sum to 100 %, or one of them be `rest`", at: section.location)
      return nil
    }
    return shares.map { $0 ?? 0 }
  }
}
