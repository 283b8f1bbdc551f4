internal import EventEngine
internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation

// The keys of the scenario, section by section.

extension EstateDraft {
  typealias Key = ScenarioDraft.Key

  /// The scenario as it stands.
  var draft: ScenarioDraft {
    var draft = ScenarioDraft()
    let name = source.process.name ?? carrier?.name ?? source.process.id
    draft.head = [
      "Made by `rehearse scenario init` of the inventory: \(name), \(source.process.location).",
      "Beside every value stands how it is known. What is assumed and called a placeholder is no more "
        + "than that: the inventory is silent about it, and the figures mean nothing until you have put "
        + "yours. `rehearse scenario explain` lists the values, worst evidence first. Change what you "
        + "like: `rehearse scenario init` keeps it, and shows what has changed in the inventory.",
    ]
    draft.head += source.remarks
    draft.sections = [
      Key("rehearse", "1", nil), Key("title", ScenarioText.quoted(name), nil),
      Key(
        reference.isInventory ? "inventory" : "bpmn", ScenarioText.quoted(reference.path), nil),
      Key("process", ScenarioText.quoted(source.process.id), nil),
    ]
    draft.add("start_event", startKeys)
    draft.add("clock", clockKeys)
    draft.add(
      "calendars",
      [
        Key(
          "office", "mon-fri 09:00-17:00",
          .placeholder("the inventory knows no working hours; 40 h a week"))
      ])
    let arrivals = arrivals
    draft.add(
      "demand",
      [
        Key("arrivals", [Key("rate", "\(plainNumber(arrivals.perWeek)) per week", arrivals.claim)])
      ])
    draft.add("teams", teams.map(keys))
    draft.add("activities", activities.map(keys), above: handOvers)
    draft.add("waits", waitKeys)
    draft.add("events", eventKeys)
    draft.add("repeats", repetitionKeys(isMultiInstance: false))
    draft.add("instances", repetitionKeys(isMultiInstance: true))
    draft.add("branching", branchingKeys)
    draft.add("applications", applications.map(keys))
    draft.add("automations", automations.map(keys))
    draft.add("guardrails", guardrails.map(keys))
    draft.add("coordination", coordinationKeys)
    draft.add("variants", [Key("as-is", variantKeys)])
    draft.add(
      "experiment",
      [
        Key(
          "replications", "\(replications)",
          .placeholder("as many as run in a short time; fewer for many cases"))
      ])
    return draft
  }

  // MARK: Clock and demand

  private var clockKeys: [Key] {
    [
      Key("start", options.start, .placeholder("day 0 is yours to say")),
      Key(
        "time_zone", options.timeZone, .placeholder("the inventory names no time zone")),
      Key("horizon", "13 weeks", .placeholder("one quarter")),
    ]
  }

  private var startKeys: [Key] {
    let shares = equalShares(starts.count)
    return zip(starts, shares).map { id, share in
      Key(
        id, share, .placeholder("the inventory does not say where how many cases enter"),
        comment: element(id)?.name)
    }
  }

  /// Cases in a week, and how that is known.
  var arrivals: (perWeek: Double, claim: DraftClaim) {
    if let fact = carrier?.volume.winner, fact.value.count > 0 {
      return (perWeek(fact.value), DraftClaim(fact.evidence, words(fact.value)))
    }
    let starters = estate.connections.filter {
      [.invokes, .triggers, .handsOver].contains($0.kind) && $0.source.kind == .system
        && $0.target == EntityReference(.system, source.system)
    }.compactMap { estate.system(named: $0.source.name) }
    var seen: Set<String> = []
    let known = starters.filter { seen.insert($0.key).inserted }
      .filter { ($0.volume.value?.count ?? 0) > 0 }
    if !known.isEmpty {
      let sum = known.compactMap(\.volume.value).map(perWeek).reduce(0, +)
      let who = known.compactMap { system in
        system.volume.winner.map { "\(system.name) \(words($0.value)) - \($0.evidence.location)" }
      }.joined(separator: "; ")
      return (rounded(sum), DraftClaim(.inferred, "started by \(who)"))
    }
    return (100, .placeholder("the inventory knows no volume of \(source.system)"))
  }

  private func perWeek(_ volume: Frequency) -> Double {
    rounded(volume.count / volume.period.days * 7)
  }

  /// To hundredths, or to four digits that count.
  private func rounded(_ value: Double) -> Double {
    var scale = 100.0
    while value * scale < 1000, scale < 1e9 { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  func words(_ volume: Frequency) -> String {
    "\(plainNumber(volume.count)) per \(volume.period.rawValue)"
  }

  // MARK: People

  private func keys(_ team: DraftTeam) -> Key {
    Key(
      team.key,
      [
        Key(
          "people", "\(team.people)",
          .placeholder("the inventory knows no head counts; enough for these volumes and times")),
        Key(
          "cost", "33.50 EUR/h",
          DraftClaim(.assumed, "Eurostat - mean hourly labour cost in the EU in 2024")),
      ],
      comment: [team.name, team.evidence?.location.description].compactMap(\.self)
        .joined(separator: " - "))
  }

  private func keys(_ activity: DraftActivity) -> Key {
    var keys: [Key] = []
    if let claim = activity.teamClaim {
      keys.append(Key("team", ScenarioText.name(teams[activity.team].key), claim))
    }
    let isByHand = activity.automation == nil
    keys.append(
      Key(
        "time", "lognormal mean 10 min cv 0.5",
        .placeholder(
          isByHand
            ? "the inventory knows no working times"
            : "the inventory knows no working times; by hand, where the automation fails")))
    let touched = touched(by: activity)
    if !touched.isEmpty {
      keys.append(
        Key(
          "touches", list(touched.compactMap { application($0.name) }),
          DraftClaim(touched.map(\.evidence))))
    }
    return Key(activity.id, keys, comment: remark(on: activity))
  }

  private func remark(on activity: DraftActivity) -> String? {
    var parts = [activity.element.name].compactMap(\.self)
    if let touchPoint = activity.touchPoint, touchPoint.kind != .work {
      parts.append(touchPoint.kind.rawValue)
    }
    return parts.isEmpty ? nil : parts.joined(separator: " - ")
  }

  // MARK: Applications

  func application(_ name: String) -> String? {
    applications.first { nameKey($0.name) == nameKey(name) }?.key
  }

  func list(_ names: [String]) -> String {
    "[\(names.map(ScenarioText.name).joined(separator: ", "))]"
  }

  private func keys(_ application: DraftApplication) -> Key {
    let rivals = rivals(of: application.name)
    var above: [String] = []
    var reason = "the inventory knows no limit of it"
    if !rivals.isEmpty {
      let known = rivals.compactMap(\.system.volume.value)
      let runs = plainNumber(known.reduce(0) { $0 + $1.perMonth }.rounded())
      let silent = rivals.count - known.count
      reason +=
        rivals.count == 1
        ? "; another automation uses it" : "; \(rivals.count) other automations use it"
      if !known.isEmpty { reason += ", with \(runs) runs a month" }
      if silent > 0 {
        reason +=
          silent == rivals.count
          ? ", how often is not known" : ", and \(silent) of them nobody knows how often"
      }
      let who = rivals.prefix(20).map { system, evidence in
        let volume = system.volume.value.map { words($0) } ?? "volume unknown"
        return "\(system.name) (\(volume); \(evidence.location))"
      }
      above.append(
        "\(application.name) is shared with \(who.joined(separator: ", "))"
          + (rivals.count > 20 ? " and \(rivals.count - 20) more" : "")
          + ". Nobody notices their calls until a limit of it is given.")
    }
    return Key(
      application.key,
      [Key("concurrent", "unlimited", .placeholder(reason))] + loadOfOthers(rivals),
      comment: application.name, above: above)
  }

  /// The calls of other automations, as often as they run; nothing where that is less than once a day or
  /// not known.
  private func loadOfOthers(_ rivals: [(system: AutomationSystem, evidence: Evidence)]) -> [Key] {
    let known = rivals.compactMap { rival in
      rival.system.volume.winner.map { ($0.value.perMonth, $0.evidence) }
    }
    let perDay = (known.reduce(0) { $0 + $1.0 } * 12 / 365.25).rounded()
    guard perDay >= 1, perDay <= 1e9 else { return [] }
    return [
      Key(
        "others",
        [
          Key("rate", "\(plainNumber(perDay)) per day", DraftClaim(known.map(\.1))),
          Key(
            "time", "5 s", .placeholder("how long a call of theirs holds it is not known")),
        ])
    ]
  }

  // MARK: Variants

  private var variantKeys: [Key] {
    let assigned = automations.map { automation in
      Key(
        automation.key, list(automation.activities),
        automation.evidence.map { DraftClaim($0) }
          ?? DraftClaim(.inferred, "activities of the process that nothing else is known to do"))
    }
    return [Key("title", ScenarioText.quoted("As the inventory has it"), nil)]
      + (assigned.isEmpty ? [] : [Key("assign", assigned)])
  }

  // MARK: Sizes

  /// Gives teams and robots as many people and runners as leave one fifth of their time free.
  mutating func size(by compiled: CompiledScenario) {
    guard let model = compiled.variants.first?.model else { return }
    let expectation = FlowExpectation(model: model, stack: model.stack)
    guard expectation.isFinite else { return }
    let load = ExpectedLoad(
      model: model, stack: model.stack, expectation: expectation, at: 0)
    let cases = arrivals.perWeek
    // A week of the calendar above has 40 h, four fifths of which are planned for.
    let week = 40 * 3600 * 0.8
    func needed(_ seconds: Double) -> Int {
      max(1, Int(min(9_000, seconds * cases / week).rounded(.up)))
    }
    for index in teams.indices {
      let position = model.stack.teams.firstIndex { $0.name == teams[index].key }
      if let position { teams[index].people = needed(load.teamSeconds[position]) }
    }
    for index in automations.indices {
      let position = model.stack.automations.firstIndex { $0.name == automations[index].key }
      if let position { automations[index].runners = needed(load.automationSeconds[position]) }
    }
    let events = cases * 21 * Double(activities.count)
    replications = Int(min(100, max(10, 20_000_000 / max(1, events))))
  }

  /// Shares of as many ways, all alike; the last takes the rest where they do not come out even.
  func equalShares(_ count: Int) -> [String] {
    guard count > 0 else { return [] }
    let share = (10_000 / Double(count)).rounded(.down) / 100
    let text = "\(plainNumber(share)) %"
    let isEven = share * Double(count) == 100
    return (0..<count).map { $0 == count - 1 && !isEven ? "rest" : text }
  }
}
