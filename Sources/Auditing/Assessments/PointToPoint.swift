import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let pointToPoint = Assessment(
    id: "point-to-point", title: "Point-to-point links",
    formula:
      "A link is a pair of automations or applications in use of which one acts on the other, without "
      + "people. Through a hub: one end is an orchestrator or an automation with a tenth of all links or "
      + "more, and ten at least; by a standard: MCP or A2A; else point to point. n things can have n(n−1)/2 links."
  ) { context in
    let graph = context.graph
    func counts(_ node: Int) -> Bool {
      [.system, .application].contains(graph.nodes[node].kind) && context.isAlive(node)
    }
    var links: [[Int]: GraphEdge] = [:]
    var standard: Set<[Int]> = []
    var degree: [Int: Set<Int>] = [:]
    for edge in graph.edges
    where !edge.isHuman && edge.source != edge.target && counts(edge.source) && counts(edge.target)
    {
      let pair = [min(edge.source, edge.target), max(edge.source, edge.target)]
      links[pair] = links[pair] ?? edge
      if edge.channel == .mcp || edge.channel == .a2a { standard.insert(pair) }
      degree[edge.source, default: []].insert(edge.target)
      degree[edge.target, default: []].insert(edge.source)
    }
    let limit = max(10, links.count / 10)
    let hubs = degree.keys.filter { node in
      graph.nodes[node].kind == .system
        && (graph.nodes[node].systemKind == .orchestrator || (degree[node]?.count ?? 0) >= limit)
    }
    let isHub = Set(hubs)
    let through = links.keys.filter { isHub.contains($0[0]) || isHub.contains($0[1]) }.count
    let byStandard = standard.filter { !isHub.contains($0[0]) && !isHub.contains($0[1]) }.count
    let direct = links.count - through - byStandard
    let n = degree.count
    let possible = n * max(0, n - 1) / 2
    func row(_ figure: String, _ value: AssessmentTable.Cell, _ how: String) -> AssessmentTable.Row
    {
      AssessmentTable.Row([.text(figure), value, .text(how)])
    }
    let names = context.names(hubs.sorted())
    return AssessmentTable(
      summary: "\(direct) of \(counted(links.count, "link")) are point to point.",
      columns: [
        .init("Figure", "What is counted."), .init("Value", "The figure."),
        .init("How", "From what it is computed."),
      ],
      rows: [
        row("Connected things", .number(Double(n)), "automations and applications with a link"),
        row("Links", .number(Double(links.count)), "pairs"),
        row("Links that could be", .number(Double(possible)), "\(n) × \(max(0, n - 1)) / 2"),
        row(
          "Density", .share(links.count, of: possible, "fewer than two things are connected"),
          "links / links that could be"),
        row("Through a hub", .number(Double(through)), names.isEmpty ? "no hub" : listText(names)),
        row("By a standard", .number(Double(byStandard)), "MCP or A2A, no hub at either end"),
        row("Point to point", .number(Double(direct)), "the rest"),
        row(
          "Links for one more thing",
          n == 0
            ? .unknown("nothing is connected") : .number(Double(2 * links.count) / Double(n)),
          "2 × links / things, if it is connected like the others"),
      ])
  }
}
