import Foundation
import Importing
import IntegrationGraph
import Inventory
import Testing

/// Every algorithm against networkx, another implementation by other people.
@Suite("graph algorithms agree with networkx", .enabled(if: InstalledTool.hasNetworkX))
struct NetworkXTests {
  @Test("on 200 random graphs of up to 60 nodes")
  func randomGraphs() throws {
    let graphs = (0..<200).map { randomGraph(seed: 7_000 + $0, limit: $0 < 100 ? 12 : 60) }
    let found = try disagreements(graphs)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("on the sample estate: all edges, who needs whom, and where data can go")
  func sampleEstate() throws {
    let folder = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "inventories/meridian-bank")
    let graph = IntegrationGraph(
      Estate(merging: importFiles(at: [folder.path]).documents))
    try #require(graph.edges.count > 50)
    let flows = DirectedGraph(
      nodeCount: graph.nodes.count, edges: graph.dataSteps().map { ($0.from, $0.to) })
    let found = try disagreements([graph.links, graph.dependencies, flows])
    #expect(found.isEmpty, "\(found)")
  }

  /// What networkx finds otherwise, one line each.
  private func disagreements(_ graphs: [DirectedGraph]) throws -> String {
    let answers = graphs.map(Answers.init)
    let input = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
    return try InstalledTool.run([InstalledTool.python, "-c", Self.script], input: input)
  }

  /// What our algorithms say of one graph.
  private struct Answers: Encodable {
    var nodes: Int
    var edges: [[Int]]
    var components: [[Int]]
    var cutPoints: [Int]
    var bridges: [[Int]]
    var betweenness: [Double]
    var reachable: [[Int]]
    var cycles: [[Int]]
    var communities: [[Int]]
    var modularity: Double?
    var sources: [Int]
    var distances: [Int?]
    var paths: [[Int]?]
    var hubs: [Int]
    var hubRelations: Double?
    var hubPaths: Double?
    var degreeCentralisation: Double?
    var betweennessCentralisation: Double?

    init(_ graph: DirectedGraph) {
      let all = 0..<graph.nodeCount
      nodes = graph.nodeCount
      edges = graph.edges.map { [$0.from, $0.to] }
      components = graph.stronglyConnectedComponents()
      let cuts = graph.cutPointsAndBridges()
      cutPoints = cuts.cutPoints.map(\.node)
      bridges = cuts.bridges.map { [$0.lower, $0.upper] }
      betweenness = graph.betweenness()
      reachable = all.map { graph.reachable(from: $0) }
      cycles = graph.shortestCycles().map(\.cycle)
      let found = graph.communities()
      communities = found.members
      modularity = found.modularity
      sources = [0, graph.nodeCount / 2]
      let ways = graph.shortestPaths(from: sources)
      distances = ways.distance
      paths = all.map { ways.path(to: $0) }
      let concentration = graph.hubConcentration(top: 3)
      hubs = concentration.hubs.map(\.node)
      hubRelations = concentration.shareOfRelations
      hubPaths = concentration.shareOfPaths
      degreeCentralisation = concentration.degreeCentralisation
      betweennessCentralisation = concentration.betweennessCentralisation
    }
  }

  private static let script = """
    import json, sys, networkx as nx
    near = lambda a, b: a is not None and abs(a - b) <= 1e-9 * max(1, abs(b))
    for number, a in enumerate(json.load(sys.stdin)):
        def check(name, holds):
            if not holds: print(number, name)
        d = nx.DiGraph(); d.add_nodes_from(range(a["nodes"])); d.add_edges_from(a["edges"])
        u = d.to_undirected(); n = a["nodes"]; m = u.number_of_edges()
        check("components", a["components"] == sorted(map(sorted, nx.strongly_connected_components(d))))
        check("cut points", a["cutPoints"] == sorted(nx.articulation_points(u)))
        check("bridges", a["bridges"] == sorted(sorted(b) for b in nx.bridges(u)))
        between = nx.betweenness_centrality(d, normalized=False)
        check("betweenness", all(near(x, between[i]) for i, x in enumerate(a["betweenness"])))
        check("reachable", all(r == sorted(nx.descendants(d, i)) for i, r in enumerate(a["reachable"])))
        # A cycle runs along edges, names no node twice and is as short as the component's girth.
        loops = [c for c in a["components"] if len(c) > 1]
        check("cycle count", len(loops) == len(a["cycles"]))
        for members, cycle in zip(loops, a["cycles"]):
            part = d.subgraph(members)
            lengths = dict(nx.all_pairs_shortest_path_length(part))
            girth = min(lengths[y][x] + 1 for x, y in part.edges)
            check("cycle", len(cycle) == girth == len(set(cycle))
                and all(part.has_edge(x, y) for x, y in zip(cycle, cycle[1:] + cycle[:1])))
        # Communities: a partition into connected groups, its modularity, as good as networkx's own.
        groups = a["communities"]
        check("partition", sorted(x for g in groups for x in g) == list(range(n)))
        check("connected", all(nx.is_connected(u.subgraph(g)) for g in groups))
        if m:
            check("modularity", near(a["modularity"], nx.community.modularity(u, groups)))
            best = max(nx.community.modularity(u, nx.community.louvain_communities(u, seed=s)) for s in range(3))
            check("communities", a["modularity"] >= best - 0.05)
        else:
            check("no modularity", a.get("modularity") is None)
        length = nx.multi_source_dijkstra_path_length(d, set(a["sources"]))
        for node in range(n):
            check("distance", a["distances"][node] == length.get(node))
            path = a["paths"][node]
            check("path", (path is None) == (node not in length) and (path is None or
                (path[0] in a["sources"] and path[-1] == node and len(path) == length[node] + 1
                 and all(d.has_edge(x, y) for x, y in zip(path, path[1:])))))
        degree = [u.degree(i) for i in range(n)]
        twice = {i: 2 * b for i, b in nx.betweenness_centrality(u, normalized=False).items()}
        whole = sum(twice.values())
        if n > 2:
            check("degree centralisation", near(a["degreeCentralisation"],
                sum(max(degree) - x for x in degree) / ((n - 1) * (n - 2))))
            check("betweenness centralisation", near(a["betweennessCentralisation"],
                sum(max(twice.values()) - x for x in twice.values()) / ((n - 1) ** 2 * (n - 2))))
        hubs = a["hubs"]
        others = [i for i in range(n) if i not in hubs]
        check("hubs", all(twice[h] >= max((twice[i] for i in others), default=0) - 1e-9 for h in hubs))
        if m:
            check("hub relations", near(a["hubRelations"], sum(x in hubs or y in hubs for x, y in u.edges) / m))
        if whole:
            check("hub paths", near(a["hubPaths"], sum(twice[h] for h in hubs) / whole))
    """
}
