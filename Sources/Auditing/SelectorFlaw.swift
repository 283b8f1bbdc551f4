/// Why a selector is likely to miss its element after the next change of what it looks at, the worst
/// first.
enum SelectorFlaw: String, CaseIterable {
  /// A point of the screen.
  case coordinates = "point of the screen"
  /// A picture that is looked for on the screen.
  case image = "picture"
  /// The whole way from the root of the page, and nothing else that tells the element.
  case absolutePath = "whole path from the root"
  /// The whole way from the root of the page, beside an identifier or a name that would do.
  case pathBesideName = "whole path from the root, beside an identifier"
  /// An identifier that the program makes anew.
  case generatedID = "generated identifier"
  /// The n-th of several alike.
  case index = "position among alike elements"

  /// The worst flaw of a selector as the product writes it; `nil` where none is seen.
  ///
  /// Spellings: tags with attributes in single or double quotes (UiPath; Blue Prism, whose paths are
  /// attributes), CSS with `:eq(n)` (Power Automate desktop), XPath (Automation Anywhere).
  init?(of selector: String) {
    let text = selector.lowercased()
    let found: SelectorFlaw? =
      if text.hasPrefix("coordinates:") {
        .coordinates
      } else if text.hasPrefix("image:") {
        .image
      } else if Self.isAbsolute(text) {
        Self.identifiers(in: selector).isEmpty ? .absolutePath : .pathBesideName
      } else {
        Self.flaw(ofAttributes: selector) ?? (Self.hasPosition(text) ? .index : nil)
      }
    guard let found else { return nil }
    self = found
  }

  /// `/html/body/…`, `html > body > …`, `body>div>…`: from the root to anything below the body, however deep.
  private static func isAbsolute(_ text: String) -> Bool {
    var levels: [Substring]
    if text.hasPrefix("/html") || text.hasPrefix("/body") {
      levels = text.split(separator: "/")
    } else {
      var path = Substring(text)
      if let css = text.ranges(of: "css-selector=").first {
        path = text[css.upperBound...].dropFirst().prefix { $0 != "'" && $0 != "\"" }
      }
      levels = path.split(separator: ">").map { level in
        let start = level.drop { $0.isWhitespace }
        return start.prefix { !$0.isWhitespace }
      }
    }
    let root = levels.prefix { level in
      let tag = level.prefix { $0.isLetter }
      return tag == "html" || tag == "body"
    }
    return !root.isEmpty && levels.count > root.count
  }

  /// What would tell the element without its path, as written: identifiers and names that no program made anew and that
  /// no wildcard leaves open.
  static func identifiers(in selector: String) -> [String] {
    // What tells a window or an element around it tells nothing of the element itself.
    var own = Substring(selector)
    for mark in ["<", ">", "/"] where selector.contains("<") == (mark == "<") {
      if let last = own.ranges(of: mark).last { own = own[last.upperBound...] }
    }
    var found: [String] = []
    for (name, value) in attributes(of: String(own)) where stable.contains(name.lowercased()) {
      if !value.isEmpty, !value.contains("*"), !value.contains("{{"), !isGenerated(value) {
        found.append("\(name)='\(value)'")
      }
    }
    return found
  }

  /// Attributes that tell one element from all others, in the spellings of the products.
  private static let stable: Set<String> = [
    "id", "automationid", "name", "ctrlid", "aaname", "controlid", "wid", "wname", "uautomationid",
    "uname", "inputidentifier", "inputidentifier2",
  ]

  /// Attributes that hold the way to the element.
  private static let paths: Set<String> = ["path", "xpath", "wxpath"]

  /// A selector in one line; of a long one, of each part what names, counts or leads to its element, whole.
  static func shown(_ selector: String) -> String {
    let line = selector.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard line.count > 160 else { return line }
    let telling = stable.union(paths).union(positions).union(identifying).union(["css-selector"])
    var parts: [String] = []
    for tag in line.split(separator: "<") {
      let kept = attributes(of: String(tag)).filter {
        telling.contains($0.name.lowercased()) && !$0.value.isEmpty
      }
      guard !kept.isEmpty else { continue }
      let marks = kept.map { "\($0.name)='\($0.value)'" }.joined(separator: " ")
      parts.append("<\(tag.prefix { !$0.isWhitespace }) \(marks) …/>")
    }
    if !parts.isEmpty { return parts.joined() }
    let marks = [":eq(", ":nth-child(", "["]
    let places = marks.compactMap { line.ranges(of: $0).last?.lowerBound }
    guard let place = places.max() else { return line.prefix(60) + " … " + line.suffix(95) }
    return "… " + line[..<place].suffix(90) + line[place...].prefix(60) + " …"
  }

  /// `:eq(3)`, and `[3]` of a path; the first of all is often no choice and does not count.
  private static func hasPosition(_ text: String) -> Bool {
    for (open, close) in [(":eq(", ")"), (":nth-child(", ")"), ("[", "]")] {
      for range in text.ranges(of: open) {
        let number = text[range.upperBound...].prefix { $0.isNumber }
        let first = open == ":eq(" ? 0 : 1
        if let position = Int(number), position > first,
          text[range.upperBound...].dropFirst(number.count).hasPrefix(close)
        {
          return true
        }
      }
    }
    return false
  }

  /// Attributes that name an element by an identifier or a name.
  private static let identifying: Set<String> = [
    "id", "parentid", "automationid", "name", "class", "parentclass", "ctrlid", "isid",
  ]
  private static let positions: Set<String> = [
    "idx", "tablerow", "tablecol", "ordinal", "matchindex",
  ]

  /// Those of them that tell one table from another.
  private static let naming: Set<String> = ["id", "parentid", "automationid", "name", "ctrlid"]
  private static let cells: Set<String> = ["tablerow", "tablecol"]

  private static func flaw(ofAttributes selector: String) -> SelectorFlaw? {
    var worst: SelectorFlaw?
    let attributes = attributes(of: selector)
    // Row and column are how one finds a cell; of a table with a name of its own they are no guess.
    let isInNamedTable = attributes.contains { name, value in
      naming.contains(name.lowercased()) && !value.isEmpty && !isGenerated(value)
    }
    for (name, value) in attributes {
      let key = name.lowercased()
      if paths.contains(key), isAbsolute(value.lowercased()) {
        return identifiers(in: selector).isEmpty ? .absolutePath : .pathBesideName
      } else if cells.contains(key), isInNamedTable {
        continue
      } else if positions.contains(key), let position = Int(value),
        position > (key == "ordinal" ? 0 : 1)
      {
        worst = worst ?? .index
      } else if identifying.contains(key), !value.contains("*"), !value.contains("{{"),
        isGenerated(value)
      {
        worst = .generatedID
      }
    }
    return worst
  }

  /// `name='value'` and `name="value"`, in order.
  private static func attributes(of selector: String) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var rest = Substring(selector)
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].reversed().prefix {
        $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"
      }.reversed()
      let after = rest[rest.index(after: equals)...]
      guard let quote = after.first, quote == "'" || quote == "\"" else {
        rest = after
        continue
      }
      let inner = after.dropFirst()
      let value = inner.prefix { $0 != quote }
      found.append((String(name), String(value)))
      rest = inner.dropFirst(value.count + 1)
    }
    return found
  }

  /// Whether an identifier looks made by a program: a GUID, eight hexadecimal digits or more of both
  /// kinds, a counter of frameworks (`ember1234`, `ext-gen77`, `gwt-uid-5`, `:r3:`), or a run of five
  /// digits (assumed: people count shorter).
  static func isGenerated(_ value: String) -> Bool {
    let text = value.lowercased()
    let prefixes = [
      "ember", "ext-gen", "ext-comp-", "gwt-uid-", "yui_", "mui-", "react-select-", "radix-",
      "headlessui-", "__next", "cdk-overlay-", "mat-input-",
    ]
    for prefix in prefixes where text.hasPrefix(prefix) {
      if text.dropFirst(prefix.count).contains(where: \.isNumber) { return true }
    }
    if text.hasPrefix(":r"), text.hasSuffix(":"), text.count <= 6 { return true }
    var digits = 0
    var hex = 0
    var letters = 0
    var numbers = 0
    func isHash() -> Bool { hex >= 8 && letters >= 2 && numbers >= 2 }
    for character in text {
      if character.isASCII, character.isNumber {
        digits += 1
        if digits >= 5 { return true }
      } else {
        digits = 0
      }
      if character.isASCII, character.isHexDigit {
        hex += 1
        if character.isNumber { numbers += 1 } else { letters += 1 }
        if isHash() { return true }
      } else {
        (hex, letters, numbers) = (0, 0, 0)
      }
    }
    return false
  }
}
