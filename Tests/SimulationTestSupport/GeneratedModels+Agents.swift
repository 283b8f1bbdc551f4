import EventEngine
import Simulation
import Statistics

extension SimulationModel {
  /// Gives the automations of a generated model all that agents, rules and robots can have, each now and
  /// then.
  mutating func addAgents(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    addAgents(to: &stack, &generator)
    if var before = runInStack {
      addAgents(to: &before, &generator)
      runInStack = before
    }
  }

  private func addAgents(to stack: inout StackModel, _ generator: inout SeededGenerator) {
    let teams = stack.teams.count
    for index in stack.applications.indices where generator.chance(0.5) {
      stack.applications[index].releases = .exponential(mean: generator.real(20_000...200_000))
    }
    for index in stack.automations.indices {
      func team() -> Int? { generator.chance(0.7) ? generator.int(0...(teams - 1)) : nil }
      func when() -> CaseCondition? {
        guard !attributes.isEmpty, generator.chance(0.7) else { return nil }
        return .compares(attribute: 2, .more, generator.real(0...200))
      }
      var automation = stack.automations[index]
      if generator.chance(0.5) {
        automation.reliability = [
          ReliabilityModel(success: .certain(generator.real(0.5...1))),
          ReliabilityModel(
            application: stack.applications.isEmpty ? nil : 1,
            success: .uncertain(alpha: generator.real(0.5...50), beta: generator.real(0.5...5))),
        ]
        if stack.applications.isEmpty { automation.reliability.removeLast() }
      }
      if generator.chance(0.4) {
        automation.calls = CallModel(
          fanOut: generator.int(1...3), depth: generator.int(1...3),
          isParallel: generator.chance(0.5), time: .exponential(mean: 5),
          success: generator.real(0.8...1), retries: generator.int(0...2),
          timeout: generator.chance(0.5) ? 10 * second : 0,
          timeoutEscalates: generator.chance(0.5), timedOutShare: exponential(-2),
          costPerCall: 1e3, tokensPerCall: 800)
        // By its own seed, so that the rest of the model stays as it is.
        var own = SeededGenerator(seed: UInt64(index) ^ generator.state)
        if own.chance(0.5) {
          automation.calls?.wrapped = WrappedCallModel(
            share: own.chance(0.3) ? 1 : own.real(0...1), failureOdds: own.real(0.1...3),
            securityOdds: own.real(0.1...3))
        }
      }
      if !attributes.isEmpty, generator.chance(0.4) {
        automation.novelty = NoveltyModel(
          attribute: 3, failureOdds: generator.real(0.2...5), errorOdds: generator.real(0.2...5),
          rise: 1, risePeriod: generator.chance(0.5) ? 5 * day : 0)
      }
      if generator.chance(0.4) {
        automation.capability = CapabilityModel(
          failureOdds: generator.real(0.2...3), errorOdds: generator.real(0.2...3),
          period: 5 * day, shape: CapabilityModel.Shape.allCases[generator.int(0...2)])
      }
      if generator.chance(0.3) { automation.coverage = generator.real(0.7...1) }
      automation.calibration = CalibrationModel(right: .init(6, 2), wrong: .init(2, 3))
      automation.asks = (0..<generator.int(0...3)).map { number in
        AskModel(
          name: "ask \(number)", condition: when(),
          belowConfidence: generator.chance(0.6) ? generator.real(0...1) : nil,
          answer: generator.chance(0.3)
            ? .takeOver
            : .review(
              team: generator.int(0...(teams - 1)), time: .exponential(mean: 120), catches: 0.7))
      }
      if generator.chance(0.3) { automation.hours = generator.int(0...2) }
      if generator.chance(0.5) {
        automation.breakage = BreakageModel(
          probability: generator.real(0...1), repair: .exponential(mean: 7_200), team: team(),
          leadTime: .exponential(mean: 3_600))
      }
      if generator.chance(0.4) {
        automation.changes = ChangeModel(
          every: .exponential(mean: 100_000), affects: generator.real(0...1),
          work: .exponential(mean: 7_200), team: team(), leadTime: .exponential(mean: 20_000))
      }
      if generator.chance(0.4) {
        automation.upkeep = UpkeepModel(
          team: generator.int(0...(teams - 1)), every: day, work: .exponential(mean: 1_800),
          growth: generator.real(-0.2...0.5), exponent: 1.5)
      }
      stack.automations[index] = automation
    }
  }
}
