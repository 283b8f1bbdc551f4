import Facts
import Importing
import Inventory
import Testing

@Suite("selectors and fixed waits of steps")
struct StepFactsTests {
  @Test("UiPath: durations and pauses in all their spellings, selectors of both generations")
  func uiPath() {
    let content = """
      <Delay DisplayName="a" Duration="00:01:05.5" />
      <Delay DisplayName="b" Duration="[TimeSpan.FromSeconds(3)]" />
      <Delay DisplayName="c" Duration="[New TimeSpan(0, 2, 0)]" />
      <Delay DisplayName="d" Duration="[in_Pause]" />
      <ui:Click DisplayName="e" DelayMS="1500" DelayBefore="{x:Null}"><ui:Click.Target>
        <ui:Target Selector="&lt;html app='chrome.exe' /&gt;&lt;webctrl idx='7' tag='A' /&gt;" />
      </ui:Click.Target></ui:Click>
      <uix:NClick DisplayName="f" DelayBefore="2" xmlns:uix="http://schemas.uipath.com/workflow/activities/uix">
        <uix:NClick.Target><uix:TargetAnchorable SearchSteps="FuzzySelector, CV"
          FullSelectorArgument="&lt;webctrl tag='A' /&gt;" FuzzySelectorArgument="&lt;webctrl tag='B' /&gt;" />
        </uix:NClick.Target></uix:NClick>
      <uix:NClick DisplayName="g" xmlns:uix="http://schemas.uipath.com/workflow/activities/uix">
        <uix:NClick.Target><uix:TargetAnchorable SearchSteps="CV" /></uix:NClick.Target></uix:NClick>
      <ui:ClickImage DisplayName="h" />
      <ui:LogMessage DisplayName="i" />
      """
    let steps = estate([
      "p/project.json": uiPathManifest(), "p/Main.xaml": uiPathWorkflow(content),
    ]).steps
    let delays = Dictionary(
      steps.map { ($0.name ?? "", $0.delay?.seconds) }, uniquingKeysWith: { a, _ in a })
    #expect(
      ["a", "b", "c", "d", "e", "f", "i"].map { delays[$0] ?? nil }
        == [65.5, 3, 120, nil, 1.5, 2, nil])
    let selectors = Dictionary(
      steps.map { ($0.name ?? "", $0.selector) }, uniquingKeysWith: { a, _ in a })
    #expect(
      ["e", "f", "g", "h", "i"].map { selectors[$0] ?? nil } == [
        "<html app='chrome.exe' /><webctrl idx='7' tag='A' />", "<webctrl tag='B' />",
        "image: CV", "image: ClickImage", nil,
      ])
  }

  @Test("Power Automate desktop: waits without condition, controls of the repository, pictures")
  func desktop() throws {
    let script = #"""
      SET Address TO $'''https://a.example'''
      WebAutomation.Click.Click BrowserInstance: Browser Control: appmask['Web Page \'A\'']['Button \'Go\'']
      UIAutomation.PressButton Button: appmask['Ledger']['OK']
      MouseAndKeyboard.MoveMouseToImage.ClickImage Images: [imgrepo['Image_2']] Timeout: 5
      MouseAndKeyboard.MoveMouse.MoveMouse X: 10 Y: 20 RelativeTo: MouseAndKeyboard.Relative.Screen
      WAIT (WebAutomation.WaitForWebPageContent.WaitForWebPageToContainText BrowserInstance: Browser Text: $'''x''') FOR 30
      WAIT 4

      # [ControlRepository][PowerAutomateDesktop]

      {"ControlRepositorySymbols": [{"Name": "appmask", "Repository": "{\"Screens\": [
        {\"Name\": \"Web Page 'A'\", \"Controls\": [{\"Name\": \"Button 'Go'\", \"Selectors\": [
          {\"CustomSelector\": \"html > body > div:eq(3)\", \"Elements\": [], \"Ignore\": false}]}]},
        {\"Name\": \"Ledger\", \"Controls\": [{\"Name\": \"OK\", \"Selectors\": [
          {\"CustomSelector\": null, \"Elements\": [{\"Tag\": \"window\", \"Attributes\": [
            {\"Name\": \"Class\", \"Value\": \"L\", \"Ignore\": false, \"IsOrdinal\": false},
            {\"Name\": \"Enabled\", \"Value\": \"true\", \"Ignore\": true, \"IsOrdinal\": false},
            {\"Name\": \"Ordinal\", \"Value\": 2, \"Ignore\": false, \"IsOrdinal\": true}]}]}]}]}]}"}]}
      """#.replacing("\n  {", with: " {").replacing("\n    {", with: " {").replacing(
        "\n      {", with: " {")
    let steps = try #require(imported(["x.txt": script]).first).fragment.steps
    #expect(
      steps.map(\.selector) == [
        nil, "html > body > div:eq(3)", "window[Class=\"L\"]:eq(2)", "image: [imgrepo['Image_2']]",
        "coordinates: 10, 20", nil, nil,
      ])
    #expect(steps.map { $0.delay?.seconds } == [nil, nil, nil, nil, nil, nil, 4])
  }

  @Test("Automation Anywhere: delays with their unit, paths, pictures and points")
  func automationAnywhere() throws {
    func command(_ package: String, _ name: String, _ attributes: String) -> String {
      "{\"commandName\": \"\(name)\", \"packageName\": \"\(package)\", \"attributes\": [\(attributes)]}"
    }
    func value(_ name: String, _ text: String) -> String {
      "{\"name\": \"\(name)\", \"value\": {\"type\": \"STRING\", \"string\": \"\(text)\"}}"
    }
    let object = """
      {"name": "uiObject", "value": {"type": "UIOBJECT", "uiObject": {"blob": "xpath", "criteria": [
      {"name": "DOMXPath", "value": {"type": "STRING", "string": "/html[1]/body[1]/a[2]"}}]}}}
      """
    let nodes = [
      command(
        "Delay", "delay", [value("delay", "5"), value("unit", "SECONDS")].joined(separator: ",")),
      command(
        "Delay", "delay",
        [value("delay", "500"), value("unit", "Milliseconds")].joined(separator: ",")),
      command("Delay", "delay", value("delay", "5")),
      command("Recorder", "capture", object), command("ImageRecognition", "findImage", ""),
      command("Mouse", "click", [value("x", "4"), value("y", "5")].joined(separator: ",")),
    ]
    let bot = """
      {"triggers": [], "nodes": [\(nodes.joined(separator: ","))], "variables": [], "packages": [],
      "properties": {"timeout": "0s"}}
      """
    let steps = try #require(imported(["Automation Anywhere/Bots/A": bot]).first).fragment.steps
    #expect(steps.map { $0.delay?.seconds } == [5, 0.5, nil, nil, nil, nil])
    #expect(
      steps.map(\.selector) == [
        nil, nil, nil, "/html[1]/body[1]/a[2]", "image: ImageRecognition", "coordinates: 4, 5",
      ])
  }
}
