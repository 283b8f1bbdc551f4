import Experiments

/// What a leader reads in ten seconds: answer, advice, one picture, five tiles, five questions.
struct FirstScreen: Sendable {
  let report: StudyReport
  let reading: StudyReading
  let palette: VariantPalette

  var study: StudyResult { report.study }

  /// What a reader should know of all figures, a sentence each.
  var facts: [String] {
    [
      "\(effort) Horizon \(reading.horizon) from \(dateText(report.scenario.startDate))."
    ]
      + (study.replications < 200
        ? ["Fewer than 200 rehearsals: a preview, not a final report."] : [])
  }

  /// How many rehearsals there are, and what brackets are.
  private var effort: String {
    if study.replications == 1 {
      return "One rehearsal knows nothing of the spread, so that there are no intervals."
    }
    let alike = study.variants.count > 1 ? " of each variant with the same luck" : ""
    return "\(countText(study.replications)) rehearsals\(alike); brackets hold "
      + "\(reading.level) intervals that show noise, not ignorance of the inputs."
  }

  // MARK: Tiles

  /// Five figures of the variant shown, each with its interval and the difference to the baseline.
  func tiles() -> Markup {
    guard let shown = reading.best else { return .none }
    let note: Markup =
      shown.name == study.baseline
      ? "Figures of \(strong(shown)), the baseline."
      : "Figures of \(strong(shown)), and their difference to \(strong(reading.baseline))."
    let figures: [(Figure, String)] = [
      (.costPerCase, "Cost per case"), (.timeToCompletion, "Time to completion"),
      (.ticketsPerHundred, "Tickets per 100 cases"), (.reviewHoursPerWeek, "Reviewer hours a week"),
    ]
    return element("p", ["class": "facts"], note)
      + element(
        "div", ["class": "tiles"],
        containing: [exhaustionTile(shown)] + figures.map { tile(shown, $0.0, title: $0.1) })
  }

  private func strong(_ variant: VariantResult?) -> Markup {
    element("strong", [:], "\(variant.map { palette.title(of: $0.name) } ?? study.baseline)")
  }

  private func exhaustionTile(_ shown: VariantResult) -> Markup {
    let before = reading.baseline?.exhaustion
    let isComparable = before.map { !$0.isInapplicable } ?? false
    return tile(
      title: "P(exhaustion) by \(reading.horizon)", value: FigureText(shown.exhaustion.byHorizon),
      baseline: isComparable ? before.map { FigureText($0.byHorizon) } : nil,
      difference: shown.name == study.baseline || !isComparable
        ? nil : before.flatMap { differenceText(shown.exhaustion.byHorizon, $0.byHorizon) },
      verdict: nil, isBaseline: shown.name == study.baseline)
  }

  private func tile(_ shown: VariantResult, _ figure: Figure, title: String) -> Markup {
    guard let value = reading.text(shown, figure) else { return .none }
    let difference = reading.difference(shown, figure)
    return tile(
      title: title, value: value, baseline: reading.baseline.flatMap { reading.text($0, figure) },
      difference: difference.map { reading.text($0) }, verdict: difference?.verdict,
      isBaseline: shown.name == study.baseline)
  }

  private func tile(
    title: String, value: FigureText, baseline: FigureText?, difference: FigureText?,
    verdict: Difference.Verdict?, isBaseline: Bool
  ) -> Markup {
    var parts = [
      element("h3", [:], "\(title)"), element("div", ["class": "value"], "\(value.value)"),
      element("div", ["class": "interval"], "\(value.interval)"),
    ]
    if !isBaseline {
      var rows: [Markup] = []
      if let difference {
        let word = verdict.map { " " + verdictMarkup($0) } ?? .none
        rows += [
          element("dt", [:], "difference"), element("dd", [:], figureMarkup(difference), word),
        ]
      }
      if let baseline {
        rows += [element("dt", [:], "baseline"), element("dd", [:], figureMarkup(baseline))]
      }
      parts.append(element("dl", [:], containing: rows))
    }
    return element("div", ["class": "tile"], containing: parts)
  }

  // MARK: All variants

  /// Every variant with its headline figures.
  func comparison() -> ReportTable { reading.comparison(palette: palette) }
}

extension StudyReading {
  /// Every variant with its headline figures.
  func comparison(palette: VariantPalette) -> ReportTable {
    let figures = Figure.allCases
    return ReportTable(
      "comparison", title: "All variants",
      caption: study.recommendation.variant == nil
        ? "All variants." : "All variants; the one advised is shaded.",
      columns: [
        .text("variant", "Variant", "The variant."),
        .interval(
          "exhaustion", "P(exhaustion) by \(horizon)", unit: "%",
          "Share of rehearsals in which a watched queue is exhausted by the horizon, with its Wilson "
            + "interval."),
      ]
        + figures.map {
          .interval($0.rawValue, $0.title, unit: unitName(of: $0), $0.meaning)
        },
      rows: study.variants.enumerated().map { index, variant in
        let risk: ReportTable.Cell =
          variant.exhaustion.isInapplicable
          ? .missing : .figure(FigureText(variant.exhaustion.byHorizon))
        return ReportTable.Row(
          [palette.label(index), risk] + figures.map { .figure(text(variant, $0)) },
          isChosen: variant.name == study.recommendation.variant)
      })
  }

  /// Unit in which a figure is shown.
  func unitName(of figure: Figure) -> String {
    if let shown = unit(of: figure) { return shown.symbol }
    switch figure.unit(currency: study.currency) {
    case "share": return "%"
    case "tickets": return ""
    case "h/week": return "h a week"
    case let other: return other
    }
  }
}

extension Figure {
  /// What the figure is, in one sentence.
  var meaning: String {
    switch self {
    case .costPerCase:
      "All cost of the cases that arrived, work owed and fixed costs included, per case."
    case .timeToCompletion:
      "Mean calendar time from arrival to completion over all cases that arrived; the unfinished count "
        + "with the follow-up."
    case .humanMinutes: "Human work per case that arrived."
    case .ticketsPerHundred: "Tickets and exceptions per hundred cases that arrived."
    case .reviewHoursPerWeek: "Human review and exception work per week of the horizon."
    case .doneRight: "Share of cases completed within the follow-up without an unnoticed error."
    case .unfinished: "Share of cases not completed within the follow-up."
    }
  }
}

/// A short line in a variant's colour.
func swatch(_ colour: String) -> Markup {
  // Colours are our own constants.
  element("span", ["class": "swatch", "style": "background:\(colour)"])
}

/// What an interval says about a difference: a shape and a word.
func verdictText(_ verdict: Difference.Verdict) -> String {
  switch verdict {
  case .better: "▲ better"
  case .worse: "▼ worse"
  case .negligible: "= does not matter"
  case .undecided: "? cannot be told yet"
  }
}

private func verdictMarkup(_ verdict: Difference.Verdict) -> Markup {
  element("span", ["class": "word"], "\(verdictText(verdict))")
}
