import Facts
import Foundation
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

/// Two stages over the loan process's first steps, which an agent takes over.
private let text =
  smallScenario.replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities: { default: { team: clerks, time: 5 min } }
      automations:
        triage: { kind: agent, time: 1 min }
      rollout:
        stages:
          pilot:
            share: 10 %
            activities: [step_02, step_03]
            lasts: 10 weeks
            beside: { share: 20 %, finds: 90 % }
            training: { teams: clerks, time: 8 h }
            gate:
              errors: 5 %
              cost_per_case: 9 EUR
              saving: 10 %
              backlog: { team: clerks, at_most: 80 h }
              otherwise: cancel
          wide: { share: 60 %, ends: 26 weeks }
          all: { share: 100 % }
        change: { team: clerks, time: 40 h, at_once: 2 activities, strain: 20 % }
        goes_on: 80 %
        gives_up_after: 3 gates
      variants:
        as-is:
        agents: { assign: { triage: step_02 } }
      """)

/// Keys of rollouts, each with a value other than that of the full scenario.
let rolloutChanges: [(path: String, value: String)] = [
  ("rollout.stages.pilot.share", "20 %"), ("rollout.stages.pilot.activities", "step_03"),
  ("rollout.stages.pilot.lasts", "7 weeks"), ("rollout.stages.wide.ends", "11 weeks"),
  ("rollout.stages.pilot.beside.share", "30 %"), ("rollout.stages.pilot.beside.finds", "80 %"),
  ("rollout.stages.pilot.training.teams", "legal"),
  ("rollout.stages.pilot.training.time", "3 h"), ("rollout.stages.pilot.gate.errors", "6 %"),
  ("rollout.stages.pilot.gate.cost_per_case", "8 EUR"),
  ("rollout.stages.pilot.gate.saving", "11 %"),
  ("rollout.stages.pilot.gate.backlog.team", "legal"),
  ("rollout.stages.pilot.gate.backlog.at_most", "90 h"),
  ("rollout.stages.pilot.gate.minimum", "60 cases"),
  ("rollout.stages.pilot.gate.otherwise", "cancel"),
  ("rollout.stages.pilot.gate.again", "3 weeks"), ("rollout.change.team", "legal"),
  ("rollout.change.time", "17 h"), ("rollout.change.at_once", "3 activities"),
  ("rollout.change.strain", "30 %"), ("rollout.change.connecting", "30 %"),
  ("rollout.goes_on", "70 %"),
  ("rollout.gives_up_after", "4 gates"),
]

@Suite("Rollouts in scenarios") struct RolloutScenarioTests {
  func models(_ text: String) throws -> [SimulationModel] {
    try compile(try read(text)).variants.map(\.model)
  }

  @Test("become what the simulation runs, from as-is to the variant")
  func compiles() throws {
    let models = try models(text)
    #expect(models[0].stack.rollout == nil && models[0].runInStack?.rollout == nil)
    #expect(models[1].runInStack?.name == "as-is" && models[1].runInStack?.rollout == nil)
    let rollout = try #require(models[1].stack.rollout)
    #expect(rollout.stages.map(\.name) == ["pilot", "wide", "all"])
    #expect(rollout.stages.map(\.share) == [0.1, 0.6, 1])
    #expect(rollout.stages[0].activities == [1, 2] && rollout.stages[1].activities == nil)
    let week = 604_800.0
    // `wide` begins after 10 weeks and ends after 26.
    #expect(rollout.stages.map { $0.length?.mean } == [10 * week, 16 * week, nil])
    #expect(rollout.stages[0].beside == 0.2 && rollout.stages[0].besideFinds == 0.9)
    #expect(rollout.stages[0].training.map(\.team) == [0])
    #expect(rollout.stages[0].training[0].time.mean == 8 * 3_600)
    let gate = try #require(rollout.stages[0].gate)
    #expect(gate.errors == 0.05 && gate.costPerCase == 9e6 && gate.saving == 0.1)
    #expect(gate.backlog == RolloutGate.Backlog(team: 0, most: 80 * 3_600_000_000))
    #expect(gate.minimum == 50 && gate.otherwise == .cancel && gate.again == 2_419_200_000_000)
    let change = try #require(rollout.change)
    #expect(change.limit == 2 && change.strain == 0.2 && change.work.mean == 40 * 3_600)
    #expect(rollout.scales == 0.8 && rollout.givesUpAfter == 3)
  }

  @Test("lead from as-is where the run starts empty")
  func empty() throws {
    let before = try #require(try models(text)[1].runInStack)
    #expect(before.activities[1].automation == nil)
    #expect(try models(text)[1].timeline.runInStart == 0)
    #expect(try models(text)[0].runInStack == nil)
  }

  /// 4 + 10 + 18 + 18 weeks, then for good; the launch is longer here.
  @Test("the template has five stages, of which any may be changed")
  func template() throws {
    let written = try #require(text.firstRange(of: "rollout:\n"))
    let end = try #require(text.firstRange(of: "variants:\n"))
    var plain = text
    plain.replaceSubrange(
      written.lowerBound..<end.lowerBound,
      with: "rollout: { template: five_stages, stages: { launch: { lasts: 12 weeks } } }\n")
    let scenario = try read(plain)
    let rollout = try #require(try compile(scenario).variants[1].model.stack.rollout)
    #expect(rollout.stages.map(\.share) == [0, 0.1, 0.3, 0.6, 1])
    #expect(
      rollout.stages.map { $0.length.map { $0.mean / 604_800 } } == [4, 12, 18, 18, nil])
    let shares = scenario.parameters.filter { $0.path.hasSuffix(".share") }
    #expect(shares.filter { $0.path.hasPrefix("rollout") && $0.provenance == .assumed }.count == 5)
    expectProblem(
      in: plain.replacing("launch: {", with: "‹lunch: {"), "did you mean 'launch'?")
  }

  /// The scenario with a layer that comes with a stage.
  private func layered(_ stage: String, rest: String = "") -> String {
    text.replacing(
      "agents: { assign: { triage: step_02 } }",
      with:
        "agents: { assign: { triage: step_02 }, orchestration: { level: 2, layer: hub, stage: \(stage) } }"
    ).replacing(
      "variants:\n",
      with:
        "orchestration_layers:\n  hub: { latency: 1 s per hop, concurrent: 5 cases, licence: 100 EUR per week }\n\(rest)variants:\n"
    )
  }

  @Test("a layer may come with any stage but the first")
  func layerStage() throws {
    let late = layered("wide")
    let model = try models(late)[1]
    let rollout = try #require(model.stack.rollout)
    #expect(rollout.layerStage == 1 && rollout.change?.connecting == 0.5)
    #expect(model.stack.fixedCosts.filter(\.isOfLayer).map(\.name) == ["hub"])
    #expect(try models(text)[1].stack.rollout?.layerStage == nil)
    expectProblem(in: layered("‹wode"), "did you mean 'wide'?")
    expectProblem(in: layered("‹pilot"), "is the first stage, with which all begins")
    #expect(
      problems(late.replacing("level: 2", with: "level: 0")).contains {
        $0.message.contains("write 'level: 2'")
      })
    let compromise =
      "risk: { compromise: { of: [triage], every: 90 days, found_after: 2 days, layer: 10 % } }\n"
    #expect(
      problems(layered("wide", rest: compromise)).contains {
        $0.message.contains("'risk.compromise.layer' lets a compromise spread through it")
      })
  }

  @Test("a scenario without one has none of it on the sheet")
  func offIsOff() throws {
    let scenario = try read(loanScenario)
    #expect(!scenario.parameters.contains { $0.path.hasPrefix("rollout") })
    #expect(try compile(scenario).variants.allSatisfy { $0.model.stack.rollout == nil })
  }

  @Test("bad values are refused where they stand")
  func errors() {
    expectError(in: text, "share: 60 %", "share: ‹120 %", "out of range")
    expectError(in: text, "ends: 26 weeks", "ends: ‹9 weeks", "a stage ends after it begins")
    expectError(in: text, "lasts: 10 weeks", "lasts: ‹0 weeks", "out of range")
    expectError(
      in: text,
      "ends: 26 weeks", "lasts: 3 weeks, ends: ‹26 weeks", "has both 'lasts' and 'ends'")
    expectError(
      in: text,
      "activities: [step_02, step_03]", "activities: [‹step_99]", "is no activity of the process")
    expectError(in: text, "teams: clerks", "teams: ‹clerk", "did you mean 'clerks'?")
    expectError(
      in: text, "otherwise: cancel", "otherwise: ‹roll_back", "no stage comes before the first")
    expectError(in: text, "otherwise: cancel", "otherwise: ‹cancle", "did you mean 'cancel'?")
    expectError(in: text, "goes_on: 80 %", "goes_on: ‹1.8", "out of range")
  }

  @Test("what cannot be kept is refused with what to write")
  func contradictions() {
    func messages(_ original: String, _ other: String) -> [String] {
      problems(text.replacing(original, with: other, maxReplacements: 1)).map(\.message)
    }
    #expect(
      messages("lasts: 10 weeks", "lasts: exponential mean 10 weeks").contains {
        $0.contains("a stage before it ends by chance")
      })
    #expect(
      messages("60 %, ends: 26 weeks", "60 %").contains {
        $0.contains("only the last stage lasts for the rest of the run")
      })
    #expect(
      messages("share: 100 %", "share: 100 %, gate: { errors: 5 % }").contains {
        $0.contains("is looked at when the stage ends")
      })
    #expect(
      messages("share: 60 %,", "share: 60 %, gate: { minimum: 5 cases },").contains {
        $0.contains("asks for nothing")
      })
  }

  @Test("a rollout needs today's stack on day 0")
  func startState() throws {
    let each = text.replacing("start_state: empty", with: "start_state: { each: 2 weeks }")
    #expect(each != text)
    #expect(throws: ScenarioErrors.self) { try compile(try read(each)) }
  }

  @Test("one variant alone has nowhere to roll out to")
  func alone() throws {
    let alone = text.replacing("  agents: { assign: { triage: step_02 } }\n", with: "")
    #expect(try read(alone).warnings.contains { $0.message.contains("the rollout leads nowhere") })
  }

  @Test("the page's example runs and does what the page says")
  func page() throws {
    let page = try String(
      contentsOf: scenarioFolder.deletingLastPathComponent()
        .appending(path: "docs/reference/mechanisms/rollout.md"), encoding: .utf8)
    let example = try #require(
      page.components(separatedBy: "```yaml\n").dropFirst().first?
        .components(separatedBy: "```").first)
    let scenario = try scenarioText("loan-approval.yaml") + "\n" + example
    let compiled = try compile(
      try readScenario(Array(scenario.utf8), path: "example.yaml") { named in
        let source = scenarioFolder.appending(path: named).standardized
        return Estate(merging: importFiles(at: [source.path()]).documents)
      })
    let model = try #require(compiled.variants.first { $0.name == "agents" }?.model)
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    for event in [MechanismEvent.stageBegun, .activityMoved, .trainedForStage, .besideOld] {
      #expect(record.ledger[event.rawValue].count > 0, "\(event.name)")
    }
    let three: Int64 = 3 * 604_800_000_000
    #expect(record.rollout?.began[0] == 0 && record.rollout?.began[1] == three)
  }
}
