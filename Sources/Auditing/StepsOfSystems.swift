import Facts
import Inventory

/// The steps of an estate by the system they belong to.
struct StepsOfSystems {
  private let steps: [String: [Step]]

  init(_ context: AuditContext) {
    steps = Dictionary(grouping: context.estate.steps) { nameKey($0.system) }
  }

  /// Steps of a system, in file order.
  func of(_ system: AutomationSystem) -> [Step] { steps[system.key] ?? [] }
}

extension AutomationSystem {
  /// Whether it is in production, or not known not to be.
  var mayBeInProduction: Bool { status.value == nil || status.value == .production }

  /// Runs a month; `nil` where unknown.
  var runsPerMonth: Double? { volume.value?.perMonth }
}
