import Calibration
import Facts

/// A quantity over time, with what changed.
struct Course {
  /// What it is of, as people name it.
  var name: String
  /// What was seen, the earliest first.
  var stretches: [CourseStretch]
  /// When it changed, the earliest first.
  var changes: [ChangePoint]
  /// What is taken to go on, in the quantity's unit.
  var taken: Double

  /// The mean that holds at the beginning of a stretch: between two changes what was measured there, since the
  /// last change what is taken to go on.
  func level(at stretch: CourseStretch) -> Double {
    let instant = Int64(stretch.day.number) * 86_400_000_000
    guard let last = changes.last, instant < last.time else { return taken }
    return (changes.first { instant < $0.time } ?? last).before
  }
}

extension ChartFigure {
  /// Quantities over time with their changes, a small chart for each; `nil` where none spans three stretches.
  ///
  /// - Parameters:
  ///   - what: the quantity, such as `Failures`.
  ///   - subject: head of the column of what it is of, such as `Automation`.
  ///   - unit: of times, in which they are in seconds; `nil` of shares.
  static func courses(
    _ id: String, of what: String, _ all: [Course], by subject: String, unit: NaturalUnit? = nil
  ) -> ChartFigure? {
    let most = 12
    let long = all.filter { $0.stretches.count >= 3 }
    let order = long.indices.sorted {
      (long[$0].changes.isEmpty ? 1 : 0, $0) < (long[$1].changes.isEmpty ? 1 : 0, $1)
    }
    let drawn = order.prefix(most).map { long[$0] }
    guard !drawn.isEmpty else { return nil }
    let scale = unit.map { 1 / (3600 * $0.hours) } ?? 1
    let axis = unit.map { "Mean, \($0.symbol)" } ?? "Share"
    let form = unit == nil ? ChartTable.Form.share : .decimals(2)
    let columns: [ChartTable.Column] = [
      .init(field: "name", title: subject, meaning: "What the quantity is of."),
      .init(field: "from", title: "From", meaning: "First day of the stretch, UTC."),
      .init(field: "until", title: "Until before", meaning: "Day after its last day."),
      .init(
        field: "count", title: "Observations", meaning: "Observations in the stretch.",
        form: .decimals(0)),
      .init(field: "mean", title: axis, meaning: "What was seen in the stretch.", form: form),
      .init(
        field: "lower", title: "Lower end", meaning: "Lower end of its interval of 95 %.",
        form: form),
      .init(
        field: "upper", title: "Upper end", meaning: "Upper end of its interval of 95 %.",
        form: form),
      .init(
        field: "level", title: "Level",
        meaning:
          "Mean between two changes; since the last one what is taken to go on.", form: form),
    ]
    func rows(_ course: Course) -> [[ChartValue]] {
      course.stretches.map { stretch in
        [
          .text(course.name), .text(stretch.day.description),
          .text(CalendarDay(number: stretch.day.number + stretch.days).description),
          .number(Double(stretch.count)), .number(scale * stretch.mean),
          ChartValue(stretch.lower.map { scale * $0 }),
          ChartValue(stretch.upper.map { scale * $0 }), .number(scale * course.level(at: stretch)),
        ]
      }
    }
    let changed = drawn.filter { !$0.changes.isEmpty }
    let named = changed.prefix(3).compactMap { course in
      course.changes.last.map { "\(course.name) on \(dateText(day($0.time).description))" }
    }
    let others = changed.count > named.count ? ["\(changed.count - named.count) more"] : []
    let title =
      changed.isEmpty
      ? "\(what): no change is to be seen"
      : "\(what) changed: \(listText(named + others))"
    let lengths = Set(drawn.flatMap { $0.stretches.map(\.days) }).sorted()
    return ChartFigure(
      id: id, title: title,
      subtitle:
        "Boxes: mean and interval of 95 % of stretches of "
        + "\(lengths.map(String.init).joined(separator: " or ")) day\(lengths == [1] ? "" : "s"). Grey line: mean "
        + "between changes, at its end what is taken to go on. Upright line: a change by Pettitt's test, with the "
        + "days on which it may have been"
        + (long.count > most ? ". At most \(most), those that changed first" : ""),
      description: "\(title). One chart over time for each.",
      panels: drawn.map { course in
        Panel(
          title: course.name,
          specification: courseSpecification(
            ChartTable(columns: columns, rows: rows(course)), course, axis: axis,
            isShare: unit == nil))
      },
      key: [
        .init(label: "seen", colour: ChartTheme.variantColours[0], sign: .band),
        .init(label: "level", colour: ChartTheme.baselineColour, sign: .line),
        .init(label: "change", colour: ChartTheme.variantColours[1], sign: .line),
      ], keyIsNeeded: true, hasWidePanels: true,
      table: ChartTable(columns: columns, rows: drawn.flatMap(rows)))
  }
}

private func day(_ microseconds: Int64) -> CalendarDay {
  CalendarDay(number: Int((Double(microseconds) / 86_400e6).rounded(.down)))
}

private func courseSpecification(
  _ table: ChartTable, _ course: Course, axis: String, isShare: Bool
) -> ChartSpecification {
  // Days stand in UTC, whatever the time zone of the browser.
  func time(_ field: String) -> Channel {
    Channel(
      field: field, type: .temporal, title: "", scale: Scale(type: "utc"),
      axis: .some(Axis(format: "%Y-%m-%d", grid: false, tickCount: 4, labelOverlap: true)))
  }
  func value(_ field: String) -> Channel {
    .number(
      field, title: axis, axis: .some(Axis(format: isShare ? ".3~p" : nil, tickCount: 4)),
      scale: Scale(nice: true, zero: true))
  }
  let format = isShare ? ".1~%" : ".3~r"
  let tooltip: [Channel] = [
    .word("from", title: "From"), .word("until", title: "Until before"),
    .number("count", title: "Observations", format: ",.0f"),
    .number("mean", title: axis, format: format),
    .number("lower", title: "Lower end", format: format),
    .number("upper", title: "Upper end", format: format),
  ]
  var layers: [Layer] = []
  if !course.changes.isEmpty {
    let changes = ChartData(
      values: course.changes.map { change in
        ChartRow(cells: [
          ("change", .text(day(change.time).description)),
          ("earliest", .text(day(change.span.lowerBound).description)),
          // The day after the last one, so that a change known to the day has a width.
          (
            "latest",
            .text(CalendarDay(number: day(change.span.upperBound).number + 1).description)
          ),
        ])
      })
    let colour = ChartTheme.variantColours[1]
    layers = [
      Layer(
        Mark(type: .rect, opacity: .value(0.15), color: colour),
        Encoding(x: time("earliest"), x2: Channel(field: "latest")), data: changes),
      Layer(
        Mark(type: .rule, color: colour, strokeWidth: 2),
        Encoding(x: time("change"), tooltip: [.word("change", title: "Change")]), data: changes),
    ]
  }
  let seen = ChartTheme.variantColours[0]
  layers += [
    Layer(
      Mark(type: .rect, opacity: .value(0.25), color: seen),
      Encoding(
        x: time("from"), x2: Channel(field: "until"), y: value("lower"),
        y2: Channel(field: "upper"), tooltip: tooltip)),
    Layer(
      Mark(type: .rule, color: seen, strokeWidth: 2),
      Encoding(x: time("from"), x2: Channel(field: "until"), y: value("mean"), tooltip: tooltip)),
    Layer(
      Mark(type: .rule, color: ChartTheme.baselineColour, strokeWidth: 2),
      Encoding(x: time("from"), x2: Channel(field: "until"), y: value("level"))),
  ]
  return ChartSpecification(
    title: .init(text: course.name, subtitle: "\(axis) over time"),
    description: "\(course.name) over time, with its changes.", height: 180,
    data: ChartData(values: table.values), layer: layers)
}
