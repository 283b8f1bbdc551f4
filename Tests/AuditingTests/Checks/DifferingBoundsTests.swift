import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("bounds that differ between systems")
struct DifferingBoundsTests {
  /// A table that draws the line at 10,000, and a process that calls it and draws its own.
  private func estate(_ condition: String, isConnected: Bool = true) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.completeSystem("Limits", kind: .rules)
    builder.completeSystem("Orders")
    builder.decision(
      table("limits", inputs: [amount], [([upTo(10_000)], ["a"]), ([above(10_000)], ["b"])]),
      of: "Limits")
    builder.process(
      "orders", of: "Orders",
      [FlowElement("g", .gateway(.exclusive)), FlowElement("t", .task(.user))], [("g", "t")])
    builder.fragment.processes[0].process.flows[0].condition = condition
    if isConnected { builder.connect(.invokes, .system("Orders"), .system("Limits")) }
    return builder
  }

  @Test("a condition of a process and a table that it calls draw the line elsewhere")
  func found() throws {
    let finding = try #require(findings(.differingBounds, estate("${amount > 12000}")).first)
    #expect(finding.severity == .medium)
    #expect(
      finding.example == "amount = 11,000 EUR: above the bound of Limits, below that of Orders")
    #expect(finding.evidence.count == 2)
  }

  @Test(
    "the same bound, one of another size, another quantity and strangers are left alone",
    arguments: [
      "${amount > 10000}", "${amount > 500000}", "${count > 12000}", "= a + amount > 12000",
      "${amount > limit}",
    ])
  func notFound(condition: String) {
    #expect(findings(.differingBounds, estate(condition)).isEmpty)
  }

  @Test("systems that are not connected are not compared")
  func strangers() {
    #expect(findings(.differingBounds, estate("${amount > 12000}", isConnected: false)).isEmpty)
  }

  @Test("conditions are read in the languages of process engines")
  func conditions() {
    typealias Comparison = StatedBound.Comparison
    func read(_ text: String) -> [Comparison] { StatedBound.comparisons(in: text) }
    #expect(
      read("${order.amount >= 10 && 5 < score}") == [
        Comparison(name: "amount", value: 10, belongsBelow: false),
        Comparison(name: "score", value: 5, belongsBelow: true),
      ])
    #expect(
      read("=amount <= 1e3 and status = \"x\"") == [
        Comparison(name: "amount", value: 1_000, belongsBelow: true)
      ])
    #expect(read("amount == 5").isEmpty)
    #expect(read("${f(amount) > 5}").isEmpty)
  }
}
