/// A report for a pull request, as GitHub's Markdown: headline, table of variants, what to watch, and how to
/// run it again.
public func reportMarkdown(_ document: ReportDocument) -> String {
  var text = "## \(escaped(document.title))\n\n"
  if let question = document.question { text += "_\(escaped(question))_\n\n" }
  text += "**\(escaped(document.answer))**\n\n\(escaped(document.advice))\n\n"
  for table in document.tables where document.shortTables.contains(table.id) {
    text += markdownTable(table) + "\n"
  }
  let flips = document.sections.first { $0.id == "flips" }
  let watched = (flips?.blocks ?? []).flatMap { block -> [String] in
    if case .list(let items) = block { items } else { [] }
  }
  if !watched.isEmpty {
    text += "### What to watch\n\n"
    text += watched.map { "- \(escaped($0))\n" }.joined() + "\n"
  }
  text += document.facts.map { "\(escaped($0))\n\n" }.joined()
  text += "To run this again: `\(code(document.provenance.command))` "
  text += "(\(document.provenance.subject) SHA-256 "
  text += "`\(document.provenance.scenarioDigest.prefix(12))`, Rehearse "
  return text + "\(document.provenance.programVersion))\n"
}

/// A table as GitHub's Markdown.
func markdownTable(_ table: ReportTable) -> String {
  func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
  var text = line(table.columns.map { escaped($0.title) })
  text += line(table.columns.map { $0.isNumber ? "--:" : ":--" })
  for row in table.rows {
    text += line(
      zip(table.columns, row.cells).map { column, cell in
        let shown = escaped(table.text(cell, in: column))
        return row.isChosen && column == table.columns.first ? "**\(shown)**" : shown
      })
  }
  return text
}

/// Text in which no character has a meaning in Markdown or HTML.
private func escaped(_ text: String) -> String {
  var escaped = ""
  for character in oneLine(text) {
    switch character {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\\", "`", "*", "_", "[", "]", "|", "#", "~": escaped += "\\\(character)"
    default: escaped.append(character)
    }
  }
  return escaped
}

/// Text as it may stand between backquotes.
private func code(_ text: String) -> String { oneLine(text).replacing("`", with: "'") }
