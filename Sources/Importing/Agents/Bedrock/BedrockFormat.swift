import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agents and flows of Amazon Bedrock: in templates of CloudFormation, SAM and CDK, and as the
  /// service describes them (`aws bedrock-agent get-…`).
  static let bedrockAgents = ImportFormat(
    id: "bedrock-agents", title: "Amazon Bedrock agent",
    isFormat: { file in
      let isTemplate = BedrockFile.types.contains(where: file.contains)
      let isDescribed =
        file.firstByte == UInt8(ascii: "{")
        && BedrockFile.marks.contains(where: file.contains)
      guard isTemplate || isDescribed, file.firstByte != UInt8(ascii: "<"),
        let root = try? StateMachineFile.node(of: file), root.object != nil
      else { return false }
      // Templates with state machines too are read for those.
      if isTemplate, !BedrockTemplate(root, path: file.path).resources.isEmpty {
        return CloudFormationTemplate(root, path: file.path).machines().isEmpty
      }
      return isDescribed && BedrockFile.described(root) != nil
    },
    readFile: { file throws(DocumentError) in
      let root = try StateMachineFile.node(of: file)
      var statements = AgentStatements(path: file.path)
      let template = BedrockTemplate(root, path: file.path)
      if template.resources.isEmpty {
        BedrockFile.read(root, template, path: file.path, &statements)
      } else {
        template.read(into: &statements)
      }
      if statements.reading.fragment.isEmpty {
        statements.reading.isBeside = true
        statements.reading.note(.info, "the file has neither agent nor flow", at: root.location)
      }
      return statements.reading
    })
}

/// Files of Bedrock's own interface.
enum BedrockFile {
  /// Product, as it is shown.
  static let product = "Amazon Bedrock"
  /// Types of resource that make a template one of Bedrock.
  static let types = [
    "AWS::Bedrock::Agent", "AWS::Bedrock::Flow", "AWS::Bedrock::KnowledgeBase",
  ]
  /// What the service's answers have.
  static let marks = ["\"agentArn\"", "\"agentActionGroup\"", "\"knowledgeBaseArn\"", ":flow/"]

  enum Described {
    case agent(DataNode), actionGroup(DataNode), knowledge(DataNode), flow(DataNode)
  }

  static func described(_ root: DataNode) -> Described? {
    if let agent = root["agent"] ?? root["agentVersion"], agent["agentName"] != nil {
      return .agent(agent)
    }
    if let group = root["agentActionGroup"], group["actionGroupName"] != nil {
      return .actionGroup(group)
    }
    if let base = root["knowledgeBase"], base["name"] != nil, base["knowledgeBaseArn"] != nil {
      return .knowledge(base)
    }
    if root["agentName"] != nil, root["agentArn"] != nil { return .agent(root) }
    if root["definition"]?["nodes"]?.array != nil, root["name"] != nil { return .flow(root) }
    return nil
  }

  static func read(
    _ root: DataNode, _ template: BedrockTemplate, path: String,
    _ statements: inout AgentStatements
  ) {
    switch described(root) {
    case .agent(let agent):
      BedrockAgent(node: agent, id: nil, template: template).add(to: &statements)
    case .actionGroup(let group):
      // The agent is known by its identifier only; its own file has it as another name.
      let owner = group["agentId"]?.string?.trimmedOrNil ?? stem(of: lastComponent(of: path))
      var system = AutomationSystem(name: owner, source: group.evidence)
      system.kind.state(.agent, group.evidence)
      system.technology.state("Amazon Bedrock Agents", group.evidence)
      BedrockActionGroup(group, of: owner, in: template).add(to: &statements, &system)
      statements.add(system)
    case .knowledge(let base): template.addKnowledge(base, id: nil, &statements)
    case .flow(let flow): BedrockFlow(node: flow, id: nil, template: template).add(to: &statements)
    case nil: break
    }
  }
}

extension DataNode {
  /// A member of a resource, which CloudFormation spells `AgentName` and the service `agentName`.
  func member(_ name: String) -> DataNode? {
    self[name] ?? self[name.prefix(1).lowercased() + name.dropFirst()]
  }
}
