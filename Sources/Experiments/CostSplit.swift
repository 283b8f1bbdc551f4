internal import Simulation

/// What the cost of a case is spent on, beside the work that the process itself is.
///
/// Brief row 201 holds that coordination, and not the quality of models, is the main hidden cost of
/// running a stack; this split shows whether it is.
public enum CostPurpose: String, Sendable, CaseIterable {
  /// Work that the process plans for people.
  case work
  /// Runs of automations: calls, tokens.
  case model
  /// What lies between automations, and the layer that leads them.
  case coordination
  /// Review of tickets.
  case review
  /// Work done again, and what automations could not do.
  case rework
  /// Keeping the stack as good as it is: upkeep, repairs.
  case upkeep
  /// The right to use automations, layer and monitoring.
  case licences
  /// Hiring and training people, and what they cost beside their hours at work.
  case staffing
  /// What goes wrong: losses, incidents, penalties, delay.
  case failure
  /// Work still to be done at the horizon, which is of all kinds.
  case owed

  /// Components of the cost per case that are spent on it; every component is spent on one thing.
  public var components: [String] {
    switch self {
    case .work: [CostComponent.tasks.name]
    case .model: [CostComponent.automation.name]
    case .coordination: [CostComponent.coordination, .orchestration].map(\.name)
    case .review: [CostComponent.review.name]
    case .rework: [CostComponent.rework, .exceptions].map(\.name)
    case .upkeep: [CostComponent.upkeep, .repairs].map(\.name)
    case .licences: ["licences"]
    case .staffing: [CostComponent.staffing.name]
    case .failure: [CostComponent.loss, .incidents, .penalties].map(\.name)
    case .owed: [CostComponent.owed.name]
    }
  }
}

extension VariantResult {
  /// Mean cost per case that is spent on something, in the currency's main unit.
  public func cost(of purpose: CostPurpose) -> Double {
    costStack.reduce(0) { $0 + (purpose.components.contains($1.component) ? $1.perCase : 0) }
  }

  /// What running the stack costs per case beside planned work and work owed.
  public var runningCost: Double {
    CostPurpose.allCases.reduce(0) {
      $0 + ($1 == .work || $1 == .owed ? 0 : cost(of: $1))
    }
  }
}
