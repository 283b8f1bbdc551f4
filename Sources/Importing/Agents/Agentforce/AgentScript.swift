import DocumentReading
import Facts
import Inventory

/// An agent in Agent Script (`.agent`), which is told by its indentation and is not YAML.
///
/// The text is read line by line: blocks and keys are followed by their indentation, the free text of
/// instructions is passed over.
struct AgentScript {
  private let path: String
  private let text: String

  init(_ text: String, path: String) {
    self.text = text
    self.path = path
  }

  /// Whether a file is Agent Script: a block `config:` and a block of an agent at the left margin.
  static func isScript(_ file: CandidateFile) -> Bool {
    guard file.contains("config:"),
      ["start_agent", "subagent ", "topic "].contains(where: file.contains),
      let text = try? decodeText(file.bytes, path: file.path)
    else { return false }
    var hasConfiguration = false
    var hasAgent = false
    for line in text.split(whereSeparator: \.isNewline) {
      guard let first = line.first, first != " ", first != "\t", first != "#" else { continue }
      // At the margin stand blocks and nothing else; a text that quotes a script has prose there.
      guard isBlock(line) else { return false }
      if line.hasPrefix("config:") { hasConfiguration = true }
      if AgentScriptLine.agentBlock(line) != nil { hasAgent = true }
    }
    return hasConfiguration && hasAgent
  }

  /// Whether a line is `name:` or `name name:`, with or without a value.
  private static func isBlock(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    let words = line[..<colon].split(separator: " ")
    return (1...2).contains(words.count)
      && words.allSatisfy { word in
        word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      }
  }

  /// What the script says.
  func reading() -> FileReading {
    var reader = AgentScriptReader(path: path)
    for line in AgentScriptLine.lines(of: text) { reader.read(line) }
    return reader.finish()
  }
}

/// A line of Agent Script with what it belongs to.
struct AgentScriptLine {
  var number: Int
  /// Names of the blocks around it and of its own, such as `subagent booking`, `actions`, `book`.
  var path: [String]
  /// What stands after the colon, without quotes.
  var value: String
  /// A command of a procedure, such as `run @actions.book`; empty for a key.
  var command = ""

  /// The lines that are keys or commands, in order.
  static func lines(of text: String) -> [AgentScriptLine] {
    var found: [AgentScriptLine] = []
    /// Blocks around the line, each with its indentation.
    var blocks: [(indent: Int, name: String)] = []
    /// Indentation of a key or `|` whose free text goes on below.
    var textBelow: Int?
    for (index, whole) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = whole.hasSuffix("\r") ? whole.dropLast() : whole
      let indent = indentation(of: line)
      let content = line.drop { $0 == " " || $0 == "\t" }
      guard let first = content.first, first != "#" else { continue }
      if let margin = textBelow {
        if indent > margin { continue }
        textBelow = nil
      }
      if first == "|" {
        textBelow = indent
        continue
      }
      while let last = blocks.last, last.indent >= indent { blocks.removeLast() }
      guard let (key, rest) = keyAndValue(content), !isCommand(content) else {
        found.append(
          AgentScriptLine(
            number: index + 1, path: blocks.map(\.name), value: "", command: String(content)))
        continue
      }
      if blocks.count < 100 { blocks.append((indent, key)) }
      found.append(
        AgentScriptLine(number: index + 1, path: blocks.map(\.name), value: unquoted(rest)))
      if rest.first == "|" { textBelow = indent }
    }
    return found
  }

  /// `subagent booking` of a line that opens the block of an agent; `nil` for any other.
  static func agentBlock(_ line: Substring) -> String? {
    for word in ["start_agent", "connected_subagent", "subagent", "topic"] {
      guard line.hasPrefix(word) else { continue }
      let rest = line.dropFirst(word.count)
      guard rest.first == " " || rest.first == ":", let colon = rest.firstIndex(of: ":") else {
        continue
      }
      let name = rest[..<colon].split(separator: " ").joined(separator: " ")
      return name.isEmpty ? word : "\(word) \(name)"
    }
    return nil
  }

  private static func indentation(of line: Substring) -> Int {
    var width = 0
    for character in line {
      switch character {
      case " ": width += 1
      // A tab goes to the next multiple of four.
      case "\t": width = (width / 4 + 1) * 4
      default: return width
      }
    }
    return width
  }

  private static func isCommand(_ content: Substring) -> Bool {
    ["run ", "if ", "else", "elif ", "transition ", "set ", "with ", "available when", "@"]
      .contains { content.hasPrefix($0) }
  }

  private static func keyAndValue(_ content: Substring) -> (String, Substring)? {
    if let block = agentBlock(content) {
      let rest = content.drop { $0 != ":" }.dropFirst()
      return (block, rest.drop { $0 == " " })
    }
    let key: Substring
    var rest: Substring
    if content.first == "\"" {
      // Quoted names of inputs: `"Input:email": string`.
      let inner = content.dropFirst()
      guard let end = inner.firstIndex(of: "\"") else { return nil }
      key = inner[..<end]
      rest = inner[inner.index(after: end)...]
      guard rest.first == ":" else { return nil }
    } else {
      guard let colon = content.firstIndex(of: ":") else { return nil }
      key = content[..<colon]
      rest = content[colon...]
      let isName = key.allSatisfy {
        $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == " " || $0 == "."
      }
      guard isName, !key.isEmpty, key.split(separator: " ").count <= 2 else { return nil }
    }
    rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    return (String(key), rest)
  }

  private static func unquoted(_ text: Substring) -> String {
    var rest = text
    if rest.first == "\"" {
      let inner = rest.dropFirst()
      guard let end = inner.lastIndex(of: "\"") else { return String(inner) }
      return String(inner[..<end])
    }
    if let comment = rest.firstRange(of: " #") { rest = rest[..<comment.lowerBound] }
    return String(rest).trimmedOrNil ?? ""
  }
}
