public import Importing

/// What records say of automations and of those who look after them.
public struct AutomationCalibration: Sendable {
  /// Automations, each as a whole and, where it has several kinds of case, by these.
  public var automations: [AutomationFit] = []
  /// Applications that automations used, and machines that they ran on.
  public var uses: [UseFit] = []
  /// Reviews, by automation and kind of case.
  public var reviews: [ReviewFit] = []
  /// The files that it rests on.
  public var sources: [OperationalSource] = []
  /// What the records cannot say, one sentence each.
  public var remarks: [String] = []
}

/// What runs say of an automation.
public struct AutomationFit: Sendable {
  /// Its name.
  public var name: String
  /// Kind of the cases; `nil` for all of them.
  public var caseType: String?
  /// Attempts that are recorded.
  public var attempts: Int
  /// Probability that an attempt fails, of those since the last change.
  public var failure: BetaPosterior?
  /// Probability that a piece of work is tried again after its first attempt; `nil` where nothing says so.
  public var retry: BetaPosterior?
  /// Probability that a piece of work is given up for good, so that people have it; `nil` where nothing says
  /// so.
  public var givenUp: BetaPosterior?
  /// Most attempts after the first that were seen; `nil` where they are not numbered.
  public var mostRetries: Int?
  /// Time of an attempt, of those since the last change.
  public var time: TimeFit?
  /// When the share of failures changed.
  public var changes: [ChangePoint] = []
  /// When the time of an attempt, in seconds, changed.
  public var timeChanges: [ChangePoint] = []
  /// The share of failures over time; empty where records do not say when they were.
  public var course: [CourseStretch] = []
  /// The time of an attempt over time, in seconds.
  public var timeCourse: [CourseStretch] = []
}

/// What uses say of an automation together with an application or machine.
public struct UseFit: Sendable {
  /// The automation.
  public var automation: String
  /// The application or machine.
  public var partner: String
  /// Which of the two.
  public var kind: AutomationUse.Kind
  /// Probability that a use works.
  public var works: BetaPosterior
}

/// What tickets say of reviews.
public struct ReviewFit: Sendable {
  /// Whose work was looked at; `nil` where the records do not say.
  public var automation: String?
  /// Kind of the case or question; `nil` for all of them.
  public var caseType: String?
  /// Tickets.
  public var tickets: Int
  /// Probability that one is approved as it is, of those with a known outcome since the last change.
  public var approved: BetaPosterior?
  /// Probability that one is approved after changes.
  public var modified: BetaPosterior?
  /// Probability that one is rejected.
  public var rejected: BetaPosterior?
  /// Working time of a review; `nil` where the records do not say.
  public var time: TimeFit?
  /// Probability that a piece of work of the automation leads to a ticket; `nil` where no runs of it are
  /// recorded in the same time.
  public var escalation: BetaPosterior?
  /// When the share of those approved as they are changed.
  public var changes: [ChangePoint] = []
  /// The share of those approved as they are over time; empty where records do not say when they were.
  public var course: [CourseStretch] = []
}
