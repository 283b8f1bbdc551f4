internal import Facts
internal import ProcessModel

/// How cases come, as a file says it.
struct ImportedArrivals {
  /// Time from one to the next; `nil` where the file does not say.
  var between: ImportedDraw?
  /// Hours in which they come, and in which alone the time passes; `nil` for around the clock.
  var hours: [String]?
  /// The start event that they come by.
  var startEvent: String?
  var location: SourceLocation
}

extension ElementReading {
  /// The model of what was read; `nil` where something is wrong, which is then an error.
  ///
  /// - Parameters:
  ///   - simulator: the format's name, for notes.
  ///   - run: how long is simulated.
  mutating func assembled(
    _ arrivals: ImportedArrivals, simulator: String, run: ImportedModel.Run,
    sections: ImportedModel.Sections
  ) -> ImportedModel? {
    let between = betweenCases(arrivals, simulator: simulator)
    let (tasks, automatic) = activities(simulator: simulator)
    let (events, chances) = eventTimes(simulator: simulator)
    let gateways = readBranching(simulator: simulator)
    noteUnused()
    let start = startEvent(arrivals)
    guard errors.isEmpty, let between else { return nil }
    let used = Set(tasks.flatMap { $0.times.map(\.resource) }).map { resources[$0].calendar }
    var name = "arrivals"
    while calendars.contains(where: { $0.name == name }) { name += "_of_cases" }
    let hours = ImportedModel.Calendar(name: name, lines: arrivals.hours ?? ["always"])
    return ImportedModel(
      arrivals: between, arrivalCalendar: name, arrivalsCountOpenTime: arrivals.hours != nil,
      startEvent: start, calendars: [hours] + calendars.filter { used.contains($0.name) },
      resources: resources, tasks: tasks, automatic: automatic, gateways: gateways,
      attributes: attributes, priorities: [], batches: [], events: events, chances: chances,
      run: run, sections: sections)
  }

  private mutating func betweenCases(
    _ arrivals: ImportedArrivals, simulator: String
  ) -> String? {
    if let chosen = options.between {
      if arrivals.between != nil {
        note(
          "the time between cases is replaced by '\(shown(chosen))', which was given at the import",
          at: arrivals.location)
      }
      return chosen
    }
    guard let between = arrivals.between else {
      fail(
        "\(simulator)'s parameters do not say how cases arrive at the start event; give the time from one "
          + "to the next with --between, such as --between 'exponential mean 10 min'",
        at: arrivals.location)
      return nil
    }
    if between.constant == 0 {
      fail(
        "all cases would come at once; expected times between them above 0", at: arrivals.location)
      return nil
    }
    return between.text
  }

  /// The start event that must be named, where the process has several.
  private func startEvent(_ arrivals: ImportedArrivals) -> String? {
    let starts = process.elements.filter {
      if case .startEvent = $0.kind { $0.parent == nil } else { false }
    }
    return starts.count > 1 ? arrivals.startEvent ?? starts.first?.id : nil
  }

  // MARK: Activities

  private mutating func activities(
    simulator: String
  ) -> ([ImportedModel.Task], [ImportedModel.Automatic]) {
    var tasks: [ImportedModel.Task] = []
    var automatic: [ImportedModel.Automatic] = []
    var timeless: [String] = []
    var withoutPeople: [String] = []
    for element in process.elements {
      switch element.kind {
      case .task(.receive): continue
      case .task, .callActivity: break
      case .subProcess:
        if times[element.id] != nil {
          note(
            "the time of the sub-process '\(element.id)' is left out: what is in it has times of its own",
            at: element.location)
        }
        continue
      default: continue
      }
      let time = times[element.id]
      if time == nil { timeless.append(element.name ?? element.id) }
      let text = time?.text ?? "0 s"
      guard let people = performers[element.id], !people.isEmpty else {
        if time != nil { withoutPeople.append(element.name ?? element.id) }
        automatic.append(
          ImportedModel.Automatic(id: element.id, time: text, price: prices[element.id]))
        continue
      }
      if let price = prices[element.id], price > 0 {
        note(
          "\(plainNumber(price)) for each time that '\(element.name ?? element.id)' is done are left out: "
            + "the work of people costs by the hour; add them to the cost of a case by hand",
          at: element.location)
      }
      tasks.append(
        ImportedModel.Task(
          id: element.id,
          times: people.map {
            ImportedModel.TaskTime(resource: $0, time: text, seconds: time?.constant)
          }, priority: urgency[element.id]))
    }
    if !timeless.isEmpty {
      note(
        "nothing is said of the time of \(namesText(timeless)); as in \(simulator) they take none",
        at: process.location)
    }
    if !withoutPeople.isEmpty {
      note(
        "\(namesText(withoutPeople)) name nobody who does them: they take their time, nothing waits for "
          + "them, and no hours of people are counted", at: process.location)
    }
    return (tasks, automatic)
  }

  // MARK: Events

  private mutating func eventTimes(
    simulator: String
  ) -> (events: [(id: String, time: String)], chances: [ImportedModel.Chance]) {
    var events: [(id: String, time: String)] = []
    var chances: [ImportedModel.Chance] = []
    var untimed: [String] = []
    let raced = racedEvents()
    for element in process.elements {
      switch element.kind {
      case .task(.receive), .intermediateCatch:
        if raced.contains(element.id) { continue }
        if let time = times[element.id] {
          events.append((element.id, time.text))
        } else if !hasOwnTime(element) {
          untimed.append(element.name ?? element.id)
          events.append((element.id, "0 s"))
        }
      case .boundary(let trigger, _, _):
        guard times[element.id] != nil || happens[element.id] != nil else { continue }
        var after = times[element.id]?.text
        if case .error = trigger, after != nil {
          after = nil
          note(
            "the time of the error '\(element.name ?? element.id)' is left out: it comes when its activity is "
              + "done", at: element.location)
        }
        guard after != nil || happens[element.id] != nil else { continue }
        chances.append(
          ImportedModel.Chance(id: element.id, happens: happens[element.id], after: after))
      default: continue
      }
    }
    if !untimed.isEmpty {
      note(
        "nothing is said of how long cases wait at \(namesText(untimed)); as in \(simulator) they do not",
        at: process.location)
    }
    for gateway in process.elements where gateway.kind == .gateway(.eventBased) {
      chances += race(at: gateway)
    }
    return (events, chances)
  }

  /// Whether the BPMN file itself says when an event comes.
  private func hasOwnTime(_ element: FlowElement) -> Bool {
    if case .intermediateCatch(.timer(_, let text)) = element.kind, let text {
      return TimeSpan(iso8601: text) != nil
    }
    if case .intermediateCatch(.link) = element.kind { return true }
    return false
  }

  /// Events behind event-based gateways whose flows have probabilities and that have no times: chance says
  /// which comes.
  private func racedEvents() -> Set<String> {
    var raced: Set<String> = []
    for gateway in process.elements where gateway.kind == .gateway(.eventBased) {
      let flows = process.flows.filter { $0.source == gateway.id }
      guard flows.contains(where: { shares[$0.id] != nil }),
        flows.allSatisfy({ times[$0.target] == nil })
      else { continue }
      raced.formUnion(flows.map(\.target))
    }
    return raced
  }

  /// All come at once and the first that comes wins, so that each comes with its share of what the ones
  /// before it leave.
  private mutating func race(at gateway: FlowElement) -> [ImportedModel.Chance] {
    let flows = process.flows.filter { $0.source == gateway.id }
    let raced = racedEvents()
    guard flows.contains(where: { raced.contains($0.target) }) else {
      for flow in flows {
        guard let share = shares[flow.id] else { continue }
        note(
          "the probability of the flow '\(flow.id)' is left out: at an event-based gateway the first event "
            + "that comes decides", at: share.at)
      }
      return []
    }
    guard let found = wholeShares(of: flows, at: gateway) else { return [] }
    var left = 1.0
    var result: [ImportedModel.Chance] = []
    for (index, flow) in flows.enumerated() {
      let isLast = index == flows.count - 1
      let chance = left > 0 ? min(1, found[index] / left) : 0
      result.append(
        ImportedModel.Chance(id: flow.target, happens: isLast ? 1 : chance, after: "0 s"))
      left -= found[index]
    }
    return result
  }

  // MARK: Branching

  private mutating func readBranching(simulator: String) -> [ImportedModel.Gateway] {
    var gateways: [ImportedModel.Gateway] = []
    for element in process.elements {
      let flows = process.flows.filter { $0.source == element.id }
      let known = flows.filter { shares[$0.id] != nil }
      let ruled = flows.filter { conditions[$0.id] != nil }
      guard flows.count > 1 else {
        for flow in known where shares[flow.id]?.share != 1 {
          note(
            "the probability of the flow '\(flow.id)' is left out: it is the only one out of "
              + "'\(element.id)'", at: shares[flow.id]?.at ?? element.location)
        }
        continue
      }
      switch element.kind {
      case .gateway(.exclusive), .gateway(.inclusive): break
      case .gateway(.eventBased): continue
      default:
        for flow in known where shares[flow.id]?.share != 1 {
          note(
            "the probability of the flow '\(flow.id)' is left out: nothing is chosen at '\(element.id)'",
            at: shares[flow.id]?.at ?? element.location)
        }
        continue
      }
      if !ruled.isEmpty {
        if let made = gateway(element, flows: flows, ruled: ruled) { gateways.append(made) }
        continue
      }
      guard !known.isEmpty else {
        note(
          "nothing is said of which way cases go at '\(element.name ?? element.id)'; all ways are taken "
            + "to be equally likely", at: element.location)
        continue
      }
      if element.kind == .gateway(.inclusive) {
        let silent = flows.filter { shares[$0.id] == nil && $0.id != element.defaultFlow }
        for flow in silent {
          fail(
            "the flow '\(flow.id)' out of the inclusive gateway '\(element.id)' has no probability; give "
              + "each its own", at: flow.location)
        }
        let ways = flows.filter { $0.id != element.defaultFlow }
        gateways.append(
          ImportedModel.Gateway(
            id: element.id, shares: ways.map { ($0.id, shares[$0.id]?.share ?? 0) }))
      } else if let all = wholeShares(of: flows, at: element) {
        gateways.append(
          ImportedModel.Gateway(
            id: element.id, shares: zip(flows, all).map { ($0.id, $1) }))
      }
    }
    return gateways
  }

  /// Shares of flows of which one is taken: what has none shares what is left, and all sum to one.
  private mutating func wholeShares(of flows: [SequenceFlow], at element: FlowElement) -> [Double]?
  {
    let given = flows.map { shares[$0.id]?.share }
    let sum = given.compactMap { $0 }.reduce(0, +)
    let silent = given.count { $0 == nil }
    let place = flows.compactMap { shares[$0.id]?.at }.first ?? element.location
    if silent > 0, sum <= 1 + 1e-9 {
      return given.map { $0 ?? max(0, 1 - sum) / Double(silent) }
    }
    guard sum > 0, abs(sum - 1) <= 0.005 else {
      fail(
        "the probabilities of the flows out of '\(element.id)' sum to \(plainNumber(sum)); expected 1",
        at: place)
      return nil
    }
    if abs(sum - 1) > 1e-6 {
      note(
        "the probabilities of the flows out of '\(element.id)' sum to \(plainNumber(sum)); they are scaled "
          + "to 1", at: place)
    }
    return given.map { ($0 ?? 0) / sum }
  }

  private mutating func gateway(
    _ element: FlowElement, flows: [SequenceFlow], ruled: [SequenceFlow]
  ) -> ImportedModel.Gateway? {
    let open = flows.filter { conditions[$0.id] == nil }
    for flow in open {
      guard let share = shares[flow.id] else { continue }
      fail(
        "the flow '\(flow.id)' has a probability where others out of '\(element.id)' have conditions; give "
          + "all the one or all the other", at: share.at)
      return nil
    }
    guard open.count <= 1 else {
      fail(
        "\(open.count) flows out of '\(element.id)' have no condition; give conditions to all but one, "
          + "which is taken where none holds", at: open[0].location)
      return nil
    }
    var lines = ruled.map { (flow: $0.id, text: conditions[$0.id]?.text ?? "") }
    if let last = open.first { lines.append((last.id, "otherwise")) }
    return ImportedModel.Gateway(id: element.id, shares: [], conditions: lines)
  }

  // MARK: What says nothing

  /// Tells of flows and people that the process has no place for.
  private mutating func noteUnused() {
    let flows = Set(process.flows.map(\.id))
    let unknown = shares.filter { !flows.contains($0.key) }.sorted { $0.key < $1.key }
    for (flow, share) in unknown {
      note(
        "the probability of '\(shown(flow))' is left out: the process has no such flow",
        at: share.at)
    }
    let working = Set(performers.values.flatMap { $0 })
    let idle = resources.indices.filter { !working.contains($0) }.map { resources[$0].name }
    if !idle.isEmpty {
      note(
        "\(namesText(idle)) do nothing in this process and are left out",
        at: SourceLocation(path: path))
    }
  }
}

/// Some names, and how many more there are.
private func namesText(_ names: [String]) -> String {
  let shownNames = names.prefix(6).map { "'\(shown($0))'" }.joined(separator: ", ")
  return names.count > 6 ? "\(shownNames) and \(names.count - 6) more" : shownNames
}
