import Facts
import Foundation
import IntegrationGraph
import Inventory
import Reporting
import Testing

@Suite("the integration graph as tables")
struct GraphTablesTests {
  private let tables: [Table]
  private let graph: IntegrationGraph

  init() {
    var fragment = EstateFragment()
    let evidence = Evidence(.declared, SourceLocation(path: "a,b.csv", line: 2))
    for name in ["A \"quoted\", comma", "=cmd()", "Größe\nzwei"] {
      fragment.systems.append(AutomationSystem(name: name, source: evidence))
    }
    fragment.connections.append(
      Connection(
        .reads, from: EntityReference(.system, "=cmd()"), to: EntityReference(.data, "d;e"),
        channel: .file, data: ["one", "two"], evidence: evidence))
    graph = IntegrationGraph(
      Estate(merging: [
        SourceDocument(
          path: "a.csv", format: "test", status: .imported, digest: "", fragment: fragment)
      ]))
    tables = graphTables(graph)
  }

  @Test("Python's csv module and pandas read nodes and edges back, whatever the names")
  func csvReaders() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for table in tables {
      try Data(table.csv.utf8).write(to: folder.appending(path: "\(table.name).csv"))
    }
    let script = """
      import csv, json, sys
      read = lambda name: list(csv.DictReader(open(f"{sys.argv[1]}/{name}.csv", newline="", encoding="utf-8"), strict=True))
      nodes, edges = read("nodes"), read("edges")
      ids = {n["id"] for n in nodes}
      assert len(ids) == len(nodes) == 4, nodes
      assert all(e["source"] in ids and e["target"] in ids and None not in e for e in edges)
      assert edges[0]["data"] == "one\\ntwo" and edges[0]["kind"] == "reads", edges
      assert all(int(n["community"]) >= 1 and n["ghost"] in ("true", "false") for n in nodes)
      names = sorted(n["name"] for n in nodes)
      try:
          import pandas
          frame = pandas.read_csv(f"{sys.argv[1]}/nodes.csv", keep_default_na=False)
          assert sorted(frame["name"]) == names and frame["inDegree"].sum() == len(edges)
      except ImportError:
          pass
      print(json.dumps(names))
      """
    let process = Process()
    let output = folder.appending(path: "out")
    try Data().write(to: output)
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] ?? "python3", "-c", script,
      folder.path,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let names = try JSONDecoder().decode([String].self, from: Data(contentsOf: output))
    // What a spreadsheet would take for a formula is led by an apostrophe.
    #expect(names == ["'=cmd()", "A \"quoted\", comma", "Größe\nzwei", "d;e"])
  }

  @Test("what is unknown is empty, and every row is as wide as the heads")
  func shape() {
    #expect(tables.map(\.name) == ["nodes", "edges"])
    for table in tables {
      #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    }
    #expect(tables[0].rows.first?[4] == .empty)
  }
}
