import Auditing
import Facts

/// A table of computed figures as JSON.
struct AssessmentDocument: Encodable, Sendable {
  var id: String
  var title: String
  var summary: String
  var formula: String
  var columns: [Column]
  var rows: [Row]
  var notes: [String]

  init(_ table: AssessmentTable) {
    id = table.id
    title = table.title
    summary = table.summary
    formula = table.formula
    columns = table.columns.map { Column(name: $0.name, unit: $0.unit, meaning: $0.meaning) }
    rows = table.rows.map { row in
      Row(cells: row.cells.map(Cell.init), evidence: row.evidence.map(EvidenceDocument.init))
    }
    notes = table.notes
  }

  struct Column: Encodable {
    var name: String
    var unit: String?
    var meaning: String
  }

  struct Row: Encodable {
    var cells: [Cell]
    var evidence: [EvidenceDocument]
  }

  /// An object with one member, which says what stands in the cell.
  struct Cell: Encodable {
    var cell: AssessmentTable.Cell

    init(_ cell: AssessmentTable.Cell) { self.cell = cell }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      switch cell {
      case .text(let text): try container.encode(text, forKey: .text)
      case .number(let number): try container.encode(number, forKey: .number)
      case .share(let share): try container.encode(share, forKey: .share)
      case .unknown(let reason): try container.encode(reason, forKey: .unknown)
      }
    }

    private enum CodingKeys: String, CodingKey { case text, number, share, unknown }
  }
}
