import DocumentReading
import Facts
import Inventory

/// What commands mean for the estate: with which products, files, queues and bots they work.
extension AutomationAnywhereWalk {
  /// Adds what a command does to the rest of the estate.
  mutating func connect(
    _ node: DataNode, _ package: String, _ command: String, _ evidence: Evidence
  ) {
    let key = nameKey(package)
    var application: String?
    switch key {
    case "taskbot":
      if command.lowercased().contains("run") { addCall(node, evidence) }
    case "rest", "restwebservices", "soap", "soapwebservice", "restapi":
      application = addAddress(node, ["uri", "url", "endpoint", "wsdl"], .api, command, evidence)
    case "browser", "webautomation":
      application = addPage(node, command, evidence)
    case "recorder", "window", "capture", "universalrecorder", "aisense", "keystrokes":
      application = addWindow(node, command, key, evidence)
    case "database":
      application = addDatabase(node, command, evidence)
    case "application":
      application = addProgram(node, command, evidence)
    case "file", "folder", "csvtxt", "pdf", "xml", "logtofile":
      addFile(node, command, evidence)
    case "workload", "queue", "workqueue":
      let queue = text("queueName", of: node) ?? text("queue", of: node)
      if let queue {
        append(
          command.lowercased().contains("insert") || command.lowercased().contains("add")
            ? .writes : .reads, EntityReference(.data, queue), .queue, command, evidence)
      } else {
        unknownTargets.append(evidence.location)
      }
    default:
      if let known = AutomationAnywherePackage.application(of: key) {
        application = known.name
        let file = text("filePath", of: node) ?? text("workbookPath", of: node)
        append(
          direction(ofOperation: plain(command)) ?? .invokes,
          EntityReference(.application, known.name), known.channel, plain(command), evidence,
          data: [file.flatMap(sharedFileName)].compactMap(\.self))
      }
    }
    addCredentials(
      in: node["attributes"], application: application, at: evidence.location, depth: 0)
    if AutomationAnywherePackage.isModel(key), let model = text("model", of: node) {
      if !result.fragment.systems[0].models.contains(model) {
        result.fragment.systems[0].models.append(model)
      }
    }
  }

  private mutating func addCall(_ node: DataNode, _ evidence: Evidence) {
    let file = attribute("taskbot", of: node)?["value"]?["taskbotFile"]
    let written =
      (file?["string"] ?? file?["expression"])?.string?.trimmedOrNil
      ?? text("taskbotFile", of: node) ?? text("file", of: node)
    guard let written, !written.contains("$") else {
      return result.note(
        .low, "the bot that is run is an expression, so that it is unknown", at: evidence.location)
    }
    let path = AutomationAnywhereExport.repositoryPath(written)
    let short = nameKey(lastComponent(of: path))
    let sole = names.filter { nameKey($0.value) == short }
    let name = names[nameKey(path)] ?? (sole.count == 1 ? sole.first?.value : nil) ?? path
    append(.invokes, EntityReference(.system, name), .internalCall, "runTask", evidence)
  }

  private mutating func addAddress(
    _ node: DataNode, _ attributes: [String], _ channel: Connection.Channel, _ command: String,
    _ evidence: Evidence
  ) -> String? {
    let address = firstText(attributes, of: node)
    let written = attributes.compactMap { attribute($0, of: node)?["value"] }.first
    guard
      let host = address.flatMap({ host(ofAddress: $0) })
        ?? (written?["string"] ?? written?["expression"])?.string.flatMap(host(inExpression:))
    else {
      unknownTargets.append(evidence.location)
      return nil
    }
    let name = KnownApplication.named(byHost: host) ?? host
    if name != host {
      result.fragment.applications.append(
        Application(name: name, aliases: [host], source: evidence))
    }
    let method = plain(command).uppercased()
    let isMethod = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(method)
    append(
      isMethod ? httpDirection(method) : .invokes, EntityReference(.application, name), channel,
      isMethod ? method : plain(command), evidence)
    return name
  }

  private mutating func addPage(
    _ node: DataNode, _ command: String, _ evidence: Evidence
  ) -> String? {
    let address = firstText(["url", "websiteUrl", "link", "uri"], of: node)
    let site = address.flatMap { host(ofAddress: $0.contains("://") ? $0 : "https://\($0)") }
    let session = sessionName(of: node)
    if let site, let session { sessions[session] = site }
    guard let page = site ?? session.flatMap({ sessions[$0] }) ?? window(of: node) else {
      if !command.lowercased().contains("close") { unknownTargets.append(evidence.location) }
      return nil
    }
    let name = KnownApplication.named(byHost: page) ?? page
    append(
      act(command), EntityReference(.application, name), .userInterface, plain(command), evidence)
    return name
  }

  private mutating func addWindow(
    _ node: DataNode, _ command: String, _ package: String, _ evidence: Evidence
  ) -> String? {
    guard let window = window(of: node) else {
      if package != "keystrokes" { unknownTargets.append(evidence.location) }
      return nil
    }
    append(
      act(text("action", of: node) ?? command), EntityReference(.application, window),
      .userInterface, plain(command), evidence)
    return window
  }

  private func act(_ command: String) -> Connection.Kind {
    let command = plain(command).lowercased()
    if ["get", "extract", "capture", "read", "find", "exists"].contains(where: command.contains) {
      return .reads
    }
    return ["set", "select", "type", "append", "enter"].contains(where: command.contains)
      ? .writes : .invokes
  }

  private mutating func addDatabase(
    _ node: DataNode, _ command: String, _ evidence: Evidence
  ) -> String? {
    let lowered = command.lowercased()
    guard !lowered.contains("disconnect"), !lowered.contains("close") else { return nil }
    let type = firstText(["databaseType", "dbType"], of: node)
    let connection = attribute("connectionURL", of: node)?["value"]
    let written = type ?? (connection?["string"] ?? connection?["expression"])?.string
    let session = sessionName(of: node) ?? ""
    let name = written.flatMap(databaseProduct(inConnection:)) ?? sessions[session] ?? "Database"
    sessions[session] = name
    let query = attribute("query", of: node) ?? attribute("statement", of: node)
    let sql = (query?["value"]?["string"] ?? query?["value"]?["expression"])?.string ?? ""
    var kind = direction(ofSQL: sql)
    if kind == .invokes {
      let writes = ["insert", "update", "delete", "import"].contains(where: lowered.contains)
      let reads = ["read", "export", "query", "select"].contains(where: lowered.contains)
      kind = writes ? .writes : reads ? .reads : .invokes
    }
    append(
      kind, EntityReference(.application, name), .database, plain(command), evidence,
      data: tableNames(inSQL: sql))
    return name
  }

  private mutating func addProgram(
    _ node: DataNode, _ command: String, _ evidence: Evidence
  ) -> String? {
    let path = firstText(["filePath", "path", "fileName", "application"], of: node)
    guard let path else {
      unknownTargets.append(evidence.location)
      return nil
    }
    let file = lastComponent(of: path)
    let name = KnownApplication.named(byExecutable: file) ?? file
    append(
      .invokes, EntityReference(.application, name), .internalCall, plain(command), evidence)
    return name
  }

  private mutating func addFile(_ node: DataNode, _ command: String, _ evidence: Evidence) {
    let names = [
      "sourceFilePath", "sourceFile", "filePath", "file", "inputFilePath", "pdfPath", "logFilePath",
      "destinationFilePath", "destinationFolder", "destination",
    ]
    for name in names {
      guard let path = text(name, of: node),
        let shared = sharedFileName(path.hasPrefix("file://") ? String(path.dropFirst(7)) : path)
      else { continue }
      let act = plain(command)
      append(
        name.hasPrefix("destination") || name == "logFilePath"
          ? .writes : direction(ofOperation: act) ?? .reads,
        EntityReference(.data, shared), .file, act, evidence)
    }
  }

  private mutating func append(
    _ kind: Connection.Kind, _ target: EntityReference, _ channel: Connection.Channel,
    _ action: String, _ evidence: Evidence, data: [String] = []
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: system, to: target, channel: channel, action: action, data: data,
        evidence: evidence))
  }
}
