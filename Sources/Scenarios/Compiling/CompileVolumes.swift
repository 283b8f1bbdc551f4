internal import Facts
internal import Simulation

extension Scenario {
  typealias DemandSpan = (open: Int64, close: Int64, factor: Double)

  /// Open spans with the factors that make the cases of a planner's table the ones to be expected.
  ///
  /// The shape within a row's time stays as weights make it; hours that a listed date leaves out have none.
  /// - Parameter rate: cases per microsecond at factor 1.
  func planned(
    _ spans: [DemandSpan], _ volumes: ArrivalVolumes, _ time: LocalTime, rate: Double
  ) -> [DemandSpan] {
    var spans = spans
    for (date, rows) in rowsByDate(volumes) {
      let day = time.instant(date, minute: 0)..<time.instant(date, minute: 1440)
      let inside = spans.indices.filter { day ~= spans[$0].open }
      if rows.contains(where: { $0.hour != nil }) {
        for index in inside {
          let isListed = rows.contains { Self.time(of: $0, time) ~= spans[index].open }
          if !isListed { spans[index].factor = 0 }
        }
      }
      for row in rows {
        let own = inside.filter { Self.time(of: row, time) ~= spans[$0].open }
        let expected = own.reduce(0.0) {
          $0 + Double(spans[$1].close - spans[$1].open) * spans[$1].factor * rate
        }
        for index in own where expected > 0 { spans[index].factor *= row.cases / expected }
      }
    }
    return spans
  }

  /// Refuses a planner's table that expects cases when none can arrive, or that lies beside the horizon.
  func checkVolumes(_ clock: CompiledClock) throws(ScenarioErrors) {
    guard let volumes = demand.volumes, let profile = calendar(demand.profile) else { return }
    var problems: [ScenarioProblem] = []
    let key = "demand.arrivals.volumes.file"
    for row in volumes.rows where row.cases > 0 && problems.count < 5 {
      let span = Self.time(of: row, clock.time)
      let isOpen =
        profile.isAlways
        || (-1...0).contains { before in
          profile.hours(beginningOn: row.date.advanced(by: before), clock.time).contains {
            $0.open < span.upperBound && $0.close > span.lowerBound
          }
        }
      if !isOpen {
        problems.append(
          ScenarioProblem(
            key: key,
            "cases are expected on \(row.date)\(row.hour.map { " at \($0):00" } ?? ""), when the calendar "
              + "'\(profile.name)' is closed; open it then, or write 0",
            at: SourceLocation(path: volumes.file, line: row.line)))
      }
    }
    let isInHorizon = volumes.rows.contains { row in
      0..<clock.timeline.horizon ~= Self.time(of: row, clock.time).lowerBound
    }
    if !isInHorizon {
      let node = source.root["demand"]?["arrivals"]?["volumes"]?["file"]
      problems.append(
        ScenarioProblem(
          key: key,
          "no date of the table \(shown(volumes.file)) lies within the horizon, which begins on "
            + "\(self.clock.start); check 'clock.start' and 'clock.horizon'",
          at: node?.location ?? SourceLocation(path: path)))
    }
    if !problems.isEmpty { throw ScenarioErrors(problems) }
  }

  private func rowsByDate(_ volumes: ArrivalVolumes) -> [(CivilDate, [ArrivalVolumes.Row])] {
    var days: [(CivilDate, [ArrivalVolumes.Row])] = []
    for row in volumes.rows {
      if days.last?.0 == row.date {
        days[days.count - 1].1.append(row)
      } else {
        days.append((row.date, [row]))
      }
    }
    return days
  }

  /// The simulated time that a row speaks of.
  private static func time(of row: ArrivalVolumes.Row, _ time: LocalTime) -> Range<Int64> {
    let (from, to) = row.hour.map { (60 * $0, 60 * $0 + 60) } ?? (0, 1440)
    let start = time.instant(row.date, minute: from)
    // Where the clock skips an hour, the hour has no time.
    return start..<max(start, time.instant(row.date, minute: to))
  }
}
