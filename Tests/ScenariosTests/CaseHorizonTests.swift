import EventEngine
import ProcessModel
import Simulation
import Testing

@testable import Scenarios

@Suite("Horizons in cases") struct CaseHorizonTests {
  private let hour: Int64 = 3_600_000_000

  private func compiled(_ changes: (path: String, value: String)...) throws -> CompiledScenario {
    try compile(try read(oneTaskScenario).changing(changes))
  }

  private func oneTask() -> BusinessProcess {
    loanProcess(steps: 1)
  }

  private let oneTaskScenario = """
    rehearse: 1
    title: One task
    bpmn: one-task.bpmn
    clock: { start: 2026-01-05, time_zone: Europe/Berlin, horizon: 900 cases, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00, whenever: always }
    demand: { arrivals: { rate: 60 per working day } }
    teams: { clerks: { people: 3, calendar: office, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }

    """

  /// 900 cases at 60 a working day take 15 working days, three weeks.
  @Test("are expected after as long as the rate says, and cases are followed to their end")
  func expected() throws {
    let timeline = try compiled().variants[0].model.timeline
    #expect(timeline.caseLimit == 900)
    #expect(timeline.horizon == 21 * 24 * hour)
    #expect(timeline.horizonDays == 15 && timeline.daysPerSample == 1)
    #expect(timeline.followUp == Timeline.endless)
    #expect(timeline.cohortCount == 3)
    let parameters = try compiled().parameters
    #expect(parameters.first { $0.path == "clock.horizon" }?.text == "900 cases")
    #expect(
      parameters.first { $0.path == "clock.follow_cases_for" }?.text == "until they are done")
  }

  @Test("keep a cap that the scenario states")
  func capped() throws {
    let timeline = try compiled(("clock.follow_cases_for", "2 weeks")).variants[0].model.timeline
    #expect(timeline.followUp == 14 * 24 * hour && timeline.caseLimit == 900)
  }

  @Test(
    "keep samples and cohorts in bounds, however many cases",
    arguments: ["1 case", "100000 cases", "3000000 cases", "10000000 cases"])
  func bounded(horizon: String) throws {
    let timeline = try compiled(("clock.horizon", horizon)).variants[0].model.timeline
    #expect((1...256).contains(timeline.cohortCount))
    #expect((1...1_024).contains(timeline.horizonDays))
    #expect(timeline.sampledDays <= timeline.dayCloses.count)
    #expect(timeline.cohortLength % (7 * 24 * hour) == 0)
    // Every so many working days one is sampled, and all of them lie within the horizon.
    let cases = Int(horizon.prefix { $0.isNumber }) ?? 0
    let days = max(1, Int((7 * Double(cases) / 300).rounded(.up)))
    #expect(timeline.horizonDays * timeline.daysPerSample <= days)
    #expect(timeline.dayCloses[timeline.horizonDays - 1] <= timeline.horizon)
    let closes = timeline.dayCloses
    #expect(closes == closes.sorted())
  }

  @Test("have calendars that go on for ever, in the same hours of the same days")
  func calendars() throws {
    let model = try compiled(("clock.horizon", "100000 cases")).variants[0].model
    let office = model.calendars[0]
    let repetition = try #require(office.repetition)
    #expect(repetition.length == 52 * 7 * 24 * hour)
    // Long after what is written out, a week has its forty hours.
    let later = repetition.until + 1_000 * 7 * 24 * hour
    #expect(office.workTime(from: later, to: later + 7 * 24 * hour) == 40 * hour)
    #expect(model.demand.calendar.repetition != nil)
  }

  @Test("a horizon of time leaves calendars as they are")
  func inTime() throws {
    let model = try compiled(("clock.horizon", "3 weeks")).variants[0].model
    #expect(model.calendars[0].repetition == nil && model.timeline.caseLimit == nil)
    #expect(model.timeline.daysPerSample == 1)
  }

  @Test("horizons of many years have as few samples and cohorts")
  func long() throws {
    let timeline = try compiled(("clock.horizon", "1000 weeks")).variants[0].model.timeline
    #expect(timeline.cohortCount == 250 && timeline.cohortLength == 4 * 7 * 24 * hour)
    // 5,000 working days, less none: every eighth is sampled.
    #expect(timeline.daysPerSample == 8 && timeline.horizonDays == 625)
  }

  @Test(
    "what is no number of cases is refused with its place",
    arguments: [
      ("0 cases", "a run counts from 1 to 1000000000 cases"),
      ("2000000000 cases", "a run counts from 1 to 1000000000 cases"),
      ("1.5 cases", "1.5 is no whole number"),
      ("many cases", "'clock.horizon' is `many cases`"),
    ])
  func refused(value: String, message: String) throws {
    let error = #expect(throws: ScenarioErrors.self) {
      try read(oneTaskScenario).changing([("clock.horizon", value)])
    }
    let problem = try #require(error?.problems.first)
    #expect(problem.description.contains(message), "\(problem)")
    #expect(problem.description.contains("a number of cases"), "\(problem)")
  }

  @Test("a demand that grows needs a horizon in time")
  func growth() throws {
    let error = #expect(throws: ScenarioErrors.self) {
      try read(oneTaskScenario).changing([("demand.arrivals.growth", "1 % per month")])
    }
    #expect(
      error?.problems.first?.description.contains("needs a horizon in time") == true,
      "\(error as Any)")
  }

  @Test("more cases than arrive in a thousand years are refused")
  func tooSlow() throws {
    let error = #expect(throws: ScenarioErrors.self) {
      try compiled(("demand.arrivals.rate", "1 per week"), ("clock.horizon", "60000 cases"))
    }
    #expect(
      error?.problems.first?.description.contains("more than 1000 years") == true, "\(error as Any)"
    )
  }

  /// Arrivals only in the first two weeks, whose ten working days bring 600 cases.
  @Test("more cases than come before arrivals end are refused, fewer are counted")
  func arrivalsEnd() throws {
    let start = try #require(CivilDate("2026-01-05"))
    let closed = (14..<700).map { "\(start.advanced(by: $0)) 00:00-24:00" }
    func compiled(cases: Int) throws -> CompiledScenario {
      let campaign =
        "whenever: { weekly: mon-fri 08:00-16:00, closed: [\(closed.joined(separator: ", "))] }"
      return try compile(
        read(
          oneTaskScenario.replacing("whenever: always", with: campaign)
            .replacing("900 cases", with: "\(cases) cases")
            .replacing("rate: 60 per working day", with: "rate: 7.5 per hour, profile: whenever"),
          oneTask()))
    }
    let error = #expect(throws: ScenarioErrors.self) { try compiled(cases: 900) }
    #expect(
      error?.problems.first?.description.contains(
        "'clock.horizon' counts 900 cases, but arrivals end before: about 600 are to be expected")
        == true, "\(error as Any)")
    #expect(error?.problems.first?.key == "clock.horizon")
    let model = try compiled(cases: 400).variants[0].model
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.missingCases == 0 && record.cohorts.reduce(0) { $0 + $1.arrived } == 400)
  }
}
