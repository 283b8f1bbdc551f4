import ProcessModel

/// Cells of an axis, ascending: a run of them, as a test of an interval marks, or single ones.
enum CellSet {
  case run(Range<Int>)
  case single([Int])

  var isEmpty: Bool {
    switch self {
    case .run(let range): range.isEmpty
    case .single(let cells): cells.isEmpty
    }
  }

  func contains(_ cell: Int) -> Bool {
    switch self {
    case .run(let range): range.contains(cell)
    case .single(let cells): cells.contains(cell)
    }
  }

  /// The cells that are in both.
  func intersection(_ other: CellSet) -> CellSet {
    switch (self, other) {
    case (.run(let a), .run(let b)): .run(a.clamped(to: b))
    case (.run(let range), .single(let cells)), (.single(let cells), .run(let range)):
      .single(cells.filter(range.contains))
    case (.single(let a), .single(let b)): .single(common(a, b))
    }
  }

  /// Whether no cell is in both.
  func isDisjoint(with other: CellSet) -> Bool { intersection(other).isEmpty }
}

extension InputAxis {
  /// The cells in which a test that is understood holds.
  func cells(where test: UnaryTest) -> CellSet {
    switch test {
    case .any: return .run(0..<cells.count)
    case .interval:
      // Numbers come first and ascend, so that those of an interval are one run.
      let accepted = { (cell: Int) in test.accepts(cells[cell].example) == true }
      guard let first = (0..<numberCount).first(where: accepted) else { return .run(0..<0) }
      let end = (first..<numberCount).first { !accepted($0) } ?? numberCount
      return .run(first..<end)
    default:
      return .single(cells.indices.filter { test.accepts(cells[$0].example) == true })
    }
  }
}

/// The numbers that are in both of two ascending lists.
func common(_ a: [Int], _ b: [Int]) -> [Int] {
  var result: [Int] = []
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      result.append(a[i])
      i += 1
      j += 1
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
  return result
}
