extension EventLog {
  /// What is odd about the events as a whole, and what follows from it.
  func oddities(withoutOffset: Int) -> [LogProblem] {
    var found: [LogProblem] = []
    func add(_ kind: LogProblem.Kind, _ count: Int, _ text: String) {
      found.append(LogProblem(kind: kind, count: count, text: text))
    }
    guard !events.isEmpty else { return found }
    if cases.count == 1 {
      add(.oneCase, 1, "the log is one case; nothing can be said of how cases arrive or differ")
    }
    if activities.count == 1 {
      add(.oneActivity, 1, "the log has one activity; there is no order to discover")
    }
    addEqualTimes(add)
    let missing = events.count { $0.resource < 0 }
    if missing > 0 {
      add(
        .missingResources, missing,
        "\(missing) of \(events.count) events do not say who did them; they are done by people "
          + "without limit, so that their waiting is taken as it was")
    }
    if source.offsets.count > 1 {
      add(
        .clockChanges, source.offsets.count,
        "times stand at \(source.offsets.count) distances from UTC, so that a clock was changed; "
          + "hours are read in the time zone that has these distances, or name one with --time-zone"
      )
    }
    if withoutOffset > 0 {
      add(
        .noTimeZone, withoutOffset,
        source.offsets.isEmpty
          ? "times do not say how far they are from UTC; they are taken as they stand, or name "
            + "their zone with --time-zone"
          : "\(withoutOffset) times do not say how far they are from UTC, others do; they are read as UTC"
      )
    }
    if !source.hasStartTimes {
      add(
        .noStartTimes, events.count,
        "the log says when work ended, not when it began; starts are estimated from when the case "
          + "and the resource were free, which gives the longest time that the work can have taken")
    }
    if !source.hasEndTimes {
      let length = source.unused.first { name in
        nameWords(name).contains {
          ["duration", "dauer", "duree", "duracion", "duur"].contains($0)
        }
      }
      add(
        .noEndTimes, events.count,
        "the log says when work began, not when it ended; ends are estimated from when the case and the "
          + "resource went on to something else, which gives the longest time that the work can have taken"
          + (length.map { "; '\($0)' is not read, so give the ends in a column of their own" } ?? "")
      )
    }
    let overlapping = overlappingWork
    if overlapping > 0 {
      add(
        .overlappingWork, overlapping,
        "\(overlapping) pieces of work begin while the same resource is at another; such resources "
          + "do several things at a time")
    }
    return found
  }

  private func addEqualTimes(_ add: (LogProblem.Kind, Int, String) -> Void) {
    var equal = 0
    for index in cases.indices {
      let events = events(ofCase: index)
      guard events.count > 1, let first = events.first else { continue }
      if events.allSatisfy({ $0.start == first.start && $0.end == first.start }) { equal += 1 }
    }
    if equal > 0 {
      add(
        .equalTimes, equal,
        "\(equal) cases have all their times equal; the order of their events is that of the file, "
          + "and their work takes no time")
    }
  }

  /// Pieces of work that begin while their resource is at another.
  private var overlappingWork: Int {
    guard source.hasStartTimes, source.hasEndTimes else { return 0 }
    var order = events.indices.filter { events[$0].resource >= 0 }
    order.sort {
      (events[$0].resource, events[$0].start, events[$0].end, $0)
        < (events[$1].resource, events[$1].start, events[$1].end, $1)
    }
    var count = 0
    var resource: Int32 = -1
    var busyUntil = Int64.min
    for index in order {
      let event = events[index]
      if event.resource != resource {
        resource = event.resource
        busyUntil = .min
      }
      let slack = roundingOverlap(from: event.start, to: event.end)
      if event.start < busyUntil, busyUntil - event.start > slack { count += 1 }
      busyUntil = max(busyUntil, event.end)
    }
    return count
  }
}
