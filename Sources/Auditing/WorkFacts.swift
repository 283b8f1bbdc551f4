import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// What is known of the work of each system: its processes, the people in it, how much there is of it.
struct WorkFacts {
  private let context: AuditContext
  private let processesOfSystem: [String: [EstateProcess]]
  private let stepsOfSystem: [String: [Step]]

  init(_ context: AuditContext) {
    self.context = context
    processesOfSystem = Dictionary(grouping: context.estate.processes) { nameKey($0.system) }
    stepsOfSystem = Dictionary(grouping: context.estate.steps) { nameKey($0.system) }
  }

  /// The processes that a system carries.
  func processes(of system: AutomationSystem) -> [EstateProcess] {
    processesOfSystem[system.key] ?? []
  }

  /// The steps of a system.
  func steps(of system: AutomationSystem) -> [Step] { stepsOfSystem[system.key] ?? [] }

  /// The names under which the organisation may speak of a system: its own and those of its processes.
  func names(of system: AutomationSystem) -> [String] {
    [system.name] + system.aliases
      + processes(of: system).flatMap { [$0.process.id, $0.process.name].compactMap { $0 } }
  }

  /// Whether people step in at a system; `nil` where nothing is known of it.
  ///
  /// A drawn process without human tasks is not enough to say no: people may act outside of it.
  func peopleStepIn(_ index: Int) -> Bool? {
    let system = context.estate.systems[index]
    if !context.touchPoints(ofSystemNamed: system.name).isEmpty { return true }
    if let node = context.node(ofSystem: index),
      context.edges(at: node).contains(where: {
        $0.edge.isHuman || context.graph.nodes[$0.other].kind == .team
      })
    {
      return true
    }
    guard let words = system.humanInvolvement.winner, words.evidence.provenance != .assumed else {
      return nil
    }
    if nameKey(words.value) == "none" { return false }
    return isPlaceholder(words.value) ? nil : true
  }

  /// At how many places people step in at a system; `nil` where that is not known.
  func humanSteps(_ index: Int) -> Int? {
    let points = context.touchPoints(ofSystemNamed: context.estate.systems[index].name)
    if !points.isEmpty { return Set(points.map(\.step)).count }
    return peopleStepIn(index) == false ? 0 : nil
  }

  /// People's work on the cases of a system, in hours a month; `nil` where not known.
  func hoursPerMonth(_ system: AutomationSystem) -> Double? {
    guard let cases = system.volume.value?.perMonth,
      let minutes = CandidatePolicy.value(
        context.policy.candidates.minutesPerCase, of: names(of: system))
    else { return nil }
    return cases * minutes / 60
  }

  /// Why the hours of people's work at a system are not known, and from whom they can be had.
  func whyNoHours(_ system: AutomationSystem) -> String {
    system.volume.value == nil
      ? "cases a month are not known"
      : "minutes of people's work on a case are not known: policy key candidates.minutes_per_case"
  }
}
