import Facts
import Inventory

/// The steps of an estate by the system they belong to.
struct StepsOfSystems {
  private let steps: [String: [Step]]

  init(_ context: AuditContext) {
    steps = Dictionary(grouping: context.estate.steps) { nameKey($0.system) }
  }

  /// Steps of a system that it runs, in file order: those of test cases are left out.
  func of(_ system: AutomationSystem) -> [Step] {
    (steps[system.key] ?? []).filter { !isOfTest($0) }
  }

  /// Whether its files hold test cases; `nil` where they show none, since tests may lie elsewhere.
  func isTested(_ system: AutomationSystem) -> Bool? {
    (steps[system.key] ?? []).contains(where: isOfTest) ? true : nil
  }

  private func isOfTest(_ step: Step) -> Bool {
    step.evidence.note?.contains("as a test case") ?? false
  }
}

extension AutomationSystem {
  /// Whether it is in production, or not known not to be.
  var mayBeInProduction: Bool { status.value == nil || status.value == .production }

  /// Runs a month; `nil` where unknown.
  var runsPerMonth: Double? { volume.value?.perMonth }
}
