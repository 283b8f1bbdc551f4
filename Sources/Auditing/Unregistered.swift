import Facts
import Inventory

/// Systems of one product that only exports speak of: nobody has declared, corrected or measured anything.
///
/// What their format cannot hold is missing of all of them alike, and is one finding.
struct UnregisteredGroup {
  /// Product or family, as people call it; `nil` where the group is of several or of all.
  let product: String?
  let systems: [AutomationSystem]

  /// Part of an identifier that stays the same while systems come and go.
  func topic(_ what: String) -> String { product.map { "\(what)-\(nameKey($0))" } ?? what }

  /// How many they are and of which product, such as `49 systems of n8n`.
  var counted: String {
    let count = Auditing.counted(systems.count, "system")
    return product.map { "\(count) of \($0)" } ?? count
  }

  /// The products with their numbers of systems, the largest number first, as a list in a sentence.
  var products: String {
    let members = Dictionary(grouping: systems, by: Self.product(of:)).mapValues(\.count)
    return listText(
      members.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.key) (\(numberText($0.value)))" }, limit: 12)
  }

  /// What is known of whether they run, with numbers, such as `switched off (34)`.
  var statuses: String {
    let counts = Dictionary(grouping: systems, by: \.statusText).mapValues(\.count)
    return listText(
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.key) (\(numberText($0.value)))" })
  }

  /// Fewer systems than this are told one by one (assumed).
  static let least = 3

  /// Groups of systems by another trait and, for some traits, by product; smaller ones are left to be told
  /// one by one.
  static func groups<Trait: Hashable & Comparable>(
    _ systems: [AutomationSystem], by trait: (AutomationSystem) -> Trait,
    atLeast least: Int = least, perProduct: (Trait) -> Bool = { _ in false }
  ) -> [(trait: Trait, group: UnregisteredGroup)] {
    var members: [ProductAndTrait<Trait>: [AutomationSystem]] = [:]
    for system in systems where isUnregistered(system) {
      let trait = trait(system)
      let product = perProduct(trait) ? product(of: system) : ""
      members[ProductAndTrait(trait: trait, product: product), default: []].append(system)
    }
    return members.filter { $0.value.count >= least }
      .sorted { ($0.key.trait, $0.key.product) < ($1.key.trait, $1.key.product) }
      .map { key, systems in
        (
          key.trait,
          UnregisteredGroup(product: key.product.isEmpty ? nil : key.product, systems: systems)
        )
      }
  }

  /// One place for each system: where it is said that it is switched on or off, else what describes it.
  var evidence: [Evidence] {
    systems.flatMap(\.placeOfStatus)
  }

  /// Whether nobody has declared, corrected or measured anything of a system.
  static func isUnregistered(_ system: AutomationSystem) -> Bool {
    func isExported(_ evidence: Evidence) -> Bool {
      evidence.provenance == .imported || evidence.provenance == .inferred
    }
    return system.sources.allSatisfy(isExported)
      && system.owner.facts.allSatisfy { isExported($0.evidence) }
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

extension AutomationSystem {
  /// Where it is said that it is switched on or off, else what describes it; empty where nothing does.
  var placeOfStatus: [Evidence] {
    if let evidence = status.winner?.evidence ?? sources.min() { return [evidence] }
    return []
  }
}
