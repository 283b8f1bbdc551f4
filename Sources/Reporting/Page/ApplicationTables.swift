import Experiments

/// How applications were used, variant by variant; no rows where no variant has any.
func applicationTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "applications", title: "Applications",
    columns: [
      .text("application", "Application", "The application."),
      .text("variant", "Variant", "The variant."),
      .number("uses", "Uses per 100 cases", unit: "", "Uses per hundred cases that arrived."),
      .number("waited", "Had to wait", unit: "%", "Share of uses that had to wait for a session."),
      .interval("wait", "Mean wait", unit: nil, "Mean wait of those that had to."),
      .interval(
        "in_use", "In use at a time", unit: "sessions", "Sessions in use, mean over the horizon."),
      .interval("occupancy", "Share of its limit", unit: "%", "Sessions in use over its limit."),
      .interval(
        "busiest_hour", "Busiest hour", unit: "calls",
        "Calls in the busiest hour of the clock, those of others included."),
    ],
    rows: reading.study.variants.enumerated().flatMap { index, result in
      result.applications.map { application in
        ReportTable.Row([
          .text(application.name), palette.label(index), .number(application.usesPerHundred, to: 0),
          .percent(application.waitedShare),
          .figure(application.waitingHours.map { FigureText($0, unit: "h") }),
          .figure(FigureText(application.inUse, unit: "sessions")),
          .figure(application.occupancy.map { FigureText($0, unit: "share") }),
          .figure(FigureText(application.busiestHourCalls, unit: "calls")),
        ])
      }
    })
}

/// What was down, variant by variant; no rows where nothing can be.
func downtimeTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "outages", title: "Outages",
    columns: [
      .text("name", "Down", "What is down."), .text("kind", "What it is", "Kind of thing."),
      .text("variant", "Variant", "The variant."),
      .interval("down", "Share of time down", unit: "%", "Share of calendar time it is down."),
      .number("outages", "Outages a rehearsal", unit: "", "Outages in a rehearsal, mean."),
      .number(
        "failed_runs", "Runs failed by them", unit: "", "Runs they made fail in a rehearsal, mean."),
    ],
    rows: reading.study.variants.enumerated().flatMap { index, result in
      result.downtimes.map { downtime in
        ReportTable.Row([
          .text(downtime.name), .text(downtime.kind.rawValue), palette.label(index),
          .figure(FigureText(downtime.downShare, unit: "share")), .number(downtime.outages, to: 1),
          .number(downtime.failedRuns, to: 1),
        ])
      }
    })
}
