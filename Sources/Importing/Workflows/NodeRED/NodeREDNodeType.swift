import Inventory

/// What the type of a node tells of it.
///
/// Source: Node-RED documentation, core nodes of the palette (nodered.org/docs/user-guide/nodes), and the
/// two dashboards of its community. What is not listed there leads to an application where it names a
/// server, has a configuration of its own or is known as a connector.
struct NodeREDNodeType {
  /// Type as written.
  let written: String

  /// What only arranges the canvas: it is no step.
  var isDrawing: Bool { ["comment", "group", "junction"].contains(written) }

  /// Whether this stands for an instance of a subflow, and of which.
  var subflow: String? {
    written.hasPrefix("subflow:") ? String(written.dropFirst(8)) : nil
  }

  /// Whether people enter something there, on a page of a dashboard.
  var isDashboardInput: Bool {
    guard let name = dashboardName else { return false }
    return [
      "button", "button-group", "form", "text-input", "numeric", "number-input", "slider", "switch",
      "dropdown", "date-picker", "colour-picker", "color-picker", "radio-group", "file-input",
    ].contains(name)
  }

  /// Name of a node of a dashboard, with hyphens.
  var dashboardName: String? {
    guard written.hasPrefix("ui_") || written.hasPrefix("ui-") else { return nil }
    return String(written.dropFirst(3)).replacing("_", with: "-")
  }

  var isTrigger: Bool {
    [
      "inject", "http in", "mqtt in", "websocket in", "tcp in", "udp in", "watch", "tail",
      "e-mail in", "e-mail mta", "complete", "status", "catch", "cronplus", "schedex", "bigtimer",
    ].contains(written) || !isCore && (written.hasSuffix(" in") || written.hasSuffix("-in"))
  }

  /// Whether the node is named as an end at which messages come in or go out.
  var isEnd: Bool { [" in", " out", "-in", "-out"].contains(where: written.hasSuffix) }

  /// Whether everything that the node does stays within Node-RED.
  var isInternal: Bool { Self.core.contains(written) || dashboardName != nil || subflow != nil }

  private var isCore: Bool { Self.core.contains(written) || Self.network.contains(written) }

  var kind: Step.Kind {
    if subflow != nil { return .call }
    switch written {
    case "link call": return .call
    case "catch": return .errorHandling
    case "switch", "rbe", "filter": return .decision
    case "delay", "trigger": return .wait
    case "link in", "link out": return .group
    default: return isTrigger ? .wait : .action
    }
  }

  var channel: Connection.Channel {
    let name = written.lowercased()
    func has(_ parts: [String]) -> Bool { parts.contains(where: name.contains) }
    if has(["mqtt", "kafka", "amqp", "rabbit", "sqs", "sns", "pubsub", "eventhub", "redis"]) {
      return .queue
    }
    if name == "file" || name == "file in" || has(["ftp", "watch", "tail"]) { return .file }
    if has([
      "mysql", "postgres", "mongodb", "sqlite", "mssql", "influx", "oracle", "sqldb", "cassandra",
      "dynamodb", "firebase", "elasticsearch", "db2", "couch",
    ]) {
      return .database
    }
    return has(["mail", "imap", "smtp"]) ? .mail : .api
  }

  /// The name of the application behind the node.
  var application: String {
    switch written {
    case "e-mail in", "e-mail mta": return "IMAP"
    case "e-mail": return "SMTP"
    case "file", "file in", "watch", "tail": return "File system"
    case "exec": return "Command line"
    case "mqtt in", "mqtt out": return "MQTT broker"
    default: break
    }
    var rest = Substring(written)
    if rest.hasPrefix("node-red-contrib-") { rest = rest.dropFirst(17) }
    for suffix in [
      " in", " out", "-in", "-out", " sender", " receiver", " get", " set", " request", " query",
    ]
    where rest.lowercased().hasSuffix(suffix) && rest.count > suffix.count {
      rest = rest.dropLast(suffix.count)
      break
    }
    let plain = String(rest)
    let joined = plain.filter { $0.isLetter || $0.isNumber }
    if let known = KnownApplication.named(byConnector: plain)
      ?? KnownApplication.named(byConnector: joined)
    {
      return known
    }
    let spaced = words(ofIdentifier: plain)
    return KnownApplication.named(spaced) ?? spaced
  }

  /// Whether the type is listed as a connector of a known application.
  var isKnownApplication: Bool {
    guard !isInternal else { return false }
    let name = application
    return KnownApplication.named(name) == name
  }

  /// Nodes that talk to something outside.
  static let network: Set<String> = [
    "http request", "mqtt in", "mqtt out", "websocket in", "websocket out", "tcp in", "tcp out",
    "tcp request", "udp in", "udp out", "exec", "file", "file in", "watch", "tail", "e-mail",
    "e-mail in", "e-mail mta",
  ]

  private static let core: Set<String> = [
    "inject", "debug", "complete", "catch", "status", "link in", "link call", "link out", "comment",
    "group", "junction", "unknown", "function", "switch", "change", "range", "template", "delay",
    "trigger", "rbe", "filter", "http in", "http response", "split", "join", "sort", "batch", "csv",
    "html", "json", "xml", "yaml", "random", "base64", "moment", "counter",
    "global-config", "tab", "subflow", "cronplus", "schedex", "bigtimer",
  ]
}
