internal import Statistics

/// From when on the flow is learned, where the ways of cases are not what they were.
struct FlowSince {
  /// Arrival of the first case that it is learned from, as a local instant.
  var time: Int64
  /// How much better a later case is foretold by those since then than by all, in nats.
  var gain: Double
}

/// Finds from when on cases go the ways that they go now; `nil` where all of them tell as much.
///
/// Of the cases whose end the log can show the last fifth is left out. It is foretold by all that came before, and by
/// the last half, quarter, eighth and sixteenth of these; the one with the largest gain of log-likelihood is taken where
/// the gain is more than 0 by a one-sided test over cases (0.1 %). Fewer cases foretell worse where nothing changed.
///
/// - Parameters:
///   - sequences: the blocks of each case, as symbols from 0.
///   - starts: the arrival of each case.
///   - whole: the last instant from which on almost all cases end within the log; `nil` where it cannot tell.
func flowSince(_ sequences: [[Int]], starts: [Int64], whole: Int64?) -> FlowSince? {
  guard let whole else { return nil }
  var order = sequences.indices.filter { starts[$0] <= whole }
    .sorted { (starts[$0], $0) < (starts[$1], $1) }
  // Of many cases a part tells as much.
  let events = order.reduce(0) { $0 + sequences[$1].count }
  let step = max(1, events / 200_000)
  if step > 1 { order = stride(from: 0, to: order.count, by: step).map { order[$0] } }
  guard order.count >= 200 else { return nil }
  let known = order.count - order.count / 5
  let later = order[known...]
  let symbols = (sequences.lazy.joined().max() ?? 0) + 1
  func logarithms(since first: Int) -> [Double] {
    let ways = NextBlocks(order[first..<known].map { sequences[$0] }, symbols: symbols)
    return later.map { ways.logarithm(of: sequences[$0]) }
  }
  let all = logarithms(since: 0)
  var best: FlowSince?
  for part in [2, 4, 8, 16] where known / part >= 50 {
    let first = known - known / part
    let gains = zip(logarithms(since: first), all).map { $0 - $1 }
    let n = Double(gains.count)
    let mean = gains.reduce(0, +) / n
    let square = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (square / (n - 1) / n).squareRoot()
    guard error > 0, normalSurvival(mean / error) < 0.001, mean > best?.gain ?? 0 else { continue }
    best = FlowSince(time: starts[order[first]], gain: mean)
  }
  return best
}

/// How often a block comes after the two before it.
///
/// A pair that was seen n times counts n against 1 of the last block alone, and that as much against each block alike.
private struct NextBlocks {
  private let base: Int
  private var triples: [Int: Int] = [:]
  private var pairs: [Int: Int] = [:]
  private var afterOne: [Int: Int] = [:]
  private var single: [Int: Int] = [:]

  init(_ sequences: [[Int]], symbols: Int) {
    // Two more stand for the beginning and the end.
    base = symbols + 2
    for sequence in sequences {
      forEach(sequence) { a, b, next in
        triples[(a * base + b) * base + next, default: 0] += 1
        pairs[a * base + b, default: 0] += 1
        afterOne[b * base + next, default: 0] += 1
        single[b, default: 0] += 1
      }
    }
  }

  /// Logarithm of the probability of a case.
  func logarithm(of sequence: [Int]) -> Double {
    var sum = 0.0
    forEach(sequence) { a, b, next in
      let one =
        (Double(afterOne[b * base + next] ?? 0) + 1 / Double(base - 1))
        / (Double(single[b] ?? 0) + 1)
      let two =
        (Double(triples[(a * base + b) * base + next] ?? 0) + one)
        / (Double(pairs[a * base + b] ?? 0) + 1)
      sum += naturalLogarithm(two)
    }
    return sum
  }

  private func forEach(_ sequence: [Int], _ body: (Int, Int, Int) -> Void) {
    var (a, b) = (base - 2, base - 2)
    for next in sequence {
      body(a, b, next)
      (a, b) = (b, next)
    }
    body(a, b, base - 1)
  }
}
