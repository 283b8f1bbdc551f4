import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agents and workflows of Microsoft Foundry, the Microsoft Agent Framework and Semantic Kernel, as
  /// their YAML declares them, and as Foundry's interface describes agents.
  static let foundryAgents = ImportFormat(
    id: "foundry-agent", title: "Microsoft Foundry or Semantic Kernel agent",
    isFormat: { file in FoundryFile.root(of: file) != nil },
    readFile: { file throws(DocumentError) in
      guard let (root, content) = FoundryFile.root(of: file) else {
        throw DocumentError(.malformed, "the file declares no agent of Foundry", at: file.location)
      }
      var statements = AgentStatements(path: file.path)
      switch content {
      case .prompt: FoundryAgent(root, path: file.path).add(to: &statements)
      case .hosted: FoundryAgent(root, path: file.path).addHosted(to: &statements)
      case .workflow:
        var workflow = FoundryWorkflow(root, path: file.path)
        workflow.add(to: &statements)
      case .described(let agents):
        for agent in agents { FoundryAgent(agent, path: file.path).add(to: &statements) }
      }
      return statements.reading
    })
}

/// What distinguishes declarations of Foundry's agents from other YAML and JSON.
enum FoundryFile {
  /// What a file declares.
  enum Content {
    case prompt, hosted, workflow
    /// Agents as the service's interface has them.
    case described([DataNode])
  }

  static func root(of file: CandidateFile) -> (DataNode, Content)? {
    if file.firstByte == UInt8(ascii: "{") {
      guard file.contains("\"object\"") || file.contains("\"kind\""), let root = file.jsonObject
      else { return nil }
      return content(of: root).map { (root, $0) }
    }
    guard file.firstByte != UInt8(ascii: "<"), file.firstByte != UInt8(ascii: "["),
      file.contains("kind:") || file.contains("type:"),
      ["instructions", "actions", "protocols", "template:", "model:", "image:"].contains(
        where: file.contains), let root = try? file.yaml(), root.object != nil
    else { return nil }
    return content(of: root).map { (root, $0) }
  }

  /// Types of agent of Semantic Kernel.
  private static let kernelTypes: Set<String> = [
    "chat_completion_agent", "foundry_agent", "openai_assistant", "openai_responses",
    "azure_assistant", "azure_responses", "bedrock_agent", "azure_ai_agent",
    "copilot_studio_agent",
  ]

  private static func content(of root: DataNode) -> Content? {
    guard root["apiVersion"] == nil else { return nil }
    switch root["kind"]?.string?.lowercased() {
    case "prompt":
      return root["instructions"] != nil || root["model"] != nil ? .prompt : nil
    case "workflow":
      return root["trigger"]?["actions"]?.array != nil ? .workflow : nil
    case "hosted", "container", "containeragent":
      return root["name"] != nil
        && (root["protocols"] != nil || root["resources"] != nil || root["image"] != nil)
        ? .hosted : nil
    default: break
    }
    if let type = root["type"]?.string, kernelTypes.contains(type) { return .prompt }
    // A manifest keeps the agent that it makes as a template.
    if let template = root["template"], template["kind"]?.string != nil,
      root["name"] != nil, root["resources"] != nil || root["parameters"] != nil
    {
      switch template["kind"]?.string?.lowercased() {
      case "hosted", "container": return .hosted
      case "prompt": return .prompt
      default: return nil
      }
    }
    let listed = root["object"]?.string == "list" ? root["data"]?.array ?? [] : [root]
    let agents = listed.filter { item in
      guard let object = item["object"]?.string else { return false }
      return object == "assistant" && item["model"]?.string != nil
        || object == "agent" && item["versions"]?["latest"]?["definition"] != nil
    }
    return agents.isEmpty ? nil : .described(agents)
  }
}

extension DataNode {
  /// A text that is neither computed (`=Env.MODEL`) nor to be filled in (`{{MODEL}}`).
  var plainText: String? {
    guard let text = text?.trimmedOrNil, !text.hasPrefix("="), !text.contains("{{") else {
      return nil
    }
    return text
  }

  /// The variable that a text stands for: `=Env.MODEL` is `Env.MODEL`, `{{MODEL}}` is `MODEL`.
  var variableName: String? {
    guard let text = string?.trimmedOrNil else { return nil }
    let name = text.hasPrefix("=") ? text.dropFirst() : text[...]
    let plain = name.filter { $0 != "{" && $0 != "}" && $0 != " " && $0 != "$" }
    let isName = plain.allSatisfy { $0.isLetter || $0.isNumber || "._-:".contains($0) }
    return isName && plain != text && !plain.isEmpty ? plain : nil
  }
}
