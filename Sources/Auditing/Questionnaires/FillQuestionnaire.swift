import Facts
import Inventory

/// What a platform costs a year by one of its price models.
public struct YearlyCost: Hashable, Sendable {
  /// Key of the platform.
  public var platform: String
  /// The price model.
  public var model: PriceModel
  /// Its price.
  public var price: Questionnaire.Price
  /// How much of it is used a year, or how many there are; `nil` where it is not known.
  public var volume: PlatformUse.Volume?
  /// Why the volume is not known; `nil` where it is.
  public var missing: String?
  /// Cost a year; `nil` where it is not known.
  public var cost: PlatformUse.Volume? {
    volume.map { volume in
      let factor = price.amount * (price.unit == .month ? 12 : 1)
      return PlatformUse.Volume(
        volume.mean * factor,
        (volume.interval.lowerBound * factor)...(volume.interval.upperBound * factor))
    }
  }
}

extension Questionnaire {
  /// The simulated use of a platform: of the layer that it names, or of the only one.
  func use(of platform: Platform, _ evidence: QuestionnaireEvidence) -> PlatformUse? {
    guard let layer = platform.layer else {
      return evidence.uses.count == 1 ? evidence.uses[0] : nil
    }
    return evidence.uses.first { $0.layer == layer }
  }

  /// What every platform costs a year by each of its price models.
  public func yearlyCosts(_ evidence: QuestionnaireEvidence) -> [YearlyCost] {
    platforms.flatMap { platform in
      PriceModel.allCases.compactMap { model -> YearlyCost? in
        guard let price = platform.prices[model] else { return nil }
        var cost = YearlyCost(platform: platform.key, model: model, price: price)
        let use = use(of: platform, evidence)
        switch model {
        case .perWorkflow:
          if let workflows {
            cost.volume = PlatformUse.Volume(workflows, workflows...workflows)
          } else {
            cost.missing = "say `workflows`: how many run on it"
          }
        case .perAgent:
          cost.volume = use.map {
            let count = Double($0.automations)
            return PlatformUse.Volume(count, count...count)
          }
        case .perTransaction:
          cost.volume = use.map { price.unit == .case ? $0.cases : $0.hops }
        }
        if cost.volume == nil, cost.missing == nil {
          cost.missing =
            platform.layer.map { "no variant of the simulation has the layer '\($0)' at work" }
            ?? "simulate a variant with a layer: --scenario, and `layer` where there are several"
        }
        return cost
      }
    }
  }

  /// Answers that can be computed, each with its basis; none for what is not known.
  public func computedAnswers(_ evidence: QuestionnaireEvidence) -> [Answer] {
    guard kind == .scorecard else { return [] }
    var answers: [Answer] = []
    for platform in platforms {
      if let answer = breadth(of: platform, evidence) { answers.append(answer) }
      if let answer = flexibility(of: platform, evidence) { answers.append(answer) }
      if let answer = scalability(of: platform, evidence) { answers.append(answer) }
      if let answer = costModel(of: platform, evidence) { answers.append(answer) }
    }
    return answers
  }

  /// The questionnaire with what can be computed; what somebody answered stays.
  public func filled(_ evidence: QuestionnaireEvidence) -> Questionnaire {
    var questionnaire = self
    for answer in computedAnswers(evidence) { questionnaire.give(answer) }
    return questionnaire
  }

  private func share(
    _ wanted: [String], named: [String], of what: String, _ platform: Platform, _ item: String,
    key: (String) -> [String]
  ) -> Answer? {
    guard !wanted.isEmpty else { return nil }
    let known = Set(named.flatMap(key))
    let missing = wanted.filter { known.isDisjoint(with: key($0)) }
    let share = Double(wanted.count - missing.count) / Double(wanted.count)
    var basis = "\(wanted.count - missing.count) of the \(wanted.count) \(what)"
    if !missing.isEmpty { basis += "; not \(listText(missing))" }
    let score = share * Self.bestScore
    return Answer(platform: platform.key, item: item, score: score...score, basis: basis)
  }

  private func breadth(of platform: Platform, _ evidence: QuestionnaireEvidence) -> Answer? {
    platform.connects.flatMap {
      share(
        evidence.vendors, named: $0, of: "vendors in the inventory", platform, "integration_breadth"
      ) { [nameKey($0), nameKey(productVendor($0))] }
    }
  }

  private func flexibility(of platform: Platform, _ evidence: QuestionnaireEvidence) -> Answer? {
    platform.standards.flatMap {
      share(
        evidence.standards, named: $0, of: "standards in use in the inventory", platform,
        "flexibility"
      ) { [nameKey($0)] }
    }
  }

  /// Best below a second, in proportion above; nothing where the layer is more than busy.
  private func scalability(of platform: Platform, _ evidence: QuestionnaireEvidence) -> Answer? {
    guard let use = use(of: platform, evidence) else { return nil }
    let score = use.load >= 1 ? 0 : Self.bestScore * min(1, 1 / max(use.latency, 1e-9))
    return Answer(
      platform: platform.key, item: "scalability", score: score...score,
      basis:
        "a hop takes \(plain((use.latency * 1000).rounded())) ms and the layer is busy "
        + "\(scoreText(use.load * 100)) % of the time; \(use.source)")
  }

  /// The cheapest price model of a platform against the cheapest of all.
  private func costModel(of platform: Platform, _ evidence: QuestionnaireEvidence) -> Answer? {
    let all = yearlyCosts(evidence).filter { $0.cost != nil }
    guard Set(all.map(\.price.currency)).count == 1 else { return nil }
    var cheapest: [String: YearlyCost] = [:]
    for cost in all {
      guard let own = cost.cost else { continue }
      if let known = cheapest[cost.platform], let other = known.cost, other.mean <= own.mean {
        continue
      }
      cheapest[cost.platform] = cost
    }
    guard cheapest.count > 1, let mine = cheapest[platform.key], let own = mine.cost,
      own.interval.upperBound > 0
    else { return nil }
    let others = cheapest.filter { $0.key != platform.key }.values.compactMap(\.cost)
    // The cheapest of the others, at its worst and at its best.
    let low = others.map(\.interval.lowerBound).min() ?? 0
    let high = others.map(\.interval.upperBound).min() ?? 0
    let best = Self.bestScore
    let worst = best * min(1, low / own.interval.upperBound)
    let kindest = own.interval.lowerBound > 0 ? best * min(1, high / own.interval.lowerBound) : best
    return Answer(
      platform: platform.key, item: "cost_model", score: min(worst, kindest)...max(worst, kindest),
      basis:
        "its cheapest model, \(mine.model.title), costs \(moneyText(own.mean)) \(mine.price.currency) a year "
        + "(\(moneyText(own.interval.lowerBound)) to \(moneyText(own.interval.upperBound))); full score is the "
        + "cheapest of all")
  }
}

/// An amount to three digits that count.
func moneyText(_ amount: Double) -> String {
  guard amount >= 1 else { return plain((amount * 1000).rounded() / 1000) }
  var unit = 1.0
  while amount / unit >= 1000 { unit *= 10 }
  return numberText((amount / unit).rounded() * unit)
}
