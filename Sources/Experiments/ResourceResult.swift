internal import Simulation

/// How an application was used within the horizon.
public struct ApplicationResult: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Pieces of work that used it, per hundred cases that arrived.
  public var usesPerHundred: Double
  /// Share of them that had to wait for it; `nil` where it was never used.
  public var waitedShare: Double?
  /// Mean wait of all of them, in hours of calendar time; `nil` likewise.
  public var waitingHours: Estimate?
  /// Mean number that held it at one time.
  public var inUse: Estimate
  /// The same as a share of its limit; `nil` where it has none.
  public var occupancy: Estimate?
  /// Calls in the busiest hour of the clock, those of others included: mean over replications.
  public var busiestHourCalls: Estimate
}

/// How something that can be down was down within the horizon.
public struct DowntimeResult: Sendable, Codable, Equatable {
  /// What it is.
  public var kind: Kind
  /// Name.
  public var name: String
  /// Share of calendar time that it was down, maintenance included.
  public var downShare: Estimate
  /// Outages at random, mean over replications.
  public var outages: Double
  /// Runs that failed because of them, mean over replications.
  public var failedRuns: Double

  /// Kinds of things that can be down.
  public enum Kind: String, Sendable, Codable {
    /// An application.
    case application
    /// An automation.
    case automation
    /// The orchestration layer.
    case layer
  }
}

extension ApplicationResult {
  init(application: Int, model: SimulationModel, records: [ReplicationRecord]) {
    let application = (index: application, model: model.stack.applications[application])
    let mine = records.map { $0.applications[application.index] }
    let uses = mine.reduce(0) { $0 + $1.uses }
    let cases = records.reduce(0) { $0 + $1.arrived }
    name = application.model.name
    usesPerHundred = cases > 0 ? 100 * Double(uses) / Double(cases) : 0
    waitedShare = uses > 0 ? Double(mine.reduce(0) { $0 + $1.waited }) / Double(uses) : nil
    let waits = mine.filter { $0.uses > 0 }
      .map { Double($0.waitingTime) / Double($0.uses) / 3600e6 }
    waitingHours = waits.count >= 2 ? Estimate(of: waits) : nil
    let inUse = mine.map { Double($0.timeInUse) / Double(model.timeline.horizon) }
    self.inUse = Estimate(of: inUse)
    let limit = Double(application.model.concurrent)
    occupancy = limit > 0 ? Estimate(of: inUse.map { $0 / limit }) : nil
    busiestHourCalls = Estimate(of: mine.map { Double($0.busiestHour) })
  }
}

extension DowntimeResult {
  /// One entry for each thing that can be down, in the order of the model.
  static func all(model: SimulationModel, records: [ReplicationRecord]) -> [DowntimeResult] {
    let stack = model.stack
    let names: [(Kind, String)] =
      stack.applications.map { (.application, $0.name) }
      + stack.automations.map { (.automation, $0.name) } + [(.layer, stack.layer?.name ?? "")]
    let canFail = stack.outagesByUnit
    return names.indices.compactMap { unit in
      let hasWindows =
        stack.applications.indices.contains(unit) && stack.applications[unit].maintenance != nil
      guard canFail[unit] != nil || hasWindows else { return nil }
      let mine = records.map { $0.outages[unit] }
      return DowntimeResult(
        kind: names[unit].0, name: names[unit].1,
        downShare: Estimate(of: mine.map { Double($0.downTime) / Double(model.timeline.horizon) }),
        outages: average(mine.map { Double($0.outages) }),
        failedRuns: average(mine.map { Double($0.failedRuns) }))
    }
  }
}
