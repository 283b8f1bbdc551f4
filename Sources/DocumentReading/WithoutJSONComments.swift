/// JSON text with comments and trailing commas blanked, so that lines and columns stay.
///
/// Settings files of editors (JSON with Comments, JSON5 in part) have both. Text inside strings is
/// left alone; what is malformed beyond that stays so.
/// - Complexity: O(bytes).
public func withoutJSONComments(_ bytes: [UInt8]) -> [UInt8] {
  let (quote, backslash, stroke, star) = (
    UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "*")
  )
  let (newline, space) = (UInt8(ascii: "\n"), UInt8(ascii: " "))
  var result = bytes
  var index = 0
  /// Position of a comma after which only white space and comments followed so far.
  var comma: Int?
  while index < result.count {
    let byte = result[index]
    let next = index + 1 < result.count ? result[index + 1] : 0
    switch byte {
    case quote:
      comma = nil
      index += 1
      while index < result.count, result[index] != quote {
        index += result[index] == backslash ? 2 : 1
      }
    case stroke where next == stroke:
      while index < result.count, result[index] != newline {
        result[index] = space
        index += 1
      }
      continue
    case stroke where next == star:
      var isOpen = true
      while index < result.count, isOpen {
        isOpen = !(result[index] == star && index + 1 < result.count && result[index + 1] == stroke)
        if result[index] != newline { result[index] = space }
        index += 1
      }
      if index < result.count { result[index] = space }
    case UInt8(ascii: ","): comma = index
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if let comma { result[comma] = space }
      comma = nil
    case space, newline, UInt8(ascii: "\r"), UInt8(ascii: "\t"): break
    default: comma = nil
    }
    index += 1
  }
  return result
}
