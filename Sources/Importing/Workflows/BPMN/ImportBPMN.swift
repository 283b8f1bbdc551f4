public import DocumentReading
import Facts
public import Inventory
import ProcessModel

/// What a BPMN 2.0 file of any product says about the estate.
///
/// Every process becomes a workflow of its own with its steps, people, triggers and connections.
/// Of processes that cannot be used (see `readBusinessProcesses`) the steps are listed, where the file has
/// others that can be; else they contribute nothing, so that a fragment without systems means that the
/// file failed.
/// - Returns: The fragment; the problems in the order found; whether something was left out.
public func importBPMN(
  _ root: XMLElement, path: String
) -> (fragment: EstateFragment, problems: [ImportProblem], isPartial: Bool) {
  let reading = readBusinessProcesses(root, path: path)
  var importer = BPMNImporter(reading: reading, path: path, technology: bpmnTechnology(root))
  importer.importAll()
  let isPartial = reading.problems.contains { $0.severity <= .medium }
  return (importer.fragment, reading.problems, isPartial)
}

/// Turns processes into facts about an estate.
struct BPMNImporter {
  let reading: BPMNReading
  let technology: String?
  var fragment = EstateFragment()
  /// Names of the systems, by process id.
  let systemNames: [String: String]

  init(reading: BPMNReading, path: String, technology: String?) {
    self.reading = reading
    self.technology = technology
    let all = reading.processes + reading.brokenProcesses
    let isAlone = all.count == 1
    systemNames = Dictionary(
      all.map { ($0.id, systemName(of: $0, path: isAlone ? path : nil)) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func importAll() {
    for (process, details) in zip(reading.processes, reading.details) {
      // A pool drawn open but empty says no more than its name.
      guard !process.elements.isEmpty else { continue }
      importProcess(process, details)
    }
    if !fragment.systems.isEmpty {
      for (process, details) in zip(reading.brokenProcesses, reading.brokenDetails)
      where !process.elements.isEmpty {
        importProcess(process, details, isBroken: true)
      }
    }
    importMessageFlows()
  }

  private mutating func importProcess(
    _ process: BusinessProcess, _ details: BPMNProcessDetails, isBroken: Bool = false
  ) {
    let name = systemNames[process.id] ?? process.id
    let evidence = Evidence(.imported, process.location)
    var system = AutomationSystem(name: name, source: evidence)
    if process.id != name { system.aliases = [process.id] }
    system.kind = Field(.workflow, evidence)
    if let technology { system.technology = Field(technology, evidence) }
    if let text = details.documentation { system.purpose = Field(text, evidence) }
    if let version = details.version { system.version = Field(version, evidence) }
    if let team = details.team { system.team = Field(team.value, team.evidence) }
    if let owner = details.owner { system.owner = Field(owner.value, owner.evidence) }
    if technology == nil { system.unknowns.append("The file does not tell which product runs it.") }
    if process.isExecutable == false {
      system.unknowns.append("The process is marked as not executable: it may be only a drawing.")
    }
    let index = BPMNProcessIndex(process)
    for element in process.elements {
      let implementation = details.implementations[element.id]
      fragment.steps.append(
        Step(
          system: name, id: element.id, name: element.name,
          kind: stepKind(element, index, implementation), retries: implementation?.retries,
          timeout: index.timeouts[element.id], evidence: Evidence(.imported, element.location)))
      importHumanWork(element, index, of: name, details)
      importTrigger(element, implementation, of: name)
      importCalls(element, index, details, of: &system)
    }
    for use in details.dataUses {
      fragment.connections.append(
        Connection(
          use.writes ? .writes : .reads, from: EntityReference(.system, name),
          to: EntityReference(.data, use.data), data: [use.data],
          evidence: Evidence(.imported, located(use.location, at: use.element))))
    }
    if isBroken {
      system.unknowns.append("Its order of steps is unknown, since flows of it lead nowhere.")
    }
    fragment.systems.append(system)
    if !isBroken { fragment.processes.append(EstateProcess(system: name, process: process)) }
  }

  /// A place that names the element it belongs to, where it has no id itself.
  private func located(_ location: SourceLocation, at element: String) -> SourceLocation {
    var location = location
    location.element = location.element ?? element
    return location
  }

  // MARK: Steps

  private func stepKind(
    _ element: FlowElement, _ index: BPMNProcessIndex, _ implementation: BPMNImplementation?
  ) -> Step.Kind {
    switch element.kind {
    case .task(.user), .task(.manual): return .human
    case .task(.receive): return .wait
    case .task(.businessRule): return .decision
    case .task(.service), .task(.send): return .call
    case .task: return .action
    case .callActivity: return .call
    case .gateway(.eventBased): return .wait
    case .gateway(.parallel): return .group
    case .gateway: return index.outgoing[element.id, default: 0] > 1 ? .decision : .group
    case .intermediateCatch(.link): return .group
    case .intermediateCatch: return .wait
    case .intermediateThrow(.message), .intermediateThrow(.signal), .endEvent(.message),
      .endEvent(.signal):
      return .action
    case .boundary(.error, _, _), .boundary(.escalation, _, _), .boundary(.compensation, _, _),
      .endEvent(.error), .endEvent(.escalation), .endEvent(.compensation), .endEvent(.cancel),
      .intermediateThrow(.escalation), .intermediateThrow(.compensation):
      return .errorHandling
    case .boundary: return .wait
    case .subProcess(.event): return .errorHandling
    // An agent runs what is in its sub-process.
    case .subProcess: return implementation?.target == nil ? .group : .call
    case .startEvent(.none), .endEvent, .intermediateThrow: return .group
    case .startEvent: return .wait
    }
  }

  // MARK: People

  private mutating func importHumanWork(
    _ element: FlowElement, _ index: BPMNProcessIndex, of system: String,
    _ details: BPMNProcessDetails
  ) {
    switch element.kind {
    case .task(.user), .task(.manual): break
    default: return
    }
    let groups = details.groups[element.id] ?? []
    let lane = details.lanes[element.id]
    let team = lane ?? groups.first
    let evidence = Evidence(.imported, element.location)
    if let team {
      let others = (lane == nil ? groups.dropFirst() : groups[...]).filter { $0 != team }
      fragment.teams.append(Team(name: team, source: evidence))
      for group in others { fragment.teams.append(Team(name: group, source: evidence)) }
    }
    var kind = touchPointKind(
      label: element.name, fallback: details.withForm.contains(element.id) ? .form : .work)
    var note: String?
    if kind != .approval, index.afterErrors.contains(element.id) {
      kind = .exception
      note = "follows an error or escalation event"
    }
    fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: element.id, name: element.name, kind: kind, team: team,
        evidence: Evidence(.imported, element.location, note: note)))
  }

  // MARK: Triggers

  private mutating func importTrigger(
    _ element: FlowElement, _ implementation: BPMNImplementation?, of system: String
  ) {
    guard case .startEvent(let trigger) = element.kind, element.parent == nil else { return }
    let kind: Trigger.Kind
    var expression: String?
    switch trigger {
    case .timer(_, let text):
      kind = .schedule
      expression = text
    case .message(let text), .signal(let text), .conditional(let text), .error(let text),
      .escalation(let text):
      kind = .event
      expression = text ?? element.name
    case .multiple:
      kind = .event
      expression = element.name
    case .none where implementation?.isInbound == true: kind = .event
    // A start event without definition may be pressed by a person or called by a program.
    case .none, .terminate, .compensation, .cancel, .link: return
    }
    if let implementation, implementation.isInbound {
      expression = implementation.note ?? expression ?? implementation.text
    }
    fragment.triggers.append(
      Trigger(
        system: system, kind: kind, expression: expression,
        evidence: Evidence(.imported, element.location)))
  }
}

/// The name of a process, else its id; names that drawing tools give to every process give way to the
/// name of the file or of its folder.
///
/// - Parameter path: The file, where the process is the only one in it.
private func systemName(of process: BusinessProcess, path: String?) -> String {
  let candidates = [process.name, process.id].compactMap(\.self)
  let places = (path ?? "").split(separator: "/").suffix(2).reversed().map(withoutBPMNSuffix)
  return (candidates + places).first { !isToolsName($0) } ?? candidates[0]
}

/// Whether a drawing tool proposes this for a new process, pool or diagram, or generated it as an id.
private func isToolsName(_ name: String) -> Bool {
  // `_c2a5…` and `sid-46891B57-…`, and bpmn.io's `Process_0k9d1hm`.
  if name.hasPrefix("_") || name.hasPrefix("sid-") { return true }
  if name.hasPrefix("Process_"), name.count == 15, name.contains(where: \.isNumber) { return true }
  let letters = name.lowercased().filter(\.isLetter)
  return [
    "process", "newprocess", "pool", "participant", "poolparticipant", "workflow", "newworkflow",
    "diagram", "newdiagram", "untitled", "wfp", "processdiagram", "main", "bpmn", "definitions",
  ].contains(letters)
}

private func withoutBPMNSuffix(_ part: Substring) -> String {
  var name = part
  for suffix in [".xml", ".bpmn", ".bpmn2", ".bpmn20"] where name.hasSuffix(suffix) {
    name = name.dropLast(suffix.count)
  }
  return String(name)
}
