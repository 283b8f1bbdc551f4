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

  /// The three forms of the log above: one order with an item, one shipment of both orders.
  @Test(
    "OCEL in XML of both versions and in CSV says the same",
    arguments: [
      """
      <log><events>
      <event id="1" type="place" time="2026-01-05T08:00:00Z"><attributes/>
      <objects><relationship object-id="o1" qualifier=""/><relationship object-id="i" qualifier=""/></objects></event>
      <event id="2" type="ship" time="2026-01-05T09:00:00Z">
      <attributes><attribute name="resource">Ann</attribute></attributes>
      <objects><relationship object-id="o1" qualifier=""/><relationship object-id="o2" qualifier=""/></objects></event>
      </events><objects><object id="o1" type="order"/><object id="o2" type="order"/><object id="i" type="item"/>
      </objects></log>
      """,
      """
      <log><events>
      <event><string key="id" value="1"/><date key="timestamp" value="2026-01-05T08:00:00Z"/>
      <string key="activity" value="place"/><list key="omap"><string key="object-id" value="o1"/>
      <string key="object-id" value="i"/></list><list key="vmap"/></event>
      <event><string key="id" value="2"/><date key="timestamp" value="2026-01-05T09:00:00Z"/>
      <string key="activity" value="ship"/><list key="omap"><string key="object-id" value="o1"/>
      <string key="object-id" value="o2"/></list><list key="vmap"><string key="resource" value="Ann"/></list>
      </event></events>
      <objects><object><string key="id" value="o1"/><string key="type" value="order"/></object>
      <object><string key="id" value="o2"/><string key="type" value="order"/></object>
      <object><string key="id" value="i"/><string key="type" value="item"/></object></objects></log>
      """,
      """
      ocel:eid,ocel:activity,ocel:timestamp,resource,ocel:type:item,ocel:type:order
      1,place,2026-01-05 08:00:00,,['i'],['o1']
      2,ship,2026-01-05 09:00:00,Ann,[],"['o1', ""o2""]"
      """,
    ])
  func ocelForms(text: String) throws {
    let log = try readEventLog(Array(text.utf8), path: "log")
    #expect(log.source.format == "ocel" && log.source.objectType == "order")
    #expect(log.cases == ["o1", "o2"] && log.firstEvent == [0, 2, 3])
    #expect(log.activities == ["place", "ship"] && log.resources == ["Ann"])
    #expect(log.events[1].start - log.events[0].start == 3_600_000_000)
  }

  @Test(
    "a log without times, and a database, are refused by name",
    arguments: [
      (
        "<log><trace><event><string key=\"concept:name\" value=\"A\"/></event></trace></log>",
        "none of its 1 events says when it happened"
      ),
      (
        "<log><trace><event><string key=\"concept:name\" value=\"A\"/>"
          + "<string key=\"time:timestamp\" value=\"?\"/></event></trace></log>",
        "no time as ISO 8601"
      ),
      ("SQLite format 3\u{0}\u{1}", "the SQLite database cannot be read"),
    ])
  func refused(text: String, reason: String) {
    #expect {
      _ = try readEventLog(Array(text.utf8), path: "log")
    } throws: {
      "\($0)".contains(reason)
    }
  }
}
