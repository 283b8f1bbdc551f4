internal import Foundation

/// Converts local dates and times of a scenario into microseconds from its start.
struct LocalTime {
  private let zone: TimeZone
  /// Seconds since 1970 of instant 0, the local midnight of the start date.
  let origin: Int

  /// `nil` where the system does not know the time zone.
  init?(start: CivilDate, timeZone: String) {
    guard let zone = TimeZone(identifier: timeZone) else { return nil }
    self.zone = zone
    origin = Self.secondsSince1970(start, minute: 0, in: zone)
  }

  /// The instant of a local time, given in minutes after the midnight of a date; 1440 and more lie on
  /// later dates.
  ///
  /// A time that daylight saving skips counts as if the clock had not yet been moved; of a time that
  /// comes twice, the first is meant.
  func instant(_ date: CivilDate, minute: Int) -> Int64 {
    let shifted = date.advanced(by: minute / 1440)
    return Int64(Self.secondsSince1970(shifted, minute: minute % 1440, in: zone) - origin)
      * 1_000_000
  }

  /// The instant of a number of seconds since 1970 UTC.
  func instant(secondsSince1970 seconds: Int) -> Int64 { Int64(seconds - origin) * 1_000_000 }

  /// The instant of a time of a list; see `instant(_:minute:)` for local ones.
  func instant(_ time: ListedTime) -> Int64 {
    let seconds =
      time.isLocal ? Self.secondsSince1970(wallClock: time.seconds, in: zone) : time.seconds
    return instant(secondsSince1970: seconds) + Int64(time.microseconds)
  }

  private static func secondsSince1970(_ date: CivilDate, minute: Int, in zone: TimeZone) -> Int {
    secondsSince1970(wallClock: date.dayNumber * 86_400 + minute * 60, in: zone)
  }

  /// Seconds since 1970 UTC of a local time, given as the same clock's seconds since its 1970.
  static func secondsSince1970(wallClock local: Int, in zone: TimeZone) -> Int {
    func offset(_ seconds: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
    let before = local - offset(local - 86_400)
    if offset(before) == local - before { return before }
    let after = local - offset(local + 86_400)
    return offset(after) == local - after ? after : before
  }
}
