/// Reads `2026-01-05 08:30`, `2026-01-05T08:30:12.5` or `2026-01-05T08:30:12+01:00` (ISO 8601, RFC 3339).
///
/// Of a fraction of a second six digits count.
func parseListedTime(_ text: String) throws(ValueError) -> ListedTime {
  var rest = text.utf8.drop { $0 == UInt8(ascii: " ") }
  while rest.last == UInt8(ascii: " ") { rest.removeLast() }
  let wrong = ValueError("it is no date with a time of day")
  guard let date = CivilDate(String(Substring(rest.prefix(10)))) else { throw wrong }
  rest = rest.dropFirst(10)
  guard let separator = rest.popFirst(), separator == UInt8(ascii: "T") || separator == 32 else {
    throw wrong
  }
  func take(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }
  func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
  guard let hour = take(2), hour < 24, skip(":"), let minute = take(2), minute < 60 else {
    throw wrong
  }
  var (second, microseconds) = (0, 0)
  if skip(":") {
    guard let value = take(2), value < 60 else { throw wrong }
    second = value
    if skip(".") || skip(",") {
      let digits = rest.prefix { 48...57 ~= $0 }
      guard !digits.isEmpty else { throw wrong }
      rest = rest.dropFirst(digits.count)
      for place in 0..<6 {
        let index = digits.index(digits.startIndex, offsetBy: place, limitedBy: digits.endIndex)
        let digit = index.flatMap { $0 < digits.endIndex ? Int(digits[$0]) - 48 : nil } ?? 0
        microseconds = microseconds * 10 + digit
      }
    }
  }
  var seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
  if rest.isEmpty { return ListedTime(seconds: seconds, microseconds: microseconds, isLocal: true) }
  if !skip("Z") {
    let isEast = skip("+")
    guard isEast || skip("-"), let hours = take(2), hours < 24 else { throw wrong }
    let minutes = !skip(":") && rest.isEmpty ? 0 : take(2)
    guard let minutes, minutes < 60 else { throw wrong }
    seconds += (isEast ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
  guard rest.isEmpty else { throw wrong }
  return ListedTime(seconds: seconds, microseconds: microseconds, isLocal: false)
}
