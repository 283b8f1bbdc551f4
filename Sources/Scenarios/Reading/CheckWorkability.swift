internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation

extension StackReading {
  /// Reports work that nobody could do: activities without team or time, teams without people or
  /// without the skills.
  ///
  /// - Returns: what teams have to do, so that it can be checked whether people come in time.
  func checkWorkability(of stack: StackSettings) -> [StaffNeed] {
    let reached = reachable(stack.flowProbabilities)
    var needs: [StaffNeed] = []
    for (index, activity) in stack.activities.enumerated()
    where reached.contains(Int(flow.activities[index])) {
      let automation = stack.automations.first { $0.name == activity.automation }
      let skills = activity.queueing.skills
      let node = [activity.id, "default"].compactMap {
        layers.sections["activities"]?[$0]?["skills"]
      }.first
      let byHand = automation == nil || activity.share < 1
      let mayFail =
        (automation.map { mayGiveUp($0, stack) } ?? false) && !flow.catchesFailure(of: index)
      let gaveUp = activity.share > 0 && (mayFail || automation?.mayHandOver ?? false)
      // Who takes over from it may have no team for exceptions.
      let isRouted =
        stack.layer.map { !$0.work.reroutes.isEmpty || $0.work.routing != nil } ?? false
      if byHand || (gaveUp && (automation?.exceptionTeam == nil || isRouted)) {
        if let team = activity.team {
          needs.append(
            StaffNeed(
              team: team, why: "the activity '\(activity.id)'", skills: skills, node: node))
        } else {
          reportUndone(activity, "team", by: byHand ? nil : automation?.name)
        }
      }
      if byHand || (gaveUp && automation?.exceptionTime == nil), activity.time == nil {
        reportUndone(activity, "time", by: byHand ? nil : automation?.name)
      }
      if gaveUp, let team = automation?.exceptionTeam {
        needs.append(
          StaffNeed(
            team: team,
            why: "exceptions of '\(automation?.name ?? "")' at the activity '\(activity.id)'",
            // Another team's people need no skills that the activity asks its own for.
            skills: team == activity.team ? skills : [], node: node))
      }
      guard let used = automation, activity.share > 0 else { continue }
      needs += used.carers.map { team, why in
        StaffNeed(team: team, why: why, skills: [], node: nil)
      }
      for guardrail in stack.guardrails
      where guardrail.after == activity.id && guardrail.raisedBy == activity.automation {
        let node = layers.sections["guardrails"]?[guardrail.name]?["skills"]
        needs += guardrail.teams.map { team in
          StaffNeed(
            team: team, why: "tickets of '\(guardrail.name)'", skills: guardrail.queueing.skills,
            node: node)
        }
        for team in [guardrail.redesign?.reviewTeam, guardrail.redesign?.workTeam] {
          guard let team else { continue }
          needs.append(
            StaffNeed(
              team: team, why: "the redesign of '\(guardrail.name)'", skills: [], node: nil))
        }
        if let team = guardrail.handling?.rework?.team {
          needs.append(
            StaffNeed(
              team: team, why: "rework after '\(guardrail.name)'", skills: [], node: nil))
        }
        if let team = guardrail.handling?.prediction?.team {
          needs.append(
            StaffNeed(
              team: team, why: "preparations for '\(guardrail.name)'", skills: [], node: nil))
        }
      }
    }
    needs += stack.betweenAutomations.map { team, why in
      StaffNeed(team: team, why: why, skills: [], node: nil)
    }
    needs += stack.repairs.map { repair in
      StaffNeed(team: repair.team, why: "repairs of '\(repair.of)'", skills: [], node: nil)
    }
    var checked: Set<[String]> = []
    for need in needs where checked.insert([need.team] + need.skills).inserted {
      guard let team = stack.teams.first(where: { $0.name == need.team }) else { continue }
      checkStaff(of: team, for: need)
    }
    return needs
  }

  /// Whether people may have to take over from an automation.
  private func mayGiveUp(_ automation: AutomationSettings, _ stack: StackSettings) -> Bool {
    let isRouted = stack.layer.map { !$0.work.reroutes.isEmpty || $0.work.routing != nil } ?? false
    return automation.mayFail || stack.coordination?.waiting != nil
      || (isRouted && stack.automations.contains(where: \.mayFail))
  }

  private func checkStaff(of team: TeamSettings, for need: StaffNeed) {
    let written = layers.sections["teams"]?[team.name]
    guard team.people > 0 else {
      report(
        at: written?["people"] ?? written?["members"],
        "nobody staffs the team '\(team.name)', but in the variant '\(variant)' it has to do "
          + "\(need.why); give it people")
      return
    }
    if team.able(need).isEmpty { report(at: need.node ?? written, unskilled(team, need)) }
  }

  /// One place can leave several variants or activities without people: it is reported once.
  private func report(at node: ScenarioNode?, _ message: String) {
    let isKnown = reading.problems.contains { problem in
      problem.severity <= .high && problem.key == node?.path && problem.location == node?.location
    }
    if isKnown { return }
    reading.report(key: node?.path, message, at: node?.location ?? location)
  }

  /// Says who of a team has which skills, where nobody has those that work asks for.
  private func unskilled(_ team: TeamSettings, _ need: StaffNeed) -> String {
    let had = Set(team.staff.flatMap(\.person.skills))
    let asked = need.skills.map { "'\(shown($0))'" }.joined(separator: " and ")
    let some = team.staff.prefix(6).map { person, _ in
      let whose = person.name.isEmpty ? "everybody there" : shown(person.name)
      let skills = person.skills.prefix(8).map(shown).joined(separator: ", ")
      return "\(whose) has \(skills.isEmpty ? "none" : skills)"
    }
    let who = some.joined(separator: "; ") + (team.staff.count > 6 ? " …" : "")
    var message =
      "in the variant '\(variant)' \(need.why) asks the team '\(team.name)' for the "
      + "\(need.skills.count == 1 ? "skill" : "skills") \(asked), which nobody there has"
    guard let missing = need.skills.first(where: { !had.contains($0) }) else {
      return message + " together (\(who)); give somebody all of them"
    }
    message += " (\(who)); "
    if let hint = nearestName(to: missing, among: had.sorted()) {
      return message + "did you mean '\(hint)'?"
    }
    return message + "give it to somebody"
  }

  private func reportUndone(_ activity: ActivitySettings, _ what: String, by automation: String?) {
    // What is written but wrong has been reported where it stands.
    let written = [activity.id, "default"].compactMap { layers.sections["activities"]?[$0]?[what] }
    guard written.isEmpty else { return }
    if what == "team", let lane = laneName(of: activity.id) {
      reportMissingTeam(ofLane: lane)
      return
    }
    let key = "activities.\(activity.id).\(what)"
    // What is missing in one variant is missing in all; it is reported once.
    if reading.problems.contains(where: { $0.severity <= .high && $0.key == key }) { return }
    let node = layers.sections["activities"]?[activity.id] ?? layers.sections["activities"]
    let why =
      automation.map { "people do it when '\($0)' fails" }
      ?? "people do it in the variant '\(variant)'"
    let example = reading.example(of: reading.key("activities.*.\(what)"))
    reading.report(
      key: key,
      "the activity '\(activity.id)' has no \(what), but \(why); give it under 'activities'\(example)",
      at: node?.location ?? assembly.root.location)
  }

  /// The lane of an activity, or else its candidate group, which names its team where nothing else does.
  private func laneName(of id: String) -> String? {
    let element = process.element(id)
    return element?.lane ?? element?.assignment
  }

  /// Reports that no team is called like a lane: once, not for each of its activities, at the team that
  /// is probably meant.
  private func reportMissingTeam(ofLane lane: String) {
    let lanes = Set(activityIDs.compactMap { laneName(of: $0) }.map(nameKey))
    let inLane = activityIDs.filter { laneName(of: $0).map(nameKey) == nameKey(lane) }
    let some = inLane.prefix(3).joined(separator: ", ") + (inLane.count > 3 ? " …" : "")
    let what =
      "no team is called like '\(shown(lane))', the lane or candidate group that "
      + "\(inLane.count == 1 ? "the activity" : "\(inLane.count) activities") of the BPMN "
      + "\(inLane.count == 1 ? "is" : "are") in (\(some)), and nothing else says who does "
      + "\(inLane.count == 1 ? "it" : "them")"
    let teams = assembly.root["teams"]
    // A team that another lane is called like is not meant.
    let free = teams?.members.filter { !lanes.contains(nameKey($0.key)) } ?? []
    let near = nearestName(to: nameKey(lane), among: free.map { nameKey($0.key) })
    if let near, let team = free.first(where: { nameKey($0.key) == near }) {
      reading.report(
        key: team.node.path,
        "\(what); did you mean it by the team '\(shown(team.key))'? Call that '\(shown(lane))', or give "
          + "the activities a 'team'", at: team.keyLocation)
    } else {
      reading.report(
        key: "teams", "\(what); call a team so, or give the activities a 'team'",
        at: teams?.location ?? assembly.root.location)
    }
  }

  /// Nodes that a case can come to.
  private func reachable(_ probabilities: [Double]) -> Set<Int> {
    var open: [Int] = starts(ofScope: 0)
    for scope in flow.scopes {
      open += handlers(from: scope.firstHandler, count: scope.handlerCount)
    }
    var seen = Set(open)
    while let index = open.popLast() {
      let node = flow.nodes[index]
      var next: [Int] = []
      for position in Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      where probabilities[position] > 0 || !chooses(node, flow.flows[position]) {
        next.append(Int(flow.flows[position].target))
      }
      if node.kind == .scope { next += starts(ofScope: Int(node.detail)) }
      if node.kind == .repetition {
        next.append(Int(flow.repetitions[Int(node.detail)].inner))
      }
      next += handlers(from: node.firstHandler, count: Int32(node.handlerCount))
      if flow.compensations[index] >= 0 { next.append(Int(flow.compensations[index])) }
      for target in next where seen.insert(target).inserted { open.append(target) }
    }
    return seen
  }

  /// Whether a node may leave a flow untaken.
  private func chooses(_ node: FlowGraph.Node, _ flow: FlowGraph.Flow) -> Bool {
    node.kind == .exclusive
      || (node.traits.contains(.conditionalFlows) && flow.role == .conditional)
  }

  private func handlers(from first: Int32, count: Int32) -> [Int] {
    (first..<(first + count)).map { Int(flow.handlers[Int($0)].node) }
  }

  private func starts(ofScope index: Int) -> [Int] {
    let scope = flow.scopes[index]
    return (scope.firstStart..<(scope.firstStart + scope.startCount))
      .map { Int(flow.scopeStarts[Int($0)]) }
  }
}

extension AutomationSettings {
  /// Teams that its use gives work to, and which.
  fileprivate var carers: [(team: String, why: String)] {
    conduct.asks.compactMap { ask in
      ask.review.map { ($0.team, "reviews that '\(name)' asks for") }
    }
      + [
        (conduct.breakage?.team, "the repair of '\(name)'"),
        (conduct.changes?.team, "changes of '\(name)'"),
        (conduct.upkeep?.team, "the upkeep of '\(name)'"),
        (conduct.drift?.detector?.team, "samples of what '\(name)' does"),
        (conduct.drift?.detector?.investigators, "alarms of drift of '\(name)'"),
      ].compactMap { team, why in team.map { ($0, why) } }
  }
}

extension StackSettings {
  /// What teams have to do because automations act beside one another.
  fileprivate var betweenAutomations: [(team: String, why: String)] {
    var needs: [(String, String)] = []
    if let work = coordination?.misread?.work { needs.append((work.team, "rework of hand-overs")) }
    if let work = coordination?.reconciliation { needs.append((work.team, "reconciliation")) }
    if let work = monitoring?.alert { needs.append((work.team, "alerts")) }
    return needs + (risk?.needs ?? [])
  }

  /// What teams repair.
  fileprivate var repairs: [(team: String, of: String)] {
    let all =
      applications.map { ($0.name, $0.outages) } + automations.map { ($0.name, $0.outages) }
      + [(layer?.name ?? "", layer?.outages)]
    return all.compactMap { name, outages in outages?.repairedBy.map { ($0, name) } }
  }
}
