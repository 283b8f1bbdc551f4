import Facts
import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import Testing

@Suite("The pages of costs, coordination, orchestration and patterns")
struct OrchestrationPageTests {
  /// The loan scenario with the examples of a page, where the page says that they stand.
  func scenario(withExamplesOf page: String) throws -> Scenario {
    let text = try String(
      contentsOf: scenarioFolder.deletingLastPathComponent()
        .appending(path: "docs/reference/mechanisms/\(page).md"), encoding: .utf8)
    var scenario = try scenarioText("loan-approval.yaml")
    let examples = text.components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(!examples.isEmpty)
    let places = ["orchestration_layers:\n  central:\n", "variants:\n"]
    for example in examples {
      if let place = places.first(where: example.hasPrefix) {
        scenario = scenario.replacing(place, with: example, maxReplacements: 1)
      } else {
        scenario += "\n" + example
      }
    }
    return try readScenario(Array(scenario.utf8), path: "example.yaml") { named in
      let source = scenarioFolder.appending(path: named).standardized
      return Estate(merging: importFiles(at: [source.path()]).documents)
    }
  }

  @Test(
    "have examples that run and do what the page says",
    arguments: [
      ("coordination", "side-by-side", [MechanismEvent.handOver, .contextLost, .agentConflict]),
      ("orchestration", "watched", [.alert, .falseAlarm]),
      ("orchestration", "layer-only", [.layerRetry]),
      ("patterns", "as-is", [.delegated, .conflictSettled]),
      ("costs", "as-is", [.caseLate, .caseDelayed]),
    ])
  func examples(page: String, variant: String, events: [MechanismEvent]) throws {
    let compiled = try compile(try scenario(withExamplesOf: page))
    let model = try #require(compiled.variants.first { $0.name == variant }?.model)
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    for event in events {
      #expect(record.ledger[event.rawValue].count > 0, "\(event.name)")
    }
  }
}
