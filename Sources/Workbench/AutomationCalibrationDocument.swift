public import Calibration
import Importing

/// What records say of automations, as JSON.
public struct AutomationCalibrationDocument: Encodable, Sendable {
  /// The files, and how they were read.
  public var sources: [Source]
  /// Automations, as a whole and by kind of case.
  public var automations: [Automation]
  /// Applications that they used, and machines that they ran on.
  public var uses: [Use]
  /// Reviews.
  public var reviews: [Review]
  /// What the records cannot say.
  public var notIdentified: [String]
  /// Where the keys for a scenario were written; absent where they were not.
  public var scenario: String?
  /// The provenance of every figure.
  public var provenance = "measured"

  /// A file.
  public struct Source: Encodable, Sendable {
    /// Its path and what it is.
    public var path: String, title: String
    /// Rows or histories that count, and those that were left out.
    public var count: Int, leftOut: Int
    /// Of a log of tickets, the column of each part.
    public var columns: [String: String]
    /// Its columns that were not used.
    public var unused: [String]
  }

  /// An automation.
  public struct Automation: Encodable, Sendable {
    /// Its name, and the kind of case; absent for all of them.
    public var name: String, caseType: String?
    /// Attempts that are recorded.
    public var attempts: Int
    /// Probabilities that an attempt fails, and that work is tried again or given up.
    public var failure: BetaPosterior?, retry: BetaPosterior?, givenUp: BetaPosterior?
    /// Most attempts after the first.
    public var mostRetries: Int?
    /// Time of an attempt.
    public var time: CalibrationDocument.Times?
    /// When the share of failures and the time changed.
    public var changes: [Change], timeChanges: [Change]
  }

  /// A moment from which on a share, or a time in seconds, is not what it was.
  public struct Change: Encodable, Sendable {
    /// Microseconds since 1970, UTC.
    public var microseconds: Int64
    /// Means of the stretch before and after, and the p-value of no change.
    public var before: Double, after: Double, pValue: Double

    init(_ change: ChangePoint) {
      microseconds = change.time
      before = change.before
      after = change.after
      pValue = change.pValue
    }
  }

  /// An automation with an application or machine.
  public struct Use: Encodable, Sendable {
    /// The two, and whether the second is an application or a machine.
    public var automation: String, partner: String, kind: String
    /// Probability that a use works.
    public var works: BetaPosterior
  }

  /// Reviews of an automation or of a kind of case.
  public struct Review: Encodable, Sendable {
    /// Whose work, and the kind of case; absent where all are meant or nobody knows.
    public var automation: String?, caseType: String?
    /// Tickets.
    public var tickets: Int
    /// Probabilities of the outcomes, and that a piece of work leads to a ticket.
    public var approved: BetaPosterior?, modified: BetaPosterior?, rejected: BetaPosterior?
    /// Probability that a piece of work leads to a ticket.
    public var escalation: BetaPosterior?
    /// Working time.
    public var time: CalibrationDocument.Times?
    /// When the share of approvals changed.
    public var changes: [Change]
  }

  /// Makes the document.
  public init(_ calibration: AutomationCalibration, scenario: String?) {
    sources = calibration.sources.map { source in
      Source(
        path: source.path, title: source.title, count: source.count, leftOut: source.leftOut,
        columns: Dictionary(
          source.columns.map { ($0.part.rawValue, $0.column) },
          uniquingKeysWith: { first, _ in first }), unused: source.unused)
    }
    automations = calibration.automations.map { fit in
      Automation(
        name: fit.name, caseType: fit.caseType, attempts: fit.attempts, failure: fit.failure,
        retry: fit.retry, givenUp: fit.givenUp, mostRetries: fit.mostRetries,
        time: fit.time.map(CalibrationDocument.Times.init), changes: fit.changes.map(Change.init),
        timeChanges: fit.timeChanges.map(Change.init))
    }
    uses = calibration.uses.map {
      Use(automation: $0.automation, partner: $0.partner, kind: $0.kind.rawValue, works: $0.works)
    }
    reviews = calibration.reviews.map { fit in
      Review(
        automation: fit.automation, caseType: fit.caseType, tickets: fit.tickets,
        approved: fit.approved, modified: fit.modified, rejected: fit.rejected,
        escalation: fit.escalation, time: fit.time.map(CalibrationDocument.Times.init),
        changes: fit.changes.map(Change.init))
    }
    notIdentified = calibration.remarks
    self.scenario = scenario
  }
}
