import EventEngine
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

@Suite("No key is without effect")
struct KeyEffectTests {
  /// These and the keys that read attributes of cases.
  static let allChanges =
    changes + remedyChanges + learningChanges + driftChanges + conductChanges + orchestrationChanges
    + rolloutChanges + oversightChanges + attributeChanges + costChanges + riskChanges
    + responseChanges + adoptionChanges + peopleChanges + precisionChanges

  /// Keys whose effect other tests show: they say what the file is, or where its process comes from.
  static let elsewhere: Set<String> = [
    "rehearse", "title", "question", "inventory", "bpmn", "process", "start_event",
    "clock.start_state.each", "automations.*.system", "variants.*.factors", "sweep.*.title",
    "sweep.*.change",
    "sweep.*.to", "uncertain.*.title", "uncertain.*.change", "uncertain.*.low",
    "uncertain.*.likely", "uncertain.*.high", "uncertain.*.counted", "waits.*",
    "activities.*.batch.same",
    "demand.arrivals.volumes.file", "demand.arrivals.volumes.date", "demand.arrivals.volumes.hour",
    "demand.arrivals.volumes.cases", "teams.*.staffing.file", "teams.*.staffing.date",
    "teams.*.staffing.people", "demand.arrivals.replay.file", "demand.arrivals.replay.time",
    "demand.arrivals.replay.attributes.*", "automations.*.touches.*",
    "clock.start_state.waiting.*", "clock.start_state.waiting.*.cases",
    "clock.start_state.waiting.*.since", "attributes.*.unit", "activities.*.sets.*.*",
    "automations.*.asks.*.answer", "automations.*.drift.detector.test",
    "automations.*.drift.detector.tolerance", "response.*.intake.excess",
    "response.*.oversight.guardrail",
    "orchestration_layers.*.idempotent", "variants.*.orchestration.stage", "rollout.template",
    "guardrails.*.oversight.ladder",
  ]

  @Test("a change of any value changes what is simulated or shown", arguments: allChanges)
  func changesSomething(change: (path: String, value: String)) throws {
    var text = fullScenario.replacing(
      "calendars:\n", with: "calendars:\n  night: mon-fri 22:00-06:00\n"
    ).replacing(
      "orchestration_layers:\n",
      with: "orchestration_layers:\n  second: { latency: 1 s per hop, concurrent: 5 cases }\n")
    text = text.replacing("people: 1, calendar: office", with: "people: 1, calendar: night")
    if change.path.hasSuffix("below_level") {
      text = text.replacing(", below_level: 2", with: "")
    }
    // The values of the sweep are tried when it is read, which other tests look at.
    if let sweep = text.firstRange(of: "\nsweep:") { text.removeSubrange(sweep.lowerBound...) }
    if change.path == "demand.arrivals.pattern" {
      text = text.replacing("pattern: poisson", with: "pattern: regular").replacing(
        "weights: { mon: 2 }, seasons: { jan: 2 }, growth: 1 % per month", with: "growth:")
    }
    let flowKeys = ["branching.several", "start_event", "calls", "events", "repeats", "instances"]
    if flowKeys.contains(where: change.path.hasPrefix) {
      let before = try read(eventfulScenario, eventfulProcess(), calledProcess())
      // What these say is settled when the process is resolved; no sweep changes it.
      let settled = ["calls.call": "call: task", "start_event.mail": "mail: 30 %"][change.path]
      let key = change.path.split(separator: ".").last ?? ""
      let after =
        try settled.map {
          try read(
            eventfulScenario.replacing($0, with: "\(key): \(change.value)"), eventfulProcess(),
            calledProcess())
        } ?? before.changing([change])
      #expect(description(of: before) != description(of: after))
      return
    }
    if ["demand.arrivals.between", "demand.arrivals.clock"].contains(change.path) {
      text = text.replacing(
        "pattern: poisson, rate: 100 per working day",
        with: "pattern: renewal, clock: calendar, between: 12 min"
      ).replacing(
        "weights: { mon: 2 }, seasons: { jan: 2 }, growth: 1 % per month", with: "growth:")
    }
    let usesBranches =
      change.path == "branching.decide.approve" || change.path.hasPrefix("waits")
    if usesBranches { text = branchingText }
    let usesAttributes = attributeChanges.contains { $0.path == change.path }
    if usesAttributes { text = attributeText }
    let process = usesBranches || usesAttributes ? branchingProcess() : loanProcess()
    let before = try read(text, process, decisions: usesAttributes ? policies() : [])
    let after = try before.changing(
      [change]
        + (change.path == "branching.decide.approve" ? [("branching.decide.reject", "30 %")] : [])
        + (change.path == "branching.decide.output" ? [("branching.decide.approve", "low")] : []))
    #expect(description(of: before) != description(of: after))
  }

  @Test("is shown for every key of the table")
  func coversTheTable() {
    let shown = Set(Self.allChanges.map { pattern(of: $0.path) })
    let missing = ScenarioKey.all.filter { key in
      switch key.kind {
      case .group, .named: false
      default: !shown.contains(key.path) && !Self.elsewhere.contains(key.path)
      }
    }
    #expect(missing.map(\.path) == [])
  }

  private let branchingText = """
    rehearse: 1
    title: Branching
    bpmn: branch.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams: { clerks: { people: 3, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }
    waits: { default: 2 days }
    branching: { decide: { approve: 80 %, reject: 20 % } }

    """

  /// Everything that a run or report sees, but for the list of parameters.
  private func description(of scenario: Scenario) -> String {
    guard let compiled = try? compile(scenario), let first = compiled.variants.first?.model else {
      return ""
    }
    var parts: [Any] = [
      first.timeline, first.demand.pattern, first.demand.rate, first.demand.growth,
      first.demand.between?.mean ?? 0, first.demand.comesAtOpening,
      first.demand.batch ?? BatchSize(1),
      first.demand.intensity, first.demand.calendar.intervals.prefix(20),
      first.calendars.map { ($0.totalWork, Array($0.intervals.prefix(20))) }, compiled.start,
      compiled.exhaustion, compiled.watchedTeams, compiled.matters, compiled.seed,
      compiled.discountRate, compiled.factorial?.factors ?? [],
      first.attributes, compiled.replications, compiled.baseline, compiled.startState,
      compiled.workingDay, compiled.precision, compiled.fewestReplications,
      first.balancesBranching,
    ]
    for variant in compiled.variants {
      parts += [
        variant.title, variant.mix, variant.model.stack,
        variant.model.runInStack?.name ?? "",
      ]
    }
    return String(describing: parts)
  }

  /// The path in the table of a path in the file.
  private func pattern(of path: String) -> String {
    var tree = KeyTree.all
    var pattern: [String] = []
    let isOfFlow = ["events", "repeats", "instances"].contains(where: path.hasPrefix)
    let source =
      isOfFlow
      ? try? read(eventfulScenario, eventfulProcess(), calledProcess()) : try? read(fullScenario)
    for key in (source?.source.root.keys(ofPath: path)) ?? [] {
      pattern.append(tree.children[key] == nil ? "*" : key)
      guard let below = tree.child(key) else { return path }
      tree = below
    }
    return tree.key?.path ?? pattern.joined(separator: ".")
  }
}
