import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import Testing

/// `benchmarks/models/w4-20-cases`: a run that is computed by hand, and that Prosimos 2.1.0 makes minute by
/// minute as it stands here.
///
/// One clerk checks for 82 min, 09:00-15:00; two officers decide for 100 min, 10:00-16:00; cases come every
/// 50 min, 09:00-13:00, from Monday on: at 9:00, 9:50, 10:40, 11:30, 12:20 of each day (13:10 is closed).
///
///     case   comes     checked          decided          case   comes     checked          decided
///     1  Mo   9:00    9:00-10:22      10:22-12:02         11 We   9:00   10:40-12:02      12:02-13:42
///     2       9:50   10:22-11:44      11:44-13:24         12      9:50   12:02-13:24      13:24-15:04
///     3      10:40   11:44-13:06      13:06-14:46         13     10:40   13:24-14:46   14:46-Th 10:26
///     4      11:30   13:06-14:28   14:28-Tu 10:08         14     11:30   14:46-Th 10:08   10:08-11:48
///     5      12:20   14:28-Tu  9:50   10:00-11:40         15     12:20   10:08-11:30      11:30-13:10
///     6  Tu   9:00    9:50-11:12      11:12-12:52         16 Th   9:00   11:30-12:52      12:52-14:32
///     7       9:50   11:12-12:34      12:34-14:14         17      9:50   12:52-14:14      14:14-15:54
///     8      10:40   12:34-13:56      13:56-15:36         18     10:40   14:14-Fr  9:36   10:00-11:40
///     9      11:30   13:56-We  9:18   10:00-11:40         19     11:30    9:36-10:58      10:58-12:38
///     10     12:20    9:18-10:40      10:40-12:20         20     12:20   10:58-12:20      12:20-14:00
///
/// Minutes of waiting for the check, by calendar: 0, 32, 64, 96, 128; 50, 82, 114, 146, 1258; 100, 132, 164,
/// 196, 1308; 150, 182, 214, 1326, 1358: 7100. Four checks rest overnight for 18 h: 20·82 + 4·1080 = 5960.
/// Cases 5, 9 and 18 wait for the officers to come: 10 + 42 + 24 = 76. Two decisions rest overnight:
/// 20·100 + 2·1080 = 4160. Time to completion of all: 7100 + 5960 + 76 + 4160 = 17296.
@Suite("Twenty cases by hand")
struct TwentyCasesTests {
  private func record() throws -> (SimulationModel, ReplicationRecord) {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let models = root.appending(path: "benchmarks/models")
    let bpmn = models.appending(path: "w4-20-cases.bpmn").path
    let estate = Estate(merging: importFiles(at: [bpmn]).documents)
    let process = try #require(estate.processes.first?.process)
    let bytes = try [UInt8](Data(contentsOf: models.appending(path: "w4-20-cases.json")))
    let made = try importScenario(
      bytes, path: "w4-20-cases.json", process: process,
      options: ScenarioImportOptions(bpmn: bpmn, cases: 20))
    #expect(made.notes == [])
    let scenario = try readScenario(Array(made.text.utf8), path: "w4.yaml") { _ in estate }
    let model = try #require(try compile(scenario).variants.first?.model)
    return (model, try runReplication(of: model, seed: 1, replication: 0))
  }

  @Test("wait, are worked on and take as long as paper says")
  func byHand() throws {
    let (model, record) = try record()
    let minute: Int128 = 60_000_000
    let rows = WorkRecordRows(activities: 2, guardrails: 0)
    let index = ["check", "decide"].map { id in
      model.flow.activities.indices.first { model.flow.activityID($0) == id } ?? -1
    }
    let check = record.work[rows.row(activity: index[0], .task)]
    let decide = record.work[rows.row(activity: index[1], .task)]
    #expect(check.count == 20)
    #expect(check.waitingTime == 7100 * minute)
    #expect(check.serviceTime == 5960 * minute)
    #expect(Int128(check.workTime) == 20 * 82 * minute)
    #expect(decide.count == 20)
    #expect(decide.waitingTime == 76 * minute)
    #expect(decide.serviceTime == 4160 * minute)
    #expect(Int128(decide.workTime) == 20 * 100 * minute)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 20)
    #expect(record.cohorts.reduce(0) { $0 + $1.restrictedTime } == 17_296 * minute)
  }
}
