import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  static let readiness = Assessment(
    id: "readiness", title: "Readiness for orchestration",
    formula:
      "Thirteen items, each with a level in 0...1. Answered: yes 1, partly 0.5, no 0 (policy key readiness). "
      + "From files, for each system: governance 1 where a person answers for it, 0.5 for a group, 0 "
      + "for somebody who has left or an account; interfaces = known channels to systems and "
      + "applications that are neither a user interface nor mail / known channels; identity 1 where it shares "
      + "no credential with another system, else 0. For each process: interoperability 0 where people "
      + "carry the case between two systems, else 1; shared state = agents that read or write data another one "
      + "does too / agents, where there are two or more. Estate: mean over what is known; where an "
      + "item is also answered, the lower one counts. Path minimum of a process: the lowest level, "
      + "not the mean, of all items over every system that it calls, directly or through others. Nothing unknown counts as "
      + "zero, so a path minimum with unknown items is an upper bound."
  ) { context in
    let facts = ReadinessFacts(context)
    let rows = ReadinessItem.allCases.map { facts.estateRow($0) } + facts.pathRows()
    let known = ReadinessItem.allCases.count { facts.estateLevel($0) != nil }
    let asked = ReadinessItem.allCases.filter { facts.estateLevel($0) == nil }
    var notes: [String] = []
    if !asked.isEmpty {
      notes.append(
        "Not known and to be asked: \(listText(asked.map(\.rawValue), limit: 14)). Answer them under "
          + "readiness in the policy file; unknown is not ready.")
    }
    if context.estate.processes.isEmpty {
      notes.append("No file draws a process, so that no path minimum can be given.")
    }
    let all = ReadinessItem.allCases.compactMap { item in
      facts.estateLevel(item).map { (item: item, level: $0) }
    }
    let weakest = all.min { $0.level < $1.level }
    let binding =
      weakest.map { "; the weakest is \($0.item.rawValue) (\(percentText($0.level)))" } ?? ""
    return AssessmentTable(
      summary: "\(known) of \(ReadinessItem.allCases.count) items are known\(binding).",
      columns: [
        .init("Where", "The estate, or a process and all it calls."),
        .init("Item", "The item; for a process the one that binds it."),
        .init("Level", "0 not ready, 1 ready; for a process the lowest of all items."),
        .init("Basis", "What the level rests on."),
        .init("Answered by", "Who answered."), .init("On", "When."),
      ], rows: rows, notes: notes)
  }
}

/// A level of readiness and what it rests on.
private struct Level {
  var level: Double
  var basis: String
  var evidence: [Evidence] = []
}

private struct ReadinessFacts {
  private let context: AuditContext
  private let answers: [ReadinessItem: ReadinessAnswer]
  /// Levels of each system, by item.
  private var ofSystem: [ReadinessItem: [Int: Level]] = [:]

  init(_ context: AuditContext) {
    self.context = context
    answers = Dictionary(
      context.policy.readiness.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    let teams = Set(context.estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    let uses = Dictionary(grouping: context.estate.credentials) { nameKey($0.system) }
    var users: [String: Set<String>] = [:]
    for use in context.estate.credentials {
      users[use.name, default: []].insert(nameKey(use.system))
    }
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      if let owner = system.owner.winner {
        ofSystem[.governance, default: [:]][index] = Self.governance(owner, system, teams)
      }
      if let level = interfaces(index, system) {
        ofSystem[.interfaces, default: [:]][index] = level
      }
      if let own = uses[system.key] {
        let shared = own.filter { (users[$0.name]?.count ?? 0) > 1 }
        ofSystem[.identity, default: [:]][index] = Level(
          level: shared.isEmpty ? 1 : 0,
          basis: shared.isEmpty
            ? "\(system.name) shares no credential"
            : "\(system.name) shares \(shared[0].name) with another system",
          evidence: (shared.isEmpty ? own : shared).map(\.evidence))
      }
    }
  }

  private static func governance(
    _ owner: Fact<String>, _ system: AutomationSystem, _ teams: Set<String>
  ) -> Level {
    let name = OwnerName(owner.value, teams: teams)
    let level: Double = name == .person ? 1 : name.isNobody ? 0 : 0.5
    return Level(
      level: level, basis: "\(name.meaning) answers for \(system.name)", evidence: [owner.evidence])
  }

  private func interfaces(_ index: Int, _ system: AutomationSystem) -> Level? {
    guard let node = context.node(ofSystem: index) else { return nil }
    let edges = context.graph.edges(from: node).filter {
      let kind = context.graph.nodes[$0.target].kind
      return (kind == .system || kind == .application) && $0.channel != .unknown && !$0.isHuman
    }
    let bad = edges.filter { $0.channel == .userInterface || $0.channel == .mail }
    guard !edges.isEmpty else { return nil }
    return Level(
      level: Double(edges.count - bad.count) / Double(edges.count),
      basis: "\(system.name) reaches \(edges.count - bad.count) of \(edges.count) by an interface",
      evidence: (bad.isEmpty ? edges : bad).flatMap(\.evidence))
  }

  /// The level of the estate in an item; `nil` where neither a file nor an answer says anything.
  func estateLevel(_ item: ReadinessItem) -> Double? {
    [computed(item)?.level, answers[item]?.answer.level].compactMap { $0 }.min()
  }

  private func computed(_ item: ReadinessItem) -> Level? {
    switch item {
    case .interoperability, .sharedState:
      let levels = context.estate.processes.compactMap { ofProcess(item, $0) }
      return mean(levels, of: "process", "processes")
    default:
      let levels = (ofSystem[item] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      return mean(levels, of: "system", "systems")
    }
  }

  private func mean(_ levels: [Level], of one: String, _ many: String) -> Level? {
    guard let worst = levels.min(by: { $0.level < $1.level }) else { return nil }
    let ready = levels.count { $0.level == 1 }
    return Level(
      level: levels.reduce(0) { $0 + $1.level } / Double(levels.count),
      basis:
        "\(ready) of \(counted(levels.count, one, many)) of which it is known are fully ready; the "
        + "weakest: \(worst.basis)", evidence: worst.evidence)
  }

  func estateRow(_ item: ReadinessItem) -> AssessmentTable.Row {
    let answer = answers[item]
    let fromFiles = computed(item)
    var basis: [String] = []
    if let fromFiles { basis.append("files: \(fromFiles.basis)") }
    if let answer { basis.append("answered: \(answer.answer.rawValue)") }
    let answered = answer.map { [Evidence(.declared, $0.location)] } ?? []
    return AssessmentTable.Row(
      [
        .text("estate"), .text(item.rawValue),
        estateLevel(item).map { .share($0) } ?? .unknown("ask: \(item.question)"),
        .text(
          basis.isEmpty ? "no file can say it" : basis.joined(separator: "; ")),
        answer?.by.map { .text($0) } ?? .text("–"),
        answer?.on.map { .text($0.description) } ?? .text("–"),
      ], evidence: Array(((fromFiles?.evidence ?? []) + answered).prefix(4)))
  }

  /// The path minimum of every process, the weakest first.
  func pathRows() -> [AssessmentTable.Row] {
    let rows = context.estate.processes.map { process in
      (level: pathMinimum(of: process), process: process)
    }
    let order = rows.indices.sorted { a, b in
      let (first, second) = (rows[a].level.level ?? 2, rows[b].level.level ?? 2)
      return first != second ? first < second : a < b
    }
    return order.map { index in
      let (path, process) = rows[index]
      return AssessmentTable.Row(
        [
          .text("path of \(process.process.name ?? process.process.id)"),
          .text(path.item?.rawValue ?? "none known"),
          path.level.map { .share($0) } ?? .unknown("nothing is known of any item on its way"),
          .text(path.basis), .text("–"), .text("–"),
        ], evidence: path.evidence)
    }
  }

  private func pathMinimum(
    of process: EstateProcess
  ) -> (level: Double?, item: ReadinessItem?, basis: String, evidence: [Evidence]) {
    let path = systems(on: process)
    var weakest: (item: ReadinessItem, level: Level)?
    var unknown: [String] = []
    for item in ReadinessItem.allCases {
      var levels: [Level] =
        switch item {
        case .interoperability, .sharedState: [ofProcess(item, process)].compactMap { $0 }
        default: path.compactMap { ofSystem[item]?[$0] }
        }
      if let answer = answers[item] {
        levels.append(
          Level(
            level: answer.answer.level,
            basis: "answered for the whole estate: \(answer.answer.rawValue)",
            evidence: [Evidence(.declared, answer.location)]))
      }
      guard let worst = levels.min(by: { $0.level < $1.level }) else {
        if item != .sharedState || agents(on: path).count > 1 { unknown.append(item.rawValue) }
        continue
      }
      if worst.level < weakest?.level.level ?? 2 { weakest = (item, worst) }
    }
    let open =
      unknown.isEmpty
      ? ""
      : "; at most that, since \(counted(unknown.count, "item")) are unknown (\(listText(unknown)))"
    let evidence = weakest?.level.evidence ?? []
    return (
      weakest?.level.level, weakest?.item,
      "\(weakest?.level.basis ?? "nothing known"); \(counted(path.count, "system")) on the way\(open)",
      Array(
        (evidence.isEmpty ? [Evidence(.imported, process.process.location)] : evidence).prefix(4))
    )
  }

  /// The systems in use that a process calls, directly or through others, and the one that carries it.
  private func systems(on process: EstateProcess) -> [Int] {
    guard let start = context.node(ofSystemNamed: process.system) else { return [] }
    var seen: Set<Int> = [start]
    var open = [start]
    while let node = open.popLast() {
      for edge in context.graph.edges(from: node)
      where edge.kind == .invokes && context.graph.nodes[edge.target].kind == .system
        && context.isAlive(edge.target)
      {
        if seen.insert(edge.target).inserted { open.append(edge.target) }
      }
    }
    return seen.sorted().compactMap { context.systemIndex(at: $0) }
  }

  private func agents(on path: [Int]) -> [Int] {
    path.filter { context.estate.systems[$0].kind.value == .agent }
  }

  private func ofProcess(_ item: ReadinessItem, _ process: EstateProcess) -> Level? {
    item == .interoperability ? interoperability(process) : sharedState(process)
  }

  private func interoperability(_ process: EstateProcess) -> Level? {
    let carried = CarriedCase.all(in: process, context)
    let name = process.process.name ?? process.process.id
    if let first = carried.first {
      let names = context.names([first.giver, first.taker])
      return Level(
        level: 0, basis: "in \(name) people carry the case from \(names[0]) to \(names[1])",
        evidence: first.elements.map { Evidence(.imported, $0.location, note: $0.name) })
    }
    guard let carrier = context.node(ofSystemNamed: process.system) else { return nil }
    let called = Set(
      context.graph.edges(from: carrier).filter {
        $0.kind == .invokes && context.graph.nodes[$0.target].kind == .system
      }.map(\.target))
    guard called.count > 1 else { return nil }
    return Level(
      level: 1, basis: "in \(name) nobody carries the case between its \(called.count) systems",
      evidence: [Evidence(.imported, process.process.location)])
  }

  private func sharedState(_ process: EstateProcess) -> Level? {
    let agents = agents(on: systems(on: process))
    guard agents.count > 1 else { return nil }
    var touched: [Int: Int] = [:]
    var ofAgent: [Set<Int>] = []
    for agent in agents {
      let edges = context.node(ofSystem: agent).map(context.graph.edges(from:)) ?? []
      let data = Set(
        edges.filter { context.graph.nodes[$0.target].kind == .data }.map(\.target))
      for node in data { touched[node, default: 0] += 1 }
      ofAgent.append(data)
    }
    if touched.isEmpty { return nil }
    let sharing = ofAgent.count { $0.contains { (touched[$0] ?? 0) > 1 } }
    return Level(
      level: Double(sharing) / Double(agents.count),
      basis: "\(sharing) of \(agents.count) agents read or write data that another one does too",
      evidence: agents.flatMap { context.estate.systems[$0].sources.sorted().prefix(1) })
  }
}
