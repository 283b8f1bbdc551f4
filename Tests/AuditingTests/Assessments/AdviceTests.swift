import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("assessments that advise")
struct AdviceTests {
  private func cell(_ table: AssessmentTable, _ row: String, _ column: String, in key: String)
    -> AssessmentTable.Cell?
  {
    guard let keyColumn = table.columns.firstIndex(where: { $0.name == key }),
      let wanted = table.columns.firstIndex(where: { $0.name == column })
    else { return nil }
    return table.rows.first { $0.cells[keyColumn] == .text(row) }?.cells[wanted]
  }

  private func names(_ table: AssessmentTable, _ column: Int) -> [String] {
    table.rows.compactMap { row in
      if case .text(let text) = row.cells[column] { text } else { nil }
    }
  }

  private func wellFormed(_ table: AssessmentTable) -> Bool {
    table.rows.allSatisfy { $0.cells.count == table.columns.count }
  }

  /// A workflow with three automations of two technologies around it.
  private func hotspot(_ builder: inout EstateBuilder, _ name: String, perMonth: Double?) {
    builder.system(
      name, kind: .workflow, team: "Lending", status: .production, perMonth: perMonth)
    for (number, kind) in [SystemKind.rpa, .rules, .rpa].enumerated() {
      builder.system("\(name) part \(number)", kind: kind, team: "Lending", status: .production)
      builder.connect(.invokes, .system(name), .system("\(name) part \(number)"))
    }
  }

  @Test("places are joined over the four kinds and ranked by what they cost, unknown last")
  func orchestrationFirst() throws {
    var builder = EstateBuilder()
    hotspot(&builder, "Small", perMonth: 100)
    hotspot(&builder, "Large", perMonth: 900)
    hotspot(&builder, "Silent", perMonth: nil)
    var policy = AuditPolicy()
    policy.candidates.minutesPerCase = [.init("small", 30), .init("Large", 6)]
    let result = try #require(table(.orchestrationFirst, builder, policy: policy))
    #expect(wellFormed(result))
    #expect(names(result, 1) == ["Large", "Small", "Silent"])
    #expect(cell(result, "Large", "People's work", in: "Place") == .number(90))
    #expect(cell(result, "Large", "Money", in: "Place") == .number(4050))
    #expect(cell(result, "Large", "Several automations", in: "Place") == .number(1))
    guard case .unknown = cell(result, "Silent", "Money", in: "Place") else {
      Issue.record("unknown is not zero")
      return
    }
  }

  @Test("several kinds at one process are one place")
  func joined() throws {
    var builder = EstateBuilder()
    hotspot(&builder, "Accounts", perMonth: 500)
    builder.system("Robot")
    builder.system("Cards")
    let (robot, cards) = (
      FlowElement("robot", .task(.service)), FlowElement("cards", .task(.service))
    )
    builder.process(
      "accounts", of: "Accounts",
      [robot, FlowElement("hand", .task(.manual), name: "Carry over"), cards],
      [("robot", "hand"), ("hand", "cards")])
    for (element, system) in [(robot, "Robot"), (cards, "Cards")] {
      builder.fragment.connections.append(
        Connection(
          .invokes, from: .system("Accounts"), to: .system(system),
          evidence: Evidence(.imported, element.location)))
    }
    let result = try #require(table(.orchestrationFirst, builder))
    #expect(names(result, 1) == ["Accounts"])
    #expect(cell(result, "Accounts", "People carry", in: "Place") == .number(1))
    #expect(cell(result, "Accounts", "Several automations", in: "Place") == .number(1))
  }

  @Test("an estate without places says that this is no proof")
  func noPlaces() throws {
    var builder = EstateBuilder()
    builder.system("Alone")
    let result = try #require(table(.orchestrationFirst, builder))
    #expect(result.rows.isEmpty)
    #expect(result.notes.contains { $0.contains("no proof") })
  }

  /// A workflow at which people step in at a number of places.
  private func workflow(
    _ builder: inout EstateBuilder, _ name: String, perMonth: Double? = 800,
    criticality: Criticality? = .low, status: LifecycleStatus = .production, people: Int = 3,
    purpose: String? = nil
  ) {
    builder.system(
      name, kind: .workflow, purpose: purpose ?? "Does \(name)", status: status,
      criticality: criticality, failureRate: 0.02, perMonth: perMonth)
    for number in 0..<people {
      builder.touchPoint(.review, in: name, step: "step \(number)")
    }
    builder.connect(.invokes, .system(name), .application("App of \(name)"), channel: .api)
  }

  @Test("candidates are ranked by value × feasibility × low risk; rules exclude and say so")
  func candidates() throws {
    var builder = EstateBuilder()
    workflow(&builder, "Good")
    workflow(&builder, "Rare", perMonth: 50)
    workflow(&builder, "Vital", criticality: .missionCritical)
    workflow(&builder, "Trial", status: .pilot)
    workflow(&builder, "Ruled")
    workflow(&builder, "Screening", purpose: "Checks sanctions lists")
    workflow(&builder, "Gone", status: .retired)
    builder.system("Lone robot", kind: .rpa, humanInvolvement: "none")
    builder.system("Agent", kind: .agent, humanInvolvement: "Sales decides")
    var policy = AuditPolicy()
    policy.candidates.regulated = [.init("Ruled", true), .init("Good", false)]
    let first = try #require(table(.agentCandidates, builder, policy: policy))
    #expect(wellFormed(first))
    #expect(names(first, 1).prefix(2) == ["Good", "Rare"])
    #expect(Set(names(first, 1)) == ["Good", "Rare", "Ruled", "Screening", "Trial", "Vital"])
    func excluded(_ name: String) -> String {
      guard case .text(let text) = cell(first, name, "Excluded by", in: "Candidate") else {
        return "?"
      }
      return text
    }
    #expect(excluded("Good") == "none")
    #expect(excluded("Vital") == "mission-critical")
    #expect(excluded("Ruled").contains("policy file"))
    #expect(
      excluded("Screening").contains("sanctions") && excluded("Screening").contains("inferred"))
    #expect(excluded("Trial").contains("pilot"))
    // Somebody who says that it is not regulated is believed over the words.
    policy.candidates.regulated.append(.init("screening", false))
    let second = try #require(table(.agentCandidates, builder, policy: policy))
    #expect(cell(second, "Screening", "Excluded by", in: "Candidate") == .text("none"))
  }

  @Test("unknown parts widen the range of score and rank instead of counting as zero")
  func sensitivity() throws {
    var builder = EstateBuilder()
    workflow(&builder, "Known")
    workflow(&builder, "Vague", perMonth: nil, criticality: nil)
    let result = try #require(table(.agentCandidates, builder))
    func number(_ name: String, _ column: String) -> Double {
      if case .number(let number) = cell(result, name, column, in: "Candidate") {
        number
      } else {
        -1
      }
    }
    #expect(number("Vague", "Lowest score") < number("Vague", "Highest score"))
    #expect(number("Vague", "Best rank") == 1)
    #expect(number("Vague", "Worst rank") == 2)
    #expect(number("Known", "Lowest score") <= number("Known", "Score"))
    guard case .text(let unknown) = cell(result, "Vague", "Unknown", in: "Candidate") else {
      Issue.record("the unknown parts are named")
      return
    }
    #expect(unknown.contains("no volume is stated"))
  }

  @Test("a candidate of whose value nothing is known has no score, and one known in full no range")
  func noScore() throws {
    var builder = EstateBuilder()
    builder.system("Blank", kind: .workflow)
    let result = try #require(table(.agentCandidates, builder))
    guard case .unknown = cell(result, "Blank", "Score", in: "Candidate") else {
      Issue.record("a score of nothing")
      return
    }
    #expect(cell(result, "Blank", "Lowest score", in: "Candidate") == .number(0))
  }

  private func direction(_ name: String, _ table: AssessmentTable) -> String {
    if case .text(let text) = cell(table, name, "Direction", in: "System") { text } else { "?" }
  }

  @Test("every system has one direction, by the first rule that holds")
  func disposition() throws {
    var builder = EstateBuilder()
    builder.system("Old", kind: .script, status: .retired)
    builder.system("Idle", kind: .script, status: .production, perMonth: 0)
    hotspot(&builder, "Centre", perMonth: 900)
    workflow(&builder, "Review desk", perMonth: 2_000)
    workflow(&builder, "Vital desk", perMonth: 2_000, criticality: .missionCritical)
    builder.system("Robot", kind: .rpa, status: .production, perMonth: 100)
    builder.connect(.invokes, .system("Vital desk"), .system("Robot"))
    for (name, team) in [("Invoices A", "Sales"), ("Invoices B", "Finance")] {
      builder.system(
        name, kind: .rpa, purpose: "Posts supplier invoices to the ledger", team: team,
        status: .production, failureRate: team == "Sales" ? 0.1 : 0.01)
      builder.connect(.writes, .system(name), .application("Ledger"), channel: .api)
    }
    let result = try #require(table(.disposition, builder))
    #expect(wellFormed(result))
    #expect(result.rows.count == builder.estate.systems.count)
    #expect(direction("Old", result) == "retire")
    #expect(direction("Idle", result) == "retire")
    #expect(direction("Centre", result) == "orchestrate")
    #expect(direction("Invoices A", result) == "merge")
    #expect(direction("Invoices B", result) != "merge")
    #expect(direction("Review desk", result) == "agentify")
    #expect(direction("Vital desk", result) == "retain")
    #expect(direction("Robot", result) == "wrap")
  }

  @Test("confidence is the share of what the rules up to the deciding one ask for and is known")
  func confidence() throws {
    var builder = EstateBuilder()
    builder.system("Old", status: .retired)
    builder.system("Blank")
    let result = try #require(table(.disposition, builder))
    #expect(cell(result, "Old", "Confidence", in: "System") == .share(1))
    guard case .share(let share) = cell(result, "Blank", "Confidence", in: "System") else {
      Issue.record("no share")
      return
    }
    // Of nine facts only the channels are no question: nothing is connected.
    #expect(share < 0.2)
    #expect(direction("Blank", result) == "retain")
    #expect(result.notes.contains { $0.contains("question") })
  }
}
