/// Things that share a name, however many steps apart: a disjoint-set forest over their indices.
///
/// Source: Galler & Fischer 1964, doi:10.1145/364099.364331 (with path halving). The smallest index
/// stands for its group, so the outcome does not depend on the order of joining.
struct NameGroups {
  private var parent: [Int]

  /// Groups of one, for the indices `0..<count`.
  init(count: Int) { parent = Array(0..<count) }

  /// The smallest index of the group an index lies in.
  mutating func representative(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }

  /// Makes one group of the groups two indices lie in.
  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (representative(a), representative(b))
    parent[max(a, b)] = min(a, b)
  }

  /// Joins all indices that carry one of the same names; empty names join nothing.
  mutating func join(byNames names: [[String]]) {
    var first: [String: Int] = [:]
    for (index, keys) in names.enumerated() {
      for key in keys where !key.isEmpty {
        if let earlier = first[key] { join(earlier, index) } else { first[key] = index }
      }
    }
  }

  /// The groups, each in ascending order, ordered by their first index.
  mutating func groups() -> [[Int]] {
    var members: [Int: [Int]] = [:]
    for index in parent.indices { members[representative(index), default: []].append(index) }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }
}
