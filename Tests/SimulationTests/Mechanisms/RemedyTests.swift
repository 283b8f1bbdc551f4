import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Cases come at 1, 2, … s, the agent takes no time, a review 60 s at 1 currency unit a minute.
///
/// Of the two reviewers the first in the row, who is asked first, has no skills; the second has skill 1.
@Suite("Contextual routing, by hand") struct ContextualRoutingTests {
  func model(
    _ expertise: ExpertiseModel?, isRouted: Bool = false, after: Int64? = nil, price: Double = 0,
    cases: Int64 = 3
  ) throws -> SimulationModel {
    var model = try ticketModel(TicketModel(), rate: 1, horizon: cases + 1, run: 0)
    model.timeline.caseLimit = Int(cases)
    let person = model.stack.teams[0].people[0]
    model.stack.teams[0].people = [person, person]
    model.stack.teams[0].people[1].skills = [1]
    model.stack.guardrails[0].expertise = expertise
    guard isRouted else { return model }
    model.stack.guardrails[0].contextualRouting = ContextualRoutingModel(price: price)
    model.stack.guardrails[0].queueing = QueueingModel(
      skills: [1],
      expedite: after.map {
        QueueingModel.Expedite(after: $0, priority: 0, dropsSkills: true)
      })
    return model
  }

  let skilled = ExpertiseModel(
    skills: [1], matched: .init(time: 0.5), unmatched: .init(time: 2))

  /// Not routed: 1–121 s by the first, 2–32 s and 32–62 s by the second: 120 + 30 + 59 s.
  ///
  /// Routed, all by the second: 1–31, 31–61, 61–91 s: 30 + 59 + 88 s.
  @Test("skills act on the time of a review when it is taken up")
  func time() throws {
    let anybody = try observedRun(model(skilled))
    #expect(anybody.cohorts[0].restrictedTime == Int128(209 * second))
    #expect(anybody.cohorts[0].reviewTime == 180 * second)
    #expect(anybody.count(.reviewMatched) == 2 && anybody.count(.reviewUnmatched) == 1)
    let routed = try observedRun(model(skilled, isRouted: true, price: 2e6))
    #expect(routed.cohorts[0].restrictedTime == Int128(177 * second))
    #expect(routed.cohorts[0].reviewTime == 90 * second)
    #expect(routed.count(.reviewMatched) == 3 && routed.count(.reviewUnmatched) == 0)
    #expect(routed.count(.ticketRouted) == 3 && routed.cost(.orchestration) == 6)
  }

  /// With skills that change nothing: 1–61, 2–62 and 61–121 s, that is 60 + 60 + 118 s, against 1–61,
  /// 61–121 and 121–181 s by the one who is qualified: 60 + 119 + 178 s.
  @Test("who waits for a specialist loses the pool: the other is idle meanwhile")
  func poolingLoss() throws {
    let neutral = ExpertiseModel(skills: [1])
    let pooled = try observedRun(model(neutral))
    let routed = try observedRun(model(neutral, isRouted: true))
    #expect(pooled.cohorts[0].restrictedTime == Int128(238 * second))
    #expect(routed.cohorts[0].restrictedTime == Int128(357 * second))
    #expect(routed.count(.specialistAwaited) == 2)
    #expect(routed.guardrails[0].waitingTime - pooled.guardrails[0].waitingTime == 119 * second)
  }

  /// After 20 s anybody may: 1–61 s, 22–82 s by the first, 61–121 s: 60 + 80 + 118 s.
  @Test("after a time anybody may answer")
  func overflow() throws {
    let record = try observedRun(
      model(ExpertiseModel(skills: [1]), isRouted: true, after: 20 * second))
    #expect(record.cohorts[0].restrictedTime == Int128(258 * second))
    #expect(record.count(.ticketOverflowed) == 2 && record.count(.reviewUnmatched) == 1)
  }

  @Test("the unqualified find less and decide wrongly, and routing keeps them from it")
  func errors() throws {
    let own = ExpertiseModel(skills: [1], unmatched: .init(catches: 0))
    let wrong = ExpertiseModel(skills: [1], unmatched: .init(wrong: 1))
    for (isRouted, right) in [(false, 0), (true, 1)] {
      var missing = try model(own, isRouted: isRouted, cases: 1)
      missing.stack.automations[0].errorProbability = 1
      let record = try observedRun(missing)
      #expect(record.cohorts[0].completedRight == right)
      #expect(record.count(.errorMissed) == Int64(1 - right))
      let decided = try observedRun(model(wrong, isRouted: isRouted, cases: 1))
      #expect(decided.cohorts[0].completedRight == right)
      #expect(decided.count(.reviewWrong) == Int64(1 - right))
    }
  }

  /// A batch of three by the first: 60 s each, doubled.
  @Test("all reviews of a batch are by the same reviewer")
  func batch() throws {
    var model = try model(skilled)
    model.stack.guardrails[0].bulkReview = BatchModel(size: 3, wait: nil)
    let record = try observedRun(model)
    #expect(record.cohorts[0].reviewTime == 360 * second && record.count(.reviewUnmatched) == 3)
  }

  @Test("skills that change nothing leave all draws and results as they are")
  func neutral() throws {
    let (plain, weighed) = (try model(nil), try model(ExpertiseModel(skills: [1])))
    #expect(try draws(of: plain) == draws(of: weighed))
    let (before, after) = (try observedRun(plain), try observedRun(weighed))
    #expect(before.cohorts == after.cohorts && before.guardrails == after.guardrails)
  }

  /// One who is qualified among two: (0.5 + 2) / 2 of 60 s; routed, 0.5 of them.
  @Test("the forecast knows who may answer")
  func forecast() throws {
    func seconds(_ isRouted: Bool) throws -> Double {
      let model = try model(skilled, isRouted: isRouted)
      let load = ExpectedLoad(
        model: model, stack: model.stack,
        expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
      return load.teamSeconds[0]
    }
    let (anybody, routed) = (try seconds(false), try seconds(true))
    #expect(abs(anybody - 75) < 1e-9 && abs(routed - 30) < 1e-9)
  }
}

/// Cases at 10 s, 20 s … 300 s, each with a ticket that takes 60 s and costs 1 currency unit; nobody waits.
@Suite("Redesign of guardrails, by hand") struct RedesignTests {
  func model(
    _ redesign: RedesignModel?, approved: Double, loss: Double, horizon: Int64 = 301
  ) throws -> SimulationModel {
    var model = try ticketModel(
      nil, rate: 0.1, horizon: horizon, run: 0, approvedUnchanged: approved)
    model.stack.teams[0].people = Array(repeating: model.stack.teams[0].people[0], count: 50)
    model.stack.guardrails[0].lossPrevented = loss
    model.stack.guardrails[0].redesign = redesign
    return model
  }

  /// Looked at at 105 s, in effect at 155 s: the cases of 10 … 150 s have a ticket, the other 15 none.
  @Test("what prevents nothing is removed after its lead time")
  func removal() throws {
    let record = try observedRun(
      model(
        RedesignModel(every: 105 * second, leadTime: .constant(50), price: 7e6), approved: 1,
        loss: 0))
    #expect(record.guardrails[0].tickets == 15 && record.count(.firingSpared) == 15)
    #expect(record.count(.guardrailReviewed) == 1 && record.count(.guardrailRedesigned) == 1)
    #expect(record.count(.lossLetThrough) == 0 && record.cost(.loss) == 0)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == 7_000_000)
  }

  /// A look of 10 s from 105 s on, 20 s of work, 50 s until it is released: at 185 s.
  ///
  /// 30 s at 1 unit a minute are half a unit.
  @Test("looking and redesigning are work of a team")
  func work() throws {
    let redesign = RedesignModel(
      every: 105 * second, reviewTeam: 1, reviewTime: .constant(10), work: .constant(20),
      workTeam: 1, leadTime: .constant(50))
    var model = try model(redesign, approved: 1, loss: 0)
    let record = try observedRun(model)
    #expect(record.guardrails[0].tickets == 18)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == 500_000)
    #expect(record.ledger[MechanismEvent.guardrailReviewed.rawValue].time == 10 * second)
    #expect(record.ledger[MechanismEvent.guardrailRedesigned.rawValue].time == 20 * second)
    // A team that never comes to it leaves everything as it is.
    model.calendars.append(.init([(9_000_000 * second, 9_100_000 * second)]))
    model.stack.teams[1].people[0].calendar = 1
    #expect(try observedRun(model).guardrails[0].tickets == 30)
  }

  /// At 106 s four tickets have been answered: with z² = 1.96² Wilson's interval of none of 4 reaches to
  /// z²/(4 + z²) = .49, that of all of 4 down to 4/(4 + z²) = .51; at 212 s none of 15 reaches to .204.
  ///
  /// (Approved as they are or not, shares of 1 and 0 make the observations certain.)
  @Test(
    "cost must exceed the bound of what is prevented",
    arguments: [
      // All needed: prevents 1.5 for 1; only who looks at the lower bound, .765, removes.
      (0.0, 1.5e6, RedesignModel.Bound.upper, 30), (0.0, 1.5e6, .estimate, 30),
      (0.0, 1.5e6, .lower, 10),
      // None needed: at most 1.5 · .49 = .735 or 3 · .49 = 1.47, later 3 · .204 = .61.
      (1.0, 1.5e6, .upper, 10), (1.0, 3e6, .upper, 21), (1.0, 3e6, .estimate, 10),
      // All needed, prevents less than it costs.
      (0.0, 0.5e6, .upper, 10),
    ])
  func bounds(approved: Double, loss: Double, bound: RedesignModel.Bound, tickets: Int) throws {
    let record = try observedRun(
      model(RedesignModel(every: 106 * second, bound: bound), approved: approved, loss: loss))
    #expect(record.guardrails[0].tickets == tickets)
  }

  /// 20 of 30 firings are spared, each needed: 1.5 lost for the 1 that its ticket would have cost.
  @Test("a wrong removal lets the loss through and leaves the error")
  func wrongRemoval() throws {
    let kept = try observedRun(model(nil, approved: 0, loss: 1.5e6))
    let removed = try observedRun(
      model(RedesignModel(every: 105 * second, bound: .lower), approved: 0, loss: 1.5e6))
    #expect(removed.count(.lossLetThrough) == 20 && removed.cost(.loss) == 30)
    #expect(removed.cohorts[0].completedRight == 10 && kept.cohorts[0].completedRight == 30)
    #expect(removed.totalCost - kept.totalCost == 10_000_000)
  }

  @Test("too few tickets decide nothing")
  func minimum() throws {
    let record = try observedRun(
      model(RedesignModel(every: 106 * second, minimum: 5), approved: 1, loss: 0))
    // Four at 106 s, fifteen at 212 s.
    #expect(record.guardrails[0].tickets == 21 && record.count(.guardrailReviewed) == 2)
  }

  @Test("a redesign that knows which firings are needed spares the others, and loses nothing")
  func discerning() throws {
    let plain = try observedRun(model(nil, approved: 0.6, loss: 1e5, horizon: 2_001))
    let redesigned = try observedRun(
      model(
        RedesignModel(every: 105 * second, bound: .estimate, keepsNeeded: 1), approved: 0.6,
        loss: 1e5, horizon: 2_001))
    #expect(redesigned.count(.firingSpared) > 0 && redesigned.count(.lossLetThrough) == 0)
    let tickets = redesigned.guardrails[0].tickets + Int(redesigned.count(.firingSpared))
    #expect(tickets == plain.guardrails[0].tickets)
    // What is spared would have been approved as it was.
    #expect(
      plain.guardrails[0].approvedUnchanged
        == redesigned.guardrails[0].approvedUnchanged + Int(redesigned.count(.firingSpared)))
  }

  /// 99.9 % interval of the share of firings that are left where a share of .25 is kept of either kind.
  @Test("a lower firing probability is a redesign too")
  func weakened() throws {
    let model = try model(
      RedesignModel(
        every: 5 * second, bound: .lower, keepsNeeded: 0.25, keepsNeedless: 0.25), approved: 0.5,
      loss: 1, horizon: 20_001)
    let share = try interval(model) { record in
      let left = Double(record.guardrails[0].tickets)
      let spared = Double(record.count(.firingSpared))
      // The first tickets came before it took effect: those of 10 … 70 s, the first of them answered then.
      return (left - 7) / (left - 7 + spared)
    }
    #expect(share.contains(0.25))
  }

  @Test("looks that never come change no draw and no result")
  func off() throws {
    let plain = try model(nil, approved: 0.5, loss: 1e6)
    let idle = try model(
      RedesignModel(every: 1_000 * day, reviewTeam: 1), approved: 0.5, loss: 1e6)
    #expect(try draws(of: plain).subtracting(draws(of: idle)).isEmpty)
    let (before, after) = (try observedRun(plain), try observedRun(idle))
    #expect(before.cohorts == after.cohorts && before.guardrails == after.guardrails)
  }
}

@Suite("The four remedies") struct FourRemediesTests {
  enum Remedy: CaseIterable {
    case reevaluation, routing, bulk, redesign
  }

  /// A case a minute for two reviewers, of whom one is qualified, whose reviews take 60 s and 80 s.
  func model(_ remedies: Set<Remedy>) throws -> SimulationModel {
    var model = try ticketModel(
      TicketModel(), rate: 1 / 60, horizon: 40_000, approvedUnchanged: 0.9)
    let person = model.stack.teams[0].people[0]
    model.stack.teams[0].people = [person, person]
    model.stack.teams[0].people[1].skills = [1]
    model.stack.guardrails[0].lossPrevented = 1e5
    model.stack.guardrails[0].expertise = ExpertiseModel(
      skills: [1], unmatched: .init(time: 1.5))
    if remedies.contains(.reevaluation) {
      model.stack.guardrails[0].reevaluation = ReevaluationModel(
        unnecessary: 0.3, check: second, costPerCheck: 1e4, falsePass: 0.02)
    }
    if remedies.contains(.routing) {
      model.stack.guardrails[0].contextualRouting = ContextualRoutingModel(price: 1e4)
      model.stack.guardrails[0].queueing = QueueingModel(
        skills: [1],
        expedite: QueueingModel.Expedite(after: 3 * minute, priority: 0, dropsSkills: true))
    }
    if remedies.contains(.bulk) {
      model.stack.guardrails[0].bulkReview = BatchModel(
        size: 5, wait: 20 * minute, setup: .constant(30), each: .constant(40))
    }
    if remedies.contains(.redesign) {
      model.stack.guardrails[0].redesign = RedesignModel(
        every: 2 * hour, minimum: 30, keepsNeeded: 0.9, keepsNeedless: 0.3,
        leadTime: .constant(3_600), price: 1e7)
    }
    return model
  }

  @Test("each saves work, and all together save more than any alone")
  func together() throws {
    func work(_ remedies: Set<Remedy>) throws -> Double {
      try (0..<5).reduce(0) {
        $0 + (try observedRun(model(remedies), replication: $1)).humanSeconds
      }
    }
    let none = try work([])
    let each = try Remedy.allCases.map { try work([$0]) }
    let all = try work(Set(Remedy.allCases))
    #expect(each.allSatisfy { $0 < none } && each.allSatisfy { all < $0 }, "\(none) \(each) \(all)")
  }
}
