internal import Facts
internal import ProcessModel
internal import Simulation
internal import Statistics

// `waits` and `events`: when the events of the process come.

extension StackReading {
  /// When each event comes, as `FlowGraph.delays`; `nil` where something is missing or wrong, which is
  /// then reported.
  func readEvents() -> [EventSettings]? {
    let waits = reading.group(sections, "waits")
    _ = reading.key("waits.*")
    let events = reading.group(sections, "events")
    for key in ["events.*", "events.*.happens", "events.*.after", "events.*.times"] {
      _ = reading.key(key)
    }
    let ids = flow.delays.map { flow.elementIDs[Int($0)] }
    checkNames(
      waits, ids, hasDefault: true, "is no catching event or receive task of the process")
    checkNames(
      events, ids, hasDefault: false,
      "is no event of the process that comes after a time or with a probability")
    let written = Dictionary(
      reading.named(sections, "events").map { ($0.name, $0.section) },
      uniquingKeysWith: { first, _ in first })
    var result: [EventSettings] = []
    for (index, id) in ids.enumerated() {
      guard let element = process.element(id) else { continue }
      let place = EventPlace(
        id: id, element: element, isFromWithin: flow.delayNames[index] >= 0,
        written: written[id], waits: waits)
      if let event = event(place) { result.append(event) }
    }
    guard result.count == ids.count, checkGateways(result) else { return nil }
    return result
  }

  /// An event and what the scenario says of it.
  private struct EventPlace {
    var id: String
    var element: FlowElement
    var isFromWithin: Bool
    var written: Section?
    var waits: Section

    var wait: ScenarioNode? { waits.node?[id] }
    var isSaid: Bool { wait != nil || written?.isPresent == true }
    func said(_ key: String) -> ScenarioNode? { written?.node?[key] }

    var trigger: FlowElement.EventTrigger {
      switch element.kind {
      case .intermediateCatch(let trigger), .startEvent(let trigger),
        .boundary(let trigger, _, _):
        trigger
      default: .none
      }
    }

    /// Whether a case that comes there waits for it, so that it must come.
    var isAwaited: Bool {
      switch element.kind {
      case .intermediateCatch, .task: true
      default: false
      }
    }
  }

  private func event(_ place: EventPlace) -> EventSettings? {
    if case .error = place.trigger { return error(place) }
    if let wait = place.wait, place.said("after") != nil {
      reading.report(
        key: wait.path,
        "both 'waits' and 'events' say when '\(place.id)' comes; keep one", at: wait.location)
      return nil
    }
    if place.isFromWithin, !place.isSaid { return EventSettings(isFromWithin: true) }
    let happens = place.written.map { reading.share($0, "happens") } ?? nil
    let after = place.written.map { reading.distribution($0, "after") } ?? nil
    let times = place.written.map { reading.count($0, "times") } ?? nil
    let stated = timer(place)
    let time = after ?? wait(place.id, place.waits) ?? stated?.time
    // What is written but wrong has been reported where it stands.
    if (place.said("after") != nil && after == nil) || (place.wait != nil && time == nil)
      || (place.said("happens") != nil && happens == nil)
      || (place.said("times") != nil && times == nil)
    {
      return nil
    }
    if let node = place.said("happens"), place.isAwaited, !isBehindGateway(place.id) {
      reading.report(
        key: node.path,
        "cases wait at '\(place.id)' until it comes, so that it must; remove 'happens'",
        at: node.location)
      return nil
    }
    if let time {
      return EventSettings(
        time: time, probability: happens ?? 1, occurrences: times ?? stated?.occurrences ?? 1)
    }
    return eventWithoutTime(place, happens: happens, times: times)
  }

  private func eventWithoutTime(
    _ place: EventPlace, happens: Double?, times: Int?
  ) -> EventSettings? {
    var needsTime = place.isAwaited || happens ?? 0 > 0
    if case .timer = place.trigger { needsTime = true }
    if needsTime, let time = wait("default", place.waits) {
      return EventSettings(time: time, probability: happens ?? 1, occurrences: times ?? 1)
    }
    guard needsTime else {
      reading.record(
        path: "events.\(place.id).happens", text: "0 %", value: 0, unit: "1",
        claim: ScenarioNode.Claim(
          provenance: .assumed, note: "nothing says that it comes from outside"),
        at: place.element.location, isDefault: true)
      return EventSettings(probability: 0)
    }
    if place.waits.node?["default"] == nil {
      let section = place.isAwaited ? "waits" : "events"
      let example =
        place.isAwaited
        ? "`waits: { \(place.id): exponential mean 2 days }`"
        : "`events: { \(place.id): { after: 2 days } }`"
      let what = place.isAwaited ? "how long cases wait at" : "when the event comes at"
      reading.report(
        key: "\(section).\(place.id)",
        "nothing says \(what) '\(place.id)'; give it under '\(section)', such as \(example)",
        at: place.waits.isPresent ? place.waits.location : location)
    }
    return nil
  }

  /// An error event: it takes no time, and outside of a sub-process a probability.
  private func error(_ place: EventPlace) -> EventSettings? {
    for node in [place.wait, place.said("after"), place.said("times")].compactMap(\.self) {
      reading.report(
        key: node.path,
        "the error '\(place.id)' comes when its activity is done, and once; remove the time",
        at: node.location)
      return nil
    }
    guard let section = place.written, let node = section.node?["happens"] else {
      return EventSettings(probability: 0)
    }
    if case .startEvent = place.element.kind {
      reading.report(
        key: node.path,
        "the error '\(place.id)' begins an event sub-process when something in the process throws "
          + "it; remove 'happens'", at: node.location)
      return nil
    }
    return reading.share(section, "happens").map { EventSettings(probability: $0) }
  }

  // MARK: Parts

  private func checkNames(
    _ outer: Section, _ ids: [String], hasDefault: Bool, _ what: String
  ) {
    for member in outer.node?.members ?? []
    where !(hasDefault && member.key == "default") && !ids.contains(member.key) {
      let hint =
        nearestName(to: member.key, among: ids).map { "did you mean '\($0)'?" }
        ?? (ids.isEmpty ? "the process has none" : "it has \(ids.joined(separator: ", "))")
      reading.report(
        key: member.node.path, "'\(shown(member.key))' \(what); \(hint)", at: member.keyLocation)
    }
  }

  private func wait(_ name: String, _ outer: Section) -> Distribution? {
    let key = reading.key("waits.*")
    guard let member = outer.node?.members.first(where: { $0.key == name }),
      case .distribution(let clock) = key.kind
    else { return nil }
    let day = reading.workingDay
    return reading.leaf(outer, member, number: { toMicrosecond($0.mean) }) {
      text throws(ValueError) in
      try parseDistribution(text, clock: clock, workingDay: day)
    }
  }

  /// The duration or cycle of a BPMN timer.
  private func timer(_ place: EventPlace) -> (time: Distribution, occurrences: Int)? {
    guard case .timer(let kind, let expression?) = place.trigger else { return nil }
    var text = expression
    var occurrences = 1
    switch kind {
    case .duration: break
    case .cycle:
      // ISO 8601: R3/PT10M is three times, R/PT10M without end.
      let parts = expression.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].first == "R" else { return nil }
      guard let count = parts[0].count == 1 ? 1_000_000 : Int(parts[0].dropFirst()) else {
        return nil
      }
      text = String(parts[1])
      occurrences = place.isAwaited ? 1 : max(1, min(count, 1_000_000))
    case .date, .unspecified: return nil
    }
    guard let seconds = TimeSpan(iso8601: text)?.seconds else { return nil }
    if place.said("after") == nil, place.wait == nil {
      reading.record(
        path: place.isAwaited ? "waits.\(place.id)" : "events.\(place.id).after",
        text: shown(expression), value: seconds, unit: "s",
        claim: ScenarioNode.Claim(provenance: .imported, note: "timer of the BPMN"),
        at: place.element.location)
    }
    guard let time = try? Distribution(.constant(value: seconds)) else { return nil }
    return (time, occurrences)
  }

  private func isBehindGateway(_ id: String) -> Bool {
    guard let node = flow.elementIDs.firstIndex(of: id) else { return false }
    return flow.nodes.contains { row in
      row.kind == .eventBased
        && flow.flows[Int(row.firstFlow)..<Int(row.firstFlow + row.flowCount)]
          .contains { $0.target == Int32(node) }
    }
  }

  /// One of the events behind a gateway must come, or cases would wait there for ever.
  private func checkGateways(_ events: [EventSettings]) -> Bool {
    var isWhole = true
    for (index, row) in flow.nodes.enumerated() where row.kind == .eventBased {
      let targets = flow.flows[Int(row.firstFlow)..<Int(row.firstFlow + row.flowCount)]
      let isCertain = targets.contains { target in
        let event = events[Int(flow.nodes[Int(target.target)].detail)]
        return event.isFromWithin || event.probability >= 1
      }
      guard !isCertain else { continue }
      isWhole = false
      reading.report(
        key: "events",
        "none of the events behind the gateway '\(flow.elementIDs[index])' is sure to come, so that "
          + "cases would wait there for ever; let one of them come without 'happens'",
        at: layers.sections["events"]?.location ?? location)
    }
    return isWhole
  }
}
