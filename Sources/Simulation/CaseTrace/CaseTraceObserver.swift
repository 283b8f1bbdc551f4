/// Follows all cases of a replication by their dates and cost, and one of them step by step.
public struct CaseTraceObserver: SimulationObserver {
  /// It takes all work done.
  public static var takesWorkDone: Bool { true }
  /// It follows cases.
  public static var tracesCases: Bool { true }

  /// What is known of a case; instants and money as in the engine.
  public struct Entry: Sendable, Hashable {
    /// When it arrived.
    public var arrival: Int64
    /// When it was completed or given up; `nil` where it was neither by the end of the run.
    public var end: Int64?
    /// Whether it was given up.
    public var isAbandoned = false
    /// What it was charged, in millionths of the currency unit.
    public var cost: Int64 = 0
  }

  /// Something that happened to the case that is followed.
  public struct Happening: Sendable {
    /// When.
    public var time: Int64
    /// What.
    public var what: CaseStep
    /// Of work that begins: pieces that came to its queue later and were begun before it.
    public var overtakenBy = 0
  }

  /// All cases, the first first: of ordinal 1, 2, ….
  public private(set) var entries: [Entry] = []
  /// What happened to the one, in order.
  public private(set) var happenings: [Happening] = []
  /// The work done on it, in order.
  public private(set) var done: [WorkDone] = []
  /// When the run ended.
  public private(set) var endOfRun: Int64 = 0

  private let wanted: UInt32?
  /// Work that waits, by slot: where, and since when.
  private var waiting: [Int32: (station: Int32, since: Int64)] = [:]
  /// Waiting work of the one case, by slot, with how often it was overtaken.
  private var overtaken: [Int32: Int] = [:]

  /// Creates an observer.
  ///
  /// - Parameter ordinal: the case to follow step by step, from 1; `nil` for none.
  public init(following ordinal: UInt32?) { wanted = ordinal }

  /// Keeps the step if it is of the case that is followed.
  public mutating func traced(_ step: CaseStep, ordinal: UInt32, at time: Int64) {
    if case .charged(_, let amount) = step { entries[position(ordinal, time)].cost &+= amount }
    guard ordinal == wanted else { return }
    var happening = Happening(time: time, what: step)
    if case .work(let work) = step {
      if work.state == .waiting { overtaken[work.item] = 0 }
      if work.state == .inService {
        happening.overtakenBy = overtaken.removeValue(forKey: work.item) ?? 0
      }
    }
    happenings.append(happening)
  }

  /// Keeps the work if it is of the case that is followed.
  public mutating func workDone(_ work: WorkDone) {
    if work.ordinal == wanted { done.append(work) }
  }

  /// Keeps the dates of a case.
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    let position = position(ordinal, time)
    switch change {
    case .arrived: entries[position].arrival = time
    case .completed: entries[position].end = time
    case .abandoned:
      entries[position].end = time
      entries[position].isAbandoned = true
    }
  }

  /// Where the entry of a case is; one that is new came at an instant.
  private mutating func position(_ ordinal: UInt32, _ time: Int64) -> Int {
    while entries.count < ordinal { entries.append(Entry(arrival: time)) }
    return Int(ordinal) - 1
  }

  /// Notices who overtakes the case that is followed.
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {
    guard wanted != nil else { return }
    if state == .waiting {
      waiting[item] = (Int32(station), time)
    } else if let queued = waiting.removeValue(forKey: item), state == .inService {
      for other in overtaken.keys where other != item {
        if let mine = waiting[other], mine.station == queued.station, mine.since < queued.since {
          overtaken[other, default: 0] += 1
        }
      }
    }
  }

  /// Does nothing.
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  /// Does nothing.
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  /// Notes the end.
  public mutating func ended(at time: Int64, casesInside: Int) { endOfRun = time }
}

/// Runs one replication and follows its cases.
///
/// - Throws: `SimulationError` where the run cannot end.
public func runReplication(
  of model: SimulationModel, seed: UInt64, replication: Int, control: RunControl? = nil,
  trace: inout CaseTraceObserver
) throws(SimulationError) -> ReplicationRecord {
  // Here the engine is compiled for the trace, as it is for no observer at all.
  try runReplication(
    of: model, seed: seed, replication: replication, control: control, observer: &trace)
}
