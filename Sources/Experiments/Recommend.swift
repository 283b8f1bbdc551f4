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

/// How many more people a team needs, and by when, so that its work fits its hours at the end of the
/// horizon: by arithmetic, from the fluid forecast.
public struct StaffingNeed: Sendable, Hashable {
  /// Name of the team.
  public var team: String
  /// People it has.
  public var people: Int
  /// People it needs beside them, of the same hours and speed on average.
  public var more: Int
  /// Working day, from 1, from which on its work has outgrown its hours.
  public var day: Int

  /// Share of its hours up to which a team is to be filled: assumed, leaves room for chance.
  public static let targetShare = 0.9

  /// `nil` where the team's work does not outgrow its hours within the horizon.
  public init?(_ team: TeamResult, horizonDays: Int) {
    let intensity = max(team.fluid.firstWeekIntensity, team.fluid.lastWeekIntensity)
    guard intensity.isFinite, intensity >= 1 || team.fluid.saturationDay != nil else { return nil }
    // What is a whole number but for rounding is one.
    let needed = (Double(team.people) * max(1, intensity) / Self.targetShare - 1e-9).rounded(.up)
    self.team = team.name
    people = team.people
    more = max(1, Int(needed) - team.people)
    day =
      team.fluid.firstWeekIntensity >= 1 ? 1 : team.fluid.saturationDay ?? max(1, horizonDays)
  }
}

extension StudyResult {
  /// What the watched teams of a variant need beside the people they have; empty where they have enough.
  public func staffingNeeds(of variant: VariantResult) -> [StaffingNeed] {
    variant.teams.filter(\.isWatched).compactMap { StaffingNeed($0, horizonDays: horizonDays) }
  }
}
