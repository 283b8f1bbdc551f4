internal import Statistics

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
