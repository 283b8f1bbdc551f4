internal import Statistics

/// What is known of a state of the flow at which cases can go several ways.
struct StateWays {
  /// The rule by which attributes choose, where there is one.
  var rule: BranchRule?
  /// p-value that the shares were the same in all quarters of the log; `nil` where it cannot be told.
  var same: Double?
}

/// Follows all cases through a flow, and looks at each state at which several ways were taken.
///
/// - Parameters:
///   - sequences: the blocks of each case, as symbols.
///   - lastWorks: for each case the last work of each block.
func branchingOfStates(
  _ chain: FlowChain, _ sequences: [[Int]], lastWorks: [[Int]], _ data: CalibrationLog,
  _ values: CaseValues
) -> [Int: StateWays] {
  var visits = [[BranchVisit]](repeating: [], count: chain.states.count)
  for (index, sequence) in sequences.enumerated() {
    let passed = chain.states(of: sequence)
    for (position, state) in passed.enumerated() where state >= 0 && position <= sequence.count {
      let symbol = position == sequence.count ? FlowChain.end : sequence[position]
      guard let way = chain.next[state].firstIndex(where: { $0.symbol == symbol }) else { continue }
      visits[state].append(
        BranchVisit(
          caseIndex: index, work: position == 0 ? -1 : lastWorks[index][position - 1], way: way))
    }
  }
  let several = visits.indices.filter { chain.next[$0].count > 1 && !visits[$0].isEmpty }
  // Of many places some have a rule by chance: the level is that of all of them together.
  let tested = several.count { visits[$0].count >= fewestVisits }
  let level = 0.001 / Double(max(1, tested))
  let starts = (0..<data.caseCount).map { index in
    data.range(ofCase: index).map { data.works[$0].start }.min() ?? 0
  }
  var found: [Int: StateWays] = [:]
  for state in several {
    let count = chain.next[state].count
    found[state] = StateWays(
      rule: branchRule(visits[state], ways: count, values, level: level),
      same: sameThroughout(visits[state], ways: count, starts: starts))
  }
  return found
}

/// p-value that shares are the same in the four quarters of some visits, by the start of their cases (χ²); `nil`
/// where the rarest way is to be expected less than five times in a quarter.
private func sameThroughout(_ visits: [BranchVisit], ways: Int, starts: [Int64]) -> Double? {
  let sorted = visits.sorted {
    (starts[$0.caseIndex], $0.caseIndex, $0.work) < (starts[$1.caseIndex], $1.caseIndex, $1.work)
  }
  var counts = [[Double]](repeating: [Double](repeating: 0, count: ways), count: 4)
  for (index, visit) in sorted.enumerated() { counts[index * 4 / sorted.count][visit.way] += 1 }
  var statistic = 0.0
  for way in 0..<ways {
    let total = counts.reduce(0) { $0 + $1[way] }
    for quarter in counts {
      let expected = total * quarter.reduce(0, +) / Double(sorted.count)
      guard expected >= 5 else { return nil }
      statistic += (quarter[way] - expected) * (quarter[way] - expected) / expected
    }
  }
  return regularizedGamma(shape: Double(3 * (ways - 1)) / 2, statistic / 2).upper
}
