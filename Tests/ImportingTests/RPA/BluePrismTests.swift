import Facts
import Importing
import Inventory
import Testing

/// A stage of Blue Prism.
private func stage(_ type: String, _ name: String, _ content: String = "") -> String {
  "<stage stageid=\"\(name)-id\" name=\"\(name)\" type=\"\(type)\">\(content)</stage>"
}

private func action(_ object: String, _ action: String, _ inputs: String = "") -> String {
  stage(
    "Action", "\(object)::\(action)",
    "<inputs>\(inputs)</inputs><resource object=\"\(object)\" action=\"\(action)\" />")
}

private func process(_ stages: String, _ attributes: String = "name=\"Dunning\"") -> String {
  "<process \(attributes) version=\"1.0\" bpversion=\"7.1\" narrative=\"Sends reminders\">\(stages)</process>"
}

@Suite("Blue Prism")
struct BluePrismTests {
  @Test("stages are steps; data, notes, starts and ends are none")
  func steps() throws {
    let text = process(
      [
        "Start", "End", "Data", "Note", "Anchor", "Decision", "Calculation", "LoopStart", "LoopEnd",
        "Recover", "Resume", "Block", "SubSheet", "Alert", "ChoiceStart", "ChoiceEnd",
      ].map { stage($0, $0) }.joined()
        + stage("WaitStart", "Wait", "<timeout>30</timeout>")
        + stage("Exception", "Exception", "<exception type=\"Business Exception\" />"))
    let document = try #require(imported(["BPA Process - Dunning.xml": text]).first)
    #expect(document.format == "blue-prism")
    #expect(document.status == .imported)
    let system = try #require(document.fragment.systems.first)
    #expect(system.name == "Dunning")
    #expect(system.purpose.value == "Sends reminders")
    #expect(
      document.fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == [
        "decision Decision", "action Calculation", "group LoopStart", "error-handling Recover",
        "error-handling Resume", "group Block", "call SubSheet", "human Alert",
        "decision ChoiceStart", "wait Wait", "error-handling Exception",
      ])
    #expect(document.fragment.steps.first { $0.kind == .wait }?.timeout == TimeSpan(seconds: 30))
    #expect(document.fragment.touchPoints.map(\.name) == ["Alert"])
  }

  @Test("actions call objects, queues and credentials by their names")
  func actions() {
    let queue = "<input name=\"Queue Name\" expr=\"[Queue]\" />"
    let text = process(
      action("Ledger", "Post") + action("MS Excel VBO", "Open Workbook")
        + action("Blueprism.Automate.clsWorkQueuesActions", "Get Next Item", queue)
        + action(
          "Blueprism.Automate.clsCredentialsActions", "Get",
          "<input name=\"Credentials Name\" expr=\"&quot;Ledger login&quot;\" />")
        + stage(
          "Data", "Queue", "<datatype>text</datatype><initialvalue>Reminders</initialvalue>")
        + stage("Process", "Print", "<processid>0AE4B7A9-0000-4000-8000-000000000001</processid>"))
    let estate = estate(["p.bpprocess": text])
    #expect(
      Set(shown(estate.connections)) == [
        "Dunning invokes application Microsoft Excel by file: MS Excel VBO: Open Workbook",
        "Dunning reads application Blue Prism credentials by internal: Get",
        "Dunning invokes system 0AE4B7A9-0000-4000-8000-000000000001 by internal: Process",
        "Dunning invokes system Ledger by internal: Post",
        "Dunning reads data Reminders by queue: Get Next Item",
      ])
    #expect(estate.credentials.map(\.name) == ["Ledger login"])
    #expect(
      estate.connections.first { $0.target.name == "Reminders" }?.evidence.first?.note
        == "initial value of the data item 'Queue'")
  }

  @Test("an object drives the application of its model, element by element")
  func model() throws {
    let model = """
      <appdef><element name="Root"><id>1</id><element name="Amount"><id>A1</id></element></element>
      <apptypeinfo><id>Win32Launch</id><parameters><parameter><name>Path</name>
      <value>C:\\Program Files\\SAP\\saplogon.exe</value></parameter></parameters></apptypeinfo></appdef>
      """
    let text = process(
      model + stage("Write", "Enter", "<step expr=\"[x]\"><element id=\"a1\" /></step>")
        + stage(
          "Navigate", "Launch", "<step><element id=\"1\"/><action><id>Launch</id></action></step>"),
      "name=\"Ledger\" type=\"object\"")
    let estate = estate(["o.bpobject": text])
    #expect(
      shown(estate.connections).sorted() == [
        "Ledger invokes application SAP by ui: Launch",
        "Ledger writes application SAP by ui: Write",
      ])
    #expect(estate.connections.first { $0.kind == .writes }?.data == ["Amount"])
  }

  @Test("a stage that goes to several elements has a step for each, with its own selector")
  func elementsOfAStage() {
    func element(_ name: String, _ id: String, _ path: String) -> String {
      """
      <element name="\(name)"><id>\(id)</id><type>HTMLEdit</type><attributes>
      <attribute name="Path" inuse="True"><ProcessValue value="\(path)"/></attribute>
      <attribute name="ID" inuse="True"><ProcessValue value="\(name)"/></attribute>
      </attributes></element>
      """
    }
    let model = """
      <appdef><element name="Form"><id>F</id>\(element("first", "E1", "/HTML/BODY(1)/INPUT(1)"))
      \(element("last", "E2", "/HTML/BODY(1)/INPUT(2)"))</element></appdef>
      """
    func step(_ id: String) -> String { "<step expr=\"[x]\"><element id=\"\(id)\" /></step>" }
    let text = process(
      model + stage("Write", "Writer", step("e1") + step("e2") + step("e1"))
        + stage("Read", "Reader", step("e2")), "name=\"Ledger\" type=\"object\"")
    let steps = estate(["o.bpobject": text]).steps
    #expect(steps.map(\.name) == ["Writer: first", "Writer: last", "Reader"])
    #expect(Set(steps.map(\.id)).count == 3)
    #expect(
      steps.map(\.selector) == [
        "<HTMLEdit Path='/HTML/BODY(1)/INPUT(1)' ID='first'/>",
        "<HTMLEdit Path='/HTML/BODY(1)/INPUT(2)' ID='last'/>",
        "<HTMLEdit Path='/HTML/BODY(1)/INPUT(2)' ID='last'/>",
      ])
  }

  @Test("a release has processes, objects, queues, schedules, web services and who made it")
  func release() throws {
    let wanted = """
      <bpr:release xmlns:bpr="http://www.blueprism.co.uk/product/release"><bpr:name>R</bpr:name>
      <bpr:user-created-by>maker</bpr:user-created-by><bpr:contents count="5">
      <process id="11111111-1111-4111-8111-111111111111" name="Dunning" xmlns="http://www.blueprism.co.uk/product/process">
      \(process(action("Rates", "Get rate") + stage("Process", "Sub", "<processid>22222222-2222-4222-8222-222222222222</processid>")
        + action("Blueprism.Automate.clsWorkQueuesActions", "Get Next Item", "<input name=\"Queue Name\" expr=\"&quot;Q&quot;\"/>")))
      </process>
      <process id="22222222-2222-4222-8222-222222222222" name="Print" xmlns="http://www.blueprism.co.uk/product/process">
      \(process(stage("Decision", "d"), "name=\"Print\""))</process>
      <work-queue id="1" name="Q" key-field="k" max-attempts="3" xmlns="http://www.blueprism.co.uk/product/work-queue"/>
      <webapiservice name="Rates" xmlns="http://www.blueprism.co.uk/product/webapiservice"><configuration baseurl="https://rates.example.com/v1"/></webapiservice>
      <schedule name="Nightly" xmlns="http://www.blueprism.co.uk/product/schedule"><tasks><task><sessions>
      <session process-id="11111111-1111-4111-8111-111111111111"/></sessions></task></tasks>
      <triggers><trigger user-trigger="true" unit-type="Day" period="1" start-date="2024-01-01"/></triggers></schedule>
      </bpr:contents></bpr:release>
      """
    let estate = estate(["r.bprelease": wanted])
    #expect(estate.systems.map(\.name).sorted() == ["Dunning", "Print"])
    #expect(estate.systems.first?.creator.value == "maker")
    #expect(
      Set(shown(estate.connections)) == [
        "Dunning reads application rates.example.com by api: Get rate",
        "Dunning invokes system Print by internal: Process",
        "Dunning reads data Q by queue: Get Next Item",
      ])
    #expect(estate.steps.first { $0.id == "queue Q" }?.retries == 2)
    #expect(
      estate.triggers.map { $0.expression ?? "" } == [
        "unit-type Day, period 1, start-date 2024-01-01"
      ])
  }

  @Test("a process without stages, a truncated and a deep file give a problem")
  func broken() {
    #expect(
      imported(["p.xml": "<process name=\"P\" bpversion=\"6\"><stage "]).first?.status == .failed)
    let empty = """
      <release xmlns="http://www.blueprism.co.uk/product/release"><contents>
      <process id="1" name="Gone">no xml here</process></contents></release>
      """
    let document = imported(["e.bprelease": empty]).first
    #expect(document?.status == .partial)
    #expect(document?.problems.first?.message.contains("has no stages") == true)
    let deep =
      "<process name=\"P\" bpversion=\"6\"><stage type=\"Data\"/>"
      + String(repeating: "<element>", count: 400)
    #expect(imported(["d.xml": deep]).first?.status == .failed)
  }
}
