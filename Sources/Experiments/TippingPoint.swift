public import Simulation
internal import Statistics

/// What has to cross a level for a verdict to tip.
public enum TippingQuestion: Sendable, Hashable, Codable {
  /// The probability of exhaustion of a variant crosses a level in 0..<1.
  case risk(variant: String, level: Double)
  /// The mean of a measure of a variant crosses a level.
  case measure(StudyMeasure, variant: String, level: Double)
  /// A variant stops being better than another in a measure.
  case difference(StudyMeasure, variant: String, against: String)
}

/// Where along one input a verdict tips.
public struct TippingResult: Sendable, Codable, Equatable {
  /// The input.
  public var input: StudyInputSummary
  /// What crosses which level.
  public var question: TippingQuestion
  /// Unit of the values at the points.
  public var unit: String
  /// The level.
  public var level: Double
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Probability that the tipping point lies between `between`, all decisions taken together.
  public var confidence: Double
  /// What was found.
  public var outcome: Outcome
  /// Values of the input between which it tips; empty unless `outcome` is `tips`.
  public var between: [String]
  /// The value at which the estimates cross; `nil` unless `outcome` is `tips`.
  public var estimate: String?
  /// Points looked at, in the order of the input.
  public var points: [Point]

  /// What can be found.
  public enum Outcome: String, Sendable, Codable {
    /// It tips within the range.
    case tips
    /// Below the level over the whole range, as its ends show.
    case below
    /// Above the level over the whole range.
    case above
    /// The ends could not be told from the level.
    case undecided
  }

  /// A point.
  public struct Point: Sendable, Codable, Equatable {
    /// Position in the range, in 0...1.
    public var coordinate: Double
    /// The value of the input there.
    public var value: String
    /// Mean, or share, with its interval at the level of a single decision.
    public var estimate: Double
    /// Lower end.
    public var lower: Double
    /// Upper end.
    public var upper: Double
    /// Replications.
    public var replications: Int

    func side(of level: Double) -> Side {
      if upper < level { return .below }
      return lower > level ? .above : .undecided
    }
  }

  enum Side { case below, above, undecided }
}

/// How hard a tipping point is looked for.
public struct TippingEffort: Sendable, Hashable {
  /// Replications at a point before its side is first judged.
  public var replications: Int
  /// Most replications at a point; they are doubled until its side is clear.
  public var maximum: Int
  /// How often the range is halved on each side.
  public var halvings: Int

  /// Creates an effort.
  public init(replications: Int = 25, maximum: Int = 400, halvings: Int = 7) {
    self.replications = replications
    self.maximum = maximum
    self.halvings = halvings
  }

  /// How often a side may be judged in all, which the confidence is shared out among.
  var judgements: Int {
    var looks = 1
    var n = replications
    while n < maximum {
      n *= 2
      looks += 1
    }
    return looks * (2 * halvings + 2)
  }
}

/// Looks for the value of one input at which a verdict tips, halving the range.
///
/// Every point is judged by an interval whose confidence leaves room for all judgements (Bonferroni), and
/// has the same luck as all others. Where noise keeps a point from being told from the level, both sides
/// of it are halved on, so that the bracket that is found holds what cannot be told.
public func findTippingPoint(
  _ space: StudySpace, question: TippingQuestion, effort: TippingEffort = TippingEffort(),
  seed: UInt64, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> TippingResult {
  var search = TippingSearch(space: space, question: question, effort: effort)
  let first = try await search.point(at: 0, runner, control)
  let last = try await search.point(at: 1, runner, control)
  let level = search.level
  var result = TippingResult(
    input: space.inputs[0].summary, question: question, unit: search.unit, level: level,
    seed: seed, confidence: 0.95, outcome: .undecided, between: [], estimate: nil, points: [])
  let (start, end) = (first.side(of: level), last.side(of: level))
  if start != .undecided, end != .undecided {
    if start == end {
      result.outcome = start == .below ? .below : .above
    } else {
      // The last point known to be on the side of the start, the first known to be on that of the end.
      var low = 0.0
      var high = 1.0
      var (unclearFrom, unclearTo): (Double?, Double?) = (nil, nil)
      for _ in 0..<effort.halvings {
        for isLow in [true, false] {
          let middle =
            isLow ? (low + (unclearFrom ?? high)) / 2 : ((unclearTo ?? low) + high) / 2
          if !isLow, unclearTo == nil { continue }
          guard let side = try await search.side(at: middle, runner, control) else { continue }
          if side == start {
            low = max(low, middle)
          } else if side == end {
            high = min(high, middle)
          } else {
            unclearFrom = min(unclearFrom ?? middle, middle)
            unclearTo = max(unclearTo ?? middle, middle)
          }
        }
      }
      result.outcome = .tips
      result.between = [space.inputs[0].value(low), space.inputs[0].value(high)]
      result.estimate = space.inputs[0].value(search.crossing(from: low, to: high))
    }
  }
  result.points = search.points.sorted { $0.coordinate < $1.coordinate }
  return result
}

private struct TippingSearch {
  let space: StudySpace
  let question: TippingQuestion
  let effort: TippingEffort
  var points: [TippingResult.Point] = []
  var unit = ""

  init(space: StudySpace, question: TippingQuestion, effort: TippingEffort) {
    self.space = space
    self.question = question
    self.effort = effort
  }

  var level: Double {
    switch question {
    case .risk(_, let level), .measure(_, _, let level): level
    case .difference: 0
    }
  }

  var measure: StudyMeasure {
    switch question {
    case .risk: .exhaustion
    case .measure(let measure, _, _), .difference(let measure, _, _): measure
    }
  }

  /// The side of a coordinate; `nil` where its value has been looked at, and halving on changes nothing.
  mutating func side(
    at coordinate: Double, _ runner: some ReplicationRunner, _ control: RunControl
  ) async throws -> TippingResult.Side? {
    let value = space.inputs[0].value(coordinate)
    if points.contains(where: { $0.value == value }) { return nil }
    return try await point(at: coordinate, runner, control).side(of: level)
  }

  mutating func point(
    at coordinate: Double, _ runner: some ReplicationRunner, _ control: RunControl
  ) async throws -> TippingResult.Point {
    let confidence = 1 - 0.05 / Double(effort.judgements)
    let design = try space.design([coordinate])
    unit = measure.unit(currency: design.currency)
    var values: [Double] = []
    var upTo = effort.replications
    while true {
      if let reason = control.stopReason { throw StudyError.gridStopped(reason) }
      let made = values.count
      let records = try await runPortion(
        design, replications: made..<upTo, runner: runner, control: control)
      values += try self.values(
        MeasuredStudy(design, records: records, measures: [measure]), design)
      // A replication without a case has no value; the number made still counts.
      let point = self.point(values, coordinate: coordinate, confidence: confidence)
      if point.side(of: level) != .undecided || values.count < upTo || 2 * upTo > effort.maximum {
        points.append(point)
        return point
      }
      upTo *= 2
    }
  }

  private func values(_ study: MeasuredStudy, _ design: StudyDesign) throws -> [Double] {
    func index(_ name: String) throws -> Int {
      guard let index = design.variants.firstIndex(where: { $0.name == name }) else {
        throw StudyError.noSuchVariant(name, known: design.variants.map(\.name))
      }
      return index
    }
    switch question {
    case .risk(let variant, _), .measure(_, let variant, _):
      return study.values(measure, ofVariant: try index(variant)).compactMap(\.self)
    case .difference(_, let variant, let other):
      return study.pairs(measure, try index(variant), try index(other)).map { $0.first - $0.second }
    }
  }

  private func point(
    _ values: [Double], coordinate: Double, confidence: Double
  ) -> TippingResult.Point {
    let interval: ConfidenceInterval? =
      switch question {
      case .risk:
        wilsonInterval(
          successes: values.count { $0 > 0 }, of: values.count, confidence: confidence)
      case .measure, .difference: meanInterval(RunningMoments(values), confidence: confidence)
      }
    return TippingResult.Point(
      coordinate: coordinate, value: space.inputs[0].value(coordinate),
      estimate: interval?.estimate ?? 0, lower: interval?.lower ?? -.infinity,
      upper: interval?.upper ?? .infinity, replications: values.count)
  }

  /// Where the estimates cross the level between two coordinates.
  func crossing(from low: Double, to high: Double) -> Double {
    let inside = points.filter { low...high ~= $0.coordinate }
      .sorted { $0.coordinate < $1.coordinate }
    for (a, b) in zip(inside, inside.dropFirst())
    where (a.estimate < level) != (b.estimate < level) {
      let share = (level - a.estimate) / (b.estimate - a.estimate)
      return a.coordinate + share * (b.coordinate - a.coordinate)
    }
    return (low + high) / 2
  }
}
