import ProcessModel

/// Cells of an axis: runs of them, ascending, not empty, not touching one another.
struct CellSet: Hashable {
  private(set) var runs: [Range<Int>]

  static let none = CellSet(runs: [])

  private init(runs: [Range<Int>]) { self.runs = runs }

  /// One run of cells.
  init(_ run: Range<Int>) { runs = run.isEmpty ? [] : [run] }

  /// Single cells, ascending.
  init(ascending cells: some Sequence<Int>) {
    runs = []
    for cell in cells { append(cell..<cell + 1) }
  }

  /// Adds a run that does not begin before the last one.
  private mutating func append(_ run: Range<Int>) {
    if run.isEmpty { return }
    if let last = runs.last, run.lowerBound <= last.upperBound {
      runs[runs.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
    } else {
      runs.append(run)
    }
  }

  var isEmpty: Bool { runs.isEmpty }
  var count: Int { runs.reduce(0) { $0 + $1.count } }
  /// From the first cell to the last.
  var hull: Range<Int> { (runs.first?.lowerBound ?? 0)..<(runs.last?.upperBound ?? 0) }

  func contains(_ cell: Int) -> Bool {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound <= cell { low = middle + 1 } else { high = middle }
    }
    return low < runs.count && runs[low].contains(cell)
  }

  func intersection(_ other: CellSet) -> CellSet {
    var result = CellSet.none
    var (i, j) = (0, 0)
    while i < runs.count, j < other.runs.count {
      let (a, b) = (runs[i], other.runs[j])
      let shared =
        max(
          a.lowerBound, b.lowerBound)..<max(
          max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
      result.append(shared)
      if a.upperBound < b.upperBound { i += 1 } else { j += 1 }
    }
    return result
  }

  /// The cells that are in any of several sets.
  init(uniting sets: [CellSet]) {
    runs = []
    for run in sets.flatMap(\.runs).sorted(by: { $0.lowerBound < $1.lowerBound }) { append(run) }
  }

  func union(_ other: CellSet) -> CellSet { CellSet(uniting: [self, other]) }

  /// The cells of an axis with so many that are not in the set.
  func complement(of count: Int) -> CellSet {
    var result = CellSet.none
    var next = 0
    for run in runs {
      result.append(next..<max(next, run.lowerBound))
      next = run.upperBound
    }
    result.append(next..<max(next, count))
    return result
  }

  func isDisjoint(with other: CellSet) -> Bool { intersection(other).isEmpty }

  func isSubset(of other: CellSet) -> Bool { intersection(other) == self }
}

/// The cells of an axis in which a test holds.
struct TestCells {
  /// Those in which it holds for sure.
  var sure: CellSet
  /// Those in which it may hold: also where that depends on something that is not understood.
  var possible: CellSet
  /// Those in which its negation is not sure either, since FEEL then compares with `null` or with a
  /// value of another kind.
  fileprivate var odd: CellSet
}

extension InputAxis {
  /// The cells in which a test holds.
  func cells(where test: UnaryTest) -> TestCells {
    let all = CellSet(0..<cells.count)
    func exactly(_ set: CellSet, odd: CellSet = .none) -> TestCells {
      TestCells(sure: set, possible: set, odd: odd)
    }
    switch test {
    case .any: return exactly(all)
    case .opaque: return TestCells(sure: .none, possible: all, odd: .none)
    case .null: return exactly(CellSet(ascending: nullCell.map { [$0] } ?? []))
    case .boolean(let truth): return exactly(cell(of: .boolean(truth)))
    case .string(let text): return exactly(cell(of: .text(text)))
    case .interval(let interval):
      let set = run(of: interval)
      if interval.isPoint { return exactly(set) }
      let block = CellSet(block(of: interval.scale))
      return exactly(set, odd: block.complement(of: cells.count))
    case .text:
      let answers = textCells.map { ($0, test.accepts(cells[$0].example)) }
      let sure = CellSet(ascending: answers.filter { $0.1 == true }.map(\.0))
      let possible = CellSet(ascending: answers.filter { $0.1 != false }.map(\.0))
      return TestCells(
        sure: sure, possible: possible,
        odd: CellSet(ascending: textCells).complement(of: cells.count))
    case .not(let inner):
      let found = cells(where: inner)
      let possible = found.sure.complement(of: cells.count)
      let sure = found.possible.complement(of: cells.count)
      return TestCells(
        sure: sure.intersection(found.odd.complement(of: cells.count)), possible: possible,
        odd: found.odd)
    case .anyOf(let tests):
      let parts = tests.map { cells(where: $0) }
      return TestCells(
        sure: CellSet(uniting: parts.map(\.sure)),
        possible: CellSet(uniting: parts.map(\.possible)),
        odd: CellSet(uniting: parts.map(\.odd)))
    case .allOf(let tests):
      return tests.reduce(exactly(all)) { product, test in
        let next = cells(where: test)
        return TestCells(
          sure: product.sure.intersection(next.sure),
          possible: product.possible.intersection(next.possible),
          odd: product.odd.union(next.odd))
      }
    }
  }
}
