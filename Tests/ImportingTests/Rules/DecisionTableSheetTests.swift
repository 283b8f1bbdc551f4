import Facts
import Inventory
import ProcessModel
import Testing

@testable import Importing

@Suite("Decision tables in spreadsheets")
struct DecisionTableSheetTests {
  @Test("headers that begin with if and then, the hit policy in the first cell")
  func prefixes() throws {
    let text = """
      F,if: amount,if: channel,then: route,comment
      1,< 500,-,straight,
      2,[500..5000],web,"desk",large
      3,-,-,manager,
      """
    let document = try #require(imported(["limits.csv": text]).first)
    #expect(document.format == "decision-table" && document.status == .imported)
    let table = try #require(document.fragment.decisions.first?.table)
    #expect(table.hitPolicy == .first && table.name == "limits")
    #expect(table.inputs.map(\.name) == ["amount", "channel"])
    #expect(table.outputs.map(\.name) == ["route"])
    #expect(table.rules.count == 3 && table.rules[2].tests == [.any, .any])
    #expect(table.rules[1].tests[1] == UnaryTest(feel: "\"web\""))
    #expect(table.rules[1].location.line == 3)
    #expect(document.fragment.steps.count == 3)
    #expect(document.fragment.systems.first?.kind.value == .rules)
  }

  @Test("a row of marks above the names, in a workbook; without a hit policy that is said")
  func marks() throws {
    let file = workbook([
      (
        "Fees",
        [["Input", "Input", "Output"], ["age", "member", "fee"], ["[0..18]", "true", "0"]]
      ),
      ("Notes", [["a", "b"], ["c", "d"]]),
    ])
    let document = try #require(imported(["tables.xlsx": file]).first)
    #expect(document.format == "decision-table")
    #expect(document.fragment.decisions.map(\.table.inputs.count) == [2])
    #expect(document.problems.map(\.severity) == [.low])
  }

  @Test("other tables are not taken for one")
  func others() {
    for text in [
      "name,if: a\nx,y\n", "in stock,out of stock,item\n1,2,3\n",
      "case id,activity,timestamp\n1,a,2026-01-01\n", "Hit policy\n",
    ] {
      #expect(imported(["t.csv": text]).first?.format != "decision-table")
    }
  }
}
