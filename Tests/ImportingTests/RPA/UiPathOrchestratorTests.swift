import Facts
import Importing
import Inventory
import Testing

@testable import Importing

@Suite("UiPath Orchestrator")
struct UiPathOrchestratorTests {
  private let processes = """
    \u{FEFF}Path,Name,Id,Version,Description,EntryPoint,Tags
    T:\\Claims\\Production,Claims intake,ClaimsRobot,2.1.0,Takes claims in,Main.xaml,
    T:\\Claims\\Test,Claims intake,ClaimsRobot,2.2.0,Takes claims in,Main.xaml,
    T:\\Claims\\Production,Letters a,Letters,1.0.0,,Main.xaml,
    T:\\Claims\\Production,Letters b,Letters,1.0.0,,Main.xaml,
    """

  @Test("a process is the package it runs, unless several run it")
  func processesAndPackages() throws {
    let document = try #require(imported(["p.csv": processes]).first)
    #expect(document.format == "uipath-orchestrator")
    #expect(document.status == .imported)
    let estate = estate([
      "orchestrator/p.csv": processes, "robot/project.json": uiPathManifest("\"a\": 1"),
    ])
    let claims = try #require(estate.systems.first { $0.name == "Claims intake" })
    #expect(claims.aliases == ["ClaimsRobot"])
    #expect(claims.purpose.value == "Takes claims in")
    #expect(claims.version.value == "2.1.0")
    #expect(claims.status.value == .production)
    #expect(claims.status.winner?.evidence.provenance == .inferred)
    #expect(
      shown(estate.connections) == [
        "Letters a invokes system Letters by internal: RunPackage",
        "Letters b invokes system Letters by internal: RunPackage",
      ])
  }

  @Test("a project meets its process by the package's name")
  func meetsProject() {
    let project = """
      {"name": "ClaimsRobot", "main": "Main.xaml", "dependencies": {}}
      """
    let estate = estate(["o/p.csv": processes, "r/project.json": project])
    #expect(estate.systems.count { ["Claims intake", "ClaimsRobot"].contains($0.name) } == 1)
  }

  @Test("schedules, queue triggers and calls start processes; what is switched off says so")
  func triggers() {
    let triggers = """
      Path,Name,ReleaseName,Enabled,StartStrategy,ItemsActivationThreshold,StartProcessCron,QueueDefinitionName,TimeZoneId
      T:\\C,nightly,Claims intake,TRUE,1,,0 0 2 * * ?,,W. Europe Standard Time
      T:\\C,old,Claims intake,FALSE,1,,0 0 3 * * ?,,UTC
      T:\\C,on item,Letters,TRUE,1,5,,Claims,
      """
    let calls = """
      Path,Name,Release,Method,Slug,CallingMode,Enabled,Description,RunAsCaller
      T:\\C,from portal,Claims intake,Post,new-claim,FireAndForget,true,,true
      """
    let estate = estate(["t.csv": triggers, "a.csv": calls])
    #expect(
      Set(estate.triggers.map { "\($0.system) \($0.kind.rawValue) \($0.expression ?? "")" }) == [
        "Claims intake schedule 0 0 2 * * ? (W. Europe Standard Time)",
        "Claims intake schedule 0 0 3 * * ? (UTC)", "Letters event queue Claims from 5 items on",
        "Claims intake call POST new-claim",
      ])
    #expect(estate.triggers.count { $0.evidence.note == "switched off" } == 1)
    #expect(
      shown(estate.connections).contains(
        "UiPath Orchestrator triggers system Claims intake by api: nightly"))
    #expect(estate.connections.contains { $0.source.kind == .data && $0.target.name == "Letters" })
    #expect(estate.permissions.map(\.name) == ["run as the caller"])
  }

  @Test("queues tell of retries and of when an item is due")
  func queues() throws {
    let queues = """
      Path,Name,Description,AcceptAutomaticallyRetry,MaxNumberOfRetries,EnforceUniqueReference,Release,SlaInMinutes
      T:\\C,Claims,,TRUE,3,TRUE,Claims intake,90
      T:\\C,Letters,,FALSE,2,FALSE,,0
      """
    let estate = estate(["q.csv": queues])
    let step = try #require(estate.steps.first { $0.id == "queue Claims" })
    #expect(step.system == "Claims intake")
    #expect(step.kind == .errorHandling)
    #expect(step.retries == 3)
    #expect(step.timeout == TimeSpan(seconds: 5400))
    #expect(estate.steps.first { $0.id == "queue Letters" }?.retries == 0)
    #expect(
      shown(estate.connections).contains(
        "Claims intake reads data Claims by queue: GetQueueItem"))
  }

  @Test("jobs give volume, failure rate and run time, with the sample")
  func jobs() throws {
    // Ten days; four jobs, of which three have ended, one of them faulted; 60 s and 120 s and 180 s.
    let jobs = """
      {"@odata.context": "https://cloud.example/odata/$metadata#Jobs", "value": [
      {"Key": "k1", "ReleaseName": "Claims intake", "State": "Successful", "HostMachineName": "VM1",
       "StartTime": "2024-03-01T00:00:00Z", "EndTime": "2024-03-01T00:01:00Z", "SourceType": "Schedule"},
      {"Key": "k2", "ReleaseName": "Claims intake", "State": "Faulted", "HostMachineName": "VM1",
       "StartTime": "2024-03-02T00:00:00Z", "EndTime": "2024-03-02T00:02:00Z"},
      {"Key": "k3", "ReleaseName": "Claims intake", "State": "Successful", "HostMachineName": "VM1",
       "StartTime": "2024-03-05T00:00:00Z", "EndTime": "2024-03-05T00:03:00Z"},
      {"Key": "k4", "ReleaseName": "Claims intake", "State": "Running",
       "StartTime": "2024-03-11T00:00:00Z", "EndTime": null},
      {"Key": "k5", "Release": {"Name": "Letters"}, "State": "Successful", "ParentJobKey": "k1",
       "StartTime": "2024-03-05T00:00:00Z", "EndTime": "2024-03-05T00:03:00Z"}]}
      """
    let estate = estate(["jobs.json": jobs])
    let claims = try #require(estate.systems.first { $0.name == "Claims intake" })
    let volume = try #require(claims.volume.winner)
    #expect(abs(volume.value.perMonth - 0.4 * 365.25 / 12) < 1e-9)
    #expect(volume.evidence.provenance == .measured)
    #expect(volume.evidence.note == "n = 4 jobs, 2024-03-01 to 2024-03-11")
    #expect(abs((claims.failureRate.value?.value ?? 0) - 1.0 / 3) < 1e-9)
    #expect(claims.runTime.value == TimeSpan(seconds: 120))
    #expect(estate.permissions.map(\.name) == ["run on VM1"])
    #expect(
      shown(estate.connections) == ["Claims intake invokes system Letters by api: StartJob"])
  }

  @Test("items of a queue are measured for the process that works it off")
  func items() throws {
    let files = [
      "o/triggers.csv": """
      Name,ReleaseName,Enabled,StartStrategy,StartProcessCron,QueueDefinitionName
      t,Claims intake,TRUE,1,,Claims
      """,
      "o/queues.json": """
      {"value": [{"Id": 7, "Name": "Claims", "MaxNumberOfRetries": 1, "AcceptAutomaticallyRetry": true}]}
      """,
      "o/items.json": """
      {"value": [
      {"QueueDefinitionId": 7, "Status": "Successful", "RetryNumber": 0, "Reference": "secret case",
       "SpecificContent": {"Iban": "DE00"}, "CreationTime": "2024-01-01T00:00:00Z",
       "StartProcessing": "2024-01-01T00:00:00Z", "EndProcessing": "2024-01-01T00:00:30Z"},
      {"QueueDefinitionId": 7, "Status": "Failed", "RetryNumber": 1, "CreationTime": "2024-01-03T00:00:00Z",
       "StartProcessing": "2024-01-03T00:00:00Z", "EndProcessing": "2024-01-03T00:00:10Z"}]}
      """,
    ]
    let documents = imported(files)
    let estate = Estate(merging: documents)
    let claims = try #require(estate.systems.first { $0.name == "Claims intake" })
    #expect(claims.failureRate.value == Probability(0.5))
    #expect(claims.runTime.value == TimeSpan(seconds: 20))
    #expect(
      estate.connections.contains { connection in
        connection.target.name == "Claims"
          && connection.evidence.contains {
            $0.note == "1 items, 1 repeated attempts; 1 of 2 ends failed; 2024-01-01 to 2024-01-03"
          }
      })
    #expect(!"\(documents)".contains("DE00"))
  }

  @Test("tasks for people are touch points by catalogue, never by their titles")
  func tasks() throws {
    let tasks = """
      [{"Title": "Approve claim of Mr X", "Type": "FormTask", "Status": "Completed", "TaskCatalogName": "Claim approvals",
      "AssignedToUser": {"Name": "y"}, "CreationTime": "2024-01-01T08:00:00Z", "CompletionTime": "2024-01-01T10:00:00Z"}]
      """
    let estate = estate(["tasks.json": tasks])
    let point = try #require(estate.touchPoints.first)
    #expect(point.name == "Claim approvals")
    #expect(point.kind == .approval)
    #expect(point.team == nil)
    #expect(point.evidence.note?.hasSuffix("2.0 h on average from creation to completion") == true)
  }

  @Test("the user interface's export of jobs is read, also with days first")
  func userInterfaceExport() throws {
    let jobs = """
      Process;Environment;State;Source;Started;Ended;Robot
      Letters;;Successful;Manual;13/02/2024 10:00:00;13/02/2024 10:00:10;r
      Letters;;Successful;Manual;03/03/2024 10:00:00;03/03/2024 10:00:30;r
      """
    let system = try #require(imported(["jobs.csv": jobs]).first?.fragment.systems.first)
    #expect(system.runTime.value == TimeSpan(seconds: 20))
    #expect(system.volume.winner?.evidence.note == "n = 2 jobs, 2024-02-13 to 2024-03-03")
  }

  @Test("assets are names only; credentials are named, machines are applications")
  func assets() {
    let assets = """
      Path,Name,Description,ValueType,Value,UserName,MachineName
      T:\\C,Limit,,Integer,5000,,
      T:\\C,SAP login,,Credential,hunter2,,
      """
    let credentials =
      "Path,Name,Description,CredentialUsername,CredentialPassword\nT:\\,Bank,,u,hunter2\n"
    let machines = "Path,Name,Type,UnattendedSlots,NonProductionSlots\nT:\\,VM1,Standard,1,0\n"
    let documents = imported(["a.csv": assets, "c.csv": credentials, "m.csv": machines])
    let estate = Estate(merging: documents)
    #expect(estate.credentials.map(\.name).sorted() == ["Bank", "SAP login"])
    #expect(estate.applications.map(\.name) == ["VM1"])
    #expect(!"\(documents)".contains("hunter2"))
  }

  @Test("lists of folders, roles and uploads are no inventory, and say why")
  func beside() {
    let documents = imported([
      "f.csv": "Path,Name,Description,FeedType\nT:\\,Claims,,Processes\n",
      "u.json": "{\"queueName\": \"q\", \"commitType\": \"X\", \"queueItems\": []}",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory])
    #expect(documents.allSatisfy { $0.problems.map(\.severity) == [.info] })
  }

  @Test("wrong types and broken rows do not stop the import")
  func wrongTypes() {
    let documents = imported([
      "j.json": """
      {"value": [{"ReleaseName": {"a": [1]}, "State": 5, "StartTime": "never", "EndTime": 12, "SourceType": null},
      {"ReleaseName": 7, "State": "Faulted", "StartTime": "9999-99-99", "EndTime": ""}]}
      """,
      "q.csv":
        "Name,MaxNumberOfRetries,SlaInMinutes,AcceptAutomaticallyRetry\nA,99999999999999999999,x,maybe\n",
    ])
    #expect(documents.allSatisfy { $0.status != .failed })
  }

  @Test("moments are read as products write them")
  func moments() {
    let wanted = Timestamp("2024-03-05T06:07:08Z")
    #expect(wanted?.date == "2024-03-05")
    #expect(Timestamp("1970-01-02")?.seconds == 86_400)
    for text in [
      "2024-03-05 06:07:08", "2024-03-05T08:07:08+02:00", "05.03.2024 06:07:08",
      "3/5/2024 6:07:08 AM", "2024/03/05 06:07:08",
    ] {
      #expect(Timestamp(text) == wanted, "\(text)")
    }
    #expect(Timestamp("5/3/2024 06:07:08", dayFirst: true) == wanted)
    #expect(Timestamp("3/5/2024 6:07:08 PM")?.seconds == (wanted?.seconds ?? 0) + 43_200)
    #expect(Timestamp("soon") == nil)
  }
}
