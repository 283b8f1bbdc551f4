/// Checks the engine's promises while a replication runs; see `docs/background/design.md`.
///
/// - The clock never goes back.
/// - Cases in = cases out + cases inside.
/// - L = λW per kind and state of work, for all work, and for cases, exactly: the integral of the number
///   over time equals the sum of the times of all that came, those still inside included.
/// - Nobody is idle while eligible work waits.
public struct InvariantObserver: SimulationObserver {
  /// What was violated, in words; empty where all holds.
  public private(set) var violations: [String] = []
  /// Work items seen.
  public private(set) var itemsSeen = 0

  private var clock = Int64.min
  private var arrived = 0
  private var completed = 0
  private var counts: [Int: Population] = [:]
  private var present: [Int32: (cell: Int, since: Int64, came: Int64)] = [:]
  private var allWork = Population()
  private var cases = Population()
  private var insideSince: [UInt32: Int64] = [:]

  /// Number, integral over time, and summed times of the work of one kind in one state.
  private struct Population {
    var number: Int64 = 0
    var changed: Int64 = 0
    var area: Int128 = 0
    var sojourns: Int128 = 0

    mutating func add(_ delta: Int64, at time: Int64) {
      area += Int128(number) * Int128(time - changed)
      number += delta
      changed = time
    }
  }

  /// Creates an observer that has seen nothing.
  public init() {}

  private mutating func see(_ time: Int64) {
    if time < clock { report("the clock goes back from \(clock) to \(time)") }
    clock = max(clock, time)
  }

  private mutating func report(_ violation: String) {
    if violations.count < 20 { violations.append(violation) }
  }

  /// Counts cases.
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    see(time)
    switch change {
    case .arrived:
      arrived += 1
      cases.add(1, at: time)
      if insideSince.updateValue(time, forKey: ordinal) != nil {
        report("case \(ordinal) comes twice at \(time)")
      }
    case .completed, .abandoned:
      completed += 1
      cases.add(-1, at: time)
      if let since = insideSince.removeValue(forKey: ordinal) {
        cases.sojourns += Int128(time - since)
      } else {
        report("case \(ordinal) goes without being inside at \(time)")
      }
    }
  }

  /// Counts work by kind and state, by both routes.
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {
    see(time)
    var came = time
    if let known = present.removeValue(forKey: item) {
      came = known.came
      counts[known.cell, default: Population()].add(-1, at: time)
      counts[known.cell, default: Population()].sojourns += Int128(time - known.since)
    } else {
      itemsSeen += 1
      allWork.add(1, at: time)
      if state == nil { report("item \(item) leaves without having come at \(time)") }
    }
    guard let state else {
      allWork.add(-1, at: time)
      allWork.sojourns += Int128(time - came)
      return
    }
    let cell =
      (station * ObservedWork.allCases.count + Int(kind.rawValue)) * 8 + Int(state.rawValue)
    if counts[cell] == nil { counts[cell] = Population(changed: time) }
    counts[cell, default: Population()].add(1, at: time)
    present[item] = (cell, time, came)
  }

  /// Does nothing.
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) { see(time) }

  /// Looks for idle servers beside waiting work.
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {
    see(time)
    if idle > 0, waiting > 0 {
      report("team \(team) has \(idle) idle beside \(waiting) lanes they can serve at \(time)")
    }
  }

  /// Closes the books.
  public mutating func ended(at time: Int64, casesInside: Int) {
    see(time)
    if arrived != completed + casesInside {
      report("\(arrived) cases came, \(completed) went, \(casesInside) are inside")
    }
    for known in present.values {
      counts[known.cell]?.sojourns += Int128(time - known.since)
      allWork.sojourns += Int128(time - known.came)
    }
    for since in insideSince.values { cases.sojourns += Int128(time - since) }
    var sum: Int128 = 0
    for cell in counts.keys.sorted() {
      guard let population = counts[cell] else { continue }
      sum += closed(population, "cell \(cell)", at: time)
    }
    if closed(allWork, "all work", at: time) != sum {
      report("the states' areas add up to \(sum), not to that of all work")
    }
    _ = closed(cases, "cases", at: time)
  }

  /// The integral of a population up to the end, which must equal its summed times.
  private mutating func closed(_ population: Population, _ name: String, at time: Int64) -> Int128 {
    var population = population
    population.add(0, at: time)
    if population.area != population.sojourns {
      report("L = λW fails for \(name): \(population.area) against \(population.sojourns)")
    }
    return population.area
  }
}
