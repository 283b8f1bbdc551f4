internal import Statistics

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
