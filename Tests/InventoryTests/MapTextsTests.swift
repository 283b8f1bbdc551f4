import Facts
import Foundation
import Inventory
import ProcessModel
import Testing

@Suite("Changing the texts of a fragment")
struct MapTextsTests {
  /// Says something in every place where a fragment can hold a text: always `§`.
  private static let fragment: EstateFragment = {
    let evidence = Evidence(
      .imported, SourceLocation(path: "f", line: 1, element: "§"), note: "§")
    var fragment = EstateFragment()
    var system = AutomationSystem(name: "§", source: evidence)
    system.aliases = ["§"]
    system.kind.state(.agent, evidence)
    system.technology.state("§", evidence)
    system.purpose.state("§", evidence)
    system.owner.state("§", evidence)
    system.creator.state("§", evidence)
    system.team.state("§", evidence)
    if let share = Probability(0.5) { system.failureRate.state(share, evidence) }
    system.volume.state(Frequency(count: 1, per: .day), evidence)
    system.runTime.state(.minute, evidence)
    system.humanInvolvement.state("§", evidence)
    system.integrations.state("§", evidence)
    system.status.state(.production, evidence)
    system.criticality.state(.high, evidence)
    system.models = ["§"]
    system.version.state("§", evidence)
    system.unknowns = ["§"]
    system.exampleSigns = [ExampleSign(.named, "§", evidence)]
    fragment.systems = [system]
    fragment.applications = [Application(name: "§", aliases: ["§"], source: evidence)]
    fragment.teams = [Team(name: "§", aliases: ["§"], source: evidence)]
    fragment.connections = [
      Connection(
        .reads, from: EntityReference(.system, "§"), to: EntityReference(.application, "§"),
        action: "§", data: ["§"], evidence: evidence)
    ]
    fragment.steps = [Step(system: "§", id: "§", name: "§", kind: .action, evidence: evidence)]
    fragment.touchPoints = [
      HumanTouchPoint(
        system: "§", step: "§", name: "§", kind: .approval, team: "§", evidence: evidence)
    ]
    fragment.triggers = [
      Trigger(system: "§", kind: .event, expression: "§", evidence: evidence)
    ]
    fragment.guardrails = [Guardrail(system: "§", name: "§", evidence: evidence)]
    fragment.permissions = [
      Permission(system: "§", name: "§", application: "§", evidence: evidence)
    ]
    fragment.credentials = [
      CredentialUse(system: "§", name: "§", application: "§", evidence: evidence)
    ]
    let place = SourceLocation(path: "f")
    fragment.processes = [
      EstateProcess(
        system: "§",
        process: BusinessProcess(
          id: "p", name: "§",
          flows: [
            SequenceFlow(
              id: "f", name: "§", source: "a", target: "b", condition: "§", location: place)
          ], location: place))
    ]
    fragment.decisions = [
      EstateDecision(
        system: "§",
        table: DecisionTable(
          id: "d", name: "§", hitPolicy: .unique, inputs: [.init(name: "§", label: "§")],
          outputs: [.init(name: "§")],
          rules: [
            .init(
              id: "r", tests: [.anyOf([.string("§"), .not(.opaque("§"))])], outputs: ["§"],
              location: place)
          ], location: place))
    ]
    return fragment
  }()

  private func text(_ fragment: EstateFragment) throws -> String {
    String(decoding: try JSONEncoder().encode(fragment), as: UTF8.self)
  }

  @Test("no text is left out, and nothing else changes")
  func everyText() throws {
    let before = try text(Self.fragment)
    #expect(before.contains("§"))
    let after = try text(Self.fragment.mapTexts { $0 == "§" ? "changed" : $0 })
    #expect(!after.contains("§"))
    #expect(Self.fragment.mapTexts { $0 } == Self.fragment)
  }
}
