import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let rolloutPlan = AuditCheck(
    id: "rollout-plan", summary: "A rollout plan that makes one of the seven common mistakes",
    matters:
      "A mistake in the plan is mended in an hour; the same mistake in production takes months."
  ) { context in
    guard let plan = context.policy.plan else { return Outcome() }
    var lint = PlanLint(plan, context)
    lint.tooMuchAtOnce()
    lint.noChangeManagement()
    lint.setAndForget()
    lint.oneHub()
    lint.thinGovernance()
    lint.scalingWithoutOwner()
    lint.singleObjective()
    lint.securityLate()
    lint.criticalFirst()
    return lint.outcome
  }
}

/// Holds a plan against the seven mistakes, one topic each.
///
/// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together*.
private struct PlanLint {
  private let plan: RolloutPlan
  private let context: AuditContext
  private let work: WorkFacts
  private let starts: [Double?]
  private(set) var outcome = AuditCheck.Outcome()

  init(_ plan: RolloutPlan, _ context: AuditContext) {
    self.plan = plan
    self.context = context
    work = WorkFacts(context)
    // A stage without a beginning follows the one before it; the first one begins the plan.
    var starts: [Double?] = []
    for (index, stage) in plan.stages.enumerated() {
      starts.append(stage.starts ?? (index == 0 ? 0 : plan.stages[index - 1].ends))
    }
    self.starts = starts
  }

  private mutating func report(
    _ severity: Severity, _ title: String, _ topic: String, others: [EntityReference] = [],
    evidence: [Evidence] = [], at places: [SourceLocation] = [], why: String, matters: String,
    remedy: String
  ) {
    let own = (places.isEmpty ? [plan.location] : places).map { Evidence(.declared, $0) }
    outcome.findings.append(
      Finding(
        check: AuditCheck.rolloutPlan.id, severity, "\(plan.name): \(title)",
        subjects: [EntityReference(.data, plan.name)], others: others, topic: topic,
        evidence: own + evidence, why: why, matters: matters, remedy: remedy))
  }

  private mutating func remark(_ text: String) {
    outcome.remarks.append("\(plan.name): \(text)")
  }

  private func canSay(_ part: RolloutPlan.Part) -> Bool { !plan.cannotSay.contains(part) }

  private func touched(_ stage: RolloutPlan.Stage) -> [AutomationSystem] {
    var seen: Set<String> = []
    return stage.touches.compactMap(system).filter { seen.insert($0.key).inserted }
  }

  private func system(_ name: String) -> AutomationSystem? {
    context.system(named: name) ?? context.estate.system(named: name)
  }

  private func isWorkflow(_ system: AutomationSystem) -> Bool {
    system.kind.value == .workflow || !work.processes(of: system).isEmpty
  }

  /// Mistake 1: more than one workflow in the first three months.
  mutating func tooMuchAtOnce() {
    let limit = context.options.pilotDays
    var workflows: [AutomationSystem] = []
    var places: [SourceLocation] = []
    var unknown: [String] = []
    var silent = 0
    for (stage, start) in zip(plan.stages, starts) {
      guard let start else {
        silent += 1
        continue
      }
      guard start < limit else { continue }
      if stage.touches.isEmpty { silent += 1 }
      unknown += stage.touches.filter { system($0) == nil }
      let found = touched(stage).filter { system in
        isWorkflow(system) && !workflows.contains { $0.key == system.key }
      }
      if !found.isEmpty { places.append(stage.location) }
      workflows += found
    }
    if workflows.count > 1 {
      report(
        .medium,
        "\(workflows.count) workflows change within \(numberText(limit)) days of its beginning",
        "too-much-at-once", others: workflows.map(\.reference), at: places,
        why: "Mistake 1, too much at once: \(listText(workflows.map(\.name))) begin less than "
          + "\(numberText(limit)) days after the plan does; one workflow is enough for a pilot.",
        matters: "Changes that come together cannot be told apart when something goes wrong.",
        remedy:
          "Begin with \(workflows[0].name) alone, and move \(listText(workflows.dropFirst().map(\.name))) "
          + "behind its gate.")
    } else if silent > 0 {
      remark(
        "of \(counted(silent, "stage")) it is not said when they begin or what they touch; whether "
          + "too much comes at once cannot be told.")
    }
    if !unknown.isEmpty {
      remark("\(listText(unknown)) are touched but not in the inventory.")
    }
  }

  /// Mistake 2: neither training nor communication.
  mutating func noChangeManagement() {
    let training = plan.stages.contains { ($0.trainingHours ?? 0) > 0 }
    let told = plan.communication != nil
    if !told, !canSay(.communication) {
      remark(
        "where it comes from has no place for communication; whether people are told is not known.")
      if training { return }
    }
    if training && told { return }
    let missing =
      [training ? nil : "training", told || !canSay(.communication) ? nil : "communication"]
      .compactMap { $0 }
    if missing.isEmpty { return }
    report(
      training || told ? .low : .medium, "no \(missing.joined(separator: " and no "))",
      "no-change-management", at: training ? [] : plan.stages.map(\.location),
      why:
        "Mistake 2, no change management: \(training ? "some" : "none") of \(counted(plan.stages.count, "stage")) names "
        + "hours of training, and the plan \(told ? "says" : "does not say") how people are told.",
      matters: "People who were neither told nor trained work around what they were given.",
      remedy: training
        ? "Add who tells whom what, before each stage."
        : "Add training_hours for those concerned to \(plan.stages[0].name).")
  }

  /// Mistake 3: no upkeep after going live.
  mutating func setAndForget() {
    if plan.upkeepHours == nil, !canSay(.upkeep) {
      remark("where it comes from does not say what upkeep is set aside for it.")
      return
    }
    guard (plan.upkeepHours ?? 0) == 0 else { return }
    let said = plan.upkeepHours == nil ? "says nothing of upkeep" : "sets aside 0 hours of upkeep"
    report(
      .medium, "nothing is set aside for upkeep", "set-and-forget",
      why:
        "Mistake 3, set-and-forget agents: the plan \(said) after its \(counted(plan.stages.count, "stage")).",
      matters: "Agents that nobody looks after get worse without anybody noticing.",
      remedy:
        "Set aside hours a month (upkeep_hours) for what is live after \(plan.stages[0].name).")
  }

  /// Mistake 4: everything through one hub.
  mutating func oneHub() {
    guard let layer = plan.layer else { return }
    guard let share = plan.layerShare else {
      remark(
        "which share of decisions goes through \(layer) is not said (layer_share); whether it is a "
          + "bottleneck cannot be told.")
      return
    }
    let limit = context.options.planHubShare
    guard share >= limit else { return }
    report(
      .medium, "\(percentText(share)) of decisions go through \(layer)", "one-hub",
      others: system(layer).map { [$0.reference] } ?? [],
      why:
        "Mistake 4, centralise everything: \(percentText(share)) ≥ \(percentText(limit)) of decisions "
        + "go through one node. Rules and records may be central, the work need not be.",
      matters: "What everything goes through stops everything, and slows it down before that.",
      remedy:
        "Keep policy and logs in \(layer), and let systems that belong together decide between "
        + "themselves.")
  }

  /// Mistake 5: agents in production of which the rules are not known, and stages without a gate.
  mutating func thinGovernance() {
    let guarded = Set(context.estate.guardrails.map { nameKey($0.system) })
    let teams = Set(context.estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    var gaps: [(agent: AutomationSystem, missing: [String])] = []
    for (index, system) in context.estate.systems.enumerated()
    where system.kind.value == .agent && system.status.value == .production {
      var missing: [String] = []
      let owner = system.owner.value.map { OwnerName($0, teams: teams) }
      if owner != .person { missing.append("an accountable person") }
      if !guarded.contains(system.key) { missing.append("a guardrail") }
      let escalates =
        context.node(ofSystem: index).map { node in
          context.edges(at: node).contains { $0.edge.kind == .escalates }
        } ?? false
      if !escalates, context.touchPoints(ofSystemNamed: system.name).isEmpty {
        missing.append("somebody it escalates to")
      }
      if !missing.isEmpty { gaps.append((system, missing)) }
    }
    let open = plan.stages.dropLast().filter(\.gates.isEmpty)
    if gaps.isEmpty, open.isEmpty { return }
    var reasons: [String] = []
    if !gaps.isEmpty {
      let texts = gaps.map { "\($0.agent.name) (\($0.missing.joined(separator: ", ")))" }
      reasons.append("not known of agents in production: \(listText(texts))")
    }
    if !open.isEmpty {
      reasons.append("no gate after \(listText(open.map(\.name)))")
    }
    let first = gaps.first.map { "Enter \($0.missing[0]) for \($0.agent.name)" }
    report(
      .medium,
      gaps.isEmpty
        ? "\(counted(open.count, "stage")) without a gate"
        : "of \(counted(gaps.count, "agent")) in production rules are not known", "thin-governance",
      others: gaps.map(\.agent.reference),
      evidence: gaps.flatMap { $0.agent.sources.sorted().prefix(1) }, at: open.map(\.location),
      why:
        "Mistake 5, thin governance: \(reasons.joined(separator: "; ")). What no file states may be "
        + "settled elsewhere; then it is to be entered.",
      matters: "What is rolled out faster than it is governed turns into shadow IT.",
      remedy: (first ?? "Say what must hold after \(open.first?.name ?? plan.name)")
        + " before the next stage begins.")
  }

  /// Part of mistake 5: stages for which nobody answers.
  mutating func scalingWithoutOwner() {
    if !canSay(.owner) {
      remark("where it comes from has no place for who answers for a stage.")
      return
    }
    let teams = Set(context.estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    let open = plan.stages.filter { stage in
      stage.owner.map { OwnerName($0, teams: teams).isNobody } ?? true
    }
    if open.isEmpty { return }
    report(
      .medium, "nobody answers for \(listText(open.map(\.name)))", "scaling-without-owner",
      at: open.map(\.location),
      why:
        "Mistake 5, thin governance: \(open.count) of \(counted(plan.stages.count, "stage")) name no "
        + "owner (owner).",
      matters: "A stage that belongs to nobody is neither stopped nor finished.",
      remedy: "Name one person who answers for \(open[0].name).")
  }

  /// Mistake 6: one objective.
  mutating func singleObjective() {
    if plan.objectives.isEmpty, !canSay(.objectives) {
      remark("where it comes from has no place for what it is measured by.")
      return
    }
    guard Set(plan.objectives.map(nameKey)).count < 2 else { return }
    let one = plan.objectives.first
    report(
      one == nil ? .low : .medium,
      one.map { "it is measured by \($0) alone" } ?? "it does not say what it is measured by",
      "single-objective",
      why:
        "Mistake 6, misaligned incentives: \(plan.objectives.count) objectives are named, and it takes 2 or "
        + "more: what is judged by cost alone is cheap and late, what is judged by speed alone fast and wrong.",
      matters: "Each side optimises its own figure, at the other one's expense.",
      remedy: "Name at least one objective of cost, one of speed and one of quality.")
  }

  /// Mistake 7: security late.
  mutating func securityLate() {
    if !canSay(.securityReview) {
      remark("where it comes from has no place for reviews of security.")
      return
    }
    let first = plan.stages.firstIndex { $0.securityReview == true }
    // Stage five at the latest, or the last one of a shorter plan.
    let latest = min(4, plan.stages.count - 1)
    if let first, first < latest || first == 0 { return }
    let reach = plan.layer.flatMap(system).flatMap { layer in
      context.graph.position(of: layer.reference)
    }.map { node in
      Set(context.graph.blastRadius(of: node) + context.graph.links.reachable(from: node))
        .filter { context.graph.nodes[$0].kind == .system && context.isAlive($0) }.count
    }
    let layerText =
      reach.map {
        " Whoever takes over \(plan.layer ?? "the layer") reaches \(counted($0, "system")), through it or because they need it."
      } ?? ""
    let whole = plan.stages.contains { ($0.share ?? 0) >= 0.5 }
    report(
      first == nil && whole ? .high : .medium,
      first.map { "security is reviewed only in \(plan.stages[$0].name)" }
        ?? "no stage has a review of security", "security-late",
      at: first.map { [plan.stages[$0].location] } ?? plan.stages.map(\.location),
      why: "Mistake 7, security late: "
        + (first.map { "the first review comes in stage \($0 + 1) of \(plan.stages.count)" }
          ?? "none of \(counted(plan.stages.count, "stage")) has security_review: true")
        + "; it is due before stage \(latest + 1). The layer that links agents can be attacked itself.\(layerText)",
      matters: "What links all agents is the best place to attack them.",
      remedy: "Review security before \(plan.stages[0].name) goes live.")
  }

  /// Where not to begin: what is mission-critical or regulated.
  mutating func criticalFirst() {
    guard let stage = plan.stages.first else { return }
    let systems = touched(stage)
    if systems.isEmpty {
      remark(
        "what \(stage.name) touches is not said, so whether it begins with critical work cannot be told."
      )
      return
    }
    let reasons = systems.compactMap { system -> (AutomationSystem, String)? in
      let said = CandidatePolicy.value(
        context.policy.candidates.regulated, of: work.names(of: system))
      if system.criticality.value == .missionCritical { return (system, "mission-critical") }
      return said == true ? (system, "regulated") : nil
    }
    guard let first = reasons.first else { return }
    report(
      .high, "it begins with \(first.0.name), which is \(first.1)", "critical-first",
      others: reasons.map(\.0.reference),
      evidence: reasons.flatMap { $0.0.criticality.facts.prefix(1).map(\.evidence) },
      at: [stage.location],
      why: "The first stage, \(stage.name), touches "
        + listText(reasons.map { "\($0.0.name) (\($0.1))" })
        + ". One begins with work that is frequent, measurable and little regulated.",
      matters: "What is learned in a pilot is learned from its mistakes, and here they cost most.",
      remedy: "Begin elsewhere: assessment agent-candidates ranks what may be begun with.")
  }
}
