import Experiments

/// How applications were used, and what was down, variant by variant; nothing where no variant has any.
func applicationTables(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let variants = Array(reading.study.variants.enumerated())
  func variant(_ index: Int) -> Cell {
    .text(swatch(palette.colours[index]) + "\(palette.titles[index])")
  }
  let uses = variants.flatMap { index, result in
    result.applications.map { application -> (cells: [Cell], isChosen: Bool) in
      (
        [
          .head("\(application.name)"), variant(index),
          .number("\(numberText(application.usesPerHundred, decimals: 0))"),
          .number("\(application.waitedShare.map { shareText($0) } ?? "–")"),
          .figure(application.waitingHours.map { FigureText($0, unit: "h") }),
          .figure(FigureText(application.inUse, unit: "sessions")),
          .figure(application.occupancy.map { FigureText($0, unit: "share") }),
        ], false
      )
    }
  }
  let downtimes = variants.flatMap { index, result in
    result.downtimes.map { downtime -> (cells: [Cell], isChosen: Bool) in
      (
        [
          .head("\(downtime.name)"), .text("\(downtime.kind.rawValue)"), variant(index),
          .figure(FigureText(downtime.downShare, unit: "share")),
          .number("\(numberText(downtime.outages, decimals: 1))"),
          .number("\(numberText(downtime.failedRuns, decimals: 1))"),
        ], false
      )
    }
  }
  var markup = Markup.none
  if !uses.isEmpty {
    markup =
      markup
      + tableMarkup(
        heads: [
          .head("Application"), .head("Variant"), .number("Uses per 100 cases"),
          .number("Had to wait"), .number("Mean wait"), .number("In use at a time"),
          .number("Share of its limit"),
        ], rows: uses)
  }
  if !downtimes.isEmpty {
    markup =
      markup
      + tableMarkup(
        heads: [
          .head("Down"), .head("What it is"), .head("Variant"), .number("Share of time down"),
          .number("Outages a rehearsal"), .number("Runs failed by them"),
        ], rows: downtimes)
  }
  return markup
}
