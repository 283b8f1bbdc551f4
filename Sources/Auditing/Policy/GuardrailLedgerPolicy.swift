import DocumentReading
public import Facts
import Inventory

/// What the tickets of one guardrail say; what is not said stays unknown.
public struct LedgerEntry: Hashable, Sendable, Codable {
  /// Name of the guardrail, or of the system that it binds.
  public var name: String
  /// Times a month that it asks a person.
  public var ticketsPerMonth: Double?
  /// Tickets of a period that people have decided.
  public var decided: Int?
  /// Those of them that people let pass as they were.
  public var approvedUnchanged: Int?
  /// Minutes of people's work for one ticket.
  public var handlingMinutes: Double?
  /// What one case would have cost on average that people did not let pass.
  public var lossPerCatch: Money?
  /// Where it stands.
  public var location: SourceLocation

  /// Creates an entry of which only the name is said.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

extension PolicySection {
  /// What the tickets of guardrails say.
  static let guardrailLedger = PolicySection(key: "guardrail_ledger") { node, policy, reading in
    for member in reading.members(node) {
      var entry = LedgerEntry(name: member.key, location: member.keyLocation)
      let found = reading.group(
        member.value,
        keys: [
          "tickets_per_month", "decided", "approved_unchanged", "handling_minutes",
          "loss_per_catch",
        ])
      let many = 0...Double.greatestFiniteMagnitude
      entry.ticketsPerMonth = found["tickets_per_month"].flatMap { reading.number($0, in: many) }
      entry.decided = found["decided"].flatMap { reading.count($0, atLeast: 1) }
      entry.approvedUnchanged = found["approved_unchanged"].flatMap { reading.count($0) }
      entry.handlingMinutes = found["handling_minutes"].flatMap { reading.number($0, in: many) }
      entry.lossPerCatch = found["loss_per_catch"].flatMap { reading.money($0) }
      if let approved = entry.approvedUnchanged, let decided = entry.decided, approved > decided {
        reading.refuse(
          member.value, "more tickets were approved (\(approved)) than decided (\(decided))")
      }
      policy.guardrailLedger.append(entry)
    }
  }
}
