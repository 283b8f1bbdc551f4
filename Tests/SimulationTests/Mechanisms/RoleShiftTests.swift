import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// People who change their role by a date, with a stage of the rollout, or with the mode of oversight.
@Suite("Change of role") struct RoleShiftTests {
  let person = TeamModel.Person(calendar: 0, hourlyCost: 3_600e6)

  /// Cases every 30 s from 30 s on, to one person who takes 60 s for each, until 600 s.
  ///
  /// Two people of another team have nothing to do. Leaders look every 100 s.
  func overloaded(
    _ trigger: ResponseRule.Trigger = .date(100 * second),
    _ change: (inout BorrowModel) -> Void = { _ in }
  ) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1.0 / 30, servers: 1, service: .constant(60), runIn: 0, horizon: 600 * second,
      pattern: .regular)
    model.stack.teams[0].people = [person]
    model.stack.teams.append(TeamModel(name: "others", people: [person, person]))
    var loan = BorrowModel(from: 1, to: 0, people: 1)
    change(&loan)
    var rule = ResponseRule(name: "shift", team: 0, trigger: trigger, action: .borrow(loan))
    rule.delay = .constant(50)
    model.stack.response = ResponseModel(
      reviews: (1...40).map { Int64($0) * 100 * second }, calendar: 0, rules: [rule])
    return model
  }

  /// From 150 s on they begin in pairs, every minute: odd cases take 120 s, even ones 90 s, the first 60 s;
  /// that is 60 + 9 · 90 + 9 · 120 s, as for somebody who is hired.
  @Test("by a date people move, for a price, and stay")
  func date() throws {
    let record = try observedRun(overloaded { $0.price = 5e6 })
    #expect(record.cohorts[0].restrictedTime == Int128(1_950 * second))
    #expect(record.costBesideCases[CostComponent.staffing.rawValue] == 5_000_000)
    #expect(record.count(.personMoved) == 1 && record.count(.responseEnded) == 0)
    #expect(record.ledger[MechanismEvent.personMoved.rawValue].cost == 5_000_000)
    // Half an hour later there is nothing left to do.
    let late = try observedRun(overloaded(.date(3_000 * second)))
    #expect(late.cohorts[0].restrictedTime == Int128(6_270 * second))
  }

  @Test("new work costs its own rate, is learnt, and is taught by the team")
  func learning() throws {
    let atOnce = try observedRun(overloaded()).cohorts[0]
    let slower = try observedRun(
      overloaded { $0.ramp = RampModel(start: 0.25, period: 1_000 * second) }
    ).cohorts[0]
    #expect(slower.restrictedTime > atOnce.restrictedTime)
    #expect(slower.restrictedTime < Int128(6_270 * second))
    let trained = try observedRun(overloaded { $0.training = .constant(90) })
    #expect(trained.ledger[MechanismEvent.personMoved.rawValue].time == 90 * second)
    #expect(trained.costBesideCases[CostComponent.staffing.rawValue] == 90_000_000)
    #expect(trained.cohorts[0].restrictedTime > atOnce.restrictedTime)
    // Who comes costs twice what the others do: of 19 cases of 60 s, those that they did.
    let dearer = try observedRun(overloaded { $0.hourlyCost = 7_200e6 })
    let (plain, dear) = (try observedRun(overloaded()).totalCost, dearer.totalCost)
    #expect(plain == 19 * 60_000_000 && dear > plain && (dear - plain) % 60_000_000 == 0)
  }

  /// Half the speed at first, full speed after 200 s, in steps at reviews.
  ///
  /// The first case, at 100 s, stays with somebody who is very slow. Who comes at 150 s begins the second at
  /// 200 s, with .5 + .5 · 50/200 = .625 of the speed, and has done 62.5 of 100 s by 300 s; at .875 the rest of
  /// 37.5 s takes 42.857 s.
  @Test("a learning curve goes from review to review")
  func curve() throws {
    var model = try overloaded { $0.ramp = RampModel(start: 0.5, period: 200 * second) }
    model.stack.activities[0].handlingTime = .constant(100)
    model.stack.teams[0].people[0].speed = 1e-6
    model.demand.rate = 1.0 / 100e6
    model.timeline.horizon = 250 * second
    model.timeline.cohortLength = 250 * second
    model.timeline.followUp = 2_000 * second
    let record = try observedRun(model)
    #expect(record.cohorts[0].completed == 1)
    #expect(abs(Double(record.cohorts[0].restrictedTime) / 1e6 - 2_000 - 142.857) < 0.01)
  }

  // MARK: Stages and oversight

  func staged(_ stages: [RolloutStage]) throws -> SimulationModel {
    var model = try rolloutModel(RolloutModel(stages: stages))
    let rule = ResponseRule(
      name: "analysts", team: 1, trigger: .stage(1),
      action: .borrow(BorrowModel(from: 0, to: 1, people: 20)))
    model.stack.response = ResponseModel(
      reviews: (1...30).map { Int64($0) * day }, calendar: 0, rules: [rule])
    return model
  }

  @Test("with a stage of the rollout people move, and go back where it is given up")
  func stages() throws {
    let record = try observedRun(
      staged([stage("pilot", share: 0, days: 2), stage("wide", share: 1)]))
    #expect(record.count(.personMoved) == 20 && record.count(.responseEnded) == 0)
    let never = try observedRun(staged([stage("pilot", share: 0)]))
    #expect(never.count(.personMoved) == 0)
    // A case of the new way costs something, and must not.
    var model = try staged([
      stage("pilot", share: 0, days: 2),
      stage(
        "wide", share: 1, days: 3,
        gate: RolloutGate(costPerCase: 0, minimum: 1, otherwise: .cancel)),
      stage("all", share: 1),
    ])
    model.stack.automations[0].costPerRun = 1e6
    let cancelled = try observedRun(model)
    #expect(cancelled.rollout?.cancelled == 5 * day)
    #expect(cancelled.count(.personMoved) == 20 && cancelled.count(.responseEnded) == 1)
  }

  @Test("with the mode of oversight", arguments: [0, 1])
  func oversight(start: Int) throws {
    var model = try ticketModel(nil, horizon: 36_000)
    model.stack.guardrails[0].oversight = OversightModel(
      rungs: [OversightRung(share: 1, blocks: true), OversightRung(share: 0.2, blocks: false)],
      start: start)
    model.stack.teams[0].people.append(model.stack.teams[0].people[0])
    let rule = ResponseRule(
      name: "design", team: 2, trigger: .oversight(guardrail: 0, rung: 1),
      action: .borrow(BorrowModel(from: 0, to: 2, people: 1)))
    model.stack.response = ResponseModel(
      reviews: (1...30).map { Int64($0) * hour }, calendar: 0, rules: [rule])
    #expect(try observedRun(model).count(.personMoved) == Int64(start))
  }
}

@Suite("Moves that get easier") struct MoveLearningTests {
  /// Four moves of 10 h, one at a time: the n-th takes n^(log₂ .8) of the first, that is 1, .8, 3^(log₂ .8)
  /// and .64.
  @Test("with a layer by one rate, without it by another, or not at all")
  func learning() throws {
    func hours(_ change: (inout RolloutChange) -> Void, layer: Bool) throws -> Double {
      var own = RolloutChange(team: 1, work: .constant(36_000), limit: 1)
      change(&own)
      var model = try rolloutModel(
        RolloutModel(stages: [stage("all", share: 1)], change: own), tasks: 4)
      if layer {
        model.stack.layer = LayerModel(
          name: "hub", latency: 0, concurrent: 9, costPerHop: 0, sharesContext: false)
      }
      let record = try observedRun(model)
      return Double(record.ledger[MechanismEvent.activityMoved.rawValue].time) / Double(hour)
    }
    let third = power(3, naturalLogarithm(0.8) / naturalLogarithm(2))
    let learnt = 10 * (1 + 0.8 + third + 0.64)
    #expect(abs(try hours({ $0.learning = 0.2 }, layer: true) - learnt) < 1e-6)
    #expect(try hours({ $0.learning = 0.2 }, layer: false) == 40)
    #expect(abs(try hours({ $0.learningWithoutLayer = 0.2 }, layer: false) - learnt) < 1e-6)
    #expect(try hours({ $0.learningWithoutLayer = 0.2 }, layer: true) == 40)
    // The other way round: each is harder than the one before.
    #expect(try hours({ $0.learning = -0.3 }, layer: true) > 40)
  }
}
