import Facts
import Inventory
import ProcessModel
import Testing

@Suite("Merging documents into an estate")
struct MergingTests {
  @Test("the same system named by two files becomes one with both evidences and all facts")
  func oneSystemOfTwoFiles() throws {
    let estate = Estate(merging: [
      document("register.csv") {
        $0.systems = [system("KYC Screening Bot", "register.csv", .declared, owner: "Ada")]
      },
      document("bot/project.json") {
        $0.systems = [
          system("KYC_Screening_Bot", "bot/project.json", aliases: ["kyc-2"], owner: "Grace")
        ]
      },
    ])
    let merged = try #require(estate.systems.first)
    #expect(estate.systems.count == 1)
    #expect(merged.name == "KYC Screening Bot")
    #expect(merged.sources.map(\.location.path) == ["register.csv", "bot/project.json"])
    #expect(merged.owner.value == "Ada")
    #expect(merged.owner.dissent.map(\.value) == ["Grace"])
    #expect(merged.aliases == ["kyc-2"])
  }

  @Test(
    "the strongest provenance wins, whatever the order of the files", arguments: Provenance.allCases
  )
  func precedence(strong: Provenance) {
    for weak in Provenance.allCases where strong < weak {
      for (first, second) in [("a", "b"), ("b", "a")] {
        let estate = Estate(merging: [
          document(first) { $0.systems = [system("X", first, strong, owner: "strong")] },
          document(second) { $0.systems = [system("X", second, weak, owner: "weak")] },
        ])
        #expect(estate.systems.map(\.owner.value) == ["strong"])
        #expect(estate.systems.first?.owner.dissent.map(\.value) == ["weak"])
      }
    }
  }

  @Test("names join systems through any number of steps")
  func transitive() {
    let estate = Estate(merging: [
      document("a") { $0.systems = [system("Alpha", "a", aliases: ["Beta"])] },
      document("b") { $0.systems = [system("Gamma", "b", aliases: ["Delta"])] },
      document("c") { $0.systems = [system("beta", "c", .declared, aliases: ["DELTA"])] },
    ])
    #expect(estate.systems.map(\.name) == ["beta"])
    #expect(estate.systems.first?.aliases == ["Alpha", "Delta", "Gamma"])
  }

  @Test("two files that share only an alias stay apart, unless it is a GUID")
  func sharedAliases() {
    let guid = "0F8FAD5B-D9CB-469F-A165-70867728950E"
    let apart = Estate(merging: [
      document("a") { $0.systems = [system("Orders", "a", aliases: ["shop"])] },
      document("b") { $0.systems = [system("Claims", "b", aliases: ["shop"])] },
    ])
    #expect(apart.systems.map(\.name) == ["Claims", "Orders"])
    let together = Estate(merging: [
      document("a") { $0.systems = [system("Orders", "a", aliases: [guid])] },
      document("b") { $0.systems = [system("Claims", "b", aliases: ["{\(guid.lowercased())}"])] },
    ])
    #expect(together.systems.count == 1)
  }

  @Test("identifiers that modelling tools hand out again and again join nothing")
  func generatedIdentifiers() {
    for id in ["Process_1", "Process_0k3x9ab", "Definitions_1", "process", "Decision_15jd2ln"] {
      let estate = Estate(merging: [
        document("a") { $0.systems = [system("Orders", "a", aliases: [id])] },
        document("b") { $0.systems = [system(id, "b")] },
      ])
      #expect(estate.systems.count == 2, "\(id) joined")
    }
  }

  @Test(
    "files of products that state different kinds stay two systems; a declared kind never splits")
  func contradictingKinds() throws {
    let process = document("loan.bpmn") {
      $0.systems = [system("Loan Approval", "loan.bpmn", kind: .workflow)]
      $0.connections = [
        Connection(
          .invokes, from: EntityReference(.system, "Loan Approval"),
          to: EntityReference(.system, "Loan approval"), evidence: evidence("loan.bpmn"))
      ]
    }
    let decision = document("loan.dmn") {
      $0.systems = [system("Loan approval", "loan.dmn", kind: .rules)]
      $0.steps = [
        Step(system: "Loan approval", id: "d", kind: .decision, evidence: evidence("loan.dmn"))
      ]
    }
    let estate = Estate(merging: [process, decision])
    #expect(estate.systems.map(\.name) == ["Loan Approval", "Loan approval (rules)"])
    #expect(estate.steps.map(\.system) == ["Loan approval (rules)"])
    let call = try #require(estate.connections.first)
    #expect(call.source.name == "Loan Approval")
    #expect(call.target.name == "Loan approval (rules)")

    let declared = document("register.csv") {
      $0.systems = [system("Loan Approval", "register.csv", .declared, kind: .agent)]
    }
    let disputed = Estate(merging: [process, declared])
    #expect(disputed.systems.map(\.kind.value) == [.agent])
    #expect(disputed.systems.first?.kind.dissent.map(\.value) == [.workflow])
  }

  @Test(
    "one product's files with different purposes under one name stay apart, unless a GUID joins them"
  )
  func differentPurposes() {
    func agent(
      _ path: String, _ purpose: String, _ technology: String = "CrewAI", alias: String? = nil
    )
      -> SourceDocument
    {
      document(path) {
        var agent = system("researcher", path, aliases: [alias].compactMap { $0 }, kind: .agent)
        agent.technology.state(technology, evidence(path))
        agent.purpose.state(purpose, evidence(path))
        $0.systems = [agent]
      }
    }
    func tasks(_ path: String) -> SourceDocument {
      document(path) {
        $0.steps = [Step(system: "researcher", id: path, kind: .action, evidence: evidence(path))]
      }
    }
    let card = agent("cards/researcher.json", "Anything at all", "A2A")
    let estate = Estate(merging: [
      agent("poems/config/agents.yaml", "Facts of teams"), tasks("poems/config/tasks.yaml"),
      agent("loans/config/agents.yaml", "Facts of applicants"), tasks("loans/config/tasks.yaml"),
      card,
    ])
    #expect(estate.systems.map(\.name) == ["researcher", "researcher (poems)"])
    #expect(estate.systems.first?.sources.count == 2)
    #expect(
      estate.steps.map { "\($0.id): \($0.system)" } == [
        "loans/config/tasks.yaml: researcher", "poems/config/tasks.yaml: researcher (poems)",
      ])
    #expect(
      Estate(merging: [agent("a/x", "One thing"), agent("b/x", "one  Thing")]).systems.count == 1)
    // Products of two vendors describe two agents; a protocol speaks of either.
    let vendors = Estate(merging: [
      agent("a/x", "Sorts letters", "UiPath Agents"),
      agent("b/x", "Sorts tickets", "IBM watsonx Orchestrate"), card,
    ])
    #expect(vendors.systems.count == 2)
    func undescribed(_ path: String, _ technology: String) -> SourceDocument {
      document(path) {
        var agent = system("researcher", path, kind: .agent)
        agent.technology.state(technology, evidence(path))
        $0.systems = [agent]
      }
    }
    let oneSilent = [agent("a/x", "Sorts letters", "UiPath Agents"), undescribed("b/x", "CrewAI")]
    #expect(Estate(merging: oneSilent).systems.count == 2)
    let guid = "0F8FAD5B-D9CB-469F-A165-70867728950E"
    let joined = Estate(merging: [
      agent("a/x", "Old words", alias: guid), agent("b/x", "New words", alias: guid),
    ])
    #expect(joined.systems.count == 1)
    #expect(joined.systems.first?.purpose.dissent.count == 1)
  }

  @Test("agents of one product and name are two where identifiers and instructions both differ")
  func agentsWithIdentifiersOfTheirOwn() {
    let guids = [
      "0F8FAD5B-D9CB-469F-A165-70867728950E", "7C9E6679-7425-40DE-944B-E07FC1F90AE7",
    ]
    func agent(
      _ path: String, _ instructions: String?, _ guid: String?,
      _ technology: String = "UiPath Agents"
    ) -> SourceDocument {
      document(path) {
        var agent = system("Writer", path, aliases: [guid].compactMap { $0 }, kind: .agent)
        agent.technology.state(technology, evidence(path))
        if let instructions {
          agent.purpose.state(
            instructions, Evidence(.inferred, SourceLocation(path: path, line: 2)))
        }
        $0.systems = [agent]
      }
    }
    let two = Estate(merging: [
      agent("a/agent.json", "Write letters", guids[0]), agent("a/flow.json", nil, guids[0]),
      agent("b/agent.json", "Write verdicts", guids[1]), agent("b/list.json", nil, nil),
    ])
    #expect(two.systems.map(\.sources.count) == [2, 2])
    #expect(two.systems.map { Set($0.sources.map { $0.location.folder }) } == [["a"], ["b"]])
    // Copies for other environments have identifiers of their own and do the same.
    let copies = [agent("a/x", "Write letters", guids[0]), agent("b/x", "Write letters", guids[1])]
    #expect(Estate(merging: copies).systems.count == 1)
    // What a caller says alike of both joins nothing, where their own files differ.
    let called = [
      agent("a/agent.json", "Write letters", guids[0]), agent("a/flow.json", "Write", guids[0]),
      agent("b/agent.json", "Write verdicts", guids[1]), agent("b/flow.json", "Write", guids[1]),
    ]
    #expect(Estate(merging: called).systems.map(\.sources.count) == [2, 2])
    // One of them may not be known by an identifier; and a protocol speaks of either.
    let unnamed = [agent("a/x", "Write letters", guids[0]), agent("b/x", "Write verdicts", nil)]
    #expect(Estate(merging: unnamed).systems.count == 1)
    let card = [
      agent("a/x", "Write letters", guids[0]), agent("b/x", "Write verdicts", guids[1], "A2A"),
    ]
    #expect(Estate(merging: card).systems.count == 1)
  }

  @Test("an orchestrator is a role, so it agrees with every kind")
  func orchestratorAgrees() {
    let estate = Estate(merging: [
      document("a") { $0.systems = [system("Supervisor", "a", kind: .orchestrator)] },
      document("b") { $0.systems = [system("Supervisor", "b", kind: .agent)] },
    ])
    #expect(estate.systems.count == 1)
  }

  @Test("copies of a step, touch point, trigger, process or table are kept once")
  func copies() {
    func copy(_ path: String) -> SourceDocument {
      document(path) {
        let said = evidence(path)
        $0.systems = [system("Flow", path)]
        $0.steps = [Step(system: "Flow", id: "s", kind: .action, evidence: said)]
        $0.touchPoints = [
          HumanTouchPoint(system: "Flow", step: "s", kind: .approval, evidence: said)
        ]
        $0.triggers = [Trigger(system: "Flow", kind: .manual, evidence: said)]
        $0.guardrails = [Guardrail(system: "Flow", name: "ask", evidence: said)]
        $0.processes = [
          EstateProcess(
            system: "Flow",
            process: BusinessProcess(
              id: "p",
              elements: [FlowElement(id: "t", kind: .task(.user), location: place(path, 3))],
              location: place(path)))
        ]
      }
    }
    let estate = Estate(merging: [copy("a"), copy("b.zip!/a")])
    #expect(estate.steps.map(\.evidence.location.path) == ["a"])
    #expect(estate.touchPoints.count == 1)
    #expect(estate.triggers.count == 1)
    #expect(estate.guardrails.count == 1)
    #expect(estate.processes.count == 1)
    #expect(estate.systems.first?.sources.count == 2)
  }

  @Test("steps that differ are all kept, in file order")
  func stepsInFileOrder() {
    let estate = Estate(merging: [
      document("b") {
        $0.steps = [Step(system: "Flow", id: "3", kind: .action, evidence: evidence("b"))]
      },
      document("a") {
        $0.systems = [system("Flow", "a")]
        $0.steps = ["2", "1"].map {
          Step(system: "flow", id: $0, kind: .action, evidence: evidence("a"))
        }
      },
    ])
    #expect(estate.steps.map(\.id) == ["2", "1", "3"])
    #expect(Set(estate.steps.map(\.system)) == ["Flow"])
  }

  @Test("equal connections from several files are one, with all evidence and data")
  func equalConnections() throws {
    func said(_ path: String, _ target: String, data: [String]) -> SourceDocument {
      document(path) {
        $0.systems = [system("Flow", path)]
        $0.connections = [
          Connection(
            .reads, from: EntityReference(.system, "Flow"),
            to: EntityReference(.application, target), channel: .api, action: "GetItems",
            data: data, evidence: evidence(path))
        ]
      }
    }
    let estate = Estate(merging: [
      said("b", "Share-Point", data: ["Invoices", "Orders"]),
      said("a", "SharePoint", data: ["invoices"]),
    ])
    let connection = try #require(estate.connections.first)
    #expect(estate.connections.count == 1)
    #expect(connection.evidence.map(\.location.path) == ["a", "b"])
    #expect(connection.target.name == "SharePoint")
    #expect(connection.data == ["invoices", "Orders"])
    #expect(estate.applications.map(\.name) == ["SharePoint"])
  }

  @Test("a register's bare connection adds its evidence to exact ones, else it stands by itself")
  func vagueConnections() throws {
    let bot = EntityReference(.system, "Bot")
    let register = document("register.csv") {
      $0.systems = [system("Bot", "register.csv", .declared)]
      $0.connections = ["SAP", "CRM"].map {
        Connection(
          .invokes, from: bot, to: EntityReference(.application, $0),
          evidence: evidence("register.csv", .declared))
      }
    }
    let file = document("bot") {
      $0.systems = [system("Bot", "bot")]
      $0.connections = [
        Connection(
          .triggers, from: EntityReference(.application, "sap"), to: bot, channel: .api,
          evidence: evidence("bot")),
        Connection(
          .writes, from: bot, to: EntityReference(.application, "SAP"), channel: .userInterface,
          evidence: evidence("bot")),
      ]
    }
    let estate = Estate(merging: [register, file])
    let exact = estate.connections.filter { $0.target.name == "SAP" || $0.source.name == "SAP" }
    #expect(exact.count == 2)
    for connection in exact {
      #expect(connection.evidence.map(\.location.path) == ["register.csv", "bot"])
    }
    let bare = try #require(estate.connections.first { $0.target.name == "CRM" })
    #expect(bare.evidence.map(\.provenance) == [.declared])
  }

  @Test("what has a blank name is left out, with the connections to it")
  func blankNames() {
    let estate = Estate(merging: [
      document("a") {
        $0.systems = [system("Bot", "a"), system(" ", "a")]
        $0.connections = [
          Connection(
            .invokes, from: EntityReference(.system, "Bot"), to: EntityReference(.application, ""),
            evidence: evidence("a"))
        ]
      }
    ])
    #expect(estate.systems.map(\.name) == ["Bot"])
    #expect(estate.applications.isEmpty)
    #expect(estate.connections.isEmpty)
  }

  @Test("renaming a system in a fragment reaches every part of it")
  func renaming() {
    var fragment = EstateFragment()
    let said = evidence("a")
    fragment.systems = [system("Process_1", "a")]
    fragment.steps = [Step(system: "Process_1", id: "s", kind: .action, evidence: said)]
    fragment.touchPoints = [
      HumanTouchPoint(system: "Process_1", step: "s", kind: .work, evidence: said)
    ]
    fragment.triggers = [Trigger(system: "Process_1", kind: .call, evidence: said)]
    fragment.guardrails = [Guardrail(system: "Process_1", name: "ask", evidence: said)]
    fragment.processes = [
      EstateProcess(
        system: "Process_1", process: BusinessProcess(id: "Process_1", location: place("a")))
    ]
    fragment.connections = [
      Connection(
        .invokes, from: EntityReference(.system, "Process_1"),
        to: EntityReference(.data, "Process_1"), evidence: said)
    ]
    fragment.rename(system: "process_1", to: "orders")
    #expect(fragment.systems.map(\.name) == ["orders"])
    #expect(fragment.systems.first?.aliases == ["Process_1"])
    #expect(fragment.steps.map(\.system) == ["orders"])
    #expect(fragment.touchPoints.map(\.system) == ["orders"])
    #expect(fragment.triggers.map(\.system) == ["orders"])
    #expect(fragment.guardrails.map(\.system) == ["orders"])
    #expect(fragment.processes.map(\.system) == ["orders"])
    #expect(fragment.processes.map(\.process.id) == ["Process_1"])
    #expect(fragment.connections.map(\.source.name) == ["orders"])
    #expect(fragment.connections.map(\.target.name) == ["Process_1"])
  }

  @Test("an empty list of documents is an empty estate")
  func nothing() { #expect(Estate(merging: []) == Estate()) }
}
