internal import Simulation
internal import Statistics

/// Costs over time: what each variant has gained against the baseline by every week, and when it has paid
/// for itself.
///
/// A week bears all that the cases which arrive in it cost, whenever that falls due, work owed included:
/// so a stack that leaves its work undone gains nothing by it. To that come what belongs to no case, fixed
/// costs, and what the implementation takes by then. All money is at its value on day 0.
public struct CostsOverTime: Sendable, Codable, Equatable {
  /// Yearly rate by which later money counts less, in 0...1.
  public var discountRate: Double
  /// Instants at which gains are summed up, in weeks from day 0: day 0 itself, then the end of each
  /// arrival cohort.
  public var weeks: [Double]
  /// Plans of implementation of the variants that have one.
  public var plans: [ImplementationPlan]
  /// Gains of every variant but the baseline.
  public var benefits: [NetBenefit]
}

/// What it takes once to have a variant.
public struct ImplementationPlan: Sendable, Codable, Equatable {
  /// Name of the variant.
  public var variant: String
  /// Lines in the order of the scenario, in the currency's main unit, undiscounted.
  public var lines: [Line]
  /// Part of the plan that is spent within the horizon.
  public var withinHorizon: Double
  /// Share of the plan that goes into observability; `nil` where the plan costs nothing.
  public var observabilityShare: Double?

  /// A line of the plan.
  public struct Line: Sendable, Codable, Equatable {
    /// What it is for.
    public var name: String
    /// What it costs, in the currency's main unit.
    public var amount: Double
  }
}

/// What a variant gains against the baseline, over replications with common random numbers.
public struct NetBenefit: Sendable, Codable, Equatable {
  /// Name of the variant.
  public var variant: String
  /// Cost of the baseline less that of the variant until each instant of `CostsOverTime.weeks`, at its
  /// value on day 0, in the currency's main unit.
  public var cumulative: [Estimate]
  /// The last of these: net present value of the variant against the baseline within the horizon.
  public var netPresentValue: Estimate
  /// Probability that by each of those instants the variant has paid for itself and stays so.
  public var brokenEven: [ProbabilityEstimate]
  /// Week by whose end it has, among replications in which it does: median.
  public var breakEvenWeek: Double?
  /// The same: 10 % and 90 % quantiles.
  public var breakEvenWeek80: [Double]?
  /// Cases a week at which the variant pays.
  public var volume: BreakEvenVolume
}

/// The volume at which a variant costs as much as the baseline over the horizon.
///
/// What a case costs is taken to be the same at any volume, which holds as long as queues do not change.
public struct BreakEvenVolume: Sendable, Codable, Equatable {
  /// Cost of a case under the baseline less that under the variant, without what belongs to no case.
  public var savingPerCase: Estimate
  /// What the variant costs more in a week, whatever is done: fixed costs, what belongs to no case, and the
  /// implementation spread over the horizon.
  public var fixedPerWeek: Double
  /// Where the variant pays.
  public var pays: Pays
  /// Cases a week at which both cost the same; `nil` where there is no such number.
  public var casesPerWeek: Double?
  /// Lower end of its interval.
  public var lower: Double?
  /// Upper end of its interval; `nil` where the saving may be nothing, so that there is none.
  public var upper: Double?
  /// Cases a week that arrived.
  public var arriving: Double

  /// Where a variant pays.
  public enum Pays: String, Sendable, Codable {
    /// Above the volume.
    case above
    /// Below the volume.
    case below
    /// At any volume.
    case always
    /// At none.
    case never
  }

  /// From a saving per case and extra fixed costs; a volume is a monotone function of the saving, so that
  /// the ends of its interval give those of the volume.
  init(saving: Estimate, fixedPerWeek: Double, arriving: Double) {
    savingPerCase = saving
    self.fixedPerWeek = fixedPerWeek
    self.arriving = arriving
    switch (saving.mean, fixedPerWeek) {
    case (let saving, let fixed) where saving >= 0 && fixed <= 0: pays = .always
    case (let saving, let fixed) where saving <= 0 && fixed >= 0: pays = .never
    case (let saving, _): pays = saving > 0 ? .above : .below
    }
    guard pays == .above || pays == .below else { return }
    casesPerWeek = fixedPerWeek / saving.mean
    let (near, far) = pays == .above ? (saving.upper, saving.lower) : (saving.lower, saving.upper)
    lower = fixedPerWeek / near
    upper = far * saving.mean > 0 ? fixedPerWeek / far : nil
  }
}

/// Days of a year, of which a week has seven.
private let weeksPerYear = 365.25 / 7

extension CostsOverTime {
  /// `nil` where no variant has costs to be shown over time, or there is nothing to compare.
  init?(design: StudyDesign, records: [[ReplicationRecord]]) {
    guard design.variants.count > 1,
      design.variants.contains(where: { $0.model.stack.costs != nil })
    else { return nil }
    let timeline = design.variants[design.baseline].model.timeline
    let weeks = [0] + timeline.cohortEnds.map { Double($0) / 604_800e6 }
    let factors = weeks.map { discountFactor(design.discountRate, years: $0 / weeksPerYear) }
    func flows(_ index: Int) -> [CashFlow] {
      records[index].map { CashFlow($0, model: design.variants[index].model) }
    }
    let base = flows(design.baseline)
    self.weeks = weeks
    discountRate = design.discountRate
    plans = design.variants.compactMap { ImplementationPlan($0, horizon: timeline.horizon) }
    benefits = design.variants.indices.filter { $0 != design.baseline }.map { index in
      NetBenefit(
        variant: design.variants[index].name, own: flows(index), base: base, weeks: weeks,
        factors: factors)
    }
  }
}

extension Timeline {
  /// Ends of the arrival cohorts; the last is cut by the horizon.
  fileprivate var cohortEnds: [Int64] {
    (0..<cohortCount).map { min(Int64($0 + 1) * cohortLength, horizon) }
  }
}

extension ImplementationPlan {
  init?(_ variant: StudyVariant, horizon: Int64) {
    guard let investments = variant.model.stack.costs?.investments, !investments.isEmpty else {
      return nil
    }
    let total = investments.reduce(0) { $0 + $1.amount }
    let seeing = investments.reduce(0) { $0 + ($1.line == "observability" ? $1.amount : 0) }
    self.variant = variant.name
    lines = investments.map { Line(name: $0.line, amount: $0.amount / 1e6) }
    withinHorizon = investments.reduce(0) { $0 + $1.spent(by: horizon) } / 1e6
    observabilityShare = total > 0 ? seeing / total : nil
  }
}

/// What one replication cost, by arrival cohort, in the currency's main unit, undiscounted.
struct CashFlow {
  /// All costs: on day 0, then of each cohort.
  let total: [Double]
  /// What the cases cost, in all.
  let ofCases: Double
  /// All else.
  let fixed: Double
  let arrived: Int
  let weeksCounted: Double

  init(_ record: ReplicationRecord, model: SimulationModel) {
    let timeline = model.timeline
    // Spread evenly: in a rollout, what one way alone uses is paid for part of the time.
    let perWeek =
      record.weeksCounted > 0 ? model.fixedCost(in: record) / record.weeksCounted : 0
    let investments = model.stack.costs?.investments ?? []
    func spent(by time: Int64) -> Double {
      investments.reduce(0) { $0 + $1.spent(by: time) } / 1e6
    }
    var flows = [spent(by: 0)]
    var ofCases = 0.0
    var start: Int64 = 0
    for (index, end) in timeline.cohortEnds.enumerated() {
      let cohort = record.cohorts[index]
      let cases = Double(cohort.cost.reduce(Int128(0)) { $0 + Int128($1) }) / 1e6
      ofCases += cases
      // The last cohort of a case-limited run takes all that comes later.
      let isLast = index == timeline.cohortCount - 1
      let counted = max(start, isLast ? record.countedUntil : min(end, record.countedUntil)) - start
      flows.append(
        cases + Double(cohort.costBesideCases) / 1e6 + perWeek * Double(counted) / 604_800e6
          + spent(by: end) - spent(by: start))
      start = end
    }
    total = flows
    self.ofCases = ofCases
    fixed = flows.reduce(0, +) - ofCases
    arrived = record.arrived
    weeksCounted = record.weeksCounted
  }
}

/// What an amount is worth on day 0 that is paid after so many years.
func discountFactor(_ rate: Double, years: Double) -> Double {
  rate > 0 ? power(1 + rate, -years) : 1
}

extension NetBenefit {
  init(
    variant: String, own: [CashFlow], base: [CashFlow], weeks: [Double], factors: [Double]
  ) {
    let pairs = Array(zip(own, base))
    let gains = pairs.map { own, base -> [Double] in
      var sum = 0.0
      return factors.indices.map { point in
        sum += (base.total[point] - own.total[point]) * factors[point]
        return sum
      }
    }
    self.variant = variant
    cumulative = factors.indices.map { point in Estimate(of: gains.map { $0[point] }) }
    netPresentValue = Estimate(of: gains.map { $0.last ?? 0 })
    let dates = gains.map(Self.breakEven)
    brokenEven = factors.indices.map { point in
      ProbabilityEstimate(count: dates.count { $0 ?? .max <= point }, of: dates.count)
    }
    let sorted = dates.compactMap { $0.map { weeks[$0] } }.sorted()
    breakEvenWeek = sorted.isEmpty ? nil : sorted.interpolated(at: 0.5)
    breakEvenWeek80 =
      sorted.isEmpty ? nil : [sorted.interpolated(at: 0.1), sorted.interpolated(at: 0.9)]
    let counted = pairs.filter { own, base in
      own.arrived > 0 && base.arrived > 0 && own.weeksCounted > 0 && base.weeksCounted > 0
    }
    volume = BreakEvenVolume(
      saving: Estimate(
        of: counted.map {
          $0.1.ofCases / Double($0.1.arrived) - $0.0.ofCases / Double($0.0.arrived)
        }),
      fixedPerWeek: average(counted.map { ($0.0.fixed - $0.1.fixed) / $0.0.weeksCounted }),
      arriving: average(counted.map { Double($0.1.arrived) / $0.1.weeksCounted }))
  }

  /// The first instant from which on a gain is never negative; `nil` where the last one is.
  static func breakEven(_ gains: [Double]) -> Int? {
    let last = gains.lastIndex { $0 < 0 } ?? -1
    return last + 1 < gains.count ? last + 1 : nil
  }
}
