/// What a server-side script names outright: calls with a text as their first argument, and addresses
/// whose beginning, up to the path, is assigned as text to the variable that a call gets.
///
/// Nothing is run or inferred: names that a script computes stay unknown.
struct ServiceNowScript {
  /// Outbound messages (`RESTMessageV2`, `SOAPMessageV2`) by the name of their record.
  let messages: [String]
  /// Addresses that messages without a record are sent to.
  let addresses: [String]
  /// Flows and subflows that it starts.
  let flows: [String]
  /// Tables that it works on.
  let tables: [String]
  /// Events that it raises.
  let events: [String]
  /// Whether it changes records.
  let writes: Bool

  /// Reads a script.
  init(_ script: String) {
    let code = withoutComments(Array(script.utf8))
    func named(_ calls: [String]) -> [String] {
      var seen: Set<String> = []
      return calls.flatMap { textArguments(of: $0, in: code) }.filter { seen.insert($0).inserted }
    }
    messages = named(["RESTMessageV2", "SOAPMessageV2", "RESTMessage", "SOAPMessage"])
    let endpoints = named(["setEndpoint"]).filter { $0.contains("://") }
    let variables = variableArguments(of: "setEndpoint", in: code)
    let assigned = variables.flatMap { addressesAssigned(to: $0, in: code) }
    addresses = uniqueInOrder(endpoints + assigned)
    flows = named([
      ".subflow", ".flow", "startFlow", "startSubflow", "executeFlow", "executeSubflow",
      "startFlowQuick", "startSubflowQuick",
    ]).filter { $0.contains(".") }
    tables = named(["GlideRecord", "GlideRecordSecure", "GlideAggregate"])
    events = named(["eventQueue", "eventQueueScheduled"])
    writes = [".insert(", ".update(", ".deleteRecord(", ".updateMultiple(", ".deleteMultiple("]
      .contains { firstPosition(of: Array($0.utf8), in: code, from: 0) != nil }
  }

  /// Whether it reaches anything outside the instance.
  var reachesOut: Bool { !messages.isEmpty || !addresses.isEmpty }
}

/// A script without its comments, which may hold calls that are no longer made.
private func withoutComments(_ code: [UInt8]) -> [UInt8] {
  var kept: [UInt8] = []
  kept.reserveCapacity(code.count)
  var quote: UInt8?
  var index = 0
  while index < code.count {
    let byte = code[index]
    let next = index + 1 < code.count ? code[index + 1] : 0
    if let open = quote {
      kept.append(byte)
      if byte == UInt8(ascii: "\\"), index + 1 < code.count {
        kept.append(next)
        index += 1
      } else if byte == open || (byte == 0x0A && open != UInt8(ascii: "`")) {
        quote = nil
      }
    } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
      while index < code.count, code[index] != 0x0A { index += 1 }
      continue
    } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
      index = (firstPosition(of: [0x2A, 0x2F], in: code, from: index + 2) ?? code.count) + 2
      continue
    } else {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        quote = byte
      }
      kept.append(byte)
    }
    index += 1
  }
  return kept
}

/// Texts that a function gets as its first argument: `call('text'`.
private func textArguments(of call: String, in code: [UInt8]) -> [String] {
  let wanted = Array(call.utf8)
  var found: [String] = []
  var from = 0
  while let position = firstPosition(of: wanted, in: code, from: from) {
    var index = position + wanted.count
    from = index
    if position > 0, wanted[0] != UInt8(ascii: "."), isNamePart(code[position - 1]) { continue }
    func skipSpace() {
      while index < code.count, [0x20, 0x09, 0x0A, 0x0D].contains(code[index]) { index += 1 }
    }
    skipSpace()
    guard index < code.count, code[index] == UInt8(ascii: "(") else { continue }
    index += 1
    skipSpace()
    guard index < code.count, code[index] == UInt8(ascii: "'") || code[index] == UInt8(ascii: "\"")
    else { continue }
    let quote = code[index]
    let start = index + 1
    guard let end = code[start...].firstIndex(where: { $0 == quote || $0 == 0x0A }),
      code[end] == quote, end > start, end - start <= 500
    else { continue }
    found.append(String(decoding: code[start..<end], as: UTF8.self))
    from = end
  }
  return found
}

/// Names of variables that a function gets as its only argument: `call(name)`.
private func variableArguments(of call: String, in code: [UInt8]) -> [String] {
  let wanted = Array("\(call)(".utf8)
  var found: [String] = []
  var from = 0
  while let position = firstPosition(of: wanted, in: code, from: from) {
    from = position + wanted.count
    let name = code[from...].drop { $0 == 0x20 }.prefix(while: isNamePart)
    guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      code[name.endIndex...].drop(while: { $0 == 0x20 }).first == UInt8(ascii: ")")
    else { continue }
    found.append(String(decoding: name, as: UTF8.self))
  }
  return uniqueInOrder(found)
}

/// Addresses with which texts begin that are assigned to a variable, each up to its path; none where
/// an assignment begins otherwise, since it is then unknown which of them counts.
private func addressesAssigned(to name: String, in code: [UInt8]) -> [String] {
  let wanted = Array(name.utf8)
  var found: [String] = []
  var from = 0
  while let position = firstPosition(of: wanted, in: code, from: from) {
    from = position + wanted.count
    let before = position > 0 ? code[position - 1] : 0x20
    guard !isNamePart(before), before != UInt8(ascii: ".") else { continue }
    let sign = code[from...].drop { $0 == 0x20 || $0 == 0x09 }
    guard sign.first == UInt8(ascii: "="), sign.dropFirst().first != UInt8(ascii: "=") else {
      continue
    }
    let value = sign.dropFirst().drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let quote = value.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return []
    }
    let literal = value.dropFirst().prefix { $0 != quote && $0 != 0x0A }.prefix(500)
    let text = String(decoding: literal, as: UTF8.self)
    // Without a path after it the host may go on in what is appended.
    let path = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? ""
    guard path.contains("/") else { return [] }
    found.append(text)
  }
  return uniqueInOrder(found)
}

private func isNamePart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
    true
  default: false
  }
}

private func firstPosition(of wanted: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
  guard let first = wanted.first, bytes.count - from >= wanted.count else { return nil }
  return bytes.withUnsafeBufferPointer { bytes in
    var index = from
    while index <= bytes.count - wanted.count {
      if bytes[index] == first, (1..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] }) {
        return index
      }
      index += 1
    }
    return nil
  }
}
