import EventEngine
import Simulation
import SimulationTestSupport
import Testing

@Suite("Event log") struct EventLogTests {
  /// The log of a run, and whether the run without it gives the same record.
  private func log(
    _ model: SimulationModel, replication: Int?, zone: LogZone
  ) throws -> (text: String, isHarmless: Bool) {
    let written = Written()
    var observer = EventLogObserver(of: model, replication: replication, zone: zone) {
      written.bytes += $0
    }
    let logged = try runReplication(of: model, seed: 1, replication: 0, log: &observer)
    let plain = try runReplication(of: model, seed: 1, replication: 0)
    return (String(decoding: written.bytes, as: UTF8.self), logged == plain)
  }

  /// Cases at 10, 20 and 30 min after midnight, 15 min of work each, one clerk. Local time is one hour
  /// ahead of UTC, from 00:35 on two. Instant 0 is 2026-01-05T00:00:00+01:00.
  private let zone = LogZone(origin: 1_767_567_600) { seconds in
    let change: Int64 = 1_767_567_600 + 35 * 60
    return seconds < change ? (3600, .min, change) : (7200, change, .max)
  }

  @Test("has a row for each piece of work, with local times and their offset")
  func rows() throws {
    let model = try CaseLimitTests().model(cases: 3, minutes: 15)
    let (text, isHarmless) = try log(model, replication: nil, zone: zone)
    #expect(
      text == """
        1,serve,serve,task,1,servers-1,servers,2026-01-05T00:10:00+01:00,\
        2026-01-05T00:10:00+01:00,2026-01-05T00:25:00+01:00
        2,serve,serve,task,1,servers-1,servers,2026-01-05T00:20:00+01:00,\
        2026-01-05T00:25:00+01:00,2026-01-05T01:40:00+02:00
        3,serve,serve,task,1,servers-1,servers,2026-01-05T00:30:00+01:00,\
        2026-01-05T01:40:00+02:00,2026-01-05T01:55:00+02:00

        """)
    #expect(isHarmless)
  }

  @Test("says which replication a row is of, quotes names, and trims fractions of seconds")
  func details() throws {
    var model = try CaseLimitTests().model(cases: 1, minutes: 0.000_025)
    model.stack.teams[0].name = "clerks, \"old\""
    model.stack.teams[0].people[0].name = "Ada"
    let (text, _) = try log(model, replication: 12, zone: zone)
    // 0.000025 min are 1.5 ms.
    #expect(
      text == """
        12,12-1,serve,serve,task,1,Ada,"clerks, ""old""\",2026-01-05T00:10:00+01:00,\
        2026-01-05T00:10:00+01:00,2026-01-05T00:10:00.0015+01:00

        """)
  }

  /// Instant 0 is 1969-12-31T18:30:00-05:30; the case arrives ten minutes later.
  @Test("dates before 1970 and west of Greenwich are right")
  func oldDates() throws {
    let model = try CaseLimitTests().model(cases: 1, minutes: 15)
    let west = LogZone(origin: 0) { _ in (-19_800, .min, .max) }
    let (text, _) = try log(model, replication: nil, zone: west)
    #expect(text.contains("1969-12-31T18:40:00-05:30,1969-12-31T18:40:00-05:30,"))
    #expect(text.hasSuffix("1969-12-31T18:55:00-05:30\n"))
  }

  @Test("a long log comes whole, in several pieces")
  func long() throws {
    let model = try CaseLimitTests().model(cases: 5_000, minutes: 15)
    let (text, isHarmless) = try log(model, replication: nil, zone: zone)
    let rows = text.split(separator: "\n")
    #expect(rows.count == 5_000)
    #expect(rows.enumerated().allSatisfy { $0.element.hasPrefix("\($0.offset + 1),serve,") })
    #expect(isHarmless)
  }
}

/// Bytes of a log, from one thread.
private final class Written {
  var bytes: [UInt8] = []
}
