internal import EventEngine

/// Writes the work done on counted cases as CSV, a row for each piece, in the order in which it was done.
///
/// Rows are put together byte by byte from prepared parts: a log costs well under a microsecond a row. The
/// same run gives the same bytes.
public struct EventLogObserver: SimulationObserver {
  /// It sees nothing else.
  public static var isObserving: Bool { false }
  /// It takes them all.
  public static var takesWorkDone: Bool { true }

  /// Names of the columns: those of a single replication.
  public static let columns = [
    "case_id", "activity", "activity_id", "kind", "attempt", "resource", "team", "enabled",
    "started",
    "finished",
  ]

  private let texts: LogTexts
  private var buffer: LogBuffer
  private var enabled: LogClock
  private var started: LogClock
  private var finished: LogClock

  /// Creates an observer of one replication.
  ///
  /// - Parameters:
  ///   - replication: its number from 1, which then leads each row and each case id; `nil` where the
  ///     log has only one.
  ///   - zone: turns instants into local time.
  ///   - write: takes bytes of the log as they come; they are gone afterwards.
  public init(
    of model: SimulationModel, replication: Int?, zone: LogZone,
    write: @escaping (UnsafeRawBufferPointer) -> Void
  ) {
    texts = LogTexts(model: model, replication: replication)
    buffer = LogBuffer(write: write)
    enabled = LogClock(zone)
    started = LogClock(zone)
    finished = LogClock(zone)
  }

  /// Writes a row.
  public mutating func workDone(_ work: WorkDone) {
    buffer.reserve(texts.longestRow)
    texts.lead(&buffer)
    buffer.addNumber(UInt64(work.ordinal))
    let isTicket = work.kind == .ticket
    texts.add(
      isTicket ? texts.guardrail(work.source) : texts.activity(work.source), to: &buffer)
    texts.add(texts.kind(work.kind), to: &buffer)
    buffer.addNumber(UInt64(work.attempt))
    texts.add(texts.resource(station: work.station, person: work.person), to: &buffer)
    enabled.write(work.enabled, to: &buffer)
    buffer.add(comma)
    started.write(work.started, to: &buffer)
    buffer.add(comma)
    finished.write(work.finished, to: &buffer)
    buffer.add(newline)
  }

  /// Gives what is left to whoever takes the bytes, and the memory back; the observer must not be used
  /// afterwards.
  public mutating func finish() { buffer.finish() }

  // Not looked at.

  /// Does nothing.
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
  /// Does nothing.
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  /// Does nothing.
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  /// Does nothing.
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  /// Does nothing.
  public mutating func ended(at time: Int64, casesInside: Int) {}
}

/// Runs one replication and writes its log.
///
/// - Throws: `SimulationError` where the run cannot end; the log is then of no use.
public func runReplication(
  of model: SimulationModel, seed: UInt64, replication: Int, control: RunControl? = nil,
  log: inout EventLogObserver
) throws(SimulationError) -> ReplicationRecord {
  // Here the engine is compiled for the log, as it is for no observer at all.
  defer { log.finish() }
  return try runReplication(
    of: model, seed: seed, replication: replication, control: control, observer: &log)
}

/// The local time of a log: where instant 0 lies, and how far local time is from UTC.
public struct LogZone: Sendable {
  /// Seconds from 1970-01-01T00:00:00Z to instant 0.
  let origin: Int64
  /// The offset from UTC at an instant (seconds since 1970), in seconds, and the instants between which it
  /// holds.
  let offset: @Sendable (_ seconds: Int64) -> (seconds: Int, from: Int64, until: Int64)

  /// Creates a zone.
  public init(
    origin: Int64,
    offset: @escaping @Sendable (_ seconds: Int64) -> (seconds: Int, from: Int64, until: Int64)
  ) {
    self.origin = origin
    self.offset = offset
  }
}

/// Writes instants as ISO 8601 local time with the offset from UTC, such as
/// `2026-01-05T08:00:12.5+01:00`; what is the same as in the last one is copied.
private struct LogClock {
  private let zone: LogZone
  private let origin: Int64
  private var offset: Int64 = 0
  /// Instants, in microseconds, between which the offset holds.
  private var from = Int64.max
  private var until = Int64.min
  /// Local midnight of the date in `date`, in microseconds; the end of time before the first.
  private var midnight = Int64.max
  private var date: (UInt64, UInt32) = (0, 0)
  private var suffix: (UInt32, UInt16) = (0, 0)

  init(_ zone: LogZone) {
    self.zone = zone
    origin = zone.origin
  }

  @inline(__always)
  mutating func write(_ instant: Int64, to buffer: inout LogBuffer) {
    if instant < from || instant >= until { changeOffset(instant) }
    let local = instant &+ (origin &+ offset) &* 1_000_000
    if local < midnight || local &- midnight >= 86_400_000_000 { changeDate(local) }
    var rest = UInt64(truncatingIfNeeded: local &- midnight)
    let fraction = rest % 1_000_000
    rest /= 1_000_000
    buffer.add(date.0)
    buffer.addLow(date.1, bytes: 3)
    buffer.addPair(rest / 3600)
    buffer.add(UInt8(ascii: ":"))
    buffer.addPair(rest / 60 % 60)
    buffer.add(UInt8(ascii: ":"))
    buffer.addPair(rest % 60)
    if fraction != 0 { buffer.addFraction(fraction) }
    buffer.add(suffix.0)
    buffer.addLow(UInt32(suffix.1), bytes: 2)
  }

  private mutating func changeOffset(_ instant: Int64) {
    let seconds = origin + Int64((Double(instant) / 1e6).rounded(.down))
    let found = zone.offset(seconds)
    offset = Int64(found.seconds)
    from = Self.instant(found.from, origin)
    until = Self.instant(found.until, origin)
    let minutes = abs(found.seconds) / 60
    let text = Array(
      "\(found.seconds < 0 ? "-" : "+")\(pair(minutes / 60)):\(pair(minutes % 60))".utf8)
    suffix.0 = text.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    suffix.1 = text.dropFirst(4).reversed().reduce(0) { $0 << 8 | UInt16($1) }
    midnight = .max
  }

  private static func instant(_ seconds: Int64, _ origin: Int64) -> Int64 {
    let (microseconds, overflow) = (seconds.subtractingReportingOverflow(origin).partialValue)
      .multipliedReportingOverflow(by: 1_000_000)
    return overflow ? (seconds < 0 ? .min : .max) : microseconds
  }

  private mutating func changeDate(_ local: Int64) {
    var day = local / 86_400_000_000
    if local % 86_400_000_000 < 0 { day -= 1 }
    midnight = day * 86_400_000_000
    let (year, month, dayOfMonth) = civilDate(ofDay: day)
    let digits = String(year)
    let text = Array(
      "\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)-\(pair(month))-\(pair(dayOfMonth))T"
        .utf8)
    date.0 = text.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    date.1 = text.dropFirst(8).prefix(3).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Year, month and day of a number of days since 1970-01-01.
///
/// Source: Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
private func civilDate(ofDay day: Int64) -> (year: Int, month: Int, day: Int) {
  let shifted = Int(day) + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return (
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
    dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  )
}

private let comma = UInt8(ascii: ",")
private let newline = UInt8(ascii: "\n")

/// Bytes on their way out.
private struct LogBuffer {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity = 1 << 18
  private var count = 0
  private let write: (UnsafeRawBufferPointer) -> Void

  init(write: @escaping (UnsafeRawBufferPointer) -> Void) {
    base = .allocate(capacity: capacity + 64)
    self.write = write
  }

  /// Makes room for a row.
  @inline(__always)
  mutating func reserve(_ length: Int) { if count &+ length > capacity { flush() } }

  private mutating func flush() {
    write(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  mutating func finish() {
    if count > 0 { flush() }
    base.deallocate()
  }

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    base[count] = byte
    count &+= 1
  }

  /// Adds the bytes of a value, the lowest first.
  @inline(__always)
  mutating func add<Value: FixedWidthInteger>(_ value: Value) where Value: BitwiseCopyable {
    UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: Value.self)
    count &+= MemoryLayout<Value>.size
  }

  /// Adds the lowest bytes of a value.
  @inline(__always)
  mutating func addLow(_ value: UInt32, bytes: Int) {
    UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: UInt32.self)
    count &+= bytes
  }

  /// Adds two digits.
  @inline(__always)
  mutating func addPair(_ number: UInt64) {
    base[count] = UInt8(truncatingIfNeeded: 48 &+ number / 10)
    base[count &+ 1] = UInt8(truncatingIfNeeded: 48 &+ number % 10)
    count &+= 2
  }

  /// Adds a fraction of a second in microseconds without zeros at its end.
  @inline(__always)
  mutating func addFraction(_ microseconds: UInt64) {
    var rest = microseconds
    var digits = 6
    while rest % 10 == 0 {
      rest /= 10
      digits &-= 1
    }
    base[count] = UInt8(ascii: ".")
    var position = count &+ digits
    while position > count {
      base[position] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
      position &-= 1
    }
    count &+= digits &+ 1
  }

  /// Adds a whole number.
  @inline(__always)
  mutating func addNumber(_ number: UInt64) {
    var length = 1
    var power: UInt64 = 10
    while number >= power, length < 19 {
      power &*= 10
      length &+= 1
    }
    var rest = number
    var position = count &+ length
    while position > count {
      position &-= 1
      base[position] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    }
    count &+= length
  }

  /// Adds bytes.
  @inline(__always)
  mutating func add(_ source: UnsafePointer<UInt8>, _ length: Int) {
    UnsafeMutableRawPointer(base + count).copyMemory(from: source, byteCount: length)
    count &+= length
  }
}

/// The parts of rows that do not change, as bytes one after the other.
private final class LogTexts {
  /// A part: where it begins and its length.
  typealias Part = (start: Int, length: Int)

  private let bytes: UnsafeMutablePointer<UInt8>
  private let parts: UnsafeMutablePointer<Part>
  private let firstGuardrail: Int
  private let firstKind: Int
  private let firstAutomation: Int
  private let teamCount: Int
  /// First part of each team's people.
  private let firstPerson: UnsafeMutablePointer<Int>
  private let leadPart: Part
  /// No row is longer.
  let longestRow: Int

  init(model: SimulationModel, replication: Int?) {
    var text: [UInt8] = []
    var found: [Part] = []
    func add(_ part: String) {
      found.append((text.count, part.utf8.count))
      text += Array(part.utf8)
    }
    let flow = model.flow
    for node in flow.activities {
      let id = flow.elementIDs[Int(node)]
      add(",\(quoted(flow.elementNames[Int(node)] ?? id)),\(quoted(id)),")
    }
    firstGuardrail = found.count
    for guardrail in model.stack.guardrails {
      add(",\(quoted(guardrail.name)),\(quoted(guardrail.name)),")
    }
    firstKind = found.count
    for kind in ObservedWork.allCases { add("\(kind),") }
    let stacks = [model.stack, model.runInStack].compactMap(\.self)
    teamCount = model.stack.teams.count
    firstPerson = .allocate(capacity: max(1, teamCount))
    for team in 0..<teamCount {
      firstPerson[team] = found.count
      let size = stacks.map { $0.teams[team].people.count }.max() ?? 0
      for position in 0..<size {
        let members = model.stack.teams[team].people
        let own = position < members.count ? members[position].name : ""
        let name = model.stack.teams[team].name
        add(",\(quoted(own.isEmpty ? "\(name)-\(position + 1)" : own)),\(quoted(name)),")
      }
    }
    firstAutomation = found.count
    for automation in model.stack.automations { add(",\(quoted(automation.name)),,") }
    let lead = replication.map { "\($0),\($0)-" } ?? ""
    leadPart = (text.count, lead.utf8.count)
    text += Array(lead.utf8)
    bytes = .allocate(capacity: max(1, text.count))
    bytes.initialize(from: text, count: text.count)
    parts = .allocate(capacity: max(1, found.count))
    parts.initialize(from: found, count: found.count)
    longestRow = 3 * (found.map(\.length).max() ?? 0) + lead.utf8.count + 256
  }

  deinit {
    bytes.deallocate()
    parts.deallocate()
    firstPerson.deallocate()
  }

  @inline(__always)
  func add(_ part: Part, to buffer: inout LogBuffer) { buffer.add(bytes + part.start, part.length) }

  @inline(__always)
  func lead(_ buffer: inout LogBuffer) {
    if leadPart.length > 0 { add(leadPart, to: &buffer) }
  }

  @inline(__always)
  func activity(_ index: Int32) -> Part { parts[Int(index)] }

  @inline(__always)
  func guardrail(_ index: Int32) -> Part { parts[firstGuardrail &+ Int(index)] }

  @inline(__always)
  func kind(_ kind: ObservedWork) -> Part { parts[firstKind &+ Int(kind.rawValue)] }

  @inline(__always)
  func resource(station: Int32, person: Int32) -> Part {
    person >= 0
      ? parts[firstPerson[Int(station)] &+ Int(person)]
      : parts[firstAutomation &+ Int(station) &- teamCount]
  }
}

/// A field of CSV, in quotes where it needs them (RFC 4180).
private func quoted(_ field: String) -> String {
  guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
  return "\"\(field.replacing("\"", with: "\"\""))\""
}
