internal import Statistics

/// Days without anything among weekdays on which something happens, counted from 1970-01-01.
///
/// The counts of a weekday's other days are taken for negative binomial, with their mean and variance (Poisson
/// where they vary no more than that); a day without any is closed where the probability of none, times the
/// number of days looked at, is below 0.1 % (Bonferroni). Weekdays of which more than a quarter are empty tell
/// nothing, nor do fewer than four days; the first and the last day of the log are not looked at.
/// - Parameter instants: local instants, in microseconds since 1970, in any order.
func closedDays(_ instants: [Int64]) -> [Int] {
  let length: Int64 = 86_400_000_000
  var counts: [Int: Int] = [:]
  for instant in instants { counts[Int(floorDivide(instant, length)), default: 0] += 1 }
  guard let first = counts.keys.min(), let last = counts.keys.max(), last - first > 7 else {
    return []
  }
  var candidates: [(days: [Int], probability: Double)] = []
  var looked = 0
  for weekday in 0..<7 {
    let days = ((first + 1)..<last).filter { ($0 % 7 + 7) % 7 == weekday }
    let seen = days.compactMap { counts[$0] }.map(Double.init)
    let empty = days.filter { counts[$0] == nil }
    guard seen.count >= 4, empty.count * 4 <= days.count else { continue }
    looked += days.count
    let mean = seen.reduce(0, +) / Double(seen.count)
    let variance =
      seen.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seen.count - 1)
    let logarithm: Double
    if variance > mean {
      let size = mean * mean / (variance - mean)
      logarithm = size * naturalLogarithm(size / (size + mean))
    } else {
      logarithm = -mean
    }
    if !empty.isEmpty { candidates.append((empty, exponential(logarithm))) }
  }
  return candidates.filter { $0.probability * Double(looked) < 0.001 }.flatMap(\.days).sorted()
}

extension WeeklyHours {
  /// The same hours without some days; hours around the clock are those of software and have no holidays.
  func without(_ days: [Int]) -> WeeklyHours {
    isAlways || days.isEmpty ? self : WeeklyHours(spans, closed: closed + days)
  }
}
