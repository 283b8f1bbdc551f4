public import Facts
public import Inventory
public import ProcessModel

/// Builds small estates for tests, a sentence at a time.
public struct EstateBuilder {
  /// What the estate is made from.
  public var fragment = EstateFragment()
  private var line = 0

  /// An empty estate.
  public init() {}

  /// The estate of everything said so far.
  public var estate: Estate {
    Estate(merging: [
      SourceDocument(
        path: "estate.csv", format: "test", status: .imported, digest: "", fragment: fragment)
    ])
  }

  /// A place of its own in the file `estate.csv`.
  public mutating func evidence(_ provenance: Provenance = .declared) -> Evidence {
    line += 1
    return Evidence(provenance, SourceLocation(path: "estate.csv", line: line))
  }

  /// Describes a system; what is not given stays unknown.
  public mutating func system(
    _ name: String, kind: SystemKind? = nil, technology: String? = nil, purpose: String? = nil,
    owner: String? = nil, team: String? = nil, status: LifecycleStatus? = nil,
    criticality: Criticality? = nil, failureRate: Double? = nil, perMonth volume: Double? = nil,
    humanInvolvement: String? = nil, integrations: String? = nil,
    provenance: Provenance = .declared
  ) {
    let evidence = evidence(provenance)
    var system = AutomationSystem(name: name, source: evidence)
    if let kind { system.kind.state(kind, evidence) }
    if let technology { system.technology.state(technology, evidence) }
    if let purpose { system.purpose.state(purpose, evidence) }
    if let owner { system.owner.state(owner, evidence) }
    if let team { system.team.state(team, evidence) }
    if let status { system.status.state(status, evidence) }
    if let criticality { system.criticality.state(criticality, evidence) }
    if let failureRate, let share = Probability(failureRate) {
      system.failureRate.state(share, evidence)
    }
    if let volume { system.volume.state(Frequency(count: volume, per: .month), evidence) }
    if let humanInvolvement { system.humanInvolvement.state(humanInvolvement, evidence) }
    if let integrations { system.integrations.state(integrations, evidence) }
    fragment.systems.append(system)
  }

  /// Describes a system of which all seven audit fields are known.
  public mutating func completeSystem(
    _ name: String, kind: SystemKind = .workflow, purpose: String? = nil,
    owner: String = "Ada Lovelace", team: String? = nil, status: LifecycleStatus = .production,
    criticality: Criticality? = nil
  ) {
    system(
      name, kind: kind, technology: "Camunda 8", purpose: purpose ?? "Does \(name)", owner: owner,
      team: team, status: status, criticality: criticality, failureRate: 0.02, perMonth: 400,
      humanInvolvement: "none", integrations: "none")
  }

  /// States a connection.
  public mutating func connect(
    _ kind: Connection.Kind, _ source: EntityReference, _ target: EntityReference,
    channel: Connection.Channel = .unknown, action: String? = nil, data: [String] = []
  ) {
    let evidence = evidence(.imported)
    fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: channel, action: action, data: data,
        evidence: evidence))
  }

  /// States a place where a person steps in.
  public mutating func touchPoint(
    _ kind: HumanTouchPoint.Kind, in system: String, step: String, name: String? = nil,
    team: String? = nil
  ) {
    let evidence = evidence(.imported)
    fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: name, kind: kind, team: team, evidence: evidence))
  }

  /// States a step, named by its id unless it has a name.
  public mutating func step(
    _ id: String, of system: String, kind: Step.Kind = .action, name: String? = nil,
    retries: Int? = nil, delay: TimeSpan? = nil, selector: String? = nil
  ) {
    let evidence = evidence(.imported)
    fragment.steps.append(
      Step(
        system: system, id: id, name: name ?? id, kind: kind, retries: retries, delay: delay,
        selector: selector, evidence: evidence))
  }

  /// States a decision table.
  public mutating func decision(_ table: DecisionTable, of system: String) {
    fragment.decisions.append(EstateDecision(system: system, table: table))
  }

  /// States a business process, its arrows as pairs of element ids.
  public mutating func process(
    _ id: String, of system: String, _ elements: [FlowElement], _ flows: [(String, String)]
  ) {
    let location = SourceLocation(path: "\(id).bpmn", element: id)
    let process = BusinessProcess(
      id: id, name: system, elements: elements,
      flows: flows.enumerated().map { index, flow in
        SequenceFlow(id: "f\(index)", source: flow.0, target: flow.1, location: location)
      }, location: location)
    fragment.processes.append(EstateProcess(system: system, process: process))
  }

  /// States what starts a system.
  public mutating func trigger(_ kind: Trigger.Kind, of system: String, _ expression: String? = nil)
  {
    let evidence = evidence(.imported)
    fragment.triggers.append(
      Trigger(system: system, kind: kind, expression: expression, evidence: evidence))
  }
}

extension FlowElement {
  /// An element at a place of its own in `process.bpmn`, named by its id.
  public init(
    _ id: String, _ kind: Kind, name: String? = nil, lane: String? = nil, parent: String? = nil
  ) {
    self.init(
      id: id, name: name, kind: kind, lane: lane, parent: parent,
      location: SourceLocation(path: "process.bpmn", element: id))
  }
}

extension EntityReference {
  /// A system of a name.
  public static func system(_ name: String) -> EntityReference { EntityReference(.system, name) }
  /// An application of a name.
  public static func application(_ name: String) -> EntityReference {
    EntityReference(.application, name)
  }
  /// A team of a name.
  public static func team(_ name: String) -> EntityReference { EntityReference(.team, name) }
  /// A data object of a name.
  public static func data(_ name: String) -> EntityReference { EntityReference(.data, name) }
}
