import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let fragileSelector = AuditCheck(
    id: "fragile-selector",
    summary: "Robots that find elements by position, generated identifier, whole path or picture",
    matters:
      "The next release of the screen moves or renames what they look for, and the robot stops "
      + "or clicks elsewhere."
  ) { context in
    let steps = StepsOfSystems(context)
    var outcome = Outcome()
    var blind = 0
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      let found = steps.of(system).filter { $0.selector != nil }
      if found.isEmpty {
        let drives = context.node(ofSystem: index).map { node in
          context.graph.edges(from: node).contains { $0.channel == .userInterface }
        }
        if drives == true { blind += 1 }
      } else if let finding = finding(system, found, context) {
        outcome.findings.append(finding)
      }
    }
    if blind > 0 {
      outcome.remarks.append(
        "Of \(counted(blind, "system")) driving user interfaces the files hold no selectors; "
          + "whether those are fragile is unknown.")
    }
    return outcome
  }
}

/// Selectors shown with a finding.
private let shownSelectors = 8

private func finding(
  _ system: AutomationSystem, _ steps: [Step], _ context: AuditContext
) -> Finding? {
  let order = SelectorFlaw.allCases
  var seen: Set<String> = []
  // An element is what one selector finds, however many steps go there.
  var elements: [Step] = []
  for step in steps {
    if let selector = step.selector, seen.insert(selector).inserted { elements.append(step) }
  }
  let flawed = elements.compactMap { step -> (rank: Int, flaw: SelectorFlaw, step: Step)? in
    guard let flaw = step.selector.flatMap(SelectorFlaw.init(of:)),
      let rank = order.firstIndex(of: flaw)
    else { return nil }
    return (rank, flaw, step)
  }
  guard !flawed.isEmpty else { return nil }
  let share = Double(flawed.count) / Double(elements.count)
  let threshold = context.options.fragileSelectors
  let worst = flawed.enumerated().sorted {
    ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
  }
  .map(\.element)
  let kinds = order.compactMap { flaw -> String? in
    let count = flawed.count { $0.flaw == flaw }
    return count == 0 ? nil : "\(flaw.rawValue): \(numberText(count))"
  }
  let isMany = flawed.count >= threshold && share >= 0.25
  // Of what only an export speaks of that does not say that it runs, nobody knows whether it does.
  let mayRun =
    UnregisteredGroup.isUnregistered(system)
    ? context.isSaidToRun(system) : system.mayBeInProduction
  return Finding(
    check: AuditCheck.fragileSelector.id, isMany && mayRun ? .medium : .low,
    "\(system.name) finds \(counted(flawed.count, "element")) by what the next release may change",
    subjects: [system.reference],
    evidence: worst.prefix(shownSelectors).map { entry in
      var evidence = entry.step.evidence
      evidence.note = "\(entry.flaw.rawValue): \(SelectorFlaw.shown(entry.step.selector ?? ""))"
      return evidence
    },
    why:
      "\(numberText(flawed.count)) of \(counted(elements.count, "element")) with a selector in the files "
      + "(\(percentText(share))), at \(counted(steps.count, "step")); by their worst trait: "
      + "\(kinds.joined(separator: ", ")). Medium from \(numberText(threshold)) of them and a "
      + "quarter of all on (assumed), where it is in production, or of unknown status and more than exports speak of "
      + "it; else low; the \(min(worst.count, shownSelectors)) worst are shown.",
    remedy: remedy(worst.map { (flaw: $0.flaw, step: $0.step) }))
}

/// What mends the worst, and what those that need only lose their path.
private func remedy(_ worst: [(flaw: SelectorFlaw, step: Step)]) -> String {
  let named = worst.filter { $0.flaw == .pathBesideName }
  var sentences: [String] = []
  if let first = worst.first(where: { $0.flaw != .pathBesideName }) {
    sentences.append(
      "Let “\(first.step.name ?? first.step.id)” find its element by a name or a stable "
        + "identifier, with an anchor where there is none"
        + (worst.count - named.count > 1 ? "; then the others, the worst first." : "."))
  }
  if let first = named.first {
    let marks = SelectorFlaw.identifiers(in: first.step.selector ?? "")
    sentences.append(
      "Drop the path of “\(first.step.name ?? first.step.id)”, which \(listText(marks, limit: 3)) finds without it"
        + (named.count > 1
          ? ", and those of \(numberText(named.count - 1)) more with such a mark." : "."))
  }
  return sentences.joined(separator: " ")
}
