internal import DocumentReading
internal import Facts
internal import GRDBSQLite

/// The tables of an SQLite database that is given as bytes, read and nothing else.
///
/// The database lies in memory: no file beside it is opened, and none is written. Only plain tables are read. What
/// a database can run by itself is refused: views, triggers, virtual tables and functions (by an authorizer, and
/// by `trusted_schema`), and reading ends where a database yields more than its bytes can hold, as one does whose
/// pages point at each other.
///
/// Source: *Defense against the dark arts*, sqlite.org/security.html.
final class SQLiteTables {
  /// Names of the columns of each table.
  private(set) var columns: [String: [String]] = [:]
  private let path: String
  private var database: OpaquePointer?
  private let memory: UnsafeMutablePointer<UInt8>
  private let size: Int
  private var fields = 0

  /// Whether some bytes begin as an SQLite database does.
  static func areDatabase(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "SQLite format 3\u{0}".utf8)
  }

  /// Opens a database.
  init(_ bytes: [UInt8], path: String) throws(DocumentError) {
    self.path = path
    size = bytes.count
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    memory.initialize(from: bytes, count: bytes.count)
    // A database whose writers keep a log beside it opens only as one that has none; what is in that log is not
    // in the file.
    for version in [18, 19] where version < size && memory[version] == 2 { memory[version] = 1 }
    guard sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
      sqlite3_deserialize(
        database, "main", memory, Int64(size), Int64(size),
        UInt32(SQLITE_DESERIALIZE_READONLY)) == SQLITE_OK
    else { throw failure() }
    for pragma in ["trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"] {
      sqlite3_exec(database, "PRAGMA \(pragma)", nil, nil, nil)
    }
    _ = sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 1 << 24)
    // Columns that are worked out, and tables that only a module knows, are left out.
    try rows(
      "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c "
        + "WHERE t.type = 'table' AND t.rootpage > 0 AND c.hidden = 0 ORDER BY t.rootpage, c.cid",
      count: 2
    ) { row throws(DocumentError) in
      if let table = row[0], let column = row[1] { columns[table, default: []].append(column) }
    }
    sqlite3_set_authorizer(
      database,
      { _, action, _, _, _, inner in
        // `inner` names the view or trigger that asks.
        let isRead = action == SQLITE_SELECT || action == SQLITE_READ
        return isRead && inner == nil ? SQLITE_OK : SQLITE_DENY
      }, nil)
  }

  deinit {
    sqlite3_close_v2(database)
    memory.deallocate()
  }

  /// Goes through the rows of a table, in the order in which they were written.
  ///
  /// - Parameters:
  ///   - table: a table that there is.
  ///   - wanted: its columns that are read, in this order; one that there is not is `nil` in every row.
  func forEachRow(
    of table: String, _ wanted: [String], _ body: ([String?]) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    let own = columns[table] ?? []
    let list = wanted.map { own.contains($0) ? Self.quoted($0) : "NULL" }
    try rows(
      "SELECT \(list.joined(separator: ", ")) FROM \(Self.quoted(table))", count: wanted.count,
      body)
  }

  /// A name as SQL has it.
  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private func prepare(_ text: String) throws(DocumentError) -> OpaquePointer? {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, text, -1, &statement, nil) == SQLITE_OK else {
      throw failure()
    }
    return statement
  }

  private func rows(
    _ text: String, count: Int, _ body: ([String?]) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    let statement = try prepare(text)
    defer { sqlite3_finalize(statement) }
    var row = [String?](repeating: nil, count: count)
    while true {
      let state = sqlite3_step(statement)
      if state == SQLITE_DONE { return }
      guard state == SQLITE_ROW else { throw failure() }
      fields += count
      // A field takes a byte of its row's head at least, and rows are read twice at most.
      guard fields <= 4 * size else {
        throw DocumentError(
          .malformed,
          "the SQLite database yields more rows than its \(size) bytes can hold, so that it is damaged; "
            + "write it again", at: SourceLocation(path: path))
      }
      for index in 0..<count {
        row[index] = sqlite3_column_text(statement, Int32(index)).map { String(cString: $0) }
      }
      try body(row)
    }
  }

  private func failure() -> DocumentError {
    let reason = database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    return DocumentError(
      .malformed,
      "the SQLite database cannot be read (\(reason ?? "no memory")); write it again, or export the log as OCEL "
        + "in JSON or XML", at: SourceLocation(path: path))
  }
}
