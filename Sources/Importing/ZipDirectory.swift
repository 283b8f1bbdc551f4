/// Whether a ZIP archive is a document of an office program (ECMA-376), which is not unpacked.
func isOfficeDocument(_ bytes: [UInt8]) -> Bool {
  let names = zipMemberNames(bytes)
  return names.contains("[Content_Types].xml")
    && names.contains { name in
      ["xl/workbook.", "word/document.", "ppt/presentation.", "visio/document."].contains {
        name.hasPrefix($0)
      }
    }
}

/// Whether bytes are an Excel workbook.
func isWorkbook(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: [0x50, 0x4B]) && isOfficeDocument(bytes)
    && zipMemberNames(bytes).contains { $0.hasPrefix("xl/workbook.") }
}

/// Names in the central directory of a ZIP archive, at most 4096; none where it is damaged.
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central header) and 4.3.16 (its end). Nothing is
/// unpacked.
func zipMemberNames(_ bytes: [UInt8]) -> [String] {
  func number(_ offset: Int, _ count: Int) -> Int {
    guard offset >= 0, offset + count <= bytes.count else { return -1 }
    return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
  // The end record is 22 bytes and a comment of at most 65 535.
  let earliest = max(0, bytes.count - 22 - 65_535)
  guard bytes.count >= 22,
    let end = stride(from: bytes.count - 22, through: earliest, by: -1).first(where: {
      number($0, 4) == 0x0605_4B50
    })
  else { return [] }
  var names: [String] = []
  var offset = number(end + 16, 4)
  while names.count < 4096, number(offset, 4) == 0x0201_4B50 {
    let lengths = (number(offset + 28, 2), number(offset + 30, 2), number(offset + 32, 2))
    let start = offset + 46
    guard lengths.0 >= 0, lengths.1 >= 0, lengths.2 >= 0, start + lengths.0 <= bytes.count else {
      return names
    }
    names.append(String(decoding: bytes[start..<start + lengths.0], as: UTF8.self))
    offset = start + lengths.0 + lengths.1 + lengths.2
  }
  return names
}
