public import Calibration
import Importing

/// What records say of automations, as text.
public func automationCalibrationText(
  _ calibration: AutomationCalibration, scenario: String?
) -> String {
  var lines = ["Read; every figure below is measured"]
  for source in calibration.sources {
    let left = source.leftOut > 0 ? ", \(source.leftOut) left out" : ""
    lines.append("  \(source.path): \(source.title), \(source.count)\(left)")
    for column in source.columns {
      lines.append(
        "    \(column.part.rawValue): \(column.column)\(column.isGiven ? " (given)" : "")")
    }
    if !source.unused.isEmpty {
      lines.append("    not used: \(source.unused.joined(separator: ", "))")
    }
  }
  if !calibration.automations.isEmpty { lines += ["", "Automations"] }
  for fit in calibration.automations {
    lines.append("  \(fit.name)\(fit.caseType.map { ", \($0)" } ?? ""): \(fit.attempts) attempts")
    add("an attempt fails", fit.failure, &lines)
    add("work is tried again", fit.retry, &lines)
    add("work is given up", fit.givenUp, &lines)
    if let time = fit.time { lines.append("    time: \(timeText(time))") }
  }
  if !calibration.uses.isEmpty { lines += ["", "Uses that work"] }
  for use in calibration.uses {
    let what = use.kind == .application ? "with" : "on"
    add("\(use.automation) \(what) \(use.partner)", use.works, &lines)
  }
  if !calibration.reviews.isEmpty { lines += ["", "Reviews"] }
  for fit in calibration.reviews {
    let name = [fit.automation, fit.caseType].compactMap(\.self).joined(separator: ", ")
    lines.append("  \(name.isEmpty ? "all" : name): \(fit.tickets) tickets")
    add("approved as it was", fit.approved, &lines)
    add("approved after changes", fit.modified, &lines)
    add("rejected", fit.rejected, &lines)
    add("work leads to a ticket", fit.escalation, &lines)
    if let time = fit.time { lines.append("    time: \(timeText(time))") }
  }
  if !calibration.remarks.isEmpty {
    lines += ["", "Cannot be identified"] + calibration.remarks.map { "  \($0)" }
  }
  if let scenario {
    lines += ["", "\(scenario) is written; merge its keys into a scenario"]
  }
  return lines.joined(separator: "\n")
}

private func add(_ what: String, _ posterior: BetaPosterior?, _ lines: inout [String]) {
  if let posterior { lines.append("    \(what): \(posteriorText(posterior))") }
}

private func timeText(_ time: TimeFit) -> String {
  "mean \(lengthText(time.mean)), \(time.family), n = \(time.count)"
}
