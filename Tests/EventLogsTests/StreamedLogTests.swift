import DocumentReading
import EventLogs
import Facts
import Testing

@Suite("Event logs read an event at a time")
struct StreamedLogTests {
  private func read(_ text: String, _ options: EventLogOptions = EventLogOptions()) throws
    -> EventLog
  {
    try readEventLog(Array(text.utf8), path: "log", options: options)
  }

  @Test("objects may stand before or behind the events that name them")
  func objectsBehind() throws {
    let objects =
      "\"objects\": [{\"id\": \"o1\", \"type\": \"order\"}, {\"id\": \"o2\", \"type\": \"order\"}]"
    let events = """
      "events": [{"id": "1", "type": "place", "time": "2026-01-05T08:00:00Z",
       "relationships": [{"objectId": "o1"}, {"objectId": "nobody"}]},
       {"id": "2", "type": "ship", "time": "2026-01-05T09:00:00Z",
       "relationships": [{"objectId": "o1"}, {"objectId": "o2"}]}]
      """
    let logs = [try read("{\(objects), \(events)}"), try read("{\(events), \(objects)}")]
    for log in logs {
      #expect(log.cases == ["o1", "o2"] && log.firstEvent == [0, 2, 3])
      #expect(log.source.objectType == "order")
    }
    #expect(logs[0].events == logs[1].events)
  }

  @Test("an object that an event names twice, by two qualifiers, has the event once")
  func namedTwice() throws {
    let log = try read(
      """
      {"objects": [{"id": "o", "type": "order"}],
       "events": [{"id": "1", "type": "pay", "time": "2026-01-05T08:00:00Z", "relationships":
       [{"objectId": "o", "qualifier": "a"}, {"objectId": "o", "qualifier": "b"}]}]}
      """)
    #expect(log.events.count == 1)
  }

  @Test("the first version of OCEL has its events and objects by id")
  func firstVersion() throws {
    let log = try read(
      """
      {"ocel:events": {"e1": {"ocel:activity": "place", "ocel:timestamp": "2026-01-05 08:00:00",
       "ocel:omap": ["o"], "ocel:vmap": {"resource": "Ann"}}},
       "ocel:objects": {"o": {"ocel:type": "order", "ocel:ovmap": {}}}}
      """)
    #expect(log.cases == ["o"] && log.activities == ["place"] && log.resources == ["Ann"])
    #expect(log.source.column(.end) == "ocel:timestamp")
  }

  @Test("JSON without events and objects is refused")
  func refused() {
    for text in ["{\"events\": []}", "{\"events\": 5, \"objects\": []}", "{}"] {
      #expect(throws: DocumentError.self) { _ = try read(text) }
    }
  }

  /// A key that only a late trace has: the events before have no value in it.
  @Test("columns that turn up late are empty before; those of events stand before those of traces")
  func lateColumns() throws {
    func trace(_ id: String, _ more: String, _ event: String) -> String {
      "<trace><string key=\"concept:name\" value=\"\(id)\"/>\(more)<event>"
        + "<string key=\"concept:name\" value=\"A\"/>\(event)"
        + "<date key=\"time:timestamp\" value=\"2026-01-05T08:00:00Z\"/></event></trace>"
    }
    let log = try read(
      "<log>" + trace("1", "<string key=\"region\" value=\"n\"/>", "") + trace("2", "", "")
        + trace("3", "", "<string key=\"cost\" value=\"7\"/>") + "</log>")
    #expect(log.source.unused == ["cost", "case:region"])
    #expect(log.attributes.map(\.name) == ["cost", "case:region"])
    #expect(log.attributes.map(\.codes) == [[-1, -1, 0], [0, -1, -1]])
    #expect(log.attributes.map(\.values) == [["7"], ["n"]])
  }

  @Test("a log of many traces has all its events")
  func manyTraces() throws {
    var text = "<log>"
    for trace in 0..<2000 {
      text += "<trace><string key=\"concept:name\" value=\"c\(trace)\"/>"
      for (activity, minute) in [("A", 10), ("B", 20), ("C", 30)] {
        text +=
          "<event><string key=\"concept:name\" value=\"\(activity)\"/>"
          + "<date key=\"time:timestamp\" value=\"2026-01-05T08:\(minute):00Z\"/></event>"
      }
      text += "</trace>\n"
    }
    let log = try read(text + "</log>")
    #expect(log.cases.count == 2000 && log.events.count == 6000)
    #expect(log.cases.last == "c1999" && log.activities == ["A", "B", "C"])
  }
}
