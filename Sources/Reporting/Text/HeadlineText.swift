public import Experiments

/// The headline of a comparison for a terminal: answer, advice, and per variant P(exhaustion by date),
/// cost per case and cycle time, each with its interval.
/// - Parameters:
///   - study: What the comparison found.
///   - workingDays: Date of each working day of the horizon; empty where not known.
///   - style: Whether colours may be used.
public func headlineText(
  _ study: StudyResult, workingDays: [String] = [], style: TextStyle = .plain
) -> String {
  let reading = StudyReading(study)
  let palette = VariantPalette(study)
  var text = wrapped(reading.answer) + wrapped(reading.advice) + "\n"
  let dates = headlineDays(study)
  var risks = TextTable(
    heads: ["P(exhaustion) by"]
      + dates.map { day in
        let week = reading.week(ofDay: Double(day))
        let date = workingDays.indices.contains(day - 1) ? ", \(workingDays[day - 1])" : ""
        return "week \(week)\(date)"
      }, numbers: Set(1...max(1, dates.count)))
  // Whose cases are all right but for those that are not done needs no column for it.
  let mayErr = study.variants.contains { variant in
    guard let right = variant.figure(.doneRight), let open = variant.figure(.unfinished) else {
      return false
    }
    return right.mean + open.mean < 1 - 1e-9
  }
  let heads = ["", "cost per case", "time to completion", "tickets per 100", "review h a week"]
  var figures = TextTable(heads: heads + (mayErr ? ["done right"] : []), numbers: [1, 2, 3, 4, 5])
  for (index, variant) in study.variants.enumerated() {
    let isAdvised = variant.name == study.recommendation.variant
    let title = (isAdvised ? "→ " : "  ") + palette.titles[index]
    let dress = isAdvised ? style.accent : { $0 }
    risks.add(
      [title]
        + dates.map { day in
          guard !variant.exhaustion.isInapplicable,
            variant.exhaustion.byDay.indices.contains(day - 1)
          else { return "–" }
          return FigureText(variant.exhaustion.byDay[day - 1]).text
        }, dress: dress)
    let shown: [Figure] =
      [.costPerCase, .timeToCompletion, .ticketsPerHundred, .reviewHoursPerWeek]
      + (mayErr ? [.doneRight] : [])
    figures.add([title] + shown.map { reading.text(variant, $0)?.text ?? "–" }, dress: dress)
  }
  text += risks.text(style) + "\n" + figures.text(style) + "\n"
  text += factorialText(study, style: style)
  text += comparisonsText(study, style: style)
  text += costsOverTimeText(study, style: style)
  text += applicationText(study, style: style)
  text += mechanismText(study, style: style)
  text += rolloutText(study, style: style)
  text += wrapped(responseSentence(study))
  if let stopped = study.interruption { text += wrapped(stopped.sentence) }
  let arrow = study.recommendation.variant == nil ? "" : " → is advised."
  let preview = study.replications < 200 ? " Fewer than 200 rehearsals: a preview." : ""
  text +=
    style.quiet(
      "Brackets: \(reading.level) intervals of \(countText(study.replications)) rehearsals, seed "
        + "\(study.seed); noise, not ignorance of the inputs.\(arrow)\(preview)") + "\n"
  return text
}

/// Three working days to quote: the ends of the fourth and eighth week, and of the horizon.
private func headlineDays(_ study: StudyResult) -> [Int] {
  guard study.horizonDays > 0, study.horizonWeeks > 0 else { return [] }
  let perWeek = Double(study.horizonDays) / study.horizonWeeks
  let early = [4.0, 8].map { Int(($0 * perWeek).rounded()) }
    .filter { $0 >= 1 && $0 < study.horizonDays }
  return early + [study.horizonDays]
}
