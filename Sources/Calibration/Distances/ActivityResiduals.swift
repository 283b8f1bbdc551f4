public import EventLogs

/// What a log shows of each activity, for the comparison of a simulated log with a real one.
public struct ActivityFigures: Sendable {
  /// For each activity by its name: events, their hours from start to end, and their hours from the start of their
  /// case to their own.
  private(set) var sums: [String: (count: Int, hours: Double, since: Double)] = [:]
  private(set) var cases: Int

  /// Adds up a log.
  public init(_ log: EventLog) {
    cases = log.cases.count
    for index in log.cases.indices {
      let events = log.events(ofCase: index)
      let first = events.map(\.start).min() ?? 0
      for event in events {
        let name = log.activities[Int(event.activity)]
        var sum = sums[name] ?? (0, 0, 0)
        sum.count += 1
        sum.hours += Double(event.end - event.start) / 3.6e9
        sum.since += Double(event.start - first) / 3.6e9
        sums[name] = sum
      }
    }
  }
}

/// How far simulated logs are from a real one at an activity.
public struct ActivityResidual: Sendable, Hashable, Codable {
  /// The activity.
  public var activity: String
  /// How often a case has it.
  public var perCase: Comparison
  /// Hours from its start to its end.
  public var hours: Comparison
  /// Hours from the start of the case to its start.
  public var sinceStart: Comparison

  /// A mean in the real log, and those of the simulated ones.
  public struct Comparison: Sendable, Hashable, Codable {
    /// In the real log; `nil` where it does not have the activity.
    public var real: Double?
    /// Mean over the simulated logs that have it; `nil` where none does.
    public var simulated: Double?
    /// The least and the most of the simulated logs.
    public var least: Double?
    /// The most.
    public var most: Double?
  }

  /// Compares logs, activity by activity in the order of their names.
  public static func all(real: EventLog, simulated: [ActivityFigures]) -> [ActivityResidual] {
    let figures = ActivityFigures(real)
    let names = Set(figures.sums.keys).union(simulated.flatMap { Array($0.sums.keys) }).sorted()
    return names.map { name in
      func compare(
        _ value: (ActivityFigures) -> Double?
      ) -> Comparison {
        let values = simulated.compactMap(value)
        return Comparison(
          real: value(figures),
          simulated: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count),
          least: values.min(), most: values.max())
      }
      return ActivityResidual(
        activity: name,
        perCase: compare { log in
          log.cases > 0 ? Double(log.sums[name]?.count ?? 0) / Double(log.cases) : nil
        },
        hours: compare { log in log.sums[name].map { $0.hours / Double($0.count) } },
        sinceStart: compare { log in log.sums[name].map { $0.since / Double($0.count) } })
    }
  }
}
