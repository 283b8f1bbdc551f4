import DocumentReading
import Facts
import Inventory

/// What an architecture model says of an estate.
///
/// Components, and services that no component realises, are applications, unless a specialisation or a
/// property of type says that they are robots, agents and the like. Business processes are systems, and
/// the processes inside them their steps. Infrastructure, strategy and motivation are not read.
struct ArchiMateReader {
  private let model: ArchiMateModel
  private var said: AgentStatements
  /// What carries out, offers or holds an element, by identifiers.
  private var carriers: [String: String] = [:]
  /// The process around a process.
  private var parents: [String: String] = [:]
  private var assigned: [String: [ArchiMateModel.Element]] = [:]
  private var steps: Set<String> = []

  init(_ model: ArchiMateModel, path: String) {
    self.model = model
    said = AgentStatements(path: path)
  }

  private static let components: Set<String> = [
    "ApplicationComponent", "ApplicationCollaboration", "SystemSoftware",
  ]
  private static let behaviour: Set<String> = [
    "ApplicationService", "ApplicationFunction", "ApplicationInterface", "ApplicationInteraction",
    "ApplicationProcess",
  ]
  private static let processes: Set<String> = ["BusinessProcess", "BusinessInteraction"]
  private static let people: Set<String> = [
    "BusinessRole", "BusinessActor", "BusinessCollaboration",
  ]
  private static let data: Set<String> = [
    "BusinessObject", "DataObject", "Artifact", "Representation", "Contract",
  ]

  /// What the model says.
  mutating func reading(_ root: XMLElement, of file: CandidateFile) -> FileReading {
    findCarriers()
    for element in model.elements { add(element) }
    for relation in model.relations { add(relation) }
    if let first = model.broken.first {
      said.reading.note(
        .low,
        "relations lead from or to what the model does not have, \(model.broken.count) of them, the"
          + " first here; they were passed over", at: first)
    }
    var reading = said.reading
    if reading.fragment.isEmpty {
      reading.isBeside = true
      reading.note(
        .info, "the model has no applications or processes, so that it says nothing of an estate",
        at: file.location)
    }
    return reading
  }

  // MARK: Structure

  private mutating func findCarriers() {
    for relation in model.relations {
      guard let source = model[relation.source], let target = model[relation.target] else {
        continue
      }
      switch relation.type {
      case "Assignment", "Realization", "Composition", "Aggregation":
        if Self.behaviour.contains(target.type),
          Self.components.contains(source.type)
            || Self.behaviour.contains(source.type)
              && relation.type == "Realization"
        {
          carriers[target.id] = carriers[target.id] ?? source.id
        }
        if Self.processes.contains(source.type), Self.processes.contains(target.type),
          relation.type == "Composition" || relation.type == "Aggregation", source.id != target.id
        {
          parents[target.id] = parents[target.id] ?? source.id
        }
        if relation.type == "Assignment", Self.people.contains(source.type),
          Self.processes.contains(target.type)
        {
          assigned[target.id, default: []].append(source)
        }
      default: break
      }
    }
  }

  /// The process at the top of those around a process.
  private func top(of id: String) -> String {
    var current = id
    var seen: Set<String> = [id]
    while let parent = parents[current], seen.insert(parent).inserted { current = parent }
    return current
  }

  /// The element that is a thing of the estate: a component for its services and functions.
  private func carrier(of element: ArchiMateModel.Element) -> ArchiMateModel.Element {
    var current = element
    var seen: Set<String> = [element.id]
    while let id = carriers[current.id], seen.insert(id).inserted, let next = model[id] {
      current = next
    }
    return current
  }

  /// What an element is in the estate; `nil` where it is none of it.
  private func reference(_ element: ArchiMateModel.Element) -> EntityReference? {
    if Self.processes.contains(element.type) {
      let name = model[top(of: element.id)]?.name ?? element.name
      return EntityReference(.system, name)
    }
    if Self.people.contains(element.type) { return EntityReference(.team, element.name) }
    if Self.data.contains(element.type) { return EntityReference(.data, element.name) }
    guard Self.components.contains(element.type) || Self.behaviour.contains(element.type) else {
      return nil
    }
    let carrier = carrier(of: element)
    return EntityReference(automationKind(carrier) == nil ? .application : .system, carrier.name)
  }

  private func automationKind(_ element: ArchiMateModel.Element) -> SystemKind? {
    let keys = [
      "specialization", "type", "kind", "stereotype", "category", "technology", "subtype",
    ]
    let stated = element.properties.first { property in
      keys.contains(property.key.lowercased())
        && Importing.automationKind(ofType: property.value) != nil
    }
    return stated.flatMap { Importing.automationKind(ofType: $0.value) }
  }

  // MARK: Elements

  private mutating func add(_ element: ArchiMateModel.Element) {
    if Self.processes.contains(element.type) {
      addProcess(element)
    } else if Self.components.contains(element.type)
      || Self.behaviour.contains(element.type) && carriers[element.id] == nil
    {
      if let kind = automationKind(element) {
        addSystem(element, kind, "from its type in the model")
      } else {
        said.addApplication(element.name, element.evidence)
      }
    }
  }

  private mutating func addSystem(
    _ element: ArchiMateModel.Element, _ kind: SystemKind, _ note: String
  ) {
    var system = AutomationSystem(name: element.name, source: element.evidence)
    system.kind.state(kind, Evidence(.inferred, element.place, note: note))
    if let purpose = element.purpose {
      system.purpose.state(String(purpose.prefix(500)), element.evidence)
    }
    for property in element.properties {
      switch property.key.lowercased() {
      case "owner": system.owner.state(property.value, element.evidence)
      case "team": system.team.state(property.value, element.evidence)
      case "technology", "product", "vendor":
        if kind != Importing.automationKind(ofType: property.value) {
          system.technology.state(property.value, element.evidence)
        }
      case "version": system.version.state(property.value, element.evidence)
      default: break
      }
    }
    system.unknowns = [
      "An architecture model does not say how often it runs and what it does inside."
    ]
    said.add(system)
  }

  private mutating func addProcess(_ element: ArchiMateModel.Element) {
    let isTop = parents[element.id] == nil || top(of: element.id) == element.id
    if isTop {
      addSystem(
        element, .workflow, "a process of an architecture model, which does not say what runs it")
    }
    let system = model[top(of: element.id)]?.name ?? element.name
    let people = assigned[element.id] ?? []
    guard !isTop || !people.isEmpty, steps.insert(element.id).inserted else { return }
    said.reading.fragment.steps.append(
      Step(
        system: system, id: element.id, name: element.name,
        kind: people.isEmpty ? (parents.values.contains(element.id) ? .group : .action) : .human,
        evidence: element.evidence))
    for person in people {
      said.reading.fragment.teams.append(Team(name: person.name, source: person.evidence))
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: system, step: element.id, name: element.name,
          kind: touchPointKind(label: element.name, fallback: .work), team: person.name,
          evidence: element.evidence))
    }
  }

  // MARK: Relations

  private mutating func add(_ relation: ArchiMateModel.Relation) {
    guard ["Flow", "Triggering", "Serving", "Access"].contains(relation.type),
      let source = model[relation.source], let target = model[relation.target]
    else { return }
    // A junction joins or splits: what flows in flows out at the other side.
    if source.type.hasSuffix("Junction") { return }
    if target.type.hasSuffix("Junction") {
      for end in ends(behind: target.id, relation.type) { connect(relation, source, end) }
      return
    }
    connect(relation, source, target)
  }

  /// What lies behind a junction, through others.
  private func ends(behind junction: String, _ type: String) -> [ArchiMateModel.Element] {
    var found: [ArchiMateModel.Element] = []
    var waiting = [junction]
    var seen: Set<String> = [junction]
    while let id = waiting.popLast(), found.count < 200 {
      for relation in model.relations where relation.source == id && relation.type == type {
        guard seen.insert(relation.target).inserted, let target = model[relation.target] else {
          continue
        }
        if target.type.hasSuffix("Junction") {
          waiting.append(target.id)
        } else {
          found.append(target)
        }
      }
    }
    return found
  }

  private mutating func connect(
    _ relation: ArchiMateModel.Relation, _ source: ArchiMateModel.Element,
    _ target: ArchiMateModel.Element
  ) {
    if source.type.hasSuffix("Event"), Self.processes.contains(target.type),
      relation.type == "Triggering" || relation.type == "Flow"
    {
      said.reading.fragment.triggers.append(
        Trigger(
          system: reference(target)?.name ?? target.name, kind: .event, expression: source.name,
          evidence: relation.evidence))
      return
    }
    guard let from = reference(source), let to = reference(target), from != to else { return }
    let data = [relation.name].compactMap(\.self)
    let ends = (from.kind, to.kind)
    switch relation.type {
    case "Serving":
      // What serves is used by the other one.
      guard ends.0 == .application || ends.0 == .system, ends.1 != .data else { return }
      said.connect(to, .invokes, from, .unknown, "serving", relation.evidence)
    case "Access":
      guard ends.1 == .data, ends.0 != .data, ends.0 != .team else { return }
      let writes = relation.access?.contains("Write") ?? false
      said.connect(
        from, writes ? .writes : .reads, to, .unknown, relation.access.map { $0.lowercased() },
        relation.evidence)
    case "Triggering":
      guard ends.0 != .data, ends.1 != .data, ends.0 != .team, ends.1 != .team else { return }
      said.connect(from, .triggers, to, .unknown, "triggering", relation.evidence)
    default:
      guard ends.0 != .data, ends.1 != .data else { return }
      let isByPeople = ends.0 == .team || ends.1 == .team
      said.connect(
        from, isByPeople ? .handsOver : .writes, to, isByPeople ? .people : .unknown, "flow",
        data: data, relation.evidence)
    }
  }
}
