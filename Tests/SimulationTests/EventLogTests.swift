import EventEngine
import Foundation
import Simulation
import SimulationTestSupport
import Testing

@Suite("Event log") struct EventLogTests {
  /// The log of a run, and whether the run without it gives the same record.
  private func log(
    _ model: SimulationModel, _ format: EventLogFormat = .csv, replication: Int?, zone: LogZone
  ) throws -> (text: String, isHarmless: Bool) {
    let written = Written()
    var observer = EventLogObserver(
      of: model, format: format, replication: replication, currency: "EUR", zone: zone
    ) {
      written.bytes += $0
    }
    let logged = try runReplication(of: model, seed: 1, replication: 0, log: &observer)
    let plain = try runReplication(of: model, seed: 1, replication: 0)
    return (String(decoding: written.bytes, as: UTF8.self), logged == plain)
  }

  /// Cases at 10, 20 and 30 min after midnight, 15 min of work each, one clerk.
  ///
  /// Local time is one hour ahead of UTC, from 00:35 on two. Instant 0 is 2026-01-05T00:00:00+01:00.
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

  /// The clerk costs 60 EUR an hour, so that 15 min of work cost 15 EUR, and 1.5 ms 25 millionths.
  @Test("XES has a trace for each case, with who did what when and at what cost")
  func traces() throws {
    var model = try CaseLimitTests().model(cases: 2, minutes: 15)
    model.stack.teams[0].name = "<clerks> & \"old\""
    let (text, isHarmless) = try log(model, .xes, replication: nil, zone: zone)
    let clerks = "&lt;clerks&gt; &amp; &quot;old&quot;"
    func trace(_ number: Int, _ enabled: String, _ started: String, _ finished: String) -> String {
      """
      <trace><string key="concept:name" value="\(number)"/><float key="cost:total" value="15.0"/>\
      <string key="cost:currency" value="EUR"/>
      <event><string key="concept:name" value="serve"/><string key="activity_id" value="serve"/>\
      <string key="lifecycle:transition" value="complete"/><string key="kind" value="task"/>\
      <int key="attempt" value="1"/><string key="org:resource" value="\(clerks)-1"/>\
      <string key="org:group" value="\(clerks)"/><date key="enabled_timestamp" value="\(enabled)"/>\
      <date key="start_timestamp" value="\(started)"/><date key="time:timestamp" value="\(finished)"/>\
      <float key="cost:total" value="15.0"/><string key="cost:currency" value="EUR"/></event>
      </trace>

      """
    }
    #expect(
      text
        == trace(
          1, "2026-01-05T00:10:00+01:00", "2026-01-05T00:10:00+01:00", "2026-01-05T00:25:00+01:00")
        + trace(
          2, "2026-01-05T00:20:00+01:00", "2026-01-05T00:25:00+01:00", "2026-01-05T01:40:00+02:00"))
    #expect(isHarmless)
    let short = try log(
      CaseLimitTests().model(cases: 1, minutes: 0.000_025), .xes, replication: 7, zone: zone)
    #expect(short.text.contains("<trace><string key=\"concept:name\" value=\"7-1\"/>"))
    #expect(short.text.contains("<float key=\"cost:total\" value=\"0.000025\"/>"))
  }

  @Test("a trace is whole where cases overlap and where the run ends with cases inside")
  func openTraces() throws {
    // Work of 25 min for cases every 10 min: the queue grows, and all come to an end.
    let model = try CaseLimitTests().model(cases: 3_000, minutes: 25, servers: 2)
    let (text, isHarmless) = try log(model, .xes, replication: nil, zone: zone)
    let traces = text.split(separator: "</trace>\n")
    #expect(traces.count == 3_000 && isHarmless)
    let names = traces.compactMap { trace in
      trace.dropFirst("<trace><string key=\"concept:name\" value=\"".count).prefix(
        while: \.isNumber)
    }
    #expect(Set(names).count == 3_000)
    #expect(traces.allSatisfy { $0.components(separatedBy: "<event>").count == 2 })
    #expect(EventLogFormat.xes.head(title: "a & b", hasSeveral: false).contains("a &amp; b"))
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
