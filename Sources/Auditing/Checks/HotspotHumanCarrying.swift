import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let hotspotHumanCarrying = AuditCheck(
    id: "hotspot-human-carrying", summary: "People who carry cases from one system to another",
    matters: "People carry what systems could pass on, and a case waits for them each time."
  ) { context in
    Outcome(findings: Carrying.all(context).map { finding($0, context) })
  }
}

private func finding(_ carrying: Carrying, _ context: AuditContext) -> Finding {
  if case .process(let process, _) = carrying.way {
    return finding(carrying, in: process, context)
  }
  let (givers, takers) = (carrying.givers, carrying.takers)
  var team: Int?
  if case .team(let node) = carrying.way { team = node }
  let people = carrying.people(context)
  let data = Set(carrying.edges.flatMap(\.data)).sorted()
  let weight = Weight(of: carrying, context)
  return Finding(
    check: AuditCheck.hotspotHumanCarrying.id, weight.severity,
    "People carry cases from \(listText(context.names(givers))) to \(listText(context.names(takers)))"
      + (team == nil ? "" : " (\(people))"),
    subjects: (team.map { [$0] } ?? carrying.ends).map(context.reference),
    others: team == nil ? [] : carrying.ends.map(context.reference),
    evidence: carrying.evidence,
    why: "\(counted(carrying.edges.count, "edge")) of people between machines on both sides"
      + (data.isEmpty ? "" : ", carrying \(listText(data))") + "; \(weight.text)",
    cost: weight.cost,
    remedy: "Watch \(people == "People" ? "them" : people) for a day: count the cases and what is "
      + "typed twice, then let \(context.graph.nodes[givers[0]].name) pass that on to "
      + "\(context.graph.nodes[takers[0]].name) itself.")
}

private func finding(
  _ carrying: Carrying, in process: EstateProcess, _ context: AuditContext
) -> Finding {
  let (giver, taker) = (carrying.givers[0], carrying.takers[0])
  let (from, to) = (context.graph.nodes[giver].name, context.graph.nodes[taker].name)
  var seen: Set<String> = []
  let labels = carrying.tasks.map { "“\($0.name ?? $0.id)”" }.filter { seen.insert($0).inserted }
  let weight = Weight(of: carrying, context)
  let people = carrying.people(context)
  let who = people == "People" ? "" : " (\(people))"
  return Finding(
    check: AuditCheck.hotspotHumanCarrying.id, weight.severity,
    "People\(who) carry cases from \(from) to \(to): \(listText(labels))",
    subjects: [giver, taker].map(context.reference),
    others: [EntityReference(.system, process.system)], topic: process.process.id,
    evidence: carrying.evidence,
    why: "In \(process.process.name ?? process.process.id) the way from \(from) to \(to) leads "
      + "through \(counted(labels.count, "task")) of people that neither approve nor check "
      + "(\(listText(labels))); \(weight.text)",
    cost: weight.cost,
    remedy: "Let \(from) return what \(to) needs to \(process.process.name ?? process.process.id), "
      + "which passes it on, and drop \(labels[0]).")
}

/// How much is carried, and how much depends on it.
private struct Weight {
  let severity: Severity
  let cost: Finding.Cost?
  /// The rule with its numbers, as the end of a sentence.
  let text: String

  init(of carrying: Carrying, _ context: AuditContext) {
    let limit = context.options.carriedPerMonth
    let volume = carrying.volume(context)
    let minutes = context.policy.humanWork.handOverMinutes
    let cost = carrying.cost(context)
    self.cost = cost
    let volumeText =
      volume.map { volume in
        "\(numberText(volume.cases.rounded())) cases a month\(volume.isBound ? " at most" : "") "
          + "(\(volume.cases >= limit ? "≥" : "<") \(numberText(limit))) × "
          + "\(numberText(carrying.perCase)) × \(numberText(minutes)) min "
          + "(\(context.policy.humanWork.isHandOverStated ? "policy file" : "assumed")) = "
          + "\(hoursText(cost?.hours ?? 0)) h a month"
      } ?? "how many cases that is a month is unknown, which is not zero"
    let isCritical = carrying.ends.contains {
      context.system(at: $0)?.criticality.value == .missionCritical
        || context.system(at: $0)?.criticality.value == .high
    }
    severity = isCritical || (volume?.cases ?? 0) >= limit ? .high : .medium
    text =
      volumeText + (isCritical ? "; much depends on one of the systems" : "")
      + ". High from \(numberText(limit)) a month or where much depends on it, else medium."
  }
}
