internal import Facts
internal import Simulation

extension ScenarioAssembly {
  /// Arrivals of cases.
  func readDemand(workingDays: String?) -> ScenarioDemand? {
    let demand = reading.group(top, "demand")
    let arrivals = reading.group(demand, "arrivals")
    guard arrivals.isPresent else { return nil }
    let pattern = reading.choice(arrivals, "pattern").flatMap(Demand.Pattern.init(rawValue:))
    let rate = reading.rate(arrivals, "rate")
    let between = reading.distribution(arrivals, "between")
    let profile = reading.name(arrivals, "profile", among: calendarNames) ?? workingDays
    let weights = readWeights(arrivals)
    let growth = reading.growth(arrivals, "growth")
    if let pattern { checkKeys(of: pattern, arrivals) }
    guard let pattern, let profile, pattern == .renewal ? between != nil : rate != nil else {
      return nil
    }
    return ScenarioDemand(
      pattern: pattern, rate: rate, between: between, profile: profile, weights: weights,
      growth: growth?.share ?? 0, growthPeriod: growth?.periodSeconds ?? 604_800)
  }

  /// Reports keys that the pattern needs and that are absent, and those that it has no use for.
  private func checkKeys(of pattern: Demand.Pattern, _ arrivals: Section) {
    func isGiven(_ name: String) -> Bool {
      arrivals.node?[name].map { !reading.isEmpty($0) } ?? false
    }
    let needed = pattern == .renewal ? "between" : "rate"
    if !isGiven(needed) {
      reading.reportMissing(reading.key("demand.arrivals.\(needed)"), arrivals, needed)
    }
    var useless: [(name: String, advice: String)] = []
    switch pattern {
    // The language has no replay.
    case .poisson, .replay: break
    case .regular:
      for name in ["weights", "growth"] {
        useless.append((name, "`pattern: poisson`; regular arrivals keep one distance"))
      }
    case .renewal:
      useless.append(("rate", "`pattern: poisson` or `regular`; here 'between' says how often"))
      for name in ["weights", "growth"] {
        useless.append((name, "`pattern: poisson`; the distances of 'between' do not change"))
      }
    }
    if pattern != .renewal {
      useless.append(("between", "`pattern: renewal`; here 'rate' says how often cases come"))
    }
    for (name, advice) in useless where isGiven(name) {
      guard let node = arrivals.node?[name] else { continue }
      reading.report(key: node.path, "'\(node.path)' needs \(advice)", at: node.location)
    }
  }

  /// A number of cases is a horizon only of a demand that neither dries up nor grows without end.
  func requireSteadyDemand(_ demand: ScenarioDemand, _ clock: ScenarioClock) {
    guard case .cases = clock.horizon, demand.growth != 0 else { return }
    let location = root["demand"]?["arrivals"]?["growth"]?.location ?? root.location
    reading.report(
      key: "demand.arrivals.growth",
      "'demand.arrivals.growth' needs a horizon in time, but 'clock.horizon' is a number of cases; "
        + "remove one of them", at: location)
  }

  private func readWeights(_ arrivals: Section) -> [ArrivalWeight] {
    let section = reading.group(arrivals, "weights")
    let key = reading.key("demand.arrivals.weights.*")
    var weights: [ArrivalWeight] = []
    if let node = section.node, node.members.count > 200 {
      reading.report(
        key: node.path, "'\(node.path)' has \(node.members.count) weights; at most 200 are read",
        at: node.location)
      return []
    }
    for member in section.node?.members ?? [] {
      let factor = reading.number(section, chosen: member)
      do {
        var weight = try parseWeightedTime(member.key)
        weight.factor = factor ?? 1
        weights.append(weight)
      } catch {
        reading.report(
          key: member.node.path,
          "'\(shown(member.key))' names no days or hours: \(error.message); \(key.summary)",
          at: member.keyLocation)
      }
    }
    if !weights.isEmpty, weights.allSatisfy({ $0.factor == 0 }), let node = section.node {
      reading.report(
        key: node.path, "'\(node.path)' has only zeros; cases must be able to arrive",
        at: node.location)
    }
    return weights
  }
}

extension ScenarioReading {
  /// A number under a name that the scenario chooses.
  func number(_ section: Section, chosen member: ScenarioNode.Member) -> Double? {
    leaf(section, member, number: { $0 }) { text throws(ValueError) in
      try parseLoneNumber(text)
    }
  }

  /// A value under a name that the scenario chooses.
  func leaf<Value>(
    _ section: Section, _ member: ScenarioNode.Member, number: (Value) -> Double?,
    parse: (String) throws(ValueError) -> Value
  ) -> Value? {
    let key = self.key("\(section.pattern).*")
    guard let text = member.node.text else {
      report(
        key: member.node.path,
        "'\(member.node.path)' is \(member.node.kindName); expected "
          + "\(key.expectation)\(example(of: key))", at: member.node.location)
      return nil
    }
    guard let value = checked(text, key, at: member.node, number: number, parse: parse) else {
      return nil
    }
    record(
      path: member.node.path, text: text, value: number(value), unit: key.unit,
      claim: member.node.claim, at: member.node.location)
    return value
  }
}
