/// How platforms compare by the weights of a scorecard, and what weights would turn it round.
public struct PlatformRanking: Hashable, Sendable {
  /// Platforms, the best by what is known first.
  public var places: [Place]
  /// What each weight does to the lead, in the order of the criteria.
  public var weights: [WeightEffect]

  /// A platform's place.
  public struct Place: Hashable, Sendable {
    /// Key of the platform.
    public var platform: String
    /// Weighted mean of the middles of the scores that are known; `nil` where none is.
    public var score: Double?
    /// Between which values the weighted mean of all criteria lies: scores at their ends, unknown ones
    /// anywhere.
    public var range: ClosedRange<Double>
    /// Share of the weight whose criteria are answered.
    public var known: Double
  }

  /// What the weight of a criterion does.
  public struct WeightEffect: Hashable, Sendable {
    /// Key of the criterion.
    public var criterion: String
    /// Its share of the weight, in 0...1.
    public var share: Double
    /// Who leads without it; `nil` where nobody can be told to.
    public var leaderWithout: String?
    /// Who leads when it weighs twice as much; `nil` where nobody can be told to.
    public var leaderWithTwice: String?
    /// Shares of its weight beyond which another platform leads, the others in their proportion: nearest to
    /// its own first.
    public var flips: [Flip]
  }

  /// A share of weight at which the lead changes.
  public struct Flip: Hashable, Sendable {
    /// The share, in 0...1.
    public var share: Double
    /// Whether the other leads above it, or below.
    public var isAbove: Bool
    /// Who then leads.
    public var platform: String
  }

  /// Whether the leader leads whatever the unknown scores are.
  public var isSure: Bool {
    guard places.count > 1 else { return false }
    return places.dropFirst().allSatisfy { $0.range.upperBound < places[0].range.lowerBound }
  }
}

extension Questionnaire {
  /// The ranking of the platforms; `nil` where no criterion has a weight.
  public var ranking: PlatformRanking? {
    let criteria = kind.items.map(\.key)
    let whole = criteria.reduce(0) { $0 + (weights[$1] ?? 0) }
    guard kind == .scorecard, whole > 0 else { return nil }
    let places = platforms.map { place($0.key, criteria, whole) }
    let order = places.indices.sorted { a, b in
      let (x, y) = (places[a].score ?? -1, places[b].score ?? -1)
      return x == y ? a < b : x > y
    }
    let ranked = order.map { places[$0] }
    let effects = criteria.filter { (weights[$0] ?? 0) > 0 }.map { criterion in
      PlatformRanking.WeightEffect(
        criterion: criterion, share: (weights[criterion] ?? 0) / whole,
        leaderWithout: leader(with: criterion, times: 0),
        leaderWithTwice: leader(with: criterion, times: 2),
        flips: flips(criterion, of: ranked, criteria))
    }
    return PlatformRanking(places: ranked, weights: effects)
  }

  private func place(
    _ platform: String, _ criteria: [String], _ whole: Double
  ) -> PlatformRanking.Place {
    var (low, high, sum, known) = (0.0, 0.0, 0.0, 0.0)
    for criterion in criteria {
      let weight = weights[criterion] ?? 0
      guard let answer = answer(platform, criterion) else {
        high += weight * Self.bestScore
        continue
      }
      low += weight * answer.score.lowerBound
      high += weight * answer.score.upperBound
      sum += weight * answer.middle
      known += weight
    }
    return PlatformRanking.Place(
      platform: platform, score: known > 0 ? sum / known : nil,
      range: (low / whole)...(max(low, high) / whole), known: known / whole)
  }

  /// Who leads when a weight is taken times a factor; `nil` where two lead or none is known.
  private func leader(with criterion: String, times factor: Double) -> String? {
    var changed = self
    changed.weights[criterion] = (weights[criterion] ?? 0) * factor
    let criteria = kind.items.map(\.key)
    let whole = criteria.reduce(0) { $0 + (changed.weights[$1] ?? 0) }
    guard whole > 0 else { return nil }
    let scores = platforms.map {
      (key: $0.key, score: changed.place($0.key, criteria, whole).score)
    }
    guard let best = scores.compactMap(\.score).max() else { return nil }
    let leaders = scores.filter { $0.score == best }
    return leaders.count == 1 ? leaders[0].key : nil
  }

  /// Where the leader's lead over each other platform ends, by criteria that both have answers to.
  ///
  /// With the share t for the criterion the lead is t·d + (1 − t)·r, d the difference of the two in it and r the
  /// weighted mean difference in all others; it is zero at t = r / (r − d).
  private func flips(
    _ criterion: String, of places: [PlatformRanking.Place], _ criteria: [String]
  ) -> [PlatformRanking.Flip] {
    guard let leader = places.first?.platform else { return [] }
    let whole = criteria.reduce(0) { $0 + (weights[$1] ?? 0) }
    let shown = (weights[criterion] ?? 0) / whole
    var flips: [PlatformRanking.Flip] = []
    for place in places.dropFirst() {
      var (others, weightOfOthers) = (0.0, 0.0)
      guard let first = answer(leader, criterion), let second = answer(place.platform, criterion)
      else { continue }
      let difference = first.middle - second.middle
      for other in criteria where other != criterion {
        guard let a = answer(leader, other), let b = answer(place.platform, other) else { continue }
        let weight = weights[other] ?? 0
        others += weight * (a.middle - b.middle)
        weightOfOthers += weight
      }
      guard weightOfOthers > 0 else { continue }
      let rest = others / weightOfOthers
      let own = (weights[criterion] ?? 0) / (weightOfOthers + (weights[criterion] ?? 0))
      guard rest != difference, own * difference + (1 - own) * rest > 0 else { continue }
      let share = rest / (rest - difference)
      guard 0...1 ~= share else { continue }
      flips.append(
        PlatformRanking.Flip(
          share: share, isAbove: difference < 0, platform: place.platform))
    }
    return flips.sorted {
      (($0.share - shown).magnitude, $0.platform) < (($1.share - shown).magnitude, $1.platform)
    }
  }
}

extension Questionnaire.Answer {
  /// The middle of the score.
  var middle: Double { (score.lowerBound + score.upperBound) / 2 }
}
