import Foundation

/// How numbers and dates are written for people.
///
/// Files for programs (CSV, JSON, workbooks) hold numbers and ISO dates whatever the style.
public struct NumberStyle: Sendable, Hashable {
  /// What stands between thousands.
  public var grouping: String
  /// What stands before decimals.
  public var decimal: String
  /// Order and separators of a date: `y`, `m` and `d` are replaced by its parts.
  public var date: String

  /// A comma between thousands, a point before decimals, ISO dates.
  public static let plain = NumberStyle(grouping: ",", decimal: ".", date: "y-m-d")

  /// The style in which text is being written.
  ///
  /// Set around the making of a whole report, so that all its parts agree; never read from the machine.
  @TaskLocal public static var current = NumberStyle.plain

  /// The style of a locale, such as `de_DE`, `fr-CH` or `en_GB`.
  ///
  /// - Returns: `nil` where the locale is not known.
  public init?(locale identifier: String) {
    let name = identifier.replacing("-", with: "_")
    guard Locale.availableIdentifiers.contains(name) else { return nil }
    let locale = Locale(identifier: name)
    let decimal = locale.decimalSeparator ?? "."
    var grouping = locale.groupingSeparator ?? ","
    // Narrow and plain spaces alike must not break a line.
    if grouping.allSatisfy(\.isWhitespace) { grouping = "\u{A0}" }
    self.init(
      grouping: grouping == decimal ? "\u{A0}" : grouping, decimal: decimal,
      date: Self.datePattern(locale))
  }

  init(grouping: String, decimal: String, date: String) {
    self.grouping = grouping
    self.decimal = decimal
    self.date = date
  }

  /// The order of a date and its separators, found by writing one whose parts are known.
  private static func datePattern(_ locale: Locale) -> String {
    let formatter = DateFormatter()
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.locale = locale
    formatter.setLocalizedDateFormatFromTemplate("yyyyMMdd")
    // 2031-11-22: no part can be taken for another.
    let shown = formatter.string(from: Date(timeIntervalSince1970: 1_953_072_000))
    guard shown.contains("2031"), shown.contains("11"), shown.contains("22") else { return "y-m-d" }
    return shown.replacing("2031", with: "y").replacing("11", with: "m").replacing("22", with: "d")
  }
}

/// An ISO date, such as `2026-01-05`, in the style in force; what is no such date stays as it is.
func dateText(_ date: String) -> String {
  let parts = date.split(separator: "-")
  guard parts.count == 3, date.utf8.count == 10 else { return date }
  var text = ""
  for character in NumberStyle.current.date {
    switch character {
    case "y": text += parts[0]
    case "m": text += parts[1]
    case "d": text += parts[2]
    default: text.append(character)
    }
  }
  return text
}
