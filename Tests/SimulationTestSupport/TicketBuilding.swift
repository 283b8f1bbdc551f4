import ProcessModel
public import Simulation

/// One activity that an agent does in 2 s, and a guardrail that always fires and whose review takes 60 s.
///
/// Three teams of one person at 1 currency unit a minute work around the clock: reviewers, fixers and
/// others.
///
/// - Parameters:
///   - rate: regular arrivals per second.
///   - horizon: in seconds.
///   - run: of the agent, in seconds.
public func ticketModel(
  _ handling: TicketModel?, rate: Double = 1 / 600, horizon: Int64 = 1_000, run: Double = 2,
  blocks: Bool = true, approvedUnchanged: Double = 1
) throws -> SimulationModel {
  let flow = try FlowGraph(sequence(of: ["draft"]))
  let person = TeamModel.Person(calendar: 0, hourlyCost: 60e6)
  var model = try queueModel(
    rate: rate, servers: 1, service: .constant(1), runIn: 0, horizon: horizon * second,
    pattern: .regular)
  model.flow = flow
  var guardrail = GuardrailModel(
    name: "approval", raisedBy: 0, afterActivity: 0, blocks: blocks, firing: .probability(1),
    teams: [0], reviewTime: .constant(60), approvedUnchanged: approvedUnchanged)
  guardrail.handling = handling
  model.stack = StackModel(
    name: "agents",
    teams: ["reviewers", "fixers", "others"].map { TeamModel(name: $0, people: [person]) },
    automations: [
      AutomationModel(name: "agent", runners: 9, runTime: .constant(run), costPerRun: 1e6),
      AutomationModel(name: "verifier", runners: 9, runTime: .constant(5), costPerRun: 3e6),
    ],
    activities: [ActivityModel(team: nil, handlingTime: nil, automation: 0)],
    guardrails: [guardrail], flowProbabilities: flow.flows.map { _ in 1 })
  model.timeline.followUp = day
  return model
}

extension ReplicationRecord {
  /// How often mechanisms did something.
  public func count(_ event: MechanismEvent) -> Int64 { ledger[event.rawValue].count }
}
