import Foundation
import FoundationXML
import Testing

extension EndToEndTests {
  @Suite("Integration graph") struct GraphTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The map of the sample estate, twice: the same both times.
    private func map(_ options: String...) async throws -> String {
      let workspace = ["--workspace", folder.workspace]
      _ = try await rehearse(["import", "inventories/meridian-bank"] + workspace)
      let outcome = try await rehearse(["graph"] + options + workspace)
      try #require(outcome.exitCode == 0, "\(outcome)")
      #expect(try await rehearse(["graph"] + options + workspace).output == outcome.output)
      return outcome.output
    }

    /// The names of the elements of an XML document, which must be well-formed.
    private func elements(_ text: String) throws -> [String] {
      final class Collector: NSObject, XMLParserDelegate {
        var names: [String] = []
        func parser(
          _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
          qualifiedName: String?, attributes: [String: String]
        ) { names.append(elementName) }
      }
      let collector = Collector()
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = collector
      try #require(parser.parse(), "not well-formed, line \(parser.lineNumber)")
      return collector.names
    }

    @Test("svg is XML and names the systems")
    func svg() async throws {
      let text = try await map("--format", "svg")
      #expect(try elements(text).first == "svg")
      for name in ["Loan Agent", "Core Banking", "Treasury Rates Hub"] {
        #expect(text.contains(name), "\(name) is not on the map")
      }
    }

    @Test("svg with findings numbers those of the audit")
    func findings() async throws {
      let plain = try await map("--format", "dot")
      let numbered = try await map("--format", "dot", "--findings")
      #expect(numbered != plain && numbered.hasPrefix("digraph"))
    }

    @Test("dot is a digraph")
    func dot() async throws {
      let text = try await map("--format", "dot")
      #expect(text.hasPrefix("digraph ") && text.contains("Loan Agent"))
    }

    @Test("graphml is XML whose edges end at its nodes")
    func graphML() async throws {
      let text = try await map("--format", "graphml")
      let names = try elements(text)
      #expect(names.first == "graphml")
      #expect(names.count { $0 == "node" } >= 50 && names.count { $0 == "edge" } >= 50)
      #expect(text.contains("Loan Agent"))
    }

    @Test("json has nodes and edges, each edge between nodes and with evidence")
    func jsonGraph() async throws {
      let document = try json(try await map("--format", "json"))
      let nodes = try #require(document["nodes"] as? [[String: Any]])
      let edges = try #require(document["edges"] as? [[String: Any]])
      let ids = Set(nodes.compactMap { $0["id"] as? String })
      #expect(ids.count == nodes.count && ids.contains("system:loanagent"))
      #expect(nodes.contains { $0["ghost"] as? Bool == true })
      #expect(edges.count >= 50)
      for edge in edges {
        #expect(ids.contains(edge["source"] as? String ?? ""), "\(edge)")
        #expect(ids.contains(edge["target"] as? String ?? ""), "\(edge)")
        #expect((edge["evidence"] as? [Any])?.isEmpty == false, "\(edge)")
      }
    }

    @Test("svg says what it is, has a key, and findings with their severity")
    func readable() async throws {
      let text = try await map("--format", "svg", "--findings")
      #expect(
        text.hasPrefix("<svg role=\"graphics-document\" aria-label=\"Integration map"))
      #expect(text.contains("<title>Loan Agent · AI agent"))
      #expect(text.contains("Border: owner"))
      #expect(text.contains("▲") || text.contains("◆"))
      #expect(text.contains("id=\"system:loanagent\""))
    }

    @Test("mermaid is a flowchart of the systems")
    func mermaid() async throws {
      let text = try await map("--format", "mermaid")
      #expect(text.hasPrefix("flowchart LR\n"))
      #expect(text.contains("system_loanagent([\"Loan Agent<br/>AI agent"))
    }

    @Test("csv is two files in a folder, and needs one")
    func csv() async throws {
      _ = try await map("--format", "json")
      let place = folder.file("graph")
      let outcome = try await rehearse(
        ["graph", "--format", "csv", "--output", place, "--workspace", folder.workspace])
      #expect(outcome.exitCode == 0, "\(outcome)")
      for (name, head) in [("nodes", "id,kind,name,"), ("edges", "id,source,target,")] {
        let text = try String(contentsOfFile: "\(place)/\(name).csv", encoding: .utf8)
        #expect(text.hasPrefix(head) && text.split(separator: "\r\n").count > 50)
      }
      let refused = try await rehearse(
        ["graph", "--format", "csv", "--workspace", folder.workspace])
      #expect(refused.exitCode != 0 && refused.errors.contains("name a folder with --output"))
    }

    @Test("a part is shown, counted on standard error, under the other name of the command")
    func part() async throws {
      let whole = try await map("--format", "json")
      let outcome = try await rehearse(
        ["map", "--system", "loan agent", "--format", "json", "--workspace", folder.workspace])
      #expect(outcome.exitCode == 0 && outcome.output.count < whole.count)
      #expect(outcome.output.contains("\"id\":\"system:loanagent\""))
      #expect(outcome.errors.contains("Shown: "))
    }

    @Test("a name that is not there is refused with the nearest one")
    func wrongName() async throws {
      _ = try await map("--format", "json")
      let outcome = try await rehearse(
        ["graph", "--system", "Loan Agnt", "--format", "json", "--workspace", folder.workspace])
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains("there is no system 'Loan Agnt'; did you mean 'Loan Agent'?"))
      let both = try await rehearse(
        ["graph", "--system", "Loan Agent", "--people", "--workspace", folder.workspace])
      #expect(both.exitCode != 0 && both.errors.contains("Name one of"))
    }

    @Test("what is written to a file is what is printed")
    func output() async throws {
      let printed = try await map("--format", "graphml")
      let place = folder.file("out/map.graphml")
      let outcome = try await rehearse(
        ["graph", "--format", "graphml", "--output", place, "--workspace", folder.workspace])
      #expect(outcome.exitCode == 0 && outcome.output == "", "\(outcome)")
      #expect(try String(contentsOfFile: place, encoding: .utf8) == printed)
    }
  }
}
