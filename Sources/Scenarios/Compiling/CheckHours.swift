internal import EventEngine
internal import Facts
internal import Simulation

extension Scenario {
  /// Refuses work of which everybody who can do it has no hour between day 0 and the end of the
  /// horizon.
  ///
  /// - Parameter calendars: the calendars that people work by, by name.
  func checkHours(
    _ calendars: [String: WorkCalendar], _ timeline: Timeline
  ) throws(ScenarioErrors) {
    var problems: [ScenarioProblem] = []
    for variant in variants {
      var checked: Set<[String]> = []
      for need in variant.stack.needs where checked.insert([need.team] + need.skills).inserted {
        guard let team = variant.stack.teams.first(where: { $0.name == need.team }) else {
          continue
        }
        let able = team.able(need).map(\.person)
        let isOpen = able.contains { person in
          guard let calendar = calendars[person.calendar] else { return true }
          let start = Int64((team.lastStart * 1e6).rounded())
          return (start > 0 ? calendar.shortened(by: start) : calendar).opening(atOrAfter: 0)
            < timeline.horizon
        }
        guard !isOpen, let first = able.first else { continue }
        let node = source.root["teams"]?[team.name]
        let who = need.skills.isEmpty ? "nobody of" : "of those who can, nobody in"
        problems.append(
          ScenarioProblem(
            key: node?.path,
            "\(who) the team '\(team.name)' can begin work between day 0 and the end of the horizon, "
              + "but in the variant '\(variant.name)' it has to do \(need.why); check its "
              + "calendar '\(first.calendar)'\(team.lastStart > 0 ? ", 'last_start'" : "") and 'clock.horizon'",
            at: node?.location ?? variant.location))
        break
      }
    }
    if !problems.isEmpty { throw ScenarioErrors(problems) }
  }
}
