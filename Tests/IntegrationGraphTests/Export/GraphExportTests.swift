import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import Testing

/// Names that try to leave their place in each of the formats.
private let hostileNames = [
  #"quote " backslash \ and \"both\""#, "&lt;b&gt; & <script>alert(1)</script> &#65;",
  "]]> --> <!-- <![CDATA[", #"\N \G \l \n \E"#, "line\nbreak\ttab\r\u{0}nul\u{7}bell",
  "???", "\"<&>\\", "right\u{202E}to left\u{2028}", "Größe 東京 🤖 ½", "a->b; c [label=x]",
  "'single' `back` $(x) %s",
  "\u{FFFE}\u{FFFF}", String(repeating: "very long ", count: 4000),
]

func hostileGraph() -> IntegrationGraph {
  var builder = EstateBuilder()
  for name in hostileNames {
    builder.system(name, kind: .rpa, technology: name, owner: name, team: name)
  }
  for (a, b) in zip(hostileNames, hostileNames.dropFirst()) {
    builder.connect(.reads, .system(a), .system(b), channel: .file, action: b, data: [a, b])
    builder.connect(.handsOver, .system(a), .team(b), channel: .people)
    builder.connect(.writes, .system(a), .data(b))
  }
  builder.connect(.invokes, .system("A"), .system("ghost <&> \""))
  return IntegrationGraph(builder.estate)
}

@Suite("exports of the graph", .serialized)
struct GraphExportTests {
  @Test(
    "networkx reads GraphML back with names and types, whatever the names",
    .enabled(if: InstalledTool.hasNetworkX))
  func graphML() throws {
    let graph = hostileGraph()
    let script = """
      import networkx, sys, json
      g = networkx.read_graphml(sys.stdin.buffer, force_multigraph=True)
      assert g.is_directed()
      nodes = {n: d for n, d in g.nodes(data=True)}
      assert all(isinstance(d["ghost"], bool) and isinstance(d["inDegree"], int) for d in nodes.values())
      assert all(isinstance(d["human"], bool) for _, _, d in g.edges(data=True))
      json.dump({"names": {n: d["name"] for n, d in nodes.items()},
        "ghosts": sorted(n for n, d in nodes.items() if d["ghost"]),
        "edges": sorted(k for _, _, k in g.edges(keys=True))}, sys.stdout, sort_keys=True)
      """
    let answer = try InstalledTool.run(
      [InstalledTool.python, "-c", script], input: graph.graphML())
    let read = try JSONAnswer(answer)
    #expect(read.edges == graph.edges.map(\.id).sorted())
    #expect(read.ghosts == graph.ghosts.map { graph.nodes[$0].id }.sorted())
    for node in graph.nodes {
      let forbidden: Set<Unicode.Scalar> = ["\u{0}", "\u{7}", "\u{FFFE}", "\u{FFFF}"]
      let expected = String(
        String.UnicodeScalarView(
          node.name.unicodeScalars.map { forbidden.contains($0) ? "\u{FFFD}" : $0 }))
      #expect(read.names[node.id] == expected)
    }
  }

  @Test("JSON reads back unchanged, whatever the names", .enabled(if: InstalledTool.hasPython))
  func json() throws {
    let graph = hostileGraph()
    let script = """
      import sys, json
      g = json.load(sys.stdin)
      assert g["format"] == "rehearse-integration-graph" and g["version"] == 1
      json.dump({"names": {n["id"]: n["name"] for n in g["nodes"]},
        "ghosts": sorted(n["id"] for n in g["nodes"] if n["ghost"]),
        "edges": sorted(e["id"] for e in g["edges"])}, sys.stdout, sort_keys=True)
      """
    let read = try JSONAnswer(
      InstalledTool.run([InstalledTool.python, "-c", script], input: graph.json()))
    #expect(read.names == Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.id, $0.name) }))
    #expect(read.edges == graph.edges.map(\.id).sorted())
    #expect(!graph.json().contains("</script>"))
  }

  @Test(
    "Graphviz lays the map out in silence; ids, tooltips and labels arrive in well-formed SVG",
    .enabled(if: InstalledTool.hasDot && InstalledTool.hasPython),
    arguments: [MapOptions.Detail.whole, .overview])
  func dot(detail: MapOptions.Detail) throws {
    let graph = hostileGraph()
    let badges = Dictionary(
      uniqueKeysWithValues: graph.nodes.map { ($0.id, Array(1...9)) })
    let svg = try InstalledTool.run(
      ["dot", "-Tsvg"], input: graph.dot(MapOptions(detail: detail, badges: badges)))
    #expect(!svg.contains("<script"))
    let script = """
      import sys, json, xml.etree.ElementTree as tree
      root = tree.parse(sys.stdin).getroot()
      S = "{http://www.w3.org/2000/svg}"; X = "{http://www.w3.org/1999/xlink}"
      ids = [e.get("id") for e in root.iter() if e.get("id")]
      assert len(ids) == len(set(ids)), "an id occurs twice"
      json.dump({"names": {}, "edges": sorted(ids),
        "ghosts": [e.get(X + "title") or "" for e in root.iter(S + "a")]
          + ["".join(t.itertext()) for t in root.iter(S + "text")]}, sys.stdout)
      """
    let read = try JSONAnswer(InstalledTool.run([InstalledTool.python, "-c", script], input: svg))
    let ids = Set(read.edges)
    if detail == .whole {
      for node in graph.nodes where node.kind != .team { #expect(ids.contains(node.id)) }
      for edge in graph.edges { #expect(ids.contains(edge.id)) }
      // Word joiners keep Graphviz from reading backslashes; nobody sees them.
      let texts = read.ghosts.map { text in
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{2060}" }))
      }
      #expect(texts.contains { $0.hasPrefix(#"quote " backslash \ and \"both\" · bot (RPA)"#) })
      #expect(texts.contains { $0.hasPrefix("&lt;b&gt; & <script>alert(1)</script> &#65; ·") })
      #expect(texts.contains { $0.hasPrefix(#"\N \G \l \n \E · bot (RPA)"#) })
      #expect(texts.contains { $0.hasPrefix("line break tab nul bell ·") })
      #expect(texts.contains(#"\N \G \l \n \E"#))
      #expect(texts.contains("Größe 東京 🤖 ½"))
      #expect(texts.contains("Finding 3"))
    } else {
      for cluster in graph.mapClusters { #expect(ids.contains(cluster.id)) }
    }
  }

  @Test("a badge links to its finding and has an id of its own")
  func badges() {
    var builder = EstateBuilder()
    builder.system("A")
    let graph = IntegrationGraph(builder.estate)
    let text = graph.dot(MapOptions(badges: ["system:a": [3, 7]], badgeLink: "#f"))
    #expect(text.contains(##"HREF="#f3" TITLE="Finding 3" ID="badge:system:a:3""##))
    #expect(text.contains(##"HREF="#f7" TITLE="Finding 7" ID="badge:system:a:7""##))
    #expect(!graph.dot().contains("HREF"))
  }

  @Test("kinds of edge look as the visual design says")
  func edgeStyles() {
    var builder = EstateBuilder()
    for name in ["A", "B"] { builder.system(name) }
    builder.connect(.invokes, .system("A"), .system("B"))
    builder.connect(.reads, .system("A"), .data("d"))
    builder.connect(.handsOver, .system("A"), .team("T"))
    builder.connect(.escalates, .system("B"), .team("T"))
    let lines = IntegrationGraph(builder.estate).dot().split(separator: "\n")
    func line(_ id: String) -> String {
      lines.first { $0.contains("id=\"edge:\(id)") }.map(String.init) ?? ""
    }
    #expect(line("invokes").contains("style=solid"))
    #expect(line("reads").contains("style=dashed"))
    #expect(line("reads").contains("dir=back"))
    #expect(line("hands-over").contains("color=\"#E69F00\", style=solid, penwidth=3.5"))
    #expect(line("escalates").contains("color=\"#CC79A7\", style=dotted"))
  }

  @Test("a ghost is outlined, an owned system has its owner's colour")
  func nodeStyles() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, team: "T")
    builder.connect(.invokes, .system("A"), .system("B"))
    let lines = IntegrationGraph(builder.estate).dot().split(separator: "\n")
    let owned = lines.first { $0.hasPrefix("  \"system:a\" [") } ?? ""
    let ghost = lines.first { $0.hasPrefix("  \"system:b\" [") } ?? ""
    #expect(owned.contains("shape=ellipse, style=\"filled\", color=\"#0072B2\""))
    #expect(ghost.contains("style=\"dashed\""))
    #expect(ghost.contains("class=\"node system ghost\""))
  }

  @Test("a team that only owns is shown by its colour, not as a node of its own")
  func owningTeams() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, team: "T")
    builder.system("B", kind: .agent, team: "U")
    builder.connect(.escalates, .system("A"), .team("U"))
    let text = IntegrationGraph(builder.estate).dot()
    #expect(!text.contains("\"team:t\""))
    #expect(text.contains("\"team:u\""))
  }

  @Test("more nodes than fit one screen are drawn as clusters that can be opened one by one")
  func clusters() {
    var builder = EstateBuilder()
    for number in 0..<100 {
      builder.system("S\(number)", kind: .rpa, team: number < 60 ? "Alpha" : "Beta")
    }
    for number in 1..<100 {
      builder.connect(.invokes, .system("S\(number - 1)"), .system("S\(number)"))
    }
    let graph = IntegrationGraph(builder.estate)
    let overview = graph.dot()
    #expect(overview == graph.dot(MapOptions(detail: .overview)))
    #expect(overview.contains("id=\"cluster:owner:alpha\""))
    #expect(overview.contains("id=\"edges:invokes:cluster:owner:alpha:cluster:owner:beta\""))
    #expect(!overview.contains("\"system:s1\""))

    let opened = graph.dot(MapOptions(detail: .cluster("cluster:owner:beta")))
    #expect(opened.contains("\"system:s60\" ["))
    #expect(opened.contains("\"cluster:owner:alpha\" ["))
    #expect(!opened.contains("\"system:s1\" ["))

    let whole = graph.dot(MapOptions(detail: .whole))
    #expect(whole.contains("subgraph \"cluster_0\""))
    #expect(whole.contains("\"system:s1\" ["))
    #expect(graph.mapClusters.flatMap(\.nodes).sorted() == Array(graph.nodes.indices))
  }

  @Test("the key of the map lists what occurs, owners by size")
  func legend() {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, team: "Small")
    builder.system("B", kind: .rpa, team: "Large")
    builder.system("C", kind: .rpa, team: "Large")
    builder.connect(.governs, .system("A"), .system("B"))
    let legend = IntegrationGraph(builder.estate).mapLegend()
    #expect(legend.owners.map(\.name) == ["Large", "Small"])
    #expect(legend.owners.map(\.colour) == ["#0072B2", "#009E73"])
    #expect(legend.shapes.map(\.meaning) == ["bot (RPA)", "AI agent", "team"])
    #expect(legend.lines.map(\.meaning) == ["governs"])
    #expect(legend.sensitive == nil)
  }

  @Test("lines that carry sensitive data are double, also between clusters; the key says of what")
  func sensitive() throws {
    var builder = EstateBuilder()
    for name in ["A", "B"] { builder.system(name, kind: .rpa, team: name) }
    builder.connect(.invokes, .system("A"), .system("B"), data: ["IBAN"])
    builder.connect(.triggers, .system("B"), .system("A"))
    let graph = IntegrationGraph(builder.estate)
    let call = try #require(graph.edges.first { $0.kind == .invokes })
    for detail in [MapOptions.Detail.whole, .overview] {
      var options = MapOptions(detail: detail, showsLegend: true)
      #expect(!graph.dot(options).contains("sensitive"))
      options.sensitive = [call.id: ["payment data"]]
      let lines = graph.dot(options).split(separator: "\n")
      let marked = lines.filter { $0.contains(":transparent:") }
      #expect(marked.count == 1)
      #expect(marked.allSatisfy { $0.contains("invokes") && $0.contains("payment data") })
      #expect(lines.contains { $0.contains("carries payment data") })
    }
    let legend = graph.mapLegend(sensitive: [call.id: ["payment data"]])
    #expect(legend.sensitive == ["payment data"])
  }
}
