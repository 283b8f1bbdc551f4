public import Facts
internal import Inventory
public import ProcessModel
public import Simulation
public import Statistics

/// A scenario as read: everything resolved against its process, each variant a whole stack.
public struct Scenario: Sendable {
  /// Path of the file, as shown to people.
  public var path: String
  /// SHA-256 of the file, lower-case hexadecimal.
  public var sourceDigest: String
  /// Title of the report.
  public var title: String
  /// The question it answers; `nil` where none is asked.
  public var question: String?
  /// Start, length and start state.
  public var clock: ScenarioClock
  /// Calendars in file order; never empty.
  public var calendars: [ScenarioCalendar]
  /// The process cases go through.
  public var process: BusinessProcess
  /// The process compiled.
  public var flow: FlowGraph
  /// Arrivals.
  public var demand: ScenarioDemand
  /// What is known of each case, in file order.
  public var attributes: [ScenarioAttribute]
  /// Variants in file order; never empty.
  public var variants: [Variant]
  /// When a team counts as exhausted.
  public var exhaustion: ExhaustionSettings
  /// Replications, seed, baseline and what matters.
  public var experiment: ExperimentSettings
  /// The grid of `rehearse sweep`; empty where the scenario has none.
  public var sweep: [SweepAxis]
  /// Parameters that are not known, in file order.
  public var uncertain: [UncertainParameter]
  /// ISO 4217 code of all amounts; `nil` where the scenario has none.
  public var currency: String?
  /// Every value it runs with, in order of reading.
  public var parameters: [ParameterRecord]
  /// Things that should be looked at but do not stop it from running, by place.
  public var warnings: [ScenarioProblem]
  /// The file, for changing single values.
  var source: ScenarioSource

  /// The calendar of a name.
  func calendar(_ name: String) -> ScenarioCalendar? { calendars.first { $0.name == name } }
}

/// What a scenario is assembled from.
struct ScenarioSource: Sendable {
  var root: ScenarioNode
  var path: String
  var digest: String
  var process: BusinessProcess
  var flow: FlowGraph
  var systems: [AutomationSystem]
  var decisions: [DecisionTable]
  /// Reads a file that the scenario names, given as written.
  var files: ScenarioFiles
  var applications: [Application]
}

/// Start, length and start state of a scenario.
public struct ScenarioClock: Sendable, Hashable {
  /// Day 0; its local midnight is instant 0.
  public var start: CivilDate
  /// IANA name of the time zone.
  public var timeZone: String
  /// How long arriving cases are counted.
  public var horizon: ScenarioHorizon
  /// What is there on day 0.
  public var startState: StartState
  /// How long each counted case is followed.
  public var followUp: FollowUp
  /// Name of the calendar that makes working days.
  public var workingDays: String
}

/// Which cases are counted.
public enum ScenarioHorizon: Sendable, Hashable {
  /// Those that arrive within a time from day 0.
  case time(ScenarioDuration)
  /// So many, the first that arrive from day 0 on; then arrivals stop.
  case cases(Int)

  /// How many cases; `nil` where a time bounds them.
  public var caseLimit: Int? {
    if case .cases(let count) = self { count } else { nil }
  }
}

/// How long each counted case is followed from its own arrival.
public enum FollowUp: Sendable, Hashable {
  /// A time, in microseconds.
  case time(Int64)
  /// As long as it takes.
  case untilDone

  /// The time, in microseconds.
  var microseconds: Int64 {
    if case .time(let time) = self { time } else { Timeline.endless }
  }
}

/// What is there on day 0.
public enum StartState: Sendable, Hashable {
  /// Nothing.
  case empty
  /// What a run-in of a variant's stack leaves behind, the same for all variants.
  case variant(String, days: Int)
  /// What a run-in of each variant's own stack leaves behind.
  case own(days: Int)
  /// Given cases.
  case given([WaitingCases])

  /// Days of run-in before day 0.
  public var days: Int {
    switch self {
    case .empty, .given: 0
    case .variant(_, let days), .own(let days): days
    }
  }
}

/// Arrivals of a scenario.
public struct ScenarioDemand: Sendable, Hashable {
  /// How they are spread.
  public var pattern: Demand.Pattern
  /// The rate as written; `nil` for a renewal process.
  public var rate: ScenarioRate?
  /// Time from one case to the next of a renewal process, in seconds; `nil` for other patterns.
  public var between: Distribution?
  /// Whether that time passes in open hours only.
  public var countsOpenTime: Bool
  /// Cases that arrive together, rounded; `nil` for one at a time.
  public var batch: Distribution?
  /// Name of the calendar in whose hours cases arrive.
  public var profile: String
  /// Relative intensities; they multiply.
  public var weights: [ArrivalWeight]
  /// Factors on months or dates; they multiply.
  public var seasons: [ArrivalSeason]
  /// The list of a replay; `nil` for other patterns.
  public var list: ArrivalList?
  /// Cases that a planner expects by date; `nil` where the rate holds on all dates.
  public var volumes: ArrivalVolumes? = nil
  /// Growth per period, 0 for none.
  public var growth: Double
  /// Length of that period in seconds.
  public var growthPeriod: Double
}

/// A variant: a name and the stack that is tried.
public struct Variant: Sendable {
  /// Name, the key in the file.
  public var name: String
  /// Title in the report.
  public var title: String
  /// The stack.
  public var stack: StackSettings
  /// Where it stands in the file.
  public var location: SourceLocation
}

/// When a team counts as exhausted; see `docs/reference/exhaustion.md`.
public struct ExhaustionSettings: Sendable, Hashable {
  /// Names of the teams whose queues are judged.
  public var watch: [String]
  /// The definition that decides.
  public var decides: Definition
  /// Backlog exceeds the scheduled minutes of so many next working days.
  public var backlogDays: Int
  /// It has to do so at the close of so many working days running.
  public var backlogHolds: Int
  /// When a ticket is due where nothing else says so.
  public var serviceWithin: DueSettings
  /// Share of late tickets, among those due in the window, that is exceeded.
  public var serviceShare: Double
  /// Length of the window, in weeks.
  public var serviceWindow: Int
  /// It has to be exceeded at the ends of so many weeks running.
  public var serviceHolds: Int
  /// Saving of human time per case that is worthwhile, in seconds.
  public var netWorkSaving: Double
  /// Weekly cohorts running in which net work must exceed as-is.
  public var netWorkCohorts: Int

  /// Definitions of exhaustion.
  public enum Definition: String, Sendable, Hashable, Codable, CaseIterable {
    /// Definition (a): expected work against scheduled minutes.
    case saturation
    /// Definition (b): remaining work against scheduled minutes.
    case backlog
    /// Definition (c): tickets past their due dates.
    case service
    /// Definition (d): human minutes per case against as-is.
    case netWork = "net_work"
  }
}

/// How a scenario is tried.
public struct ExperimentSettings: Sendable, Hashable {
  /// Runs of each variant.
  public var replications: Int
  /// Seed of the random numbers.
  public var seed: UInt64
  /// Name of the variant the others are compared with.
  public var baseline: String
  /// Differences that would matter.
  public var matters: PracticalSignificance
  /// Share by which money of the next year counts less, in 0...1.
  public var discountRate: Double
  /// The factorial design that the variants make up; `nil` where they do not.
  public var factorial: FactorialSettings?
  /// How precise figures are to be; empty where the number of replications is fixed.
  public var precision: [WrittenPrecision] = []
  /// Fewest replications where figures are to be precise.
  public var fewestReplications = 10
  /// Whether branching is spread evenly over cases.
  public var balancesBranching = false
}

/// Differences that would matter in practice; `nil` where any would.
public struct PracticalSignificance: Sendable, Hashable {
  /// Cost per case, in the currency's main unit.
  public var costPerCase: Double?
  /// Time to completion, in seconds of calendar time.
  public var timeToCompletion: Double?
  /// Human work per case, in seconds.
  public var humanTime: Double?
}

/// One axis of the grid of a sweep.
public struct SweepAxis: Sendable, Hashable {
  /// Name, the key in the file.
  public var name: String
  /// Title of the axis.
  public var title: String
  /// Dotted paths of the keys that change together.
  public var paths: [String]
  /// The values they take, as written.
  public var values: [String]
}
