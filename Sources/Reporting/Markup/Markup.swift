/// HTML that is well-formed: text is escaped on the way in, tags are closed by construction.
///
/// A string literal or an interpolated `String` is text; an interpolated `Markup` stays markup. What is
/// written is XML too, so that a test can parse a page strictly.
package struct Markup: Sendable, Equatable {
  /// The source.
  package private(set) var source: String

  /// Nothing.
  package static let none = Markup(trusted: "")

  /// Text, escaped.
  package init(_ text: String) { source = escapedText(text) }

  /// Markup that was made elsewhere and is known to be well-formed.
  package init(trusted source: String) { self.source = source }

  package static func + (a: Markup, b: Markup) -> Markup { Markup(trusted: a.source + b.source) }
  package static func += (a: inout Markup, b: Markup) { a.source += b.source }
}

extension Markup: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }
  package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity)
    }
    package mutating func appendLiteral(_ literal: String) { source += escapedText(literal) }
    package mutating func appendInterpolation(_ text: String) { source += escapedText(text) }
    package mutating func appendInterpolation(_ count: Int) { source += countText(count) }
    package mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
  }
}

extension Sequence<Markup> {
  /// One after the other.
  package func joined(by separator: Markup = .none) -> Markup {
    Markup(trusted: map(\.source).joined(separator: separator.source))
  }
}

/// An element; attributes whose value is `nil` are left out.
package func element(
  _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: Markup...
) -> Markup {
  element(name, attributes, containing: children)
}

/// An element with any number of children.
package func element(
  _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], containing children: [Markup]
) -> Markup {
  var source = "<\(name)"
  for (key, value) in attributes {
    if let value { source += " \(key)=\"\(escapedText(value))\"" }
  }
  let end = blockElements.contains(name) ? "\n" : ""
  if voidElements.contains(name) { return Markup(trusted: source + " />" + end) }
  source += ">"
  for child in children { source += child.source }
  return Markup(trusted: source + "</\(name)>" + end)
}

private let voidElements: Set<String> = ["meta", "br", "hr", "col", "img", "input", "link"]

/// Elements after which the source breaks the line, to keep differences between pages readable.
private let blockElements: Set<String> = [
  "meta", "title", "style", "script", "header", "main", "section", "article", "nav", "footer",
  "div",
  "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead",
  "tbody", "tr", "figure", "figcaption", "details", "summary", "aside", "hr", "body", "head",
]

/// Text as it may stand in markup and in attribute values.
///
/// Characters that XML forbids, and those that turn the direction of the text around them, become the
/// replacement character: a name must not be able to disguise what stands beside it.
package func escapedText(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    (0x20..<0x7F).contains(byte) && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x22
      && byte != 0x27
  }
  if isPlain { return text }
  var escaped = ""
  escaped.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    default: escaped.unicodeScalars.append(isDisguising(scalar) ? "\u{FFFD}" : scalar)
    }
  }
  return escaped
}

/// Text as it may stand on one line of a terminal: without control characters, hence without commands.
package func oneLine(_ text: String) -> String {
  var line = ""
  for scalar in text.unicodeScalars {
    if scalar == "\n" || scalar == "\t" || scalar == "\r" {
      line.append(" ")
    } else {
      line.unicodeScalars.append(isDisguising(scalar) ? "\u{FFFD}" : scalar)
    }
  }
  return line
}

private func isDisguising(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case 0x00...0x1F, 0x7F...0x9F: true
  // Embeddings, overrides and isolates of the direction of writing.
  case 0x202A...0x202E, 0x2066...0x2069: true
  case 0xFFFE, 0xFFFF: true
  default: false
  }
}
