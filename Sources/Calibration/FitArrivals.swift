internal import Scenarios

/// How cases arrive, as a log shows it.
public struct ArrivalFit: Sendable, Hashable {
  /// `regular`, `poisson` or `renewal`.
  public var pattern: String
  /// Keys under `demand.arrivals` and their values.
  public var lines: [Line]
  /// Relative intensity of days and hours, for `poisson`.
  public var weights: [Line]
  /// Hours in which cases arrive.
  public var hours: WeeklyHours
  /// Cases.
  public var count: Int
  /// Cases in an ordinary week.
  public var perWeek: Double
  /// Variation of the distances between arrivals in the open time; 1 where they are at random.
  public var variation: Double
  /// Slope of the weekly number of cases as a share of its mean per week, where it is more than twice its
  /// standard error; `nil` else.
  public var trend: Double?
  /// When the distances between arrivals, in seconds of open time, changed; what is measured is what holds
  /// since the last change.
  public var changes: [ChangePoint] = []

  /// A key and its value.
  public struct Line: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value as the language writes it.
    public var value: String
  }
}

extension CalibrationLog {
  /// When the cases begin, in order.
  var arrivals: [Int64] {
    (0..<caseCount).compactMap { index in
      range(ofCase: index).map { works[$0].start }.min()
    }.sorted()
  }
}

/// Finds how cases arrive.
///
/// Where the distances in open time vary as those of a Poisson process do (0.8–1.3), arrivals are one, with
/// the intensity of each weekday and hour; else they are drawn from the distances that were seen.
func fitArrivals(_ arrivals: [Int64]) -> ArrivalFit {
  var evidence = HourEvidence()
  for arrival in arrivals { evidence.add(instant: arrival) }
  let span = (arrivals.first ?? 0)...(arrivals.last ?? 0)
  let exposure = weeklyExposure(span)
  let hours =
    arrivals.count > 1 ? evidence.spans(of: evidence.plainHours(exposure: exposure)) : .always
  let all = zip(arrivals, arrivals.dropFirst()).map {
    Double(hours.work(from: $0, to: $1)) / 1e6
  }
  let changes = changePoints(all, times: Array(arrivals.dropFirst()))
  let gaps = Array(all[(changes.last?.position ?? 0)...])
  let mean = gaps.isEmpty ? 0 : gaps.reduce(0, +) / Double(gaps.count)
  let variance =
    gaps.count < 2
    ? 0 : gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count - 1)
  let variation = mean > 0 ? variance.squareRoot() / mean : 0
  let perWeek = mean > 0 ? Double(hours.minutesPerWeek) * 60 / mean : Double(arrivals.count)
  var fit = ArrivalFit(
    pattern: "renewal", lines: [], weights: [], hours: hours,
    count: changes.isEmpty ? arrivals.count : gaps.count, perWeek: perWeek, variation: variation,
    trend: trend(arrivals), changes: changes)
  guard mean > 0 else {
    // One case, or all at once: as many in a week, at random.
    fit.pattern = "poisson"
    fit.lines = [.init(key: "rate", value: "\(max(1, arrivals.count)) per week")]
    return fit
  }
  let median = gaps.sorted()[gaps.count / 2]
  let alike = gaps.count { abs($0 - median) <= max(1, 0.01 * median) }
  if Double(alike) >= 0.9 * Double(gaps.count) {
    fit.pattern = "regular"
    fit.lines = [.init(key: "between", value: durationText(roundedTime(median)))]
  } else if (0.8...1.3).contains(variation), gaps.count >= 30 {
    fit.pattern = "poisson"
    fit.lines = [.init(key: "rate", value: "\(plainNumber(perWeek)) per week")]
    fit.weights = weights(evidence, hours, exposure: exposure)
  } else {
    let values = groups(gaps.sorted()).map { durationText(roundedTime($0)) }
    fit.lines = [.init(key: "between", value: "empirical \(values.joined(separator: " "))")]
  }
  if fit.pattern != "poisson" { fit.lines.append(.init(key: "clock", value: "working")) }
  return fit
}

/// Factors of weekdays and of hours of the day, each against their share of the open time that the log
/// passes; hours and days that it does not pass have none.
func weights(
  _ evidence: HourEvidence, _ hours: WeeklyHours, exposure: [Double]
) -> [ArrivalFit.Line] {
  let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  var open = [Double](repeating: 0, count: 168)
  for span in hours.spans {
    for minute in stride(from: span.open, to: span.close, by: 1) { open[minute / 60] += 1 }
  }
  for hour in 0..<168 { open[hour] *= exposure[hour] }
  let total = (0..<168).reduce(0) { $0 + (open[$1] > 0 ? evidence.counts[$1] : 0) }
  let minutes = open.reduce(0, +)
  guard total > 0, minutes > 0 else { return [] }
  func line(_ key: String, _ part: [Int]) -> ArrivalFit.Line? {
    let time = part.reduce(0) { $0 + open[$1] }
    guard time > 0 else { return nil }
    let count = part.reduce(0) { $0 + (open[$1] > 0 ? evidence.counts[$1] : 0) }
    let factor = count / total / (time / minutes)
    return .init(key: key, value: plainNumber((factor * 10_000).rounded() / 10_000))
  }
  var lines = (0..<7).compactMap { day in
    line(names[day], (0..<24).map { day * 24 + $0 })
  }
  for hour in 0..<24 {
    let from = hour < 10 ? "0\(hour)" : "\(hour)"
    let to = hour + 1 < 10 ? "0\(hour + 1)" : "\(hour + 1)"
    if let found = line("\(from):00-\(to):00", (0..<7).map { $0 * 24 + hour }) {
      lines.append(found)
    }
  }
  return lines
}

/// The slope of the number of cases from week to week, by least squares over whole weeks.
private func trend(_ arrivals: [Int64]) -> Double? {
  guard let first = arrivals.first, let last = arrivals.last else { return nil }
  let week: Int64 = 604_800_000_000
  let count = Int((last - first) / week)
  guard count >= 6 else { return nil }
  var weeks = [Double](repeating: 0, count: count)
  for arrival in arrivals {
    let index = Int((arrival - first) / week)
    if index < count { weeks[index] += 1 }
  }
  let n = Double(count)
  let mean = weeks.reduce(0, +) / n
  guard mean > 0 else { return nil }
  let middle = (n - 1) / 2
  var (cross, square) = (0.0, 0.0)
  for (index, value) in weeks.enumerated() {
    cross += (Double(index) - middle) * (value - mean)
    square += (Double(index) - middle) * (Double(index) - middle)
  }
  let slope = cross / square
  let residual = weeks.enumerated().reduce(0) { sum, item in
    let error = item.element - mean - slope * (Double(item.offset) - middle)
    return sum + error * error
  }
  let error = (residual / (n - 2) / square).squareRoot()
  return abs(slope) > 2 * error ? slope / mean : nil
}

/// Seconds to the millisecond.
func roundedTime(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
