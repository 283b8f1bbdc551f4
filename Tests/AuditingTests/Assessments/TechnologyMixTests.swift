import EstateTestSupport
import Inventory
import Testing

@testable import Auditing

@Suite("the mix of technologies")
struct TechnologyMixTests {
  private func row(_ family: String, _ table: AssessmentTable) -> [AssessmentTable.Cell]? {
    table.rows.first { $0.cells.first == .text(family) }?.cells
  }

  @Test("shares are of systems, of known runs, and of the hybrid beside what is recommended")
  func shares() throws {
    var builder = EstateBuilder()
    builder.system("A", kind: .rpa, status: .production, perMonth: 300)
    builder.system("B", kind: .rpa, status: .production)
    builder.system("C", kind: .rules, status: .production, perMonth: 100)
    builder.system("D", kind: .workflow, status: .production, perMonth: 600)
    builder.system("E", status: .production)
    builder.system("F", kind: .agent, status: .retired)
    let found = try #require(table(.technologyMix, builder))
    let robots = try #require(row("robots (RPA)", found))
    #expect(robots[1] == .number(2) && robots[2] == .share(0.4))
    #expect(robots[3] == .number(300) && robots[4] == .share(0.3))
    #expect(robots[5] == .share(2.0 / 3) && robots[6] == .share(0.4))
    let agents = try #require(row("agents", found))
    #expect(agents[1] == .number(0) && agents[6] == .share(0.2))
    #expect(row("of unknown family", found)?[1] == .number(1))
    #expect(row("workflow tools", found)?[5] == .text("–"))
    #expect(found.summary.contains("33 / 67 / 0 %"))
    #expect(found.notes.contains { $0.contains("2 systems") })
  }

  @Test("what is unknown is no share of nothing")
  func unknown() throws {
    var builder = EstateBuilder()
    builder.system("E", status: .production)
    let found = try #require(table(.technologyMix, builder))
    #expect(found.summary.contains("None of 1 system"))
    guard case .unknown? = row("of unknown family", found)?[4] else {
      Issue.record("a share of unknown runs")
      return
    }
    guard case .unknown? = row("agents", found)?[5] else {
      Issue.record("a share of no hybrid")
      return
    }
  }
}
