internal import Facts
internal import ProcessModel
internal import Simulation

// `branching` where cases may go several ways at once, and the start events they enter by.

extension StackReading {
  /// Ids of inclusive gateways and of activities with conditional flows.
  var inclusiveSplits: [String] {
    flow.nodes.indices.filter { flow.nodes[$0].traits.contains(.conditionalFlows) }
      .map { process.element(flow.elementIDs[$0]) == nil ? wrapped($0) : flow.elementIDs[$0] }
  }

  /// The activity that a loop or multi-instance node repeats.
  func wrapped(_ node: Int) -> String {
    flow.nodes[node].kind == .repetition
      ? flow.repetitionID(Int(flow.nodes[node].detail)) : flow.elementIDs[node]
  }

  /// Reads the probability of each conditional flow; false where something is wrong, which is reported.
  func readInclusiveBranching(into probabilities: inout [Double]) -> Bool {
    let outer = reading.group(sections, "branching")
    var isWhole = true
    for (index, node) in flow.nodes.enumerated() where node.traits.contains(.conditionalFlows) {
      let id = wrapped(index)
      let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
      guard let member = outer.node?.members.first(where: { $0.key == id }) else {
        for position in flows where flow.flows[position].role == .conditional {
          probabilities[position] = 0.5
        }
        reading.record(
          path: "branching.\(id)", text: "each conditional flow 50 %", value: 0.5, unit: "1",
          claim: ScenarioNode.Claim(
            provenance: .assumed, note: "no shares are given; each flow is as likely as not"),
          at: process.element(id)?.location ?? outer.location, isDefault: true)
        continue
      }
      if isRule(member) {
        // Until a forecast has worked them out.
        for position in flows where flow.flows[position].role != .always {
          probabilities[position] = 1 / Double(flows.count)
        }
        continue
      }
      if !readShares(of: id, at: member, outer, flows, into: &probabilities) { isWhole = false }
    }
    return isWhole
  }

  private func readShares(
    of id: String, at split: ScenarioNode.Member, _ outer: Section, _ flows: Range<Int>,
    into probabilities: inout [Double]
  ) -> Bool {
    let section = reading.named(split, below: outer)
    guard let members = section.node?.members else { return false }
    var given: Set<Int> = []
    var isWhole = true
    for member in members {
      guard let position = position(of: member, at: id, among: flows) else {
        isWhole = false
        continue
      }
      let index = flows.lowerBound + position
      guard flow.flows[index].role == .conditional, given.insert(index).inserted else {
        let why: String =
          switch flow.flows[index].role {
          case .standard: "is the default, taken when no other is"
          case .always: "has no condition and is always taken"
          case .conditional: "has two shares"
          }
        reading.report(
          key: member.node.path, "the flow '\(shown(member.key))' \(why); remove its share",
          at: member.keyLocation)
        isWhole = false
        continue
      }
      let share = reading.leaf(section, member, number: { $0 }) { text throws(ValueError) in
        try parseShare(text)
      }
      if let share { probabilities[index] = share } else { isWhole = false }
    }
    let conditional = flows.filter { flow.flows[$0].role == .conditional }
    if isWhole, let missing = conditional.first(where: { !given.contains($0) }) {
      reading.report(
        key: split.node.path,
        "the flow '\(flow.flowIDs[missing])' of '\(id)' has no share; each conditional flow has one "
          + "of its own there", at: split.keyLocation)
      isWhole = false
    }
    if isWhole, conditional.count == flows.count,
      conditional.allSatisfy({ probabilities[$0] <= 0 })
    {
      reading.report(
        key: split.node.path,
        "no flow of '\(id)' is ever taken; give one of them a share", at: split.keyLocation)
      isWhole = false
    }
    return isWhole
  }

  /// Reads the shares of the start events; false where something is wrong, which is reported.
  func readStartShares(into probabilities: inout [Double]) -> Bool {
    guard flow.choosesStart, let node = flow.nodes.last, let root = assembly.root["start_event"]
    else { return true }
    let member = ScenarioNode.Member(
      key: "start_event", keyLocation: root.location, node: root)
    let section = Section(
      node: root, pattern: "start_event", path: "start_event", location: root.location)
    let flows = Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount)
    guard let shares = shares(at: member, section, flows: flows) else { return false }
    for (flow, share) in zip(flows, shares) { probabilities[flow] = share }
    return true
  }
}
