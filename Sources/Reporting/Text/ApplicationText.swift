import Experiments

/// How applications were used, and what was down, for a terminal; empty where no variant has any.
func applicationText(_ study: StudyResult, style: TextStyle) -> String {
  let palette = VariantPalette(study)
  var uses = TextTable(
    heads: [
      "application", "", "uses per 100", "had to wait", "mean wait", "of its limit", "busiest hour",
    ], numbers: [2, 3, 4, 5, 6])
  var downtimes = TextTable(
    heads: ["down", "", "share of time", "outages", "runs failed"], numbers: [2, 3, 4])
  for (index, variant) in study.variants.enumerated() {
    for application in variant.applications {
      uses.add([
        application.name, palette.titles[index],
        numberText(application.usesPerHundred, decimals: 0),
        application.waitedShare.map { shareText($0) } ?? "–",
        application.waitingHours.map { FigureText($0, unit: "h").text } ?? "–",
        application.occupancy.map { FigureText($0, unit: "share").text } ?? "no limit",
        FigureText(application.busiestHourCalls, unit: "calls").text,
      ])
    }
    for downtime in variant.downtimes {
      downtimes.add([
        downtime.name, palette.titles[index], FigureText(downtime.downShare, unit: "share").text,
        numberText(downtime.outages, decimals: 1), numberText(downtime.failedRuns, decimals: 1),
      ])
    }
  }
  var text = ""
  if study.variants.contains(where: { !$0.applications.isEmpty }) {
    text += uses.text(style) + "\n"
  }
  if study.variants.contains(where: { !$0.downtimes.isEmpty }) {
    text += downtimes.text(style) + "\n"
  }
  return text
}
