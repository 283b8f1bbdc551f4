import Inventory

/// What the types of Dify's nodes mean.
///
/// Source: Dify documentation, "Node description"; `BlockEnum` of its designer.
enum DifyNodeKind {
  /// Notes, and the marks with which a loop begins, which are part of the loop.
  static func isMark(_ type: String, canvas: String?) -> Bool {
    canvas == "custom-note"
      || ["iteration-start", "loop-start", "start-placeholder"].contains(type)
  }

  static func step(_ type: String) -> Step.Kind? {
    switch type {
    case "start", "datasource", "trigger-schedule", "trigger-webhook", "trigger-plugin": .wait
    case "if-else", "question-classifier": .decision
    case "iteration", "loop", "parallel", "variable-aggregator", "variable-assigner": .group
    case "human-input", "human-feedback": .human
    case "agent": .call
    case "end", "answer", "llm", "knowledge-retrieval", "knowledge-index", "code",
      "template-transform", "http-request", "tool", "parameter-extractor", "document-extractor",
      "list-operator", "assigner", "loop-end", "datasource-empty":
      .action
    default: nil
    }
  }

  /// Whether a tool that comes with Dify does its work inside Dify.
  static func isInternal(_ provider: String) -> Bool {
    [
      "time", "code", "audio", "maths", "math", "json_process", "chart", "regex", "webscraper",
      "qrcode", "vectorizer",
    ].contains(provider.split(separator: "/").last.map { $0.lowercased() } ?? "")
  }
}
