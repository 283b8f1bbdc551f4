import Auditing
import Foundation
import HTTPTypes
import Testing
import Workbench

@testable import Server

/// The audit in the browser.
@Suite struct AuditPageTests {
  @Test func aFindingIsAcceptedForTheCommandLineToo() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let before = try audit(workspace: workbench.workspace, as: AuditRequest()).report
    let finding = try #require(before.findings.first)
    let answer = try await workbench.submit(
      "/audit/waive",
      [
        "finding": finding.id, "reason": "known since spring", "owner": "Dee Orr",
        "expires": "2999-12-31",
      ])
    #expect(answer.status == 303)
    let after = try audit(workspace: workbench.workspace, as: AuditRequest()).report
    #expect(after.findings.map(\.id) == before.findings.map(\.id).filter { $0 != finding.id })
    #expect(after.waived.map(\.finding.id) == [finding.id])
    #expect(after.waived.first?.waiver.owner == "Dee Orr")
    let page = try await workbench.page("/audit")
    #expect(page.text.contains("known since spring"))
    #expect(page.text.contains("No longer accept"))

    let back = try await workbench.submit("/audit/unwaive", ["finding": finding.id])
    #expect(back.status == 303)
    let again = try audit(workspace: workbench.workspace, as: AuditRequest()).report
    #expect(again.findings.map(\.id) == before.findings.map(\.id))
  }

  @Test func whatIsNewSinceAStateThatWasKeptIsSaid() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    #expect(try await workbench.page("/audit").text.contains("Keep this state to compare with"))
    #expect(try await workbench.submit("/audit/baseline", [:]).status == 303)
    let same = try await workbench.page("/audit")
    #expect(same.text.contains("0 new") && same.text.contains("0 no longer there"))
    #expect(
      try await workbench.page("/audit?change=new").text.contains("No finding is as asked for"))

    // One system gains an owner, another is added that has none.
    var rows = TestWorkbench.three
    rows[2] = "Night Export,,Cy Fox,,,"
    let file = workbench.folder.appending(path: "register.csv")
    try Data(TestWorkbench.register(rows + ["Mail Bot,UiPath,,Sends mail,,"]).utf8).write(to: file)
    _ = try importIntoWorkspace(
      workbench.workspace, ImportRequest(paths: [file.path], time: "2027-01-05T08:00:00Z"))
    let report = try audit(
      workspace: workbench.workspace,
      as: {
        var request = AuditRequest()
        request.baseline = WorkspaceFolder(ofWorkspace: workbench.workspace).baseline.path
        return request
      }()
    ).report
    let comparison = try #require(report.comparison)
    let new = report.findings.filter(comparison.isNew)
    #expect(!new.isEmpty && !comparison.fixed.isEmpty)
    let page = try await workbench.page("/audit?change=new")
    for (index, finding) in report.findings.enumerated() {
      #expect(
        page.text.contains("id=\"finding-\(index + 1)\"") == comparison.isNew(finding),
        "\(finding.id)")
    }
    #expect(page.text.contains("Since the state kept on 20"))
    #expect(page.text.contains("\(new.count) new"))

    #expect(try await workbench.submit("/audit/baseline/forget", [:]).status == 303)
    #expect(try await workbench.page("/audit").text.contains("Keep this state to compare with"))
    #expect(try await workbench.submit("/audit/baseline/forget", [:]).status == 422)
    let kept = try await workbench.send(.post, "/api/v1/audit/baseline")
    #expect(kept.status == 201 && kept.text.contains("\"findings\""))
  }

  @Test func aWaiverOfNothingIsRefused() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let waiver = ["finding": "orphan/system:nobody", "reason": "x", "owner": "y"]
    let answer = try await workbench.send(.post, "/api/v1/waivers", waiver)
    #expect(answer.status == 422)
    #expect(answer.text.contains("orphan/system:nobody"))
    let page = try await workbench.send(
      .post, "/api/v1/waivers", waiver.merging(["expires": "tomorrow"]) { $1 })
    #expect((400..<500).contains(page.status))
    #expect(try waivers(ofWorkspace: workbench.workspace).isEmpty)
  }

  @Test func findingsKeepTheirNumbersWhenFiltered() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let report = try audit(workspace: workbench.workspace, as: AuditRequest()).report
    let check = try #require(report.findings.last?.check)
    let page = try await workbench.page("/audit?check=\(check)")
    for (index, finding) in report.findings.enumerated() {
      #expect(page.text.contains("id=\"finding-\(index + 1)\"") == (finding.check == check))
    }
  }
}
