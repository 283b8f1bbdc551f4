import DocumentReading
import Facts
import Inventory

/// Applications that a workflow drives or calls.
extension UiPathWalk {
  mutating func addService(_ element: XMLElement) {
    switch element.name {
    case "HttpClient", "HttpRequest", "NetHttpRequest", "SoapClient":
      guard let address = argument(element, ["EndPoint", "RequestUrl", "Url"]) else { return }
      let method = element.argument("Method")?.text.uppercased()
      let resolved = values.resolve(address, in: workflow)
      guard
        let host = resolved.flatMap({ host(ofAddress: $0.text) })
          ?? host(inExpression: address.text)
      else {
        result.note(
          .low,
          "\(element.name): the address is an expression that the project's files do not determine",
          at: place(of: element))
        return addUndetermined(
          httpDirection(method), .application, address, .api, element, action: method)
      }
      let target = EntityReference(.application, KnownApplication.named(byHost: host) ?? host)
      describe(target.name, alias: host, element)
      add(
        httpDirection(method), to: target, channel: .api, element, action: method,
        note: resolved?.note)
    case "StartProcess":
      guard let program = argument(element, ["FileName"]) else { return }
      guard let path = values.resolve(program, in: workflow) else {
        return addUndetermined(.invokes, .application, program, .internalCall, element)
      }
      let file = lastComponent(of: path.text)
      let name = KnownApplication.named(byExecutable: file) ?? file
      add(
        .invokes, to: EntityReference(.application, name), channel: .internalCall, element,
        note: path.note)
    case "DatabaseConnect", "ExecuteQuery", "ExecuteNonQuery", "InsertDataTable", "BulkInsert",
      "BulkUpdate", "DatabaseTransaction":
      addDatabase(element)
    case "ConnectorActivity", "ConnectorHttpActivity": addConnector(element)
    default:
      guard let service = UiPathService.of(element) else { return }
      add(
        direction(ofOperation: element.name) ?? .invokes,
        to: EntityReference(.application, service.application),
        channel: service.channel, element)
    }
  }

  /// A connector of Integration Service, whose settings are packed into an attribute.
  private mutating func addConnector(_ element: XMLElement) {
    let settings = element["Configuration"].flatMap {
      packedJSON($0, element.location.path, .standard)
    }
    let key = settings?["InstanceParameters"]?["ConnectorKey"]?.string?.trimmedOrNil
    let name = settings?["ConnectorName"]?.string?.trimmedOrNil
    let application =
      key.map { UiPathConnector.application(key: $0, name: name) } ?? name
      ?? "UiPath Integration Service"
    if let key, nameKey(key) != nameKey(application) {
      describe(application, alias: key, element)
    }
    let operation = settings?["Operation"]?.string?.trimmedOrNil
    let method = settings?["HttpMethod"]?.string?.trimmedOrNil
    let words = [operation, settings?["ObjectName"]?.string?.trimmedOrNil].compactMap { $0 }
    add(
      operation.flatMap(direction(ofOperation:)) ?? method.map { httpDirection($0) } ?? .invokes,
      to: EntityReference(.application, application), channel: .api, element,
      action: words.joined(separator: " ").trimmedOrNil)
  }

  /// Connects to a database: its product as the provider tells, its name as the connection string
  /// does, of which nothing else is kept.
  private mutating func addDatabase(_ element: XMLElement) {
    let connection = argument(element, ["ConnectionString"]).flatMap {
      values.resolve($0, in: workflow)
    }
    let provider = argument(element, ["ProviderName"]).flatMap {
      values.resolve($0, in: workflow)?.text
    }
    let database = DatabaseConnection(connection?.text ?? "", provider: provider ?? "")
    let acts: [String: Connection.Kind] = [
      "ExecuteQuery": .reads, "DatabaseConnect": .invokes, "DatabaseTransaction": .invokes,
    ]
    result.fragment.connections.append(
      Connection(
        acts[element.name] ?? .writes, from: system,
        to: EntityReference(.application, database.product ?? "Database of \(system.name)"),
        channel: .database, action: element.name, data: [database.name].compactMap { $0 },
        evidence: Evidence(.imported, place(of: element), note: connection?.note)))
  }

  mutating func note(_ act: Connection.Kind, _ element: XMLElement) {
    // Inside a card or scope, addresses of the elements only repeat whose page it is; a page that is
    // opened there, or a classic full selector outside, names an application of its own.
    if acts.isEmpty || element.name == "NGoToUrl" || element.name == "NavigateTo" {
      drive(UiPathTarget(of: element, in: workflow, values), element, [act])
    }
    if !acts.isEmpty { acts[acts.count - 1].insert(act) }
  }

  mutating func closeScope(_ element: XMLElement, _ acts: Set<Connection.Kind>) {
    var target = UiPathTarget(of: element, in: workflow, values)
    // The title of a page is a weak name; the elements inside often tell the address.
    if !target.isCertain { target = target.merged(with: innerTargets(of: element)) }
    if target.applications.isEmpty, target.unresolvedAddress != nil {
      result.note(
        .low, "the address opened here is an expression that the project's files do not determine",
        at: place(of: element))
      if let address = target.unresolvedAddress {
        addUndetermined(.invokes, .application, address, .userInterface, element)
      }
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
}
