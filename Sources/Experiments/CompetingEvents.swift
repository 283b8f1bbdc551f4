internal import Simulation

/// What comes first in a variant with a rollout: exhaustion, a fall back to an earlier stage, cancellation,
/// or none of them.
///
/// Cumulative incidence of events of which the first forestalls the others: the three and what is left make
/// one. An event within a working day comes before exhaustion at its close.
public struct CompetingEvents: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// Probability that by the close of each working day queues are exhausted, before anything else.
  public var exhausted: [ProbabilityEstimate]
  /// Probability that by then a stage fell back to the one before it, before anything else.
  public var rolledBack: [ProbabilityEstimate]
  /// Probability that by then the rollout was cancelled, before anything else.
  public var cancelled: [ProbabilityEstimate]
}

extension CompetingEvents {
  /// `nil` where nothing but exhaustion can come.
  ///
  /// - Parameter exhaustedOn: working days to exhaustion of each replication, the horizon where there is none.
  init?(_ variant: StudyVariant, _ exhaustedOn: [Double?], _ records: [ReplicationRecord]) {
    guard let rollout = variant.model.stack.rollout,
      rollout.scales < 1 || rollout.givesUpAfter != nil
        || rollout.stages.contains(where: { $0.gate.map { $0.otherwise != .extend } ?? false })
    else { return nil }
    let timeline = variant.model.timeline
    let days = timeline.horizonDays
    let stride = Double(timeline.daysPerSample)
    let firsts = zip(records, exhaustedOn).compactMap { record, date -> (event: Event, day: Int)? in
      let exhausted = date.map { Int($0 / stride) } ?? days
      let others = [
        (Event.rolledBack, record.rollout?.firstRollback ?? -1),
        (.cancelled, record.rollout?.cancelled ?? -1),
      ].filter { $0.1 >= 0 }
      let other = others.min { $0.1 < $1.1 }.map { ($0.0, timeline.firstDay(after: $0.1)) }
      if exhausted < days, other.map({ exhausted < $0.1 }) ?? true {
        return (.exhausted, exhausted)
      }
      return other.map { (event: $0.0, day: $0.1) }
    }
    func incidence(_ event: Event) -> [ProbabilityEstimate] {
      (0..<days).map { day in
        ProbabilityEstimate(
          count: firsts.count { $0.event == event && $0.day <= day }, of: records.count)
      }
    }
    self.variant = variant.name
    exhausted = incidence(.exhausted)
    rolledBack = incidence(.rolledBack)
    cancelled = incidence(.cancelled)
  }

  private enum Event {
    case exhausted
    case rolledBack
    case cancelled
  }
}
