public import Facts
public import Statistics

/// An attribute of cases as a scenario declares it.
public struct ScenarioAttribute: Sendable, Hashable {
  /// Name, the key in the file.
  public var name: String
  /// What values it has.
  public var kind: Kind
  /// How its value is drawn when a case arrives.
  public var value: Value
  /// Rank correlation with an attribute before it; `nil` for none.
  public var correlation: Correlation?
  /// Where it stands.
  public var location: SourceLocation

  /// Kinds of attribute.
  public enum Kind: Sendable, Hashable {
    /// A number, in a unit where one is stated.
    case number(unit: String?)
    /// One of several names.
    case categories([String])
    /// True or false.
    case boolean
  }

  /// How a value is drawn.
  public enum Value: Sendable, Hashable {
    /// Alike for all cases.
    case drawn(AttributeValueDraw)
    /// By the value of an attribute before it, with a draw for each of its values.
    case given(attribute: Int, [AttributeValueDraw])
  }

  /// A rank correlation.
  public struct Correlation: Sendable, Hashable {
    /// Index of the other attribute.
    public var attribute: Int
    /// Spearman's coefficient, in −1...1.
    public var rank: Double
  }

  var isNumber: Bool {
    if case .number = kind { true } else { false }
  }

  /// In words, with article.
  var kindWords: String {
    switch kind {
    case .number(let unit): unit.map { "a number of \($0)" } ?? "a number"
    case .categories(let names):
      "one of \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? " …" : "")"
    case .boolean: "true or false"
    }
  }

  /// Names of its values, for attributes that others can be given by; `nil` for numbers.
  var valueNames: [String]? {
    switch kind {
    case .number: nil
    case .categories(let names): names
    case .boolean: ["false", "true"]
    }
  }

  /// The number that stands for a category; `nil` where it has no such one.
  func code(ofCategory text: String) -> Double? {
    guard case .categories(let names) = kind else { return nil }
    return names.firstIndex(of: text).map(Double.init)
  }

  func unknownCategory(_ text: String) -> String {
    guard case .categories(let names) = kind else { return "'\(name)' has no categories" }
    let hint =
      nearestName(to: text, among: names).map { "did you mean '\($0)'?" } ?? "it is \(kindWords)"
    return "'\(shown(text))' is no category of '\(name)'; \(hint)"
  }

  /// The number that a value written as one word stands for: a number, a category, a truth value.
  func code(of text: String) throws(ValueError) -> Double {
    switch kind {
    case .number:
      guard let value = Double(text), value.isFinite else {
        throw ValueError("'\(shown(text))' is no number, as '\(name)' is")
      }
      return value + 0
    case .categories:
      guard let code = code(ofCategory: text) else { throw ValueError(unknownCategory(text)) }
      return code
    case .boolean:
      switch text.lowercased() {
      case "true": return 1
      case "false": return 0
      default: throw ValueError("'\(shown(text))' is neither true nor false, as '\(name)' is")
      }
    }
  }
}

/// How a value of an attribute is drawn.
public enum AttributeValueDraw: Sendable, Hashable {
  /// A number.
  case number(Distribution)
  /// A position among the categories, or false and true, with these shares.
  case shares([Double])
}
