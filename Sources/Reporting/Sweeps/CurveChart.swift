/// What came of values of one parameter: a line with its interval for each series, and what divides it.
struct CurveChart {
  /// States what is seen, in one line.
  var title: String
  /// Says what is plotted.
  var subtitle: String
  /// Title of the level axis, with the unit.
  var xTitle: String
  /// Title of the upright axis, with the unit.
  var yTitle: String
  /// What the series are; each is a value of the field `series`.
  var series: [String]
  /// Colours of the series.
  var colours: [String]
  /// Rows with `place`, `value`, `lower`, `upper`, `series` and `written`, the value of the parameter.
  var rows: [ChartRow]
  /// A level that decides, and how it is called.
  var level: (value: Double, label: String)?
  /// Values of the parameter between which something tips.
  var between: ClosedRange<Double>?
  /// Ends of the upright axis; `nil` for those of the data.
  var domain: [Double]?
  var height = 240

  var specification: ChartSpecification {
    let x = Channel.number(
      "place", title: xTitle, axis: .some(Axis(grid: false, tickCount: 6)),
      scale: Scale(nice: false, zero: false))
    func y(_ field: String) -> Channel {
      .number(
        field, title: yTitle, axis: .some(Axis(tickCount: 5)),
        scale: domain.map { Scale(domain: .numbers($0), nice: false) }
          ?? Scale(nice: true, zero: false))
    }
    let colour = Channel.colour("series", of: series, as: colours)
    let tooltip: [Channel] =
      [.word("written", title: "With")] + (series.count > 1 ? [.word("series", title: "")] : [])
      + [
        .number("value", title: yTitle, format: ".3~r"),
        .number("lower", title: "Lower end", format: ".3~r"),
        .number("upper", title: "Upper end", format: ".3~r"),
      ]
    var layers: [Layer] = []
    if let between {
      layers.append(
        Layer(
          Mark(
            type: .rect, opacity: .value(0.14), color: "currentColor", stroke: "currentColor",
            strokeWidth: 1),
          Encoding(
            x: Channel(field: "from", type: .quantitative), x2: Channel(field: "to")),
          data: ChartData(values: [
            ChartRow(cells: [
              ("from", .number(between.lowerBound)), ("to", .number(between.upperBound)),
            ])
          ])))
    }
    if let level {
      let data = ChartData(values: [
        ChartRow(cells: [("level", .number(level.value)), ("label", .text(level.label))])
      ])
      let place = Channel(field: "level", type: .quantitative)
      layers += [
        Layer(
          Mark(type: .rule, color: "currentColor", strokeWidth: 1.5, strokeDash: [5, 4]),
          Encoding(y: place), data: data),
        Layer(
          Mark(type: .text, align: "left", baseline: "bottom", dx: 4, dy: -3),
          Encoding(x: Channel(value: .points(0)), y: place, text: Channel(field: "label")),
          data: data),
      ]
    }
    layers += [
      Layer(
        Mark(type: .area, opacity: .value(0.15)),
        Encoding(x: x, y: y("lower"), y2: Channel(field: "upper"), color: colour)),
      Layer(Mark(type: .line, strokeWidth: 2), Encoding(x: x, y: y("value"), color: colour)),
      Layer(
        Mark(type: .rule, strokeWidth: 1.5),
        Encoding(x: x, y: y("lower"), y2: Channel(field: "upper"), color: colour)),
      Layer(
        Mark(type: .point, opacity: .value(1), filled: true, size: 50),
        Encoding(x: x, y: y("value"), color: colour, tooltip: tooltip)),
    ]
    return ChartSpecification(
      title: .init(text: title, subtitle: subtitle), description: "\(title). \(subtitle).",
      height: height, data: ChartData(values: rows), layer: layers)
  }
}
