import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("the ledger of guardrails")
struct GuardrailLedgerTests {
  private func policy(_ text: String) throws -> AuditPolicy {
    try readAuditPolicy(Array(text.utf8), path: "audit.yaml")
  }

  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Loan Agent")
    let evidence = builder.evidence(.imported)
    builder.fragment.guardrails.append(
      Guardrail(system: "Loan Agent", name: "Ask above 5,000", evidence: evidence))
    return builder
  }

  @Test("Wilson's interval is that of the textbook")
  func wilson() {
    // 81 of 263: 0.2553 to 0.3662 (Newcombe, Statistics in Medicine 17 (1998), 857-872, table I).
    let interval = wilsonInterval(81, of: 263)
    #expect(abs(interval.low - 0.2553) < 5e-5 && abs(interval.high - 0.3662) < 5e-5)
    #expect(wilsonInterval(0, of: 20).low == 0)
  }

  @Test(
    "what costs more than it can prevent is advised to go, what prevents more to stay",
    arguments: [("10 EUR", "redesign or drop"), ("400 EUR", "undecided"), ("4000 EUR", "keep")])
  func advice(loss: String, advice: String) throws {
    let policy = try policy(
      """
      guardrail_ledger:
        Ask above 5,000: { tickets_per_month: 300, decided: 200, approved_unchanged: 196, handling_minutes: 8, loss_per_catch: \(loss) }
      """)
    let cells = try #require(table(.guardrailLedger, estate(), policy: policy)?.rows.first?.cells)
    // 300 × 8 / 60 × 45 = 1,800 a month; 2 % of 300 are caught, 0.8 % to 5.0 %.
    #expect(cells[6] == .number(1800) && cells[3] == .share(0.98))
    #expect(cells[9] == .text(advice))
  }

  @Test("without records nothing is advised")
  func unknown() throws {
    let cells = try #require(table(.guardrailLedger, estate())?.rows.first?.cells)
    guard case .unknown = cells[6], case .unknown = cells[9] else {
      Issue.record("\(cells)")
      return
    }
  }

  @Test("more approvals than decisions are refused")
  func refused() {
    #expect(throws: AuditPolicyErrors.self) {
      try policy("guardrail_ledger: { A: { decided: 3, approved_unchanged: 4 } }")
    }
  }
}
