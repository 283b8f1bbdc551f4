import DocumentReading
import GRDBSQLite
import Testing

@testable import EventLogs

@Suite("OCEL in SQLite") struct SQLiteLogTests {
  /// A database made by some statements, as bytes.
  private func database(_ statements: String) throws -> [UInt8] {
    var handle: OpaquePointer?
    try #require(sqlite3_open(":memory:", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    var problem: UnsafeMutablePointer<CChar>?
    sqlite3_exec(handle, statements, nil, nil, &problem)
    try #require(problem == nil, "\(problem.map { String(cString: $0) } ?? "")")
    var size: Int64 = 0
    let bytes = try #require(sqlite3_serialize(handle, "main", &size, 0))
    defer { sqlite3_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
  }

  fileprivate static let tables = """
    CREATE TABLE event_map_type(ocel_type TEXT, ocel_type_map TEXT);
    INSERT INTO event_map_type VALUES ('place order', 'PlaceOrder'), ('ship', 'Ship');
    CREATE TABLE object(ocel_id TEXT, ocel_type TEXT);
    INSERT INTO object VALUES ('o1', 'order'), ('o2', 'order'), ('i1', 'item');
    CREATE TABLE event(ocel_id TEXT, ocel_type TEXT);
    INSERT INTO event VALUES ('e1', 'place order'), ('e2', 'place order'), ('e3', 'ship'), ('e4', 'ship');
    CREATE TABLE event_object(ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
    INSERT INTO event_object VALUES ('e1', 'o1', ''), ('e1', 'i1', ''), ('e2', 'o2', ''), ('e3', 'o1', 'a'),
      ('e3', 'o1', 'b'), ('e4', 'o2', '');
    CREATE TABLE "event_PlaceOrder"(ocel_id TEXT, ocel_time TIMESTAMP, resource TEXT, price REAL);
    INSERT INTO "event_PlaceOrder" VALUES ('e1', '2026-01-05 08:00:00', 'Ann', 3),
      ('e2', '2026-01-05T09:00:00Z', 'Bob', 4);
    CREATE TABLE "event_Ship"(ocel_id TEXT, ocel_time TIMESTAMP);
    INSERT INTO "event_Ship" VALUES ('e3', '2026-01-05 10:00:00');

    """

  @Test("version 2.0: cases are the objects of one type, people an attribute of events")
  func second() throws {
    var bytes = try database(Self.tables)
    // As written by a program that keeps a log beside the file.
    bytes[18] = 2
    bytes[19] = 2
    let log = try readEventLog(bytes, path: "log.sqlite")
    #expect(log.source.format == "ocel" && log.source.objectType == "order")
    #expect(log.cases == ["o1", "o2"] && log.firstEvent == [0, 2, 3])
    #expect(log.activities == ["place order", "ship"] && log.resources == ["Ann", "Bob"])
    #expect(log.events[1].start - log.events[0].start == 7_200_000_000)
    // e4 has no time, and e3 stands once though it is related twice.
    #expect(log.source.skipped == 1)
    let items = try readEventLog(
      bytes, path: "log.sqlite", options: EventLogOptions(objectType: "item"))
    #expect(items.cases == ["i1"])
  }

  @Test("the tables that pm4py writes of the first version")
  func first() throws {
    let bytes = try database(
      """
      CREATE TABLE "EVENTS"("ocel:eid" TEXT, "ocel:timestamp" TIMESTAMP, "ocel:activity" TEXT, "resource" TEXT);
      INSERT INTO "EVENTS" VALUES ('e1', '2026-01-05 08:00:00+01:00', 'place', 'Ann'),
        ('e2', '2026-01-05 09:00:00+01:00', 'ship', NULL);
      CREATE TABLE "RELATIONS"("ocel:eid" TEXT, "ocel:activity" TEXT, "ocel:timestamp" TIMESTAMP, "ocel:oid" TEXT,
        "ocel:type" TEXT);
      INSERT INTO "RELATIONS" VALUES ('e1', 'place', '', 'o1', 'order'), ('e2', 'ship', '', 'o1', 'order');
      CREATE TABLE "OBJECTS"("ocel:oid" TEXT, "ocel:type" TEXT);
      """)
    let log = try readEventLog(bytes, path: "log.sqlite")
    #expect(log.cases == ["o1"] && log.activities == ["place", "ship"])
    #expect(log.resources == ["Ann"] && log.events[1].resource == -1)
  }

  @Test(
    "what a database would run is not run, and what is no log is refused by name",
    arguments: [
      ("CREATE TABLE a(b);", "it has a"),
      ("CREATE TABLE a(b); DROP TABLE a;", "it has none"),
      // A view in place of a table.
      (
        Self.tables.replacing(
          "CREATE TABLE event(ocel_id TEXT, ocel_type TEXT);",
          with:
            "CREATE TABLE other(ocel_id TEXT, ocel_type TEXT); CREATE VIEW event AS SELECT * FROM other; "
            + "CREATE TRIGGER t INSTEAD OF INSERT ON event BEGIN INSERT INTO other VALUES (1, 2); END;"
        ), "has not the tables"
      ),
      // A column that a function works out.
      (
        Self.tables.replacing(
          "CREATE TABLE event(ocel_id TEXT, ocel_type TEXT);\nINSERT INTO event VALUES",
          with:
            "CREATE TABLE event(a TEXT, b TEXT, ocel_id AS (upper(a)), ocel_type AS (b));\n"
            + "INSERT INTO event(a, b) VALUES"), "no event"
      ),
    ])
  func refused(statements: String, reason: String) throws {
    let bytes = try database(statements)
    #expect {
      _ = try readEventLog(bytes, path: "log.sqlite")
    } throws: {
      "\($0)".contains(reason)
    }
  }

  /// Every page but the first replaced by others, and every length cut: no crash, no endless reading.
  @Test("a damaged database is refused or read in part", arguments: 1...60)
  func damaged(seed: Int) throws {
    var bytes = try database(Self.tables)
    var state = UInt64(seed)
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    for _ in 0..<(1 + seed % 40) { bytes[100 + next(bytes.count - 100)] = UInt8(next(256)) }
    if seed.isMultiple(of: 3) { bytes.removeLast(next(bytes.count)) }
    if let log = try? readEventLog(bytes, path: "log.sqlite") {
      #expect(!log.events.isEmpty && log.events.count <= 100)
    }
  }

  /// A table whose inner pages have one and the same child, many times over.
  @Test("pages that point at each other are no endless table")
  func loops() throws {
    var text = Self.tables
    for index in 0..<3_000 { text += "INSERT INTO event VALUES ('x\(index)', 'ship');\n" }
    var bytes = try database(text)
    let size = Int(bytes[16]) << 8 | Int(bytes[17])
    // The interior pages of tables have the type 5; all their children become one and the same leaf.
    var changed = 0
    for page in 1..<(bytes.count / size) where bytes[page * size] == 5 {
      let child = bytes[(page * size + 8)..<(page * size + 12)]
      let count = Int(bytes[page * size + 3]) << 8 | Int(bytes[page * size + 4])
      for cell in 0..<count {
        let at = page * size + 12 + cell * 2
        let place = page * size + (Int(bytes[at]) << 8 | Int(bytes[at + 1]))
        bytes.replaceSubrange(place..<(place + 4), with: child)
      }
      changed += 1
    }
    #expect(changed > 0)
    if let log = try? readEventLog(bytes, path: "log.sqlite") { #expect(log.events.count < 10_000) }
  }
}
