internal import Facts

/// Texts, each kept once and known by its number.
struct Interner {
  private(set) var texts: [String] = []
  private var numbers: [String: Int32] = [:]

  mutating func number(of text: String) -> Int32 {
    if let known = numbers[text] { return known }
    let number = Int32(texts.count)
    numbers[text] = number
    texts.append(text)
    return number
  }
}

/// What a step of an event's life says of its work.
enum LifecycleStep {
  /// It begins.
  case start
  /// It ends.
  case end
  /// It is under way, or was only planned.
  case between
  /// The log's own word for something that happened.
  case other
}

/// What a word for a step of an event's life, in lower case, says: those of IEEE 1849's standard model, and words
/// that programs write for its start and its end.
func lifecycleStep(_ word: String) -> LifecycleStep {
  switch word {
  case "start", "started", "begin", "begun", "starten", "gestartet", "begonnen", "beginn", "débuté",
    "début", "commencé", "démarré", "inicio", "iniciado", "comenzado", "gestart", "inizio",
    "iniziato", "início":
    .start
  case "complete", "completed", "end", "ended", "finish", "finished", "ate_abort", "pi_abort",
    "beendet", "abgeschlossen", "fertig", "erledigt", "terminé", "fini", "fin", "terminado",
    "finalizado", "completado", "voltooid", "afgerond", "completato", "terminato", "concluso",
    "concluído":
    .end
  case "schedule", "assign", "reassign", "suspend", "resume", "autoskip", "manualskip",
    "withdraw", "scheduled", "assigned", "suspended", "resumed":
    .between
  default: .other
  }
}

/// Puts a log together from records as they come.
struct LogBuilder {
  private var cases = Interner()
  private var activities = Interner()
  private var resources = Interner()
  private var raw: [LogEvent] = []
  private var attributes: [Attribute]
  /// For each case and activity, the started events that have not ended, the earliest first.
  private var open: [UInt64: [(event: Int, instance: String?)]] = [:]
  private var offsets: Set<Int> = []
  private var withoutOffset = 0
  private var hasStarts = false
  private var hasOrphanCompletes = false
  private var inverted = 0
  private var firstInverted: SourceLocation?
  var source: LogSource
  private(set) var unreadable = 0
  private var firstUnreadable: SourceLocation?
  private var lastReason = ""

  init(source: LogSource, attributes: [String]) {
    self.source = source
    self.attributes = attributes.map { Attribute(name: $0, codes: []) }
  }

  /// A further column as it grows.
  private struct Attribute {
    var name: String
    var values = Interner()
    var codes: [Int32]
    /// Digits that its numbers are kept to; `nil` as long as they are kept as they stand.
    private var digits: Int?

    init(name: String, codes: [Int32]) {
      self.name = name
      self.codes = codes
    }

    /// Adds the value of an event; `nil` for none.
    mutating func add(_ value: String?) {
      guard let value, values.texts.count < LogAttribute.largest else { return codes.append(-1) }
      codes.append(values.number(of: digits.flatMap { roundedNumber(value, digits: $0) } ?? value))
      while values.texts.count >= LogAttribute.largest, round() {}
    }

    /// Keeps numbers of too many different values to three significant digits, or two where there are too many of
    /// these, too; `false` where they are no numbers, or there is nothing left to round.
    private mutating func round() -> Bool {
      let kept = digits.map { $0 - 1 } ?? 3
      guard kept >= 2 else { return false }
      var rounded = Interner()
      var codeOf: [Int32] = []
      codeOf.reserveCapacity(values.texts.count)
      for text in values.texts {
        guard let number = roundedNumber(text, digits: kept) else { return false }
        codeOf.append(rounded.number(of: number))
      }
      digits = kept
      values = rounded
      for index in codes.indices where codes[index] >= 0 {
        codes[index] = codeOf[Int(codes[index])]
      }
      return true
    }
  }

  /// Further columns so far.
  var attributeCount: Int { attributes.count }

  /// Adds a further column, which the events so far have no value in; its position.
  mutating func addAttribute(_ name: String) -> Int {
    attributes.append(Attribute(name: name, codes: [Int32](repeating: -1, count: raw.count)))
    return attributes.count - 1
  }

  /// Puts the further columns into an order, given by their positions.
  mutating func orderAttributes(_ positions: [Int]) {
    attributes = positions.map { attributes[$0] }
  }

  /// One record of a log.
  struct Record {
    var caseID: String
    var activity: String
    var resource: String?
    var start: LogTime?
    var end: LogTime?
    var enabled: LogTime?
    /// Step of the event's life in lower case; `nil` where the log has none.
    var lifecycle: String?
    /// Which piece of work it is of; `nil` where the log does not say.
    var instance: String?
  }

  /// Which of the started pieces of work of its case and activity a record ends: that of its instance, else the
  /// first of its resource, else the first.
  private func ended(
    _ begun: [(event: Int, instance: String?)], by record: Record, _ resource: Int32
  ) -> Int {
    if let instance = record.instance,
      let place = begun.firstIndex(where: { $0.instance == instance })
    {
      return place
    }
    if resource >= 0,
      let place = begun.firstIndex(where: { raw[$0.event].resource == resource })
    {
      return place
    }
    return 0
  }

  private mutating func instant(_ time: LogTime) -> Int64 {
    guard let offset = time.offset else {
      withoutOffset += 1
      return time.local
    }
    offsets.insert(offset)
    return time.local - Int64(offset) * 60_000_000
  }

  /// Notes a record that cannot be used.
  mutating func skip(_ reason: String, at location: SourceLocation) {
    unreadable += 1
    if firstUnreadable == nil {
      firstUnreadable = location
      lastReason = reason
    }
  }

  /// Adds a record.
  ///
  /// - Parameter attributes: value of each further column; `nil` for none.
  mutating func add(
    _ record: Record, attributes: [String?] = [], at location: SourceLocation
  ) {
    let step = record.lifecycle.map { lifecycleStep($0) }
    if step == .between { return }
    let caseIndex = cases.number(of: record.caseID)
    let activity = activities.number(of: record.activity)
    let resource = record.resource.map { resources.number(of: $0) } ?? -1
    let enabled = record.enabled.map { instant($0) } ?? .min
    let row = Int32(truncatingIfNeeded: raw.count)
    let key = UInt64(UInt32(bitPattern: caseIndex)) << 32 | UInt64(UInt32(bitPattern: activity))
    if step == .start, let time = record.end ?? record.start {
      hasStarts = true
      let at = instant(time)
      open[key, default: []].append((raw.count, record.instance))
      append(
        LogEvent(
          caseIndex: caseIndex, activity: activity, resource: resource, start: at, end: .min,
          enabled: enabled, row: row), attributes)
      return
    }
    if step == .end, let time = record.end, var begun = open[key], !begun.isEmpty {
      let first = begun.remove(at: ended(begun, by: record, resource)).event
      open[key] = begun.isEmpty ? nil : begun
      raw[first].end = instant(time)
      if raw[first].resource < 0 { raw[first].resource = resource }
      if raw[first].end < raw[first].start { mend(first, at: location) }
      return
    }
    guard let time = record.end ?? record.start else {
      return skip("it has no time", at: location)
    }
    let end = instant(time)
    let start = record.start.map { instant($0) } ?? end
    if record.start != nil { hasStarts = true }
    // Where ends have a column of their own, what has none is still under way.
    let isUnfinished = record.end == nil && source.column(.end) != nil
    append(
      LogEvent(
        caseIndex: caseIndex, activity: activity, resource: resource, start: start,
        end: isUnfinished ? .min : end, enabled: enabled, row: row), attributes)
    if isUnfinished { return }
    if end < start { mend(raw.count - 1, at: location) }
  }

  /// Work that ends before it starts: the two are exchanged.
  private mutating func mend(_ index: Int, at location: SourceLocation) {
    (raw[index].start, raw[index].end) = (raw[index].end, raw[index].start)
    inverted += 1
    if firstInverted == nil { firstInverted = location }
  }

  private mutating func append(_ event: LogEvent, _ values: [String?]) {
    raw.append(event)
    for index in attributes.indices {
      let value = values.indices.contains(index) ? values[index] : nil
      attributes[index].add(value.flatMap { $0.isEmpty ? nil : $0 })
    }
  }

  /// The log.
  mutating func finish() -> EventLog {
    var log = EventLog()
    var neverEnds = 0
    for index in raw.indices where raw[index].end == .min {
      raw[index].end = raw[index].start
      raw[index].isUnfinished = true
      neverEnds += 1
    }
    let order = raw.indices.sorted { a, b in
      let (x, y) = (raw[a], raw[b])
      if x.caseIndex != y.caseIndex { return x.caseIndex < y.caseIndex }
      if x.start != y.start { return x.start < y.start }
      if x.end != y.end { return x.end < y.end }
      return a < b
    }
    log.cases = cases.texts
    log.activities = activities.texts
    log.resources = resources.texts
    log.events = order.map { raw[$0] }
    log.firstEvent = [0]
    for (index, event) in log.events.enumerated() {
      while log.firstEvent.count <= Int(event.caseIndex) { log.firstEvent.append(index) }
    }
    while log.firstEvent.count <= log.cases.count { log.firstEvent.append(log.events.count) }
    for attribute in attributes where attribute.values.texts.count < LogAttribute.largest {
      log.attributes.append(
        LogAttribute(
          name: attribute.name, values: attribute.values.texts,
          codes: order.map { attribute.codes[$0] }))
    }
    attributes = []
    source.hasStartTimes = hasStarts
    source.hasOffsets = !offsets.isEmpty && withoutOffset == 0
    source.offsets = offsets.sorted()
    source.skipped = unreadable
    log.source = source
    log.problems = problems(of: log, neverEnds: neverEnds)
    raw = []
    return log
  }

  private func problems(of log: EventLog, neverEnds: Int) -> [LogProblem] {
    var found: [LogProblem] = []
    if unreadable > 0 {
      found.append(
        LogProblem(
          kind: .unreadable, count: unreadable,
          text: "\(unreadable) records are left out; of the first, \(lastReason)",
          location: firstUnreadable))
    }
    if inverted > 0 {
      found.append(
        LogProblem(
          kind: .endsBeforeStart, count: inverted,
          text: "\(inverted) pieces of work end before they start; start and end are exchanged",
          location: firstInverted))
    }
    if neverEnds > 0 {
      found.append(
        LogProblem(
          kind: .neverEnds, count: neverEnds,
          text:
            "\(neverEnds) pieces of work begin and do not end; the time that they take is not known"
        ))
    }
    return found + log.oddities(withoutOffset: withoutOffset)
  }
}

/// A number to some significant digits, as a text; `nil` of what is no finite number.
func roundedNumber(_ text: String, digits: Int) -> String? {
  guard let number = Double(text), number.isFinite else { return nil }
  if number == 0 { return "0" }
  func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { result, _ in result * 10 }
  }
  var exponent = 0
  var size = abs(number)
  while size >= 10 {
    size /= 10
    exponent += 1
  }
  while size < 1 {
    size *= 10
    exponent -= 1
  }
  let whole = (size * powerOfTen(digits - 1)).rounded()
  let shift = exponent - digits + 1
  let value = shift >= 0 ? whole * powerOfTen(shift) : whole / powerOfTen(-shift)
  return "\(number < 0 ? -value : value)"
}
