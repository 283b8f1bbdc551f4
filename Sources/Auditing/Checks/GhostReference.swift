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
    let named = Named(context.graph.ghosts.filter { !open.contains($0) }, context)
    var remarks: [String] = []
    if !open.isEmpty {
      remarks.append(
        "Which systems \(listText(context.names(open))) are is not in the files: a deployment fills the "
          + "name in, or it may be a part of the file that names it.")
    }
    if named.together.isEmpty { remarks += named.others(context).map { "Not systems: \($0)." } }
    return Outcome(
      findings: (named.together.isEmpty ? [] : [finding(named, context)])
        + named.alone.map { finding($0, known: names, context) },
      remarks: remarks)
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

/// What is named and not described, by what becomes of it.
private struct Named {
  /// To be told one by one.
  var alone: [Int] = []
  /// Systems that only exports name, which are one finding.
  var together: [Int] = []
  /// Services that run elsewhere, named by their address, or by a label where a variable gives that.
  var services: [Int] = []
  /// Groups of rules, which are parts of a rule base and no systems.
  var rules: [Int] = []

  init(_ ghosts: [Int], _ context: AuditContext) {
    for ghost in ghosts {
      let edges = context.edges(at: ghost)
      let others = edges.map(\.other)
      let isOfExports =
        others.contains(where: context.isAlive)
        && others.allSatisfy { other in
          context.system(at: other).map(UnregisteredGroup.isUnregistered) ?? false
        }
      let notes = edges.flatMap(\.edge.evidence).map { $0.note ?? "" }
      func areAll(_ prefix: String) -> Bool {
        !notes.isEmpty && notes.allSatisfy { $0.hasPrefix(prefix) }
      }
      if !isOfExports {
        alone.append(ghost)
      } else if isAddress(context.graph.nodes[ghost].name)
        || areAll("a service at an address that a variable gives")
      {
        services.append(ghost)
      } else if areAll("a group of rules") {
        rules.append(ghost)
      } else {
        together.append(ghost)
      }
    }
    if together.count < UnregisteredGroup.least {
      alone = (alone + together).sorted()
      together = []
    }
  }

  /// What is named and is no system, each kind in words without an end.
  func others(_ context: AuditContext) -> [String] {
    var said: [String] = []
    if !services.isEmpty {
      said.append(
        "\(counted(services.count, "service that runs", "services that run")) elsewhere, at an address that "
          + "stands in the file or that a variable gives (\(listText(context.names(services), limit: 8)))"
      )
    }
    if !rules.isEmpty {
      let processes = Set(rules.flatMap { context.edges(at: $0) }.map(\.other)).sorted()
      said.append(
        "\(counted(rules.count, "group")) of rules that \(listText(context.names(processes), limit: 8)) ask for "
          + "and that no file that was read has (\(listText(context.names(rules), limit: 8)))")
    }
    return said
  }
}

/// How much it matters that what only exports speak of names something unknown: what nothing shows to run, and what may
/// be an example, perhaps never asks for it.
private func gravity(_ namers: [Int], _ context: AuditContext) -> Severity {
  namers.contains { node in
    context.system(at: node).map { context.isSaidToRun($0) && !context.mayBeExample($0) } ?? false
  } ? .medium : .low
}

private let exportedRule =
  "Medium where a system that names it is said to run and may not be an example, else low."

/// Files that could not be read and may be the ones that describe what is named, as a sentence that begins with
/// a space; empty where none has a name that fits.
private func unread(_ ghosts: [Int], _ context: AuditContext) -> String {
  func parts(_ text: String) -> Set<String> {
    let all = words(of: text).map { $0.filter(\.isLetter) }.filter { $0.count > 3 }
    return Set(all.map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 })
  }
  let files = context.unreadFiles.map { path in
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (name: name, parts: parts(name.split(separator: ".").first.map(String.init) ?? name))
  }
  let found: [String] = ghosts.compactMap { ghost in
    let name = context.graph.nodes[ghost].name
    let wanted = parts(name)
    let fitting = files.filter { !wanted.isEmpty && $0.parts.isSuperset(of: wanted) }.map(\.name)
    return fitting.isEmpty ? nil : "“\(name)” may be in \(listText(fitting, limit: 3))"
  }
  return found.isEmpty ? "" : " Of what could not be read: \(listText(found, limit: 8))."
}

/// Things that only exports name, of which no file was imported.
private func finding(_ named: Named, _ context: AuditContext) -> Finding {
  let ghosts = named.together
  let edges = ghosts.flatMap { context.edges(at: $0) }
  let others = Set(edges.map(\.other)).sorted()
  let products = Dictionary(grouping: ghosts) { ghost in
    context.edges(at: ghost).lazy.compactMap { context.system(at: $0.other)?.technology.value }
      .first ?? "unknown products"
  }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
  let rest = named.others(context)
  // What most places name comes first.
  let described = ghosts.enumerated().sorted { a, b in
    let (first, second) = (
      context.edges(at: a.element).count, context.edges(at: b.element).count
    )
    return (second, a.offset) < (first, b.offset)
  }.map(\.element)
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
  let examples = ghosts.count { ghost in
    let places = context.edges(at: ghost).flatMap(\.edge.evidence).map(\.location)
    return !places.isEmpty && places.allSatisfy { !exampleWords(above: $0).isEmpty }
  }
  return Finding(
    check: AuditCheck.ghostReference.id, gravity(others, context),
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
      + "\(listText(context.names(ghosts))), and no file that was read describes a system of these names. They are "
      + "named by systems of "
      + "\(listText(products.map { "\($0.key) (\(numberText($0.value.count)))" }, limit: 12))."
      + (rest.isEmpty ? "" : " Not counted, as no systems: \(rest.joined(separator: "; and ")).")
      + unread(ghosts + named.rules, context)
      + (examples == 0
        ? ""
        : " Of \(numberText(examples)) all places lie in folders whose names say that they are examples or tests.")
      + " \(exportedRule) One finding for \(UnregisteredGroup.least) such names or more; what a system in a "
      + "register names is told one by one.",
    remedy:
      "Import the files that describe them (functions, sub-workflows, agents, packages), or enter them in the "
      + "register; begin with \(listText(context.names(described), limit: 4))."
      + (named.services.isEmpty
        ? "" : " Enter the services as applications, with who answers for their use.")
      + (named.rules.isEmpty ? "" : " Import the rules that the groups are of.")
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
  // What only exports speak of is not a register's entry that somebody could correct.
  let isOfExports =
    !alive.isEmpty
    && others.allSatisfy { context.system(at: $0).map(UnregisteredGroup.isUnregistered) ?? false }
  let severity: Severity =
    if isOfExports {
      gravity(others, context)
    } else if !inProduction.isEmpty {
      .high
    } else if !alive.isEmpty {
      .medium
    } else { .low }
  // Whoever calls something hardly means himself.
  let own = Set(others.flatMap { ownNames($0, context) })
  let alike = names.closest(to: name).flatMap { own.contains(nameKey($0)) ? nil : $0 }
  let place = edges.flatMap(\.edge.evidence).min().map { " (\($0.location))" } ?? ""
  let entering =
    isOfExports
    ? "import the file that describes “\(name)”, or enter it in the register\(place)"
    : "enter “\(name)” in the register"
  let correcting =
    isOfExports ? "give the system the other name\(place)" : "correct the name\(place)"
  let remedy: String =
    if let alike {
      "If “\(name)” is \(alike), \(correcting); else \(entering)."
    } else if isOfExports {
      entering.prefix(1).uppercased() + entering.dropFirst() + "."
    } else {
      "Enter “\(name)” in the register, or remove the reference\(place)."
    }
  return Finding(
    check: AuditCheck.ghostReference.id, severity,
    "“\(name)” is named by \(listText(context.names(others))) but is not in the inventory",
    subjects: [graph.nodes[ghost].reference], others: others.map(context.reference),
    evidence: edges.flatMap(\.edge.evidence).sorted(),
    why:
      "\(counted(edges.count, "connection")) (\(listText(verbs))) \(edges.count == 1 ? "joins" : "join") it with "
      + "\(counted(others.count, "thing")), \(numberText(inProduction.count)) of them known to be in production, and "
      + "no file describes a system of this name."
      + (isOfExports ? " Only exports speak of what names it. \(exportedRule)" : ""),
    remedy: remedy)
}

/// Keys of the names of what names something.
private func ownNames(_ node: Int, _ context: AuditContext) -> [String] {
  guard let system = context.system(at: node) else { return [] }
  return ([system.name] + system.aliases).map(nameKey)
}
