import Facts
import Inventory

extension Assessment {
  /// Families of technology, beside the mix that the brief recommends.
  static let technologyMix = Assessment(
    id: "technology-mix", title: "Technology mix",
    formula:
      "Systems that were neither switched off nor taken away, by their family. Share of systems = "
      + "systems of the family / all of them, those of unknown family included. Share of runs = runs a "
      + "month of the family / runs a month of all systems whose volume is known. Share of the hybrid = "
      + "systems of the family / systems that are rules, robots or agents, beside 40 % rules, 40 % robots "
      + "and 20 % agents (AI Agent Orchestration: Making Multi-Agent Systems Work Together), which the "
      + "essay recommends without saying of what it is a share."
  ) { context in
    let alive = context.estate.systems.filter(\.isAlive)
    let hybrid = alive.count { $0.kind.value.map { reference[$0] != nil } ?? false }
    let allRuns = alive.compactMap(\.knownRuns).reduce(0, +)
    let unknownVolumes = alive.count { $0.knownRuns == nil }
    let kinds: [SystemKind?] = SystemKind.allCases + [nil]
    let rows = kinds.compactMap { kind -> AssessmentTable.Row? in
      let mine = alive.filter { $0.kind.value == kind }
      guard !mine.isEmpty || kind.flatMap({ reference[$0] }) != nil else { return nil }
      let known = mine.compactMap(\.knownRuns)
      let wanted = kind.flatMap { reference[$0] }
      let shareOfHybrid: AssessmentTable.Cell =
        wanted == nil
        ? .text("–")
        : hybrid == 0
          ? .unknown("no system is known to be rules, a robot or an agent")
          : .share(Double(mine.count) / Double(hybrid))
      return AssessmentTable.Row(
        [
          .text(kind.map(name) ?? "of unknown family"), .number(Double(mine.count)),
          .share(Double(mine.count) / Double(max(1, alive.count))),
          known.isEmpty && !mine.isEmpty
            ? .unknown("the volume of none of them is known") : .number(known.reduce(0, +)),
          known.isEmpty && !mine.isEmpty || allRuns == 0
            ? .unknown("no volume is known") : .share(known.reduce(0, +) / allRuns),
          shareOfHybrid, wanted.map(AssessmentTable.Cell.share) ?? .text("–"),
        ], evidence: mine.prefix(3).flatMap { $0.kind.facts.prefix(1).map(\.evidence) })
    }
    var notes: [String] = []
    if unknownVolumes > 0 {
      notes.append(
        "Of \(counted(unknownVolumes, "system")) the volume is unknown; they are in no share of runs."
      )
    }
    return AssessmentTable(
      summary: summary(alive, hybrid: hybrid),
      columns: [
        .init("family", "Family of technology."),
        .init("systems", "Systems neither switched off nor taken away."),
        .init("share of systems", "Their share of all such systems."),
        .init("known runs", unit: "runs/month", "Runs a month of those whose volume is known."),
        .init("share of known runs", "Their share of all runs a month that are known."),
        .init("share of the hybrid", "Their share of the rules, robots and agents together."),
        .init("recommended", "What the brief recommends for rules, robots and agents."),
      ], rows: rows, notes: notes)
  }
}

/// The hybrid mix that the brief recommends.
private let reference: [SystemKind: Double] = [.rules: 0.4, .rpa: 0.4, .agent: 0.2]

private func name(_ kind: SystemKind) -> String {
  switch kind {
  case .rpa: "robots (RPA)"
  case .rules: "rules engines"
  case .workflow: "workflow tools"
  case .agent: "agents"
  case .script: "scripts and one-off integrations"
  case .orchestrator: "orchestrators"
  }
}

private func summary(_ alive: [AutomationSystem], hybrid: Int) -> String {
  guard !alive.isEmpty else { return "No system in use is known." }
  guard hybrid > 0 else {
    return
      "None of \(counted(alive.count, "system")) in use is known to be rules, a robot or an agent."
  }
  let shares = [SystemKind.rules, .rpa, .agent].map { kind in
    Int((100 * Double(alive.count { $0.kind.value == kind }) / Double(hybrid)).rounded())
  }
  return
    "Rules, robots and agents are \(shares.map(String.init).joined(separator: " / ")) % of the "
    + "\(counted(hybrid, "system")) in use that are one of them; the brief recommends 40 / 40 / 20 %."
}

extension AutomationSystem {
  /// Runs a month, where somebody states or counted them.
  fileprivate var knownRuns: Double? {
    volume.facts.first.flatMap { $0.evidence.provenance == .assumed ? nil : $0.value.perMonth }
  }
}
