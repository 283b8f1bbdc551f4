public import Experiments

/// A study held against a log: what `rehearse backtest --format json` prints.
public struct BackTestReport: Encodable, Sendable {
  /// Number of the study.
  public var study: Int64
  /// The variant that was put into practice.
  public var variant: String
  /// The log.
  public var log: String
  /// Day 0, from which weeks are counted.
  public var start: String
  /// What should be known of the log.
  public var notes: [String]
  /// The comparison.
  public var test: BackTest
  /// What it comes to, a sentence for each figure.
  public var verdicts: [String]

  /// Creates a report.
  public init(
    study: Int64, variant: String, log: String, start: String, notes: [String], test: BackTest
  ) {
    self.study = study
    self.variant = variant
    self.log = log
    self.start = start
    self.notes = notes
    self.test = test
    verdicts = test.figures.map(sentence)
  }
}

/// A study held against a log, for a terminal.
public func backTestText(_ report: BackTestReport, style: TextStyle = .plain) -> String {
  let test = report.test
  var text = wrapped(
    "Study \(report.study), variant “\(report.variant)”, against \(report.log): \(countText(test.weeks)) "
      + "weeks from \(report.start), forecast by \(countText(test.replications)) replications.")
  text += "\n" + style.strong("Verdict") + "\n"
  for verdict in report.verdicts { text += wrapped(verdict, indent: "  ", next: "    ") }
  for figure in test.figures {
    text += "\n" + style.strong("\(figure.figure.title) (\(figure.unit))") + "\n"
    var table = TextTable(
      heads: ["week", "fact", "median", "80 % band", "95 % band", ""], numbers: [0, 1, 2, 3, 4])
    for point in figure.points {
      let decimals = max(
        0,
        supportedDecimals(halfWidth: (point.band80[1] - point.band80[0]) / 2, value: point.median))
      func number(_ value: Double) -> String { numberText(value, decimals: decimals) }
      func band(_ ends: [Double]) -> String { rangeText(number(ends[0]), number(ends[1])) }
      let place =
        point.fact < point.band95[0] || point.fact > point.band95[1]
        ? "outside 95 %"
        : point.fact < point.band80[0] || point.fact > point.band80[1] ? "outside 80 %" : ""
      table.add([
        "\(point.week)", number(point.fact), number(point.median), band(point.band80),
        band(point.band95), place,
      ])
    }
    text += table.text(style)
    text +=
      "  mean CRPS \(plainText(figure.crps)) \(figure.unit), interval score of the 80 % band "
      + "\(plainText(figure.intervalScore)) \(figure.unit)\n"
  }
  for note in report.notes { text += "\n" + style.quiet(wrapped("Note: \(note)")) }
  return text
}

/// What the weeks of a figure say, in a sentence.
private func sentence(_ held: BackTest.Held) -> String {
  let count = held.points.count
  let weeks = count == 1 ? "1 week" : "\(countText(count)) weeks"
  let facts =
    "in \(countText(held.inside80)) of \(weeks) inside the 80 % band "
    + "(\(numberText(0.8 * Double(count), decimals: 1)) expected), in \(countText(held.inside95)) "
    + "inside the 95 % band, in \(countText(held.aboveMedian)) above the median"
  let verdict =
    switch held.verdict {
    case .held: "the forecast held"
    case .tooLow: "the forecast was too low"
    case .tooHigh: "the forecast was too high"
    case .tooNarrow: "the bands were too narrow"
    case .tooWide: "the bands were wider than need be"
    case .unknown: "too few weeks to tell"
    }
  return "\(held.figure.title): \(verdict); \(facts)."
}
