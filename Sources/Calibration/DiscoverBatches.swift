public import Statistics

/// Work that is collected and done in one.
public struct BatchFit: Sendable {
  /// Cases of a full batch.
  public var size: Int
  /// Fewest cases seen in a batch that was not full.
  public var minimum: Int
  /// Longest wait of the first case for a full batch, in seconds of the team's working time; `nil` where batches
  /// wait until they are full.
  public var wait: Double?
  /// Working time once per batch, in seconds, with its interval; 0 where it cannot be told from none.
  public var setup: Double
  /// Its 95 % interval; `nil` where all batches are of one size, so that it cannot be told from the rest.
  public var setupInterval: ConfidenceInterval?
  /// Mean working time of each case's part, in seconds, with its interval; `nil` as before.
  public var eachInterval: ConfidenceInterval?
  /// Name of the attribute of which all cases of a batch have the same value; `nil` for none.
  public var same: String?
  /// Batches, those of one case included.
  public var count: Int
  /// Share of the pieces of work that were done together with another.
  public var share: ConfidenceInterval
  /// Probability that as many begin and end together by chance.
  public var pValue: Double
  /// Share of the batches that were released when they were full or when the wait was over, or later while
  /// nobody was free, but not before.
  public var explained: ConfidenceInterval
  /// Whether its cases are only collected together, and then done one after the other.
  public var isSequential = false
}

/// The batches of an activity: pieces of work by their places, those of a batch together.
struct BatchGroups {
  var groups: [[Int]]
  var pValue: Double
  var together: Int
  var total: Int
  /// Whether the pieces are done one after the other.
  var isSequential = false
}

extension CalibrationLog {
  /// Activities whose work is done in batches: several cases begun and ended at the same time by one person,
  /// after they came at different times.
  ///
  /// That is so where half of the work at least is done so, in ten batches or more, and where chance would not
  /// make as many pairs (Poisson, below 0.1 %), with starts spread evenly over the hours in which the person
  /// begins anything.
  func discoverBatches() -> [Int: BatchGroups] {
    guard hasStartTimes else { return [:] }
    var found: [Int: BatchGroups] = [:]
    var byKey: [Int: [[Int64]: [Int]]] = [:]
    var hours: [Int: Set<Int64>] = [:]
    var counts: [[Int]: Int] = [:]
    for (place, work) in works.enumerated() where work.resource < firstUnnamed {
      hours[work.resource, default: []].insert(floorDivide(work.start, 3_600_000_000))
      counts[[work.activity, work.resource], default: 0] += 1
      guard work.end > work.start else { continue }
      byKey[work.activity, default: [:]][
        [Int64(work.resource), work.start, work.end], default: []
      ].append(place)
    }
    let resolution = Double(self.resolution)
    for activity in byKey.keys.sorted() {
      let groups = (byKey[activity] ?? [:]).values.sorted { $0[0] < $1[0] }
      var (together, batches, pairs) = (0, 0, 0)
      for group in groups where isCollected(group) {
        together += group.count
        batches += 1
        pairs += group.count * (group.count - 1) / 2
      }
      let total = groups.reduce(0) { $0 + $1.count }
      guard batches >= 10, 2 * together >= total else { continue }
      var expected = 0.0
      for resource in hours.keys.sorted() {
        let open = hours[resource] ?? []
        let n = Double(counts[[activity, resource]] ?? 0)
        let ticks = max(1, Double(open.count) * 3_600_000_000 / resolution)
        expected += n * (n - 1) / 2 / ticks
      }
      let p = expected > 0 ? regularizedGamma(shape: Double(pairs), expected).lower : 0
      guard p < 0.001 else { continue }
      found[activity] = BatchGroups(
        groups: groups.flatMap { isCollected($0) ? [$0] : $0.map { [$0] } }, pValue: p,
        together: together, total: total)
    }
    return found
  }

  /// Whether pieces of work that were done together are of several cases that came at different times.
  private func isCollected(_ group: [Int]) -> Bool {
    guard let first = group.first, Set(group.map { works[$0].caseIndex }).count == group.count
    else { return false }
    return group.contains { works[$0].enabled != works[first].enabled }
  }

  /// The largest of a day, an hour, a minute, a second and a microsecond of which all starts are multiples.
  private var resolution: Int64 {
    for unit: Int64 in [86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000]
    where works.allSatisfy({ $0.start % unit == 0 }) {
      return unit
    }
    return 1
  }

  /// Marks the work of batches but its first pieces, so that who does it counts as doing one thing.
  mutating func markFollowers(_ batches: [Int: BatchGroups]) {
    for group in batches.values.flatMap(\.groups) {
      for place in group.dropFirst() { works[place].isFollower = true }
    }
  }

  /// How the batches of an activity form, and what each case's part takes, in seconds; from when on each of its
  /// pieces can be begun is noted.
  mutating func fitBatches(
    _ found: BatchGroups, hours: WeeklyHours, values: CaseValues
  ) -> (fit: BatchFit, parts: [(place: Int, seconds: Double)]) {
    var sizes: [Int: Int] = [:]
    for group in found.groups { sizes[group.count, default: 0] += 1 }
    // The largest size that is no exception.
    let size = sizes.keys.filter { sizes[$0] ?? 0 >= 2 }.max() ?? sizes.keys.max() ?? 2
    let open = found.groups.filter { $0.count < size }
    func first(_ group: [Int]) -> Int64 { group.map { works[$0].enabled }.min() ?? 0 }
    func last(_ group: [Int]) -> Int64 { group.map { works[$0].enabled }.max() ?? 0 }
    let waits = open.map { hours.work(from: first($0), to: works[$0[0]].start) }.sorted()
    // Waits end with the rule at the earliest; who is busy then adds to them.
    let wait =
      open.count * 20 >= found.groups.count && !waits.isEmpty ? waits[waits.count / 10] : nil
    var explained = 0
    for group in found.groups {
      let start = works[group[0]].start
      var release = last(group)
      if group.count < size, let wait {
        release = max(release, hours.instant(after: wait, from: first(group)))
      }
      if group.count >= size || (wait != nil && release <= start + 60_000_000) { explained += 1 }
      for place in group { works[place].enabled = min(release, start) }
    }
    var fit = BatchFit(
      size: max(2, size), minimum: max(1, found.groups.map(\.count).min() ?? 1),
      wait: wait.map { Double($0) / 1e6 }, setup: 0, same: nil,
      count: found.groups.count, share: .share(found.together, of: found.total),
      pValue: found.pValue, explained: .share(explained, of: found.groups.count))
    fit.minimum = min(fit.minimum, fit.size)
    fit.same = values.sameInBatches(found.groups, self)
    let lengths = found.groups.map { group -> (size: Double, seconds: Double) in
      let work = works[group[0]]
      let worked = hours.workWithOvertime(from: work.start, to: work.end)
      return (Double(group.count), Double(worked > 0 ? worked : work.end - work.start) / 1e6)
    }
    if let line = leastSquares(lengths) {
      fit.setupInterval = line.intercept
      fit.eachInterval = line.slope
      if line.intercept.lower > 0 { fit.setup = line.intercept.estimate }
    }
    let means = lengths.map { ($0.seconds - fit.setup) / $0.size }
    let mean = means.reduce(0, +) / Double(max(1, means.count))
    // The mean of n parts varies less than one: it is put as far from the mean of all as one would be.
    var single = zip(means, lengths).map { mean + ($0 - mean) * $1.size.squareRoot() }
    if single.contains(where: { $0 <= 0 }) { single = means.map { max(0.001, $0) } }
    let parts = zip(found.groups, single).map { (place: $0[0], seconds: $1) }
    return (fit, parts)
  }
}

/// Intercept and slope of a line through points, with their intervals; `nil` where they cannot be told.
///
/// The spread grows with the size, so that the intervals are those of White 1980, doi:10.2307/1912934, with the
/// factor n / (n − 2).
private func leastSquares(
  _ points: [(size: Double, seconds: Double)]
) -> (intercept: ConfidenceInterval, slope: ConfidenceInterval)? {
  let n = Double(points.count)
  guard points.count >= 10 else { return nil }
  let (x, y) = (
    points.reduce(0) { $0 + $1.size } / n, points.reduce(0) { $0 + $1.seconds } / n
  )
  let square = points.reduce(0) { $0 + ($1.size - x) * ($1.size - x) }
  guard square > 0 else { return nil }
  let slope = points.reduce(0) { $0 + ($1.size - x) * ($1.seconds - y) } / square
  let intercept = y - slope * x
  var (ofIntercept, ofSlope) = (0.0, 0.0)
  for point in points {
    let error = point.seconds - intercept - slope * point.size
    let weight = (point.size - x) / square
    ofSlope += weight * weight * error * error
    ofIntercept += (1 / n - x * weight) * (1 / n - x * weight) * error * error
  }
  let factor = studentTQuantile(0.975, degreesOfFreedom: n - 2) * (n / (n - 2)).squareRoot()
  func interval(_ value: Double, _ variance: Double) -> ConfidenceInterval {
    let half = factor * variance.squareRoot()
    return ConfidenceInterval(
      estimate: value, lower: value - half, upper: value + half, confidence: 0.95)
  }
  return (interval(intercept, ofIntercept), interval(slope, ofSlope))
}

extension CaseValues {
  /// The attribute of which the cases of each batch have the same value, though cases put together at random would
  /// not (below 0.1 %): that with the least probability; at most one batch in a hundred may differ.
  func sameInBatches(_ groups: [[Int]], _ data: CalibrationLog) -> String? {
    var best: (logarithm: Double, name: String)?
    let inOrder = groups.joined().map { data.works[$0].caseIndex }.sorted {
      (data.came[$0], $0) < (data.came[$1], $1)
    }
    for column in columns where column.isConstant && column.categories != nil {
      var counts: [Double: Int] = [:]
      for value in column.initial { counts[value, default: 0] += 1 }
      let random = counts.keys.sorted().reduce(0.0) { sum, key in
        let share = Double(counts[key] ?? 0) / Double(column.initial.count)
        return sum + share * share
      }
      // Cases that come after each other may be alike anyway.
      let row = inOrder.map { column.initial[$0] }
      let neighbours = zip(row, row.dropFirst()).count { $0 == $1 }
      let alike = max(random, Double(neighbours) / Double(max(1, row.count - 1)))
      var (mixed, several, logarithm) = (0, 0, 0.0)
      for group in groups where group.count > 1 {
        several += 1
        logarithm += Double(group.count - 1) * naturalLogarithm(alike)
        let first = column.initial[data.works[group[0]].caseIndex]
        if group.contains(where: { column.initial[data.works[$0].caseIndex] != first }) {
          mixed += 1
        }
      }
      guard several > 0, mixed * 100 <= several, logarithm < naturalLogarithm(0.001),
        logarithm < best?.logarithm ?? 0
      else { continue }
      best = (logarithm, column.name)
    }
    return best?.name
  }
}

extension CalibrationLog {
  /// Activities whose cases are collected and then done one after the other by one person: sequential batches.
  ///
  /// Pieces of work of one person that follow each other within a second are a row; those that could begin before
  /// the row did are collected. A row is one of a batch where it begins within a second of the last of them
  /// becoming ready though the first could have been done a minute before by somebody who was there and free: in
  /// a queue people wait for work, not work for more work. An activity is done so where half of its work at least
  /// stands in such rows, in ten of them or more, nine of ten of one size, and where chance would not let as many
  /// begin with another case (Poisson, below 0.1 %).
  func discoverCollections(
    _ waiting: [[UnexplainedWait]], leavingOut batches: Set<Int>
  ) -> [Int: BatchGroups] {
    guard hasStartTimes else { return [:] }
    var freeAt = [Int64](repeating: .max, count: works.count)
    for wait in waiting.joined() { freeAt[wait.place] = wait.free }
    var byActivity: [Int: [Int: [Int]]] = [:]
    for (place, work) in works.enumerated()
    where work.resource < firstUnnamed && !batches.contains(work.activity) {
      byActivity[work.activity, default: [:]][work.resource, default: []].append(place)
    }
    let span = Double(
      max(1, (works.map(\.end).max() ?? 0) - (works.map(\.start).min() ?? 0)))
    var found: [Int: BatchGroups] = [:]
    for activity in byActivity.keys.sorted() {
      var groups: [[Int]] = []
      var expected = 0.0
      let people = byActivity[activity] ?? [:]
      let total = people.values.reduce(0) { $0 + $1.count }
      for person in people.keys.sorted() {
        groups += rows(people[person] ?? [])
      }
      let collected = groups.filter { isCollection($0, freeAt) }
      let together = collected.reduce(0) { $0 + $1.count }
      guard collected.count >= 10, 2 * together >= total else { continue }
      var sizes: [Int: Int] = [:]
      for group in collected { sizes[group.count, default: 0] += 1 }
      guard let most = sizes.values.max(), 10 * most >= 9 * collected.count else { continue }
      // How many rows would begin within two seconds of one of the others' becoming ready.
      for group in groups { expected += Double(group.count) * Double(total) * 2e6 / span }
      let p = regularizedGamma(shape: Double(collected.count), expected).lower
      guard p < 0.001 else { continue }
      found[activity] = BatchGroups(
        groups: groups, pValue: p, together: together, total: total, isSequential: true)
    }
    return found
  }

  /// Rows of some work of one person: each piece begins within a second of the end of the one before, and could be
  /// begun when the row was.
  private func rows(_ places: [Int]) -> [[Int]] {
    let second: Int64 = 1_000_000
    var rows: [[Int]] = []
    for place in places.sorted(by: { (works[$0].start, $0) < (works[$1].start, $1) }) {
      if let row = rows.last, let last = row.last, let first = row.first,
        works[place].enabled <= works[first].start + second,
        0...second ~= works[place].start - works[last].end,
        !row.contains(where: { works[$0].caseIndex == works[place].caseIndex })
      {
        rows[rows.count - 1].append(place)
      } else {
        rows.append([place])
      }
    }
    return rows
  }

  /// Whether a row waited for its last case rather than for its person.
  private func isCollection(_ row: [Int], _ freeAt: [Int64]) -> Bool {
    guard row.count > 1, let first = row.first,
      let oldest = row.min(by: { works[$0].enabled < works[$1].enabled }),
      let last = row.map({ works[$0].enabled }).max()
    else { return false }
    let start = works[first].start
    let minute: Int64 = 60_000_000
    return last >= start - 1_000_000 && works[oldest].enabled <= start - minute
      && freeAt[oldest] <= start - minute
  }

  /// How the cases of an activity are collected; from when on each of its pieces can be begun is noted.
  mutating func fitCollection(
    _ found: BatchGroups, hours: WeeklyHours, values: CaseValues, waiting: [UnexplainedWait]
  ) -> BatchFit {
    var freeAt: [Int: Int64] = [:]
    for wait in waiting { freeAt[wait.place] = wait.free }
    var sizes: [Int: Int] = [:]
    for group in found.groups { sizes[group.count, default: 0] += 1 }
    let size = max(2, sizes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 2)
    let full = found.groups.filter { $0.count >= size }
    let open = found.groups.filter { $0.count < size }
    let pieces = found.groups.reduce(0) { $0 + $1.count }
    let openPieces = open.reduce(0) { $0 + $1.count }
    let waits = open.map { group in
      hours.work(
        from: group.map { works[$0].enabled }.min() ?? 0, to: works[group[0]].start)
    }.sorted()
    let wait = openPieces * 20 >= pieces && !waits.isEmpty ? waits[waits.count / 10] : nil
    for group in full {
      let release = min(works[group[0]].start, group.map { works[$0].enabled }.max() ?? .max)
      for place in group { works[place].enabled = max(works[place].enabled, release) }
    }
    if wait != nil {
      for group in open {
        for place in group { works[place].enabled = works[group[0]].start }
      }
    }
    var fit = BatchFit(
      size: size, minimum: 1, wait: wait.map { Double($0) / 1e6 }, setup: 0, same: nil,
      count: found.groups.count, share: .share(found.together, of: found.total),
      pValue: found.pValue,
      explained: .share(full.count + (wait == nil ? 0 : open.count), of: found.groups.count))
    fit.isSequential = true
    fit.same = values.sameInBatches(full, self)
    return fit
  }
}
