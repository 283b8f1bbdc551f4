internal import EventEngine
internal import Simulation

/// Names of what steps of cases refer to by index.
struct ModelNames {
  private let model: SimulationModel
  private let errands: [String]

  init(_ model: SimulationModel) {
    self.model = model
    errands = [model.runInStack, model.stack].compactMap(\.self).flatMap { $0.errands.map(\.name) }
  }

  var teamCount: Int { model.stack.teams.count }

  func element(_ index: Int32) -> String {
    let flow = model.flow
    guard flow.elementIDs.indices.contains(Int(index)) else { return "" }
    return flow.elementNames[Int(index)] ?? flow.elementIDs[Int(index)]
  }

  func guardrail(_ index: Int32) -> String {
    let guardrails = model.stack.guardrails
    return guardrails.indices.contains(Int(index)) ? guardrails[Int(index)].name : ""
  }

  func application(_ index: Int32) -> String {
    let applications = model.stack.applications
    return applications.indices.contains(Int(index)) ? applications[Int(index)].name : ""
  }

  /// What a piece of work is about.
  func subject(_ kind: ObservedWork, _ source: Int32) -> String {
    switch kind {
    case .ticket: return guardrail(source)
    case .errand: return errands.indices.contains(Int(source)) ? errands[Int(source)] : ""
    case .hop: return "hop through the orchestration layer"
    case .task, .exception, .run, .aside, .repair:
      let activities = model.flow.activities
      guard activities.indices.contains(Int(source)) else { return "" }
      return element(activities[Int(source)])
    }
  }

  /// Who does the work of a station.
  func performer(_ station: Int32) -> String {
    let index = Int(station)
    if index < teamCount { return model.stack.teams[index].name }
    let automations = model.stack.automations
    if index - teamCount < automations.count { return automations[index - teamCount].name }
    return model.stack.layer?.name ?? "orchestration layer"
  }

  /// A person as logs name them; empty for nobody.
  func person(_ station: Int32, _ position: Int32) -> String {
    guard position >= 0, Int(station) < teamCount else { return "" }
    let team = model.stack.teams[Int(station)]
    let own = team.people.indices.contains(Int(position)) ? team.people[Int(position)].name : ""
    return own.isEmpty ? "\(team.name)-\(position + 1)" : own
  }

  /// Stretches of a span in which somebody of a team is on shift, and in which nobody is, in order.
  func stretches(
    ofTeam team: Int32, from: Int64, to: Int64
  ) -> [(from: Int64, to: Int64, isOpen: Bool)] {
    let calendars = Set(model.stack.teams[Int(team)].people.map(\.calendar)).sorted()
    guard !calendars.isEmpty else { return [(from, to, false)] }
    var stretches: [(from: Int64, to: Int64, isOpen: Bool)] = []
    var time = from
    while time < to {
      var next = to
      var isOpen = false
      for calendar in calendars {
        isOpen = isOpen || model.calendars[calendar].isOpen(at: time)
        next = min(next, model.calendars[calendar].nextChange(after: time))
      }
      // A calendar of round the clock has changes that change nothing.
      next = max(next, time + 1)
      if stretches.last?.isOpen == isOpen {
        stretches[stretches.count - 1].to = next
      } else {
        stretches.append((time, next, isOpen))
      }
      time = next
    }
    return stretches
  }
}
