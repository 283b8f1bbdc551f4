import DocumentReading
import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("maturity, use of agents, and questions of design")
struct MaturityTests {
  private func policy(_ text: String) throws -> AuditPolicy {
    try readAuditPolicy(Array(text.utf8), path: "audit.yaml")
  }

  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Layer", kind: .orchestrator)
    builder.system("Clerk", kind: .agent, status: .pilot)
    builder.connect(.invokes, .system("Layer"), .system("Clerk"))
    return builder
  }

  @Test("the ladder ends at the first motion that does not hold")
  func ladder() throws {
    let answers =
      "maturity: { logged_reasons: yes, learned_coordination: partly, governance_feedback: yes }"
    let first = try #require(table(.maturity, estate(), policy: try policy(answers)))
    #expect(first.summary == "Level 2 of 5")
    #expect(
      first.rows.map { $0.cells[2] }.prefix(4) == [.share(1), .share(1), .share(0.5), .share(1)])
    let second = try #require(table(.maturity, estate()))
    #expect(second.summary.hasPrefix("Level 1 of 5; whether it is more is not known"))
    var loose = estate()
    loose.system("Loner", kind: .agent)
    let third = try #require(table(.maturity, loose))
    #expect(third.summary == "Level 0 of 5")
    #expect(third.rows[0].cells[2] == .share(0.5))
    let empty = try #require(table(.maturity, EstateBuilder()))
    #expect(empty.summary.contains("not known"))
  }

  @Test("agents are vertical, horizontal or not known")
  func use() throws {
    var builder = estate()
    builder.system("Reader", kind: .agent)
    builder.connect(.reads, .system("Reader"), .application("Wiki"))
    builder.system("Silent", kind: .agent)
    builder.system("Old", kind: .agent, status: .retired)
    let result = try #require(table(.useCases, builder))
    #expect(
      result.rows.map { $0.cells[0] } == [.text("Clerk"), .text("Reader"), .text("Silent")])
    #expect(result.rows[0].cells[1] == .text("vertical"))
    #expect(result.rows[0].cells[5] == .text("yes"))
    #expect(result.rows[1].cells[1] == .text("horizontal"))
    guard case .unknown = result.rows[2].cells[1] else {
      Issue.record("nothing is known of it")
      return
    }
  }

  @Test("what no file answers of a workflow is asked")
  func questions() throws {
    var builder = EstateBuilder()
    builder.system("Loans", kind: .workflow)
    builder.touchPoint(.approval, in: "Loans", step: "a", team: "Credit")
    builder.process(
      "loans", of: "Loans",
      [
        FlowElement("a", .task(.user)),
        FlowElement("b", .boundary(.none, attachedTo: "a", interrupting: true)),
      ], [])
    builder.system("Other", kind: .workflow)
    let result = try #require(table(.fourQuestions, builder))
    #expect(result.rows.map { $0.cells[0] } == [.text("Other"), .text("Loans")])
    #expect(result.rows[0].cells[1] == .number(0))
    #expect(
      result.rows[1].cells[2...4] == [.text("approval 1"), .text("Credit"), .text("1 way drawn")])
    let answered = try policy("readiness: { feedback_loops: { answer: no } }")
    let again = try #require(table(.fourQuestions, builder, policy: answered))
    #expect(again.rows[1].cells[1] == .number(4))
  }
}
