import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// What an orchestration must do; each is judged by three signs.
///
/// Five of *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (visibility, a common
/// language, order, error handling, policy) and five of *Building the Agentic Enterprise, Part 5*
/// (routing, sequencing, resource allocation, exceptions, state); order and sequencing, and error
/// handling and exceptions are one.
enum OrchestrationFunction: String, CaseIterable {
  case visibility
  case language = "common language"
  case order
  case routing
  case errors = "error handling"
  case policy
  case resources = "resource allocation"
  case state

  /// The three signs, in words.
  var signs: [String] {
    switch self {
    case .visibility:
      [
        "writes a trace or log", "an engine shows where each case is",
        "failures or volume are known",
      ]
    case .language:
      [
        "data on its connections have names", "a standard protocol (MCP, A2A)",
        "each call of an automation names its operation",
      ]
    case .order: ["its steps are listed", "the order of the steps is drawn", "it joins or waits"]
    case .routing:
      ["it decides where a case goes", "it asks rules", "it calls two automations or more"]
    case .errors: ["it repeats or catches failures", "it escalates to people", "it rolls back"]
    case .policy: ["a guardrail binds it", "a person approves or checks", "it keeps to rules"]
    case .resources: ["a queue spreads the work", "human work names its team", "times are limited"]
    case .state:
      [
        "an engine keeps the state of each case", "it reads and writes a store",
        "agents share a memory",
      ]
    }
  }
}

/// The signs of orchestration that files show of one system.
struct OrchestrationSigns {
  /// For each function its three signs: where one is seen, or `nil`.
  let seen: [OrchestrationFunction: [[Evidence]?]]
  /// Whether a file shows its inside, so that a missing sign is missing.
  let isShown: Bool

  /// Signs seen of a function, 0...3.
  func score(_ function: OrchestrationFunction) -> Int {
    seen[function, default: []].count { $0 != nil }
  }

  /// Whether one sign, by its place, is seen.
  func has(_ function: OrchestrationFunction, _ sign: Int) -> Bool {
    seen[function].map { $0[sign] != nil } ?? false
  }

  /// Where the signs are seen.
  var evidence: [Evidence] {
    OrchestrationFunction.allCases.flatMap { function in
      (seen[function] ?? []).compactMap { $0?.first }
    }
  }

  init(_ parts: SystemParts, _ view: OrchestrationView, _ context: AuditContext) {
    isShown = parts.isShown
    let elements = parts.processes.flatMap(\.elements)
    func step(_ isWanted: (Step) -> Bool) -> [Evidence]? {
      found(parts.steps.first(where: isWanted).map { [$0.evidence] })
    }
    func element(_ isWanted: (FlowElement) -> Bool) -> [Evidence]? {
      found(elements.first(where: isWanted).map { [Evidence(.imported, $0.location)] })
    }
    func edge(_ isWanted: (GraphEdge) -> Bool) -> [Evidence]? {
      found(parts.outgoing.first(where: isWanted)?.evidence)
    }
    func named(_ wanted: [String]) -> [Evidence]? {
      step { says($0.name ?? $0.id, wanted) } ?? element { says($0.name ?? "", wanted) }
    }
    let automations = Set(
      parts.outgoing.filter {
        $0.kind == .invokes && context.graph.nodes[$0.target].kind == .system
          && $0.target != $0.source
      }.map(\.target))
    let calls = parts.outgoing.filter { automations.contains($0.target) && $0.kind == .invokes }
    let engine =
      element { _ in true } ?? (hasEngine(parts.system) ? found(parts.evidence) : nil)
    let agents = view.agents(calledBy: parts)
    let measured = parts.system.failureRate.winner?.evidence ?? parts.system.volume.winner?.evidence

    var seen: [OrchestrationFunction: [[Evidence]?]] = [:]
    seen[.visibility] = [
      edge { view.service($0.target) == .monitoring }
        ?? named(["log", "logs", "trace", "audit", "telemetry", "track"]),
      engine, found(measured.map { [$0] }),
    ]
    seen[.language] = [
      edge { !$0.data.isEmpty }, edge { $0.channel == .mcp || $0.channel == .a2a },
      calls.isEmpty || calls.contains { $0.action == nil } ? nil : found(calls[0].evidence),
    ]
    seen[.order] = [
      step { _ in true } ?? element(\.isActivity),
      parts.processes.contains { !$0.flows.isEmpty }
        ? element { _ in true } : step { $0.kind == .group },
      step { $0.kind == .wait }
        ?? element {
          $0.kind == .gateway(.parallel)
            || {
              if case .intermediateCatch = $0 { return true }
              return false
            }($0.kind)
        },
    ]
    seen[.routing] = [
      step { $0.kind == .decision }
        ?? element {
          if case .gateway(let kind) = $0.kind { return kind != .parallel }
          return false
        },
      edge { context.graph.nodes[$0.target].systemKind == .rules }
        ?? element { $0.kind == .task(.businessRule) },
      automations.count >= 2 ? found(calls.first?.evidence) : nil,
    ]
    seen[.errors] = [
      step { $0.kind == .errorHandling || ($0.retries ?? 0) > 0 } ?? element(catchesErrors),
      edge { $0.kind == .escalates }
        ?? found(parts.touchPoints.first { $0.kind == .exception }.map { [$0.evidence] })
        ?? element(escalates),
      element { $0.execution?.isForCompensation == true }
        ?? named(["rollback", "compensate", "undo", "revert", "reverse"]),
    ]
    seen[.policy] = [
      found(parts.guardrails.first.map { [$0.evidence] })
        ?? found(parts.incoming.first { $0.kind == .governs }?.evidence),
      found(
        parts.touchPoints.first { $0.kind == .approval || $0.kind == .review }.map { [$0.evidence] }
      ),
      edge { context.graph.nodes[$0.target].systemKind == .rules }
        ?? element { $0.kind == .task(.businessRule) },
    ]
    seen[.resources] = [
      edge { $0.channel == .queue }
        ?? found(parts.incoming.first { $0.channel == .queue }?.evidence),
      found(parts.touchPoints.first { $0.team != nil }.map { [$0.evidence] })
        ?? element { $0.assignment != nil },
      step { $0.timeout != nil }
        ?? element {
          if case .boundary(.timer, _, _) = $0.kind { return true }
          return false
        },
    ]
    let stores = parts.outgoing.filter {
      $0.channel == .database || context.graph.nodes[$0.target].kind == .data
        || view.service($0.target) == .memory
    }
    seen[.state] = [
      engine,
      stores.contains { $0.kind == .reads } && stores.contains { $0.kind == .writes }
        ? found(stores[0].evidence) : nil,
      agents.count >= 2 ? found(sharedMemory(of: agents, view, context)) : nil,
    ]
    self.seen = seen
  }
}

/// A store that two agents or more of a group read or write, or results that one takes from another.
func sharedMemory(
  of agents: [Int], _ view: OrchestrationView, _ context: AuditContext
) -> [Evidence]? {
  let members = Set(agents)
  var users: [Int: [GraphEdge]] = [:]
  for agent in agents {
    for edge in context.graph.edges(from: agent) {
      // What one agent takes from another's work is shared context, too.
      if members.contains(edge.target), edge.kind == .reads { return edge.evidence }
      let isStore =
        view.service(edge.target) == .memory || context.graph.nodes[edge.target].kind == .data
      if isStore, edge.kind == .reads || edge.kind == .writes || edge.kind == .invokes {
        users[edge.target, default: []].append(edge)
      }
    }
  }
  for (_, edges) in users.sorted(by: { $0.key < $1.key })
  where Set(edges.map(\.source)).count > 1 {
    return edges.flatMap(\.evidence)
  }
  return nil
}

/// Whether a text has one of several words.
func says(_ text: String, _ wanted: [String]) -> Bool {
  let parts = words(of: text)
  return wanted.contains { word in
    word.contains(" ") ? parts.joined(separator: " ").contains(word) : parts.contains(word)
  }
}

private func found(_ evidence: [Evidence]?) -> [Evidence]? {
  evidence.flatMap { $0.isEmpty ? nil : $0 }
}

/// Products whose engine keeps and shows each running case.
private func hasEngine(_ system: AutomationSystem) -> Bool {
  guard system.kind.value == .workflow || system.kind.value == .orchestrator else { return false }
  return says(
    system.technology.value ?? "",
    [
      "camunda", "step functions", "power automate", "logic apps", "maestro", "temporal", "n8n",
      "servicenow", "service now", "pega", "appian", "flowable", "airflow", "salesforce flow",
      "watsonx", "mulesoft",
    ])
}

private func catchesErrors(_ element: FlowElement) -> Bool {
  if case .boundary(.error, _, _) = element.kind { return true }
  return false
}

private func escalates(_ element: FlowElement) -> Bool {
  switch element.kind {
  case .boundary(.escalation, _, _), .intermediateThrow(.escalation), .endEvent(.escalation): true
  default: false
  }
}
