import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Releases, processes and objects that Blue Prism exports, also single schedules and queues.
  static let bluePrism = ImportFormat(
    id: "blue-prism", title: "Blue Prism release, process or object",
    isFormat: { file in
      guard let root = file.xmlRootName else { return false }
      if root.namespace?.hasPrefix(bluePrismNamespace) ?? false { return true }
      guard ["process", "object", "release"].contains(root.name) else { return false }
      return root.name == "release"
        ? file.contains(bluePrismNamespace)
        : file.contains("<stage ") && (file.contains("bpversion") || file.contains("stageid="))
    },
    readFile: { file throws(DocumentError) in
      BluePrismRelease(try file.xml(), path: file.path, limits: file.limits).reading()
    })
}

/// How the namespaces of all parts of a release begin.
private let bluePrismNamespace = "http://www.blueprism.co.uk/product/"

/// The parts of one file: processes and objects, and what stands beside them.
struct BluePrismRelease {
  private let root: XMLElement
  private let limits: DocumentLimits
  private var result: FileReading
  /// Processes and objects with the identifiers that other parts call them by.
  private(set) var automations: [BluePrismAutomation] = []
  /// Hosts of web services by the names under which stages call them.
  private(set) var serviceHosts: [String: String] = [:]

  init(_ root: XMLElement, path: String, limits: DocumentLimits) {
    self.root = root
    self.limits = limits
    result = FileReading(path: path)
  }

  /// What the file says.
  func reading() -> FileReading {
    var copy = self
    copy.read()
    return copy.result
  }

  /// The parts of a release; the root itself where it is a part.
  private var parts: [XMLElement] {
    guard root.name == "release" else { return [root] }
    return (root.first("contents") ?? root).children
  }

  private mutating func read() {
    for part in parts {
      switch part.name {
      case "process", "object": addAutomation(part)
      case "webapiservice", "web-api-service", "web-service", "webservice": addService(part)
      default: break
      }
    }
    let names = Dictionary(
      automations.flatMap { automation in automation.ids.map { ($0, automation.name) } },
      uniquingKeysWith: { first, _ in first })
    let creator = root.first("user-created-by")
    for automation in automations {
      var walk = BluePrismWalk(
        automation, names: names, serviceHosts: serviceHosts, others: automations)
      var fragment = walk.fragment()
      if let creator, let name = creator.text.trimmedOrNil {
        fragment.systems[0].creator.state(
          name, Evidence(.imported, creator.location, note: "created the release"))
      }
      result.problems += walk.problems
      result.isPartial = result.isPartial || walk.isPartial
      append(fragment)
    }
    for part in parts {
      switch part.name {
      case "work-queue": addQueue(part)
      case "schedule": addSchedule(part, names)
      case "credential": addCredential(part)
      default: break
      }
    }
    if automations.isEmpty { finishWithoutAutomations() }
  }

  private mutating func append(_ fragment: EstateFragment) {
    result.fragment.systems += fragment.systems
    result.fragment.applications += fragment.applications
    result.fragment.connections += fragment.connections
    result.fragment.steps += fragment.steps
    result.fragment.touchPoints += fragment.touchPoints
    result.fragment.triggers += fragment.triggers
    result.fragment.credentials += fragment.credentials
  }

  private mutating func finishWithoutAutomations() {
    guard result.fragment.isEmpty else { return }
    if parts.contains(where: { ["process", "object"].contains($0.name) }) { return }
    result.isBeside = true
    result.note(
      .info, "the file holds no process and no object, so that nothing runs by it",
      at: root.location)
  }

  // MARK: Processes and objects

  private mutating func addAutomation(_ part: XMLElement) {
    let isObject = part.name == "object"
    // Releases wrap the exported process; old ones carry it as text.
    var body = part
    if let inner = part.first("process") ?? part.first("object") {
      body = inner
    } else if part.descendants("stage").isEmpty, let text = part.text.trimmedOrNil,
      text.hasPrefix("<")
    {
      do throws(DocumentError) {
        body = try parseXML(Array(text.utf8), path: part.location.path, limits: limits)
      } catch {
        result.note(
          .medium,
          "the definition inside '\(part["name"] ?? "?")' is not XML, so that its steps are left out",
          at: part.location)
      }
    }
    guard let name = (body["name"] ?? part["name"])?.trimmedOrNil else {
      result.note(
        .high, "a \(part.name) without a name; export it again from Blue Prism", at: part.location)
      result.hasFailed = parts.count == 1
      return
    }
    let ids = [part["id"], body["preferredid"], body["id"], body["processid"]].compactMap {
      $0?.trimmedOrNil?.lowercased()
    }
    automations.append(
      BluePrismAutomation(
        name: name, ids: uniqueInOrder(ids), isObject: isObject || body["type"] == "object",
        body: body))
  }

  // MARK: Beside them

  private mutating func addService(_ part: XMLElement) {
    guard let name = part["name"]?.trimmedOrNil else { return }
    let addresses =
      [part["url"], part["baseurl"], part.first("configuration")?["baseurl"]]
      + part.descendants("url").map(\.text) + part.descendants("baseurl").map(\.text)
    serviceHosts[nameKey(name)] =
      addresses.compactMap { $0.flatMap(host(ofAddress:)) }.first ?? ""
  }

  /// How often the items of a queue are tried: a step of those that take items out of it.
  private mutating func addQueue(_ part: XMLElement) {
    guard let queue = part["name"]?.trimmedOrNil else { return }
    let attempts = (part["max-attempts"] ?? part["maxattempts"]).flatMap { Int($0) }
    let consumers = uniqueInOrder(
      result.fragment.connections.filter {
        $0.kind == .reads && $0.target == EntityReference(.data, queue)
      }.map(\.source.name))
    for consumer in consumers {
      var step = Step(
        system: consumer, id: "queue \(queue)", name: "Retry of failed items of \(queue)",
        kind: .errorHandling, evidence: Evidence(.imported, part.location))
      step.retries = attempts.flatMap { (1...10_000).contains($0) ? $0 - 1 : nil }
      result.fragment.steps.append(step)
    }
    if consumers.isEmpty {
      result.note(
        .info,
        "no process or object of the file takes items out of the queue '\(queue)' by its name",
        at: part.location)
    }
  }

  private mutating func addCredential(_ part: XMLElement) {
    guard let name = part["name"]?.trimmedOrNil,
      !result.fragment.credentials.contains(where: { nameKey($0.name) == nameKey(name) })
    else { return }
    // Which process uses it is computed in the process; where there is only one, it is that one.
    let processes = automations.filter { !$0.isObject }
    guard processes.count == 1 else {
      return result.note(
        .info,
        "no process or object of the file names the credential '\(name)', so that its user is unknown",
        at: part.location)
    }
    result.fragment.credentials.append(
      CredentialUse(
        system: processes[0].name, name: name,
        evidence: Evidence(
          .inferred, part.location, note: "in the release of the only process that may use it")))
  }

  /// A schedule: which processes it starts, and when.
  private mutating func addSchedule(_ part: XMLElement, _ names: [String: String]) {
    let evidence = Evidence(.imported, part.location, note: part["name"].map { "schedule \($0)" })
    var processes: [String] = []
    collectProcesses(part, names, depth: 0, into: &processes)
    let triggers = part.descendants("trigger")
    let user = triggers.filter { $0["user-trigger"]?.lowercased() == "true" }
    let expression = (user.isEmpty ? triggers : user).map(expression(ofTrigger:)).joined(
      separator: "; "
    ).trimmedOrNil
    for process in uniqueInOrder(processes) {
      result.fragment.triggers.append(
        Trigger(
          system: process, kind: .schedule, expression: expression ?? part["name"],
          evidence: evidence))
    }
    if processes.isEmpty {
      result.note(
        .low,
        "the schedule '\(part["name"] ?? "?")' starts no process of this file; export its processes too",
        at: part.location)
    }
  }

  private func collectProcesses(
    _ element: XMLElement, _ names: [String: String], depth: Int, into processes: inout [String]
  ) {
    guard depth < 250 else { return }
    for attribute in element.attributes {
      if let name = names[attribute.value.lowercased()] {
        processes.append(name)
      } else if ["process-name", "processname"].contains(attribute.name),
        let name = attribute.value.trimmedOrNil
      {
        processes.append(name)
      }
    }
    if let text = element.text.trimmedOrNil, let name = names[text.lowercased()] {
      processes.append(name)
    }
    for child in element.children {
      collectProcesses(child, names, depth: depth + 1, into: &processes)
    }
  }

  private func expression(ofTrigger trigger: XMLElement) -> String {
    ["unit-type", "period", "calendar", "start-point", "end-point", "start-date", "end-date"]
      .compactMap { name in trigger[name]?.trimmedOrNil.map { "\(name) \($0)" } }
      .joined(separator: ", ")
  }
}

/// A process or object.
struct BluePrismAutomation {
  /// Its name.
  var name: String
  /// Identifiers by which others call it, in lower case.
  var ids: [String]
  /// Whether it is an object: actions that processes call, and the screens they work on.
  var isObject: Bool
  /// The exported definition.
  var body: XMLElement

  /// What the object drives, as its application model says; `nil` where it drives nothing.
  var target: BluePrismTarget? { BluePrismTarget(body) }
}
