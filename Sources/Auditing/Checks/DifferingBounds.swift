import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let differingBounds = AuditCheck(
    id: "differing-bounds",
    summary: "One quantity that connected systems compare with different bounds",
    matters: "A case between the two bounds is large for one system and small for the next."
  ) { context in
    var outcome = Outcome()
    var byQuantity: [String: [StatedBound]] = [:]
    for bound in StatedBound.all(context.estate) {
      byQuantity[bound.quantity, default: []].append(bound)
    }
    for (_, bounds) in byQuantity.sorted(by: { $0.key < $1.key }) {
      outcome.findings += findings(bounds, context)
    }
    return outcome
  }
}

/// Bounds of one quantity in one system.
private struct SystemBounds {
  let system: String
  let node: Int
  let bounds: [StatedBound]
}

private func findings(_ bounds: [StatedBound], _ context: AuditContext) -> [Finding] {
  var systems: [SystemBounds] = []
  for (_, own) in Dictionary(grouping: bounds, by: { nameKey($0.system) }).sorted(by: {
    $0.key < $1.key
  }) {
    guard let first = own.first, let node = context.node(ofSystemNamed: first.system),
      context.isAlive(node)
    else { continue }
    systems.append(SystemBounds(system: first.system, node: node, bounds: own))
  }
  // Only systems that are connected are compared, so that there are few pairs.
  let place = Dictionary(
    systems.enumerated().map { ($1.node, $0) }, uniquingKeysWith: { first, _ in first })
  var found: [Finding] = []
  for (index, a) in systems.enumerated() {
    let neighbours = Set(
      (context.graph.edges(from: a.node).filter { $0.kind != .governs }.map(\.target)
        + context.graph.edges(to: a.node).filter { $0.kind != .governs }.map(\.source))
        .compactMap { place[$0] })
    for other in neighbours.sorted() where other > index {
      if let finding = finding(a, systems[other]) { found.append(finding) }
    }
  }
  return found
}

/// The nearest two bounds of two systems, where neither has the other's and they are of one size.
private func finding(_ a: SystemBounds, _ b: SystemBounds) -> Finding? {
  // Two tables are compared rule by rule, by another check.
  let pairs = a.bounds.flatMap { x in b.bounds.map { y in (x, y) } }.filter { x, y in
    !(x.isInTable && y.isInTable)
      && (x.unit.isEmpty || y.unit.isEmpty || nameKey(x.unit) == nameKey(y.unit))
  }
  let (valuesOfA, valuesOfB) = (Set(a.bounds.map(\.value)), Set(b.bounds.map(\.value)))
  let differing = pairs.filter { x, y in
    !valuesOfB.contains(x.value) && !valuesOfA.contains(y.value) && x.value > 0 && y.value > 0
      && max(x.value, y.value) <= 1.5 * min(x.value, y.value)
  }
  let nearest = differing.min { p, q in
    let ratio = { (pair: (StatedBound, StatedBound)) in
      max(pair.0.value, pair.1.value) / min(pair.0.value, pair.1.value)
    }
    return (ratio(p), p.0.value) < (ratio(q), q.0.value)
  }
  guard let (x, y) = nearest else { return nil }
  let (low, high) = x.value < y.value ? (x, y) : (y, x)
  let unit = x.unit.isEmpty ? y.unit : x.unit
  func shown(_ value: Double) -> String { numberText(value) + (unit.isEmpty ? "" : " \(unit)") }
  let name = x.isInTable ? x.shownName : y.shownName
  let between = plainNumber(between: low.value, and: high.value)
  return Finding(
    check: AuditCheck.differingBounds.id, .medium,
    "\(a.system) and \(b.system) draw the line for \(name) at \(numberText(x.value)) and "
      + "\(shown(y.value))",
    subjects: [EntityReference(.system, a.system), EntityReference(.system, b.system)],
    topic: x.quantity, evidence: [x.evidence, y.evidence],
    why: "They are connected and both compare \(name): \(a.system) with "
      + "\(listText(valuesOfA.sorted().map(shown))), \(b.system) with "
      + "\(listText(valuesOfB.sorted().map(shown))). \(shown(x.value)) and \(shown(y.value)) differ by "
      + "less than half, and neither system knows the other's bound. That both mean the same quantity "
      + "is inferred from its name.",
    remedy:
      "Ask the owners of \(a.system) and \(b.system) whether one line is meant; if so, keep it in "
      + "one place that both ask.",
    example: "\(name) = \(shown(between)): above the bound of \(low.system), below that of "
      + "\(high.system)")
}
