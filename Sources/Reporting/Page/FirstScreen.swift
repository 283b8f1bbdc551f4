import Experiments

/// What a leader reads in ten seconds: answer, advice, one picture, five tiles, five questions.
struct FirstScreen {
  let report: StudyReport
  let reading: StudyReading
  let palette: VariantPalette

  var study: StudyResult { report.study }

  /// Title, question and the two sentences.
  func header() -> Markup {
    element("h1", [:], "\(report.title)")
      + (report.question.map { element("p", ["class": "question"], "\($0)") } ?? .none)
      + element("p", ["class": "answer"], "\(kept(reading.answer, study.currency))")
      + element("p", ["class": "advice"], "\(kept(reading.advice, study.currency))")
      + element(
        "p", ["class": "facts"],
        "\(study.replications) rehearsals of each variant with the same luck; brackets hold "
          + "\(reading.level) intervals that show noise, not ignorance of the inputs. Horizon "
          + "\(reading.horizon) from \(report.scenario.startDate).")
      + (study.replications < 200
        ? element(
          "p", ["class": "facts"], "Fewer than 200 rehearsals: a preview, not a final report.")
        : .none)
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
  func comparison() -> Markup {
    let figures = Figure.allCases
    let heads: [Cell] =
      [.head("Variant"), .number("P(exhaustion) by \(reading.horizon)")]
      + figures.map { .number("\($0.title)") }
    let rows = study.variants.enumerated().map { index, variant in
      let risk: Cell =
        variant.exhaustion.isInapplicable
        ? .number("–") : .figure(FigureText(variant.exhaustion.byHorizon))
      let cells: [Cell] =
        [.head(swatch(palette.colours[index]) + "\(palette.titles[index])"), risk]
        + figures.map { .figure(reading.text(variant, $0)) }
      return (cells: cells, isChosen: variant.name == study.recommendation.variant)
    }
    return tableMarkup(
      heads: heads, rows: rows,
      caption: study.recommendation.variant == nil
        ? "All variants." : "All variants; the one advised is shaded.")
  }
}

/// A sentence whose numbers stay beside their units where lines break.
private func kept(_ sentence: String, _ currency: String) -> String {
  ["%", currency].reduce(sentence) { text, unit in
    text.replacing(" \(unit)", with: "\u{A0}\(unit)")
  }
}

/// A short line in a variant's colour.
func swatch(_ colour: String) -> Markup {
  // Colours are our own constants.
  element("span", ["class": "swatch", "style": "background:\(colour)"])
}

/// What an interval says about a difference: a shape and a word.
func verdictMarkup(_ verdict: Difference.Verdict) -> Markup {
  let (shape, word) =
    switch verdict {
    case .better: ("▲", "better")
    case .worse: ("▼", "worse")
    case .negligible: ("=", "does not matter")
    case .undecided: ("?", "cannot be told yet")
    }
  return element("span", ["class": "word"], "\(shape) \(word)")
}
