/// A name made fit to be shown in one line: control characters, line ends and characters that turn
/// the direction of writing become spaces or are left out, so that a hostile name cannot leave its
/// place on the map or pass for another one.
func shownText(_ text: String, limit: Int = 300) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: continue
    case 0xFFFE, 0xFFFF: continue
    case 0x00...0x20, 0x7F...0x9F, 0x2028, 0x2029: scalars.append(" ")
    default: scalars.append(scalar)
    }
  }
  let words = String(scalars).split(separator: " ", omittingEmptySubsequences: true)
  let line = words.joined(separator: " ")
  return line.count <= limit ? line : line.prefix(limit - 1) + "…"
}

/// Text as an attribute or element of XML 1.0; characters that XML forbids become U+FFFD.
func xmlText(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\t", "\n", "\r": result += "&#\(scalar.value);"
    default:
      let isForbidden = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
      result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
    }
  }
  return result
}

/// Text as a JSON string, quotes included (RFC 8259); `<`, `>` and `&` are escaped too, so that the
/// text may stand inside a script element.
func jsonString(_ text: String) -> String {
  var result = "\""
  result.reserveCapacity(text.utf8.count + 2)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{00}"..."\u{1F}", "\u{7F}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Text as a tooltip of DOT, in which entities and backslash sequences mean themselves.
func dotTooltip(_ text: String) -> String {
  // Graphviz reads backslash sequences of tooltips twice (seen in 2.43), and keeps a backslash
  // before a character it has no sequence for: the invisible word joiner is one.
  let parts = shownText(text).split(separator: "\\", omittingEmptySubsequences: false)
  return "\"" + parts.map { dotEscaped(String($0)) }.joined(separator: "\\\\\u{2060}") + "\""
}

/// An identifier as a quoted string of DOT; identifiers are letters, digits and colons already.
func dotIdentifier(_ id: String) -> String { "\"\(dotEscaped(id))\"" }

/// Lines of text as a quoted label of DOT, each centred.
func dotLabel(_ lines: [String]) -> String {
  "\"" + lines.map { dotEscaped(shownText($0)) }.joined(separator: "\\n") + "\""
}

/// Text within a table label of DOT; for the word joiner see `dotTooltip`.
func dotTableText(_ text: String) -> String {
  xmlText(shownText(text)).split(separator: "\\", omittingEmptySubsequences: false)
    .joined(separator: "\\\u{2060}")
}

private func dotEscaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    // Graphviz reads entities in labels: without this, the name "&lt;" would be drawn as "<".
    case "&": result += "&amp;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Breaks a name into lines of about `width` characters at spaces and separators, at most three.
func wrappedName(_ name: String, width: Int = 20) -> [String] {
  let limit = 3
  var lines: [String] = []
  var line = ""
  for word in shownText(name, limit: width * limit).split(separator: " ") {
    var rest = String(word)
    if !line.isEmpty, line.count + 1 + rest.count > width {
      lines.append(line)
      line = ""
    }
    while rest.count > width + width / 2 {
      lines.append(String(rest.prefix(width)))
      rest = String(rest.dropFirst(width))
    }
    line += (line.isEmpty ? "" : " ") + rest
  }
  if !line.isEmpty { lines.append(line) }
  guard lines.count > limit else { return lines.isEmpty ? ["(no name)"] : lines }
  return lines.prefix(limit - 1) + [lines[limit - 1] + "…"]
}
