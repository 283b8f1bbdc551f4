internal import Simulation

/// Everything a comparison found, as values: what `rehearse compare --format json` prints and the
/// report draws.
///
/// Every number says its unit in its name or beside it; see `docs/reference/outputs.md`.
public struct StudyResult: Sendable, Codable, Equatable {
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications of each variant.
  public var replications: Int
  /// Confidence level of all intervals.
  public var level: Double
  /// ISO code of the currency of all money.
  public var currency: String
  /// Name of the variant the others are compared with.
  public var baseline: String
  /// Working days of the horizon.
  public var horizonDays: Int
  /// Length of the horizon in weeks of calendar time.
  public var horizonWeeks: Double
  /// How long each case is followed from its arrival, in hours of calendar time.
  public var followUpHours: Double
  /// The rule by which a queue counts as exhausted.
  public var exhaustionRule: ExhaustionRule
  /// Names of the teams watched.
  public var watchedTeams: [String]
  /// Results per variant, in the order of the scenario.
  public var variants: [VariantResult]
  /// Differences of each variant to the baseline, by figure.
  public var differences: [Difference]
  /// Which variant to choose, and when that would change.
  public var recommendation: Recommendation
  /// When each variant has paid for itself; `nil` where the scenario says nothing of such costs.
  public var costsOverTime: CostsOverTime?
  /// What the factors of a factorial design do; `nil` where the variants make none up.
  public var factorialEffects: FactorialEffects?
  /// What else pairs of variants show, and which of them is best; `nil` where there is only one.
  public var comparisons: StudyComparisons?
  /// How precise the figures became; `nil` where the number of replications was fixed.
  public var precision: PrecisionResult?
  /// Events simulated in all.
  public var events: Int
  /// Why there are fewer replications than asked for; `nil` where there are not.
  public var interruption: Interruption?

  /// The result of a variant; `nil` where there is none of the name.
  public func variant(_ name: String) -> VariantResult? { variants.first { $0.name == name } }
}

/// What was found for one variant.
public struct VariantResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Title for people.
  public var title: String
  /// Stack mix in words.
  public var mix: String
  /// Orchestration level.
  public var orchestrationLevel: Int
  /// Headline figures, in the order of `Figure.allCases`.
  public var figures: [FigureResult]
  /// Exhaustion of any watched team by the definition that decides.
  public var exhaustion: ExhaustionResult
  /// Exhaustion by each definition and team.
  public var exhaustionByDefinition: [ExhaustionResult]
  /// Cost per case by component, licences included.
  public var costStack: [CostShare]
  /// Cases that arrived in the horizon, mean over replications.
  public var casesArrived: Double
  /// Teams.
  public var teams: [TeamResult]
  /// Time to completion by groups of arrival cohorts.
  public var completion: [CompletionResult]
  /// Guardrails.
  public var guardrails: [GuardrailResult]
  /// Automations.
  public var automations: [AutomationResult]
  /// Applications; empty where the scenario has none.
  public var applications: [ApplicationResult] = []
  /// What can be down; empty where nothing can.
  public var downtimes: [DowntimeResult] = []
  /// What mechanisms did; empty where they did nothing.
  public var mechanisms: [MechanismResult] = []
  /// What became of its rollout; `nil` without one.
  public var rollout: RolloutResult?
  /// Names of the rules by which leaders respond to queues that grow; `nil` for no response.
  public var responses: [String]?
  /// Counted cases of all replications that can never be done, because the process leaves them waiting at
  /// a join or for an event of its own; `nil` where there are none.
  public var stuckCases: Int?
  /// Cases of all replications that a horizon in cases asks for and that never came, because arrivals end
  /// before; `nil` where there are none.
  public var missingCases: Int?
  /// What people and automations did, by step and guardrail; `nil` where that is said elsewhere, and in
  /// results of versions that did not keep it.
  public var work: [WorkResult]?

  /// What to say where arrivals ended before all cases had come; `nil` where they did not.
  public var shortfallSentence: String? {
    missingCases.map {
      "arrivals end before the cases of the horizon have come: \($0) of all replications are missing, "
        + "and all figures are of those that came; give a horizon in time, or let arrivals go on"
    }
  }

  /// A headline figure.
  public func figure(_ figure: Figure) -> Estimate? {
    figures.first { $0.figure == figure }?.estimate
  }
}

/// A headline figure and its estimate.
public struct FigureResult: Sendable, Codable, Equatable {
  /// The figure.
  public var figure: Figure
  /// Unit of the estimate.
  public var unit: String
  /// Mean over replications with a t interval.
  public var estimate: Estimate
}

/// When queues are exhausted, over replications.
public struct ExhaustionResult: Sendable, Codable, Equatable {
  /// The definition.
  public var definition: ExhaustionRule.Definition
  /// The team; `nil` for any watched team, and for *net work*, which is judged per variant.
  public var team: String?
  /// Probability that it happens within the horizon.
  public var byHorizon: ProbabilityEstimate
  /// Probability that it has happened by the close of each working day.
  public var byDay: [ProbabilityEstimate]
  /// Working day (from 1) on which it begins, among replications in which it happens: median.
  public var medianDay: Double?
  /// The same: 10 % and 90 % quantiles.
  public var day80: [Double]?
  /// Whether the definition does not apply: *net work* of the baseline itself.
  public var isInapplicable: Bool
}

/// A component of the cost per case.
public struct CostShare: Sendable, Codable, Equatable {
  /// Component: one of `CostComponent`, or `licences`.
  public var component: String
  /// Mean over replications per case that arrived, in the currency's main unit.
  public var perCase: Double
}

/// A team over the horizon.
public struct TeamResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// People.
  public var people: Int
  /// Whether exhaustion is judged on it.
  public var isWatched: Bool
  /// Remaining work at the close of each working day, in hours of work.
  public var backlogHours: [Band]
  /// Tickets and exceptions waiting at the close of each working day.
  public var waitingTickets: [Band]
  /// Work scheduled in the days ahead that the backlog rule compares with, in hours.
  public var scheduledHoursAhead: [Double]
  /// Share of scheduled time at work, per week.
  public var occupancy: [Band]
  /// What arithmetic alone says.
  public var fluid: FluidForecast
  /// What the work does to the people; `nil` in results of versions that did not compute it.
  public var strain: TeamStrain?
}

/// Mean and quantiles over replications.
public struct Band: Sendable, Codable, Equatable {
  /// Mean.
  public var mean: Double
  /// Quantiles at `Band.probabilities`.
  public var quantiles: [Double]

  /// Probabilities of the quantiles: the bands of 95, 80 and 50 % and the median.
  public static let probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
}

/// Time to completion of the cases that arrived in a group of cohorts.
public struct CompletionResult: Sendable, Codable, Equatable {
  /// First week of arrival, from 1.
  public var firstWeek: Int
  /// Last week of arrival.
  public var lastWeek: Int
  /// Cases that arrived, in all replications.
  public var arrived: Int
  /// Share not completed within the follow-up.
  public var unfinishedShare: Double
  /// Points of the distribution over all that arrived: hours and share completed by then.
  public var points: [Point]

  /// A point of the distribution.
  public struct Point: Sendable, Codable, Equatable {
    /// Time since arrival, in hours of calendar time.
    public var hours: Double
    /// Share of cases completed by then.
    public var share: Double
  }
}

/// A guardrail's ledger.
public struct GuardrailResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Share of evaluations on which it fired; `nil` where it was never evaluated.
  public var firingShare: Estimate?
  /// Tickets per hundred cases.
  public var ticketsPerHundred: Estimate
  /// Share of answered tickets approved as they were.
  public var approvedUnchanged: Double?
  /// Work per answered ticket, in minutes.
  public var minutesPerTicket: Double?
  /// Wait of answered tickets from raising to start, in hours of the reviewers' working time.
  public var waitingHours: Double?
  /// The same wait in hours of calendar time.
  public var waitingCalendarHours: Double?
  /// Cost of its reviews per case, in the currency's main unit.
  public var reviewCostPerCase: Double
  /// Loss it prevents per case by the scenario's word, in the currency's main unit.
  public var lossPreventedPerCase: Double
}

/// An automation's runs.
public struct AutomationResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Runs per hundred cases.
  public var runsPerHundred: Double
  /// Share of runs that failed; `nil` where it never ran.
  public var failureShare: Double?
}

/// A paired difference of a variant to the baseline.
public struct Difference: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// The figure.
  public var figure: Figure
  /// Unit.
  public var unit: String
  /// Variant minus baseline, over replications with common random numbers.
  public var estimate: Estimate
  /// Correlation of the pairs; `nil` where one of them does not vary.
  public var correlation: Double?
  /// Factor by which common random numbers cut the variance; `nil` likewise.
  public var varianceReduction: Double?
  /// Differences smaller than this do not matter in practice; `nil` where the scenario does not say.
  public var practicalSignificance: Double?
  /// What the interval says.
  public var verdict: Verdict

  /// What an interval says about a difference.
  public enum Verdict: String, Sendable, Codable {
    /// The variant is better, and the difference matters.
    case better
    /// The variant is worse, and the difference matters.
    case worse
    /// Whatever the difference is, it does not matter in practice.
    case negligible
    /// More replications are needed to tell.
    case undecided
  }
}

/// What the results advise.
public struct Recommendation: Sendable, Codable, Equatable {
  /// The variant advised; `nil` where none keeps the risk under the bound.
  public var variant: String?
  /// The bound on the probability of exhaustion by the horizon, upper end of the interval.
  public var riskBound: Double
  /// Variants whose risk stays under the bound, cheapest first.
  public var admissible: [String]
  /// Other admissible variants whose cost cannot be told from the advised one's.
  public var tiedWith: [String]
  /// The team that binds the advised variant, by arithmetic.
  public var bindingTeam: String?
  /// Factor by which the work of the binding team could grow before it saturates.
  public var growthToSaturation: Double?
}
