internal import Facts
internal import IntegrationGraph
internal import Inventory
internal import ProcessModel

// What is known of the automations: failures, retries, what they may touch, whom they ask.

extension EstateDraft {
  func keys(_ automation: DraftAutomation) -> Key {
    var keys: [Key] = []
    if let system = automation.system,
      reference.estate.system(named: system.name)?.key == system.key
    {
      keys.append(
        Key(
          "system", ScenarioText.quoted(system.name),
          (system.sources.min() ?? automation.evidence).map { DraftClaim($0) }))
    }
    keys.append(Key("kind", automation.kind, automation.kindClaim))
    if automation.kind == "rpa" {
      keys.append(
        Key(
          "runners", "\(automation.runners)",
          .placeholder("the inventory knows no robots; enough for these volumes and times")))
    }
    keys.append(
      Key(
        "time", runTime(automation.kind),
        .placeholder("the inventory knows no run times")))
    let failure = rate(of: automation)
    if isCaught(automation) {
      keys.append(
        Key(
          "failure", "0 %",
          DraftClaim(
            .inferred, "every failure takes an error boundary of the process, under events")))
    } else {
      keys.append(Key("failure", scenarioShare(failure.share), failure.claim))
    }
    var above = permissions(of: automation)
    if let retries = retries(of: automation) {
      let place = retries.evidence.location.description
      if failure.claim.provenance == .assumed {
        keys.append(
          Key("retries", [Key("times", "\(retries.times)", DraftClaim(retries.evidence))]))
      } else {
        above.append(
          "Failure path of \(automation.name): \(retries.times) retries (\(place)). They are no key "
            + "here: the share of failed runs counts what is left after them.")
      }
    }
    let touched = touched(by: automation)
    if !touched.isEmpty {
      keys.append(
        Key(
          "touches", list(touched.compactMap { application($0.name) }),
          DraftClaim(touched.map(\.evidence))))
    }
    return Key(
      automation.key, keys,
      comment: automation.system.map { system in
        [system.name, system.technology.value].compactMap(\.self).joined(separator: ", ")
      } ?? automation.name, above: above)
  }

  private func runTime(_ kind: String) -> String {
    switch kind {
    case "rpa": "triangular 1 min 2 min 5 min"
    case "agent": "lognormal mean 40 s p95 2 min"
    case "rules": "1 s"
    default: "10 s"
    }
  }

  /// Probability that a run fails.
  ///
  /// Of the system that carries the process, a run is a whole case: its failures are spread evenly over
  /// the activities that it does itself, as if independent.
  func rate(of automation: DraftAutomation) -> (share: Double, claim: DraftClaim) {
    guard let fact = automation.system?.failureRate.winner else {
      return (0.01, .placeholder("the inventory knows no failure rate of \(automation.name)"))
    }
    let share = fact.value.value
    let said = "\(scenarioShare(share)) of its runs"
    guard automation.isCarrier, automation.activities.count > 1 else {
      return (share, DraftClaim(fact.evidence, said))
    }
    let count = automation.activities.count
    let each = 1 - nthRoot(1 - share, count)
    return (
      (each * 1e8).rounded() / 1e8,
      DraftClaim(
        .inferred, "\(said) - \(fact.evidence.location), spread over \(count) activities of a run")
    )
  }

  /// The n-th root of a number in 0...1, by bisection: the same on every machine.
  private func nthRoot(_ value: Double, _ n: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      var power = 1.0
      for _ in 0..<n { power *= middle }
      if power < value { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// How often an automation tries again, as its own steps or those of the process say.
  private func retries(of automation: DraftAutomation) -> (times: Int, evidence: Evidence)? {
    let own = Set(automation.activities.compactMap { element($0).map(originalID) })
    let steps = estate.steps.filter { step in
      if nameKey(step.system) == nameKey(automation.name), !automation.isCarrier { return true }
      return step.evidence.location.path == source.process.location.path && own.contains(step.id)
    }
    let known = steps.compactMap { step in step.retries.map { ($0, step.evidence) } }
      .filter { $0.0 > 0 }
    return known.max { ($0.0, $1.1) < ($1.0, $0.1) }
  }

  /// What an automation reads and writes, by the integration graph: the rights that it needs.
  private func permissions(of automation: DraftAutomation) -> [String] {
    guard let node = graph.position(of: EntityReference(.system, automation.name)) else {
      return []
    }
    var rights: [String] = []
    for edge in graph.edges(from: node) where [.reads, .writes].contains(edge.kind) {
      guard graph.nodes[edge.target].kind == .application, let evidence = edge.evidence.max() else {
        continue
      }
      let right = "\(edge.kind.rawValue) \(graph.nodes[edge.target].name)"
      if !rights.contains(where: { $0.hasPrefix("\(right) (") }) {
        rights.append("\(right) (\(evidence.location))")
      }
    }
    var lines =
      rights.isEmpty ? [] : ["\(automation.name) \(rights.joined(separator: ", "))."]
    for decided in estate.decisions where nameKey(decided.system) == nameKey(automation.name) {
      let (inputs, outputs) = (
        decided.table.inputs.map(\.name).joined(separator: ", "),
        decided.table.outputs.map(\.name).joined(separator: ", ")
      )
      lines.append(
        "Limits of \(automation.name): \(decided.table.rules.count) rules decide \(outputs) by \(inputs) "
          + "(\(decided.table.location)). To play them, give those attributes and name the table under "
          + "decides.")
    }
    let limited = estate.steps.filter {
      nameKey($0.system) == nameKey(automation.name) && $0.timeout != nil
    }
    lines += limited.prefix(5).map { step in
      "\(step.name ?? step.id) gives up after \(durationText(step.timeout?.seconds ?? 0)) "
        + "(\(step.evidence.location))."
    }
    let rules = estate.guardrails.filter { nameKey($0.system) == nameKey(automation.name) }
    lines += rules.prefix(10).map {
      "A rule that binds \(automation.name), without figures: \($0.name) (\($0.evidence.location))"
    }
    return lines
  }

  // MARK: Hand-overs

  /// Islands by technology, where a case crosses from one to another.
  var coordinationKeys: [Key] {
    guard handOvers.contains(where: { $0.hasPrefix("Hand-over between islands") }) else {
      return []
    }
    var islands: [(technology: String, members: [Int])] = []
    for index in automations.indices {
      let technology = island(index)
      if let position = islands.firstIndex(where: { $0.technology == technology }) {
        islands[position].members.append(index)
      } else {
        islands.append((technology, [index]))
      }
    }
    var taken: Set<String> = []
    return [
      Key(
        "islands",
        islands.map { island in
          let key = keyName(island.technology, besides: taken)
          taken.insert(key)
          return Key(
            key, list(island.members.map { automations[$0].key }),
            DraftClaim(
              .inferred, "of one technology, \(island.technology): they are taken to share context")
          )
        }),
      Key(
        "context_lost", "0 %",
        .placeholder("how often a hand-over between them loses what the case is about is not known")
      ),
    ]
  }

  /// Where a case crosses from one island to another, in words.
  var handOvers: [String] {
    var lines: [String] = []
    let next = followers()
    for activity in activities {
      for id in next[activity.id] ?? [] {
        guard let follower = activities.first(where: { $0.id == id }) else { continue }
        if let from = activity.automation, let to = follower.automation, from != to,
          island(from) != island(to)
        {
          lines.append(
            "Hand-over between islands: \(automations[from].name) (\(island(from))) to "
              + "\(automations[to].name) (\(island(to))) before \(follower.id) "
              + "(\(follower.element.location)).")
        } else if let from = activity.automation, follower.automation == nil {
          for last in next[id] ?? [] {
            guard let after = activities.first(where: { $0.id == last }),
              let to = after.automation, from != to
            else { continue }
            lines.append(
              "Hand-over by people: \(teams[follower.team].name) at \(follower.id), from "
                + "\(automations[from].name) to \(automations[to].name) "
                + "(\(follower.element.location)).")
          }
        }
      }
    }
    var seen: Set<String> = []
    return lines.filter { seen.insert($0).inserted }
  }

  private func island(_ automation: Int) -> String {
    automations[automation].system?.technology.value ?? "technology unknown"
  }

  /// For each activity, those that can follow it with nothing but gateways and events between.
  private func followers() -> [String: [String]] {
    var targets: [String: [String]] = [:]
    for way in process.flows { targets[way.source, default: []].append(way.target) }
    let known = Set(activities.map(\.id))
    var result: [String: [String]] = [:]
    for activity in activities {
      var open = targets[activity.id] ?? []
      var seen: Set<String> = []
      var found: [String] = []
      while let id = open.popLast() {
        guard seen.insert(id).inserted else { continue }
        if known.contains(id) {
          found.append(id)
        } else {
          open += targets[id] ?? []
        }
      }
      result[activity.id] = activities.map(\.id).filter(found.contains)
    }
    return result
  }

  // MARK: Guardrails

  /// Approvals and reviews that an automation asks people for in its own files.
  ///
  /// Those of the system that carries the process are activities of the drawing.
  var guardrails: [DraftGuardrail] {
    var result: [DraftGuardrail] = []
    for automation in automations where !automation.isCarrier {
      guard let last = automation.activities.last, source.stretches.isEmpty else { continue }
      let asked = estate.touchPoints.filter {
        nameKey($0.system) == nameKey(automation.name) && [.approval, .review].contains($0.kind)
      }
      for touchPoint in asked.prefix(8) where result.count < 64 {
        guard let activity = activities.first(where: { $0.id == last }) else { continue }
        let known = touchPoint.team ?? automation.system?.team.value
        let named = known.flatMap { name in
          teams.firstIndex { nameKey($0.name) == nameKey(name) }
        }
        result.append(
          DraftGuardrail(
            key: keyName(
              touchPoint.name ?? touchPoint.step, besides: Set(result.map(\.key))),
            automation: automation.key, after: last, team: teams[named ?? activity.team].key,
            teamClaim: named == nil
              ? .placeholder("the inventory names no team of this process for it")
              : touchPoint.team == nil
                ? DraftClaim(.inferred, "team of \(automation.name)")
                : DraftClaim(touchPoint.evidence),
            touchPoint: touchPoint))
      }
    }
    return result
  }

  func keys(_ guardrail: DraftGuardrail) -> Key {
    let asked = DraftClaim(guardrail.touchPoint.evidence)
    return Key(
      guardrail.key,
      [
        Key("raised_by", ScenarioText.name(guardrail.automation), asked),
        Key("after", ScenarioText.name(guardrail.after), asked),
        Key(
          "fires", "50 %",
          .placeholder("the inventory shows that people are asked and not how often")),
        Key("ticket", ScenarioText.name(guardrail.team), guardrail.teamClaim),
        Key(
          "review", "lognormal mean 10 min cv 0.5",
          .placeholder("the inventory knows no working times")),
      ], comment: guardrail.touchPoint.kind.rawValue)
  }
}

/// A question that an automation asks people.
struct DraftGuardrail {
  var key: String
  var automation: String
  var after: String
  var team: String
  var teamClaim: DraftClaim
  var touchPoint: HumanTouchPoint
}
