import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("tables on governance")
struct GovernanceTablesTests {
  private var builder: EstateBuilder {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, technology: "CrewAI", owner: "Ada Lovelace", team: "Lending")
    builder.system("B", kind: .agent, technology: "CrewAI", team: "Claims", provenance: .imported)
    builder.made("A", by: "Grace Hopper")
    builder.guardrail("no refund above 500", of: "A")
    builder.connect(.invokes, .system("A"), .system("B"))
    builder.connect(.writes, .system("A"), .data("Patient File"))
    builder.connect(.reads, .system("B"), .data("Patient File"))
    return builder
  }

  private func row(
    _ assessment: Assessment, _ name: String, policy: AuditPolicy = AuditPolicy()
  ) throws -> [AssessmentTable.Cell] {
    let found = try #require(table(assessment, builder, policy: policy))
    #expect(found.rows.allSatisfy { $0.cells.count == found.columns.count })
    return try #require(found.rows.first { $0.cells.first == .text(name) }).cells
  }

  @Test("creator, owner on record and accountable person are three things")
  func ownership() throws {
    let said = try policy("systems: { A: { record_owner: Lending Office } }")
    #expect(
      try row(.ownership, "A", policy: said) == [
        .text("A"), .text("Grace Hopper"), .text("Lending Office"), .text("Ada Lovelace"),
        .share(0.5),
      ])
    let unknown = try row(.ownership, "B")
    #expect(unknown[1] == .unknown("no file names who made it"))
    #expect(unknown[3] == .unknown("no file names an owner"))
  }

  @Test(
    "coverage counts what files describe and the register lacks; without a register it is unknown")
  func coverage() throws {
    let cells = try row(.registryCoverage, "CrewAI")
    #expect(
      cells == [.text("CrewAI"), .number(2), .number(1), .share(0.5), .number(1), .number(0)])
    var files = EstateBuilder()
    files.system("B", technology: "CrewAI", provenance: .imported)
    let found = try #require(table(.registryCoverage, files))
    #expect(found.rows.first?.cells[3] == .unknown("no register was imported"))
  }

  @Test("an agent is governed where all four things hold, and growth is by declared days")
  func scale() throws {
    #expect(try row(.governanceBeforeScale, "all four: governed")[1] == .number(0))
    let said = try policy(
      "systems: { A: { audit_trail: true, since: 2024-05-01 }, B: { since: 2025-02-01 } }")
    #expect(try row(.governanceBeforeScale, "all four: governed", policy: said)[1] == .number(1))
    #expect(
      try row(.governanceBeforeScale, "began in 2025 (+100 %)", policy: said)[2] == .share(0))
  }

  @Test("observability and security say what is not known")
  func items() throws {
    let said = try policy("systems: { A: { traced: true, audit_trail: true, identity: own } }")
    #expect(
      try row(.observability, "A", policy: said) == [
        .text("A"), .text("yes"), .text("yes"), .text("yes"),
        .unknown("say 'drift_checked' in the policy file"), .share(0.75),
      ])
    let security = try row(.securityChecklist, "A", policy: said)
    #expect(security[1] == .unknown("no permission is known"))
    #expect(security[4] == .text("yes"))
  }

  @Test("shared data have readers, writers and classes")
  func memory() throws {
    #expect(
      try row(.memoryMatrix, "Patient File") == [
        .text("Patient File"), .text("health data"), .text("B"), .text("A"), .number(2),
        .text("no"), .text("yes"),
      ])
  }
}
