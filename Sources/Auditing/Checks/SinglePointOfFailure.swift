import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let singlePointOfFailure = AuditCheck(
    id: "single-point-of-failure", summary: "Things whose failure stops or cuts off many others",
    matters: "One failure stops many systems at once."
  ) { context in
    let graph = context.graph
    let options = context.options
    var cuts: [Int: CutPoint] = [:]
    for cut in graph.links.cutPointsAndBridges(counting: {
      graph.nodes[$0].kind == .system && context.isAlive($0)
    }).cutPoints { cuts[cut.node] = cut }
    var candidates: [(node: Int, reach: FailureReach, cut: CutPoint?)] = []
    let parts = PartsOfSystems(context)
    let reliance = Reliance(context)
    for (node, place) in graph.nodes.enumerated()
    where place.kind != .team && context.isAlive(node) && !isPackage(node, context)
      && !isHandedOver(node, context)
    {
      let dependents = graph.dependents(of: node).filter {
        graph.nodes[$0].kind == .system && context.isAlive($0)
      }
      // Who uses the same service with data of his own passes nothing to the others through it.
      let cut = (place.kind == .application ? nil : cuts[node]).flatMap { cut in
        // What loses touch is then only what it uses itself: nobody else misses it.
        let isCallerAlone = dependents.isEmpty && !passesOn(node, context)
        return cut.cutOffCount >= max(1, options.cutOff) && !isCallerAlone
          && ([node] + dependents).contains { reliance.isReliedOn[$0] } ? cut : nil
      }
      guard dependents.count >= max(1, options.dependents) || cut != nil else { continue }
      let reach = FailureReach(of: node, parts, context)
      // That much stops with the platform it runs on nobody has to be told, nor what an unknown thing stops: of both
      // it is told where a register speaks of what depends on them.
      let isOnlyExported = reach.direct.allSatisfy { reliance.isExported[$0] }
      if isOnlyExported, isNoPoint(node, reach.direct, context) { continue }
      if reach.direct.count >= max(1, options.dependents) || cut != nil {
        candidates.append((node, reach, cut))
      }
    }
    guard !candidates.isEmpty else { return Outcome() }
    let betweenness = graph.links.undirected.betweenness(from: betweennessSources)
    let inUse = parts.wholes(
      graph.nodes.indices.filter { context.systemIndex(at: $0) != nil && context.isAlive($0) }
    ).count
    return Outcome(
      findings: candidates.map {
        finding($0.node, $0.reach, $0.cut, betweenness[$0.node], inUse, reliance, context)
      })
  }
}

/// Whether something passes through a node that nothing is known to need: somebody starts or feeds it, or it takes
/// from one thing what it puts into another.
///
/// Of what only calls others they lose nothing but a caller.
private func passesOn(_ node: Int, _ context: AuditContext) -> Bool {
  let graph = context.graph
  if !graph.edges(to: node).isEmpty { return true }
  let read = Set(graph.edges(from: node).filter { $0.kind == .reads }.map(\.target))
  let written = Set(graph.edges(from: node).filter { $0.kind == .writes }.map(\.target))
  return !read.isEmpty && !written.subtracting(read).isEmpty
}

/// What shows that the systems at the nodes are relied on, asked for each of many that a failure reaches.
private struct Reliance {
  /// Only exports speak of it.
  let isExported: [Bool]
  /// It may be an example.
  let isExample: [Bool]
  /// It is in a register, or is said to run and may not be an example.
  let isReliedOn: [Bool]

  init(_ context: AuditContext) {
    let nodes = context.graph.nodes.indices
    var exported = Array(repeating: false, count: nodes.count)
    var example = exported
    var relied = exported
    for node in nodes {
      guard let system = context.system(at: node) else { continue }
      exported[node] = UnregisteredGroup.isUnregistered(system)
      example[node] = exported[node] && context.mayBeExample(system)
      relied[node] = !exported[node] || context.isSaidToRun(system) && !example[node]
    }
    isExported = exported
    isExample = example
    isReliedOn = relied
  }
}

/// Whether a node is only the package of code that several processes each run a copy of: it does not go
/// down, and the importer says so where it names one.
private func isPackage(_ node: Int, _ context: AuditContext) -> Bool {
  let edges = context.graph.edges(to: node)
  return context.system(at: node) == nil && !edges.isEmpty
    && edges.allSatisfy { edge in
      edge.evidence.contains { $0.note?.hasPrefix("the package that") == true }
    }
}

/// Whether a system uses an application and nothing else: then nothing of it can go on without.
///
/// Of a system with something not known of its inside that is not said: it may use more than its files show.
private func hasNothingElse(_ system: Int, than node: Int, _ context: AuditContext) -> Bool {
  guard let described = context.system(at: system), context.showsAllItUses(described) else {
    return false
  }
  return context.graph.nodes[node].kind == .application
    && !context.graph.edges(from: system).isEmpty
    && context.graph.edges(from: system).allSatisfy { edge in
      edge.target == node || edge.kind == .escalates || edge.kind == .handsOver
        || context.graph.nodes[edge.target].kind == .data
    }
}

/// Whether a node is data that nobody in the estate writes or keeps: what the caller hands over with each
/// case, under a name that others may use for something else.
private func isHandedOver(_ node: Int, _ context: AuditContext) -> Bool {
  context.graph.nodes[node].kind == .data
    && !context.graph.edges(to: node).contains { $0.kind == .writes }
}

/// Nodes from which shortest paths are searched.
///
/// Exact for estates that have no more; for others enough for whole percentages, as are shown (assumed).
private let betweennessSources = 1_500

private func finding(
  _ node: Int, _ reach: FailureReach, _ cut: CutPoint?, _ betweenness: Double, _ inUse: Int,
  _ reliance: Reliance,
  _ context: AuditContext
) -> Finding {
  let dependents = reach.direct
  let graph = context.graph
  let name = graph.nodes[node].name
  let alone = dependents.filter { hasNothingElse($0, than: node, context) }
  let affected = reach.all
  let others = inUse - (context.system(at: node) == nil ? 0 : 1)
  let share = others > 0 ? Double(affected.count) / Double(others) : 0
  let critical = ([node] + affected).filter {
    context.system(at: $0)?.criticality.value == .missionCritical
  }
  let options = context.options
  let examples = dependents.count { reliance.isExample[$0] }
  let examplesReached = affected.count { reliance.isExample[$0] }
  // Of what an organisation has registered, standing still matters in itself.
  let spared = alone.filter {
    context.system(at: $0).map(UnregisteredGroup.isUnregistered) ?? false
  }
  let partners =
    alone.count < dependents.count ? dependents.filter { !alone.contains($0) } : dependents
  var reasons: [String] = []
  if dependents.count >= options.dependents {
    reasons.append(
      "\(dependents.count) ≥ \(options.dependents) systems need it directly "
        + "(\(listText(context.names(dependents))))"
        + (reach.partCount > dependents.count
          ? ", agents within a workflow or team counted with it (\(numberText(reach.partCount)) with each by itself)"
          : "")
        + (alone.isEmpty
          ? ""
          : "; of \(numberText(alone.count)) of them the files show nothing else that they use, so that "
            + "\(alone.count == 1 ? "it stands" : "they stand") still with it in any case"))
  }
  if let cut {
    reasons.append(
      "without it \(cut.cutOffCount) ≥ \(options.cutOff) systems lose touch with the rest "
        + "(pieces of \(listText(cut.pieces.map(numberText))))")
  }
  let places = evidence(at: node, reach, context)
  let count = Double(graph.nodes.count)
  let isEstimate = graph.nodes.count > betweennessSources
  let onPaths = count > 2 ? betweenness / ((count - 1) * (count - 2)) : 0
  return Finding(
    check: AuditCheck.singlePointOfFailure.id,
    isNoPoint(node, dependents, context) || isNobodysMatter(affected, reliance, options)
      ? .low
      : severity(
        others > 0
          ? Double(max(0, affected.count - spared.count - examplesReached)) / Double(others) : 0,
        dependents: max(0, dependents.count - spared.count - examples),
        isCritical: !critical.isEmpty, options),
    affected.isEmpty
      ? "\(name) alone holds parts of the estate together"
      : "\(name): its failure reaches \(counted(affected.count, "system"))",
    subjects: [graph.nodes[node].reference],
    evidence: places,
    why:
      "\(reasons.joined(separator: "; ")).\(certainty(reach, places, context))\(exampleText(examples, of: dependents.count))"
      + " Blast radius: \(affected.count) of \(others) systems that "
      + "may be in use (\(percentText(share))) need it, directly or through others"
      + (critical.isEmpty
        ? "" : ", mission-critical ones among them (\(listText(context.names(critical))))")
      + (onPaths < 0.005
        ? "."
        : "; it lies on \(isEstimate ? "about " : "")\(percentText(onPaths)) of the shortest paths "
          + "between other nodes of the map."),
    remedy: dependents.isEmpty
      ? "Write down how the parts work on by hand while \(name) is down, and try it once."
      : "Write down for \(listText(context.names(partners), limit: 4)) what each does while \(name) is "
        + "down (retry, queue, by hand), and try it once.")
}

/// Whether only exports speak of all that a failure reaches, and fewer of it than make a finding are said to run and
/// are no examples.
private func isNobodysMatter(
  _ affected: [Int], _ reliance: Reliance, _ options: AuditOptions
) -> Bool {
  !affected.isEmpty && affected.allSatisfy { reliance.isExported[$0] }
    && affected.count(where: { reliance.isReliedOn[$0] }) < max(1, options.dependents)
}

/// How many of those that need something may be examples, as a sentence that begins with a space.
private func exampleText(_ count: Int, of all: Int) -> String {
  count == 0
    ? ""
    : " \(count == all ? "All of them" : "\(numberText(count)) of them") may be examples or tests, by their folders "
      + "or descriptions, and do not count for the severity."
}

/// What is known of those that only exports speak of: whether they run, and what is not counted, as sentences that
/// begin with a space.
private func certainty(
  _ reach: FailureReach, _ places: [Evidence], _ context: AuditContext
) -> String {
  let systems = reach.direct.compactMap(context.system(at:))
  var said = ""
  if systems.contains(where: UnregisteredGroup.isUnregistered) {
    let statuses = UnregisteredGroup(product: nil, systems: systems).statuses
    let files = Set(places.map(\.location.path)).count
    said +=
      " Their status: \(statuses); \(counted(files, "file")) \(files == 1 ? "shows" : "show") it."
  }
  var others: [String] = []
  if !reach.traced.isEmpty {
    others.append(
      "\(numberText(reach.traced.count)) of which only traces among tests or examples are known "
        + "(\(listText(context.names(reach.traced), limit: 3)))")
  }
  if !reach.divided.isEmpty {
    others.append(
      counted(reach.divided.count, "that also uses", "that also use")
        + " models of another provider "
        + "(\(listText(context.names(reach.divided), limit: 4)))")
  }
  if !reach.off.isEmpty { others.append("\(numberText(reach.off.count)) switched off") }
  return others.isEmpty ? said : said + " Not counted: \(listText(others))."
}

/// Where it is said what joins a thing and those that are counted: first of what is known to run.
private func evidence(
  at node: Int, _ reach: FailureReach, _ context: AuditContext
) -> [Evidence] {
  let edges = context.edges(at: node).filter {
    context.isAlive($0.other) && !reach.left.contains($0.other)
  }
  let running = edges.filter { context.system(at: $0.other)?.isSwitchedOn == true }
  let others = edges.filter { context.system(at: $0.other)?.isSwitchedOn != true }
  let first = Set(running.flatMap(\.edge.evidence)).sorted()
  return first + Set(others.flatMap(\.edge.evidence)).subtracting(first).sorted()
}

/// Whether it says little that much stops with it: of a ghost nothing is known, and what runs on a
/// platform stops with it in any case.
private func isNoPoint(_ node: Int, _ dependents: [Int], _ context: AuditContext) -> Bool {
  let place = context.graph.nodes[node]
  if place.kind == .system { return context.system(at: node) == nil }
  let name = nameKey(place.name)
  let others = dependents.count { dependent in
    context.system(at: dependent)?.technology.value.map { !nameKey($0).contains(name) } ?? true
  }
  return !dependents.isEmpty && others < context.options.dependents
    && others < dependents.count
}

/// Share of the estate below which enough dependents are no matter of medium severity: in a large estate
/// much is needed by a handful (assumed).
private let leastShare = 0.03

/// By the share of the estate that stands still: half is high, less is medium, one step worse where
/// mission-critical systems are among it; a few cut off without many dependents are low.
private func severity(
  _ share: Double, dependents: Int, isCritical: Bool, _ options: AuditOptions
) -> Severity {
  let base =
    if share >= 0.5 {
      1
    } else if share >= 0.1 || (dependents >= options.dependents && share >= leastShare) {
      2
    } else { 3 }
  return Severity.allCases[max(0, isCritical && base < 3 ? base - 1 : base)]
}
