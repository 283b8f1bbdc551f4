import Inventory
import ProcessModel

/// One decision table looked at by itself: what its cells say, where its rules overlap against the hit
/// policy, which never count, and which cases none covers.
///
/// Rules with tests that are not understood overlap nothing for sure, and a case they might cover is no
/// gap.
struct TableReview {
  let decision: EstateDecision
  /// Tests in all rules.
  let cellCount: Int
  /// Tests that are not understood: rule, input, and the test as written.
  let opaque: [(rule: Int, input: Int, text: String)]
  private(set) var flaws: [TableFlaw] = []
  /// Share of the cases between the bounds that rules cover; `nil` where it was not computed.
  private(set) var coverage: Double?
  /// What was left open.
  private(set) var openEnds: Set<OpenEnd> = []
  /// Rules, and pairs of rules, that were looked at.
  private(set) var steps = 0
  /// Pairs of rules that were compared in the search for overlaps.
  private(set) var comparedPairs = 0

  /// What is not concluded of a table.
  enum OpenEnd: Hashable {
    /// Pairs of rules, for their number.
    case overlaps
    /// Rules that never count, for their number.
    case shadows
    /// Gaps, for their number.
    case gaps
  }

  private let boxes: TableBoxes
  private let outputs: RuleOutputs
  /// For each rule, those that come before it where both match.
  private var stronger: [[Int]]

  private var table: DecisionTable { decision.table }

  /// Looks at a table.
  /// - Parameter steps: Rules looked at in the search for gaps, and in that for rules which never
  ///   count.
  init(_ decision: EstateDecision, steps limit: Int) {
    self.decision = decision
    let table = decision.table
    cellCount = table.rules.reduce(0) { $0 + $1.tests.count }
    opaque = table.rules.enumerated().flatMap { index, rule in
      rule.tests.enumerated().filter { $0.element.isOpaque }.map {
        (index, $0.offset, $0.element.feel)
      }
    }
    boxes = TableBoxes(table)
    outputs = RuleOutputs(decision)
    stronger = Array(repeating: [], count: table.rules.count)
    findOverlaps()
    findShadowed(limit)
    findImpossible()
    findGaps(limit)
    flaws.sort { $0.kind.rawValue < $1.kind.rawValue }
  }

  private mutating func add(_ kind: TableFlaw.Kind, _ rules: [Int], values: () -> [Int]?) {
    if let place = flaws.firstIndex(where: { $0.kind == kind }) {
      flaws[place].count += 1
      let last = flaws[place].instances.last ?? []
      if flaws[place].instances.count == 5, !rules.lexicographicallyPrecedes(last) { return }
      let isFirst = rules.lexicographicallyPrecedes(flaws[place].rules)
      flaws[place].instances.append(rules)
      flaws[place].instances.sort { $0.lexicographicallyPrecedes($1) }
      flaws[place].instances = Array(flaws[place].instances.prefix(5))
      if !isFirst { return }
      setExample(place, values())
    } else {
      flaws.append(TableFlaw(kind: kind, count: 1, instances: [rules]))
      setExample(flaws.count - 1, values())
    }
  }

  private mutating func setExample(_ place: Int, _ cells: [Int]?) {
    flaws[place].values = cells.map(boxes.values) ?? []
    flaws[place].isPlain = cells.map(boxes.isPlain) ?? true
  }

  // MARK: Overlaps

  private mutating func findOverlaps() {
    let actsInTurn = table.actsInTurn == true
    if actsInTurn && table.feedsItself { return }
    // The closure may not change what it is called by.
    var found: [(TableFlaw.Kind, Int, Int)] = []
    var stronger = self.stronger
    var strongerLeft = 4_000_000
    var counts: [TableFlaw.Kind: Double] = [:]
    let (boxes, outputs, policy) = (self.boxes, self.outputs, table.hitPolicy)
    let (compared, isComplete) = boxes.forEachOverlap(steps: 400_000_000) { i, j in
      let agreement = outputs.agreement(i, j)
      let kind: TableFlaw.Kind?
      switch policy {
      case .unique:
        kind =
          agreement == .different
          ? .contradiction
          : agreement == .unknown
            ? .undecided : boxes.sure[i] == boxes.sure[j] ? .duplicate : .overlap
      case .any:
        kind =
          agreement == .different
          ? .contradiction
          : agreement == .same && boxes.sure[i] == boxes.sure[j] ? .duplicate : nil
      case .first:
        strongerLeft -= 1
        if strongerLeft >= 0 { stronger[j].append(i) }
        kind =
          agreement == .different && !boxes.covers(j, i) && !boxes.covers(i, j) ? .masked : nil
      case .priority:
        switch outputs.priority(i, j) {
        case .first?:
          strongerLeft -= 1
          if strongerLeft >= 0 { stronger[j].append(i) }
          kind = nil
        case .second?:
          strongerLeft -= 1
          if strongerLeft >= 0 { stronger[i].append(j) }
          kind = nil
        case .equal?, nil:
          kind =
            agreement == .different
            ? .contradiction
            : agreement == .same && boxes.sure[i] == boxes.sure[j] ? .duplicate : nil
        }
      case .collect, .ruleOrder, .outputOrder:
        let isSame = agreement == .same && boxes.sure[i] == boxes.sure[j]
        // Where something else than the rank lets one of two rules act, nothing is concluded.
        if actsInTurn && !outputs.haveOneRank(i, j) { return }
        let clash = actsInTurn && agreement == .different
        kind = clash ? .contradiction : isSame ? .duplicate : nil
      }
      guard let kind else { return }
      counts[kind, default: 0] += 1
      // Enough to choose the first of.
      if counts[kind, default: 0] <= 200_000 { found.append((kind, i, j)) }
    }
    comparedPairs = compared
    if !isComplete { openEnds.insert(.overlaps) }
    if strongerLeft < 0 { openEnds.insert(.shadows) }
    self.stronger = stronger
    for (kind, i, j) in found.sorted(by: {
      ($0.0.rawValue, $0.1, $0.2) < ($1.0.rawValue, $1.1, $1.2)
    })
    where (flaws.first { $0.kind == kind }?.instances.count ?? 0) < 5 {
      add(kind, [i, j]) { boxes.example(i, j) }
    }
    for place in flaws.indices {
      flaws[place].count = counts[flaws[place].kind] ?? flaws[place].count
      flaws[place].isLowerBound = !isComplete
    }
  }

  // MARK: Rules that never count

  private mutating func findShadowed(_ limit: Int) {
    let boxes = self.boxes
    var left = limit
    for (rule, others) in stronger.enumerated() where !others.isEmpty && boxes.isPossible[rule] {
      if let cover = others.sorted().first(where: { boxes.covers($0, rule) }) {
        add(.shadowed, [rule, cover]) { boxes.example(rule, cover) }
        continue
      }
      guard others.count > 1, left > 0 else { continue }
      let budget = min(left, max(20_000, limit / 50))
      var cover = TableCover(
        choices: boxes.axes.indices.map { axis in
          boxes.axes[axis].plainestFirst.filter(boxes.possible[rule][axis].contains)
        }, boxes: others.map { boxes.sure[$0] }, steps: budget)
      let uncovered = cover.uncovered()
      left -= budget - max(0, cover.stepsLeft)
      if uncovered.count == 0, cover.stepsLeft >= 0 {
        add(.shadowed, [rule] + others.sorted().prefix(3)) {
          others.min().flatMap { boxes.example(rule, $0) }
        }
      }
    }
    if left <= 0 { openEnds.insert(.shadows) }
    steps += limit - max(0, left)
  }

  private mutating func findImpossible() {
    for rule in table.rules.indices
    where !boxes.isPossible[rule] && table.rules[rule].tests.count >= table.inputs.count {
      add(.impossible, [rule]) { nil }
    }
  }

  // MARK: Gaps

  private mutating func findGaps(_ limit: Int) {
    let isOpen = table.outputs.contains { $0.defaultOutput != nil }
    switch table.hitPolicy {
    case .unique, .any, .first, .priority: break
    // Where rules are collected, none is an answer too.
    case .collect, .ruleOrder, .outputOrder: return
    }
    guard !isOpen, !table.rules.isEmpty, !table.inputs.isEmpty else { return }
    let choices = boxes.axes.map { axis in axis.plainestFirst.filter(axis.isExpected) }
    let caseCount = choices.reduce(1.0) { $0 * Double($1.count) }
    guard caseCount > 0 else { return }
    let rules = table.rules.indices.filter { boxes.isPossible[$0] }
    var cover = TableCover(
      choices: choices, boxes: rules.map { boxes.possible[$0] }, steps: limit)
    let uncovered = cover.uncovered()
    steps += limit - max(0, cover.stepsLeft)
    let isComplete = cover.stepsLeft >= 0
    if isComplete { coverage = 1 - uncovered.count / caseCount } else { openEnds.insert(.gaps) }
    guard let example = uncovered.example else { return }
    flaws.append(
      TableFlaw(
        kind: .gap, count: uncovered.count, isLowerBound: !isComplete,
        values: boxes.values(example), isPlain: boxes.isPlain(example)))
  }
}
