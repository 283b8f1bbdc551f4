internal import Facts
internal import IntegrationGraph
internal import Inventory
internal import ProcessModel
internal import Simulation

/// A process of the inventory while a scenario is made of it: who does what, and what is known of them.
struct EstateDraft {
  let source: ProcessOfEstate
  let estate: Estate
  let reference: ProcessReference
  let options: InitialScenarioOptions
  /// The process with the processes that it calls drawn in, as the scenario will read it.
  let process: BusinessProcess
  let flow: FlowGraph
  /// Ids of the start events, where there are several.
  let starts: [String]
  /// The system that carries the process, where the inventory describes it.
  let carrier: AutomationSystem?
  let graph: IntegrationGraph
  /// Systems of the estate by `nameKey`.
  let systems: [String: AutomationSystem]
  var activities: [DraftActivity] = []
  var automations: [DraftAutomation] = []
  var teams: [DraftTeam] = []
  var applications: [DraftApplication] = []
  /// Replications of the experiment.
  var replications = 100

  /// Works out who does what.
  init(
    _ source: ProcessOfEstate, in estate: Estate, reference: ProcessReference,
    options: InitialScenarioOptions
  ) throws(ScenarioErrors) {
    self.source = source
    self.estate = estate
    self.reference = reference
    self.options = options
    carrier = estate.system(named: source.system)
    graph = IntegrationGraph(estate)
    systems = Dictionary(
      estate.systems.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let original = source.process
    let starts = original.elements.filter { element in
      if case .startEvent = element.kind { return element.parent == nil }
      return false
    }.map(\.id)
    self.starts = starts.count > 1 ? starts : []
    do {
      let called = reference.estate
      process = try original.inliningCalls { call in
        guard case .callActivity(let name?) = call.kind else { return nil }
        return called.process(named: name)?.process
      }
      flow = try FlowGraph(process, alternatives: self.starts)
    } catch {
      throw ScenarioErrors([
        ScenarioProblem(
          "the process '\(original.id)' cannot be simulated: \(error.message)", at: error.location)
      ])
    }
    guard !flow.activities.isEmpty else {
      throw ScenarioErrors([
        ScenarioProblem(
          "the process '\(original.id)' has no activity, so that there is nothing to simulate",
          at: original.location)
      ])
    }
    assignPerformers()
    collectApplications()
  }

  /// The scenario as it stands.
  var text: String { draft.text }

  /// The element of an activity.
  func element(_ id: String) -> FlowElement? { process.element(id) }
}

/// An activity of the process and who does it.
struct DraftActivity {
  var id: String
  var element: FlowElement
  /// Position among the automations; `nil` for people.
  var automation: Int?
  /// Position among the teams: who does it, or who does by hand what the automation could not.
  var team: Int
  /// Whether the scenario must name the team, and how it is known.
  var teamClaim: DraftClaim?
  /// What people do there, where the inventory says so.
  var touchPoint: HumanTouchPoint?
}

/// An automation of the process.
struct DraftAutomation {
  var key: String
  /// The system that it is; `nil` where the inventory names none that it describes.
  var system: AutomationSystem?
  var name: String
  var kind: String
  var kindClaim: DraftClaim
  /// How it is known that it does what it does.
  var evidence: Evidence?
  /// Whether it is the system that carries the process itself.
  var isCarrier: Bool
  var activities: [String] = []
  var runners = 1
}

/// A team of the process.
struct DraftTeam {
  var key: String
  var name: String
  var evidence: Evidence?
  var people = 1
}

/// An application that somebody of the process touches.
struct DraftApplication {
  var key: String
  var name: String
}
