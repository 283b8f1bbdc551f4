internal import Facts
internal import Inventory
internal import Statistics

/// Reads the parts of a stack that need no process: teams, automations, layers.
struct PartReading {
  typealias Section = ScenarioReading.Section

  let assembly: ScenarioAssembly
  let layers: VariantLayers
  let workingDays: String?

  var reading: ScenarioReading { assembly.reading }

  /// The merged sections.
  var sections: Section {
    Section(
      node: layers.sections, pattern: "", path: "", location: assembly.root.location)
  }

  /// Automations; incomplete ones are reported and left out.
  func automations() -> [AutomationSettings] {
    reading.named(sections, "automations").compactMap { name, section in
      section.isPresent ? automation(name, section) : nil
    }
  }

  private func automation(_ name: String, _ section: Section) -> AutomationSettings? {
    let kind = reading.choice(section, "kind")
    if kind == "rpa", section.node?["runners"] == nil {
      reading.report(
        key: section.path(of: "runners"),
        "'\(section.path(of: "runners"))' is missing; robots run on a finite number of machines, "
          + "say how many, such as `runners: 4 runners`", at: section.location)
    }
    let runners = reading.count(section, "runners")
    let time = reading.distribution(section, "time")
    let system = system(section)
    let failure = failure(section, system)
    let errors = reading.share(section, "errors")
    let retries = reading.group(section, "retries")
    var attempts: Int? = 0
    var backoff: Double? = 0
    if retries.isPresent {
      attempts = reading.count(retries, "times")
      backoff = reading.duration(retries, "backoff")?.seconds
    }
    let price = pricePerRun(section)
    let licence = reading.money(section, "licence").map(perWeek)
    let exceptions = reading.group(section, "exceptions")
    let team = reading.name(exceptions, "team", among: assembly.names(of: "teams"))
    let exceptionTime = reading.distribution(exceptions, "time")
    var touches = touches(section)
    let outages = outages(section)
    let conduct = conduct(section)
    if let endpoint = endpoint(section, conduct.calls) {
      touches?.removeAll { $0.application == endpoint.application }
      touches?.append(endpoint)
    }
    let weaknesses = weaknesses(section)
    guard let kind, let runners, let time, let failure, let errors, let attempts, let backoff,
      let price, let licence, let touches, outages.isWhole, let weaknesses
    else { return nil }
    return AutomationSettings(
      name: name, system: system?.name, kind: kind, runners: runners, time: time, failure: failure,
      errors: errors,
      retries: attempts, backoff: backoff, costPerRun: price, weeklyCost: licence,
      exceptionTeam: team, exceptionTime: exceptionTime, touches: touches, outages: outages.value,
      conduct: conduct, weaknesses: weaknesses)
  }

  /// The system of the inventory that an automation is.
  private func system(_ section: Section) -> AutomationSystem? {
    guard let systems = assembly.systems else { return nil }
    func named(_ name: String) -> AutomationSystem? {
      systems.first { ([$0.name] + $0.aliases).contains { nameKey($0) == nameKey(name) } }
    }
    let found: AutomationSystem?? = reading.scalar(section, "system") { text throws(ValueError) in
      if let system = named(text) { return system }
      let hint = nearestName(to: text, among: systems.map(\.name)).map { "; did you mean '\($0)'?" }
      throw ValueError("the inventory has no such system\(hint ?? "")")
    }
    return found ?? nil
  }

  /// Probability of failure: as written, else as the inventory knows it, else none is assumed.
  private func failure(_ section: Section, _ system: AutomationSystem?) -> Double? {
    if let node = section.node?["failure"], !reading.isEmpty(node) {
      return reading.share(section, "failure")
    }
    _ = reading.key("automations.*.failure")
    let path = section.path(of: "failure")
    // What the inventory counts as failures would count twice beside a reliability.
    let isReliabilityGiven = section.node?["reliability"] != nil
    if !isReliabilityGiven, let fact = system?.failureRate.winner {
      let value = fact.value.value
      reading.record(
        path: path, text: "\(written(value * 100)) %", value: value, unit: "1",
        claim: ScenarioNode.Claim(
          provenance: fact.evidence.provenance,
          note: "inventory, \(fact.evidence.location.description)"),
        at: section.location)
      return value
    }
    reading.record(
      path: path, text: "0 %", value: 0, unit: "1",
      claim: ScenarioNode.Claim(
        provenance: .assumed,
        note: isReliabilityGiven
          ? "its reliability says how often it fails"
          : "no failure rate is given; the audit asks for it"),
      at: section.location, isDefault: true)
    return 0
  }

  private func pricePerRun(_ section: Section) -> Double? {
    let tokens = reading.count(section, "tokens")
    guard let price = reading.money(section, "price") else { return nil }
    if price.basis == .millionTokens {
      guard let tokens else {
        if section.node?["tokens"] == nil {
          reading.report(
            key: section.path(of: "tokens"),
            "'\(section.path(of: "tokens"))' is missing; a price per million tokens needs the "
              + "tokens of a run, such as `tokens: 2000 tokens`", at: section.location)
        }
        return nil
      }
      return price.amount * Double(tokens) / 1e6
    }
    if tokens != nil, let node = section.node?["tokens"] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing: the price is not per million tokens; change 'price' "
          + "or remove it", at: node.location)
    }
    return price.amount
  }

  func perWeek(_ money: MoneyRate) -> Double { money.amount * (money.basis.perWeek ?? 0) }

  /// The layer of a name.
  func layer(_ name: String) -> LayerSettings? {
    let named = reading.named(sections, "orchestration_layers")
    guard let section = named.first(where: { $0.name == name })?.section, section.isPresent else {
      return nil
    }
    let latency = reading.duration(section, "latency")?.seconds
    let concurrent = reading.count(section, "concurrent")
    let price = reading.money(section, "price")
    let licence = reading.money(section, "licence").map(perWeek)
    let shares = reading.flag(section, "shares_context")
    let outages = outages(section)
    let isPerCase = price?.basis == .perCase
    let work = layerWork(
      section, pricePerCase: isPerCase ? price?.amount ?? 0 : 0, sharesContext: shares ?? false)
    guard let latency, let concurrent, let price, let licence, let shares, outages.isWhole, let work
    else { return nil }
    return LayerSettings(
      name: name, latency: latency, concurrent: concurrent,
      pricePerHop: isPerCase ? 0 : price.amount, weeklyCost: licence, sharesContext: shares,
      outages: outages.value, work: work)
  }
}
