internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation
internal import Statistics

/// Reads one variant's stack from its merged sections.
struct StackReading {
  typealias Section = ScenarioReading.Section

  let assembly: ScenarioAssembly
  let process: BusinessProcess
  let flow: FlowGraph
  let variant: String
  let layers: VariantLayers
  let workingDays: String?
  /// Where the variant stands.
  let location: SourceLocation

  var reading: ScenarioReading { assembly.reading }
  var parts: PartReading {
    PartReading(assembly: assembly, layers: layers, workingDays: workingDays)
  }
  var sections: Section { parts.sections }
  var activityIDs: [String] { flow.activities.indices.map { flow.activityID($0) } }

  /// The stack; `nil` where it has errors, which are then reported.
  func read() -> StackSettings? {
    let teams = parts.teams()
    let applications = parts.applications()
    let automations = parts.automations()
    let level = orchestrationLevel()
    let layer = layer(atLevel: level)
    let monitoring = monitoring(atLevel: level)
    let coordination = parts.coordination(automations)
    let supervisor = parts.supervisor { assembly.activityIDs($0, at: $1, key: $2) }
    let storm = parts.storm()
    let costs = parts.costs()
    let rollout = parts.rollout { assembly.activityIDs($0, at: $1, key: $2) }
    let layerStage = layerStage(of: rollout.value, level: level)
    let risk = risk()
    let response = parts.response(
      teams, automations, stages: rollout.value?.stages.map(\.name) ?? [])
    let adoption = parts.adoption(automations)
    let probabilities = readBranching()
    let events = readEvents()
    let repetitions = readRepetitions()
    let activities = readActivities()
    let guardrails = readGuardrails(level: level ?? 0)
    if let layerStage { refuseWhatCannotWait(for: layerStage, risk: risk.value) }
    let rules = readBranchingRules()
    let priorities = readPriorities()
    guard let level, let probabilities, let events, let repetitions, let rules, let priorities,
      level != 2 || layer != nil, monitoring.isWhole, coordination.isWhole, supervisor.isWhole,
      storm.isWhole, costs.isWhole, rollout.isWhole, risk.isWhole, response.isWhole,
      adoption.isWhole,
      let responses = parts.placed(response.rules, on: guardrails),
      teams.count == members("teams"), automations.count == members("automations"),
      guardrails.count == members("guardrails"), applications.count == members("applications")
    else { return nil }
    var stack = StackSettings(
      teams: teams, automations: automations, activities: activities, events: events,
      repetitions: repetitions, flowProbabilities: probabilities, branchingRules: rules,
      priorityRules: priorities,
      guardrails: guardrails, level: level, layer: layer, applications: applications)
    stack.coordination = coordination.value
    stack.monitoring = monitoring.value
    stack.supervisor = supervisor.value
    stack.storm = storm.value
    stack.costs = costs.value
    stack.rollout = rollout.value
    stack.rollout?.layerStage = layerStage
    stack.risk = risk.value
    stack.response = responses
    stack.adoption = adoption.value
    stack.needs = checkWorkability(of: stack)
    return stack
  }

  private func members(_ section: String) -> Int { layers.sections[section]?.members.count ?? 0 }

  // MARK: Orchestration

  private var orchestration: Section {
    Section(
      node: layers.orchestration, pattern: "variants.*.orchestration",
      path: layers.orchestration?.path ?? "variants.\(variant).orchestration", location: location)
  }

  private func orchestrationLevel() -> Int? {
    _ = reading.key("variants.*.orchestration")
    return reading.count(orchestration, "level")
  }

  /// What watches at level 1; read at the others too, so that its mistakes are found.
  private func monitoring(atLevel level: Int?) -> (value: MonitoringSettings?, isWhole: Bool) {
    let monitoring = parts.monitoring()
    guard level == 1 else { return (nil, monitoring.isWhole) }
    if monitoring.isWhole, monitoring.value == nil {
      reading.report(
        key: orchestration.path,
        "the variant '\(variant)' is at orchestration level 1, but nothing stands under "
          + "'monitoring'; say who handles alerts, such as `monitoring: { team: operations, time: "
          + "6 min }`", at: orchestration.node?.location ?? location)
      return (nil, false)
    }
    return monitoring
  }

  private func layer(atLevel level: Int?) -> LayerSettings? {
    let known = assembly.names(of: "orchestration_layers")
    let name = reading.name(orchestration, "layer", among: known)
    guard level == 2 else { return nil }
    if known.isEmpty {
      reading.report(
        key: orchestration.path,
        "the variant '\(variant)' is at orchestration level 2, but no layer stands under "
          + "'orchestration_layers'; declare one", at: orchestration.node?.location ?? location)
      return nil
    }
    guard let chosen = name ?? (known.count == 1 ? known[0] : nil) else {
      if layers.orchestration?["layer"] == nil {
        reading.report(
          key: orchestration.path(of: "layer"),
          "the variant '\(variant)' does not say which layer works at level 2; name one of "
            + "\(known.joined(separator: ", "))", at: orchestration.node?.location ?? location)
      }
      return nil
    }
    return parts.layer(chosen)
  }

  /// The stage with which the layer comes; `nil` where it is there from the start, or is wrong, which is
  /// reported.
  private func layerStage(of rollout: RolloutSettings?, level: Int?) -> String? {
    let stages = rollout?.stages.map(\.name) ?? []
    guard let node = layers.orchestration?["stage"], !reading.isEmpty(node) else {
      _ = reading.key("variants.*.orchestration.stage")
      return nil
    }
    let wrong =
      if level != 2 {
        "says with which stage the layer comes, but the variant '\(variant)' has none; write 'level: 2'"
      } else if rollout == nil {
        "names a stage, but the variant '\(variant)' has no 'rollout'; give it one, or leave out 'stage'"
      } else if node.text == stages.first {
        "is the first stage, with which all begins; leave 'stage' out: the layer is there from day 0 on"
      } else {
        ""
      }
    guard wrong.isEmpty else {
      reading.report(key: node.path, "'\(node.path)' \(wrong)", at: node.location)
      return nil
    }
    return reading.name(orchestration, "stage", among: stages)
  }

  /// What says how things are under the layer for good cannot be told of one that comes later.
  private func refuseWhatCannotWait(for stage: String, risk: RiskSettings?) {
    func refuse(_ what: String) {
      reading.report(
        key: orchestration.path(of: "stage"),
        "the layer comes with the stage '\(stage)', but \(what) from day 0 on; leave one of them out",
        at: orchestration.node?.location ?? location)
    }
    for name in assembly.names(of: "guardrails")
    where sections.node?["guardrails"]?[name]?["drift"]?["below_level"] != nil {
      refuse("'guardrails.\(name).drift.below_level' goes by the variant's level")
    }
    if (risk?.compromise?.layer ?? 0) > 0 {
      refuse("'risk.compromise.layer' lets a compromise spread through it")
    }
  }

  // MARK: Activities

  private func readActivities() -> [ActivitySettings] {
    let outer = reading.group(sections, "activities")
    _ = reading.key("activities.*")
    let teams = assembly.names(of: "teams")
    let standard = outer.node?["default"]
    return flow.activities.indices.map { index in
      let id = flow.activityID(index)
      let own = outer.node?[id]
      let group = [standard, own].compactMap { $0 }.filter(\.isMap)
      // Values missing from both are missing from the default, one for all activities.
      let section = Section(
        node: group.reduce(nil) { $0?.merged(with: $1) ?? $1 }
          ?? ScenarioNode(content: .map([]), location: outer.location, path: ""),
        pattern: "activities.*", path: "activities.default", location: outer.location)
      let lane = own?["team"] == nil ? teamOfLane(id, among: teams) : nil
      let team = lane ?? reading.name(section, "team", among: teams)
      let assignment = layers.assignments[id]
      let isAutomated = assignment.map { $0.automation != "people" } ?? false
      return ActivitySettings(
        id: id, team: team, time: reading.distribution(section, "time"),
        runTime: reading.distribution(section, "run_time"),
        errors: reading.share(section, "errors") ?? 0,
        automation: isAutomated ? assignment?.automation : nil,
        share: isAutomated ? assignment?.share ?? 1 : 1,
        updates: readUpdates(section), decision: readDecision(section, of: id),
        queueing: queueing(ofActivity: section, own: own, team: team), batch: batch(section),
        touches: parts.touches(section) ?? [])
    }
  }

  /// The team whose name is that of the element's lane or candidate group.
  private func teamOfLane(_ id: String, among teams: [String]) -> String? {
    guard let element = process.element(id) else { return nil }
    for (what, name) in [("lane", element.lane), ("candidate group", element.assignment)] {
      guard let name, let team = teams.first(where: { nameKey($0) == nameKey(name) }) else {
        continue
      }
      reading.record(
        path: "activities.\(id).team", text: team, value: nil, unit: "",
        claim: ScenarioNode.Claim(
          provenance: .inferred, note: "\(what) '\(shown(name))' of the BPMN"),
        at: element.location)
      return team
    }
    return nil
  }

  // MARK: Branching

  private func readBranching() -> [Double]? {
    let outer = reading.group(sections, "branching")
    _ = reading.key("branching.*")
    _ = reading.key("branching.*.*")
    var probabilities = [Double](repeating: 1, count: flow.flows.count)
    var gateways: [String] = []
    var isWhole = readInclusiveBranching(into: &probabilities)
    if !readStartShares(into: &probabilities) { isWhole = false }
    let choices = flow.nodes.count - (flow.choosesStart ? 1 : 0)
    for (index, node) in flow.nodes.prefix(choices).enumerated() where node.kind == .exclusive {
      let id = flow.elementIDs[index]
      gateways.append(id)
      let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      if let member = outer.node?.members.first(where: { $0.key == id }) {
        if isRule(member) {
          // Until a forecast has worked them out.
          for flow in flows { probabilities[flow] = 1 / Double(flows.count) }
        } else if let shares = shares(
          at: member, reading.named(member, below: outer), flows: flows)
        {
          for (flow, share) in zip(flows, shares) { probabilities[flow] = share }
        } else {
          isWhole = false
        }
      } else {
        for flow in flows { probabilities[flow] = 1 / Double(flows.count) }
        reading.record(
          path: "branching.\(id)", text: "\(flows.count) equal shares",
          value: 1 / Double(flows.count), unit: "1",
          claim: ScenarioNode.Claim(
            provenance: .assumed, note: "no shares are given; all flows are equally likely"),
          at: process.element(id)?.location ?? outer.location, isDefault: true)
      }
    }
    gateways += inclusiveSplits
    for member in outer.node?.members ?? [] where !gateways.contains(member.key) {
      let hint =
        nearestName(to: member.key, among: gateways).map { "did you mean '\($0)'?" }
        ?? (gateways.isEmpty
          ? "the process has none" : "it has \(gateways.joined(separator: ", "))")
      reading.report(
        key: member.node.path,
        "'\(shown(member.key))' is no gateway or activity of the process where cases part; \(hint)",
        at: member.keyLocation)
      isWhole = false
    }
    return isWhole ? probabilities : nil
  }

  func shares(
    at gateway: ScenarioNode.Member, _ section: Section, flows: Range<Int>
  ) -> [Double]? {
    guard let members = section.node?.members else { return nil }
    var shares = [Double?](repeating: nil, count: flows.count)
    var rest: Int?
    var isWhole = true
    for member in members {
      guard let position = position(of: member, at: gateway.key, among: flows) else {
        isWhole = false
        continue
      }
      if shares[position] != nil || rest == position {
        reading.report(
          key: member.node.path, "the flow '\(shown(member.key))' has two shares; keep one",
          at: member.keyLocation)
        isWhole = false
      } else if member.node.text == "rest", rest == nil {
        rest = position
      } else if let share = reading.leaf(
        section, member, number: { $0 }, parse: { text throws(ValueError) in try parseShare(text) })
      {
        shares[position] = share
      } else {
        isWhole = false
      }
    }
    guard isWhole else { return nil }
    let sum = shares.compactMap { $0 }.reduce(0, +)
    if let rest { shares[rest] = max(0, 1 - sum) }
    let total = rest == nil ? sum : max(1, sum)
    guard abs(total - 1) <= 1e-9 else {
      reading.report(
        key: gateway.node.path,
        "the shares at '\(gateway.key)' sum to \(written((total * 1e8).rounded() / 1e6))"
          + " %; they must sum to 100 %, or one of them be `rest`", at: gateway.keyLocation)
      return nil
    }
    return shares.map { $0 ?? 0 }
  }

  /// The flow that a name means: its id, its label, or the id of its target.
  func position(
    of member: ScenarioNode.Member, at gateway: String, among flows: Range<Int>
  ) -> Int? {
    let ids = flows.map { flow.flowIDs[$0] }
    let targets = flows.map { flow.elementIDs[Int(flow.flows[$0].target)] }
    let labels = ids.map { id in process.flows.first { $0.id == id }?.name ?? "" }
    if let position = ids.firstIndex(of: member.key) { return position }
    let matching = flows.indices.map { $0 - flows.lowerBound }
      .filter { labels[$0] == member.key || targets[$0] == member.key }
    if matching.count == 1 { return matching[0] }
    if matching.count > 1 {
      reading.report(
        key: member.node.path,
        "'\(shown(member.key))' fits several flows of the gateway '\(gateway)'; use the flow's id "
          + "(\(ids.joined(separator: ", ")))", at: member.keyLocation)
      return nil
    }
    let known = ids + targets + labels.filter { !$0.isEmpty }
    let hint =
      nearestName(to: member.key, among: known).map { "did you mean '\($0)'?" }
      ?? "its flows are \(ids.joined(separator: ", "))"
    reading.report(
      key: member.node.path,
      "'\(shown(member.key))' is no outgoing flow of the gateway '\(gateway)'; \(hint)",
      at: member.keyLocation)
    return nil
  }
}
