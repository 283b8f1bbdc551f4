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
  let flawed = steps.compactMap { step -> (rank: Int, flaw: SelectorFlaw, step: Step)? in
    guard let flaw = step.selector.flatMap(SelectorFlaw.init(of:)),
      let rank = order.firstIndex(of: flaw)
    else { return nil }
    return (rank, flaw, step)
  }
  guard !flawed.isEmpty else { return nil }
  let distinct = Set(flawed.map { $0.step.selector }).count
  let share = Double(flawed.count) / Double(steps.count)
  let threshold = context.options.fragileSelectors
  let worst = flawed.enumerated().sorted {
    ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
  }
  .map(\.element)
  let kinds = order.compactMap { flaw -> String? in
    let count = flawed.count { $0.flaw == flaw }
    return count == 0 ? nil : "\(flaw.rawValue): \(numberText(count))"
  }
  let isMany = distinct >= threshold && share >= 0.25
  let first = worst[0]
  return Finding(
    check: AuditCheck.fragileSelector.id, isMany && system.mayBeInProduction ? .medium : .low,
    "\(system.name) finds \(counted(flawed.count, "element")) by what the next release may change",
    subjects: [system.reference],
    evidence: worst.prefix(shownSelectors).map { entry in
      var evidence = entry.step.evidence
      evidence.note = "\(entry.flaw.rawValue): \(short(entry.step.selector ?? ""))"
      return evidence
    },
    why:
      "\(numberText(flawed.count)) of \(counted(steps.count, "step")) with a selector in the files "
      + "(\(percentText(share))), \(counted(distinct, "different selector")); by their worst trait: "
      + "\(kinds.joined(separator: ", ")). Medium from \(numberText(threshold)) different ones and a "
      + "quarter of all on (assumed), else low; the \(min(worst.count, shownSelectors)) worst are shown.",
    remedy: "Let “\(first.step.name ?? first.step.id)” find its element by a name or a stable "
      + "identifier, with an anchor where there is none; then the others, the worst first.")
}

/// A line of a selector, around what is wrong with it where that is a position.
private func short(_ selector: String) -> String {
  let line = selector.split(whereSeparator: \.isNewline).joined(separator: " ")
  guard line.count > 160 else { return line }
  let marks = ["idx=", "tableRow=", "tableCol=", ":eq(", ":nth-child("]
  let place = marks.compactMap { line.ranges(of: $0).last?.lowerBound }.max()
  guard let place else { return line.prefix(60) + " … " + line.suffix(95) }
  return "… " + line[..<place].suffix(90) + line[place...].prefix(60) + " …"
}
