import Facts
import Importing
import Inventory
import Testing

@Suite("LangGraph applications")
struct LangGraphTests {
  private let configuration = """
    {"dependencies": ["."],
     "graphs": {"planner": "./src/planner.py:graph",
       "clerk": {"path": "./src/clerk.py:make", "description": "Answers letters"}},
     "env": {"OPENAI_API_KEY": "sk-not-to-be-kept", "LOG_LEVEL": "debug"},
     "store": {"index": {"embed": "openai:text-embedding-3-small", "dims": 1536}},
     "auth": {"path": "./src/auth.py:auth"}, "http": {"app": "./src/web.py:app"}}
    """

  @Test("every graph is an agent, in part; secrets are named, never kept")
  func graphs() throws {
    let documents = imported(["letters/langgraph.json": configuration])
    #expect(documents.map(\.format) == ["langgraph"])
    #expect(documents[0].status == .partial)
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name) == ["letters: planner", "letters: clerk"])
    #expect(fragment.systems[1].purpose.value == "Answers letters")
    #expect(fragment.systems.allSatisfy { $0.kind.value == .agent && !$0.unknowns.isEmpty })
    #expect(fragment.systems[0].models == ["text-embedding-3-small"])
    #expect(fragment.steps.map(\.name) == ["./src/planner.py:graph", "./src/clerk.py:make"])
    #expect(Set(fragment.credentials.map(\.name)) == ["OPENAI_API_KEY"])
    #expect(fragment.guardrails.map(\.name).first == "callers are checked by ./src/auth.py:auth")
    #expect(fragment.connections.map(\.action) == ["model", "model"])
    #expect(!"\(documents)".contains("sk-not"))
  }

  @Test("a single graph called agent is named after its folder, and uses the bindings beside it")
  func bindings() {
    let bindings = """
      {"version": "2.0", "resources": [
        {"resource": "process", "key": "k", "value": {"name": {"defaultValue": "Book invoice"}}},
        {"resource": "app", "key": "a", "value": {"name": {"defaultValue": "ApprovalApp"}}},
        {"resource": "connection", "key": "mail-1", "value": {"ConnectionId": {"defaultValue": "mail-1"}},
         "metadata": {"Connector": "uipath-acme-mail"}},
        {"resource": "index", "key": "i", "value": {"name": {"defaultValue": "state.x", "isExpression": true}}}]}
      """
    let files = [
      "triage/langgraph.json": "{\"graphs\": {\"agent\": \"./graph.py:graph\"}}",
      "triage/bindings.json": bindings,
    ]
    let estate = estate(files)
    #expect(estate.systems.map(\.name) == ["triage"])
    #expect(
      shown(estate.connections).sorted() == [
        "triage invokes application Acme Mail by api: connection",
        "triage invokes system Book invoice by internal: process",
      ])
    #expect(estate.touchPoints.map { "\($0.step) \($0.kind.rawValue)" } == ["ApprovalApp approval"])
    #expect(estate.credentials.map(\.name) == ["mail-1"])
    let problems = imported(files).first { $0.path.contains("bindings") }?.problems
    #expect(problems?.map(\.severity) == [.low])
  }

  @Test("other files with graphs, and damaged ones, are left alone")
  func foreign() {
    #expect(imported(["a.json": "{\"graphs\": {\"x\": {\"nodes\": []}}}"])[0].format == nil)
    #expect(imported(["a.json": "{\"graphs\": {}}"])[0].format == nil)
    #expect(imported(["b.json": "{\"graphs\": {\"a\": \"./g.py:graph\""])[0].status == .failed)
    #expect(
      imported([
        "c.json": "{\"graphs\": {\"a\": \"./g.py:g\"}, \"env\": 7, \"store\": [], \"auth\": 1}"
      ])[0]
      .status == .partial)
  }
}
