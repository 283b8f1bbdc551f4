import Calibration
import EventLogs
import Foundation

/// Well-known time zones in the order in which they are tried.
private let knownZones = [
  // Those without summer time first, for logs of one offset.
  "UTC", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi",
  "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo",
  "Australia/Brisbane", "America/Argentina/Buenos_Aires", "America/Puerto_Rico", "America/Panama",
  "America/Costa_Rica", "America/Phoenix", "Pacific/Honolulu",
  "Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago",
  "America/Denver", "America/Los_Angeles", "Australia/Sydney", "America/Sao_Paulo",
]

/// The clock that a log's hours are read on.
///
/// - Parameter name: IANA name that the user gave; `nil` for the zone that has the offsets of the log: UTC
///   where it has none, else the first well-known zone with just these offsets, else UTC.
func logClock(of log: EventLog, named name: String?) throws(WorkbenchError) -> LogClock {
  let offsets = log.source.offsets
  if let name {
    guard let zone = TimeZone(identifier: name) else {
      throw .badInput(["--time-zone: '\(name)' is no time zone; give one such as Europe/Berlin"])
    }
    return clock(zone, name)
  }
  let instants = log.events.prefix(20_000).map { Double($0.start) / 1e6 }
  if !offsets.isEmpty, offsets != [0] {
    for candidate in knownZones {
      guard let zone = TimeZone(identifier: candidate) else { continue }
      let seen = Set(
        instants.map { zone.secondsFromGMT(for: Date(timeIntervalSince1970: $0)) / 60 })
      if seen == Set(offsets) { return clock(zone, candidate) }
    }
  }
  return LogClock(zone: "UTC") { _ in 0 }
}

private func clock(_ zone: TimeZone, _ name: String) -> LogClock {
  LogClock(zone: name) { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) }
}
