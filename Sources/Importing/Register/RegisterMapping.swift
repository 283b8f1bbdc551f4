import Facts

/// What columns of a register hold, where somebody says so and it is not left to their headers.
public struct RegisterMapping: Hashable, Sendable, Codable {
  /// What was given, in order: a header, and a field or `nil` for a column that is left out.
  private var choices: [Choice] = []

  struct Choice: Hashable, Sendable, Codable {
    var header: String
    var field: RegisterField?
  }

  /// A mapping that says nothing, so that headers decide.
  public init() {}

  /// Whether nothing is given.
  public var isEmpty: Bool { choices.isEmpty }

  /// Adds a choice such as `Verantwortung=owner` or `Notes=ignore`.
  ///
  /// - Throws: `RegisterMappingError` where it is not of that form or names no field.
  public mutating func add(_ text: String) throws(RegisterMappingError) {
    // The header may hold an equals sign, the name of a field cannot.
    guard let equals = text.lastIndex(of: "="),
      let header = String(text[..<equals]).trimmedOrNil,
      let name = String(text[text.index(after: equals)...]).trimmedOrNil
    else {
      throw RegisterMappingError("'\(text)' is not of the form \"Column=field\"")
    }
    if ["ignore", "none", "-"].contains(name.lowercased()) {
      choices.append(Choice(header: header, field: nil))
      return
    }
    guard let field = RegisterField(named: name) else {
      let titles = RegisterField.allCases.map(\.title)
      let hint = closestName(to: name, among: titles).map { "did you mean '\($0)'?" }
      throw RegisterMappingError(
        "'\(name)' is no field of a register; "
          + (hint ?? "fields are \(titles.joined(separator: ", ")), and ignore"))
    }
    choices.append(Choice(header: header, field: field))
  }

  /// The last choice for a header, compared as words; `nil` where none is given.
  func choice(for header: String) -> Choice? {
    let wanted = RegisterColumns.words(header)
    return choices.last { $0.header == header || RegisterColumns.words($0.header) == wanted }
  }

  /// Headers that are given and stand in none of the tables.
  func missing(from headers: [String]) -> [String] {
    let known = Set(headers.map(RegisterColumns.words))
    return choices.map(\.header).filter { !known.contains(RegisterColumns.words($0)) }
  }
}

/// Why a mapping cannot be used, in one sentence.
public struct RegisterMappingError: Error, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
