import Inventory

/// The database product that a connection string or a type names; `nil` where it names none.
///
/// Of a connection string nothing else may be kept: it holds secrets.
func databaseProduct(inConnection text: String) -> String? {
  let lowered = text.lowercased()
  // A file that is driven as a database comes before its driver.
  let products = [
    ("excel 12", "Microsoft Excel"), ("excel 8", "Microsoft Excel"), (".xls", "Microsoft Excel"),
    ("text driver", "Text files"), ("fmt=delimited", "Text files"), ("oraoledb", "Oracle Database"),
    ("oracle", "Oracle Database"), ("mysql", "MySQL"), ("mariadb", "MariaDB"),
    ("postgres", "PostgreSQL"), ("snowflake", "Snowflake"), ("sqlite", "SQLite"),
    ("db2", "IBM Db2"), ("teradata", "Teradata"), ("sap hana", "SAP HANA"), ("hdbodbc", "SAP HANA"),
    ("msoledbsql", "SQL Server"), ("sqloledb", "SQL Server"), ("sqlncli", "SQL Server"),
    ("sql server", "SQL Server"), ("sqlserver", "SQL Server"), ("mssql", "SQL Server"),
    ("initial catalog", "SQL Server"), ("microsoft.ace", "Microsoft Access"),
    ("microsoft.jet", "Microsoft Access"), ("access driver", "Microsoft Access"),
  ]
  return products.first { lowered.contains($0.0) }?.1
}

/// Whether a statement of SQL reads or writes; `invokes` where its first word does not tell.
func direction(ofSQL statement: String) -> Connection.Kind {
  switch statement.split(whereSeparator: \.isWhitespace).first?.lowercased() {
  case "select", "with": .reads
  case "insert", "update", "delete", "merge", "truncate", "create", "drop", "alter": .writes
  default: .invokes
  }
}

/// Names of tables and procedures in a statement of SQL: what follows `FROM`, `JOIN`, `INTO`, `UPDATE`
/// and `EXEC`, each once.
func tableNames(inSQL statement: String) -> [String] {
  let words = statement.prefix(4000).split {
    $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ";"
  }
  var names: [String] = []
  for (word, next) in zip(words, words.dropFirst())
  where ["from", "join", "into", "update", "exec", "execute"].contains(word.lowercased()) {
    let name = next.filter { $0 != "[" && $0 != "]" && $0 != "\"" && $0 != "`" }
    let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "._$#".contains($0) }
    if isName, let first = name.first, first.isLetter || first == "_" { names.append(name) }
  }
  return uniqueInOrder(names)
}
