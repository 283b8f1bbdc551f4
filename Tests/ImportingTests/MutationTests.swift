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
    "flows.json": Array(
      "[{\"id\": \"t\", \"type\": \"tab\", \"label\": \"T\"}, {\"id\": \"a\", \"type\": \"inject\", \"z\": \"t\", \"repeat\": \"60\", \"wires\": [[\"b\"]]}, {\"id\": \"b\", \"type\": \"http request\", \"z\": \"t\", \"url\": \"https://a.example\", \"wires\": []}]"
        .utf8),
    "blueprint.json": Array(
      "{\"name\": \"B\", \"flow\": [{\"id\": 1, \"module\": \"http:MakeRequest\", \"mapper\": {\"url\": \"https://a.example\"}, \"onerror\": [{\"id\": 2, \"module\": \"builtin:Break\", \"mapper\": {\"count\": \"3\"}}]}]}"
        .utf8),
    "kestra.yaml": Array(
      "id: k\nnamespace: n\ntasks:\n  - {id: a, type: io.kestra.plugin.core.flow.Pause}\ntriggers:\n  - {id: t, type: io.kestra.plugin.core.trigger.Schedule, cron: \"0 2 * * 1\"}\n"
        .utf8),
    "dags.yml": Array(
      "d:\n  schedule: \"@daily\"\n  tasks:\n    - {task_id: a, operator: airflow.providers.http.operators.http.HttpOperator, http_conn_id: c}\n"
        .utf8),
    "t/history.json": Array(
      "{\"events\": [{\"eventId\": \"1\", \"eventTime\": \"2026-01-05T08:00:00Z\", \"eventType\": \"WorkflowExecutionStarted\", \"workflowExecutionStartedEventAttributes\": {\"workflowType\": {\"name\": \"W\"}}}, {\"eventId\": \"2\", \"eventTime\": \"2026-01-05T08:00:01Z\", \"eventType\": \"ActivityTaskScheduled\", \"activityTaskScheduledEventAttributes\": {\"activityType\": {\"name\": \"A\"}, \"startToCloseTimeout\": \"5s\"}}]}"
        .utf8),
    "zaps.json": Array(
      "{\"zaps\": [{\"id\": 1, \"title\": \"Z\", \"status\": \"on\", \"nodes\": {\"1\": {\"id\": 1, \"parent_id\": null, \"selected_api\": \"SlackAPI\", \"action\": \"a\"}}}]}"
        .utf8),
    "p.slp": Array(
      "{\"class_id\": \"com-snaplogic-pipeline\", \"property_map\": {\"info\": {\"label\": {\"value\": \"L\"}}}, \"snap_map\": {}}"
        .utf8),
    "p.os": Array(
      "<OpenSpanDesignDocument><ComponentInfo><Type Value=\"a.Automator\"/></ComponentInfo></OpenSpanDesignDocument>"
        .utf8),
    "inventory.json": Array(
      "{\"data\": [{\"name\": \"n\", \"type\": \"microsoft.powerautomate/cloudflows\", \"properties\": {\"displayName\": \"F\"}}]}"
        .utf8),
    "table.csv": Array("F,if: a,if: b,then: c\n1,< 5,x,y\n2,-,-,z\n".utf8),
    "suite.robot": Array(
      "*** Tasks ***\nDo\n    ${a}=    Open Available Browser    https://a.example\n    Sleep    5s\n"
        .utf8),
    "output.xml": Array(
      "<robot generator=\"Robot 7\" rpa=\"true\"><suite name=\"S\"><test name=\"T\"><status status=\"PASS\" start=\"2026-01-05T06:00:00\" elapsed=\"2.5\"/></test></suite></robot>"
        .utf8),
    "catalog-info.yaml": Array(
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: c}\nspec: {type: workflow, owner: o, dependsOn: [\"resource:default/r\"]}\n"
        .utf8),
    "model.archimate": Array(
      "<m:model xmlns:m=\"http://www.archimatetool.com/archimate\" xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\"><folder><element x:type=\"m:ApplicationComponent\" name=\"A\" id=\"1\"/><element x:type=\"m:BusinessProcess\" name=\"P\" id=\"2\"/><element x:type=\"m:ServingRelationship\" source=\"1\" target=\"2\" id=\"3\"/></folder></m:model>"
        .utf8),
    "bom.json": Array(
      "{\"bomFormat\": \"CycloneDX\", \"metadata\": {\"component\": {\"name\": \"M\"}}, \"services\": [{\"bom-ref\": \"s\", \"name\": \"S\", \"endpoints\": [\"https://a.example\"]}]}"
        .utf8),
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
    "w.yaml": Array(
      "spec_version: v1\nkind: native\nname: w\nllm: m\ntools: [t]\nguidelines:\n  - {condition: c, action: a}\n"
        .utf8),
    "again-2-w.json": Array(
      "{\"spec\": {\"kind\": \"flow\", \"name\": \"w\"}, \"nodes\": {\"u\": {\"spec\": {\"kind\": \"user\"}}, \"d\": {\"spec\": {\"kind\": \"decisions\", \"rules\": [{\"conditions\": {\"a\": \"[1:2)\"}, \"actions\": {\"b\": 1}}]}}}}"
        .utf8),
    "mcp.json": Array(
      "{\"mcpServers\": {\"s\": {\"command\": \"npx\", \"args\": [\"-y\", \"@a/b@1\"], \"env\": {\"K_TOKEN\": \"x\"}}}, } // c"
        .utf8),
    "server.json": Array(
      "{\"name\": \"a/b\", \"packages\": [{\"registryType\": \"npm\", \"identifier\": \"b\"}], \"remotes\": [{\"type\": \"sse\", \"url\": \"https://x.example/s\"}]}"
        .utf8),
    "team.json": Array(
      "{\"provider\": \"autogen_agentchat.teams.Swarm\", \"config\": {\"name\": \"T\", \"participants\": [{\"provider\": \"autogen_agentchat.agents.UserProxyAgent\", \"config\": {\"name\": \"u\"}}]}}"
        .utf8),
    "dify.yml": Array(
      "app: {name: D, mode: workflow}\nkind: app\nworkflow:\n  graph:\n    nodes: [{id: '1', data: {type: agent, title: A, agent_parameters: {tools: {value: [{provider_name: time}]}}}}, {id: '2', data: {type: human-input, timeout: 3, timeout_unit: hour}}]\n    edges: [{source: '1', target: '2'}]\n"
        .utf8),
    "lang.json": Array(
      "{\"name\": \"L\", \"data\": {\"nodes\": [{\"id\": \"a\", \"data\": {\"type\": \"Agent\", \"node\": {\"template\": {\"agent_llm\": {\"value\": \"OpenAI\"}, \"max_iterations\": {\"value\": 3}}}}}, {\"id\": \"b\", \"data\": {\"type\": \"APIRequest\", \"node\": {\"template\": {\"urls\": {\"value\": [\"https://a.example\"]}}}}}], \"edges\": [{\"source\": \"b\", \"target\": \"a\"}]}}"
        .utf8),
    "flowise.json": Array(
      "{\"nodes\": [{\"id\": \"a\", \"data\": {\"name\": \"agentAgentflow\", \"category\": \"Agent Flows\", \"inputs\": {\"agentModel\": \"chatOpenAI\", \"agentTools\": [{\"agentSelectedTool\": \"slackMCP\"}]}}}, {\"id\": \"b\", \"data\": {\"name\": \"pinecone\", \"category\": \"Vector Stores\", \"inputAnchors\": [], \"inputs\": {}}}], \"edges\": [{\"source\": \"b\", \"target\": \"a\", \"targetHandle\": \"a-input-tools-T\"}]}"
        .utf8),
    "m365/manifest.json": Array(
      "{\"manifestVersion\": \"1.21\", \"id\": \"1\", \"icons\": {}, \"developer\": {\"name\": \"d\"}, \"name\": {\"short\": \"M\"}, \"copilotAgents\": {\"declarativeAgents\": [{\"file\": \"d.json\"}]}}"
        .utf8),
    "m365/d.json": Array(
      "{\"$schema\": \"x/declarative-agent/v1.5/schema.json\", \"name\": \"[[n]]\", \"capabilities\": [{\"name\": \"WebSearch\", \"sites\": [{\"url\": \"https://a.example\"}]}], \"actions\": [{\"file\": \"p.json\"}]}"
        .utf8),
    "m365/p.json": Array(
      "{\"schema_version\": \"v2.2\", \"name_for_human\": \"P\", \"functions\": [{\"name\": \"f\"}], \"runtimes\": [{\"type\": \"OpenApi\", \"run_for_functions\": [\"f\"], \"spec\": {\"url\": \"https://a.example/o\"}}]}"
        .utf8),
    "bedrock.yaml": Array(
      "Parameters: {N: {Default: a}}\nResources:\n  A:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      AgentName: !Sub \"${N}-x\"\n      ActionGroups: [{ActionGroupName: g, ActionGroupExecutor: {Lambda: !GetAtt F.Arn}, ApiSchema: {Payload: \"{}\"}}]\n"
        .utf8),
    "foundry.yaml": Array(
      "kind: Workflow\ntrigger:\n  kind: OnConversationStart\n  actions:\n    - {kind: InvokeAzureAgent, id: a, agent: {name: =X}}\n    - {kind: ConditionGroup, conditions: [{actions: [{kind: Question, id: q}]}]}\n"
        .utf8),
    "spec.yaml": Array(
      "component_type: Flow\nid: f\nname: F\nagentspec_version: 26.1.0\nnodes: [{component_type: FlowNode, id: n, name: n, subflow: {$component_ref: f}}]\n"
        .utf8),
    "spans.json": Array(
      "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"spanId\": \"1\", \"name\": \"chat\", \"startTimeUnixNano\": \"1770076800000000000\", \"endTimeUnixNano\": \"1770076801000000000\", \"attributes\": [{\"key\": \"gen_ai.system\", \"value\": {\"stringValue\": \"openai\"}}, {\"key\": \"gen_ai.usage.input_tokens\", \"value\": {\"intValue\": \"9\"}}]}]}]}]}"
        .utf8),
    "api.yaml": Array(
      "openapi: 3.0.0\ninfo: {title: A}\nservers: [{url: \"https://a.example/{v}\"}]\npaths:\n  /a:\n    get: {}\n"
        .utf8),
    "crew.jsonc": Array(
      "{\"agents\": [\"a\"], \"tasks\": [{\"name\": \"t\", \"description\": \"d\", \"expected_output\": \"o\"}]}"
        .utf8),
    "r.csv": Array("Name,Owner,Volume,Failure rate,Purpose\nBot,A,\"1,200 per day\",3 %,p\n".utf8),
    "o/queues.csv": Array(
      "Name,MaxNumberOfRetries,SlaInMinutes,Release\nQ,2,60,Claims\n".utf8),
    "o/jobs.json": Array(
      """
      {"@odata.context": "https://a/odata/$metadata#Jobs", "value": [{"ReleaseName": "Claims", "State": "Faulted",
      "SourceType": "Manual", "StartTime": "2024-03-01T00:00:00Z", "EndTime": "2024-03-03T00:01:00Z"}]}
      """.utf8),
    "p.bprelease": Array(
      """
      <r:release xmlns:r="http://www.blueprism.co.uk/product/release"><r:contents><object name="O"><process name="O"
      bpversion="7"><stage stageid="1" type="Action" name="A"><resource object="B" action="C"/></stage></process></object>
      </r:contents></r:release>
      """.utf8),
    "desk/main.txt": Array(
      "SET A TO $'''b'''\nIF A = 1 THEN\n  Display.InputDialog Title: $'''t''' UserInput=> A\nEND\nCALL X\n"
        .utf8),
    "aa/Bots/B": Array(
      """
      {"nodes": [{"commandName": "runTask", "packageName": "TaskBot", "attributes": [{"name": "taskbot", "value":
      {"taskbotFile": {"string": "repository:///Bots/C"}}}], "children": []}], "variables": [], "packages": []}
      """.utf8),
    "t.atmx": archive(["properties": "<Properties><TotalCommands>3</TotalCommands></Properties>"]),
    "b.bpmn": Array(
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" name=\"P\"><userTask id=\"t\"/></process></definitions>"
        .utf8),
    "Refund.flow-meta.xml": Array(
      """
      <Flow xmlns="http://soap.sforce.com/2006/04/metadata"><label>Refund</label><start><connector>
      <targetReference>s</targetReference></connector></start><screens><name>s</name></screens></Flow>
      """.utf8),
    "now/flow.xml": Array(serviceNowFlow.utf8),
    "now/set.xml": Array(serviceNowUpdateSet(serviceNowFlow).utf8),
    "mule/orders.xml": Array(
      """
      <mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http">
      <flow name="f"><scheduler/><http:request url="https://a.example"/></flow></mule>
      """.utf8),
    "d.dmn": Array(
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"D\"><decision id=\"d\" name=\"D\"><decisionTable><input><inputExpression><text>x</text></inputExpression></input><output name=\"y\"/><rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"
        .utf8),
    "n8n/w.json": Array(
      "{\"name\": \"W\", \"nodes\": [{\"name\": \"A\", \"type\": \"n8n-nodes-base.httpRequest\", \"parameters\": {\"url\": \"https://a.example\"}, \"onError\": \"continueErrorOutput\"}, {\"name\": \"B\", \"type\": \"@n8n/n8n-nodes-langchain.agent\"}], \"connections\": {\"A\": {\"main\": [[], [{\"node\": \"B\"}]]}}}"
        .utf8),
    "asl/template.yaml": Array(
      "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: m.asl.json\n      Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}\n"
        .utf8),
    "asl/m.asl.json": Array(
      "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke.waitForTaskToken\", \"Parameters\": {\"FunctionName\": \"${F.Arn}\"}, \"Catch\": [{\"Next\": \"A\"}]}}}"
        .utf8),
    "d.drl": Array(
      "package p;\nrule \"A\" salience 5 when $x : T(a > 1, b == \"c\") then $x.setC(1); end\nrule B when T(a <= 1) then end\n"
        .utf8),
    "d.drl.xlsx": workbook([
      (
        "T",
        [
          ["RuleSet", "p"], ["RuleTable X"], ["CONDITION", "ACTION"], ["T"], ["a >= $1", "f();"],
          ["A", "F"], ["5", "x"],
        ]
      )
    ]),
    "lang/langgraph.json": Array("{\"graphs\": {\"agent\": \"./g.py:graph\"}}".utf8),
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
