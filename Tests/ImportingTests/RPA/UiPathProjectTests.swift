import Facts
import Importing
import Inventory
import Testing

@Suite("UiPath projects")
struct UiPathProjectTests {
  @Test("project.json becomes one robot with name, purpose, version and entry point")
  func manifest() throws {
    let documents = imported([
      "p/project.json": uiPathManifest(), "p/Main.xaml": uiPathWorkflow(""),
    ])
    #expect(documents.map(\.status) == [.imported, .imported])
    #expect(documents.map(\.format) == ["uipath-project", "uipath-project"])
    let estate = Estate(merging: documents)
    let robot = try #require(estate.systems.first)
    #expect(estate.systems.count == 1)
    #expect(robot.name == "Invoice_Bot")
    #expect(robot.kind.value == .rpa)
    #expect(robot.technology.value == "UiPath")
    #expect(robot.purpose.value == "Posts supplier invoices")
    #expect(robot.purpose.winner?.evidence.location.line == 4)
    #expect(robot.purpose.winner?.evidence.location.element == "$.description")
    #expect(robot.version.value == "1.4.2")
    #expect(robot.aliases.isEmpty)
    #expect(robot.humanInvolvement.value == nil)
    #expect(estate.triggers.map(\.expression) == ["Main.xaml"])
  }

  @Test("an attended robot involves a person; one that is not says nothing")
  func attended() {
    let attended = uiPathProject(
      "", manifest: uiPathManifest("\"runtimeOptions\": {\"isAttended\": true}"))
    #expect(attended.systems.first?.humanInvolvement.isKnown == true)
    let unattended = uiPathProject(
      "", manifest: uiPathManifest("\"runtimeOptions\": {\"isAttended\": false}"))
    #expect(unattended.systems.first?.humanInvolvement.isKnown == false)
  }

  @Test("a description that Studio's template brought along is no purpose")
  func templateText() {
    let manifest = uiPathManifest().replacing("Posts supplier invoices", with: "Blank Process")
    #expect(uiPathProject("", manifest: manifest).systems.first?.purpose.isKnown == false)
  }

  @Test("activities become steps of their kind, what is commented out is counted and left out")
  func steps() {
    let content = """
      <Assign DisplayName="Set" sap2010:WorkflowViewState.IdRef="Assign_1" />
      <If DisplayName="Big?" sap2010:WorkflowViewState.IdRef="If_1"><If.Then>
        <ui:LogMessage DisplayName="Log" sap2010:WorkflowViewState.IdRef="LogMessage_1" /></If.Then></If>
      <TryCatch DisplayName="Try"><TryCatch.Catches><Catch x:TypeArguments="x:String"
        sap2010:WorkflowViewState.IdRef="Catch_1"/></TryCatch.Catches></TryCatch>
      <ui:InvokeWorkflowFile DisplayName="Call" WorkflowFileName="Main.xaml" />
      <Delay DisplayName="Pause" />
      <ui:CommentOut DisplayName="Off"><ui:LogMessage DisplayName="Never" /></ui:CommentOut>
      <ui:MessageBox DisplayName="Tell" />
      """
    let estate = uiPathProject(content)
    #expect(
      estate.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == [
        "group All", "action Set", "decision Big?", "action Log", "error-handling Try",
        "error-handling Catch String", "call Call", "wait Pause", "human Tell",
      ])
    #expect(estate.steps.dropFirst().first?.id == "Main.xaml#Assign_1")
    #expect(estate.steps.first { $0.name == "Call" }?.evidence.note == "invokes Main.xaml")
    #expect(estate.touchPoints.map(\.kind) == [.work])
    let main = imported([
      "p/project.json": uiPathManifest(), "p/Main.xaml": uiPathWorkflow(content),
    ]).first { $0.path == "p/Main.xaml" }
    #expect(main?.problems.map(\.message).contains { $0.contains("activities: 1,") } == true)
    #expect(main?.fragment.callCount == 1)
  }

  @Test("what orders, repeats or holds other steps is a step of its own, a plain arrow is none")
  func groups() {
    let estate = uiPathProject(
      """
      <StateMachine DisplayName="Machine"><State DisplayName="Init"><State.Transitions>
        <Transition DisplayName="Always" /><Transition DisplayName="Failed">
        <Transition.Condition>x</Transition.Condition></Transition></State.Transitions></State>
      </StateMachine>
      <ForEach x:TypeArguments="x:String" DisplayName="Each" /><While DisplayName="Until done" />
      <Assign sap:VirtualizedContainerService.HintSize="1,2" />
      """.replacing("sap:", with: "sap2010:"))
    #expect(
      estate.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == [
        "group All", "group Machine", "group Init", "decision Failed", "group Each",
        "group Until done", "action Assign",
      ])
  }

  @Test("activities of a library of the organisation's own call the library's project")
  func libraries() {
    let content = """
      <l:Book_Invoice xmlns:l="clr-namespace:Ledger;assembly=Ledger.Library" DisplayName="Book" />
      <b:Sort xmlns:b="clr-namespace:BalaReva.Activities;assembly=BalaReva" DisplayName="Sort" />
      """
    let estate = uiPathProject(content)
    #expect(
      shown(estate.connections) == [
        "Invoice_Bot invokes system Ledger.Library by internal: Book_Invoice"
      ])
    #expect(estate.steps.map(\.kind) == [.group, .call, .action])
  }

  @Test("a workflow written in C# is named, in part")
  func codedWorkflow() throws {
    let code = "public class Pay : CodedWorkflow { [Workflow] public void Execute() {} }"
    let documents = imported([
      "p/project.json": uiPathManifest(), "p/Main.xaml": uiPathWorkflow(""), "p/Pay.cs": code,
    ])
    let coded = try #require(documents.first { $0.path == "p/Pay.cs" })
    #expect(coded.status == .partial)
    #expect(coded.format == "uipath-project")
    #expect(coded.fragment.steps.map(\.name) == ["Pay"])
  }

  @Test("credentials are named and never more")
  func credentials() {
    let estate = uiPathProject(
      """
      <ui:GetRobotCredential DisplayName="c" AssetName="SAP_Login" />
      <ui:GetRobotAsset DisplayName="a" AssetName="Limit" />
      """)
    #expect(estate.credentials.map(\.name) == ["SAP_Login"])
  }

  @Test(
    "a retry scope states its retries and an activity its timeout; what is not stated stays open")
  func retries() {
    let estate = uiPathProject(
      """
      <ui:RetryScope DisplayName="A" NumberOfRetries="4" />
      <ui:RetryScope DisplayName="B" />
      <ui:OpenApplication DisplayName="C" TimeoutMS="2500" />
      """)
    #expect(estate.steps.map(\.retries) == [nil, 4, nil, nil])
    #expect(estate.steps.map(\.timeout) == [nil, nil, nil, TimeSpan(microseconds: 2_500_000)])
  }

  @Test("people step in at forms, approvals, dialogs and validation stations")
  func people() {
    let estate = uiPathProject(
      """
      <upaf:CreateFormTask DisplayName="Ask for the address" />
      <upaf:WaitForFormTaskAndResume DisplayName="Wait" />
      <upaf:CreateFormTask DisplayName="Ask for approval" />
      <ui:InputDialog DisplayName="Amount" />
      <ui:PresentValidationStation DisplayName="Check fields" />
      """)
    #expect(estate.touchPoints.map(\.kind) == [.form, .approval, .form, .review])
    #expect(estate.steps.map(\.kind) == [.group, .human, .wait, .human, .human, .human])
  }

  @Test("values of Config.xlsx are resolved, with the cell as remark; asset rows are read")
  func configuration() throws {
    let estate = uiPathProject(
      """
      <ui:GetQueueItem DisplayName="a" QueueType="[in_Config(&quot;Queue&quot;).ToString]" />
      <ui:RetryScope DisplayName="b" NumberOfRetries="[CInt(in_Config(&quot;Retries&quot;))]" />
      <ui:AddQueueItem DisplayName="c"><ui:AddQueueItem.QueueName><InArgument><CSharpValue
        x:TypeArguments="x:String">config["Next"].ToString()</CSharpValue></InArgument>
        </ui:AddQueueItem.QueueName></ui:AddQueueItem>
      """,
      config: [
        ("Settings", [["Name", "Value"], ["queue", "Invoices In"], ["Next", "Invoices Out"]]),
        ("Constants", [["Name", "Value"], ["Retries", "3"], ["MaxRetryNumber", "2"]]),
        ("Assets", [["Name", "Asset"], ["limit", "Approval_Limit"]]),
      ])
    #expect(
      estate.connections.map(\.target.name) == ["Approval_Limit", "Invoices In", "Invoices Out"])
    let queue = try #require(estate.connections.first { $0.target.name == "Invoices In" })
    #expect(queue.evidence.first?.location.path == "p/Main.xaml")
    #expect(queue.evidence.first?.note?.contains("p/Data/Config.xlsx:2") == true)
    let asset = try #require(estate.connections.first { $0.target.name == "Approval_Limit" })
    #expect(asset.evidence.first?.location.line == 2)
    #expect(estate.steps.first { $0.name == "b" }?.retries == 3)
    #expect(estate.steps.first { $0.id == "MaxRetryNumber" }?.retries == 2)
  }

  @Test("no retry of the framework is not zero retries, for the queue may retry")
  func frameworkRetries() throws {
    let estate = uiPathProject(
      "", config: [("Constants", [["Name", "Value"], ["MaxRetryNumber", "0"]])])
    let step = try #require(estate.steps.first { $0.id == "MaxRetryNumber" })
    #expect(step.retries == nil)
    #expect(step.evidence.note != nil)
  }

  @Test("arguments are resolved where all callers pass the same, defaults where nothing assigns")
  func arguments() {
    let callee = uiPathWorkflow("<ui:GetQueueItem DisplayName=\"q\" QueueName=\"[in_Queue]\" />")
    func call(_ queue: String) -> String {
      """
      <ui:InvokeWorkflowFile DisplayName="i" WorkflowFileName="sub\\Get.xaml">
      <ui:InvokeWorkflowFile.Arguments><InArgument x:TypeArguments="x:String"
      x:Key="in_Queue">\(queue)</InArgument></ui:InvokeWorkflowFile.Arguments></ui:InvokeWorkflowFile>
      """
    }
    func targets(_ content: String) -> [String] {
      uiPathProject(content, ["p/Sub/get.xaml": callee]).connections.map(\.target.name)
    }
    #expect(targets(call("Alpha")) == ["Alpha"])
    #expect(targets(call("Alpha") + call("Alpha")) == ["Alpha"])
    // What is not determined keeps a name that no other system can have.
    let unknown = ["in_Queue of Invoice_Bot"]
    #expect(targets(call("Alpha") + call("Beta")) == unknown)
    #expect(targets(call("[someVariable]")) == unknown)
    let variable =
      "<Sequence.Variables><Variable x:TypeArguments=\"x:String\" Name=\"v\" Default=\"Gamma\" /></Sequence.Variables>"
    #expect(targets(variable + call("[v]")) == ["Gamma"])
    let assigned =
      "<Assign DisplayName=\"s\"><Assign.To><OutArgument>[v]</OutArgument></Assign.To></Assign>"
    #expect(targets(variable + call("[v]") + assigned) == unknown)
  }

  @Test("arguments that pass each other round in a circle end unresolved")
  func circle() {
    let content = """
      <ui:GetQueueItem DisplayName="q" QueueName="[in_A]" />
      <ui:InvokeWorkflowFile DisplayName="i" WorkflowFileName="Main.xaml">
      <ui:InvokeWorkflowFile.Arguments><InArgument x:Key="in_A">[in_A]</InArgument>
      </ui:InvokeWorkflowFile.Arguments></ui:InvokeWorkflowFile>
      """
    #expect(uiPathProject(content).connections.map(\.target.name) == ["in_A of Invoice_Bot"])
  }

  @Test("what is missing or not determined is noted at its place")
  func problems() {
    expectProblems(
      "p/Main.xaml",
      uiPathWorkflow(
        """
        1️⃣<ui:InvokeWorkflowFile DisplayName="a" WorkflowFileName="Gone.xaml" />
        2️⃣<ui:InvokeWorkflowFile DisplayName="b" WorkflowFileName="[path]" />
        3️⃣<ui:GetQueueItem DisplayName="c" QueueName="[queue + 1]" />
        4️⃣<uwah:HttpClient DisplayName="d" EndPoint="[base + path]" />
        """),
      [
        (.medium, "'Gone.xaml', which is not among the project's files"),
        (.low, "the invoked workflow is an expression"), (.low, "GetQueueItem: the name is"),
        (.low, "HttpClient: the address is"),
      ], besides: ["p/project.json": uiPathManifest(), "p/Other.xaml": uiPathWorkflow("")])
    expectProblems(
      "p/project.json",
      uiPathManifest("\"entryPoints\": [{\"filePath\": 1️⃣\"Start.xaml\"}]"),
      [(.medium, "the entry point 'Start.xaml' is not among the files")],
      besides: ["p/Main.xaml": uiPathWorkflow("")])
  }

  @Test("a package that nothing uses shows no connection, unless something could not be read")
  func dependencies() throws {
    let manifest = uiPathManifest().replacing(
      "\"UiPath.System.Activities\"",
      with: "\"UiPath.Salesforce.Activities\": \"[1.0]\", \"UiPath.System.Activities\"")
    let whole = imported(["project.json": manifest, "Main.xaml": uiPathWorkflow("")])
    #expect(Estate(merging: whole).connections.isEmpty)
    let problem = try #require(whole.flatMap(\.problems).first)
    #expect(problem.severity == .info)
    #expect(problem.message.contains("UiPath.Salesforce.Activities"))
    let broken = imported([
      "project.json": manifest,
      "Main.xaml": "<Activity"
        + " xmlns=\"http://schemas.microsoft.com/netfx/2009/xaml/activities\" xmlns:ui=\"http://schemas.uipath.com/workflow/activities\">",
    ])
    #expect(broken.map(\.status) == [.failed, .imported])
    let connection = try #require(Estate(merging: broken).connections.first)
    #expect(connection.target.name == "Salesforce")
    #expect(connection.evidence.map(\.provenance) == [.inferred])
  }

  @Test("test cases, excluded workflows and those nothing leads to are told")
  func asideWorkflows() throws {
    let manifest = uiPathManifest(
      """
      "designOptions": {"processOptions": {"ignoredFiles": ["Old.xaml"]},
      "fileInfoCollection": [{"testCaseId": "1", "fileName": "Tests\\\\T.xaml"}]}
      """)
    let work = uiPathWorkflow("<ui:AddQueueItem DisplayName=\"a\" QueueName=\"Q\" />")
    let documents = imported([
      "project.json": manifest, "Main.xaml": uiPathWorkflow(""), "Old.xaml": work,
      "Tests/T.xaml": work, "Lost.xaml": work,
    ])
    func document(_ path: String) throws -> SourceDocument {
      try #require(documents.first { $0.path == path })
    }
    let test = try document("Tests/T.xaml")
    #expect(test.fragment.connections.isEmpty)
    #expect(test.fragment.steps.count == 2)
    #expect(test.problems.map(\.severity) == [.info])
    for path in ["Old.xaml", "Lost.xaml"] {
      let aside = try document(path)
      #expect(
        aside.fragment.connections.first?.evidence.first?.note?.contains("may never run") == true)
      #expect(aside.status == .imported)
    }
  }

  @Test("each project.json opens a project of its own, also inside a package")
  func severalProjects() {
    let inner = archive([
      "lib/net45/project.json": uiPathManifest(name: "Second"),
      "lib/net45/Main.xaml": uiPathWorkflow(
        "<ui:AddQueueItem DisplayName=\"a\" QueueName=\"Q\" />"),
      "Second.nuspec": """
      <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
      <id>Second.Bot</id><version>2.0.1</version><authors>R. Obot</authors></metadata></package>
      """,
    ])
    let estate = Estate(
      merging: imported([
        "first/project.json": Array(uiPathManifest(name: "First").utf8),
        "first/Main.xaml": Array(
          uiPathWorkflow("<ui:GetQueueItem DisplayName=\"a\" QueueName=\"Q\" />").utf8),
        "second.nupkg": inner,
      ]))
    #expect(estate.systems.map(\.name) == ["First", "Second"])
    #expect(
      shown(estate.connections) == [
        "First reads data Q by queue: GetQueueItem", "Second writes data Q by queue: AddQueueItem",
      ])
    #expect(estate.systems.last?.creator.value == "R. Obot")
    #expect(estate.systems.last?.owner.isKnown == false)
    #expect(estate.systems.last?.aliases.contains("Second.Bot") == true)
  }

  @Test("a lone workflow shows an automation named after it, in part")
  func loneWorkflow() throws {
    let document = try #require(
      imported(["Pay.xaml": uiPathWorkflow("<Delay DisplayName=\"d\" />")]).first)
    #expect(document.status == .partial)
    #expect(document.fragment.systems.map(\.name) == ["Pay"])
    #expect(document.fragment.steps.map(\.system) == ["Pay", "Pay"])
  }

  @Test(
    "workflows without project.json in one folder tree are one automation, named after its folder")
  func loneWorkflows() {
    let call =
      "<ui:InvokeWorkflowFile DisplayName=\"i\" WorkflowFileName=\"Framework\\Init.xaml\" />"
    let documents = imported([
      "a/bot/Main.xaml": uiPathWorkflow(call), "a/bot/Framework/Init.xaml": uiPathWorkflow(""),
      "b/Other.xaml": uiPathWorkflow("<Delay DisplayName=\"d\" />"),
    ])
    #expect(documents.flatMap(\.problems).isEmpty)
    #expect(Estate(merging: documents).systems.map(\.name) == ["b", "bot"])
  }

  @Test("XAML of other products, and package.json of other tools, is not UiPath's")
  func notUiPath() {
    let documents = imported([
      "Window.xaml":
        "<Window xmlns=\"http://schemas.microsoft.com/winfx/2006/xaml/presentation\"/>",
      "Flow.xaml": "<Activity xmlns=\"http://schemas.microsoft.com/netfx/2009/xaml/activities\"/>",
      "package.json": "{\"name\":\"x\",\"main\":\"index.js\",\"dependencies\":{}}",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory, .notInventory])
  }

  @Test("a broken workflow fails alone")
  func brokenWorkflow() {
    let documents = imported([
      "project.json": uiPathManifest(), "Main.xaml": uiPathWorkflow(""),
      "Cut.xaml": String(uiPathWorkflow("").dropLast(20)),
    ])
    #expect(documents.map(\.status) == [.failed, .imported, .imported])
    #expect(documents.map(\.format) == Array(repeating: "uipath-project", count: 3))
  }
}
