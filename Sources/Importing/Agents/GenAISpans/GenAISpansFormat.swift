import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Traces of agents and language models, by the semantic conventions of OpenTelemetry for generative
  /// AI and by OpenInference, in the JSON of OTLP, of the SDKs' own exporters, and of Jaeger.
  static let genAISpans = ImportFormat(
    id: "otel-genai", title: "OpenTelemetry GenAI spans",
    isFormat: { file in
      let first = file.firstByte
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
        GenAISpan.marks.contains(where: file.contains)
      else { return false }
      return !GenAISpan.spans(of: file).isEmpty
    },
    readFile: { file throws(DocumentError) in
      let spans = GenAISpan.spans(of: file)
      var traces = GenAITraces(spans, path: file.path)
      return traces.reading()
    })
}

/// A span that tells of a model, a tool or an agent.
struct GenAISpan {
  /// What a span is about.
  enum Operation { case agent, model, embeddings, tool, retrieval, guardrail, other }

  /// Texts of which a file has at least one.
  static let marks = [
    "gen_ai.", "openinference.span.kind", "ai.operationId", "llm.model_name",
  ]

  var name: String
  var trace: String?
  var id: String?
  var parent: String?
  /// Seconds since 1970; `nil` where the span has no time.
  var start: Double?
  var end: Double?
  var isError: Bool
  var service: String?
  /// Attributes by their names; their values' nodes.
  var attributes: [String: DataNode]
  var location: SourceLocation

  func text(_ keys: String...) -> String? {
    keys.lazy.compactMap { attributes[$0]?.text?.trimmedOrNil }.first
  }

  func number(_ keys: String...) -> Double? {
    keys.lazy.compactMap { key in
      attributes[key].flatMap { $0.double ?? $0.string.flatMap(Double.init) }
    }.first { $0.isFinite && $0 >= 0 }
  }

  /// Whether it is about generative AI at all.
  var isGenAI: Bool {
    attributes.keys.contains { key in
      key.hasPrefix("gen_ai.") || key.hasPrefix("openinference.") || key.hasPrefix("llm.")
        || key == "ai.operationId"
    }
  }

  var operation: Operation {
    switch text("gen_ai.operation.name") {
    case "invoke_agent", "create_agent", "invoke_workflow": return .agent
    case "execute_tool": return .tool
    case "embeddings": return .embeddings
    case "chat", "text_completion", "generate_content": return .model
    case "retrieval": return .retrieval
    default: break
    }
    switch text("openinference.span.kind")?.uppercased() {
    case "AGENT": return .agent
    case "TOOL": return .tool
    case "LLM": return .model
    case "EMBEDDING": return .embeddings
    case "RETRIEVER", "RERANKER": return .retrieval
    case "GUARDRAIL": return .guardrail
    default: break
    }
    if let operation = text("ai.operationId") {
      if operation == "ai.toolCall" { return .tool }
      if operation.contains("embed") { return .embeddings }
      return .model
    }
    if text("gen_ai.tool.name") != nil { return .tool }
    let hasModel = text("gen_ai.request.model", "gen_ai.response.model", "llm.model_name") != nil
    return hasModel ? .model : .other
  }

  /// The name of the agent that the span itself names.
  var agent: String? {
    if let name = text("gen_ai.agent.name", "agent.name", "gen_ai.workflow.name") { return name }
    guard operation == .agent else { return nil }
    // `invoke_agent Desk`
    let parts = name.split(separator: " ", maxSplits: 1)
    return parts.count == 2 && parts[0] == "invoke_agent" ? String(parts[1]) : name.trimmedOrNil
  }

  var model: String? {
    text(
      "gen_ai.request.model", "llm.model_name", "embedding.model_name", "ai.model.id",
      "gen_ai.response.model")
  }

  /// The application that serves the model.
  var provider: String? {
    guard
      let id = text(
        "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider")
    else { return nil }
    let names = [
      "aws.bedrock": "Amazon Bedrock", "azure.ai.openai": "Azure OpenAI",
      "azure.ai.inference": "Azure AI Inference", "gcp.vertex_ai": "Vertex AI",
      "gcp.gemini": "Google Gemini", "gcp.gen_ai": "Google Gemini",
      "ibm.watsonx.ai": "IBM watsonx.ai", "x_ai": "xAI Grok", "mistral_ai": "Mistral AI",
      "vertexai": "Vertex AI", "mistralai": "Mistral AI",
    ]
    // `openai.responses` names the interface behind the point.
    return names[id.lowercased()]
      ?? modelProvider(id.split(separator: ".").first.map(String.init) ?? id)
  }

  var seconds: Double? {
    guard let start, let end, end >= start else { return nil }
    return end - start
  }
}
