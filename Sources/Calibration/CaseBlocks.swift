internal import EventLogs

/// Work of a case in its order: one thing after the other, or side by side.
indirect enum WorkOrder {
  /// A piece of work, by its place in `CalibrationLog.works`.
  case work(Int)
  /// One after the other.
  case sequence([WorkOrder])
  /// Side by side.
  case parallel([WorkOrder])
}

/// What a block of work consists of, without saying on which case.
indirect enum BlockShape: Hashable, Comparable {
  /// An activity.
  case activity(Int)
  /// One after the other.
  case sequence([BlockShape])
  /// Side by side, in ascending order.
  case parallel([BlockShape])

  private var key: [Int] {
    switch self {
    case .activity(let index): [index]
    case .sequence(let parts): [-1] + parts.flatMap(\.key) + [-3]
    case .parallel(let parts): [-2] + parts.flatMap(\.key) + [-3]
    }
  }

  static func < (a: BlockShape, b: BlockShape) -> Bool {
    a.key.lexicographicallyPrecedes(b.key)
  }

  /// Its activities.
  var activities: [Int] {
    switch self {
    case .activity(let index): [index]
    case .sequence(let parts), .parallel(let parts): parts.flatMap(\.activities)
    }
  }
}

/// Which activities go on side by side: the pairs whose work overlaps in time, in no order of their own.
///
/// Of two that always begin in one order the second goes on when the first is nearly done, unless they hardly ever do
/// not overlap, or the second follows another activity that is side by side with the first: then it is a later step of
/// another branch. So are those that begin in the order in which others end (`branchSteps`).
struct Concurrency {
  /// The pairs, each by one number.
  private var pairs: Set<Int> = []
  private let activities: Int

  /// Whether two activities can go on at the same time.
  func holds(_ a: Int, _ b: Int) -> Bool { pairs.contains(pair(a, b)) }
  var isEmpty: Bool { pairs.isEmpty }

  /// Share of neighbouring pairs that must overlap; below it an overlap is taken for noise.
  static let share = 0.05
  /// Share of neighbouring pairs that begin together or in the rarer order; below it they have an order.
  static let disorder = 0.1
  /// Share of neighbouring pairs that overlap from which on they are side by side in spite of an order.
  static let mostly = 0.75
  /// Pieces of work that are looked at behind each.
  static let window = 32

  private func pair(_ a: Int, _ b: Int) -> Int { min(a, b) * activities + max(a, b) }

  /// What is counted of two activities.
  private struct Neighbours {
    /// Pairs of pieces of work.
    var count = 0
    /// Those that overlap.
    var overlaps = 0
    /// Those that begin together.
    var together = 0
    /// Those of which the activity of the smaller number begins first.
    var inOrder = 0

    /// Those that do not overlap, by which comes first.
    var apartInOrder = 0
    var apartInverse = 0

    mutating func add(overlaps isOverlap: Bool, together isTogether: Bool, inOrder isInOrder: Bool)
    {
      count += 1
      if isOverlap { overlaps += 1 }
      if isTogether { together += 1 } else if isInOrder { inOrder += 1 }
      if !isOverlap, !isTogether {
        if isInOrder { apartInOrder += 1 } else { apartInverse += 1 }
      }
    }

    /// Those in which the activity of the larger number begins first.
    var inverse: Int { count - together - inOrder }
    /// Whether they overlap at all.
    var overlap: Bool { overlaps >= 2 && Double(overlaps) >= Concurrency.share * Double(count) }
    /// Whether they begin in either order or together, or hardly ever do not overlap.
    var hasNoOrder: Bool {
      Double(together + min(inOrder, inverse)) >= Concurrency.disorder * Double(count)
        || Double(overlaps) >= Concurrency.mostly * Double(count)
    }
  }

  /// Finds the pairs in a log with start times.
  ///
  /// Two pieces of work of a case are neighbours where no third fits between them.
  init(_ log: CalibrationLog) {
    activities = log.activities.count
    var found: [Int: Neighbours] = [:]
    guard log.hasStartTimes else { return }
    for index in 0..<log.caseCount {
      let range = log.range(ofCase: index)
      for first in range {
        let a = log.works[first]
        var earliestEnd = Int64.max
        for second in (first + 1)..<max(first + 1, min(range.upperBound, first + 1 + Self.window)) {
          let b = log.works[second]
          if b.start >= earliestEnd { break }
          if b.start >= a.end { earliestEnd = min(earliestEnd, b.end) }
          guard a.activity != b.activity else { continue }
          let slack = min(
            roundingOverlap(from: a.start, to: a.end), roundingOverlap(from: b.start, to: b.end))
          let overlaps = b.start + slack < a.end && a.start + slack < b.end
          found[pair(a.activity, b.activity), default: Neighbours()].add(
            overlaps: overlaps, together: a.start == b.start,
            inOrder: a.activity < b.activity)
        }
      }
    }
    for (pair, counts) in found where counts.overlap && counts.hasNoOrder { pairs.insert(pair) }
    let unordered = pairs
    for (pair, counts) in found where counts.overlap && !unordered.contains(pair) {
      let (low, high) = (pair / activities, pair % activities)
      let (first, second) = counts.inOrder >= counts.inverse ? (low, high) : (high, low)
      // The second step of a branch begins after the first of the other one, and is side by side with it.
      let isLaterStep = (0..<activities).contains { before in
        guard before != first, before != second, unordered.contains(self.pair(first, before)),
          let steps = found[self.pair(before, second)]
        else { return false }
        let apart = before < second ? steps.apartInOrder : steps.apartInverse
        return 2 * apart >= counts.count
      }
      if isLaterStep { pairs.insert(pair) }
    }
    for steps in log.branchSteps(couples) {
      pairs.insert(pair(steps.earlier[0], steps.later[1]))
      pairs.insert(pair(steps.earlier[1], steps.later[0]))
    }
  }

  /// The pairs that are side by side with no third, in ascending order.
  private var couples: [[Int]] {
    var partners = [Int](repeating: 0, count: activities)
    for pair in pairs {
      partners[pair / activities] += 1
      partners[pair % activities] += 1
    }
    return pairs.sorted().map { [$0 / activities, $0 % activities] }.filter { pair in
      pair.allSatisfy { partners[$0] == 1 }
    }
  }
}

extension CalibrationLog {
  /// The blocks of a case, one after the other; within a block work goes on side by side.
  func blocks(ofCase index: Int, _ concurrency: Concurrency) -> [WorkOrder] {
    let range = range(ofCase: index)
    if concurrency.isEmpty || range.count < 2 { return range.map { .work($0) } }
    let works = Array(range)
    // Furthest work that each is unordered with.
    var reach = Array(works.indices)
    for i in works.indices {
      var followers: [Int] = []
      for j in (i + 1)..<max(i + 1, min(works.count, i + 1 + Concurrency.window)) {
        let isAfter =
          !areUnordered(works[i], works[j], concurrency)
          || followers.contains { !areUnordered(works[$0], works[j], concurrency) }
        if isAfter { followers.append(j) } else { reach[i] = j }
        if followers.count > 3 { break }
      }
    }
    var blocks: [WorkOrder] = []
    var first = 0
    while first < works.count {
      var last = first
      var at = first
      while at <= last {
        last = max(last, reach[at])
        at += 1
      }
      blocks.append(order(Array(works[first...last]), concurrency))
      first = last + 1
    }
    return blocks
  }

  private func areUnordered(_ a: Int, _ b: Int, _ concurrency: Concurrency) -> Bool {
    concurrency.holds(works[a].activity, works[b].activity)
  }

  /// A series-parallel order of some work of one case; where the order is no such one, that of the starts.
  private func order(_ items: [Int], _ concurrency: Concurrency) -> WorkOrder {
    if items.count == 1 { return .work(items[0]) }
    // Before: for each the ones that come before it, closed over.
    let count = items.count
    var before = [[Bool]](repeating: [Bool](repeating: false, count: count), count: count)
    for j in 0..<count {
      for i in (0..<j).reversed() where !areUnordered(items[i], items[j], concurrency) {
        before[j][i] = true
        for k in 0..<i where before[i][k] { before[j][k] = true }
      }
    }
    return compose(Array(0..<count), before, items)
  }

  private func compose(_ part: [Int], _ before: [[Bool]], _ items: [Int]) -> WorkOrder {
    if part.count == 1 { return .work(items[part[0]]) }
    func related(_ i: Int, _ j: Int) -> Bool { before[i][j] || before[j][i] }
    let side = components(part) { related($0, $1) }
    if side.count > 1 { return .parallel(side.map { compose($0, before, items) }) }
    let series = components(part) { !related($0, $1) }
    if series.count > 1 {
      // Components of the unordered relation follow each other in the order of their first members,
      // unless they are interleaved, which no series is.
      let isOrdered = zip(series, series.dropFirst()).allSatisfy { a, b in
        (a.max() ?? 0) < (b.min() ?? 0)
      }
      if isOrdered { return .sequence(series.map { compose($0, before, items) }) }
    }
    return .sequence(part.map { .work(items[$0]) })
  }

  private func components(_ part: [Int], _ touches: (Int, Int) -> Bool) -> [[Int]] {
    var left = part
    var found: [[Int]] = []
    while let seed = left.first {
      var component = [seed]
      left.removeFirst()
      var next = 0
      while next < component.count {
        let member = component[next]
        component += left.filter { touches(member, $0) }
        left.removeAll { touches(member, $0) }
        next += 1
      }
      found.append(component.sorted())
    }
    return found
  }

  /// The shape of an order of work.
  func shape(of order: WorkOrder) -> BlockShape {
    switch order {
    case .work(let index): .activity(works[index].activity)
    case .sequence(let parts): .sequence(parts.map { shape(of: $0) })
    case .parallel(let parts): .parallel(parts.map { shape(of: $0) }.sorted())
    }
  }

  /// Notes when each piece of work could begin, given when the first could; gives when the last ended.
  mutating func enable(_ order: WorkOrder, at time: Int64) -> Int64 {
    switch order {
    case .work(let index):
      works[index].enabled = min(time, works[index].start)
      return works[index].end
    case .sequence(let parts):
      var at = time
      for part in parts { at = max(at, enable(part, at: at)) }
      return at
    case .parallel(let parts):
      var last = time
      for part in parts { last = max(last, enable(part, at: time)) }
      return last
    }
  }

  /// The work of an order in the order of its starts.
  func flattened(_ order: WorkOrder) -> [Int] {
    switch order {
    case .work(let index): [index]
    case .sequence(let parts), .parallel(let parts): parts.flatMap { flattened($0) }.sorted()
    }
  }
}
