import Facts
import IntegrationGraph
import Inventory

/// Systems that do much the same, and those that a product made of one another.
struct RedundancyClusters {
  /// Groups of systems built independently, as positions in the estate, by their first.
  let clusters: [[Int]]
  /// What products and their users made by copying.
  let copies: PlatformCopies
  /// How alike they are.
  let likeness: Likeness
  private let systems: [AutomationSystem]
  private let factor: Double

  init(_ context: AuditContext) {
    likeness = Likeness(context)
    copies = PlatformCopies(context, likeness)
    systems = context.estate.systems
    factor = context.options.differentOwnersFactor
    clusters = Self.clusters(likeness, copies, context)
  }

  /// The score of a pair, raised where the owners differ, at most 1.
  func score(_ a: Int, _ b: Int) -> Double {
    Self.score(likeness.mean(a, b), systems[a], systems[b], factor)
  }

  private static func score(
    _ mean: Double, _ a: AutomationSystem, _ b: AutomationSystem, _ factor: Double
  ) -> Double {
    min(1, mean * (ownersDiffer(a, b) == true ? factor : 1))
  }

  /// Purposes must be this alike, whatever else two systems share: two bots that drive one application
  /// are not redundant for that (assumed).
  private static let leastPurpose = 0.4

  /// Words that two purposes must share where nothing else is known to be shared: the text of a
  /// template, such as "A description of my state machine", stands in many (assumed).
  private static let leastWordsAlone = 5

  /// Groups of systems that are alike on average.
  ///
  /// Pairs join in the order of their score; a pair joins two groups where the mean score between the
  /// groups reaches the threshold (average linkage, Sokal and Michener 1958), so that a chain of
  /// half-alike systems does not become one group.
  private static func clusters(
    _ likeness: Likeness, _ copies: PlatformCopies, _ context: AuditContext
  ) -> [[Int]] {
    let systems = context.estate.systems
    let threshold = context.options.redundancyScore
    func boosted(_ a: Int, _ b: Int) -> Double {
      score(
        likeness.mean(a, b), systems[a], systems[b], context.options.differentOwnersFactor)
    }
    // Of copies only the original is compared.
    let surplus = copies.surplus
    let choice = systems.indices.map { systems[$0].isAlive && !surplus.contains($0) }
    let byPurpose = likeness.pairs(among: choice, purpose: leastPurpose)
      .filter { a, b in
        let shared = likeness.sharedWordCount(a, b)
        return shared >= leastWordsAlone || shared > 1 && likeness.sharesWork(a, b)
      }
    let parts = PartsOfSystems(context)
    let isExported = systems.map(UnregisteredGroup.isUnregistered)
    func isToldApart(_ a: Int, _ b: Int) -> Bool {
      isExported[a] && isExported[b] && Self.isToldApart(a, b, likeness, systems)
    }
    let pairs = (byPurpose + likeness.pairsByWork(among: choice))
      .filter { a, b in
        let names = SiblingNames(systems[a].name, systems[b].name)
        return !workTogether(a, b, context) && !likeness.workOnDifferentThings(a, b)
          && names != .opposite && !areParts(a, b, parts, context)
          && !isToldApart(a, b)
      }
      .map { (score: boosted($0.0, $0.1), first: $0.0, second: $0.1) }
      .filter { $0.score >= threshold }
      .sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
    var groupOf: [Int: Int] = [:]
    var groups: [Int: [Int]] = [:]
    for pair in pairs {
      let (a, b) = (groupOf[pair.first] ?? pair.first, groupOf[pair.second] ?? pair.second)
      if a == b { continue }
      let (left, right) = (groups[a] ?? [a], groups[b] ?? [b])
      // Of large groups a sample will do.
      let sample = left.prefix(20).flatMap { x in
        right.prefix(20).map { isToldApart(x, $0) ? 0 : boosted(x, $0) }
      }
      guard sample.reduce(0, +) / Double(sample.count) >= threshold else { continue }
      let merged = (left + right).sorted()
      groups[b] = nil
      groups[a] = merged
      for member in merged { groupOf[member] = a }
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// Whether both are agents within other systems of one product.
  ///
  /// The text that a product proposes for such an agent stands in many, and nobody can merge a part of a workflow with one
  /// of another: the wholes are compared.
  private static func areParts(
    _ a: Int, _ b: Int, _ parts: PartsOfSystems, _ context: AuditContext
  ) -> Bool {
    guard let first = context.node(ofSystem: a), let second = context.node(ofSystem: b),
      parts.whole(first) != first, parts.whole(second) != second
    else { return false }
    return context.estate.systems[a].technology.value == context.estate.systems[b].technology.value
  }

  /// Whether whoever made two systems of one library told them apart by their names, and neither these nor what they are
  /// for is nearly the same: *Generate Description* and *Generate Summary* begin alike and do not do the same.
  ///
  /// Concluded only of what exports alone speak of and whose owners are not known to differ: two teams name their
  /// systems without knowing of each other.
  private static func isToldApart(
    _ a: Int, _ b: Int, _ likeness: Likeness, _ systems: [AutomationSystem]
  ) -> Bool {
    let (one, other) = (systems[a], systems[b])
    guard one.technology.value == other.technology.value, ownersDiffer(one, other) != true
    else { return false }
    let names = SiblingNames(one.name, other.name)
    guard names != .variant, SiblingNames.likeness(one.name, other.name) < sameName else {
      return false
    }
    guard let purpose = likeness.score(a, b).parts.first(where: { $0.part == .purpose }) else {
      // Like means alone, under names of their own, say little.
      return true
    }
    // Names without a word in common may stand for one thing; that a few words of a product's own text are shared does
    // not say so.
    return names == nil
      ? likeness.sharedWordCount(a, b) < leastWordsAlone : purpose.value < samePurpose
  }

  /// From here on two purposes, or two names, are nearly the same (assumed).
  private static let samePurpose = 0.9
  private static let sameName = 0.75

  /// Whether one of two systems starts, calls or serves the other, or one agent or orchestrator calls both
  /// as its agents, or one file declares both: then they share the work.
  private static func workTogether(_ a: Int, _ b: Int, _ context: AuditContext) -> Bool {
    guard let first = context.node(ofSystem: a), let second = context.node(ofSystem: b) else {
      return false
    }
    let links = context.graph.links
    if links.successors(of: first).contains(second) || links.successors(of: second).contains(first)
    {
      return true
    }
    // Specialists that one agent or orchestrator calls divide the work between them.
    func callers(_ node: Int) -> Set<Int> {
      Set(
        context.graph.edges(to: node).filter { edge in
          let kind = context.graph.nodes[edge.source].systemKind
          return edge.kind == .invokes && edge.tellsDirection
            && (kind == .agent || kind == .orchestrator)
        }.map(\.source))
    }
    let (one, other) = (context.estate.systems[a], context.estate.systems[b])
    guard one.kind.value == .agent, other.kind.value == .agent else { return false }
    // Agents that one file declares, and nothing else speaks of, are one application.
    let (files, others) = (one.sources.map(\.location.path), other.sources.map(\.location.path))
    if UnregisteredGroup.isUnregistered(one), UnregisteredGroup.isUnregistered(other),
      Set(files).isSubset(of: others) || Set(others).isSubset(of: files)
    {
      return true
    }
    return !callers(first).isDisjoint(with: callers(second))
  }
}

/// The system of several to keep: in production, then failing least, then running most, then by name.
func keeper(of systems: [AutomationSystem]) -> (system: AutomationSystem, reason: String) {
  let inProduction = systems.filter { $0.status.value == .production }
  let candidates = inProduction.isEmpty ? systems : inProduction
  let rates = candidates.compactMap { system in system.failureRate.value.map { ($0.value, system) }
  }
  if rates.count == candidates.count, let least = rates.min(by: { $0.0 < $1.0 }),
    rates.count(where: { $0.0 == least.0 }) == 1, rates.count > 1
  {
    return (least.1, ", which fails least (\(shareText(least.0)))")
  }
  let volumes = candidates.compactMap { system in
    system.volume.value.map { ($0.perMonth, system) }
  }
  if volumes.count == candidates.count, let most = volumes.max(by: { $0.0 < $1.0 }),
    volumes.count(where: { $0.0 == most.0 }) == 1, volumes.count > 1
  {
    return (most.1, ", which runs most (\(numberText(most.0.rounded())) a month)")
  }
  if inProduction.count == 1 { return (inProduction[0], ", the only one in production") }
  return (candidates[0], "")
}
