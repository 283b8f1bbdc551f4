/// Points by two figures: what lies on the front that nothing beats is filled and joined.
struct ScatterChart {
  /// States what is seen, in one line.
  var title: String
  /// Says what is plotted.
  var subtitle: String
  /// Titles of the axes, with their units.
  var xTitle: String
  var yTitle: String
  /// What the series are; each is a value of the field `series`.
  var series: [String]
  /// Colours of the series.
  var colours: [String]
  /// Rows with `x`, `y`, `series`, `label`, and `front` (1 or 0).
  var rows: [ChartRow]
  /// Whether the labels stand beside their points.
  var isLabelled = false
  /// Whether points on the front are joined, from left to right.
  var isJoined = false
  /// Lines through the origin by their slope, and how each is called.
  var slopes: [(slope: Double, label: String)] = []
  /// The greatest value of the level axis, for the lines.
  var reach = 0.0
  var height = 260

  var specification: ChartSpecification {
    let isFromZero = !slopes.isEmpty
    let x = Channel.number(
      "x", title: xTitle, axis: .some(Axis(tickCount: 5)),
      scale: Scale(nice: true, zero: isFromZero))
    let y = Channel.number(
      "y", title: yTitle, axis: .some(Axis(tickCount: 5)),
      scale: Scale(nice: true, zero: isFromZero))
    let colour = Channel.colour("series", of: series, as: colours)
    let tooltip: [Channel] =
      [.word("label", title: "")] + (series.count > 1 ? [.word("series", title: "")] : []) + [
        .number("x", title: xTitle, format: ".3~r"), .number("y", title: yTitle, format: ".3~r"),
      ]
    var layers: [Layer] = slopes.flatMap { line -> [Layer] in
      let data = ChartData(values: [
        ChartRow(cells: [("x", .number(0)), ("y", .number(0)), ("label", .text(""))]),
        ChartRow(cells: [
          ("x", .number(reach)), ("y", .number(line.slope * reach)), ("label", .text(line.label)),
        ]),
      ])
      return [
        Layer(
          Mark(
            type: .line, opacity: .value(0.5), color: "currentColor", strokeWidth: 1,
            strokeDash: [5, 4]),
          Encoding(x: x, y: y), data: data),
        Layer(
          Mark(type: .text, opacity: .value(0.8), align: "right", baseline: "bottom", dx: -4),
          Encoding(x: x, y: y, text: Channel(field: "label")), data: data),
      ]
    }
    if isJoined {
      let order = Channel(field: "x", type: .quantitative)
      layers.append(
        Layer(
          Mark(type: .line, opacity: .value(0.5), color: "currentColor", strokeWidth: 1),
          Encoding(x: x, y: y, order: order), keeping: "datum.front === 1"))
    }
    layers += [
      Layer(
        Mark(type: .point, opacity: .value(0.7), strokeWidth: 1.5, filled: false, size: 50),
        Encoding(x: x, y: y, color: colour, tooltip: tooltip), keeping: "datum.front !== 1"),
      Layer(
        Mark(type: .point, opacity: .value(1), filled: true, size: 70),
        Encoding(x: x, y: y, color: colour, tooltip: tooltip), keeping: "datum.front === 1"),
    ]
    if isLabelled {
      layers.append(
        Layer(
          Mark(type: .text, align: "left", baseline: "middle", dx: 8, limit: 160),
          Encoding(x: x, y: y, text: Channel(field: "label"))))
    }
    return ChartSpecification(
      title: .init(text: title, subtitle: subtitle), description: "\(title). \(subtitle).",
      height: height, data: ChartData(values: rows), layer: layers)
  }
}
