import Facts

/// What a questionnaire says, as tables: answers, cost of the price models, ranking and weights.
///
/// - Parameter evidence: what is known without asking; the computed answers are not given here but by
///   `filled`.
public func questionnaireTables(
  _ questionnaire: Questionnaire, evidence: QuestionnaireEvidence
) -> [AssessmentTable] {
  switch questionnaire.kind {
  case .readiness: return []
  case .vendors: return [vendorAnswers(questionnaire, evidence)]
  case .scorecard:
    var tables = [scores(questionnaire)]
    let costs = questionnaire.yearlyCosts(evidence)
    if !costs.isEmpty { tables.append(priceModels(questionnaire, costs, evidence)) }
    if let ranking = questionnaire.ranking {
      tables += [rankingTable(questionnaire, ranking), weightTable(questionnaire, ranking)]
    }
    return tables
  }
}

extension AssessmentTable {
  fileprivate init(
    _ id: String, _ title: String, formula: String, summary: String, columns: [Column],
    rows: [Row], notes: [String] = []
  ) {
    self.init(summary: summary, columns: columns, rows: rows, notes: notes)
    self.id = id
    self.title = title
    self.formula = formula
  }
}

extension Questionnaire {
  fileprivate func title(_ platform: String) -> String {
    platforms.first { $0.key == platform }?.title ?? platform
  }

  fileprivate func title(ofItem key: String) -> String {
    kind.items.first { $0.key == key }?.title ?? key
  }
}

private func basis(_ answer: Questionnaire.Answer) -> String {
  var parts: [String] = []
  if let basis = answer.basis { parts.append("computed: \(basis)") }
  if let because = answer.because { parts.append(because) }
  return parts.isEmpty ? "no reason given" : parts.joined(separator: "; ")
}

// MARK: Scorecard

private func scores(_ questionnaire: Questionnaire) -> AssessmentTable {
  var rows: [AssessmentTable.Row] = []
  var answered = 0
  for platform in questionnaire.platforms {
    for item in questionnaire.kind.items {
      let answer = questionnaire.answer(platform.key, item.key)
      if answer != nil { answered += 1 }
      let ask = AssessmentTable.Cell.unknown(
        item.computed.map { "\(item.question) Or fill in \($0)." } ?? item.question)
      rows.append(
        AssessmentTable.Row([
          .text(platform.title), .text(item.title),
          questionnaire.weights[item.key].map { .number($0) } ?? .unknown("give it a weight"),
          answer.map { .number($0.score.lowerBound) } ?? ask,
          answer.map { .number($0.score.upperBound) } ?? .text("–"),
          .text(answer.map(basis) ?? "–"),
          .text(answer.map { $0.basis == nil ? $0.by ?? "–" : "computed" } ?? "–"),
          .text(answer?.on?.description ?? "–"),
        ]))
    }
  }
  let all = questionnaire.platforms.count * questionnaire.kind.items.count
  return AssessmentTable(
    "platform-scorecard", "Scores of the platforms",
    formula:
      "A score from 0 to 5, as somebody gave it, or computed: integration breadth = 5 × vendors of the inventory "
      + "that `connects` names / vendors of the inventory; flexibility = the same of standards in use (MCP, A2A, "
      + "BPMN, DMN) and `standards`; scalability = 5 where a hop takes a second or less, in proportion above, 0 "
      + "where the layer is always busy; cost model = 5 × cheapest yearly cost of the others / own, at most 5. "
      + "What is unknown is no score and no zero.",
    summary: "\(answered) of \(all) scores are known.",
    columns: [
      .init("Platform", "The platform."), .init("Criterion", "What it is judged by."),
      .init("Weight", "How much it weighs, as you said."),
      .init("Score from", "The least it may be, 0 to 5."),
      .init("to", "The most it may be, 0 to 5."), .init("Basis", "What it rests on."),
      .init("Answered by", "Who answered."), .init("On", "When."),
    ], rows: rows)
}

private func priceModels(
  _ questionnaire: Questionnaire, _ costs: [YearlyCost], _ evidence: QuestionnaireEvidence
) -> AssessmentTable {
  let currency = costs[0].price.currency
  let isOne = Set(costs.map(\.price.currency)).count == 1
  let rows = costs.map { cost -> AssessmentTable.Row in
    let why = AssessmentTable.Cell.unknown(cost.missing ?? "unknown")
    let own = cost.cost
    let transaction = costs.first {
      $0.platform == cost.platform && $0.model == .perTransaction && $0.price.amount > 0
    }
    var even = AssessmentTable.Cell.text("–")
    if cost.model != .perTransaction, let transaction {
      even = own.map { .number($0.mean / transaction.price.amount) } ?? why
    }
    return AssessmentTable.Row([
      .text(questionnaire.title(cost.platform)), .text(cost.model.title),
      .text("\(plain(cost.price.amount)) \(cost.price.currency) per \(cost.price.unit.rawValue)"),
      cost.volume.map { .number($0.mean) } ?? why, own.map { .number($0.mean) } ?? why,
      own.map { .number($0.interval.lowerBound) } ?? why,
      own.map { .number($0.interval.upperBound) } ?? why, even,
    ])
  }
  let known = costs.filter { $0.cost != nil }
  let cheapest = known.min { ($0.cost?.mean ?? 0) < ($1.cost?.mean ?? 0) }
  var summary = "No price model can be costed yet."
  if let cheapest, let cost = cheapest.cost, isOne {
    summary =
      "Cheapest at the simulated volume: \(questionnaire.title(cheapest.platform)) "
      + "\(cheapest.model.title), \(moneyText(cost.mean)) \(currency) a year "
      + "(\(moneyText(cost.interval.lowerBound)) to \(moneyText(cost.interval.upperBound)))."
  }
  var notes = evidence.uses.map {
    "Layer \($0.layer): \(moneyText($0.cases.mean)) cases and \(moneyText($0.hops.mean)) hops a year, "
      + "\(counted($0.automations, "automation")); \($0.source)."
  }
  if !isOne { notes.append("Prices are in several currencies and are not compared.") }
  return AssessmentTable(
    "price-models", "Price models at the simulated volume",
    formula:
      "Cost a year = price × 12 where it is a month's × agents (automations that ran), workflows (`workflows`), or "
      + "transactions (hops through the layer, or cases, counted in the simulation and taken to a year of 365.25 "
      + "days). Interval: 95 % over replications; counts of agents and workflows have none. Same cost at = cost a "
      + "year / price of a transaction.",
    summary: summary,
    columns: [
      .init("Platform", "The platform."), .init("Model", "What is paid for."),
      .init("Price", "As you said."),
      .init("Volume", unit: "1/year", "How much of it, or how many there are."),
      .init("Cost", unit: isOne ? "\(currency)/year" : "1/year", "Cost a year, mean."),
      .init("Cost from", unit: isOne ? "\(currency)/year" : "1/year", "Lower end of its interval."),
      .init("Cost to", unit: isOne ? "\(currency)/year" : "1/year", "Upper end of its interval."),
      .init(
        "Same cost at", unit: "transactions/year",
        "Transactions a year at which paying for each costs as much; above it this model is cheaper."
      ),
    ], rows: rows, notes: notes)
}

private func rankingTable(
  _ questionnaire: Questionnaire, _ ranking: PlatformRanking
) -> AssessmentTable {
  let rows = ranking.places.map { place in
    AssessmentTable.Row([
      .text(questionnaire.title(place.platform)),
      place.score.map { .number($0) } ?? .unknown("no criterion with a weight is answered"),
      .share(place.known), .number(place.range.lowerBound), .number(place.range.upperBound),
    ])
  }
  var summary = "No platform has a score yet."
  if let first = ranking.places.first, let score = first.score {
    summary =
      "\(questionnaire.title(first.platform)) leads by what is known (\(scoreText(score)) of 5)"
      + (ranking.isSure
        ? ", whatever the unknown scores are."
        : ranking.places.count > 1
          ? "; what is not known could turn it round." : ".")
  }
  return AssessmentTable(
    "platform-ranking", "Ranking of the platforms",
    formula:
      "Score = Σ weight × middle of the score / Σ weight, over the criteria that are answered. From and to = the same "
      + "over all criteria, with scores at their ends and unknown ones at 0 and 5. A lead is sure where its lower end "
      + "is above the upper ends of all others.",
    summary: summary,
    columns: [
      .init("Platform", "The platform, the best by what is known first."),
      .init("Score", "Weighted mean of what is known, 0 to 5."),
      .init("Known", "Share of the weight whose criteria are answered."),
      .init("From", "The least it may be."), .init("To", "The most it may be."),
    ], rows: rows)
}

private func weightTable(
  _ questionnaire: Questionnaire, _ ranking: PlatformRanking
) -> AssessmentTable {
  let rows = ranking.weights.map { effect -> AssessmentTable.Row in
    let flips = effect.flips.map {
      "\($0.isAbove ? "above" : "below") \(percentText($0.share)): \(questionnaire.title($0.platform))"
    }
    func leader(_ key: String?) -> AssessmentTable.Cell {
      key.map { .text(questionnaire.title($0)) } ?? .unknown("none leads by what is known")
    }
    return AssessmentTable.Row([
      .text(questionnaire.title(ofItem: effect.criterion)), .share(effect.share),
      .text(flips.isEmpty ? "no share of weight changes the lead" : listText(flips)),
      leader(effect.leaderWithout), leader(effect.leaderWithTwice),
    ])
  }
  let turning = ranking.weights.filter { !$0.flips.isEmpty }
  return AssessmentTable(
    "platform-weights", "What weights do to the ranking",
    formula:
      "One weight at a time, the others in their proportion. The lead of A over B is t·d + (1 − t)·r, t the share of "
      + "the criterion's weight, d their difference in it, r the weighted mean of their differences in all others "
      + "that both have answers to; it ends at t = r / (r − d).",
    summary: turning.isEmpty
      ? "No single weight changes who leads."
      : "\(counted(turning.count, "weight")) of \(ranking.weights.count) could change who leads.",
    columns: [
      .init("Criterion", "The criterion."), .init("Share", "Its share of the weight."),
      .init("Lead changes", "Shares of its weight beyond which another platform leads."),
      .init("Leads without it", "Who leads when it has no weight."),
      .init("Leads with twice", "Who leads when it weighs twice as much."),
    ], rows: rows)
}

// MARK: Vendor checklist

/// Assessments that say what an estate asks of a platform, by question.
private let demands = [
  "long_running": "orchestration-capability", "control": "four-questions",
  "visibility": "workflow-observability", "integration": "workflow-integrations",
  "coordination": "lock-in",
]

private func vendorAnswers(
  _ questionnaire: Questionnaire, _ evidence: QuestionnaireEvidence
) -> AssessmentTable {
  var rows: [AssessmentTable.Row] = []
  var (shown, claimed) = (0, 0)
  for platform in questionnaire.platforms {
    for item in questionnaire.kind.items {
      let answer = questionnaire.answer(platform.key, item.key)
      let isYes = answer.map { vendorWord($0) != "no" } ?? false
      if isYes, answer?.artefact != nil { shown += 1 }
      if isYes, answer?.artefact == nil { claimed += 1 }
      let demand = demands[item.key] ?? ""
      rows.append(
        AssessmentTable.Row([
          .text(platform.title), .text(item.title),
          answer.map { .text(vendorWord($0)) } ?? .unknown("ask: \(item.question)"),
          .text(item.artefact ?? ""),
          answer?.artefact.map { .text($0) }
            ?? .unknown(answer == nil ? "not asked yet" : "claimed, and nothing shown"),
          evidence.summaries[demand].map { .text($0) }
            ?? .unknown("no inventory was given (assessment \(demand))"),
          .text(answer?.because ?? "–"), .text(answer?.by ?? "–"),
          .text(answer?.on?.description ?? "–"),
        ]))
    }
  }
  let all = questionnaire.platforms.count * questionnaire.kind.items.count
  return AssessmentTable(
    "vendor-checklist", "Five questions to vendors",
    formula:
      "Answers are yes, partly or no, with who gave them and when. An answer counts as shown where the artefact that "
      + "the question demands was seen, else as claimed. What the estate asks is the summary of the assessment that "
      + "looks at the same.",
    summary:
      "Of \(counted(all, "question")), \(shown) answered and shown, \(claimed) only claimed, "
      + "\(all - rowsAnswered(questionnaire)) open.",
    columns: [
      .init("Vendor", "Who is asked."), .init("Question", "What is asked."),
      .init("Answer", "Yes, partly or no."),
      .init("Artefact demanded", "What would show it."),
      .init("Artefact shown", "What was seen of it."),
      .init("Your estate", "What the inventory says of the same."),
      .init("Why", "The reason given."),
      .init("Answered by", "Who answered."), .init("On", "When."),
    ], rows: rows)
}

private func rowsAnswered(_ questionnaire: Questionnaire) -> Int {
  questionnaire.platforms.reduce(0) { sum, platform in
    sum + questionnaire.kind.items.count { questionnaire.answer(platform.key, $0.key) != nil }
  }
}
