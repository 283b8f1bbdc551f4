import DocumentReading
import Facts
import Synchronization
import Testing

/// What was handed over, one after the other.
private final class Taken<Item: Sendable>: Sendable {
  private let items = Mutex<[Item]>([])

  func add(_ item: Item) { items.withLock { $0.append(item) } }
  var all: [Item] { items.withLock { $0 } }
}

@Suite("Documents handed over record by record")
struct StreamingTests {
  private static let log = """
    <?xml version="1.0"?>
    <log a="1"><extension name="Concept"/>
    <trace><string key="k" value="v &amp; w"/><event/></trace>
    <other><trace/></other>
    <trace id="2">text</trace></log>
    """

  private func stream(
    _ text: String, _ records: [[String]], limits: DocumentLimits = .standard
  ) throws -> (root: XMLElement, taken: [(XMLElement, Int)]) {
    let taken = Taken<(XMLElement, Int)>()
    let root = try streamXML(
      Array(text.utf8), path: "log.xes", limits: limits, records: records
    ) { taken.add(($0, $1)) }
    return (root, taken.all)
  }

  @Test("records of a path come in order with their places, the rest of the document stays")
  func xml() throws {
    let whole = try parseXML(Array(Self.log.utf8), path: "log.xes")
    let (root, taken) = try stream(Self.log, [["log", "extension"], ["log", "trace"]])
    #expect(taken.map(\.1) == [0, 1, 1])
    #expect(taken.map(\.0) == whole.children.filter { $0.name != "other" })
    // A trace elsewhere is not one of the log.
    #expect(root.children == whole.all("other"))
    #expect(root.attributes == whole.attributes && root.location == whole.location)
    #expect(root.text == "")
  }

  @Test("a record inside a record of another path is part of it")
  func nested() throws {
    let (root, taken) = try stream(
      "<log><trace><event/></trace><events><event/></events></log>",
      [["log", "trace"], ["log", "events", "event"]])
    #expect(taken.map(\.0.name) == ["trace", "event"] && taken.map(\.1) == [0, 1])
    #expect(taken[0].0.children.map(\.name) == ["event"])
    #expect(root.first("events")?.children == [])
  }

  /// More than libxml2 takes at a time, so that tags lie across its parts.
  @Test("long documents give the same as when they are read whole")
  func long() throws {
    var text = "<log>"
    for number in 0..<4000 {
      text +=
        "<trace n=\"\(number)\">\n<string key=\"ä\" value=\"\(number * 7919 % 1000)\"/></trace>\n"
    }
    text += "</log>"
    let (_, taken) = try stream(text, [["log", "trace"]])
    let whole = try parseXML(Array(text.utf8), path: "log.xes").children
    #expect(taken.count == 4000)
    #expect(taken.map(\.0.attributes) == whole.map(\.attributes))
    #expect(taken.map(\.0.children.first?.attributes) == whole.map(\.children.first?.attributes))
    #expect(taken.map(\.0.location.line) == whole.map(\.location.line))
  }

  @Test(
    "what is wrong with a document is found as when it is read whole",
    arguments: [
      "<log><trace/>", "<log><trace></log>", "<log><trace></log> ", "",
      "<!DOCTYPE log [<!ENTITY a \"b\">]><log/>", "<log><trace>\u{1}</trace></log>",
      "<log><trace a=\"1\" a=\"2\"/></log>", "<log>&who;</log>", "<log/><log/>",
    ])
  func errors(text: String) {
    var expected: DocumentError?
    do {
      _ = try parseXML(Array(text.utf8), path: "log.xes")
    } catch {
      expected = error
    }
    #expect(expected != nil)
    #expect {
      _ = try stream(text, [["log", "trace"]])
    } throws: {
      $0 as? DocumentError == expected
    }
  }

  @Test("limits hold for what is handed over, too")
  func limits() {
    let text = "<log>" + String(repeating: "<trace a=\"1\"/>", count: 10) + "</log>"
    #expect(throws: DocumentError.self) {
      _ = try stream(text, [["log", "trace"]], limits: DocumentLimits(nodes: 15))
    }
    #expect(throws: DocumentError.self) {
      _ = try streamJSON(
        Array("{\"a\": [1, 2, 3]}".utf8), path: "a.json", limits: DocumentLimits(nodes: 4),
        lists: ["a"]
      ) { _, _, _ in }
    }
  }

  @Test("items of lists and members of objects come in order; lists deeper down stay")
  func json() throws {
    let text = """
      {"head": {"events": [0]}, "events": [{"id": "é", "events": [1]}, 7], "empty": [],
       "objects": {"o1": {"t": 1}, "o2": null}, "odd": 5}
      """
    let taken = Taken<(String, String?, DataNode)>()
    let root = try streamJSON(
      Array(text.utf8), path: "a.json", lists: ["events", "objects", "empty", "odd", "absent"]
    ) { taken.add(($0, $1, $2)) }
    #expect(taken.all.map(\.0) == ["events", "events", "objects", "objects"])
    #expect(taken.all.map(\.1) == [nil, nil, "o1", "o2"])
    #expect(taken.all[0].2["events"]?[0]?.int == 1 && taken.all[1].2.int == 7)
    #expect(taken.all[1].2.location.description == "a.json:1:66 ($.events[1])")
    #expect(root.object?.map(\.key) == ["head", "events", "empty", "objects", "odd"])
    #expect(root["events"]?.array?.isEmpty == true && root["objects"]?.object?.isEmpty == true)
    #expect(root["head"]?["events"]?.array?.count == 1 && root["odd"]?.int == 5)
  }

  @Test("a key that stands twice is found in small, large and handed over objects")
  func repeatedKeys() {
    let many = (0..<20).map { "\"k\($0)\": 1" }.joined(separator: ", ")
    for text in [
      "{\"a\": 1, \"a\": 2}", "{\(many), \"k3\": 2}", "{\(many), \"k19\": 2}",
      "{\"list\": {\"a\": 1, \"a\": 2}}",
    ] {
      #expect(throws: DocumentError.self) {
        _ = try streamJSON(Array(text.utf8), path: "a.json", lists: ["list"]) { _, _, _ in }
      }
    }
  }
}
