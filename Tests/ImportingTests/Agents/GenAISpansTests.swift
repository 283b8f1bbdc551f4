import Facts
import Importing
import Inventory
import Testing

@Suite("Spans of generative AI")
struct GenAISpansTests {
  /// A span in the JSON of OTLP; times in seconds after 2026-02-03 00:00 UTC.
  private func span(
    _ id: String, parent: String = "", _ from: Double, _ to: Double, error: Bool = false,
    _ attributes: [(String, String)]
  ) -> String {
    func nanoseconds(_ seconds: Double) -> String { "\(Int(1_770_076_800 + seconds))000000000" }
    let list = attributes.map { key, value in
      let kind = value.allSatisfy(\.isNumber) ? "intValue" : "stringValue"
      return "{\"key\": \"\(key)\", \"value\": {\"\(kind)\": \"\(value)\"}}"
    }
    return """
      {"traceId": "t", "spanId": "\(id)", "parentSpanId": "\(parent)", "name": "x",
      "startTimeUnixNano": "\(nanoseconds(from))", "endTimeUnixNano": "\(nanoseconds(to))",
      "status": {"code": \(error ? 2 : 0)}, "attributes": [\(list.joined(separator: ","))]}
      """
  }

  private func request(_ spans: [String]) -> String {
    """
    {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "desk-service"}}]},
    "scopeSpans": [{"spans": [\(spans.joined(separator: ","))]}]}]}
    """.replacing("\n", with: " ")
  }

  private func agent(_ id: String, _ from: Double, _ to: Double, error: Bool = false) -> String {
    span(
      id, from, to, error: error,
      [("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "Clerk")])
  }

  @Test("OTLP: an agent with its models, tools and agents, measured with the size of the sample")
  func otlp() throws {
    let spans = [
      agent("1", 0, 10), agent("2", 86_400, 86_420, error: true),
      span(
        "3", parent: "1", 1, 3,
        [
          ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "aws.bedrock"),
          ("gen_ai.request.model", "nova"), ("gen_ai.usage.input_tokens", "100"),
          ("gen_ai.usage.output_tokens", "20"),
        ]),
      span(
        "4", parent: "3", 3, 4,
        [("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "get_weather")]),
      span(
        "5", parent: "1", 4, 5,
        [("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "Helper")]),
    ]
    let documents = imported(["traces.json": request(spans)])
    #expect(documents.map(\.format) == ["otel-genai"])
    #expect(documents.map(\.status) == [.imported])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Clerk", "Helper"])
    let clerk = said.systems[0]
    #expect(clerk.kind.value == .agent)
    #expect(clerk.models == ["nova"])
    #expect(clerk.runTime.value == TimeSpan(seconds: 15))
    #expect(clerk.runTime.winner?.evidence.provenance == .measured)
    #expect(clerk.failureRate.value == Probability(0.5))
    #expect(clerk.volume.value?.period == .day)
    #expect(
      shown(said.connections) == [
        "Clerk invokes application Amazon Bedrock by api: model",
        "Clerk invokes application get_weather by internal: tool",
        "Clerk invokes system Helper by internal: agent",
      ])
    let note = said.connections[0].evidence[0].note ?? ""
    #expect(note.hasPrefix("n = 1 calls, 2026-02-03 to 2026-02-04, mean 2 s"), "\(note)")
    #expect(note.contains("mean 100 tokens in and 20 out (n = 1)"), "\(note)")
  }

  @Test(
    "other exporters: one request on each line, the console of an SDK, Jaeger, attributes alone",
    arguments: [
      ("lines.json", "desk-service"), ("console.json", "assistant"), ("jaeger.json", "shop"),
      ("attributes.json", "attributes"),
    ])
  func exporters(name: String, owner: String) throws {
    let chat = [
      ("gen_ai.operation.name", "chat"), ("gen_ai.system", "openai"),
      ("gen_ai.request.model", "gpt-4o"),
    ]
    let files = [
      "lines.json": "\(request([span("1", 0, 1, chat)]))\n\(request([span("2", 1, 2, chat)]))\n",
      "console.json": """
      [{"name": "ai.generateText.doGenerate", "spanContext": {"traceId": "t", "spanId": "1"},
      "startTime": [1770131992, 242000000], "endTime": [1770131994, 0], "status": {"code": 0},
      "attributes": {"ai.operationId": "ai.generateText.doGenerate", "ai.telemetry.functionId": "assistant",
      "ai.model.provider": "openai.responses", "ai.model.id": "gpt-4o"}}]
      """,
      "jaeger.json": """
      {"data": [{"traceID": "t", "processes": {"p1": {"serviceName": "shop"}}, "spans": [
      {"operationName": "chat", "spanID": "1", "processID": "p1", "startTime": 1770131992000000, "duration": 2000000,
      "tags": [{"key": "gen_ai.operation.name", "type": "string", "value": "chat"},
      {"key": "gen_ai.system", "type": "string", "value": "openai"}, {"key": "gen_ai.request.model", "value": "gpt-4o"}]}]}]}
      """,
      "attributes.json":
        "{\"openinference.span.kind\": \"LLM\", \"llm.provider\": \"openai\", \"llm.model_name\": \"gpt-4o\"}",
    ]
    let document = try #require(imported([name: files[name] ?? ""]).first)
    #expect(document.format == "otel-genai")
    #expect(document.fragment.systems.map(\.name) == [owner])
    #expect(document.fragment.systems.first?.models == ["gpt-4o"])
    #expect(
      shown(document.fragment.connections) == ["\(owner) invokes application OpenAI by api: model"])
  }

  @Test("spans that are not about models say nothing")
  func others() {
    let plain = request([span("1", 0, 1, [("http.method", "GET"), ("note", "gen_ai.x")])])
    #expect(imported(["t.json": plain]).map(\.format) == [nil])
  }
}
