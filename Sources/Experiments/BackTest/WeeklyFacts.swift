/// A case as a back-test sees it: when it came, when it was done, how many tickets it raised.
public struct DatedCase: Sendable, Hashable {
  /// When it arrived, in microseconds from day 0.
  public var arrival: Int64
  /// When it was completed or given up; `nil` where it was not, as far as is known.
  public var end: Int64?
  /// Tickets: reviews and exceptions; 0 where they are not asked for.
  public var tickets: Int

  /// Creates a case.
  public init(arrival: Int64, end: Int64?, tickets: Int = 0) {
    self.arrival = arrival
    self.end = end
    self.tickets = tickets
  }
}

/// What is compared week by week.
public enum WeeklyFigure: String, Sendable, Hashable, Codable, CaseIterable {
  /// Cases that arrived in the week.
  case arrived
  /// Cases that ended in the week.
  case completed
  /// Mean time from arrival to end of the cases that ended in the week, in hours.
  case cycleTime = "cycle_time"
  /// Cases inside at the end of the week.
  case backlog
  /// Tickets, reviews and exceptions, of the cases that arrived in the week.
  case tickets

  /// Name for people.
  public var title: String {
    switch self {
    case .arrived: "Cases that arrived"
    case .completed: "Cases that ended"
    case .cycleTime: "Cycle time"
    case .backlog: "Cases inside at the end of the week"
    case .tickets: "Tickets of the cases that arrived"
    }
  }

  /// Unit of the values.
  public var unit: String {
    switch self {
    case .arrived, .completed, .backlog: "cases"
    case .cycleTime: "h"
    case .tickets: "tickets"
    }
  }
}

/// The figures of each week from day 0 on, in the same way for a simulated and for a real past.
public struct WeeklyFacts: Sendable, Hashable {
  /// By figure, one value for each week; `nil` where a week has none, as of cycle times of no case.
  public private(set) var values: [WeeklyFigure: [Double?]] = [:]

  /// - Parameters:
  ///   - cases: all that are known, those that arrived before day 0 included.
  ///   - weeks: weeks of seven days from day 0 on.
  ///   - tickets: tickets of the cases of each week, where the cases do not say.
  public init(of cases: [DatedCase], weeks: Int, tickets known: [Int]? = nil) {
    let week: Int64 = 604_800_000_000
    var arrived = [Int](repeating: 0, count: weeks)
    var tickets = arrived
    var completed = arrived
    var hours = [Double](repeating: 0, count: weeks)
    var inside = 0
    for one in cases {
      if one.arrival < 0 {
        if one.end.map({ $0 >= 0 }) ?? true { inside += 1 }
      } else if one.arrival / week < weeks {
        arrived[Int(one.arrival / week)] += 1
        tickets[Int(one.arrival / week)] += one.tickets
      }
      if let end = one.end, end >= 0, end / week < weeks {
        completed[Int(end / week)] += 1
        hours[Int(end / week)] += Double(end - one.arrival) / 3600e6
      }
    }
    var backlog: [Double?] = []
    for index in 0..<weeks {
      inside += arrived[index] - completed[index]
      backlog.append(Double(inside))
    }
    values[.arrived] = arrived.map { Double($0) }
    values[.completed] = completed.map { Double($0) }
    values[.cycleTime] = zip(hours, completed).map { $1 > 0 ? $0 / Double($1) : nil }
    values[.backlog] = backlog
    if let known { tickets = (0..<weeks).map { known.indices.contains($0) ? known[$0] : 0 } }
    values[.tickets] = tickets.map { Double($0) }
  }
}
