import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Absence") struct AbsenceTests {
  /// Three people at 36 EUR an hour, a cent a second, for 60 days, with hardly anything to do.
  func idle(
    _ absence: AbsenceModel?, calendar: WorkCalendar = eightHourDays(60)
  ) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1e-7, servers: 3, service: .constant(1), runIn: 0, horizon: 60 * day)
    model.calendars = [calendar]
    for person in 0..<3 { model.stack.teams[0].people[person].hourlyCost = 36e6 }
    model.stack.teams[0].absence = absence
    model.timeline.dayCloses = (0..<60).map { Int64($0) * day + 8 * hour }
    (model.timeline.horizonDays, model.timeline.sampledDays) = (60, 60)
    return model
  }

  let quarter = AbsenceModel(share: 0.25, lasts: .exponential(mean: 6 * 3_600))

  func hoursAway(_ record: ReplicationRecord) -> Double {
    Double(record.ledger[MechanismEvent.absence.rawValue].time) / Double(hour)
  }

  /// Of 3 · 60 · 8 h; of 3 · 40 · 8 h where twenty days in the middle are holidays.
  @Test("takes its share of what people are scheduled, and nothing of holidays")
  func share() throws {
    let always = try interval(idle(quarter), hoursAway)
    #expect(always.contains(0.25 * 3 * 60 * 8), "\(always)")
    let holidays = WorkCalendar(
      (0..<60).filter { !(20..<40).contains($0) }.map {
        (Int64($0) * day, Int64($0) * day + 8 * hour)
      })
    let fewer = try interval(idle(quarter, calendar: holidays), hoursAway)
    #expect(fewer.contains(0.25 * 3 * 40 * 8), "\(fewer)")
  }

  @Test("is paid as far as that is said, and taken from what was scheduled")
  func books() throws {
    for paid in [1, 0.4, 0] {
      var absence = quarter
      absence.paid = paid
      let record = try observedRun(idle(absence))
      let away = record.ledger[MechanismEvent.absence.rawValue]
      let cost = record.costBesideCases[CostComponent.staffing.rawValue]
      #expect(cost == away.cost)
      // Each booking is rounded.
      #expect(abs(Double(cost) - Double(away.time) * 0.01 * paid) < 1_000)
      let last = try #require(record.teams[0].extraScheduled.last)
      #expect(-last == away.time && away.time > 0)
    }
  }

  /// One person who is there for exponential times with rate ξ and away with rate η: the queue M/M/1 with
  /// breakdowns.
  ///
  /// With A = η/(ξ + η), by the generating functions of the balance equations, the mean number is
  /// L = A (λ/A + ξ λ²/η²)/(A μ − λ) + ξ λ A/η². Here λ = .5, μ = 1, η = 1/20, ξ = 1/80: A = .8, L = 7.
  @Test("one person who is away now and then is a server with breakdowns")
  func theory() throws {
    var model = try queueModel(
      rate: 0.5, servers: 1, service: .exponential(mean: 1), runIn: 2_000 * second,
      horizon: 100_000 * second)
    model.stack.teams[0].absence = AbsenceModel(share: 0.2, lasts: .exponential(mean: 20))
    model.runInStack = model.stack
    let times = try (0..<24).map { replication in
      let cohort = try runReplication(of: model, seed: 53, replication: replication).cohorts[0]
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
    #expect(interval999(times).contains(7 / 0.5), "\(interval999(times))")
  }

  @Test("what somebody has in hand goes back into the queue, for whoever is there")
  func handsOver() throws {
    // Two people, of whom always one is away at times; work of 30 h each that nobody finishes in one spell.
    var model = try queueModel(
      rate: 1.0 / 200_000, servers: 2, service: .constant(20_000), runIn: 0,
      horizon: 4_000_000 * second)
    let alone = try observedRun(model)
    model.stack.teams[0].absence = AbsenceModel(share: 0.3, lasts: .exponential(mean: 4_000))
    let record = try observedRun(model)
    let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == arrived)
    // Nobody does anything twice.
    #expect(record.humanSeconds == alone.humanSeconds)
    #expect(record.cohorts[0].restrictedTime > alone.cohorts[0].restrictedTime)
  }

  @Test("turned up, cases wait longer; of people nobody waits for, it changes nothing")
  func sign() throws {
    var model = try queueModel(
      rate: 0.5, servers: 2, service: .exponential(mean: 2), runIn: 0, horizon: 20_000 * second)
    let waits = try [0, 0.1, 0.3].map { share in
      model.stack.teams[0].absence = AbsenceModel(share: share, lasts: .exponential(mean: 50))
      return try observedRun(model).cohorts[0].restrictedTime
    }
    #expect(waits[0] < waits[1] && waits[1] < waits[2])
    model.stack.teams[0].absence = nil
    model.stack.teams.append(TeamModel(name: "others", people: model.stack.teams[0].people))
    let before = try observedRun(model)
    model.stack.teams[1].absence = AbsenceModel(share: 0.9, lasts: .constant(50))
    #expect(try observedRun(model).cohorts[0].restrictedTime == before.cohorts[0].restrictedTime)
  }

  @Test("a share of nothing changes no draw and no result", arguments: 0..<40 as Range<UInt64>)
  func off(seed: UInt64) throws {
    var model = try generatedModel(seed: seed, withAbsence: false)
    func result() throws -> (ReplicationRecord, Set<DrawLog.Key>) {
      var observer = DrawObserver()
      let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
      return (record, Set(observer.log.keys))
    }
    let (plain, draws) = try result()
    for team in model.stack.teams.indices {
      let never = AbsenceModel(share: 0, lasts: .constant(3_600))
      model.stack.teams[team].absence = never
      model.runInStack?.teams[team].absence = never
    }
    let (absent, more) = try result()
    #expect(absent == plain && draws == more)
  }

  /// Draws of others stay where they are; only their own come in addition.
  @Test("absences draw from streams of their own", arguments: 0..<10 as Range<UInt64>)
  func ownDraws(seed: UInt64) throws {
    let model = try idle(quarter)
    let names = AbsenceStreams(team: "servers").all
    #expect(Set(names).count == 3 && !model.hasCollidingStreams)
    let record = try runReplication(of: model, seed: seed, replication: 0)
    #expect(record.count(.absence) > 0)
  }
}
