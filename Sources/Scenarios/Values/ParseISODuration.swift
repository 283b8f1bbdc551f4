/// Seconds of an ISO 8601 duration such as `PT15M` or `P2DT4H`; `nil` where it is none, or counts
/// months or years, which have no fixed length.
func isoDurationSeconds(_ text: String) -> Double? {
  var rest = Substring(text.split(whereSeparator: \.isWhitespace).joined())
  guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
  var seconds = 0.0
  var isTime = false
  while !rest.isEmpty {
    if rest.first == "T" {
      if isTime || rest.count == 1 { return nil }
      isTime = true
      rest.removeFirst()
      continue
    }
    let digits = rest.prefix { "0123456789.".contains($0) }
    guard let value = Double(digits), value.isFinite else { return nil }
    rest = rest.dropFirst(digits.count)
    switch (rest.popFirst(), isTime) {
    case ("W", false): seconds += value * 604_800
    case ("D", false): seconds += value * 86_400
    case ("H", true): seconds += value * 3600
    case ("M", true): seconds += value * 60
    case ("S", true): seconds += value
    default: return nil
    }
  }
  return seconds <= 3.2e9 ? seconds : nil
}
