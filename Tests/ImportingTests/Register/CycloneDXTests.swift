import Facts
import Inventory
import Testing

@testable import Importing

@Suite("CycloneDX")
struct CycloneDXTests {
  private let json = """
    {"bomFormat": "CycloneDX", "specVersion": "1.6",
    "metadata": {"component": {"bom-ref": "m", "type": "application", "name": "Claims Core"}},
    "components": [{"bom-ref": "l", "type": "library", "name": "client"}, {"bom-ref": "x", "type": "machine-learning-model", "name": "triage-model"}],
    "services": [{"bom-ref": "s", "name": "Address check", "endpoints": ["https://addresses.partner.example/v2"], "data": [{"flow": "outbound", "classification": "public"}]}],
    "dependencies": [{"ref": "l", "dependsOn": ["s"]}, {"ref": "m", "dependsOn": ["l", "x"]}],
    "formulation": [{"workflows": [{"bom-ref": "w", "uid": "w-1", "name": "Release", "trigger": {"type": "scheduled"},
      "timeStart": "2026-02-10T09:00:00Z", "timeEnd": "2026-02-10T09:10:00Z",
      "tasks": [{"bom-ref": "t", "uid": "t", "name": "build", "steps": [{"name": "compile"}]}]}]}]}
    """

  @Test("services and models that the software calls, and the workflow that builds it")
  func whole() throws {
    let document = try #require(imported(["bom.json": json]).first)
    #expect(document.format == "cyclonedx" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.applications.map(\.name) == ["Address check", "triage-model", "Claims Core"])
    #expect(fragment.applications.first?.aliases == ["addresses.partner.example"])
    #expect(
      shown(fragment.connections) == [
        "Claims Core reads application Address check by api: depends on",
        "Claims Core invokes application triage-model by api: depends on",
      ])
    #expect(fragment.connections.first?.data == ["public"])
    #expect(fragment.systems.map(\.name) == ["Release"])
    #expect(fragment.systems.first?.runTime.value == 10 * .minute)
    #expect(fragment.steps.map(\.kind) == [.group, .action])
    #expect(fragment.triggers.map(\.kind) == [.schedule])
  }

  @Test("XML says the same")
  func xml() throws {
    let text = """
      <bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="application" bom-ref="m"><name>Claims Core</name></component></metadata>
      <services><service bom-ref="s"><name>Address check</name><endpoints><endpoint>https://addresses.partner.example</endpoint></endpoints>
      <data><classification flow="inbound">PII</classification></data></service></services>
      <formulation><formula><workflows><workflow bom-ref="w"><uid>w-1</uid><name>Release</name><tasks><task bom-ref="t"><uid>t</uid></task></tasks></workflow></workflows></formula></formulation></bom>
      """
    let fragment = try #require(imported(["bom.xml": text]).first).fragment
    #expect(
      shown(fragment.connections) == [
        "Claims Core writes application Address check by api: service"
      ])
    #expect(fragment.steps.map(\.id) == ["t"])
  }

  @Test("a bill of libraries is not inventory; damaged files are a problem")
  func damaged() {
    let libraries =
      "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"type\": \"library\", \"name\": \"a\"}]}"
    #expect(imported(["b.json": libraries]).first?.status == .notInventory)
    #expect(imported(["b.json": String(json.prefix(400))]).first?.status == .failed)
    #expect(
      imported(["b.json": "{\"bomFormat\": \"CycloneDX\", \"services\": 3}"]).first?.status
        == .notInventory)
  }
}
