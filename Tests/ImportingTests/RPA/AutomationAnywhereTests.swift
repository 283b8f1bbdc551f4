import Facts
import Importing
import Inventory
import Testing

/// A command with texts as attributes.
private func command(
  _ package: String, _ name: String, _ attributes: [(String, String)] = [], _ more: String = ""
) -> String {
  let list = attributes.map { key, value in
    "{\"name\": \"\(key)\", \"value\": {\"type\": \"STRING\", \"string\": \"\(value)\"}}"
  }.joined(separator: ", ")
  return """
    {"uid": "\(package)-\(name)", "commandName": "\(name)", "packageName": "\(package)", "disabled": false,
    "attributes": [\(list)]\(more)}
    """
}

private func bot(_ nodes: String..., variables: String = "") -> String {
  """
  {"triggers": [], "nodes": [\(nodes.joined(separator: ", "))], "variables": [\(variables)], "packages": [],
  "properties": {"timeout": "0s"}}
  """
}

private let run = """
  {"uid": "r", "commandName": "runTask", "packageName": "TaskBot", "attributes": [{"name": "taskbot", "value": {
  "type": "TASKBOT", "taskbotFile": {"type": "FILE",
  "string": "repository:///Automation%20Anywhere/Bots/Finance/Sub/Lookup"}}}]}
  """

@Suite("Automation Anywhere")
struct AutomationAnywhereTests {
  @Test("commands are steps with their branches; comments and what is switched off are none")
  func steps() throws {
    let text = bot(
      command("Comment", "Comment", [("comment", "Description: Pays invoices")]),
      command(
        "Step", "step", [("title", "Prepare")],
        ", \"children\": [\(command("Excel_MS", "OpenSpreadsheet"))]"),
      command(
        "If", "if", [],
        ", \"children\": [\(run)], \"branches\": [\(command("If", "elseIf")), \(command("If", "else"))]"
      ),
      command(
        "ErrorHandler", "try", [],
        ", \"children\": [\(command("Loop", "loop.commands.start"))], \"branches\": [\(command("ErrorHandler", "catch"))]"
      ),
      command("Delay", "delay"), command("MessageBox", "messageBox", [("title", "Check the sum")]),
      command("Email", "sendMail").replacing("\"disabled\": false", with: "\"disabled\": true"))
    let document = try #require(imported(["Automation Anywhere/Bots/Finance/Pay": text]).first)
    #expect(document.format == "automation-anywhere")
    let system = try #require(document.fragment.systems.first)
    #expect(system.name == "Pay")
    #expect(system.aliases == ["Bots/Finance/Pay"])
    #expect(system.purpose.value == "Pays invoices")
    #expect(
      document.fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == [
        "group Prepare", "action Excel_MS: OpenSpreadsheet", "decision If: if",
        "call TaskBot: runTask", "decision If: elseIf", "group If: else",
        "error-handling ErrorHandler: try", "group Loop: start",
        "error-handling ErrorHandler: catch",
        "wait Delay: delay", "human Check the sum",
      ])
    #expect(document.fragment.touchPoints.map(\.kind) == [.review])
    #expect(document.problems.contains { $0.message.contains("switched off are left out (1)") })
  }

  @Test("an export's bots call each other by their paths, whichever way the strokes lean")
  func calls() throws {
    let manifest = """
      {"files": [{"path": "Automation Anywhere\\\\Bots\\\\Finance\\\\Pay", "contentType": "application/vnd.aa.taskbot",
      "author": "maker", "description": "Pays", "scannedDependencies": []},
      {"path": "Automation Anywhere\\\\Bots\\\\Gone", "contentType": "application/vnd.aa.taskbot",
      "scannedDependencies": ["Automation Anywhere\\\\Bots\\\\Finance\\\\Pay"]}],
      "packages": [{"name": "TaskBot", "version": "1"}]}
      """
    let documents = imported([
      "manifest.json": manifest, "Automation Anywhere/Bots/Finance/Pay": bot(run),
      "Automation Anywhere/Bots/Finance/Sub/Lookup": bot(command("Delay", "delay")),
    ])
    let estate = Estate(merging: documents)
    #expect(
      Set(shown(estate.connections)) == [
        "Pay invokes system Lookup by internal: runTask",
        "Gone invokes system Pay by internal: dependency",
      ])
    #expect(estate.systems.map(\.name).sorted() == ["Gone", "Lookup", "Pay"])
    #expect(estate.systems.first { $0.name == "Pay" }?.creator.value == "maker")
    #expect(
      documents.flatMap(\.problems).map(\.message).contains {
        $0.contains("'Gone' is listed but not")
      })
  }

  @Test("packages lead to applications, with credentials by name")
  func applications() {
    let credential = """
      {"uid": "c", "commandName": "connect", "packageName": "Database", "attributes": [
      {"name": "databaseType", "value": {"type": "STRING", "string": "SQLSERVER"}},
      {"name": "password", "value": {"type": "CREDENTIAL", "credential": {"name": "LEDGER_DB", "lockerName": "L", "attributeName": "password"}}}]}
      """
    let text = bot(
      credential, command("REST", "GET", [("uri", "https://api.rates.example.com/v1")]),
      command("REST", "POST", [("uri", "$Address$")]),
      command("Database", "sqlQuery", [("session", "s"), ("query", "select * from [items.csv]")]),
      command("Browser", "launchWebsite", [("url", "https://portal.example.com/a")]),
      command("Application", "openProgramFile", [("filePath", "C:\\\\SAP\\\\saplogon.exe")]),
      command("Workload", "insertWorkItem", [("queueName", "Invoices")]),
      variables:
        "{\"name\": \"Address\", \"type\": \"STRING\", \"defaultValue\": {\"type\": \"STRING\", \"string\": \"https://x.example.com\"}}"
    )
    let estate = estate(["Pay.json": text])
    #expect(
      Set(shown(estate.connections)) == [
        "Pay invokes application SQL Server by database: connect",
        "Pay reads application Database by database: sqlQuery",
        "Pay reads application api.rates.example.com by api: GET",
        "Pay writes application x.example.com by api: POST",
        "Pay invokes application portal.example.com by ui: launchWebsite",
        "Pay invokes application SAP by internal: openProgramFile",
        "Pay writes data Invoices by queue: insertWorkItem",
      ])
    #expect(estate.credentials.map(\.name) == ["LEDGER_DB"])
    #expect(estate.credentials.first?.application == "SQL Server")
  }

  @Test("a task of version 11 gives its properties, and says that its body is encrypted")
  func encryptedTask() throws {
    let task = archive([
      "properties":
        "<Properties><Description>Opens mail</Description><TotalCommands>15</TotalCommands><Schedule>Daily 08:00</Schedule><Identity>c72a37e4-6e1a-4c45-9a60-8d8bd200f2a9</Identity></Properties>",
      "dependencies": "<Dependencies><Dependency>My Tasks\\Sub.atmx</Dependency></Dependencies>",
      "commands": "<Qx Version=\"10.2\"><a>AAAA</a></Qx>",
    ])
    let documents = imported(["My Tasks/Master.atmx": task])
    let properties = try #require(documents.first { $0.path.hasSuffix("!/properties") })
    #expect(properties.format == "automation-anywhere-v11")
    #expect(properties.status == .partial)
    #expect(properties.problems.map(\.message).contains { $0.contains("encrypted") })
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Master"])
    #expect(estate.systems.first?.purpose.value == "Opens mail")
    #expect(estate.triggers.map(\.expression) == ["Daily 08:00"])
    #expect(shown(estate.connections) == ["Master invokes system Sub by internal: dependency"])
  }

  @Test("wrong types, truncation and nesting do not stop the import")
  func broken() {
    let odd = """
      {"nodes": [{"commandName": "a", "packageName": 7, "attributes": "x", "children": {"b": 1}}, 3, null], "variables": [1]}
      """
    #expect(imported(["odd.json": odd]).first?.status == .imported)
    #expect(imported(["cut.json": String(bot(run).dropLast(9))]).first?.status == .failed)
    let deep =
      "{\"nodes\": [{\"commandName\": \"a\", \"packageName\": \"b\", \"children\": "
      + String(repeating: "[{\"children\": ", count: 300)
    #expect(imported(["deep.json": deep]).first?.status == .failed)
  }
}
