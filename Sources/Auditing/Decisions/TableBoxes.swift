import ProcessModel

/// The rules of one table as boxes in the space that its inputs span.
struct TableBoxes {
  let axes: [InputAxis]
  /// For each rule and axis, the cells in which the rule's test holds for sure.
  let sure: [[CellSet]]
  /// For each rule and axis, the cells in which it may hold.
  let possible: [[CellSet]]
  /// Whether each rule matches some case for sure.
  let isSure: [Bool]
  /// Whether each rule may match any case.
  let isPossible: [Bool]
  /// Hulls of the possible cells, rule by rule.
  private let lower: [Int32]
  private let upper: [Int32]
  /// Whether each rule's possible cells are one run on every axis.
  private let isSimple: [Bool]
  /// For each axis, the cells in which no whole number or day lies.
  private let emptyCells: [Set<Int32>]

  var ruleCount: Int { sure.count }

  init(_ table: DecisionTable) {
    let axes = table.inputs.enumerated().map { column, input in
      InputAxis(
        name: input.shownName, unit: input.unit,
        tests: table.rules.compactMap { $0.tests.count > column ? $0.tests[column] : nil },
        isFolding: false, withNull: true, allowed: input.allowed)
    }
    var known: [[UnaryTest: TestCells]] = Array(repeating: [:], count: axes.count)
    var sure: [[CellSet]] = []
    var possible: [[CellSet]] = []
    for rule in table.rules {
      var sureCells: [CellSet] = []
      var possibleCells: [CellSet] = []
      for (column, axis) in axes.enumerated() {
        // A rule with fewer tests than inputs is not understood.
        let test = rule.tests.count > column ? rule.tests[column] : .opaque("")
        let cells = known[column][test] ?? axis.cells(where: test)
        known[column][test] = cells
        let domain = axis.domain
        sureCells.append(domain.map(cells.sure.intersection) ?? cells.sure)
        possibleCells.append(domain.map(cells.possible.intersection) ?? cells.possible)
      }
      sure.append(sureCells)
      possible.append(possibleCells)
    }
    self.axes = axes
    self.sure = sure
    self.possible = possible
    isSure = sure.map { !$0.contains(where: \.isEmpty) }
    isPossible = possible.map { !$0.contains(where: \.isEmpty) }
    lower = possible.flatMap { $0.map { Int32($0.hull.lowerBound) } }
    upper = possible.flatMap { $0.map { Int32($0.hull.upperBound) } }
    isSimple = zip(sure, possible).map { sure, possible in
      possible.allSatisfy { $0.runs.count == 1 } && sure == possible
    }
    emptyCells = axes.map { axis in
      Set(
        axis.cells.indices.filter { axis.cells[$0].oddness == InputAxis.emptyOddness }.map {
          Int32($0)
        })
    }
  }

  /// Calls with each two rules, the upper one first, that for sure match a case in common.
  ///
  /// A sweep along the axis on which the fewest hulls meet (after Calvanese et al., *Semantics,
  /// Analysis and Simplification of DMN Decision Tables*, Information Systems 78, 2018,
  /// doi:10.1016/j.is.2018.01.010); pairs that meet there are compared on the other axes.
  /// - Parameter steps: Pairs that may be compared.
  /// - Returns: How many pairs were compared, and whether all that meet on the axis of the sweep.
  func forEachOverlap(
    steps: Int, _ body: (Int, Int) -> Void
  ) -> (compared: Int, isComplete: Bool) {
    let rules = (0..<ruleCount).filter { isSure[$0] }
    let width = axes.count
    guard let sweep = sweepAxis(rules) else {
      // Without inputs every rule matches every case.
      for (place, i) in rules.enumerated() {
        for j in rules.dropFirst(place + 1) { body(i, j) }
      }
      return (rules.count * max(0, rules.count - 1) / 2, true)
    }
    let order = rules.sorted {
      (lower[$0 * width + sweep], $0) < (lower[$1 * width + sweep], $1)
    }
    var left = steps
    var active: [Int] = []
    for rule in order {
      let start = lower[rule * width + sweep]
      var kept = 0
      for place in active.indices {
        let other = active[place]
        guard upper[other * width + sweep] > start else { continue }
        active[kept] = other
        kept += 1
        if overlaps(rule, other) { body(min(rule, other), max(rule, other)) }
      }
      left -= active.count
      active.removeSubrange(kept...)
      active.append(rule)
      if left < 0 { return (steps - left, false) }
    }
    return (steps - left, true)
  }

  private func overlaps(_ a: Int, _ b: Int) -> Bool {
    let width = axes.count
    let (first, second) = (a * width, b * width)
    for axis in 0..<width {
      let low = max(lower[first + axis], lower[second + axis])
      let high = min(upper[first + axis], upper[second + axis])
      if low >= high { return false }
      if high - low == 1, emptyCells[axis].contains(low) { return false }
    }
    if isSimple[a] && isSimple[b] { return true }
    return example(a, b) != nil
  }

  /// The plainest case that two rules match for sure, as a cell of each axis; `nil` where there is none.
  func example(_ a: Int, _ b: Int) -> [Int]? {
    var cells: [Int] = []
    for (axis, (first, second)) in zip(axes, zip(sure[a], sure[b])) {
      let shared = first.intersection(second)
      if shared.isEmpty { return nil }
      guard let cell = axis.plainestFirst.first(where: shared.contains),
        axis.cells[cell].oddness < InputAxis.emptyOddness
      else { return nil }
      cells.append(cell)
    }
    return cells
  }

  /// Whether wherever one rule may match, another one does for sure.
  func covers(_ covering: Int, _ covered: Int) -> Bool {
    zip(possible[covered], sure[covering]).allSatisfy { $0.isSubset(of: $1) }
  }

  /// The axis on which the fewest pairs of hulls meet.
  private func sweepAxis(_ rules: [Int]) -> Int? {
    let width = axes.count
    return axes.indices.min { a, b in
      let (first, second) = (disjointPairs(rules, a, width), disjointPairs(rules, b, width))
      return first == second ? a < b : first > second
    }
  }

  private func disjointPairs(_ rules: [Int], _ axis: Int, _ width: Int) -> Int {
    let ends = rules.map { upper[$0 * width + axis] }.sorted()
    let starts = rules.map { lower[$0 * width + axis] }.sorted()
    var (place, sum) = (0, 0)
    for start in starts {
      while place < ends.count, ends[place] <= start { place += 1 }
      sum += place
    }
    return sum
  }

  /// A case as people write it: each input that any test mentions with a value.
  func values(_ cells: [Int]) -> [String] {
    axes.indices.filter { axes[$0].isMentioned }.map {
      "\(axes[$0].name) = \(axes[$0].text(axes[$0].cells[cells[$0]].example))"
    }
  }

  /// Whether a case has neither `null` nor values that no test mentions.
  func isPlain(_ cells: [Int]) -> Bool {
    axes.indices.allSatisfy { !axes[$0].isMentioned || axes[$0].isPlain(cells[$0]) }
  }
}
