import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  /// How hard each system is to change.
  static let maintainability = Assessment(
    id: "maintainability", title: "How hard systems are to change",
    formula:
      "Score = mean of the parts that are known, each in 0..1, 1 for easy: coupling 1 / (1 + "
      + "neighbours / 10); interface 1 − share of connections on screens; lead time 1 / (1 + days / 30); "
      + "tests 1 or 0; docs = share known of purpose, owner, version; skills = people who keep the "
      + "technology / 3, at most 1. With fewer than three parts known it is unknown."
  ) { context in
    let skills = TechnologySkills(context)
    let steps = StepsOfSystems(context)
    let entries = context.estate.systems.enumerated().filter { $0.element.isAlive }
      .map { Entry($0.offset, $0.element, skills, steps, context) }
      .enumerated().sorted {
        ($0.element.score ?? 2, $0.offset) < ($1.element.score ?? 2, $1.offset)
      }.map(\.element)
    let scored = entries.filter { $0.score != nil }
    let hard = scored.count { ($0.score ?? 1) < 0.5 }
    return AssessmentTable(
      summary: scored.isEmpty
        ? "Of no system enough is known to say how hard it is to change."
        : "Of \(counted(scored.count, "system")) with a score \(numberText(hard)) are below 0.5; of "
          + "\(numberText(entries.count - scored.count)) too little is known.",
      columns: columns, rows: entries.map(\.row),
      notes: [
        "The weights of the parts are equal and their scales assumed.",
        "Lead time and tests are in no export; say them under `upkeep.automations` in the policy file.",
      ])
  }
}

private let columns: [AssessmentTable.Column] = [
  .init("System", "Systems that are neither disabled nor retired, the hardest to change first."),
  .init("Score", "Mean of the known parts; 1 is easy, 0 is hard."),
  .init("Known parts", "How many of the six parts are known."),
  .init("Neighbours", "Systems, applications and data that it is connected with."),
  .init("On screens", "Share of its connections outward that are on user interfaces."),
  .init("Lead time", unit: "days", "From the wish for a change to its going live."),
  .init("Tests", "Whether automated tests cover it."),
  .init("Documented", "Share known of purpose, owner and version."),
  .init("People", "Named people who keep systems of its technology."),
  .init("Steps", "Steps that its files show."),
  .init("Fragile selectors", "Steps that find their element by what the next release may change."),
  .init("Fixed waits", unit: "s", "Seconds that one pass waits at fixed pauses."),
]

private struct Entry {
  let system: AutomationSystem
  let score: Double?
  let row: AssessmentTable.Row

  init(
    _ index: Int, _ system: AutomationSystem, _ skills: TechnologySkills, _ steps: StepsOfSystems,
    _ context: AuditContext
  ) {
    self.system = system
    let node = context.node(ofSystem: index)
    let outward = node.map(context.graph.edges(from:)) ?? []
    let inward = node.map(context.graph.edges(to:)) ?? []
    var neighbours = Set(outward.map(\.target) + inward.map(\.source))
    if let node { neighbours.remove(node) }
    neighbours = neighbours.filter { context.graph.nodes[$0].kind != .team }
    let own = steps.of(system)
    // Nothing read of it: that no connection is known does not mean that there is none.
    let isCoupled = !neighbours.isEmpty || system.integrations.isKnown || !own.isEmpty
    let acts = outward.filter { $0.kind != .governs && !$0.isHuman }
    let screens =
      acts.isEmpty
      ? nil : Double(acts.count { $0.channel == .userInterface }) / Double(acts.count)
    let days = context.policy.upkeep.changeLeadDays[system.key]
    let tested =
      context.policy.upkeep.isTested[system.key]
      ?? steps.isTested(system)
    let known = [system.purpose.isKnown, system.owner.isKnown, system.version.isKnown]
    let docs = Double(known.count { $0 }) / 3
    let technology = skills.technology(of: system)
    let people = technology.flatMap { $0.withoutPerson == 0 ? $0.people.count : nil }
    let parts: [Double?] = [
      isCoupled ? 1 / (1 + Double(neighbours.count) / 10) : nil, screens.map { 1 - $0 },
      days.map { 1 / (1 + $0 / 30) }, tested.map { $0 ? 1 : 0 }, docs,
      people.map { min(1, Double($0) / 3) },
    ]
    let values = parts.compactMap { $0 }
    score = values.count >= 3 ? values.reduce(0, +) / Double(values.count) : nil

    let selectors = own.compactMap(\.selector)
    let delays = own.compactMap(\.delay?.seconds)
    let noSteps = "no steps of it are in the files"
    row = AssessmentTable.Row(
      [
        .text(system.name),
        score.map { .number(($0 * 100).rounded() / 100) }
          ?? .unknown("only \(values.count) of six parts are known"),
        .number(Double(values.count)),
        isCoupled ? .number(Double(neighbours.count)) : .unknown("no connection of it is known"),
        screens.map { .share($0) } ?? .unknown("no connection outward is known"),
        days.map { .number($0) } ?? .unknown("in no export; policy file"),
        tested.map { .text($0 ? "yes" : "no") } ?? .unknown("in no export; policy file"),
        .share(docs),
        people.map { .number(Double($0)) }
          ?? .unknown("not of all systems of its technology a person is known"),
        own.isEmpty ? .unknown(noSteps) : .number(Double(own.count)),
        selectors.isEmpty
          ? .unknown(own.isEmpty ? noSteps : "the files hold no selectors")
          : .number(Double(selectors.count { SelectorFlaw(of: $0) != nil })),
        own.isEmpty ? .unknown(noSteps) : .number(delays.reduce(0, +)),
      ], evidence: Array(system.sources.prefix(2)))
  }
}
