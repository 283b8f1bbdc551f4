import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("assessments of agents and their orchestration")
struct AgentAssessmentsTests {
  /// Cells of the row whose first cell is a text.
  private func row(
    _ name: String, _ assessment: Assessment, _ builder: EstateBuilder,
    policy: AuditPolicy = AuditPolicy()
  ) -> [AssessmentTable.Cell]? {
    table(assessment, builder, policy: policy)?.rows.first { $0.cells.first == .text(name) }?.cells
  }

  private func isUnknown(_ cell: AssessmentTable.Cell?) -> Bool {
    if case .unknown? = cell { return true }
    return false
  }

  private func crew() -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Crew", kind: .orchestrator, technology: "CrewAI")
    builder.system("Reader", kind: .agent, purpose: "Reads loan documents", team: "Loans")
    builder.system(
      "Writer", kind: .agent, purpose: "Drafts offers and explains each", team: "Loans")
    builder.system("Loner", kind: .agent)
    for agent in ["Reader", "Writer"] {
      builder.connect(.invokes, .system("Crew"), .system(agent), channel: .a2a, action: "run")
    }
    return builder
  }

  @Test("every table has a cell for every column, on an estate and on none")
  func shape() {
    for builder in [EstateBuilder(), crew()] {
      for table in report(builder).assessments {
        #expect(!table.summary.isEmpty && !table.formula.isEmpty)
        for row in table.rows { #expect(row.cells.count == table.columns.count, "\(table.id)") }
      }
    }
  }

  @Test("sprawl index = agents / ordered agents, unknown where no call is known")
  func sprawl() {
    #expect(row("Sprawl index", .sprawlIndex, crew())?[1] == .number(1.5))
    #expect(
      row("Agents that share a domain with another", .sprawlIndex, crew())?[1] == .share(2.0 / 3))
    var alone = EstateBuilder()
    alone.system("Loner", kind: .agent)
    #expect(isUnknown(row("Sprawl index", .sprawlIndex, alone)?[1]))
  }

  @Test("what agents know of each other: yes, no where files would show it, else unknown")
  func awareness() {
    var builder = crew()
    builder.connect(.reads, .system("Writer"), .system("Reader"), channel: .internalCall)
    builder.step("read", of: "Reader")
    #expect(row("Writer", .agentAwareness, builder)?[1] == .text("yes: Reader"))
    #expect(row("Reader", .agentAwareness, builder)?[1] == .text("no, not in its files"))
    #expect(isUnknown(row("Loner", .agentAwareness, builder)?[1]))
    #expect(isUnknown(row("Reader", .agentAwareness, builder)?[3]))
    #expect(row("Loner", .agentAwareness, builder)?[4] == .text("yes"))
  }

  @Test("each sign of orchestration is a point; of a register's line nothing is concluded")
  func capability() throws {
    var builder = crew()
    builder.step("retry", of: "Crew", retries: 2)
    builder.guardrail("at most 10 rounds", of: "Crew")
    builder.system("Paper Flow", kind: .workflow)
    let matrix = try #require(table(.orchestrationCapability, builder))
    let cells = try #require(matrix.rows.first { $0.cells[0] == .text("Crew") }?.cells)
    let functions = OrchestrationFunction.allCases
    func score(_ function: OrchestrationFunction) -> AssessmentTable.Cell? {
      functions.firstIndex(of: function).map { cells[$0 + 1] }
    }
    // MCP or A2A, and each call names its operation.
    #expect(score(.language) == .number(2))
    #expect(score(.errors) == .number(1))
    #expect(score(.policy) == .number(1))
    #expect(score(.routing) == .number(1))
    #expect(matrix.rows.count == 1)
    #expect(matrix.notes.count == 1)
  }

  @Test("the context contract says what is missing only where a file would show it")
  func contract() {
    var builder = crew()
    builder.guardrail("cite the policy", of: "Crew")
    let cells = row("Crew", .contextContract, builder)
    #expect(cells?[1] == .number(2))
    #expect(cells?[2] == .text("no, not in its files"))
    #expect(cells?[4] == .text("yes: a guardrail binds it"))
    #expect(cells?[5] == .text("no, not in its files"))
  }

  @Test("roles of a team; sharing nothing is a low finding where files show its members")
  func roles() throws {
    var builder = crew()
    #expect(findings(.missingAgentRole, builder).isEmpty)
    #expect(report(builder).remarks.contains { $0.check == "missing-agent-role" })
    for agent in ["Reader", "Writer"] { builder.step("do", of: agent) }
    #expect(findings(.missingAgentRole, builder).map(\.severity) == [.low])
    #expect(
      row("Crew", .multiAgentRoles, builder)
        == [.text("Crew"), .text("Reader and Writer"), .text("a2a"), .text("no, not in its files")])
    for agent in ["Reader", "Writer"] {
      builder.connect(.reads, .system(agent), .application("Redis"), channel: .database)
    }
    #expect(findings(.missingAgentRole, builder).isEmpty)
    #expect(row("Crew", .multiAgentRoles, builder)?[3] == .text("yes"))
  }

  @Test("specialists of one agent application work within its conversation")
  func conversation() {
    func found(lead: SystemKind, product: String) -> Int {
      var builder = EstateBuilder()
      builder.system("Lookup", kind: lead, technology: "Copilot Studio")
      builder.step("ask", of: "Lookup")
      for name in ["Account", "Contact"] {
        builder.system(name, kind: .agent, technology: product)
        builder.step("do", of: name)
        builder.connect(.invokes, .system("Lookup"), .system(name))
      }
      return findings(.missingAgentRole, builder).count
    }
    #expect(found(lead: .agent, product: "Copilot Studio") == 0)
    #expect(found(lead: .agent, product: "CrewAI") == 1)
  }

  @Test(
    "agents that call the same third one are no team; three that read one another lack an orchestrator"
  )
  func teams() {
    var builder = EstateBuilder()
    for agent in ["A", "B", "C"] {
      builder.system(agent, kind: .agent)
      builder.step("do", of: agent)
    }
    var shared = builder
    for agent in ["A", "B"] { shared.connect(.invokes, .system(agent), .system("C")) }
    #expect(findings(.missingAgentRole, shared).isEmpty)
    for (reader, writer) in [("A", "B"), ("B", "C")] {
      builder.connect(.reads, .system(reader), .system(writer))
    }
    #expect(findings(.missingAgentRole, builder).map(\.severity) == [.low])
  }

  @Test("a load above the limit is shown; what nobody says is unknown")
  func readiness() {
    var builder = EstateBuilder()
    builder.system("Bot", kind: .rpa)
    builder.connect(.writes, .system("Bot"), .application("SAP"), channel: .userInterface)
    let silent = row("SAP", .apiReadiness, builder)
    #expect(silent?.dropFirst(2).allSatisfy(isUnknown) == true)
    var policy = AuditPolicy()
    var sap = ApplicationPolicy(name: "sap", location: SourceLocation(path: "audit.yaml", line: 3))
    sap.hasAPI = true
    sap.requestsPerHour = 200
    policy.applications = [sap]
    policy.load = [SimulatedLoad(application: "SAP", peakCallsPerHour: 500, source: "loans.yaml")]
    let cells = row("SAP", .apiReadiness, builder, policy: policy)
    #expect(cells?[2] == .text("yes"))
    #expect(isUnknown(cells?[3]))
    #expect(cells?[6] == .share(2.5))
  }

  @Test("concentration is the sum of squared shares")
  func concentration() {
    var builder = EstateBuilder()
    for (name, product) in [
      ("A", "UiPath"), ("B", "UiPath Agents"), ("C", "n8n"), ("D", "Camunda 8"),
    ] {
      builder.system(name, kind: .workflow, technology: product)
    }
    let rows = table(.lockIn, builder)?.rows ?? []
    #expect(rows.first?.cells[1] == .text("UiPath"))
    #expect(rows.first?.cells[3] == .share(0.5))
    // (1/2)² + (1/4)² + (1/4)² = 0.375.
    #expect(rows.contains { $0.cells[0] == .text("products") && $0.cells[3] == .share(0.375) })
    #expect(rows.contains { $0.cells[0] == .text("models") && isUnknown($0.cells[3]) })
  }

  @Test(
    "makers of models by their names; false friends have none",
    arguments: [
      ("gpt-4o", "OpenAI"), ("GPT41", "OpenAI"), ("o3-mini", "OpenAI"),
      ("us.anthropic.claude-3-haiku-20240307-v1:0", "Anthropic"), ("llama3.2", "Meta"),
      ("our-own-model", nil), ("option-pricer", nil),
    ] as [(String, String?)])
  func models(name: String, vendor: String?) {
    #expect(modelVendor(ofModel: name) == vendor)
  }

  @Test("operations that two use are wrappers, screens of one are not")
  func wrappers() {
    var builder = crew()
    for agent in ["Reader", "Writer"] {
      builder.connect(
        .invokes, .system(agent), .application("CRM"), channel: .api, action: "getCase")
    }
    builder.connect(.invokes, .system("Reader"), .application("CRM"), channel: .api, action: "POST")
    builder.connect(
      .invokes, .system("Reader"), .application("OpenAI"), channel: .api, action: "model")
    let cells = row("CRM", .wrapperShare, builder)
    #expect(cells?[2] == .number(3))
    #expect(cells?[3] == .share(2.0 / 3))
    #expect(cells?[4] == .number(2))
    #expect(row("OpenAI", .wrapperShare, builder) == nil)
  }

  @Test("links between vendors: by standard, by screens, not told")
  func vendors() {
    var builder = EstateBuilder()
    builder.system("Bot", kind: .rpa, technology: "UiPath")
    builder.system("Agent", kind: .agent, technology: "IBM watsonx Orchestrate")
    builder.connect(.invokes, .system("Agent"), .system("Bot"), channel: .mcp)
    builder.connect(.invokes, .system("Bot"), .system("Agent"), channel: .userInterface)
    builder.connect(.invokes, .system("Bot"), .system("Agent"))
    #expect(
      row("IBM", .standards, builder)
        == [.text("IBM"), .text("UiPath"), .number(1), .number(0), .number(0), .number(0)])
    #expect(
      row("UiPath", .standards, builder)
        == [.text("UiPath"), .text("IBM"), .number(0), .number(0), .number(1), .number(1)])
  }

  @Test("success of a case is the product over the automations it meets")
  func weakest() {
    for (rate, isKnown) in [(0.2, true), (nil, false)] as [(Double?, Bool)] {
      var builder = EstateBuilder()
      builder.system("Flow", kind: .workflow)
      builder.system("First", kind: .rpa, failureRate: 0.1)
      builder.system("Second", kind: .agent, failureRate: rate)
      builder.process(
        "p", of: "Flow",
        [
          FlowElement("s", .startEvent(.none)), FlowElement("a", .task(.service)),
          FlowElement("b", .task(.service)), FlowElement("e", .endEvent(.none)),
        ], [("s", "a"), ("a", "b"), ("b", "e")])
      for (element, system) in [("a", "First"), ("b", "Second")] {
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system("Flow"), to: .system(system), channel: .api,
            evidence: Evidence(.imported, SourceLocation(path: "process.bpmn", element: element))))
      }
      let cells = row("Flow", .weakestLink, builder)
      #expect(isUnknown(cells?[2]) == !isKnown)
      #expect(cells?[3] == .share(isKnown ? 0.9 * 0.8 : 0.9))
      #expect(cells?[4] == .text(isKnown ? "Second" : "First"))
    }
  }

  @Test("who stands still, and what a compromised part could reach through its caller")
  func coupling() {
    var builder = crew()
    builder.connect(.writes, .system("Reader"), .application("CRM"), channel: .api)
    let cells = row("Writer", .coupling, builder)
    // Crew needs it; it acts on nothing, but what calls it acts on the reader and the CRM.
    #expect(cells?[3] == .number(1))
    #expect(cells?[5] == .number(0))
    #expect(cells?[6] == .number(2))
  }

  @Test("a workflow with two teams crosses domains, one with one does not")
  func domains() {
    for (team, isShown) in [("Legal", true), ("Loans", false)] {
      var builder = EstateBuilder()
      builder.system("Main Flow", kind: .workflow, team: "Loans")
      builder.system("Helper", kind: .rpa, team: team)
      builder.connect(.invokes, .system("Main Flow"), .system("Helper"))
      #expect((row("Main Flow", .crossDomain, builder) != nil) == isShown)
    }
  }

  @Test("the level of maturity counts rungs without a gap")
  func maturity() {
    // Two of three agents are ordered; one of four agents and workflows explains itself.
    #expect(table(.maturitySigns, crew())?.summary == "Level 1 of 5, as far as files show.")
    #expect(table(.maturitySigns, EstateBuilder())?.summary.hasPrefix("No agent") == true)
  }

  @Test("ties into IT service and identity are seen by names, others are not")
  func integrations() {
    var builder = EstateBuilder()
    builder.system("Flow", kind: .workflow)
    builder.connect(.writes, .system("Flow"), .application("ServiceNow"), channel: .api)
    builder.connect(
      .writes, .system("Flow"), .application("Identity Documents Store"), channel: .api)
    let cells = row("Flow", .workflowIntegrations, builder)
    #expect(cells?[1] == .text("yes: ServiceNow"))
    #expect(cells?[2] == .text("no, not in its files"))
    #expect(cells?[3] == .text("no, not in its files"))
  }
}

@Suite("hub-concentration")
struct HubConcentrationTests {
  private func star(_ leaves: Int, ring: Int = 0) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Hub", kind: .orchestrator, status: .production)
    for leaf in 0..<leaves {
      builder.system("Leaf \(leaf)", kind: .workflow)
      builder.connect(.invokes, .system("Hub"), .system("Leaf \(leaf)"), channel: .api)
    }
    for leaf in 0..<ring {
      builder.connect(
        .invokes, .system("Leaf \(leaf)"), .system("Leaf \((leaf + 1) % leaves)"), channel: .api)
    }
    return builder
  }

  @Test(
    "a hub with all links is found, with half of them low, with fewer not, nor in a small estate")
  func hub() {
    #expect(findings(.hubConcentration, star(20)).map(\.severity) == [.medium])
    #expect(findings(.hubConcentration, star(20, ring: 20)).map(\.severity) == [.low])
    #expect(findings(.hubConcentration, star(20, ring: 20)) { $0.hubShare = 0.51 }.isEmpty)
    #expect(findings(.hubConcentration, star(19)).isEmpty)
  }
}
