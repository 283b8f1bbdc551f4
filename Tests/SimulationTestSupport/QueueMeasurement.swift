public import Simulation

/// Measures what queueing theory speaks of: who waits, how long, and how many are inside.
///
/// An item counts where it came into its queue within `0 ..< until`. It is followed until it leaves,
/// so that runs need a follow-up longer than any wait.
public struct QueueMeasurement: SimulationObserver {
  /// What was seen at one station.
  public struct Station: Sendable {
    /// Items that came.
    public var entered = 0
    /// Those that were not served at once.
    public var waited = 0
    /// Those that left without ever having been served.
    public var lost = 0
    /// Waits of all that came, until service or leaving, in microseconds.
    public var waiting: Int128 = 0
    /// Time with a server, in microseconds.
    public var serving: Int128 = 0
    /// Waits in order of coming, in seconds, where they are kept.
    public var waits: [Double] = []

    /// Share of those that came that had to wait.
    public var waitProbability: Double { Double(waited) / Double(entered) }
    /// Share of those that came that left unserved.
    public var lossProbability: Double { Double(lost) / Double(entered) }
    /// Mean wait in seconds.
    public var meanWait: Double { Double(waiting) / Double(entered) / 1e6 }
  }

  private struct Item {
    var since: Int64
    var position: Int
    var state: ObservedState
    var wait: Int64
    var isCounted: Bool
    var wasServed: Bool
  }

  /// By number of station.
  public private(set) var stations: [Station]
  private let until: Int64
  private let keepsWaits: Bool
  private var items: [Item] = []

  /// An observer of so many stations.
  public init(stations: Int = 1, until: Int64, keepsWaits: Bool = false) {
    self.stations = Array(repeating: Station(), count: stations)
    self.until = until
    self.keepsWaits = keepsWaits
  }

  /// Does nothing.
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}

  /// Follows an item.
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {
    let slot = Int(item)
    while items.count <= slot {
      items.append(
        Item(
          since: .min, position: 0, state: .waiting, wait: 0, isCounted: false, wasServed: false))
    }
    if items[slot].since == .min {
      let isCounted = 0 <= time && time < until && station < stations.count
      items[slot].isCounted = isCounted
      items[slot].wait = 0
      items[slot].wasServed = false
      if isCounted {
        items[slot].position = stations[station].entered
        stations[station].entered += 1
        if keepsWaits { stations[station].waits.append(0) }
      }
    } else if items[slot].isCounted {
      let elapsed = time - items[slot].since
      switch items[slot].state {
      case .waiting, .forming:
        stations[station].waiting += Int128(elapsed)
        if !items[slot].wasServed {
          items[slot].wait += elapsed
          if items[slot].wait > 0, state == .inService { stations[station].waited += 1 }
        }
        if keepsWaits { stations[station].waits[items[slot].position] += Double(elapsed) / 1e6 }
        if state == nil, !items[slot].wasServed {
          stations[station].lost += 1
          if items[slot].wait > 0 { stations[station].waited += 1 }
        }
      default: stations[station].serving += Int128(elapsed)
      }
    }
    if let state {
      items[slot].since = time
      items[slot].state = state
      if state == .inService { items[slot].wasServed = true }
    } else {
      items[slot].since = .min
    }
  }

  /// Does nothing.
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  /// Does nothing.
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  /// Does nothing.
  public mutating func ended(at time: Int64, casesInside: Int) {}
}
