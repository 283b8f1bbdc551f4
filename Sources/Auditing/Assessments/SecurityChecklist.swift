import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let securityChecklist = Assessment(
    id: "security-checklist", title: "Least privilege, encryption, checked answers",
    formula:
      "For each agent in use: least privilege = its permissions are known and none reads as broad "
      + "(see broad-permissions); encrypted = declared for all it works on; validated = declared for all "
      + "external things it works on; own identity = declared or read from its permissions. (Chaos.)"
  ) { context in
    let governance = context.governance
    let graph = context.graph
    var known = 0
    var held = 0
    let rows = context.agents.map { agent -> AssessmentTable.Row in
      let permissions = governance.permissions(of: agent)
      let broad = permissions.filter { PermissionBreadth($0.name) != nil }
      let said = governance.declaration(of: agent.name)
      let edges = context.node(ofSystemNamed: agent.name).map { graph.edges(from: $0) } ?? []
      let targets = Set(edges.filter { !$0.isHuman }.map(\.target)).sorted()
        .filter { graph.nodes[$0].kind == .system || graph.nodes[$0].kind == .application }
      let declared = targets.map { governance.declaration(of: graph.nodes[$0].name) }
      let outside = declared.filter { $0?.external?.value == true }
      let privilege: Bool? = permissions.isEmpty ? nil : broad.isEmpty
      let encrypted: Bool? =
        allHold(declared.map { $0?.encrypted?.value }) ?? said?.encrypted?.value
      let validated: Bool? =
        outside.isEmpty ? said?.validated?.value : allHold(outside.map { $0?.validated?.value })
      let identity: Bool? =
        said?.identity.map { $0.value == .own }
        ?? (permissions.contains { $0.name == "runs as a user of its own" } ? true : nil)
      let items = [privilege, encrypted, validated, identity]
      let reasons = [
        "no permission is known", "say 'encrypted' of what it works on in the policy file",
        "say 'external' and 'validated' of what it works on in the policy file",
        "say 'identity' in the policy file",
      ]
      known += items.count { $0 != nil }
      held += items.count { $0 == true }
      let facts: [Evidence?] = [
        said?.encrypted?.evidence, said?.validated?.evidence, said?.identity?.evidence,
      ]
      return .init(
        [.text(agent.name)]
          + zip(items, reasons).map { item, reason in
            item.map { AssessmentTable.Cell.text($0 ? "yes" : "no") } ?? .unknown(reason)
          } + [.number(Double(targets.count))],
        evidence: (broad.isEmpty ? permissions : broad).map(\.evidence) + facts.compactMap { $0 }
          + agent.sources.sorted().prefix(1))
    }
    return AssessmentTable(
      summary: rows.isEmpty
        ? "There is no agent in use."
        : "Of \(rows.count * 4) items of \(counted(rows.count, "agent")) \(known) are known, and \(held) hold.",
      columns: [
        .init("agent", "Agent in use."),
        .init("least privilege", "Whether its permissions are known and none is broad."),
        .init("encrypted", "Whether what goes to all it works on is encrypted."),
        .init("validated", "Whether answers from outside are checked."),
        .init("own identity", "Whether it acts under an account of its own."),
        .init("works on", unit: "things", "Systems and applications it calls, reads or writes."),
      ], rows: rows, notes: ["No export says whether a flow is encrypted; it has to be declared."])
  }
}

/// Whether all hold; `nil` where one is unknown and none fails, or there is none.
private func allHold(_ values: [Bool?]) -> Bool? {
  if values.contains(false) { return false }
  return values.isEmpty || values.contains(nil) ? nil : true
}
