internal import Statistics

/// A forecast beside what then happened.
public struct BackTest: Sendable, Codable, Equatable {
  /// Weeks that both know.
  public var weeks: Int
  /// Replications that the bands are made of.
  public var replications: Int
  /// The figures, in order.
  public var figures: [Held]

  /// One figure, week by week.
  public struct Held: Sendable, Codable, Equatable {
    /// The figure.
    public var figure: WeeklyFigure
    /// Its unit.
    public var unit: String
    /// The weeks that have a fact and a forecast.
    public var points: [Point]
    /// Weeks whose fact lies in the band of 80 %.
    public var inside80: Int
    /// Weeks whose fact lies in the band of 95 %.
    public var inside95: Int
    /// Weeks whose fact lies above the median of the forecast.
    public var aboveMedian: Int
    /// Mean continuous ranked probability score, in the unit; smaller is better, 0 is perfect.
    public var crps: Double
    /// Mean interval score of the 80 % band, in the unit; smaller is better.
    public var intervalScore: Double
    /// What that comes to.
    public var verdict: Verdict
  }

  /// One week.
  public struct Point: Sendable, Codable, Equatable {
    /// Number of the week, from 1.
    public var week: Int
    /// What happened.
    public var fact: Double
    /// Median of the forecast.
    public var median: Double
    /// Band of 80 % of the forecast: quantiles of replications.
    public var band80: [Double]
    /// Band of 95 %.
    public var band95: [Double]
    /// Continuous ranked probability score.
    public var crps: Double
  }

  /// What the weeks of a figure say of the forecast.
  public enum Verdict: String, Sendable, Codable {
    /// As many facts lie in the bands as should, and to both sides of the median.
    case held
    /// The facts lie above the forecast.
    case tooLow = "too_low"
    /// The facts lie below the forecast.
    case tooHigh = "too_high"
    /// Fewer facts lie in the bands than should, to both sides.
    case tooNarrow = "too_narrow"
    /// More facts lie in the bands than should.
    case tooWide = "too_wide"
    /// There are too few weeks to tell.
    case unknown
  }

  /// Compares facts with a forecast, over the weeks that both have.
  ///
  /// - Parameters:
  ///   - facts: what happened.
  ///   - forecast: the replications.
  ///   - weeks: weeks that are known whole.
  ///   - figures: what to compare.
  public init(
    facts: WeeklyFacts, forecast: [WeeklyFacts], weeks: Int, figures: [WeeklyFigure]
  ) {
    self.weeks = weeks
    replications = forecast.count
    self.figures = figures.compactMap { figure in
      let points = (0..<weeks).compactMap { week in
        Point(week: week, figure, facts: facts, forecast: forecast)
      }
      return points.isEmpty ? nil : Held(figure, points)
    }
  }
}

extension BackTest.Point {
  fileprivate init?(
    week: Int, _ figure: WeeklyFigure, facts: WeeklyFacts, forecast: [WeeklyFacts]
  ) {
    guard let fact = facts.values[figure]?[week] else { return nil }
    // Not every replication has a case that ends in the week.
    let members = forecast.compactMap { $0.values[figure]?[week] }.sorted()
    guard members.count > 1, 2 * members.count >= forecast.count else { return nil }
    self.week = week + 1
    self.fact = fact
    median = members.interpolated(at: 0.5)
    band80 = [members.interpolated(at: 0.1), members.interpolated(at: 0.9)]
    band95 = [members.interpolated(at: 0.025), members.interpolated(at: 0.975)]
    crps = continuousRankedProbabilityScore(ofSorted: members, fact: fact)
  }
}

extension BackTest.Held {
  fileprivate init(_ figure: WeeklyFigure, _ points: [BackTest.Point]) {
    self.figure = figure
    unit = figure.unit
    self.points = points
    func isInside(_ point: BackTest.Point, _ band: [Double]) -> Bool {
      band[0] <= point.fact && point.fact <= band[1]
    }
    inside80 = points.count { isInside($0, $0.band80) }
    inside95 = points.count { isInside($0, $0.band95) }
    // A fact that equals the median lies on neither side.
    let above = points.count { $0.fact > $0.median }
    let below = points.count { $0.fact < $0.median }
    aboveMedian = above
    let n = Double(points.count)
    crps = points.reduce(0) { $0 + $1.crps } / n
    intervalScore =
      points.reduce(0) { $0 + BackTest.intervalScore($1.fact, band: $1.band80, level: 0.8) } / n
    verdict = Self.verdict(inside80: inside80, of: points.count, above: above, below: below)
  }

  /// Signs and coverage by the binomial distribution, each at 5 %; weeks are taken as independent, which
  /// makes the verdict too ready where backlogs drag on.
  static func verdict(inside80: Int, of count: Int, above: Int, below: Int) -> BackTest.Verdict {
    // With fewer weeks not even all of them outside on one side would be rare.
    guard count >= 6 else { return .unknown }
    let tooFew = binomialCDF(inside80, trials: count, probability: 0.8) < 0.05
    let tooMany = 1 - binomialCDF(inside80 - 1, trials: count, probability: 0.8) < 0.05
    let sided = 2 * binomialCDF(min(above, below), trials: above + below, probability: 0.5) < 0.05
    if sided { return above > below ? .tooLow : .tooHigh }
    if tooFew { return .tooNarrow }
    return tooMany ? .tooWide : .held
  }
}

extension BackTest {
  /// The interval score of a central interval; smaller is better.
  ///
  /// Source: Gneiting and Raftery, *JASA* 102 (2007) 359–378, equation 43.
  public static func intervalScore(_ fact: Double, band: [Double], level: Double) -> Double {
    let (lower, upper) = (band[0], band[1])
    return upper - lower + 2 / (1 - level) * (max(0, lower - fact) + max(0, fact - upper))
  }
}

/// The continuous ranked probability score of an ensemble against what happened: E|X − y| − E|X − X′|/2.
///
/// Source: Gneiting and Raftery, *JASA* 102 (2007) 359–378, equation 21, with the expectations over the
/// members; in the unit of the values, 0 is perfect.
/// - Parameter members: in ascending order, at least one.
func continuousRankedProbabilityScore(ofSorted members: [Double], fact: Double) -> Double {
  let m = Double(members.count)
  let distance = members.reduce(0) { $0 + abs($1 - fact) } / m
  // Of ascending members Σ Σ |xᵢ − xⱼ| is 2 Σ (2i − m − 1) xᵢ.
  let spread = members.enumerated().reduce(0.0) { sum, member in
    sum + (2 * Double(member.offset + 1) - m - 1) * member.element
  }
  return distance - spread / (m * m)
}
