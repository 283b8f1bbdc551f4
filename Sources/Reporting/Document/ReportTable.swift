/// A table of a report: what every format shows of it, and from which all take their numbers.
///
/// A number stands in it as it is shown, rounded to what is known of it, so that no two formats differ.
public struct ReportTable: Sendable, Hashable {
  /// Identifier: name of its sheet, file and JSON list; letters, digits and hyphens.
  public var id: String
  /// Title for people.
  public var title: String
  /// What it shows and how to read it, in sentences; `nil` where title and columns say all.
  public var caption: String?
  /// Columns; the first names the row.
  public var columns: [Column]
  /// Rows, each as wide as the columns.
  public var rows: [Row]
  /// How a spreadsheet draws it; `nil` for no chart.
  public var drawing: Drawing?

  init(
    _ id: String, title: String, caption: String? = nil, columns: [Column], rows: [Row],
    drawing: Drawing? = nil
  ) {
    self.id = id
    self.title = title
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.drawing = drawing
  }

  /// A column and what it means.
  public struct Column: Sendable, Hashable {
    /// Name in files for programs: lower case, digits and underscores.
    public var id: String
    /// Head for people.
    public var title: String
    /// Unit of its numbers; empty for counts and words, `nil` where each cell says its own.
    public var unit: String?
    /// What it holds, in one sentence.
    public var meaning: String
    /// What a cell consists of.
    public var content: Content

    /// What the cells of a column hold.
    public enum Content: Sendable, Hashable {
      /// Words.
      case text
      /// One number.
      case number
      /// A figure and both ends of its interval.
      case interval
      /// A number, and in brackets the share that it is of something, in per cent.
      case share(of: String)
    }

    /// Whether its cells stand at the right.
    var isNumber: Bool { content != .text }

    static func text(_ id: String, _ title: String, _ meaning: String) -> Column {
      Column(id: id, title: title, unit: "", meaning: meaning, content: .text)
    }
    static func number(_ id: String, _ title: String, unit: String?, _ meaning: String) -> Column {
      Column(id: id, title: title, unit: unit, meaning: meaning, content: .number)
    }
    static func interval(_ id: String, _ title: String, unit: String?, _ meaning: String)
      -> Column
    {
      Column(id: id, title: title, unit: unit, meaning: meaning, content: .interval)
    }
  }

  /// A row.
  public struct Row: Sendable, Hashable {
    /// Its cells.
    public var cells: [Cell]
    /// Whether it stands out, as the variant advised does.
    public var isChosen: Bool

    init(_ cells: [Cell], isChosen: Bool = false) {
      self.cells = cells
      self.isChosen = isChosen
    }
  }

  /// A cell.
  public enum Cell: Sendable, Hashable {
    /// Words.
    case text(String)
    /// Words in a fixed-width face: a key, a path.
    case code(String)
    /// A name with the colour it has throughout the report.
    case label(String, colour: String)
    /// A number with so many decimals.
    case number(Double, decimals: Int)
    /// A figure with its interval or share; words alone where it has no numbers.
    case figure(FigureText)
    /// A figure with a second line of words below it.
    case noted(FigureText, note: String)
    /// A day, ISO 8601.
    case day(String)
    /// Nothing is known, or nothing applies.
    case missing

    /// A figure, or nothing.
    static func figure(_ text: FigureText?) -> Cell { text.map { .figure($0) } ?? .missing }

    /// A number rounded to so many decimals, or nothing.
    static func number(_ value: Double?, to decimals: Int) -> Cell {
      value.map { .number(roundedNumber($0, decimals: decimals), decimals: decimals) } ?? .missing
    }

    /// A share in 0...1 as per cent with one decimal, or nothing.
    static func percent(_ share: Double?, decimals: Int = 1) -> Cell {
      number(share.map { 100 * $0 }, to: decimals)
    }
  }

  /// A chart that a spreadsheet draws itself, from columns of the table.
  public enum Drawing: Sendable, Hashable {
    /// A line for each run of rows with the same word in the column `by`.
    case lines(x: String, y: String, by: String)
    /// A bar for each row, stacked from several columns.
    case stack(of: [String])
    /// A pair of bars for each row, from a first to a second column's value.
    case bars([String])
  }

  /// Words as people read them in a cell.
  func text(_ cell: Cell, in column: Column) -> String {
    switch cell {
    case .text(let text), .code(let text): text
    case .label(let text, _): text
    case .number(let number, let decimals):
      numberText(number, decimals: decimals) + (column.unit == "%" ? " %" : "")
    case .figure(let figure): figure.text
    case .noted(let figure, let note): "\(figure.text), \(note)"
    case .day(let day): dateText(day)
    case .missing: "–"
    }
  }
}
