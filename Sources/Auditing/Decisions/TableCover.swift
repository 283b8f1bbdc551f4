/// Looks for cases that no box of a set of boxes covers.
///
/// Axis by axis, the boxes that contain a cell are kept; cells that keep the same boxes are looked at
/// once. That is exact, and exponential in the number of axes at worst, so that it has a limit.
struct TableCover {
  /// For each axis, the cells of which the cases are made, the plainest first.
  private let choices: [[Int]]
  /// For each box and axis, the cells that it covers.
  private let boxes: [[CellSet]]
  /// Axes in the order in which they are cut, those that most boxes restrict first.
  private let order: [Int]
  /// For each box, how many axes of the order have to be cut until it covers all the rest.
  private let lastRestricted: [Int]
  private var memory: [[[Int32]: (count: Double, example: [Int]?)]]
  /// Boxes that may still be looked at.
  private(set) var stepsLeft: Int

  init(choices: [[Int]], boxes: [[CellSet]], steps: Int) {
    let isFull = boxes.map { box in
      choices.indices.map { axis in choices[axis].allSatisfy(box[axis].contains) }
    }
    let restricting = choices.indices.map { axis in isFull.count { !$0[axis] } }
    let order = choices.indices.sorted { (-restricting[$0], $0) < (-restricting[$1], $1) }
    lastRestricted = isFull.map { full in
      (order.indices.last { !full[order[$0]] } ?? -1) + 1
    }
    self.order = order
    self.choices = choices
    self.boxes = boxes
    memory = Array(repeating: [:], count: order.count + 1)
    stepsLeft = steps
  }

  /// Number of cases that no box covers, and the first of them as a cell of each axis.
  ///
  /// Where `stepsLeft` is below zero afterwards, the number is a lower bound.
  mutating func uncovered() -> (count: Double, example: [Int]?) {
    if choices.contains(where: \.isEmpty) { return (0, nil) }
    let found = search(boxes.indices.map { Int32($0) }, 0)
    guard let example = found.example else { return (found.count, nil) }
    var cells = Array(repeating: 0, count: choices.count)
    for (place, axis) in order.enumerated() { cells[axis] = example[place] }
    return (found.count, cells)
  }

  private mutating func search(
    _ active: [Int32], _ level: Int
  ) -> (count: Double, example: [Int]?) {
    if active.contains(where: { lastRestricted[Int($0)] <= level }) { return (0, nil) }
    if active.isEmpty {
      let rest = order[level...]
      return (
        rest.reduce(1) { $0 * Double(choices[$1].count) },
        rest.map { choices[$0].first ?? 0 }
      )
    }
    if let known = memory[level][active] { return known }
    let axis = order[level]
    var count = 0.0
    var example: [Int]?
    for cell in choices[axis] {
      stepsLeft -= active.count
      if stepsLeft < 0 { return (count, example) }
      let kept = active.filter { boxes[Int($0)][axis].contains(cell) }
      let found = search(kept, level + 1)
      count += found.count
      if example == nil, let rest = found.example { example = [cell] + rest }
    }
    memory[level][active] = (count, example)
    return (count, example)
  }
}
