import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("readiness for orchestration")
struct ReadinessTests {
  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Loans", kind: .workflow, owner: "Ada Lovelace", status: .production)
    builder.system("Bot", kind: .rpa, owner: "Ada Lovelace", status: .production)
    builder.system("Other", kind: .rpa, owner: "SYSTEM", status: .production)
    builder.process("loans", of: "Loans", [FlowElement("a", .task(.service))], [])
    builder.connect(.invokes, .system("Loans"), .system("Bot"), channel: .api)
    builder.connect(.writes, .system("Bot"), .application("Core"), channel: .userInterface)
    builder.connect(.writes, .system("Bot"), .application("Mainframe"), channel: .api)
    return builder
  }

  private func row(_ table: AssessmentTable, _ place: String, _ item: String? = nil)
    -> [AssessmentTable.Cell]?
  {
    table.rows.first {
      $0.cells[0] == .text(place)
        && (item.map(AssessmentTable.Cell.text) ?? $0.cells[1])
          == $0.cells[1]
    }?.cells
  }

  @Test("thirteen items: files fill in what they can, the rest is asked")
  func items() throws {
    let result = try #require(table(.readiness, estate()))
    #expect(result.rows.count { $0.cells[0] == .text("estate") } == 13)
    #expect(row(result, "estate", "governance")?[2] == .share(2.0 / 3))
    #expect(row(result, "estate", "interfaces")?[2] == .share(0.75))
    guard case .unknown(let ask) = row(result, "estate", "literacy")?[2] else {
      Issue.record("literacy is in no file")
      return
    }
    #expect(ask.hasPrefix("ask:"))
  }

  @Test("a path is as ready as its weakest item, not as their mean, and only by what lies on it")
  func path() throws {
    let result = try #require(table(.readiness, estate()))
    let path = try #require(row(result, "path of Loans"))
    #expect(path[1] == .text("interfaces"))
    #expect(path[2] == .share(0.5))
    guard case .text(let basis) = path[3] else { return }
    #expect(basis.contains("Bot") && basis.contains("at most"))
  }

  @Test("answers of the policy file count for every path, the lower one of files and answer")
  func answers() throws {
    var policy = AuditPolicy()
    let place = SourceLocation(path: "audit.yaml", line: 3)
    policy.readiness = [
      ReadinessAnswer(.literacy, .no, by: "Ada Lovelace", at: place),
      ReadinessAnswer(.governance, .yes, at: place),
    ]
    let result = try #require(table(.readiness, estate(), policy: policy))
    #expect(row(result, "estate", "literacy")?[2] == .share(0))
    #expect(row(result, "estate", "literacy")?[4] == .text("Ada Lovelace"))
    #expect(row(result, "estate", "governance")?[2] == .share(2.0 / 3))
    #expect(row(result, "path of Loans")?[1] == .text("literacy"))
    #expect(row(result, "path of Loans")?[2] == .share(0))
  }

  @Test("a credential that two systems share is no identity of their own; unknown ones say nothing")
  func identity() throws {
    var builder = estate()
    let before = try #require(table(.readiness, builder))
    guard case .unknown = row(before, "estate", "identity")?[2] else {
      Issue.record("no credential is known")
      return
    }
    for name in ["Bot", "Other"] {
      builder.fragment.credentials.append(
        CredentialUse(system: name, name: "CORE_USER", evidence: builder.evidence(.imported)))
    }
    let result = try #require(table(.readiness, builder))
    #expect(row(result, "estate", "identity")?[2] == .share(0))
    #expect(row(result, "path of Loans")?[1] == .text("identity"))
  }
}
