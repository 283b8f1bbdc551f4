/// A script of Power Automate for desktop in its language Robin, as the designer copies it and as
/// solutions carry it: one statement a line, texts in `$'''…'''` over several lines if need be.
struct RobinScript {
  /// Statements in their order, comments and declarations left out.
  private(set) var statements: [RobinStatement] = []
  /// Statements that are switched off.
  private(set) var disabledCount = 0
  /// Lines that look like none of the language.
  private(set) var strangeCount = 0
  /// How the elements of user interfaces are found, where that follows the script or
  /// comes with it.
  var controls = RobinControls()

  init(_ text: String) {
    var subflow: String?
    var pragmas: [String: String] = [:]
    if let mark = text.ranges(of: "# [ControlRepository]").first {
      controls = RobinControls(text[mark.upperBound...])
    }
    for (line, text) in Self.lines(text) {
      if text.hasPrefix("# [ControlRepository]") { break }
      var text = text
      if text.hasPrefix("DISABLE ") {
        if !["END", "ELSE"].contains(text.dropFirst(8)) { disabledCount += 1 }
        continue
      }
      if text.hasPrefix("@@") {
        // What the designer keeps of an action it cannot look up, such as the name of a called flow.
        let parts = text.dropFirst(2).split(separator: ":", maxSplits: 1)
        if parts.count == 2, pragmas.count < 50 {
          pragmas[parts[0].lowercased()] = RobinStatement.literal(parts[1])
        }
        continue
      }
      if text.hasPrefix("#") || text.hasPrefix("/#") || text.hasPrefix("@")
        || text.hasPrefix("**") || text.hasPrefix("IMPORT ")
      {
        continue
      }
      if text.hasPrefix("FUNCTION ") {
        let rest = text.dropFirst(9)
        let name = rest.hasSuffix(" GLOBAL") ? rest.dropLast(7) : rest
        subflow = name.filter { $0 != "'" }.trimmedOrNil
        continue
      }
      if text == "END FUNCTION" {
        subflow = nil
        continue
      }
      // Metadata of the clipboard follows the script as JSON.
      if text == "{", !statements.isEmpty { break }
      if let statement = RobinStatement(text, line: line, subflow: subflow, pragmas: pragmas) {
        statements.append(statement)
      } else if !Self.isClosing(text) {
        strangeCount += 1
      }
      pragmas = [:]
      text = ""
    }
  }

  private static func isClosing(_ text: String) -> Bool {
    ["END", "ELSE", "DEFAULT", "THEN"].contains(text)
  }

  /// Lines with the number of the first, joined where a text or a comment goes over several.
  private static func lines(_ text: String) -> [(line: Int, text: String)] {
    var joined: [(line: Int, text: String)] = []
    var open = ""
    var start = 0
    var quote = RobinQuote.none
    var isComment = false
    let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in all.enumerated() {
      if isComment {
        if line.contains("#/") { isComment = false }
        continue
      }
      if quote == .none {
        guard let trimmed = String(line).trimmedOrNil else { continue }
        if trimmed.hasPrefix("/#") {
          isComment = !trimmed.dropFirst(2).contains("#/")
          continue
        }
        start = index + 1
        open = trimmed
        // An apostrophe in a comment opens no text.
        if !trimmed.hasPrefix("#") { quote = RobinQuote.none.after(trimmed) }
      } else {
        if open.utf8.count < 1 << 16 { open += "\n" + line }
        quote = quote.after(String(line))
      }
      if quote == .none { joined.append((start, open)) }
    }
    if quote != .none { joined.append((start, open)) }
    return joined
  }
}

/// Whether a place of a script lies inside a text.
enum RobinQuote {
  case none, triple

  /// The state behind a line.
  func after(_ line: String) -> RobinQuote {
    var state = self
    let characters = Array(line.utf8)
    let mark = UInt8(ascii: "'")
    var index = 0
    while index < characters.count {
      let byte = characters[index]
      let isTriple =
        byte == mark && index + 2 < characters.count && characters[index + 1] == mark
        && characters[index + 2] == mark
      switch state {
      case .triple:
        if byte == UInt8(ascii: "\\") {
          index += 2
          continue
        }
        if isTriple {
          state = .none
          index += 3
          continue
        }
      case .none:
        if isTriple {
          state = .triple
          index += 3
          continue
        }
        if byte == mark {
          // A short text ends on its line.
          index += 1
          while index < characters.count, characters[index] != mark {
            index += characters[index] == UInt8(ascii: "\\") ? 2 : 1
          }
        }
      }
      index += 1
    }
    return state
  }
}

/// One statement: a keyword or an action with its parameters.
struct RobinStatement {
  /// Line of the script, counted from 1.
  let line: Int
  /// Subflow that it stands in; `nil` in the main flow.
  let subflow: String?
  /// As written, trimmed.
  let text: String
  /// What the designer keeps beside it.
  let pragmas: [String: String]
  /// `Excel.LaunchExcel.LaunchAndOpen`; `nil` where no action is called.
  let action: String?
  /// `CALL`, `IF`, `LOOP` and the like; `nil` for a plain action.
  let keyword: String?

  /// Keywords that are a step of the designer or tell of errors.
  private static let keywords = [
    "ON BLOCK ERROR", "ON ERROR", "ELSE IF", "GET LAST ERROR", "THROW ERROR", "NEXT LOOP", "EXIT",
    "ERROR", "BLOCK", "CALL", "CASE", "GOTO", "IF", "LABEL", "LOOP", "SET", "SWITCH", "THROW",
    "WAIT", "REPEAT",
  ]

  /// Reads a statement; `nil` where the line is none that counts.
  init?(_ text: String, line: Int, subflow: String?, pragmas: [String: String]) {
    let keyword = Self.keywords.first { keyword in
      text.hasPrefix(keyword)
        && (text.count == keyword.count || text.dropFirst(keyword.count).first == " ")
    }
    self.keyword = keyword
    self.text = text
    self.line = line
    self.subflow = subflow
    self.pragmas = pragmas
    if keyword == nil {
      guard let action = Self.actionName(Substring(text)) else { return nil }
      self.action = action
    } else if let bracket = text.prefix(200).firstIndex(of: "("),
      ["IF", "ELSE IF", "WAIT", "LOOP"].contains(keyword)
    {
      // `IF (File.IfFile.Exists File: …) THEN`
      action = Self.actionName(text[text.index(after: bracket)...])
    } else {
      action = nil
    }
  }

  /// `Module.Action.Variant` at the start of a text.
  private static func actionName(_ text: Substring) -> String? {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ $0.first?.isUppercase ?? false }) else { return nil }
    let next = text.dropFirst(name.count).first
    guard next == nil || next == " " || next == ")" || next == "\n" else { return nil }
    return String(name)
  }

  /// The module, such as `Excel`.
  var module: String? { action?.split(separator: ".").first.map(String.init) }

  /// What follows the keyword.
  var rest: String {
    String(text.dropFirst(keyword?.count ?? 0).drop { $0 == " " })
  }

  /// A parameter as written: a text in quotes or an expression; `nil` where it is not given.
  func argument(_ name: String) -> RobinArgument? {
    end(of: " \(name): ").map { RobinArgument(text[$0...]) }
  }

  /// The variable that an action puts its result into.
  func output(_ name: String) -> String? {
    end(of: " \(name)=> ").map { end in
      String(text[end...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }

  /// Where the first occurrence of some words ends; compared byte by byte, since scripts are long.
  private func end(of words: String) -> String.Index? {
    let wanted = Array(words.utf8)
    let bytes = text.utf8
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(of: first) {
      guard let end = bytes.index(start, offsetBy: wanted.count, limitedBy: bytes.endIndex) else {
        return nil
      }
      if bytes[start..<end].elementsEqual(wanted) { return end }
      index = bytes.index(after: start)
    }
    return nil
  }

  /// The text inside the quotes at the start of an expression; `nil` where there are none.
  static func literal(_ expression: some StringProtocol) -> String? {
    RobinArgument(Substring(String(expression).drop { $0 == " " })).literal
  }
}

/// A parameter of an action.
struct RobinArgument {
  /// The text, where it is given by itself; it may contain `%variables%`.
  var literal: String?
  /// The expression, where it is not a text.
  var expression: String?

  init(_ text: Substring) {
    var rest = text
    if rest.first == "$" { rest = rest.dropFirst() }
    if rest.hasPrefix("'''") {
      literal = Self.unescaped(rest.dropFirst(3), until: "'''")
    } else if rest.first == "'" {
      literal = Self.unescaped(rest.dropFirst(), until: "'")
    } else {
      // An expression ends where the next parameter begins; a bracket may hold texts with blanks.
      var depth = 0
      var isQuoted = false
      var end = text.startIndex
      while end < text.endIndex {
        let character = text[end]
        if character == "'" { isQuoted.toggle() }
        if !isQuoted {
          if "([{".contains(character) { depth += 1 }
          if ")]}".contains(character) { depth -= 1 }
          if character == " " && depth <= 0 || depth < 0 { break }
        }
        end = text.index(after: end)
      }
      expression = String(text[..<end])
    }
  }

  /// Whether the value depends on variables.
  var isComputed: Bool { literal?.contains("%") ?? true }

  private static func unescaped(_ text: Substring, until mark: String) -> String {
    var result = ""
    var rest = text
    while let character = rest.first, !rest.hasPrefix(mark) {
      rest = rest.dropFirst()
      // Only quotes and the stroke itself are escaped; paths are often written without.
      if character == "\\", let next = rest.first, ["\\", "'", "\""].contains(next) {
        result.append(next)
        rest = rest.dropFirst()
      } else {
        result.append(character)
      }
    }
    return result
  }
}
