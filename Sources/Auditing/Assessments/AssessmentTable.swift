public import Facts

/// A table of computed figures of the audit: what each column means, and how it was computed.
public struct AssessmentTable: Hashable, Sendable, Codable {
  /// Identifier of the assessment, such as `orchestration-tax`.
  public var id: String
  /// Title under which it is shown.
  public var title: String
  /// What it says in one sentence, with its chief figure.
  public var summary: String
  /// How the figures are computed, with units.
  public var formula: String
  /// Columns, in order.
  public var columns: [Column]
  /// Rows, each with a cell for every column; the weightiest first.
  public var rows: [Row]
  /// What could not be computed and why, and what was assumed, one sentence each.
  public var notes: [String]

  /// Creates a table; identifier, title and formula come from its assessment.
  public init(
    summary: String, columns: [Column], rows: [Row], notes: [String] = []
  ) {
    id = ""
    title = ""
    self.summary = summary
    formula = ""
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  /// A column.
  public struct Column: Hashable, Sendable, Codable {
    /// Heading.
    public var name: String
    /// Unit of its numbers, such as `h/month`; `nil` where they have none.
    public var unit: String?
    /// What it says, in one sentence.
    public var meaning: String

    /// Creates a column.
    public init(_ name: String, unit: String? = nil, _ meaning: String) {
      self.name = name
      self.unit = unit
      self.meaning = meaning
    }
  }

  /// A row.
  public struct Row: Hashable, Sendable, Codable {
    /// Cells, one for each column.
    public var cells: [Cell]
    /// Where one can see it; empty for totals.
    public var evidence: [Evidence]

    /// Creates a row.
    public init(_ cells: [Cell], evidence: [Evidence] = []) {
      self.cells = cells
      self.evidence = evidence
    }
  }

  /// What stands in a cell.
  public enum Cell: Hashable, Sendable, Codable {
    /// Words.
    case text(String)
    /// A number in the column's unit.
    case number(Double)
    /// A share, in 0...1.
    case share(Double)
    /// Not known, and why or from whom it can be had; unknown is never zero.
    case unknown(String)
  }
}
