import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("what the audit could see")
struct CoverageTests {
  @Test("files are told apart by how well they were read, with the reasons")
  func files() throws {
    func head(_ path: String, _ status: SourceDocument.Status, _ problems: Int = 0) -> DocumentHead
    {
      DocumentHead(
        SourceDocument(
          path: path, format: nil, status: status, digest: "",
          problems: (0..<problems).map {
            ImportProblem(.low, "reason \($0)", at: SourceLocation(path: path, line: $0 + 1))
          }))
    }
    let estate = Estate()
    let coverage = AuditCoverage(
      of: estate,
      documents: [
        head("b.xml", .partial, 5), head("a.csv", .imported), head("z.zip", .failed, 1),
        head("notes.txt", .notInventory),
      ])
    let files = try #require(coverage.files)
    #expect(files.count == 4 && files.whole == 1)
    #expect(files.others.map(\.path) == ["z.zip", "notes.txt", "b.xml"])
    #expect(files.others.last?.reasons == ["1: reason 0", "2: reason 1", "3: reason 2"])
    #expect(files.others.last?.problems == 5)
    #expect(AuditCoverage(of: estate, documents: nil).files == nil)
  }

  @Test("gaps of formats, absent kinds and the source of figures are counted")
  func gaps() {
    var builder = EstateBuilder()
    builder.completeSystem("Alpha", kind: .rpa)
    builder.system("Beta")
    builder.system("Gamma", perMonth: 3, provenance: .measured)
    builder.system("Delta", perMonth: 3, provenance: .assumed)
    for index in builder.fragment.systems.indices {
      builder.fragment.systems[index].unknowns = index < 2 ? ["tools are not read"] : []
    }
    let coverage = audited(builder, AuditPolicy(), today: nil).coverage
    #expect(coverage.limits.map(\.text) == ["tools are not read"])
    #expect(coverage.limits.first?.systems.map(\.name) == ["Alpha", "Beta"])
    #expect(!coverage.absentKinds.contains(.rpa) && coverage.absentKinds.contains(.agent))
    #expect(coverage.kindless == 3 && coverage.systems == 4)
    let volume = coverage.figures.first { $0.field == .volume }
    #expect(volume?.measured == 1 && volume?.stated == 1)
  }
}
