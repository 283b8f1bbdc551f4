public import Foundation

/// A report as an Excel workbook: a sheet for each table, what it rests on first, what columns mean last.
///
/// Numbers are numbers, with the decimals of the other formats; charts are drawn by the spreadsheet.
/// - Throws: `WorkbookError` where the library cannot write.
public func reportWorkbook(_ document: ReportDocument) throws(WorkbookError) -> Data {
  let tables = document.tables
  // What the results rest on: all values, or those that a sweep varied.
  let ground: Set<String> = ["assumptions", "inputs"]
  let first = tables.filter { ground.contains($0.id) }
  let others = tables.filter { !ground.contains($0.id) }
  return try workbookFile((first + [summaryTable(document)] + others).map(\.flat))
}

/// What a report says in sentences, as a table.
func summaryTable(_ document: ReportDocument) -> ReportTable {
  let lines: [(String, String?)] =
    [
      ("title", document.title), ("question", document.question), ("answer", document.answer),
      ("advice", document.advice),
    ] + document.facts.map { ("note", $0) } + [
      (document.provenance.subject, document.provenance.scenarioPath),
      ("SHA-256 of the \(document.provenance.subject)", document.provenance.scenarioDigest),
      ("to run this again", document.provenance.command),
      ("program", "Rehearse \(document.provenance.programVersion)"),
    ]
  return ReportTable(
    "summary", title: "Summary",
    columns: [
      .text("what", "What", "What the line says."), .text("text", "In words", "The sentence."),
    ],
    rows: lines.compactMap { name, text in
      text.map { ReportTable.Row([.text(name), .text($0)]) }
    })
}

/// Every table of a report as CSV, by the name of its file; what columns mean among them.
public func reportCSVFiles(_ document: ReportDocument) -> [(name: String, text: String)] {
  ([summaryTable(document)] + document.tables).map { ("\($0.id).csv", $0.flat.csv) }
}
