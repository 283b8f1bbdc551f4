import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// Work in which people carry cases from one system to another: what the hotspot reports and the
/// orchestration tax counts.
struct Carrying {
  /// How it was seen.
  enum Way {
    /// A team that machines hand over or escalate to and that takes the case to others.
    case team(Int)
    /// An edge of hand-over between two machines.
    case direct
    /// Human work that is no judgement, between the tasks of two systems in a process.
    case process(EstateProcess, stretches: [CarriedCase])
  }

  /// How it was seen.
  let way: Way
  /// Systems and applications that cases are carried from, as nodes of the graph.
  let givers: [Int]
  /// Systems and applications that cases are carried to.
  let takers: [Int]
  /// The edges that show it; empty in a process.
  let edges: [GraphEdge]

  /// Every carrying of the estate: by teams, direct ones, those in processes.
  static func all(_ context: AuditContext) -> [Carrying] {
    let graph = context.graph
    var found: [Carrying] = []
    for (team, node) in graph.nodes.enumerated() where node.kind == .team {
      if let carrying = carried(by: team, context) { found.append(carrying) }
    }
    let direct = graph.edges.filter { edge in
      edge.kind == .handsOver && edge.source != edge.target
        && isMachine(edge.source, context) && isMachine(edge.target, context)
    }
    for (_, edges) in Dictionary(grouping: direct, by: { [$0.source, $0.target] })
      .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      found.append(
        Carrying(
          way: .direct, givers: [edges[0].source], takers: [edges[0].target], edges: edges))
    }
    for process in context.estate.processes { found += carried(in: process, context) }
    return found
  }

  private static func carried(in process: EstateProcess, _ context: AuditContext) -> [Carrying] {
    let stretches = CarriedCase.all(in: process, context).filter {
      context.isAlive($0.giver) && context.isAlive($0.taker)
    }
    return Dictionary(grouping: stretches, by: { [$0.giver, $0.taker] })
      .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
      .map { key, stretches in
        Carrying(
          way: .process(process, stretches: stretches), givers: [key[0]], takers: [key[1]],
          edges: [])
      }
  }

  /// A team that is handed cases by one machine and takes them to another.
  private static func carried(by team: Int, _ context: AuditContext) -> Carrying? {
    let given = context.graph.edges(to: team).filter {
      ($0.kind == .handsOver || $0.kind == .escalates) && isMachine($0.source, context)
    }
    let taken = context.graph.edges(from: team).filter {
      [.handsOver, .invokes, .writes, .triggers].contains($0.kind) && isMachine($0.target, context)
    }
    let givers = Set(given.map(\.source))
    let takers = Set(taken.map(\.target))
    // Back to where it came from is a decision on the case, not a way to carry it.
    let from = givers.filter { giver in takers.contains { $0 != giver } }.sorted()
    let to = takers.filter { taker in givers.contains { $0 != taker } }.sorted()
    guard !from.isEmpty, !to.isEmpty else { return nil }
    return Carrying(way: .team(team), givers: from, takers: to, edges: given + taken)
  }

  /// Whether a node is something that people carry cases from or to.
  private static func isMachine(_ node: Int, _ context: AuditContext) -> Bool {
    let kind = context.graph.nodes[node].kind
    return (kind == .system || kind == .application) && context.isAlive(node)
  }
}

extension Carrying {
  /// Systems and applications at either end, each once.
  var ends: [Int] { givers + takers.filter { !givers.contains($0) } }

  /// The human tasks of it, each once; empty outside processes.
  var tasks: [FlowElement] {
    guard case .process(_, let stretches) = way else { return [] }
    var seen: Set<FlowElement> = []
    return stretches.flatMap(\.work).filter { seen.insert($0).inserted }
  }

  /// Carryings of one case: the tasks of a process, else one.
  var perCase: Int { max(1, tasks.count) }

  /// Cases a month, and whether that is only an upper bound; `nil` where unknown.
  ///
  /// The carrying process runs once a case; without one, the busiest system is an upper bound. In a
  /// process a case need not come this way, unless every way from start to end does.
  func volume(_ context: AuditContext) -> (cases: Double, isBound: Bool)? {
    if case .process(let process, _) = way,
      let runs = context.system(named: process.system)?.runsPerMonth
    {
      let always = tasks.allSatisfy { EveryCase(of: process.process).meets($0) }
      return (runs, !always)
    }
    return ends.compactMap { context.system(at: $0)?.runsPerMonth }.max().map { ($0, true) }
  }

  /// What it costs a month at the minutes of the policy; `nil` where the volume is unknown.
  func cost(_ context: AuditContext) -> Finding.Cost? {
    guard let volume = volume(context) else { return nil }
    let hours = volume.cases * Double(perCase) * context.policy.humanWork.handOverMinutes / 60
    return Finding.Cost(hours: hours, at: context.policy.hourlyCost)
  }

  /// Who carries, for a sentence.
  func people(_ context: AuditContext) -> String {
    switch way {
    case .team(let team): return context.graph.nodes[team].name
    case .direct: return "People"
    case .process(let process, _):
      let points = tasks.compactMap { context.touchPoint(at: $0, ofSystem: process.system) }
      var seen: Set<String> = []
      let names = (points.compactMap(\.team) + tasks.compactMap(\.lane)).filter {
        seen.insert($0).inserted
      }
      return names.isEmpty ? "People" : listText(names)
    }
  }

  /// Where one can see it.
  var evidence: [Evidence] {
    guard case .process(_, let stretches) = way else { return edges.flatMap(\.evidence) }
    var seen: Set<FlowElement> = []
    return stretches.flatMap(\.elements).filter { seen.insert($0).inserted }
      .map { Evidence(.imported, $0.location, note: $0.name) }
  }
}
