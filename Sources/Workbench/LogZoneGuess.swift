import Calibration
import EventLogs
import Foundation

/// Well-known time zones whose clocks are changed, in the order in which they are tried.
private let changingZones = [
  "Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago",
  "America/Denver", "America/Los_Angeles", "America/Anchorage", "America/Halifax",
  "America/St_Johns", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland",
  "America/Sao_Paulo", "Asia/Jerusalem", "Asia/Tehran", "Europe/Moscow", "Europe/Istanbul",
]

/// Zones without summer time whose distance from UTC is no whole number of hours, for which there are no others.
private let zonesOfHalfHours = [
  "Asia/Calcutta", "Asia/Kabul", "Asia/Katmandu", "Asia/Rangoon", "Asia/Tehran",
  "Australia/Darwin", "Australia/Eucla", "Pacific/Marquesas", "America/Caracas",
]

/// The zone that stands at a distance from UTC all the year, named by that distance: `Etc/GMT-1` is an hour ahead, as
/// the IANA database has it; `nil` where it has none.
private func fixedZone(minutes: Int) -> String? {
  guard minutes % 60 == 0, (-12...14).contains(minutes / 60) else { return nil }
  return minutes == 0 ? "UTC" : "Etc/GMT\(minutes > 0 ? "-" : "+")\(abs(minutes) / 60)"
}

/// The clock that a log's hours are read on.
///
/// - Parameter name: IANA name that the user gave; `nil` for the zone that has the offsets of the log: UTC
///   where it has none; of one offset the zone that is named by it, since the log does not say of which place it is;
///   of several the first well-known one with just these offsets, else the one with those but 0, in which programs
///   write times without their place, else UTC.
func logClock(of log: EventLog, named name: String?) throws(WorkbenchError) -> LogClock {
  let offsets = log.source.offsets
  if let name {
    guard let zone = TimeZone(identifier: name) else {
      throw .badInput(["--time-zone: '\(name)' is no time zone; give one such as Europe/Berlin"])
    }
    return clock(zone, name)
  }
  if let known = clock(of: log, offsets) { return known }
  return clock(of: log, offsets.filter { $0 != 0 }) ?? LogClock(zone: "UTC") { _ in 0 }
}

/// The clock that has some distances from UTC, in minutes; `nil` where none is known.
private func clock(of log: EventLog, _ offsets: [Int]) -> LogClock? {
  if offsets.isEmpty || offsets == [0] { return LogClock(zone: "UTC") { _ in 0 } }
  if offsets.count == 1, let fixed = fixedZone(minutes: offsets[0]),
    let zone = TimeZone(identifier: fixed)
  {
    return clock(zone, fixed)
  }
  let quarterHour: Int64 = 900_000_000
  let instants = Set(log.events.map { $0.start / quarterHour })
  let expected = Set(offsets)
  for candidate in offsets.count == 1 ? zonesOfHalfHours : changingZones {
    guard let zone = TimeZone(identifier: candidate) else { continue }
    var seen: Set<Int> = []
    for instant in instants {
      let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) * 900)) / 60
      guard expected.contains(offset) else { break }
      seen.insert(offset)
    }
    if seen == expected { return clock(zone, candidate) }
  }
  return nil
}

private func clock(_ zone: TimeZone, _ name: String) -> LogClock {
  LogClock(zone: name) { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) }
}
