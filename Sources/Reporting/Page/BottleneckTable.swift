import Experiments

/// Which team is closest to its limit in each variant, and what makes it so: teams by occupancy in the last
/// week, busiest first.
func bottleneckTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "bottlenecks", title: "Where it clogs",
    caption:
      "Teams of each variant, the one first that is most at work in the last week. Review is work on "
      + "tickets that come of guardrails and failures.",
    columns: [
      .text("variant", "Variant", "The variant."), .text("team", "Team", "The team."),
      .number("people", "People", unit: "people", "People at the start."),
      .number("first", "At work, first week", unit: "%", "Share of scheduled time at work, mean."),
      .number("last", "At work, last week", unit: "%", "Share of scheduled time at work, mean."),
      .interval(
        "waiting", "Work waiting at the end, h", unit: "h",
        "Work that remains at the close of the last day: median, and the middle 80 % of rehearsals."
      ),
      .number(
        "tickets", "Tickets waiting at the end", unit: "tickets",
        "Tickets and exceptions waiting at the close of the last day, mean."),
    ],
    rows: reading.study.variants.enumerated().flatMap { index, variant in
      variant.teams.enumerated()
        .sorted {
          (-($0.element.occupancy.last?.mean ?? 0), $0.offset)
            < (-($1.element.occupancy.last?.mean ?? 0), $1.offset)
        }
        .map(\.element).filter { !$0.occupancy.isEmpty }
        .map { team in
          ReportTable.Row(
            [
              palette.label(index), .text(team.name), .number(Double(team.people), decimals: 0),
              .percent(team.occupancy.first?.mean), .percent(team.occupancy.last?.mean),
              .figure(team.backlogHours.last.flatMap(waitingText)),
              .number(team.waitingTickets.last?.mean, to: 1),
            ])
        }
    })
}

/// Median and middle 80 % of hours waiting; `nil` where the quantiles are not known.
private func waitingText(_ band: Band) -> FigureText? {
  guard band.quantiles.count > 5 else { return nil }
  let (low, middle, high) = (band.quantiles[1], band.quantiles[3], band.quantiles[5])
  let decimals = high < 100 ? 1 : 0
  func shown(_ value: Double) -> String { numberText(value, decimals: decimals) }
  return FigureText(
    value: shown(middle), interval: "(\(rangeText(shown(low), shown(high))))",
    numbers: FigureText.Numbers(middle, decimals: decimals, ends: (low, high), unit: "h"))
}

/// Time to completion by cohorts of arrival: how many came, how many were done, how long it took them.
func cohortTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let all = reading.study.variants.flatMap(\.completion)
  let unit = NaturalUnit(
    forHours: all.flatMap(\.points).filter { $0.share >= 0.5 }.map(\.hours).max() ?? 0)
  func time(_ group: CompletionResult, at share: Double) -> ReportTable.Cell {
    .number(group.points.first { $0.share >= share }.map { $0.hours / unit.hours }, to: 2)
  }
  return ReportTable(
    "cohorts", title: "Cohorts of arrival",
    caption:
      "Cases by the weeks in which they arrived, all rehearsals together; time in \(unit.symbol) "
      + "of the calendar. – where fewer were done within the follow-up.",
    columns: [
      .text("variant", "Variant", "The variant."),
      .text("arrived_in", "Arrived in", "Weeks of arrival."),
      .number("cases", "Cases", unit: "cases", "Cases that arrived, in all rehearsals."),
      .number("unfinished", "Unfinished", unit: "%", "Share not done within the follow-up."),
      .number(
        "half", "Half done in, \(unit.symbol)", unit: unit.symbol, "Time by which half were done."),
      .number(
        "nine_tenths", "90 % done in, \(unit.symbol)", unit: unit.symbol,
        "Time by which nine in ten were done."),
    ],
    rows: reading.study.variants.enumerated().flatMap { index, variant in
      variant.completion.map { group in
        ReportTable.Row([
          palette.label(index), .text(cohortTitle(group)),
          .number(Double(group.arrived), decimals: 0),
          .percent(group.unfinishedShare), time(group, at: 0.5), time(group, at: 0.9),
        ])
      }
    })
}
