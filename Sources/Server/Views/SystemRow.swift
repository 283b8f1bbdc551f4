import Auditing
import Facts
import Inventory
import Reporting

/// What the inventory table shows of a system.
struct SystemRow: Sendable, Encodable {
  var name: String
  var aliases: [String]
  var kind: String?
  var technology: String?
  var owner: String?
  var team: String?
  var volume: String?
  var failureRate: String?
  var status: String?
  var criticality: String?
  /// How many of the seven audit fields are known.
  var fieldsKnown: Int
  /// What a search looks through, in small letters.
  let searched: String

  /// The row of a system.
  ///
  /// - Parameter known: How many of its audit fields are known.
  init(_ system: AutomationSystem, known: Int) {
    name = system.name
    aliases = system.aliases
    kind = system.kind.value?.rawValue
    technology = system.technology.value
    owner = system.owner.value
    team = system.team.value
    volume = system.volume.value.map(frequencyText)
    failureRate = system.failureRate.value.map { precisePercent($0.value) }
    status = system.status.value?.rawValue
    criticality = system.criticality.value?.rawValue
    fieldsKnown = known
    searched =
      ([name] + aliases + [technology, owner, team, system.purpose.value].compactMap { $0 })
      .joined(separator: "\n").lowercased()
  }

  private enum CodingKeys: String, CodingKey {
    case name, aliases, kind, technology, owner, team, volume, failureRate, status, criticality
    case fieldsKnown
  }
}

/// Which rows of the inventory are shown, and in which order.
struct InventoryQuery: Sendable, Equatable {
  /// Words that all must stand in a row.
  var words: [String] = []
  var kind: String?
  var technology: String?
  /// Only systems of which this audit field is unknown.
  var missing: String?
  var sort = Order.name
  /// From 1.
  var page = 1
  var pageSize = 50

  /// Orders of the table.
  enum Order: String, CaseIterable { case name, kind, technology, owner, known }

  /// The word of a filter for what is not known.
  static let unknown = "unknown"

  /// The rows of the page that is asked for, and how many there are on all pages.
  func rows(of view: EstateView) -> (rows: [SystemRow], total: Int) {
    var lacking: Set<String>?
    if let missing {
      lacking = Set(
        view.completeness.systems
          .filter { $0.missing.contains { $0.rawValue == missing } }.map(\.system.key))
    }
    var found = view.rows.filter { row in
      words.allSatisfy { row.searched.contains($0) }
        && kind.map { (row.kind ?? Self.unknown) == $0 } ?? true
        && technology.map { (row.technology ?? Self.unknown) == $0 } ?? true
        && lacking.map { $0.contains(nameKey(row.name)) } ?? true
    }
    func sorted(_ key: (SystemRow) -> String?) {
      // What is not known stands last; the order of names stays within.
      found = found.enumerated().sorted { a, b in
        let (x, y) = (key(a.element), key(b.element))
        if x == y { return a.offset < b.offset }
        guard let x, let y else { return y == nil }
        return x.lowercased() == y.lowercased()
          ? a.offset < b.offset : x.lowercased() < y.lowercased()
      }.map(\.element)
    }
    switch sort {
    case .name: break
    case .kind: sorted(\.kind)
    case .technology: sorted(\.technology)
    case .owner: sorted(\.owner)
    case .known: sorted { "\($0.fieldsKnown)" }
    }
    let start = min((page - 1) * pageSize, found.count)
    return (Array(found[start..<min(start + pageSize, found.count)]), found.count)
  }
}
