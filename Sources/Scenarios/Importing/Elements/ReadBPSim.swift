internal import DocumentReading
internal import Facts
internal import ProcessModel

/// The parameters of BPSim in a document: on their own, in a BPMN file, or wrapped in anything else.
func bpsimData(of root: XMLElement) -> [XMLElement] {
  func isData(_ element: XMLElement) -> Bool {
    element.name == "BPSimData" || element.name == "BPSimDataType"
  }
  return isData(root) ? [root] : root.descendants("BPSimData")
}

/// Parameters of BPSim (WfMC-BPSWG-2012-01, versions 1.0 and 2.0) of the elements of a process.
struct BPSimParameters {
  /// The scenario and those it inherits from, the furthest first.
  let scenarios: [XMLElement]
  /// `ElementParameters` by what they are about, in that order.
  let elements: [String: [XMLElement]]
  /// What they are about, in the order of the file.
  let order: [String]

  init(_ scenarios: [XMLElement], process: BusinessProcess) {
    self.scenarios = scenarios
    var elements: [String: [XMLElement]] = [:]
    var order: [String] = []
    let known = Set(process.elements.map(\.id) + process.flows.map(\.id) + [process.id])
    for scenario in scenarios {
      for element in scenario.all("ElementParameters") {
        guard var id = element["elementRef"]?.trimmed else { continue }
        // A qualified name: the prefix is no part of the id.
        if !known.contains(id), let end = id.lastIndex(of: ":") {
          let local = String(id[id.index(after: end)...])
          if known.contains(local) { id = local }
        }
        if elements[id] == nil { order.append(id) }
        elements[id, default: []].append(element)
      }
    }
    self.elements = elements
    self.order = order
  }

  /// A parameter with a value or a request for results; a scenario's own outweighs what it inherits.
  func parameter(_ id: String, _ group: String, _ name: String) -> XMLElement? {
    for element in (elements[id] ?? []).reversed() {
      if let found = element.first(group)?.first(name), !Self.values(of: found).isEmpty {
        return found
      }
    }
    return nil
  }

  /// A parameter of the scenario as a whole.
  func ofScenario(_ name: String) -> XMLElement? {
    for scenario in scenarios.reversed() {
      if let found = scenario.first("ScenarioParameters")?.first(name),
        !Self.values(of: found).isEmpty
      {
        return found
      }
    }
    return nil
  }

  /// An attribute of the scenario's parameters.
  func attribute(_ name: String) -> String? {
    for scenario in scenarios.reversed() {
      if let value = scenario.first("ScenarioParameters")?[name] { return value }
    }
    return nil
  }

  /// Values of a parameter; requests for results are none.
  static func values(of parameter: XMLElement) -> [XMLElement] {
    parameter.children.filter { $0.name != "ResultRequest" && $0["result"] == nil }
  }
}

extension ElementReading {
  /// Reads `BPSimData`.
  mutating func readBPSim(_ root: XMLElement) -> ImportedModel? {
    let data = bpsimData(of: root)
    guard let scenario = chooseScenario(among: data.flatMap { $0.all("Scenario") }, in: data[0])
    else { return nil }
    let chain = inherited(by: scenario, among: data.flatMap { $0.all("Scenario") })
    let parameters = BPSimParameters(chain, process: process)
    var bpsim = BPSimReading(parameters: parameters, baseUnit: "min")
    if let unit = parameters.attribute("baseTimeUnit") { bpsim.baseUnit = unit }
    guard bpsim.seconds(of: nil) != nil else {
      fail(scenario, "has the base time unit '\(shown(bpsim.baseUnit))', which BPSim does not have")
      return nil
    }
    readBPSimCalendars(chain, into: &bpsim)
    readBPSimResources(root, &bpsim)
    readProperties(&bpsim)
    for id in parameters.order { readBPSimElement(id, &bpsim) }
    if bpsim.isPercent {
      for (flow, value) in shares { shares[flow] = (value.share / 100, value.at) }
      for (event, value) in happens { happens[event] = value / 100 }
      note(
        scenario,
        "has probabilities above 1, as jBPM writes them; all are read as percent")
    }
    checkShares()
    noteRequests(chain)
    let arrivals = readBPSimArrivals(&bpsim, scenario: scenario)
    let run = readBPSimRun(&bpsim, scenario: scenario)
    return assembled(
      arrivals, simulator: "BPSim", run: run,
      sections: sections("Scenario \(scenario["id"] ?? scenario["name"] ?? "")".trimmed))
  }

  // MARK: Scenarios

  private mutating func chooseScenario(
    among all: [XMLElement], in data: XMLElement
  ) -> XMLElement? {
    func name(_ scenario: XMLElement) -> String { scenario["id"] ?? scenario["name"] ?? "" }
    if let chosen = options.scenario {
      if let found = all.first(where: { $0["id"] == chosen || $0["name"] == chosen }) {
        return found
      }
      fail(
        data,
        "has no scenario '\(shown(chosen))'; it has \(all.map { "'\(shown(name($0)))'" }.joined(separator: ", "))"
      )
      return nil
    }
    // Scenarios that hold the results of another one are no inputs.
    let results = Set(all.compactMap { $0["result"] })
    let inputs = all.filter { scenario in
      !results.contains(scenario["id"] ?? "") && !scenario.all("ElementParameters").isEmpty
    }
    if inputs.count == 1 { return inputs[0] }
    fail(
      data,
      inputs.isEmpty
        ? "has no scenario with parameters of elements"
        : "has \(inputs.count) scenarios (\(inputs.map { "'\(shown(name($0)))'" }.joined(separator: ", "))); "
          + "say which one with --scenario")
    return nil
  }

  private mutating func inherited(by scenario: XMLElement, among all: [XMLElement]) -> [XMLElement]
  {
    var chain = [scenario]
    while let parent = chain[0]["inherits"] {
      guard let found = all.first(where: { $0["id"] == parent }) else {
        fail(chain[0], "inherits '\(shown(parent))', a scenario that is not there")
        break
      }
      guard !chain.contains(found) else {
        fail(chain[0], "inherits from itself")
        break
      }
      chain.insert(found, at: 0)
    }
    return chain
  }

  private mutating func noteRequests(_ chain: [XMLElement]) {
    guard let scenario = chain.last else { return }
    let vendor = Set(chain.flatMap { $0.descendants("VendorExtension") }.compactMap { $0["name"] })
    if !vendor.isEmpty {
      note(
        scenario,
        "has extensions of a vendor, which are left out: \(vendor.sorted().joined(separator: ", "))"
      )
    }
    if chain.contains(where: { !$0.descendants("ResultRequest").isEmpty }) {
      note(
        scenario,
        "asks for results by name, which is left out: reports have the same for all activities")
    }
  }

  // MARK: Arrivals and run

  private mutating func readBPSimArrivals(
    _ bpsim: inout BPSimReading, scenario: XMLElement
  ) -> ImportedArrivals {
    let starts = process.elements.filter {
      if case .startEvent = $0.kind { $0.parent == nil } else { false }
    }
    var arrivals = ImportedArrivals(location: starts.first?.location ?? scenario.location)
    for start in starts {
      guard
        let timer = bpsim.parameters.parameter(start.id, "ControlParameters", "InterTriggerTimer")
      else { continue }
      if arrivals.between != nil {
        fail(timer, "is of a second start event with arrivals; a scenario has one stream of cases")
        continue
      }
      arrivals.location = timer.location
      arrivals.startEvent = start.id
      let values = BPSimParameters.values(of: timer)
      let timed = values.filter { $0["validFor"] != nil }
      let base = values.filter { $0["validFor"] == nil }
      guard
        timed.count + base.count == 1
          || (timed.count == 1 && base.allSatisfy { $0.name == "StringParameter" })
      else {
        fail(
          timer,
          "has different values by calendar; a scenario has one distribution of the time between cases, so "
            + "leave one, or give a rate with weights of hours in the scenario")
        continue
      }
      if let value = timed.first {
        for text in base {
          note(text, "is a text and no time; outside its calendar no case comes")
        }
        let named = value["validFor"] ?? ""
        if let calendar = bpsim.calendars[named] {
          arrivals.hours = calendar.lines == ["always"] ? nil : calendar.lines
        } else {
          fail(value, "is valid for '\(shown(named))', a calendar that is not there")
        }
        arrivals.between = time(value, bpsim)
      } else if let value = base.first {
        arrivals.between = time(value, bpsim)
      }
    }
    return arrivals
  }

  private mutating func readBPSimRun(
    _ bpsim: inout BPSimReading, scenario: XMLElement
  ) -> ImportedModel.Run {
    let parameters = bpsim.parameters
    var horizon = "\(options.cases ?? ScenarioImportOptions.defaultCases) cases"
    var counted: Int?
    for element in process.elements {
      guard case .startEvent = element.kind,
        let count = parameters.parameter(element.id, "ControlParameters", "TriggerCount"),
        let value = constant(count)
      else { continue }
      if let whole = Int(exactly: value), whole > 0 {
        counted = whole
      } else {
        fail(count, "is \(plainNumber(value)); expected a whole number of cases")
      }
    }
    var duration: Double?
    if let element = parameters.ofScenario("Duration"),
      let value = BPSimParameters.values(of: element).first
    {
      duration = seconds(value, bpsim)
    }
    if options.cases == nil {
      if let counted {
        horizon = "\(counted) cases"
        if let duration {
          note(
            scenario,
            "ends after \(counted) cases or \(plainNumber(duration / 86_400)) days; here it ends when all "
              + "\(counted) cases are done")
        }
      } else if let duration {
        let days = max(1, Int((duration / 86_400).rounded(.up)))
        horizon = "\(days) \(days == 1 ? "day" : "days")"
        if Double(days) * 86_400 != duration {
          note(scenario, "lasts no whole number of days; it is simulated for \(days)")
        }
      }
    }
    var startState = "empty"
    if let warmUp = parameters.ofScenario("Warmup"),
      let value = BPSimParameters.values(of: warmUp).first, let length = seconds(value, bpsim),
      length > 0
    {
      let days = Int((length / 86_400).rounded(.up))
      startState = "{ each: \(days) \(days == 1 ? "day" : "days") }"
      note(
        warmUp,
        "becomes a run-in of \(days) \(days == 1 ? "day" : "days") before day 0, whose cases are not "
          + "counted")
    }
    let replications = parameters.attribute("replication").flatMap { Int($0) } ?? 0
    var begin: String?
    if let element = parameters.ofScenario("Start"),
      let value = BPSimParameters.values(of: element).first
    {
      begin = value["value"]
    }
    let seed = parameters.attribute("seed") ?? ""
    return ImportedModel.Run(
      comment: "from ScenarioParameters, unless chosen at the import",
      start: start(begin, at: scenario), timeZone: options.timeZone ?? "UTC", horizon: horizon,
      startState: startState,
      currency: options.currency ?? currencyCode(parameters.attribute("baseCurrencyUnit")),
      replications: replications > 1 ? replications : options.replications,
      seed: UInt32(seed).map { "\($0)" })
  }
}
