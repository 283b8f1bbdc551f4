import Calibration
public import EventLogs
import Facts
import Reporting

/// How a log was read, as text.
public func previewText(_ log: EventLogs.EventLog) -> String {
  let source = log.source
  var lines = [
    "\(source.path): \(source.format), \(plural(log.cases.count, "case")), "
      + "\(plural(log.events.count, "event")), "
      + "\(plural(log.activities.count, "activity", "activities")), "
      + plural(log.resources.count, "resource"),
    "times: \(source.timeFormat)"
      + (source.hasStartTimes ? ", with start times" : ", without start times"),
    "", "Read as",
  ]
  for use in source.mapping {
    lines.append("  \(use.part.rawValue): \(use.column)\(use.isGiven ? " (given)" : "")")
  }
  if !source.unused.isEmpty { lines.append("  not used: \(source.unused.joined(separator: ", "))") }
  if !log.problems.isEmpty { lines += ["", "Odd"] }
  for problem in log.problems {
    let place = problem.location?.line.map { " (first in line \($0))" } ?? ""
    lines.append("  \(problem.kind.rawValue): \(problem.text)\(place)")
  }
  return lines.joined(separator: "\n")
}

/// A length of time in the unit in which people would say it, to a tenth; at most in hours, since a day of work is no
/// 24 hours.
func lengthText(_ seconds: Double) -> String {
  // Milliseconds are below the units of ordinary work.
  if seconds > 0, seconds < 0.95 { return "\((seconds * 10_000).rounded() / 10) ms" }
  let natural = NaturalUnit(forHours: seconds / 3600)
  let unit = natural == .day || natural == .week ? .hour : natural
  return "\((seconds / 3600 / unit.hours * 10).rounded() / 10) \(unit.symbol)"
}

/// What calibrating a log gave, as text.
public func calibrationText(_ done: CalibratedScenario) -> String {
  let calibration = done.calibration
  func two(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
  var lines = [
    "\(calibration.caseCount) cases, \(calibration.eventCount) events; hours in \(calibration.zone)",
    "",
    "Arrivals: \(calibration.arrivals.pattern), \(two(calibration.arrivals.perWeek)) a week, in "
      + calibration.arrivals.hours.lines.joined(separator: ", "),
    "Flow: \(plural(calibration.flow.blocks, "block")), "
      + "\(plural(calibration.flow.states, "state")), looks back "
      + plural(calibration.flow.memory, "block"), "", "Activities (working time)",
  ]
  for activity in calibration.activities {
    let time = activity.time
    let name = activity.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var line = "  \(name): mean \(lengthText(time.mean)), \(time.family), n = \(time.count)"
    if let distance = time.distance, let family = time.bestFamily, let p = time.pValue {
      line += "; best \(family): KS \(two(distance)), p \(two(p))"
    }
    if !activity.byPerson.isEmpty { line += "; people differ" }
    if let delay = activity.delay {
      line += "; waits \(lengthText(delay.mean)) that nothing explains"
    }
    lines.append(line)
  }
  lines += ["", "Teams"]
  for team in calibration.teams {
    let own = team.members.count { $0.hours != team.hours }
    lines.append(
      "  \(team.name): \(plural(team.members.count, "person", "people")), "
        + team.hours.lines.joined(separator: ", ")
        + (own > 0 ? ", \(own) with hours of their own" : "")
        + (team.limit > 1 ? ", \(team.limit) things at a time" : ""))
  }
  lines += ["", "Cannot be identified"] + calibration.remarks.map { "  \($0)" }
  if let evaluation = done.evaluation {
    lines += ["", "Distances to the test log, mean of \(evaluation.runs.count) runs"]
    let fitted = LogDistances.means(evaluation.runsWithFittedArrivals)
    for (index, mean) in LogDistances.means(evaluation.runs).enumerated() {
      let other =
        fitted.indices.contains(index) ? "; with fitted arrivals \(two(fitted[index].value))" : ""
      lines.append("  \(mean.name): \((mean.value * 1000).rounded() / 1000)\(other)")
    }
    if let remark = evaluation.end.remark(runs: evaluation.runs.count) {
      lines.append("  \(remark)")
    }
  }
  lines += ["", "\(done.scenario) is written; next: rehearse simulate \(done.scenario)"]
  return lines.joined(separator: "\n")
}
