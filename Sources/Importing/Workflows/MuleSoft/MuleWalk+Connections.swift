import DocumentReading
import Facts
import Inventory

/// Sources and operations of connectors.
extension MuleWalk {
  // MARK: Sources

  mutating func addSource(_ element: XMLElement) {
    let id = MuleConnector.id(of: element)
    addStep(element, named: label(element), .group)
    switch id {
    case "core" where element.name == "scheduler" || element.name == "poll":
      addTrigger(.schedule, MuleSource.schedule(in: element), element)
      // A poll of Mule 3 holds the processor that it runs.
      for child in element.children where !MuleSource.isSchedule(child) {
        addProcessor(child, depth: 1)
      }
      return
    case "http", "https":
      let methods = element["allowedMethods"].map { "\($0) " } ?? ""
      addTrigger(.call, "\(methods)\(element["path"] ?? "")".trimmedOrNil, element)
      return
    case "mcp":
      addTrigger(.call, "MCP \(element.name) \(element["name"] ?? "")".trimmedOrNil, element)
      return
    case "a2a":
      addTrigger(.call, "A2A \(element.name)", element)
      return
    case "quartz":
      addTrigger(
        .schedule, element["cronExpression"] ?? element["repeatInterval"], element)
      return
    default: break
    }
    let schedule = MuleSource.schedule(in: element)
    let data = dataNames(element)
    addTrigger(
      .event, ([element.name] + data).joined(separator: " "), element)
    if let schedule { addTrigger(.schedule, schedule, element) }
    guard let connector = MuleConnector(of: element), let target = target(of: element, connector)
    else { return }
    result.fragment.connections.append(
      Connection(
        .triggers, from: target, to: source, channel: connector.channel, action: element.name,
        data: data, evidence: evidence(element)))
  }

  // MARK: Operations

  mutating func addOperation(_ element: XMLElement) {
    guard let connector = MuleConnector(of: element) else {
      let id = MuleConnector.id(of: element)
      let decides = id == "validation"
      addStep(element, named: label(element), decides ? .decision : .action)
      return
    }
    let isCall = ![.file, .internalCall].contains(connector.channel)
    let timeout = (element["responseTimeout"] ?? element["timeout"]).flatMap { Double($0) }
      .flatMap { TimeSpan(seconds: $0 / 1000) }
    addStep(element, named: label(element), isCall ? .call : .action, timeout: timeout)
    guard let target = target(of: element, connector) else { return }
    let method = element["method"].flatMap { isComputedInMule($0) ? nil : $0.uppercased() }
    let kind: Connection.Kind =
      method != nil
      ? httpDirection(method) : direction(ofOperation: plainOperation(element)) ?? .invokes
    var action = element.name
    if let method {
      let place = [element["path"], element["url"]].compactMap { $0 }.first { !$0.contains("#[") }
      action = [method, place.map(plainAddress)].compactMap { $0 }.joined(separator: " ")
    }
    if let tool = element["toolName"], !isComputedInMule(tool) { action = "\(action) \(tool)" }
    result.fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: connector.channel,
        action: action.trimmedOrNil, data: dataNames(element), evidence: evidence(element)))
  }

  /// `select` reads, `store` and `publish` write; other words stand for themselves.
  private func plainOperation(_ element: XMLElement) -> String {
    switch element.name {
    case "select", "retrieve-all", "retrieve-all-keys", "contains", "consume": "get"
    case "store", "publish", "publish-consume", "bulk-insert", "bulk-update", "bulk-delete": "write"
    case "stored-procedure", "execute-ddl", "execute-script": "execute"
    default: element.name
    }
  }

  /// Tables, queues, files and objects that an operation names.
  func dataNames(_ element: XMLElement) -> [String] {
    let keys = [
      "queueName", "destination", "topic", "topicName", "queue", "exchangeName",
      "objectType", "type", "sObjectType", "tableName", "table", "bucketName", "storeName",
      "streamingChannel", "channel", "service",
    ]
    var names: [String] = []
    for key in keys {
      guard let text = element[key]?.trimmedOrNil, !isComputedInMule(text) || text.contains("${"),
        !text.contains("#["), !names.contains(text)
      else { continue }
      // `type` means many things, but in the connector of Salesforce it names the object.
      if key == "type", MuleConnector.id(of: element) != "salesforce" { continue }
      names.append(text)
    }
    return names
  }

  /// What an operation leads to; `nil`, with a remark, where that is computed.
  mutating func target(of element: XMLElement, _ connector: MuleConnector) -> EntityReference? {
    let id = MuleConnector.id(of: element)
    if id == "os" || id == "objectstore" {
      return element["objectStore"].flatMap { isComputedInMule($0) ? nil : $0 }.map {
        EntityReference(.data, $0)
      } ?? EntityReference(.application, "Mule Object Store")
    }
    if let application = connector.application { return EntityReference(.application, application) }
    let address = configurations.address(of: element)
    var isOwnMachine = false
    if let address {
      let isComputed = isComputedInMule(address)
      if id == "a2a", !isComputed { return EntityReference(.system, plainAddress(address)) }
      let host = isComputed ? Importing.host(inExpression: address) : host(of: address)
      isOwnMachine = host.map(isLoopback) ?? false
      if let host, !isOwnMachine {
        let known = KnownApplication.named(byHost: host)
        if let known {
          result.fragment.applications.append(
            Application(name: known, aliases: [host], source: evidence(element)))
        }
        return EntityReference(.application, known ?? host)
      }
    }
    let kind =
      configurations.connectionKind(of: element)
      ?? configurations.configuration(of: element)?["llmType"]
    let provider = kind.flatMap(MuleConnector.modelProvider)
    if let provider { return EntityReference(.application, provider) }
    if connector.channel == .database, let kind {
      return EntityReference(.application, MuleSource.databases[kind] ?? "\(kind) database")
    }
    result.note(
      .low,
      "the address of '\(label(element))' is "
        + (address == nil
          ? "not in the files"
          : isOwnMachine ? "that of the machine itself" : "a property or an expression")
        + ", so that only a name for its target is known", at: element.location)
    return EntityReference(
      id == "a2a" ? .system : .application, symbolicName(of: element, address: address))
  }

  /// A name for an address that only the running application knows: its property, else the
  /// configuration that holds it; with the application's, since other applications name theirs alike.
  private func symbolicName(of element: XMLElement, address: String?) -> String {
    let property = address.flatMap { placeholders(in: $0).first }.map { "${\($0)}" }
    let configuration = (element["config-ref"] ?? element["connector-ref"]).flatMap {
      isComputedInMule($0) ? nil : $0
    }
    let kind = MuleSource.plainName(MuleConnector.id(of: element))
    return "\(application.value): \(property ?? configuration ?? "computed \(kind)")"
  }

  /// The host of an address with or without scheme.
  private func host(of address: String) -> String? {
    Importing.host(ofAddress: address.contains("://") ? address : "http://\(address)")
  }
}

/// What starts a flow, and what only configures.
enum MuleSource {
  /// Whether the first element of a flow is its source.
  static func isSource(_ element: XMLElement) -> Bool {
    let name = element.name
    let id = MuleConnector.id(of: element)
    if id == "core" || id == "batch" { return name == "scheduler" || name == "poll" }
    if id.hasPrefix("ee/") || isConfiguration(element) { return false }
    return name == "listener" || name.hasSuffix("-listener") || name == "inbound-endpoint"
      || name == "subscriber" || name == "scheduler" || name.hasPrefix("on-")
      || name.hasPrefix("subscribe-") || name == "subscribe-topic" || name == "server"
      || name.hasSuffix("-consumer") || name == "trigger" || name.hasSuffix("-trigger")
  }

  /// Whether an element sets how another one works and does nothing itself.
  static func isConfiguration(_ element: XMLElement) -> Bool {
    let namespace = element.namespace ?? ""
    if namespace.hasSuffix("/documentation") || namespace.contains("springframework") {
      return true
    }
    return [
      "reconnect", "reconnect-forever", "reconnection", "redelivery-policy", "error-mapping",
      "non-repeatable-stream", "repeatable-in-memory-stream", "repeatable-file-store-stream",
      "repeatable-in-memory-iterable", "repeatable-file-store-iterable", "non-repeatable-iterable",
      "scheduling-strategy", "fixed-frequency", "cron", "expiration-policy", "annotations",
      "description", "request-reply-config", "schedulers", "fixed-frequency-scheduler",
      "cron-scheduler", "watermark", "idempotent-redelivery-policy", "property", "properties",
      "initial-state", "tls-context", "tls-client", "pooling-profile", "max-concurrency",
      "error-response", "streaming-strategy", "notifications", "collect-list", "enrich",
      "singleton-object", "prototype-object", "spring-object", "entry-point-resolver-set",
      "in-memory-store", "managed-store", "simple-text-file-store", "custom-object-store",
      "return-argument", "exception-types",
    ].contains(element.name)
  }

  static func isSchedule(_ element: XMLElement) -> Bool { isConfiguration(element) }

  /// The schedule inside a source, as written.
  static func schedule(in element: XMLElement) -> String? {
    let places = ["cron", "fixed-frequency", "cron-scheduler", "fixed-frequency-scheduler"]
    for name in places {
      guard let found = element.descendants(name).first else { continue }
      if let expression = found["expression"] {
        return [expression, found["timeZone"]].compactMap { $0 }.joined(separator: " ")
      }
      guard let frequency = found["frequency"] else { continue }
      return "every \(frequency) \(found["timeUnit"]?.lowercased() ?? "milliseconds")"
    }
    return element["frequency"].map { "every \($0) milliseconds" }
  }

  /// Products behind connections of the database connector.
  static let databases: [String: String] = [
    "my-sql": "MySQL", "mysql": "MySQL", "oracle": "Oracle Database", "mssql": "SQL Server",
    "derby": "Apache Derby", "generic": "Database", "data-source": "Database",
  ]

  /// A name for a connector that nothing else names.
  static func plainName(_ id: String) -> String {
    switch id {
    case "mcp": "MCP server"
    case "db", "jdbc": "Database"
    case "wsc", "ws", "cxf": "Web service"
    case "email", "smtp", "imap", "pop3": "Mail server"
    case "http", "https": "HTTP address"
    default: id
    }
  }
}
