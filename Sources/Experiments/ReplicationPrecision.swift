internal import Simulation
public import Statistics

/// How precise which measures are to be before a study may end.
public struct PrecisionPlan: Sendable, Hashable, Codable {
  /// What is asked for; every variant has to meet it.
  public var requests: [Request]
  /// Fewest replications.
  public var minimum: Int
  /// Replications over which precision has to last, see `PrecisionRule.lookAhead`.
  public var lookAhead: Int

  /// Creates a plan.
  public init(requests: [Request], minimum: Int = 10, lookAhead: Int = 5) {
    self.requests = requests
    self.minimum = minimum
    self.lookAhead = lookAhead
  }

  /// A measure and how precise it is to be.
  public struct Request: Sendable, Hashable, Codable {
    /// The measure.
    public var measure: StudyMeasure
    /// How precise.
    public var target: PrecisionTarget

    /// Creates a request.
    public init(measure: StudyMeasure, target: PrecisionTarget) {
      self.measure = measure
      self.target = target
    }
  }

  func rule(maximum: Int) -> PrecisionRule {
    let most = max(2, maximum)
    return PrecisionRule(minimum: min(max(2, minimum), most), lookAhead: lookAhead, maximum: most)
  }
}

/// How precise the figures of a study became that was to end with that.
public struct PrecisionResult: Sendable, Codable, Equatable {
  /// Why it ended.
  public var outcome: Outcome
  /// Replications of each variant that were made and count.
  public var replications: Int
  /// Most that were allowed.
  public var maximum: Int
  /// Replications over which the precision had to last.
  public var lookAhead: Int
  /// What was asked for and what became of it, by measure and variant.
  public var rows: [Row]

  /// Ways to end.
  public enum Outcome: String, Sendable, Codable {
    /// All is as precise as asked for.
    case reached
    /// The most replications allowed were not enough.
    case notReached = "not_reached"
    /// It was stopped before.
    case stopped
  }

  /// One measure of one variant.
  public struct Row: Sendable, Codable, Equatable {
    /// The measure.
    public var measure: StudyMeasure
    /// The variant.
    public var variant: String
    /// Unit of estimate and half-width.
    public var unit: String
    /// What was asked for.
    public var target: PrecisionTarget
    /// The mean, or the share.
    public var estimate: Double
    /// Half the width of its interval; of a share that of Wilson's.
    public var halfWidth: Double
    /// The half-width as a share of the estimate; `nil` where that is zero.
    public var relative: Double?
    /// Whether it is as precise as asked for.
    public var isMet: Bool
  }
}

/// The replications of a study: all, or as many as make it precise.
///
/// They are looked at in their order, in whatever portions they are made; what was made beyond the end is
/// dropped, so that neither the portions nor threads decide anything.
func runPrecisely(
  _ design: StudyDesign, runner: some ReplicationRunner, control: RunControl
) async throws -> (records: [[ReplicationRecord]], precision: PrecisionResult?) {
  guard let plan = design.precision, !plan.requests.isEmpty else {
    return (try await runReplications(design, runner: runner, control: control), nil)
  }
  let rule = plan.rule(maximum: design.replications)
  let measures = plan.requests.map(\.measure)
  var watch = PrecisionWatch(
    design.variants.flatMap { _ in plan.requests.map(\.target) },
    proportions: design.variants.flatMap { _ in measures.map { $0 == .exhaustion } }, rule: rule)
  var records = design.variants.map { _ in [ReplicationRecord]() }
  while watch.end == nil, watch.count < rule.maximum {
    let from = watch.count
    let portion =
      from == 0 ? rule.minimum + rule.ahead(of: rule.minimum) : max(8, from / 4)
    let upTo = min(from + portion, rule.maximum)
    let more = try await runReplications(
      design, replications: from..<upTo, runner: runner, control: control)
    let measured = MeasuredStudy(design, records: more, measures: measures)
    let count = more.first?.count ?? 0
    for replication in 0..<count where watch.end == nil {
      watch.add(
        design.variants.indices.flatMap { variant in
          measures.map { measured.values($0, ofVariant: variant)[replication] }
        })
    }
    for variant in design.variants.indices {
      records[variant] += more[variant].prefix(watch.count - from)
    }
    if count < upTo - from { break }
  }
  return (records, PrecisionResult(design, plan: plan, watch: watch, control: control))
}

extension PrecisionResult {
  fileprivate init(
    _ design: StudyDesign, plan: PrecisionPlan, watch: PrecisionWatch, control: RunControl
  ) {
    let rule = watch.rule
    outcome =
      watch.end != nil ? .reached : watch.count >= rule.maximum ? .notReached : .stopped
    replications = watch.count
    maximum = rule.maximum
    lookAhead = rule.lookAhead
    let intervals = watch.intervals
    let count = plan.requests.count
    rows = design.variants.indices.flatMap { variant in
      plan.requests.indices.compactMap { position -> Row? in
        let request = plan.requests[position]
        guard let interval = intervals[variant * count + position] else { return nil }
        return Row(
          measure: request.measure, variant: design.variants[variant].name,
          unit: request.measure.unit(currency: design.currency), target: request.target,
          estimate: interval.estimate, halfWidth: interval.halfWidth,
          relative: interval.relativeHalfWidth, isMet: request.target.isMet(by: interval))
      }
    }
  }
}
