import Foundation
import HTTPTypes
import Testing
import Workbench
import Workspace

@testable import Server

/// Scenarios and studies in the browser and for programs.
@Suite struct StudyTests {
  static let plan = """
    rehearse: 1
    title: A robot for one task
    bpmn: one-task.bpmn
    clock: { start: 2026-01-05, horizon: 2 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 60 per working day } }
    teams: { clerks: { people: 1, cost: 40 EUR/h } } # one clerk
    activities: { task: { team: clerks, time: exponential mean 6 min } }
    automations:
      robot: { kind: rpa, runners: 4, time: 1 min, failure: 10 %, price: 1 EUR per run }
    variants:
      as-is: { title: By hand }
      robot: { title: By a robot, extends: as-is, assign: { robot: [task] } }
    exhaustion: { watch: [clerks] }
    experiment: { replications: 3, seed: 3 }

    """

  static let flow = """
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
      <process id="one-task"><startEvent id="s" /><task id="task" /><endEvent id="e" />
      <sequenceFlow id="f" sourceRef="s" targetRef="task" />
      <sequenceFlow id="g" sourceRef="task" targetRef="e" /></process></definitions>
    """

  /// A workbench with one scenario, `plan`.
  func workbench() throws -> TestWorkbench {
    let workbench = try TestWorkbench()
    let folder = workbench.state.folder.scenarios
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.flow.utf8).write(to: folder.appending(path: "one-task.bpmn"))
    try Data(Self.plan.utf8).write(to: folder.appending(path: "plan.yaml"))
    return workbench
  }

  private func run(_ workbench: TestWorkbench, _ fields: [String: String]) async throws -> Job {
    let answer = try await workbench.send(.post, "/api/v1/studies", fields)
    #expect(answer.status == 202, "\(answer.text)")
    let id = try #require(try TestWorkbench.object(answer)["id"] as? Int)
    return try #require(await workbench.state.jobs.wait(for: id))
  }

  @Test func aStudyIsRunKeptAndShown() async throws {
    let workbench = try workbench()
    let job = try await run(workbench, ["scenario": "plan"])
    #expect(job.state == .done, "\(job.problems)")
    #expect(job.result == "/studies/1")
    let entry = try study(1, inWorkspace: workbench.workspace)
    #expect(entry.study.done == 3)
    let document = try await workbench.ask(.get, "/api/v1/studies/1")
    #expect(Data(document.text.utf8) == entry.result)
    let page = try await workbench.page("/studies/1")
    #expect(page.status == 200)
    #expect(page.text.contains("By a robot"))
    #expect(page.text.contains("/studies/1/report?format=pdf"))
    // The same again costs nothing, since the workspace has every replication of it.
    let again = try await workbench.ask(.post, "/api/v1/studies/1/again")
    #expect(again.status == 202)
    let second = try #require(try TestWorkbench.object(again)["id"] as? Int)
    let ended = try #require(await workbench.state.jobs.wait(for: second))
    #expect(ended.message.contains("6 rehearsals were in the workspace already"))
    #expect(try studies(inWorkspace: workbench.workspace).count == 1)
  }

  @Test func whatIsNotKnownIsTriedAndABundleRepeatsIt() async throws {
    let workbench = try workbench()
    let unknown = """
      uncertain:
        price: { change: automations.robot.price, low: 1 EUR per run, high: 9 EUR per run }

      """
    try Data((Self.plan + unknown).utf8).write(
      to: workbench.state.folder.scenarios.appending(path: "plan.yaml"))
    let job = try await run(workbench, ["scenario": "plan"])
    #expect(job.state == .done, "\(job.problems)")
    let entry = try study(1, inWorkspace: workbench.workspace)
    let result = String(decoding: try #require(entry.result), as: UTF8.self)
    #expect(result.contains("\"ignorance\""))
    let outcome = try await rerun(try StudyBundle(entry))
    #expect(outcome.isSame, "\(outcome.differences)")
  }

  @Test func theReportComesInEveryTextForm() async throws {
    let workbench = try workbench()
    _ = try await run(workbench, ["scenario": "plan"])
    for (form, type, begin) in [
      ("html", "text/html; charset=utf-8", "<!DOCTYPE html>"), ("json", "application/json", "{"),
      ("md", "text/markdown; charset=utf-8", "#"), ("csv", "application/zip", "PK"),
    ] {
      let answer = try await workbench.ask(.get, "/api/v1/studies/1/report?format=\(form)")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Type") == type)
      #expect(answer.text.hasPrefix(begin))
      // A report runs its own script, but apart from these pages.
      #expect(answer.header("Content-Security-Policy")?.contains("sandbox allow-scripts") == true)
    }
    let docx = try await workbench.ask(.get, "/api/v1/studies/1/report?format=docx")
    #expect(docx.status == 400)
    // Nothing of the making stays.
    let left = try FileManager.default.contentsOfDirectory(
      atPath: workbench.state.folder.reports.path)
    #expect(left.isEmpty)
  }

  @Test func twoStudiesAreComparedAndOneForgotten() async throws {
    let workbench = try workbench()
    _ = try await run(workbench, ["scenario": "plan", "replications": "3"])
    let set = try await workbench.send(
      .post, "/api/v1/scenarios/plan/values", ["path": "teams.clerks.people", "value": "2"])
    #expect(set.status == 200, "\(set.text)")
    _ = try await run(workbench, ["scenario": "plan", "replications": "3"])
    let page = try await workbench.page("/change?before=1&after=2")
    #expect(page.status == 200)
    #expect(page.text.contains("teams.clerks.people"))
    let change = try TestWorkbench.object(
      try await workbench.ask(.get, "/api/v1/change?before=1&after=2"))
    let inputs = try #require(change["inputs"] as? [[String: Any]])
    #expect(inputs.contains { $0["what"] as? String == "teams.clerks.people" })
    #expect(try await workbench.page("/change?before=1&after=9").status == 404)
    #expect(try await workbench.ask(.delete, "/api/v1/studies/1").status == 204)
    #expect(try await workbench.page("/studies/1").status == 404)
    #expect(try studies(inWorkspace: workbench.workspace).map(\.id) == [2])
  }

  @Test func aValueIsChangedByAFormAndNonsenseIsNot() async throws {
    let workbench = try workbench()
    let file = workbench.state.folder.scenarios.appending(path: "plan.yaml")
    let good = try await workbench.submit(
      "/scenarios/plan/value", ["path": "teams.clerks.people", "value": "2"])
    #expect(good.status == 303)
    let expected = Self.plan.replacing("people: 1", with: "people: 2")
    #expect(try String(contentsOf: file, encoding: .utf8) == expected)
    let bad = try await workbench.submit(
      "/scenarios/plan/value", ["path": "teams.clerks.people", "value": "many"])
    #expect(bad.status == 422)
    #expect(bad.text.contains("teams.clerks.people"))
    #expect(bad.text.contains("plan.yaml:7:"))
    #expect(try String(contentsOf: file, encoding: .utf8) == expected)
    let unknown = try await workbench.submit(
      "/scenarios/plan/value", ["path": "teams.clerks.poeple", "value": "2"])
    #expect(unknown.status == 422)
    #expect(unknown.text.contains("people"))
  }

  @Test func formsStandForEveryWrittenValueOfTheLanguage() async throws {
    let workbench = try workbench()
    let page = try await workbench.page("/scenarios/plan")
    #expect(page.status == 200)
    for path in [
      "teams.clerks.people", "automations.robot.failure", "activities.task.time",
      "demand.arrivals.rate",
    ] {
      #expect(page.text.contains("name=\"path\" value=\"\(path)\""), "\(path)")
    }
    // What the table of keys says a value takes stands at its field.
    #expect(page.text.contains("Takes a whole number of people"))
  }

  @Test(
    "a scenario from a browser reads nothing outside the workspace and what was imported",
    arguments: ["/etc/hostname", "../../../../../../../../etc/hostname", "/etc", "link.bpmn"])
  func nothingOutside(place: String) async throws {
    let workbench = try workbench()
    let secret = workbench.folder.deletingLastPathComponent().appending(
      path: "secret-\(UUID().uuidString).bpmn")
    try Data(Self.flow.utf8).write(to: secret)
    defer { try? FileManager.default.removeItem(at: secret) }
    try FileManager.default.createSymbolicLink(
      at: workbench.state.folder.scenarios.appending(path: "link.bpmn"), withDestinationURL: secret)
    for key in ["bpmn", "inventory"] {
      let text = Self.plan.replacing("bpmn: one-task.bpmn", with: "\(key): \(place)")
      let answer = try await workbench.send(.put, "/api/v1/scenarios/other", ["text": text])
      #expect(answer.status == 422)
      #expect(answer.text.contains("outside the workspace") || answer.text.contains("leads out"))
    }
    #expect(try await workbench.ask(.get, "/api/v1/scenarios/other").status == 404)
  }

  @Test(arguments: ["..", "a/b", "A", "a.yaml", "%2e%2e", String(repeating: "a", count: 61)])
  func aNameIsNoPath(name: String) async throws {
    let workbench = try workbench()
    let answer = try await workbench.send(
      .put, "/api/v1/scenarios/\(queryValue(name))", ["text": Self.plan])
    #expect((400..<500).contains(answer.status))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: workbench.state.folder.scenarios.path)
    #expect(files.sorted() == ["one-task.bpmn", "plan.yaml"])
  }

  @Test func aPreviewIsMarkedAsOneAndKeepsNothing() async throws {
    let workbench = try workbench()
    let page = try await workbench.page("/scenarios/plan/preview")
    #expect(page.text.contains("data-path=\"teams.clerks.people\""))
    let answer = try await workbench.send(
      .post, "/api/v1/scenarios/plan/preview", ["changes": "teams.clerks.people=2"])
    #expect(answer.status == 200, "\(answer.text)")
    let document = try TestWorkbench.object(answer)
    #expect(document["isPreview"] as? Bool == true)
    #expect((document["variants"] as? [[String: Any]])?.count == 2)
    let replications = try #require(document["replications"] as? Int)
    #expect((2...PreviewDesk.replications).contains(replications))
    #expect(try allNumbers(workbench).isEmpty)
    let nonsense = try await workbench.send(
      .post, "/api/v1/scenarios/plan/preview", ["changes": "teams.nobody.people=2"])
    #expect(nonsense.status == 422)
    #expect(nonsense.text.contains("nobody"))
    let shape = try await workbench.send(
      .post, "/api/v1/scenarios/plan/preview", ["changes": "people"])
    #expect(shape.status == 400)
  }

  private func allNumbers(_ workbench: TestWorkbench) throws -> [Int64] {
    guard workbench.state.desk.isThere else { return [] }
    return try studies(inWorkspace: workbench.workspace).map(\.id)
  }

  @Test func aStudyOfAJobIsTheSameAfterwards() throws {
    var study = StudyJob(scenario: "/a b/plan.yaml", replications: 7)
    study.seed = 9
    study.variants = ["agents+layer", "as-is"]
    study.changes = ["teams.aml.people=3", "clock.horizon=4 weeks"]
    study.sensitivity = ["teams.aml.people=2..6"]
    let job = Job(
      id: 1, kind: .study, title: "", parameters: study.parameters, created: "2027-01-04")
    let again = try StudyJob(job)
    #expect(again.parameters == study.parameters)
    #expect(
      again.command
        == "rehearse compare '/a b/plan.yaml' --replications 7 --seed 9 --variant agents+layer "
        + "--variant as-is --set teams.aml.people=3 --set 'clock.horizon=4 weeks' "
        + "--sensitivity teams.aml.people=2..6")
    let options = again.options(threads: 1)
    #expect(options.replications == 7 && options.seed == 9)
    #expect(options.changes.map(\.path) == ["teams.aml.people", "clock.horizon"])
    #expect(options.changes.map(\.value) == ["3", "4 weeks"])
  }
}
