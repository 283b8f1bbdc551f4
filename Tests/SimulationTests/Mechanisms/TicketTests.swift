import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// One case comes at 600 s; the agent takes 2 s and the review 60 s unless a test says otherwise.
@Suite("Tickets, by hand") struct TicketTests {
  func run(_ model: SimulationModel) throws -> ReplicationRecord {
    try runReplication(of: model, seed: 1, replication: 0)
  }

  func seconds(_ record: ReplicationRecord) -> Int128 {
    record.cohorts.reduce(0) { $0 + $1.restrictedTime } / Int128(second)
  }

  /// 2 + 60 + 30 s.
  @Test("what is modified takes the reviewer's time for the changes on top of the review")
  func modified() throws {
    let record = try run(
      ticketModel(
        TicketModel(modified: 1, modifying: .constant(30)), approvedUnchanged: 0))
    #expect(seconds(record) == 92)
    #expect(record.cohorts[0].reviewTime == 90 * second)
    #expect(record.count(.ticketModified) == 1 && record.guardrails[0].approvedUnchanged == 0)
  }

  /// Two rounds: 2 s, three reviews of 60 s, two reworks of 100 s, and after the last round the reviewer
  /// puts it right in 30 s: 2 + 180 + 200 + 30 = 412 s.
  @Test("a team's rework is reviewed again, and after the last round the reviewer puts it right")
  func reworkByTeam() throws {
    let handling = TicketModel(
      modifying: .constant(30), rework: .init(team: 1, time: .constant(100), rounds: 2))
    var model = try ticketModel(handling, approvedUnchanged: 0)
    let record = try run(model)
    #expect(seconds(record) == 412)
    #expect(record.count(.ticketRejected) == 2 && record.count(.ticketReworked) == 2)
    #expect(record.count(.ticketModified) == 1)
    #expect(record.ledger[MechanismEvent.ticketReworked.rawValue].time == 200 * second)
    // Three tickets of the guardrail, and two pieces of rework, which people have for the agent's sake.
    #expect(record.guardrails[0].tickets == 3 && record.cohorts[0].tickets == 5)
    #expect(record.cohorts[0].reviewTime == 210 * second)
    #expect(record.cohorts[0].errandTime == 200 * second)
    // Each costs 100 s at 1 a minute, rounded to millionths.
    #expect(record.cost(.rework) == 2 * 1.666667)
    // Without a second review the case goes on after the rework: 2 + 60 + 100 s.
    model.stack.guardrails[0].handling?.rework?.isReviewedAgain = false
    #expect(seconds(try run(model)) == 162)
  }

  /// Three runs of 2 s, three reviews, 30 s for putting it right: 6 + 180 + 30 = 216 s.
  @Test("the automation does its activity again, at the price of its runs")
  func reworkByAutomation() throws {
    let handling = TicketModel(modifying: .constant(30), rework: .init(team: nil, rounds: 2))
    let record = try run(ticketModel(handling, approvedUnchanged: 0))
    #expect(seconds(record) == 216)
    #expect(record.automationRuns == [3, 0] && record.cost(.automation) == 3)
    #expect(record.count(.ticketSentBack) == 2 && record.guardrails[0].evaluated == 3)
  }

  @Test("two guardrails at one activity send a case back no more often than both allow")
  func severalGuardrails() throws {
    var model = try ticketModel(
      TicketModel(rework: .init(team: nil, rounds: 3)), approvedUnchanged: 0)
    var second = model.stack.guardrails[0]
    second.name = "second"
    model.stack.guardrails.append(second)
    let record = try run(model)
    // The first sends it back three times and has no rounds left; nor has the second, which counts along.
    #expect(record.count(.ticketSentBack) == 3)
    #expect(record.cohorts[0].completed == 1)
  }

  @Test("rework for a case that did not wait is done beside it")
  func reworkBeside() throws {
    let record = try run(
      ticketModel(
        TicketModel(rework: .init(team: 1, time: .constant(100))), blocks: false,
        approvedUnchanged: 0))
    #expect(seconds(record) == 2)
    #expect(record.cohorts[0].reviewTime == 60 * second)
    #expect(record.cohorts[0].errandTime == 100 * second)
  }

  @Test("an answered ticket comes again once, and its case has been done meanwhile")
  func reopening() throws {
    let record = try run(
      ticketModel(
        TicketModel(
          reopening: .init(share: 1, after: .constant(50), time: .constant(20)))))
    #expect(seconds(record) == 62)
    #expect(record.count(.ticketReopened) == 1)
    #expect(record.cohorts[0].tickets == 2 && record.cohorts[0].reviewTime == 80 * second)
  }

  /// Cases come at 10 and 20 s.
  ///
  /// The first ticket is reviewed from 12 to 72 s; the second comes at 22 s and
  /// is withdrawn at 32 s. Times 62 and 12 s.
  @Test("a ticket that nobody has begun in time is withdrawn, and its case goes on")
  func withdrawal() throws {
    let record = try run(
      ticketModel(TicketModel(withdrawal: .constant(10)), rate: 0.1, horizon: 25))
    #expect(seconds(record) == 74)
    #expect(record.count(.ticketWithdrawn) == 1 && record.guardrails[0].answered == 1)
    #expect(record.cohorts[0].reviewTime == 60 * second)
  }

  /// One automation touched the case: 30 s to find out what it did, of which half remains.
  @Test("curated context leaves a share of the time for reconstruction, at a price")
  func curation() throws {
    var model = try ticketModel(TicketModel(curation: .init(left: 0.5, price: 1e6)))
    model.stack.guardrails[0].contextPerAutomation = 30 * second
    let record = try run(model)
    #expect(seconds(record) == 77)
    #expect(record.cost(.orchestration) == 1)
    model.stack.guardrails[0].handling = nil
    #expect(seconds(try run(model)) == 92)
  }

  @Test("a right recommendation saves time, a wrong one that is followed hides what is wrong")
  func recommendation() throws {
    let right = try run(
      ticketModel(TicketModel(recommendation: .init(right: 1, saves: 20 * second, price: 2e6))))
    #expect(seconds(right) == 42 && right.cost(.orchestration) == 2)
    var model = try ticketModel(
      TicketModel(recommendation: .init(right: 0, saves: 20 * second, misleads: 1)))
    model.stack.automations[0].errorProbability = 1
    let wrong = try run(model)
    #expect(seconds(wrong) == 62)
    #expect(wrong.cohorts[0].completedRight == 0)
    #expect(wrong.count(.reviewerMisled) == 1 && wrong.count(.errorMissed) == 1)
    model.stack.guardrails[0].handling?.recommendation?.misleads = 0
    #expect(try run(model).cohorts[0].completedRight == 1)
  }

  /// The second automation takes 5 s: 2 + 5 s where it settles the case, and 60 s more where it does not or
  /// fails.
  @Test("a second automation spares the ticket where it settles the case")
  func opinion() throws {
    var model = try ticketModel(TicketModel(opinion: .init(automation: 1, settles: 1)))
    let settled = try run(model)
    #expect(seconds(settled) == 7)
    #expect(settled.cohorts[0].tickets == 0 && settled.count(.settledByOpinion) == 1)
    #expect(settled.automationRuns == [1, 1] && settled.cost(.automation) == 4)
    // It finds errors by its own probability, and what it does not find stays.
    model.stack.automations[0].errorProbability = 1
    #expect(try run(model).cohorts[0].completedRight == 0)
    model.stack.guardrails[0].handling?.opinion?.catches = 1
    #expect(try run(model).cohorts[0].completedRight == 1)
    model.stack.guardrails[0].handling?.opinion?.settles = 0
    #expect(seconds(try run(model)) == 67)
    model.stack.guardrails[0].handling?.opinion?.settles = 1
    model.stack.automations[1].failureProbability = 1
    let failed = try run(model)
    #expect(seconds(failed) == 67 && failed.automationFailures == [0, 1])
  }

  @Test("the case waits for the customer's documents, and for people where they do not settle it")
  func documents() throws {
    var model = try ticketModel(
      TicketModel(documents: .init(share: 1, wait: .constant(100), settles: 1, price: 5e6)))
    let settled = try run(model)
    #expect(seconds(settled) == 102 && settled.cost(.orchestration) == 5)
    #expect(settled.cohorts[0].tickets == 0 && settled.count(.settledByDocuments) == 1)
    model.stack.guardrails[0].handling?.documents?.settles = 0
    #expect(seconds(try run(model)) == 162)
  }

  /// Cases of 1 EUR and of 9 EUR by turns, 50 of each in expectation; only the dear ones go to the second
  /// automation.
  @Test("a route with a condition is taken by the cases on which it holds")
  func conditionalRoute() throws {
    var model = try ticketModel(nil, rate: 0.01, horizon: 10_050)
    model.attributes = [
      AttributeModel(
        name: "dear", domain: .boolean, value: .drawn(.position(shares: [0.5, 0.5])))
    ]
    model.stack.guardrails[0].handling = TicketModel(
      opinion: .init(
        automation: 1, condition: .compares(attribute: 0, .equal, 1), settles: 1))
    let record = try run(model)
    let dear = record.count(.opinionAsked)
    #expect(dear > 20 && dear < 80)
    #expect(record.cohorts[0].arrived == 100)
    #expect(Int64(record.cohorts[0].tickets) == 100 - dear)
    let forecast = try model.withForecastShares().stack.guardrails[0].handling?.opinion
    #expect(abs((forecast?.conditionShare ?? 0) - 0.5) < 0.03)
  }
}

@Suite("Predictive escalation") struct PredictiveEscalationTests {
  func model(_ prediction: TicketModel.Prediction) throws -> SimulationModel {
    var model = try ticketModel(TicketModel(prediction: prediction))
    model.stack.guardrails[0].contextPerAutomation = 30 * second
    return model
  }

  /// Everything is forecast: 2 + 60 s; nothing is: 2 + 60 + 30 s.
  @Test("what is forecast is reviewed without reconstruction")
  func prepared() throws {
    let hit = try runReplication(
      of: model(.init(recall: 1, precision: 1, price: 4e6)), seed: 1, replication: 0)
    #expect(hit.cohorts[0].restrictedTime == Int128(62 * second))
    #expect(hit.count(.preparationUsed) == 1 && hit.cost(.orchestration) == 4)
    let miss = try runReplication(
      of: model(.init(recall: 0, precision: 1)), seed: 1, replication: 0)
    #expect(miss.cohorts[0].restrictedTime == Int128(92 * second))
    #expect(miss.count(.escalationPrepared) == 0)
  }

  /// The agent takes 2 s: people who prepare in 1 s are ready, in 5 s they are not.
  @Test("people who prepare have to be ready before the ticket comes")
  func inTime() throws {
    func run(_ seconds: Double) throws -> ReplicationRecord {
      try runReplication(
        of: model(.init(recall: 1, precision: 1, team: 1, time: .constant(seconds))), seed: 1,
        replication: 0)
    }
    let early = try run(1)
    #expect(early.cohorts[0].restrictedTime == Int128(62 * second))
    #expect(early.cohorts[0].reviewTime == 61 * second)
    let late = try run(5)
    #expect(late.cohorts[0].restrictedTime == Int128(92 * second))
    #expect(late.count(.preparationWasted) == 1 && late.cohorts[0].reviewTime == 95 * second)
  }

  /// Firing 20 %, recall 70 %, precision 60 %: forecasts .2 · .7 / .6 = 23.3 % of cases, and 14 % come true.
  @Test("recall and precision are what they are stated to be, and the guardrail fires as without")
  func rates() throws {
    var model = try model(.init(recall: 0.7, precision: 0.6))
    model.stack.guardrails[0].firing = .probability(0.2)
    model.demand.rate = 1 / Double(100 * second)
    model.timeline.horizon = 200_050 * second
    model.timeline.cohortLength = model.timeline.horizon
    var shares: [[Double]] = [[], [], []]
    for replication in 0..<10 {
      let record = try runReplication(of: model, seed: 3, replication: replication)
      let cases = Double(record.cohorts[0].arrived)
      shares[0].append(Double(record.count(.escalationPrepared)) / cases)
      shares[1].append(Double(record.count(.preparationUsed)) / cases)
      shares[2].append(Double(record.count(.preparationWasted)) / cases)
      var without = model
      without.stack.guardrails[0].handling = nil
      let plain = try runReplication(of: without, seed: 3, replication: replication)
      #expect(plain.guardrails[0].fired == record.guardrails[0].fired)
    }
    for (values, expected) in zip(shares, [0.14 / 0.6, 0.14, 0.14 / 0.6 - 0.14]) {
      let interval = interval999(values)
      #expect(interval.lower <= expected && expected <= interval.upper)
    }
  }
}

@Suite("Due dates") struct DueDateTests {
  /// The one case, and no other after it; dates count by the week.
  func ticketModel(_ handling: TicketModel?) throws -> SimulationModel {
    var model = try SimulationTestSupport.ticketModel(handling)
    model.timeline.caseLimit = 1
    model.timeline.cohortLength = week
    return model
  }

  /// Answered 60 s after it came: late where it was due after 30 s.
  @Test("a ticket answered after its due date is late and costs its penalty")
  func late() throws {
    var model = try ticketModel(TicketModel(latePenalty: 7e6))
    model.stack.guardrails[0].due = DueModel(time: 30 * second, calendar: nil)
    let late = try runReplication(of: model, seed: 1, replication: 0)
    #expect(late.count(.ticketLate) == 1 && late.cost(.penalties) == 7)
    #expect(late.teams[0].ticketsDue == [1] && late.teams[0].ticketsLate == [1])
    // Answered at the very instant is in time.
    model.stack.guardrails[0].due = DueModel(time: 60 * second, calendar: nil)
    let onTime = try runReplication(of: model, seed: 1, replication: 0)
    #expect(onTime.count(.ticketLate) == 0 && onTime.cost(.penalties) == 0)
    #expect(onTime.teams[0].ticketsDue == [1] && onTime.teams[0].ticketsLate == [0])
  }

  @Test(
    "a guardrail's due date outweighs its team's, which outweighs that of the report on service")
  func precedence() throws {
    var model = try ticketModel(nil)
    model.serviceLevel = DueModel(time: 30 * second, calendar: nil)
    func late() throws -> [Int64] {
      let record = try runReplication(of: model, seed: 1, replication: 0)
      return [Int64(record.teams[0].ticketsLate[0]), record.count(.ticketLate)]
    }
    // The report's own measure is no promise that is broken.
    #expect(try late() == [1, 0])
    model.stack.teams[0].due = DueModel(time: 100 * second, calendar: nil)
    #expect(try late() == [0, 0])
    model.stack.guardrails[0].due = DueModel(time: 40 * second, calendar: nil)
    #expect(try late() == [1, 1])
  }

  /// Days of eight hours; a review of ten hours for a ticket that comes at 602 s of day 0.
  ///
  /// In working time
  /// it is answered ten hours later; in calendar time sixteen closed hours lie between.
  @Test("working time passes in the calendar's hours only")
  func workingTime() throws {
    var model = try ticketModel(nil)
    model.calendars = [.continuous, eightHourDays(20)]
    for team in model.stack.teams.indices { model.stack.teams[team].people[0].calendar = 1 }
    model.stack.guardrails[0].reviewTime = .constant(36_000)
    model.stack.guardrails[0].due = DueModel(time: 11 * hour, calendar: 1)
    model.timeline.followUp = 5 * day
    #expect(try runReplication(of: model, seed: 1, replication: 0).count(.ticketLate) == 0)
    model.stack.guardrails[0].due = DueModel(time: 11 * hour, calendar: nil)
    #expect(try runReplication(of: model, seed: 1, replication: 0).count(.ticketLate) == 1)
  }

  /// Ticket k comes at 57.6 k s of open time, and the three reviewers answer k = 3 j + i at
  /// 57.6 i + 360 (j + 1) s.
  ///
  /// Due 28,800 s of open time after it came, it is late where 187.2 j > 28,440, so from j = 152, k = 457 on.
  /// In week 1 tickets 1 to 3,000 are due, on days 2 to 7; in week 2 those up to 6,500, all of them late
  /// whether they have been answered by the end of the run or not.
  @Test("of a queue that drowns the late tickets are counted when they were due, answered or not")
  func drowning() throws {
    var model = try ExhaustionReferenceTests.model(
      days: 15, pattern: .regular, firing: .everyNthCase(2))
    model.timeline.cohortLength = week
    model.timeline.followUp = 3 * day
    model.serviceLevel = DueModel(time: 8 * hour, calendar: 0)
    let team = try runReplication(of: model, seed: 1, replication: 0).teams[0]
    #expect(team.ticketsDue.prefix(2) == [3_000, 3_500])
    #expect(team.ticketsLate.prefix(2) == [3_000 - 456, 3_500])
  }

  @Test("tickets that still wait at the end of the run are late where their date has passed")
  func unanswered() throws {
    var model = try ticketModel(TicketModel(latePenalty: 7e6))
    model.stack.guardrails[0].due = DueModel(time: 2 * hour, calendar: nil)
    model.stack.guardrails[0].reviewTime = .constant(10 * 86_400)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.count(.ticketLate) == 1 && record.teams[0].ticketsLate == [1])
    #expect(record.cost(.owed) == 10 * 1_440 + 7)
    #expect(record.cohorts[0].cost.reduce(0, +) == record.totalCost)
  }
}

@Suite("Expected tickets") struct ExpectedTicketTests {
  /// Half of all tickets are rejected, two rounds: reviews 1 + 1/2 + 1/4, reworks 1/2 + 1/4, and one in
  /// eight is put right: 105 + 3.75 s of the reviewers, 75 s of the fixers.
  @Test("arithmetic and simulation agree on what rework takes")
  func rework() throws {
    var model = try ticketModel(
      TicketModel(
        modifying: .constant(30), rework: .init(team: 1, time: .constant(100), rounds: 2)),
      rate: 0.001, horizon: 400_500, approvedUnchanged: 0.5)
    model.timeline.cohortLength = model.timeline.horizon
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.teamSeconds[0] - 108.75) < 1e-9)
    #expect(abs(load.teamSeconds[1] - 75) < 1e-9)
    var review: [Double] = []
    var rework: [Double] = []
    for replication in 0..<10 {
      let cohort = try runReplication(of: model, seed: 5, replication: replication).cohorts[0]
      review.append(Double(cohort.reviewTime) / 1e6 / Double(cohort.arrived))
      rework.append(Double(cohort.errandTime) / 1e6 / Double(cohort.arrived))
    }
    for (values, expected) in zip([review, rework], load.teamSeconds) {
      let interval = interval999(values)
      #expect(interval.lower <= expected && expected <= interval.upper)
    }
  }

  /// Sent back half of the time, at most twice: 1 + 1/2 + 1/4 runs and reviews.
  @Test("arithmetic and simulation agree on what being sent back takes")
  func sentBack() throws {
    var model = try ticketModel(
      TicketModel(rework: .init(team: nil, rounds: 2)), rate: 0.001, horizon: 400_500,
      approvedUnchanged: 0.5)
    model.timeline.cohortLength = model.timeline.horizon
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.teamSeconds[0] - 105) < 1e-9)
    #expect(abs(load.automationSeconds[0] - 3.5) < 1e-9)
    let runs = try (0..<10).map { replication in
      let record = try runReplication(of: model, seed: 5, replication: replication)
      return Double(record.automationRuns[0]) / Double(record.cohorts[0].arrived)
    }
    let interval = interval999(runs)
    #expect(interval.lower <= 1.75 && 1.75 <= interval.upper)
  }
}

@Suite("Tickets that have no rules") struct NeutralTicketTests {
  @Test(
    "rules that say nothing change nothing, not even a microsecond",
    arguments: 0..<60 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    let plain = try generatedModel(seed: seed, withTickets: false)
    var ruled = plain
    for index in ruled.stack.guardrails.indices {
      ruled.stack.guardrails[index].handling = TicketModel()
    }
    for index in ruled.stack.teams.indices {
      ruled.stack.teams[index].fatigue = FatigueModel(measure: .waiting, from: 1e9, full: 2e9)
    }
    let before = try runReplication(of: plain, seed: seed, replication: 0)
    #expect(try runReplication(of: ruled, seed: seed, replication: 0) == before)
    // Counting when tickets are due only adds its own columns.
    ruled.serviceLevel = DueModel(time: hour, calendar: nil)
    var counted = try runReplication(of: ruled, seed: seed, replication: 0)
    for team in counted.teams.indices {
      counted.teams[team].ticketsDue = []
      counted.teams[team].ticketsLate = []
    }
    #expect(counted == before)
  }
}
