public import Facts
internal import Statistics

/// What was seen of a quantity in some days that follow each other.
public struct CourseStretch: Sendable, Hashable {
  /// Its first day, in UTC.
  public var day: CalendarDay
  /// How many days it has.
  public var days: Int
  /// Observations: attempts, answers or times.
  public var count: Int
  /// Mean of the quantity: of a share that of the Beta posterior, in 0...1; else of the observations.
  public var mean: Double
  /// Lower end of its interval of 95 %; `nil` of a single time.
  public var lower: Double?
  /// Upper end.
  public var upper: Double?
}

/// The share of something over time, in at most 40 stretches of a day, a week, four or thirteen weeks, or a year.
///
/// - Parameters:
///   - records: when each was, in microseconds since 1970, how often it could have happened then, and how often
///     it did.
func courseOfShares(_ records: [(time: Int64, successes: Int, trials: Int)]) -> [CourseStretch] {
  stretches(records.map(\.time)).compactMap { day, days, positions in
    let own = positions.map { records[$0] }
    return BetaPosterior(
      own.reduce(0) { $0 + $1.successes }, of: own.reduce(0) { $0 + $1.trials }
    ).map {
      CourseStretch(
        day: day, days: days, count: $0.trials, mean: $0.mean, lower: $0.lower, upper: $0.upper)
    }
  }
}

/// The mean of values over time, in the same stretches, with Student's interval.
func courseOfMeans(_ records: [(time: Int64, value: Double)]) -> [CourseStretch] {
  stretches(records.map(\.time)).map { day, days, positions in
    let values = positions.map { records[$0].value }
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let interval = ConfidenceInterval.mean(
      mean, deviation: (square / Double(max(1, values.count - 1))).squareRoot(),
      count: values.count)
    return CourseStretch(
      day: day, days: days, count: values.count, mean: mean,
      lower: interval.map { max(0, $0.lower) }, upper: interval?.upper)
  }
}

/// Positions of instants by stretch, the earliest first; stretches without any are left out.
private func stretches(_ times: [Int64]) -> [(day: CalendarDay, days: Int, positions: [Int])] {
  let days = times.map { Int((Double($0) / 86_400e6).rounded(.down)) }
  guard let first = days.min(), let last = days.max() else { return [] }
  let most = 40
  let span = last - first + 1
  let length = [1, 7, 28, 91, 364].first { span <= most * $0 } ?? (span + most - 1) / most
  var positions: [Int: [Int]] = [:]
  for (position, day) in days.enumerated() {
    positions[(day - first) / length, default: []].append(position)
  }
  return positions.keys.sorted().map { number in
    (CalendarDay(number: first + number * length), length, positions[number] ?? [])
  }
}
