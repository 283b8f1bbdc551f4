extension TimeSpan {
  /// The length of an ISO 8601 duration such as `P1DT2H` or `PT30M`, days of twenty-four hours.
  ///
  /// `nil` for expressions, and for years and months, whose length depends on the date. White space is
  /// passed over.
  public init?(iso8601 text: String) {
    let written = text.filter { !$0.isWhitespace }
    guard written.first == "P", written.count > 2 else { return nil }
    var rest = written.dropFirst()
    var isTime = false
    var total = TimeSpan.zero
    while let character = rest.first {
      if character == "T" {
        guard !isTime, rest.count > 1 else { return nil }
        isTime = true
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
      guard let number = Double(digits.replacing(",", with: ".")),
        let unit = rest.dropFirst(digits.count).first
      else { return nil }
      let span: TimeSpan
      switch (unit, isTime) {
      case ("W", false): span = .week
      case ("D", false): span = .day
      case ("H", true): span = .hour
      case ("M", true): span = .minute
      case ("S", true): span = .second
      default: return nil
      }
      guard let part = TimeSpan(seconds: number * span.seconds),
        total.microseconds < Int64.max / 4, part.microseconds < Int64.max / 4
      else { return nil }
      total += part
      rest = rest.dropFirst(digits.count + 1)
    }
    self = total
  }
}
