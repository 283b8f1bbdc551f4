import DocumentReading
public import Facts
import Inventory

/// What it takes to keep, mend, change and merge automations; the defaults are assumed.
public struct UpkeepPolicy: Hashable, Sendable, Codable {
  /// Hours of people's work a year to keep one automation running.
  ///
  /// Default 40 (assumed).
  public var hoursPerAutomation = 40.0
  /// Hours of people's work for one failed run.
  ///
  /// Default 0.5 (assumed).
  public var hoursPerFailure = 0.5
  /// Hours of people's work to move the work of one automation to another and retire it.
  ///
  /// Default 80 (assumed).
  public var hoursPerMerge = 80.0
  /// What an hour of a robot costs; `nil` where it was not said.
  public var robotHour: Money?
  /// Days from the wish for a change to its going live, by `nameKey` of the system.
  public var changeLeadDays: [String: Double] = [:]
  /// Whether automated tests cover a system, by `nameKey` of its name.
  public var isTested: [String: Bool] = [:]

  /// Creates the documented defaults.
  public init() {}
}

extension PolicySection {
  /// What it takes to keep, mend, change and merge automations.
  static let upkeep = PolicySection(key: "upkeep") { node, policy, reading in
    let found = reading.group(
      node,
      keys: [
        "hours_per_automation_year", "hours_per_failure", "hours_per_merge", "robot_hour",
        "automations",
      ])
    let many = 0...Double.greatestFiniteMagnitude
    let hours: [(key: String, path: WritableKeyPath<UpkeepPolicy, Double>)] = [
      ("hours_per_automation_year", \.hoursPerAutomation),
      ("hours_per_failure", \.hoursPerFailure), ("hours_per_merge", \.hoursPerMerge),
    ]
    for (key, path) in hours {
      if let number = found[key].flatMap({ reading.number($0, in: many) }) {
        policy.upkeep[keyPath: path] = number
      }
    }
    policy.upkeep.robotHour = found["robot_hour"].flatMap { reading.money($0) }
    for member in found["automations"].map({ reading.members($0) }) ?? [] {
      let facts = reading.group(member.value, keys: ["change_lead_days", "tested"])
      if let days = facts["change_lead_days"].flatMap({ reading.number($0, in: many) }) {
        policy.upkeep.changeLeadDays[nameKey(member.key)] = days
      }
      if let tested = facts["tested"].flatMap({ reading.truth($0) }) {
        policy.upkeep.isTested[nameKey(member.key)] = tested
      }
    }
  }
}
