import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("the table of point-to-point links")
struct PointToPointTests {
  private func table(_ builder: EstateBuilder) throws -> AssessmentTable {
    let estate = builder.estate
    let tables = audit(estate: estate, graph: IntegrationGraph(estate)).assessments
    return try #require(tables.first { $0.id == "point-to-point" })
  }

  @Test("counts pairs by how they are joined, as shares, with evidence")
  func counts() throws {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator)
    for name in ["A", "B", "C"] { builder.system(name) }
    builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
    builder.connect(.invokes, .system("B"), .system("A"), channel: .api, action: "back")
    builder.connect(.reads, .system("A"), .system("C"))
    builder.connect(.invokes, .system("Hub"), .system("A"), channel: .api)
    builder.connect(.invokes, .system("C"), .system("B"), channel: .mcp)
    let table = try table(builder)
    #expect(
      table.rows.map { $0.cells[1] } == [.number(2), .number(1), .number(1)])
    #expect(table.rows[0].cells[2] == .share(0.5))
    #expect(table.rows[0].cells[3] == .share(2.0 / 3))
    #expect(table.rows.allSatisfy { !$0.evidence.isEmpty })
    #expect(table.notes.contains { $0.contains("no file says") })
  }

  @Test("without links says that none is known, not that there are none")
  func unknown() throws {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B")
    let table = try table(builder)
    #expect(table.rows.isEmpty)
    #expect(table.notes.first?.contains("not known") == true)
  }

  @Test("systems out of use do not count")
  func retired() throws {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B", status: .retired)
    builder.connect(.invokes, .system("A"), .system("B"), channel: .api)
    #expect(try table(builder).rows.isEmpty)
  }
}
