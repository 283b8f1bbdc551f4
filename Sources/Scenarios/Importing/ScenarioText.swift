import DocumentReading

/// The text of a scenario file, written line by line.
///
/// Names and texts from elsewhere are quoted where YAML or the scenario language would take them for
/// something else, so that what is written is read back as the same.
public struct ScenarioText {
  /// What has been written.
  public private(set) var text = ""

  /// An empty file.
  public init() {}

  /// A line of a key and, where it has one, a value as the language writes it.
  ///
  /// - Parameters:
  ///   - depth: groups around it.
  ///   - value: written as it stands; pass free text through `quoted` or `name`.
  public mutating func line(
    _ depth: Int, _ key: String, _ value: String? = nil, comment: String? = nil
  ) {
    text += String(repeating: "  ", count: depth) + Self.name(key) + ":"
    if let value { text += " " + value }
    if let comment { text += "   # " + Self.onOneLine(comment) }
    text += "\n"
  }

  /// The first line of an item of a list, which the lines of its other keys follow one group deeper.
  public mutating func item(_ depth: Int, _ key: String, _ value: String) {
    text += String(repeating: "  ", count: depth) + "- " + Self.name(key) + ": " + value + "\n"
  }

  /// Lines of comment, each at most about 96 characters wide.
  ///
  /// - Parameter depth: groups around them.
  public mutating func comment(_ words: String, depth: Int = 0) {
    let start = String(repeating: "  ", count: depth) + "#"
    var line = start
    for word in Self.onOneLine(words).split(separator: " ") {
      if line.count + word.count > 96 {
        text += line + "\n"
        line = start
      }
      line += " " + word
    }
    text += line + "\n"
  }

  /// An empty line.
  public mutating func blank() { text += "\n" }

  /// A name as key or item of a list: quoted unless it is plainly a word.
  public static func name(_ name: String) -> String {
    let isWord =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } ?? false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    return isWord && !yamlWords.contains(name.lowercased()) ? name : quoted(name)
  }

  /// A condition or other text of the language as a value: quoted where YAML would take it for more.
  public static func value(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "_.<>=!|()- ".contains($0))
      }
    return isPlain && !text.contains(" -") ? text : quoted(text)
  }

  /// A list in one line, of values that are plain.
  public static func list(_ items: [String]) -> String {
    items.count == 1 ? items[0] : "[\(items.joined(separator: ", "))]"
  }

  /// Free text between double quotes.
  public static func quoted(_ text: String) -> String { yamlQuoted(text) }

  /// Without line ends and what else would steer a reader.
  public static func onOneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(isInvisible(scalar) ? " " : scalar)
    }
    return String(result)
  }

  /// Words that YAML takes for truth values or nothing.
  private static let yamlWords: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null",
  ]
}

/// A number as a scenario writes it: without an exponent, and with at most 12 digits that count.
///
/// Numbers of other programs' files are means and variances worked out in floating point; what lies
/// beyond the 12th digit is their rounding.
public func plainNumber(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return "0" }
  let magnitude = value.magnitude
  // 10^k with |value| · 10^k between 10^11 and 10^12, as far as doubles are exact there.
  var factor = 1.0
  while magnitude * factor < 1e11, factor < 1e15 { factor *= 10 }
  var digits = (value * factor).rounded()
  guard digits.magnitude < 9e15 else { return written(value.rounded()) }
  while factor > 1, digits.truncatingRemainder(dividingBy: 10) == 0 {
    digits /= 10
    factor /= 10
  }
  let whole = Int64(digits.magnitude)
  let unit = Int64(factor)
  var text = (digits < 0 ? "-" : "") + String(whole / unit)
  if unit > 1 {
    let fraction = String(whole % unit)
    text += "." + String(repeating: "0", count: String(unit).count - 1 - fraction.count) + fraction
  }
  return text
}

/// A duration of seconds as a person would write it: in hours or minutes where that is a whole number.
public func durationText(_ seconds: Double) -> String {
  for (unit, length) in [("h", 3600.0), ("min", 60)] {
    let amount = seconds / length
    if amount >= 1, amount.rounded() == amount { return "\(plainNumber(amount)) \(unit)" }
  }
  return "\(plainNumber(seconds)) s"
}

/// A share in percent.
public func scenarioShare(_ share: Double) -> String { "\(plainNumber(share * 100)) %" }

/// Shares of a whole in percent; where rounding keeps them from 100 %, the last takes the rest.
public func sharesOfWhole(_ shares: [Double]) -> [String] {
  var result = shares.map(scenarioShare)
  let sum = result.reduce(0) { $0 + ((try? parseShare($1)) ?? 0) }
  if abs(sum - 1) > 1e-9, let last = shares.lastIndex(where: { $0 > 0 }) { result[last] = "rest" }
  return result
}
