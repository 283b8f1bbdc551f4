internal import Facts
internal import ProcessModel
internal import Simulation

extension StackReading {
  /// Reports work that nobody could do: activities without team or time, teams without people.
  func checkWorkability(of stack: StackSettings) {
    let reached = reachable(stack.flowProbabilities)
    var needs: [(team: String, why: String)] = []
    for (index, activity) in stack.activities.enumerated()
    where reached.contains(Int(flow.activities[index])) {
      let automation = stack.automations.first { $0.name == activity.automation }
      let byHand = automation == nil || activity.share < 1
      let gaveUp = (automation?.failure ?? 0) > 0 && activity.share > 0
      if byHand || (gaveUp && automation?.exceptionTeam == nil) {
        if let team = activity.team {
          needs.append((team, "the activity '\(activity.id)'"))
        } else {
          reportUndone(activity, "team", by: byHand ? nil : automation?.name)
        }
      }
      if byHand || (gaveUp && automation?.exceptionTime == nil), activity.time == nil {
        reportUndone(activity, "time", by: byHand ? nil : automation?.name)
      }
      if gaveUp, let team = automation?.exceptionTeam {
        needs.append((team, "exceptions of '\(automation?.name ?? "")'"))
      }
      guard automation != nil, activity.share > 0 else { continue }
      for guardrail in stack.guardrails
      where guardrail.after == activity.id && guardrail.raisedBy == activity.automation {
        needs += guardrail.teams.map { ($0, "tickets of '\(guardrail.name)'") }
      }
    }
    needs += stack.repairs.map { ($0.team, "repairs of '\($0.of)'") }
    for team in stack.teams where team.people == 0 {
      guard let need = needs.first(where: { $0.team == team.name }) else { continue }
      let node = layers.sections["teams"]?[team.name]?["people"]
      // One number can leave several variants without people: it is reported once.
      let isKnown = reading.problems.contains { problem in
        problem.key == node?.path && problem.location == node?.location
      }
      if isKnown { continue }
      reading.report(
        key: node?.path,
        "nobody staffs the team '\(team.name)', but in the variant '\(variant)' it has to do "
          + "\(need.why); give it people", at: node?.location ?? location)
    }
  }

  private func reportUndone(_ activity: ActivitySettings, _ what: String, by automation: String?) {
    // What is written but wrong has been reported where it stands.
    let written = [activity.id, "default"].compactMap { layers.sections["activities"]?[$0]?[what] }
    guard written.isEmpty else { return }
    let node = layers.sections["activities"]?[activity.id] ?? layers.sections["activities"]
    let why =
      automation.map { "people do it when '\($0)' fails" }
      ?? "people do it in the variant '\(variant)'"
    let example = reading.example(of: reading.key("activities.*.\(what)"))
    reading.report(
      key: "activities.\(activity.id).\(what)",
      "the activity '\(activity.id)' has no \(what), but \(why); give it under 'activities'\(example)",
      at: node?.location ?? assembly.root.location)
  }

  /// Nodes that a case can come to.
  private func reachable(_ probabilities: [Double]) -> Set<Int> {
    var open: [Int] = starts(ofScope: 0)
    var seen = Set(open)
    while let index = open.popLast() {
      let node = flow.nodes[index]
      var next: [Int] = []
      for position in Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      where node.kind != .exclusive || probabilities[position] > 0 {
        next.append(Int(flow.flows[position].target))
      }
      if node.kind == .scope { next += starts(ofScope: Int(node.detail)) }
      for target in next where seen.insert(target).inserted { open.append(target) }
    }
    return seen
  }

  private func starts(ofScope index: Int) -> [Int] {
    let scope = flow.scopes[index]
    return (scope.firstStart..<(scope.firstStart + scope.startCount))
      .map { Int(flow.scopeStarts[Int($0)]) }
  }
}

extension StackSettings {
  /// What teams repair.
  fileprivate var repairs: [(team: String, of: String)] {
    let all =
      applications.map { ($0.name, $0.outages) } + automations.map { ($0.name, $0.outages) }
      + [(layer?.name ?? "", layer?.outages)]
    return all.compactMap { name, outages in outages?.repairedBy.map { ($0, name) } }
  }
}
