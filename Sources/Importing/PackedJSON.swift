import DocumentReading

/// JSON in a field of a document, as it is or compressed (gzip) and in base 64; `nil` where it cannot
/// be read.
func packedJSON(_ text: String, _ path: String, _ limits: DocumentLimits) -> DataNode? {
  var limits = limits
  limits.expandedBytes = min(limits.expandedBytes, 16 << 20)
  var bytes = Array(text.utf8)
  if text.hasPrefix("H4sI") {
    guard let packed = decodedBase64(bytes),
      let expanded = try? expandGzip(packed, path: path, limits: limits)
    else { return nil }
    bytes = expanded
  }
  return try? parseJSON(bytes, path: path, limits: limits)
}

/// The bytes that a text in base 64 stands for (RFC 4648); `nil` where it is none.
func decodedBase64(_ text: [UInt8]) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 4 * 3)
  var bits: UInt32 = 0
  var count = 0
  for character in text {
    let digit: UInt8
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
    case UInt8(ascii: "="), 0x09, 0x0A, 0x0D, 0x20: continue
    default: return nil
    }
    bits = bits << 6 | UInt32(digit)
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return bytes
}
