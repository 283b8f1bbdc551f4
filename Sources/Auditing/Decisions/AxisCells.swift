import ProcessModel

/// The cells of one scale of ordered values: below the least bound, on it, between it and the next, and
/// so on.
struct AxisBlock {
  let cells: [InputAxis.Cell]
  let range: Range<Int>
  private let bounds: [Double]

  /// The cells between bounds; `nil` where no test speaks of the scale.
  init?(_ scale: UnaryTest.Scale, _ mentioned: Set<Double>?, start: Int) {
    guard let mentioned else { return nil }
    bounds = mentioned.sorted()
    cells = Self.cells(scale, bounds)
    range = start..<start + cells.count
  }

  /// The cells of an interval: bound `k` is cell `2k + 1`.
  func run(of interval: UnaryTest.Interval) -> Range<Int> {
    guard !bounds.isEmpty else { return interval.isSane ? range : 0..<0 }
    var first = 0
    var end = cells.count
    if let lower = interval.lower {
      guard let place = position(of: lower) else { return 0..<0 }
      first = place + (interval.includesLower ? 0 : 1)
    }
    if let upper = interval.upper {
      guard let place = position(of: upper) else { return 0..<0 }
      end = place + (interval.includesUpper ? 1 : 0)
    }
    return first < end ? range.lowerBound + first..<range.lowerBound + end : 0..<0
  }

  private func position(of bound: Double) -> Int? {
    if bound == .infinity { return cells.count - 1 }
    if bound == -.infinity { return 0 }
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low < bounds.count && bounds[low] == bound ? 2 * low + 1 : nil
  }

  private static func cells(_ scale: UnaryTest.Scale, _ bounds: [Double]) -> [InputAxis.Cell] {
    guard let least = bounds.first, let greatest = bounds.last else {
      return [InputAxis.Cell(InputValue(0, scale))]
    }
    // Between neighbouring whole numbers lies nothing, where all bounds are whole: it is a count.
    // Between neighbouring days nothing ever lies.
    let areWhole =
      [.number, .date, .months].contains(scale)
      && bounds.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 }
    var cells = [
      InputAxis.Cell(
        InputValue(below(least, scale), scale), upper: least, oddness: 3, isExpected: false)
    ]
    for (index, bound) in bounds.enumerated() {
      cells.append(
        InputAxis.Cell(InputValue(bound, scale), lower: bound, upper: bound, oddness: 2))
      guard index + 1 < bounds.count else { continue }
      let next = bounds[index + 1]
      let isEmpty = areWhole && next - bound == 1
      cells.append(
        InputAxis.Cell(
          InputValue(between(bound, next, scale), scale), lower: bound, upper: next,
          oddness: isEmpty ? InputAxis.emptyOddness : 0, isExpected: !isEmpty))
    }
    cells.append(
      InputAxis.Cell(
        InputValue(above(greatest, scale), scale), lower: greatest, oddness: 1, isExpected: false))
    return cells
  }

  private static func between(_ lower: Double, _ upper: Double, _ scale: UnaryTest.Scale) -> Double
  {
    if scale == .number { return plainNumber(between: lower, and: upper) }
    let middle = lower + (upper - lower) / 2
    let whole = middle.rounded(.down)
    return whole > lower && whole < upper ? whole : middle
  }

  /// A value below all bounds; positive where they are, since most quantities are.
  private static func below(_ bound: Double, _ scale: UnaryTest.Scale) -> Double {
    switch scale {
    case .number:
      bound > 0 ? plainNumber(between: 0, and: bound) : bound - max(1, bound.magnitude / 2)
    case .date: bound - 30
    case .dateTime, .instant: bound - 86_400
    case .time, .duration, .months: bound > 0 ? between(0, bound, scale) : bound - 60
    }
  }

  /// A value above all bounds, not far off.
  private static func above(_ bound: Double, _ scale: UnaryTest.Scale) -> Double {
    switch scale {
    case .number:
      bound > 0
        ? plainNumber(between: bound, and: bound * 1.5) : bound + max(1, bound.magnitude / 2)
    case .date: bound + 30
    case .dateTime, .instant: bound + 86_400
    case .time: bound < 86_399 ? between(bound, 86_400, scale) : bound + 0.5
    case .duration, .months: bound > 0 ? (bound * 1.5).rounded(.up) : bound + 60
    }
  }
}

extension UnaryTest.Interval {
  /// Whether its bounds are numbers in their order.
  fileprivate var isSane: Bool {
    ![lower, upper].compactMap(\.self).contains(where: \.isNaN)
      && (lower ?? 0) <= (upper ?? lower ?? 0)
  }
}

/// What tests mention of an input.
struct AxisMentions {
  private let isFolding: Bool
  private(set) var bounds: [UnaryTest.Scale: Set<Double>] = [:]
  private(set) var spellings: [String: String] = [:]
  private var parts: [UnaryTest.TextTest] = []
  private var mentionsBoolean = false
  private var mentionsNull = false

  init(isFolding: Bool) { self.isFolding = isFolding }

  /// Whether no value is mentioned.
  var isEmpty: Bool {
    bounds.isEmpty && spellings.isEmpty && parts.isEmpty && !mentionsBoolean && !mentionsNull
  }

  mutating func add(_ test: UnaryTest) {
    switch test {
    case .interval(let interval):
      bounds[interval.scale, default: []].formUnion(
        [interval.lower, interval.upper].compactMap { $0 }.filter(\.isFinite).map {
          $0 == 0 ? 0 : $0
        })
    case .string(let text):
      let key = isFolding ? folded(text) : text
      spellings[key] = spellings[key] ?? text
    case .text:
      if case .text(let part) = isFolding ? test.folded : test, !parts.contains(part) {
        parts.append(part)
      }
    case .boolean: mentionsBoolean = true
    case .null: mentionsNull = true
    case .anyOf(let tests), .allOf(let tests): for test in tests { add(test) }
    case .not(let test): add(test)
    case .any, .opaque: break
    }
  }

  /// The cells of all that has no order.
  func otherCells(hasOrdered: Bool, withNull: Bool) -> [InputAxis.Cell] {
    var cells = spellings.keys.sorted().map { InputAxis.Cell(.text($0)) }
    cells += witnesses.map { InputAxis.Cell(.text($0), oddness: 3, isExpected: false) }
    if mentionsBoolean {
      cells += [InputAxis.Cell(.boolean(true)), InputAxis.Cell(.boolean(false))]
    }
    let isKnown = hasOrdered || !cells.isEmpty
    if !spellings.isEmpty || !parts.isEmpty || !isKnown {
      cells.append(InputAxis.Cell(.other, oddness: 4, isExpected: !isKnown))
    }
    if mentionsNull || withNull {
      cells.append(InputAxis.Cell(.null, oddness: 5, isExpected: false))
    }
    return cells
  }

  /// Texts that no test names, one for each set of partial tests that a combination of their parts
  /// passes.
  ///
  /// There may be texts that pass still other sets of tests; the cell of all other texts stands for
  /// them, in which partial tests are not decided.
  private var witnesses: [String] {
    guard !parts.isEmpty else { return [] }
    let used = parts.prefix(24)
    var starts = [""]
    var middles = [""]
    var ends = [""]
    var lengths: Set<Int> = []
    for part in used {
      switch part {
      case .startsWith(let text): starts.append(text)
      case .endsWith(let text): ends.append(text)
      case .contains(let text): middles.append(text)
      case .length(let interval):
        for bound in [interval.lower, interval.upper] {
          guard let bound, bound >= 0, bound < 500 else { continue }
          let whole = Int(bound)
          lengths.formUnion([max(0, whole - 1), whole, whole + 1])
        }
      }
    }
    var seen: Set<[Bool]> = []
    var found: [String] = []
    func consider(_ text: String) {
      guard found.count < 200, spellings[text] == nil, !text.isEmpty || lengths.contains(0),
        seen.insert(used.map { $0.accepts(text) }).inserted
      else { return }
      found.append(text)
    }
    for middle in middles.prefix(12) {
      for start in starts.prefix(12) {
        for end in ends.prefix(12) {
          let text = start + middle + end
          consider(text.isEmpty && !parts.isEmpty ? "~" : text)
          let size = text.unicodeScalars.count
          for length in lengths.sorted() where length >= size {
            let filling = String(repeating: "x", count: length - size)
            consider(start + middle + filling + end)
          }
        }
      }
    }
    return found
  }
}

/// A number strictly between two others, with as few digits as it takes, as near to the middle as
/// that allows: 22,000 between 20,000 and 25,000.
func plainNumber(between lower: Double, and upper: Double) -> Double {
  let middle = lower + (upper - lower) / 2
  var power = 1.0
  while power < upper - lower, power < 1e300 { power *= 10 }
  for _ in 0..<40 {
    for step in [power, power / 2, power / 5] {
      let candidate = (middle / step).rounded() * step
      if candidate > lower, candidate < upper { return candidate }
    }
    power /= 10
  }
  return middle
}
