internal import Statistics

/// A rule that was found, as reports show it.
public struct BranchingRuleFit: Sendable, Hashable {
  /// Identifier of the gateway in the BPMN file.
  public var gateway: String
  /// Conditions in the order in which they are asked; what is left has none.
  public var conditions: [String]
  /// Visits that it rests on.
  public var count: Int
  /// Gain of the log-likelihood of a visit over the plain shares, on cases left out, in nats.
  public var gain: Double
  /// p-value of no gain.
  public var pValue: Double
}

extension LogCalibration {
  /// The rules by which attributes choose among ways.
  public var rules: [BranchingRuleFit] {
    process.rules.map { item in
      BranchingRuleFit(
        gateway: item.gateway, conditions: item.rule.leaves.compactMap(\.condition),
        count: item.rule.count, gain: item.rule.gain, pValue: item.rule.pValue)
    }
  }
}

/// A visit of a place at which cases can go several ways.
struct BranchVisit {
  /// The case.
  var caseIndex: Int
  /// The last work before it; −1 at the start of the case.
  var work: Int
  /// Which of the ways it took.
  var way: Int
}

/// A rule by which attributes of cases choose among several ways: leaves of a decision tree in the order in which
/// their conditions are asked; the last one holds for all that is left.
struct BranchRule {
  /// A leaf.
  struct Leaf {
    /// Its condition; `nil` for what is left.
    var condition: String?
    /// How often each way was taken.
    var counts: [Int]
  }

  /// Leaves, two at least.
  var leaves: [Leaf]
  /// Columns that are asked.
  var columns: [Int]
  /// Gain of the log-likelihood of a visit that the rule has not seen, over the plain shares, in nats.
  var gain: Double
  /// p-value of no gain.
  var pValue: Double
  /// Visits.
  var count: Int
}

/// Fewest visits of a place at which a rule is looked for.
let fewestVisits = 50

/// Finds a rule for one place; `nil` where none beats the plain shares on cases that it has not seen.
///
/// A tree of at most three levels, each split paying for its parameters (Bayes' criterion) and for the number of
/// splits that it was chosen from. It is grown five times on four fifths of the cases; the gain of log-likelihood
/// on the fifth that was left out must be more than 0 by a one-sided test over cases.
/// - Parameter level: largest p-value.
func branchRule(
  _ visits: [BranchVisit], ways: Int, _ values: CaseValues, level: Double
) -> BranchRule? {
  guard visits.count >= fewestVisits, ways > 1, !values.columns.isEmpty else { return nil }
  let grower = RuleGrower(visits: visits, ways: ways, values: values)
  // Of many visits a part tells as much.
  let step = max(1, visits.count / 5_000)
  let all = Array(stride(from: 0, to: visits.count, by: step))
  let whole = grower.grow(all, depth: 0)
  guard case .split = whole else { return nil }
  // Gains of cases that a tree has not seen.
  var gains: [Int: Double] = [:]
  for fold in 0..<5 {
    let training = all.filter { visits[$0].caseIndex % 5 != fold }
    let tree = grower.grow(training, depth: 0)
    let plain = grower.counts(training)
    for index in all where visits[index].caseIndex % 5 == fold {
      let counts = grower.counts(in: tree, for: index) ?? plain
      let way = visits[index].way
      gains[visits[index].caseIndex, default: 0] +=
        grower.logarithm(counts, way) - grower.logarithm(plain, way)
    }
  }
  let cases = gains.keys.sorted().map { gains[$0] ?? 0 }
  let n = Double(cases.count)
  guard cases.count >= 30 else { return nil }
  let mean = cases.reduce(0, +) / n
  let square = cases.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let error = (square / (n - 1) / n).squareRoot()
  let p = mean <= 0 ? 1 : error > 0 ? normalSurvival(mean / error) : 0
  guard p < level else { return nil }
  var rule = BranchRule(
    leaves: [], columns: [], gain: mean * n / Double(all.count), pValue: p, count: visits.count)
  var columns: Set<Int> = []
  grower.leaves(of: whole, path: [], &rule.leaves, &columns)
  guard rule.leaves.count > 1 else { return nil }
  if step > 1 {
    for leaf in rule.leaves.indices { rule.leaves[leaf].counts = Array(repeating: 0, count: ways) }
    for index in visits.indices {
      rule.leaves[grower.place(of: index, in: whole)].counts[visits[index].way] += 1
    }
  }
  rule.leaves[rule.leaves.count - 1].condition = nil
  rule.columns = columns.sorted()
  return rule
}

/// Grows decision trees over visits.
private struct RuleGrower {
  let visits: [BranchVisit]
  let ways: Int
  let values: CaseValues

  /// Levels of splits.
  static let deepest = 3
  /// Fewest visits of a leaf.
  static let fewest = 5

  indirect enum Tree {
    case leaf([Int])
    /// Parts in the order in which they are asked; visits of no part are of the last tree.
    case split(column: Int, parts: [(test: Test, tree: Tree)], rest: Tree)
  }

  enum Test {
    case equals(Double)
    case atMost(Double)

    func holds(_ value: Double) -> Bool {
      switch self {
      case .equals(let other): value == other
      case .atMost(let limit): value <= limit
      }
    }
  }

  func value(_ column: Int, _ index: Int) -> Double {
    let visit = visits[index]
    let column = values.columns[column]
    return visit.work < 0 ? column.initial[visit.caseIndex] : column.after[visit.work]
  }

  func counts(_ part: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: ways)
    for index in part { counts[visits[index].way] += 1 }
    return counts
  }

  /// Logarithm of the probability of a way, with half a visit added to each.
  func logarithm(_ counts: [Int], _ way: Int) -> Double {
    let total = counts.reduce(0, +)
    return naturalLogarithm(
      (Double(counts[way]) + 0.5) / (Double(total) + 0.5 * Double(counts.count)))
  }

  private func likelihood(_ counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    return counts.reduce(0) {
      $1 > 0 ? $0 + Double($1) * naturalLogarithm(Double($1) / total) : $0
    }
  }

  func grow(_ part: [Int], depth: Int) -> Tree {
    let own = counts(part)
    let kinds = own.count { $0 > 0 }
    guard depth < Self.deepest, part.count >= 2 * Self.fewest, kinds > 1 else { return .leaf(own) }
    let base = likelihood(own)
    var best: (gain: Double, column: Int, tests: [Test])?
    var tried = 0
    var found: [(gain: Double, column: Int, tests: [Test])] = []
    for column in values.columns.indices {
      for tests in candidates(column, part) {
        tried += 1
        let parts = divide(part, column, tests)
        guard parts.filter({ !$0.isEmpty }).count > 1,
          parts.allSatisfy({ $0.isEmpty || $0.count >= Self.fewest })
        else { continue }
        let sum = parts.reduce(0) { $0 + likelihood(counts($1)) }
        let further = parts.count { !$0.isEmpty } - 1
        let price = 0.5 * Double(further * (kinds - 1)) * naturalLogarithm(Double(part.count))
        found.append((sum - base - price, column, tests))
      }
    }
    let choice = naturalLogarithm(Double(max(1, tried)))
    for item in found where item.gain - choice > max(0, best?.gain ?? 0) {
      best = (item.gain - choice, item.column, item.tests)
    }
    guard let best else { return .leaf(own) }
    let parts = divide(part, best.column, best.tests)
    let rest = parts[parts.count - 1]
    return .split(
      column: best.column,
      parts: zip(best.tests, parts).map { ($0, grow($1, depth: depth + 1)) },
      rest: rest.isEmpty ? .leaf(own) : grow(rest, depth: depth + 1))
  }

  /// The parts of visits by tests, and what is left as the last one.
  private func divide(_ part: [Int], _ column: Int, _ tests: [Test]) -> [[Int]] {
    var parts = [[Int]](repeating: [], count: tests.count + 1)
    for index in part {
      let value = value(column, index)
      parts[tests.firstIndex { $0.holds(value) } ?? tests.count].append(index)
    }
    return parts
  }

  /// Ways to split by a column: each category against the others and all apart; numbers at 31 quantiles.
  private func candidates(_ column: Int, _ part: [Int]) -> [[Test]] {
    let seen = part.map { value(column, $0) }.sorted()
    if values.columns[column].categories == nil {
      var limits: [Double] = []
      for step in 1..<32 {
        let at = seen.count * step / 32
        guard at > 0, at < seen.count else { continue }
        let next = seen[at...].first { $0 > seen[at - 1] }
        guard let next else { continue }
        let limit = between(seen[at - 1], next)
        if limits.last != limit { limits.append(limit) }
      }
      return limits.map { [.atMost($0)] }
    }
    var counts: [Double: Int] = [:]
    for value in seen { counts[value, default: 0] += 1 }
    let common = counts.keys.sorted().filter { counts[$0] ?? 0 >= Self.fewest }
    var found = common.map { [Test.equals($0)] }
    // What is left is asked last, so that the last of all categories need not be.
    let isWhole = common.count == counts.count
    let apart = isWhole ? common.dropLast() : common[...]
    if apart.count > 1 { found.append(apart.map { .equals($0) }) }
    return found
  }

  /// A number between two others with as few digits as may be.
  private func between(_ low: Double, _ high: Double) -> Double {
    var unit = 1e9
    while unit > 1e-6 {
      let rounded = (high / unit).rounded(.down) * unit
      if rounded >= low, rounded < high { return rounded }
      unit /= 10
    }
    return low
  }

  /// The counts that a tree has for a visit; `nil` where it is but a leaf.
  func counts(in tree: Tree, for index: Int) -> [Int]? {
    switch tree {
    case .leaf(let counts): return counts
    case .split(let column, let parts, let rest):
      let value = value(column, index)
      for part in parts where part.test.holds(value) {
        return counts(in: part.tree, for: index)
      }
      return counts(in: rest, for: index)
    }
  }

  /// Which leaf a visit comes to, in the order of `leaves`.
  func place(of index: Int, in tree: Tree) -> Int {
    guard case .split(let column, let parts, let rest) = tree else { return 0 }
    let value = value(column, index)
    var before = 0
    for part in parts {
      if part.test.holds(value) { return before + place(of: index, in: part.tree) }
      before += size(of: part.tree)
    }
    return before + place(of: index, in: rest)
  }

  private func size(of tree: Tree) -> Int {
    guard case .split(_, let parts, let rest) = tree else { return 1 }
    return parts.reduce(size(of: rest)) { $0 + size(of: $1.tree) }
  }

  func leaves(
    of tree: Tree, path: [String], _ found: inout [BranchRule.Leaf], _ columns: inout Set<Int>
  ) {
    switch tree {
    case .leaf(let counts):
      found.append(.init(condition: path.joined(separator: " and "), counts: counts))
    case .split(let index, let parts, let rest):
      columns.insert(index)
      let column = values.columns[index]
      for part in parts {
        let text =
          switch part.test {
          case .equals(let value): "\(column.name) = \(column.text(value))"
          case .atMost(let limit): "\(column.name) <= \(column.text(limit))"
          }
        leaves(of: part.tree, path: path + [text], &found, &columns)
      }
      leaves(of: rest, path: path, &found, &columns)
    }
  }
}
