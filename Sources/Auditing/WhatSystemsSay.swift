import Facts
import Inventory

/// What systems that only exports speak of say of themselves and of those behind them.
extension UnregisteredGroup {
  /// Whom a package or file names, with how many systems, such as `Contoso (publisher of 3)`; empty where none
  /// of them names anybody.
  ///
  /// Nobody of them is accountable by that, but each can be asked.
  var peopleToAsk: [String] {
    var counts: [Asked: Int] = [:]
    for system in systems {
      let known: [(String?, String)] = [
        (system.team.value, "team"), (system.maker, "maker"), (system.publisher, "publisher"),
      ]
      for case (let name?, let role) in known where !OwnerName(name, teams: []).isNobody {
        counts[Asked(name: name, role: role), default: 0] += 1
        break
      }
    }
    return counts.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
      .map { "\($0.key.name) (\($0.key.role) of \(numberText($0.value)))" }
  }

  /// That they run, or that this is not said, for a title.
  func running(_ isRunning: Bool) -> String {
    if !isRunning { return "not said to be switched on" }
    return systems.allSatisfy(\.isSwitchedOn)
      ? "switched on where exported" : "switched on where exported or seen to run"
  }

  /// Of how many of them traces or histories show runs, as a sentence that begins with a space; empty where of none.
  func seen(_ context: AuditContext) -> String {
    let ran = systems.filter(context.wasSeenToRun)
    let tests = ran.count(where: \.liesAmongExamples)
    guard !ran.isEmpty else { return "" }
    let among = tests == ran.count ? "all of them" : "\(numberText(tests)) of them"
    return " Traces, logs or histories show runs of \(numberText(ran.count))"
      + (tests == 0 ? "." : ", \(among) among tests or examples.")
  }

  /// How many of them are agents within another of them, such as a workflow, as a sentence that begins
  /// with a space; empty where none is.
  func parts(_ context: AuditContext) -> String {
    let parts = PartsOfSystems(context)
    let nodes = systems.compactMap { context.node(ofSystemNamed: $0.name) }
    let members = Set(nodes)
    let count = nodes.count { node in
      let whole = parts.whole(node)
      return whole != node && members.contains(whole)
    }
    return count == 0
      ? ""
      : " \(Auditing.counted(count, "of them is an agent", "of them are agents")) within another"
        + " of them, which leaves \(numberText(systems.count - count))."
  }

  /// What names, folders, descriptions and definitions say of how many of them being examples, as a sentence that begins
  /// with a space; empty where they say nothing.
  func examples(_ context: AuditContext) -> String {
    let named = systems.filter { !exampleWords(in: $0.name).isEmpty }
    var words: Set<String> = []
    let placed = systems.count { system in
      let found = system.sources.map { exampleWords(above: $0.location) }
      guard found.allSatisfy({ !$0.isEmpty }) else { return false }
      words.formUnion(found.joined())
      return true
    }
    var said: [String] = []
    if placed > 0 {
      said.append(
        "\(Auditing.counted(placed, "lies", "lie")) in folders whose names say so (\(listText(words.sorted(), limit: 4)))"
      )
    }
    if !named.isEmpty {
      said.append(
        "\(Auditing.counted(named.count, "has", "have")) it in the name (\(listText(named.map(\.name), limit: 3)))"
      )
    }
    let described = systems.count(where: \.describesAnExample)
    if described > 0 {
      said.append("\(Auditing.counted(described, "says", "say")) so of itself in its description")
    }
    said += standIns(context)
    return said.isEmpty
      ? "" : " They may be examples or tests: \(said.joined(separator: ", and "))."
  }

  /// Of how many of them the definition says that they stand in for something, and of how many of these although they
  /// act.
  private func standIns(_ context: AuditContext) -> [String] {
    let signs = systems.map { (name: $0.name, signs: context.exampleSigns(of: $0), system: $0) }
    let constants = signs.filter { $0.signs.contains { $0.kind == .constants } }
    let named = signs.filter { $0.signs.contains { $0.kind == .named } }
    var said: [String] = []
    if !constants.isEmpty {
      said.append(
        "\(Auditing.counted(constants.count, "does", "do")) nothing but set values to constants "
          + "(\(listText(constants.map(\.name), limit: 3)))")
    }
    if !named.isEmpty {
      let some = named.map { "\($0.name): \(uniqueTexts($0.signs, .named)[0])" }
      let acting = named.count { !context.holdsOnlyStandIns($0.system) }
      said.append(
        "\(Auditing.counted(named.count, "names", "name")) so what it works with "
          + "(\(listText(some, limit: 3)))"
          + (acting == 0
            ? ""
            : ", of which \(numberText(acting)) nevertheless \(acting == 1 ? "acts" : "act") on other things")
      )
    }
    return said
  }

  /// Whether what is known of most of them says that they may be examples: then it comes first to find out whether
  /// they are in use.
  func areMostlyExamples(_ context: AuditContext) -> Bool {
    2 * systems.count(where: context.mayBeExample) > systems.count
  }

  /// The same systems, those first that can do most harm: what is switched on before what may be and what is off, what
  /// is relied on before what may be an example, then by their gravest act and by how many call them; names decide last.
  func byConsequence(_ context: AuditContext) -> UnregisteredGroup {
    let order = systems.map { system in
      (
        rank: [
          system.isSwitchedOn ? 0 : system.isAlive ? 1 : 2, context.mayBeExample(system) ? 1 : 0,
        ] + context.consequence(of: system).rank, system: system
      )
    }.sorted {
      $0.rank == $1.rank
        ? $0.system.key < $1.system.key : $0.rank.lexicographicallyPrecedes($1.rank)
    }
    return UnregisteredGroup(product: product, systems: order.map(\.system))
  }

  /// The first of them for a remedy, each with what makes it one of the first.
  func firstOnes(_ context: AuditContext) -> String {
    let shown = systems.prefix(3).map { system in
      let consequence = context.consequence(of: system).said
      return consequence.isEmpty ? system.name : "\(system.name) (\(consequence))"
    }
    let more = systems.count - shown.count
    return more == 0
      ? listText(shown) : shown.joined(separator: ", ") + " and \(numberText(more)) more"
  }
}

private struct Asked: Hashable {
  var name: String
  var role: String
}
