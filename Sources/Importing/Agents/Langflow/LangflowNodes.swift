import DocumentReading
import Inventory

/// What the types of Langflow's components mean.
///
/// Source: Langflow documentation, "Components".
enum LangflowNodes {
  static func role(_ type: String, _ node: DataNode) -> CanvasComponent.Role {
    if let known = roles[type] { return known }
    let template = node["template"]
    func says(_ parts: [String]) -> Bool { parts.contains(where: type.contains) }
    if says(["HumanInput", "HumanApproval", "HumanInTheLoop"]) { return .person }
    if says(["Embedding"]) { return .embeddings }
    if says(["Guardrail", "Moderation"]) { return .guardrail }
    if type.hasPrefix("MCP") { return .server }
    if says(["Router"]) { return .decision }
    if says(["Loop"]) { return .group }
    if says(["Agent", "Crew"]), !says(["Task", "AgentQL", "Parser"]) { return .agent }
    if says(["SubFlow", "RunFlow", "FlowTool", "FlowAsTool"]) { return .flow }
    if says(["CustomComponent", "Python"]) { return .code }
    if type.hasSuffix("Model") || type.hasSuffix("ModelComponent") || type.hasSuffix("LLM")
      || template?["model_name"] != nil && template?["temperature"] != nil
    {
      return .model
    }
    if template?["embedding"] != nil || template?["embedding_model"] != nil
      || says(["VectorStore", "GraphRAG"])
    {
      return .store
    }
    if says(["ChatMemory"]) { return .memory }
    // Whatever else needs a key leads out of the product, and so does what is listed.
    let hasKey = (template?.object ?? []).contains { $0.value["password"]?.bool == true }
    if hasKey || knownService(plainType(type)) != nil { return .tool }
    if node["tool_mode"]?.bool == true { return .tool }
    return .other
  }

  private static let roles: [String: CanvasComponent.Role] = [
    "ChatInput": .start, "TextInput": .start, "Webhook": .start, "WebhookComponent": .start,
    "ChatOutput": .other, "TextOutput": .other, "Prompt": .other, "Prompt Template": .other,
    "Memory": .other, "MessageStore": .other, "StoreMessage": .other,
    "APIRequest": .request, "URL": .request, "URLComponent": .request, "RSSReaderSimple": .request,
    "File": .file, "Directory": .file, "SaveToFile": .file, "SaveFile": .file, "CSVtoData": .other,
    "JSONtoData": .other, "ConditionalRouter": .decision, "DataConditionalRouter": .decision,
    "SmartRouter": .decision, "Listen": .group, "Notify": .group, "Pass": .group,
    "Calculator": .other, "CalculatorComponent": .other, "CurrentDate": .other,
    "PythonREPLComponent": .code, "PythonREPLTool": .code, "PythonCodeStructuredTool": .code,
    "RunFlow": .flow, "SubFlow": .flow, "FlowTool": .flow, "KnowledgeRetrieval": .store,
    "KnowledgeIngestion": .store, "KnowledgeBase": .store, "HierarchicalTaskComponent": .other,
    "SequentialTaskComponent": .other, "AgentQL": .tool, "BatchRunComponent": .other,
    "StructuredOutput": .other, "StructuredOutputComponent": .other, "ParserComponent": .other,
  ]

  /// A type without the words that say what kind of component it is.
  static func plainType(_ type: String) -> String {
    var rest = Substring(type)
    for word in ["Component", "Embeddings", "Model", "VectorStore", "Tool", "ChatMemory", "Search"]
    where rest.hasSuffix(word) && rest.count > word.count {
      rest = rest.dropLast(word.count)
    }
    return String(rest)
  }

  /// The application that a component leads to.
  static func application(_ component: CanvasComponent) -> String {
    knownService(component.type) ?? knownService(plainType(component.type))
      ?? words(ofIdentifier: plainType(component.type))
  }
}
