internal import Facts
internal import Simulation
internal import Statistics

extension ScenarioAssembly {
  /// Arrivals of cases.
  func readDemand(workingDays: String?) -> ScenarioDemand? {
    let arrivals = reading.group(reading.group(top, "demand"), "arrivals")
    guard arrivals.isPresent else { return nil }
    let pattern = reading.choice(arrivals, "pattern").flatMap(Demand.Pattern.init(rawValue:))
    let rate = reading.rate(arrivals, "rate")
    let countsOpenTime = reading.choice(arrivals, "clock") == "working"
    let between = reading.distribution(
      arrivals, "between", clock: countsOpenTime ? .work : .calendar)
    let profile = reading.name(arrivals, "profile", among: calendarNames) ?? workingDays
    let weights = readWeights(arrivals)
    let seasons = readSeasons(arrivals)
    let growth = reading.growth(arrivals, "growth")
    let batch = reading.scalar(arrivals, "batch", number: { $0.mean }) { text throws(ValueError) in
      try parseInstanceCount(text)
    }
    let list = readList(arrivals)
    let volumes = readVolumes(arrivals)
    if let pattern { checkKeys(of: pattern, arrivals) }
    guard let pattern, let profile else { return nil }
    switch pattern {
    case .renewal: if between == nil { return nil }
    case .replay: if list == nil { return nil }
    case .poisson, .regular: if rate == nil { return nil }
    }
    var demand = ScenarioDemand(
      pattern: pattern, rate: rate, between: between, countsOpenTime: countsOpenTime, batch: batch,
      profile: profile, weights: weights, seasons: seasons, list: list,
      growth: growth?.share ?? 0, growthPeriod: growth?.periodSeconds ?? 604_800)
    demand.volumes = volumes
    return demand
  }

  /// Reports keys that the pattern needs and that are absent, and those that it has no use for.
  private func checkKeys(of pattern: Demand.Pattern, _ arrivals: Section) {
    func isGiven(_ name: String) -> Bool {
      arrivals.node?[name].map { !reading.isEmpty($0) } ?? false
    }
    let needed = [Demand.Pattern.renewal: "between", .replay: "replay"][pattern] ?? "rate"
    if !isGiven(needed) {
      reading.reportMissing(reading.key("demand.arrivals.\(needed)"), arrivals, needed)
    }
    var useless: [(name: String, advice: String)] = []
    let changing = ["weights", "seasons", "growth", "volumes"]
    switch pattern {
    case .poisson:
      if isGiven("volumes") {
        useless.append(("growth", "no 'volumes'; the planner's table says how demand grows"))
      }
    case .regular:
      for name in changing {
        useless.append((name, "`pattern: poisson`; regular arrivals keep one distance"))
      }
    case .renewal:
      useless.append(("rate", "`pattern: poisson` or `regular`; here 'between' says how often"))
      for name in changing {
        useless.append((name, "`pattern: poisson`; the distances of 'between' do not change"))
      }
    case .replay:
      for name in ["rate", "profile", "batch"] + changing {
        useless.append((name, "another pattern; here the list says when each case comes"))
      }
    }
    if pattern != .renewal {
      useless.append(("between", "`pattern: renewal`; here '\(needed)' says how often cases come"))
      useless.append(("clock", "`pattern: renewal`; it says which time 'between' is"))
    }
    if pattern != .replay { useless.append(("replay", "`pattern: replay`")) }
    for (name, advice) in useless where isGiven(name) {
      guard let node = arrivals.node?[name] else { continue }
      reading.report(key: node.path, "'\(node.path)' needs \(advice)", at: node.location)
    }
  }

  /// A number of cases is a horizon only of a demand that neither dries up nor changes with time.
  func requireSteadyDemand(_ demand: ScenarioDemand, _ clock: ScenarioClock) {
    guard case .cases = clock.horizon else { return }
    let unsteady: [(name: String, isGiven: Bool)] = [
      ("growth", demand.growth != 0), ("seasons", !demand.seasons.isEmpty),
      ("replay", demand.list != nil), ("volumes", demand.volumes != nil),
    ]
    for (name, isGiven) in unsteady where isGiven {
      let location = root["demand"]?["arrivals"]?[name]?.location ?? root.location
      reading.report(
        key: "demand.arrivals.\(name)",
        "'demand.arrivals.\(name)' needs a horizon in time, but 'clock.horizon' is a number of cases; "
          + "remove one of them", at: location)
    }
  }

  private func readWeights(_ arrivals: Section) -> [ArrivalWeight] {
    factors(arrivals, "weights", naming: "days or hours") { text throws(ValueError) in
      try parseWeightedTime(text)
    }.map { weight, factor in
      var weight = weight
      weight.factor = factor
      return weight
    }
  }

  private func readSeasons(_ arrivals: Section) -> [ArrivalSeason] {
    factors(arrivals, "seasons", naming: "months or dates") { text throws(ValueError) in
      try parseSeason(text)
    }.map { ArrivalSeason(part: $0.0, factor: $0.1) }
  }

  /// Factors by what their keys name.
  private func factors<Named>(
    _ arrivals: Section, _ name: String, naming what: String,
    parse: (String) throws(ValueError) -> Named
  ) -> [(Named, Double)] {
    let section = reading.group(arrivals, name)
    let key = reading.key("demand.arrivals.\(name).*")
    var factors: [(Named, Double)] = []
    if let node = section.node, node.members.count > 200 {
      reading.report(
        key: node.path,
        "'\(node.path)' has \(node.members.count) entries; at most 200 are read", at: node.location)
      return []
    }
    for member in section.node?.members ?? [] {
      let factor = reading.number(section, chosen: member)
      do {
        factors.append((try parse(member.key), factor ?? 1))
      } catch {
        reading.report(
          key: member.node.path,
          "'\(shown(member.key))' names no \(what): \(error.message); \(key.summary)",
          at: member.keyLocation)
      }
    }
    if !factors.isEmpty, factors.allSatisfy({ $0.1 == 0 }), name == "weights",
      let node = section.node
    {
      reading.report(
        key: node.path, "'\(node.path)' has only zeros; cases must be able to arrive",
        at: node.location)
    }
    return factors
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
