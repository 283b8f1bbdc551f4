// The table of all keys, continued: what planners keep in tables of their own.

extension ScenarioKey {
  static let volumes: [ScenarioKey] = [
    ScenarioKey(
      "demand.arrivals.volumes", .group, .optional("`rate` holds on all dates"),
      "Cases expected by date, or by date and hour, from a planner's table; dates that it does not list "
        + "keep `rate`. Poisson only."),
    ScenarioKey(
      "demand.arrivals.volumes.file", .text, .required, example: "volumes.csv",
      "The CSV file or Excel workbook (its first sheet) with a header and a row for each date or hour, "
        + "in the scenario's folder or below it."),
    ScenarioKey(
      "demand.arrivals.volumes.date", .text, .optional("the column `date`"), example: "day",
      "The column of the dates, such as `2026-01-05`."),
    ScenarioKey(
      "demand.arrivals.volumes.hour", .text, .optional("each row is of a whole date"),
      example: "hour",
      "The column of the hours, 0 to 23 or such as `08:00`; hours that a listed date leaves out have no "
        + "arrivals."),
    ScenarioKey(
      "demand.arrivals.volumes.cases", .text, .optional("the column `cases`"), example: "forecast",
      "The column of the cases expected; how many come is drawn."),
  ]

  static let staffing: [ScenarioKey] = [
    ScenarioKey(
      "teams.*.staffing", .group, .optional("`people` or `members` is given instead"),
      "How many people are there on which dates, from a planner's table; all are alike."),
    ScenarioKey(
      "teams.*.staffing.file", .text, .required, example: "staffing.csv",
      "The CSV file or Excel workbook (its first sheet) with a header and a row for each date on which "
        + "the number changes, in the scenario's folder or below it."),
    ScenarioKey(
      "teams.*.staffing.date", .text, .optional("the column `date`"), example: "from",
      "The column of the dates, such as `2026-01-05`; a number holds until the next date, the first "
        + "before it too."),
    ScenarioKey(
      "teams.*.staffing.people", .text, .optional("the column `people`"), example: "underwriting",
      "The column of the number of people."),
  ]
}
