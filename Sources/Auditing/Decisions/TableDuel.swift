import Inventory
import ProcessModel

/// Looks for a case on which two tables contradict each other.
///
/// Their inputs span a space that all bounds and values of both cut into cells; a pair of rules that
/// say different things marks a box of cells, from which examples are taken until the hit policies of
/// both tables let exactly these rules decide. A contradiction counts
/// - where, all other inputs being equal, the tables agree for another value of an input they share:
///   then it is a threshold in dispute; or
/// - where neither deciding rule asks anything that the other table does not know: then nothing
///   excuses it.
struct TableDuel {
  private let a: CompiledTable
  private let b: CompiledTable
  private let first: ComparedTable
  private let second: ComparedTable
  private let axes: [InputAxis]
  private let shared: [Int]
  private let outputs: [OutputMatch]
  private let firstCells: [[CellSet]?]
  private let secondCells: [[CellSet]?]
  /// Rules, and pairs of rules, that may still be looked at.
  private(set) var evaluationsLeft: Int

  /// Prepares the comparison; `nil` where the tables share no input or no kind of answer.
  init?(_ a: CompiledTable, _ b: CompiledTable, evaluations: Int) {
    let pairs = matchingInputs(a, b)
    guard pairs.contains(where: { a.isRestricting[$0.0] && b.isRestricting[$0.1] }) else {
      return nil
    }
    outputs = OutputMatch.all(a, b)
    guard !outputs.isEmpty else { return nil }
    var axes: [InputAxis] = []
    var firstAxes: [Int] = []
    var secondAxes = Array(repeating: -1, count: b.inputKeys.count)
    var shared: [Int] = []
    for (column, input) in a.table.inputs.enumerated() {
      var tests = a.tests(ofInput: column)
      var unit = a.units[column]
      if let partner = pairs.first(where: { $0.0 == column })?.1 {
        if a.isRestricting[column], b.isRestricting[partner] { shared.append(axes.count) }
        tests += b.tests(ofInput: partner)
        if unit.isEmpty { unit = b.units[partner] }
        secondAxes[partner] = axes.count
      }
      firstAxes.append(axes.count)
      let partner = pairs.first { $0.0 == column }?.1
      axes.append(
        InputAxis(
          name: input.shownName, unit: unit, tests: tests,
          allowed: allowed(input.allowed, partner.flatMap { b.table.inputs[$0].allowed })))
    }
    for (column, input) in b.table.inputs.enumerated() where secondAxes[column] < 0 {
      secondAxes[column] = axes.count
      axes.append(
        InputAxis(
          name: input.shownName, unit: b.units[column], tests: b.tests(ofInput: column),
          allowed: input.allowed))
    }
    self.a = a
    self.b = b
    self.axes = axes
    self.shared = shared
    first = ComparedTable(compiled: a, axes: firstAxes, on: axes)
    second = ComparedTable(compiled: b, axes: secondAxes, on: axes)
    firstCells = first.cells(on: axes)
    secondCells = second.cells(on: axes)
    evaluationsLeft = evaluations
  }

  /// The plainest case on which the tables contradict each other; `nil` where none was found.
  ///
  /// A threshold in dispute is preferred to tables that agree nowhere.
  mutating func conflict() -> TableConflict? {
    var fallback: TableConflict?
    let index = BoxIndex(secondCells, along: Array(axes.indices))
    for (i, firstBox) in firstCells.enumerated() {
      guard let firstBox else { continue }
      // Going through the index costs little beside comparing two rules.
      evaluationsLeft -= 1 + secondCells.count / 100
      if evaluationsLeft <= 0 { return fallback }
      for j in index.meeting(firstBox) {
        guard let secondBox = secondCells[j], let output = contradiction(i, j) else { continue }
        evaluationsLeft -= 1
        guard let box = overlap(firstBox, secondBox) else { continue }
        guard let found = conflict(i, j, output, in: box) else {
          if evaluationsLeft <= 0 { return fallback }
          continue
        }
        if found.agreement != nil { return found }
        fallback = fallback ?? found
      }
    }
    return fallback
  }

  /// The outputs of two rules that contradict each other, if any do.
  private func contradiction(_ i: Int, _ j: Int) -> OutputMatch? {
    outputs.first { match in
      guard let x = a.valueOfRule[match.first][i], let y = b.valueOfRule[match.second][j],
        !a.isComputed(i, match.first), !b.isComputed(j, match.second)
      else { return false }
      return match.contradict(x, y)
    }
  }

  private mutating func conflict(
    _ i: Int, _ j: Int, _ output: OutputMatch, in box: [CellSet]
  ) -> TableConflict? {
    var fallback: TableConflict?
    let choices = axes.indices.map { axis in
      axes[axis].plainestFirst.filter(box[axis].contains)
    }
    var odometer = Array(repeating: 0, count: axes.count)
    // Examples of one box differ only where an earlier rule of a table covers some: a few will do.
    for _ in 0..<256 {
      guard evaluationsLeft > 0 else { return fallback }
      let cells = axes.indices.map { choices[$0][odometer[$0]] }
      if decides(i, j, cells) {
        if let found = describe(i, j, output, at: cells) {
          if found.agreement != nil { return found }
          fallback = fallback ?? found
        }
      }
      var axis = axes.count - 1
      while axis >= 0 {
        odometer[axis] += 1
        if odometer[axis] < choices[axis].count { break }
        odometer[axis] = 0
        axis -= 1
      }
      if axis < 0 { break }
    }
    return fallback
  }

  /// Whether the tables say on a case what two rules say.
  private mutating func decides(_ i: Int, _ j: Int, _ cells: [Int]) -> Bool {
    evaluationsLeft -= first.cost + second.cost
    guard case .rule(let x) = first.outcome(cells), first.sameOutputs(x, i) else { return false }
    guard case .rule(let y) = second.outcome(cells), second.sameOutputs(y, j) else { return false }
    return true
  }

  /// How the tables compare on a case: `nil` where one of them says nothing that is known.
  private mutating func agree(_ cells: [Int]) -> Bool? {
    evaluationsLeft -= first.cost + second.cost
    guard case .rule(let i) = first.outcome(cells), case .rule(let j) = second.outcome(cells) else {
      return nil
    }
    return contradiction(i, j) == nil
  }

  private mutating func describe(
    _ i: Int, _ j: Int, _ output: OutputMatch, at cells: [Int]
  ) -> TableConflict? {
    var disputed: (axis: Int, agreement: Int)?
    for axis in shared where disputed == nil {
      var elsewhere = cells
      for cell in axes[axis].plainestFirst where cell != cells[axis] {
        elsewhere[axis] = cell
        if agree(elsewhere) == true {
          disputed = (axis, cell)
          break
        }
      }
    }
    guard let axis = disputed?.axis ?? (isWithoutExcuse(i, j) ? shared.first : nil) else {
      return nil
    }
    let run = run(i, j, along: axis, from: cells)
    let mattering = axes.indices.filter { $0 == axis || matters($0) }
    return TableConflict(
      first: a.decision, second: b.decision, firstRule: i, secondRule: j, firstOutput: output.first,
      secondOutput: output.second, input: axes[axis].name, region: axes[axis].text(of: run),
      values: mattering.map {
        "\(axes[$0].name) = \(axes[$0].text(axes[$0].cells[cells[$0]].example))"
      },
      agreement: disputed.map { axes[$0.axis].text(axes[$0.axis].cells[$0.agreement].example) },
      sharedInputs: shared.map { axes[$0].name }, sharesOutputName: output.sharesName,
      isPlain: mattering.allSatisfy { axes[$0].isPlain(cells[$0]) })
  }

  /// Whether neither rule asks anything that the other table does not know.
  private func isWithoutExcuse(_ i: Int, _ j: Int) -> Bool {
    func asksMore(_ compared: ComparedTable, _ rule: Int, _ other: ComparedTable) -> Bool {
      zip(compared.axes, compared.compiled.tests[rule]).contains { axis, test in
        test.isRestricting && !other.axes.contains(axis)
      }
    }
    return !asksMore(first, i, second) && !asksMore(second, j, first)
  }

  private func matters(_ axis: Int) -> Bool { axes[axis].isMentioned }

  /// The neighbouring cells along an axis on which the tables say the same as on a case.
  private mutating func run(
    _ i: Int, _ j: Int, along axis: Int, from cells: [Int]
  ) -> ClosedRange<Int> {
    var (lower, upper) = (cells[axis], cells[axis])
    func isAlike(_ cell: Int) -> Bool {
      // Words have no neighbours.
      guard let scale = axes[axis].cells[cell].example.ordered?.scale,
        scale == axes[axis].cells[cells[axis]].example.ordered?.scale
      else { return false }
      var moved = cells
      moved[axis] = cell
      return decides(i, j, moved)
    }
    while lower > 0, isAlike(lower - 1) { lower -= 1 }
    while upper + 1 < axes[axis].cells.count, isAlike(upper + 1) { upper += 1 }
    return lower...upper
  }
}

/// What a shared input may be, as two tables list it.
private func allowed(_ a: UnaryTest?, _ b: UnaryTest?) -> UnaryTest? {
  guard let a, let b else { return a ?? b }
  return .allOf([a, b])
}
