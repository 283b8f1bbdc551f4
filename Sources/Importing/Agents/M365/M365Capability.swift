import DocumentReading
import Facts
import Inventory

/// A capability of a declarative agent: what it may read, or do by itself.
///
/// One that lists no places reads all that the person who asks it may open, which is a permission.
///
/// Source: Microsoft Learn, "Declarative agent manifest", versions 1.0 to 1.8.
struct M365Capability {
  private let node: DataNode
  private let name: String

  init(_ node: DataNode, of name: String) {
    self.node = node
    self.name = name
  }

  mutating func add(to statements: inout AgentStatements, _ system: inout AutomationSystem) {
    switch node["name"]?.string ?? "" {
    case "WebSearch":
      read(items("sites", "url"), "World Wide Web", .api, "web search", &statements, byHost: true)
    case "OneDriveAndSharePoint":
      let places =
        items("items_by_url", "url") + items("items_by_sharepoint_ids", "list_id", "site_id")
      read(places, "SharePoint", .api, "files", &statements)
      if places.isEmpty { readsAll("files in SharePoint and OneDrive", "SharePoint", &statements) }
    case "GraphConnectors", "CopilotConnectors":
      let connections = node["connections"]?.array ?? []
      for item in connections {
        guard let id = item["connection_id"]?.variableOrText else { continue }
        connect("Copilot connector \(id)", .api, "Copilot connector", item, &statements)
      }
      if connections.isEmpty {
        connect("Microsoft 365 Copilot connectors", .api, "Copilot connector", node, &statements)
        readsAll("Copilot connectors", "Microsoft 365 Copilot connectors", &statements)
      }
    case "Email":
      let box = node["shared_mailbox"]?.settledText.flatMap { groupMailbox(among: $0) }
      connect(
        "Office 365 Outlook", .mail, "mail", node, &statements, data: [box].compactMap(\.self))
      if node["shared_mailbox"] == nil, node["folders"]?.array?.isEmpty ?? true {
        readsAll("mail", "Office 365 Outlook", &statements)
      }
    case "Meetings":
      connect("Office 365 Outlook", .api, "meetings", node, &statements)
      if node["items_by_id"]?.array?.isEmpty ?? true {
        readsAll("meetings", "Office 365 Outlook", &statements)
      }
    case "EmailActions":
      write("mail", "send, change and delete mail of its user", .mail, &statements)
    case "MeetingActions":
      write("meetings", "change meetings of its user", .api, &statements)
    case "TeamsMessages":
      connect("Microsoft Teams", .api, "messages", node, &statements)
      if node["urls"]?.array?.isEmpty ?? true {
        readsAll("messages in Teams", "Microsoft Teams", &statements)
      }
    case "People": connect("Microsoft 365 profiles", .api, "people", node, &statements)
    case "Dataverse":
      var tables: [String] = []
      for source in node["knowledge_sources"]?.array ?? [] {
        tables += (source["tables"]?.array ?? []).compactMap { $0["table_name"]?.settledText }
      }
      connect("Microsoft Dataverse", .api, "knowledge", node, &statements, data: tables)
    case "EmbeddedKnowledge":
      let files = (node["files"]?.array ?? []).compactMap { $0["file"]?.settledText }
      connect("Files of its package", .file, "knowledge", node, &statements, data: files)
    case "ScenarioModels":
      for model in node["models"]?.array ?? [] {
        if let id = model["id"]?.variableOrText { system.addModel(id) }
      }
    case "CodeInterpreter":
      statements.addPermission("run code (hosted sandbox)", of: name, node.evidence)
    case "GraphicArt": statements.addPermission("create images", of: name, node.evidence)
    case let other:
      statements.addPermission(other.isEmpty ? "capability" : other, of: name, node.evidence)
      statements.reading.note(
        .info, "the capability '\(other)' is not known and is taken for a permission",
        at: node.location)
    }
  }

  private func items(_ key: String, _ names: String...) -> [(String?, DataNode)] {
    (node[key]?.array ?? []).map { item in
      (names.lazy.compactMap { item[$0]?.variableOrText }.first ?? item.string, item)
    }
  }

  /// Adds the reading of places, of which none listed means all.
  private func read(
    _ items: [(String?, DataNode)], _ application: String, _ channel: Connection.Channel,
    _ action: String, _ statements: inout AgentStatements, byHost: Bool = false
  ) {
    for (address, item) in items {
      let found = address.flatMap { byHost ? Importing.application(ofAddress: $0) : nil }
      let place = address.flatMap { byHost ? nil : lastPart($0) }
      connect(
        found ?? application, channel, action, item, &statements,
        data: [place].compactMap(\.self))
    }
    if items.isEmpty { connect(application, channel, action, node, &statements) }
  }

  /// The folder or file that an address leads to.
  private func lastPart(_ address: String) -> String? {
    guard address.contains("://") else { return nil }
    return publicAddress(address).split(separator: "/").dropFirst(2).last.map {
      String($0).replacing("%20", with: " ")
    }
  }

  /// Adds that everything of a kind is read which the person who asks may see.
  private func readsAll(
    _ what: String, _ application: String, _ statements: inout AgentStatements
  ) {
    statements.addPermission(
      "read all \(what) of its user", of: name, application: application, node.evidence)
  }

  /// Adds that things of Outlook are changed on behalf of the person who asks.
  private func write(
    _ action: String, _ permission: String, _ channel: Connection.Channel,
    _ statements: inout AgentStatements
  ) {
    statements.connect(
      EntityReference(.system, name), .writes, EntityReference(.application, "Office 365 Outlook"),
      channel, action, node.evidence)
    statements.addPermission(
      permission, of: name, application: "Office 365 Outlook", node.evidence)
  }

  private func connect(
    _ application: String, _ channel: Connection.Channel, _ action: String, _ place: DataNode,
    _ statements: inout AgentStatements, data: [String] = []
  ) {
    statements.connect(
      EntityReference(.system, name), .reads, EntityReference(.application, application), channel,
      action, data: data, place.evidence)
  }
}
