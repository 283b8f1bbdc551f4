import Facts
import Inventory

extension Assessment {
  static let agentCandidates = Assessment(
    id: "agent-candidates", title: "Where agents could begin",
    formula:
      "Score = value × feasibility × low risk, each the mean of its known parts in 0...1. Value: "
      + "high volume = cases a month / carriedPerMonth, at most 1; bottlenecked = places where people "
      + "step in / humanApprovals, at most 1. Feasibility: repetitive = share of steps that are no "
      + "choices; clear logic = choices that follow a written rule / those and the ones left to people; "
      + "reachable = share of known channels to systems and applications that are neither a user "
      + "interface nor mail. Low risk: criticality (low 1, medium 0.75, high 0.5); few need it = 1 / (1 + "
      + "direct dependents / dependents); seldom fails = 1 − failure rate. Range: every unknown part at 0, "
      + "and at 1. Excluded, in this order: regulated according to the policy file; mission-critical; not in "
      + "production; probably regulated by the words of its files, unless the policy file says that it "
      + "is not."
  ) { context in
    let work = WorkFacts(context)
    let candidates = AgentCandidate.all(context, work)
    let open = candidates.filter { $0.excludedBy == nil }
    let lows = open.map(\.range.low).sorted()
    let highs = open.map(\.range.high).sorted()
    let rows = candidates.enumerated().map { place, candidate in
      row(candidate, rank: place + 1, lows: lows, highs: highs, context, work)
    }
    let firm = open.filter { candidate in
      let ranks = ranks(candidate, lows: lows, highs: highs)
      return ranks.best == ranks.worst
    }.count
    let alive = context.estate.systems.indices.filter { context.estate.systems[$0].isAlive }
    let silent = alive.count { work.peopleStepIn($0) == nil }
    let unsaid = open.count {
      CandidatePolicy.value(
        context.policy.candidates.regulated,
        of: work.names(of: context.estate.systems[$0.system])) == nil
    }
    var notes = [
      "Of \(counted(open.count, "candidate")) \(firm) keep their rank whatever the unknown parts turn "
        + "out to be; best and worst rank show how far the others can move."
    ]
    if unsaid > 0 {
      notes.append(
        "Whether a rule binds the work of \(counted(unsaid, "candidate")) is not said, only that "
          + "their files do not speak of it; say so under candidates.regulated.")
    }
    if silent > 0 {
      notes.append(
        "Of \(counted(silent, "system")) in use it is not known whether people step in; only those "
          + "that are workflows are listed.")
    }
    let best =
      open.first.map { ", first \(context.estate.systems[$0.system].name)" } ?? ""
    return AssessmentTable(
      summary:
        "\(counted(open.count, "candidate"))\(best); \(candidates.count - open.count) excluded.",
      columns: columns, rows: rows, notes: notes)
  }
}

private let columns: [AssessmentTable.Column] = [
  .init("Rank", "Order by score, without the excluded ones."),
  .init("Candidate", "The system or workflow."),
  .init("Score", "Value × feasibility × low risk, in 0...1, of what is known."),
  .init("Lowest score", "The score if every unknown part were 0."),
  .init("Highest score", "The score if every unknown part were 1."),
  .init("Best rank", "Its rank at best, whatever the unknown parts are."),
  .init("Worst rank", "Its rank at worst."),
  .init("Value", "Mean of high volume and bottlenecked."),
  .init("Feasibility", "Mean of repetitive, clear logic and reachable."),
  .init("Low risk", "Mean of little depends on it, few need it and seldom fails."),
  .init("People's work", unit: "h/month", "What agents can take over at most."),
  .init("Made of", "The known parts."),
  .init("Unknown", "The parts that are not known, and why."),
  .init("Excluded by", "The rule that speaks against beginning there."),
]

/// Best and worst rank: others that are better, and others that may be better.
private func ranks(
  _ candidate: AgentCandidate, lows: [Double], highs: [Double]
) -> (best: Int, worst: Int) {
  let range = candidate.range
  let better = lows.count - position(in: lows, above: range.high)
  // Itself is among those that may be better where its range has any width.
  let maybe = highs.count - position(in: highs, above: range.low)
  return (better + 1, max(better + 1, range.high > range.low ? maybe : maybe + 1))
}

/// The number of ascending values that are at most a bound.
private func position(in values: [Double], above bound: Double) -> Int {
  var low = 0
  var high = values.count
  while low < high {
    let middle = (low + high) / 2
    if values[middle] <= bound { low = middle + 1 } else { high = middle }
  }
  return low
}

private func row(
  _ candidate: AgentCandidate, rank: Int, lows: [Double], highs: [Double], _ context: AuditContext,
  _ work: WorkFacts
) -> AssessmentTable.Row {
  let system = context.estate.systems[candidate.system]
  func rounded(_ number: Double) -> AssessmentTable.Cell {
    .number((number * 1000).rounded() / 1000)
  }
  func mean(_ factor: AgentCandidate.Factor) -> AssessmentTable.Cell {
    if let mean = candidate.mean(factor) { return rounded(mean) }
    let notes = candidate.parts.filter { $0.factor == factor }.map(\.note)
    return .unknown(notes.joined(separator: "; "))
  }
  let isOpen = candidate.excludedBy == nil
  let span = ranks(candidate, lows: lows, highs: highs)
  let known = candidate.parts.filter { $0.value != nil }.map { "\($0.name): \($0.note)" }
  let unknown = candidate.parts.filter { $0.value == nil }.map { "\($0.name): \($0.note)" }
  return AssessmentTable.Row(
    [
      isOpen ? .number(Double(rank)) : .text("–"), .text(system.name),
      candidate.score.map(rounded)
        ?? .unknown("nothing is known of one of its factors: \(listText(candidate.unknown))"),
      rounded(candidate.range.low), rounded(candidate.range.high),
      isOpen ? .number(Double(span.best)) : .text("–"),
      isOpen ? .number(Double(span.worst)) : .text("–"),
      mean(.value), mean(.feasibility), mean(.lowRisk),
      work.hoursPerMonth(system).map { .number(($0 * 10).rounded() / 10) }
        ?? .unknown(work.whyNoHours(system)),
      .text(known.joined(separator: "; ")),
      .text(unknown.isEmpty ? "none" : unknown.joined(separator: "; ")),
      .text(candidate.excludedBy ?? "none"),
    ], evidence: Array(system.sources.sorted().prefix(4)))
}
