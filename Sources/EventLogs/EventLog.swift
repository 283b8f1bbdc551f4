public import Facts

/// An event log: what was done on which case, by whom, from when to when.
///
/// Kept as columns with every text once, so that millions of events stay in memory. Events stand in the
/// order of their cases' first appearance and, within a case, by start, end and place in the file.
public struct EventLog: Sendable {
  /// Ids of the cases, in the order in which they first appear in the file.
  public var cases: [String] = []
  /// Names of the activities, in that order too.
  public var activities: [String] = []
  /// Names of the resources, in that order too.
  public var resources: [String] = []
  /// The events.
  public var events: [LogEvent] = []
  /// First event of each case in `events`, and one past the last event at the end.
  public var firstEvent: [Int] = [0]
  /// Further columns of the file, as texts.
  public var attributes: [LogAttribute] = []
  /// Where it came from and how it was read.
  public var source = LogSource()
  /// What is odd about it, and what was done about that; the most serious first.
  public var problems: [LogProblem] = []

  /// Creates an empty log.
  public init() {}

  /// The events of a case.
  public func events(ofCase index: Int) -> ArraySlice<LogEvent> {
    events[firstEvent[index]..<firstEvent[index + 1]]
  }
}

/// One piece of work in an event log.
public struct LogEvent: Sendable, Hashable, BitwiseCopyable {
  /// Index of its case in `EventLog.cases`.
  public var caseIndex: Int32
  /// Index of its activity.
  public var activity: Int32
  /// Index of who did it; −1 where the log does not say.
  public var resource: Int32
  /// When it began, in microseconds since 1970-01-01T00:00:00Z.
  ///
  /// Equal to `end` where the log has no start times.
  public var start: Int64
  /// When it ended.
  public var end: Int64
  /// When it could have begun, as the log says it; `Int64.min` where it does not.
  public var enabled: Int64
  /// Its place in the file, counted from 0.
  public var row: Int32
  /// Whether the log says that it began, but not when it ended; `end` is `start` then.
  public var isUnfinished = false

  /// Creates an event.
  public init(
    caseIndex: Int32, activity: Int32, resource: Int32, start: Int64, end: Int64,
    enabled: Int64 = .min, row: Int32
  ) {
    self.caseIndex = caseIndex
    self.activity = activity
    self.resource = resource
    self.start = start
    self.end = end
    self.enabled = enabled
    self.row = row
  }
}

/// The time by which two pieces of work may overlap though they follow each other, in microseconds: what programs round,
/// at most a second and a hundredth of the work.
public func roundingOverlap(from start: Int64, to end: Int64) -> Int64 {
  min(1_000_000, max(0, (end - start) / 100))
}

/// A further column of a log.
public struct LogAttribute: Sendable {
  /// Its name in the file.
  public var name: String
  /// Its distinct values in the order of their first appearance; at most `LogAttribute.largest`.
  public var values: [String]
  /// For each event the index of its value; −1 for none.
  public var codes: [Int32]

  /// Columns with more distinct values than this are identifiers or free text and are not kept; numbers are kept to
  /// three significant digits then, or to two.
  public static let largest = 10_000
}

/// Where a log came from and how it was read.
public struct LogSource: Sendable {
  /// The file as people name it.
  public var path = ""
  /// `csv`, `xes` or `ocel`.
  public var format = ""
  /// What was read as what: part and column.
  public var mapping: [ColumnUse] = []
  /// All columns of a CSV file, in order; empty for other formats.
  public var header: [String] = []
  /// The columns that were not used.
  public var unused: [String] = []
  /// Whether the log says when work began.
  public var hasStartTimes = false
  /// Whether the log says when work ended.
  public var hasEndTimes = true
  /// Whether its times say how far they are from UTC.
  public var hasOffsets = false
  /// The distinct offsets from UTC in minutes, ascending.
  public var offsets: [Int] = []
  /// How its times are written.
  public var timeFormat = ""
  /// Records that were left out.
  public var skipped = 0
  /// Of OCEL, the object type whose objects are taken as cases.
  public var objectType: String?

  /// The column that a part is read from.
  public func column(_ part: LogPart) -> String? { mapping.first { $0.part == part }?.column }
}

/// What part of an event a column is read as.
public struct ColumnUse: Sendable, Hashable {
  /// The part.
  public var part: LogPart
  /// Name of the column.
  public var column: String
  /// Whether the user said so.
  public var isGiven: Bool
}

/// The parts of an event.
public enum LogPart: String, Sendable, Hashable, CaseIterable {
  /// Id of the case.
  case caseID = "case"
  /// Name of the activity.
  case activity
  /// When it began.
  case start
  /// When it ended.
  case end
  /// Who did it.
  case resource
  /// When it could have begun.
  case enabled
  /// Which step of its life an event is (IEEE 1849): `start`, `complete`.
  case lifecycle
  /// Which piece of work an event belongs to, where its start and its end are two records.
  case instance
}

/// Something odd about a log.
public struct LogProblem: Sendable, Hashable {
  /// Kinds of oddity, by the name that reports use.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Records that cannot be read.
    case unreadable = "unreadable records"
    /// Work that ends before it starts.
    case endsBeforeStart = "ends before it starts"
    /// Work that was begun and whose end is not there.
    case neverEnds = "never ends"
    /// The whole log is one case.
    case oneCase = "one case"
    /// The whole log is one activity.
    case oneActivity = "one activity"
    /// All times of the log are equal, or all within a case.
    case equalTimes = "equal times"
    /// Events without a resource.
    case missingResources = "missing resources"
    /// Times whose distance from UTC changes.
    case clockChanges = "clock changes"
    /// A person at several things at once.
    case overlappingWork = "overlapping work"
    /// The log says when work ended, but not when it began.
    case noStartTimes = "no start times"
    /// The log says when work began, but not when it ended.
    case noEndTimes = "no end times"
    /// Times without a distance from UTC.
    case noTimeZone = "no time zone"
  }

  /// What it is.
  public var kind: Kind
  /// How many events, or cases, it concerns.
  public var count: Int
  /// What was found, and what is done about it; one sentence.
  public var text: String
  /// The first place, where there is one.
  public var location: SourceLocation?

  /// Creates a problem.
  public init(kind: Kind, count: Int, text: String, location: SourceLocation? = nil) {
    self.kind = kind
    self.count = count
    self.text = text
    self.location = location
  }
}
