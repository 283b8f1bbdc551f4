import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let multiAgentRoles = Assessment(
    id: "multi-agent-roles", title: "Roles in work of several agents",
    formula:
      "Per team of two agents or more (AI Agent Orchestration 101): the orchestrator is what calls "
      + "them all, specialists are the agents, the protocol is the channels between them, shared memory is a "
      + "data object or memory service that two of them use, results that one reads of another, or the engine "
      + "that keeps the case's state."
  ) { context in
    let view = OrchestrationView(context)
    let teams = AgentTeam.all(view, context)
    return AssessmentTable(
      summary: "\(counted(teams.count, "team")) of two agents or more; "
        + "sharing is seen in \(teams.count { $0.memory != nil }).",
      columns: [
        .init("Orchestrator", "What calls the agents."),
        .init("Specialists", "The agents."),
        .init("Protocol", "Channels between them."),
        .init("Shared memory", "Whether they work on the same context."),
      ],
      rows: teams.map { team in
        let channels = team.channels.filter { $0 != .unknown }
        return AssessmentTable.Row(
          [
            team.orchestrator.map { .text(context.graph.nodes[$0].name) }
              ?? .text("none; they only know one another"),
            .text(listText(context.names(team.members))),
            channels.isEmpty
              ? .unknown("no file names the channel")
              : .text(listText(channels.map(\.rawValue))),
            .seen(team.memory != nil, isShown: team.isShown),
          ], evidence: Array((team.evidence + (team.memory ?? [])).prefix(6)))
      })
  }
}
