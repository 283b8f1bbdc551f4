import Facts
import Foundation
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

/// An agent that does a step of the loan process, and a guardrail with a ladder of oversight.
private let text =
  smallScenario.replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities: { default: { team: clerks, time: 5 min } }
      attributes: { amount: { number: exponential mean 3 } }
      automations:
        triage: { kind: agent, time: 1 min }
      guardrails:
        check:
          raised_by: triage
          after: step_02
          fires: always
          ticket: clerks
          review: 5 min
          oversight:
            mode: sampled
            ladder: [in_the_loop, sampled, in_the_lead, on_the_loop, triggered]
            sample: 20 %
            promote_below: 4 %
            tiers: { large: { when: amount > 5, share: 90 % } }
            design: { team: clerks, time: 6 h, every: 2 weeks }
      variants:
        as-is: { assign: { triage: step_02 } }
      """)

/// Keys of oversight, each with a value other than that of the full scenario.
let oversightChanges: [(path: String, value: String)] = [
  ("guardrails.fraud.oversight.mode", "in_the_loop"),
  ("guardrails.fraud.oversight.sample", "6 %"), ("guardrails.fraud.oversight.audit", "2 %"),
  ("guardrails.fraud.oversight.promote_below", "4 %"),
  ("guardrails.fraud.oversight.demote_above", "11 %"),
  ("guardrails.fraud.oversight.minimum", "60 reviews"),
  ("guardrails.fraud.oversight.confidence", "90 %"),
  ("guardrails.fraud.oversight.tiers.important.when", "not vip"),
  ("guardrails.fraud.oversight.tiers.important.share", "80 %"),
  ("guardrails.fraud.oversight.design.team", "aml"),
  ("guardrails.fraud.oversight.design.time", "7 h"),
  ("guardrails.fraud.oversight.design.every", "3 weeks"),
]

@Suite("Oversight in scenarios") struct OversightScenarioTests {
  func oversight(_ text: String) throws -> OversightModel? {
    try compile(try read(text)).variants[0].model.stack.guardrails[0].oversight
  }

  @Test("becomes what the simulation runs")
  func compiles() throws {
    let oversight = try #require(try oversight(text))
    #expect(
      oversight.rungs == [
        OversightRung(share: 1, blocks: true), OversightRung(share: 0.2, blocks: true),
        OversightRung(share: 0.01, blocks: false, usesTiers: true),
        OversightRung(share: 0.2, blocks: false), OversightRung(share: 0.01, blocks: false),
      ])
    #expect(oversight.start == 1)
    #expect(
      oversight.controller
        == OversightController(promoteBelow: 0.04, demoteAbove: 0.1, minimum: 50, window: 100))
    #expect(oversight.tiers.map(\.share) == [0.9])
    #expect(oversight.design?.team == 0 && oversight.design?.work.mean == 21_600)
    #expect(oversight.design?.every == 1_209_600_000_000)
  }

  @Test("a mode without a ladder stays")
  func stays() throws {
    let start = try #require(text.firstRange(of: "      mode: sampled"))
    let end = try #require(text.firstRange(of: "variants:\n"))
    var plain = text
    plain.replaceSubrange(start.lowerBound..<end.lowerBound, with: "      mode: on_the_loop\n")
    let oversight = try #require(try oversight(plain))
    #expect(oversight.controller == nil)
    #expect(oversight.rungs == [OversightRung(share: 0.05, blocks: false)])
  }

  @Test("what is assumed is on the assumption sheet, and nothing where it is off")
  func assumptions() throws {
    let scenario = try read(text)
    for name in ["audit", "demote_above", "minimum", "confidence"] {
      #expect(
        scenario.parameters.contains {
          $0.path == "guardrails.check.oversight.\(name)" && $0.provenance == .assumed
        }, "\(name)")
    }
    let plain = try read(loanScenario)
    #expect(!plain.parameters.contains { $0.path.contains("oversight") })
  }

  @Test("bad values are refused where they stand")
  func errors() {
    expectError(in: text, "mode: sampled", "mode: ‹sample", "did you mean 'sampled'?")
    expectError(in: text, "sample: 20 %", "sample: ‹120 %", "out of range")
    expectError(
      in: text,
      "promote_below: 4 %", "promote_below: ‹40 %", "it would go up and down in turn")
    expectError(
      in: text,
      "ladder: [in_the_loop, sampled, in_the_lead, on_the_loop, triggered]",
      "ladder: ‹[in_the_loop, in_the_lead]", "does not have the mode 'sampled'")
    expectError(
      in: text,
      "ladder: [in_the_loop, sampled, in_the_lead, on_the_loop, triggered]",
      "ladder: ‹[sampled, sampled, in_the_lead]", "is no ladder")
    expectError(
      in: text,
      "tiers: { large: { when: amount > 5, share: 90 % } }",
      "tiers: { large: { when: ‹amont > 5 } }", "did you mean 'amount'?")
    expectError(
      in: text, "design: { team: clerks", "design: { team: ‹clerk", "did you mean 'clerks'?")
  }

  @Test("what would count for nothing is refused")
  func idle() {
    func messages(_ original: String, _ other: String) -> [String] {
      problems(text.replacing(original, with: other, maxReplacements: 1)).map(\.message)
    }
    let ladder = "      ladder: [in_the_loop, sampled, in_the_lead, on_the_loop, triggered]\n"
    #expect(
      messages(ladder, "      ladder: [in_the_loop, sampled]\n").contains {
        $0.contains("counts in the mode `in_the_lead` only")
      })
    #expect(
      messages("      tiers: { large: { when: amount > 5, share: 90 % } }\n", "").contains {
        $0.contains("people are in the lead of certain kinds of decisions")
      })
    let tiers = "      tiers: { large: { when: amount > 5, share: 90 % } }\n"
    let without = text.replacing(ladder, with: "").replacing(tiers, with: "")
    #expect(
      problems(without).contains { $0.message.contains("counts for nothing without a 'ladder'") })
  }

  @Test("the page's example runs and does what the page says")
  func page() throws {
    let page = try String(
      contentsOf: scenarioFolder.deletingLastPathComponent()
        .appending(path: "docs/reference/mechanisms/oversight.md"), encoding: .utf8)
    let example = try #require(
      page.components(separatedBy: "```yaml\n").dropFirst().first?
        .components(separatedBy: "```").first)
    let place = "    loss_prevented: 35 EUR per ticket\n"
    let parent = "guardrails:\n  creditworthiness:\n"
    let scenario = try scenarioText("loan-approval.yaml")
    #expect(scenario.contains(place) && example.hasPrefix(parent + place))
    let changed = scenario.replacing(
      place, with: example.replacing(parent, with: ""), maxReplacements: 1)
    let compiled = try compile(
      try readScenario(Array(changed.utf8), path: "example.yaml") { named in
        let source = scenarioFolder.appending(path: named).standardized
        return Estate(merging: importFiles(at: [source.path()]).documents)
      })
    let model = try #require(compiled.variants.first { $0.name == "agents" }?.model)
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    for event in [MechanismEvent.oversightLoosened, .reviewSpared, .designWork] {
      #expect(record.ledger[event.rawValue].count > 0, "\(event.name)")
    }
  }
}
