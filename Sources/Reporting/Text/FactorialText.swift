import Experiments

/// What factors do alone and together, for a terminal; empty where the study is no factorial design.
func factorialText(_ study: StudyResult, style: TextStyle) -> String {
  let rows = FactorialRows(study)
  guard !rows.rows.isEmpty else { return "" }
  var table = TextTable(
    heads: ["effect of"] + rows.heads, numbers: Set(1...max(1, rows.heads.count)))
  for row in rows.rows { table.add([row.name] + row.figures.map { $0?.text ?? "–" }) }
  return table.text(style) + wrapped(FactorialRows.explanation) + "\n"
}

/// The effects of a factorial design as a table: a row for each factor and each set of them.
struct FactorialRows {
  /// Figures shown.
  var heads: [String] = []
  /// Rows in the order of the effects.
  var rows: [(name: String, figures: [FigureText?])] = []

  static let explanation =
    "An effect of one factor is what it changes on average over the presence and absence of the "
    + "others; one of several is half of how much more they do together than apart. An interval "
    + "that covers zero shows none."

  private static let shown: [Figure] = [
    .costPerCase, .timeToCompletion, .humanMinutes, .ticketsPerHundred, .doneRight,
  ]

  /// No rows where the study is no factorial design.
  init(_ study: StudyResult) {
    guard let factorial = study.factorialEffects else { return }
    let reading = StudyReading(study)
    heads = Self.shown.map { $0.title.lowercased() }
    var names: [[String]] = []
    for effect in factorial.effects where !names.contains(effect.factors) {
      names.append(effect.factors)
    }
    rows = names.map { factors in
      let figures = Self.shown.map { figure in
        factorial.effects.first { $0.figure == figure && $0.factors == factors }.map {
          reading.text($0)
        }
      }
      return (factors.joined(separator: " × "), figures)
    }
  }
}

extension StudyReading {
  /// An effect as text, in the unit of the figure.
  fileprivate func text(_ effect: FactorialEffect) -> FigureText {
    FigureText(
      effect.estimate, unit: effect.unit, in: unit(of: effect.figure), signed: true)
  }
}
