import DocumentReading
import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Records of what automations did")
struct OperationsTests {
  private func read(
    _ files: [(String, String)], columns: [TicketPart: String] = [:]
  ) throws -> OperationalRecords {
    try readOperations(files.map { ($0.0, Array($0.1.utf8)) }, columns: columns)
  }

  @Test("jobs count by their process; what runs or was stopped is left out")
  func jobs() throws {
    let records = try read([
      (
        "jobs.csv",
        """
        ReleaseName,State,StartTime,EndTime,HostMachineName,SourceType
        Pay,Successful,2026-01-05T08:00:00Z,2026-01-05T08:00:40Z,R1,Schedule
        Pay,Faulted,2026-01-05T09:00:00Z,2026-01-05T09:00:10Z,R2,Schedule
        Pay,Stopped,2026-01-05T10:00:00Z,2026-01-05T10:00:10Z,R2,Schedule
        Pay,Running,2026-01-05T11:00:00Z,,R2,Schedule
        """
      )
    ])
    #expect(records.runs.map(\.automation) == ["Pay", "Pay"])
    #expect(records.runs.map(\.failures) == [0, 1] && records.runs.map(\.seconds) == [40, 10])
    // Nothing says whether a job was tried again.
    #expect(records.runs.allSatisfy { $0.isFirst == nil && $0.isGivenUp == nil })
    #expect(records.uses.map(\.partner) == ["R1", "R2"])
    #expect(records.uses.allSatisfy { $0.kind == .machine })
    #expect(records.sources.map(\.count) == [2] && records.sources.map(\.leftOut) == [2])
    // 5 January 2026 is day 20458 after 1970-01-01.
    #expect(records.runs[0].start == 20_458 * 86_400.0 + 8 * 3600)
  }

  @Test(
    "queue items: attempts, retries, what was given up, by the process that works the queue off")
  func queueItems() throws {
    let records = try read([
      (
        "items.json",
        """
        {"@odata.context": "https://orchestrator.example/odata/$metadata#QueueItems", "value": [
        {"QueueDefinitionId": 7, "Status": "Retried", "RetryNumber": 0, "Reference": "a",
         "StartProcessing": "2026-01-05T08:00:00Z", "EndProcessing": "2026-01-05T08:00:05Z"},
        {"QueueDefinitionId": 7, "Status": "Successful", "RetryNumber": 1, "Reference": "a",
         "StartProcessing": "2026-01-05T08:01:00Z", "EndProcessing": "2026-01-05T08:01:05Z"},
        {"QueueDefinitionId": 7, "Status": "Failed", "RetryNumber": 0, "Reference": "b",
         "StartProcessing": "2026-01-05T08:02:00Z", "EndProcessing": "2026-01-05T08:02:05Z"},
        {"QueueDefinitionId": 7, "Status": "New", "RetryNumber": 0, "Reference": "c",
         "StartProcessing": null, "EndProcessing": null}]}
        """
      ),
      ("queues.csv", "Id,Name,MaxNumberOfRetries,ReleaseName\n7,Invoices,2,Pay\n"),
    ])
    #expect(records.runs.map(\.automation) == ["Pay", "Pay", "Pay"])
    #expect(records.runs.map(\.caseType) == ["Invoices", "Invoices", "Invoices"])
    #expect(records.runs.map(\.failures) == [1, 0, 1])
    #expect(records.runs.map(\.number) == [1, 2, 1])
    #expect(records.runs.map(\.isRetried) == [true, nil, false])
    #expect(records.runs.map(\.isGivenUp) == [nil, false, true])
    #expect(records.problems.map(\.severity) == [.info])
  }

  @Test("histories: runs of the workflow and attempts of its activities")
  func histories() throws {
    var run = TemporalSample("Settle")
    run.addActivity("reserve", from: "08:00:01", to: "08:00:13", attempt: 3)
    run.addActivity("mail", from: "08:00:20", to: "08:00:21", attempt: 4, ending: "Failed")
    run.addActivity("skip", from: "08:00:20", to: "08:00:21", ending: "Canceled")
    run.add("WorkflowExecutionFailed", "08:01:00", "")
    let records = try read([("run.json", run.text)])
    #expect(records.runs.map(\.automation) == ["Settle", "reserve", "mail"])
    #expect(records.runs.map(\.caseType) == [nil, "Settle", "Settle"])
    #expect(
      records.runs.map(\.attempts) == [1, 3, 4] && records.runs.map(\.failures) == [1, 2, 4])
    #expect(records.runs.map(\.isRetried) == [false, true, true])
    #expect(records.runs.map(\.isGivenUp) == [true, false, true])
    #expect(records.runs.map(\.seconds) == [60, 12, 1])
    #expect(records.uses.map(\.partner) == ["reserve", "mail"])
    #expect(records.uses.map(\.failures) == [2, 4] && records.uses.map(\.uses) == [3, 4])
  }

  @Test("traces: runs of agents, uses of models and tools")
  func traces() throws {
    let records = try read([
      (
        "spans.json",
        """
        [{"name": "invoke_agent Desk", "spanId": "1", "traceId": "t", "attributes":
         {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "Desk"},
         "startTime": "2026-01-05T08:00:00Z", "endTime": "2026-01-05T08:00:09Z"},
        {"name": "tool", "spanId": "2", "parentSpanId": "1", "traceId": "t", "attributes":
         {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "crm", "error.type": "timeout"}}]
        """
      )
    ])
    #expect(records.runs.map(\.automation) == ["Desk"] && records.runs.map(\.seconds) == [9])
    #expect(
      records.uses == [
        AutomationUse(automation: "Desk", partner: "crm", kind: .application, failures: 1)
      ])
  }

  private static let tickets = """
    key;Agent;Category;Created;Closed;Work;Verdict;Note
    1;Desk;credit;05.01.2026 08:00;05.01.2026 09:00;6,5;approved;x
    2;Desk;credit;05.01.2026 08:30;05.01.2026 10:00;;Approved with changes;
    3;Desk;fraud;05.01.2026 09:30;05.01.2026 11:00;4;denied;
    4;Desk;fraud;05.01.2026 09:45;;;;
    5;Desk;fraud;05.01.2026 09:50;05.01.2026 11:00;2;purple;
    6;;;;;;;
    """

  @Test("tickets: columns are guessed, shown, and can be given")
  func tickets() throws {
    let records = try read(
      [("tickets.csv", Self.tickets)], columns: [.outcome: "Verdict", .minutes: "Work"])
    #expect(
      records.tickets.map(\.outcome) == [.approved, .modified, .rejected, nil, nil])
    #expect(records.tickets.map(\.workSeconds) == [390, nil, 240, nil, 120])
    #expect(records.tickets.map(\.caseType) == ["credit", "credit", "fraud", "fraud", "fraud"])
    #expect(records.tickets[0].opened == 20_458 * 86_400.0 + 8 * 3600)
    let source = try #require(records.sources.first)
    #expect(source.count == 5 && source.leftOut == 1)
    #expect(
      source.columns.map { "\($0.part.rawValue)=\($0.column)\($0.isGiven ? "!" : "")" } == [
        "automation=Agent", "type=Category", "opened=Created", "answered=Closed", "minutes=Work!",
        "outcome=Verdict!",
      ])
    #expect(source.unused == ["key", "Note"])
    // The word itself is content and stays out of the message.
    #expect(records.problems.map(\.location.line) == [6])
    #expect(records.problems[0].message.hasSuffix("not counted: 1"))
  }

  @Test(
    "words for outcomes",
    arguments: [
      ("Approved", ReviewTicket.Outcome.approved), ("approved without changes", .approved),
      ("Unchanged", .approved), ("OK", .approved), ("no changes", .approved), ("no", .rejected),
      ("not approved", .rejected), ("approved, amended", .modified), ("Edited", .modified),
      ("overridden", .modified), ("Declined", .rejected), ("disapproved", .rejected), ("", nil),
      ("later", nil),
    ] as [(String, ReviewTicket.Outcome?)])
  func words(word: String, outcome: ReviewTicket.Outcome?) {
    #expect(reviewOutcome(word) == outcome)
  }

  @Test(
    "what is none of these is refused with what to do",
    arguments: [
      ("a.xml", "<a/>", "no list of UiPath Orchestrator"), ("a.json", "{}", "no log of tickets"),
      ("a.csv", "x,y\n1,2\n", "--column outcome=NAME"), ("a.csv", "", "the file is empty"),
    ])
  func refused(path: String, text: String, reason: String) {
    #expect {
      _ = try read([(path, text)])
    } throws: {
      "\($0)".contains(reason)
    }
    #expect {
      _ = try read([("t.csv", Self.tickets)], columns: [.outcome: "Verdikt"])
    } throws: {
      "\($0)".contains("no column 'Verdikt'")
    }
  }
}
