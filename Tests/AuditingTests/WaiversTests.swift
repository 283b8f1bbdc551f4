import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("waivers of findings")
struct WaiversTests {
  private let orphan = "orphan/system:nightlyexport"

  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.completeSystem("Nightly Export")
    builder.completeSystem("Letter Printer")
    return builder
  }

  private func report(
    _ waivers: [(finding: String, expires: String?)], asOf day: String? = "2026-11-21",
    checks: [String]? = nil, today: String? = nil
  ) -> AuditReport {
    var policy = AuditPolicy()
    policy.asOf = day.flatMap(CalendarDay.init)
    policy.options.checks = checks
    policy.waivers = waivers.enumerated().map { index, waiver in
      Waiver(
        finding: waiver.finding, reason: "switched off soon", owner: "Grace Hopper",
        expires: waiver.expires.flatMap(CalendarDay.init),
        location: SourceLocation(path: "audit.yaml", line: index + 3))
    }
    return audited(estate(), policy, today: today.flatMap(CalendarDay.init))
  }

  @Test("a waived finding stands apart and no longer counts, the others stay")
  func waived() {
    let result = report([(orphan, "2026-12-31")])
    #expect(result.waived.map(\.finding.id) == [orphan])
    #expect(result.waived.first?.waiver.owner == "Grace Hopper")
    #expect(!result.findings.contains { $0.id == orphan })
    #expect(result.findings.contains { $0.id == "orphan/system:letterprinter" })
    #expect(!result.findings.contains { $0.check.hasPrefix("waiver") })
  }

  @Test("the last day of a waiver still holds, the next one does not")
  func lastDay() {
    #expect(report([(orphan, "2026-11-21")]).waived.count == 1)
    let ended = report([(orphan, "2026-11-20")])
    #expect(ended.waived.isEmpty)
    #expect(ended.findings.contains { $0.id == orphan })
    let finding = ended.findings.first { $0.check == "waiver-expired" }
    #expect(finding?.id == "waiver-expired/\(orphan)")
    #expect(finding?.evidence.first?.location.line == 3)
    #expect(finding?.why.contains("1 day later") == true)
    #expect(finding?.actors.map(\.name) == ["Grace Hopper"])
  }

  @Test("without a day in the policy the day of the audit decides, without any no waiver ends")
  func today() {
    #expect(report([(orphan, "2026-11-20")], asOf: nil, today: "2026-11-21").waived.isEmpty)
    #expect(report([(orphan, "2026-11-20")], asOf: nil, today: nil).waived.count == 1)
    #expect(report([(orphan, "2026-11-20")], today: "2030-01-01").day?.description == "2026-11-21")
  }

  @Test("a waiver that matches nothing is a finding that names the nearest one")
  func unmatched() throws {
    let result = report([("orphan/system:nightlyexprt", nil)])
    let finding = try #require(result.findings.first { $0.check == "waiver-unmatched" })
    #expect(finding.severity == .low)
    #expect(finding.remedy.contains(orphan))
    let nonsense = report([("orphn/system:x", nil)])
    #expect(
      nonsense.findings.contains { $0.check == "waiver-unmatched" && $0.why.contains("no check") })
  }

  @Test("of a check that did not run nobody says that its waiver matches nothing")
  func otherCheck() {
    let result = report([(orphan, nil)], checks: ["owner-gap"])
    #expect(!result.findings.contains { $0.check == "waiver-unmatched" })
  }

  @Test("of two waivers of one finding the one that lasts longer counts")
  func twice() {
    let result = report([(orphan, "2026-01-01"), (orphan, nil), (orphan, "2026-02-01")])
    #expect(result.waived.count == 1)
    #expect(result.waived.first?.waiver.expires == nil)
  }

  @Test("findings fall to owners, else teams, else makers; of the chief subjects first")
  func actors() {
    var builder = EstateBuilder()
    builder.system("Ghost Caller", owner: "Ada Lovelace", status: .production)
    builder.system("Nameless", owner: "unknown", team: "Lending", status: .production)
    builder.connect(.invokes, .system("Ghost Caller"), .system("Nowhere"))
    let result = audited(builder, AuditPolicy(), today: nil)
    let ghost = result.findings.first { $0.check == "ghost-reference" }
    #expect(ghost?.actors.map(\.name) == ["Ada Lovelace"])
    let gap = result.findings.first { $0.id == "owner-gap/system:nameless" }
    #expect(gap?.actors.map(\.name) == ["Lending"])
    #expect(gap?.actors.first?.role == .team)
  }
}
