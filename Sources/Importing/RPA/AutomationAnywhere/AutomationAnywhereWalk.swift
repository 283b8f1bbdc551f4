import DocumentReading
import Facts
import Inventory

/// Goes through the commands of one bot.
struct AutomationAnywhereWalk {
  private let root: DataNode
  let system: EntityReference
  private let repositoryPath: String
  let names: [String: String]
  var result: FileReading
  private var disabledCount = 0
  private var number = 0
  /// Texts of variables that nothing changes.
  private var variables: [String: String] = [:]
  /// Windows and pages by the variables or sessions that hold them.
  var sessions: [String: String] = [:]
  var unknownTargets: [SourceLocation] = []

  init(
    _ root: DataNode, name: String, path: String, repositoryPath: String, names: [String: String]
  ) {
    self.root = root
    system = EntityReference(.system, name)
    self.repositoryPath = repositoryPath
    self.names = names
    result = FileReading(path: path)
  }

  /// What the bot says.
  mutating func reading() -> FileReading {
    readVariables()
    describe()
    for trigger in root["triggers"]?.array ?? [] { addTrigger(trigger) }
    walk(root["nodes"]?.array ?? [], depth: 0)
    if disabledCount > 0 {
      result.note(
        .info, "commands that are switched off are left out (\(disabledCount))", at: root.location)
    }
    if let first = unknownTargets.first {
      result.note(
        .info,
        "the bot does not determine with what some commands work"
          + " (commands: \(unknownTargets.count), the first is here)", at: first)
    }
    return result
  }

  private mutating func describe() {
    let evidence = Evidence(.imported, root.location)
    var bot = AutomationSystem(name: system.name, source: evidence)
    bot.kind.state(.rpa, evidence)
    bot.technology.state("Automation Anywhere", evidence)
    if nameKey(repositoryPath) != bot.key { bot.aliases.append(repositoryPath) }
    if let purpose = firstComment() { bot.purpose.state(purpose.value, purpose.evidence) }
    bot.unknowns = [
      "Schedules, runs, owner and machine are in the control room, not in the exported bot."
    ]
    if let queue = root["workItemTemplateName"], let name = queue.string?.trimmedOrNil {
      result.fragment.connections.append(
        Connection(
          .reads, from: system, to: EntityReference(.data, name), channel: .queue,
          action: "work item template", evidence: Evidence(.imported, queue.location)))
    }
    result.fragment.systems = [bot]
  }

  /// `Description: …` among the comments that bots begin with by convention.
  private func firstComment() -> Fact<String>? {
    for node in (root["nodes"]?.array ?? []).prefix(10) {
      guard node["packageName"]?.string == "Comment" else { return nil }
      let text = attribute("comment", of: node)?["value"]?["string"]
      guard let comment = text?.string, let text else { continue }
      for mark in ["description:", "purpose:"] {
        guard let range = comment.lowercased().ranges(of: mark).first,
          range.lowerBound == comment.lowercased().startIndex,
          let purpose = String(comment.dropFirst(mark.count)).trimmedOrNil
        else { continue }
        return Fact(purpose, Evidence(.imported, text.location))
      }
    }
    return nil
  }

  private mutating func readVariables() {
    var assigned: Set<String> = []
    collectAssigned(root["nodes"]?.array ?? [], depth: 0, into: &assigned)
    for variable in root["variables"]?.array ?? [] {
      guard let name = variable["name"]?.string else { continue }
      let value = variable["defaultValue"]
      addCredentials(in: value, application: nil, at: variable.location, depth: 0)
      let isFixed = variable["input"]?.bool != true && !assigned.contains(name.lowercased())
      if isFixed, let text = value?["string"]?.string?.trimmedOrNil {
        variables[name.lowercased()] = text
      }
      if let window = value?["window"].flatMap(windowName) { sessions["$\(name)$"] = window }
    }
  }

  /// Variables that any command puts a result into, wherever it says so.
  private func collectAssigned(_ nodes: [DataNode], depth: Int, into names: inout Set<String>) {
    guard depth < 250 else { return }
    for node in nodes {
      for result in [node["returnTo"], node["returns"]] {
        if let result { collectNames(result, depth: 0, into: &names) }
      }
      for list in ["attributes", "children", "branches"] {
        collectAssigned(node[list]?.array ?? [], depth: depth + 1, into: &names)
      }
    }
  }

  private func collectNames(_ node: DataNode, depth: Int, into names: inout Set<String>) {
    guard depth < 20 else { return }
    if let name = node["variableName"]?.string { names.insert(name.lowercased()) }
    for inner in node.array ?? node.object?.map(\.value) ?? [] {
      collectNames(inner, depth: depth + 1, into: &names)
    }
  }

  private mutating func addTrigger(_ trigger: DataNode) {
    let package = trigger["packageName"]?.string ?? trigger["name"]?.string ?? "trigger"
    let command = trigger["triggerName"]?.string ?? trigger["commandName"]?.string
    result.fragment.triggers.append(
      Trigger(
        system: system.name, kind: .event,
        expression: [package, command].compactMap(\.self).joined(separator: ": "),
        evidence: Evidence(.imported, trigger.location)))
  }

  // MARK: Commands

  private mutating func walk(_ nodes: [DataNode], depth: Int) {
    guard depth < 250 else { return }
    for node in nodes {
      guard node.object != nil else { continue }
      if node["disabled"]?.bool == true {
        disabledCount += 1
        continue
      }
      add(node)
      walk(node["children"]?.array ?? [], depth: depth + 1)
      walk(node["branches"]?.array ?? [], depth: depth + 1)
    }
  }

  private mutating func add(_ node: DataNode) {
    let package = node["packageName"]?.string ?? ""
    let command = node["commandName"]?.string ?? ""
    guard let kind = AutomationAnywherePackage.kind(package, command) else { return }
    number += 1
    var place = node.location
    let label =
      text("title", of: node) ?? text("name", of: node).flatMap { package == "Step" ? $0 : nil }
    place.element = "\(package).\(command)"
    let evidence = Evidence(.imported, place)
    let id = node["uid"]?.string?.trimmedOrNil ?? "\(package).\(command) \(number)"
    let name = label ?? "\(package): \(plain(command))"
    result.fragment.steps.append(
      Step(
        system: system.name, id: id, name: name, kind: kind,
        delay: package == "Delay" ? delay(of: node) : nil, selector: selector(of: node, package),
        evidence: evidence))
    if kind == .human {
      result.fragment.touchPoints.append(
        HumanTouchPoint(
          system: system.name, step: id, name: name,
          kind: touchPointKind(
            label: label, fallback: AutomationAnywherePackage.touchPoint(package, command)),
          evidence: evidence))
    }
    connect(node, package, command, evidence)
  }

  /// `loop.commands.start` is `start`.
  func plain(_ command: String) -> String {
    command.split(separator: ".").last.map(String.init) ?? command
  }

  // MARK: Values

  func attribute(_ name: String, of node: DataNode) -> DataNode? {
    node["attributes"]?.array?.first { $0["name"]?.string == name }
  }

  /// The first of several attributes that has a text.
  func firstText(_ names: [String], of node: DataNode) -> String? {
    for name in names {
      if let text = text(name, of: node) { return text }
    }
    return nil
  }

  /// The text of an attribute, where the bot determines it.
  func text(_ name: String, of node: DataNode) -> String? {
    guard let value = attribute(name, of: node)?["value"] else { return nil }
    if value["type"]?.string == "CREDENTIAL" { return nil }
    if let literal = (value["string"] ?? value["url"] ?? value["number"])?.text?.trimmedOrNil {
      return resolved(literal)
    }
    for key in ["file", "path"] {
      if let inner = value[key]?["string"]?.string?.trimmedOrNil ?? value[key]?.string?.trimmedOrNil
      {
        return resolved(inner)
      }
    }
    return value["expression"]?.string?.trimmedOrNil.flatMap(resolved)
  }

  /// A text in which the only variable is put in; `nil` where more is computed.
  private func resolved(_ text: String) -> String? {
    var rest = text
    if rest.hasPrefix("file://") { rest = String(rest.dropFirst(7)) }
    guard rest.contains("$") else { return rest }
    let inner = rest.dropFirst().dropLast()
    guard rest.hasPrefix("$"), rest.hasSuffix("$"), !inner.contains("$") else { return nil }
    return variables[inner.lowercased()]
  }

  func sessionName(of node: DataNode) -> String? {
    for value in [attribute("session", of: node)?["value"], node["returnTo"]] {
      guard let value else { continue }
      if let name = value["sessionName"]?["string"]?.string ?? value["string"]?.string
        ?? value["expression"]?.string
      {
        return name
      }
      if let variable = value["variableName"]?.string { return "$\(variable)$" }
    }
    return nil
  }

  /// The window or page that any attribute names.
  func window(of node: DataNode) -> String? {
    for attribute in node["attributes"]?.array ?? [] {
      guard let value = attribute["value"] else { continue }
      for key in ["window", "uiWindow", "browser", "uiObject"] {
        if let name = value[key].flatMap(windowName) { return name }
      }
      if value["type"]?.string == "WINDOW", let variable = value["expression"]?.string,
        let name = sessions[variable]
      {
        return name
      }
    }
    return nil
  }

  /// Executable before title; what is active at the time is no name.
  private func windowName(_ window: DataNode) -> String? {
    if let url = (window["url"] ?? window["browserUrl"])?.string, let host = host(ofAddress: url) {
      return KnownApplication.named(byHost: host) ?? host
    }
    if let path = (window["path"] ?? window["applicationPath"] ?? window["executable"])?.string?
      .trimmedOrNil
    {
      let file = lastComponent(of: path)
      if !KnownApplication.isBrowser(executable: file) {
        return KnownApplication.named(byExecutable: file) ?? file
      }
    }
    let title = (window["name"] ?? window["title"] ?? window["windowTitle"])?.string
    let plain = title?.filter { $0 != "*" }.trimmedOrNil
    return plain.flatMap { $0.contains("$") ? nil : $0 }
  }

  /// Names of stored credentials and connections, wherever a command takes one.
  mutating func addCredentials(
    in node: DataNode?, application: String?, at place: SourceLocation, depth: Int
  ) {
    guard let node, depth < 40 else { return }
    if let items = node.array {
      for item in items {
        addCredentials(in: item, application: application, at: place, depth: depth + 1)
      }
      return
    }
    for name in [
      node["credential"]?["name"]?.string, node["oauthConnection"]?["connectionName"]?.string,
    ] {
      guard let name = name?.trimmedOrNil,
        !result.fragment.credentials.contains(where: { $0.name == name })
      else { continue }
      result.fragment.credentials.append(
        CredentialUse(
          system: system.name, name: name, application: application,
          evidence: Evidence(.imported, place)))
    }
    for member in node.object ?? [] where member.key != "blob" {
      addCredentials(in: member.value, application: application, at: place, depth: depth + 1)
    }
  }
}
