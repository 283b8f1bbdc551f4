import DocumentReading
import Facts
import Importing
import Inventory
import Testing

@Suite("Files that lie together")
struct ImportContainerTests {
  private let card =
    "{\"name\": \"A\", \"url\": \"https://x.example\", \"capabilities\": {}, \"skills\": []}"

  private func statuses(_ documents: [SourceDocument]) -> [String] {
    documents.map { "\($0.path) \($0.status.rawValue)" }
  }

  @Test("archives are opened, members are shown behind an exclamation mark")
  func archives() {
    let inner = archive(["card.json": card])
    let documents = imported([
      "a.zip": archive([("deep/b.zip", inner), ("readme.txt", Array("x".utf8))])
    ])
    #expect(
      statuses(documents) == [
        "a.zip imported", "a.zip!/deep/b.zip imported", "a.zip!/deep/b.zip!/card.json imported",
        "a.zip!/readme.txt not_inventory",
      ])
    #expect(documents[2].fragment.systems.first?.sources.first?.location.path == documents[2].path)
  }

  @Test("an archive deeper than is looked is skipped and noted")
  func depth() {
    var bytes = archive(["card.json": card])
    for _ in 0..<3 { bytes = archive([("x.zip", bytes)]) }
    let documents = imported(["x.zip": bytes], options: ImportOptions(archiveDepth: 2))
    #expect(
      statuses(documents) == [
        "x.zip not_inventory", "x.zip!/x.zip not_inventory", "x.zip!/x.zip!/x.zip not_inventory",
      ])
    #expect(documents.last?.problems.map(\.severity) == [.medium])
  }

  @Test("archives inside an archive share its budget, so that nesting multiplies nothing")
  func budget() {
    let inner = archive([("x.txt", Array(repeating: 0x20, count: 1000))])
    let outer = archive((0..<10).map { ("\($0).zip", inner) })
    let limits = DocumentLimits(expandedBytes: inner.count * 10 + 3500)
    let documents = imported(["o.zip": outer], options: ImportOptions(limits: limits))
    #expect(documents.count { $0.path.hasSuffix("x.txt") } == 3)
    #expect(documents.count { $0.status == .failed } == 7)
  }

  @Test(
    "a file that breaks what its name claims has failed",
    arguments: [
      ("a.zip", "PK\u{3}\u{4} cut off"), ("b.zip", "no archive"), ("c.bpmn", "<definitions"),
      ("d.dmn", "no XML"), ("e.xaml", "<Activity>"), ("f.json", "{\"a\": }"), ("g.yaml", "a: [1"),
      ("h.csv", "a,\"b"), ("i.xlsx", "no workbook"), ("j.xml", "<a>"),
    ])
  func brokenClaims(path: String, text: String) {
    let documents = imported([path: text])
    #expect(documents.map(\.status) == [.failed])
    #expect(documents.first?.problems.map(\.severity) == [.high])
    #expect(documents.first?.problems.first?.location.path == path)
  }

  @Test(
    "a file of none of the formats is skipped, whatever it is",
    arguments: [
      ("a.txt", "hello"), ("b.json", "{\"a\": 1}"), ("c.xml", "<a/>"), ("d.bpmn", "<a/>"),
      ("e.png", "\u{89}PNG"), ("._f.xml", "\u{0}"), ("g", ""), ("h.py", "def f(): pass"),
    ])
  func skipped(path: String, text: String) {
    let document = imported([path: text]).first
    #expect(document?.status == .notInventory)
    #expect(document?.format == nil)
    #expect(document?.problems.isEmpty == true)
  }

  @Test("a file in UTF-16 is recognised like any other")
  func utf16() {
    let text = """
      {"name": "A", "url": "https://a.example", "capabilities": {}, "skills": [{"id": "s"}]}
      """
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(imported(["a.json": bytes]).map(\.format) == ["a2a-agent-card"])
  }

  @Test(
    "lock files and templates that are not filled in are told from broken files",
    arguments: [
      ("~$f.xlsx", "lock", "a lock file"), ("t.yaml", "a: {% if b %}\nc: d\n", "a template"),
    ])
  func besides(path: String, text: String, reason: String) {
    let document = imported([path: text]).first
    #expect(document?.status == .notInventory)
    #expect(document?.problems.first?.severity == .info)
    #expect(document?.problems.first?.message.contains(reason) == true)
  }

  @Test("formats are told by content, not by name")
  func byContent() {
    #expect(imported(["notes.txt": card]).map(\.format) == ["a2a-agent-card"])
    #expect(
      imported(["data": archive(["x.dat": card])]).map(\.format) == ["archive", "a2a-agent-card"])
  }

  @Test("office documents are not unpacked")
  func officeDocuments() {
    #expect(statuses(imported(["a.xlsx": workbook([("S", [["x"]])])])) == ["a.xlsx not_inventory"])
    let word = archive(["[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"])
    #expect(statuses(imported(["a.docx": word])) == ["a.docx not_inventory"])
    // An archive that merely holds a workbook is opened.
    let holder = archive([("b.xlsx", workbook([("S", [["x"]])]))])
    #expect(
      statuses(imported(["a.zip": holder])) == [
        "a.zip not_inventory", "a.zip!/b.xlsx not_inventory",
      ])
  }

  @Test("one bad file does not stop the rest")
  func oneBadFile() {
    #expect(
      statuses(imported(["a.json": "{", "b.json": card, "c.bpmn": "<", "d.txt": ""])) == [
        "a.json failed", "b.json imported", "c.bpmn failed", "d.txt not_inventory",
      ])
  }

  @Test("unnamed models of several files do not look like one")
  func unnamedModels() {
    let text = """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="Process_1">
      <task id="t"/></process></definitions>
      """
    let estate = estate(["orders.bpmn": text, "claims.bpmn": text])
    #expect(estate.systems.map(\.name) == ["claims", "orders"])
    #expect(estate.processes.map(\.system) == ["claims", "orders"])
    #expect(estate.steps.map(\.system) == ["claims", "orders"])
  }

  @Test("a model without content is told apart from a broken one")
  func emptyModels() {
    let namespace = "xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
    #expect(imported(["a.bpmn": "<definitions \(namespace)/>"]).map(\.status) == [.partial])
    let dangling = """
      <definitions \(namespace)><process id="p"><task id="t"/>
      <sequenceFlow id="f" sourceRef="t" targetRef="gone"/></process></definitions>
      """
    #expect(imported(["a.bpmn": dangling]).map(\.status) == [.failed])
  }

  @Test("every format has an id and a title of its own")
  func table() {
    #expect(Set(ImportFormat.all.map(\.id)).count == ImportFormat.all.count)
    #expect(ImportFormat.all.allSatisfy { !$0.title.isEmpty })
  }
}
