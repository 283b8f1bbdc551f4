internal import Statistics

/// Waiting before an activity after certain others.
public struct DelayAfter: Sendable {
  /// What was done before, by names; empty for all that has no waiting of its own.
  public var after: [String]
  /// The waiting.
  public var time: TimeFit
  /// The blocks after which it is so; empty as before.
  var symbols: [Int] = []
}

/// Groups of waits by what was done before them, where that tells.
///
/// What came before fewer than 50 waits is put together. The groups stand where ranks differ (Kruskal and Wallis, 0.1 %)
/// and where waits of cases that were left out are foretold better by their group than by all together: five-fold, by the
/// continuous ranked probability score, one-sided at 1 %. Source of the score: Gneiting and Raftery 2007,
/// doi:10.1198/016214506000001437.
///
/// - Parameter waits: of each wait the block before it, its case and its length in seconds.
/// - Returns: the blocks of each group with its lengths, the rest at last with no block; empty where one will do.
func waitsByContext(
  _ waits: [(symbol: Int, caseIndex: Int, seconds: Double)]
) -> [(symbols: [Int], seconds: [Double])] {
  let fewest = 50
  var places: [Int: [Int]] = [:]
  for (place, wait) in waits.enumerated() { places[wait.symbol, default: []].append(place) }
  var groups: [(symbols: [Int], places: [Int])] = []
  var rest: [Int] = []
  for symbol in places.keys.sorted() {
    let own = places[symbol] ?? []
    if symbol == FlowContext.unknown || own.count < fewest {
      rest += own
    } else {
      groups.append(([symbol], own))
    }
  }
  guard groups.count + (rest.count >= fewest ? 1 : 0) > 1 else { return [] }
  // A rest of few has all waits, so that it says no more than is known.
  groups.append(([], rest.count >= fewest ? rest : Array(waits.indices)))
  let tested = rest.count >= fewest ? groups : Array(groups.dropLast())
  guard kruskalWallis(tested.map { $0.places.map { waits[$0].seconds } }) < 0.001 else { return [] }
  var gains: [Double] = []
  for fold in 0..<5 {
    func isHeldOut(_ place: Int) -> Bool { waits[place].caseIndex % 5 == fold }
    let all = RankedScore(waits.indices.filter { !isHeldOut($0) }.map { waits[$0].seconds })
    for group in tested {
      let own = RankedScore(group.places.filter { !isHeldOut($0) }.map { waits[$0].seconds })
      guard let own, let all else { continue }
      for place in group.places where isHeldOut(place) {
        gains.append(all.score(waits[place].seconds) - own.score(waits[place].seconds))
      }
    }
  }
  let n = Double(gains.count)
  guard n > 1 else { return [] }
  let mean = gains.reduce(0, +) / n
  let square = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let error = (square / (n - 1) / n).squareRoot()
  guard error > 0, mean > 2.326 * error else { return [] }
  return groups.map { group in (group.symbols, group.places.map { waits[$0].seconds }) }
}

/// The continuous ranked probability score of a sample: E|X − y| − E|X − X′| / 2.
private struct RankedScore {
  private let sorted: [Double]
  /// Sums of the smallest values.
  private let sums: [Double]
  private let spread: Double

  init?(_ sample: [Double]) {
    guard !sample.isEmpty else { return nil }
    sorted = sample.sorted()
    var sum = 0.0
    var sums = [0.0]
    var spread = 0.0
    let n = Double(sample.count)
    for (index, value) in sorted.enumerated() {
      sum += value
      sums.append(sum)
      spread += (2 * Double(index) + 1 - n) * value
    }
    self.sums = sums
    self.spread = spread / (n * n)
  }

  func score(_ value: Double) -> Double {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    let (below, n) = (Double(low), Double(sorted.count))
    let total = sums[sorted.count]
    let distance = below * value - sums[low] + (total - sums[low]) - (n - below) * value
    return distance / n - spread
  }
}

/// Of each piece of work the block before its own.
struct FlowContext {
  /// What stands for the beginning of a case.
  static let start = FlowChain.start
  /// Work within a block side by side has no block before it that says anything.
  static let unknown = Int.min
  /// By place in `CalibrationLog.works`.
  var before: [Int]

  init(_ chain: FlowChain, sequences: [[Int]], lastWorks: [[Int]], works: Int) {
    before = [Int](repeating: Self.unknown, count: works)
    for (sequence, lasts) in zip(sequences, lastWorks) {
      for (position, symbol) in sequence.enumerated() {
        guard case .activity = chain.shapes[symbol] else { continue }
        before[lasts[position]] = position == 0 ? Self.start : sequence[position - 1]
      }
    }
  }
}
