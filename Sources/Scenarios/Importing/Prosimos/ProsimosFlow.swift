internal import DocumentReading
internal import ProcessModel

extension ProsimosReading {
  /// Shares of the flows where cases part.
  mutating func readGateways(_ document: DataNode) -> [ProsimosModel.Gateway] {
    var gateways: [ProsimosModel.Gateway] = []
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
      let shares = readShares(node, gateway: id, flows: flows, sumsToOne: kind == .exclusive)
      if let shares { gateways.append(ProsimosModel.Gateway(id: id, shares: shares)) }
    }
    return gateways
  }

  private mutating func readShares(
    _ node: DataNode, gateway: String, flows: [String], sumsToOne: Bool
  ) -> [(flow: String, share: Double)]? {
    let problems = errors.count
    var shares: [(flow: String, share: Double?)] = []
    for item in list(node, "probabilities", of: "flows") {
      guard let flow = text(item, "path_id") else { continue }
      guard flows.contains(flow) else {
        let hint =
          nearestName(to: flow, among: flows).map { "did you mean '\($0)'?" }
          ?? "its flows are \(flows.joined(separator: ", "))"
        fail(item, "names '\(shown(flow))', no flow out of the gateway '\(gateway)'; \(hint)")
        continue
      }
      if let condition = item["condition_id"] {
        fail(
          condition,
          "cannot be taken over: conditions on attributes are not imported yet; write them by hand")
        continue
      }
      let share = item["value"].flatMap { number($0) }
      if let share, !(0...1 ~= share) {
        fail(item, "has the probability \(plainNumber(share)), which is not between 0 and 1")
        continue
      }
      shares.append((flow, share))
    }
    guard errors.count == problems else { return nil }
    // What is left is shared out among flows without a probability, as Prosimos does.
    let known = shares.compactMap(\.share).reduce(0, +)
    let open = shares.count { $0.share == nil }
    let rest = open > 0 ? max(0, 1 - known) / Double(open) : 0
    let result = shares.map { (flow: $0.flow, share: $0.share ?? rest) }
    let sum = result.reduce(0) { $0 + $1.share }
    if sumsToOne, abs(sum - 1) > 1e-6 {
      fail(
        node,
        "has probabilities that sum to \(plainNumber(sum)); expected 1 at the exclusive gateway "
          + "'\(gateway)'")
      return nil
    }
    return result
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
