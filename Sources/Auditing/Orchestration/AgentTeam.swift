import Facts
import IntegrationGraph
import Inventory

/// Two agents or more that work together: by one that calls them, or by calling and reading each other.
struct AgentTeam {
  /// What calls them, as a node; `nil` where they only know one another.
  var orchestrator: Int?
  /// The agents, as nodes, ascending.
  var members: [Int]
  /// Channels between the parts.
  var channels: [Connection.Channel]
  /// Where they share what they know, an engine's state of the case included; `nil` where no file shows it.
  var memory: [Evidence]?
  /// Whether the files of all members show what they read and write.
  var isShown: Bool
  var evidence: [Evidence]

  /// Every team of an estate: those with an orchestrator first.
  static func all(_ view: OrchestrationView, _ context: AuditContext) -> [AgentTeam] {
    var teams: [AgentTeam] = []
    var placed: Set<Int> = []
    let shown = Set(
      view.agents.filter { view.parts($0).isShown }.compactMap(context.node(ofSystem:)))
    func team(_ orchestrator: Int?, _ members: [Int], engine: [Evidence]? = nil) -> AgentTeam {
      let whole = Set(members + (orchestrator.map { [$0] } ?? []))
      let edges = whole.sorted().flatMap { context.graph.edges(from: $0) }.filter {
        whole.contains($0.target) && $0.target != $0.source
      }
      return AgentTeam(
        orchestrator: orchestrator, members: members,
        channels: Connection.Channel.allCases.filter { channel in
          edges.contains { $0.channel == channel }
        },
        memory: sharedMemory(of: members + (orchestrator.map { [$0] } ?? []), view, context)
          ?? engine ?? conversation(orchestrator, members, edges)
          ?? ownRun(orchestrator, members, edges),
        isShown: members.allSatisfy { shown.contains($0) }, evidence: edges.flatMap(\.evidence))
    }
    /// The calls of an agent of which the others are specialists, all of one product: they work within its
    /// conversation, which holds what each was told.
    func conversation(_ orchestrator: Int?, _ members: [Int], _ edges: [GraphEdge]) -> [Evidence]? {
      guard let orchestrator, let lead = context.system(at: orchestrator),
        lead.kind.value == .agent, let product = lead.technology.value,
        members.allSatisfy({
          context.system(at: $0)?.technology.value.map(nameKey) == nameKey(product)
        })
      else { return nil }
      return edges.filter { $0.source == orchestrator }.flatMap(\.evidence)
    }
    let wholes = PartsOfSystems(context)
    /// The calls of a workflow, crew or team whose own file describes all of the agents: its run carries the case from
    /// one to the next, with what each has said.
    func ownRun(_ orchestrator: Int?, _ members: [Int], _ edges: [GraphEdge]) -> [Evidence]? {
      guard let orchestrator,
        members.allSatisfy({
          wholes.whole($0) != $0 && wholes.whole($0) == wholes.whole(orchestrator)
        })
      else { return nil }
      return edges.filter { $0.source == orchestrator }.flatMap(\.evidence)
    }
    for index in view.workflows {
      let parts = view.parts(index)
      let members = view.agents(calledBy: parts)
      guard members.count >= 2, let node = parts.node else { continue }
      placed.formUnion(members + [node])
      let signs = OrchestrationSigns(parts, view, context)
      teams.append(team(node, members, engine: signs.seen[.state].flatMap { $0[0] }))
    }
    // Agents that nothing orders, joined as peers: one reads the other's result, or each calls the
    // other. Two that call the same third one are no team.
    let loose = view.agents.compactMap(context.node(ofSystem:)).filter { !placed.contains($0) }
    let isLoose = Set(loose)
    func calls(_ from: Int, _ to: Int) -> Bool {
      context.graph.edges(from: from).contains {
        $0.target == to && ($0.kind == .invokes || $0.kind == .triggers) && $0.tellsDirection
      }
    }
    func arePeers(_ edge: GraphEdge) -> Bool {
      edge.kind == .reads || (calls(edge.source, edge.target) && calls(edge.target, edge.source))
    }
    var seen: Set<Int> = []
    for start in loose where seen.insert(start).inserted {
      var members = [start]
      var next = 0
      while next < members.count {
        let node = members[next]
        next += 1
        let neighbours = context.edges(at: node).filter { arePeers($0.edge) }.map(\.other)
        for other in neighbours where isLoose.contains(other) && seen.insert(other).inserted {
          members.append(other)
        }
      }
      if members.count >= 2 { teams.append(team(nil, members.sorted())) }
    }
    return teams
  }
}
