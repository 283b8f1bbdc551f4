import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Applications of LangGraph: `langgraph.json`, with the bindings to UiPath beside it.
  ///
  /// Always partial: what a graph does is written in Python or JavaScript.
  static let langGraph = ImportFormat(
    id: "langgraph", title: "LangGraph application",
    sniff: { file in
      guard file.firstByte == UInt8(ascii: "{") else { return nil }
      if file.contains("\"graphs\""), let root = file.jsonObject {
        return LangGraphApplication.isConfiguration(root) ? .anchor : nil
      }
      guard file.contains("\"resources\""), file.contains("\"resource\""),
        let root = file.jsonObject
      else { return nil }
      return LangGraphApplication.isBindings(root) ? .companion : nil
    },
    read: { group in
      var readings: [FileReading] = []
      var applications: [LangGraphApplication] = []
      func isConfiguration(_ file: CandidateFile) -> Bool {
        (try? file.json()).map(LangGraphApplication.isConfiguration) ?? true
      }
      for file in group.files where isConfiguration(file) {
        readings.append(
          FileReading(of: file) { () throws(DocumentError) in
            var application = LangGraphApplication(try file.json(), path: file.path)
            let reading = application.reading()
            applications.append(application)
            return reading
          })
      }
      for file in group.files where !isConfiguration(file) {
        readings.append(
          FileReading(of: file) { () throws(DocumentError) in
            readLangGraphBindings(try file.json(), path: file.path, of: applications)
          })
      }
      return readings
    })
}

/// One `langgraph.json` (docs.langchain.com, "Configuration file" of the LangGraph CLI).
private struct LangGraphApplication {
  private let root: DataNode
  private let path: String
  /// Names of the agents, in the order of the graphs.
  private(set) var agents: [String] = []
  private var result: FileReading

  /// Whether every graph of an object leads to code.
  static func isConfiguration(_ root: DataNode) -> Bool {
    guard let graphs = root["graphs"]?.object, !graphs.isEmpty else { return false }
    return graphs.allSatisfy { graph in
      guard let path = entryPoint(graph.value)?.string else { return false }
      return path.contains(":") && !path.contains("://")
    }
  }

  /// Whether an object lists what a project uses of UiPath's Orchestrator.
  static func isBindings(_ root: DataNode) -> Bool {
    guard root["version"] != nil, let resources = root["resources"]?.array else { return false }
    return resources.allSatisfy {
      $0["resource"]?.string != nil && $0["key"]?.string != nil && $0["value"]?.object != nil
    }
  }

  private static func entryPoint(_ graph: DataNode) -> DataNode? {
    graph.string != nil ? graph : graph["path"]
  }

  init(_ root: DataNode, path: String) {
    self.root = root
    self.path = path
    result = FileReading(path: path)
    result.isPartial = true
  }

  mutating func reading() -> FileReading {
    let graphs = root["graphs"]?.object ?? []
    for graph in graphs { addGraph(graph, isAlone: graphs.count == 1) }
    addEnvironment()
    addStore()
    addAccess()
    return result
  }

  private mutating func addGraph(_ graph: DataMember, isAlone: Bool) {
    let evidence = Evidence(.imported, graph.keyLocation)
    let folders = path.split { $0 == "/" || $0 == "!" }.dropLast()
    let folder = folders.last { ![".", "src", "app", "backend"].contains($0) }.map(String.init)
    // Most graphs are called "agent"; only the project's folder tells them apart.
    let generic = ["agent", "graph", "main", "app", "chat", "default", "workflow", "supervisor"]
    let name: String
    if let folder, isAlone {
      name = generic.contains(graph.key.lowercased()) ? folder : graph.key
    } else if let folder {
      name = "\(folder): \(graph.key)"
    } else {
      name = graph.key
    }
    agents.append(name)
    let source =
      name == graph.key
      ? evidence
      : Evidence(
        .inferred, graph.keyLocation, note: "the graph '\(graph.key)', named after its folder")
    var agent = AutomationSystem(name: name, source: source)
    agent.kind.state(.agent, evidence)
    agent.technology.state("LangGraph", evidence)
    if let text = graph.value["description"], let purpose = singleLine(text.string) {
      agent.purpose.state(purpose, Evidence(.imported, text.location))
    }
    let entry = Self.entryPoint(graph.value)?.string ?? ""
    agent.unknowns = [
      "Its nodes, edges, models, tools and people are in code (\(entry)), which is not read."
    ]
    result.fragment.systems.append(agent)
    result.fragment.steps.append(
      Step(system: name, id: graph.key, name: entry, kind: .action, evidence: evidence))
    result.fragment.triggers.append(
      Trigger(system: name, kind: .call, expression: graph.key, evidence: evidence))
  }

  /// Names of variables that hold secrets, never their values.
  private mutating func addEnvironment() {
    guard let environment = root["env"] else { return }
    let named = (environment.object ?? []).map { ($0.key, $0.keyLocation) }
    let listed = (environment.array ?? []).compactMap { node in
      node.string.map { (String($0.prefix { $0 != "=" }), node.location) }
    }
    let words = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "DSN", "_PAT"]
    for (name, place) in named + listed where words.contains(where: name.uppercased().contains) {
      for agent in agents {
        result.fragment.credentials.append(
          CredentialUse(system: agent, name: name, evidence: Evidence(.imported, place)))
      }
    }
  }

  /// The store searches by meaning where it has an index, for which it calls a model.
  private mutating func addStore() {
    guard let embed = root["store"]?["index"]?["embed"], let text = embed.string else { return }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, !text.contains("/"), !text.contains(".py") else { return }
    let provider =
      KnownApplication.named(byConnector: parts[0]) ?? words(ofIdentifier: parts[0])
    for index in result.fragment.systems.indices {
      result.fragment.systems[index].models.append(parts[1])
    }
    for agent in agents {
      result.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, agent),
          to: EntityReference(.application, provider), channel: .api, action: "model",
          evidence: Evidence(.imported, embed.location, note: "embeddings of the store")))
    }
  }

  /// Who may call: the product's own key, or code of the project.
  private mutating func addAccess() {
    for agent in agents {
      if let auth = root["auth"]?["path"], let text = auth.string?.trimmedOrNil {
        result.fragment.guardrails.append(
          Guardrail(
            system: agent, name: "callers are checked by \(text)",
            evidence: Evidence(.imported, auth.location)))
      }
      for scheme in root["auth"]?["openapi"]?["securitySchemes"]?.object ?? [] {
        result.fragment.permissions.append(
          Permission(
            system: agent, name: "called with \(scheme.key)",
            evidence: Evidence(.imported, scheme.keyLocation)))
      }
      if let app = root["http"]?["app"], let text = app.string?.trimmedOrNil {
        result.fragment.triggers.append(
          Trigger(
            system: agent, kind: .call, expression: text,
            evidence: Evidence(.imported, app.location, note: "routes of its own")))
      }
    }
  }
}

/// What an application uses of UiPath's Orchestrator.
private func readLangGraphBindings(
  _ root: DataNode, path: String, of applications: [LangGraphApplication]
) -> FileReading {
  var reading = FileReading(path: path)
  let agents = applications.flatMap(\.agents)
  guard !agents.isEmpty else {
    reading.isBeside = true
    return reading
  }
  for resource in root["resources"]?.array ?? [] {
    let value = resource["value"]
    let isComputed = value?["name"]?["isExpression"]?.bool == true
    let given =
      value?["name"]?["defaultValue"]?.string?.trimmedOrNil ?? resource["key"]?.string?.trimmedOrNil
    guard let name = given, !isComputed else {
      reading.note(
        .low, "the name of a resource is computed, so that it is unknown", at: resource.location)
      continue
    }
    let note = agents.count > 1 ? "which of the application's graphs uses it is not told" : nil
    let evidence = Evidence(agents.count > 1 ? .inferred : .imported, resource.location, note: note)
    for agent in agents {
      addBinding(
        resource["resource"]?.string ?? "", name, resource, of: agent, evidence, &reading)
    }
  }
  return reading
}

private func addBinding(
  _ kind: String, _ name: String, _ resource: DataNode, of agent: String, _ evidence: Evidence,
  _ reading: inout FileReading
) {
  func connect(
    _ kind: Connection.Kind, _ target: EntityReference, _ channel: Connection.Channel,
    _ action: String, data: [String] = []
  ) {
    reading.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, agent), to: target, channel: channel, action: action,
        data: data, evidence: evidence))
  }
  switch kind.lowercased() {
  case "process", "agent":
    connect(.invokes, EntityReference(.system, name), .internalCall, "process")
  case "app":
    // Apps of Action Center put a task before a person.
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: agent, step: name, name: name,
        kind: touchPointKind(label: words(ofIdentifier: name), fallback: .form),
        evidence: evidence))
  case "connection":
    let metadata = resource["metadata"]
    let connector = metadata?["Connector"]?.string ?? metadata?["connector"]?.string
    let short = connector.map { $0.hasPrefix("uipath-") ? String($0.dropFirst(7)) : $0 }
    let application = short.map {
      KnownApplication.named(byConnector: $0)
        ?? $0.split(separator: "-").map { words(ofIdentifier: String($0)) }.joined(separator: " ")
    }
    if let application {
      connect(.invokes, EntityReference(.application, application), .api, "connection")
    }
    guard !name.hasPrefix("<") else { return }
    reading.fragment.credentials.append(
      CredentialUse(system: agent, name: name, application: application, evidence: evidence))
  case "asset":
    connect(.reads, EntityReference(.data, name), .internalCall, "asset", data: [name])
  case "queue":
    connect(.writes, EntityReference(.data, name), .queue, "queue", data: [name])
  case "index", "bucket":
    connect(.reads, EntityReference(.data, name), .internalCall, kind, data: [name])
  case "mcpserver":
    connect(.invokes, EntityReference(.system, name), .mcp, "tool")
  default:
    connect(.invokes, EntityReference(.application, name), .api, kind)
  }
}
