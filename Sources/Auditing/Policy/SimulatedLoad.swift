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
