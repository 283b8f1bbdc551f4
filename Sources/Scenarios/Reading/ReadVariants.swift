internal import Facts
internal import ProcessModel
internal import Simulation

/// What a variant says, merged with what it extends.
struct VariantLayers {
  /// The overridable sections, merged.
  var sections: ScenarioNode
  /// Who does which activity by automation, by element id.
  var assignments: [String: Assignment] = [:]
  var orchestration: ScenarioNode?
  var remedies: ScenarioNode?

  struct Assignment {
    var automation: String
    var share: Double
    var location: SourceLocation
  }
}

extension ScenarioAssembly {
  /// Names of the variants; one, `as-is`, where the file has none.
  func variantNames() -> [String] {
    let names = names(of: "variants")
    return names.isEmpty ? ["as-is"] : names
  }

  /// The variant that the others are compared with.
  func readBaseline(_ variants: [String]) -> String? {
    let experiment = reading.group(top, "experiment")
    return reading.name(experiment, "baseline", among: variants)
      ?? (variants.contains("as-is") ? "as-is" : variants.first)
  }

  /// All variants; reported where one cannot be read.
  func readVariants(workingDays: String?) -> [Variant] {
    var named = reading.named(top, "variants")
    if named.count > 100 {
      reading.report(
        key: "variants",
        "the scenario has \(named.count) variants; at most 100 are compared at once",
        at: named[100].section.location)
      named = Array(named.prefix(100))
    }
    guard !named.isEmpty else {
      let blank = Section(
        node: ScenarioNode(content: .map([]), location: root.location, path: "variants.as-is"),
        pattern: "variants.*", path: "variants.as-is", location: root.location)
      guard let layers = layers(of: "as-is", [("as-is", blank)]) else { return [] }
      return variant("as-is", blank, layers, workingDays: workingDays).map { [$0] } ?? []
    }
    var result: [Variant] = []
    for (name, section) in named
    where section.isPresent && (onlyVariant == nil || name == onlyVariant) {
      guard let layers = layers(of: name, named) else { continue }
      if let variant = variant(name, section, layers, workingDays: workingDays) {
        result.append(variant)
      }
    }
    return result
  }

  private func variant(
    _ name: String, _ section: Section, _ layers: VariantLayers, workingDays: String?
  ) -> Variant? {
    let title = reading.caption(section, "title") ?? name
    guard let process, let flow else {
      // Without a process, what needs none is still checked.
      checkWithoutProcess(layers, workingDays: workingDays)
      return nil
    }
    let reader = StackReading(
      assembly: self, process: process, flow: flow, variant: name, layers: layers,
      workingDays: workingDays, location: section.location)
    guard let stack = reader.read() else { return nil }
    return Variant(name: name, title: title, stack: stack, location: section.location)
  }

  // MARK: Layers

  /// The rows of variants from the first ancestor to the variant itself; `nil` for a reported cycle
  /// or unknown name.
  private func lineage(
    of name: String, _ named: [(name: String, section: Section)]
  ) -> [Section]? {
    var row: [Section] = []
    var seen: [String] = []
    var current: String? = name
    while let variant = current {
      guard let section = named.first(where: { $0.name == variant })?.section else { return nil }
      if seen.contains(variant) {
        // Reported once, at the variant that is asked for, where it lies on the cycle.
        if variant == name, let node = section.node?["extends"] {
          reading.report(
            key: node.path,
            "the variant '\(name)' extends itself (\((seen + [variant]).joined(separator: " → "))); "
              + "let one of them start from the scenario", at: node.location)
        }
        return nil
      }
      seen.append(variant)
      row.append(section)
      guard let parent = section.node?["extends"], !reading.isEmpty(parent) else { break }
      guard let known = reading.name(section, "extends", among: named.map(\.name)) else {
        return nil
      }
      current = known
    }
    _ = reading.key("variants.*.extends")
    return row.reversed()
  }

  private func layers(
    of name: String, _ named: [(name: String, section: Section)]
  ) -> VariantLayers? {
    guard let row = lineage(of: name, named) else { return nil }
    var result = VariantLayers(sections: expanded(overridable(root)))
    for section in row {
      guard let node = section.node else { continue }
      let own = expanded(overridable(node))
      checkNewNames(own)
      result.sections = result.sections.withoutStaff(replacedBy: own).merged(with: own)
      for (id, assignment) in readAssignments(section) { result.assignments[id] = assignment }
      if let own = node["orchestration"], own.isMap {
        result.orchestration = result.orchestration?.merged(with: own) ?? own
      }
      if let own = node["remedies"], own.isMap {
        result.remedies = mergedRemedies(result.remedies, own)
      }
    }
    return result
  }

  private func overridable(_ node: ScenarioNode) -> ScenarioNode {
    var result = node
    result.content = .map(node.members.filter { overridableSections.contains($0.key) })
    return result
  }

  /// A remedy replaces one of another guardrail, and changes one of the same.
  private func mergedRemedies(_ old: ScenarioNode?, _ new: ScenarioNode) -> ScenarioNode {
    guard let old else { return new }
    var kept = old
    for member in new.members {
      let before = old[member.key]?["of"]?.text
      let after = member.node["of"]?.text
      if after != nil, before != after { kept = kept.without([member.key]) }
    }
    return kept.merged(with: new)
  }

  /// Teams, automations, guardrails and layers are declared by the scenario, not by a variant.
  private func checkNewNames(_ sections: ScenarioNode) {
    for section in ["teams", "applications", "automations", "guardrails", "orchestration_layers"] {
      let known = names(of: section)
      for member in sections[section]?.members ?? [] where !known.contains(member.key) {
        let hint =
          nearestName(to: member.key, among: known).map { "did you mean '\($0)'?" }
          ?? "declare it there, and let the variant say what differs"
        reading.report(
          key: member.node.path,
          "'\(member.node.path)' overrides '\(member.key)', which does not stand under "
            + "'\(section)'; \(hint)", at: member.keyLocation)
      }
    }
  }

  // MARK: Activities

  /// With the ranges under `activities` spelt out, so that layers merge activity by activity.
  private func expanded(_ sections: ScenarioNode) -> ScenarioNode {
    guard flow != nil, let activities = sections["activities"], activities.isMap else {
      return sections
    }
    var singles: [ScenarioNode.Member] = []
    var ranged: [ScenarioNode.Member] = []
    for member in activities.members {
      if member.key == "default" {
        singles.append(member)
        continue
      }
      guard let ids = activityIDs(member.key, at: member.keyLocation, key: member.node.path) else {
        continue
      }
      let isRange = member.key.contains("..")
      for id in ids {
        if isRange, ranged.contains(where: { $0.key == id }) {
          reading.report(
            key: member.node.path,
            "the activity '\(id)' stands in two ranges; give each activity once",
            at: member.keyLocation)
        }
        let copy = ScenarioNode.Member(
          key: id, keyLocation: member.keyLocation, node: member.node)
        if isRange { ranged.append(copy) } else { singles.append(copy) }
      }
    }
    var merged = activities
    merged.content = .map(ranged)
    var own = activities
    own.content = .map(singles)
    merged = merged.merged(with: own)
    var result = sections
    result.content = .map(
      sections.members.map { member in
        var member = member
        if member.key == "activities" { member.node = merged }
        return member
      })
    return result
  }

  /// The activities that an id or range names; `nil` where it is wrong, which is then reported.
  func activityIDs(_ text: String, at location: SourceLocation, key: String) -> [String]? {
    guard let flow else { return nil }
    let known = flow.activities.indices.map { flow.activityID($0) }
    do {
      return try ElementRange(text, among: known).ids
    } catch {
      let message =
        switch error {
        case .unknown(let id): unknownActivity(id, known: known)
        case .notNumbered(let first, let last):
          "'\(first)..\(last)' is no range: its ends must differ only in the number they end in, "
            + "such as step_01..step_05"
        case .backwards(let first, let last):
          "the range '\(first)..\(last)' runs backwards; write '\(last)..\(first)'"
        }
      reading.report(key: key, message, at: location)
      return nil
    }
  }

  func unknownActivity(_ id: String, known: [String]) -> String {
    if let flow, let node = flow.elementIDs.firstIndex(of: id) {
      return "'\(shown(id))' is no activity of the process but a node of another kind "
        + "(\(flow.nodes[node].kind)); name a task"
    }
    let hint =
      nearestName(to: id, among: known).map { "did you mean '\($0)'?" }
      ?? "its activities are \(known.prefix(8).joined(separator: ", "))"
      + (known.count > 8 ? " …" : "")
    return "'\(shown(id))' is no activity of the process; \(hint)"
  }

  // MARK: Assignments

  /// What a variant itself assigns, by activity.
  private func readAssignments(_ section: Section) -> [String: VariantLayers.Assignment] {
    var result: [String: VariantLayers.Assignment] = [:]
    if let member = root["automations"]?.members.first(where: { $0.key == "people" }) {
      reading.report(
        key: member.node.path,
        "an automation cannot be named 'people': that name takes activities back from automations",
        at: member.keyLocation)
    }
    let known = names(of: "automations") + ["people"]
    let outer = reading.group(section, "assign")
    let key = reading.key("variants.*.assign.*")
    for member in outer.node?.members ?? [] {
      guard known.contains(member.key) else {
        let hint =
          nearestName(to: member.key, among: known).map { "did you mean '\($0)'?" }
          ?? "known are \(known.joined(separator: ", "))"
        reading.report(
          key: member.node.path,
          "'\(member.key)' is no automation of the scenario; \(hint)", at: member.keyLocation)
        continue
      }
      var share = 1.0
      var list: ScenarioNode? = member.node
      var listKey = key
      if member.node.isMap {
        let group = Section(
          node: member.node, pattern: key.path, path: member.node.path,
          location: member.keyLocation)
        listKey = reading.key("variants.*.assign.*.steps")
        list = member.node["steps"]
        if list == nil { reading.reportMissing(listKey, group, "steps") }
        share = reading.share(group, "share") ?? 1
      }
      guard let list, let items = reading.leaves(of: list, listKey) else { continue }
      reading.record(
        path: list.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
        unit: "", claim: list.claim, at: list.location)
      for item in items {
        for id in activityIDs(item.text ?? "", at: item.location, key: item.path) ?? [] {
          if let other = result[id], other.automation != member.key {
            reading.report(
              key: item.path,
              "the activity '\(id)' is assigned to '\(other.automation)' and to '\(member.key)' in "
                + "the same variant; give it to one of them", at: item.location)
          }
          result[id] = VariantLayers.Assignment(
            automation: member.key, share: share, location: item.location)
        }
      }
    }
    return result
  }

  private func checkWithoutProcess(_ layers: VariantLayers, workingDays: String?) {
    let reader = PartReading(assembly: self, layers: layers, workingDays: workingDays)
    _ = reader.teams()
    _ = reader.automations()
    _ = reader.applications()
  }
}
