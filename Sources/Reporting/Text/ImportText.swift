import Facts
public import Inventory

/// What became of each file of an import, for a terminal.
/// - Parameters:
///   - documents: The files, in order.
///   - problems: Problems that belong to no file, such as a missing path.
///   - estate: What is in the estate; its totals stand in the last line.
///   - style: Whether colours may be used.
public func importText(
  _ documents: [DocumentHead], problems: [ImportProblem] = [], estate: EstateSnapshot? = nil,
  style: TextStyle = .plain
) -> String {
  var table = TextTable(
    heads: ["status", "format", "systems", "steps", "connections", "file"], numbers: [2, 3, 4],
    indent: "")
  for document in documents {
    table.add(
      [
        document.status.rawValue, document.format ?? "–",
        countText(document.systems), countText(document.steps), countText(document.connections),
        document.path,
      ],
      dress: dress(document.status, style))
  }
  var text = documents.isEmpty ? "" : table.text(style)
  let all = documents.flatMap(\.problems) + problems
  if !all.isEmpty {
    text += "\n" + style.strong("Problems") + "\n"
    for problem in all {
      text += wrapped(
        "\(severityShape(problem.severity)) \(problem.location): \(problem.message)", indent: "  ",
        next: "    ")
    }
  }
  return text + "\n" + importTotalsText(documents, estate: estate)
}

private func dress(_ status: SourceDocument.Status, _ style: TextStyle) -> (String) -> String {
  switch status {
  case .failed: style.accent
  case .notInventory: style.quiet
  case .imported, .partial: { $0 }
  }
}

private func importTotalsText(_ documents: [DocumentHead], estate: EstateSnapshot?) -> String {
  let counts = SourceDocument.Status.allCases.compactMap { status -> String? in
    let count = documents.count { $0.status == status }
    return count == 0 ? nil : "\(countText(count)) \(status.rawValue)"
  }
  var text = "\(plural(documents.count, "file")): \(counts.joined(separator: ", "))."
  if let estate {
    text +=
      " The estate has \(plural(estate.systems.count, "system")), "
      + "\(plural(estate.applications.count, "application")), \(plural(estate.teams.count, "team")), "
      + "\(plural(estate.connections.count, "connection"))."
  }
  return text + "\n"
}

/// "1 file", "2,000 files"; "1 person", "3 people".
package func plural(_ count: Int, _ noun: String, _ many: String? = nil) -> String {
  "\(countText(count)) \(count == 1 ? noun : many ?? noun + "s")"
}
