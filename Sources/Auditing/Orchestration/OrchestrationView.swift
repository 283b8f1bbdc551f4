import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// What files show of how automations are orchestrated: agents, workflows, and the parts of each.
struct OrchestrationView {
  /// Positions of the agents in use.
  let agents: [Int]
  /// Positions of what orders others: workflows, orchestrators, carriers of processes, and agents that
  /// call agents; in use.
  let workflows: [Int]

  private let context: AuditContext
  private let steps: [String: [Step]]
  private let processes: [String: [BusinessProcess]]
  private let guardrails: [String: [Guardrail]]
  private let triggers: [String: [Trigger]]
  private let credentials: [String: [CredentialUse]]
  private let services: [ServiceKind?]

  init(_ context: AuditContext) {
    self.context = context
    let estate = context.estate
    func key(_ name: String) -> String { context.system(named: name)?.key ?? nameKey(name) }
    steps = Dictionary(grouping: estate.steps) { key($0.system) }
    processes = Dictionary(grouping: estate.processes) { key($0.system) }.mapValues {
      $0.map(\.process)
    }
    guardrails = Dictionary(grouping: estate.guardrails) { key($0.system) }
    triggers = Dictionary(grouping: estate.triggers) { key($0.system) }
    credentials = Dictionary(grouping: estate.credentials) { key($0.system) }
    services = context.graph.nodes.map { node in
      node.kind == .application || node.kind == .data ? ServiceKind(node.name) : nil
    }
    let carriers = Set(processes.keys)
    let alive = estate.systems.indices.filter { estate.systems[$0].isAlive }
    agents = alive.filter { estate.systems[$0].kind.value == .agent }
    let isAgent = Set(agents.compactMap(context.node(ofSystem:)))
    workflows = alive.filter { index in
      let system = estate.systems[index]
      switch system.kind.value {
      case .workflow, .orchestrator: return true
      case .agent:
        guard let node = context.node(ofSystem: index) else { return false }
        return context.graph.edges(from: node).contains {
          $0.kind == .invokes && isAgent.contains($0.target) && $0.tellsDirection
        }
      case .rpa, .rules, .script, nil: return carriers.contains(system.key)
      }
    }
  }

  /// The parts of the system at a position of the estate.
  func parts(_ index: Int) -> SystemParts {
    let system = context.estate.systems[index]
    let key = system.key
    let node = context.node(ofSystem: index)
    return SystemParts(
      system: system, node: node, steps: steps[key] ?? [], processes: processes[key] ?? [],
      guardrails: guardrails[key] ?? [], triggers: triggers[key] ?? [],
      credentials: credentials[key] ?? [], touchPoints: context.touchPoints(ofSystemNamed: key),
      outgoing: node.map(context.graph.edges(from:)) ?? [],
      incoming: node.map(context.graph.edges(to:)) ?? [])
  }

  /// What kind of service a node is; `nil` for any other.
  func service(_ node: Int) -> ServiceKind? { services[node] }

  /// The agents that a system calls, or is said to integrate with where it is an orchestrator.
  func agents(calledBy parts: SystemParts) -> [Int] {
    let isOrchestrator = parts.system.kind.value == .orchestrator
    return Set(
      parts.outgoing.filter { edge in
        (edge.kind == .invokes || edge.kind == .triggers)
          && context.graph.nodes[edge.target].systemKind == .agent && edge.target != edge.source
          && context.isAlive(edge.target) && (isOrchestrator || edge.tellsDirection)
      }.map(\.target)
    ).sorted()
  }

  /// What calls agents, with the agents that it calls.
  var workflowsWithAgents: [(parts: SystemParts, agents: [Int])] {
    workflows.compactMap { index in
      let parts = parts(index)
      let agents = agents(calledBy: parts)
      return agents.isEmpty ? nil : (parts, agents)
    }
  }

  /// The agents that something orders: a workflow, an orchestrator or another agent calls them.
  var orchestrated: Set<Int> {
    Set(workflows.flatMap { agents(calledBy: parts($0)) })
  }
}

/// One system with everything that belongs to it.
struct SystemParts {
  let system: AutomationSystem
  let node: Int?
  let steps: [Step]
  let processes: [BusinessProcess]
  let guardrails: [Guardrail]
  let triggers: [Trigger]
  let credentials: [CredentialUse]
  let touchPoints: [HumanTouchPoint]
  let outgoing: [GraphEdge]
  let incoming: [GraphEdge]

  /// Whether a file of its product shows what is inside, so that what is absent is absent from it; of
  /// a line in a register nothing is concluded from absence.
  var isShown: Bool {
    !steps.isEmpty || !processes.isEmpty
      || outgoing.contains { edge in
        edge.evidence.contains { $0.provenance == .imported || $0.provenance == .inferred }
      }
  }

  /// Where it is described.
  var evidence: [Evidence] { Array(system.sources.sorted().prefix(2)) }
}

/// Services around automations that matter for their orchestration.
enum ServiceKind: String, CaseIterable {
  /// Tickets and changes of IT.
  case serviceManagement
  /// Who is who, and who may do what.
  case identity
  /// Rules, risk and evidence for auditors.
  case compliance
  /// Traces, logs and measurements.
  case monitoring
  /// Memory of agents, vectors, caches and shared state.
  case memory

  /// Judges an application or data object by its name; `nil` for any other.
  init?(_ name: String) {
    guard let kind = phrases(of: name).lazy.compactMap({ Self.kinds[$0] }).first else { return nil }
    self = kind
  }

  private static let kinds: [String: ServiceKind] = Dictionary(
    allCases.flatMap { kind in kind.names.map { ($0, kind) } },
    uniquingKeysWith: { first, _ in first })

  private var names: [String] {
    switch self {
    case .serviceManagement:
      [
        "service now", "servicenow", "jira", "jira service management", "zendesk", "freshservice",
        "freshdesk", "bmc", "remedy", "ivanti", "top desk", "topdesk", "pager duty", "pagerduty",
        "opsgenie", "cherwell", "manage engine", "itsm", "service desk", "otrs", "glpi",
      ]
    case .identity:
      [
        "entra", "azure ad", "active directory", "okta", "keycloak", "ldap", "ping identity",
        "auth0",
        "sail point", "sailpoint", "cyber ark", "cyberark", "cognito", "one login", "onelogin",
        "identity provider", "identity server", "iam", "aws iam", "key vault", "vault",
        "forge rock", "forgerock",
      ]
    case .compliance:
      [
        "one trust", "onetrust", "collibra", "purview", "archer", "compliance", "aml", "grc",
        "sanctions", "audit", "audit log", "regulatory", "policy engine", "opa",
        "open policy agent",
      ]
    case .monitoring:
      [
        "langfuse", "langsmith", "lang smith", "datadog", "data dog", "splunk", "open telemetry",
        "opentelemetry", "application insights", "cloud watch", "cloudwatch", "x ray", "grafana",
        "new relic", "dynatrace", "elasticsearch", "kibana", "sentry", "log analytics",
        "prometheus",
        "arize", "phoenix tracing", "weights biases", "mlflow", "monitoring", "observability",
        "logger", "logging", "trace", "tracing", "ui path insights",
      ]
    case .memory:
      [
        "redis", "pinecone", "qdrant", "weaviate", "chroma", "milvus", "pgvector", "memory", "zep",
        "mem0", "vector store", "vectorstore", "object store", "chat memory",
        "conversation history",
        "supabase vector", "faiss", "shared state", "blackboard", "state store",
      ]
    }
  }
}
