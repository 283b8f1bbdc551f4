import DocumentReading
import Facts
import Inventory

/// A component on a canvas of Flowise or Langflow.
struct CanvasComponent {
  /// What a component does for the flow.
  enum Role {
    /// Where the flow begins.
    case start
    /// An agent, or a team of agents.
    case agent
    /// A language model or an embedding model.
    case model, embeddings
    /// Something an agent uses: a tool, a server of the Model Context Protocol, another flow, a request.
    case tool, server, flow, request
    /// A place where data lie: a vector store, a memory, a loader, files.
    case store, memory, loader, file
    /// Program code.
    case code
    /// A person acts.
    case person
    /// A choice; what orders or repeats; a check of what goes in or out.
    case decision, group, guardrail
    /// Everything else, which stays within the product.
    case other

    /// The kind of step that it is.
    var step: Step.Kind {
      switch self {
      case .start: .wait
      case .agent, .flow: .call
      case .person: .human
      case .decision: .decision
      case .group: .group
      default: .action
      }
    }

    /// Whether it only serves the components that it is attached to.
    var isAuxiliary: Bool {
      switch self {
      case .model, .embeddings, .tool, .server, .flow, .request, .store, .memory, .loader, .file,
        .code, .other, .guardrail:
        true
      default: false
      }
    }
  }

  /// Identifier on the canvas.
  var id: String
  /// Name of its type, such as `chatOpenAI`.
  var type: String
  /// Label.
  var label: String
  var role: Role
  var node: DataNode
  var evidence: Evidence
}

/// Components on a canvas, what they are attached to, and what the flow that they make up says.
struct ComponentCanvas {
  let name: String
  let product: String
  var statements: AgentStatements
  var system: AutomationSystem
  private(set) var components: [CanvasComponent] = []
  private var indices: [String: Int] = [:]
  /// Targets of the edges that leave a component.
  private var targets: [String: [String]] = [:]
  /// Names of the systems of agents, by component.
  private(set) var agents: [String: String] = [:]

  init(_ system: AutomationSystem, product: String, path: String) {
    self.system = system
    name = system.name
    self.product = product
    statements = AgentStatements(path: path)
  }

  var source: EntityReference { EntityReference(.system, name) }

  // MARK: Building

  /// Adds a component with its step, and its agent where it is one.
  mutating func add(_ component: CanvasComponent) {
    guard indices[component.id] == nil else {
      statements.reading.note(
        .low, "a component has an id that another one has too and was passed over",
        at: component.evidence.location)
      return
    }
    indices[component.id] = components.count
    components.append(component)
    statements.addStep(
      component.id, component.label, component.role.step, of: name, component.evidence)
    guard component.role == .agent else { return }
    // Two agents of one label are told apart by their ids.
    var agentName = "\(name): \(component.label)"
    if agents.values.contains(agentName) { agentName += " (\(component.id))" }
    agents[component.id] = agentName
    var agent = AutomationSystem(name: agentName, source: component.evidence)
    agent.kind.state(.agent, component.evidence)
    agent.technology.state(product, component.evidence)
    statements.add(agent)
  }

  /// Adds an edge.
  mutating func connect(_ from: String, to target: String) {
    guard from != target, indices[from] != nil, indices[target] != nil,
      targets[from]?.contains(target) != true
    else { return }
    targets[from, default: []].append(target)
  }

  func component(_ id: String) -> CanvasComponent? { indices[id].map { components[$0] } }

  /// The reading, with the flow's system before those of its agents.
  mutating func reading() -> FileReading {
    for (agent, others) in targets.sorted(by: { $0.key < $1.key }) where agents[agent] != nil {
      // An agent whose output is another one's tool or worker is called by it.
      for other in others where calledBy[agent] == nil {
        if let caller = agents[other], attachments.contains("\(agent)>\(other)") {
          calledBy[agent] = caller
        }
      }
    }
    for component in components where component.role == .agent {
      guard let own = agents[component.id] else { continue }
      let caller = calledBy[component.id] ?? name
      statements.connect(
        EntityReference(.system, caller), .invokes, EntityReference(.system, own), .internalCall,
        caller == name ? "agent" : "tool", component.evidence)
    }
    statements.reading.fragment.systems.insert(system, at: 0)
    return statements.reading
  }

  /// Agents by the one that calls them.
  var calledBy: [String: String] = [:]
  /// Edges (`from>to`) that attach an agent to the one that uses it, rather than order the two.
  var attachments: Set<String> = []

  // MARK: Who uses a component

  /// The systems on whose behalf a component works: the agents it is attached to, else the flow.
  func users(of id: String) -> [String] {
    if let own = agents[id] { return [own] }
    var found: [String] = []
    var seen: Set<String> = [id]
    var waiting = targets[id] ?? []
    var index = 0
    guard component(id)?.role.isAuxiliary == true else { return [name] }
    while index < waiting.count {
      let next = waiting[index]
      index += 1
      guard seen.insert(next).inserted, let component = component(next) else { continue }
      if let agent = agents[next] {
        if !found.contains(agent) { found.append(agent) }
      } else if component.role.isAuxiliary {
        waiting += targets[next] ?? []
      }
    }
    return found.isEmpty ? [name] : found
  }

  // MARK: What components say

  /// Adds the use of a component's application by everyone it is attached to.
  mutating func use(
    _ component: CanvasComponent, _ kind: Connection.Kind, _ target: EntityReference,
    _ channel: Connection.Channel, _ action: String?, data: [String] = []
  ) {
    for user in users(of: component.id) {
      statements.connect(
        EntityReference(.system, user), kind, target, channel, action, data: data,
        component.evidence)
    }
  }

  /// Adds a language model to the flow, and to the agents that a component serves.
  mutating func addModel(_ model: String, of component: CanvasComponent) {
    system.addModel(model)
    for user in users(of: component.id) where user != name {
      var other = AutomationSystem(name: user, source: component.evidence)
      other.addModel(model)
      statements.add(other)
    }
  }

  /// Adds the purpose of an agent.
  mutating func describe(_ component: CanvasComponent, purpose: DataNode?) {
    guard let own = agents[component.id], let purpose, let text = singleLine(purpose.string) else {
      return
    }
    statements.describe(own, purpose: text, purpose.evidence)
  }

  /// Adds credentials by name to everyone that a component serves.
  mutating func addCredential(_ credential: String, of component: CanvasComponent, _ node: DataNode)
  {
    for user in users(of: component.id) {
      statements.addCredential(credential, of: user, node.evidence)
    }
  }
}

extension AgentStatements {
  /// States the purpose of a system that was added before.
  mutating func describe(_ system: String, purpose: String, _ evidence: Evidence) {
    guard let index = reading.fragment.systems.firstIndex(where: { $0.name == system }) else {
      return
    }
    reading.fragment.systems[index].purpose.state(purpose, evidence)
  }
}
