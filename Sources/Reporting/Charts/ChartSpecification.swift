// The part of Vega-Lite that our charts use, as values. Names are Vega-Lite's own, so that its
// documentation applies: https://vega.github.io/vega-lite/docs/.

/// A Vega-Lite specification of layers over one table.
struct ChartSpecification: Encodable, Sendable {
  var schema = "https://vega.github.io/schema/vega-lite/v6.json"
  var title: Title
  var description: String
  var width = "container"
  /// In points.
  var height: Int
  var autosize = Autosize()
  var background: Background = .none
  var data: ChartData
  var layer: [Layer]
  var config = ChartTheme.config

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case title, description, width, height, autosize, background, data, layer,
      config
  }

  struct Title: Encodable, Sendable {
    var text: String
    var subtitle: String
  }

  struct Autosize: Encodable, Sendable {
    var type = "fit-x"
    var contains = "padding"
  }

  /// No background: the page's shows, by day and by night.
  enum Background: Encodable, Sendable {
    case none

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    }
  }
}

/// The rows a specification or one of its layers draws.
struct ChartData: Encodable, Sendable {
  var values: [ChartRow]

  private enum CodingKeys: CodingKey { case values, columns, words, rows }

  /// As Vega-Lite reads it, or packed where the encoder's user info says so.
  ///
  /// Packed, names of fields stand once in `columns`, and of a column of words each stands once in `words`,
  /// its rows being positions there; `drawingScript` unpacks it.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    var isPacked = false
    if let key = CodingUserInfoKey.packsRows, let wanted = encoder.userInfo[key] as? Bool {
      isPacked = wanted
    }
    guard isPacked, let first = values.first, values.count > 1 else {
      return try container.encode(values, forKey: .values)
    }
    let fields = first.cells.map { $0.field }
    guard values.allSatisfy({ row in row.cells.map { $0.field } == fields }) else {
      return try container.encode(values, forKey: .values)
    }
    var words: [String: [String]] = [:]
    var columns: [[ChartValue]] = []
    for (position, cell) in first.cells.enumerated() {
      let column = values.map { $0.cells[position].value }
      guard column.allSatisfy({ if case .text = $0 { true } else { false } }) else {
        columns.append(column)
        continue
      }
      var places: [ChartValue: Int] = [:]
      var known: [String] = []
      columns.append(
        column.map { value in
          if let place = places[value] { return .number(Double(place)) }
          if case .text(let text) = value { known.append(text) }
          places[value] = known.count - 1
          return .number(Double(known.count - 1))
        })
      words[cell.field] = known
    }
    try container.encode(fields, forKey: .columns)
    if !words.isEmpty { try container.encode(words, forKey: .words) }
    try container.encode(
      values.indices.map { row in columns.map { $0[row] } }, forKey: .rows)
  }
}

extension CodingUserInfoKey {
  /// Whether rows of charts are packed.
  static let packsRows = CodingUserInfoKey(rawValue: "packsRows")
}

/// One layer: a mark and what its channels show.
struct Layer: Encodable, Sendable {
  var data: ChartData?
  var transform: [Transform]?
  var mark: Mark
  var encoding: Encoding

  init(
    _ mark: Mark, _ encoding: Encoding, data: ChartData? = nil, keeping filter: String? = nil,
    calculating formula: (field: String, expression: String)? = nil
  ) {
    self.mark = mark
    self.encoding = encoding
    self.data = data
    let transforms =
      (filter.map { [Transform(filter: $0)] } ?? [])
      + (formula.map { [Transform(calculate: $0.expression, as: $0.field)] } ?? [])
    if !transforms.isEmpty { transform = transforms }
  }

  struct Transform: Encodable, Sendable {
    var filter: String?
    var calculate: String?
    var `as`: String?
  }
}

/// A graphical mark with its constant properties.
struct Mark: Encodable, Sendable {
  enum Kind: String, Encodable, Sendable { case area, bar, line, point, rect, rule, text }

  var type: Kind
  var interpolate: String?
  var clip: Bool?
  var opacity: Number?
  var fillOpacity: Double?
  var color: String?
  var fill: String?
  var stroke: String?
  var strokeWidth: Double?
  var strokeOpacity: Double?
  var strokeDash: [Int]?
  var filled: Bool?
  var size: Double?
  var align: String?
  var baseline: String?
  var dx: Double?
  var dy: Double?
  var fontSize: Double?
  var fontWeight: Int?
  var limit: Double?
  var tooltip: Bool?

  /// A number, or an expression that gives one.
  enum Number: Encodable, Sendable {
    case value(Double)
    case expression(String)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .value(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      case .expression(let text):
        var container = encoder.container(keyedBy: TextKey.self)
        try container.encode(text, forKey: TextKey("expr"))
      }
    }
  }
}

/// What the channels of a mark show.
struct Encoding: Encodable, Sendable {
  var x: Channel?
  var x2: Channel?
  var y: Channel?
  var y2: Channel?
  var yOffset: Channel?
  var color: Channel?
  var fill: Channel?
  var order: Channel?
  var text: Channel?
  var tooltip: [Channel]?
}

/// A field or a constant, with its scale and axis.
struct Channel: Encodable, Sendable {
  enum Kind: String, Encodable, Sendable { case quantitative, ordinal, nominal, temporal }

  var field: String?
  var type: Kind?
  var title: String?
  var value: Value?
  var format: String?
  var stack: Optionally<Bool>?
  var sort: Optionally<[String]>?
  var scale: Scale?
  var axis: Optionally<Axis>?
  var legend: Optionally<Bool>?
  /// Where within a band of its scale: 0 at its beginning, 1 at its end.
  var bandPosition: Double?
  var condition: Condition?

  /// A quantitative field.
  static func number(
    _ field: String, title: String? = nil, axis: Optionally<Axis>? = nil, scale: Scale? = nil,
    format: String? = nil
  ) -> Channel {
    Channel(
      field: field, type: .quantitative, title: title, format: format, scale: scale, axis: axis)
  }

  /// A field of words, in the order of the data.
  static func word(
    _ field: String, title: String? = nil, axis: Optionally<Axis>? = nil, scale: Scale? = nil
  ) -> Channel {
    Channel(
      field: field, type: .nominal, title: title, sort: .null, scale: scale, axis: axis)
  }

  /// A field of words told by colour, named without a legend.
  static func colour(_ field: String, of domain: [String], as range: [String]) -> Channel {
    Channel(
      field: field, type: .nominal, scale: Scale(domain: .words(domain), range: range),
      legend: .null)
  }

  /// A constant: a colour, or a place in points from the left.
  enum Value: Encodable, Sendable {
    case colour(String)
    case points(Double)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .colour(let colour): try container.encode(colour)
      case .points(let points): try container.encode(points)
      }
    }
  }

  struct Condition: Encodable, Sendable {
    var test: String
    var value: String
  }
}

/// A value, or `null` where Vega-Lite tells that from silence.
enum Optionally<Value: Encodable & Sendable>: Encodable, Sendable {
  case some(Value)
  case null

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .some(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}

/// How values become places or colours.
struct Scale: Encodable, Sendable {
  var domain: Domain?
  var type: String?
  var domainMax: Mark.Number?
  var domainMin: Double?
  var range: [String]?
  var scheme: String?
  var nice: Bool?
  var zero: Bool?
  var paddingInner: Double?
  var paddingOuter: Double?

  enum Domain: Encodable, Sendable {
    case words([String])
    case numbers([Double])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .words(let words): try container.encode(words)
      case .numbers(let numbers): try container.encode(numbers)
      }
    }
  }
}

/// An axis.
struct Axis: Encodable, Sendable {
  var title: String?
  var values: [Double]?
  var format: String?
  var grid: Bool?
  var ticks: Bool?
  var domain: Bool?
  var tickCount: Int?
  var labelLimit: Double?
  var labelOverlap: Bool?
  var labelAngle: Int?
}
