import Foundation
import Auditing
import HTTPTypes
import Testing
import Workbench

@testable import Server

/// Questionnaires in the browser.
@Suite struct QuestionnairePageTests {
  @Test func answersAreKeptWithWhoGaveThem() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let added = try await workbench.submit(
      "/questionnaires/platform", ["kind": "platform-scorecard", "title": "Acme <b>"])
    #expect(added.status == 303)
    let answer = try await workbench.submit(
      "/questionnaires/answer",
      [
        "kind": "platform-scorecard", "platform": "Acme <b>", "item": "action",
        "answer": "2 to 4", "because": "seen in a demo", "author": "Dee Orr",
      ])
    #expect(answer.status == 303)
    let weighed = try await workbench.submit(
      "/questionnaires/weight", ["item": "action", "weight": "3"])
    #expect(weighed.status == 303)
    let page = try await workbench.page("/questionnaires?kind=platform-scorecard")
    #expect(page.text.contains("Dee Orr") && page.text.contains("seen in a demo"))
    #expect(!page.text.contains("Acme <b>"))
    let path = WorkspaceFolder(ofWorkspace: workbench.workspace).questionnaire(.scorecard).path
    let sheet = try questionnaire(path, with: QuestionnaireSources())
    #expect(sheet.questionnaire?.answer("Acme <b>", "action")?.score == 2...4)
    #expect(sheet.questionnaire?.weights["action"] == 3)
  }

  @Test func readinessCountsForTheCommandLineToo() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.submit(
      "/questionnaires/answer",
      ["kind": "readiness", "item": "literacy", "answer": "partly", "author": "Dee Orr"])
    #expect(answer.status == 303)
    let report = try audit(workspace: workbench.workspace, as: AuditRequest()).report
    let table = try #require(report.assessments.first { $0.id == "readiness" })
    let row = try #require(table.rows.first { $0.cells[1] == .text("literacy") })
    #expect(row.cells[2] == .share(0.5) && row.cells[4] == .text("Dee Orr"))
    let page = try await workbench.page("/questionnaires?kind=readiness")
    #expect(page.text.contains("Dee Orr"))
    // The policy of the pages allows no styles of elements: half a bar would be drawn as a whole one.
    #expect(page.text.contains("<rect width=\"50%\"") && !page.text.contains("style=\""))
  }

  @Test func whatIsNoAnswerIsRefused() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    for fields in [
      ["kind": "readiness", "item": "literacy", "answer": "maybe", "author": "x"],
      ["kind": "readiness", "item": "luck", "answer": "yes", "author": "x"],
      [
        "kind": "vendor-checklist", "platform": "none", "item": "control", "answer": "yes",
        "author": "x",
      ],
      ["kind": "readiness", "item": "literacy", "answer": "yes"],
    ] {
      let answer = try await workbench.send(.post, "/api/v1/questionnaires/answers", fields)
      #expect((400..<500).contains(answer.status), "\(fields)")
    }
  }
}
