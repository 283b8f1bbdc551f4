public import EventLogs

/// How far a simulated log is from a real one, as the literature on process simulation measures it.
///
/// Each equals the function of the same name of the Python package log-distance-measures 2 (Chapela-Campa et
/// al., *Can I trust my simulation model?*, doi:10.1007/978-3-031-41620-0_2), with the settings that Simod and
/// AgentSimulator report: times in UTC, bins of an hour, start and end of each event, n-grams of three.
public struct LogDistances: Sendable, Hashable, Codable {
  /// N-gram distance: sum of the differences of the counts of all 3-grams over the sum of the counts; 0–1.
  public var nGram: Double
  /// Absolute event distribution: Wasserstein distance of the hours since the first start, in hours.
  public var absoluteEvent: Double
  /// Circadian event distribution: the same within the hours of a day, mean over the weekdays, in hours.
  public var circadianEvent: Double
  /// Relative event distribution: the same from the start of each case, in hours.
  public var relativeEvent: Double
  /// Cycle time distribution, in hours.
  public var cycleTime: Double
  /// Case arrival distribution, in hours.
  public var caseArrival: Double

  /// Measures two logs.
  ///
  /// - Precondition: both have events.
  public init(real: EventLog, simulated: EventLog) {
    precondition(!real.events.isEmpty && !simulated.events.isEmpty, "A distance needs events")
    nGram = nGramDistance(real, simulated, n: 3)
    absoluteEvent = absoluteDistance(real, simulated)
    circadianEvent = circadianDistance(real, simulated)
    relativeEvent = wasserstein(relativeHours(real), relativeHours(simulated))
    cycleTime = cycleTimeDistance(real, simulated)
    caseArrival = arrivalDistance(real, simulated)
  }

  enum CodingKeys: String, CodingKey {
    case nGram = "NGD"
    case absoluteEvent = "AEDD"
    case circadianEvent = "CEDD"
    case relativeEvent = "REDD"
    case cycleTime = "CTDD"
    case caseArrival = "CAR"
  }

  /// The values by the names that the literature uses, in its order.
  public var named: [(name: String, value: Double)] {
    [
      ("NGD", nGram), ("AEDD", absoluteEvent), ("CEDD", circadianEvent), ("REDD", relativeEvent),
      ("CTDD", cycleTime), ("CAR", caseArrival),
    ]
  }

  /// Means of several.
  public static func means(_ all: [LogDistances]) -> [(name: String, value: Double)] {
    guard let first = all.first else { return [] }
    return first.named.indices.map { index in
      (
        first.named[index].name,
        all.reduce(0) { $0 + $1.named[index].value } / Double(all.count)
      )
    }
  }
}

private let hour: Int64 = 3_600_000_000

/// Division that rounds down, for instants before 1970 too.
func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
  let quotient = a / b
  return a % b < 0 ? quotient - 1 : quotient
}

/// Wasserstein distance of two samples of whole numbers: the area between their distribution functions.
func wasserstein(_ a: [Int64], _ b: [Int64]) -> Double {
  if a.isEmpty || b.isEmpty { return 0 }
  let (first, second) = (a.sorted(), b.sorted())
  var (i, j) = (0, 0)
  var sum = 0.0
  var at = min(first[0], second[0])
  while i < first.count || j < second.count {
    while i < first.count, first[i] <= at { i += 1 }
    while j < second.count, second[j] <= at { j += 1 }
    var next = Int64.max
    if i < first.count { next = first[i] }
    if j < second.count { next = min(next, second[j]) }
    if next == .max { break }
    let distance = abs(
      Double(i) / Double(first.count) - Double(j) / Double(second.count))
    sum += distance * Double(next - at)
    at = next
  }
  return sum
}

/// Numbers for the activities of two logs by name, the same in both.
private func commonNumbers(_ a: EventLog, _ b: EventLog) -> ([Int], [Int]) {
  var numbers: [String: Int] = [:]
  func number(_ name: String) -> Int {
    let known = numbers[name] ?? numbers.count + 1
    numbers[name] = known
    return known
  }
  return (a.activities.map(number), b.activities.map(number))
}

private func nGramDistance(_ real: EventLog, _ simulated: EventLog, n: Int) -> Double {
  let (first, second) = commonNumbers(real, simulated)
  func counts(_ log: EventLog, _ numbers: [Int]) -> [[Int]: Int] {
    var counts: [[Int]: Int] = [:]
    let padding = [Int](repeating: 0, count: n - 1)
    for index in log.cases.indices {
      // Events of a case stand by start, end and place already.
      let trace = padding + log.events(ofCase: index).map { numbers[Int($0.activity)] } + padding
      for at in 0...(trace.count - n) { counts[Array(trace[at..<(at + n)]), default: 0] += 1 }
    }
    return counts
  }
  let (a, b) = (counts(real, first), counts(simulated, second))
  var difference = 0
  var total = 0
  // Sums of whole numbers do not depend on the order.
  for (gram, count) in a {
    difference += abs(count - (b[gram] ?? 0))
    total += count
  }
  for (gram, count) in b {
    if a[gram] == nil { difference += count }
    total += count
  }
  return Double(difference) / Double(total)
}

private func absoluteDistance(_ real: EventLog, _ simulated: EventLog) -> Double {
  let first = min(
    real.events.map(\.start).min() ?? 0, simulated.events.map(\.start).min() ?? 0)
  let origin = floorDivide(first, hour) * hour
  func bins(_ log: EventLog) -> [Int64] {
    log.events.flatMap {
      [floorDivide($0.start - origin, hour), floorDivide($0.end - origin, hour)]
    }
  }
  return wasserstein(bins(real), bins(simulated))
}

private func circadianDistance(_ real: EventLog, _ simulated: EventLog) -> Double {
  func bins(_ log: EventLog) -> [[Int64]] {
    var days = [[Int64]](repeating: [], count: 7)
    for event in log.events {
      for instant in [event.start, event.end] {
        let hours = floorDivide(instant, hour)
        let day = floorDivide(hours, 24)
        // 1970-01-01 was a Thursday.
        days[Int(((day + 3) % 7 + 7) % 7)].append(hours - day * 24)
      }
    }
    return days
  }
  let (a, b) = (bins(real), bins(simulated))
  var sum = 0.0
  for day in 0..<7 {
    if a[day].isEmpty && b[day].isEmpty { continue }
    // The package's penalty for a day that only one log has.
    sum += a[day].isEmpty || b[day].isEmpty ? 23 : wasserstein(a[day], b[day])
  }
  return sum / 7
}

private func relativeHours(_ log: EventLog) -> [Int64] {
  log.cases.indices.flatMap { index -> [Int64] in
    let events = log.events(ofCase: index)
    guard let first = events.map(\.start).min() else { return [] }
    return events.flatMap {
      [floorDivide($0.start - first, hour), floorDivide($0.end - first, hour)]
    }
  }
}

private func cycleTimeDistance(_ real: EventLog, _ simulated: EventLog) -> Double {
  func times(_ log: EventLog) -> [Int64] {
    log.cases.indices.compactMap { index in
      let events = log.events(ofCase: index)
      guard let first = events.map(\.start).min(), let last = events.map(\.end).max() else {
        return nil
      }
      return last - first
    }
  }
  let (a, b) = (times(real), times(simulated))
  let least = min(a.min() ?? 0, b.min() ?? 0)
  return wasserstein(
    a.map { floorDivide($0 - least, hour) }, b.map { floorDivide($0 - least, hour) })
}

private func arrivalDistance(_ real: EventLog, _ simulated: EventLog) -> Double {
  func arrivals(_ log: EventLog) -> [Int64] {
    log.cases.indices.compactMap { log.events(ofCase: $0).map(\.start).min() }
  }
  let (a, b) = (arrivals(real), arrivals(simulated))
  let origin = floorDivide(min(a.min() ?? 0, b.min() ?? 0), hour) * hour
  return wasserstein(
    a.map { floorDivide($0 - origin, hour) }, b.map { floorDivide($0 - origin, hour) })
}
