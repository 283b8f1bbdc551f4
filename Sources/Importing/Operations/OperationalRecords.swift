public import DocumentReading
public import Facts
public import Inventory

/// One attempt of an automation at a piece of work, or several of which only the number is recorded.
public struct AutomationRun: Hashable, Sendable {
  /// The automation: a process, a queue that robots work off, a workflow or one of its activities.
  public var automation: String
  /// Kind of the case; `nil` where the record does not say.
  public var caseType: String?
  /// Attempts, at least 1.
  public var attempts: Int
  /// How many of them failed.
  public var failures: Int
  /// Number of the last of them at its piece of work, 1 for the first; `nil` where the record does not say.
  public var number: Int?
  /// Whether the first attempt at the piece of work is among them; `nil` where the record does not say.
  public var isFirst: Bool?
  /// Whether the first attempt was followed by another; `nil` where the record does not say.
  public var isRetried: Bool?
  /// Whether the work was given up for good; `nil` where another attempt follows, or nobody knows.
  public var isGivenUp: Bool?
  /// Start of the last of them, in seconds since 1970-01-01T00:00:00Z.
  public var start: Double?
  /// Seconds that the last of them took.
  public var seconds: Double?
  /// Where the record stands.
  public var location: SourceLocation

  /// Creates a run.
  public init(
    automation: String, caseType: String? = nil, attempts: Int = 1, failures: Int,
    number: Int? = nil, isFirst: Bool? = nil, isRetried: Bool? = nil, isGivenUp: Bool? = nil,
    start: Double? = nil, seconds: Double? = nil, location: SourceLocation
  ) {
    self.automation = automation
    self.caseType = caseType
    self.attempts = attempts
    self.failures = failures
    self.number = number
    self.isFirst = isFirst
    self.isRetried = isRetried
    self.isGivenUp = isGivenUp
    self.start = start
    self.seconds = seconds
    self.location = location
  }
}

/// One use of an application by an automation, or one run of it on a machine; several where only the number is
/// recorded.
public struct AutomationUse: Hashable, Sendable {
  /// What the automation was with.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An application, tool or activity that it used.
    case application
    /// A machine, robot or worker that it ran on.
    case machine
  }

  /// The automation.
  public var automation: String
  /// The application or machine.
  public var partner: String
  /// Which of the two.
  public var kind: Kind
  /// Uses.
  public var uses: Int
  /// How many of them failed.
  public var failures: Int

  /// Creates a use.
  public init(automation: String, partner: String, kind: Kind, uses: Int = 1, failures: Int) {
    self.automation = automation
    self.partner = partner
    self.kind = kind
    self.uses = uses
    self.failures = failures
  }
}

/// Something that people were asked to look at, and what they said.
public struct ReviewTicket: Hashable, Sendable {
  /// What people said.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// As it was.
    case approved
    /// After changes.
    case modified
    /// No.
    case rejected
  }

  /// Whose work was looked at; `nil` where the record does not say.
  public var automation: String?
  /// Kind of the case or of the question.
  public var caseType: String?
  /// When it came, in seconds since 1970-01-01T00:00:00Z.
  public var opened: Double?
  /// Seconds of work; `nil` where the record says only when it came and when it was answered.
  public var workSeconds: Double?
  /// What people said; `nil` while they have not, and where the word is not known.
  public var outcome: Outcome?
  /// Where the record stands.
  public var location: SourceLocation

  /// Creates a ticket.
  public init(
    automation: String? = nil, caseType: String? = nil, opened: Double? = nil,
    workSeconds: Double? = nil, outcome: Outcome? = nil, location: SourceLocation
  ) {
    self.automation = automation
    self.caseType = caseType
    self.opened = opened
    self.workSeconds = workSeconds
    self.outcome = outcome
    self.location = location
  }
}

/// How a file of operations was read.
public struct OperationalSource: Hashable, Sendable {
  /// The file, as people name it.
  public var path: String
  /// What it is.
  public var title: String
  /// Rows or histories of it that count.
  public var count: Int
  /// Those that were left out, such as jobs that are still running.
  public var leftOut: Int
  /// Of a ticket log, what was read as what.
  public var columns: [TicketColumn]
  /// Its columns that were not used.
  public var unused: [String]
}

/// What products recorded of automations and of the people who look after them.
public struct OperationalRecords: Sendable {
  /// Runs of automations, in the order of the files.
  public var runs: [AutomationRun] = []
  /// Uses of applications and machines.
  public var uses: [AutomationUse] = []
  /// Tickets.
  public var tickets: [ReviewTicket] = []
  /// The files.
  public var sources: [OperationalSource] = []
  /// What was not understood.
  public var problems: [ImportProblem] = []

  /// Nothing.
  public init() {}
}

/// Reads jobs, queue items and tasks of UiPath Orchestrator, histories of Temporal workflows, traces of agents
/// (OpenTelemetry), and logs of tickets in CSV, each recognised by its content.
///
/// - Parameters:
///   - files: Path, as shown to people, and content of each.
///   - columns: Columns of ticket logs by name; the others are guessed.
/// - Throws: `malformed` for a file that is none of these, and what reading it throws.
public func readOperations(
  _ files: [(path: String, bytes: [UInt8])], columns: [TicketPart: String] = [:],
  limits: DocumentLimits = .standard
) throws(DocumentError) -> OperationalRecords {
  var records = OperationalRecords()
  var tables: [OrchestratorTable] = []
  var others: [CandidateFile] = []
  for (path, bytes) in files {
    let file = CandidateFile(path: path, bytes: bytes, limits: limits)
    if isOrchestratorList(file), let table = try OrchestratorTable(file) {
      tables.append(table)
    } else {
      others.append(file)
    }
  }
  // Queues and processes that one list names by number stand by name in another.
  let tenant = OrchestratorTenant(tables)
  for table in tables { records.add(table, tenant) }
  for file in others {
    if let histories = temporalHistories(of: file) {
      records.add(histories, path: file.path)
    } else if GenAISpan.marks.contains(where: file.contains), !GenAISpan.spans(of: file).isEmpty {
      records.addSpans(of: file)
    } else if file.firstByte != UInt8(ascii: "{"), file.firstByte != UInt8(ascii: "["),
      file.firstByte != UInt8(ascii: "<"), !isZipArchive(file.bytes)
    {
      try records.addTickets(file, columns: columns)
    } else {
      throw DocumentError(
        .malformed,
        "this is no list of UiPath Orchestrator (jobs, queue items, tasks), no history of a Temporal workflow, no "
          + "trace of agents and no log of tickets in CSV; give one of these, unpacked",
        at: file.location)
    }
  }
  return records
}
