import DocumentReading
import Facts
import Inventory

/// The parts of a ticket.
public enum TicketPart: String, Sendable, Hashable, CaseIterable {
  /// The automation whose work is looked at.
  case automation
  /// Kind of the case or of the question.
  case caseType = "type"
  /// When it came.
  case opened
  /// When somebody began to look.
  case started
  /// When it was answered.
  case answered
  /// Minutes of work.
  case minutes
  /// What people said.
  case outcome
}

/// What part of a ticket a column is read as.
public struct TicketColumn: Sendable, Hashable {
  /// The part.
  public var part: TicketPart
  /// Name of the column.
  public var column: String
  /// Whether the user said so.
  public var isGiven: Bool
}

/// Names of columns in lower case without blanks and punctuation, the best first: as Jira, ServiceNow, Action
/// Center and our own logs have them.
private let knownColumns: [(part: TicketPart, names: [String])] = [
  (
    .automation,
    [
      "automation", "raisedby", "bot", "robot", "agent", "agentname", "process", "processname",
      "system", "workflow", "application",
    ]
  ),
  (
    .caseType,
    [
      "casetype", "type", "category", "tickettype", "issuetype", "kind", "guardrail", "reason",
      "catalog", "taskcatalogname", "queue", "segment",
    ]
  ),
  (
    .opened,
    ["opened", "openedat", "created", "createdat", "creationtime", "raised", "raisedat", "arrived"]
  ),
  (
    .started,
    ["started", "startedat", "reviewstart", "begun", "starttime", "inprogress", "firstresponse"]
  ),
  (
    .answered,
    [
      "answered", "answeredat", "closed", "closedat", "resolved", "resolvedat", "completed",
      "completedat", "completiontime", "reviewend", "endtime", "decidedat",
    ]
  ),
  (
    .minutes,
    [
      "minutes", "reviewminutes", "workminutes", "handlingminutes", "handlingtime", "timespent",
      "effortminutes", "durationminutes",
    ]
  ),
  (
    .outcome,
    ["outcome", "decision", "resolution", "result", "action", "verdict", "answer", "review"]
  ),
]

extension OperationalRecords {
  /// Adds the tickets of a CSV file.
  ///
  /// - Throws: `malformed` where no column is known as the outcome or as one of the times, or a column that the
  ///   user named is not there.
  mutating func addTickets(
    _ file: CandidateFile, columns given: [TicketPart: String]
  ) throws(DocumentError) {
    var reader = try CSVReader(file.bytes, path: file.path, limits: file.limits)
    guard let head = try reader.next() else {
      throw DocumentError(
        .truncated, "the file is empty where a header line was expected", at: file.location)
    }
    let header = head.fields.map { $0.trimmedOrNil ?? "" }
    let place = SourceLocation(path: file.path, line: head.line)
    let positions = try ticketColumns(header, given: given, at: place)
    var count = 0
    var leftOut = 0
    var unknownWords: (first: SourceLocation, count: Int)?
    let ahead = try reader.lookAhead(500)
    let times = [TicketPart.opened, .started, .answered].compactMap { positions[$0] }
    let format = TicketTimes(ahead.flatMap { row in times.compactMap { row[$0] } })
    while let row = try reader.next() {
      func text(_ part: TicketPart) -> String? {
        positions[part].flatMap { row[$0] }?.trimmedOrNil
      }
      let opened = text(.opened).flatMap { format.seconds($0) }
      let started = text(.started).flatMap { format.seconds($0) }
      let answered = text(.answered).flatMap { format.seconds($0) }
      let word = text(.outcome)
      let outcome = word.flatMap(reviewOutcome)
      let location = SourceLocation(path: file.path, line: row.line)
      if word != nil, outcome == nil {
        unknownWords = (unknownWords?.first ?? location, (unknownWords?.count ?? 0) + 1)
      }
      guard opened != nil || answered != nil || outcome != nil else {
        leftOut += 1
        continue
      }
      var work = text(.minutes).flatMap { Double($0.replacing(",", with: ".")) }.map { $0 * 60 }
      if work == nil, let started, let answered, answered >= started { work = answered - started }
      if let given = work, !(0..<1e9).contains(given) { work = nil }
      count += 1
      tickets.append(
        ReviewTicket(
          automation: text(.automation), caseType: text(.caseType), opened: opened ?? started,
          workSeconds: work, outcome: outcome, location: location))
    }
    if let unknownWords {
      problems.append(
        ImportProblem(
          .low,
          "outcomes that are not known as approved, modified or rejected are not counted: "
            + "\(unknownWords.count)", at: unknownWords.first))
    }
    let used = Set(positions.values)
    sources.append(
      OperationalSource(
        path: file.path, title: "log of tickets", count: count, leftOut: leftOut,
        columns: TicketPart.allCases.compactMap { part in
          positions[part].map {
            TicketColumn(part: part, column: header[$0], isGiven: given[part] != nil)
          }
        }, unused: header.indices.filter { !used.contains($0) }.map { header[$0] }))
  }
}

/// Guesses which column is which part of a ticket.
private func ticketColumns(
  _ header: [String], given: [TicketPart: String], at place: SourceLocation
) throws(DocumentError) -> [TicketPart: Int] {
  var positions: [TicketPart: Int] = [:]
  for part in TicketPart.allCases {
    guard let name = given[part] else { continue }
    guard let index = header.firstIndex(of: name) else {
      throw DocumentError(
        .malformed,
        "there is no column '\(name)' for the \(part.rawValue); the columns are "
          + header.prefix(20).joined(separator: ", "), at: place)
    }
    positions[part] = index
  }
  let plain = header.map(OrchestratorColumns.key)
  for (part, names) in knownColumns where positions[part] == nil {
    let taken = Set(positions.values)
    for name in names {
      if let index = plain.indices.first(where: { plain[$0] == name && !taken.contains($0) }) {
        positions[part] = index
        break
      }
    }
  }
  guard positions[.outcome] != nil || positions[.opened] != nil && positions[.answered] != nil
  else {
    throw DocumentError(
      .malformed,
      "no column is known as the outcome of a ticket; say which with --column outcome=NAME; the columns are "
        + header.prefix(20).joined(separator: ", "), at: place)
  }
  return positions
}

/// Words for outcomes, whole or by how they begin where they end in a star.
private let outcomeWords: [(outcome: ReviewTicket.Outcome, words: [String])] = [
  (
    .rejected,
    [
      "reject*", "declin*", "refus*", "denied", "deny", "disapprov*", "disagree*", "unapproved",
      "abgelehnt",
    ]
  ),
  (.approved, ["unchanged"]),
  (
    .modified,
    [
      "modif*", "chang*", "edit*", "correct*", "amend*", "adjust*", "overrid*", "overrul*",
      "geändert", "korrigiert",
    ]
  ),
  (
    .approved,
    ["approv*", "accept*", "confirm*", "ok", "okay", "yes", "agree*", "genehmigt", "bestätigt"]
  ),
]

/// What a word for the outcome of a review means; `nil` where that is not known.
func reviewOutcome(_ text: String) -> ReviewTicket.Outcome? {
  let said = text.lowercased().split { !$0.isLetter }.map(String.init)
  if said == ["no"] { return .rejected }
  // "approved without changes", "not approved".
  if said.contains("no") || said.contains("without") { return .approved }
  if said.contains("not") { return said.contains { $0.hasPrefix("chang") } ? .approved : .rejected }
  for (outcome, words) in outcomeWords {
    for word in words {
      let isFound =
        word.hasSuffix("*")
        ? said.contains { $0.hasPrefix(word.dropLast()) } : said.contains(word)
      if isFound { return outcome }
    }
  }
  return nil
}

/// How the times of a log are written.
private struct TicketTimes {
  private let isDayFirst: Bool

  init(_ samples: [String]) {
    isDayFirst = samples.lazy.compactMap(Timestamp.isDayFirst).first ?? false
  }

  /// Seconds since 1970 of a date and time, or of a number of seconds or milliseconds.
  func seconds(_ text: String) -> Double? {
    if let moment = Timestamp(text, dayFirst: isDayFirst) { return moment.seconds }
    guard let number = Double(text), number >= 1e8, number < 1e14 else { return nil }
    return number < 1e11 ? number : number / 1000
  }
}
