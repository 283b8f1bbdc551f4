import Simulation
import Statistics

extension SimulationModel {
  /// Gives people skills, guardrails reviewers whose skills tell, routing and redesign, each now and then.
  mutating func addRemedies(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    stack.addRemedies(&generator)
    runInStack?.addRemedies(&generator)
    stack.addLearning(&generator)
    runInStack?.addLearning(&generator)
  }
}

extension StackModel {
  fileprivate mutating func addRemedies(_ generator: inout SeededGenerator) {
    let skill = 77
    for team in teams.indices {
      for person in teams[team].people.indices where person == 0 || generator.chance(0.5) {
        teams[team].people[person].skills.insert(skill)
      }
    }
    for index in guardrails.indices {
      if generator.chance(0.6) {
        guardrails[index].expertise = ExpertiseModel(
          skills: [skill], matched: generator.effect(), unmatched: generator.effect())
        // Who already must have other skills may be nobody who has this one too.
        if generator.chance(0.5), guardrails[index].queueing.skills.isEmpty {
          guardrails[index].contextualRouting = ContextualRoutingModel(price: 1e4)
          guardrails[index].queueing.skills = [skill]
          if guardrails[index].queueing.expedite == nil, generator.chance(0.6) {
            guardrails[index].queueing.expedite = QueueingModel.Expedite(
              after: Int64(generator.int(1...100)) * minute, priority: 0, dropsSkills: true)
          }
        }
      }
      if generator.chance(0.5) {
        let last = teams.count - 1
        guardrails[index].lossPrevented = generator.real(0...5e6)
        guardrails[index].redesign = RedesignModel(
          every: Int64(generator.int(1...20)) * hour,
          reviewTeam: generator.chance(0.5) ? generator.int(0...last) : nil,
          reviewTime: .exponential(mean: 600), minimum: generator.int(1...10),
          bound: RedesignModel.Bound.allCases[generator.int(0...2)],
          keepsNeeded: generator.real(0...1), keepsNeedless: generator.real(0...1),
          work: .exponential(mean: 1_800),
          workTeam: generator.chance(0.5) ? generator.int(0...last) : nil,
          leadTime: .exponential(mean: 7_200), price: 2e6)
      }
    }
  }
}

extension StackModel {
  fileprivate mutating func addLearning(_ generator: inout SeededGenerator) {
    for index in automations.indices {
      if generator.chance(0.6) {
        automations[index].learning = LearningModel(
          logged: generator.real(0...1), overrideWeight: generator.real(0...20),
          reference: generator.real(1...100), failureExponent: generator.real(-1...1),
          errorExponent: generator.real(-1...1), firingExponent: generator.real(-1...1),
          floor: generator.real(0...0.5), pricePerRecord: 1e4)
      }
      if generator.chance(0.6) {
        automations[index].decay = DecayModel(
          after: Int64(generator.int(0...48)) * hour, failureOdds: generator.real(0.5...3),
          errorOdds: generator.real(0.5...3), period: 3 * day)
      }
      if generator.chance(0.6) {
        automations[index].drift = generator.drift(teams: teams.count)
      }
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func drift(teams: Int) -> BehaviourDriftModel {
    func team() -> Int? { chance(0.6) ? int(0...(teams - 1)) : nil }
    var drift = BehaviourDriftModel(
      onset: .exponential(mean: real(20_000...400_000)), failureOdds: real(0.5...5),
      errorOdds: real(1...10), period: Int64(int(0...3)) * day)
    if chance(0.8) {
      drift.detector = DriftDetectorModel(
        sampled: real(0...1), team: team(), time: .exponential(mean: 120),
        test: chance(0.5)
          ? .cusum(expected: 0.05, shifted: 0.2, threshold: real(0.5...3))
          : .pageHinkley(tolerance: 0.01, threshold: real(0.5...3)),
        investigators: team(), investigation: .exponential(mean: 3_600),
        recalibration: .exponential(mean: 20_000), price: 1e6)
    }
    return drift
  }

  fileprivate mutating func effect() -> ExpertiseModel.Effect {
    ExpertiseModel.Effect(time: real(0.2...3), catches: real(0...2), wrong: real(0...0.5))
  }
}
