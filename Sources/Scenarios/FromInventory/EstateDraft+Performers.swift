internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation

// Who does each activity: people of which team, or which automation.

extension EstateDraft {
  mutating func assignPerformers() {
    for index in flow.activities.indices {
      let id = flow.activityID(index)
      guard let element = element(id) else { continue }
      let touchPoint = touchPoint(of: element)
      var activity = DraftActivity(id: id, element: element, team: 0, touchPoint: touchPoint)
      if source.stretches[id].map({ $0.system == nil }) ?? isHuman(element) {
        activity.automation = nil
      } else {
        activity.automation = automation(of: element, activity: id)
      }
      (activity.team, activity.teamClaim) = team(of: activity)
      activities.append(activity)
    }
  }

  /// Whether the drawing gives an activity to people.
  private func isHuman(_ element: FlowElement) -> Bool {
    switch element.kind {
    case .task(.user), .task(.manual): true
    // A task without a type is work of people, unless the inventory knows what it starts.
    case .task(.abstract): invoked(by: element) == nil
    case .subProcess: invoked(by: element) == nil
    default: false
    }
  }

  /// What the inventory says that people do at an element.
  private func touchPoint(of element: FlowElement) -> HumanTouchPoint? {
    let own = originalID(element)
    return estate.touchPoints.first {
      $0.step == own && $0.evidence.location.path == element.location.path
    }
  }

  /// The element's id in its own file: what is drawn in, has the id of its call before it.
  func originalID(_ element: FlowElement) -> String {
    element.id.split(separator: "/").last.map(String.init) ?? element.id
  }

  // MARK: Automations

  /// The connection by which an element starts a system, strongest evidence first.
  private func invoked(by element: FlowElement) -> (connection: Connection, evidence: Evidence)? {
    let own = originalID(element)
    for connection in estate.connections where connection.target.kind == .system {
      guard [.invokes, .triggers, .handsOver].contains(connection.kind) else { continue }
      let evidence = connection.evidence.first {
        $0.location.path == element.location.path && $0.location.element == own
      }
      if let evidence { return (connection, evidence) }
    }
    return nil
  }

  private mutating func automation(of element: FlowElement, activity id: String) -> Int {
    let invoked = invoked(by: element)
    let stretch = source.stretches[id]
    let name = stretch?.system ?? invoked?.connection.target.name ?? source.system
    let system = estate.system(named: name)
    if let known = automations.firstIndex(where: { nameKey($0.name) == nameKey(name) }) {
      automations[known].activities.append(id)
      return known
    }
    let kind = system?.kind.winner
    var made = DraftAutomation(
      key: keyName(name, besides: Set(automations.map(\.key)).union(["people"])), system: system,
      name: name, kind: kind.map { word(of: $0.value) } ?? "workflow",
      kindClaim: kind.map { DraftClaim($0.evidence) }
        ?? .placeholder("the inventory does not describe \(name)"),
      evidence: stretch?.evidence ?? invoked?.evidence,
      isCarrier: nameKey(name) == nameKey(source.system))
    if let kind, kind.value == .orchestrator {
      made.kindClaim = DraftClaim(
        .inferred,
        "an orchestrator that does work itself counts as a workflow; "
          + kind.evidence.location.description)
    }
    made.activities = [id]
    automations.append(made)
    return automations.count - 1
  }

  private func word(of kind: SystemKind) -> String {
    switch kind {
    case .rpa: "rpa"
    case .rules: "rules"
    case .workflow, .orchestrator: "workflow"
    case .agent: "agent"
    case .script: "script"
    }
  }

  // MARK: Teams

  /// The team of an activity, and how it is known where the drawing alone does not say so.
  private mutating func team(of activity: DraftActivity) -> (Int, DraftClaim?) {
    let element = activity.element
    for (what, name) in [("lane", element.lane), ("candidate group", element.assignment)] {
      guard let name, isName(name) else { continue }
      let evidence = Evidence(.imported, element.location)
      let index = team(named: name, evidence)
      // The language itself takes the team named as the lane, and the lane before the group.
      let isImplied =
        nameKey(teams[index].key) == nameKey(name) && (what == "lane" || element.lane == nil)
      return (
        index, isImplied ? nil : DraftClaim(.imported, "\(what) of \(element.location)")
      )
    }
    if let name = source.stretches[activity.id]?.team ?? activity.touchPoint?.team {
      let evidence = source.stretches[activity.id]?.evidence ?? activity.touchPoint?.evidence
      let place = evidence ?? Evidence(.imported, element.location)
      return (team(named: name, place), DraftClaim(place))
    }
    let owners = [
      activity.automation.flatMap { automations[$0].system }, carrier,
    ].compactMap(\.self)
    for system in owners {
      guard let fact = system.team.winner else { continue }
      return (
        team(named: fact.value, fact.evidence),
        DraftClaim(.inferred, "team of \(system.name) - \(fact.evidence.location)")
      )
    }
    return (
      team(named: "staff", nil),
      .placeholder("the inventory names no team for it")
    )
  }

  /// Whether a lane or group is a name and no expression.
  private func isName(_ text: String) -> Bool {
    !text.contains { "${}=#".contains($0) } && text.contains { $0.isLetter || $0.isNumber }
  }

  private mutating func team(named name: String, _ evidence: Evidence?) -> Int {
    if let known = teams.firstIndex(where: { nameKey($0.name) == nameKey(name) }) { return known }
    teams.append(
      DraftTeam(
        key: keyName(name, besides: Set(teams.map(\.key))), name: name, evidence: evidence))
    return teams.count - 1
  }
}
