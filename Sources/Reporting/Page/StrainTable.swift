import Experiments

/// What the work does to people: interruptions, overtime and days that leave no room; no rows where the
/// study does not have it.
func strainTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let full = numberText(100 * TeamStrain.fullDay, decimals: 0)
  return ReportTable(
    "strain", title: "What the work does to people",
    caption:
      "Teams of each variant, the one first whose days are full most often. Interruptions are tickets and "
      + "exceptions; a day is full where the team is at work for more than \(full) % of its hours.",
    columns: [
      .text("variant", "Variant", "The variant."), .text("team", "Team", "The team."),
      .interval(
        "interruptions", "Interruptions an hour", unit: "",
        "Tickets and exceptions that fell due within the horizon, per scheduled hour of one person."
      ),
      .interval(
        "overtime", "Overtime, h", unit: "h", "Overtime of all its people over the whole run."),
      .interval(
        "full_days", "Hours in full days", unit: "%",
        "Share of the scheduled hours in working days on which more than \(full) % of them were worked."
      ),
    ],
    rows: reading.study.variants.enumerated().flatMap { index, variant in
      var teams: [(name: String, strain: TeamStrain, full: Estimate)] = []
      for team in variant.teams {
        guard let strain = team.strain, let full = strain.fullDayShare else { continue }
        teams.append((team.name, strain, full))
      }
      return teams.enumerated().sorted {
        (-$0.element.full.mean, $0.offset) < (-$1.element.full.mean, $1.offset)
      }.map(\.element).map { team in
        ReportTable.Row([
          palette.label(index), .text(team.name),
          .figure(team.strain.interruptionsPerHour.map { FigureText($0, unit: "tickets") }),
          .figure(FigureText(team.strain.overtimeHours, unit: "h", in: .hour)),
          .figure(FigureText(team.full, unit: "share")),
        ])
      }
    })
}
