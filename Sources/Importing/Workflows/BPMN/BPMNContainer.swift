import DocumentReading
import Facts
import Inventory
import ProcessModel

/// Collects the elements and flows of a process and of the sub-processes in it into flat lists.
struct BPMNContainerReader {
  /// Namespace of BPMN itself, as the root has it; everything else is an extension.
  let namespace: String?
  let shared: BPMNSharedDefinitions
  /// Values of UiPath bindings, by id.
  let bindings: [String: String]
  var elements: [FlowElement] = []
  var flows: [SequenceFlow] = []
  var details = BPMNProcessDetails()
  var problems: [ImportProblem] = []
  private var places: [String: SourceLocation] = [:]
  /// Names of data objects and stores, by the id of the object or of a reference to it.
  private var data: [String: String] = [:]
  /// Activities that compensate, by the id of the boundary event whose association leads to them.
  var compensations: [String: String] = [:]

  init(namespace: String?, shared: BPMNSharedDefinitions, bindings: [String: String]) {
    self.namespace = namespace
    self.shared = shared
    self.bindings = bindings
  }

  /// Reads one process or sub-process; its elements get `parent` and, unless lanes say otherwise,
  /// `lane`.
  mutating func read(_ container: XMLElement, parent: String?, lane: String?) {
    for laneSet in container.all("laneSet") { readLanes(laneSet, outer: nil) }
    for child in container.children where child.namespace == namespace { nameData(child) }
    findCompensations(in: container)
    for child in container.children where child.namespace == namespace {
      if let kind = kind(of: child) {
        readElement(child, kind: kind, parent: parent, lane: lane)
      } else if child.name == "sequenceFlow" {
        readFlow(child)
      } else if child.name == "association" {
        readAssociation(child)
      } else if Self.choreographies.contains(child.name) {
        problems.append(
          ImportProblem(
            .medium, "a \(child.name) is not read; only processes and collaborations are",
            at: child.location))
      }
    }
  }

  private static let choreographies: Set<String> = [
    "choreographyTask", "subChoreography", "callChoreography",
  ]

  // MARK: Lanes

  private mutating func readLanes(_ laneSet: XMLElement, outer: String?) {
    for lane in laneSet.all("lane") {
      let name = singleLine(lane["name"]) ?? outer
      for reference in lane.all("flowNodeRef") {
        if let name, let id = singleLine(reference.text) { details.lanes[withoutPrefix(id)] = name }
      }
      // Inner lanes name the same elements again and win.
      for inner in lane.all("childLaneSet") { readLanes(inner, outer: name) }
    }
  }

  // MARK: Elements

  private mutating func readElement(
    _ element: XMLElement, kind: FlowElement.Kind, parent: String?, lane: String?
  ) {
    guard let id = register(element) else { return }
    if details.lanes[id] == nil { details.lanes[id] = lane }
    let implementation = implementation(of: element, bindings: bindings, shared: shared)
    details.implementations[id] = implementation
    let work = HumanAssignment(element, shared: shared)
    if !work.groups.isEmpty { details.groups[id] = work.groups }
    if work.hasForm { details.withForm.insert(id) }
    elements.append(
      FlowElement(
        id: id, name: singleLine(element["name"]), kind: kind, lane: details.lanes[id],
        parent: parent,
        loop: loop(of: element), defaultFlow: element["default"].map(withoutPrefix),
        implementation: implementation?.text, assignment: work.text,
        execution: execution(of: element), location: element.location))
    readDataUses(of: element, id: id)
    if case .subProcess = kind { read(element, parent: id, lane: details.lanes[id]) }
  }

  /// The id of an element, unless it has none or another has it already.
  private mutating func register(_ element: XMLElement) -> String? {
    guard let id = element["id"], !id.isEmpty else {
      let name = singleLine(element["name"]).map { " '\($0)'" } ?? ""
      problems.append(
        ImportProblem(
          .high,
          "the \(element.name)\(name) has no id, so that no flow can lead to it; give it one",
          at: element.location))
      return nil
    }
    if let first = places[id] {
      problems.append(
        ImportProblem(
          .high,
          "the id '\(id)' is used twice, first in line \(first.line ?? 0); only the first is read",
          at: element.location))
      return nil
    }
    places[id] = element.location
    return id
  }

  private mutating func readFlow(_ element: XMLElement) {
    let source = element["sourceRef"].map(withoutPrefix) ?? ""
    let target = element["targetRef"].map(withoutPrefix) ?? ""
    var id = "\(source) → \(target)"
    if element["id"] == nil {
      // The schema allows it and nothing is lost.
      problems.append(
        ImportProblem(
          .low,
          "the sequence flow from '\(source)' to '\(target)' has no id and is named by its ends",
          at: element.location))
    } else {
      guard let own = register(element) else { return }
      id = own
    }
    let condition = element.first("conditionExpression").flatMap { expression in
      singleLine(expression.deepText)
    }
    flows.append(
      SequenceFlow(
        id: id, name: singleLine(element["name"]), source: source, target: target,
        condition: condition,
        location: element.location))
  }

  // MARK: Data

  private mutating func nameData(_ element: XMLElement) {
    guard let id = element["id"] else { return }
    switch element.name {
    case "dataObject", "dataInput", "dataOutput", "dataStore":
      if let name = singleLine(element["name"]), element.name != "dataInput" { data[id] = name }
    case "dataObjectReference":
      let object = element["dataObjectRef"].map(withoutPrefix)
      data[id] = singleLine(element["name"]) ?? object.flatMap { data[$0] } ?? object ?? id
    case "dataStoreReference":
      let store = element["dataStoreRef"].map(withoutPrefix)
      data[id] = singleLine(element["name"]) ?? store.flatMap { shared.names[$0] } ?? store ?? id
    default: break
    }
  }

  private mutating func readDataUses(of element: XMLElement, id: String) {
    for association in element.children {
      switch association.name {
      case "dataInputAssociation":
        for source in association.all("sourceRef") {
          use(data: source.text, by: id, writes: false, at: association.location)
        }
      case "dataOutputAssociation":
        for target in association.all("targetRef") {
          use(data: target.text, by: id, writes: true, at: association.location)
        }
      default: break
      }
    }
  }

  /// An association between data and an activity tells the direction of the data, if it has one.
  private mutating func readAssociation(_ element: XMLElement) {
    guard let source = element["sourceRef"].map(withoutPrefix),
      let target = element["targetRef"].map(withoutPrefix),
      ["One", "Both"].contains(element["associationDirection"] ?? "None")
    else { return }
    if data[source] != nil, data[target] == nil {
      use(data: source, by: target, writes: false, at: element.location)
    } else if data[target] != nil, data[source] == nil {
      use(data: target, by: source, writes: true, at: element.location)
    }
  }

  private mutating func use(
    data reference: String, by element: String, writes: Bool, at location: SourceLocation
  ) {
    // Properties and inputs of the activity itself are variables of the engine, not data.
    guard let name = data[withoutPrefix(reference)] else { return }
    details.dataUses.append(
      BPMNDataUse(element: element, data: name, writes: writes, location: location))
  }
}
