import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("debt of rules engines")
struct RuleDebtTests {
  private func estate(_ count: Int, isFlawed: Bool) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.completeSystem("Rules", kind: .rules)
    let rules = (0..<count).map { index -> ([UnaryTest], [String]) in
      let lower = Double(isFlawed ? index / 2 : index) * 10
      return ([within(lower, lower + 10)], ["\(index)"])
    }
    builder.decision(table("t", .first, inputs: [amount], rules), of: "Rules")
    return builder
  }

  @Test("very many rules are a finding, graver where many of them are dead")
  func many() {
    #expect(findings(.ruleDebt, estate(150, isFlawed: false)).map(\.severity) == [.low])
    #expect(findings(.ruleDebt, estate(30, isFlawed: true)).map(\.severity) == [.low])
    #expect(findings(.ruleDebt, estate(99, isFlawed: false)).isEmpty)
  }
}
