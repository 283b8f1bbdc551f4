import Importing
import Inventory
import ProcessModel
import Scenarios
import Simulation
import Statistics
import Testing

/// A BPMN file with one process, and whatever else belongs into its `definitions`.
func bpmnFile(_ process: String, beside: String = "") -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
    <process id="p" isExecutable="true">
  \(process)
    </process>
  \(beside)
  </definitions>
  """
}

/// A start, one task and an end.
let oneTask = """
      <startEvent id="start"/><userTask id="serve" name="Serve"/><endEvent id="end"/>
      <sequenceFlow id="f1" sourceRef="start" targetRef="serve"/>
      <sequenceFlow id="f2" sourceRef="serve" targetRef="end"/>
  """

/// A start, a gateway with a short and a long way, and an end.
let twoWays = """
      <startEvent id="start"/><exclusiveGateway id="choice"/>
      <userTask id="short"/><userTask id="long"/><exclusiveGateway id="join"/><endEvent id="end"/>
      <sequenceFlow id="f1" sourceRef="start" targetRef="choice"/>
      <sequenceFlow id="to_short" sourceRef="choice" targetRef="short"/>
      <sequenceFlow id="to_long" sourceRef="choice" targetRef="long"/>
      <sequenceFlow id="f4" sourceRef="short" targetRef="join"/>
      <sequenceFlow id="f5" sourceRef="long" targetRef="join"/>
      <sequenceFlow id="f6" sourceRef="join" targetRef="end"/>
  """

/// What is made of simulation parameters, and the estate of their BPMN file.
struct MadeScenario {
  var made: ImportedScenario
  var estate: Estate

  /// - Parameter parameters: `nil` where the BPMN file holds them itself.
  init(
    _ bpmn: String, parameters: String? = nil, global: String? = nil,
    options: ScenarioImportOptions = ScenarioImportOptions(bpmn: "model.bpmn")
  ) throws {
    estate = Estate(merging: importFiles(inMemory: [("model.bpmn", Array(bpmn.utf8))]))
    let process = try #require(estate.processes.first?.process)
    made = try importScenario(
      Array((parameters ?? bpmn).utf8), path: parameters == nil ? "model.bpmn" : "parameters.xml",
      global: global.map { ParameterFile(bytes: Array($0.utf8), path: "global.xml") },
      process: process, options: options)
  }

  func scenario() throws -> Scenario {
    let estate = estate
    return try readScenario(Array(made.text.utf8), path: "scenario.yaml") { _ in estate }
  }

  /// The mean time to completion in minutes, with its 99.9 % interval.
  func minutes(replications: Int) throws -> ConfidenceInterval {
    let model = try #require(try compile(try scenario()).variants.first?.model)
    var moments = RunningMoments()
    for replication in 0..<replications {
      let record = try runReplication(of: model, seed: 7, replication: replication)
      let time = record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }
      let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
      moments.add(Double(time) / 60e6 / Double(arrived))
    }
    return try #require(meanInterval(moments, confidence: 0.999))
  }
}

/// What was wrong with parameters that cannot be taken over.
func refusal(_ body: () throws -> Void) -> [ScenarioProblem] {
  do {
    try body()
    return []
  } catch let error as ScenarioErrors {
    return error.problems
  } catch {
    Issue.record("\(error)")
    return []
  }
}
