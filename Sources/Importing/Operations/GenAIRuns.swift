import DocumentReading
import Inventory

extension OperationalRecords {
  /// Adds what the spans of agents say: their runs, and their uses of models, tools and stores.
  mutating func addSpans(of file: CandidateFile) {
    let spans = GenAISpan.spans(of: file)
    var traces = GenAITraces(spans, path: file.path)
    var count = 0
    for span in spans {
      let owner = traces.owner(of: span)
      let failures = span.isError ? 1 : 0
      switch span.operation {
      case .agent:
        guard span.text("gen_ai.operation.name") != "create_agent" else { continue }
        runs.append(
          AutomationRun(
            automation: owner, failures: failures, start: span.start, seconds: span.seconds,
            location: span.location))
      case .model, .embeddings, .tool, .retrieval:
        guard let partner = span.partner else { continue }
        uses.append(
          AutomationUse(
            automation: owner, partner: partner, kind: .application, failures: failures))
      case .guardrail, .other: continue
      }
      count += 1
    }
    sources.append(
      OperationalSource(
        path: file.path, title: "traces of agents", count: count, leftOut: spans.count - count,
        columns: [], unused: []))
  }
}

extension GenAISpan {
  /// The model's provider, tool or store that the span used.
  fileprivate var partner: String? {
    switch operation {
    case .model, .embeddings: provider ?? model
    case .tool:
      text("gen_ai.tool.name", "tool.name", "ai.toolCall.name") ?? name.trimmedOrNil
    case .retrieval:
      text("gen_ai.data_source.id", "db.system.name", "db.system") ?? name.trimmedOrNil
    case .agent, .guardrail, .other: nil
    }
  }
}
