import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// One kind of task at one team that touches one application; a case every second from 1 s on.
func applicationModel(
  _ application: ApplicationModel, people: Int, service: Double, horizon: Int64,
  arrivalsPerSecond: Double = 1, requests: Int = 1
) throws -> SimulationModel {
  var model = try queueModel(
    rate: arrivalsPerSecond, servers: people, service: .constant(service), runIn: 0,
    horizon: horizon, pattern: .regular)
  model.timeline.followUp = 1_000 * second
  model.stack.applications = [application]
  model.stack.activities[0].touches = [TouchModel(application: 0, requests: requests)]
  return model
}

@Suite("Applications, by hand") struct ApplicationTests {
  /// Two requests per 10 s, at most three at once: a token comes every 5 s.
  ///
  /// The bucket holds 3 at 1 s, 2.2 at 2 s, 1.4 at 3 s and 0.6 at 4 s. Case 4 waits for 0.4 tokens until
  /// 6 s, and each further one 5 s longer: case n ≥ 4 is done at 6 + 5 (n − 4) s, after 4 n − 14 s:
  /// 2, 6, 10, 14, 18 and 22 s for cases 4 to 9, in all 72 s.
  @Test("a token bucket lets requests through at exact instants, first come, first served")
  func tokenBucket() throws {
    let limit = ApplicationModel.RateLimit(requests: 2, period: 10 * second, burst: 3)
    let model = try applicationModel(
      ApplicationModel(name: "core", rateLimit: limit), people: 50, service: 0,
      horizon: 10 * second)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 9)
    #expect(record.cohorts[0].restrictedTime == Int128(72 * second))
    #expect(record.applications[0].uses == 9 && record.applications[0].waited == 6)
    #expect(record.applications[0].waitingTime == Int128(72 * second))
  }

  /// Seven requests per 10 s, one at once: a token is ten million parts, seven of which come in a
  /// microsecond.
  ///
  /// Cases arrive at 0.1, 0.2 and 0.3 s. The first takes the token. The second waits for ten million
  /// parts: 1,428,572 µs, which leave 4 parts. The third waits for 9,999,996 parts more: 1,428,571 µs.
  @Test("a rate that is no whole number of microseconds loses nothing")
  func exactTokens() throws {
    let limit = ApplicationModel.RateLimit(requests: 7, period: 10 * second, burst: 1)
    let model = try applicationModel(
      ApplicationModel(name: "core", rateLimit: limit), people: 50, service: 0,
      horizon: 350_000, arrivalsPerSecond: 10)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let second: Int128 = 100_000 + 1_428_572 - 200_000
    let third: Int128 = 100_000 + 1_428_572 + 1_428_571 - 300_000
    #expect(record.cohorts[0].restrictedTime == second + third)
  }

  /// Three tokens a use, from a bucket of three and of two: one that can never hold three is emptied
  /// into debt when it is full.
  ///
  /// One token a second. Bucket of three: the cases of 1, 2 and 3 s begin at 1, 4 and 7 s. Bucket of
  /// two: after the case of 1 s it is one in debt, and full again after three seconds: the same.
  @Test("a use of several requests takes as many tokens", arguments: [3, 2])
  func severalRequests(burst: Int64) throws {
    let limit = ApplicationModel.RateLimit(requests: 1, period: second, burst: burst)
    let model = try applicationModel(
      ApplicationModel(name: "core", rateLimit: limit), people: 50, service: 0,
      horizon: 3 * second + 1, requests: 3)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 3)
    #expect(record.cohorts[0].restrictedTime == Int128((0 + 2 + 4) * second))
  }

  /// A case every 100 s from 100 s on, three calls each: 35 cases in the first hour, 36 in the second,
  /// from 3,600 s to 7,100 s, and 18 in the half hour that is left.
  @Test("calls are counted by hours of the clock, and the busiest is kept")
  func busiestHour() throws {
    let model = try applicationModel(
      ApplicationModel(name: "core"), people: 1, service: 0, horizon: 9_000 * second,
      arrivalsPerSecond: 0.01, requests: 3)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 35 + 36 + 18)
    #expect(record.applications[0].busiestHour == 36 * 3)
  }

  /// Two people, an application for one at a time, work of 10 s: the first works from 1 to 11 s, the
  /// second takes the case of 2 s at once, waits until 11 s and works until 21 s.
  ///
  /// Both are paid for the time they had the work in hand: 10 and 19 s. In use within the horizon of
  /// 2.5 s: from 1 s on.
  @Test("who waits for an application keeps the work in hand, and is paid for the wait")
  func waitingPerson() throws {
    let model = try applicationModel(
      ApplicationModel(name: "core", concurrent: 1), people: 2, service: 10,
      horizon: 2_500_000)
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    #expect(record.cohorts[0].arrived == 2)
    #expect(record.cohorts[0].restrictedTime == Int128((10 + 19) * second))
    #expect(record.cohorts[0].taskTime == 29 * second)
    #expect(record.applications[0].waitingTime == Int128(9 * second))
    #expect(record.applications[0].timeInUse == Int128(1_500_000))
  }

  /// Eight-hour days; an application that one may use at a time, work of five hours, cases at 3 and 6 h.
  ///
  /// Two people: the first works from 3 h to 8 h, the close of day 1. The second has the case of 6 h in
  /// hand, waits two working hours, keeps the place overnight, has the application at 8 h and
  /// works from 24 h to 29 h: 7 h of working time.
  @Test("a person whose shift ends keeps the place, and only working time is paid")
  func waitOverNight() throws {
    var model = try applicationModel(
      ApplicationModel(name: "core", concurrent: 1), people: 2, service: 5 * 3600,
      horizon: 8 * hour)
    model.calendars = [eightHourDays(40)]
    model.demand.rate = 1 / Double(3 * hour)
    model.timeline.followUp = 10 * day
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 2)
    #expect(record.cohorts[0].restrictedTime == Int128(5 * hour + 23 * hour))
    #expect(record.cohorts[0].taskTime == 5 * hour + 7 * hour)
  }

  @Test("latency makes the work longer, by hand and by automation, for each application touched")
  func latency() throws {
    var model = try applicationModel(
      ApplicationModel(name: "core", latency: .constant(3)), people: 9, service: 10,
      horizon: 1_500_000)
    model.stack.applications.append(ApplicationModel(name: "mail", latency: .constant(4)))
    let byHand = try runReplication(of: model, seed: 1, replication: 0)
    #expect(byHand.cohorts[0].restrictedTime == Int128(13 * second))
    #expect(byHand.cohorts[0].taskTime == 13 * second)
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 1, runTime: .constant(1), touches: [TouchModel(application: 1)])
    ]
    model.stack.activities[0].automation = 0
    let byBot = try runReplication(of: model, seed: 1, replication: 0)
    #expect(byBot.cohorts[0].restrictedTime == Int128(8 * second))
  }

  struct Limit: CustomTestStringConvertible, Sendable {
    var servers: Int
    var concurrent: Int
    var rate: Double
    var byAutomation: Bool
    /// Mean wait of M/M/c with c = min(servers, concurrent), service mean 1 s.
    var wait: Double
    var testDescription: String { "\(servers) servers, \(concurrent) at once" }
  }

  /// Who waits in the team's queue and who waits with a person for the application go through in order
  /// of arrival all the same, so that the whole is M/M/c.
  ///
  /// Waits as in `QueueTheoryTests`.
  @Test(
    "a limit of concurrency makes the queue of the smaller number of servers",
    arguments: [
      Limit(servers: 10, concurrent: 2, rate: 1.8, byAutomation: false, wait: 4.263158),
      Limit(servers: 5, concurrent: 3, rate: 2, byAutomation: true, wait: 0.444444),
      Limit(servers: 3, concurrent: 7, rate: 2, byAutomation: true, wait: 0.444444),
    ])
  func concurrency(_ row: Limit) throws {
    var model = try queueModel(
      rate: row.rate, servers: row.servers, service: .exponential(mean: 1), runIn: 4_000 * second,
      horizon: Int64(200_000 / row.rate) * second)
    model.stack.applications = [ApplicationModel(name: "core", concurrent: row.concurrent)]
    model.stack.activities[0].touches = [TouchModel(application: 0)]
    if row.byAutomation {
      model.stack.automations = [
        AutomationModel(name: "bot", runners: row.servers, runTime: .exponential(mean: 1))
      ]
      model.stack.activities[0].automation = 0
    }
    model.runInStack = model.stack
    let records = try (0..<20).map {
      try runReplication(of: model, seed: 20_261_121, replication: $0)
    }
    let waits = interval999(
      records.map {
        Double($0.cohorts[0].restrictedTime) / Double($0.cohorts[0].arrived) / 1e6 - 1
      })
    #expect(waits.lower <= row.wait + 1e-6 && row.wait - 1e-6 <= waits.upper, "\(waits)")
    // Little's law of the servers at work: λ · 1 s.
    let inUse = interval999(
      records.map { Double($0.applications[0].timeInUse) / Double(model.timeline.horizon) })
    #expect(inUse.lower <= row.rate && row.rate <= inUse.upper, "\(inUse)")
  }

  /// Thirty people and two bots want random sets of three applications for one at a time each, with
  /// outages and maintenance: every case of the horizon is done.
  @Test("nobody waits in a circle", arguments: 0..<50 as Range<UInt64>)
  func noDeadlock(seed: UInt64) throws {
    var generator = SystemFreeGenerator(state: seed)
    let flow = try FlowGraph(sequence(of: ["a", "b", "c", "d"]))
    let applications = (0..<3).map { index in
      ApplicationModel(
        name: "application \(index)", concurrent: 1,
        rateLimit: index == 0 ? .init(requests: 2, period: second, burst: 2) : nil,
        maintenance: index == 1 ? WorkCalendar([(40 * second, 60 * second)]) : nil,
        outages: index == 2
          ? OutageModel(
            every: .exponential(mean: 50), repair: .exponential(mean: 5),
            inProgress: [.resume, .restart, .fail][Int(seed % 3)], repairTeam: 1) : nil)
    }
    func touches() -> [TouchModel] {
      (0..<3).filter { _ in Bool.random(using: &generator) }.map { TouchModel(application: $0) }
        .shuffled(using: &generator)
    }
    let crowd = Array(repeating: TeamModel.Person(calendar: 0, hourlyCost: 36e6), count: 30)
    let model = SimulationModel(
      timeline: Timeline(
        runInStart: 0, horizon: 100 * second, followUp: 3_000 * second, dayCloses: [],
        horizonDays: 0, sampledDays: 0, cohortLength: 100 * second),
      calendars: [.continuous], flow: flow,
      demand: Demand(
        pattern: .poisson, calendar: WorkCalendar([(0, 100 * second)]), rate: 0.3 / 1e6),
      runInStack: nil,
      stack: StackModel(
        name: "crowd",
        teams: [
          TeamModel(name: "crowd", people: crowd), TeamModel(name: "fixers", people: [crowd[0]]),
        ],
        automations: [
          AutomationModel(
            name: "bot", runners: 2, runTime: .exponential(mean: 1), retries: 2, touches: touches())
        ],
        activities: (0..<4).map { index in
          ActivityModel(
            team: 0, handlingTime: .exponential(mean: 1), automation: index % 2 == 0 ? 0 : nil,
            touches: touches())
        }, flowProbabilities: flow.flows.map { _ in 1 }, applications: applications))
    #expect(!model.hasCollidingStreams)
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    #expect(record.cohorts[0].arrived > 5)
    #expect(record.cohorts[0].completed == record.cohorts[0].arrived)
  }

  @Test(
    "applications that limit nothing change no result", arguments: 0..<20 as Range<UInt64>)
  func off(seed: UInt64) throws {
    // Units are counted from the applications on, and an application more is one more that may leak data.
    var plain = try generatedModel(seed: seed, withApplications: false, withRisk: false)
    // What is touched in common is what some conflicts are about.
    plain.stack.coordination?.conflictsNeedSharedApplication = false
    plain.runInStack?.coordination?.conflictsNeedSharedApplication = false
    var touching = plain
    let free = ApplicationModel(name: "free")
    for keyPath in [\SimulationModel.stack] {
      touching[keyPath: keyPath].applications = [free]
      for index in touching[keyPath: keyPath].activities.indices {
        touching[keyPath: keyPath].activities[index].touches = [TouchModel(application: 0)]
      }
    }
    touching.runInStack?.applications = [free]
    let before = try runReplication(of: plain, seed: seed, replication: 0)
    var after = try runReplication(of: touching, seed: seed, replication: 0)
    after.applications = before.applications
    after.outages = before.outages
    #expect(after == before)
  }

  @Test("a team that might wait for its own repair is found")
  func circularRepair() throws {
    var model = try applicationModel(
      ApplicationModel(
        name: "core",
        outages: OutageModel(every: .constant(1), repair: .constant(1), repairTeam: 1)),
      people: 1, service: 1, horizon: second)
    let fixers = TeamModel(name: "fixers", people: [.init(calendar: 0, hourlyCost: 0)])
    model.stack.teams.append(fixers)
    #expect(model.stack.circularRepair == nil)
    model.stack.applications[0].outages?.repairTeam = 0
    #expect(model.stack.circularRepair?.team == 0 && model.stack.circularRepair?.unit == "core")
    // Round two corners: the clerks repair mail, which is held by whoever waits for core, which the
    // fixers repair, who touch mail.
    model.stack.applications[0].outages?.repairTeam = 1
    model.stack.applications.append(ApplicationModel(name: "mail"))
    model.stack.activities[0].touches.append(TouchModel(application: 1))
    #expect(model.stack.circularRepair == nil)
    model.stack.activities.append(
      ActivityModel(team: 1, handlingTime: .constant(1), touches: [TouchModel(application: 1)]))
    #expect(model.stack.circularRepair?.team == 1)
  }
}

/// A small generator of random test input (SplitMix64).
struct SystemFreeGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
