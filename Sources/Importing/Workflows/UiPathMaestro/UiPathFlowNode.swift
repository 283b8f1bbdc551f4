import DocumentReading
import Facts
import Inventory

/// A node of a flow of UiPath Maestro, and what its type says.
///
/// Types are words between dots: `core.logic.decision`, `uipath.core.agent.<key>`,
/// `uipath.connector.<connector>.<operation>`.
struct UiPathFlowNode {
  let id: String
  let type: String
  let label: String?
  let node: DataNode
  /// What the flow says of all nodes of this type.
  let definition: DataNode?

  /// What a node acts on.
  enum Family {
    /// A process, agent or workflow of Orchestrator.
    case published
    /// An agent that belongs to the flow.
    case inlineAgent
    /// A tool, context or escalation of such an agent.
    case agentResource
    /// An application by a connector.
    case connector
    /// A person.
    case human
    /// An address of the web.
    case http
    /// A queue of Orchestrator.
    case queue
    /// Documents that are read.
    case documents
    /// Nothing yet.
    case placeholder
    /// Nothing but the flow itself.
    case plain
    /// Not known.
    case unknown
  }

  static func isInlineAgent(_ type: String) -> Bool {
    ["uipath.agent.autonomous", "uipath.agent.conversational"].contains { type.hasPrefix($0) }
  }

  var isTrigger: Bool {
    type.hasPrefix("core.trigger") || type.hasPrefix("uipath.connector.trigger.")
      || type.hasPrefix("uipath.trigger")
  }

  /// Whether it is a remark on the canvas.
  var isNote: Bool {
    ["stickynote", "sticky-note", "annotation", "core.canvas"].contains {
      type.lowercased().contains($0)
    }
  }

  var family: Family {
    if Self.isInlineAgent(type) { return .inlineAgent }
    let families: [(String, Family)] = [
      ("uipath.agent.resource.", .agentResource), ("uipath.connector.", .connector),
      ("uipath.human-in-the-loop", .human), ("uipath.core.", .published),
      ("uipath.agent.", .published), ("uipath.ixp", .documents), ("uipath.pattern.", .plain),
      ("core.action.http", .http), ("core.action.queue", .queue), ("core.logic.mock", .placeholder),
      ("core.", .plain),
    ]
    return families.first { type.hasPrefix($0.0) }?.1 ?? .unknown
  }

  var kind: Step.Kind {
    switch family {
    case .published, .inlineAgent: return .call
    case .human: return .human
    case .agentResource:
      if type.contains(".resource.escalation") { return .human }
      let variant = type.split(separator: ".").dropFirst(4).first.map(String.init)
      return uiPathSystemKind(variant) == nil ? .action : .call
    default: break
    }
    switch type {
    case "core.logic.decision", "core.logic.switch", "core.logic.if": return .decision
    case "core.logic.delay": return .wait
    case "core.subflow": return .group
    case _ where type.hasPrefix("core.logic.wait"): return .wait
    case "core.logic.terminate", "core.logic.mock": return .action
    case _ where type.hasPrefix("core.logic."): return .group
    case _ where type.hasPrefix("core.subflow"): return .group
    default: return .action
    }
  }

  var retries: Int? {
    let count = node["inputs"]?["retryCount"] ?? node["inputs"]?["retries"]
    return count?.int.flatMap { $0 >= 0 ? $0 : nil }
  }

  var timeout: TimeSpan? {
    node["inputs"]?["timeout"]?.string.flatMap { TimeSpan(iso8601: $0) }
  }

  /// Whether a person chooses between outcomes.
  var hasOutcomes: Bool { (node["inputs"]?["schema"]?["outcomes"]?.array?.count ?? 0) > 1 }

  // MARK: Published processes

  /// What is started: `agent`, `rpa-workflow`, `api-workflow`.
  var word: String? {
    let words = type.split(separator: ".").map(String.init)
    return words.count > 2 ? words[2] : nil
  }

  var publishedKind: SystemKind? { uiPathSystemKind(word) }

  /// Key of the process, where the type ends with one.
  var key: String? {
    type.split(separator: ".").last.map(String.init).flatMap { isGUID($0) ? $0 : nil }
  }

  /// Name of the process that is started, by the bindings of the node, its type or the flow.
  func publishedName(among bindings: [DataNode]) -> String? {
    for model in [node["model"], definition?["model"]] {
      let values = model?["bindings"]?["values"]
      if let name = values?["name"]?.string?.trimmedOrNil { return name }
      let listed = values?.array?.first { $0["propertyAttribute"]?.string == "name" }
      if let name = listed?["default"]?.string?.trimmedOrNil { return name }
      guard let key = model?["bindings"]?["resourceKey"]?.string?.trimmedOrNil else { continue }
      let binding = bindings.first {
        $0["resourceKey"]?.string == key && $0["propertyAttribute"]?.string == "name"
      }
      // A key is the folder, a dot, the name.
      if let name = binding?["default"]?.string?.trimmedOrNil { return name }
      return key.split(separator: ".", maxSplits: 1).last.map(String.init)
    }
    return nil
  }

  // MARK: Connectors

  /// Key of the connector and the operation.
  var connector: (key: String, operation: String?)? {
    let words = type.split(separator: ".").map(String.init)
    let named: String? =
      type.hasPrefix("uipath.connector.trigger.")
      ? (words.count > 3 ? words[3] : nil)
      : type.hasPrefix("uipath.connector.") && words.count > 2 ? words[2] : nil
    let operation = type.hasPrefix("uipath.connector.") && words.count > 3 ? words.last : nil
    let detail = node["inputs"]?["detail"]
    let key =
      detail?["connector"]?.string?.trimmedOrNil ?? context("connectorKey") ?? named
    return key.map { ($0, operation ?? context("objectName")) }
  }

  var connectorName: String? {
    node["inputs"]?["detail"]?["telemetryData"]?["connectorName"]?.string?.trimmedOrNil
  }

  private func context(_ name: String) -> String? {
    for model in [node["model"], definition?["model"]] {
      for entry in model?["context"]?.array ?? [] where entry["name"]?.string == name {
        if let value = entry["value"]?.string?.trimmedOrNil { return value }
      }
    }
    return nil
  }

  /// Whether the operation reads or writes.
  var act: Connection.Kind {
    let detail = node["inputs"]?["detail"]
    switch detail?["telemetryData"]?["operationType"]?.string?.lowercased() {
    case "list", "retrieve", "read", "download", "get", "search": return .reads
    case "create", "update", "delete", "replace", "upload", "upsert", "insert": return .writes
    default: break
    }
    if let kind = connector?.operation.flatMap(direction(ofOperation:)) { return kind }
    return httpDirection(detail?["method"]?.string)
  }

  /// Entities that an operation is about.
  var dataNames: [String] {
    let detail = node["inputs"]?["detail"]
    return ["entityName", "objectName", "tableName", "queueName"].compactMap { key in
      guard
        let text =
          (detail?["pathParameters"]?[key] ?? detail?["eventParameters"]?[key])?.string?
          .trimmedOrNil, !isExpression(text)
      else { return nil }
      return text
    }
  }
}
