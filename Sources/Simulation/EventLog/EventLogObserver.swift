/// Writes the work done on counted cases as an event log.
///
/// Rows are put together byte by byte from prepared parts: a log costs well under a microsecond a row. The
/// same run gives the same bytes.
public struct EventLogObserver: SimulationObserver {
  /// It sees nothing else.
  public static var isObserving: Bool { false }
  /// It takes them all.
  public static var takesWorkDone: Bool { true }

  private let texts: LogTexts
  private var buffer: LogBuffer
  private var clocks: LogClocks
  /// For traces; `nil` for rows.
  private let traces: OpenTraces?

  /// Creates an observer of one replication.
  ///
  /// - Parameters:
  ///   - replication: its number from 1, which then leads each row and each case id; `nil` where the
  ///     log has only one.
  ///   - currency: ISO 4217 code of the currency of costs.
  ///   - zone: turns instants into local time.
  ///   - write: takes bytes of the log as they come, without head and foot; they are gone afterwards.
  public init(
    of model: SimulationModel, format: EventLogFormat = .csv, replication: Int?,
    currency: String = "XXX", zone: LogZone, write: @escaping (UnsafeRawBufferPointer) -> Void
  ) {
    switch format {
    case .csv:
      texts = .csv(model, replication: replication)
      traces = nil
    case .xes:
      texts = .xes(model, replication: replication)
      traces = OpenTraces(texts: texts, currency: currency)
    }
    buffer = LogBuffer(
      longest: texts.longestRow + (traces?.currency.length ?? 0), write: write)
    clocks = LogClocks(zone)
  }

  /// Writes a row, or keeps the event until its case is over.
  public mutating func workDone(_ work: WorkDone) {
    if let traces { traces.keep(work) } else { texts.addRow(work, to: &buffer, &clocks) }
  }

  /// Writes the trace of a case.
  public mutating func caseClosed(slot: Int32) {
    traces?.close(slot: slot, to: &buffer, &clocks)
  }

  /// Gives what is left to whoever takes the bytes, and the memory back; the observer must not be used
  /// afterwards.
  public mutating func finish() {
    traces?.closeAll(to: &buffer, &clocks)
    buffer.finish()
  }

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
