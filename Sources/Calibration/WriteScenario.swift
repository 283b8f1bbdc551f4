public import Facts
internal import ProcessModel
internal import Scenarios
internal import Statistics

/// Where cases of a scenario come from.
public enum ScenarioDemandSource: Sendable {
  /// As they arrived in the log, by what was fitted.
  case fitted
  /// From a list beside the scenario.
  case list(file: String)
}

/// When a calibrated scenario begins and how long it lasts.
public struct ScenarioPeriod: Sendable {
  /// Day 0.
  public var start: CalendarDay
  /// Days.
  public var days: Int
  /// Days that the stack works before day 0.
  public var runInDays: Int
  /// Days that a case is followed.
  public var followDays: Int

  /// Creates a period.
  public init(start: CalendarDay, days: Int, runInDays: Int, followDays: Int) {
    self.start = start
    self.days = days
    self.runInDays = runInDays
    self.followDays = followDays
  }
}

extension LogCalibration {
  /// The discovered process as a BPMN file.
  public var bpmn: String { bpmnText(of: process.process) }

  /// Cases that arrived, as local instants in microseconds since 1970, ascending.
  public var arrivalInstants: [Int64] { arrivalTimes }

  /// The scenario file.
  ///
  /// - Parameters:
  ///   - file: the log as people name it.
  ///   - bpmnFile: the BPMN file from the scenario's folder.
  ///   - isBalanced: whether branching is spread evenly over cases, so that a single run lies closer to what
  ///     is to be expected.
  public func scenario(
    title: String, file: String, bpmnFile: String, demand: ScenarioDemandSource,
    period: ScenarioPeriod, replications: Int, seed: UInt64, isBalanced: Bool = false
  ) -> String {
    var text = ScenarioText()
    let source = ScenarioText.quoted(file)
    text.comment(
      "Made by `rehearse calibrate` from \(file): \(caseCount) cases, \(eventCount) events. Every value "
        + "that is marked 'measured' comes from the log, with the number of observations behind it. What the "
        + "log cannot say: \(remarks.joined(separator: "; ")).")
    text.blank()
    text.line(0, "rehearse", "1")
    text.line(0, "title", ScenarioText.quoted(title))
    text.blank()
    let calendars = calendarNames
    text.line(0, "clock")
    text.line(1, "start", period.start.description)
    text.line(1, "time_zone", zone)
    text.line(1, "horizon", "\(max(1, period.days)) days")
    text.line(
      1, "start_state", period.runInDays > 0 ? "{ as-is: \(period.runInDays) days }" : "empty")
    text.line(1, "follow_cases_for", "\(min(7300, max(1, period.followDays))) days")
    text.line(1, "working_days", calendars.busiest)
    text.blank()
    text.line(0, "bpmn", ScenarioText.quoted(bpmnFile))
    text.line(0, "process", process.process.id)
    text.blank()
    text.line(0, "calendars")
    for (name, hours) in calendars.all {
      let lines = ScenarioText.list(hours.lines)
      let closed = hours.closed.isEmpty ? "" : ", holidays: \(holidayList(hours.closed))"
      text.line(
        1, name,
        "{ \(hours.isAlways ? "value: always" : "weekly: \(lines)\(closed)"), measured: \(source), "
          + "sample: \(eventCount) }")
    }
    text.blank()
    write(demand, &text, source, calendars)
    writeAttributes(&text, source)
    writeTeams(&text, source, calendars)
    writeActivities(&text, source)
    writePriority(&text, source)
    writeBranching(&text, source)
    text.line(0, "experiment")
    text.line(1, "replications", "\(max(2, replications))")
    text.line(1, "seed", "\(seed)")
    if isBalanced { text.line(1, "balanced_branching", "true") }
    return text.text
  }

  /// The calendars of a scenario, each once.
  struct Calendars {
    var all: [(name: String, hours: WeeklyHours)] = []
    var busiest = ""
    private var names: [WeeklyHours: String] = [:]

    mutating func add(_ hours: WeeklyHours, as name: String) {
      if names[hours] == nil {
        names[hours] = name
        all.append((name, hours))
      }
    }
    func name(of hours: WeeklyHours) -> String { names[hours] ?? busiest }
  }

  var calendarNames: Calendars {
    var found = Calendars()
    let busiest = teams.max { ($0.workCount, $1.name) < ($1.workCount, $0.name) }
    if let busiest {
      found.add(busiest.hours, as: "hours_1")
      found.busiest = "hours_1"
    }
    var number = 2
    func add(_ hours: WeeklyHours) {
      let before = found.all.count
      found.add(hours, as: "hours_\(number)")
      if found.all.count > before { number += 1 }
    }
    for team in teams {
      add(team.hours)
      for member in team.members { add(member.hours) }
    }
    found.add(arrivals.hours, as: "arrivals")
    if activities.contains(where: { $0.delay != nil && $0.delayIsCalendar }) {
      found.add(.always, as: "around_the_clock")
    }
    return found
  }

  private func write(
    _ demand: ScenarioDemandSource, _ text: inout ScenarioText, _ source: String,
    _ calendars: Calendars
  ) {
    text.line(0, "demand")
    text.line(1, "measured", source)
    text.line(1, "sample", "\(arrivals.count)")
    text.line(1, "arrivals", comment: arrivalComment)
    switch demand {
    case .list(let file):
      text.line(2, "pattern", "replay")
      text.line(2, "replay")
      text.line(3, "file", ScenarioText.quoted(file))
    case .fitted:
      text.line(2, "pattern", arrivals.pattern == "poisson" ? "poisson" : "renewal")
      for line in arrivals.lines { text.line(2, line.key, line.value) }
      text.line(2, "profile", calendars.name(of: arrivals.hours))
      if !arrivals.weights.isEmpty {
        text.line(2, "weights")
        for line in arrivals.weights { text.line(3, line.key, line.value) }
      }
    }
    text.blank()
  }

  // MARK: People and work

  private func writeTeams(
    _ text: inout ScenarioText, _ source: String, _ calendars: Calendars
  ) {
    text.line(0, "teams")
    for (index, team) in teams.enumerated() {
      text.line(1, team.name)
      text.line(2, "measured", source)
      text.line(2, "sample", "\(team.workCount)")
      text.line(2, "calendar", calendars.name(of: team.hours), comment: hoursComment(team.fit))
      text.line(2, "cost", "0 XXX/h")
      if team.isUnnamed {
        text.line(2, "people", "1000", comment: "as many as it takes: the log does not name them")
        writeWaiting(&text, team, index, source, calendars)
        continue
      }
      if team.limit > 1 {
        text.line(2, "multitasking", "{ limit: \(team.limit) items, slowdown: 0 % }")
      }
      text.line(2, "members")
      for member in team.members {
        var parts = ["calendar: \(calendars.name(of: member.hours))"]
        if let does = member.does, !does.isEmpty {
          parts.append("skills: [\(does.map { "skill_\($0 + 1)" }.joined(separator: ", "))]")
        }
        text.line(3, member.name, "{ \(parts.joined(separator: ", ")) }")
      }
      writeWaiting(&text, team, index, source, calendars)
    }
    text.blank()
  }

  /// The people that waiting which nothing explains is spent with: nobody, as many as it takes.
  private func writeWaiting(
    _ text: inout ScenarioText, _ team: TeamFit, _ index: Int, _ source: String,
    _ calendars: Calendars
  ) {
    for byCalendar in [false, true] {
      let delayed = Set(process.waits.map(\.activity) + process.waitsAfter.map(\.activity))
      let waits = delayed.sorted().map { activities[$0] }.filter {
        $0.team == index && $0.delayIsCalendar == byCalendar
      }
      let collects = grouped(process.collections).contains {
        activities[$0.activity].team == index && !byCalendar
      }
      guard collects || !waits.isEmpty else { continue }
      text.line(
        1, waitingTeam(team, byCalendar: byCalendar),
        comment: "nobody: waiting that neither hours nor work explain")
      text.line(2, "measured", source)
      let sample = waits.reduce(0) { $0 + ($1.delay?.count ?? 0) }
      text.line(2, "sample", "\(max(1, sample))")
      text.line(2, "calendar", calendars.name(of: byCalendar ? .always : team.hours))
      text.line(2, "cost", "0 XXX/h")
      text.line(2, "people", "10000")
    }
  }

  /// Name of the team that stands for waiting outside of another, in its hours or by the calendar.
  func waitingTeam(_ team: TeamFit, byCalendar: Bool) -> String {
    byCalendar
      ? "waiting by the calendar outside of \(team.name)" : "waiting outside of \(team.name)"
  }

  /// Names of all teams that stand for waiting.
  public var waitingTeams: [String] {
    teams.flatMap { team in [false, true].map { waitingTeam(team, byCalendar: $0) } }
  }

  private func writeActivities(_ text: inout ScenarioText, _ source: String) {
    text.line(0, "activities")
    for (ids, index) in grouped(process.tasks) {
      let activity = activities[index]
      let team = teams[activity.team]
      text.line(1, ids, comment: activity.name)
      text.line(2, "team", ScenarioText.name(team.name))
      if team.special.contains(index) { text.line(2, "skills", "skill_\(index + 1)") }
      text.line(2, "time", measured(activity.time, source), comment: goodness(activity.time))
      if !activity.byPerson.isEmpty {
        text.line(2, "times")
        for (person, time) in activity.byPerson {
          text.line(3, person, measured(time, source), comment: goodness(time))
        }
      }
      if let batch = activity.batch, !batch.isSequential { write(batch, &text, source) }
      if !activity.sets.isEmpty {
        text.line(2, "sets")
        for set in activity.sets {
          text.line(3, attributes[set.attribute].name, set.draw, comment: "n = \(set.count)")
        }
      }
    }
    for (ids, index) in grouped(process.collections) {
      let activity = activities[index]
      guard let batch = activity.batch else { continue }
      text.line(1, ids, comment: "collecting for \(activity.name), done one after the other then")
      text.line(
        2, "team", ScenarioText.name(waitingTeam(teams[activity.team], byCalendar: false)))
      text.line(2, "time", "{ value: 0 s, measured: \(source), sample: \(batch.count) }")
      write(batch, &text, source)
    }
    for (ids, index) in grouped(process.waits) {
      let activity = activities[index]
      guard let delay = activity.delay else { continue }
      text.line(1, ids, comment: "waiting before \(activity.name)")
      text.line(
        2, "team",
        ScenarioText.name(
          waitingTeam(teams[activity.team], byCalendar: activity.delayIsCalendar)))
      text.line(2, "time", measured(delay, source), comment: goodness(delay))
    }
    for index in activities.indices {
      for (group, delay) in activities[index].delaysAfter.enumerated() {
        writeWaiting(&text, index, group, delay, source)
      }
    }
    text.blank()
  }

  /// The waiting before an activity after certain others.
  private func writeWaiting(
    _ text: inout ScenarioText, _ index: Int, _ group: Int, _ delay: DelayAfter, _ source: String
  ) {
    let activity = activities[index]
    let waits = process.waitsAfter.filter { $0.activity == index && $0.group == group }
    let after = delay.after.isEmpty ? "anything else" : delay.after.joined(separator: ", ")
    for (ids, _) in grouped(waits.map { ($0.id, index) }) {
      text.line(1, ids, comment: "waiting before \(activity.name) after \(after)")
      text.line(
        2, "team",
        ScenarioText.name(
          waitingTeam(teams[activity.team], byCalendar: activity.delayIsCalendar)))
      text.line(2, "time", measured(delay.time, source), comment: goodness(delay.time))
    }
  }

  /// The elements of each activity as a scenario names them, those of several as a range, in the order of the
  /// first of each.
  private func grouped(
    _ elements: [(id: String, activity: Int)]
  ) -> [(ids: String, activity: Int)] {
    var order: [Int] = []
    var ends: [Int: (first: String, last: String)] = [:]
    for (id, activity) in elements {
      if let known = ends[activity] {
        ends[activity] = (known.first, id)
      } else {
        order.append(activity)
        ends[activity] = (id, id)
      }
    }
    return order.map { activity in
      let (first, last) = ends[activity] ?? ("", "")
      return (first == last ? first : "\(first)..\(last)", activity)
    }
  }

  private func measured(_ fit: TimeFit, _ source: String) -> String {
    "{ value: \(fit.text), measured: \(source), sample: \(fit.count) }"
  }

  /// The interval of the mean, and how well the distribution fits.
  private func goodness(_ fit: TimeFit) -> String? {
    var parts: [String] = []
    if fit.family != "constant", let interval = fit.interval {
      parts.append(
        "mean \(shortTime(interval.estimate)), 95 % \(shortTime(max(0, interval.lower))) to "
          + shortTime(interval.upper))
    }
    if let family = fit.bestFamily, let p = fit.pValue, let distance = fit.distance {
      let p4 = plainNumber((p * 1e4).rounded() / 1e4)
      let d4 = plainNumber((distance * 1e4).rounded() / 1e4)
      parts.append(
        fit.family == family
          ? "\(family): KS \(d4), p \(p4)" : "best \(family) is refused: KS \(d4), p \(p4)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Seconds to four digits, as minutes.
  private func shortTime(_ seconds: Double) -> String {
    let minutes = seconds / 60
    let unit = minutes < 10 ? 1000.0 : minutes < 100 ? 100 : 10
    return "\(plainNumber((minutes * unit).rounded() / unit)) min"
  }
}
