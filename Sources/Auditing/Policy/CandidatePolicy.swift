import DocumentReading
import Inventory

/// What the organisation says of the work that agents might take over.
public struct CandidatePolicy: Hashable, Sendable, Codable {
  /// Whether a rule of law or supervision binds the work of a system or process, by its name.
  public var regulated: [Named<Bool>] = []
  /// People's work on one case of a system or process, on average over all cases, in minutes, by name.
  public var minutesPerCase: [Named<Double>] = []

  /// A policy that says nothing.
  public init() {}

  /// A value for a thing of the estate.
  public struct Named<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    /// Name of the system or process.
    public var name: String
    /// What is said of it.
    public var value: Value

    /// Creates a named value.
    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// What is said of one of several names of a thing; `nil` where nothing is.
  static func value<Value: Hashable & Sendable & Codable>(
    _ values: [Named<Value>], of names: [String]
  ) -> Value? {
    if values.isEmpty { return nil }
    let keys = Set(names.map(nameKey))
    return values.first { keys.contains(nameKey($0.name)) }?.value
  }
}

extension PolicySection {
  /// What is known of the work that agents might take over.
  static let candidates = PolicySection(key: "candidates") { node, policy, reading in
    let found = reading.group(node, keys: ["regulated", "minutes_per_case"])
    if let node = found["regulated"] {
      for member in reading.members(node) {
        if let truth = reading.truth(member.value) {
          policy.candidates.regulated.append(.init(member.key, truth))
        }
      }
    }
    if let node = found["minutes_per_case"] {
      for member in reading.members(node) {
        if let minutes = reading.number(member.value, in: 0...100_000) {
          policy.candidates.minutesPerCase.append(.init(member.key, minutes))
        }
      }
    }
  }
}
