/// Values with intervals, one below the other: points, or bars from zero, of one or several series.
struct IntervalChart {
  /// States what is seen, in one line.
  var title: String
  /// Says what is plotted.
  var subtitle: String
  /// Title of the axis, with the unit.
  var axis: String
  /// What the rows are, from the top; each is a value of the field `name`.
  var names: [String]
  /// What the series are; each is a value of the field `series`.
  var series: [String]
  /// Colours of the series.
  var colours: [String]
  /// Rows with `name`, `series`, `value`, `lower` and `upper`.
  var rows: [ChartRow]
  /// Whether the series of a row lie one below the other; else each row has one.
  var isBeside = true
  /// Whether values are bars from zero.
  var isBar = false
  /// A value at which an upright line stands, such as one that must not be exceeded.
  var line: Double?
  /// Ends of the axis; `nil` for those of the data.
  var domain: [Double]?

  var specification: ChartSpecification {
    let y = Channel.word(
      "name", title: "", axis: .some(Axis(ticks: false, domain: false, labelLimit: 260)),
      scale: Scale(domain: .words(names), paddingInner: 0.3))
    let lanes = isBeside ? series.count : 1
    let offset =
      lanes > 1
      ? Channel(field: "series", type: .nominal, sort: .null, scale: Scale(domain: .words(series)))
      : nil
    let scale =
      domain.map { Scale(domain: .numbers($0), nice: false) }
      ?? Scale(nice: true, zero: isBar || line == 0)
    func x(_ field: String) -> Channel {
      .number(field, title: axis, axis: .some(Axis(tickCount: 5)), scale: scale)
    }
    let colour = Channel.colour("series", of: series, as: colours)
    let tooltip: [Channel] =
      [.word("name", title: "")] + (lanes > 1 ? [.word("series", title: "")] : []) + [
        .number("value", title: axis, format: ".3~r"),
        .number("lower", title: "Lower end", format: ".3~r"),
        .number("upper", title: "Upper end", format: ".3~r"),
      ]
    var layers: [Layer] = []
    if isBar {
      layers.append(
        Layer(
          Mark(type: .bar, opacity: .value(0.45)),
          Encoding(x: x("value"), y: y, yOffset: offset, color: colour, tooltip: tooltip)))
    }
    if let line {
      layers.append(
        Layer(
          Mark(type: .rule, opacity: .value(0.6), color: "currentColor"),
          Encoding(x: Channel(field: "line", type: .quantitative)),
          data: ChartData(values: [ChartRow(cells: [("line", .number(line))])])))
    }
    layers += [
      Layer(
        Mark(type: .rule, strokeWidth: 2),
        Encoding(
          x: x("lower"), x2: Channel(field: "upper"), y: y, yOffset: offset, color: colour,
          tooltip: tooltip)),
      Layer(
        Mark(type: .point, opacity: .value(1), filled: true, size: 50),
        Encoding(x: x("value"), y: y, yOffset: offset, color: colour, tooltip: tooltip)),
    ]
    return ChartSpecification(
      title: .init(text: title, subtitle: subtitle), description: "\(title). \(subtitle).",
      height: max(56, names.count * (12 + 16 * lanes)), data: ChartData(values: rows),
      layer: layers)
  }
}
