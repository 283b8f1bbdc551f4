internal import Simulation

extension Recommendation {
  /// The bound on the probability of exhaustion under which a variant may be advised: one in five, assumed;
  /// the scenario language has no key for it yet.
  static let assumedRiskBound = 0.2

  /// The cheapest variant whose risk of exhaustion stays under the bound, and what it would take to flip.
  ///
  /// Risk is judged by the upper end of the Wilson interval; variants whose paired cost difference to the
  /// advised one has an interval that covers zero are ties.
  init(
    design: StudyDesign, variants: [VariantResult], records: [[ReplicationRecord]],
    riskBound: Double = assumedRiskBound
  ) {
    self.riskBound = riskBound
    func cost(_ index: Int) -> Double { variants[index].figure(.costPerCase)?.mean ?? .infinity }
    let safe = variants.indices
      .filter { variants[$0].exhaustion.byHorizon.upper < riskBound }
      .sorted { (cost($0), $0) < (cost($1), $1) }
    admissible = safe.map { variants[$0].name }
    guard let best = safe.first else {
      (variant, tiedWith, bindingTeam, growthToSaturation) = (nil, [], nil, nil)
      return
    }
    variant = variants[best].name
    tiedWith = safe.dropFirst().filter { other in
      let differences = Figure.costPerCase.pairs(
        records[other], of: design.variants[other].model, with: records[best],
        of: design.variants[best].model
      ).map { $0 - $1 }
      guard differences.count >= 2 else { return true }
      return Estimate(of: differences).lower <= 0
    }.map { variants[$0].name }
    let binding = variants[best].teams.filter(\.isWatched)
      .max { $0.fluid.lastWeekIntensity < $1.fluid.lastWeekIntensity }
    bindingTeam = binding?.name
    growthToSaturation = binding.flatMap {
      $0.fluid.lastWeekIntensity > 0 && $0.fluid.lastWeekIntensity.isFinite
        ? 1 / $0.fluid.lastWeekIntensity : nil
    }
  }
}
