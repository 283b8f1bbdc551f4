internal import Scenarios
public import Statistics

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
  /// The last arrival that counts, where so few cases begin after it that the log must be without those that were
  /// under way at its end; a local instant.
  public var thinsOut: Int64?
  /// Cases in an ordinary week with the 95 % interval; `nil` where there are too few.
  public var interval: ConfidenceInterval?
  /// Kolmogorov and Smirnov's distance of a Poisson process: of the distances, each in units of its expectation,
  /// from exponential ones; `nil` for other patterns.
  public var distance: Double?
  /// Its p-value, an upper bound since the intensity is fitted to the same arrivals.
  public var pValue: Double?

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
/// A change is looked for only among arrivals whose cases end within the log, since logs are often without the cases
/// that were under way at their end. Where fewer cases than before begin in what is left of the log, less than
/// chance would leave once in a thousand times, the distances before count.
///
/// Where the distances in open time vary as those of a Poisson process do (0.8–1.3), arrivals are one, with
/// the intensity of each weekday and hour; else they are drawn from the distances that were seen.
///
/// - Parameter whole: the last instant from which on almost every case still ends within the log; `nil` where it is
///   too early to tell anything.
func fitArrivals(_ arrivals: [Int64], whole: Int64? = .max) -> ArrivalFit {
  var evidence = HourEvidence()
  let haveNoHours = areDates(arrivals)
  for arrival in arrivals {
    if haveNoHours { evidence.add(day: arrival) } else { evidence.add(instant: arrival) }
  }
  let span = (arrivals.first ?? 0)...(arrivals.last ?? 0)
  let exposure = weeklyExposure(span)
  let hours =
    arrivals.count > 1 && showsHours(span)
    ? evidence.spans(of: evidence.plainHours(exposure: exposure)).without(closedDays(arrivals))
    : .always
  let all = zip(arrivals, arrivals.dropFirst()).map {
    Double(hours.work(from: $0, to: $1)) / 1e6
  }
  let times = Array(arrivals.dropFirst())
  let early = times.count { time in whole.map { time <= $0 } ?? false }
  let changes = changePoints(Array(all.prefix(early)), times: Array(times.prefix(early)))
  let since = changes.last?.position ?? 0
  let thinsOut =
    early - since >= ChangeCriterion.fewest
    && areLarger(Array(all[early...]), than: Array(all[since..<early]))
  let gaps = Array(all[since..<(thinsOut ? early : all.count)])
  let mean = gaps.isEmpty ? 0 : gaps.reduce(0, +) / Double(gaps.count)
  let variance =
    gaps.count < 2
    ? 0 : gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count - 1)
  let variation = mean > 0 ? variance.squareRoot() / mean : 0
  let perWeek = mean > 0 ? Double(hours.minutesPerWeek) * 60 / mean : Double(arrivals.count)
  var fit = ArrivalFit(
    pattern: "renewal", lines: [], weights: [], hours: hours,
    count: changes.isEmpty && !thinsOut ? arrivals.count : gaps.count, perWeek: perWeek,
    variation: variation,
    trend: trend(thinsOut ? Array(arrivals.prefix(early + 1)) : arrivals), changes: changes,
    thinsOut: thinsOut ? arrivals[early] : nil,
    interval: .rate(perWeek, variation: variation, count: gaps.count))
  guard roundedTime(mean) > 0 else {
    // One case, or all at once: as many in a week, at random.
    fit.pattern = "poisson"
    fit.lines = [.init(key: "rate", value: "\(max(1, arrivals.count)) per week")]
    return fit
  }
  let median = gaps.sorted()[gaps.count / 2]
  let alike = gaps.count { abs($0 - median) <= max(min(1, 0.05 * median), 0.01 * median) }
  if roundedTime(median) > 0, Double(alike) >= 0.9 * Double(gaps.count) {
    fit.pattern = "regular"
    fit.lines = [.init(key: "between", value: durationText(roundedTime(median)))]
  } else if (0.8...1.3).contains(variation), gaps.count >= 30 {
    fit.pattern = "poisson"
    fit.lines = [.init(key: "rate", value: "\(plainNumber(perWeek)) per week")]
    fit.weights = weights(evidence, hours, exposure: exposure)
    let intensity = WeeklyIntensity(evidence, hours, exposure: exposure)
    let kept = Array(arrivals[since...(since + gaps.count)])
    let scaled = zip(kept, kept.dropFirst()).compactMap { intensity.expected(from: $0, to: $1) }
      .filter { $0 > 0 }.sorted()
    let unit = scaled.reduce(0, +) / Double(max(1, scaled.count))
    if unit > 0, let test = KolmogorovSmirnovTest(scaled, cdf: { 1 - exponential(-$0 / unit) }) {
      fit.distance = test.statistic
      fit.pValue = test.pValue
    }
  } else {
    let values = groups(gaps.sorted()).map { durationText(roundedTime($0)) }
    fit.lines = [.init(key: "between", value: "empirical \(values.joined(separator: " "))")]
  }
  if fit.pattern != "poisson" { fit.lines.append(.init(key: "clock", value: "working")) }
  return fit
}

/// Whether values are larger than others by more than chance makes them in one of a thousand times (Welch, taken for
/// normal); those of nothing are not.
func areLarger(_ late: [Double], than early: [Double]) -> Bool {
  guard late.count >= 10, early.count >= 10 else { return false }
  func moments(_ values: [Double]) -> (mean: Double, error: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, square / (n - 1) / n)
  }
  let (a, b) = (moments(late), moments(early))
  let error = (a.error + b.error).squareRoot()
  return error > 0 && normalSurvival((a.mean - b.mean) / error) < 0.001
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

/// How many cases are to be expected between two instants, by weekday and hour as the weights have it.
private struct WeeklyIntensity {
  private let hours: WeeklyHours
  /// Relative intensity of each hour of the week.
  private let cells: [Double]

  init(_ evidence: HourEvidence, _ hours: WeeklyHours, exposure: [Double]) {
    self.hours = hours
    var byKey: [String: Double] = [:]
    for line in weights(evidence, hours, exposure: exposure) {
      byKey[line.key] = Double(line.value)
    }
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cells = (0..<168).map { cell in
      func pair(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : "\(hour)" }
      let hour = "\(pair(cell % 24)):00-\(pair(cell % 24 + 1)):00"
      return (byKey[days[cell / 24]] ?? 1) * (byKey[hour] ?? 1)
    }
  }

  /// In arbitrary units; `nil` over more than four weeks, of which nothing is to be learnt.
  func expected(from start: Int64, to end: Int64) -> Double? {
    let hour: Int64 = 3_600_000_000
    guard end - start < 672 * hour else { return nil }
    var sum = 0.0
    var at = start
    while at < end {
      let next = min(end, (floorDivide(at, hour) + 1) * hour)
      sum +=
        Double(hours.work(from: at, to: next))
        * cells[Int(WeeklyHours.place(at).within / hour)]
      at = next
    }
    return sum
  }
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
