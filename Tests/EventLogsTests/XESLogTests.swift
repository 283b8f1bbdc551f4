import EventLogs
import Testing

@Suite("Event logs in XES and OCEL")
struct XESLogTests {
  @Test("traces are cases, start and complete pair up, attributes of traces belong to their events")
  func xes() throws {
    let text = """
      <log xes.version="1.0"><trace><string key="concept:name" value="c1"/>
      <string key="region" value="north"/>
      <event><string key="concept:name" value="A"/><string key="lifecycle:transition" value="start"/>
      <string key="org:resource" value="Ann"/><date key="time:timestamp" value="2026-01-05T08:00:00Z"/></event>
      <event><string key="concept:name" value="A"/><string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2026-01-05T08:20:00Z"/></event>
      <event><string key="concept:name" value="B"/></event></trace></log>
      """
    let log = try readEventLog(Array(text.utf8), path: "log.xes")
    #expect(log.cases == ["c1"] && log.events.count == 1 && log.resources == ["Ann"])
    #expect(log.events[0].end - log.events[0].start == 1_200_000_000)
    #expect(log.attributes.map(\.name) == ["case:region"])
    #expect(log.problems.map(\.kind).prefix(1) == [.unreadable])
  }

  @Test("an event of OCEL stands in the case of each of its objects of the chosen type")
  func ocel() throws {
    let text = """
      {"objectTypes": [], "eventTypes": [],
       "objects": [{"id": "o1", "type": "order"}, {"id": "o2", "type": "order"}, {"id": "i", "type": "item"}],
       "events": [
        {"id": "1", "type": "place", "time": "2026-01-05T08:00:00Z",
         "relationships": [{"objectId": "o1"}, {"objectId": "i"}]},
        {"id": "2", "type": "ship", "time": "2026-01-05T09:00:00Z",
         "relationships": [{"objectId": "o1"}, {"objectId": "o2"}],
         "attributes": [{"name": "resource", "value": "Ann"}]}]}
      """
    let log = try readEventLog(Array(text.utf8), path: "log.json")
    #expect(log.source.objectType == "order" && log.cases == ["o1", "o2"])
    #expect(log.firstEvent == [0, 2, 3] && log.resources == ["Ann"])
    let items = try readEventLog(
      Array(text.utf8), path: "log.json", options: EventLogOptions(objectType: "item"))
    #expect(items.cases == ["i"] && items.events.count == 1)
  }
}
