import EstateTestSupport
import Foundation
import IntegrationGraph
import Inventory
import Testing

/// Mermaid's own parser (version 11), as the Python package mermaid-parser-py carries it, run by Node.
private enum MermaidParser {
  static let bundle: String? = {
    let script = """
      import importlib.util as u
      print(u.find_spec("mermaid_parser").submodule_search_locations[0], end="")
      """
    guard let folder = try? InstalledTool.run([InstalledTool.python, "-c", script], input: ""),
      (try? InstalledTool.run(["node", "-e", ""], input: "")) != nil
    else { return nil }
    return folder + "/js/parser.bundle.js"
  }()

  struct Diagram: Decodable {
    var type: String
    /// Text of each box, by its id.
    var boxes: [String: String]
    var lines: [[String]]
  }

  static func read(_ text: String) throws -> Diagram {
    let script = """
      const parse = require(process.argv[1]);
      parse(require("fs").readFileSync(0, "utf8")).then(answer => {
        const data = JSON.parse(answer);
        // Mermaid keeps character codes in a form of its own until it draws.
        const plain = text => text.replace(/ﬂ°°(\\d+)¶ß/g, (_, code) => String.fromCodePoint(code));
        const boxes = {};
        for (const box of Object.values(data.graph_data.vertices)) boxes[box.id] = plain(box.text);
        process.stdout.write(JSON.stringify({type: data.graph_type, boxes,
          lines: data.graph_data.edges.map(e => [e.start, e.text, e.end])}));
      }).catch(error => { process.stderr.write(error.message); process.exit(1); });
      """
    let answer = try InstalledTool.run(["node", "-e", script, bundle ?? ""], input: text)
    return try JSONDecoder().decode(Diagram.self, from: Data(answer.utf8))
  }
}

@Suite("maps in Mermaid's language")
struct MermaidTests {
  /// The only forms of line that our maps are made of.
  private static let forms = [
    #"flowchart LR"#,
    #"  acc(Title|Descr): [^:#;{}"]+"#,
    #"  subgraph \w+\["[^"`:%{}\[\]]*"\]"#,
    #"  end"#,
    #"  \w+(\[\[|\{\{|\(\[|\[/|\(\(\(|\(|\[\\|>|\[\(|\[)"[^"`:%{}\[\]]*"(\]\]|\}\}|\]\)|/\]|\)\)\)|\)|\]|\)\])(:::\w+)?"#,
    #"  \w+ (-->|-\.->|==>|--o)\|"[a-z ]+( ×\d+)?"\| \w+"#,
    #"  classDef \w+ [a-zA-Z0-9#:, -]+"#,
  ]

  private func oddLines(_ text: String) throws -> [Substring] {
    let forms = try Self.forms.map { try Regex($0) }
    return text.split(separator: "\n").filter { line in
      !forms.contains { (try? $0.wholeMatch(in: line)) != nil }
    }
  }

  @Test("every line has one of seven forms, whatever the names")
  func grammar() throws {
    for detail in [MapOptions.Detail.whole, .overview] {
      let map = hostileGraph().mermaid(MapOptions(detail: detail, badges: ["system:a": [1, 2]]))
      #expect(try oddLines(map.text) == [])
      #expect(map.limitExceeded == nil)
    }
  }

  @Test(
    "Mermaid reads every box with its name and every line with its ends, whatever the names",
    .enabled(if: MermaidParser.bundle != nil))
  func realParser() throws {
    let graph = hostileGraph()
    let map = graph.mermaid(MapOptions(detail: .whole))
    let read = try MermaidParser.read(map.text)
    #expect(read.type.hasPrefix("flowchart"))
    #expect(read.lines.count == map.lineCount)
    let texts = read.boxes.values
    for name in [
      #"quote " backslash \"#, "&lt;b&gt; &", "]]> --> <!--", #"\N \G \l \n \E"#, "Größe 東京 🤖 ½",
      "'single' `back`",
    ] {
      #expect(texts.contains { $0.hasPrefix(name) }, "\(name)")
    }
    for line in read.lines {
      #expect(read.boxes[line[0]] != nil && read.boxes[line[2]] != nil)
    }
    #expect(
      try MermaidParser.read(graph.mermaid(MapOptions(detail: .overview)).text).boxes.count
        == graph.mapClusters.count)
  }

  @Test(
    "edges of one kind between two nodes are one line that counts them; reading points to the reader"
  )
  func lines() {
    var builder = EstateBuilder()
    builder.system("A", kind: .rpa, team: "T")
    builder.connect(.invokes, .system("A"), .system("B"), action: "one")
    builder.connect(.invokes, .system("A"), .system("B"), action: "two")
    builder.connect(.reads, .system("A"), .data("d"))
    builder.connect(.handsOver, .system("A"), .team("U"))
    let graph = IntegrationGraph(builder.estate)
    let text = graph.mermaid(MapOptions(badges: ["system:a": [3]])).text
    #expect(text.contains("  system_a[[\"A<br/>bot (RPA)<br/>(3)\"]]:::owner0\n"))
    #expect(text.contains("  system_a -->|\"invokes ×2\"| system_b\n"))
    #expect(text.contains("  data_d -.->|\"is read by\"| system_a\n"))
    #expect(text.contains("  system_a ==>|\"hands over to\"| team_u\n"))
  }

  @Test("more than Mermaid draws by default becomes clusters, or is said")
  func limits() {
    var builder = EstateBuilder()
    for number in 0..<60 { builder.system("S\(number)", team: number < 30 ? "T" : "U") }
    for a in 0..<60 {
      for step in 1...10 {
        builder.connect(.invokes, .system("S\(a)"), .system("S\((a + step) % 60)"))
      }
    }
    let graph = IntegrationGraph(builder.estate)
    let automatic = graph.mermaid()
    #expect(automatic.limitExceeded == nil)
    #expect(automatic.lineCount == 2)
    let whole = graph.mermaid(MapOptions(detail: .whole))
    #expect(whole.lineCount == 600)
    #expect(whole.limitExceeded?.hasPrefix("600 lines") == true)
  }
}
