import Facts
import Inventory

/// Who keeps which technology: the systems in use of each product, and the people and teams behind them.
struct TechnologySkills {
  /// A product.
  struct Technology {
    /// As most of its systems spell it, without version.
    let name: String
    /// Positions of its systems in use, ascending.
    let systems: [Int]
    /// Named people who answer for them or made them, sorted.
    let people: [String]
    /// Teams they belong to, sorted.
    let teams: [String]
    /// Systems of which no person is known.
    let withoutPerson: Int
    /// Systems of which no team is known.
    let withoutTeam: Int
  }

  /// Technologies by key, in its order.
  let technologies: [Technology]
  private let technologyOf: [String: Int]

  init(_ context: AuditContext) {
    let teams = Set(context.estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    let systems = context.estate.systems
    func persons(_ system: AutomationSystem) -> [String] {
      [system.owner.value, system.maker].compactMap { $0 }
        .filter { OwnerName($0, teams: teams) == .person }
    }
    var members: [String: [Int]] = [:]
    for (index, system) in systems.enumerated() where system.isAlive {
      guard let technology = system.technology.value, !isPlaceholder(technology) else { continue }
      members[Self.key(technology), default: []].append(index)
    }
    technologies = members.sorted { $0.key < $1.key }.filter { !$0.key.isEmpty }.map { _, indices in
      let own = indices.map { systems[$0] }
      // One spelling of each person.
      let people = Dictionary(own.flatMap(persons).map { (nameKey($0), $0) }) { min($0, $1) }
      let groups = Dictionary(
        own.compactMap { $0.team.value }.filter { !isPlaceholder($0) }.map { (nameKey($0), $0) }
      ) { min($0, $1) }
      let spellings = own.compactMap { $0.technology.value.map(Self.plain) }
      return Technology(
        name: spellings.min { ($0.count, $0) < ($1.count, $1) } ?? "",
        systems: indices, people: people.values.sorted(), teams: groups.values.sorted(),
        withoutPerson: own.count { persons($0).isEmpty },
        withoutTeam: own.count { $0.team.value.map(isPlaceholder) ?? true })
    }
    var technologyOf: [String: Int] = [:]
    for (number, technology) in technologies.enumerated() {
      for index in technology.systems { technologyOf[systems[index].key] = number }
    }
    self.technologyOf = technologyOf
  }

  /// The technology of a system in use; `nil` where it is unknown.
  func technology(of system: AutomationSystem) -> Technology? {
    technologyOf[system.key].map { technologies[$0] }
  }

  /// The product without its version, so that `UiPath 23.10` and `UiPath` are one.
  private static func plain(_ technology: String) -> String {
    let parts = technology.split(separator: " ").filter { part in
      !(part.contains(where: \.isNumber) && part.allSatisfy { $0.isNumber || ".vVxX".contains($0) })
    }
    return parts.isEmpty ? technology : parts.joined(separator: " ")
  }

  private static func key(_ technology: String) -> String { nameKey(plain(technology)) }
}
