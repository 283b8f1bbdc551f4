import Experiments
import Scenarios

/// What a study says in words: which variants to look at first, and the sentences of the first screen.
struct StudyReading: Sendable {
  let study: StudyResult
  /// The variant others are compared with.
  let baseline: VariantResult?
  /// The variant most often exhausted, other than the baseline where there is such a one.
  let worst: VariantResult?
  /// The variant advised; where none is, the one least often exhausted.
  let best: VariantResult?

  init(_ study: StudyResult) {
    self.study = study
    baseline = study.variant(study.baseline)
    let tried = study.variants.filter { $0.name != study.baseline }
    func risk(_ variant: VariantResult) -> Int {
      variant.exhaustion.isInapplicable ? -1 : variant.exhaustion.byHorizon.count
    }
    // Where only today's stack is overwhelmed, that is the news.
    let candidates = tried.contains { risk($0) > 0 } ? tried : study.variants
    func day(_ variant: VariantResult) -> Double { variant.exhaustion.medianDay ?? .infinity }
    worst =
      candidates.enumerated().min {
        (-risk($0.element), day($0.element), $0.offset)
          < (-risk($1.element), day($1.element), $1.offset)
      }?.element
    let least = study.variants.enumerated().min {
      (risk($0.element), $0.offset) < (risk($1.element), $1.offset)
    }?.element
    best = study.recommendation.variant.flatMap { study.variant($0) } ?? least
  }

  /// Baseline, worst and best, each once: what a table has room for.
  var leading: [VariantResult] {
    var shown: [VariantResult] = []
    for variant in [baseline, worst, best].compactMap(\.self)
    where !shown.contains(where: { $0.name == variant.name }) {
      shown.append(variant)
    }
    return shown
  }

  // MARK: The first screen

  /// One sentence that answers the question.
  var answer: String {
    guard let worst else { return "The scenario compares no variants." }
    if worst.exhaustion.definition == .saturation {
      // Computed without chance: no share of rehearsals.
      return worst.exhaustion.byHorizon.count == 0
        ? "By arithmetic alone, no watched team has more work coming in than hours within \(horizon)."
        : "By arithmetic alone, with “\(worst.title)” \(happening(to: worst))\(whenText(worst))."
    }
    let risk = FigureText(worst.exhaustion.byHorizon)
    if worst.exhaustion.byHorizon.count == 0 {
      let which = study.variants.count == 1 ? "“\(worst.title)” is not" : "No variant is"
      return "\(which) overwhelmed within \(horizon) in any of "
        + "\(countText(study.replications)) rehearsals\(study.variants.count == 1 ? "" : " of each")"
        + ": the probability is \(risk.value) (\(level) interval)."
    }
    var text = "With “\(worst.title)”, \(happening(to: worst))\(whenText(worst)) "
    text += "in \(risk.text) of rehearsals"
    if let best, best.name != worst.name {
      text += "; with “\(best.title)”, in \(FigureText(best.exhaustion.byHorizon).text)"
    }
    return text + "."
  }

  /// One sentence that names the variants least often exhausted; empty where all are alike.
  private var leastRisky: String {
    guard study.variants.count > 1 else { return "" }
    let tried = study.variants.filter { !$0.exhaustion.isInapplicable }
    let fewest = tried.map(\.exhaustion.byHorizon.count).min()
    let titles = tried.filter { $0.exhaustion.byHorizon.count == fewest }.map { "“\($0.title)”" }
    if titles.count == 1 { return "The least risky is \(titles[0])." }
    if titles.count == tried.count { return "" }
    let named = titles.count > 3 ? titles.prefix(2) + ["\(titles.count - 2) others"] : titles[...]
    return "The least risky are \(listText(Array(named)))."
  }

  /// One sentence that says what to do and when that advice flips.
  var advice: String {
    let recommendation = study.recommendation
    let bound = shareText(recommendation.riskBound)
    guard let best, recommendation.variant != nil else {
      let least = leastRisky.isEmpty ? "" : " \(leastRisky)"
      if let estimate = best?.exhaustion.byHorizon, estimate.share < recommendation.riskBound,
        estimate.upper >= recommendation.riskBound
      {
        let few = study.replications == 1 ? "rehearsal is" : "rehearsals are"
        let which = study.variants.count == 1 ? "it" : "a variant"
        return "\(countText(study.replications)) \(few) too few to tell whether \(which) "
          + "keeps the risk under \(bound): run more (--replications)." + least
      }
      let none = study.variants.count == 1 ? "It does not keep" : "No variant keeps"
      return "\(none) the risk under \(bound): add people or remedies before rolling out." + least
    }
    if study.variants.count == 1 {
      let cost = best.figure(.costPerCase).map { FigureText($0, unit: study.currency).text }
      return "“\(best.title)” keeps the risk under \(bound)"
        + (cost.map { ", at \($0) a case" } ?? "") + "; \(flip)."
    }
    var text =
      best.name == study.baseline ? "Stay with “\(best.title)”: " : "Choose “\(best.title)”: "
    text += recommendation.admissible.count > 1 ? "the cheapest of " : "the only one of "
    text +=
      recommendation.admissible.count > 1
      ? "\(recommendation.admissible.count) variants whose risk stays under \(bound)"
      : "\(study.variants.count) variants whose risk stays under \(bound)"
    if let cost = best.figure(.costPerCase) {
      text += ", at \(FigureText(cost, unit: study.currency).text) a case"
    }
    if !recommendation.tiedWith.isEmpty {
      let names = recommendation.tiedWith.map { "“\(title(of: $0))”" }
      text += " (its cost cannot be told from that of \(listText(names)))"
    }
    return text + "; " + flip + "."
  }

  /// The condition under which the advice flips, as a clause.
  private var flip: String {
    guard let team = study.recommendation.bindingTeam,
      let factor = study.recommendation.growthToSaturation
    else {
      return costFlip ?? "no watched team has work that could grow beyond its hours"
    }
    let growth = 100 * (factor - 1)
    // Work rarely grows to three times as much; what a case costs may change sooner.
    if factor > 3, let costFlip { return costFlip }
    if growth <= 0 {
      return
        "by arithmetic alone \(team) already has more work than hours at the end, so look at it "
        + "again before extending the horizon"
    }
    return "that flips once the work of \(team) grows by more than "
      + "\(numberText(growth, decimals: growth < 10 ? 1 : 0)) %, where its hours are used up"
  }

  /// The difference in cost at which the next cheapest variant is advised, as a clause; `nil` where there
  /// is none.
  private var costFlip: String? {
    guard let best, let next = nextCheapest(after: best) else { return nil }
    return "that flips to “\(next.variant.title)” once a case costs "
      + "\(moneyText(next.gap, study.currency)) more"
  }

  /// The next cheapest variant that may be advised, and by how much a case of it costs more.
  private func nextCheapest(after best: VariantResult) -> (variant: VariantResult, gap: Double)? {
    let others = study.recommendation.admissible.filter { $0 != best.name }
      .compactMap { study.variant($0) }
    guard let next = others.first, let own = best.figure(.costPerCase)?.mean,
      let other = next.figure(.costPerCase)?.mean, other >= own
    else { return nil }
    return (next, other - own)
  }

  /// What happens to whom, under the definition that decides: "underwriting is overwhelmed".
  private func happening(to variant: VariantResult) -> String {
    let definition = variant.exhaustion.definition
    let what: String
    switch definition {
    case .netWork: return "people work more per case than today"
    case .backlog: what = "is overwhelmed"
    case .saturation: what = "has more work coming in than hours"
    case .service: what = "answers too many tickets late"
    }
    guard let team = mostExhausted(in: variant, by: definition) else {
      return "a watched team \(what)"
    }
    if study.watchedTeams.count == 1 || team.count == variant.exhaustion.byHorizon.count {
      return "\(team.name) \(what)"
    }
    return "a watched team, mostly \(team.name), \(what)"
  }

  /// " by week 7 (5–10)": median and middle 80 % of the replications in which it happens.
  private func whenText(_ variant: VariantResult) -> String {
    guard let median = variant.exhaustion.medianDay, let range = variant.exhaustion.day80,
      range.count == 2
    else { return " within \(horizon)" }
    let (first, last) = (week(ofDay: range[0]), week(ofDay: range[1]))
    let middle = week(ofDay: median)
    return first == last ? " by week \(middle)" : " by week \(middle) (\(first)–\(last))"
  }

  /// The watched team whose queue is exhausted in most replications; `nil` where none is.
  func mostExhausted(
    in variant: VariantResult, by definition: ExhaustionRule.Definition = .backlog
  ) -> (name: String, count: Int)? {
    variant.exhaustionByDefinition.enumerated()
      .compactMap { offset, result in
        result.definition == definition && result.byHorizon.count > 0
          ? result.team.map { (name: $0, count: result.byHorizon.count, offset: offset) } : nil
      }
      .min { (-$0.count, $0.offset) < (-$1.count, $1.offset) }
      .map { ($0.name, $0.count) }
  }

  // MARK: Words

  /// Confidence level, "95 %".
  var level: String { "\(numberText(100 * study.level, decimals: 0)) %" }

  /// Length of the horizon, "13 weeks".
  var horizon: String {
    let weeks = study.horizonWeeks
    let isWhole = abs(weeks - weeks.rounded()) < 0.01
    let unit = weeks == 1 ? "week" : "weeks"
    return "\(numberText(weeks, decimals: isWhole ? 0 : 1)) \(unit)"
  }

  /// The week, from 1, of a working day, from 1.
  func week(ofDay day: Double) -> Int {
    guard study.horizonDays > 0, study.horizonWeeks > 0 else { return 1 }
    let daysPerWeek = Double(study.horizonDays) / study.horizonWeeks
    return max(1, Int((day / daysPerWeek - 1e-9).rounded(.up)))
  }

  /// Title of a variant; its name where there is no such variant.
  func title(of name: String) -> String { study.variant(name)?.title ?? name }

  /// The difference of a variant to the baseline in a figure; `nil` for the baseline itself.
  func difference(_ variant: VariantResult, _ figure: Figure) -> Difference? {
    study.differences.first { $0.variant == variant.name && $0.figure == figure }
  }

  /// One unit of time in which the values of a figure are compared; `nil` where it is no time.
  func unit(of figure: Figure) -> NaturalUnit? {
    let estimates = study.variants.compactMap { variant in
      variant.figures.first { $0.figure == figure }
    }
    guard let unit = estimates.first?.unit else { return nil }
    switch unit {
    case "h": return NaturalUnit(forAllHours: estimates.map(\.estimate.mean))
    case "min":
      // Work on a case is said in minutes until it is many hours.
      let hours = estimates.map { $0.estimate.mean / 60 }
      return (hours.max() ?? 0) < 10 ? .minute : .hour
    default: return nil
    }
  }

  /// A headline figure of a variant as text.
  func text(_ variant: VariantResult, _ figure: Figure) -> FigureText? {
    variant.figures.first { $0.figure == figure }
      .map { FigureText($0.estimate, unit: $0.unit, in: unit(of: figure)) }
  }

  /// A difference to the baseline as text, in the unit of the figure.
  func text(_ difference: Difference) -> FigureText {
    let unit = self.unit(of: difference.figure).map { coarse in
      // A difference may be far smaller than what differs.
      let own = NaturalUnit(
        forHours: difference.estimate.mean * (difference.unit == "min" ? 1.0 / 60 : 1))
      return own.hours * 24 < coarse.hours ? own : coarse
    }
    return FigureText(difference.estimate, unit: difference.unit, in: unit, signed: true)
  }
}

// Hiring, and the conditions under which the advice flips, each with the figure that decides.

extension StudyReading {
  /// One sentence for each; empty where nothing can be advised or compared.
  var flips: [String] {
    guard let best else { return [] }
    let isAdvised = study.recommendation.variant == best.name
    var sentences = [hiring(best, isAdvised: isAdvised)]
    if isAdvised {
      sentences += [load(best), risk(best), nextCheapest(best)].compactMap(\.self)
    }
    let costs = study.variants.filter { $0.name != best.name && !isSafe($0) }
      .compactMap { cheaperButUnsafe($0, than: best) }
    return sentences + costs + [payback(best)].compactMap(\.self)
  }

  private func isSafe(_ variant: VariantResult) -> Bool {
    study.recommendation.admissible.contains(variant.name)
  }

  private func hires(_ variant: VariantResult) -> String? {
    let needs = study.staffingNeeds(of: variant).map { need in
      "\(countText(need.more)) more for \(need.team) (now \(countText(need.people))) by week "
        + "\(week(ofDay: Double(need.day)))"
    }
    return needs.isEmpty ? nil : listText(needs)
  }

  private func hiring(_ best: VariantResult, isAdvised: Bool) -> String {
    let target = shareText(StaffingNeed.targetShare)
    guard let hires = hires(best) else {
      return
        "“\(best.title)” needs nobody hired within \(horizon): by arithmetic no watched team's work "
        + "outgrows its hours."
    }
    return
      "\(isAdvised ? "With" : "Before") “\(best.title)”, hire \(hires), when by arithmetic the work "
      + "outgrows the hours: so many keep the team under \(target) of its hours at the end."
  }

  private func load(_ best: VariantResult) -> String? {
    guard let team = study.recommendation.bindingTeam,
      let factor = study.recommendation.growthToSaturation, factor > 1
    else { return nil }
    return "The advice flips once the work of \(team) grows by more than "
      + "\(numberText(100 * (factor - 1), decimals: factor < 1.1 ? 1 : 0)) %: its hours are then used up."
  }

  private func risk(_ best: VariantResult) -> String? {
    guard !best.exhaustion.isInapplicable else { return nil }
    return
      "It flips once the upper end of P(exhaustion), now \(FigureText(best.exhaustion.byHorizon).text), "
      + "reaches \(shareText(study.recommendation.riskBound))."
  }

  private func nextCheapest(_ best: VariantResult) -> String? {
    guard let next = nextCheapest(after: best) else { return nil }
    return "It flips to “\(next.variant.title)” once a case of “\(best.title)” costs "
      + "\(moneyText(next.gap, study.currency)) more, with all else as it is."
  }

  private func cheaperButUnsafe(_ variant: VariantResult, than best: VariantResult) -> String? {
    guard let own = variant.figure(.costPerCase)?.mean, let other = best.figure(.costPerCase)?.mean,
      own < other
    else { return nil }
    let start =
      "“\(variant.title)” costs \(moneyText(other - own, study.currency)) less a case, but its risk is "
      + FigureText(variant.exhaustion.byHorizon).text
    guard let hires = hires(variant) else {
      return start + ", though by arithmetic its work fits its hours: chance alone decides."
    }
    return start + ". It may flip to it with \(hires): rehearse that."
  }

  private func payback(_ best: VariantResult) -> String? {
    guard let benefit = study.costsOverTime?.benefits.first(where: { $0.variant == best.name })
    else { return nil }
    let volume = benefit.volume
    let cases = volume.casesPerWeek.map { numberText($0, decimals: 0) } ?? ""
    let arriving = numberText(volume.arriving, decimals: 0)
    let baseline = title(of: study.baseline)
    switch volume.pays {
    case .above:
      return "Over \(horizon) it pays against “\(baseline)” only above \(cases) cases a week; "
        + "\(arriving) arrive."
    case .below:
      return "Over \(horizon) it pays against “\(baseline)” only below \(cases) cases a week; "
        + "\(arriving) arrive."
    case .never:
      return "Over \(horizon) it pays against “\(baseline)” at no volume."
    case .always: return nil
    }
  }
}

/// "a", "a and b", "a, b and c".
public func listText(_ items: [String]) -> String {
  guard let last = items.last else { return "" }
  return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
}

/// The difference of two probabilities with Newcombe's interval, in 0...1; `nil` where one is unknown.
///
/// It takes the two as independent; common random numbers make them alike, so that the true interval is
/// narrower. Source: Newcombe, Statistics in Medicine 17, 1998, 873–890, method 10.
func differenceText(_ tried: ProbabilityEstimate, _ before: ProbabilityEstimate) -> FigureText? {
  guard tried.n > 0, before.n > 0 else { return nil }
  let difference = tried.share - before.share
  let below = square(tried.share - tried.lower) + square(before.upper - before.share)
  let above = square(tried.upper - tried.share) + square(before.share - before.lower)
  let (lower, upper) = (difference - below.squareRoot(), difference + above.squareRoot())
  let decimals = supportedDecimals(halfWidth: 50 * (upper - lower), value: 100 * difference)
  func shown(_ value: Double) -> String {
    let text = numberText(100 * value, decimals: max(0, decimals))
    return value > 0 && !text.allSatisfy({ "0.".contains($0) }) ? "+\(text)" : text
  }
  return FigureText(
    value: "\(shown(difference)) points", interval: "(\(rangeText(shown(lower), shown(upper))))")
}

private func square(_ value: Double) -> Double { value * value }
