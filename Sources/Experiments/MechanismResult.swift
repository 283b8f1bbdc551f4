internal import Simulation

/// What a mechanism did: one kind of event, with the work and money it took.
public struct MechanismResult: Sendable, Codable, Equatable {
  /// The mechanism, as its scenario section is called.
  public var mechanism: String
  /// What happened, as a name.
  public var event: String
  /// What happened, in words.
  public var title: String
  /// How often it happened per hundred cases that arrived.
  public var perHundred: Estimate
  /// Human work on it per hundred cases, in minutes.
  public var minutesPerHundred: Estimate
  /// What it cost per case, in the currency's main unit; part of the cost components.
  public var costPerCase: Estimate
}

extension MechanismResult {
  /// All events that happened in some replication.
  static func all(records: [ReplicationRecord]) -> [MechanismResult] {
    let counted = records.filter { $0.arrived > 0 }
    return MechanismEvent.allCases.compactMap { event in
      let entries = counted.map { ($0.ledger[event.rawValue], Double($0.arrived)) }
      guard entries.contains(where: { $0.0.count != 0 || $0.0.time != 0 || $0.0.cost != 0 }) else {
        return nil
      }
      return MechanismResult(
        mechanism: event.mechanism, event: event.name, title: event.title,
        perHundred: Estimate(of: entries.map { 100 * Double($0.0.count) / $0.1 }),
        minutesPerHundred: Estimate(of: entries.map { 100 * Double($0.0.time) / 60e6 / $0.1 }),
        costPerCase: Estimate(of: entries.map { Double($0.0.cost) / 1e6 / $0.1 }))
    }
  }
}
