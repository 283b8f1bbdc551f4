internal import Facts
internal import IntegrationGraph
internal import Inventory
internal import ProcessModel

// Applications that the process touches, and who else does.

extension EstateDraft {
  /// Gathers every application that an activity or an automation touches.
  mutating func collectApplications() {
    var names: [String] = []
    for activity in activities { names += touched(by: activity).map(\.name) }
    for automation in automations { names += touched(by: automation).map(\.name) }
    for name in names where !applications.contains(where: { nameKey($0.name) == nameKey(name) }) {
      let key = keyName(name, besides: Set(applications.map(\.key)))
      applications.append(DraftApplication(key: key, name: name))
    }
  }

  /// Applications that an activity itself touches, by the drawing; those that its automation touches
  /// anyway are left out.
  func touched(by activity: DraftActivity) -> [(name: String, evidence: Evidence)] {
    let ofAutomation = Set(
      activity.automation.map { touched(by: automations[$0]).map { nameKey($0.name) } } ?? [])
    return touches { evidence in owns(activity.element, evidence.location) }
      .filter { !ofAutomation.contains(nameKey($0.name)) }
  }

  /// Applications that each run of an automation touches.
  ///
  /// None for the system that carries a drawn process: what it touches over a whole case, stands at the
  /// activities.
  func touched(by automation: DraftAutomation) -> [(name: String, evidence: Evidence)] {
    guard let system = automation.system, !(automation.isCarrier && source.stretches.isEmpty)
    else { return [] }
    let reference = EntityReference(.system, system.name)
    return uses(of: reference).map { ($0.name, $0.evidence) }
  }

  /// Applications that a system uses, by the integration graph.
  private func uses(of system: EntityReference) -> [(name: String, evidence: Evidence)] {
    guard let node = graph.position(of: system) else { return [] }
    var result: [(name: String, evidence: Evidence)] = []
    for edge in graph.edges(from: node) where graph.nodes[edge.target].kind == .application {
      let name = graph.nodes[edge.target].name
      guard let evidence = edge.evidence.first, !result.contains(where: { $0.name == name }) else {
        continue
      }
      result.append((name, evidence))
    }
    return result
  }

  private func touches(
    where isThere: (Evidence) -> Bool
  ) -> [(name: String, evidence: Evidence)] {
    var result: [(name: String, evidence: Evidence)] = []
    for connection in estate.connections
    where connection.target.kind == .application && connection.source.kind == .system {
      guard let evidence = connection.evidence.first(where: isThere),
        !result.contains(where: { nameKey($0.name) == connection.target.key })
      else { continue }
      result.append((connection.target.name, evidence))
    }
    return result
  }

  /// Whether a place lies in an element: at it, or behind it and before the next one.
  private func owns(_ element: FlowElement, _ place: SourceLocation) -> Bool {
    guard place.path == element.location.path else { return false }
    if place.element == originalID(element) { return true }
    guard let line = place.line, let own = element.location.line, own < line else { return false }
    let others =
      process.elements.map(\.location) + process.flows.map(\.location)
    let next = others.filter { $0.path == place.path }.compactMap(\.line).filter { $0 > own }.min()
    return next.map { line < $0 } ?? false
  }

  /// Other automations that use an application, and how often they run.
  func rivals(of application: String) -> [(system: AutomationSystem, evidence: Evidence)] {
    guard let node = graph.position(of: EntityReference(.application, application)) else {
      return []
    }
    var seen = Set(automations.map { nameKey($0.name) } + [nameKey(source.system)])
    var result: [(system: AutomationSystem, evidence: Evidence)] = []
    for edge in graph.edges(to: node) {
      let user = graph.nodes[edge.source]
      guard user.kind == .system, seen.insert(nameKey(user.name)).inserted,
        let system = systems[nameKey(user.name)], let evidence = edge.evidence.first,
        system.status.value != .retired, system.status.value != .disabled
      else { continue }
      result.append((system, evidence))
    }
    return result
  }
}
