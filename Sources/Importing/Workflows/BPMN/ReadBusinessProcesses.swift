public import DocumentReading
import Facts
import Inventory
import ProcessModel

/// Reads the processes of a BPMN 2.0 file of any product.
///
/// Never fails: what is wrong becomes a problem. A process whose sequence flow or boundary event
/// leads to an element that is not there is left out and named in `failedProcesses`. Of two elements
/// with one id the first is kept.
public func readBusinessProcesses(_ root: XMLElement, path: String) -> BPMNReading {
  var reader = BPMNReader(root: root, path: path)
  reader.readDefinitions()
  return reader.reading
}

/// Walks over one `definitions` element.
struct BPMNReader {
  let root: XMLElement
  let path: String
  /// Everything at the level of the definitions that is referred to by id.
  let shared: BPMNSharedDefinitions
  var reading = BPMNReading()

  init(root: XMLElement, path: String) {
    self.root = root
    self.path = path
    shared = BPMNSharedDefinitions(root)
    reading.globalTasks = shared.globalTasks
  }

  mutating func readDefinitions() {
    readCollaborations()
    var known: Set<String> = []
    var hasProcess = false
    for element in root.children where element.namespace == root.namespace {
      switch element.name {
      case "process":
        hasProcess = true
        guard let id = element["id"] else {
          report(.high, "a process has no id, so that nothing can name it; give it one", element)
          continue
        }
        guard known.insert(id).inserted else {
          report(.high, "the process id '\(id)' is used twice; only the first is read", element)
          continue
        }
        readProcess(element, id: id)
      case "choreography", "globalChoreographyTask", "conversation":
        report(
          .medium, "a \(element.name) is not read; only processes and collaborations are", element)
      default: break
      }
    }
    if !hasProcess {
      report(.medium, "the file has no process; there is nothing to simulate in it", root)
    }
    checkMessageFlows()
  }

  mutating func report(_ severity: Severity, _ message: String, _ element: XMLElement) {
    reading.problems.append(ImportProblem(severity, message, at: element.location))
  }

  // MARK: Collaborations

  private mutating func readCollaborations() {
    for collaboration in root.children where collaboration.name == "collaboration" {
      for element in collaboration.children where element.namespace == root.namespace {
        switch element.name {
        case "participant":
          reading.participants.append(
            BPMNParticipant(
              id: element["id"] ?? "", name: singleLine(element["name"]),
              process: element["processRef"].map(withoutPrefix), location: element.location))
        case "messageFlow":
          let message = element["messageRef"].flatMap { shared.names[withoutPrefix($0)] }
          reading.messageFlows.append(
            BPMNMessageFlow(
              id: element["id"] ?? "", name: singleLine(element["name"]) ?? message,
              source: withoutPrefix(element["sourceRef"] ?? ""),
              target: withoutPrefix(element["targetRef"] ?? ""), location: element.location))
        default: break
        }
      }
    }
  }

  private mutating func checkMessageFlows() {
    guard !reading.messageFlows.isEmpty else { return }
    // Ends may be of any kind, in any process, failed ones included.
    let ids = Set(root.descendantIdentifiers)
    for flow in reading.messageFlows {
      for end in [flow.source, flow.target] where !ids.contains(end) {
        reading.problems.append(
          ImportProblem(
            .medium,
            "the message flow '\(flow.id)' names '\(end)', which is not in the file"
              + suggestion(for: end, among: ids), at: flow.location))
      }
    }
  }

  // MARK: Processes

  private mutating func readProcess(_ element: XMLElement, id: String) {
    let pool = reading.participants.first { $0.process == id }
    var container = BPMNContainerReader(
      namespace: root.namespace, shared: shared, bindings: uiPathBindings(element))
    container.read(element, parent: nil, lane: nil)
    var flows = container.flows
    var isWhole = true
    var problems = container.problems
    let byID = Dictionary(
      container.elements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for flow in flows {
      for (end, what) in [(flow.source, "source"), (flow.target, "target")]
      where byID[end] == nil {
        isWhole = false
        problems.append(
          ImportProblem(
            .high,
            "the sequence flow '\(flow.id)' names '\(end)' as its \(what), which is not in the"
              + " process '\(id)'" + suggestion(for: end, among: byID.keys), at: flow.location))
      }
      if let source = byID[flow.source], let target = byID[flow.target],
        source.parent != target.parent
      {
        problems.append(
          ImportProblem(
            .medium,
            "the sequence flow '\(flow.id)' crosses the border of a sub-process, which"
              + " BPMN does not allow; let it end at the sub-process", at: flow.location))
      }
    }
    for element in container.elements {
      if case .boundary(_, let host, _) = element.kind, byID[host] == nil {
        isWhole = false
        problems.append(
          ImportProblem(
            .high,
            "the boundary event '\(element.id)' is attached to '\(host)', which is not in the"
              + " process '\(id)'" + suggestion(for: host, among: byID.keys), at: element.location))
      }
    }
    dropUnknownDefaults(&container.elements, flows, &problems)
    // Within one element of the file, problems come in the order of their lines.
    reading.problems += problems.sorted { $0.location < $1.location }
    for index in flows.indices { flows[index].name = singleLine(flows[index].name) }
    for index in container.elements.indices where container.elements[index].lane == nil {
      container.elements[index].lane = pool?.name
    }
    container.details.documentation = element.first("documentation").flatMap {
      singleLine($0.deepText)
    }
    container.details.version = version(of: element)
    container.details.team =
      uiPathCaseOwner(element) ?? ownProperty(of: element, in: teamProperties)
    container.details.owner = ownProperty(of: element, in: ownerProperties)
    // Trisotech marks names that it made up from the pool's.
    let isMadeUp = element["defaultName"] == "true" && pool?.name != nil
    let name = isMadeUp ? pool?.name : singleLine(element["name"]) ?? pool?.name
    let process = BusinessProcess(
      id: id, name: name,
      isExecutable: element["isExecutable"].map { $0 == "true" || $0 == "1" },
      elements: container.elements, flows: flows, location: element.location)
    if isWhole {
      reading.processes.append(process)
      reading.details.append(container.details)
    } else {
      reading.failedProcesses.append(id)
      reading.brokenProcesses.append(process)
      reading.brokenDetails.append(container.details)
    }
  }

  private func dropUnknownDefaults(
    _ elements: inout [FlowElement], _ flows: [SequenceFlow], _ problems: inout [ImportProblem]
  ) {
    let ids = Set(flows.map(\.id))
    for index in elements.indices {
      guard let flow = elements[index].defaultFlow, !ids.contains(flow) else { continue }
      problems.append(
        ImportProblem(
          .medium,
          "the default flow '\(flow)' of '\(elements[index].id)' is not in the file and is ignored"
            + suggestion(for: flow, among: ids), at: elements[index].location))
      elements[index].defaultFlow = nil
    }
  }

  /// `drools:version`, `camunda:versionTag` or `zeebe:versionTag`.
  private func version(of process: XMLElement) -> String? {
    process.attributes.first { ["version", "versionTag"].contains($0.name) }?.value
      ?? process.first("extensionElements")?.first("versionTag")?["value"]
  }
}

/// A reference without the prefix of a qualified name.
func withoutPrefix(_ reference: String) -> String {
  let trimmed = singleLine(reference) ?? ""
  guard let colon = trimmed.lastIndex(of: ":") else { return trimmed }
  return String(trimmed[trimmed.index(after: colon)...])
}

extension XMLElement {
  /// Ids of all elements below.
  fileprivate var descendantIdentifiers: [String] {
    children.flatMap { child in
      (child["id"].map { [$0] } ?? []) + child.descendantIdentifiers
    }
  }
}

/// What stands beside the processes and is referred to from them.
struct BPMNSharedDefinitions {
  /// Names or codes of messages, signals, errors, escalations, resources and data stores, by id.
  var names: [String: String] = [:]
  /// Ids of those that have neither name nor code.
  var nameless: Set<String> = []
  /// Interface and operation of the operations, by id.
  var operations: [String: (interface: String, operation: String)] = [:]
  /// Event definitions outside of events, by id.
  var events: [String: XMLElement] = [:]
  /// Ids of global tasks, which call activities may call.
  var globalTasks: Set<String> = []

  init(_ root: XMLElement) {
    for element in root.children {
      // An interface is found by its operations, so that it needs no id.
      if element.name == "interface" { addOperations(of: element) }
      guard let id = element["id"] else { continue }
      switch element.name {
      case "error", "escalation":
        names[id] = element["errorCode"] ?? element["escalationCode"] ?? singleLine(element["name"])
        if names[id] == nil { nameless.insert(id) }
      case "message", "signal", "resource", "dataStore":
        names[id] = singleLine(element["name"])
        if names[id] == nil { nameless.insert(id) }
      case "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask",
        "globalBusinessRuleTask":
        globalTasks.insert(id)
      default: if element.name.hasSuffix("EventDefinition") { events[id] = element }
      }
    }
  }

  private mutating func addOperations(of interface: XMLElement) {
    guard
      let name = interface["implementationRef"].map(withoutPrefix) ?? interface["name"]
        ?? interface["id"]
    else { return }
    for operation in interface.all("operation") {
      guard let id = operation["id"] else { continue }
      operations[id] = (name, operation["name"] ?? id)
    }
  }
}
