import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let sprawlIndex = Assessment(
    id: "sprawl-index", title: "Agent sprawl",
    formula:
      "Sprawl index = agents in use / agents in use that a workflow, an orchestrator or another "
      + "agent calls (1 is best). Links per agent = connections of agents / agents. An agent shares a "
      + "domain where another agent has the same team, application (model services aside) or data."
  ) { context in
    let view = OrchestrationView(context)
    let agents = view.agents.compactMap(context.node(ofSystem:))
    let orchestrated = view.orchestrated.intersection(agents)
    let links = agents.reduce(0) { $0 + context.graph.degree(of: $1) }
    var users: [String: Set<Int>] = [:]
    for (index, node) in zip(view.agents, agents) {
      if let team = context.estate.systems[index].team.value, !isPlaceholder(team) {
        users["team:" + nameKey(team), default: []].insert(node)
      }
      for edge in context.graph.edges(from: node) {
        let target = context.graph.nodes[edge.target]
        if target.kind == .data || (target.kind == .application && !isModelService(target.name)) {
          users[target.id, default: []].insert(node)
        }
      }
    }
    let sharing = users.values.filter { $0.count > 1 }.reduce(into: Set<Int>()) { $0.formUnion($1) }
    let none = "no agent is in the inventory"
    func row(_ figure: String, _ value: AssessmentTable.Cell, _ how: String, _ nodes: [Int] = [])
      -> AssessmentTable.Row
    {
      AssessmentTable.Row(
        [.text(figure), value, .text(how)],
        evidence: nodes.prefix(5).flatMap { context.graph.nodes[$0].evidence.prefix(1) })
    }
    let index: AssessmentTable.Cell =
      orchestrated.isEmpty
      ? .unknown(agents.isEmpty ? none : "no file shows that any agent is called")
      : .number(Double(agents.count) / Double(orchestrated.count))
    let alone = agents.filter { !orchestrated.contains($0) }
    return AssessmentTable(
      summary: agents.isEmpty
        ? "No agent is in the inventory."
        : "\(orchestrated.count) of \(counted(agents.count, "agent")) are called by something that "
          + "orders them.",
      columns: [
        .init("Figure", "What is counted."), .init("Value", "The figure."),
        .init("How", "From what it is computed, or which agents it concerns."),
      ],
      rows: [
        row(
          "Agents in use", .number(Double(agents.count)),
          "kind agent, neither disabled nor retired", agents),
        row(
          "Agents that something orders", .number(Double(orchestrated.count)),
          listText(context.names(orchestrated.sorted()))),
        row("Sprawl index", index, "agents / agents that something orders"),
        row(
          "Agents that nothing is known to order", .number(Double(alone.count)),
          listText(context.names(alone)), alone),
        row(
          "Links per agent",
          agents.isEmpty ? .unknown(none) : .number(Double(links) / Double(agents.count)),
          "\(links) connections of agents"),
        row(
          "Agents that share a domain with another", .share(sharing.count, of: agents.count, none),
          listText(context.names(sharing.sorted()))),
      ],
      notes: alone.isEmpty
        ? [] : ["That nothing orders an agent means that no file that was read shows a call of it."]
    )
  }
}
