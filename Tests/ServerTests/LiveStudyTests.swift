import Foundation
import HTTPTypes
import Testing
import Workbench
import Workspace

@testable import Server

/// A study while it runs: what it shows so far, and how it goes on.
@Suite struct LiveStudyTests {
  /// A study of `plan` that lasts until it is cancelled, of which something is shown.
  private func begun(_ workbench: TestWorkbench) async throws -> Job {
    let answer = try await workbench.send(
      .post, "/api/v1/studies", ["scenario": "plan", "replications": "20000"])
    #expect(answer.status == 202, "\(answer.text)")
    let id = try #require(try TestWorkbench.object(answer)["id"] as? Int)
    for await job in await workbench.state.jobs.states(of: id) {
      if job.shown ?? 0 >= 2 { return job }
      try #require(!job.state.isFinal, "\(job.message)")
    }
    throw WorkbenchError.internalFault("the job ended without a word")
  }

  @Test func whatAStudyShowsSoFarIsThereWhileItRuns() async throws {
    let workbench = try StudyTests().workbench()
    let job = try await begun(workbench)
    let document = try TestWorkbench.object(
      try await workbench.ask(.get, "/api/v1/jobs/\(job.id)/figures"))
    let count = try #require(document["replications"] as? Int)
    #expect(count >= 2 && count < 20_000)
    #expect(document["requested"] as? Int == 20_000)
    let part = try await workbench.page("/jobs/\(job.id)/figures")
    #expect(part.status == 200)
    #expect(part.header("Content-Type") == "text/html; charset=utf-8")
    #expect(part.text.contains("of 20,000 rehearsals of each variant"))
    #expect(part.text.contains("By a robot"))
    #expect(part.text.contains("id=\"exhaustion\""))
    let page = try await workbench.page("/jobs/\(job.id)")
    #expect(page.text.contains("data-live=\"/api/v1/jobs/\(job.id)/events\""))
    #expect(page.text.contains("id=\"exhaustion\""))
    _ = await workbench.state.jobs.cancel(job.id)
    let ended = try #require(await workbench.state.jobs.wait(for: job.id))
    #expect(ended.state == .cancelled && ended.shown == nil)
    // What is shown now is the study.
    #expect(try await workbench.ask(.get, "/api/v1/jobs/\(job.id)/figures").status == 404)
    #expect(try await workbench.page("/jobs/\(job.id)/figures").text == "")
  }

  @Test func aStoppedStudyGoesOnWhereItWas() async throws {
    let workbench = try StudyTests().workbench()
    let job = try await begun(workbench)
    _ = await workbench.state.jobs.cancel(job.id)
    _ = await workbench.state.jobs.wait(for: job.id)
    let again = try await workbench.ask(.post, "/api/v1/jobs/\(job.id)/again")
    #expect(again.status == 202, "\(again.text)")
    let next = try #require(try TestWorkbench.object(again)["id"] as? Int)
    _ = await workbench.state.jobs.cancel(next)
    let ended = try #require(await workbench.state.jobs.wait(for: next))
    #expect(ended.state == .cancelled)
    #expect(try studies(inWorkspace: workbench.workspace).map(\.id) == [1])
  }

  @Test func aScenarioThatWasChangedMeanwhileIsNotRunInSilence() async throws {
    let workbench = try StudyTests().workbench()
    let job = try await begun(workbench)
    _ = await workbench.state.jobs.cancel(job.id)
    _ = await workbench.state.jobs.wait(for: job.id)
    let set = try await workbench.send(
      .post, "/api/v1/scenarios/plan/values", ["path": "teams.clerks.people", "value": "2"])
    #expect(set.status == 200)
    let refused = try await workbench.ask(.post, "/api/v1/jobs/\(job.id)/again")
    #expect(refused.status == 409)
    #expect(refused.text.contains("changed=yes"))
    let asked = try await workbench.submit("/jobs/\(job.id)/again", [:])
    #expect(asked.status == 409)
    #expect(asked.text.contains("Run it as it is now, as a new study"))
    #expect(await workbench.state.jobs.jobs.count == 1)
    let anew = try await workbench.submit("/jobs/\(job.id)/again", ["changed": "yes"])
    #expect(anew.status == 303)
    #expect(anew.header("Location") == "/jobs/2")
    _ = await workbench.state.jobs.cancel(2)
    _ = await workbench.state.jobs.wait(for: 2)
    // Put back, the first goes on again without a question.
    _ = try await workbench.send(
      .post, "/api/v1/scenarios/plan/values", ["path": "teams.clerks.people", "value": "1"])
    #expect(try await workbench.ask(.post, "/api/v1/jobs/\(job.id)/again").status == 202)
    _ = await workbench.state.jobs.cancel(3)
    _ = await workbench.state.jobs.wait(for: 3)
  }

  @Test func whatSingleValuesDoStandsInTheReport() async throws {
    let workbench = try StudyTests().workbench()
    let answer = try await workbench.send(
      .post, "/api/v1/studies", ["scenario": "plan", "tornado": "yes"])
    #expect(answer.status == 202, "\(answer.text)")
    let job = try #require(await workbench.state.jobs.wait(for: 1))
    #expect(job.state == .done, "\(job.problems)")
    let page = try await workbench.page("/studies/1")
    #expect(page.text.contains("What the result depends on"))
    // The slider of one clerk goes from 1 to 2, that of 60 cases a day from 30 to 120.
    let command = "--sensitivity teams.clerks.people=1..2"
    #expect(page.text.contains(command))
    #expect(page.text.contains("demand.arrivals.rate=30 per working day..120 per working day"))
    // The page of another study has no such part.
    _ = try await workbench.send(.post, "/api/v1/studies", ["scenario": "plan"])
    _ = await workbench.state.jobs.wait(for: 2)
    #expect(!(try await workbench.page("/studies/2").text.contains("What the result depends on")))
  }

  @Test func aValueThatCannotBeRunIsNamedAndTheOthersAreTried() async throws {
    let workbench = try StudyTests().workbench()
    let folder = workbench.state.folder
    var study = StudyJob(scenario: folder.scenarios.appending(path: "plan.yaml").path)
    study.sensitivity = ["teams.clerks.people=1..none", "automations.robot.runners=2..8"]
    let job = Job(
      id: 1, kind: .study, title: "", parameters: study.parameters, created: "2027-01-04")
    let work = JobWork(workspace: workbench.workspace, folder: folder)
    let outcome = try await work.carryOut(job, JobControl(tell: { _, _, _ in }))
    #expect(outcome.isComplete)
    let named = outcome.problems.filter {
      $0.hasPrefix("teams.clerks.people from 1 to none was not tried: ")
    }
    #expect(named.count == 1)
    let page = try await workbench.page("/studies/1")
    #expect(page.text.contains("What the result depends on"))
  }

  @Test func studiesRunOnThreadsOfLowerPriorityThanReaders() async {
    let own = getpriority(0, 0)
    let theirs = await withTaskExecutorPreference(StudyThreads.ofJobs) {
      await withTaskGroup(of: Int32.self) { group in
        for _ in 0..<4 { group.addTask { getpriority(0, 0) } }
        return await group.reduce(into: [Int32]()) { $0.append($1) }
      }
    }
    #expect(theirs == Array(repeating: min(19, own + 10), count: 4))
    #expect(getpriority(0, 0) == own)
  }

  @Test func aRunningStudyLeavesTheInventoryAsItIs() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let folder = workbench.state.folder.scenarios
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(StudyTests.flow.utf8).write(to: folder.appending(path: "one-task.bpmn"))
    try Data(StudyTests.plan.utf8).write(to: folder.appending(path: "plan.yaml"))
    let before = try await workbench.state.desk.auditStamp()
    _ = try await workbench.send(.post, "/api/v1/studies", ["scenario": "plan"])
    _ = await workbench.state.jobs.wait(for: 1)
    #expect(try await workbench.state.desk.auditStamp() == before)
    let fact = ["system": "Invoice Bot", "field": "owner", "value": "Eve Fox", "author": "Ann"]
    #expect(try await workbench.send(.post, "/api/v1/facts", fact).status == 201)
    let after = try await workbench.state.desk.auditStamp()
    #expect(after != before)
    #expect(try await workbench.ask(.delete, "/api/v1/corrections/1").status == 200)
    #expect(try await workbench.state.desk.auditStamp() != after)
  }
}

/// Answers that are kept while they are true.
@Suite struct KeptAnswersTests {
  private actor Count {
    var made = 0

    func next() -> Int {
      made += 1
      return made
    }
  }

  @Test func anAnswerIsMadeOnceForEachStateAndTheOldestGoesFirst() async throws {
    let count = Count()
    let answers = KeptAnswers<Int>(most: 2)
    func ask(_ question: String, _ stamp: String) async throws -> Int {
      try await answers.answer(question, stamp: stamp) { await count.next() }
    }
    #expect(try await ask("a", "1") == 1)
    #expect(try await ask("a", "1") == 1)
    #expect(try await ask("a", "2") == 2)
    #expect(try await ask("b", "2") == 3)
    #expect(try await ask("a", "2") == 2)
    #expect(try await ask("c", "2") == 4)
    #expect(try await ask("a", "2") == 2)
    #expect(try await ask("b", "2") == 5)
  }

  @Test func aFailureIsNotKept() async throws {
    let answers = KeptAnswers<Int>(most: 2)
    await #expect(throws: Problem.self) {
      try await answers.answer("a", stamp: "1") { throw Problem(.notFound, "none") }
    }
    #expect(try await answers.answer("a", stamp: "1") { 7 } == 7)
  }
}
