import DocumentReading
import Facts
import Inventory

/// Goes through one workflow and lists what it does: steps, calls, applications, data, people.
struct UiPathWalk {
  private let workflow: UiPathWorkflow
  private let system: EntityReference
  private let values: UiPathValues
  private let knownFiles: Set<String>
  private var result: FileReading
  /// What is done to the windows and pages that are open around the current place, innermost last.
  private var acts: [Set<Connection.Kind>] = []
  /// Files at paths that the project does not determine.
  private var unknownPaths: [SourceLocation] = []

  init(
    _ workflow: UiPathWorkflow, system: String, values: UiPathValues, knownFiles: Set<String>
  ) {
    self.workflow = workflow
    self.system = EntityReference(.system, system)
    self.values = values
    self.knownFiles = knownFiles
    result = FileReading(path: workflow.path)
  }

  /// What the workflow says.
  mutating func reading() -> FileReading {
    for child in workflow.root.children { walk(child) }
    if let first = unknownPaths.first {
      result.note(
        .info,
        "the project's files do not determine the paths of files that are read or written"
          + " (activities: \(unknownPaths.count), the first is here)", at: first)
    }
    return result
  }

  private mutating func walk(_ element: XMLElement) {
    // What is commented out does not run.
    guard element.name != "CommentOut" else { return }
    guard UiPathActivity.isActivity(element) else {
      for child in element.children { walk(child) }
      return
    }
    addStep(element)
    addTouchPoint(element)
    addCall(element)
    addData(element)
    addService(element)
    addTrigger(element)
    let isScope = UiPathActivity.scopes.contains(element.name)
    if isScope { acts.append([]) }
    if let act = UiPathActivity.userInterfaceAct(of: element) { note(act, element) }
    for child in element.children { walk(child) }
    if isScope { closeScope(element, acts.popLast() ?? []) }
  }

  // MARK: Steps

  private mutating func addStep(_ element: XMLElement) {
    guard let kind = UiPathActivity.kind(of: element) else { return }
    let place = place(of: element)
    var step = Step(
      system: system.name, id: id(of: element), name: element["DisplayName"], kind: kind,
      evidence: Evidence(.imported, place))
    if element.name == "RetryScope", let count = element.argument("NumberOfRetries"),
      let resolved = values.resolve(count, in: workflow)
    {
      step.retries = Int(resolved.text)
      step.evidence.note = resolved.note
    }
    if let timeout = element.argument("TimeoutMS"), !timeout.isComputed,
      let milliseconds = Double(timeout.text)
    {
      step.timeout = TimeSpan(seconds: milliseconds / 1000)
    }
    result.fragment.steps.append(step)
  }

  private mutating func addTouchPoint(_ element: XMLElement) {
    guard let kind = UiPathActivity.touchPoint(of: element) else { return }
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system.name, step: id(of: element), name: element["DisplayName"], kind: kind,
        evidence: Evidence(.imported, place(of: element))))
  }

  private mutating func addTrigger(_ element: XMLElement) {
    guard element.name.hasSuffix("Trigger"), element.name != "Trigger" else { return }
    let isTimer = element.name.hasPrefix("Time") || element.name.contains("Schedule")
    result.fragment.triggers.append(
      Trigger(
        system: system.name, kind: isTimer ? .schedule : .event,
        expression: element["DisplayName"] ?? element.name,
        evidence: Evidence(.imported, place(of: element))))
  }

  // MARK: Calls

  private mutating func addCall(_ element: XMLElement) {
    switch element.name {
    case "InvokeWorkflowFile":
      guard let path = element.argument("WorkflowFileName") else { return }
      guard let resolved = values.resolve(path, in: workflow) else {
        return result.note(
          .low,
          "the invoked workflow is an expression that the project's files do not determine",
          at: place(of: element))
      }
      // A lone workflow is expected to lack its companions.
      guard knownFiles.count > 1, !knownFiles.contains(UiPathWorkflow.key(resolved.text))
      else { return }
      result.note(
        .medium,
        "invokes '\(resolved.text)', which is not among the project's files; export the whole folder",
        at: place(of: element))
    case "InvokeProcess", "RunJob", "StartJob", "StartJobAndGetReference":
      connect(.invokes, element, to: .system, by: ["ProcessName"], channel: .api)
    default: break
    }
  }

  // MARK: Data

  private mutating func addData(_ element: XMLElement) {
    switch element.name {
    case "AddQueueItem", "AddTransactionItem", "BulkAddQueueItems":
      connect(.writes, element, to: .data, by: ["QueueName", "QueueType"], channel: .queue)
    case "GetQueueItem", "GetQueueItems", "WaitQueueItem", "GetTransactionItem",
      "WaitForQueueItemAndResume", "AddQueueItemAndGetReference":
      connect(.reads, element, to: .data, by: ["QueueName", "QueueType"], channel: .queue)
    case "GetRobotAsset", "GetRobotCredential", "GetSecret", "GetAsset", "GetCredential":
      connect(.reads, element, to: .data, by: ["AssetName"], channel: .api)
    case "SetAsset", "SetCredential":
      connect(.writes, element, to: .data, by: ["AssetName"], channel: .api)
    case "ReadRange", "ReadCell", "ReadColumn", "ReadRow", "ReadTextFile", "ReadCsvFile",
      "ReadPDFText", "ReadPDFWithOCR", "ExcelApplicationScope", "ExcelApplicationCard":
      connectFile(.reads, element, by: ["WorkbookPath", "FilePath", "FileName"])
    case "WriteRange", "WriteCell", "AppendRange", "WriteTextFile", "WriteCsvFile", "AppendCsvFile",
      "AppendLine":
      connectFile(.writes, element, by: ["WorkbookPath", "FilePath", "FileName"])
    case "CopyFile", "MoveFile":
      connectFile(.reads, element, by: ["Path"])
      connectFile(.writes, element, by: ["Destination"])
    case "DeleteFileX", "Delete":
      connectFile(.writes, element, by: ["Path"])
    default: break
    }
  }

  /// Connects to a file by its path.
  ///
  /// Left out are paths that are not determined, and those relative to the project: its own files
  /// link it to nothing else.
  private mutating func connectFile(
    _ kind: Connection.Kind, _ element: XMLElement, by properties: [String]
  ) {
    guard let path = argument(element, properties) else { return }
    guard let resolved = values.resolve(path, in: workflow) else {
      unknownPaths.append(place(of: element))
      return
    }
    guard let name = sharedFileName(resolved.text) else { return }
    add(kind, to: EntityReference(.data, name), channel: .file, element, note: resolved.note)
  }

  /// Connects to what a property names.
  private mutating func connect(
    _ kind: Connection.Kind, _ element: XMLElement, to target: EntityKind, by properties: [String],
    channel: Connection.Channel
  ) {
    guard let name = argument(element, properties) else { return }
    if let resolved = values.resolve(name, in: workflow), let text = resolved.text.trimmedOrNil {
      add(kind, to: EntityReference(target, text), channel: channel, element, note: resolved.note)
    } else if !name.text.lowercased().contains("row(") && !name.text.lowercased().contains("row[") {
      // Rows of the asset sheet are read off Config.xlsx itself.
      result.note(
        .low,
        "\(element.name): the name is an expression that the project's files do not determine",
        at: place(of: element))
    }
  }

  private func argument(_ element: XMLElement, _ properties: [String]) -> UiPathExpression? {
    properties.lazy.compactMap { element.argument($0) }.first
  }

  // MARK: Applications

  private mutating func addService(_ element: XMLElement) {
    switch element.name {
    case "HttpClient", "HttpRequest", "NetHttpRequest", "SoapClient":
      guard let address = argument(element, ["EndPoint", "RequestUrl", "Url"]) else { return }
      guard let resolved = values.resolve(address, in: workflow),
        let host = host(ofAddress: resolved.text)
      else {
        return result.note(
          .low,
          "\(element.name): the address is an expression that the project's files do not determine",
          at: place(of: element))
      }
      let method = element.argument("Method")?.text.uppercased()
      let target = EntityReference(.application, KnownApplication.named(byHost: host) ?? host)
      describe(target.name, alias: host, element)
      add(
        httpDirection(method), to: target, channel: .api, element, action: method,
        note: resolved.note)
    case "StartProcess":
      guard let path = argument(element, ["FileName"]).flatMap({ values.resolve($0, in: workflow) })
      else { return }
      let file = lastComponent(of: path.text)
      let name = KnownApplication.named(byExecutable: file) ?? file
      add(
        .invokes, to: EntityReference(.application, name), channel: .internalCall, element,
        note: path.note)
    default:
      guard let service = UiPathService.of(element) else { return }
      add(
        direction(ofOperation: element.name) ?? .invokes,
        to: EntityReference(.application, service.application),
        channel: service.channel, element)
    }
  }

  private mutating func note(_ act: Connection.Kind, _ element: XMLElement) {
    // Inside a card or scope, addresses of the elements only repeat whose page it is; a page that is
    // opened there, or a classic full selector outside, names an application of its own.
    if acts.isEmpty || element.name == "NGoToUrl" || element.name == "NavigateTo" {
      drive(UiPathTarget(of: element, in: workflow, values), element, [act])
    }
    if !acts.isEmpty { acts[acts.count - 1].insert(act) }
  }

  private mutating func closeScope(_ element: XMLElement, _ acts: Set<Connection.Kind>) {
    var target = UiPathTarget(of: element, in: workflow, values)
    // The title of a page is a weak name; the elements inside often tell the address.
    if !target.isCertain { target = target.merged(with: innerTargets(of: element)) }
    if target.applications.isEmpty, target.hasUnresolvedAddress {
      result.note(
        .low, "the address opened here is an expression that the project's files do not determine",
        at: place(of: element))
    }
    drive(target, element, acts.isEmpty ? [.invokes] : acts)
  }

  /// Targets of the activities inside a scope that does not name its own.
  private func innerTargets(of scope: XMLElement) -> [UiPathTarget] {
    var targets: [UiPathTarget] = []
    func collect(_ element: XMLElement) {
      for child in element.children where child.name != "CommentOut" {
        if UiPathActivity.scopes.contains(child.name) { continue }
        if UiPathActivity.userInterfaceAct(of: child) != nil {
          targets.append(UiPathTarget(of: child, in: workflow, values))
        }
        collect(child)
      }
    }
    collect(scope)
    return targets
  }

  private mutating func drive(
    _ target: UiPathTarget, _ element: XMLElement, _ acts: Set<Connection.Kind>
  ) {
    // Clicking is part of reading and writing; it is told only where nothing more is done.
    let telling = acts.subtracting([.invokes])
    for application in target.applications {
      let evidence = Evidence(
        application.provenance, place(of: element), note: application.note)
      if !application.aliases.isEmpty {
        result.fragment.applications.append(
          Application(name: application.name, aliases: application.aliases, source: evidence))
      }
      for act in telling.isEmpty ? [.invokes] : [Connection.Kind.reads, .writes]
      where telling.isEmpty || telling.contains(act) {
        result.fragment.connections.append(
          Connection(
            act, from: system, to: EntityReference(.application, application.name),
            channel: .userInterface, evidence: evidence))
      }
    }
  }

  private mutating func describe(_ name: String, alias: String, _ element: XMLElement) {
    guard name != alias else { return }
    result.fragment.applications.append(
      Application(name: name, aliases: [alias], source: Evidence(.imported, place(of: element))))
  }

  // MARK: Places

  private mutating func add(
    _ kind: Connection.Kind, to target: EntityReference, channel: Connection.Channel,
    _ element: XMLElement, action: String? = nil, note: String? = nil
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: system, to: target, channel: channel, action: action ?? element.name,
        evidence: Evidence(.imported, place(of: element), note: note)))
  }

  private func place(of element: XMLElement) -> SourceLocation {
    var place = element.location
    place.element = element["WorkflowViewState.IdRef"] ?? element["DisplayName"]
    return place
  }

  /// File and reference, unique within the project; the line where there is no reference.
  private func id(of element: XMLElement) -> String {
    let reference = element["WorkflowViewState.IdRef"] ?? "line \(element.location.line ?? 0)"
    return "\(workflow.name)#\(reference)"
  }
}

/// The name of a file that others can reach: an absolute or network path, in which the home folder of
/// a person is `~`; `nil` for paths within a project and for folders.
func sharedFileName(_ path: String) -> String? {
  guard !pathExtension(of: lastComponent(of: path)).isEmpty else { return nil }
  let isNetwork = path.hasPrefix("\\\\") || path.hasPrefix("//")
  let isAbsolute = path.dropFirst().hasPrefix(":") || path.hasPrefix("/")
  guard isNetwork || isAbsolute else { return nil }
  let parts = path.split { $0 == "/" || $0 == "\\" }.map(String.init)
  guard !isNetwork,
    let users = parts.firstIndex(where: { ["users", "home"].contains($0.lowercased()) }),
    users <= 1, parts.count > users + 2
  else { return path }
  return (["~"] + parts[(users + 2)...]).joined(separator: "\\")
}
