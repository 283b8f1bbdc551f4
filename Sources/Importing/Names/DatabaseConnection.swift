import DocumentReading

/// What a connection string says of a database: its product and its name, and never its secrets.
struct DatabaseConnection {
  /// The product, such as `SQL Server`; `nil` where neither provider nor driver tells.
  var product: String?
  /// Name of the database; `nil` where none is given.
  var name: String?

  /// Reads a connection string of ADO.NET, ODBC or JDBC.
  ///
  /// - Parameters:
  ///   - text: `Server=…;Database=…`, `Driver={…};…` or `jdbc:…://host/name`.
  ///   - provider: Name of the provider, where it stands beside the string.
  init(_ text: String, provider: String = "") {
    var values: [String: String] = [:]
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, let key = String(pair[0]).trimmedOrNil?.lowercased(),
        ["driver", "provider", "database", "initial catalog", "databasename"].contains(key)
      else { continue }
      values[key] = String(pair[1]).trimmedOrNil
    }
    var said = "\(provider) \(values["driver"] ?? "") \(values["provider"] ?? "")".lowercased()
    if let scheme = text.lowercased().firstRange(of: "://"), text.lowercased().hasPrefix("jdbc:") {
      said += " " + text.lowercased()[..<scheme.lowerBound]
      let path = text[scheme.upperBound...].prefix { $0 != "?" && $0 != ";" }.split(separator: "/")
      if path.count > 1 { name = String(path[1]).trimmedOrNil }
    } else if text.lowercased().hasPrefix("jdbc:oracle") {
      said += " oracle"
    }
    let products = [
      ("sqlclient", "SQL Server"), ("sqlserver", "SQL Server"), ("sql server", "SQL Server"),
      ("sqlncli", "SQL Server"), ("msoledbsql", "SQL Server"), ("sqloledb", "SQL Server"),
      ("oracle", "Oracle Database"), ("mysql", "MySQL"), ("mariadb", "MariaDB"),
      ("npgsql", "PostgreSQL"), ("postgres", "PostgreSQL"), ("db2", "IBM Db2"),
      ("snowflake", "Snowflake"), ("sqlite", "SQLite"), ("microsoft.ace", "Microsoft Access"),
      ("microsoft access", "Microsoft Access"), ("hana", "SAP HANA"), ("teradata", "Teradata"),
    ]
    product = products.first { said.contains($0.0) }?.1
    name = name ?? values["database"] ?? values["initial catalog"] ?? values["databasename"]
  }
}
