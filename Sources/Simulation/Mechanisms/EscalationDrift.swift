internal import EventEngine
internal import Statistics

// Mechanism *escalation drift*: the probability that a guardrail fires rises as time goes by,
// e(t) = e0·(1 + g·t/T) (or geometrically, or in points), flat after T, at most 1. t counts from day 0 in
// the working time of a calendar or in calendar time. Brief rows 57 and 63.

extension GuardrailRow {
  /// Firing probability when `elapsed` microseconds of the drift's own clock have passed since day 0.
  func firingProbability(elapsed: Int64) -> Double {
    guard driftPeriod > 0, elapsed > 0 else { return min(1, probability) }
    let share = min(1, Double(elapsed) / Double(driftPeriod))
    let drifted =
      if driftInPoints {
        probability + driftRise * share
      } else if driftIsGeometric {
        probability * power(1 + driftRise, share)
      } else {
        probability * (1 + driftRise * share)
      }
    return min(1, max(0, drifted))
  }

  /// Firing probability at an instant.
  func firingProbability(at time: Int64, calendars: [WorkCalendar]) -> Double {
    guard driftPeriod > 0, time > 0 else { return min(1, probability) }
    guard driftCalendar >= 0 else { return firingProbability(elapsed: time) }
    return firingProbability(
      elapsed: calendars[Int(driftCalendar)].workTime(from: 0, to: time))
  }
}
