/// A variant at a point of a sweep that no other, at any point, beats in cost, time and risk at once.
public struct ParetoEntry: Sendable, Codable, Equatable {
  /// Position on each axis.
  public var coordinates: [Int]
  /// The variant.
  public var variant: String
  /// Cost per case, in the currency's main unit.
  public var costPerCase: Estimate
  /// Time to completion, restricted to the follow-up, in hours.
  public var timeToCompletion: Estimate
  /// Probability of exhaustion by the horizon.
  public var exhaustion: ProbabilityEstimate
}

/// The Pareto front of the points of a sweep: by means and shares, cheapest first.
///
/// One entry beats another where it is no worse in all three and better in one. All points have the same
/// luck, so that means compare better than their intervals suggest.
func paretoFront(_ cells: [SweepCell]) -> [ParetoEntry] {
  let all = cells.flatMap { cell in
    cell.variants.map {
      ParetoEntry(
        coordinates: cell.coordinates, variant: $0.variant, costPerCase: $0.costPerCase,
        timeToCompletion: $0.timeToCompletion, exhaustion: $0.exhaustion)
    }
  }
  func goals(_ entry: ParetoEntry) -> [Double] {
    [entry.costPerCase.mean, entry.timeToCompletion.mean, entry.exhaustion.share]
  }
  let front = all.filter { entry in
    let own = goals(entry)
    return !all.contains { other in
      let others = goals(other)
      return zip(others, own).allSatisfy { $0 <= $1 } && others != own
    }
  }
  return front.enumerated().sorted {
    ($0.element.costPerCase.mean, $0.offset) < ($1.element.costPerCase.mean, $1.offset)
  }.map(\.element)
}
