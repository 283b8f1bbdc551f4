import Inventory

/// Whether an operation reads or writes, by the word its name begins with; `nil` where it does not
/// tell.
func direction(ofOperation name: String) -> Connection.Kind? {
  let name = name.lowercased()
  let reads = [
    "get", "list", "read", "find", "search", "foreach", "lookup", "download", "extract", "query",
    "fetch", "export", "retrieve",
  ]
  let writes = [
    "send", "write", "append", "add", "create", "update", "delete", "remove", "set", "upload",
    "move",
    "copy", "save", "post", "patch", "put", "insert", "reply", "forward", "import", "upsert",
    "associate", "grant", "share", "shared",
  ]
  if reads.contains(where: name.hasPrefix) { return .reads }
  return writes.contains(where: name.hasPrefix) ? .writes : nil
}

/// Whether a request reads or writes, by its method.
func httpDirection(_ method: String?) -> Connection.Kind {
  switch method?.uppercased() {
  case "GET", "HEAD": .reads
  case "POST", "PUT", "PATCH", "DELETE": .writes
  default: .invokes
  }
}
