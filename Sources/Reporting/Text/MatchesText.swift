import Facts
public import Inventory

/// By what statements were taken for one system, for a terminal; only those are listed that another place
/// or another name adds.
/// - Parameters:
///   - matches: The matches.
///   - name: Only this system; all where `nil`.
///   - style: Whether colours may be used.
public func matchesText(
  _ matches: EstateMatches, ofSystem name: String? = nil, style: TextStyle = .plain
) -> String {
  var text = ""
  for match in matches.systems where name == nil || match.system == name {
    text += style.strong(oneLine(match.system)) + "\n"
    var table = TextTable(heads: [])
    for statement in match.statements {
      table.add([
        statement.reason == .first ? "" : reasonText(statement.reason, statement.shared),
        statement.name, statement.evidence.provenance.rawValue,
        statement.evidence.location.description,
      ])
    }
    text += table.text(style)
  }
  let references = matches.references.filter { name == nil || $0.meant.name == name }
  if !references.isEmpty {
    text += (text.isEmpty ? "" : "\n") + style.strong("Names in calls") + "\n"
    var table = TextTable(heads: ["written", "taken for", "by", "in"])
    for reference in references {
      table.add([
        reference.written.name, "\(reference.meant.kind.rawValue) \(reference.meant.name)",
        reference.reason.rawValue, reference.evidence.location.description,
      ])
    }
    text += table.text(style)
  }
  guard !text.isEmpty else { return "Nothing was joined: every name stands for itself.\n" }
  return text + "\n"
    + wrapped(
      "What does not belong together: rehearse inventory split NAME --from PATH --into NAME, or "
        + "rehearse inventory unalias NAME ALIAS.")
}

private func reasonText(_ reason: SystemMatch.Reason, _ shared: String?) -> String {
  switch reason {
  case .first: ""
  case .identifier: "by id \(shared ?? "")"
  case .name: "by name"
  case .spelling: "by name, spelt \(shared ?? "")"
  case .alias: "by alias \(shared ?? "")"
  case .correction: "by hand"
  }
}

/// Corrections with their numbers, for a terminal.
/// - Parameters:
///   - corrections: In the order in which they were made.
///   - idle: Numbers of those that name nothing of the estate at present.
///   - style: Whether colours may be used.
public func correctionsText(
  _ corrections: [(number: Int64, correction: Correction)], idle: Set<Int64>,
  style: TextStyle = .plain
) -> String {
  guard !corrections.isEmpty else { return "There are no corrections.\n" }
  var table = TextTable(heads: ["no", "correction", "by", "date", ""], numbers: [0], indent: "")
  for (number, correction) in corrections {
    let isIdle = idle.contains(number)
    let dress: (String) -> String = if isIdle { style.quiet } else { { $0 } }
    table.add(
      [
        "\(number)", correction.sentence, correction.author, correction.date,
        isIdle ? "names nothing that is there" : "",
      ], dress: dress)
  }
  return table.text(style) + "\nTake one back: rehearse inventory undo NO\n"
}

/// What `rehearse inventory corrections --format json` prints.
public struct CorrectionsDocument: Encodable, Sendable {
  private var corrections: [Entry]

  /// The document of corrections; `idle` are the numbers of those that name nothing of the estate.
  public init(_ corrections: [(number: Int64, correction: Correction)], idle: Set<Int64>) {
    self.corrections = corrections.map { number, correction in
      Entry(
        number: number, text: correction.sentence, author: correction.author,
        date: correction.date, applies: !idle.contains(number), correction: correction)
    }
  }

  private struct Entry: Encodable {
    var number: Int64
    var text: String
    var author: String
    var date: String
    var applies: Bool
    var correction: Correction
  }
}
