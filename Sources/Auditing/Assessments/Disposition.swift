import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let disposition = Assessment(
    id: "disposition", title: "A direction for every system",
    formula:
      "The first rule that holds decides. (1) Disabled or retired: retire. (2) Stated to run never, or "
      + "a pilot of which check orphan says that nothing uses it: retire. (3) In a group of check redundancy and not the "
      + "one to keep: merge. (4) A place where orchestration pays first, of severity medium or worse: orchestrate. (5) A "
      + "candidate for agents that no rule excludes, with a score of agentifyScore or more, at which "
      + "people approve, review or settle exceptions: agentify. (6) A robot, a script or what drives a "
      + "user interface, and something in use needs it: wrap. (7) Else: retain. Confidence = facts known / facts "
      + "that the rules up to the deciding one ask for: (1) status; (2) volume, connections; (3) "
      + "purpose; (4) technology; (5) human involvement, criticality, regulation; (6) channels."
  ) { context in
    let rules = DispositionRules(context)
    let rows = context.estate.systems.enumerated().map { index, system in
      (system: system, direction: rules.direction(of: index))
    }
    var notes: [String] = []
    let unsure = rows.count { $0.direction.confidence < 0.7 }
    if unsure > 0 {
      notes.append(
        "For \(counted(unsure, "system")) less than 70 % of what the rules ask for is known: read "
          + "their direction as a question, not as advice.")
    }
    let directions = Direction.allCases.compactMap { direction -> String? in
      let count = rows.count { $0.direction.direction == direction }
      return count == 0 ? nil : "\(direction.rawValue) \(count)"
    }
    let order = rows.indices.sorted { a, b in
      let (first, second) = (rows[a].direction, rows[b].direction)
      let ranks = (first.direction.rank, second.direction.rank)
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      if first.confidence != second.confidence { return first.confidence > second.confidence }
      return a < b
    }
    return AssessmentTable(
      summary: "\(counted(rows.count, "system")): \(listText(directions)).",
      columns: [
        .init("System", "The system."),
        .init(
          "Direction", "What to do with it: retire, merge, orchestrate, agentify, wrap or retain."),
        .init(
          "Confidence",
          "Share of the facts that the rules up to the deciding one ask for and that are known."),
        .init("Rule", "The number of the rule that decided."),
        .init("Reason", "What the rule rests on."),
        .init("Unknown", "Facts that are not known and could change the direction."),
      ],
      rows: order.map { index in
        let (system, direction) = rows[index]
        return AssessmentTable.Row(
          [
            .text(system.name), .text(direction.direction.rawValue), .share(direction.confidence),
            .number(Double(direction.rule)), .text(direction.reason),
            .text(direction.unknown.isEmpty ? "none" : direction.unknown.joined(separator: ", ")),
          ],
          evidence: Array(
            (direction.evidence.isEmpty ? system.sources.sorted() : direction.evidence).prefix(6)))
      }, notes: notes)
  }
}

/// What to do with a system.
enum Direction: String, CaseIterable {
  case retire, merge, orchestrate, agentify, wrap, retain

  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The direction for a system, and why.
struct SystemDirection {
  let direction: Direction
  /// Number of the rule that decided, from 1.
  let rule: Int
  let reason: String
  var evidence: [Evidence] = []
  /// Known facts of those that the rules up to the deciding one ask for, in 0...1.
  var confidence = 0.0
  /// Those that are not known.
  var unknown: [String] = []
}

/// The rules, with what they look up computed once.
private struct DispositionRules {
  private let context: AuditContext
  private let work: WorkFacts
  private var findings: [String: [String: Finding]] = [:]
  private var places: [String: OrchestrationPlace] = [:]
  private var candidates: [Int: AgentCandidate] = [:]

  init(_ context: AuditContext) {
    self.context = context
    work = WorkFacts(context)
    for finding in context.findings(of: [.orphan, .redundancy]) {
      // What is only a remark, such as one automation in its environments, asks for nothing.
      if finding.severity == .info { continue }
      for subject in finding.subjects where subject.kind == .system {
        if finding.check == AuditCheck.orphan.id, subject != finding.subjects.first { continue }
        let known = findings[finding.check]?[subject.key]
        if known == nil { findings[finding.check, default: [:]][subject.key] = finding }
      }
    }
    for place in orchestrationPlaces(context, work) where place.severity <= .medium {
      if place.reference.kind == .system, places[place.reference.key] == nil {
        places[place.reference.key] = place
      }
    }
    for candidate in AgentCandidate.all(context, work) { candidates[candidate.system] = candidate }
  }

  func direction(of index: Int) -> SystemDirection {
    let system = context.estate.systems[index]
    var decided = decision(index, system)
    let asked = facts(index, system).prefix { $0.rule <= decided.rule }
    decided.unknown = asked.filter { !$0.isKnown }.map(\.name)
    decided.confidence = Double(asked.count - decided.unknown.count) / Double(max(1, asked.count))
    return decided
  }

  private func decision(_ index: Int, _ system: AutomationSystem) -> SystemDirection {
    let node = context.node(ofSystem: index)
    let users = (node.map(context.graph.dependents(of:)) ?? []).filter {
      $0 != node && context.isAlive($0)
    }
    let needed =
      users.isEmpty
      ? "nothing in use is known to need it"
      : "after \(listText(context.names(users), limit: 4)) need it no longer"
    if !system.isAlive {
      return SystemDirection(
        direction: .retire, rule: 1,
        reason: "status \(system.status.value?.rawValue ?? "unknown"); \(needed)",
        evidence: system.status.facts.map(\.evidence))
    }
    if let volume = system.volume.value, volume.count == 0 {
      return SystemDirection(
        direction: .retire, rule: 2,
        reason: "it is stated to run 0 times a \(volume.period.rawValue); \(needed)",
        evidence: system.volume.facts.map(\.evidence))
    }
    if let orphan = findings[AuditCheck.orphan.id]?[system.key], system.status.value == .pilot,
      (system.volume.value?.count ?? 0) == 0
    {
      return SystemDirection(
        direction: .retire, rule: 2,
        reason: "a pilot that nothing uses (\(orphan.id)), not known to run",
        evidence: orphan.evidence)
    }
    if let cluster = findings[AuditCheck.redundancy.id]?[system.key] {
      let members = cluster.subjects.compactMap { context.system(named: $0.name) }
      // A finding with a topic, as of copies that a platform made, names the one to keep first.
      let isTopical = cluster.id.split(separator: "/").count > 2
      let kept =
        isTopical && !members.isEmpty ? (system: members[0], reason: "") : keeper(of: members)
      if members.count > 1, kept.system.key != system.key {
        return SystemDirection(
          direction: .merge, rule: 3,
          reason:
            "does much the same as \(kept.system.name), which is the one to keep\(kept.reason) (\(cluster.id))",
          evidence: cluster.evidence)
      }
    }
    if let place = places[system.key] {
      return SystemDirection(
        direction: .orchestrate, rule: 4,
        reason: "a place where orchestration pays first: "
          + listText(Set(place.findings.map(\.check)).sorted()), evidence: place.evidence)
    }
    if let reason = agentify(index, system) {
      return SystemDirection(
        direction: .agentify, rule: 5, reason: reason,
        evidence: context.touchPoints(ofSystemNamed: system.name).map(\.evidence))
    }
    if let node, !users.isEmpty, let how = driven(system, node) {
      return SystemDirection(
        direction: .wrap, rule: 6,
        reason:
          "\(how), and \(listText(context.names(users), limit: 4)) need it: give it one interface",
        evidence: context.edges(at: node).flatMap(\.edge.evidence).sorted())
    }
    return SystemDirection(
      direction: .retain, rule: 7,
      reason: candidates[index]?.excludedBy.map {
        "no rule asks for a change; no agents here: \($0)"
      }
        ?? "no rule asks for a change")
  }

  /// Why a system is to be given to agents; `nil` where it is not.
  private func agentify(_ index: Int, _ system: AutomationSystem) -> String? {
    guard let candidate = candidates[index], candidate.excludedBy == nil,
      let score = candidate.score, score >= context.options.agentifyScore
    else { return nil }
    let judged = Set(
      context.touchPoints(ofSystemNamed: system.name).filter {
        $0.kind == .approval || $0.kind == .review || $0.kind == .exception
      }.map(\.step)
    ).count
    guard judged > 0 else { return nil }
    return
      "candidate with score \(scoreText(score)) ≥ \(scoreText(context.options.agentifyScore)); people "
      + "approve, review or settle exceptions at \(counted(judged, "place"))"
  }

  /// How a system works that others had better call through one interface; `nil` for any other.
  private func driven(_ system: AutomationSystem, _ node: Int) -> String? {
    if context.graph.edges(from: node).contains(where: { $0.channel == .userInterface }) {
      return "it drives a user interface"
    }
    switch system.kind.value {
    case .rpa: return "it is a robot"
    case .script: return "it is a script"
    default: return nil
    }
  }

  /// What the rules ask for, each with the first rule that asks for it.
  private func facts(
    _ index: Int, _ system: AutomationSystem
  ) -> [(rule: Int, name: String, isKnown: Bool)] {
    let missing = context.missingFields(ofSystem: index)
    let edges = context.node(ofSystem: index).map { context.edges(at: $0) } ?? []
    let said = CandidatePolicy.value(
      context.policy.candidates.regulated, of: work.names(of: system))
    return [
      (1, "status", system.status.isKnown),
      (2, "volume", !missing.contains(.volume)),
      (2, "connections", !missing.contains(.connectedSystems)),
      (3, "purpose", !missing.contains(.purpose)),
      (4, "technology", !missing.contains(.technology)),
      (5, "human involvement", work.peopleStepIn(index) != nil),
      (5, "criticality", system.criticality.isKnown),
      (5, "regulation", said != nil),
      (6, "channels", edges.isEmpty || edges.contains { $0.edge.channel != .unknown }),
    ]
  }
}
