import Auditing
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
