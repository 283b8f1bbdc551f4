internal import Facts
internal import ProcessModel
internal import Simulation
internal import Statistics

// `repeats` and `instances`: how often loop and multi-instance activities are done.

extension StackReading {
  /// How often each is done, as `FlowGraph.repetitions`; `nil` where something is missing or wrong,
  /// which is then reported.
  func readRepetitions() -> [RepetitionSettings]? {
    let loops = reading.group(sections, "repeats")
    let instances = reading.group(sections, "instances")
    for key in [
      "repeats.*", "repeats.*.again", "repeats.*.at_most", "instances.*", "instances.*.count",
      "instances.*.enough",
    ] {
      _ = reading.key(key)
    }
    let ids = flow.repetitions.indices.map { flow.repetitionID($0) }
    func repeated(_ isMultiInstance: Bool) -> [String] {
      zip(flow.repetitions, ids).filter { $0.0.order.isMultiInstance == isMultiInstance }.map(\.1)
    }
    checkNames(loops, repeated(false), "loop activity")
    checkNames(instances, repeated(true), "multi-instance activity")
    var result: [RepetitionSettings] = []
    for (repetition, id) in zip(flow.repetitions, ids) {
      let settings =
        repetition.order.isMultiInstance
        ? multiInstance(repetition, section(id, instances, "instances"), id: id)
        : loop(repetition, section(id, loops, "repeats"), id: id)
      if let settings { result.append(settings) }
    }
    return result.count == ids.count ? result : nil
  }

  private func checkNames(_ outer: Section, _ ids: [String], _ what: String) {
    for member in outer.node?.members ?? []
    where member.key != "default" && !ids.contains(member.key) {
      let hint =
        nearestName(to: member.key, among: ids).map { "did you mean '\($0)'?" }
        ?? (ids.isEmpty ? "the process has none" : "it has \(ids.joined(separator: ", "))")
      reading.report(
        key: member.node.path, "'\(shown(member.key))' is no \(what) of the process; \(hint)",
        at: member.keyLocation)
    }
  }

  /// What is said of one, over what is said of all.
  private func section(_ id: String, _ outer: Section, _ name: String) -> Section? {
    let group = [outer.node?["default"], outer.node?[id]].compactMap { $0 }.filter(\.isMap)
    guard let node = group.reduce(nil, { $0?.merged(with: $1) ?? $1 }) else { return nil }
    return Section(
      node: node, pattern: "\(name).*", path: "\(name).\(id)", location: node.location)
  }

  private func loop(
    _ repetition: FlowGraph.Repetition, _ section: Section?, id: String
  ) -> RepetitionSettings? {
    let own = section ?? blank("repeats", id)
    let atMost = reading.count(own, "at_most")
    guard !isWritten(own, "at_most") || atMost != nil else { return nil }
    let most = atMost ?? (repetition.stated > 0 ? Int(repetition.stated) : nil)
    if !isWritten(own, "again") {
      guard case .standard(let written?) = process.element(id)?.loop else {
        reading.report(
          key: own.path(of: "again"),
          "nothing says how often the loop activity '\(id)' is done; give it under 'repeats', such as "
            + "`repeats: { \(id): { again: 20 % } }`", at: own.location)
        return nil
      }
      return condition(
        written, of: id, loopCounts, named: "repeats.\(id).again", "loop condition",
        instead:
          "say how often the loop activity '\(id)' is done, such as `repeats: { \(id): { again: "
          + "20 % } }`"
      ).map { RepetitionSettings(atMost: most ?? Int(Int32.max), condition: $0) }
    }
    guard let again = reading.share(own, "again") else { return nil }
    if again >= 1, most == nil {
      reading.report(
        key: own.path(of: "again"),
        "the loop activity '\(id)' is always done again and has no 'at_most': it never ends",
        at: own.location)
      return nil
    }
    return RepetitionSettings(again: again, atMost: most ?? Int(Int32.max))
  }

  private func isWritten(_ section: Section, _ name: String) -> Bool {
    section.node?[name].map { !reading.isEmpty($0) } ?? false
  }

  /// A section of an activity of which the scenario says nothing.
  private func blank(_ name: String, _ id: String) -> Section {
    Section(
      node: ScenarioNode(content: .map([]), location: location, path: "\(name).\(id)"),
      pattern: "\(name).*", path: "\(name).\(id)", location: location)
  }

  /// A condition of the BPMN file; `nil` where it is not understood, which is reported.
  private func condition(
    _ written: String, of id: String, _ counts: [(name: String, count: RepetitionCount)],
    named path: String, _ what: String, instead: String
  ) -> CaseCondition? {
    var place = process.element(id)?.location ?? location
    place.element = id
    do {
      let condition = try parseRepetitionCondition(written, assembly.vocabulary, counts)
      reading.record(
        path: path, text: written, value: nil, unit: "",
        claim: ScenarioNode.Claim(provenance: .imported, note: "\(what) of the BPMN"), at: place)
      return condition
    } catch {
      reading.report(
        key: path,
        "the \(what) `\(shown(written))` of '\(id)' is not understood: \(error.message); declare what it "
          + "names under 'attributes', or \(instead)", at: place)
      return nil
    }
  }

  private func multiInstance(
    _ repetition: FlowGraph.Repetition, _ section: Section?, id: String
  ) -> RepetitionSettings? {
    var count: Distribution?
    if let section, section.node?["count"] != nil {
      count = reading.scalar(section, "count", number: { $0.mean }) { text throws(ValueError) in
        try parseInstanceCount(text)
      }
      if count == nil { return nil }
    } else if repetition.stated > 0 {
      count = try? Distribution(.constant(value: Double(repetition.stated)))
      reading.record(
        path: "instances.\(id).count", text: "\(repetition.stated)",
        value: Double(repetition.stated), unit: "1",
        claim: ScenarioNode.Claim(provenance: .imported, note: "cardinality of the BPMN"),
        at: process.element(id)?.location ?? location)
    }
    guard let count else {
      reading.report(
        key: "instances.\(id).count",
        "nothing says how many instances the multi-instance activity '\(id)' has; give it under "
          + "'instances', such as `instances: { \(id): { count: 3 } }`", at: location)
      return nil
    }
    let own = section ?? blank("instances", id)
    if !isWritten(own, "enough"), let written = process.element(id)?.execution?.completionCondition
    {
      return condition(
        written, of: id, instanceCounts, named: "instances.\(id).enough", "completion condition",
        instead:
          "say how many of the instances suffice, such as `instances: { \(id): { enough: 60 % } }`"
      ).map { RepetitionSettings(count: count, condition: $0) }
    }
    return reading.share(own, "enough").map { RepetitionSettings(count: count, enough: $0) }
  }
}
