import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Temporal workflow histories")
struct TemporalTests {
  /// Reserves money in 12 s, asks a person who answers after an hour, starts a child and waits.
  private func claim(isLong: Bool) -> String {
    var run = TemporalSample("SettleClaim", isLong: isLong)
    run.add("WorkflowTaskScheduled", "08:00:00", "")
    run.addActivity("reserve", from: "08:00:01", to: "08:00:13", attempt: 3)
    run.addActivity("notify", from: "08:00:14", to: "08:00:15", queue: "mail", policy: "")
    run.add("WorkflowTaskCompleted", "08:01:00", "\"scheduledEventId\": \"2\"")
    run.add("TimerStarted", "08:01:00", "\"timerId\": \"1\", \"startToFireTimeout\": \"86400s\"")
    run.add("WorkflowExecutionSignaled", "09:01:00", "\"signalName\": \"approveClaim\"")
    run.add("WorkflowExecutionSignaled", "09:01:01", "\"signalName\": \"photoAdded\"")
    run.add(
      "StartChildWorkflowExecutionInitiated", "09:01:02",
      "\"workflowType\": {\"name\": \"PayOut\"}, \"workflowRunTimeout\": \"600s\"")
    run.add(
      "NexusOperationScheduled", "09:01:02",
      "\"endpoint\": \"ledger\", \"service\": \"Ledger\", \"operation\": \"book\"")
    run.add("WorkflowExecutionCompleted", "09:02:00", "")
    return run.text
  }

  @Test("steps, calls, retries, time-outs, waits and who is waited for", arguments: [false, true])
  func claims(isLong: Bool) throws {
    let document = try #require(imported(["history.json": claim(isLong: isLong)]).first)
    #expect(document.format == "temporal" && document.status == .imported)
    #expect(document.problems.isEmpty, "\(document.problems)")
    let fragment = document.fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "SettleClaim" && system.kind.value == .workflow)
    #expect(system.technology.value == "Temporal")
    #expect(
      fragment.steps.map { "\($0.kind.rawValue) \($0.id)" } == [
        "action reserve", "action notify", "call PayOut", "call Ledger/book", "wait timer 86400 s",
        "human signal approveClaim",
      ])
    #expect(fragment.steps.map(\.retries) == [3, nil, nil, nil, nil, nil])
    #expect(fragment.steps.map { $0.timeout?.seconds } == [90, 90, 600, nil, nil, nil])
    #expect(fragment.steps[4].delay == .day)
    let note = try #require(fragment.steps[0].evidence.note)
    #expect(note.contains("n = 1") && note.contains("mean 12 s") && note.contains("2 repeated"))
    #expect(fragment.steps[1].evidence.note?.contains("retried without limit") == true)
    #expect(fragment.steps[0].evidence.location.line == 4)
    #expect(
      shown(fragment.connections) == [
        "SettleClaim invokes application mail by queue: notify",
        "SettleClaim invokes system PayOut by internal: child workflow",
        "SettleClaim invokes application ledger by api: Ledger/book",
      ])
    #expect(fragment.touchPoints.map(\.kind) == [.approval])
    #expect(fragment.touchPoints[0].evidence.provenance == .inferred)
    #expect(fragment.touchPoints[0].evidence.note?.contains("3600 s") == true)
    // The second signal came while the run went on.
    #expect(fragment.triggers.map(\.expression) == ["signal photoAdded"])
    // 62 minutes from 08:00 to 09:02.
    #expect(system.runTime.value?.minutes == 62)
    #expect(!system.failureRate.isKnown && !system.volume.isKnown)
  }

  @Test("runs of one folder measure together: volume, failures and time, once")
  func together() throws {
    var failed = TemporalSample("SettleClaim", at: "08:00:00")
    failed.add("WorkflowExecutionFailed", "08:00:30", "", day: 7)
    var stopped = TemporalSample("SettleClaim", at: "10:00:00")
    stopped.add("WorkflowExecutionTerminated", "10:00:10", "")
    var late = TemporalSample("SettleClaim", at: "08:00:00")
    late.add("WorkflowExecutionCompleted", "08:00:30", "")
    let files = [
      "a.json": claim(isLong: false), "b.json": failed.text, "c.json": stopped.text,
      "d.json": late.text.replacing("2026-01-05", with: "2026-01-09"),
    ]
    let documents = imported(files)
    #expect(documents.allSatisfy { $0.format == "temporal" })
    let system = try #require(estate(files).systems.first { $0.name == "SettleClaim" })
    #expect(estate(files).systems.count { $0.name == "SettleClaim" } == 1)
    // Three ended, one of them failed; the one that somebody stopped says nothing.
    #expect(system.failureRate.value == Probability(1.0 / 3))
    #expect(system.failureRate.winner?.evidence.provenance == .measured)
    // Four runs from the 5th to the 9th, four days.
    #expect(system.volume.value == Frequency(count: 1, per: .day))
    let evidence = try #require(system.volume.winner?.evidence)
    #expect(evidence.note?.contains("n = 4 runs, 2026-01-05 to 2026-01-09") == true)
  }

  @Test(
    "a list of histories, an answer of the interface, names as in the proto file, and a schedule")
  func forms() throws {
    var run = TemporalSample("Nightly", more: ", \"cronSchedule\": \"0 2 * * *\"")
    run.add("WorkflowExecutionCompleted", "08:00:30", "")
    let proto = """
      {"history": {"events": [{"event_id": 1, "event_time": {"seconds": "1767600000"},
       "event_type": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
       "workflow_execution_started_event_attributes": {"workflow_type": {"name": "Proto"}}}]}}
      """
    let documents = imported(["a.json": "[\(run.text), \(run.text)]", "b.json": proto])
    #expect(documents.map(\.format) == ["temporal", "temporal"])
    #expect(documents[0].fragment.systems.map(\.name) == ["Nightly"])
    #expect(documents[0].fragment.triggers.map(\.kind) == [.schedule])
    #expect(documents[1].fragment.systems.map(\.name) == ["Proto"])
    #expect(documents[1].problems.map(\.severity) == [.info])
  }

  @Test("local activities are named by their markers")
  func localActivities() throws {
    var run = TemporalSample("Local")
    // {"ActivityID":"9","ActivityType":"Echo"} in base 64.
    run.add(
      "MarkerRecorded", "08:00:01",
      "\"markerName\": \"LocalActivity\", \"details\": {\"data\": {\"payloads\": [{\"data\": "
        + "\"eyJBY3Rpdml0eUlEIjoiOSIsIkFjdGl2aXR5VHlwZSI6IkVjaG8ifQ==\"}]}}")
    run.add("MarkerRecorded", "08:00:01", "\"markerName\": \"Version\"")
    run.add("WorkflowExecutionCompleted", "08:00:02", "")
    let document = try #require(imported(["a.json": run.text]).first)
    #expect(document.fragment.steps.map(\.id) == ["Echo"])
  }

  @Test("what is missing and what is not known is said")
  func problems() throws {
    expectProblems(
      "cut.json",
      """
      1️⃣{"events": [{"eventId": "7", "eventTime": "2026-01-05T08:00:00Z",
        "eventType": "TimerStarted", "timerStartedEventAttributes": {"timerId": "1"}}]}
      """, [(.medium, "does not begin with the start of its run")])
    expectProblems(
      "odd.json",
      """
      1️⃣{"events": [{"eventId": "1", "eventTime": "2026-01-05T08:00:00Z",
        "eventType": "WorkflowExecutionStarted",
        "workflowExecutionStartedEventAttributes": {"workflowType": {"name": "W"}}},
        2️⃣{"eventId": "4", "eventTime": "2026-01-05T08:00:01Z", "eventType": "Surprise",
         "surpriseEventAttributes": {}},
        {"eventId": "5", "eventTime": "2026-01-05T08:00:02Z",
         "eventType": "WorkflowExecutionCompleted", "workflowExecutionCompletedEventAttributes": {}}]}
      """, [(.low, "events are missing from the history: 2"), (.low, "not known are left out: 1")])
  }

  @Test("histories of other services are not taken for Temporal's")
  func others() {
    let swf = """
      {"events": [{"eventId": 1, "eventTimestamp": 1767600000.0, "eventType": "WorkflowExecutionStarted",
       "workflowExecutionStartedEventAttributes": {"workflowType": {"name": "W", "version": "1"}}}]}
      """
    #expect(imported(["swf.json": swf]).first?.format == nil)
  }

  @Test("a truncated file, an odd one and a deep one give no crash")
  func damaged() {
    let whole = claim(isLong: false)
    for count in stride(from: 0, to: whole.utf8.count, by: 97) {
      _ = imported(["a.json": Array(whole.utf8.prefix(count))])
    }
    for text in [
      "{\"events\": [{\"eventType\": 5, \"eventTime\": [], \"xEventAttributes\": {}}]}",
      "[[[{\"eventType\": \"a\", \"eventTime\": 1, \"aEventAttributes\": {}}]]]",
      "{\"history\": {\"history\": {\"events\": 1, \"eventTime\": 0, \"xEventAttributes\": {}}}}",
    ] {
      _ = imported(["a.json": text])
    }
  }
}
