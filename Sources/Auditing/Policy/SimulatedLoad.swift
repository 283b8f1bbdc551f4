import DocumentReading

/// How many calls an application gets in its busiest hour, as a simulation has it.
///
/// A plain value, so that the audit needs no simulation: whoever ran one fills it in.
public struct SimulatedLoad: Hashable, Sendable, Codable {
  /// Name or another name of the application.
  public var application: String
  /// Calls in the busiest hour; not negative.
  public var peakCallsPerHour: Double
  /// Where the figure is from, such as the name of a scenario.
  public var source: String

  /// Creates a load.
  public init(application: String, peakCallsPerHour: Double, source: String) {
    self.application = application
    self.peakCallsPerHour = peakCallsPerHour
    self.source = source
  }
}

extension PolicySection {
  /// Busiest hours of applications, as a rehearsal or a measurement has them.
  static let load = PolicySection(key: "load") { node, policy, reading in
    for member in reading.members(node) {
      let found = reading.group(member.value, keys: ["peak_calls_per_hour", "from"])
      guard let peak = found["peak_calls_per_hour"] else {
        reading.refuse(
          member.value, "'\(member.key)' has no 'peak_calls_per_hour'; say how many calls there are"
        )
        continue
      }
      let source = found["from"].flatMap { reading.text($0) }
      if let calls = reading.number(peak, in: 0...Double.greatestFiniteMagnitude) {
        policy.load.append(
          SimulatedLoad(
            application: member.key, peakCallsPerHour: calls, source: source ?? "the policy file"))
      }
    }
  }
}
