import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("brittleness, scarce skills and maintainability")
struct ChangeTests {
  private func robot(failing: Double? = 0.1) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system(
      "Bot", kind: .rpa, technology: "UiPath 23.10", owner: "Ada Lovelace", status: .production,
      criticality: .high, failureRate: failing, perMonth: 1000)
    builder.connect(.writes, .system("Bot"), .application("SAP"), channel: .userInterface)
    builder.connect(.reads, .system("Bot"), .application("CRM"), channel: .api)
    return builder
  }

  private func policy(_ rates: [String: Double]) -> AuditPolicy {
    var policy = AuditPolicy()
    for (name, rate) in rates.sorted(by: { $0.key < $1.key }) {
      var application = ApplicationPolicy(name: name, location: SourceLocation(path: "audit.yaml"))
      application.releasesPerYear = rate
      policy.applications.append(application)
    }
    return policy
  }

  @Test("brittleness is the share on screens × releases of these × share that fails")
  func brittle() throws {
    // Half of the connections are on screens: 0.5 × 4 × 0.1 = 0.2.
    let finding = try #require(
      findings(.brittleness, robot(), policy: policy(["sap": 4, "CRM": 50])).first)
    #expect(finding.why.contains("50 %") && finding.why.contains("= 0.20 ≥ 0.10"))
    #expect(finding.severity == .medium)
    // 1,000 × 10 % × 50 % × 0.5 h = 25 h.
    #expect(finding.cost == Finding.Cost(hours: 25, at: Money(45, "EUR")))
    #expect(findings(.brittleness, robot(), policy: policy(["SAP": 1])).isEmpty)
    #expect(findings(.brittleness, robot(), policy: policy(["SAP": 0])).isEmpty)
  }

  @Test("without release rate or failure rate nothing is concluded, and that is said")
  func unknown() {
    let result = report(robot())
    #expect(result.findings.allSatisfy { $0.check != "brittleness" })
    #expect(result.remarks.contains { $0.check == "brittleness" && $0.text.contains("1 system") })
    let silent = report(robot(failing: nil), policy: policy(["SAP": 12]))
    #expect(silent.findings.allSatisfy { $0.check != "brittleness" })
    #expect(
      silent.remarks.contains { $0.check == "brittleness" && $0.text.contains("failed runs") })
  }

  private func estate(owners: [String?], technology: (Int) -> String = { "UiPath \($0 + 20).10" })
    -> EstateBuilder
  {
    var builder = EstateBuilder()
    for (number, owner) in owners.enumerated() {
      builder.system(
        "Bot \(number)", technology: technology(number), owner: owner, team: "Robots",
        status: .production, criticality: .high)
    }
    return builder
  }

  @Test("one person for all versions of a product is scarce, three are not")
  func scarce() throws {
    let alone = try #require(
      findings(.scarceSkills, estate(owners: ["Ada Lovelace", "Ada Lovelace"])).first)
    #expect(alone.severity == .medium && alone.title == "UiPath is kept by Ada Lovelace alone")
    #expect(alone.id == "scarce-skills/uipath")
    let two = findings(.scarceSkills, estate(owners: ["Ada Lovelace", "Grace Hopper"]))
    #expect(two.map(\.severity) == [.low])
    #expect(
      findings(
        .scarceSkills, estate(owners: ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
      ).isEmpty)
    #expect(findings(.scarceSkills, estate(owners: ["Ada Lovelace"])).isEmpty)
    let products = estate(owners: ["Ada Lovelace", "Ada Lovelace"]) {
      "Product \("AB".prefix($0 + 1))"
    }
    #expect(findings(.scarceSkills, products).isEmpty)
  }

  @Test(
    "an owner that nobody knows may be a third person; one team is said where no person is known")
  func unknownKeepers() {
    let partly = report(estate(owners: ["Ada Lovelace", nil]))
    #expect(partly.findings.allSatisfy { $0.check != "scarce-skills" })
    #expect(
      partly.remarks.contains { $0.check == "scarce-skills" && $0.text.contains("1 technology") })
    let team = findings(.scarceSkills, estate(owners: [nil, nil]))
    #expect(team.map(\.title) == ["UiPath is kept by one team, Robots alone"])
  }

  @Test("the score is the mean of the known parts, and unknown with fewer than three")
  func maintainability() throws {
    var policy = AuditPolicy()
    policy.upkeep.changeLeadDays["bot"] = 30
    policy.upkeep.isTested["bot"] = false
    var builder = robot()
    builder.system("Blank")
    let shown = try #require(table(.maintainability, builder, policy: policy))
    #expect(shown.rows.map { $0.cells[0] } == [.text("Bot"), .text("Blank")])
    // coupling 1 / 1.2, interface 0.5, lead 0.5, tests 0, docs 1/3, skills 1/3.
    let mean = (1 / 1.2 + 0.5 + 0.5 + 0 + 1 / 3.0 + 1 / 3.0) / 6
    guard case .number(let score) = shown.rows[0].cells[1], case .unknown = shown.rows[1].cells[1]
    else {
      Issue.record("\(shown.rows.map(\.cells))")
      return
    }
    #expect(abs(score - mean) <= 0.005)
    #expect(shown.rows[0].cells[2] == .number(6) && shown.rows[1].cells[2] == .number(1))
  }
}
