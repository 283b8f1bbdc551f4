import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("assessments for leaders: next step, action, origins of vendors, three mandates")
struct NextStepTests {
  private func cell(
    _ assessment: Assessment, _ row: String, _ column: Int, _ builder: EstateBuilder,
    policy: AuditPolicy = AuditPolicy()
  ) throws -> AssessmentTable.Cell {
    let shown = try #require(table(assessment, builder, policy: policy))
    let found = try #require(
      shown.rows.first { $0.cells[0] == .text(row) }, "\(shown.id) has no row \(row)")
    return found.cells[column]
  }

  private func isUnknown(_ cell: AssessmentTable.Cell) -> Bool {
    if case .unknown = cell { return true }
    return false
  }

  private func pilots() -> EstateBuilder {
    var builder = EstateBuilder()
    for (name, runs) in [("Letters", 900.0), ("Rare", 40)] {
      builder.system(
        name, kind: .workflow, technology: "Camunda 8", purpose: "Does \(name)",
        owner: "Ada Lovelace", status: .production, criticality: .low, failureRate: 0.02,
        perMonth: runs)
      for step in 0..<3 { builder.touchPoint(.review, in: name, step: "step \(step)") }
      builder.connect(.invokes, .system(name), .application("App"), channel: .api)
    }
    builder.system("Vital", kind: .workflow, criticality: .missionCritical, perMonth: 900)
    builder.touchPoint(.review, in: "Vital", step: "a")
    return builder
  }

  @Test("every table has a cell for every column, on an estate and on none")
  func shape() {
    for builder in [EstateBuilder(), pilots()] {
      for table in report(builder).assessments {
        #expect(!table.summary.isEmpty, "\(table.id)")
        for row in table.rows { #expect(row.cells.count == table.columns.count, "\(table.id)") }
      }
    }
  }

  @Test("the next step is the audit, then what is grave, then the best pilot")
  func next() throws {
    let builder = pilots()
    #expect(try cell(.nextStep, "3. Pilot", 1, builder) == .text("Letters"))
    #expect(try cell(.nextStep, "3. Pilot", 5, builder) == .text("Ada Lovelace"))
    #expect(try cell(.nextStep, "4. Not yet", 1, builder) == .text("Vital"))
    #expect(try cell(.nextStep, "4. Not yet", 4, builder) == .text("mission-critical"))
    // Of the third system purpose, owner, failures, connections and more are unknown.
    #expect(try cell(.nextStep, "1. Know what runs", 1, builder) == .text("Vital"))
    let candidates = try #require(table(.agentCandidates, builder))
    let score = try #require(candidates.rows.first { $0.cells[1] == .text("Letters") }?.cells[2])
    #expect(try cell(.nextStep, "3. Pilot", 2, builder) == score)
    let empty = EstateBuilder()
    #expect(isUnknown(try cell(.nextStep, "3. Pilot", 2, empty)))
    #expect(isUnknown(try cell(.nextStep, "1. Know what runs", 2, empty)))
    #expect(try cell(.nextStep, "2. Mend first", 1, empty) == .text("done"))
  }

  @Test("acting is told from looking, and control only where it is known")
  func action() throws {
    var builder = EstateBuilder()
    builder.system("Reader", kind: .agent, humanInvolvement: "none")
    builder.connect(.reads, .system("Reader"), .application("Wiki"))
    builder.system("Payer", kind: .agent)
    builder.connect(.reads, .system("Payer"), .application("Ledger"))
    builder.connect(.writes, .system("Payer"), .application("Ledger"))
    builder.connect(.invokes, .system("Payer"), .application("Bank"))
    builder.guardrail("no payment above 500", of: "Payer")
    builder.system("Bot", kind: .rpa, humanInvolvement: "none")
    builder.connect(.writes, .system("Bot"), .application("Ledger"))
    builder.system("Silent", kind: .rpa)
    builder.connect(.writes, .system("Silent"), .application("Ledger"))
    #expect(try cell(.dataToAction, "Payer", 2, builder) == .number(2))
    #expect(try cell(.dataToAction, "Payer", 3, builder) == .share(2.0 / 3))
    #expect(try cell(.dataToAction, "Payer", 4, builder) == .text("yes"))
    #expect(try cell(.dataToAction, "Bot", 4, builder) == .text("no"))
    #expect(try cell(.dataToAction, "Reader", 4, builder) == .text("–"))
    #expect(isUnknown(try cell(.dataToAction, "Silent", 4, builder)))
    // Four of six connections act; of the three of which it is known two are under control.
    #expect(try cell(.dataToAction, "all automations", 3, builder) == .share(4.0 / 6))
    #expect(try cell(.dataToAction, "all automations", 4, builder) == .share(2.0 / 3))
  }

  @Test("origins go by the vendor, else by what the automation is")
  func origins() throws {
    var builder = EstateBuilder()
    builder.system("Flow", kind: .orchestrator, technology: "Camunda 8")
    builder.system("Bot", kind: .rpa, technology: "Blue Prism 7")
    builder.system("Helper", kind: .agent, technology: "CrewAI")
    builder.system("Clerk", kind: .agent)
    builder.system("Tables", kind: .rules)
    builder.system("Old", kind: .rpa, status: .retired)
    builder.connect(.invokes, .system("Flow"), .system("Bot"))
    #expect(try cell(.vendorOrigins, "AI platforms", 1, builder) == .number(2))
    #expect(try cell(.vendorOrigins, "AI platforms", 2, builder) == .share(0.5))
    #expect(try cell(.vendorOrigins, "AI platforms", 4, builder) == .number(0))
    #expect(try cell(.vendorOrigins, "Robots (RPA)", 1, builder) == .number(1))
    #expect(try cell(.vendorOrigins, "Robots (RPA)", 3, builder) == .text("Blue Prism 7"))
    #expect(try cell(.vendorOrigins, "Integration and workflow", 4, builder) == .number(1))
    #expect(try cell(.vendorOrigins, "Integration and workflow", 5, builder) == .text("Flow"))
    let result = try #require(table(.vendorOrigins, builder))
    #expect(result.notes == ["1 automation in use is of none of the three, or of unknown kind."])
    #expect(isUnknown(try cell(.vendorOrigins, "Robots (RPA)", 2, EstateBuilder())))
  }

  @Test("the mandate that holds least comes first, with where to begin")
  func mandates() throws {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator, technology: "Camunda", owner: "Ada Lovelace")
    builder.system("A", kind: .workflow, technology: "Camunda", owner: "Grace Hopper")
    builder.system("B", kind: .rpa, technology: "UiPath", owner: "Ada Lovelace")
    builder.system("C", kind: .rpa, technology: "UiPath")
    for name in ["A", "B"] { builder.connect(.invokes, .system("Hub"), .system(name)) }
    builder.connect(.invokes, .system("A"), .system("C"), channel: .api)
    builder.connect(.invokes, .system("B"), .system("C"), channel: .api)
    // Two of four pairs are through the hub; three of four have a person; of Camunda two know.
    #expect(try cell(.threeMandates, "Build modular", 1, builder) == .share(0.5))
    #expect(try cell(.threeMandates, "Build modular", 3, builder) == .text("C"))
    #expect(try cell(.threeMandates, "Govern centrally", 1, builder) == .share(0.75))
    #expect(try cell(.threeMandates, "Govern centrally", 3, builder) == .text("C"))
    #expect(try cell(.threeMandates, "Keep the competence", 1, builder) == .share(0.5))
    #expect(try cell(.threeMandates, "Keep the competence", 3, builder) == .text("UiPath"))
    #expect(try cell(.threeMandates, "Build modular", 5, builder) == .text("yes"))
    #expect(isUnknown(try cell(.threeMandates, "Keep the competence", 1, EstateBuilder())))
  }
}
