public import Simulation

/// What happened to one case of one replication, in order, with where its time and its money went.
///
/// Instants and lengths are microseconds from the start of the scenario, amounts millionths of the
/// currency unit, so that sums are exact: the shares of time sum to the cycle time, the items of cost to
/// the cost.
public struct CaseStory: Sendable, Hashable {
  /// Number of the case in its replication, from 1: that of the logs.
  public var number: Int
  /// Number of the replication, from 1.
  public var replication: Int
  /// Name of the variant.
  public var variant: String
  /// ISO code of the currency.
  public var currency: String
  /// How it ended.
  public var outcome: Outcome
  /// When it arrived.
  public var arrived: Int64
  /// When it was completed or given up; of a case that is open, when the run ended.
  public var ended: Int64
  /// Everything it was charged.
  public var cost: Int64
  /// What happened, in order of beginning.
  public var entries: [Entry]
  /// What the time from arrival to end went into, each instant counted once.
  public var time: [TimeShare]
  /// What it was charged, and for what.
  public var costs: [CostItem]

  /// From arrival to end.
  public var cycleTime: Int64 { ended - arrived }

  /// How a case ended.
  public enum Outcome: String, Sendable, Hashable, Codable {
    /// Its process was done.
    case completed
    /// It was given up.
    case abandoned
    /// It was still inside when the run ended.
    case open
  }

  /// One thing that happened, or went on for a time.
  public struct Entry: Sendable, Hashable {
    /// When it began.
    public var from: Int64
    /// When it was over; as `from` for what takes no time.
    public var to: Int64
    /// What it was.
    public var kind: Kind
    /// The activity, guardrail, event or mechanism; empty where there is none.
    public var subject: String
    /// The team or automation; empty where there is none.
    public var performer: String = ""
    /// Who of the team; empty where there is nobody.
    public var person: String = ""
    /// Kind of work, where it is about work.
    public var work: ObservedWork?
    /// Which attempt of an automation it was, from 1.
    public var attempt = 1
    /// Why it waited, with how long for each reason, longest first.
    public var causes: [WaitShare] = []
    /// Pieces of work that waited at the same place when it came.
    public var ahead = 0
    /// Pieces that came later and were begun before it.
    public var overtakenBy = 0
    /// How often, of mechanisms.
    public var count: Int64 = 1
  }

  /// Kinds of entries.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The case arrives.
    case arrived
    /// A piece of work waits.
    case waited
    /// A piece of work is being done.
    case worked
    /// The case waits for an event or for time at an element of the process.
    case awaited
    /// It rests before it goes on, such as before another attempt.
    case paused
    /// A guardrail fired and asks people.
    case guardrailFired = "guardrail_fired"
    /// A guardrail was evaluated and did not fire.
    case guardrailPassed = "guardrail_passed"
    /// A ticket was approved as it was.
    case ticketApproved = "ticket_approved"
    /// A ticket was approved after changes.
    case ticketChanged = "ticket_changed"
    /// A ticket was rejected.
    case ticketRejected = "ticket_rejected"
    /// A mechanism did something to it; `subject` is the mechanism's name.
    case mechanism
    /// It is completed.
    case completed
    /// It is given up.
    case abandoned
    /// The run ends with it inside.
    case open
  }

  /// Why something waits.
  public enum WaitCause: String, Sendable, Hashable, Codable, CaseIterable {
    /// All who could do it are busy.
    case teamBusy = "team_busy"
    /// Nobody of the team is on shift.
    case shiftClosed = "shift_closed"
    /// Who has it is off shift.
    case personOffShift = "person_off_shift"
    /// All runners of the automation are busy.
    case automationBusy = "automation_busy"
    /// The automation, or what it runs on, is down.
    case automationDown = "automation_down"
    /// The application is at its limit.
    case applicationLimit = "application_limit"
    /// The application is down.
    case applicationDown = "application_down"
    /// A batch is filling.
    case batchFilling = "batch_filling"
  }

  /// A cause of a wait, and how long it held.
  public struct WaitShare: Sendable, Hashable {
    /// The cause.
    public var cause: WaitCause
    /// The team, automation or application.
    public var subject: String
    /// How long.
    public var time: Int64
  }

  /// What a part of the cycle time went into.
  public struct TimeShare: Sendable, Hashable {
    /// What.
    public var use: TimeUse
    /// The team, automation, application or element; empty where there is none.
    public var subject: String
    /// How long.
    public var time: Int64
  }

  /// What a case's time goes into; where several things go on at once, the first of this order counts.
  public enum TimeUse: Sendable, Hashable {
    /// People work on it.
    case people
    /// Automations work on it.
    case automations
    /// It waits.
    case waiting(WaitCause)
    /// It waits for an event or for time.
    case event
    /// It rests, such as before another attempt.
    case pause
    /// Nothing of the above, such as for what mechanisms hold back.
    case other

    /// Name in files.
    public var name: String {
      switch self {
      case .people: "people_work"
      case .automations: "automations_work"
      case .waiting(let cause): cause.rawValue
      case .event: "event"
      case .pause: "pause"
      case .other: "other"
      }
    }

    var rank: Int {
      switch self {
      case .people: 0
      case .automations: 1
      case .waiting(let cause): 2 + (WaitCause.allCases.firstIndex(of: cause) ?? 0)
      case .event: 20
      case .pause: 21
      case .other: 22
      }
    }
  }

  /// What a case was charged for.
  public struct CostItem: Sendable, Hashable {
    /// Component of cost.
    public var component: CostComponent
    /// The activity, guardrail or mechanism, and who did it.
    public var subject: String
    /// How often.
    public var count: Int
    /// How much in all.
    public var amount: Int64
  }
}
