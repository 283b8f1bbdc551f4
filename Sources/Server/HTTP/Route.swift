import HTTPTypes
import Hummingbird

/// One thing the server answers: the router, the checks of its parameters and its description are all
/// made of this.
struct Route: Sendable {
  /// The method.
  var method: HTTPRequest.Method
  /// The path, with parameters in braces.
  var path: String
  /// What it does, in one line.
  var summary: String
  /// Parameters of the path and the query.
  var parameters: [Parameter] = []
  /// What is to be sent; `nil` for nothing.
  var body: Body?
  /// What it answers where all is well: a status, and the media type of the content, if any.
  var answer: Answer = .page
  /// Whether readers are told to wait where it takes long; a page, not a file.
  var maySayWait = false
  /// Answers it.
  var handle: @Sendable (Exchange) async throws -> Response

  /// A parameter of the path or the query, or a field of a body.
  struct Parameter: Sendable {
    var name: String
    var summary: String
    var kind: Kind
    var isRequired = false
    var isInPath = false

    /// What values it takes.
    enum Kind: Sendable {
      /// A text of at most so many characters.
      case text(most: Int)
      /// A whole number.
      case number(ClosedRange<Int>)
      /// One of some words.
      case word([String])
    }
  }

  /// What is sent.
  enum Body: Sendable {
    /// Fields, as JSON or as a form.
    case fields([Parameter])
    /// The bytes of a file.
    case file
  }

  /// What is answered.
  struct Answer: Sendable {
    var status: HTTPResponse.Status
    /// Its media types, by what was asked for; none where nothing is sent.
    var types: [String]
    var summary: String

    static let page = Answer(status: .ok, types: ["text/html"], summary: "The page.")
    static let done = Answer(status: .seeOther, types: [], summary: "Done; the page to look at.")
    static func json(
      _ summary: String, status: HTTPResponse.Status = .ok, or others: [String] = []
    ) -> Answer {
      Answer(status: status, types: ["application/json"] + others, summary: summary)
    }
  }

  /// Whether it is part of the interface for programs.
  var isAPI: Bool { path.hasPrefix("/api/") }

  /// Whether it changes something.
  var isUnsafe: Bool { method != .get && method != .head }

  /// The path as the router writes it: `/a/:b` for `/a/{b}`.
  var routerPath: String { path.replacing("{", with: ":").replacing("}", with: "") }

  /// Whether a path is one of this route's, whatever the method.
  func matches(path other: String) -> Bool {
    let (mine, theirs) = (path.split(separator: "/"), other.split(separator: "/"))
    return mine.count == theirs.count
      && zip(mine, theirs).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }

  /// The fields of a body, checked.
  ///
  /// - Throws: `Problem` where one is not known, missing, or takes no such value.
  func checked(_ fields: [String: String]) throws(Problem) -> [String: String] {
    guard case .fields(let known) = body else { return [:] }
    var fields = fields
    // The pages' forms carry it; it has been checked by now.
    fields["csrf"] = nil
    return try Self.checked(fields, known, isStrict: true)
  }

  /// Values, checked against what is known of them.
  ///
  /// - Parameter isStrict: Whether a name that is not known is refused.
  static func checked(
    _ values: [String: String], _ known: [Parameter], isStrict: Bool
  ) throws(Problem) -> [String: String] {
    if isStrict,
      let other = values.keys.sorted().first(where: { name in
        !known.contains { $0.name == name }
      })
    {
      throw Problem(
        .badRequest,
        "there is no field '\(other)'; fields are \(known.map(\.name).joined(separator: ", "))")
    }
    var checked: [String: String] = [:]
    for parameter in known {
      guard let value = values[parameter.name], !value.isEmpty else {
        if parameter.isRequired {
          throw Problem(.badRequest, "'\(parameter.name)' is missing: \(parameter.summary)")
        }
        continue
      }
      try parameter.check(value)
      checked[parameter.name] = value
    }
    return checked
  }
}

extension Route.Parameter {
  /// Refuses a value that the parameter does not take.
  func check(_ value: String) throws(Problem) {
    switch kind {
    case .text(let most):
      guard value.unicodeScalars.count <= most else {
        throw Problem(.badRequest, "'\(name)' has more than \(most) characters")
      }
      guard !value.unicodeScalars.contains("\0") else {
        throw Problem(.badRequest, "'\(name)' has a null character in it")
      }
    case .number(let range):
      guard let number = Int(value), range.contains(number) else {
        throw Problem(
          .badRequest,
          "'\(name)' is '\(value.prefix(40))'; it must be a whole number from \(range.lowerBound) to "
            + "\(range.upperBound)")
      }
    case .word(let words):
      guard words.contains(value) else {
        throw Problem(
          .badRequest,
          "'\(name)' is '\(value.prefix(40))'; it must be one of \(words.joined(separator: ", "))")
      }
    }
  }

  /// A text in the query.
  static func text(_ name: String, _ summary: String, most: Int = 400) -> Self {
    Self(name: name, summary: summary, kind: .text(most: most))
  }

  /// A number in the query.
  static func number(_ name: String, _ summary: String, _ range: ClosedRange<Int>) -> Self {
    Self(name: name, summary: summary, kind: .number(range))
  }

  /// One of some words in the query.
  static func word(_ name: String, _ summary: String, _ words: [String]) -> Self {
    Self(name: name, summary: summary, kind: .word(words))
  }

  /// The same, which must be given.
  var required: Self {
    var parameter = self
    parameter.isRequired = true
    return parameter
  }

  /// The same as a part of the path.
  var inPath: Self {
    var parameter = required
    parameter.isInPath = true
    return parameter
  }
}
