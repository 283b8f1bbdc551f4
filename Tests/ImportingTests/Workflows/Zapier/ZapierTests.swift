import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Zapier")
struct ZapierTests {
  private let export = """
    {"metadata": {"version": 2}, "zaps": [{"id": 7, "title": "New leads", "status": "on", "nodes": {
      "1": {"id": 1, "parent_id": null, "root_id": null, "type_of": "read", "action": "new_row", "selected_api": "GoogleSheetsV2CLIAPI@2.9.1", "params": {}},
      "2": {"id": 2, "parent_id": 1, "root_id": 1, "type_of": "filter", "action": "filter", "selected_api": "FilterAPI"},
      "3": {"id": 3, "parent_id": 2, "root_id": 1, "type_of": "write", "action": "approval", "selected_api": "HumanInTheLoopCLIAPI@1.0.0"},
      "4": {"id": 4, "parent_id": 3, "root_id": 1, "type_of": "write", "action": "channel_message", "selected_api": "SlackAPI", "title": "Tell sales"},
      "5": {"id": 5, "parent_id": 4, "root_id": 1, "type_of": "write", "action": "post", "selected_api": "WebHookCLIAPI@1.0.29", "params": {"url": "https://crm.harbour.example/leads"}},
      "6": {"id": 6, "parent_id": 5, "root_id": 1, "paused": true, "type_of": "write", "action": "x", "selected_api": "SlackAPI"}}}]}
    """

  @Test("zaps are workflows, nodes are steps, and applications go by their usual names")
  func whole() throws {
    let document = try #require(imported(["zaps.json": export]).first)
    #expect(document.format == "zapier" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["New leads"])
    #expect(fragment.systems.first?.status.value == .production)
    #expect(fragment.steps.map(\.kind) == [.wait, .decision, .human, .action, .action])
    #expect(
      shown(fragment.connections) == [
        "Google Sheets triggers system New leads by api: new_row",
        "New leads writes application Slack by api: channel_message",
        "New leads writes application crm.harbour.example by api: post",
      ])
    #expect(fragment.touchPoints.map(\.kind) == [.approval])
    #expect(document.problems.map(\.severity) == [.info])
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["z.json": String(export.prefix(200))]).first?.status == .failed)
    let odd =
      "{\"zaps\": [{\"nodes\": {\"1\": {\"selected_api\": \"\", \"type_of\": 3}, \"2\": {\"selected_api\": \"V2\"}}}]}"
    #expect(imported(["z.json": odd]).first?.status == .partial)
  }
}
