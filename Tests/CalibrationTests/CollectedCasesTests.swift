import EventLogs
import Statistics
import Testing

@testable import Calibration

@Suite("Cases that are collected, who goes first at the start, and names as they stand")
struct CollectedCasesTests {
  /// Monday 2026-01-05, 00:00 UTC.
  private static let monday = 1_767_571_200

  private func calibrated(_ columns: String, _ rows: [String]) throws -> LogCalibration {
    let text = columns + "\n" + rows.joined(separator: "\n") + "\n"
    return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
  }

  /// A case every 10 min from 08:00, forty a day; Bob does four of them one after the other when the fourth has
  /// come: 4 · 6 min of 40.
  private func rows(collects: Bool, days: Int = 5) -> [String] {
    (0..<(days * 40)).flatMap { index -> [String] in
      let arrival = Self.monday + index / 40 * 86_400 + 28_800 + index % 40 * 600
      let ready = arrival + (collects ? (3 - index % 4) * 600 : 0) + 60
      let start = ready + (collects ? index % 4 * 360 : 0)
      return [
        "\(index),Check,Ann,\(arrival),\(arrival + 60)",
        "\(index),Pack,Bob,\(start),\(start + 360)",
      ]
    }
  }

  @Test("cases that wait for each other and are done one after the other are collected")
  func collections() throws {
    let found = try calibrated("case,activity,resource,start,end", rows(collects: true))
    let pack = try #require(found.activities.first { $0.name == "Pack" })
    let batch = try #require(pack.batch)
    #expect(batch.isSequential && batch.size == 4 && batch.count == 50 && batch.wait == nil)
    // The first of a day cannot be told from Bob's beginning his day.
    #expect(batch.share.estimate >= 0.85 && batch.explained.estimate == 1)
    #expect(batch.pValue < 1e-6)
    #expect(pack.time.mean == 360 && pack.delay == nil)
    let text = found.scenarioText()
    #expect(text.contains("size: 4 cases"))
    _ = try found.readBack()
  }

  /// Twelve at once, then 50 min of nothing: a row of six minutes each, of which none waits for another.
  @Test("people who work off a queue collect nothing, nor do those who are idle")
  func noCollections() throws {
    let idle = try calibrated("case,activity,resource,start,end", rows(collects: false))
    #expect(idle.activities.allSatisfy { $0.batch == nil })
    var queue: [String] = []
    for index in 0..<240 {
      let arrival = Self.monday + index / 48 * 86_400 + 28_800 + index % 48 / 12 * 7200 + index % 12
      let start =
        Self.monday + index / 48 * 86_400 + 28_800 + index % 48 / 12 * 7200
        + 60 + index % 12 * 360
      queue.append("\(index),Check,,\(arrival),\(arrival)")
      queue.append("\(index),Pack,Bob,\(start),\(start + 360)")
    }
    let busy = try calibrated("case,activity,resource,start,end", queue)
    #expect(busy.activities.allSatisfy { $0.batch == nil })
  }

  /// Cases come in twelves at distances of a minute and are served in 10 min each, those that are gold first.
  @Test("a column that says since when work could begin shows who waits for the first activity")
  func firstActivity() throws {
    var rows: [String] = []
    for burst in 0..<40 {
      let begin = Self.monday + burst / 2 * 86_400 + 28_800 + burst % 2 * 14_400
      var waiting = (0..<12).map {
        (id: $0, time: begin + $0 * 60, gold: ($0 * 7 + burst) % 3 == 0)
      }
      var at = begin
      while !waiting.isEmpty {
        let there = waiting.filter { $0.time <= at }
        guard let next = there.first(where: \.gold) ?? there.first else { break }
        rows.append(
          "\(burst)-\(next.id),Serve,Ann,\(next.time),\(at),\(at + 600),\(next.gold ? "gold" : "plain")"
        )
        waiting.removeAll { $0.id == next.id }
        at += 600
      }
    }
    let known = try calibrated("case,activity,resource,enabled,start,end,kind", rows)
    let priority = try #require(known.priority)
    #expect(priority.rules == [.init(condition: "kind = \"plain\"", urgency: 1)])
    let hidden = rows.map { row -> String in
      var fields = row.split(separator: ",").map(String.init)
      fields.remove(at: 3)
      return fields.joined(separator: ",")
    }
    #expect(try calibrated("case,activity,resource,start,end,kind", hidden).priority == nil)
  }

  @Test(
    "names that XML cannot hold as they stand are told apart, and known by what the log calls them")
  func names() throws {
    #expect(
      processNames(["A  B", "A B", "", "\u{1}", "C\nD", "E"])
        == ["A B", "A B (2)", "unnamed activity", "unnamed activity (2)", "C D", "E"])
    let found = try calibrated(
      "case,activity,resource,start,end",
      (0..<20).map {
        "\($0),\"Check  all\",Ann,\(Self.monday + $0 * 600),\(Self.monday + $0 * 600 + 60)"
      })
    #expect(found.logNames == ["Check all": "Check  all"])
    #expect(found.activities.map(\.name) == ["Check  all"])
    _ = try found.readBack()
  }

  /// An activity that what comes before it makes three of stands in the scenario once.
  @Test("the tasks of an activity share what the scenario says of them")
  func ranges() throws {
    var rows: [String] = []
    for index in 0..<300 {
      let way = ["ABDEX", "ACDFX", "BDXE", "XAAD"][index % 4]
      for (place, letter) in way.enumerated() {
        let start = Self.monday + index * 3600 + place * 300
        rows.append("\(index),\(letter),Ann\(letter),\(start),\(start + 60 + index % 7)")
      }
    }
    let found = try calibrated("case,activity,resource,start,end", rows)
    let tasks = Dictionary(grouping: found.process.tasks, by: \.activity)
    #expect(tasks.values.contains { $0.count > 1 })
    let text = found.scenarioText()
    let entries = text.split(separator: "\n").count {
      $0.hasPrefix("  task_") || $0.hasPrefix("  \"task_")
    }
    #expect(entries == found.activities.count)
    #expect(text.contains(".."))
    _ = try found.readBack()
  }
}
