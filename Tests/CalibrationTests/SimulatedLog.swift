import EventLogs
import Facts
import Inventory
import ProcessModel
import Scenarios
import Simulation

@testable import Calibration

/// Bytes of a log, from one thread.
private final class Written {
  var bytes: [UInt8] = []
}

/// A scenario whose logs are calibrated: the model, and the clock that its logs are written by.
struct LoggedScenario {
  private let model: SimulationModel
  private let zone: LogZone

  /// Reads and compiles a scenario of one process; times are UTC.
  init(_ text: String, _ process: BusinessProcess) throws {
    var fragment = EstateFragment()
    fragment.processes = [EstateProcess(system: process.id, process: process)]
    let estate = Estate(merging: [
      SourceDocument(
        path: "process.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
    ])
    let compiled = try compile(
      readScenario(Array(text.utf8), path: "scenario.yaml") { _ in estate })
    guard let variant = compiled.variants.first else {
      throw DocumentFault(text: "the scenario has no variant")
    }
    model = variant.model
    zone = LogZone(origin: compiled.origin) { _ in (0, .min, .max) }
  }

  /// Why a scenario of a test cannot be used.
  struct DocumentFault: Error {
    var text: String
  }

  /// The log of one replication as CSV.
  func csv(seed: UInt64) throws -> [UInt8] {
    let written = Written()
    written.bytes = Array(EventLogFormat.csv.head(title: "log", hasSeveral: false).utf8)
    var observer = EventLogObserver(of: model, replication: nil, zone: zone) {
      written.bytes += $0
    }
    _ = try runReplication(of: model, seed: seed, replication: 0, log: &observer)
    return written.bytes
  }

  /// What the log of one replication is calibrated to.
  func calibration(seed: UInt64) throws -> LogCalibration {
    calibrate(try readEventLog(csv(seed: seed), path: "log.csv"), clock: utc)
  }
}

/// Hours in UTC.
let utc = LogClock(zone: "UTC") { _ in 0 }

/// A process of tasks and gateways from its flows: ids of gateways begin with `gw`, `split` or `join`, that of the
/// start is `start`, those of ends begin with `end`.
func process(_ flows: [(id: String, source: String, target: String)]) -> BusinessProcess {
  let place = SourceLocation(path: "process.bpmn")
  var ids: [String] = []
  for flow in flows {
    for id in [flow.source, flow.target] where !ids.contains(id) { ids.append(id) }
  }
  return BusinessProcess(
    id: "process",
    elements: ids.map { id in
      let kind: FlowElement.Kind =
        id == "start"
        ? .startEvent(.none)
        : id.hasPrefix("end")
          ? .endEvent(.none)
          : id.hasPrefix("gw")
            ? .gateway(.exclusive)
            : id.hasPrefix("split") || id.hasPrefix("join") ? .gateway(.parallel) : .task(.user)
      return FlowElement(id: id, name: id, kind: kind, location: place)
    },
    flows: flows.map {
      SequenceFlow(id: $0.id, source: $0.source, target: $0.target, location: place)
    }, location: place)
}

extension LogCalibration {
  /// The scenario that it makes, read and compiled.
  func readBack() throws -> LoggedScenario {
    try LoggedScenario(
      scenario(
        title: "Read back", file: "log.csv", bpmnFile: "process.bpmn", demand: .fitted,
        period: ScenarioPeriod(
          start: CalendarDay(number: 20_600), days: 14, runInDays: 0, followDays: 91),
        replications: 2, seed: 1), process.process)
  }

  /// The scenario that it makes.
  func scenarioText() -> String {
    scenario(
      title: "T", file: "log.csv", bpmnFile: "process.bpmn", demand: .fitted,
      period: ScenarioPeriod(
        start: CalendarDay(number: 20_600), days: 14, runInDays: 0, followDays: 91),
      replications: 2, seed: 1)
  }
}
