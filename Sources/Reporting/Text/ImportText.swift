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
  text += limitsText(documents, style)
  return text + "\n" + importTotalsText(documents, estate: estate)
}

/// What partial files cannot tell, the commonest first: why they are partial though nothing is wrong
/// with them.
private func limitsText(_ documents: [DocumentHead], _ style: TextStyle) -> String {
  var counts: [String: Int] = [:]
  for document in documents where document.status == .partial {
    for limit in document.limits { counts[limit, default: 0] += 1 }
  }
  guard !counts.isEmpty else { return "" }
  let shown = 8
  let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  var text = "\n" + style.strong("Not told by partial files") + "\n"
  for (limit, count) in order.prefix(shown) {
    text += wrapped("\(plural(count, "file")): \(limit)", indent: "  ", next: "    ")
  }
  if order.count > shown {
    text += wrapped(
      "and \(plural(order.count - shown, "other thing")); of one system: rehearse inventory show NAME",
      indent: "  ", next: "    ")
  }
  return text
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
