import EventEngine
import Facts
import Simulation
import Testing

@testable import Scenarios

private let hour: Int64 = 3_600_000_000
private let day = 24 * hour

/// Day 0 is Monday, 5 January 2026.
@Suite("Tables of planners") struct PlannedTableTests {
  private func text(
    arrivals: String = "rate: 10 per working day", people: String = "people: 2 people",
    hours: String = "08:00-16:00"
  ) -> String {
    """
    rehearse: 1
    title: Plans
    bpmn: one.bpmn
    clock: { start: 2026-01-05, time_zone: Europe/Berlin, horizon: 2 weeks, start_state: empty }
    calendars: { office: mon-fri \(hours) }
    demand: { arrivals: { \(arrivals) } }
    teams: { clerks: { \(people), cost: 36 EUR/h } }
    activities: { default: { team: clerks, time: 3 min } }

    """
  }

  private func model(
    _ text: String, _ table: String, as name: String = "plan.csv"
  ) throws -> SimulationModel {
    let found = estate(loanProcess(steps: 1))
    let scenario = try readScenario(
      Array(text.utf8), path: "scenario.yaml",
      files: { file in file == name ? Array(table.utf8) : try noFiles(file) }
    ) { _ in found }
    return try compile(scenario).variants[0].model
  }

  /// Cases to be expected between two instants, by pieces in which the rate does not change.
  private func cases(_ model: SimulationModel, _ from: Int64, _ to: Int64) -> Double {
    let piece = hour / 4
    return stride(from: from, to: to, by: Int64.Stride(piece)).reduce(0.0) { sum, start in
      let rate = model.demand.arrivalsPerSecond(from: start, to: start + piece)
      return sum + rate * Double(piece) / 1e6
    }
  }

  @Test("volumes by date are what is to be expected on it; other dates keep the rate")
  func volumesByDate() throws {
    let model = try model(
      text(arrivals: "rate: 10 per working day, volumes: { file: plan.csv, cases: forecast }"),
      "date;forecast\n2026-01-07;3.5\n2026-01-06;40\n2026-01-10;0\n")
    for (number, expected) in [10, 40, 3.5, 10, 10, 0, 0, 10].enumerated() {
      let found = cases(model, Int64(number) * day, Int64(number + 1) * day)
      #expect(abs(found - expected) < 1e-6, "day \(number)")
    }
  }

  @Test(
    "volumes by hour have no arrivals in hours that the date leaves out; weights shape the rest")
  func volumesByHour() throws {
    let model = try model(
      text(
        arrivals:
          "rate: 10 per working day, weights: { 08:00-08:30: 3 }, volumes: { file: plan.csv, hour: h }"
      ),
      "date,h,cases\n2026-01-06,8,12\n2026-01-06,15:00,4\n")
    func found(_ from: Double, _ to: Double) -> Double {
      cases(model, day + Int64(from * Double(hour)), day + Int64(to * Double(hour)))
    }
    #expect(abs(found(8, 9) - 12) < 1e-6)
    // The first half of the hour weighs three times the second.
    #expect(abs(found(8, 8.5) - 9) < 1e-6)
    #expect(found(9, 15) < 1e-9)
    #expect(abs(found(15, 16) - 4) < 1e-6)
  }

  @Test("staffing by date puts so many people there until the next date, the first before it too")
  func staffing() throws {
    let model = try model(
      text(people: "staffing: { file: plan.csv, date: from }"),
      "from,people\n2026-01-07,3\n2026-01-09,1\n2026-01-13,2\n")
    let team = model.stack.teams[0]
    #expect(team.people.count == 3)
    func there(_ number: Int64) -> Int {
      let noon = number * day + 12 * hour
      return team.people.count { person in
        model.calendars[person.calendar].intervals.contains { $0.open <= noon && noon < $0.close }
      }
    }
    // Monday and Tuesday as on the first date, Wednesday and Thursday 3, Friday and Monday 1, then 2.
    #expect([0, 1, 2, 3, 4, 7, 8, 9, 11].map(there) == [3, 3, 3, 3, 1, 1, 2, 2, 2])
  }

  @Test(
    "what is wrong is said with file and line",
    arguments: [
      ("date,cases\n2026-01-06,1\n06/01/2026,2\n", "has no date here", 3),
      ("date,cases\n2026-01-06,many\n", "has no number of cases here", 2),
      ("date,cases\n2026-01-06,1\n2026-01-06,2\n", "has 2026-01-06 twice", 3),
      ("date,cases\n2026-01-10,5\n", "when the calendar 'office' is closed", 2),
      ("date,volume\n2026-01-06,5\n", "has no column 'cases'", nil),
      ("date,cases\n2027-01-06,5\n", "no date of the table", nil),
    ] as [(String, String, Int?)])
  func wrongVolumes(table: String, message: String, line: Int?) throws {
    do {
      _ = try model(text(arrivals: "rate: 10 per working day, volumes: { file: plan.csv }"), table)
      Issue.record("the table was taken")
    } catch let error as ScenarioErrors {
      let problem = try #require(error.problems.first { $0.message.contains(message) }, "\(error)")
      if let line { #expect(problem.location.description.hasPrefix("plan.csv:\(line)")) }
    }
  }

  @Test("staffing beside people, and people by halves, are refused")
  func wrongStaffing() throws {
    for (people, table, message) in [
      (
        "people: 2 people, staffing: { file: plan.csv }", "date,people\n2026-01-05,1\n",
        "keep one of"
      ),
      (
        "staffing: { file: plan.csv }", "date,people\n2026-01-05,2.5\n", "no whole number of people"
      ),
      ("staffing: { file: ../plan.csv }", "", "lies outside of the scenario's folder"),
    ] {
      do {
        _ = try model(text(people: people), table)
        Issue.record("\(people) was taken")
      } catch let error as ScenarioErrors {
        #expect(error.problems.contains { $0.message.contains(message) }, "\(error.problems)")
      }
    }
  }
}
