/// How precise a figure is to be, as written.
public struct WrittenPrecision: Sendable, Hashable {
  /// Name of the figure.
  public var figure: String
  /// A share of the figure where `isRelative`, else half the width of its interval, in the figure's unit in
  /// results.
  public var amount: Double
  /// Whether it is a share of the figure.
  public var isRelative: Bool
}

/// A figure whose precision may be asked for, and the unit in which that is done.
struct PrecisionFigure: Sendable {
  var name: String
  var unit: Unit
  var example: String
  var words: String

  enum Unit: Sendable {
    case money, hours, work(perUnit: Double), plain(String), share, workingDays
  }

  static let all: [PrecisionFigure] = [
    PrecisionFigure(
      name: "cost_per_case", unit: .money, example: "1 %", words: "cost per case, or an amount"),
    PrecisionFigure(
      name: "time_to_completion", unit: .hours, example: "2 %",
      words: "time to completion, or calendar time"),
    PrecisionFigure(
      name: "human_minutes", unit: .work(perUnit: 60), example: "0.5 min",
      words: "human work per case, or work"),
    PrecisionFigure(
      name: "tickets_per_hundred", unit: .plain("tickets"), example: "2 tickets",
      words: "tickets per hundred cases, or tickets"),
    PrecisionFigure(
      name: "review_hours_per_week", unit: .work(perUnit: 3600), example: "2 %",
      words: "review work per week, or work"),
    PrecisionFigure(
      name: "done_right", unit: .share, example: "1 point", words: "cases done right, in points"),
    PrecisionFigure(
      name: "unfinished", unit: .share, example: "1 point", words: "cases unfinished, in points"),
    PrecisionFigure(
      name: "backlog_hours", unit: .work(perUnit: 3600), example: "10 %",
      words: "backlog of the watched teams at the end of the horizon, or work"),
    PrecisionFigure(
      name: "exhaustion", unit: .share, example: "5 points",
      words: "probability of exhaustion by the horizon, in points"),
    PrecisionFigure(
      name: "days_to_exhaustion", unit: .workingDays, example: "1 working day",
      words: "working days to exhaustion, restricted to the horizon, or working days"),
  ]
}

/// Reads a precision such as `2 %`, `0.10 EUR`, `1 h`, `5 points`.
func parsePrecision(
  _ text: String, of figure: PrecisionFigure
) throws(ValueError) -> WrittenPrecision {
  func made(_ amount: Double, isRelative: Bool = false) throws(ValueError) -> WrittenPrecision {
    guard amount > 0, amount.isFinite else { throw ValueError("it is not above 0") }
    return WrittenPrecision(figure: figure.name, amount: amount, isRelative: isRelative)
  }
  let words = valueWords(text)
  if words.count == 2, words[1] == "%" {
    if case .share = figure.unit {
      throw ValueError("of a share it is said in points, such as `5 points`")
    }
    let share = try parseShare(text)
    guard share < 1 else { throw ValueError("it is not below 100 %") }
    return try made(share, isRelative: true)
  }
  switch figure.unit {
  case .share:
    guard words.count == 2, ["point", "points"].contains(words[1]) else {
      throw ValueError("it is no number of points")
    }
    return try made(parseNumber(words[0]) / 100)
  case .money: return try made(parseMoney(text, per: [.once]).amount)
  case .hours:
    let duration = try parseDuration(text)
    try requireClock(duration.unit, .calendar)
    return try made(duration.seconds(workingDay: 0) / 3600)
  case .work(let perUnit):
    let duration = try parseDuration(text)
    try requireClock(duration.unit, .work)
    return try made(duration.seconds(workingDay: 0) / perUnit)
  case .plain(let noun):
    guard words.count == 1 || (words.count == 2 && words[1] == noun), let first = words.first
    else { throw ValueError("it is no number of \(noun)") }
    return try made(parseNumber(first))
  case .workingDays:
    let duration = try parseDuration(text)
    guard duration.unit == .workingDays else { throw ValueError("it is not in working days") }
    return try made(duration.amount)
  }
}

extension ScenarioReading {
  /// How precise a figure is to be; `nil` where nothing is said of it.
  func precision(_ section: Section, _ figure: PrecisionFigure) -> WrittenPrecision? {
    let value: WrittenPrecision? = scalar(section, figure.name) { text throws(ValueError) in
      try parsePrecision(text, of: figure)
    }
    if value != nil, case .money = figure.unit, let node = section.node?[figure.name],
      let text = node.text, let money = try? parseMoney(text, per: [.once])
    {
      noteCurrency(money.currency, key: node.path, at: node.location)
    }
    return value
  }
}
