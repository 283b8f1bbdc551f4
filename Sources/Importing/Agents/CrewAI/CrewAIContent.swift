import DocumentReading
import Facts
import Inventory

/// The agents and tasks that one file of a CrewAI project holds, in whichever layout.
struct CrewAIContent {
  /// An agent or task with the name by which others refer to it.
  struct Entry {
    var name: String
    var place: SourceLocation
    var node: DataNode
  }

  var agents: [Entry] = []
  var tasks: [Entry] = []
  /// The crew itself, where the file defines one: `crew.jsonc`, or agents and tasks in one file.
  var crew: DataNode?

  /// What a file holds; `nil` where it is none of CrewAI's.
  init?(_ file: CandidateFile) {
    guard let first = file.firstByte, first != UInt8(ascii: "<") else { return nil }
    let mayBeAgents = file.contains("role") && file.contains("goal")
    let mayBeTasks = file.contains("description") && file.contains("expected_output")
    guard mayBeAgents || mayBeTasks else { return nil }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "/")
    guard let root = try? isJSON ? file.jsonWithComments() : file.yaml() else { return nil }
    self.init(root, isJSON: isJSON, path: file.path)
  }

  /// What a document holds.
  init?(_ root: DataNode, isJSON: Bool, path: String) {
    guard let members = root.object, !members.isEmpty else { return nil }
    // A project of JSON files has one file for each agent, named after it.
    if isJSON, Self.isAgent(root),
      ["backstory", "llm", "settings"].contains(where: { root[$0] != nil })
    {
      agents = [
        Entry(name: stem(of: lastComponent(of: path)), place: root.location, node: root)
      ]
      return
    }
    let listedTasks = Self.entries(root["tasks"])
    if !listedTasks.isEmpty, listedTasks.contains(where: { Self.isTask($0.node) }) {
      crew = root
      tasks = listedTasks
      agents = Self.entries(root["agents"]).filter { Self.isAgent($0.node) }
      return
    }
    let listedAgents = Self.entries(root["agents"])
    if !listedAgents.isEmpty, listedAgents.allSatisfy({ Self.isAgent($0.node) }),
      members.count < 12,
      listedAgents.contains(where: { $0.node["backstory"] != nil })
    {
      agents = listedAgents
      return
    }
    let entries = Self.entries(root)
    guard entries.count == members.filter({ !$0.value.isNull }).count, !entries.isEmpty else {
      return nil
    }
    let agentKeys = ["role", "goal", "backstory", "instructions"]
    if entries.contains(where: { Self.isAgent($0.node) }),
      entries.allSatisfy({ entry in agentKeys.contains { entry.node[$0] != nil } })
    {
      agents = entries
    } else if entries.contains(where: { Self.isTask($0.node) }),
      entries.allSatisfy({ $0.node["description"] != nil || $0.node["expected_output"] != nil })
    {
      tasks = entries
    } else {
      return nil
    }
  }

  /// Whether an entry has what every agent must have.
  private static func isAgent(_ node: DataNode) -> Bool {
    node["role"]?.string != nil && node["goal"]?.string != nil
  }

  /// Whether an entry has what every task must have.
  private static func isTask(_ node: DataNode) -> Bool {
    node["description"]?.string != nil && node["expected_output"]?.string != nil
  }

  /// Entries of a map by their keys, or of a list by their names.
  private static func entries(_ node: DataNode?) -> [Entry] {
    if let members = node?.object {
      return members.filter { $0.value.object != nil }.map {
        Entry(name: $0.key, place: $0.keyLocation, node: $0.value)
      }
    }
    return (node?.array ?? []).enumerated().compactMap { index, item in
      guard item.object != nil else { return nil }
      let name = ["name", "id", "key", "role"].lazy.compactMap { item[$0]?.string?.trimmedOrNil }
        .first
      return Entry(name: name ?? "item \(index + 1)", place: item.location, node: item)
    }
  }
}
