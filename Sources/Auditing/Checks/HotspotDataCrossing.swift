import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let hotspotDataCrossing = AuditCheck(
    id: "hotspot-data-crossing", summary: "Data that cross from one owner's systems to another's",
    matters:
      "Data that change hands without a contract are keyed again, or are wrong on the other side."
  ) { context in
    var crossings: [Int: [Crossing]] = [:]
    var unknownOwners = 0
    for crossing in candidates(context) {
      guard let giver = context.system(at: crossing.giver),
        let taker = context.system(at: crossing.taker), giver.isAlive, taker.isAlive
      else { continue }
      switch ownersDiffer(giver, taker) {
      case true?: crossings[crossing.medium, default: []].append(crossing)
      case nil: unknownOwners += 1
      case false?: continue
      }
    }
    var outcome = Outcome()
    for (medium, found) in crossings.sorted(by: { $0.key < $1.key }) {
      outcome.findings.append(finding(medium, found, context))
    }
    if unknownOwners > 0 {
      outcome.remarks.append(
        "Of \(counted(unknownOwners, "flow")) of data an owner on one side is unknown; whether they "
          + "cross from owner to owner cannot be told.")
    }
    return outcome
  }
}

/// Data that go from one system to another, by a third thing or directly.
private struct Crossing {
  var giver: Int
  var taker: Int
  /// The data object or application they go through; the giver where they go directly.
  var medium: Int
  var gives: GraphEdge
  var takes: GraphEdge

  /// Whether the data leave in one form and arrive in another.
  var changesChannel: Bool {
    gives.channel != takes.channel && gives.channel != .unknown && takes.channel != .unknown
  }

  /// Whether data are keyed in by hand or by a robot at a screen on either side.
  var isKeyed: Bool {
    gives.isHuman || takes.isHuman || gives.channel == .userInterface
      || takes.channel == .userInterface
  }
}

private func candidates(_ context: AuditContext) -> [Crossing] {
  let graph = context.graph
  var found: [Crossing] = []
  for (medium, node) in graph.nodes.enumerated()
  where node.kind == .data || node.kind == .application {
    let writes = graph.edges(to: medium).filter { $0.kind == .writes }
    let reads = graph.edges(to: medium).filter { $0.kind == .reads }
    for write in writes {
      for read in reads where read.source != write.source {
        // Through an application, only data of one name are known to be the same.
        if node.kind == .application, shared(write.data, read.data).isEmpty { continue }
        found.append(
          Crossing(
            giver: write.source, taker: read.source, medium: medium, gives: write, takes: read))
      }
    }
  }
  for edge in graph.edges {
    guard graph.nodes[edge.source].kind == .system, graph.nodes[edge.target].kind == .system,
      !edge.data.isEmpty || [.file, .queue, .database, .mail].contains(edge.channel)
    else { continue }
    let (giver, taker) =
      edge.kind == .reads ? (edge.target, edge.source) : (edge.source, edge.target)
    found.append(Crossing(giver: giver, taker: taker, medium: giver, gives: edge, takes: edge))
  }
  return found
}

private func shared(_ a: [String], _ b: [String]) -> [String] {
  let keys = Set(b.map(nameKey))
  return a.filter { keys.contains(nameKey($0)) }
}

private func finding(_ medium: Int, _ crossings: [Crossing], _ context: AuditContext) -> Finding {
  let graph = context.graph
  let givers = Set(crossings.map(\.giver)).sorted()
  let takers = Set(crossings.map(\.taker)).sorted()
  let isDirect = crossings.allSatisfy { $0.medium == $0.giver }
  let data = Set(crossings.flatMap { $0.gives.data + $0.takes.data }).sorted()
  let what = data.isEmpty ? "Data" : "Data (\(listText(data)))"
  let through = isDirect ? "" : " through \(graph.nodes[medium].name)"
  let changes = crossings.count { $0.changesChannel }
  let keyed = crossings.count { $0.isKeyed }
  let owners = Set((givers + takers).compactMap { graph.nodes[$0].ownerGroup }).sorted()
  let severity: Severity =
    if keyed > 0 && crossings.count >= 3 {
      .high
    } else if keyed > 0 || changes > 0 || crossings.count >= 3 {
      .medium
    } else { .low }
  let ends = givers + takers.filter { !givers.contains($0) }
  return Finding(
    check: AuditCheck.hotspotDataCrossing.id, severity,
    "\(what) cross from \(listText(context.names(givers))) to \(listText(context.names(takers)))\(through)",
    subjects: [context.reference(medium)],
    others: ends.filter { $0 != medium }.map(context.reference),
    evidence: crossings.flatMap { $0.gives.evidence + $0.takes.evidence },
    why: "\(counted(crossings.count, "flow")) between systems of different owners "
      + "(\(listText(owners)))\(through); \(changes) leave by one channel and arrive by another; in "
      + "\(keyed) people or a robot at a screen key the data in. Keyed and 3 or more flows: high; one "
      + "of these, or a change of channel: medium; else low.",
    remedy: keyed > 0
      ? "Replace the keying of \(data.first ?? "the data")\(through) by one call with a contract that "
        + "\(listText(owners)) sign."
      : "Write down one contract for \(data.first ?? "the data")\(through): fields, who may change "
        + "them, and who hears of a change first.")
}
