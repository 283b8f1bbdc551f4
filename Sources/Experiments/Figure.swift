internal import Simulation

/// A headline figure: a number per replication, whose mean over replications is reported.
public enum Figure: String, Sendable, Hashable, Codable, CaseIterable {
  /// All cost of the cases that arrived, work owed and fixed costs included, per case.
  case costPerCase = "cost_per_case"
  /// Mean of min(time to completion, follow-up) over all cases that arrived, in hours of calendar time.
  case timeToCompletion = "time_to_completion"
  /// Human work per case, in minutes.
  case humanMinutes = "human_minutes"
  /// Tickets and exceptions per hundred cases.
  case ticketsPerHundred = "tickets_per_hundred"
  /// Human review and exception work of counted cases per week of the horizon, in hours.
  case reviewHoursPerWeek = "review_hours_per_week"
  /// Share of cases completed within the follow-up without an unnoticed error.
  case doneRight = "done_right"
  /// Share of cases not completed within the follow-up.
  case unfinished = "unfinished"

  /// Name for people.
  public var title: String {
    switch self {
    case .costPerCase: "Cost per case"
    case .timeToCompletion: "Time to completion"
    case .humanMinutes: "Human work per case"
    case .ticketsPerHundred: "Tickets per 100 cases"
    case .reviewHoursPerWeek: "Review work per week"
    case .doneRight: "Cases done right"
    case .unfinished: "Cases unfinished"
    }
  }

  /// Unit of the values; `currency` is the scenario's ISO code.
  public func unit(currency: String) -> String {
    switch self {
    case .costPerCase: currency
    case .timeToCompletion: "h"
    case .humanMinutes: "min"
    case .ticketsPerHundred: "tickets"
    case .reviewHoursPerWeek: "h/week"
    case .doneRight, .unfinished: "share"
    }
  }

  /// Whether less is better.
  public var lessIsBetter: Bool { self != .doneRight }

  /// The figure of one replication; `nil` where no case arrived.
  func value(in record: ReplicationRecord, of model: SimulationModel) -> Double? {
    let cohorts = record.cohorts
    guard record.arrived > 0 else { return nil }
    let cases = Double(record.arrived)
    let weeks = record.weeksCounted
    switch self {
    case .costPerCase:
      let cost = cohorts.reduce(Int128(0)) { sum, cohort in
        cohort.cost.reduce(sum) { $0 + Int128($1) }
      }
      let beside = record.costBesideCases.reduce(Int128(0)) { $0 + Int128($1) }
      return (Double(cost + beside) / 1e6 + model.fixedCost(in: record))
        / cases
    case .timeToCompletion:
      return Double(cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }) / cases / 3600e6
    case .humanMinutes:
      // 64 bits are full after 292,000 years of work.
      let time = cohorts.reduce(Int128(record.timeBesideCases)) { $0 + Int128($1.humanTime) }
      return Double(time) / cases / 60e6
    case .ticketsPerHundred:
      return 100 * Double(cohorts.reduce(0) { $0 + $1.tickets }) / cases
    case .reviewHoursPerWeek:
      let time = cohorts.reduce(Int128(0)) { $0 + Int128($1.reviewTime + $1.exceptionTime) }
      return Double(time) / 3600e6 / weeks
    case .doneRight:
      return Double(cohorts.reduce(0) { $0 + $1.completedRight }) / cases
    case .unfinished:
      return Double(cohorts.reduce(0) { $0 + $1.arrived - $1.completed }) / cases
    }
  }
}

extension Figure {
  /// The figure in two variants, replication by replication, where both have it.
  func pairs(
    _ records: [ReplicationRecord], of model: SimulationModel,
    with others: [ReplicationRecord], of otherModel: SimulationModel
  ) -> [(Double, Double)] {
    zip(records, others).compactMap { record, other in
      guard let a = value(in: record, of: model), let b = value(in: other, of: otherModel) else {
        return nil
      }
      return (a, b)
    }
  }
}
