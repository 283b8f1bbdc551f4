import EventEngine
import Simulation
import Statistics

extension SimulationModel {
  /// Lets things go badly wrong, in both stacks with parameters of their own.
  mutating func addRisk(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let categories = attributes.indices.filter { attributes[$0].valueCount != nil }
    stack.addRisk(&generator, categories: categories)
    runInStack?.addRisk(&generator, categories: categories)
  }
}

extension StackModel {
  fileprivate mutating func addRisk(_ generator: inout SeededGenerator, categories: [Int]) {
    let (teams, activities) = (teams.count, activities.count)
    let automations = automations.count
    func index(_ count: Int) -> Int { generator.int(0...max(0, count - 1)) }
    func work() -> ErrandWork? {
      generator.chance(0.3)
        ? nil : ErrandWork(team: index(teams), time: .exponential(mean: 120))
    }
    func incident() -> IncidentModel {
      IncidentModel(
        loss: .exponential(mean: generator.real(0...500)),
        detection: .exponential(mean: generator.real(1...400_000)), work: work())
    }
    var model = RiskModel()
    if let category = categories.first {
      model.criticality = [
        CriticalityModel(
          condition: .compares(attribute: category, .equal, Double(generator.int(0...1))),
          factor: generator.real(0...10))
      ]
    }
    if generator.chance(0.8) {
      var errors = ErrorRiskModel()
      errors.spread = generator.real(0...1)
      errors.spreadToPeople = generator.real(0...0.5)
      errors.noticed = generator.real(0...0.5)
      errors.escape = generator.chance(0.7) ? incident() : nil
      errors.checks = (0..<generator.int(0...2)).map { number in
        var check = CheckModel(
          name: "check \(number)",
          activities: activities == 0
            ? [] : Array(Set([index(activities), index(activities)])).sorted(),
          checker: generator.chance(0.6) ? .automation(index(automations)) : .team(index(teams)),
          time: .exponential(mean: 15))
        check.share = generator.real(0...1)
        check.price = generator.real(0...1e5)
        check.sensitivity = generator.real(0...1)
        check.falseAlarms = generator.real(0...0.3)
        check.correlation = [0, 0.5, 1][generator.int(0...2)]
        check.correction = work()
        return check
      }
      model.errors = errors
    }
    if generator.chance(0.6), activities > 0 {
      model.violations = (0..<generator.int(1...2)).map { number in
        var policy = ViolationModel(
          name: "policy \(number)", activities: [index(activities)])
        policy.byAutomations = generator.real(0...0.5)
        policy.byPeople = generator.real(0...0.5)
        if generator.chance(0.7) {
          policy.audit = ViolationModel.Audit(
            every: Int64(generator.int(1...100)) * hour, share: generator.real(0...1),
            finds: generator.real(0...1),
            work: ErrandWork(team: index(teams), time: .exponential(mean: 60)),
            correction: work())
        }
        if generator.chance(0.7) {
          policy.exposure = ViolationModel.Exposure(
            share: generator.real(0...1),
            after: .exponential(mean: generator.real(1...400_000)), incident: incident())
        }
        return policy
      }
    }
    addSpread(to: &model, &generator)
    if generator.chance(0.4), activities > 0 {
      model.leaks = (0..<2).map { number in
        var leak = LeakModel(name: "class \(number)")
        leak.condition = number == 0 ? model.criticality.first?.condition : nil
        leak.collectedAt = generator.chance(0.5) ? [index(activities)] : []
        leak.clearedAutomations = generator.chance(0.5) ? [index(automations)] : []
        leak.clearedApplications = Array(applications.indices.prefix(generator.int(0...2)))
        leak.share = generator.real(0...0.3)
        leak.byPeople = generator.real(0...0.1)
        leak.incident = incident()
        return leak
      }
    }
    risk = model
  }

  /// Compromise and cascades, each between some of the automations.
  private func addSpread(to model: inout RiskModel, _ generator: inout SeededGenerator) {
    let automations = Array(automations.indices)
    func work() -> ErrandWork? {
      generator.chance(0.3)
        ? nil
        : ErrandWork(team: generator.int(0...(teams.count - 1)), time: .exponential(mean: 120))
    }
    func links(from sources: [Int], offset: Int) -> [LinkModel] {
      sources.flatMap { from in
        automations.compactMap { to in
          from == to + offset || generator.chance(0.3)
            ? nil : LinkModel(from: from, to: to + offset, probability: generator.real(0...1))
        }
      }
    }
    if generator.chance(0.5) {
      var compromise = CompromiseModel(
        targets: automations, every: .exponential(mean: generator.real(50_000...900_000)),
        detection: .exponential(mean: generator.real(1...200_000)))
      compromise.links = links(from: automations, offset: 0)
      compromise.spreadDelay = .exponential(mean: generator.real(0...50_000))
      compromise.affects = generator.real(0...1)
      compromise.containment = generator.chance(0.6) ? .exponential(mean: 7_200) : .zero
      compromise.investigation = work()
      compromise.damage = IncidentModel(loss: .exponential(mean: 50), work: work())
      model.compromise = compromise
    }
    if generator.chance(0.5) {
      let units = Array(0...(applications.count + automations.count))
      var cascade = CascadeModel(
        links: links(from: units, offset: applications.count),
        lasts: .exponential(mean: generator.real(1...20_000)))
      cascade.delay = .exponential(mean: generator.real(0...600))
      cascade.inconsistent = generator.real(0...1)
      cascade.rollBack = work()
      model.cascade = cascade
    }
  }
}
