internal import Facts
internal import Scenarios

/// Every parameter of a scenario for a terminal, worst evidence first, after the count of each class.
public func explanationText(
  _ document: ExplanationDocument, style: TextStyle = .plain
) -> String {
  let whose = document.variant.map { " of the variant '\(oneLine($0))'" } ?? ""
  let total = document.parameters.count
  var text = style.strong("\(total) \(total == 1 ? "parameter" : "parameters")\(whose)") + "\n"
  var counts = TextTable(
    heads: ["how it is known", "number", "without source", "by default"], numbers: [1, 2, 3])
  for row in document.classes {
    counts.add([
      row.provenance.rawValue, "\(row.count)", "\(row.withoutSource)", "\(row.byDefault)",
    ])
  }
  text += counts.text(style)
  text += style.quiet(
    "  without source: nobody says where the value comes from; by default: nobody wrote it, the program "
      + "supplied it\n")
  for row in document.classes {
    let members = document.parameters.map(\.record).filter { $0.provenance == row.provenance }
    text += "\n" + style.strong(row.provenance.rawValue) + "\n"
    var table = TextTable(heads: ["parameter", "value", "in the key's unit", "source", "place"])
    for record in members {
      table.add([
        record.path, shortened(record.text), number(record), source(record), place(record),
      ])
    }
    text += table.text(style)
  }
  return text
}

/// A value as it has room in a line: a sample of hundreds of numbers is looked up at its place.
private func shortened(_ text: String) -> String {
  let room = 72
  return text.count > room ? text.prefix(room - 1) + "…" : text
}

/// The number in its unit, where that is not what is written.
private func number(_ record: ParameterRecord) -> String {
  guard let value = record.value else { return "" }
  var digits = "\(value)"
  if digits.hasSuffix(".0") { digits.removeLast(2) }
  let unit = record.unit == "1" ? "" : String(record.unit.drop { $0 == " " })
  let text = unit.isEmpty ? digits : "\(digits) \(unit)"
  return text == record.text ? "" : text
}

private func source(_ record: ParameterRecord) -> String {
  var parts: [String] = []
  if record.isDefault { parts.append("default") }
  parts.append(record.hasSource ? record.note ?? "" : "no source")
  if let sample = record.sample { parts.append("sample of \(sample)") }
  return parts.joined(separator: ": ")
}

/// Path and line; a default stands nowhere.
private func place(_ record: ParameterRecord) -> String {
  record.isDefault
    ? "not written (\(record.location.shortDescription))" : record.location.shortDescription
}

extension SourceLocation {
  fileprivate var shortDescription: String { position.map { "\(path):\($0)" } ?? path }
}
