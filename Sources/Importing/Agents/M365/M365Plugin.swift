import DocumentReading
import Facts
import Inventory

/// The manifest of an API plugin, version 2: functions, and how they are run.
struct M365Plugin {
  /// A function and where it leads.
  struct Function {
    var name: String
    var target: EntityReference
    var channel: Connection.Channel
    var node: DataNode
  }

  private let root: DataNode
  private let name: Fact<String>
  private(set) var functions: [Function] = []
  /// Logins by the name under which they are registered.
  private(set) var logins: [(name: String, evidence: Evidence)] = []

  init(_ root: DataNode, name: Fact<String>) {
    self.root = root
    self.name = name
    let runtimes = root["runtimes"]?.array ?? []
    for node in root["functions"]?.array ?? [] {
      guard let function = node["name"]?.string?.trimmedOrNil else { continue }
      let runtime = runtimes.first { runtime in
        (runtime["run_for_functions"]?.texts ?? []).contains {
          $0.text == function || $0.text == "*"
            || $0.text.hasSuffix("*") && function.hasPrefix($0.text.dropLast())
        }
      }
      let (target, channel) = Self.target(
        runtime ?? (runtimes.count == 1 ? runtimes[0] : nil), name.value)
      functions.append(Function(name: function, target: target, channel: channel, node: node))
    }
    if functions.isEmpty {
      // A manifest may leave it to the interface's description which functions there are.
      for runtime in runtimes {
        let (target, channel) = Self.target(runtime, name.value)
        functions.append(
          Function(name: "all operations", target: target, channel: channel, node: runtime))
      }
    }
    for runtime in runtimes {
      guard let login = runtime["auth"]?["reference_id"], let id = login.variableOrText else {
        continue
      }
      logins.append(
        (id, Evidence(.imported, login.location, note: runtime["auth"]?["type"]?.string)))
    }
  }

  /// What a runtime leads to: a server, a host, else the plugin's own name.
  private static func target(
    _ runtime: DataNode?, _ name: String
  ) -> (EntityReference, Connection.Channel) {
    let address = runtime?["spec"]?["url"]?.string
    if let kind = runtime?["type"]?.string, kind.contains("MCP") {
      // A server is known by its own address, not by the cloud that it runs in.
      let server = address.flatMap { $0.contains("://") ? Importing.host(ofAddress: $0) : nil }
      return (EntityReference(.system, server ?? name), .mcp)
    }
    return (EntityReference(.application, name), .api)
  }

  /// Adds the plugin as an application with its functions.
  /// - Parameter connects: Whether no agent among the files calls it, so that it speaks for itself.
  func add(to statements: inout AgentStatements, connects: Bool) {
    let aliases = [root["namespace"]?.settledText, host]
    statements.addApplication(name.value, aliases: aliases, name.evidence)
    let declared = Set(functions.map(\.name))
    for function in functions where root["functions"]?.array?.isEmpty == false {
      let evidence = function.node.evidence
      statements.addStep(
        function.name, function.node["description"]?.settledText.map { String($0.prefix(80)) },
        .action, of: name.value, evidence)
      let confirmation = function.node["capabilities"]?["confirmation"]
      if let confirmation, confirmation["type"]?.string?.lowercased() != "none" {
        statements.addTouchPoint(
          .approval, at: function.name,
          confirmation["title"]?.settledText, of: name.value,
          Evidence(.imported, confirmation.location, note: "a person confirms before it is called"))
      }
      if connects, function.target.name != name.value {
        statements.connect(
          EntityReference(.application, name.value), .invokes, function.target, function.channel,
          function.name, evidence)
      }
    }
    for login in logins {
      statements.addCredential(login.name, of: name.value, application: name.value, login.evidence)
    }
    if declared.isEmpty {
      statements.reading.note(
        .low, "the plugin has neither functions nor runtimes", at: root.location)
    }
  }

  /// The host of the interface, where a runtime names its address.
  private var host: String? {
    (root["runtimes"]?.array ?? []).lazy.compactMap { $0["spec"]?["url"]?.string }
      .filter { $0.contains("://") }.compactMap { Importing.host(ofAddress: $0) }.first
  }
}
