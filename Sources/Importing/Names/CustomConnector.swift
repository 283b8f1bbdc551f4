/// The name inside the identifier of a connector of an organisation's own in Power Platform, where a
/// mark stands as a stroke and its code: `new-5forders-20desk` is `new_orders desk`.
///
/// Source: identifiers as Power Apps gives them to custom connectors.
func withMarks(inConnector identifier: String) -> String {
  let characters = Array(identifier)
  var plain = ""
  var index = 0
  while index < characters.count {
    if characters[index] == "-", index + 2 < characters.count,
      let code = UInt8(String(characters[(index + 1)...(index + 2)]), radix: 16), isMark(code)
    {
      plain.append(Character(UnicodeScalar(code)))
      index += 3
    } else {
      plain.append(characters[index])
      index += 1
    }
  }
  return plain
}

/// Whether a code is that of a blank or mark in ASCII; letters and digits are never written as codes.
private func isMark(_ code: UInt8) -> Bool {
  switch code {
  case 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}
