import Facts
import Inventory
import ProcessModel
import Scenarios

/// A small estate, said sentence by sentence, each at a line of its own.
struct SampleEstate {
  var fragment = EstateFragment()
  private var line = 0

  var estate: Estate {
    Estate(merging: [
      SourceDocument(
        path: "estate", format: "test", status: .imported, digest: "0", fragment: fragment)
    ])
  }

  mutating func place(_ path: String = "register.csv") -> SourceLocation {
    line += 1
    return SourceLocation(path: path, line: line)
  }

  mutating func system(
    _ name: String, _ kind: SystemKind? = nil, team: String? = nil, technology: String? = nil,
    perMonth: Double? = nil, failure: Double? = nil, status: LifecycleStatus? = nil
  ) {
    let evidence = Evidence(.declared, place())
    var system = AutomationSystem(name: name, source: evidence)
    if let kind { system.kind.state(kind, evidence) }
    if let team { system.team.state(team, evidence) }
    if let technology { system.technology.state(technology, evidence) }
    if let perMonth { system.volume.state(Frequency(count: perMonth, per: .month), evidence) }
    if let failure, let share = Probability(failure) { system.failureRate.state(share, evidence) }
    if let status { system.status.state(status, evidence) }
    fragment.systems.append(system)
  }

  /// A connection that the element of a process makes, or a system where none is given.
  mutating func connect(
    _ kind: Connection.Kind, _ source: String, _ target: EntityReference,
    at element: FlowElement? = nil
  ) {
    var location = element?.location ?? place("export.json")
    location.element = element?.id
    fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, source), to: target,
        evidence: Evidence(.imported, location)))
  }

  mutating func step(
    _ system: String, _ id: String, _ kind: Step.Kind = .action, retries: Int? = nil,
    in path: String = "Main.xaml"
  ) {
    fragment.steps.append(
      Step(
        system: system, id: id, kind: kind, retries: retries,
        evidence: Evidence(.imported, place(path))))
  }

  mutating func asks(
    _ system: String, _ step: String, _ kind: HumanTouchPoint.Kind, team: String? = nil,
    name: String? = nil, at location: SourceLocation
  ) {
    fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: name, kind: kind, team: team,
        evidence: Evidence(.imported, location)))
  }

  /// A process of elements in a row, with the flows that are given, else one after the other.
  @discardableResult
  mutating func process(
    _ id: String, system: String? = nil, _ elements: [(String, FlowElement.Kind)],
    lanes: [String: String] = [:], loops: [String: FlowElement.Loop] = [:],
    flows: [(String, String)]? = nil
  ) -> BusinessProcess {
    let made = elements.map { name, kind in
      FlowElement(
        id: name, name: name.uppercased(), kind: kind, lane: lanes[name], loop: loops[name],
        location: place("\(id).bpmn"))
    }
    let ends = flows ?? zip(elements, elements.dropFirst()).map { ($0.0, $1.0) }
    let process = BusinessProcess(
      id: id, name: id, elements: made,
      flows: ends.map { source, target in
        SequenceFlow(
          id: "\(source)_\(target)", source: source, target: target, location: place("\(id).bpmn"))
      }, location: place("\(id).bpmn"))
    fragment.processes.append(EstateProcess(system: system ?? id, process: process))
    return process
  }

  /// The scenario of a process.
  func scenario(_ name: String) throws -> InitialScenario {
    let estate = estate
    let process = try processOfEstate(name, in: estate)
    let holder: Estate
    if process.stretches.isEmpty {
      holder = estate
    } else {
      var fragment = EstateFragment()
      fragment.processes = [EstateProcess(system: process.system, process: process.process)]
      holder = Estate(merging: [
        SourceDocument(
          path: "made.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
      ])
    }
    return try initialScenario(
      of: process, in: estate,
      reference: ProcessReference(
        isInventory: process.stretches.isEmpty, path: "estate", estate: holder),
      path: "made.yaml")
  }
}

extension InitialScenario {
  /// The record of a parameter.
  func record(_ path: String) -> ParameterRecord? {
    scenario.parameters.first { $0.path == path }
  }
}
