import Experiments

/// A figure of the page: one chart or several small ones side by side, with the data behind them.
struct ChartFigure: Sendable {
  /// Identifier in the page, and name of the downloads.
  var id: String
  /// States the finding, in one line.
  var title: String
  /// Says what is plotted, how to read it, and where the numbers come from.
  var subtitle: String
  /// What a person who cannot see the chart should know of it.
  var description: String
  /// The charts.
  var panels: [Panel]
  /// Signs and what they mean, where lines cannot be labelled directly.
  var key: [KeyEntry] = []
  /// Where the key shows at all widths; else it shows only where direct labels have no room.
  var keyIsNeeded = false
  /// Whether the small charts need more width than a third of the page.
  var hasWidePanels = false
  /// Whether it is one of several alike, of which two stand side by side on paper; it has one panel.
  var isPairedOnPaper = false
  /// The data.
  var table: ChartTable
  /// Positions of the rows that the folded-out table shows; `nil` for all.
  var shownRows: [Int]?
  /// Name of the rows left out of the table, such as "every fifth day"; `nil` where none is.
  var shownRowsNote: String?
  /// How a spreadsheet draws the data; `nil` for no chart.
  var drawing: ReportTable.Drawing?

  /// The data as a table of the report.
  var reportTable: ReportTable {
    var data = table.table(id: id, title: title, caption: "\(subtitle).")
    data.drawing = drawing
    return data
  }

  /// One chart.
  struct Panel: Sendable {
    /// Title above the small chart; `nil` where the figure has only one.
    var title: String?
    /// Lines of the chart in words, with their signs.
    var notes: [KeyEntry] = []
    /// What it draws.
    var specification: ChartSpecification
  }

  /// A sign and what it means.
  struct KeyEntry: Sendable {
    enum Sign: Sendable {
      case line, fill, dashes, dots, band, hatch
      /// A line with lengths of dashes and gaps.
      case dashed([Int])
    }

    var label: String
    var colour: String
    var sign: Sign
  }
}

/// The fixed colour of each variant: grey for the baseline, the others in the order of the scenario.
struct VariantPalette: Sendable {
  /// Titles of the variants, in order, and their colours.
  let titles: [String]
  let colours: [String]
  private let names: [String]

  init(_ study: StudyResult) {
    names = study.variants.map(\.name)
    titles = uniqueTitles(study.variants)
    var next = 0
    colours = study.variants.map { variant in
      if variant.name == study.baseline { return ChartTheme.baselineColour }
      defer { next += 1 }
      return ChartTheme.variantColours[next % ChartTheme.variantColours.count]
    }
  }

  /// Colours of a sweep, which knows its variants by name only.
  init(_ sweep: SweepResult) {
    names = sweep.cells.first?.variants.map(\.variant) ?? []
    titles = names
    let baseline = sweep.baseline ?? names.first
    var next = 0
    colours = names.map { name in
      if name == baseline { return ChartTheme.baselineColour }
      defer { next += 1 }
      return ChartTheme.variantColours[next % ChartTheme.variantColours.count]
    }
  }

  /// Colours of the variants of a scenario.
  init(_ variants: [SweepFrame.Variant], baseline: String) {
    names = variants.map(\.name)
    titles = variants.map { variant in
      variants.count { $0.title == variant.title } > 1
        ? "\(variant.title) (\(variant.name))" : variant.title
    }
    var next = 0
    colours = names.map { name in
      if name == baseline { return ChartTheme.baselineColour }
      defer { next += 1 }
      return ChartTheme.variantColours[next % ChartTheme.variantColours.count]
    }
  }

  func colour(of name: String) -> String {
    names.firstIndex(of: name).map { colours[$0] } ?? ChartTheme.baselineColour
  }

  func title(of name: String) -> String {
    names.firstIndex(of: name).map { titles[$0] } ?? name
  }

  /// Lines in the variants' colours, by title.
  var channel: Channel { .colour("title", of: titles, as: colours) }

  /// A key of lines for some variants.
  func key(of variants: [VariantResult]) -> [ChartFigure.KeyEntry] {
    variants.map { .init(label: title(of: $0.name), colour: colour(of: $0.name), sign: .line) }
  }
}

/// Titles that tell the variants apart: where two are the same, the name is added.
private func uniqueTitles(_ variants: [VariantResult]) -> [String] {
  variants.map { variant in
    variants.count { $0.title == variant.title } > 1
      ? "\(variant.title) (\(variant.name))" : variant.title
  }
}

/// Places for labels at the ends of lines: as near to the ends as a smallest distance allows.
///
/// - Parameters:
///   - ends: Ends of the lines, in the units of the axis.
///   - distance: Smallest distance of two labels.
///   - range: Ends of the axis.
func spreadLabels(_ ends: [Double], distance: Double, within range: ClosedRange<Double>) -> [Double]
{
  let order = ends.indices.sorted { (ends[$0], $0) < (ends[$1], $1) }
  var places = ends
  var lowest = range.lowerBound
  for index in order {
    places[index] = max(ends[index], lowest)
    lowest = places[index] + distance
  }
  var highest = range.upperBound
  for index in order.reversed() {
    places[index] = min(places[index], highest)
    highest = places[index] - distance
  }
  return places
}

/// Width in points that a label of 12 points needs, roughly.
func labelWidth(_ labels: [String]) -> Double {
  Double(labels.map(\.count).max() ?? 0) * 6.4 + 12
}

/// Rows of a series by working day, thinned out where the horizon is long: all days of half a year, else
/// the ends of weeks, or of every so many weeks, and the last day.
///
/// - Parameter day: the cell that holds the day.
func drawnDays(
  of horizon: Int, _ rows: [[ChartValue]], day: ([ChartValue]) -> ChartValue
) -> [[ChartValue]] {
  let step = drawnStep(of: horizon)
  return rows.filter { row in
    guard case .number(let day) = day(row) else { return true }
    return Int(day) % step == 0 || Int(day) >= horizon
  }
}

/// Working days between two points of a series.
func drawnStep(of horizon: Int) -> Int {
  horizon <= 130 ? 1 : 5 * ((horizon + 649) / 650)
}

/// Working days between two rows that the page shows of a series: of each week, of a horizon of more than half
/// a year of every so many weeks.
func shownStep(of horizon: Int) -> Int {
  let step = drawnStep(of: horizon)
  guard step > 1 else { return 5 }
  return step * max(1, (horizon + 26 * step - 1) / (26 * step))
}

/// Which rows of a series the page shows, in words.
func shownStepText(of horizon: Int) -> String {
  "every \(ordinalText(shownStep(of: horizon))) working day"
}

/// The place in a row as people say it, such as `fifth`; from eleven on in digits.
func ordinalText(_ number: Int) -> String {
  let words = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  ]
  if words.indices.contains(number - 1) { return words[number - 1] }
  let ends = number % 100 / 10 == 1 ? [] : ["th", "st", "nd", "rd"]
  return "\(number)" + (ends.indices.contains(number % 10) ? ends[number % 10] : "th")
}

/// Ticks of an axis of working days: each week where there is room, else each second or fourth.
func dayTicks(_ days: Int) -> [Double] {
  let step = days <= 30 ? 5 : days <= 90 ? 10 : days <= 180 ? 20 : 60
  return stride(from: 0, through: days, by: step).map(Double.init)
}
