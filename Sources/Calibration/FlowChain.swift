internal import Statistics

/// A flow as a Markov chain of variable order: what comes next depends on as much of the past as tells.
///
/// A state is a context, the last blocks that were done; a longer one stands in its own right where it
/// changes what comes next by more than it costs in parameters (Akaike's criterion). Source: Ron, Singer and
/// Tishby, *The power of amnesia*, Machine Learning 25 (1996), doi:10.1023/A:1026490906255; the criterion in
/// place of their thresholds is ours.
struct FlowChain {
  /// Shapes of blocks; symbol s is `shapes[s]`.
  var shapes: [BlockShape] = []
  /// The contexts, the oldest block first; the first context is the empty one at the start of a case.
  var states: [[Int]] = []
  /// For each state what comes next: symbol (−1 for the end), state, and how many times it was seen.
  var next: [[Step]] = []
  /// Cases it is made of.
  var caseCount = 0

  /// What comes next.
  struct Step {
    /// The block; −1 for the end of the case.
    var symbol: Int
    /// State afterwards; −1 at the end.
    var state: Int
    /// Times seen.
    var count: Int
  }

  /// Mark of the beginning of a case in contexts.
  static let start = -2
  static let end = -1
  /// No context is longer.
  static let longest = 8
  /// Fewest visits of a context that stands in its own right.
  static let fewest = 10
  /// Most states; beyond it contexts need more visits.
  static let most = 1_500

  /// Learns from sequences of symbols.
  init(_ sequences: [[Int]], shapes: [BlockShape]) {
    self.shapes = shapes
    caseCount = sequences.count
    var fewest = Self.fewest
    var contexts = Self.contexts(of: sequences, fewest: fewest)
    while contexts.count > Self.most, contexts.contains(where: { $0.count > 1 }) {
      fewest *= 2
      contexts = Self.contexts(of: sequences, fewest: fewest)
    }
    build(sequences, contexts)
  }

  /// Follows how often each symbol comes after each context.
  private static func contexts(of sequences: [[Int]], fewest: Int) -> [[Int]] {
    struct Node {
      var counts: [Int: Int] = [:]
      var places: [(sequence: Int, position: Int)] = []
      var total: Int { places.count }
    }
    func symbol(_ sequence: [Int], _ position: Int) -> Int {
      position == sequence.count ? end : sequence[position]
    }
    // Contexts of one block, and the start.
    var open: [[Int]: Node] = [:]
    for (number, sequence) in sequences.enumerated() {
      for position in 0...sequence.count {
        let context = [position == 0 ? start : sequence[position - 1]]
        open[context, default: Node()].counts[symbol(sequence, position), default: 0] += 1
        open[context, default: Node()].places.append((number, position))
      }
    }
    var kept = Set(open.keys)
    while !open.isEmpty {
      var longer: [[Int]: Node] = [:]
      for (context, node) in open
      where context.count < longest && context[0] != start && node.counts.count > 1 {
        var children: [Int: Node] = [:]
        for (number, position) in node.places {
          let at = position - context.count - 1
          let older = at < 0 ? start : sequences[number][at]
          children[older, default: Node()].counts[
            symbol(sequences[number], position), default: 0] += 1
          children[older, default: Node()].places.append((number, position))
        }
        for (older, child) in children where child.total >= fewest {
          let extended = [older] + context
          // Where a further block alone tells nothing, one before it still may.
          longer[extended] = child
          if gain(child.counts, over: node.counts) > 0 { kept.insert(extended) }
        }
      }
      open = longer
    }
    // A state must know enough of the past to say which state comes next.
    var all = kept
    for context in kept {
      var prefix = context
      while prefix.count > 1 {
        prefix.removeLast()
        all.insert(prefix)
      }
      var suffix = context
      while suffix.count > 1 {
        suffix.removeFirst()
        all.insert(suffix)
      }
    }
    return all.sorted {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }
  }

  /// How much a context says beyond the shorter one, less its price: half the G² statistic less its degrees
  /// of freedom.
  private static func gain(_ counts: [Int: Int], over parent: [Int: Int]) -> Double {
    let total = Double(counts.values.reduce(0, +))
    let parentTotal = Double(parent.values.reduce(0, +))
    var information = 0.0
    for (symbol, count) in counts.sorted(by: { $0.key < $1.key }) {
      let expected = Double(parent[symbol] ?? 0) / parentTotal
      information += Double(count) * naturalLogarithm(Double(count) / total / expected)
    }
    return information - Double(parent.count - 1)
  }

  private mutating func build(_ sequences: [[Int]], _ contexts: [[Int]]) {
    states = contexts
    let index = Dictionary(uniqueKeysWithValues: contexts.enumerated().map { ($1, $0) })
    var counts = [[Int: Step]](repeating: [:], count: contexts.count)
    func state(_ history: ArraySlice<Int>) -> Int {
      var suffix = history.suffix(Self.longest)
      while !suffix.isEmpty {
        if let found = index[Array(suffix)] { return found }
        suffix = suffix.dropFirst()
      }
      return index[[Self.start]] ?? 0
    }
    for sequence in sequences {
      let history = [Self.start] + sequence
      var at = state(history[0..<1])
      for position in 0...sequence.count {
        let symbol = position == sequence.count ? Self.end : sequence[position]
        let following = symbol == Self.end ? -1 : state(history[0...(position + 1)])
        // A state says which comes next; where two histories of it differ there, the first one decides.
        let known = counts[at][symbol]
        counts[at][symbol] = Step(
          symbol: symbol, state: known?.state ?? following, count: (known?.count ?? 0) + 1)
        at = symbol == Self.end ? at : counts[at][symbol]?.state ?? following
      }
    }
    next = counts.map { row in
      row.values.sorted { ($1.count, $0.symbol) < ($0.count, $1.symbol) }
    }
  }

  /// The states that a sequence passes, one more than its symbols: the first is that of the start.
  func states(of sequence: [Int]) -> [Int] {
    var at = states.firstIndex(of: [Self.start]) ?? 0
    var passed = [at]
    for symbol in sequence {
      guard let step = next[at].first(where: { $0.symbol == symbol }) else { break }
      at = step.state
      passed.append(at)
    }
    return passed
  }
}
