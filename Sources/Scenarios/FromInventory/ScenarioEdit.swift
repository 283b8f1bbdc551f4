internal import Facts

/// Changes of a scenario file, line by line, so that all else in it stays as it is.
struct ScenarioEdit {
  typealias Leaf = ScenarioLines.Leaf

  let mine: ScenarioLines
  let theirs: ScenarioLines
  private var replaced: [(own: Leaf, by: Leaf)] = []
  private var removed: [Leaf] = []
  private var added: [Leaf] = []

  init(mine: ScenarioLines, theirs: ScenarioLines) {
    self.mine = mine
    self.theirs = theirs
  }

  mutating func replace(_ own: Leaf, by other: Leaf) { replaced.append((own, other)) }
  mutating func remove(_ own: Leaf) { removed.append(own) }
  mutating func add(_ leaf: Leaf) { added.append(leaf) }

  /// The changed file, with a new ledger.
  ///
  /// - Throws: `ScenarioErrors` where the changes do not come out as meant, because the file is laid out
  ///   in a way that cannot be changed line by line.
  func text(flow: String?, path: String) throws(ScenarioErrors) -> String {
    var changes: [Change] = []
    var problems: [ScenarioProblem] = []
    func refuse(_ leaf: Leaf, _ act: String) {
      problems.append(
        ScenarioProblem(
          "'\(leaf.path)' cannot be \(act) here, because its key does not stand on lines of its own; "
            + "write the group with one key a line, or make the change by hand",
          at: SourceLocation(path: path, line: leaf.place.lines.lowerBound + 1)))
    }
    for (own, other) in replaced {
      guard own.place.standsAlone else {
        refuse(own, "changed")
        continue
      }
      changes.append(Change(own.place.lines, moved(other.place.lines, other, own.place.indent)))
    }
    for place in placesToRemove() {
      guard place.place.standsAlone else {
        refuse(place, "removed")
        continue
      }
      changes.append(Change(place.place.lines, []))
    }
    for block in blocksToAdd() {
      guard let spot = spot(for: block) else {
        problems.append(
          ScenarioProblem(
            "'\(block.path)' cannot be added, because the group that it belongs to does not have one "
              + "key a line; write it so, or make the change by hand",
            at: SourceLocation(path: path)))
        continue
      }
      changes.append(
        Change(spot.line..<spot.line, moved(block.lines, nil, spot.indent, block.indent)))
    }
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    let result = finished(changes, flow: flow)
    try verify(result, path: path)
    return result
  }

  private struct Change {
    var lines: Range<Int>
    var by: [String]
    init(_ lines: Range<Int>, _ by: [String]) {
      self.lines = lines
      self.by = by
    }
  }

  private func finished(_ changes: [Change], flow: String?) -> String {
    var result = mine.lines
    // From the end to the start; at one place, what is added there comes before what is replaced, and
    // additions in their own order.
    let ordered = changes.enumerated().sorted { a, b in
      let (x, y) = (a.element.lines, b.element.lines)
      if x.lowerBound != y.lowerBound { return x.lowerBound > y.lowerBound }
      if x.isEmpty != y.isEmpty { return !x.isEmpty }
      return a.offset > b.offset
    }
    for (_, change) in ordered { result.replaceSubrange(change.lines, with: change.by) }
    result.removeAll {
      $0.hasPrefix(ScenarioLines.ledgerMark) || $0 == ScenarioLines.ledgerHead
    }
    while result.last?.allSatisfy(\.isWhitespace) == true { result.removeLast() }
    return (result + [""] + theirs.ledgerLines(flow: flow)).joined(separator: "\n") + "\n"
  }

  // MARK: Removing

  /// Leaves that go, or the outermost group of which nothing stays.
  private func placesToRemove() -> [Leaf] {
    let gone = Set(removed.map(\.path))
    var result: [Leaf] = []
    var seen: Set<String> = []
    for leaf in removed {
      let group = leaf.parents.first { parent in
        !added.contains { $0.parents.contains(parent) }
          && mine.leaves.filter { $0.parents.contains(parent) && !$0.path.hasPrefix("# ") }
            .allSatisfy { gone.contains($0.path) }
      }
      guard let group, let place = mine.groups[group] else {
        result.append(leaf)
        continue
      }
      // Comments inside of a group go with it.
      if seen.insert(group).inserted {
        result.append(Leaf(path: group, parents: [], value: "", claim: "", place: place))
      }
    }
    return result.filter { leaf in
      !result.contains { other in
        other.path != leaf.path && other.place.lines.lowerBound <= leaf.place.lines.lowerBound
          && other.place.lines.upperBound >= leaf.place.lines.upperBound
          && other.place.lines != leaf.place.lines
      }
    }
  }

  // MARK: Adding

  /// Lines of the new file that the old one lacks: a leaf, or a whole group.
  private struct Block {
    var path: String
    var parents: [String]
    /// Its lines in the new file, in order.
    var lines: [Int]
    var indent: Int
    /// Path of the key, without the mark of a comment.
    var key: String
  }

  private func blocksToAdd() -> [Block] {
    var result: [Block] = []
    var seen: Set<String> = []
    for leaf in added {
      let missing = leaf.parents.first { mine.groups[$0] == nil }
      if let missing, let place = theirs.groups[missing] {
        guard seen.insert(missing).inserted else { continue }
        let remark = theirs.leaves.first { $0.path == "# \(missing)" }
        result.append(
          Block(
            path: missing, parents: leaf.parents.prefix { $0 != missing }.map(\.self),
            lines: lines(
              of: missing,
              in: (remark?.place.lines.lowerBound ?? place.lines.lowerBound)..<place.lines
                .upperBound),
            indent: place.indent, key: missing))
        continue
      }
      let isRemark = leaf.path.hasPrefix("# ")
      let key = isRemark ? String(leaf.path.dropFirst(2)) : leaf.path
      // The comment of a group that is added comes with it, and one of a key that was taken out stays
      // out with it.
      if isRemark, place(of: key, in: mine) == nil, !added.contains(where: { $0.path == key }) {
        continue
      }
      result.append(
        Block(
          path: leaf.path, parents: leaf.parents, lines: Array(leaf.place.lines),
          indent: leaf.place.indent, key: key))
    }
    return result
  }

  /// Lines of a group without those of keys that a person has taken out.
  private func lines(of group: String, in range: Range<Int>) -> [Int] {
    var left: Set<Int> = []
    let wanted = Set(added.map(\.path))
    for leaf in theirs.leaves where leaf.parents.contains(group) && !wanted.contains(leaf.path) {
      left.formUnion(leaf.place.lines)
    }
    for (inner, place) in theirs.groups where inner.hasPrefix("\(group).") {
      if !added.contains(where: { $0.parents.contains(inner) }) { left.formUnion(place.lines) }
    }
    return range.filter { !left.contains($0) }
  }

  /// Where a block goes: behind the nearest key before it that both files have, else first in its group.
  private func spot(for block: Block) -> (line: Int, indent: Int)? {
    if block.path.hasPrefix("# ") {
      // A comment stands right above its key, or goes where the key goes.
      if let place = place(of: block.key, in: mine) {
        return place.standsAlone ? (place.lines.lowerBound, place.indent) : nil
      }
    }
    let parent = block.parents.last
    let siblings = members(of: parent, in: theirs).filter {
      $0.place.lines.lowerBound < block.lines.first ?? 0
    }
    for sibling in siblings.reversed() {
      if let place = place(of: sibling.path, in: mine), place.standsAlone {
        return (place.lines.upperBound, place.indent)
      }
    }
    guard let parent else { return nil }
    guard let place = mine.groups[parent],
      let first = members(of: parent, in: mine).first?.place, first.standsAlone,
      first.lines.lowerBound > place.lines.lowerBound
    else { return nil }
    return (place.lines.lowerBound + 1, first.indent)
  }

  private func place(of path: String, in file: ScenarioLines) -> ScenarioLines.Place? {
    file.groups[path] ?? file.leaves.first { $0.path == path }?.place
  }

  /// Keys of a group, by line.
  private func members(
    of parent: String?, in file: ScenarioLines
  ) -> [(path: String, place: ScenarioLines.Place)] {
    let depth =
      parent.map { parent in
        (file.leaves.first { $0.parents.contains(parent) }?.parents.firstIndex(of: parent) ?? 0) + 1
      } ?? 0
    var result: [(path: String, place: ScenarioLines.Place)] = []
    for leaf in file.leaves where !leaf.path.hasPrefix("# ") {
      if leaf.parents.count == depth, leaf.parents.last == parent {
        result.append((leaf.path, leaf.place))
      } else if leaf.parents.count > depth, depth == 0 || leaf.parents[depth - 1] == parent {
        let group = leaf.parents[depth]
        if result.last?.path != group, let place = file.groups[group] {
          result.append((group, place))
        }
      }
    }
    return result
  }

  /// Lines of the new file as they stand in the old one.
  private func moved(
    _ lines: some Sequence<Int>, _ leaf: Leaf?, _ indent: Int, _ from: Int? = nil
  ) -> [String] {
    let before = from ?? leaf?.place.indent ?? 0
    return lines.map { number in
      let line = theirs.lines[number]
      guard !line.isEmpty else { return line }
      let depth = line.prefix { $0 == " " }.count
      return String(repeating: " ", count: max(0, depth - before + indent))
        + line.dropFirst(depth)
    }
  }

  // MARK: Checking

  /// Reads the changed file and sees that it says what was meant, and nothing else.
  private func verify(_ text: String, path: String) throws(ScenarioErrors) {
    var expected = Dictionary(
      mine.leaves.map { ($0.path, $0.value) }, uniquingKeysWith: { a, _ in a })
    for leaf in removed { expected[leaf.path] = nil }
    for (_, leaf) in replaced { expected[leaf.path] = leaf.value }
    for leaf in added { expected[leaf.path] = leaf.value }
    let changed = try ScenarioLines(Array(text.utf8), path: path)
    for leaf in changed.leaves where !leaf.path.hasPrefix("# ") {
      guard expected.removeValue(forKey: leaf.path) == leaf.value else {
        throw unforeseen(leaf.path, path)
      }
    }
    if let key = expected.keys.filter({ !$0.hasPrefix("# ") }).sorted().first {
      throw unforeseen(key, path)
    }
  }

  private func unforeseen(_ key: String, _ path: String) -> ScenarioErrors {
    ScenarioErrors([
      ScenarioProblem(
        "the changes of the inventory cannot be put into this file line by line; the first that does "
          + "not come out is '\(key)'; make it by hand, or make a scenario under another name",
        at: SourceLocation(path: path))
    ])
  }
}
