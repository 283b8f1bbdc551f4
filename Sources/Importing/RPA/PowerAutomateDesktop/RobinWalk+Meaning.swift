import Facts
import Inventory

/// What actions mean for the estate: with which products, files, queues and flows they work.
extension RobinWalk {
  mutating func addMeaning(
    of statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    switch statement.module {
    case "External": addExternal(statement, action, evidence)
    case "WorkQueues": addQueue(statement, action, evidence)
    case "WebAutomation": addPage(statement, action, evidence)
    case "UIAutomation": addWindow(statement, action, evidence)
    case "Database": addDatabase(statement, action, evidence)
    case "Web", "FTP": addAddress(statement, action, evidence)
    case "File", "Folder", "Pdf", "Xml", "Compression": addFiles(statement, action, evidence)
    case "System" where action.contains("RunApplication"): addProgram(statement, evidence)
    case "CyberArk", "PowerAutomateSecretVariables", "Credentials": addSecret(statement, evidence)
    default: addModule(statement, action, evidence)
    }
  }

  private mutating func addExternal(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    if action.hasPrefix("External.Run") {
      let id = (statement.argument("FlowId") ?? statement.argument("FlowName"))?.literal?
        .trimmedOrNil
      let known = id.flatMap { surroundings.flows[$0.lowercased()] }
      guard let flow = known ?? statement.pragmas["flowname"]?.trimmedOrNil ?? id else {
        return unknownTargets.append(evidence.location)
      }
      return connect(
        .invokes, to: EntityReference(.system, flow), .internalCall, "RunFlow", evidence)
    }
    guard let connector = statement.argument("ConnectorId")?.literal.map(lastComponent(of:)) else {
      return unknownTargets.append(evidence.location)
    }
    let operation = statement.argument("OperationId")?.literal
    let plain = connector.hasPrefix("shared_") ? String(connector.dropFirst(7)) : connector
    let name = KnownApplication.named(byConnector: connector) ?? plain
    result.fragment.applications.append(
      Application(name: name, aliases: [connector], source: evidence))
    let table = statement.pragmas["table"] ?? statement.pragmas["entityname"]
    connect(
      operation.flatMap(direction(ofOperation:)) ?? .invokes,
      to: EntityReference(.application, name), .api, operation, evidence,
      data: [table].compactMap { $0?.trimmedOrNil }.filter { !$0.contains("%") })
    if let credential = statement.pragmas["connectiondisplayname"]?.trimmedOrNil,
      !result.fragment.credentials.contains(where: { $0.name == credential })
    {
      result.fragment.credentials.append(
        CredentialUse(
          system: system.name, name: credential, application: name, evidence: evidence))
    }
  }

  private mutating func addQueue(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let act = action.split(separator: ".").dropFirst().first ?? ""
    let reads = act.hasPrefix("Process") || act.hasPrefix("Get")
    guard let id = text("WorkQueue", of: statement) ?? text("WorkQueueId", of: statement) else {
      // An item is of the queue that it was taken from, which is told where it is taken.
      return
    }
    let queue = surroundings.queues[id.lowercased()] ?? id
    connect(
      reads ? .reads : .writes, to: EntityReference(.data, queue), .queue, String(act), evidence)
  }

  private mutating func addPage(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let address = text("Url", of: statement) ?? text("TabUrl", of: statement)
    let site = address.flatMap { host(ofAddress: $0.contains("://") ? $0 : "https://\($0)") }
    let title = text("TabTitle", of: statement)
    let screen = screen(statement).flatMap(windowName)
    let isHost = screen.map { $0.contains(".") && !$0.contains(" ") } ?? false
    let variable = statement.argument("BrowserInstance")?.expression
    let page = site ?? (isHost ? screen : nil)
    if let page = page ?? title {
      for name in [statement.output("BrowserInstance"), variable] {
        if let name, browsers[name] == nil || address != nil { browsers[name] = page }
      }
    }
    // The name of a screen is a weak one beside the page that the browser was opened with.
    let known = variable.flatMap { browsers[$0] }
    guard let target = (page ?? known ?? title ?? screen)?.trimmedOrNil else {
      if !action.contains("CloseWebBrowser") { unknownTargets.append(evidence.location) }
      return
    }
    drive(target, statement, action, evidence)
  }

  private mutating func addWindow(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let title = text("Title", of: statement) ?? screen(statement)
    guard let title = title.flatMap(windowName) else {
      return unknownTargets.append(evidence.location)
    }
    drive(title, statement, action, evidence)
  }

  private mutating func drive(
    _ target: String, _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let name =
      KnownApplication.named(byHost: target) ?? KnownApplication.named(target)
      ?? knownTitle(target) ?? target
    if nameKey(name) != nameKey(target), target.contains("."), !target.contains(" ") {
      result.fragment.applications.append(
        Application(name: name, aliases: [target], source: evidence))
    }
    connect(
      RobinModule.userInterfaceAct(action), to: EntityReference(.application, name),
      .userInterface, String(action.split(separator: ".").dropFirst().first ?? ""), evidence)
  }

  /// `Book1 - Excel` is a window of Excel.
  private func knownTitle(_ title: String) -> String? {
    title.ranges(of: " - ").last.flatMap { range in
      KnownApplication.named(String(title[range.upperBound...]))
    }
  }

  /// The screen that an element is of: `appmask['Window \'SAP Easy Access\'']['Button']`.
  private func screen(_ statement: RobinStatement) -> String? {
    for name in Self.controlNames {
      guard let expression = statement.argument(name)?.expression,
        let bracket = expression.firstIndex(of: "[")
      else { continue }
      return RobinStatement.literal(expression[expression.index(after: bracket)...])
    }
    return nil
  }

  /// What stands in quotes after `Window` or `Web Page`, else the whole name.
  private func windowName(_ screen: String) -> String? {
    var name = screen
    if let open = screen.firstIndex(of: "'"), screen.last == "'",
      open < screen.index(before: screen.endIndex)
    {
      name = String(screen[screen.index(after: open)...].dropLast())
    }
    // Browsers put an invisible blank (U+200B) into their titles.
    let plain = String(
      name.unicodeScalars.filter { $0 != "*" && $0 != "\u{200B}" }.map(Character.init))
    guard !plain.contains("%"), let trimmed = plain.trimmedOrNil else { return nil }
    return host(ofAddress: trimmed) ?? trimmed
  }

  private mutating func addDatabase(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    guard !action.contains("Close") else { return }
    let connection = text("ConnectionString", of: statement)
    let name = connection.flatMap(databaseProduct(inConnection:)) ?? "Database"
    let sql = statement.argument("Statement")?.literal ?? ""
    connect(
      direction(ofSQL: sql), to: EntityReference(.application, name), .database,
      String(action.split(separator: ".").dropFirst().first ?? ""), evidence,
      data: tableNames(inSQL: sql))
  }

  private mutating func addAddress(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let address = text("Url", of: statement) ?? text("Host", of: statement)
    guard
      let host = address.flatMap({ host(ofAddress: $0.contains("://") ? $0 : "https://\($0)") })
        ?? statement.argument("Url")?.literal.flatMap(host(inExpression:))
    else {
      if action.contains("Close") || !action.contains("Open") && statement.module == "FTP" {
        return
      }
      return unknownTargets.append(evidence.location)
    }
    let name = KnownApplication.named(byHost: host) ?? host
    if name != host {
      result.fragment.applications.append(
        Application(name: name, aliases: [host], source: evidence))
    }
    let method = statement.argument("Method")?.expression?.split(separator: ".").last.map(
      String.init)
    let kind: Connection.Kind =
      action.contains("Download") ? .reads : method.map { httpDirection($0) } ?? .invokes
    connect(
      kind, to: EntityReference(.application, name), statement.module == "FTP" ? .file : .api,
      method?.uppercased() ?? String(action.split(separator: ".").dropFirst().first ?? ""), evidence
    )
  }

  private mutating func addFiles(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    let names = [
      "File", "Files", "FilePath", "CSVFile", "FileToCopy", "FilesToCopy", "FileToMove",
      "PDFFile", "PDFFiles", "XMLFile", "Folder", "Destination",
    ]
    var isRead = false
    let act = action.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    for name in names {
      guard let path = text(name, of: statement), let shared = sharedFileName(path) else {
        continue
      }
      let kind: Connection.Kind =
        name == "Destination"
        ? .writes
        : direction(ofOperation: act).map { $0 == .writes && act.hasPrefix("Copy") ? .reads : $0 }
          ?? .reads
      connect(kind, to: EntityReference(.data, shared), .file, act, evidence)
      isRead = true
    }
    if !isRead, names.contains(where: { statement.argument($0) != nil }) {
      unknownTargets.append(evidence.location)
    }
  }

  private mutating func addProgram(_ statement: RobinStatement, _ evidence: Evidence) {
    guard let path = text("ApplicationPath", of: statement) else {
      return unknownTargets.append(evidence.location)
    }
    var executable = lastComponent(of: path).filter { $0 != "\"" }
    if pathExtension(of: executable).isEmpty { executable += ".exe" }
    let line = text("CommandLineArguments", of: statement)
    if KnownApplication.isBrowser(executable: executable),
      let site = line?.split(separator: " ").lazy.compactMap({ host(ofAddress: String($0)) }).first
    {
      return connect(
        .invokes, to: EntityReference(.application, KnownApplication.named(byHost: site) ?? site),
        .userInterface, "RunApplication", evidence)
    }
    let name = KnownApplication.named(byExecutable: executable) ?? executable
    connect(
      .invokes, to: EntityReference(.application, name), .internalCall, "RunApplication", evidence)
  }

  private mutating func addSecret(_ statement: RobinStatement, _ evidence: Evidence) {
    let name =
      text("CredentialName", of: statement) ?? text("Credential", of: statement)
      ?? text("ObjectName", of: statement) ?? text("Name", of: statement)
    if let name, !result.fragment.credentials.contains(where: { $0.name == name }) {
      result.fragment.credentials.append(
        CredentialUse(system: system.name, name: name, evidence: evidence))
    }
    addModule(statement, statement.action ?? "", evidence)
  }

  private mutating func addModule(
    _ statement: RobinStatement, _ action: String, _ evidence: Evidence
  ) {
    guard let module = statement.module,
      let target = RobinModule.application(ofModule: module, action: action)
    else { return }
    let act = action.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    let file = text("Path", of: statement).flatMap(sharedFileName)
    connect(
      direction(ofOperation: act) ?? .invokes, to: EntityReference(.application, target.name),
      target.channel, act, evidence, data: [file].compactMap { $0 })
  }

  /// A parameter's text, where the script determines it.
  private func text(_ name: String, of statement: RobinStatement) -> String? {
    guard let argument = statement.argument(name) else { return nil }
    if let literal = argument.literal {
      if !argument.isComputed { return literal.trimmedOrNil }
      // `%Address%` is the variable itself.
      let inner = literal.dropFirst().dropLast()
      guard literal.hasPrefix("%"), literal.hasSuffix("%"), !inner.contains("%") else { return nil }
      return variables[String(inner)]
    }
    return argument.expression.flatMap { variables[$0] }
  }
}
