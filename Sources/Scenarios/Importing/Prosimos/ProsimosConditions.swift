internal import DocumentReading
internal import ProcessModel

// Prosimos chooses at an exclusive gateway among the flows whose conditions hold, by their probabilities;
// where none holds it takes the default flow or, without one, any by its probability. A scenario takes
// the first flow whose condition holds. Which conditions can hold together is found by trying every
// combination of values that they tell apart.

extension ProsimosReading {
  /// A flow out of a gateway.
  struct Way {
    var flow: String
    var share: Double
    /// Its condition; `nil` for none.
    var rule: ProsimosRule?
  }

  /// What is written of a gateway at which conditions choose; `nil` for what cannot be said, which is
  /// reported.
  mutating func gateway(
    _ id: String, _ kind: FlowElement.GatewayKind, _ ways: [Way], at node: DataNode
  ) -> ImportedModel.Gateway? {
    var ways = ways
    if kind == .exclusive {
      // Flows that the file does not speak of are never taken.
      let named = Set(ways.map(\.flow))
      ways += process.flows.filter { $0.source == id && !named.contains($0.id) }
        .map { Way(flow: $0.id, share: 0) }
    }
    let asked = ways.indices.filter { ways[$0].rule != nil }
    guard let sets = setsThatHold(asked.compactMap { ways[$0].rule }, at: node) else { return nil }
    let standard = process.element(id)?.defaultFlow.flatMap { flow in
      ways.firstIndex { $0.flow == flow }
    }
    guard kind == .exclusive else {
      guard sets.count == 1, asked.count == ways.count || sets[0].isEmpty else {
        fail(
          node,
          "has conditions at the inclusive gateway '\(id)', where a scenario has shares alone; give "
            + "each flow its share")
        return nil
      }
      if sets[0].isEmpty, standard == nil { return plain(id, ways) }
      let taken = Set(sets[0].map { asked[$0] })
      return ImportedModel.Gateway(
        id: id,
        shares: ways.indices.filter { $0 != standard }
          .map { (ways[$0].flow, taken.contains($0) ? 1 : 0) })
    }
    var outcomes: [(set: [Int], chances: [(way: Int, share: Double)])] = []
    for set in sets {
      guard let chances = chances(set.map { asked[$0] }, ways, standard, at: node, of: id) else {
        return nil
      }
      outcomes.append((set, chances))
    }
    if outcomes.count == 1 {
      return ImportedModel.Gateway(
        id: id,
        shares: ways.indices.map { way in
          (ways[way].flow, outcomes[0].chances.first { $0.way == way }?.share ?? 0)
        })
    }
    var luck: String?
    if outcomes.contains(where: { $0.chances.count > 1 }) {
      guard !isOnCycle(id) else {
        fail(
          node,
          "has conditions of which several or none can hold at '\(id)', so that chance decides, and "
            + "cases pass it again and again; let one condition hold always, or give a default flow"
        )
        return nil
      }
      var taken = Set(attributes.flatMap { [$0.name, $0.knownName ?? $0.name] })
      luck = conditionName("luck_\(id)", &taken)
    }
    let conditions = conditions(ways, asked, outcomes, standard, luck: luck)
    for condition in conditions where condition.text.count > 4_000 {
      fail(
        node,
        "has conditions for '\(condition.flow)' that take \(condition.text.count) characters to write "
          + "so that they exclude each other; expected at most 4000")
      return nil
    }
    if let luck {
      let draw = ImportedDraw(text: "uniform 0 1", low: 0, high: 1)
      attributes.append(
        ImportedAttribute(
          source: "", name: luck, section: "gateway_branching_probabilities",
          kind: .number(initial: draw.text, values: [draw])))
    }
    return ImportedModel.Gateway(id: id, shares: [], conditions: conditions)
  }

  private func plain(_ id: String, _ ways: [Way]) -> ImportedModel.Gateway {
    ImportedModel.Gateway(id: id, shares: ways.map { ($0.flow, $0.share) })
  }

  /// With which chance each flow is taken where the conditions of these hold and of no others.
  private mutating func chances(
    _ holding: [Int], _ ways: [Way], _ standard: Int?, at node: DataNode, of gateway: String
  ) -> [(way: Int, share: Double)]? {
    if holding.count == 1 { return [(holding[0], 1)] }
    if holding.isEmpty, let standard { return [(standard, 1)] }
    let among = holding.isEmpty ? Array(ways.indices) : holding
    let sum = among.reduce(0) { $0 + ways[$1].share }
    guard sum > 0, !holding.isEmpty || abs(sum - 1) <= 1e-6 else {
      let names = among.map { ways[$0].flow }.joined(separator: ", ")
      fail(
        node,
        "leaves it to probabilities which of \(names) is taken where "
          + (holding.isEmpty ? "no condition holds" : "all their conditions hold")
          + ", but they sum to \(plainNumber(sum)) at '\(gateway)'")
      return nil
    }
    return among.filter { ways[$0].share > 0 }.map { ($0, ways[$0].share / sum) }
  }

  // MARK: Writing

  private func conditions(
    _ ways: [Way], _ asked: [Int],
    _ outcomes: [(set: [Int], chances: [(way: Int, share: Double)])], _ standard: Int?,
    luck: String?
  ) -> [(flow: String, text: String)] {
    let exclude = luck == nil && outcomes.allSatisfy { $0.set.count <= 1 }
    var result: [(flow: String, text: String)] = []
    var hasOtherwise = false
    for way in ways.indices {
      let own = outcomes.filter { $0.chances.contains { $0.way == way } }
      let text: String
      if exclude, own.contains(where: { $0.set.isEmpty }) {
        text = "otherwise"
        hasOtherwise = true
      } else if own.isEmpty {
        text = "false"
      } else if exclude, let rule = ways[way].rule {
        text = rule.text
      } else {
        text = own.map { outcome in
          var parts = exactly(outcome.set, asked.compactMap { ways[$0].rule?.text })
          if let luck, outcome.chances.count > 1 {
            parts += range(of: way, outcome.chances, luck)
          }
          return parts.joined(separator: " and ")
        }.joined(separator: " or ")
      }
      result.append((ways[way].flow, text))
    }
    // Where one condition always holds, the last need not be looked at.
    if exclude, !hasOtherwise, let last = result.lastIndex(where: { $0.text != "false" }) {
      result[last].text = "otherwise"
    }
    return result
  }

  /// That these conditions hold and no others.
  private func exactly(_ set: [Int], _ rules: [String]) -> [String] {
    rules.indices.map { set.contains($0) ? "(\(rules[$0]))" : "not (\(rules[$0]))" }
  }

  /// The part of the luck, from 0 to 1, with which a flow is taken.
  private func range(
    of way: Int, _ chances: [(way: Int, share: Double)], _ luck: String
  ) -> [String] {
    var from = 0.0
    for (position, chance) in chances.enumerated() {
      let to = from + chance.share
      if chance.way == way {
        return (position > 0 ? ["\(luck) >= \(plainNumber(from))"] : [])
          + (position < chances.count - 1 ? ["\(luck) < \(plainNumber(to))"] : [])
      }
      from = to
    }
    return []
  }

  // MARK: Which conditions hold together

  /// The sets of rules that can hold together and alone, each ascending; `nil` where there are too many
  /// values to try, which is reported.
  private mutating func setsThatHold(_ rules: [ProsimosRule], at node: DataNode) -> [[Int]]? {
    let names = Set(rules.flatMap { $0.clauses.flatMap { $0.map(\.attribute) } }).sorted()
    let values = names.map { valuesToTry(of: $0) }
    let count = values.reduce(1.0) { $0 * Double($1.count) }
    guard count <= 200_000 else {
      fail(node, "has conditions that tell too many combinations of values apart")
      return nil
    }
    var sets: [[Int]] = []
    var known: Set<[Int]> = []
    var digits = [Int](repeating: 0, count: names.count)
    repeat {
      let set = rules.indices.filter { index in
        rules[index].holds { attribute in
          names.firstIndex(of: attribute).map { values[$0][digits[$0]] } ?? .unset
        }
      }
      if known.insert(set).inserted { sets.append(set) }
      var position = 0
      while position < digits.count {
        digits[position] += 1
        if digits[position] < values[position].count { break }
        digits[position] = 0
        position += 1
      }
      if position == digits.count { break }
    } while true
    return sets.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A value of each kind that the rules tell apart and that the attribute can have.
  ///
  /// A number that varies continuously meets a single boundary with probability 0.
  private func valuesToTry(of attribute: Int) -> [ProsimosRule.Value] {
    let unset: [ProsimosRule.Value] =
      attributes[attribute].isSetLater && attributes[attribute].kind.isNumber ? [.unset] : []
    switch attributes[attribute].kind {
    case .categories(let categories):
      return categories.indices.filter { index in
        categories[index].share > 0
          || attributes[attribute].updates.contains { update in
            guard case .shares(let shares) = update.draw else { return false }
            return shares.contains { $0.key == categories[index].key && $0.share > 0 }
          }
      }.map { .category($0) }
    case .number(_, let draws):
      var points: Set<Double> = []
      for draw in draws {
        if let value = draw.constant {
          points.insert(value)
          continue
        }
        let inner = (boundaries[attribute] ?? []).filter { draw.low < $0 && $0 < draw.high }
        let high = draw.high.isFinite ? draw.high : (inner.max() ?? draw.low) + 2
        let bounds = ([draw.low] + inner + [high]).sorted()
        for (a, b) in zip(bounds, bounds.dropFirst()) where a < b { points.insert(a + (b - a) / 2) }
      }
      return unset + points.sorted().map { .number($0) }
    }
  }

  /// Whether cases can come back to an element.
  private func isOnCycle(_ id: String) -> Bool {
    var seen: Set<String> = []
    var open = [id]
    while let element = open.popLast() {
      for flow in process.flows where flow.source == element {
        if flow.target == id { return true }
        if seen.insert(flow.target).inserted { open.append(flow.target) }
      }
    }
    return false
  }
}
