import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let callCascade = AuditCheck(
    id: "call-cascade", summary: "Requests that fan out into many calls of agents",
    matters: "Each call is paid for and may fail: what twenty calls each do well nine times in ten "
      + "hardly ever all goes well."
  ) { context in
    let tree = CallTree(context)
    let limit = Double(max(2, context.options.callsPerCase))
    return Outcome(
      findings: tree.roots.filter { tree.calls[$0] >= limit }.compactMap { root in
        context.system(at: root).map { finding(root, $0, tree, context) }
      })
  }
}

private func finding(
  _ root: Int, _ system: AutomationSystem, _ tree: CallTree, _ context: AuditContext
) -> Finding {
  let count = tree.calls[root]
  let limit = context.options.callsPerCase
  let chain = tree.heaviestChain(from: root)
  let fanOut = tree.calls(from: root).reduce(0) { $0 + $1.count }
  let evidence = chain.flatMap { node in tree.calls(from: node).flatMap(\.evidence) }
  let shares = [0.95, 0.99].map { share in
    "\(percentText(power(share, count))) of the cases where each call succeeds "
      + "\(percentText(share)) of the time"
  }
  let needed = power(0.95, 1 / count)
  let monthly =
    system.volume.value.map {
      " At \(numberText($0.perMonth.rounded())) cases a month that is "
        + "\(numberText(($0.perMonth * count).rounded())) calls a month."
    } ?? ""
  return Finding(
    check: AuditCheck.callCascade.id, count >= 5 * Double(limit) ? .high : .medium,
    "\(system.name): one case sets off \(numberText(count)) calls of agents",
    subjects: [system.reference], others: chain.dropFirst().map(context.reference),
    evidence: evidence,
    why: "Counted along the tree of calls, each place that calls once: \(numberText(count)) ≥ "
      + "\(limit) calls a case (limit: *Stop Trying to Build a Super AI*). It calls "
      + "\(counted(fanOut, "time")) itself; the tree is \(counted(tree.depth[root], "call")) deep, and most calls "
      + "lie on \(chain.map { context.graph.nodes[$0].name }.joined(separator: " → ")). Without "
      + "retries all of them succeed in \(shares.joined(separator: " and in ")) (pⁿ); 95 % of the cases "
      + "need \(scoreText(needed * 100)) % for each call.\(monthly)",
    remedy: "Set a limit of calls for one case of \(system.name), and join or drop the calls of "
      + "\(context.graph.nodes[chain.last ?? root].name) first.")
}

/// A share to a power, by logarithms of the standard library's own functions.
private func power(_ share: Double, _ exponent: Double) -> Double {
  // exp(x) for x ≤ 0 as a series after halving, so that no platform's mathematics library decides.
  var exponentLeft = exponent * naturalLogarithm(share)
  var halvings = 0
  while exponentLeft < -0.5 && halvings < 40 {
    exponentLeft /= 2
    halvings += 1
  }
  var term = 1.0
  var sum = 1.0
  for step in 1...24 {
    term *= exponentLeft / Double(step)
    sum += term
  }
  for _ in 0..<halvings { sum *= sum }
  return sum
}

/// ln x for x in (0, 2) by the series of artanh.
private func naturalLogarithm(_ x: Double) -> Double {
  let ratio = (x - 1) / (x + 1)
  var term = ratio
  var sum = 0.0
  for step in 0..<60 {
    sum += term / Double(2 * step + 1)
    term *= ratio * ratio
  }
  return 2 * sum
}
