import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Expected work of unlike people") struct ExpectedStaffTests {
  private let team = TeamModel(
    name: "desk",
    people: [
      .init(name: "ann", calendar: 0, hourlyCost: 60e6, speed: 1.5, skills: [0]),
      .init(name: "bea", calendar: 1, hourlyCost: 30e6, speed: 0.5, skills: [0, 1]),
      .init(name: "cem", calendar: 1, hourlyCost: 20e6, speed: 1, skills: []),
    ])

  /// Ann works two days of 8 h at 1.5: 24 h of content.
  ///
  /// Bea and Cem work one: 4 h and 8 h.
  @Test("scheduled content is hours times speed")
  func content() {
    let calendars = [eightHourDays(2), eightHourDays(1)]
    #expect(team.scheduledContent(from: 0, to: 2 * day, calendars: calendars) == 36 * hour)
    #expect(team.scheduledContent(from: day, to: 2 * day, calendars: calendars) == 12 * hour)
  }

  /// Ann works two hours for each of Bea's and Cem's.
  ///
  /// In two hours of Ann's (3 h of content at 120) Bea does half an hour of content at 30 and Cem one at
  /// 20: 4.5 h of content in 4 h for 170. Without Cem 3.5 h in 3 h for 150; Bea alone half an hour in one
  /// for 30.
  @Test("an hour of content takes and costs what those who can do it take by their hours")
  func effort() {
    func effort(_ skills: Set<Int>, _ hours: [Double] = [2, 1]) -> [Double] {
      let effort = team.effort(ofSkills: skills) { hours[$0] }
      return [effort.hours, effort.cost / 1e6]
    }
    func expect(_ found: [Double], _ hours: Double, _ cost: Double) {
      #expect(abs(found[0] - hours) < 1e-12 && abs(found[1] - cost) < 1e-9, "\(found)")
    }
    expect(effort([]), 4 / 4.5, 170 / 4.5)
    expect(effort([0]), 3 / 3.5, 150 / 3.5)
    expect(effort([0, 1]), 2, 60)
    expect(effort([2]), 1, 0)
    // Where nobody has hours, people count alike: 2 h of content in 2 h for 90.
    expect(effort([0], [0, 0]), 1, 45)
  }

  /// Of those with the skill, Ann takes 120 s of her own and Bea the 60 s of all: 90 s on average.
  ///
  @Test("own times are averaged over those who have the skills; a batch shares its set-up")
  func ownTimes() throws {
    var model = try queueModel(
      rate: 0.01, servers: 1, service: .constant(60), runIn: 0, horizon: day)
    model.stack.teams = [team]
    model.calendars = [.continuous, .continuous]
    func expected() -> Double {
      ExpectedLoad(
        model: model, stack: model.stack,
        expectation: FlowExpectation(
          flow: model.flow, probabilities: model.stack.flowProbabilities), at: 0
      ).teamSeconds[0]
    }
    #expect(expected() == 60)
    model.stack.activities[0].queueing.timesByPerson = [0: .constant(120)]
    #expect(abs(expected() - 80) < 1e-9)
    model.stack.activities[0].queueing.skills = [0]
    #expect(abs(expected() - 90) < 1e-9)
    model.stack.activities[0].queueing.timesByPerson = [:]
    model.stack.activities[0].batch = BatchModel(
      size: 4, wait: nil, setup: .constant(100), each: .constant(30))
    #expect(abs(expected() - 55) < 1e-9)
    // Ann takes 120 s for each item, Bea 30 s, and both a quarter of the set-up: 75 + 25 s.
    model.stack.activities[0].queueing.timesByPerson = [0: .constant(120)]
    #expect(abs(expected() - 100) < 1e-9)
  }

  /// The arithmetic and the simulation are two ways to one number.
  ///
  /// Cases of 60 s come every second: from
  /// the first on, after one second, Ann is always busy, and Bea from the second on. So 10 h of theirs
  /// bring 15 h − 1.5 s and 5 h − 1 s of content.
  @Test("people of unlike speed do the content that is expected of them")
  func throughput() throws {
    var model = try queueModel(
      rate: 1, servers: 1, service: .constant(60), runIn: 0, horizon: 10 * hour,
      pattern: .regular)
    model.stack.teams[0].people = [
      .init(calendar: 0, hourlyCost: 1, speed: 1.5), .init(calendar: 0, hourlyCost: 1, speed: 0.5),
    ]
    model.timeline = Timeline(
      runInStart: 0, horizon: 10 * hour, followUp: hour, dayCloses: [10 * hour], horizonDays: 1,
      sampledDays: 1, cohortLength: 10 * hour)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let expected = model.stack.teams[0].scheduledContent(
      from: 0, to: 10 * hour, calendars: model.calendars)
    #expect(expected == 20 * hour)
    #expect(abs(record.teams[0].workDone[0] - (20 * hour - 5 * second / 2)) <= 10)
  }
}
