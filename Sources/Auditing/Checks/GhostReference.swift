import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let ghostReference = AuditCheck(
    id: "ghost-reference", summary: "Systems that others name and that are not in the inventory",
    matters: "One cannot orchestrate what one cannot see."
  ) { context in
    let names = LikelyNames(context.estate.systems.flatMap { [$0.name] + $0.aliases })
    let open = context.graph.ghosts.filter { isOpen($0, context) }
    let (alone, together) = grouped(context.graph.ghosts.filter { !open.contains($0) }, context)
    return Outcome(
      findings: together.map { finding($0, context) }
        + alone.map { finding($0, known: names, context) },
      remarks: open.isEmpty
        ? []
        : [
          "Which systems \(listText(context.names(open))) are is not in the files: a deployment fills the "
            + "name in, or it may be a part of the file that names it."
        ])
  }
}

/// Whether files leave open what a name stands for.
private func isOpen(_ ghost: Int, _ context: AuditContext) -> Bool {
  let notes = context.edges(at: ghost).flatMap(\.edge.evidence).map(\.note)
  return !notes.isEmpty
    && notes.allSatisfy { note in
      note.map { $0.hasPrefix("named after a placeholder") || $0.hasPrefix("perhaps the part") }
        ?? false
    }
}

/// Ghosts to be told one by one, and those that only exports name, which are one finding.
private func grouped(
  _ ghosts: [Int], _ context: AuditContext
) -> (alone: [Int], together: [[Int]]) {
  let named = ghosts.filter { ghost in
    let others = context.edges(at: ghost).map(\.other)
    return others.contains(where: context.isAlive)
      && others.allSatisfy { other in
        context.system(at: other).map(UnregisteredGroup.isUnregistered) ?? false
      }
  }
  guard named.count >= UnregisteredGroup.least else { return (ghosts, []) }
  let isNamed = Set(named)
  return (ghosts.filter { !isNamed.contains($0) }, [named])
}

/// Things that only exports name, of which no file was imported.
private func finding(_ ghosts: [Int], _ context: AuditContext) -> Finding {
  let edges = ghosts.flatMap { context.edges(at: $0) }
  let others = Set(edges.map(\.other)).sorted()
  let most = others.map { other in (other, edges.count { $0.other == other }) }
    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  let services = context.names(ghosts).filter(isAddress)
  let described = ghosts.filter { !isAddress(context.graph.nodes[$0].name) }
  // Asked for every ghost: each looks into one folder and not through the whole estate.
  var folders: [Substring: [AutomationSystem]] = [:]
  for system in context.estate.systems {
    for folder in Set(system.sources.map(\.location.folder)) {
      folders[folder, default: []].append(system)
    }
  }
  let likely = ghosts.compactMap { ghost in
    neighbours(of: ghost, among: folders, context).map {
      "“\(context.graph.nodes[ghost].name)” (\($0.joined(separator: " or ")))"
    }
  }
  return Finding(
    check: AuditCheck.ghostReference.id, .medium,
    "\(counted(ghosts.count, "system")) that exports name are not in the inventory",
    subjects: [], others: (ghosts + others).map(context.reference), topic: "named by exports",
    evidence: ghosts.compactMap { ghost in
      guard var place = context.edges(at: ghost).flatMap(\.edge.evidence).min() else { return nil }
      place.note =
        "names “\(context.graph.nodes[ghost].name)”" + (place.note.map { "; \($0)" } ?? "")
      return place
    },
    why:
      "\(counted(others.count, "system")) that only exports speak of name "
      + "\(listText(context.names(ghosts))), and no file that was read describes a system of these names; most are "
      + "named by \(listText(most.prefix(4).map { "\(context.graph.nodes[$0.0].name) (\($0.1))" })). "
      + "One finding for \(UnregisteredGroup.least) such names or more; what a system in a register "
      + "names is told one by one.",
    remedy: (services.isEmpty
      ? ""
      : "\(counted(services.count, "name")) \(services.count == 1 ? "is an address" : "are addresses") of "
        + "services that run elsewhere (\(listText(services, limit: 4))): enter "
        + "\(services.count == 1 ? "it" : "them") as applications, with who answers for their use. ")
      + "Import the files that describe the others (functions, sub-workflows, packages), or enter them in the "
      + "register; begin with \(listText(context.names(described), limit: 4))."
      + (likely.isEmpty
        ? ""
        : " Some may be there under another name, since it lies beside what names them and nothing calls "
          + "it: \(listText(likely, limit: 6)). Where that is so, give the system the other name."))
}

/// Whether a name is where something is reached rather than what it is called: an address or a host.
private func isAddress(_ name: String) -> Bool {
  if name.contains("://") { return true }
  let labels = name.split(separator: ".", omittingEmptySubsequences: false)
  return labels.count > 2
    && labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    } && labels.last?.allSatisfy(\.isLetter) == true
}

/// The systems of the same product in the folder of what calls a ghost, which nothing calls and whose names have
/// all its words, where they are so few that one may be meant; `nil` else.
private func neighbours(
  of ghost: Int, among systems: [Substring: [AutomationSystem]], _ context: AuditContext
) -> [String]? {
  func names(_ text: String) -> Set<String> {
    Set(words(of: text).map { $0.filter { !$0.isNumber } }.filter { $0.count > 3 })
  }
  let edges = context.graph.edges(to: ghost)
  let wanted = names(context.graph.nodes[ghost].name)
  let callers = edges.compactMap { context.system(at: $0.source) }
  let folders = Set(edges.flatMap(\.evidence).map { $0.location.folder })
  guard !wanted.isEmpty, folders.count == 1, let home = folders.first,
    let product = callers.first?.technology.value
  else { return nil }
  let own = Set(callers.map(\.key))
  let near = (systems[home] ?? []).filter { system in
    system.technology.value == product && !own.contains(system.key)
      && names(system.name).isSuperset(of: wanted)
      && context.node(ofSystemNamed: system.name)
        .map { context.graph.edges(to: $0).isEmpty } == true
  }
  return (1...2).contains(near.count) ? near.map(\.name) : nil
}

private func finding(_ ghost: Int, known names: LikelyNames, _ context: AuditContext) -> Finding {
  let graph = context.graph
  let edges = context.edges(at: ghost)
  let others = Set(edges.map(\.other)).sorted()
  let alive = others.filter(context.isAlive)
  let inProduction = others.filter { context.system(at: $0)?.isInProduction == true }
  let name = graph.nodes[ghost].name
  let verbs = Set(edges.map(\.edge.kind.rawValue)).sorted()
  let severity: Severity =
    if !inProduction.isEmpty { .high } else if !alive.isEmpty { .medium } else { .low }
  let alike = names.closest(to: name)
  let place = edges.flatMap(\.edge.evidence).min().map { " (\($0.location))" } ?? ""
  let remedy =
    alike.map {
      "If “\(name)” is \($0), correct the name\(place); else enter “\(name)” in the register."
    } ?? "Enter “\(name)” in the register, or remove the reference\(place)."
  return Finding(
    check: AuditCheck.ghostReference.id, severity,
    "“\(name)” is named by \(listText(context.names(others))) but is not in the inventory",
    subjects: [graph.nodes[ghost].reference], others: others.map(context.reference),
    evidence: edges.flatMap(\.edge.evidence).sorted(),
    why:
      "\(counted(edges.count, "connection")) (\(listText(verbs))) from or to \(counted(others.count, "thing")), "
      + "\(inProduction.count) of them known to be in production, and no file describes a system of this name.",
    remedy: remedy)
}
