import Inventory
import ProcessModel

/// Something wrong within one decision table.
struct TableFlaw {
  enum Kind {
    /// Two rules match one case, which the hit policy forbids, and say different things.
    case contradiction
    /// Two rules match one case, which the hit policy forbids, and say the same.
    case overlap
    /// No rule matches a case that is to be expected.
    case gap
  }

  let kind: Kind
  /// How often it was found.
  let count: Int
  /// The rules of the first instance; empty for a gap.
  let rules: [Int]
  /// A case, each input with a value.
  let values: [String]
}

/// Looks for rules that overlap against the hit policy, and for cases that no rule covers.
///
/// Rules with tests that are not understood overlap nothing, and a case they might cover is no gap.
/// Overlaps beyond the number of evaluations are not looked for, and gaps only where all cases fit in
/// it.
struct TableSelfCheck {
  private let compared: ComparedTable
  private let axes: [InputAxis]
  private let evaluations: Int

  init(_ table: DecisionTable, evaluations: Int) {
    compared = ComparedTable(
      compiled: CompiledTable(EstateDecision(system: table.name, table: table)),
      axes: Array(table.inputs.indices))
    axes = table.inputs.enumerated().map { column, input in
      InputAxis(
        name: input.shownName, unit: input.unit,
        tests: table.rules.compactMap { $0.tests.count > column ? $0.tests[column] : nil })
    }
    self.evaluations = evaluations
  }

  var flaws: [TableFlaw] { overlaps + gaps }

  private var overlaps: [TableFlaw] {
    let table = compared.compiled.table
    guard table.hitPolicy == .unique || table.hitPolicy == .any else { return [] }
    let cells = compared.cells(on: axes)
    var found: [TableFlaw.Kind: (count: Int, rules: [Int], values: [String])] = [:]
    var left = evaluations
    for (i, firstBox) in cells.enumerated() {
      guard let firstBox else { continue }
      for j in cells.indices.dropFirst(i + 1) {
        guard let secondBox = cells[j] else { continue }
        left -= 1
        if left < 0 { break }
        let isSame = compared.sameOutputs(i, j)
        // Rules of one mind may overlap under ANY.
        if isSame && table.hitPolicy == .any { continue }
        guard let box = overlap(firstBox, secondBox) else { continue }
        let kind: TableFlaw.Kind = isSame ? .overlap : .contradiction
        if found[kind] == nil {
          let plainest = axes.indices.map { axis in
            axes[axis].plainestFirst.first(where: box[axis].contains) ?? 0
          }
          found[kind] = (0, [i, j], values(plainest))
        }
        found[kind]?.count += 1
      }
    }
    return [TableFlaw.Kind.contradiction, .overlap].compactMap { kind in
      found[kind].map {
        TableFlaw(kind: kind, count: $0.count, rules: $0.rules, values: $0.values)
      }
    }
  }

  private var gaps: [TableFlaw] {
    guard compared.compiled.isComparable, !compared.compiled.table.rules.isEmpty else { return [] }
    let expected = axes.map { axis in axis.plainestFirst.filter { axis.cells[$0].isExpected } }
    let caseCount = expected.reduce(1.0) { $0 * Double($1.count) }
    guard !axes.isEmpty, caseCount > 0, caseCount * Double(compared.cost) <= Double(evaluations)
    else {
      return []
    }
    var count = 0
    var example: [Int]?
    var odometer = Array(repeating: 0, count: axes.count)
    while true {
      let cells = axes.indices.map { expected[$0][odometer[$0]] }
      let point = axes.indices.map { axes[$0].cells[cells[$0]].example }
      if compared.outcome(point) == .none {
        count += 1
        example = example ?? cells
      }
      var axis = axes.count - 1
      while axis >= 0 {
        odometer[axis] += 1
        if odometer[axis] < expected[axis].count { break }
        odometer[axis] = 0
        axis -= 1
      }
      if axis < 0 { break }
    }
    guard let example else { return [] }
    return [TableFlaw(kind: .gap, count: count, rules: [], values: values(example))]
  }

  private func values(_ cells: [Int]) -> [String] {
    axes.indices.filter { axes[$0].cells.count > 1 }.map {
      "\(axes[$0].name) = \(axes[$0].text(axes[$0].cells[cells[$0]].example))"
    }
  }
}
