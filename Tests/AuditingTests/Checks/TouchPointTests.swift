import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("touch points, bottlenecks and the orchestration tax")
struct TouchPointTests {
  /// start → check (user) → gateway → extra (user) → end, or straight to end.
  private func process(perMonth: Double? = 1200) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Claims", kind: .workflow, status: .production, perMonth: perMonth)
    builder.process(
      "claims", of: "Claims",
      [
        FlowElement("s", .startEvent(.none)), FlowElement("check", .task(.user), name: "Check it"),
        FlowElement("g", .gateway(.exclusive)),
        FlowElement("extra", .task(.user), name: "Ask again"), FlowElement("e", .endEvent(.none)),
      ],
      [("s", "check"), ("check", "g"), ("g", "extra"), ("g", "e"), ("extra", "e")])
    builder.touchPoint(.review, in: "Claims", step: "check", name: "Check it", team: "Claims team")
    builder.touchPoint(.form, in: "Claims", step: "extra", name: "Ask again")
    return builder
  }

  @Test("what every case meets is certain; behind a choice all cases are an upper bound")
  func rates() throws {
    let shown = try #require(table(.humanTouchPoints, process()))
    #expect(shown.rows.count == 3)
    let check = shown.rows[0].cells
    // 1,200 × 1 × 15 / 60 = 300 h of work, × 240 / 60 = 4,800 h of waiting; 45 EUR an hour.
    #expect(check[0] == .text("Check it") && check[5] == .share(1))
    #expect(check[9] == .number(300) && check[11] == .number(13_500) && check[12] == .number(4800))
    let ask = shown.rows[1].cells
    guard case .unknown = ask[5], case .unknown = ask[3] else {
      Issue.record("the rate behind a choice and the team are unknown")
      return
    }
    #expect(ask[9] == .number(200))
    #expect(shown.rows[2].cells[9] == .number(500))
    #expect(shown.notes.contains { $0.contains("1 place no file says which share") })
  }

  @Test("the policy file's minutes and rates count")
  func stated() throws {
    var policy = AuditPolicy()
    policy.humanWork.stated["review"] = .init(handling: 6, wait: 0, isStated: true)
    policy.humanWork.touchRates = ["askagain": 0.25]
    let shown = try #require(table(.humanTouchPoints, process(), policy: policy))
    #expect(shown.rows[1].cells[0] == .text("Check it") && shown.rows[1].cells[9] == .number(120))
    #expect(shown.rows[0].cells[5] == .share(0.25) && shown.rows[0].cells[9] == .number(50))
  }

  @Test("an unknown volume is neither zero nor a bottleneck")
  func unknown() throws {
    let shown = try #require(table(.humanTouchPoints, process(perMonth: nil)))
    #expect(shown.rows.count == 2)
    for row in shown.rows {
      guard case .unknown = row.cells[9] else {
        Issue.record("work of unknown volume is unknown")
        return
      }
    }
    let result = report(process(perMonth: nil))
    #expect(result.findings.allSatisfy { $0.check != "bottleneck" })
    #expect(
      result.remarks.contains { $0.check == "bottleneck" && $0.text.contains("2 touch points") })
  }

  @Test("bottlenecks are grave only where both rate and minutes are known")
  func bottleneck() throws {
    let found = findings(.bottleneck, process())
    #expect(found.map(\.severity) == [.medium])
    #expect(found.map(\.id) == ["bottleneck/system:claims"])
    #expect(found[0].cost == Finding.Cost(hours: 500, at: Money(45, "EUR")))
    #expect(found[0].title.contains("“Check it” and 1 other place of Claims take up to 500 h"))
    #expect(found[0].evidence.count == 2)
    var policy = AuditPolicy()
    policy.humanWork.stated["review"] = .init(handling: 15, wait: 0, isStated: true)
    #expect(findings(.bottleneck, process(), policy: policy).map(\.severity) == [.high])
    #expect(findings(.bottleneck, process(perMonth: 100)).isEmpty)
  }

  @Test("a way around an element, a loop, and a sub-process make it uncertain")
  func everyCase() {
    func process(_ flows: [(String, String)], boundary: Bool = false) -> EveryCase {
      var builder = EstateBuilder()
      var elements = [
        FlowElement("s", .startEvent(.none)), FlowElement("a", .task(.user)),
        FlowElement("b", .task(.service)), FlowElement("e", .endEvent(.none)),
        FlowElement("n", .task(.user), parent: "b"),
      ]
      if boundary {
        elements.append(
          FlowElement("x", .boundary(.error(nil), attachedTo: "b", interrupting: true)))
      }
      builder.process("p", of: "P", elements, flows)
      return EveryCase(of: builder.fragment.processes[0].process)
    }
    let a = FlowElement("a", .task(.user))
    #expect(process([("s", "b"), ("b", "a"), ("a", "e")]).meets(a))
    #expect(process([("s", "b"), ("b", "a"), ("a", "b"), ("a", "e")]).meets(a))
    #expect(!process([("s", "b"), ("b", "a"), ("b", "e"), ("a", "e")]).meets(a))
    #expect(!process([("s", "b"), ("b", "a"), ("a", "e"), ("x", "e")], boundary: true).meets(a))
    #expect(!process([("s", "a"), ("a", "e")]).meets(FlowElement("n", .task(.user))))
    #expect(!process([]).meets(a))
  }

  private func carrying(perMonth: Double?) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("CRM Bot", status: .production, perMonth: perMonth)
    builder.system("Ledger Flow", status: .production)
    builder.connect(.handsOver, .system("CRM Bot"), .team("Back Office"))
    builder.connect(.handsOver, .team("Back Office"), .system("Ledger Flow"))
    return builder
  }

  @Test("the tax is hand-overs × minutes × wage, of the places that the hotspot finds")
  func tax() throws {
    let shown = try #require(table(.orchestrationTax, carrying(perMonth: 1200)))
    // 1,200 × 5 / 60 = 100 h = 4,500 EUR; 100 × 12 / 1,720 FTE.
    #expect(shown.rows.count == 2)
    let row = shown.rows[0].cells
    #expect(row[0] == .text("Back Office") && row[5] == .text("upper bound"))
    #expect(row[8] == .number(100) && row[10] == .number(4500))
    #expect(row[9] == .number(1200 / 1720))
    #expect(shown.rows[1].cells[8] == .number(100))
    #expect(!shown.rows[0].evidence.isEmpty)
    let finding = try #require(findings(.hotspotHumanCarrying, carrying(perMonth: 1200)).first)
    #expect(finding.cost == Finding.Cost(hours: 100, at: Money(45, "EUR")))
    #expect(finding.why.contains("5 min (assumed) = 100 h"))
  }

  @Test("of an unknown volume the tax is unknown, and without hand-overs nothing is called clean")
  func unknownTax() throws {
    let shown = try #require(table(.orchestrationTax, carrying(perMonth: nil)))
    guard shown.rows.count == 1, case .unknown = shown.rows[0].cells[8] else {
      Issue.record("the tax of unknown volume is unknown")
      return
    }
    #expect(shown.summary.contains("unknown, which is not zero"))
    let none = try #require(table(.orchestrationTax, EstateBuilder()))
    #expect(none.rows.isEmpty && none.summary.contains("does not show there"))
  }
}
