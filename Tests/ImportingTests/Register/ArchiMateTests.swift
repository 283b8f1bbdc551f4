import Facts
import Inventory
import Testing

@testable import Importing

@Suite("ArchiMate")
struct ArchiMateTests {
  private let archi = """
    <archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xmlns:archimate="http://www.archimatetool.com/archimate" name="M" id="m">
      <folder name="Business" type="business">
        <element xsi:type="archimate:BusinessProcess" name="Settle" id="p"/>
        <folder name="inner">
          <element xsi:type="archimate:BusinessProcess" name="Approve payment" id="p1"/>
          <element xsi:type="archimate:BusinessProcess" name="Pay" id="p2"/>
        </folder>
        <element xsi:type="archimate:BusinessRole" name="Claims desk" id="r"/>
        <element xsi:type="archimate:BusinessEvent" name="Claim arrives" id="e"/>
        <element xsi:type="archimate:Junction" id="j"/>
      </folder>
      <folder name="Application" type="application">
        <element xsi:type="archimate:ApplicationComponent" name="Core" id="a"/>
        <element xsi:type="archimate:ApplicationService" name="Look up" id="s"/>
        <element xsi:type="archimate:ApplicationComponent" name="Ledger" id="b"/>
        <element xsi:type="archimate:ApplicationComponent" name="Pay bot" id="c" profiles="pr">
          <property key="owner" value="Jo Berg"/>
        </element>
        <element xsi:type="archimate:DataObject" name="Claim file" id="d"/>
      </folder>
      <folder name="Relations" type="relations">
        <element xsi:type="archimate:CompositionRelationship" source="p" target="p1" id="1"/>
        <element xsi:type="archimate:CompositionRelationship" source="p" target="p2" id="2"/>
        <element xsi:type="archimate:AssignmentRelationship" source="r" target="p1" id="3"/>
        <element xsi:type="archimate:TriggeringRelationship" source="p1" target="p2" id="4"/>
        <element xsi:type="archimate:TriggeringRelationship" source="e" target="p1" id="5"/>
        <element xsi:type="archimate:RealizationRelationship" source="a" target="s" id="6"/>
        <element xsi:type="archimate:ServingRelationship" source="s" target="p1" id="7"/>
        <element xsi:type="archimate:FlowRelationship" name="payments" source="c" target="j" id="8"/>
        <element xsi:type="archimate:FlowRelationship" source="j" target="b" id="9"/>
        <element xsi:type="archimate:AccessRelationship" source="a" target="d" id="10" accessType="1"/>
        <element xsi:type="archimate:FlowRelationship" source="c" target="none" id="11"/>
      </folder>
      <profile name="RPA robot" id="pr" conceptType="ApplicationComponent"/>
    </archimate:model>
    """

  @Test("processes with their parts and roles, applications and what flows between them")
  func native() throws {
    let document = try #require(imported(["m.archimate": archi]).first)
    #expect(document.format == "archimate" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["Settle", "Pay bot"])
    #expect(fragment.systems.map(\.kind.value) == [.workflow, .rpa])
    #expect(fragment.systems.last?.owner.value == "Jo Berg")
    #expect(fragment.applications.map(\.name) == ["Core", "Ledger"])
    #expect(
      shown(fragment.connections) == [
        "Settle invokes application Core by unknown: serving",
        "Pay bot writes application Ledger by unknown: flow",
        "Core reads data Claim file by unknown: read",
      ])
    #expect(fragment.connections[1].data == ["payments"])
    #expect(fragment.steps.map(\.name) == ["Approve payment", "Pay"])
    #expect(fragment.touchPoints.map(\.team) == ["Claims desk"])
    #expect(fragment.touchPoints.map(\.kind) == [.approval])
    #expect(fragment.triggers.map(\.expression) == ["Claim arrives"])
    #expect(document.problems.map(\.severity) == [.low])
  }

  @Test("the exchange format says the same, with names in elements and properties defined once")
  func exchange() throws {
    let text = """
      <model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">
      <name>M</name><elements>
      <element identifier="a" xsi:type="ApplicationComponent"><name xml:lang="en">Core</name></element>
      <element identifier="b" xsi:type="ApplicationComponent"><name>Triage</name><properties><property propertyDefinitionRef="k"><value>AI agent</value></property></properties></element>
      </elements><relationships><relationship identifier="r" source="a" target="b" xsi:type="Serving"/></relationships>
      <propertyDefinitions><propertyDefinition identifier="k" type="string"><name>kind</name></propertyDefinition></propertyDefinitions>
      </model>
      """
    let fragment = try #require(imported(["m.xml": text]).first).fragment
    #expect(fragment.systems.map(\.kind.value) == [.agent])
    #expect(shown(fragment.connections) == ["Triage invokes application Core by unknown: serving"])
  }

  @Test("an archive of Archi is opened; one without a model says so")
  func archives() throws {
    let whole = imported(["m.archimate": archive(["model.xml": archi, "images/a.png": "x"])])
    #expect(whole.map(\.format).contains("archimate"))
    let empty = try #require(
      imported(["m.archimate": archive(["metadata.xml": "<m/>"])]).first { $0.format == "archive" })
    #expect(empty.problems.first?.message.contains("expected model.xml") == true)
  }

  @Test("a model of strategy alone is not inventory; damaged files are a problem")
  func damaged() {
    let goal =
      "<m:model xmlns:m=\"http://www.archimatetool.com/archimate\" xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\"><element x:type=\"m:Goal\" name=\"G\" id=\"1\"/></m:model>"
    #expect(imported(["m.archimate": goal]).first?.status == .notInventory)
    #expect(imported(["m.xml": String(archi.prefix(700))]).first?.status == .failed)
  }
}
