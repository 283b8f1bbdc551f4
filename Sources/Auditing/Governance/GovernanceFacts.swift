import Facts
import IntegrationGraph
import Inventory

/// What files and policy say about who may do what, by system.
struct GovernanceFacts {
  private let permissions: [String: [Permission]]
  private let guardrails: [String: [Guardrail]]
  private let credentials: [String: [CredentialUse]]
  private let declarations: [String: SystemDeclaration]
  private let teams: Set<String>

  init(_ context: AuditContext) {
    let estate = context.estate
    permissions = Dictionary(grouping: estate.permissions) { nameKey($0.system) }
    guardrails = Dictionary(grouping: estate.guardrails) { nameKey($0.system) }
    credentials = Dictionary(grouping: estate.credentials) { nameKey($0.system) }
    teams = Set(estate.teams.flatMap { [$0.name] + $0.aliases }.map(nameKey))
    var keyOfName: [String: String] = [:]
    for (key, aliases) in estate.systems.map({ ($0.key, $0.aliases) })
      + estate.applications.map({ ($0.key, $0.aliases) })
    {
      for alias in aliases { keyOfName[nameKey(alias)] = keyOfName[nameKey(alias)] ?? key }
    }
    for key in estate.systems.map(\.key) + estate.applications.map(\.key) { keyOfName[key] = key }
    var declarations: [String: SystemDeclaration] = [:]
    for said in context.policy.systems {
      let key = nameKey(said.name)
      declarations[keyOfName[key] ?? key] = said
    }
    self.declarations = declarations
  }

  /// What a system may do, as its files say; scopes that others need to call it are not its own.
  func permissions(of system: AutomationSystem) -> [Permission] {
    (permissions[system.key] ?? []).filter { $0.evidence.note?.contains("callers") != true }
  }

  /// Guardrails of a system.
  func guardrails(of system: AutomationSystem) -> [Guardrail] { guardrails[system.key] ?? [] }

  /// Credentials that a system uses; the ways in which others log in to it are not its own.
  func credentials(of system: AutomationSystem) -> [CredentialUse] {
    (credentials[system.key] ?? []).filter { use in
      let place = (use.evidence.location.element ?? "").lowercased().filter { $0 != "_" }
      return !place.contains("securityschemes") && !place.contains("authentication.schemes")
    }
  }

  /// What the policy file says of a system or application; `nil` where it says nothing.
  func declaration(of name: String) -> SystemDeclaration? { declarations[nameKey(name)] }

  /// What the owner of a system turns out to be.
  func owner(of system: AutomationSystem) -> OwnerName {
    system.owner.value.map { OwnerName($0, teams: teams) } ?? .placeholder
  }

  /// Where somebody may say no to what a system does, in files or by declaration.
  ///
  /// Approvals, reviews and exceptions of people, edges to people, guardrails, and a human involvement
  /// that is stated and is not `none`.
  func supervision(of system: AutomationSystem, _ context: AuditContext) -> [Evidence] {
    let points = context.touchPoints(ofSystemNamed: system.name).filter {
      $0.kind == .approval || $0.kind == .review || $0.kind == .exception
    }
    // A limit on replies or rounds stops a loop; it keeps no act from being done.
    let asking = guardrails(of: system).filter {
      !$0.name.hasPrefix("at most ") && !$0.name.hasPrefix("stops at ")
    }
    var found = points.map(\.evidence) + asking.map(\.evidence)
    if let involvement = system.humanInvolvement.winner, !saysNone(involvement.value) {
      found.append(involvement.evidence)
    }
    if let node = context.node(ofSystemNamed: system.name) {
      for edge in context.graph.edges(from: node)
      where edge.kind == .escalates || edge.kind == .handsOver {
        found += edge.evidence.prefix(1)
      }
    }
    if let declared = declaration(of: system.name)?.escalatesTo { found.append(declared.evidence) }
    return found
  }

  /// Whether a stated human involvement is that there is none; `nil` where nothing is stated.
  func worksAlone(_ system: AutomationSystem) -> Bool? {
    system.humanInvolvement.value.map(saysNone)
  }
}

/// Whether a text says that there is none of something.
private func saysNone(_ text: String) -> Bool {
  ["none", "no", "nobody", "never", "keine", "keiner", "nein", "niemand", "0"].contains(
    words(of: text).joined(separator: " "))
}

extension AuditContext {
  /// What files and policy say about who may do what.
  var governance: GovernanceFacts { foundGovernance ?? GovernanceFacts(self) }

  /// Systems in use of the kinds that act on their own judgement.
  var agents: [AutomationSystem] {
    estate.systems.filter { $0.isAlive && ($0.kind.value == .agent) }
  }
}
