import DocumentReading
import Facts
import Inventory

/// Goes through one workflow and lists what it does: steps, calls, applications, data, people.
struct UiPathWalk {
  let workflow: UiPathWorkflow
  let system: EntityReference
  let values: UiPathValues
  private let knownFiles: Set<String>
  var result: FileReading
  /// What is done to the windows and pages that are open around the current place, innermost last.
  var acts: [Set<Connection.Kind>] = []
  /// Files at paths that the project does not determine.
  private var unknownPaths: [SourceLocation] = []
  /// Activities that are commented out, and where the first part with such is.
  private var disabled: (count: Int, first: SourceLocation)?

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
    if let disabled {
      result.note(
        .info,
        "what is commented out is left out (activities: \(disabled.count), the first part is here)",
        at: disabled.first)
    }
    return result
  }

  /// The steps of a workflow that the published robot does not run, such as a test case.
  mutating func stepsAlone(because remark: String) -> FileReading {
    var reading = reading()
    let steps = reading.fragment.steps
    reading.fragment = EstateFragment()
    reading.fragment.steps = steps.map { step in
      var step = step
      step.evidence.note = remark
      return step
    }
    reading.problems = []
    reading.note(.info, remark, at: SourceLocation(path: workflow.path))
    return reading
  }

  private mutating func walk(_ element: XMLElement) {
    // What is commented out does not run.
    guard element.name != "CommentOut" else {
      let count = Self.activities(in: element)
      disabled = ((disabled?.count ?? 0) + count, disabled?.first ?? place(of: element))
      return
    }
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

  private static func activities(in element: XMLElement) -> Int {
    element.children.reduce(0) { count, child in
      count + (UiPathActivity.isActivity(child) ? 1 : 0) + activities(in: child)
    }
  }

  // MARK: Steps

  private mutating func addStep(_ element: XMLElement) {
    guard let kind = UiPathActivity.kind(of: element) else { return }
    let place = place(of: element)
    var step = Step(
      system: system.name, id: id(of: element), name: label(of: element), kind: kind,
      evidence: Evidence(.imported, place))
    if element.name == "InvokeWorkflowFile",
      let path = element.argument("WorkflowFileName").flatMap({ values.resolve($0, in: workflow) })
    {
      step.evidence.note = "invokes \(path.text)"
    }
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
    step.delay = UiPathActivity.delay(of: element)
    step.selector = UiPathTarget.selector(of: element)
    result.fragment.steps.append(step)
  }

  /// What Studio shows: the display name, else what is caught, else the kind of activity.
  private func label(of element: XMLElement) -> String {
    if let name = element["DisplayName"]?.trimmedOrNil { return name }
    guard element.name == "Catch", let caught = element["TypeArguments"]?.trimmedOrNil else {
      return element.name
    }
    return "Catch \(caught.split(separator: ":").last.map(String.init) ?? caught)"
  }

  private mutating func addTouchPoint(_ element: XMLElement) {
    guard let kind = UiPathActivity.touchPoint(of: element) else { return }
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system.name, step: id(of: element), name: label(of: element), kind: kind,
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
    case "InvokeProcess", "RunJob", "StartJob", "StartJobAndGetReference", "BeginProcess",
      "RunParallelProcess":
      connect(.invokes, element, to: .system, by: ["ProcessName", "ProcessPath"], channel: .api)
    case "RunAgent":
      connect(.invokes, element, to: .system, by: ["AgentName", "ProcessName"], channel: .api)
    default:
      guard let library = UiPathActivity.library(of: element) else { return }
      add(.invokes, to: EntityReference(.system, library), channel: .internalCall, element)
    }
  }

  // MARK: Data

  mutating func addData(_ element: XMLElement) {
    switch element.name {
    case "AddQueueItem", "AddTransactionItem", "BulkAddQueueItems", "DeleteQueueItems":
      connect(.writes, element, to: .data, by: ["QueueName", "QueueType"], channel: .queue)
    case "GetQueueItem", "GetQueueItems", "WaitQueueItem", "GetTransactionItem",
      "WaitForQueueItemAndResume", "AddQueueItemAndGetReference":
      connect(.reads, element, to: .data, by: ["QueueName", "QueueType"], channel: .queue)
    case "GetRobotAsset", "GetRobotCredential", "GetSecret", "GetAsset", "GetCredential",
      "GetSecureCredential":
      connect(.reads, element, to: .data, by: Self.credentialNames, channel: .api)
      addCredential(element)
    case "SetAsset", "SetCredential", "AddCredential":
      connect(.writes, element, to: .data, by: Self.credentialNames, channel: .api)
    case "DownloadStorageFile", "ReadStorageText", "ListStorageFiles":
      connect(.reads, element, to: .data, by: ["StorageBucketName"], channel: .file)
    case "UploadStorageFile", "WriteStorageText", "DeleteStorageFile":
      connect(.writes, element, to: .data, by: ["StorageBucketName"], channel: .file)
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

  /// Properties that name an asset or a credential: of Orchestrator, of Windows, of a vault.
  private static let credentialNames = ["AssetName", "Target", "SecretName", "CredentialName"]

  private mutating func addCredential(_ element: XMLElement) {
    guard element.name.contains("Credential") || element.name == "GetSecret",
      let name = argument(element, Self.credentialNames),
      let resolved = values.resolve(name, in: workflow), let text = resolved.text.trimmedOrNil
    else { return }
    result.fragment.credentials.append(
      CredentialUse(
        system: system.name, name: text,
        evidence: Evidence(.imported, place(of: element), note: resolved.note)))
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
      result.note(
        .low,
        "\(element.name): the name is an expression that the project's files do not determine",
        at: place(of: element))
      // A system that is not there would be missed by name; its step shows the call.
      if target != .system { addUndetermined(kind, target, name, channel, element) }
    } else {
      // The asset of a row of Config.xlsx, where that is among the files.
      let assets = values.assets.isEmpty ? ["assets of \(system.name)"] : values.assets
      for asset in assets {
        add(
          kind, to: EntityReference(target, asset), channel: channel, element,
          note: values.assets.isEmpty
            ? "listed in a workbook that is not among the files" : "listed in a workbook")
      }
    }
  }

  /// Connects to what only an expression names, under a name of its own.
  mutating func addUndetermined(
    _ kind: Connection.Kind, _ target: EntityKind, _ expression: UiPathExpression,
    _ channel: Connection.Channel, _ element: XMLElement, action: String? = nil
  ) {
    guard let name = symbolicName(expression.text, of: system.name) else { return }
    add(
      kind, to: EntityReference(target, name), channel: channel, element, action: action,
      note: "named by an expression, which the project's files do not determine")
  }

  func argument(_ element: XMLElement, _ properties: [String]) -> UiPathExpression? {
    properties.lazy.compactMap { element.argument($0) }.first
  }

  // MARK: Places

  mutating func add(
    _ kind: Connection.Kind, to target: EntityReference, channel: Connection.Channel,
    _ element: XMLElement, action: String? = nil, note: String? = nil
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: system, to: target, channel: channel, action: action ?? element.name,
        evidence: Evidence(.imported, place(of: element), note: note)))
  }

  func place(of element: XMLElement) -> SourceLocation {
    var place = element.location
    place.element = element["WorkflowViewState.IdRef"] ?? element["DisplayName"]
    return place
  }

  /// File and reference, unique within the project; the line where there is no reference.
  private func id(of element: XMLElement) -> String {
    let line = "line \(element.location.position ?? "0")"
    let reference = element["WorkflowViewState.IdRef"] ?? line
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
