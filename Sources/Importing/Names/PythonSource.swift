/// Web addresses in a program, in order, each once; what is computed is cut off.
func addresses(inCode code: String) -> [String] {
  let ends = Set(" \t\r\n\"'`)<>{}\\,;".utf8)
  var found: [String] = []
  for scheme in ["https://", "http://"] {
    for start in positions(of: scheme, in: code) {
      let address = code.utf8[start...].prefix(300).prefix { !ends.contains($0) }
      let text = publicAddress(String(Substring(address)))
      if !found.contains(text) { found.append(text) }
    }
  }
  return found
}

/// Names of environment variables that a Python program reads.
func environmentNames(inCode code: String) -> [String] {
  let (space, quotes) = (UInt8(ascii: " "), [UInt8(ascii: "\""), UInt8(ascii: "'")])
  var found: [String] = []
  for call in ["getenv(", "environ[", "environ.get("] {
    for start in positions(of: call, in: code) {
      let rest = code.utf8[start...].dropFirst(call.utf8.count).drop { $0 == space }
      guard let quote = rest.first, quotes.contains(quote) else { continue }
      let name = String(Substring(rest.dropFirst().prefix(100).prefix { $0 != quote }))
      if !name.isEmpty, !found.contains(name) { found.append(name) }
    }
  }
  return found
}

/// Where an ASCII text stands in a program, at most 200 times.
private func positions(of text: String, in code: String) -> [String.UTF8View.Index] {
  let wanted = Array(text.utf8)
  let bytes = code.utf8
  var found: [String.UTF8View.Index] = []
  var position = bytes.startIndex
  while found.count < 200, let next = bytes[position...].firstIndex(of: wanted[0]) {
    if bytes[next...].starts(with: wanted) { found.append(next) }
    position = bytes.index(after: next)
  }
  return found
}
