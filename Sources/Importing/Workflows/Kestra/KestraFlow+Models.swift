import DocumentReading
import Facts
import Inventory

/// Language models that tasks ask, and the tools that agents among them have.
///
/// Source: Kestra documentation, plugin-ai (before 1.0 plugin-langchain4j).
extension KestraFlow {
  /// What serves the models of a task.
  static func providers(of task: DataNode) -> [DataNode] {
    ["provider", "chatProvider", "embeddingProvider"].compactMap { task[$0] }.filter {
      $0["type"]?.string?.trimmedOrNil != nil
    }
  }

  /// Adds the models that a task or its providers name.
  mutating func addModels(_ task: DataNode) {
    let stated =
      Self.providers(of: task).map { $0["modelName"] } + [task["model"], task["modelName"]]
    for node in stated {
      if let model = node?.string?.trimmedOrNil, !isExpression(model), !models.contains(model) {
        models.append(model)
      }
    }
  }

  /// Connects a task with what serves its models and what its tools lead to.
  mutating func askModels(_ task: DataNode, _ type: KestraTask) {
    for provider in Self.providers(of: task) {
      guard let written = provider["type"]?.string?.trimmedOrNil else { continue }
      let product = modelProvider(KestraTask(written).name)
      let address = (provider["baseUrl"] ?? provider["endpoint"])?.string
      let target = address.flatMap { application(ofAddress: $0) } ?? product
      said.connect(
        source, .invokes, EntityReference(.application, target), .api, type.name, provider.evidence)
      addSecrets(in: provider, application: target)
    }
    for tool in task["tools"]?.array ?? [] { addTool(tool) }
  }

  private mutating func addTool(_ tool: DataNode) {
    guard let written = tool["type"]?.string?.trimmedOrNil else { return }
    let type = KestraTask(written)
    let evidence = tool.evidence
    if type.name.hasSuffix("McpClient") {
      let address = (tool["url"] ?? tool["sseUrl"])?.string
      if let host = address.flatMap({ host(ofAddress: $0) }) {
        said.connect(source, .invokes, EntityReference(.system, host), .mcp, type.name, evidence)
      }
    } else if type.name == "KestraFlow" {
      if let flow = tool["flowId"]?.text?.trimmedOrNil, !isExpression(flow) {
        said.connect(
          source, .invokes, EntityReference(.system, flow), .internalCall, type.name, evidence)
      }
    } else if let service = knownService(type.name) {
      said.connect(
        source, .invokes, EntityReference(.application, service), .api, type.name, evidence)
    }
  }
}
