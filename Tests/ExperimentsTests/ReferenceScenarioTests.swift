import EventEngine
import Foundation
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// The scenarios of `scenarios/reference` against arithmetic, queueing theory and an independent program.
///
/// They are run as they stand in their files. No expectation here was taken from a run of ours.
@Suite("Reference scenarios", .serialized) struct ReferenceScenarioTests {
  /// Waits of all tickets in fifths of a second of calendar time: 57.6 s are 288, a shift of eight hours
  /// 144,000, a day 432,000, and after five days come two without a shift.
  ///
  /// A ticket that comes at the closing instant belongs to that day; no review begins at one, since 57.6 r
  /// is no multiple of 360 for r up to 3.
  private static var calendarWaits: Int {
    func onTheCalendar(_ work: Int, day: Int) -> Int {
      (day + 2 * (day / 5)) * 432_000 + work - day * 144_000
    }
    return (1...32_500).reduce(0) { sum, ticket in
      let (raised, begun) = (288 * ticket, 288 * ((ticket - 1) % 3 + 1) + 1800 * ((ticket - 1) / 3))
      return sum + onTheCalendar(begun, day: begun / 144_000)
        - onTheCalendar(raised, day: (raised - 1) / 144_000)
    }
  }

  /// Tickets that wait for the reviewers at the close of the last day of the horizon.
  private static func waiting(_ record: ReplicationRecord, _ model: SimulationModel) -> Int {
    Int(record.teams[0].waitingTickets[model.timeline.horizonDays - 1])
  }

  /// 65,000 cases, every second one escalated.
  ///
  /// Ticket k comes 57.6 k s after opening. The reviewers begin
  /// with tickets 1, 2, 3 as they come and then work without a break, so that ticket 3 j + r (r from 1 to
  /// 3) begins at 57.6 r + 360 j s and waits 187.2 j s. At the close of day 65 each has finished 5,199
  /// reviews and has one in hand: 32,500 − 3 · 5,199 − 3 = 16,900 wait. All 32,500 together wait
  /// 187.2 (3 (0 + 1 + … + 10,832) + 10,833) s, 35.2 working days each.
  @Test("regular arrivals: 16,900 tickets wait and 3 are in service after 65 days, exactly")
  func regular() async throws {
    let design = try projectDesign("reference/escalation-regular")
    let (model, records) = try await design.run("agents", replications: 1)
    #expect(model.timeline.horizonDays == 65)
    let record = try #require(records.first)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } == 65_000)
    #expect(Self.waiting(record, model) == 16_900)
    #expect(record.teams[0].inService[64] == 3)
    let guardrail = try #require(record.guardrails.first)
    #expect(guardrail.tickets == 32_500 && guardrail.answered == 32_500)
    let turns = 3 * (10_832 * 10_833 / 2) + 10_833
    #expect(guardrail.waitingWorkTime == Int128(187_200_000) * Int128(turns))
    #expect(guardrail.reviewTime == 32_500 * 6 * minute)
    #expect(guardrail.waitingTime == Int128(200_000) * Int128(Self.calendarWaits))
    let result = GuardrailResult(guardrail: 0, stack: model.stack, records: records)
    let hours = Double(Self.calendarWaits) / 32_500 / 18_000
    #expect(abs((result.waitingCalendarHours ?? 0) - hours) < 1e-9 * hours)
  }

  @Test(
    "Poisson arrivals: 16,900 waiting tickets lie in the 99.9 % interval",
    arguments: ["fifty", "fifty-exponential"])
  func poisson(variant: String) async throws {
    let design = try projectDesign("reference/escalation-poisson")
    let (model, records) = try await design.run(variant, replications: 40)
    let interval = interval999(records.map { Double(Self.waiting($0, model)) })
    #expect(interval.lower <= 16_900 && 16_900 <= interval.upper, "\(interval)")
  }

  /// The independent program: 30,000 runs, standard error 1.
  ///
  /// Ours: 80 runs, so that the standard error is
  /// about 15. Both must be within three of their joint standard error of each other.
  @Test(
    "drift: the mean lies above fluid and agrees with an independent program",
    arguments: [
      ("drift-40", 1_260.0, 1_304.0), ("drift-50", 2_268, 2_309), ("drift-60", 3_360, 3_398),
    ])
  func drift(variant: String, fluid: Double, independent: Double) async throws {
    let design = try projectDesign("reference/escalation-drift")
    let (model, records) = try await design.run(variant, replications: 80)
    #expect(model.timeline.horizonDays == 126)
    var moments = RunningMoments()
    for record in records { moments.add(Double(Self.waiting(record, model))) }
    let mean = try #require(moments.mean)
    let error = try #require(moments.standardError)
    #expect(mean > fluid)
    let joint = (error * error + 1).squareRoot()
    #expect(abs(mean - independent) < 3 * joint, "\(mean) ± \(error), not \(independent) ± 1")
  }

  /// Fluid, in tickets of 6 min: 260 a day for 65 days; under drift ½ · (200 g / 126) · (126 − t*)², where
  /// t* is day 63, 50.4 or 42.
  @Test(
    "fluid: 16,900 tickets after 65 days; 1,260, 2,268 and 3,360 after 126 days of drift",
    arguments: [
      ("escalation-regular", "agents", 16_900.0), ("escalation-poisson", "fifty", 16_900),
      ("escalation-poisson", "fifty-exponential", 16_900), ("escalation-poisson", "twenty", 0),
      ("escalation-drift", "drift-40", 1_260), ("escalation-drift", "drift-50", 2_268),
      ("escalation-drift", "drift-60", 3_360),
    ])
  func fluid(file: String, variant: String, tickets: Double) throws {
    let design = try projectDesign("reference/\(file)")
    let model = try #require(design.variants.first { $0.name == variant }).model
    let forecast = FluidForecast(team: 0, model: model)
    #expect(forecast.backlogHours.count == model.timeline.horizonDays)
    let backlog = try #require(forecast.backlogHours.last) * 10
    // The day on which capacity is crossed counts as a whole: 0.064 tickets where that is day 50.4.
    #expect(abs(backlog - tickets) < 0.1, "\(backlog)")
  }

  /// 100 · 6 min; 20 · 4 + 100 · 2 min; 20 · 0 + 100 · 6 min.
  @Test(
    "bulk review of 100 tickets in fives: 600 minutes one by one, 280, and 600 without a set-up part",
    arguments: [("one-by-one", 600), ("batches", 280), ("batches-without-setup", 600)])
  func bulkReview(variant: String, minutes: Int) async throws {
    let design = try projectDesign("reference/bulk-review")
    let (_, records) = try await design.run(variant, replications: 2)
    for record in records {
      let guardrail = try #require(record.guardrails.first)
      #expect(guardrail.tickets == 100 && guardrail.answered == 100)
      #expect(guardrail.reviewTime == Int64(minutes) * minute)
    }
  }

  /// The headline of a team that drowns: cases are followed to their end, and what is not done is owed.
  @Test("at 50 % escalated no headline figure looks better than at 20 %")
  func drowning() async throws {
    var design = try projectDesign("reference/escalation-poisson")
    design.replications = 4
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    #expect(study.baseline == "twenty")
    let calm = try #require(study.variants.first { $0.name == "twenty" })
    for name in ["fifty", "fifty-exponential"] {
      let drowning = try #require(study.variants.first { $0.name == name })
      for figure in Figure.allCases {
        let (a, b) = (try #require(calm.figure(figure)), try #require(drowning.figure(figure)))
        #expect(
          figure.lessIsBetter ? b.mean >= a.mean : b.mean <= a.mean,
          "\(figure.title): \(b.mean) at 50 %, \(a.mean) at 20 %")
      }
      #expect(!study.differences.contains { $0.variant == name && $0.verdict == .better })
      let cost = try #require(drowning.figure(.costPerCase))
      let time = try #require(drowning.figure(.timeToCompletion))
      #expect(try cost.lower > #require(calm.figure(.costPerCase)).upper)
      #expect(try time.lower > #require(calm.figure(.timeToCompletion)).upper)
    }
  }

  struct Queue: Sendable, CustomTestStringConvertible {
    var file: String
    var variant: String
    /// Mean service time, in minutes.
    var service: Double
    /// Mean wait by theory, in service times.
    var wait: Double
    var replications: Int
    var testDescription: String { "\(file) \(variant)" }
  }

  /// Erlang C, and the formula of Pollaczek and Khinchine; Gross et al., *Fundamentals of Queueing
  /// Theory*, 4th ed., sections 2.2, 2.3 and 5.1.
  static let queues: [Queue] =
    [("load-0.5", 1, 1.0), ("load-0.9", 1.8, 9)].map {
      Queue(file: "queue-mm1", variant: $0.0, service: $0.1, wait: $0.2, replications: 12)
    }
    + [
      ("2-1", 1, 0.333333), ("2-1.8", 1.8, 4.263158), ("3-2", 2, 0.444444), ("5-4", 4, 0.554113),
      ("10-8", 8, 0.204590), ("10-9", 9, 0.668732), ("12-10", 10, 0.224694),
      ("14-10", 10, 0.043533), ("50-45", 45, 0.072773), ("55-48", 48, 0.034100),
      ("100-95", 95, 0.101291),
    ].map { Queue(file: "queue-mmc", variant: $0.0, service: $0.1, wait: $0.2, replications: 10) }
    + [("constant", 1, 2.0), ("erlang-2", 1, 3), ("exponential", 1, 4)].map {
      Queue(file: "queue-mg1", variant: $0.0, service: $0.1, wait: $0.2, replications: 12)
    }

  @Test("the mean wait of theory lies in the 99.9 % interval", arguments: queues)
  func queue(_ queue: Queue) async throws {
    let design = try projectDesign("reference/\(queue.file)")
    let (_, records) = try await design.run(queue.variant, replications: queue.replications)
    let waits = records.map { record in
      let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
      let time = record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }
      #expect(record.cohorts.reduce(0) { $0 + $1.completed } == arrived)
      return Double(time) / Double(arrived) / 60e6 / queue.service - 1
    }
    let interval = interval999(waits)
    // The values of theory are rounded to six digits.
    #expect(
      interval.lower <= queue.wait + 1e-6 && queue.wait - 1e-6 <= interval.upper, "\(interval)")
  }

  @Test("every reference file is among those tested here")
  func allFiles() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: scenarioFolder.appending(path: "reference").path
    )
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(
      Set(files) == [
        "bulk-review", "escalation-drift", "escalation-poisson", "escalation-regular",
        "queue-mg1", "queue-mm1", "queue-mmc",
      ])
    for file in ["queue-mm1", "queue-mmc", "queue-mg1"] {
      let variants = try projectDesign("reference/\(file)").variants.map(\.name)
      #expect(Set(variants) == Set(Self.queues.filter { $0.file == file }.map(\.variant)))
    }
  }
}
