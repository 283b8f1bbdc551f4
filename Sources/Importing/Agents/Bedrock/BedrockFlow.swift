import DocumentReading
import Facts
import Inventory

/// A flow of Bedrock: nodes of a few types, connected by their names.
struct BedrockFlow {
  let node: DataNode
  /// Its name in the template; `nil` where it is described alone.
  let id: String?
  let template: BedrockTemplate

  func add(to statements: inout AgentStatements) {
    let described = template.system(
      node, id: id, name: "Name", otherNames: ["id", "arn"], version: "version")
    guard var system = described else {
      statements.reading.note(.medium, "a flow has no name and was left out", at: node.location)
      return
    }
    let name = system.name
    system.kind.state(.workflow, node.evidence)
    system.technology.state("Amazon Bedrock Flows", node.evidence)
    template.addRole(node.member("ExecutionRoleArn"), of: name, &statements)
    guard let nodes = node.member("Definition")?.member("Nodes")?.array else {
      system.unknowns.append("Its nodes are not in the template.")
      statements.reading.note(
        .low, "the flow's definition is not in the file; import it too", at: node.location)
      statements.reading.isPartial = true
      statements.add(system)
      return
    }
    for item in nodes {
      guard let step = item.member("Name")?.string?.trimmedOrNil else { continue }
      add(item, step, of: name, to: &statements, &system)
    }
    statements.add(system)
  }

  private func add(
    _ item: DataNode, _ step: String, of name: String, to statements: inout AgentStatements,
    _ system: inout AutomationSystem
  ) {
    let type = item.member("Type")?.string ?? ""
    let source = EntityReference(.system, name)
    let settings = item.member("Configuration")?.object?.first?.value
    var kind = Step.Kind.action
    switch type {
    case "Input", "LoopInput": kind = .wait
    case "Condition": kind = .decision
    case "Iterator", "Collector", "Loop", "LoopController": kind = .group
    case "Agent": kind = .call
    default: break
    }
    statements.addStep(step, nil, kind, of: name, item.evidence)
    switch type {
    case "Prompt":
      let inline = settings?.member("SourceConfiguration")?.member("Inline")
      if let model = template.shortName(inline?.member("ModelId")) { system.addModel(model) }
      statements.connect(
        source, .invokes, EntityReference(.application, BedrockFile.product), .api, "prompt",
        item.evidence)
    case "Agent":
      let target = template.agent(ofAlias: settings?.member("AgentAliasArn"))
      statements.connect(
        source, .invokes, EntityReference(.system, target ?? "\(step) of \(name)"), .internalCall,
        "agent", item.evidence)
    case "LambdaFunction":
      let function = settings?.member("LambdaArn")
      let target = template.shortName(function).map {
        template.addFunction(function, named: $0, besides: name, &statements)
      }
      statements.connect(
        source, .invokes, EntityReference(.system, target ?? "\(step) of \(name)"), .api, "Lambda",
        item.evidence)
    case "KnowledgeBase":
      let target = template.knowledgeName(settings?.member("KnowledgeBaseId"))
      statements.connect(
        source, .reads, EntityReference(.application, target ?? "\(step) of \(name)"),
        .internalCall, "knowledge base", item.evidence)
      if let model = template.shortName(settings?.member("ModelId")) { system.addModel(model) }
    case "Retrieval", "Storage":
      let service = settings?.member("ServiceConfiguration")?.member("S3")
      statements.connect(
        source, type == "Storage" ? .writes : .reads, EntityReference(.application, "Amazon S3"),
        .api, type, data: [template.text(service?.member("BucketName"))].compactMap(\.self),
        item.evidence)
    case "Lex":
      statements.connect(
        source, .invokes, EntityReference(.application, "Amazon Lex"), .api, type, item.evidence)
    case "Loop":
      let inner = settings?.member("Definition")?.member("Nodes")?.array ?? []
      for item in inner {
        guard let id = item.member("Name")?.string?.trimmedOrNil else { continue }
        add(item, "\(step)/\(id)", of: name, to: &statements, &system)
      }
    default: break
    }
  }
}
