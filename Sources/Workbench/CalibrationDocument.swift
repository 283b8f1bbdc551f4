public import Calibration
public import EventLogs
import Facts
import Statistics

/// What calibrating a log gave, as JSON.
public struct CalibrationDocument: Encodable, Sendable {
  /// What was read.
  public var log: Log
  /// What is odd about it.
  public var problems: [Problem]
  /// The scenario with fitted arrivals.
  public var scenario: String
  /// Everything that was written.
  public var written: [String]
  /// The parameters with their samples and fits.
  public var parameters: Parameters
  /// Mean distances over the runs; absent without a test log.
  public var means: [String: Double]?
  /// The distances of each run.
  public var runs: [LogDistances]?
  /// The same with arrivals as fitted on the training log.
  public var meansWithFittedArrivals: [String: Double]?
  /// What the test log and the runs show of each activity.
  public var residuals: [ActivityResidual]?
  /// Whether cases were under way at the end of the test log, so that simulated logs end there, too.
  public var testIsCutOff: Bool?
  /// What tells that, and what was done.
  public var testEnd: TestEnd?
  /// The scenario that was judged.
  public var evaluated: String?

  /// What was read.
  public struct Log: Encodable, Sendable {
    /// Its figures.
    public var path: String, format: String, timeFormat: String, timeZone: String?
    /// Its size.
    public var cases: Int, events: Int, activities: Int, resources: Int, skipped: Int
    /// What was read as what.
    public var columns: [String: String]
    /// Columns that were not used.
    public var unused: [String]
    /// Whether it says when work began.
    public var hasStartTimes: Bool
  }

  /// How the test log ends.
  public struct TestEnd: Encodable, Sendable {
    /// What became of cases that were under way.
    public var kind: TestLogEnd.Kind
    /// Cases that were to be expected under way, and the probability of so early an end where there was none.
    public var expectedUnderWay: Double, pValue: Double
    /// Simulated cases, of all runs, that have the course of another run, and such as are left out.
    public var replaced: Int, leftOut: Int
  }

  /// Something odd.
  public struct Problem: Encodable, Sendable {
    /// Kind, number and sentence.
    public var kind: String, count: Int, text: String
    /// Line of the first.
    public var line: Int?
  }

  /// The parameters.
  public struct Parameters: Encodable, Sendable {
    /// Arrivals: pattern, rate per week, variation of distances in open time, hours, trend per week.
    public var arrivals: Arrivals
    /// Activities.
    public var activities: [Activity]
    /// Teams.
    public var teams: [Team]
    /// The flow.
    public var flow: Flow
    /// What cannot be identified.
    public var notIdentified: [String]
    /// Days on which nobody works.
    public var holidays: [String]
    /// What else decides: attributes, urgency, rules of branching, hand-overs.
    public var discoveries: CalibrationDiscoveries
  }

  /// How cases arrive.
  public struct Arrivals: Encodable, Sendable {
    /// As in the scenario.
    public var pattern: String, perWeek: Double, variation: Double, hours: [String], sample: Int
    /// 95 % interval of the rate.
    public var perWeekLower: Double?, perWeekUpper: Double?
    /// Of a Poisson process.
    public var kolmogorovSmirnov: Double?, pValue: Double?
    /// Change of the weekly number a week, as a share of its mean.
    public var trendPerWeek: Double?
    /// When the seconds of open time between arrivals changed.
    public var changes: [Change]
  }

  /// A moment from which on a quantity is not what it was; what came since the last one is what is measured.
  public struct Change: Encodable, Sendable {
    /// Local time, as microseconds since 1970.
    public var localMicroseconds: Int64
    /// Earliest and latest at 95 %.
    public var earliestMicroseconds: Int64, latestMicroseconds: Int64
    /// Means of the stretch before and after, in seconds, and the p-value of no change.
    public var before: Double, after: Double, pValue: Double

    init(_ change: ChangePoint) {
      localMicroseconds = change.time
      earliestMicroseconds = change.span.lowerBound
      latestMicroseconds = change.span.upperBound
      before = change.before
      after = change.after
      pValue = change.pValue
    }
  }

  /// A distribution of times.
  public struct Times: Encodable, Sendable {
    /// As the scenario writes it.
    public var value: String, family: String, sample: Int, meanSeconds: Double
    /// 95 % interval of the mean.
    public var meanLowerSeconds: Double?, meanUpperSeconds: Double?
    /// Of the best family.
    public var standardDeviationSeconds: Double, bestFamily: String?, aic: Double?
    /// Kolmogorov–Smirnov and Anderson–Darling.
    public var kolmogorovSmirnov: Double?, pValue: Double?, andersonDarling: Double?
    /// Far from the rest.
    public var outliers: Int

    init(_ fit: TimeFit) {
      value = fit.text
      family = fit.family
      sample = fit.count
      meanSeconds = fit.mean
      meanLowerSeconds = fit.interval?.lower
      meanUpperSeconds = fit.interval?.upper
      standardDeviationSeconds = fit.deviation
      bestFamily = fit.bestFamily
      aic = fit.aic
      kolmogorovSmirnov = fit.distance
      pValue = fit.pValue
      andersonDarling = fit.andersonDarling
      outliers = fit.outliers
    }
  }

  /// An activity.
  public struct Activity: Encodable, Sendable {
    /// Name and team.
    public var name: String, team: String
    /// Working time, and waiting that nothing explains.
    public var time: Times, unexplainedWaiting: Times?
    /// That waiting by what was done before, where that tells.
    public var waitingAfter: [WaitingAfter]
    /// p-value that all people take the same time, and the times of those who do not.
    public var samePeople: Double?, byPerson: [String: Times]
    /// Whether the waiting goes by the calendar; else by the hours of the team.
    public var waitsByCalendar: Bool
    /// When working time, and waiting, changed.
    public var changes: [Change], waitingChanges: [Change]
    /// Share of the cases that have it, and its 95 % interval.
    public var casesShare: Double, casesLower: Double, casesUpper: Double
    /// How it is done in batches.
    public var batch: CalibrationDiscoveries.Batch?
  }

  /// Waiting before an activity after certain others.
  public struct WaitingAfter: Encodable, Sendable {
    /// What was done before; empty for anything else.
    public var after: [String]
    /// The waiting.
    public var waiting: Times
  }

  /// A team.
  public struct Team: Encodable, Sendable {
    /// Name, people, hours.
    public var name: String, people: Int, hours: [String], itemsAtATime: Int, isNamed: Bool
    /// Instants at which work began or ended, and those of them that lie in the hours.
    public var instants: Int, instantsWithinHours: Int
    /// People whose hours are not the team's.
    public var ownHours: [String: [String]]
  }

  /// The flow.
  public struct Flow: Encodable, Sendable {
    /// Its size.
    public var blocks: Int, states: Int, memory: Int, straightened: Int
    /// Cases that it rests on, and the day from which on they came where cases went other ways before.
    public var cases: Int, since: String?
    /// Activities side by side.
    public var sideBySide: [[String]]
  }

  /// Makes the document.
  public init(_ done: CalibratedScenario) {
    log = Self.log(done.log, zone: done.calibration.zone)
    problems = Self.problems(done.log)
    scenario = done.scenario
    written = done.written
    let calibration = done.calibration
    parameters = Parameters(
      arrivals: Arrivals(
        pattern: calibration.arrivals.pattern, perWeek: calibration.arrivals.perWeek,
        variation: calibration.arrivals.variation, hours: calibration.arrivals.hours.lines,
        sample: calibration.arrivals.count, perWeekLower: calibration.arrivals.interval?.lower,
        perWeekUpper: calibration.arrivals.interval?.upper,
        kolmogorovSmirnov: calibration.arrivals.distance, pValue: calibration.arrivals.pValue,
        trendPerWeek: calibration.arrivals.trend,
        changes: calibration.arrivals.changes.map(Change.init)),
      activities: calibration.activities.map { activity in
        Activity(
          name: activity.name, team: calibration.teams[activity.team].name,
          time: Times(activity.time), unexplainedWaiting: activity.delay.map(Times.init),
          waitingAfter: activity.delaysAfter.map { delay in
            WaitingAfter(after: delay.after, waiting: Times(delay.time))
          },
          samePeople: activity.samePeople,
          byPerson: Dictionary(
            activity.byPerson.map { ($0.resource, Times($0.time)) },
            uniquingKeysWith: { first, _ in first }),
          waitsByCalendar: activity.delayIsCalendar, changes: activity.changes.map(Change.init),
          waitingChanges: activity.delayChanges.map(Change.init),
          casesShare: activity.cases.estimate, casesLower: activity.cases.lower,
          casesUpper: activity.cases.upper,
          batch: activity.batch.map(CalibrationDiscoveries.Batch.init))
      },
      teams: calibration.teams.map { team in
        Team(
          name: team.name, people: team.members.count, hours: team.hours.lines,
          itemsAtATime: team.limit, isNamed: !team.isUnnamed, instants: team.fit.count,
          instantsWithinHours: team.fit.within,
          ownHours: Dictionary(
            team.members.filter { $0.hours != team.hours }.map { ($0.name, $0.hours.lines) },
            uniquingKeysWith: { first, _ in first }))
      },
      flow: Flow(
        blocks: calibration.flow.blocks, states: calibration.flow.states,
        memory: calibration.flow.memory, straightened: calibration.flow.straightened,
        cases: calibration.flow.cases,
        since: calibration.flow.since.map { CalibrationWriting.date($0).description },
        sideBySide: calibration.flow.concurrent.map { [$0.0, $0.1] }),
      notIdentified: calibration.remarks,
      holidays: calibration.holidays.map { CalendarDay(number: $0).description },
      discoveries: CalibrationDiscoveries(calibration))
    guard let evaluation = done.evaluation else { return }
    means = Self.means(evaluation.runs)
    runs = evaluation.runs
    residuals = evaluation.residuals
    meansWithFittedArrivals = Self.means(evaluation.runsWithFittedArrivals)
    let end = evaluation.end
    testIsCutOff = end.kind != .whole
    testEnd = TestEnd(
      kind: end.kind, expectedUnderWay: end.expectedUnderWay, pValue: end.pValue,
      replaced: end.replaced, leftOut: end.leftOut)
    evaluated = evaluation.scenario
  }

  private static func means(_ runs: [LogDistances]) -> [String: Double] {
    Dictionary(
      LogDistances.means(runs).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  static func log(_ log: EventLogs.EventLog, zone: String?) -> Log {
    Log(
      path: log.source.path, format: log.source.format, timeFormat: log.source.timeFormat,
      timeZone: zone, cases: log.cases.count, events: log.events.count,
      activities: log.activities.count, resources: log.resources.count, skipped: log.source.skipped,
      columns: Dictionary(
        log.source.mapping.map { ($0.part.rawValue, $0.column) },
        uniquingKeysWith: { first, _ in first }), unused: log.source.unused,
      hasStartTimes: log.source.hasStartTimes)
  }

  static func problems(_ log: EventLogs.EventLog) -> [Problem] {
    log.problems.map {
      Problem(kind: $0.kind.rawValue, count: $0.count, text: $0.text, line: $0.location?.line)
    }
  }
}

/// How a log was read, before anything is calibrated.
public struct LogPreview: Encodable, Sendable {
  /// What was read.
  public var log: CalibrationDocument.Log
  /// What is odd about it.
  public var problems: [CalibrationDocument.Problem]

  /// Looks at a log.
  public init(_ log: EventLogs.EventLog) {
    self.log = CalibrationDocument.log(log, zone: nil)
    problems = CalibrationDocument.problems(log)
  }
}
