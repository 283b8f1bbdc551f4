internal import Facts
internal import Simulation
internal import Statistics

extension StackCompiler {
  /// Adds to a stack what lies between its automations, and what its layer does.
  mutating func addOrchestration(_ settings: StackSettings, to stack: inout StackModel) {
    let teams = settings.teams.map(\.name)
    let automations = settings.automations.map(\.name)
    stack.coordination = settings.coordination.map { coordination($0, settings, teams) }
    if let monitoring = settings.monitoring {
      stack.monitor = MonitorModel(
        name: "monitoring",
        alert: work(monitoring.alert, teams), detects: monitoring.detects,
        falseAlarms: monitoring.falseAlarms, triesAgain: monitoring.triesAgain,
        attempts: monitoring.attempts)
    }
    if let supervisor = settings.supervisor {
      var model = SupervisorModel(
        automation: automations.firstIndex(of: supervisor.automation) ?? 0,
        leads: supervisor.leads.compactMap { automations.firstIndex(of: $0) })
      model.delegation = supervisor.delegation.map { time($0) }
      model.conflict = supervisor.conflict
      model.resolution = supervisor.resolution.map { time($0) } ?? .zero
      model.synthesisAfter = supervisor.synthesisAfter.compactMap { flow.activity(ofElement: $0) }
      model.synthesis = supervisor.synthesis.map { time($0) } ?? .zero
      stack.supervisor = model
    }
    stack.storm = settings.storm.map { storm in
      StormModel(
        window: microseconds(storm.window ?? 0), sameAttribute: storm.attribute,
        limit: storm.limit.map {
          StormModel.Limit(
            interval: max(1, microseconds($0.interval)), burst: Int64($0.burst), drops: $0.drops)
        })
    }
    stack.rollout = settings.rollout.map { rollout($0, teams: teams) }
    for (index, automation) in settings.automations.enumerated() {
      stack.automations[index].weaknesses = automation.weaknesses
    }
    for (index, guardrail) in settings.guardrails.enumerated() {
      stack.guardrails[index].thresholds = guardrail.thresholds.map { threshold in
        ThresholdModel(
          condition: threshold.condition,
          calendar: threshold.during.flatMap { calendars.firstIndex(of: $0) },
          probability: threshold.fires)
      }
    }
    if let layer = settings.layer { add(layer.work, to: &stack, automations) }
  }

  private mutating func work(_ work: TeamWorkSettings, _ teams: [String]) -> ErrandWork {
    ErrandWork(team: teams.firstIndex(of: work.team) ?? 0, time: time(work.time))
  }

  private mutating func coordination(
    _ settings: CoordinationSettings, _ stack: StackSettings, _ teams: [String]
  ) -> CoordinationModel {
    var model = CoordinationModel(islands: settings.islands)
    let kinds = stack.automations.map(\.kind)
    model.technologies = kinds.map { kind in kinds.firstIndex(of: kind) ?? 0 }
    model.technologyFactor = settings.technologyFactor
    model.contextLost = settings.contextLost
    if let pulls = settings.pulls {
      model.repeatedPull = pulls.share
      model.pullTime = time(pulls.time)
      model.pullCost = pulls.price * 1e6
    }
    if let requests = settings.requests {
      model.repeatedRequest = requests.share
      model.answerTime = time(requests.answer)
    }
    if let misread = settings.misread {
      model.misread = misread.share
      model.rework = work(misread.work, teams)
    }
    if let waiting = settings.waiting {
      model.timeLimit = microseconds(waiting.limit)
      model.noAnswer = waiting.noAnswer
    }
    model.partialFailure = settings.partial
    model.doubleEffect = settings.doubles
    model.detection = settings.foundAfter.map { time($0) } ?? .zero
    if let conflicts = settings.conflicts {
      model.conflictRate = conflicts.rate
      model.conflictExponent = conflicts.exponent
      model.conflictsNeedSharedApplication = conflicts.needSharedApplication
      model.conflictsBlock = conflicts.blocks
    }
    model.reconciliation = settings.reconciliation.map { work($0, teams) }
    return model
  }

  private mutating func add(
    _ settings: LayerWorkSettings, to stack: inout StackModel, _ automations: [String]
  ) {
    stack.layer?.costPerCase = settings.pricePerCase * 1e6
    stack.layer?.factors = settings.factors
    stack.layer?.recovery = settings.recovery.map { recovery in
      RecoveryModel(
        retries: recovery.retries, backoff: microseconds(recovery.backoff),
        jitter: recovery.jitter, keeps: recovery.keeps, compensates: recovery.rollsBack,
        givesUp: recovery.givesUp)
    }
    for (from, to) in settings.reroutes {
      guard let index = automations.firstIndex(of: from) else { continue }
      stack.layer?.reroutes[index] =
        automations.firstIndex(of: to).map { .automation($0) } ?? .people
    }
    if let routing = settings.routing {
      var alternatives: [Int: [Int]] = [:]
      for (from, others) in routing.alternatives {
        guard let index = automations.firstIndex(of: from) else { continue }
        alternatives[index] = others.compactMap { automations.firstIndex(of: $0) }
      }
      stack.layer?.routing = RoutingModel(
        caseTypes: routing.types, alternatives: alternatives, threshold: routing.below,
        minimumRuns: routing.after, explores: routing.explores)
    }
    if let policies = settings.policies {
      stack.layer?.policyPlane = PolicyPlaneModel(
        every: time(policies.every), repair: time(policies.repair),
        whenDown: PolicyPlaneModel.WhenDown(rawValue: policies.whenDown) ?? .wait)
    }
  }
}

extension StackSettings {
  /// Automations that work beside those which activities are assigned to.
  var helpers: Set<String> {
    var names: Set<String> = []
    if let supervisor { names.insert(supervisor.automation) }
    names.formUnion(risk?.checkers ?? [])
    if let work = layer?.work {
      names.formUnion(work.reroutes.values)
      for others in work.routing?.alternatives.values ?? [:].values { names.formUnion(others) }
    }
    names.remove("people")
    return names
  }
}
