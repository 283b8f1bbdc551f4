import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Products of which only what describes them is read")
struct DescribedOnlyTests {
  @Test("a pipeline of SnapLogic: name, purpose and author, and that its snaps are not read")
  func snapLogic() throws {
    let text = """
      {"class_id": "com-snaplogic-pipeline", "instance_id": "i-1", "property_map": {"info": {"label": {"value": "Leads to ledger"},
      "author": {"value": "jo@harbour.example"}, "purpose": {"value": "Copies leads"}}}, "snap_map": {"a": {}, "b": {}}, "link_map": {}}
      """
    let document = try #require(imported(["p.slp": text]).first)
    #expect(document.format == "snaplogic" && document.status == .partial)
    let system = try #require(document.fragment.systems.first)
    #expect(system.name == "Leads to ledger" && system.purpose.value == "Copies leads")
    #expect(system.creator.value == "jo@harbour.example" && !system.owner.isKnown)
    #expect(system.unknowns == ["What its 2 snaps do and call is not read."])
    #expect(document.problems.map(\.severity) == [.info])
  }

  @Test("an automation of Pega; other parts of its project are not inventory")
  func pega() {
    func text(_ type: String) -> String {
      "<OpenSpanDesignDocument Version=\"19.1\"><ComponentInfo><Type Value=\"OpenSpan.Automation.\(type)\"/></ComponentInfo></OpenSpanDesignDocument>"
    }
    let documents = imported(["Post.os": text("Automator"), "Shared.os": text("GlobalContainer")])
    #expect(documents.map(\.status) == [.partial, .notInventory])
    #expect(documents.flatMap(\.fragment.systems).map(\.name) == ["Post"])
  }

  @Test("an inventory of Power Platform: flows, agents and apps, without identifiers of people")
  func inventory() throws {
    let text = """
      {"totalRecords": 4, "count": 3, "resultTruncated": 1, "skipToken": null, "data": [
      {"name": "aaaa0000-bb11-2222-33cc-444444dddddd", "type": "microsoft.powerautomate/cloudflows", "location": "europe", "properties": {"displayName": "Post leads", "ownerId": "aaaa0000-bb11-2222-33cc-444444dddd00", "createdBy": "aaaa0000-bb11-2222-33cc-444444dddd00", "state": "Started", "connectors": [{"id": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline"}]}},
      {"name": "b", "type": "microsoft.copilotstudio/agents", "properties": {"displayName": "Desk guide"}},
      {"name": "c", "type": "microsoft.powerapps/canvasapps", "properties": {"displayName": "Lead form"}},
      {"name": "d", "type": "microsoft.powerplatform/environments", "properties": {"displayName": "Default"}}]}
      """
    let document = try #require(imported(["inventory.json": text]).first)
    #expect(document.format == "power-platform-inventory" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["Post leads", "Desk guide"])
    #expect(fragment.systems.map(\.kind.value) == [.workflow, .agent])
    #expect(fragment.systems.first?.status.value == .production)
    #expect(fragment.systems.first?.owner.isKnown == false)
    #expect(fragment.applications.map(\.name) == ["Lead form"])
    #expect(
      shown(fragment.connections) == ["Post leads invokes application SharePoint by api: connector"]
    )
  }

  @Test("an answer that is one page of several is a problem")
  func pages() {
    expectProblems(
      "i.json",
      """
      1️⃣{"skipToken": "x", "data": [{"name": "b", "type": "microsoft.copilotstudio/agents", "properties": {}}]}
      """, [(.medium, "one page of several")])
  }
}
