import Inventory
import ProcessModel

/// All disagreements between the decision tables of an estate.
struct TableComparison {
  /// Contradictions, by system and table.
  private(set) var conflicts: [TableConflict] = []
  /// Each table looked at by itself, in the order of the estate.
  private(set) var reviews: [TableReview] = []
  /// What was left open, one sentence each.
  private(set) var remarks: [String] = []

  /// Compares each two tables that share an input.
  ///
  /// - Parameter evaluations: Rules looked at for one pair; all pairs together may take ten times as
  ///   many.
  init(_ decisions: [EstateDecision], evaluations: Int) {
    review(decisions, evaluations)
    var notComparable = 0
    var withOpaqueRules = 0
    var byKey: [String: [Int]] = [:]
    let compiled = decisions.map(CompiledTable.init)
    for (index, table) in compiled.enumerated() {
      if table.isUnderstood.contains(false) { withOpaqueRules += 1 }
      guard table.isComparable else {
        notComparable += 1
        continue
      }
      // Tables are compared that share an input and a kind of answer.
      let answers = table.outputKeys.indices.flatMap { column in
        table.outputKeys[column].map { "name \($0)" }
          + outputWords(table, column).map { "word \($0)" }
      }
      for key in Set(table.inputKeys.flatMap { $0 }) {
        for answer in Set(answers) { byKey["\(key) \(answer)", default: []].append(index) }
      }
    }
    var pairs: Set<Pair> = []
    var tooMany = 0
    for (_, tables) in byKey.sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
      guard pairs.count + tables.count * tables.count / 2 <= 500_000 else {
        tooMany += 1
        continue
      }
      for (place, first) in tables.enumerated() {
        for second in tables.dropFirst(place + 1) {
          pairs.insert(Pair(first: first, second: second))
        }
      }
    }
    if tooMany > 0 {
      remarks.append(
        "Not compared, for their number: tables that have no more in common than one of "
          + "\(counted(tooMany, "input")) and one kind of answer, and that very many others have too."
      )
    }
    var left = evaluations * 10
    var givenUp = 0
    for (done, pair) in pairs.sorted().enumerated() {
      let (a, b) = (compiled[pair.first], compiled[pair.second])
      // Most pairs take little, so that each may take several times its share of what is left.
      let share = left / (pairs.count - done)
      let budget = min(evaluations, max(2_000, share * 8))
      guard var duel = TableDuel(a, b, evaluations: budget) else { continue }
      if let conflict = duel.conflict() {
        conflicts.append(conflict)
      } else if duel.evaluationsLeft <= 0 {
        givenUp += 1
      }
      left -= budget - max(0, duel.evaluationsLeft)
    }
    remark(notComparable, withOpaqueRules, givenUp)
  }

  /// Looks at each table by itself; all together may take forty times the evaluations of a pair.
  private mutating func review(_ decisions: [EstateDecision], _ evaluations: Int) {
    var left = evaluations * 40
    for (done, decision) in decisions.enumerated() {
      // Most tables take little, so that each may take several times its share of what is left.
      let share = left / (decisions.count - done)
      let review = TableReview(decision, steps: min(evaluations * 5, max(2_000, share * 8)))
      left = max(0, left - review.steps)
      reviews.append(review)
    }
  }

  private mutating func remark(_ notComparable: Int, _ withOpaqueRules: Int, _ givenUp: Int) {
    if notComparable > 0 {
      remarks.append(
        "Not compared: \(counted(notComparable, "decision table")) with a hit policy that collects "
          + "several rules (COLLECT, RULE ORDER, OUTPUT ORDER).")
    }
    if withOpaqueRules > 0 {
      remarks.append(
        "Of \(counted(withOpaqueRules, "decision table")) some tests are beyond the part of FEEL that "
          + "is understood; nothing is concluded from those rules.")
    }
    if givenUp > 0 {
      remarks.append(
        "Not compared to the end, for their size: \(counted(givenUp, "pair")) of decision tables.")
    }
  }
}

extension TableComparison {
  /// The contradictions, those between versions of two tables of the same names together.
  var conflictGroups: [[TableConflict]] {
    var groups: [[TableConflict]] = []
    var places: [[String]: Int] = [:]
    for conflict in conflicts {
      let key = [conflict.first, conflict.second].map {
        "\(nameKey($0.system)) \(nameKey($0.table.name))"
      }.sorted()
      if let place = places[key] {
        groups[place].append(conflict)
      } else {
        places[key] = groups.count
        groups.append([conflict])
      }
    }
    return groups
  }
}

private struct Pair: Hashable, Comparable {
  var first: Int
  var second: Int

  static func < (a: Pair, b: Pair) -> Bool { (a.first, a.second) < (b.first, b.second) }
}
