import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let retention = AuditCheck(
    id: "retention", summary: "Sensitive data kept too long, elsewhere, or nobody knows how long",
    matters:
      "Data kept longer or elsewhere than policy allows are a breach even if nobody uses them."
  ) { context in
    let governance = context.governance
    let classification = DataClassification(context.policy)
    var holders: [Int: Set<Int>] = [:]
    for edge in context.graph.edges {
      for position in classification.classes(of: edge, in: context.graph)
      where classification.classes[position].sensitive {
        for end in [edge.source, edge.target]
        where context.graph.nodes[end].kind == .system
          || context.graph.nodes[end].kind == .application
        {
          if context.isAlive(end) { holders[position, default: []].insert(end) }
        }
      }
    }
    var outcome = Outcome()
    for (position, nodes) in holders.sorted(by: { $0.key < $1.key }) {
      let dataClass = classification.classes[position]
      var silent: [Int] = []
      for node in nodes.sorted() {
        let said = governance.declaration(of: context.graph.nodes[node].name)
        // A bot or flow passes data on; what keeps them is an application, or an agent's memory.
        let keeps =
          context.graph.nodes[node].kind == .application
          || context.system(at: node)?.kind.value == .agent
        if keeps, said?.retention == nil || said?.residency == nil { silent.append(node) }
        outcome.findings += breaches(node, dataClass, said, context)
      }
      if !silent.isEmpty {
        outcome.findings.append(
          gap(dataClass, silent, nodes.count, position, classification, context))
      }
    }
    return outcome
  }
}

private func breaches(
  _ node: Int, _ dataClass: DataClass, _ said: SystemDeclaration?, _ context: AuditContext
) -> [Finding] {
  let name = context.graph.nodes[node].name
  var found: [Finding] = []
  if let limit = dataClass.retention, let kept = said?.retention, kept.value > limit {
    found.append(
      Finding(
        check: AuditCheck.retention.id, .medium,
        "\(name) keeps \(dataClass.name) for \(numberText(kept.value)) days, longer than allowed",
        subjects: [context.reference(node)], topic: "\(nameKey(dataClass.name)):retention",
        evidence: [kept.evidence] + (dataClass.location.map { [Evidence(.declared, $0)] } ?? []),
        why:
          "Declared: kept for \(numberText(kept.value)) days > \(numberText(limit)) days allowed for "
          + "\(dataClass.name). That it holds such data is inferred from names.",
        remedy: "Let \(name) delete \(dataClass.name) after \(numberText(limit)) days."))
  }
  if let wanted = dataClass.residency, let kept = said?.residency,
    nameKey(kept.value) != nameKey(wanted)
  {
    found.append(
      Finding(
        check: AuditCheck.retention.id, .medium,
        "\(name) keeps \(dataClass.name) in \(kept.value), not in \(wanted)",
        subjects: [context.reference(node)], topic: "\(nameKey(dataClass.name)):residency",
        evidence: [kept.evidence] + (dataClass.location.map { [Evidence(.declared, $0)] } ?? []),
        why:
          "Declared: \(kept.value), where \(wanted) is asked for \(dataClass.name). That it holds such "
          + "data is inferred from names.",
        remedy: "Move what \(name) keeps of \(dataClass.name) to \(wanted), or mask it."))
  }
  return found
}

private func gap(
  _ dataClass: DataClass, _ nodes: [Int], _ count: Int, _ position: Int,
  _ classification: DataClassification, _ context: AuditContext
) -> Finding {
  let graph = context.graph
  let evidence = nodes.flatMap { node in
    (graph.edges(from: node) + graph.edges(to: node)).lazy.filter {
      classification.classes(of: $0, in: graph).contains(position)
    }.prefix(1).flatMap { $0.evidence.prefix(1) }
  }
  return Finding(
    check: AuditCheck.retention.id, dataClass.location == nil ? .info : .low,
    "How long and where \(counted(nodes.count, "place")) \(nodes.count == 1 ? "keeps" : "keep") "
      + "\(dataClass.name) is not known",
    subjects: [], others: nodes.map(context.reference), topic: "\(nameKey(dataClass.name)):gap",
    evidence: evidence.map { Evidence(.inferred, $0.location, note: $0.note) },
    why:
      "Names of \(dataClass.name) pass through \(counted(count, "system or application", "systems and applications")) "
      + "(inferred); \(nodes.count) applications and agents among them have no retention or no residency on "
      + "record. "
      + "For a class that the policy file declares: low; of the default lexicon: info.",
    remedy:
      "Ask who keeps \(context.graph.nodes[nodes[0]].name) for retention and residency, and enter "
      + "them under 'systems' of the policy file.")
}
