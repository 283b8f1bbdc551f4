internal import DocumentReading
internal import ProcessModel

extension ProsimosReading {
  /// Shares of the flows where cases part.
  mutating func readGateways(_ document: DataNode) -> [ImportedModel.Gateway] {
    var gateways: [ImportedModel.Gateway] = []
    let rules = readBranchRules(document)
    for node in list(document, "gateway_branching_probabilities", of: "gateways") {
      guard let id = text(node, "gateway_id") else { continue }
      let flows = process.flows.filter { $0.source == id }.map(\.id)
      guard let element = process.element(id), case .gateway(let kind) = element.kind else {
        note(node, "is left out: the process has no gateway '\(shown(id))'")
        continue
      }
      guard flows.count > 1 else {
        note(node, "is left out: cases do not part at '\(shown(id))'")
        continue
      }
      guard kind == .exclusive || kind == .inclusive else {
        note(node, "is left out: nothing is chosen at '\(shown(id))', which is \(kind.rawValue)")
        continue
      }
      guard let ways = readWays(node, gateway: id, flows: flows, rules: rules) else { continue }
      guard ways.contains(where: { $0.rule != nil }) else {
        if kind == .inclusive || sumToOne(ways, at: node, of: id) {
          gateways.append(
            ImportedModel.Gateway(id: id, shares: ways.map { ($0.flow, $0.share) }))
        }
        continue
      }
      if let made = gateway(id, kind, ways, at: node) { gateways.append(made) }
    }
    return gateways
  }

  /// Conditions by their ids; `nil` for a wrong one, which is reported.
  private mutating func readBranchRules(_ document: DataNode) -> [String: ProsimosRule?] {
    var rules: [String: ProsimosRule?] = [:]
    for node in optionalList(document, "branch_rules") {
      guard let id = text(node, "id") else { continue }
      // As in Prosimos, the first of several counts.
      if rules[id] == nil { rules.updateValue(readRule(node), forKey: id) }
    }
    return rules
  }

  private mutating func readWays(
    _ node: DataNode, gateway: String, flows: [String], rules: [String: ProsimosRule?]
  ) -> [Way]? {
    let problems = errors.count
    var ways: [Way] = []
    var open: [Int] = []
    for item in list(node, "probabilities", of: "flows") {
      guard let flow = text(item, "path_id") else { continue }
      guard flows.contains(flow) else {
        let hint =
          nearestName(to: flow, among: flows).map { "did you mean '\($0)'?" }
          ?? "its flows are \(flows.joined(separator: ", "))"
        fail(item, "names '\(shown(flow))', no flow out of the gateway '\(gateway)'; \(hint)")
        continue
      }
      var way = Way(flow: flow, share: 0)
      if item["condition_id"] != nil, let id = text(item, "condition_id") {
        guard let rule = rules[id] else {
          let hint =
            nearestName(to: id, among: rules.keys.sorted()).map { "; did you mean '\($0)'?" }
            ?? "; 'branch_rules' has none of that id"
          fail(item, "names the condition '\(shown(id))'\(hint)")
          continue
        }
        way.rule = rule
      }
      if let value = item["value"] {
        guard let share = number(value) else { continue }
        guard 0...1 ~= share else {
          fail(item, "has the probability \(plainNumber(share)), which is not between 0 and 1")
          continue
        }
        way.share = share
      } else {
        open.append(ways.count)
      }
      ways.append(way)
    }
    guard errors.count == problems else { return nil }
    // What is left is shared out among flows without a probability, as Prosimos does.
    let known = ways.reduce(0) { $0 + $1.share }
    for index in open { ways[index].share = max(0, 1 - known) / Double(open.count) }
    return ways
  }

  private mutating func sumToOne(_ ways: [Way], at node: DataNode, of gateway: String) -> Bool {
    let sum = ways.reduce(0) { $0 + $1.share }
    if abs(sum - 1) <= 1e-6 { return true }
    fail(
      node,
      "has probabilities that sum to \(plainNumber(sum)); expected 1 at the exclusive gateway "
        + "'\(gateway)'")
    return false
  }

  /// How long cases wait at events.
  mutating func readEvents(_ document: DataNode) -> [(id: String, time: String)] {
    guard let section = document["event_distribution"], !section.isNothing else { return [] }
    guard let nodes = section.array else {
      fail(section, "is \(section.kindName); expected a list of events")
      return []
    }
    var events: [(id: String, time: String)] = []
    for node in nodes {
      guard let id = text(node, "event_id") else { continue }
      guard let element = process.element(id), case .intermediateCatch = element.kind else {
        note(node, "is left out: '\(shown(id))' is no event of the process that cases wait for")
        continue
      }
      guard let time = time(node) else { continue }
      events.removeAll { $0.id == id }
      events.append((id, time))
    }
    return events
  }
}
