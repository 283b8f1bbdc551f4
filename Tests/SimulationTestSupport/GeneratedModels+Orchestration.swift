import EventEngine
import Simulation
import Statistics

extension SimulationModel {
  /// Lets automations act beside one another, and a layer or monitor recover, route and watch, in both
  /// stacks with parameters of their own.
  mutating func addOrchestration(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let categories = attributes.indices.filter { attributes[$0].valueCount != nil }
    stack.addOrchestration(&generator, categories: categories)
    runInStack?.addOrchestration(&generator, categories: categories)
  }
}

extension StackModel {
  fileprivate mutating func addOrchestration(
    _ generator: inout SeededGenerator, categories: [Int]
  ) {
    let team = { (generator: inout SeededGenerator, count: Int) in generator.int(0...(count - 1)) }
    func probability() -> Double { generator.chance(0.3) ? 0 : generator.real(0...0.6) }
    func time(_ mean: Double) -> SampledTime { .exponential(mean: mean) }
    func work() -> ErrandWork? {
      generator.chance(0.2)
        ? nil : ErrandWork(team: team(&generator, teams.count), time: time(120))
    }
    func condition() -> CaseCondition {
      categories.isEmpty
        ? .always : .compares(attribute: categories[0], .equal, Double(generator.int(0...1)))
    }
    if generator.chance(0.7) {
      var model = CoordinationModel(islands: automations.map { _ in generator.int(0...2) })
      if generator.chance(0.5) {
        model.technologies = automations.map { _ in generator.int(0...1) }
      }
      model.technologyFactor = generator.real(0...3)
      model.contextLost = probability()
      model.repeatedPull = probability()
      model.pullTime = time(20)
      model.pullCost = 1e5
      model.repeatedRequest = probability()
      model.answerTime = time(3_600)
      model.misread = probability()
      model.rework = work()
      if generator.chance(0.5) {
        model.timeLimit = Int64(generator.int(0...600)) * second
        model.noAnswer = generator.real(0...0.2)
      }
      model.partialFailure = probability()
      model.doubleEffect = probability()
      model.detection = time(7_200)
      model.conflictRate = generator.real(0...1)
      model.conflictExponent = [0, 0.5, 1, 2][generator.int(0...3)]
      model.conflictsNeedSharedApplication = generator.chance(0.3)
      model.conflictsBlock = generator.chance(0.5)
      model.reconciliation = work()
      coordination = model
    }
    if generator.chance(0.4) {
      monitor = MonitorModel(
        name: "monitor", alert: ErrandWork(team: team(&generator, teams.count), time: time(60)),
        detects: generator.real(0...1), falseAlarms: generator.real(0...0.2),
        triesAgain: generator.real(0...1), attempts: generator.int(0...3))
    }
    if generator.chance(0.4) {
      var model = SupervisorModel(
        automation: generator.int(0...(automations.count - 1)),
        leads: Array(automations.indices))
      model.delegation = generator.chance(0.5) ? time(5) : nil
      model.conflict = probability()
      model.resolution = time(10)
      model.synthesisAfter = activities.isEmpty ? [] : [0]
      model.synthesis = time(8)
      supervisor = model
    }
    if generator.chance(0.4) {
      storm = StormModel(
        window: Int64(generator.int(0...3_600)) * second,
        sameAttribute: generator.chance(0.5) ? categories.first : nil,
        limit: generator.chance(0.5)
          ? .init(
            interval: Int64(generator.int(1...900)) * second,
            burst: Int64(generator.int(1...4)), drops: generator.chance(0.5)) : nil)
    }
    for index in automations.indices where generator.chance(0.3) {
      automations[index].weaknesses = [
        WeaknessModel(condition: condition(), failureProbability: generator.real(0...1))
      ]
    }
    for index in guardrails.indices {
      if generator.chance(0.4) {
        guardrails[index].thresholds = [
          ThresholdModel(
            condition: generator.chance(0.5) ? condition() : nil,
            calendar: generator.chance(0.5) ? generator.int(0...2) : nil,
            probability: generator.real(0...1))
        ]
      }
    }
    guard layer != nil else { return }
    addRecoveryAndRouting(&generator, condition: condition())
  }

  private mutating func addRecoveryAndRouting(
    _ generator: inout SeededGenerator, condition: CaseCondition
  ) {
    layer?.costPerCase = generator.chance(0.3) ? 1e5 : 0
    layer?.factors.contextLost = generator.real(0...2)
    layer?.factors.conflicts = generator.real(0...2)
    if generator.chance(0.6) {
      layer?.recovery = RecoveryModel(
        retries: generator.int(0...3), backoff: Int64(generator.int(0...60)) * second,
        jitter: generator.real(0...1), keeps: generator.real(0...1),
        compensates: generator.chance(0.6), givesUp: generator.chance(0.3))
    }
    if generator.chance(0.5) {
      for index in automations.indices where generator.chance(0.7) {
        layer?.reroutes[index] =
          generator.chance(0.3)
          ? .people : .automation(generator.int(0...(automations.count - 1)))
      }
    }
    if generator.chance(0.5) {
      let all = Array(automations.indices)
      layer?.routing = RoutingModel(
        caseTypes: generator.chance(0.7) ? [condition] : [],
        alternatives: Dictionary(
          all.map { index in (index, all.filter { $0 != index }) },
          uniquingKeysWith: { first, _ in first }),
        threshold: generator.real(0.4...1), minimumRuns: generator.int(1...20),
        explores: generator.real(0...0.3))
    }
    if generator.chance(0.5) {
      layer?.policyPlane = PolicyPlaneModel(
        every: .exponential(mean: 100_000), repair: .exponential(mean: 20_000),
        whenDown: PolicyPlaneModel.WhenDown.allCases[generator.int(0...2)])
    }
  }
}
