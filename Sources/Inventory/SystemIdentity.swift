public import Facts

/// Which statements about systems, from whatever files, speak of one and the same system.
///
/// 1. Statements with the same name, compared by `nameKey`, are one system.
/// 2. So are a statement and another whose *name* is among its aliases, and statements that share an
///    alias which is a GUID, an address, or a package of a registry, or was written by a person
///    (declared).
/// 3. Two files that share no more than another alias stay two systems, and identifiers that
///    modelling tools hand out again and again (`Process_1`) join nothing.
/// 4. The above is transitive. But where *files of products* state different kinds (rules here, a
///    workflow there), each kind is a system of its own: a process and the decision it asks often
///    have one name. What a person declares never splits: there it is a disagreement, shown by
///    `Field.dissent`. `orchestrator` agrees with every kind, since it is a role.
/// 5. Likewise two files of one product that state different purposes under one name describe two
///    systems, unless they share a GUID: two teams' agents called `researcher` are not one. What else
///    has the name goes with the one in its own folder, else with the first.
///    The same holds of agents that products of two vendors describe, unless both say the same purpose;
///    what is said of an agent from outside (A2A, MCP) belongs to either.
///    Agents of one product that its files give different GUIDs, and of which they do not say all the same,
///    are two as well.
/// 6. Rules of products that have different names are different systems, though the one contain a decision
///    that is called like the other: aliases of rules name their parts. A shared GUID joins them.
/// 7. A name alone does not make one system of what only files of products describe, each with a kind, in different
///    parts of what was imported (see `FolderTrees`) and for products of different vendors or unknown ones: a *Process
///    Payment* of an architecture model and one of somebody's flows are two. A shared identifier or purpose, and
///    somebody who declares a system of that name, joins them.
/// 8. A script that states no name, and is called after its file or folder, is the packaged flow of its product in the
///    same part whose name ends so after a colon (`Framework: BrowserCloser`), where there is one such flow.
/// 9. Systems that share a name are shown with what parts them in brackets (`Loans (rules)`); who declares
///    something of a system under that very name means the one that is shown so.
struct SystemIdentity {
  /// Statements of each system, as indices, ascending.
  private(set) var groups: [[Int]]
  /// Statements of systems that are told apart although they share a name, by where they lie (rule 7).
  private(set) var parted: Set<Int> = []

  /// Groups statements; their order must not depend on anything but their content.
  init(of statements: [AutomationSystem]) {
    let qualified = Self.withQualifiedNames(statements)
    let trees = FolderTrees(statements.lazy.flatMap(\.sources).map(\.location.path))
    guard !qualified.isEmpty else {
      groups = Self.groups(Array(statements.indices), statements, trees, &parted)
      return
    }
    // What is shown under such a name must be known before somebody can mean it.
    let plain = statements.indices.filter { !qualified.contains($0) }
    var taken: [String: SystemKind?] = [:]
    var host: [String: Int] = [:]
    for group in Self.groups(plain, statements, trees, &parted) {
      let system = AutomationSystem(merging: group.map { statements[$0] }, besides: &taken)
      host[system.key] = group[0]
    }
    let meant = qualified.filter { host[statements[$0].key] != nil }
    parted = []
    groups = Self.groups(
      statements.indices.filter { !meant.contains($0) }, statements, trees, &parted)
    for index in meant.sorted() {
      guard let other = host[statements[index].key],
        let group = groups.firstIndex(where: { $0.contains(other) })
      else { continue }
      groups[group] = (groups[group] + [index]).sorted()
    }
  }

  private static func groups(
    _ indices: [Int], _ all: [AutomationSystem], _ trees: FolderTrees, _ parted: inout Set<Int>
  ) -> [[Int]] {
    let statements = indices.map { all[$0] }
    var joined = NameGroups(count: statements.count)
    joined.join(byNames: statements.map(Self.names))
    var owner: [String: Int] = [:]
    for (index, system) in statements.enumerated() {
      for key in Self.names(of: system) where owner[key] == nil { owner[key] = index }
    }
    for (index, system) in statements.enumerated() {
      for alias in system.aliases where !isGeneratedIdentifier(alias) {
        if let named = owner[nameKey(alias)] { joined.join(named, index) }
      }
    }
    joinScripts(of: statements, trees, &joined)
    var found: [[Int]] = []
    let described = joined.groups().flatMap { Self.splitByKind($0, statements) }
      .flatMap { Self.splitRules($0, statements) }
      .flatMap { Self.splitByPurpose($0, statements) }
      .flatMap { Self.splitByIdentifier($0, statements) }
      .flatMap { Self.splitByVendor($0, statements) }
    for group in described {
      let parts = splitByTree(group, statements, trees)
      if parts.count > 1 { parted.formUnion(group.map { indices[$0] }) }
      found += parts
    }
    return found.map { $0.map { indices[$0] } }
  }

  /// Joins scripts that are called after their files with the packaged flows that they are the source of.
  private static func joinScripts(
    of statements: [AutomationSystem], _ trees: FolderTrees, _ joined: inout NameGroups
  ) {
    let scripts = statements.indices.filter { index in
      statements[index].sources.allSatisfy {
        $0.provenance == .inferred && $0.note?.hasSuffix("for a script states no name") == true
      }
    }
    guard !scripts.isEmpty else { return }
    var flows: [String: [Int]] = [:]
    for (index, statement) in statements.enumerated() {
      guard let colon = statement.name.lastIndex(of: ":") else { continue }
      let last = nameKey(String(statement.name[statement.name.index(after: colon)...]))
      if !last.isEmpty { flows[last, default: []].append(index) }
    }
    for script in scripts {
      let product = statements[script].technology.value
      let likely = (flows[statements[script].key] ?? []).filter { flow in
        statements[flow].technology.value == product
          && trees.areNear(statements[flow].sources, statements[script].sources)
      }
      if let flow = likely.first, Set(likely.map { statements[$0].key }).count == 1 {
        joined.join(flow, script)
      }
    }
  }

  /// What files of products describe under one name in different parts of what was imported, of different vendors.
  private static func splitByTree(
    _ group: [Int], _ statements: [AutomationSystem], _ trees: FolderTrees
  ) -> [[Int]] {
    guard group.count > 1, !group.contains(where: { isDeclared(statements[$0]) }) else {
      return [group]
    }
    // What states no kind, or is concluded from a call, only names it, as a pool of a drawing does; and what speaks of it
    // by a protocol speaks of it from outside.
    let described = group.filter { index in
      statements[index].kind.isKnown
        && statements[index].sources.contains { $0.provenance == .imported }
        && (vendor(of: statements[index]) != nil || !statements[index].technology.isKnown)
    }
    let places = described.map { trees.trees(of: statements[$0].sources) }
    guard described.count > 1, !places.contains(where: \.isEmpty) else { return [group] }
    var joined = NameGroups(count: described.count)
    joined.join(
      byNames: zip(described, places).map { index, places in
        places.map { "tree \($0)" }
          + identifiers(of: statements[index]).map { "identifier \(nameKey($0))" }
          + statements[index].purpose.facts.map { "purpose \(nameKey($0.value))" }
          + [vendor(of: statements[index]).map { "vendor \($0)" } ?? ""]
      })
    let parts = joined.groups().map { $0.map { described[$0] } }
    return parts.count > 1 ? withTheRest(of: group, parts, statements) : [group]
  }

  /// Declared statements whose name is that of another statement and something in brackets.
  private static func withQualifiedNames(_ statements: [AutomationSystem]) -> Set<Int> {
    let candidates = statements.indices.filter {
      isDeclared(statements[$0]) && statements[$0].name.hasSuffix(")")
    }
    guard !candidates.isEmpty else { return [] }
    let names = Set(statements.map(\.key))
    return Set(
      candidates.filter { index in
        guard let bracket = statements[index].name.lastIndex(of: "(") else { return false }
        return names.contains(nameKey(String(statements[index].name[..<bracket])))
      })
  }

  /// Keys that identify a statement without doubt.
  private static func names(of system: AutomationSystem) -> [String] {
    [system.key] + identifiers(of: system).map(nameKey).filter { !$0.isEmpty }
  }

  /// Aliases that identify a statement without doubt: GUIDs, addresses, packages of a registry, and
  /// those that a person declared.
  static func identifiers(of system: AutomationSystem) -> [String] {
    let isDeclared = isDeclared(system)
    return system.aliases.filter {
      isDeclared || isGUID($0) || $0.contains("://") || isScopedPackage($0)
    }
  }

  /// Whether a text is a package of a registry within the name of its owner, such as `@owner/tool`.
  private static func isScopedPackage(_ text: String) -> Bool {
    text.hasPrefix("@") && text.contains("/") && !text.contains(" ")
  }

  private static func splitByKind(_ group: [Int], _ statements: [AutomationSystem]) -> [[Int]] {
    let kinds = Set(group.compactMap { kindFromProduct(statements[$0]) })
      .subtracting([.orchestrator])
    guard kinds.count > 1 else { return [group] }
    let present = Self.plainNameFirst.filter(kinds.contains)
    // What states no kind of its own, or one that is not there, goes with the first kind that is.
    let parts = Dictionary(grouping: group) { index in
      let kind = kindFromProduct(statements[index]) ?? statements[index].kind.value
      return kind.flatMap { present.contains($0) ? $0 : nil } ?? present[0]
    }
    let split = present.compactMap { parts[$0] }
    let declared = split.filter { $0.contains { isDeclared(statements[$0]) } }
    return declared + split.filter { !declared.contains($0) }
  }

  private static func splitRules(_ group: [Int], _ statements: [AutomationSystem]) -> [[Int]] {
    let rules = group.filter { kindFromProduct(statements[$0]) == .rules }
    guard Set(rules.map { statements[$0].key }).count > 1 else { return [group] }
    var joined = NameGroups(count: rules.count)
    joined.join(
      byNames: rules.map { index in
        [statements[index].key] + statements[index].aliases.filter(isGUID).map(nameKey)
      })
    var parts = joined.groups().map { $0.map { rules[$0] } }
    guard parts.count > 1 else { return [group] }
    // What is said elsewhere of rules goes with those that it names.
    let names = parts.map { part in Set(part.map { statements[$0].key }) }
    for index in group where !rules.contains(index) {
      let keys = [statements[index].key] + statements[index].aliases.map(nameKey)
      let meant = names.firstIndex { part in keys.contains(where: part.contains) }
      parts[meant ?? 0].append(index)
    }
    return parts.map { $0.sorted() }
  }

  private static func splitByPurpose(
    _ group: [Int], _ statements: [AutomationSystem]
  ) -> [[Int]] {
    var described: [String: [Int]] = [:]
    for index in group {
      guard !purposesFromProduct(statements[index]).isEmpty,
        let technology = statements[index].technology.facts.first(where: {
          $0.evidence.provenance == .imported
        })
      else { continue }
      described[nameKey(technology.value), default: []].append(index)
    }
    var parts = [group]
    for (_, rivals) in described.sorted(by: { $0.key < $1.key }) where rivals.count > 1 {
      var joined = NameGroups(count: rivals.count)
      joined.join(
        byNames: rivals.map { index in
          purposesFromProduct(statements[index])
            + statements[index].aliases.filter(isGUID).map { "guid \(nameKey($0))" }
        })
      let clusters = joined.groups().map { $0.map { rivals[$0] } }
      if clusters.count > 1, clusters.count > parts.count { parts = clusters }
    }
    return parts.count > 1 ? withTheRest(of: group, parts, statements) : [group]
  }

  /// Agents of one product under one name with identifiers of their own, of which nothing says that they
  /// are for the same.
  private static func splitByIdentifier(
    _ group: [Int], _ statements: [AutomationSystem]
  ) -> [[Int]] {
    let described = group.filter { index in
      kindFromProduct(statements[index]) == .agent && statements[index].purpose.isKnown
        && !isDeclared(statements[index]) && statements[index].aliases.contains(where: isGUID)
    }
    let products = Set(described.map { statements[$0].technology.value.map(nameKey) })
    guard described.count > 1, products.count == 1 else { return [group] }
    // Statements of one agent share a GUID, whether or not they say what it is for.
    let carriers = group.filter { statements[$0].aliases.contains(where: isGUID) }
    var agents = NameGroups(count: carriers.count)
    agents.join(byNames: carriers.map { statements[$0].aliases.filter(isGUID).map(nameKey) })
    // What says all the same is one agent, deployed more than once.
    var said: [Set<String>: [Int]] = [:]
    for agent in agents.groups().map({ $0.map { carriers[$0] } })
    where agent.contains(where: described.contains) {
      let purposes = Set(
        agent.flatMap { statements[$0].purpose.facts.map { nameKey($0.value) } })
      said[purposes, default: []] += agent
    }
    let parts = said.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    return parts.count > 1 ? withTheRest(of: group, parts, statements) : [group]
  }

  /// Agents of several vendors under one name.
  private static func splitByVendor(_ group: [Int], _ statements: [AutomationSystem]) -> [[Int]] {
    let described = group.filter { index in
      kindFromProduct(statements[index]) == .agent && !isDeclared(statements[index])
        && vendor(of: statements[index]) != nil
    }
    guard Set(described.map { vendor(of: statements[$0]) }).count > 1 else { return [group] }
    var joined = NameGroups(count: described.count)
    joined.join(
      byNames: described.map { index in
        statements[index].purpose.facts.map { nameKey($0.value) }
          + statements[index].aliases.filter(isGUID).map { "guid \(nameKey($0))" }
          + [vendor(of: statements[index]).map { "vendor \($0)" } ?? ""]
      })
    let parts = joined.groups().map { $0.map { described[$0] } }
    return parts.count > 1 ? withTheRest(of: group, parts, statements) : [group]
  }

  /// The vendor of the product that describes a system, by the first word of its name; `nil` where that is
  /// a protocol, by which products of any vendor are spoken of.
  private static func vendor(of system: AutomationSystem) -> String? {
    let technology = system.technology.facts.first { $0.evidence.provenance == .imported }
    guard let word = technology?.value.split(separator: " ").first?.lowercased() else { return nil }
    return ["agent2agent", "a2a", "mcp", "openapi", "opentelemetry", "python"].contains(word)
      ? nil : word
  }

  /// Parts of a group, each with what else has the name: what lies in its folder, and the first one all
  /// that lies nowhere near.
  private static func withTheRest(
    of group: [Int], _ parts: [[Int]], _ statements: [AutomationSystem]
  ) -> [[Int]] {
    var parts = parts
    let placed = Set(parts.flatMap(\.self))
    for index in group where !placed.contains(index) {
      let folders = Set(statements[index].sources.map { $0.location.folder })
      let near = parts.firstIndex { part in
        part.contains { other in
          statements[other].sources.contains { folders.contains($0.location.folder) }
        }
      }
      parts[near ?? 0].append(index)
    }
    return parts.map { $0.sorted() }
  }

  private static func purposesFromProduct(_ system: AutomationSystem) -> [String] {
    system.purpose.facts.filter { $0.evidence.provenance == .imported }.map { nameKey($0.value) }
  }

  /// Which of several kinds keeps the plain name where no person declared one: what runs comes before
  /// what is asked.
  private static let plainNameFirst: [SystemKind] = [
    .workflow, .rpa, .agent, .script, .rules, .orchestrator,
  ]

  private static func isDeclared(_ system: AutomationSystem) -> Bool {
    system.sources.contains { $0.provenance <= .declared }
  }

  private static func kindFromProduct(_ system: AutomationSystem) -> SystemKind? {
    system.kind.facts.first { $0.evidence.provenance == .imported }?.value
  }
}

extension SourceLocation {
  /// The folder that the file lies in; empty at the root.
  public var folder: Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }
}

/// Whether a text is a GUID, with or without braces and hyphens, or with the `_` or `sid-` that
/// modelling tools put before it.
public func isGUID(_ text: String) -> Bool {
  var digits = text.filter { $0 != "-" && $0 != "{" && $0 != "}" }
  for prefix in ["_", "sid"] where digits.hasPrefix(prefix) {
    digits = String(digits.dropFirst(prefix.count))
  }
  return digits.utf8.count == 32 && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
}

/// Whether a text is a name or an identifier such as modelling tools hand out.
///
/// `Process_1`, `Decision_0x3k9ab`, `definitions`, `Pool 1`, `_7`, `Process_` and a GUID: two files
/// with the same one need not mean the same thing, and none of them is a name that people use.
public func isGeneratedIdentifier(_ text: String) -> Bool {
  let key = nameKey(text)
  if key.count < 3 || key.allSatisfy(\.isNumber) { return true }
  let stems = [
    "businessprocess", "collaboration", "decision", "decisiontable", "defaultprocess",
    "definitions",
    "definition", "drg", "flow", "id", "lane", "main", "newprocess", "participant", "pool",
    "poolparticipant", "process", "sid", "subprocess", "unnamed", "untitled", "wfp", "workflow",
  ]
  return stems.contains { stem in
    guard key.hasPrefix(stem) else { return false }
    let rest = key.dropFirst(stem.count)
    // bpmn.io appends `_` and seven letters or digits, of which at least one is a digit.
    return rest.isEmpty || (rest.count <= 7 && rest.contains(where: \.isNumber))
      || (rest.count == 32 && rest.allSatisfy(\.isHexDigit))
  } || (text.hasPrefix("_") && isGUID(text))
}
