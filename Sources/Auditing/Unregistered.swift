import Facts
import Inventory

/// Systems of one product that only exports speak of: nobody has declared, corrected or measured anything.
///
/// What their format cannot hold is missing of all of them alike, and is one finding.
struct UnregisteredGroup {
  /// Product or family, as people call it.
  let product: String
  let systems: [AutomationSystem]

  /// Part of an identifier that stays the same while systems come and go.
  func topic(_ what: String) -> String { "\(what)-\(nameKey(product))" }

  /// Fewer systems than this are told one by one (assumed).
  static let least = 3

  /// Groups of systems by product and another trait; smaller ones are left to be told one by one.
  static func groups<Trait: Hashable & Comparable>(
    _ systems: [AutomationSystem], by trait: (AutomationSystem) -> Trait
  ) -> [(trait: Trait, group: UnregisteredGroup)] {
    var members: [ProductAndTrait<Trait>: [AutomationSystem]] = [:]
    for system in systems where isUnregistered(system) {
      members[ProductAndTrait(trait: trait(system), product: product(of: system)), default: []]
        .append(system)
    }
    return members.filter { $0.value.count >= least }
      .sorted { ($0.key.trait, $0.key.product) < ($1.key.trait, $1.key.product) }
      .map { ($0.key.trait, UnregisteredGroup(product: $0.key.product, systems: $0.value)) }
  }

  /// One place for each system.
  var evidence: [Evidence] { systems.compactMap { $0.sources.min() } }

  /// Whether nobody has declared, corrected or measured anything of a system.
  static func isUnregistered(_ system: AutomationSystem) -> Bool {
    system.owner.facts.isEmpty
      && system.sources.allSatisfy { $0.provenance == .imported || $0.provenance == .inferred }
  }

  private static func product(of system: AutomationSystem) -> String {
    system.technology.value ?? system.kind.value.map { "unknown \($0.rawValue) products" }
      ?? "unknown products"
  }
}

/// What systems are grouped by.
private struct ProductAndTrait<Trait: Hashable>: Hashable {
  var trait: Trait
  var product: String
}
