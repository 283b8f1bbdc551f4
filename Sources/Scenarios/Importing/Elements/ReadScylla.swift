internal import DocumentReading
internal import Facts
internal import ProcessModel

/// Whether an XML document is a simulation configuration of Scylla.
func isScylla(_ root: XMLElement) -> Bool {
  root.name == "simulationConfiguration"
    || (root.name == "definitions" && root.first("simulationConfiguration") != nil)
}

extension ElementReading {
  /// Reads a simulation configuration and the global configuration beside it.
  mutating func readScylla(_ root: XMLElement, global: ParameterFile?) -> ImportedModel? {
    guard let configuration = configuration(in: root) else { return nil }
    guard let global else {
      fail(
        configuration,
        "speaks of resources of a global configuration; name that file with --global")
      return nil
    }
    let people: [String: [Int]]
    var order = ""
    do {
      let document = try parseXML(global.bytes, path: global.path)
      guard document.name == "globalConfiguration" else {
        fail(document, "is no global configuration of Scylla; expected globalConfiguration")
        return nil
      }
      let timetables = readScyllaTimetables(document)
      people = readScyllaResources(document, timetables: timetables)
      noteOffset(document)
      order = document.first("resourceAssignmentOrder")?.text ?? ""
    } catch {
      fail(error.message, at: error.location)
      return nil
    }
    var arrivals = ImportedArrivals(location: configuration.location)
    readScyllaElements(of: configuration, people: people, arrivals: &arrivals)
    if !urgency.isEmpty, !order.contains("priority"),
      configuration["resourceAssignmentOrder"]?.contains("priority") != true
    {
      note(
        configuration,
        "gives priorities that its resourceAssignmentOrder does not look at; left out")
      urgency = [:]
    }
    var cases = ScenarioImportOptions.defaultCases
    if let count = number(configuration, "processInstances"), let whole = Int(exactly: count),
      whole > 0
    {
      cases = whole
    }
    if configuration["endDateTime"] != nil {
      note(
        configuration,
        "has an 'endDateTime', which is left out: cases are followed until they are done")
    }
    let seed = configuration["randomSeed"] ?? ""
    let run = ImportedModel.Run(
      comment: "from simulationConfiguration, unless chosen at the import",
      start: start(configuration["startDateTime"], at: configuration),
      timeZone: options.timeZone ?? "UTC", horizon: "\(options.cases ?? cases) cases",
      currency: options.currency ?? ScenarioImportOptions.noCurrency,
      replications: options.replications, seed: UInt32(seed).map { "\($0)" })
    var sections = self.sections("simulationConfiguration")
    let globalName = "\(lastComponent(of: global.path)) globalConfiguration"
    let own = sections.prefix
    sections.prefix = ""
    sections.calendars = globalName
    sections.people = globalName
    for key in [
      \ImportedModel.Sections.arrivalCalendar, \.arrivals, \.activities, \.updates, \.batches,
      \.waits, \.shares, \.conditions, \.priorities,
    ] {
      sections[keyPath: key] = own + "simulationConfiguration"
    }
    return assembled(arrivals, simulator: "Scylla", run: run, sections: sections)
  }

  /// The configuration of the process.
  private mutating func configuration(in root: XMLElement) -> XMLElement? {
    let all = root.name == "simulationConfiguration" ? [root] : root.all("simulationConfiguration")
    let own = all.filter { $0["processRef"] == process.id }
    if let found = own.first { return found }
    let known = all.compactMap { $0["processRef"] }.joined(separator: ", ")
    fail(
      root,
      "is about the process '\(shown(known))', and the BPMN file has '\(process.id)'; name the file that "
        + "belongs to it")
    return nil
  }

  // MARK: Global configuration

  /// Tells of an offset from UTC: with one offset for all times, those on the wall are the same without it.
  private mutating func noteOffset(_ global: XMLElement) {
    guard let element = global.first("zoneOffset") else { return }
    let offset = element.text.trimmed
    guard offset.contains(where: { $0.isNumber && $0 != "0" }) else { return }
    note(
      element,
      "is \(shown(offset)); start and timetables are by that clock, which is called "
        + "\(options.timeZone ?? "UTC") here, since a fixed offset changes none of them")
  }

  private mutating func readScyllaTimetables(_ global: XMLElement) -> [String: String] {
    var names: [String: String] = [:]
    for table in global.first("timetables")?.all("timetable") ?? [] {
      guard let id = table["id"] else {
        fail(table, "has no 'id'")
        continue
      }
      var spans = WeeklySpans()
      for item in table.all("timetableItem") {
        guard let first = weekday(item, "from"), let last = weekday(item, "to"),
          let open = minute(item, "beginTime"), let close = minute(item, "endTime")
        else { continue }
        spans.add(from: first, to: last, open: open, close: close)
      }
      names[id] = add(calendar: id, lines: spans.lines)
    }
    return names
  }

  private mutating func readScyllaResources(
    _ global: XMLElement, timetables: [String: String]
  ) -> [String: [Int]] {
    var people: [String: [Int]] = [:]
    for resource in global.first("resourceData")?.children ?? [] {
      guard resource.name == "dynamicResource", let id = resource["id"] else {
        fail(resource, "is no dynamicResource with an id, the only kind that Scylla reads")
        continue
      }
      let name = resource["name"] ?? id
      guard let quantity = number(resource, "defaultQuantity"),
        let count = self.people(quantity, at: resource)
      else {
        if resource["defaultQuantity"] == nil { fail(resource, "has no 'defaultQuantity'") }
        continue
      }
      let instances = resource.all("instance")
      guard instances.count <= count else {
        fail(
          resource, "has \(instances.count) instances and a quantity of \(count); expected no more")
        continue
      }
      var indexes: [Int] = []
      let usualUnit = resource["defaultTimeUnit"]
      let usual = number(resource, "defaultCost") ?? 0
      if count > instances.count {
        indexes.append(
          add(
            people: name, id: id, pool: name, amount: count - instances.count,
            cost: perHour(usual, unit: usualUnit, at: resource),
            calendar: timetable(resource, "defaultTimetableId", timetables)))
      }
      for instance in instances {
        let own = number(instance, "cost") ?? usual
        let calendar =
          instance["timetableId"] != nil
          ? timetable(instance, "timetableId", timetables)
          : timetable(resource, "defaultTimetableId", timetables)
        indexes.append(
          add(
            people: instance["name"] ?? "\(name) \(indexes.count + 1)", id: id, pool: name,
            amount: 1,
            cost: perHour(own, unit: instance["timeUnit"] ?? usualUnit, at: instance),
            calendar: calendar))
      }
      people[id] = indexes
    }
    return people
  }

  private mutating func timetable(
    _ element: XMLElement, _ attribute: String, _ known: [String: String]
  ) -> String {
    guard let id = element[attribute] else { return alwaysCalendar() }
    if let name = known[id] {
      if calendars.first(where: { $0.name == name })?.lines.isEmpty == true {
        fail(element, "has the timetable '\(shown(id))', which has no hours")
      }
      return name
    }
    fail(element, "has the timetable '\(shown(id))', which is not there")
    return ""
  }

  private mutating func perHour(_ value: Double, unit: String?, at element: XMLElement) -> Double {
    guard let unit else {
      if value != 0 { fail(element, "has a cost and no time unit of it") }
      return 0
    }
    guard let seconds = self.seconds(ofUnit: unit, at: element) else { return 0 }
    return cost(perHour: value * 3600 / seconds, at: element)
  }

  private mutating func seconds(ofUnit unit: String, at element: XMLElement) -> Double? {
    let units: [String: Double] = [
      "NANOSECONDS": 1e-9, "MICROSECONDS": 1e-6, "MILLISECONDS": 1e-3, "SECONDS": 1, "MINUTES": 60,
      "HOURS": 3600, "DAYS": 86_400,
    ]
    if let length = units[unit] { return length }
    fail(
      element,
      "has the time unit '\(shown(unit))'; known are \(units.keys.sorted().joined(separator: ", "))"
    )
    return nil
  }

  // MARK: Simulation configuration

  private mutating func readScyllaElements(
    of container: XMLElement, people: [String: [Int]], arrivals: inout ImportedArrivals
  ) {
    for element in container.children {
      guard let id = element["id"] else {
        if element.name != "resources" && element.name != "duration" {
          note(element, "has no 'id' and is left out, as in Scylla")
        }
        continue
      }
      guard process.element(id) != nil else {
        note(element, "is left out: the process has no such element")
        continue
      }
      switch element.name {
      case "startEvent":
        guard let rate = element.first("arrivalRate") else { continue }
        if arrivals.between != nil {
          fail(element, "is a second start event with arrivals; a scenario has one stream of cases")
        }
        arrivals.between = time(rate)
        arrivals.startEvent = id
        arrivals.location = element.location
      case "exclusiveGateway", "inclusiveGateway", "eventBasedGateway":
        for flow in element.all("outgoingSequenceFlow") { readShare(flow) }
      case "catchEvent", "intermediateCatchEvent":
        if let rate = element.first("arrivalRate"), let draw = time(rate) { times[id] = draw }
      case "subProcess":
        readScyllaElements(of: element, people: people, arrivals: &arrivals)
      case let name where name.lowercased().hasSuffix("task"):
        readTask(element, id: id, people: people)
      default:
        note(element, "is left out: Scylla has it from a plug-in that a scenario has no place for")
      }
    }
  }

  private mutating func readShare(_ flow: XMLElement) {
    guard let id = flow["id"],
      let share = number(child: "branchingProbability", of: flow)
    else { return }
    guard 0...1 ~= share else {
      fail(flow, "has the probability \(plainNumber(share)), which is not between 0 and 1")
      return
    }
    shares[id] = (share, flow.location)
  }

  private mutating func readTask(_ element: XMLElement, id: String, people: [String: [Int]]) {
    var parts: [ImportedDraw] = []
    for name in ["setUpDuration", "duration"] {
      if let duration = element.first(name), let draw = time(duration) { parts.append(draw) }
    }
    if !parts.isEmpty, let whole = sum(parts, at: element) { times[id] = whole }
    for part in element.children where !knownTaskParts.contains(part.name) {
      if part.name.lowercased().contains("batch") {
        fail(
          part,
          "collects cases, which Scylla's batch plug-in does by rules of its own; take it out and give "
            + "the activity 'batch' in the scenario")
      } else {
        note(part, "is left out: a scenario has no place for it")
      }
    }
    for event in element.first("boundaryEvents")?.all("boundaryEvent") ?? [] {
      guard let id = event["id"], process.element(id) != nil else {
        note(event, "is left out: the process has no such event")
        continue
      }
      if event.first("eventProbability") != nil {
        happens[id] = number(child: "eventProbability", of: event)
      }
      if let rate = event.first("arrivalRate"), let draw = time(rate) { times[id] = draw }
    }
    let named = element.first("resources")?.all("resource") ?? []
    guard let first = named.first else { return }
    guard named.count == 1 else {
      fail(
        element,
        "needs \(named.count) kinds of resources at once; a piece of work takes one person, so split the "
          + "task or leave one out")
      return
    }
    if let amount = number(first, "amount"), amount != 1 {
      fail(
        first,
        "takes \(plainNumber(amount)) people at once; a piece of work takes one, so split the task or give "
          + "it an amount of 1")
    }
    guard let resource = first["id"], let indexes = people[resource] else {
      fail(first, "is not in the global configuration")
      return
    }
    performers[id] = indexes
    if let priority = first.first("assignmentDefinition")?.first("priority"),
      let value = number(priority.text, of: "priority", at: first)
    {
      // Scylla takes the higher number first.
      urgency[id] = max(-1000, min(1000, -Int(value.rounded())))
    }
  }

  private mutating func time(_ element: XMLElement) -> ImportedDraw? {
    guard let unit = element["timeUnit"] else {
      fail(element, "has no 'timeUnit'")
      return nil
    }
    guard let seconds = self.seconds(ofUnit: unit, at: element) else { return nil }
    guard let distribution = element.children.first else {
      fail(element, "has no distribution")
      return nil
    }
    let problems = errors.count
    func value(_ name: String) -> Double {
      (number(child: name, of: distribution) ?? 0) * seconds
    }
    let shape: ImportedShape
    switch distribution.name {
    case "constantDistribution": shape = .constant(value("constantValue"))
    case "exponentialDistribution":
      shape = .exponential(scale: value("mean"), location: 0)
    case "erlangDistribution":
      let phases = number(child: "order", of: distribution) ?? 1
      shape = .erlang(phases: Int(exactly: phases) ?? 0, mean: value("mean"))
    case "triangularDistribution":
      shape = .triangular(from: value("lower"), mode: value("peak"), to: value("upper"))
    case "normalDistribution":
      shape = .normal(mean: value("mean"), deviation: value("standardDeviation"))
    case "uniformDistribution": shape = .uniform(from: value("lower"), to: value("upper"))
    case "binomialDistribution":
      let trials = number(child: "amount", of: distribution) ?? 0
      let probability = number(child: "probability", of: distribution) ?? 0
      shape = .counts(binomial: trials, probability, each: seconds)
    case "poissonDistribution":
      shape = .counts(poisson: number(child: "mean", of: distribution) ?? 0, each: seconds)
    case "arbitraryFiniteProbabilityDistribution":
      var points: [(value: Double, share: Double)] = []
      for entry in distribution.all("entry") {
        if let value = number(entry, "value"), let weight = number(entry, "frequency") {
          points.append((value * seconds, weight))
        }
      }
      shape = .discrete(points)
    default:
      fail(distribution, "is no distribution that Scylla has")
      return nil
    }
    guard errors.count == problems else { return nil }
    return draw(shape, at: distribution)
  }
}

private let knownTaskParts: Set<String> = [
  "duration", "setUpDuration", "resources", "boundaryEvents",
]
