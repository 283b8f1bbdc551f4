/// The equations of how often a case comes to each node, v = s + Mᵀv, solved by elimination.
///
/// A loop that is left once in ten thousand rounds needs millions of sweeps of iteration; elimination takes one pass.
/// Nodes go one after the other, those with the fewest neighbours first, which keeps the rest of a flow thin; what is
/// left when they are many goes as a table. Since all weights are at least 0 no pivoting is needed: a pivot of 0 is a
/// loop that nothing leaves.
struct VisitEquations {
  /// What comes from outside to each node.
  private var starts: [Double]
  /// For each node where it sends to, and how much for each visit.
  private var targets: [[Int: Double]]
  /// For each node which nodes send to it.
  private var sources: [Set<Int>]

  /// Neighbours, coming times going, from which on the rest goes as a table.
  private static let many = 256
  /// Below it a pivot is 0.
  private static let least = 1e-12

  /// A node that is gone: v = factor · (start + Σ weight · v of its sources).
  private struct Gone {
    var node: Int
    var factor: Double
    var start: Double
    var sources: [(node: Int, weight: Double)]
  }

  init(count: Int) {
    starts = [Double](repeating: 0, count: count)
    targets = [[Int: Double]](repeating: [:], count: count)
    sources = [Set<Int>](repeating: [], count: count)
  }

  mutating func add(start weight: Double, to node: Int) { starts[node] += weight }

  mutating func add(_ weight: Double, from source: Int, to target: Int) {
    targets[source][target, default: 0] += weight
    sources[target].insert(source)
  }

  private func degree(_ node: Int) -> Int { sources[node].count * targets[node].count }

  /// The visits; `nil` where a loop is never left.
  func solution() -> [Double]? {
    var visits = [Double](repeating: 0, count: starts.count)
    var gone: [Gone] = []
    var left = Set(starts.indices)
    var equations = self
    // Each node waits in the bin of its degree; what has changed since is put into another when it comes up.
    var bins = [[Int]](repeating: [], count: Self.many + 1)
    for node in starts.indices {
      bins[min(Self.many, equations.degree(node))].append(node)
    }
    var at = 0
    while at < Self.many {
      guard let node = bins[at].popLast() else {
        at += 1
        continue
      }
      guard left.contains(node) else { continue }
      let now = equations.degree(node)
      if now > at {
        bins[min(Self.many, now)].append(node)
        continue
      }
      guard let row = equations.eliminate(node) else { return nil }
      left.remove(node)
      gone.append(row)
      // Its neighbours may have fewer now.
      for neighbour in row.sources.map(\.node) + equations.targets[node].keys.sorted()
      where left.contains(neighbour) {
        let degree = equations.degree(neighbour)
        if degree < Self.many { bins[degree].append(neighbour) }
        at = min(at, degree)
      }
    }
    let rest = left.sorted()
    guard let table = equations.table(of: rest) else { return nil }
    for (node, value) in zip(rest, table) { visits[node] = value }
    for row in gone.reversed() {
      visits[row.node] =
        row.factor
        * (row.start + row.sources.reduce(0) { $0 + $1.weight * visits[$1.node] })
    }
    return visits.allSatisfy { $0.isFinite && $0 >= 0 } ? visits : nil
  }

  /// Takes a node out; `nil` where nothing leaves it but to itself.
  private mutating func eliminate(_ node: Int) -> Gone? {
    let pivot = 1 - (targets[node][node] ?? 0)
    guard pivot > Self.least else { return nil }
    let factor = 1 / pivot
    let coming = sources[node].filter { $0 != node }.sorted().map { source in
      (node: source, weight: targets[source][node] ?? 0)
    }
    let going = targets[node].filter { $0.key != node }.sorted { $0.key < $1.key }
    for (target, weight) in going {
      starts[target] += starts[node] * factor * weight
      sources[target].remove(node)
      for (source, share) in coming { add(share * factor * weight, from: source, to: target) }
    }
    for (source, _) in coming { targets[source][node] = nil }
    return Gone(node: node, factor: factor, start: starts[node], sources: coming)
  }

  /// Solves what is left of some nodes as a table; `nil` where a loop is never left.
  private func table(of nodes: [Int]) -> [Double]? {
    let count = nodes.count
    var place: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() { place[node] = index }
    // Row t: v_t − Σ weight · v = start.
    var rows = [Double](repeating: 0, count: count * count)
    var right = nodes.map { starts[$0] }
    for (index, node) in nodes.enumerated() {
      rows[index * count + index] += 1
      for (target, weight) in targets[node] {
        if let row = place[target] { rows[row * count + index] -= weight }
      }
    }
    for pivot in 0..<count {
      let value = rows[pivot * count + pivot]
      guard value > Self.least else { return nil }
      for row in (pivot + 1)..<max(pivot + 1, count) {
        let factor = rows[row * count + pivot] / value
        if factor == 0 { continue }
        for column in pivot..<count {
          rows[row * count + column] -= factor * rows[pivot * count + column]
        }
        right[row] -= factor * right[pivot]
      }
    }
    for pivot in (0..<count).reversed() {
      var value = right[pivot]
      for column in (pivot + 1)..<max(pivot + 1, count) {
        value -= rows[pivot * count + column] * right[column]
      }
      right[pivot] = value / rows[pivot * count + pivot]
    }
    return right
  }
}
