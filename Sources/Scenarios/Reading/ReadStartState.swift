internal import Facts
internal import Simulation

extension ScenarioAssembly {
  /// What is there on day 0; `nil` where it is wrong, which is then reported.
  func readStartState(
    _ section: Section, variants: [String], baseline: String?
  ) -> StartState? {
    let key = reading.key("clock.start_state")
    let node = section.node?["start_state"]
    guard let node, !reading.isEmpty(node) else {
      if case .standard(let text, let source) = key.presence {
        reading.record(
          path: "clock.start_state", text: text, value: nil, unit: "",
          claim: ScenarioNode.Claim(provenance: .assumed, note: source), at: section.location,
          isDefault: true)
      }
      return baseline.map { .variant(variants.contains("as-is") ? "as-is" : $0, days: 56) }
    }
    if !node.isMap {
      guard reading.choice(section, "start_state") != nil else { return nil }
      return .empty
    }
    let state = Section(
      node: node, pattern: "clock.start_state", path: node.path, location: node.location)
    let today = runInDays(state, "as-is")
    let own = runInDays(state, "each")
    let waiting = readWaiting(state)
    let variant = reading.name(state, "variant", among: variants)
    let given = ["as-is", "each", "waiting"].filter { node[$0] != nil }
    guard given.count == 1 else {
      reading.report(
        key: node.path,
        given.isEmpty
          ? "'\(node.path)' does not say what is there on day 0; write `{ as-is: 8 weeks }` for "
            + "what that stack leaves, `{ waiting: … }` for given cases, or `empty`"
          : "'\(node.path)' has both '\(given[0])' and '\(given[1])'; what is there on day 0 is "
            + "left by a run-in or given: keep one of them", at: node.location)
      return nil
    }
    if given != ["as-is"], let odd = node["variant"] {
      reading.report(
        key: odd.path, "'\(odd.path)' counts for nothing beside '\(given[0])'; remove it",
        at: odd.location)
    }
    if given == ["waiting"] { return waiting.map { .given($0) } }
    if let own { return .own(days: own) }
    let name = variant ?? (variants.contains("as-is") ? "as-is" : baseline)
    guard let today, let name else { return nil }
    return .variant(name, days: today)
  }

  private func runInDays(_ state: Section, _ name: String) -> Int? {
    guard let length = reading.duration(state, name)?.written,
      requireWholeDays(length, name, state)
    else { return nil }
    return Int(length.unit == .weeks ? length.amount * 7 : length.amount)
  }

  // MARK: Given cases

  private func readWaiting(_ state: Section) -> [WaitingCases]? {
    let outer = reading.group(state, "waiting")
    let key = reading.key("clock.start_state.waiting.*")
    for name in ["cases", "since"] { _ = reading.key("\(key.path).\(name)") }
    guard case .count(let nouns) = key.kind else { preconditionFailure(key.path) }
    var result: [WaitingCases]? = outer.isPresent ? [] : nil
    for member in outer.node?.members ?? [] {
      let isPlace = isPlaceToStand(member)
      let count: Int?
      var since: ScenarioDuration? = ScenarioDuration(0, .seconds)
      if member.node.isMap {
        let group = Section(
          node: member.node, pattern: key.path, path: member.node.path,
          location: member.keyLocation)
        count = reading.count(group, "cases")
        if member.node["since"] != nil { since = readSince(group) }
      } else {
        count = reading.leaf(outer, member, number: { Double($0) }) {
          text throws(ValueError) in try parseCount(text, of: nouns)
        }
      }
      guard isPlace, let count, let since else {
        result = nil
        continue
      }
      result?.append(WaitingCases(activity: member.key, cases: count, since: since))
    }
    if let total = result?.reduce(0, { $0 + $1.cases }), total > 1_000_000 {
      reading.report(
        key: outer.path, "\(total) cases stand in the process on day 0; at most 1000000 can",
        at: outer.location)
      return nil
    }
    return result
  }

  private func readSince(_ group: Section) -> ScenarioDuration? {
    guard let since = reading.duration(group, "since")?.written else { return nil }
    let isWholeDays = since.unit == .workingDays && since.amount.rounded() == since.amount
    if since.unit.isWorkingTime, !isWholeDays, let node = group.node?["since"] {
      reading.report(
        key: node.path,
        "'\(node.path)' is `\(shown(node.text ?? ""))`; write calendar time, or whole working days",
        at: node.location)
      return nil
    }
    return since
  }

  private func isPlaceToStand(_ member: ScenarioNode.Member) -> Bool {
    guard let flow else { return false }
    guard let activity = flow.activity(ofElement: member.key) else {
      let known = flow.activities.indices.map { flow.activityID($0) }
      reading.report(
        key: member.node.path, unknownActivity(member.key, known: known), at: member.keyLocation)
      return false
    }
    guard !flow.isRepeated(Int(flow.activities[activity])) else {
      reading.report(
        key: member.node.path,
        "cases cannot be put at '\(member.key)': it lies within a repeated activity, and nothing says "
          + "which time it is", at: member.keyLocation)
      return false
    }
    guard flow.canBegin(at: Int(flow.activities[activity])) else {
      reading.report(
        key: member.node.path,
        "cases cannot be put at '\(member.key)': a parallel gateway after it also waits for other "
          + "branches, of which nothing is said; put them before the branches or after their join",
        at: member.keyLocation)
      return false
    }
    return true
  }
}
