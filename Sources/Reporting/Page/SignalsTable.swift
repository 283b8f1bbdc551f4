import Experiments

/// Three signals of a healthy programme, each by a figure that is simulated: how soon a step goes live, how
/// surely the plan holds, and what it does to the people; no rows where no variant has a rollout.
func signalsTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  return ReportTable(
    "signals", title: "Signals of a healthy programme",
    caption:
      "Proxies for what is told by word of mouth: time to launch by the days between stages, leaders' confidence "
      + "by how surely the plan holds, what employees say by how full the days of the busiest team are.",
    columns: [
      .text("variant", "Variant", "The variant with the rollout."),
      .number(
        "first_launch", "First stage to second, days", unit: "days",
        "Calendar days between the medians of the days on which the first two stages begin."),
      .number(
        "last_launch", "Last stages, days", unit: "days",
        "The same of the last two stages: a programme that learns launches faster."),
      .interval(
        "done", "Plan carried through", unit: "%",
        "Share of rehearsals in which the rollout is done by the end of the run."),
      .interval(
        "rollbacks", "Falls back", unit: "", "Falls back to an earlier stage, per rehearsal."),
      .text("team", "Busiest team", "The watched team that is most at work in the last week."),
      .number(
        "busy_first", "At work, first week", unit: "%",
        "Share of its scheduled time at work, mean over rehearsals."),
      .number("busy_last", "At work, last week", unit: "%", "The same of the last week."),
      .text("says", "Healthy?", "Which of the three signals are good."),
    ],
    rows: study.variants.enumerated().compactMap { index, variant in
      guard let rollout = variant.rollout else { return nil }
      let ends = ["done", "cancelled"]
      let days = rollout.steps.filter { !ends.contains($0.name) && !$0.name.hasSuffix(" at work") }
        .compactMap(\.medianDay)
      let gaps = zip(days, days.dropFirst()).map { $1 - $0 }
      let done = rollout.steps.first { $0.name == "done" }?.reached
      let busiest = variant.teams.filter { $0.isWatched && !$0.occupancy.isEmpty }
        .max { ($0.occupancy.last?.mean ?? 0) < ($1.occupancy.last?.mean ?? 0) }
      let (first, last) = (
        busiest?.occupancy.first?.mean, busiest?.occupancy.last?.mean
      )
      return ReportTable.Row([
        palette.label(index), .number(gaps.first, to: 0),
        .number(gaps.count > 1 ? gaps.last : nil, to: 0),
        .figure(done.map { FigureText($0) }),
        .figure(FigureText(rollout.rollbacks, unit: "tickets")),
        busiest.map { .text($0.name) } ?? .missing, .percent(first), .percent(last),
        .text(verdict(gaps, done, first: first, last: last)),
      ])
    })
}

private func verdict(
  _ gaps: [Double], _ done: ProbabilityEstimate?, first: Double?, last: Double?
) -> String {
  var good: [String] = []
  var bad: [String] = []
  if let before = gaps.first, let after = gaps.last, gaps.count > 1 {
    if after <= before { good.append("launches") } else { bad.append("launches slow down") }
  }
  if let done {
    if done.lower > 0.5 { good.append("plan") } else { bad.append("plan in doubt") }
  }
  if let first, let last {
    if last <= max(first, TeamStrain.fullDay) {
      good.append("people")
    } else {
      bad.append("people fuller than \(shareText(TeamStrain.fullDay))")
    }
  }
  if good.isEmpty && bad.isEmpty { return "nothing to judge by" }
  return (good.isEmpty ? [] : ["▲ \(listText(good))"]).joined()
    + (good.isEmpty || bad.isEmpty ? "" : "; ") + (bad.isEmpty ? "" : "▼ \(listText(bad))")
}
