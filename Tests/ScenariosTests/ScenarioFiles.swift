import DocumentReading
import Facts
import Foundation
import Inventory
import ProcessModel
import Scenarios
import Testing

/// The folder of the project's scenarios.
let scenarioFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "scenarios")

/// The names of the reference scenarios.
let referenceScenarios = [
  "bulk-review", "escalation-drift", "escalation-poisson", "escalation-regular", "queue-mg1",
  "queue-mm1", "queue-mmc",
]

/// A reference scenario, read with its own process.
func readReference(_ name: String) throws -> Scenario {
  let folder = scenarioFolder.appending(path: "reference")
  let bytes = try Data(contentsOf: folder.appending(path: "\(name).yaml"))
  return try readScenario(Array(bytes), path: "scenarios/reference/\(name).yaml") { bpmn in
    let bytes = try Data(contentsOf: folder.appending(path: bpmn))
    return estate(try linearProcess(Array(bytes), path: bpmn))
  }
}

/// Reads a BPMN process of events, tasks and flows only, as the reference scenarios have.
private func linearProcess(_ bytes: [UInt8], path: String) throws -> BusinessProcess {
  let process = try #require(try parseXML(bytes, path: path).first("process"))
  let kinds: [String: FlowElement.Kind] = [
    "startEvent": .startEvent(.none), "task": .task(.abstract), "endEvent": .endEvent(.none),
  ]
  return BusinessProcess(
    id: try #require(process["id"]),
    elements: try process.children.compactMap { child in
      guard let kind = kinds[child.name] else { return nil }
      return FlowElement(id: try #require(child["id"]), kind: kind, location: child.location)
    },
    flows: try process.all("sequenceFlow").map { flow in
      SequenceFlow(
        id: try #require(flow["id"]), source: try #require(flow["sourceRef"]),
        target: try #require(flow["targetRef"]), location: flow.location)
    }, location: process.location)
}
