import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Make")
struct MakeTests {
  private let blueprint = """
    {"name": "Claims to ledger", "flow": [
      {"id": 1, "module": "google-sheets:watchRows", "version": 2, "parameters": {"__IMTCONN__": 12},
       "metadata": {"restore": {"expect": {"sheetId": {"label": "Claims"}}}, "parameters": [{"name": "__IMTCONN__", "type": "account:google"}]}},
      {"id": 2, "module": "builtin:BasicRouter", "version": 1, "routes": [
        {"flow": [{"id": 3, "module": "http:ActionSendData", "version": 3, "mapper": {"url": "https://ledger.harbour.example/post?key=x", "method": "post"},
          "onerror": [{"id": 4, "module": "builtin:Break", "version": 1, "mapper": {"count": "3"}}]}]},
        {"flow": [{"id": 5, "module": "slack:CreateMessage", "version": 4, "mapper": {"channel": "claims"}},
          {"id": 6, "module": "human-in-the-loop:createReviewRequest", "version": 1},
          {"id": 7, "module": "util:FunctionSleep", "version": 1, "mapper": {"duration": "60"}},
          {"id": 8, "module": "scenario-service:CallSubscenario", "version": 1, "mapper": {"scenarioId": 77}}]}]}],
     "metadata": {"scenario": {"maxErrors": 3}}}
    """

  @Test("modules of all routes are steps, with what they call and who is asked")
  func whole() throws {
    let document = try #require(imported(["blueprint.json": blueprint]).first)
    #expect(document.format == "make" && document.status == .imported, "\(document.problems)")
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["Claims to ledger"])
    #expect(
      shown(fragment.connections) == [
        "Google Sheets triggers system Claims to ledger by api: watchRows",
        "Claims to ledger writes application ledger.harbour.example by api: POST",
        "Claims to ledger writes application Slack by api: CreateMessage",
        "Claims to ledger invokes system 77 by internal: CallSubscenario",
      ])
    #expect(fragment.connections.map(\.data) == [["Claims"], [], ["claims"], []])
    #expect(
      fragment.steps.map(\.kind) == [
        .wait, .decision, .action, .errorHandling, .action, .human, .wait, .call,
      ])
    #expect(fragment.steps[3].retries == 3 && fragment.steps[6].delay == .minute)
    #expect(fragment.touchPoints.map(\.kind) == [.review])
    #expect(fragment.credentials.map(\.name) == ["google connection"])
    #expect(fragment.systems.first?.unknowns == ["When the scenario runs is not in a blueprint."])
  }

  @Test("an answer of the API says when it runs")
  func wrapped() throws {
    let text =
      "{\"response\": {\"blueprint\": \(blueprint), \"scheduling\": {\"type\": \"indefinitely\", \"interval\": 900}}}"
    let fragment = try #require(imported(["a.json": text]).first).fragment
    #expect(fragment.triggers.last?.expression == "every 900 seconds")
    #expect(fragment.systems.first?.volume.value == Frequency(count: 4, per: .hour))
  }

  @Test("a computed address is named as a problem")
  func computed() {
    expectProblems(
      "blueprint.json",
      """
      {"name": "A", "flow": [{"id": 1, "module": "http:MakeRequest", "mapper": {"url":
      1️⃣"{{1.website}}"}}]}
      """, [(.low, "is computed")])
  }

  @Test("mail of Google is Gmail")
  func gmail() throws {
    let text = """
      {"name": "Answers", "flow": [{"id": 1, "module": "google-email:ActionSendEmail", "version": 2,
      "mapper": {"to": "desk"}, "metadata": {}}], "metadata": {"scenario": {}}}
      """
    let fragment = try #require(imported(["b.json": text]).first).fragment
    #expect(fragment.connections.map(\.target.name) == ["Gmail"])
  }

  @Test("damaged and deep files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["b.json": String(blueprint.prefix(300))]).first?.status == .failed)
    #expect(imported(["b.json": "{\"flow\": [{\"id\": 1, \"module\": 3}]}"]).first?.format == nil)
    var deep = "{\"id\": 1, \"module\": \"a:b\"}"
    for _ in 0..<70 {
      deep = "{\"id\": 1, \"module\": \"builtin:BasicRouter\", \"routes\": [{\"flow\": [\(deep)]}]}"
    }
    #expect(imported(["b.json": "{\"name\": \"D\", \"flow\": [\(deep)]}"]).first != nil)
  }
}
