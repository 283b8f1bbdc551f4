internal import EventEngine

// Mechanism *rpa*, schedules: runners that begin runs in the hours of a calendar only. A run that has begun
// is finished; what comes outside the hours waits for them.

extension Replication {
  /// The calendar of an automation's hours under the stack at work; −1 for around the clock.
  @inline(__always)
  private func runnerCalendar(_ automation: Int) -> Int32 {
    runnerHours[Int(stack) * automationCount + automation]
  }

  /// Start of the run and day 0: what the stack at work says of hours takes effect.
  mutating func applyRunnerHours() {
    for automation in 0..<automationCount where runnerCalendar(automation) >= 0 {
      setRunners(automation)
    }
  }

  /// The hours of a calendar begin or end.
  mutating func followRunnerHours(of calendar: Int) {
    for automation in 0..<automationCount where runnerCalendar(automation) == Int32(calendar) {
      setRunners(automation)
      serveMachines(station: teamCount + automation)
    }
  }

  private mutating func setRunners(_ automation: Int) {
    let unit = applicationCount + automation
    // What is down finds its runners when it comes up.
    if units[unit].isDown { return }
    stations[teamCount + automation].capacity = capacity(ofUnit: unit)
  }

  /// Servers that an automation or the layer has when it is up.
  func capacity(ofUnit unit: Int) -> Int32 {
    let automation = unit - applicationCount
    guard runnerHours.count > 0, automation < automationCount, runnerCalendar(automation) >= 0
    else { return units[unit].capacity }
    return staff.calendarIsOpen[Int(runnerCalendar(automation))]
      ? automationTable[Int(stack) * automationCount + automation].runners : 0
  }
}
