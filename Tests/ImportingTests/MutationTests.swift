import DocumentReading
import Facts
import Inventory
import Testing

@testable import Importing

/// A small generator for repeatable tests: SplitMix64 (Steele, Lea & Flood 2014,
/// doi:10.1145/2714064.2660195).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Damaged files")
struct MutationTests {
  /// One small file of every kind.
  private static let originals: [String: [UInt8]] = [
    "p/project.json": Array(uiPathManifest("\"runtimeOptions\": {\"isAttended\": true}").utf8),
    "p/Main.xaml": Array(
      uiPathWorkflow(
        """
        <ui:InvokeWorkflowFile DisplayName="i" WorkflowFileName="Main.xaml" />
        <ui:GetQueueItem DisplayName="q" QueueName="[in_Config(&quot;Queue&quot;).ToString]" />
        """ + uiPathCard("Url=\"https://a.example.com\"", "<uix:NClick DisplayName=\"c\" />")
      ).utf8),
    "p/Data/Config.xlsx": workbook([("Settings", [["Name", "Value"], ["Queue", "In"]])]),
    "flow/definition.json": Array(
      """
      {"properties": {"displayName": "F", "definition": {"$schema": "x/workflowdefinition.json#",
      "triggers": {"t": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
      "actions": {"a": {"type": "Http", "limit": {"timeout": "PT1H"}, "inputs": {"uri": "https://a.example"}}}}}}
      """.utf8),
    "s.zip": archive([
      "customizations.xml":
        "<ImportExportXml><Workflows><Workflow Name=\"D\" WorkflowId=\"{1}\"><Category>6</Category></Workflow></Workflows></ImportExportXml>"
    ]),
    "agents.yaml": Array("a:\n  role: R\n  goal: G\n  tools: [T]\n".utf8),
    "ua/agent.json": Array(
      "{\"type\": \"lowCode\", \"settings\": {\"model\": \"m\"}, \"messages\": [{\"role\": \"system\", \"content\": \"You help.\"}], \"resources\": [{\"$resourceType\": \"tool\", \"type\": \"process\", \"name\": \"P\"}]}"
        .utf8),
    "ua/bindings_v2.json": Array(
      "{\"version\": \"2.0\", \"resources\": [{\"resource\": \"process\", \"key\": \"K\"}]}".utf8),
    "us/s.uipx": Array(
      "{\"SolutionId\": \"s\", \"Projects\": [{\"Type\": \"Process\", \"ProjectRelativePath\": \"B/project.uiproj\"}]}"
        .utf8),
    "f.flow": Array(
      "{\"name\": \"F\", \"nodes\": [{\"id\": \"n\", \"type\": \"core.action.http\", \"inputs\": {\"url\": \"https://a.example.com\"}}], \"edges\": []}"
        .utf8),
    "caseplan.json": Array(
      "{\"name\": \"C\", \"nodes\": [{\"id\": \"S\", \"type\": \"case-management:Stage\", \"data\": {\"tasks\": [[{\"id\": \"t\", \"type\": \"action\"}]]}}]}"
        .utf8),
    "w.json": Array(
      "{\"document\": {\"dsl\": \"1.0.0\"}, \"do\": [{\"A\": {\"set\": 1, \"metadata\": {\"activityType\": \"Assign\"}}}]}"
        .utf8),
    "cs/bots/b/bot.xml": Array("<bot schemaname=\"b\"><name>B</name></bot>".utf8),
    "cs/botcomponents/b.topic.T/data": Array(
      "kind: AdaptiveDialog\nbeginDialog:\n  kind: OnEscalate\n  actions:\n    - kind: Question\n      id: q\n"
        .utf8),
    "g.genAiFunction-meta.xml": Array(
      "<GenAiFunction xmlns=\"http://soap.sforce.com/2006/04/metadata\"><invocationTarget>F</invocationTarget><invocationTargetType>flow</invocationTargetType></GenAiFunction>"
        .utf8),
    "t.agent": Array(
      "config:\n  agent_name: \"T\"\ntopic a:\n  actions:\n    x:\n      target: \"flow://F\"\n"
        .utf8),
    "tasks.yaml": Array(
      "t:\n  description: D\n  expected_output: O\n  agent: a\n  context: [t]\n".utf8),
    "card.json": Array(
      "{\"name\": \"A\", \"url\": \"https://x.example\", \"capabilities\": {}, \"skills\": [{\"id\": \"s\"}]}"
        .utf8),
    "r.csv": Array("Name,Owner,Volume,Failure rate,Purpose\nBot,A,\"1,200 per day\",3 %,p\n".utf8),
    "b.bpmn": Array(
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" name=\"P\"><userTask id=\"t\"/></process></definitions>"
        .utf8),
    "d.dmn": Array(
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"D\"><decision id=\"d\" name=\"D\"><decisionTable><input><inputExpression><text>x</text></inputExpression></input><output name=\"y\"/><rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"
        .utf8),
  ]

  @Test("the undamaged files are all read")
  func undamaged() {
    let documents = imported(Self.originals)
    #expect(
      documents.allSatisfy { [.imported, .partial].contains($0.status) },
      "\(documents.map { ($0.path, $0.status) })")
  }

  @Test(
    "no damage crashes an importer, and every file keeps its place in the list",
    arguments: 0..<200 as Range<UInt64>)
  func mutations(seed: UInt64) {
    var random = SplitMix64(state: seed)
    var files = Self.originals
    for path in files.keys.sorted() {
      guard var bytes = files[path], !bytes.isEmpty, Bool.random(using: &random) else { continue }
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: position)
        case 2:
          bytes.insert(
            contentsOf: Array("\"<>{}[]&;,:\n9e".utf8).shuffled(using: &random).prefix(3),
            at: position)
        default: bytes.removeLast(bytes.count - position)
        }
        if bytes.isEmpty { break }
      }
      files[path] = bytes
    }
    let documents = imported(files)
    #expect(Set(files.keys).isSubset(of: documents.map(\.path)))
    #expect(Set(documents.map(\.path)).count == documents.count)
    for document in documents {
      #expect(document.status != .failed || !document.problems.isEmpty)
      #expect(document.problems.allSatisfy { $0.location.path.hasPrefix(document.path) })
    }
    #expect(Estate(merging: documents) == Estate(merging: documents.reversed() + documents))
  }
}
