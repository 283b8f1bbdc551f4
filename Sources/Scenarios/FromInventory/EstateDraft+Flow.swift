internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation

// What the drawing leaves open: waits, events, repetitions, shares.

extension EstateDraft {
  /// Times of the events that cases wait for and of which the drawing gives none.
  var waitKeys: [Key] {
    events.filter { $0.isAwaited && !$0.hasTime }.map { event in
      Key(
        event.id, "exponential mean 1 day",
        .placeholder("the inventory does not say how long cases wait there"),
        comment: event.element.name)
    }
  }

  /// Timers on boundaries without a time, and errors that boundaries catch.
  var eventKeys: [Key] {
    var keys: [Key] = []
    for event in events where !event.isAwaited {
      if case .timer = event.trigger, !event.hasTime {
        let after = Key("after", "1 day", .placeholder("the drawing gives no time"))
        keys.append(Key(event.id, [after], comment: event.element.name))
      }
    }
    for automation in automations where isCaught(automation) {
      let failure = rate(of: automation)
      for id in automation.activities {
        guard let boundary = errorBoundary(of: id) else { continue }
        keys.append(
          Key(
            boundary.id,
            [Key("happens", scenarioShare(failure.share), failure.claim)],
            comment: [boundary.name, "failure path of \(automation.name)"].compactMap(\.self)
              .joined(separator: " - ")))
      }
    }
    return keys
  }

  func repetitionKeys(isMultiInstance: Bool) -> [Key] {
    flow.repetitions.enumerated().compactMap { index, repetition in
      guard repetition.order.isMultiInstance == isMultiInstance,
        !isMultiInstance || repetition.stated <= 0
      else { return nil }
      let id = flow.repetitionID(index)
      let inner =
        isMultiInstance
        ? Key("count", "3", .placeholder("the drawing does not say how many there are"))
        : Key("again", "20 %", .placeholder("the inventory does not say how often it is done"))
      return Key(id, [inner], comment: element(id)?.name)
    }
  }

  /// The same share for each way out of a gateway, with its condition beside it.
  var branchingKeys: [Key] {
    let choices = flow.nodes.count - (flow.choosesStart ? 1 : 0)
    return flow.nodes.prefix(choices).enumerated().compactMap { index, node in
      guard node.kind == .exclusive, node.flowCount > 1 else { return nil }
      let id = flow.elementIDs[index]
      let positions = Array(Int(node.firstFlow)..<Int(node.firstFlow + node.flowCount))
      let ids = positions.map { flow.flowIDs[$0] }
      guard Set(ids).count == ids.count, !ids.contains(where: \.isEmpty) else { return nil }
      let ways = zip(ids, equalShares(ids.count)).map { flowID, share in
        Key(
          flowID, share, .placeholder("the inventory counts no cases on its ways"),
          comment: remark(onFlow: flowID))
      }
      return Key(id, ways, comment: element(id)?.name)
    }
  }

  private func remark(onFlow id: String) -> String? {
    guard let way = process.flows.first(where: { $0.id == id }) else { return nil }
    let parts = [
      way.name ?? element(way.target)?.name ?? way.target,
      way.condition.map { "condition \($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: " - ")
  }

  // MARK: Failure paths

  /// The interrupting boundary event of an activity that catches its errors.
  func errorBoundary(of activity: String) -> FlowElement? {
    process.elements.first {
      if case .boundary(.error, let host, true) = $0.kind { return host == activity }
      return false
    }
  }

  /// Whether the process itself has a way for every failure of an automation.
  func isCaught(_ automation: DraftAutomation) -> Bool {
    !automation.activities.isEmpty
      && automation.activities.allSatisfy { errorBoundary(of: $0) != nil }
  }

  // MARK: Events

  private struct Event {
    var id: String
    var element: FlowElement
    var trigger: FlowElement.EventTrigger
    var isAwaited: Bool
    var hasTime: Bool
  }

  /// Events that come from outside of the process, after a time or never; no errors.
  private var events: [Event] {
    flow.delays.indices.compactMap { index in
      let id = flow.elementIDs[Int(flow.delays[index])]
      guard flow.delayNames[index] < 0, let element = element(id) else { return nil }
      let trigger: FlowElement.EventTrigger
      var isAwaited = false
      switch element.kind {
      case .intermediateCatch(let caught):
        trigger = caught
        isAwaited = true
      case .task:
        trigger = .none
        isAwaited = true
      case .startEvent(let caught), .boundary(let caught, _, _): trigger = caught
      default: trigger = .none
      }
      if case .error = trigger { return nil }
      return Event(
        id: id, element: element, trigger: trigger, isAwaited: isAwaited, hasTime: hasTime(trigger))
    }
  }

  /// Whether a timer says how long it takes, as the scenario reads it.
  private func hasTime(_ trigger: FlowElement.EventTrigger) -> Bool {
    guard case .timer(let kind, let expression?) = trigger else { return false }
    switch kind {
    case .duration: return TimeSpan(iso8601: expression) != nil
    case .cycle:
      let parts = expression.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].first == "R",
        parts[0].count == 1 || Int(parts[0].dropFirst()) != nil
      else { return false }
      return TimeSpan(iso8601: String(parts[1])) != nil
    case .date, .unspecified: return false
    }
  }
}
