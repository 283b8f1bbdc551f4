import Auditing
import Facts
import IntegrationGraph

/// A report as one value, from which every format is written: HTML, PDF, workbook, CSV, JSON, Markdown.
///
/// Its numbers are rounded already; a format chooses how to lay them out and never computes one.
public struct ReportDocument: Sendable {
  /// Title.
  public var title: String
  /// The question it answers; `nil` where none was asked.
  public var question: String?
  /// The answer in one sentence.
  public var answer: String
  /// What to do, and when that advice flips, in one sentence.
  public var advice: String
  /// What a reader should know of all figures, a sentence each.
  public var facts: [String]
  /// What stands before the table of contents.
  var opening: [Block]
  /// Sections, none of them empty.
  var sections: [Section]
  /// Where it comes from.
  public var provenance: ReportProvenance
  /// Identifiers of the tables that stand where only the gist has room, as in a pull request.
  public internal(set) var shortTables = ["comparison"]

  /// A section.
  struct Section: Sendable {
    /// Identifier in the page.
    var id: String
    var title: String
    var blocks: [Block]
  }

  /// A part of a section.
  enum Block: Sendable {
    /// A sentence or several.
    case paragraph(String)
    /// The same, of less weight.
    case remark(String)
    /// A heading within the section.
    case heading(String)
    /// Sentences one below the other.
    case list([String])
    /// The same, numbered.
    case numbered([String])
    /// Terms and what is to be said of them.
    case terms([(term: String, text: String)])
    /// A table.
    case table(ReportTable)
    /// Charts with their data.
    case figure(ChartFigure)
    /// The figures of the variant shown, each in a tile.
    case tiles(FirstScreen)
    /// Questions, each with answers by variant.
    case questions([StandingQuestion])
    /// Findings of the audit; their numbers are those of the map's badges.
    case findings([Finding])
    /// The map of the estate.
    case map(DrawnMap)
    /// Every value the study ran with: the table for programs, the records for people.
    case assumptions(AssumptionSheet)
    /// A command line.
    case command(String)
  }

  /// Every table, in the order of the document; the data of charts are among them.
  public var tables: [ReportTable] {
    (opening + sections.flatMap(\.blocks)).flatMap { block -> [ReportTable] in
      switch block {
      case .table(let table): [table]
      case .figure(let figure): [figure.reportTable]
      case .assumptions(let sheet): [sheet.table]
      case .findings(let findings): [findingsReportTable(findings)]
      default: []
      }
    }.filter { !$0.rows.isEmpty }
  }

  /// Every figure, in the order of the document.
  var figures: [ChartFigure] {
    (opening + sections.flatMap(\.blocks)).compactMap { block in
      if case .figure(let figure) = block { figure } else { nil }
    }
  }

  /// The Vega-Lite specification of every chart, with the name of its file.
  public func chartFiles() throws -> [(name: String, text: String)] {
    try figures.flatMap { figure in
      try figure.panels.enumerated().map { index, panel in
        (figure.specificationName(index), try jsonText(panel.specification))
      }
    }
  }
}

/// A question that a leader asks of every estate, with an answer for each leading variant.
struct StandingQuestion: Sendable {
  var question: String
  var answers: [(variant: String, colour: String, text: String)]
}

/// Findings of the audit as a table.
func findingsReportTable(_ findings: [Finding]) -> ReportTable {
  ReportTable(
    "findings", title: "Findings of the audit",
    columns: [
      .number("number", "Number", unit: "", "Number of the finding on the map."),
      .text("severity", "Severity", "How bad it is."), .text("title", "Finding", "The finding."),
      .text("why", "Why", "Why it was concluded."),
      .text("remedy", "Remedy", "One act that mends it."),
      .text("id", "Identifier", "Stable identifier of the finding."),
    ],
    rows: findings.enumerated().map { index, finding in
      ReportTable.Row([
        .number(Double(index + 1), decimals: 0), .text(finding.severity.rawValue),
        .text(finding.title), .text(finding.why), .text(finding.remedy), .code(finding.id),
      ])
    })
}
