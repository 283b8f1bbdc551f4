public import Scenarios
public import Simulation

/// What is compared, how often it is run, and by which rules it is judged.
public struct StudyDesign: Sendable {
  /// The variants, in the order of the scenario.
  public var variants: [StudyVariant]
  /// Position of the variant all others are compared with.
  public var baseline: Int
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications of each variant, ≥ 2.
  public var replications: Int
  /// When a queue counts as exhausted.
  public var exhaustion: ExhaustionRule
  /// Differences smaller than this do not matter in practice, by figure.
  public var practicalSignificance: [Figure: Double]
  /// ISO code of the scenario's currency.
  public var currency: String
  /// Yearly rate by which later money counts less, in 0...1.
  public var discountRate: Double
  /// The factorial design that the variants make up; `nil` where they do not.
  public var factorial: FactorialSettings?
  /// Ends the replications as soon as figures are precise enough; `nil` for as many as asked for.
  ///
  /// `replications` is then the most of them.
  public var precision: PrecisionPlan?

  /// Creates a design.
  public init(
    variants: [StudyVariant], baseline: Int, seed: UInt64, replications: Int,
    exhaustion: ExhaustionRule, practicalSignificance: [Figure: Double] = [:], currency: String,
    discountRate: Double = 0, factorial: FactorialSettings? = nil
  ) {
    self.variants = variants
    self.baseline = baseline
    self.seed = seed
    self.replications = replications
    self.exhaustion = exhaustion
    self.practicalSignificance = practicalSignificance
    self.currency = currency
    self.discountRate = discountRate
    self.factorial = factorial
  }
}

/// One variant of a study.
public struct StudyVariant: Sendable {
  /// Name, unique in the study.
  public var name: String
  /// Title for people.
  public var title: String
  /// Stack mix in words.
  public var mix: String
  /// Orchestration level, 0 or 2.
  public var orchestrationLevel: Int
  /// The compiled model.
  public var model: SimulationModel

  /// Creates a variant.
  public init(
    name: String, title: String, mix: String, orchestrationLevel: Int, model: SimulationModel
  ) {
    self.name = name
    self.title = title
    self.mix = mix
    self.orchestrationLevel = orchestrationLevel
    self.model = model
  }
}

/// When a team's queue counts as exhausted; see `docs/reference/exhaustion.md`.
public struct ExhaustionRule: Sendable, Hashable, Codable {
  /// The definition that decides.
  public var decides: Definition
  /// Teams watched, by index; others are reported but do not decide.
  public var watchedTeams: [Int]
  /// Definition *backlog*: remaining work exceeds the scheduled work of the next so many working days.
  public var backlogDays: Int
  /// Definition *backlog* holds once that is so at the close of so many working days running.
  public var confirmedDays: Int
  /// Definition *service*: the share of tickets due in the window that were late exceeds this.
  public var serviceShare: Double
  /// Length of that window, in weeks.
  public var serviceWindow: Int
  /// Definition *service* holds once that is so at the ends of so many weeks running.
  public var serviceWeeks: Int
  /// Definition *net work*: human seconds per case exceed those of the baseline less this saving.
  public var netWorkSavingSeconds: Double
  /// Definition *net work* holds once that is so for so many weekly arrival cohorts running.
  public var netWorkCohorts: Int

  /// Definitions of exhaustion, as the scenario language names them.
  public typealias Definition = ExhaustionSettings.Definition

  /// Creates a rule.
  public init(
    decides: Definition = .backlog, watchedTeams: [Int], backlogDays: Int = 5,
    confirmedDays: Int = 5, serviceShare: Double = 0.2, serviceWindow: Int = 4,
    serviceWeeks: Int = 2, netWorkSavingSeconds: Double = 0, netWorkCohorts: Int = 4
  ) {
    self.decides = decides
    self.watchedTeams = watchedTeams
    self.backlogDays = backlogDays
    self.confirmedDays = confirmedDays
    self.serviceShare = serviceShare
    self.serviceWindow = serviceWindow
    self.serviceWeeks = serviceWeeks
    self.netWorkSavingSeconds = netWorkSavingSeconds
    self.netWorkCohorts = netWorkCohorts
  }
}
