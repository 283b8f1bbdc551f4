import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Breakage at releases") struct BreakageTests {
  /// Releases at 100 s, 200 s …, each breaks; no case of the 194 is under way at 200 s.
  ///
  /// What is broken is mended 20 s later and back after 5 s more.
  func broken(
    every: Double = 100, probability: Double = 1, team: Int? = nil, seconds: Int64 = 195
  ) throws -> SimulationModel {
    var model = try automationModel(seconds: seconds) {
      $0.retries = 3
      $0.touches = [TouchModel(application: 0)]
      $0.breakage = BreakageModel(
        probability: probability, repair: .constant(20), team: team, leadTime: .constant(5))
    }
    model.stack.applications = [ApplicationModel(name: "core")]
    model.stack.applications[0].releases = .constant(every)
    return model
  }

  /// From 100 s to 125 s: the 25 cases of 100 … 124 s go to people at once, without a run, and the runs of
  /// the 5 cases of 95 … 99 s, which end at 100 … 104 s, have failed; the one that ends at 100 s too, for
  /// the release comes first.
  @Test("its work goes to people until it is mended")
  func fallsBack() throws {
    let record = try observedRun(broken())
    #expect(record.count(.release) == 1 && record.count(.breakage) == 1)
    #expect(record.count(.workWhileBroken) == 25)
    #expect(record.automationFailures == [5] && record.automationRuns == [194 - 25])
    #expect(record.cohorts[0].tickets == 30)
    #expect(record.cohorts[0].exceptionTime == 300 * second)
  }

  /// The fixers' shift begins at 150 s: mended at 170 s, back at 175 s.
  ///
  /// 20 s at 36 EUR an hour: 20 cents.
  @Test("a finite team mends it, in its hours, at its cost")
  func team() throws {
    var model = try broken(team: 1)
    model.calendars.append(WorkCalendar([(150 * second, 10_000 * second)]))
    model.stack.teams.append(
      TeamModel(name: "developers", people: [.init(calendar: 1, hourlyCost: 36e6)]))
    let record = try observedRun(model)
    #expect(record.count(.workWhileBroken) == 75)
    #expect(record.costBesideCases[CostComponent.repairs.rawValue] == 200_000)
    #expect(record.timeBesideCases == 20 * second)
    #expect(record.ledger[MechanismEvent.breakage.rawValue].cost == 200_000)
    // What nobody gets round to costs what it will cost.
    model.calendars[1] = WorkCalendar([(9_000_000 * second, 9_100_000 * second)])
    let owed = try observedRun(model)
    #expect(owed.count(.workWhileBroken) == 95)
    #expect(owed.costBesideCases[CostComponent.repairs.rawValue] == 200_000)
  }

  /// Of two robots on the same application each breaks with its own luck; one that touches another, never.
  @Test("breaks what touches the application, each with its own luck")
  func touched() throws {
    var model = try broken(every: 10, probability: 0.3, seconds: 2_000)
    model.stack.automations.append(
      AutomationModel(name: "idle", runners: 1, runTime: .constant(1)))
    model.stack.automations[1].breakage = model.stack.automations[0].breakage
    let record = try observedRun(model)
    #expect(record.count(.release) == 199)
    // 199 · .3 = 59.7, standard deviation 6.5: within 3.3 of them.
    #expect((38...81).contains(record.count(.breakage)))
  }

  @Test("more releases or more breakage mean more work for people, none at probability 0")
  func sign() throws {
    let work = try [0, 0.3, 1].map {
      try observedRun(broken(every: 20, probability: $0, seconds: 1_000)).humanSeconds
    }
    #expect(work[0] == 0 && work[1] > 0 && work[2] > work[1])
    let rarely = try observedRun(broken(every: 200, seconds: 1_000)).humanSeconds
    #expect(rarely < work[2] && rarely > 0)
  }
}

@Suite("Rules: coverage, changes and upkeep") struct RuleUpkeepTests {
  /// One run for each uncovered case, however many retries there are; nine tenths are covered.
  @Test("cases without a rule go to people after one run")
  func coverage() throws {
    let model = try automationModel(seconds: 1_000) {
      $0.retries = 5
      $0.coverage = 0.9
    }
    let record = try observedRun(model)
    #expect(record.automationRuns == [999])
    #expect(record.count(.uncovered) == Int64(record.cohorts[0].tickets))
    #expect(try interval(model) { Double($0.cohorts[0].tickets) / $0.cases }.contains(0.1))
  }

  /// Changes at 100 s and 200 s, in effect 30 s later: the cases of 100 … 129 s and 200 … 229 s.
  @Test("until a change is made people do what it affects")
  func changes() throws {
    let model = try automationModel(seconds: 300) {
      $0.changes = ChangeModel(
        every: .constant(100), affects: 1, work: .constant(10), leadTime: .constant(20))
    }
    let record = try observedRun(model)
    #expect(record.count(.changeAsked) == 2 && record.count(.changeMade) == 2)
    #expect(record.count(.workUnchanged) == 60 && record.automationRuns == [239])
  }

  /// With four changes open and a half affected by each, 1 − ½⁴ of the cases are.
  @Test("several open changes affect cases independently")
  func severalOpen() throws {
    let model = try automationModel(seconds: 500) {
      $0.changes = ChangeModel(every: .constant(0.1), affects: 0.5, leadTime: .constant(0.35))
    }
    // A case that comes at t meets those of t, t − 0.1 s, t − 0.2 s and t − 0.3 s.
    let share = try interval(model) { Double($0.count(.workUnchanged)) / $0.cases }
    #expect(share.contains(0.9375))
  }

  /// Brief row 153: rules that are changed in 5 days against code that takes 90.
  @Test("the longer a change takes the more work people have, unless it affects nobody")
  func leadTime() throws {
    func human(_ days: Double, _ affects: Double) throws -> Double {
      try observedRun(
        automationModel(seconds: 2_000) {
          $0.changes = ChangeModel(
            every: .constant(400), affects: affects, leadTime: .constant(days * 2))
        }
      ).humanSeconds
    }
    let (fast, slow) = (try human(5, 0.3), try human(90, 0.3))
    #expect(fast > 0 && slow > 5 * fast)
    #expect(try human(90, 0) == 0)
  }

  /// The number of rules doubles every 100 s, and the work goes with its square: 10 s · 4 at 100 s and
  /// 10 s · 16 at 200 s.
  @Test("upkeep grows faster than the rules do")
  func upkeep() throws {
    let model = try automationModel(seconds: 250) {
      $0.upkeep = UpkeepModel(
        team: 0, every: 100 * second, work: .constant(10), growth: 1, growthPeriod: 100 * second,
        exponent: 2)
    }
    let record = try observedRun(model)
    #expect(record.count(.upkeep) == 2)
    #expect(abs(record.timeBesideCases - 200 * second) <= 2)
    #expect(abs(record.costBesideCases[CostComponent.upkeep.rawValue] - 2_000_000) <= 2)
    var flat = model
    flat.stack.automations[0].upkeep?.growth = 0
    #expect(try observedRun(flat).timeBesideCases == 20 * second)
    // What shrinks wants less.
    flat.stack.automations[0].upkeep?.growth = -0.5
    #expect(abs(try observedRun(flat).timeBesideCases - Int64(2.5 + 0.625) * second) < second)
  }

  @Test("what no activity is given to wants no upkeep and no change")
  func idle() throws {
    var model = try automationModel(seconds: 250) {
      $0.upkeep = UpkeepModel(team: 0, every: 10 * second, work: .constant(10))
      $0.changes = ChangeModel(every: .constant(10), affects: 1, leadTime: .constant(20))
    }
    model.stack.activities[0].automation = nil
    let record = try observedRun(model)
    #expect(record.timeBesideCases == 0 && record.count(.changeAsked) == 0)
  }
}

@Suite("Hours of robots") struct RunnerHourTests {
  /// The case of 10 s waits until 50 s and is done at 55 s.
  @Test("runs begin in the hours only")
  func waits() throws {
    var model = try automationCase { $0.hours = 1 }
    model.calendars.append(WorkCalendar([(50 * second, 100 * second)]))
    #expect(try observedRun(model).cohorts[0].restrictedTime == Int128(45 * second))
    // A run that has begun is finished: from 10 s to 15 s, though the hours end at 12 s.
    model.calendars[1] = WorkCalendar([(0, 12 * second)])
    #expect(try observedRun(model).cohorts[0].restrictedTime == Int128(5 * second))
  }

  /// Down from 40 s to 60 s: up again within the hours.
  ///
  /// Down from 40 s to 120 s: up again after they end, at 100 s, so that the next hours, from 130 s
  /// on, are waited for.
  @Test("hours and outages each take their part")
  func outages() throws {
    for (repair, done) in [(20.0, 55), (80, 125)] as [(Double, Int64)] {
      var model = try automationCase {
        $0.hours = 1
        $0.outages = OutageModel(every: .constant(40), repair: .constant(repair))
      }
      model.calendars.append(
        WorkCalendar([(50 * second, 100 * second), (130 * second, 150 * second)]))
      let record = try observedRun(model)
      // The second outage, 40 s after the first repair, finds the case done.
      #expect(record.cohorts[0].restrictedTime == Int128(done * second))
    }
  }

  @Test("hours around the clock change nothing")
  func neutral() throws {
    let plain = try automationModel(seconds: 200) { $0.runners = 4 }
    var always = plain
    always.stack.automations[0].hours = 0
    #expect(try observedRun(always) == observedRun(plain))
  }
}
