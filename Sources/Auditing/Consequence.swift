import Facts
import IntegrationGraph
import Inventory

/// Something that a system does to other things, the gravest first.
///
/// Names of operations and tools are read for it, so that it is inferred; it puts systems in an order, and decides no
/// severity.
enum OutwardAct: Int, CaseIterable, Comparable {
  case deletes
  case pays
  case passesRights
  case sends
  case writes
  case calls
  case looksUp
  case reads

  static func < (a: OutwardAct, b: OutwardAct) -> Bool { a.rawValue < b.rawValue }

  /// For a sentence about one system.
  var verb: String {
    switch self {
    case .deletes: "deletes"
    case .pays: "has to do with payments"
    case .passesRights: "has rights that its users lack"
    case .sends: "sends"
    case .writes: "writes"
    case .calls: "calls"
    case .looksUp: "looks up"
    case .reads: "reads"
    }
  }

  /// What an edge of a system does.
  /// - Parameter actor: The name of the system, whose own words tell what a record is that it writes.
  init(_ edge: GraphEdge, on target: String, by actor: String) {
    guard edge.kind != .reads else {
      self = .reads
      return
    }
    let operation = words(of: edge.action ?? "")
    // A tool or flow that is called is named by what is called.
    let isPlain = operation.allSatisfy(plainCalls.contains)
    let named = edge.kind == .invokes && isPlain ? words(of: target) : operation
    if edge.kind == .invokes, let first = named.first, lookups.contains(first) {
      self = .looksUp
      return
    }
    let own = edge.kind == .writes ? words(of: actor) + edge.data.flatMap(words(of:)) : []
    if named.contains(where: deletions.contains) {
      self = .deletes
    } else if named.contains(where: payments.contains) || own.contains(where: payments.contains) {
      self = .pays
    } else if edge.isMessage || named.contains(where: messages.contains) {
      self = .sends
    } else if edge.kind == .writes || named.contains(where: changes.contains) {
      self = .writes
    } else {
      self = .calls
    }
  }
}

extension GraphEdge {
  /// Whether it is a message to people rather than a change of records.
  var isMessage: Bool {
    (kind == .writes || kind == .invokes) && (channel == .mail || channel == .people)
  }
}

private let plainCalls: Set<String> = [
  "tool", "collaborator", "subflow", "call", "invoke", "flow", "run", "apex", "agent", "workflow",
  "execute", "action", "plugin", "function", "skill", "step", "process", "task",
]
private let lookups: Set<String> = [
  "get", "list", "search", "fetch", "find", "read", "lookup", "query", "view", "check", "show",
  "retrieve", "describe", "count", "wait",
]
private let deletions: Set<String> = [
  "delete", "deletes", "deleted", "remove", "purge", "erase", "truncate", "destroy", "drop",
]
private let payments: Set<String> = [
  "pay", "pays", "payment", "payments", "payout", "payouts", "refund", "refunds", "charge",
  "charges", "credits", "reimburse", "reimbursement",
]
private let messages: Set<String> = [
  "send", "sends", "email", "emails", "mail", "mails", "sms", "notify", "notification", "invite",
  "invitation", "reply", "alert",
]
private let changes: Set<String> = [
  "create", "creates", "update", "updates", "insert", "upsert", "add", "set", "submit", "book",
  "order", "post", "put", "patch", "write", "assign", "approve", "reject", "cancel", "issue",
  "reset", "open", "close", "upload", "save",
]

/// What a system does, by its gravest act.
struct Consequence {
  /// What it does, each kind of act with what shows it first.
  private(set) var acts: [OutwardAct: (name: String, evidence: [Evidence])] = [:]
  /// How many different systems call it.
  var callers = 0
  /// How many different things it calls or changes.
  var targets = 0

  /// Its gravest act; `nil` where none is known.
  var worst: OutwardAct? { acts.keys.min() }

  /// The smaller, the graver: the gravest act, how many kinds of grave acts, how many things, how many callers.
  var rank: [Int] {
    [
      worst?.rawValue ?? OutwardAct.allCases.count, -acts.keys.count { $0 <= .writes }, -targets,
      -callers,
    ]
  }

  /// The gravest act in words, such as `deletes: recordDeletes`; else by how many it is called; empty where nothing is
  /// known.
  var said: String {
    if let worst, worst < .calls, let act = acts[worst] { return "\(worst.verb): \(act.name)" }
    if callers > 0 { return "called by \(numberText(callers))" }
    return worst.flatMap { worst in acts[worst].map { "\(worst.verb) \($0.name)" } } ?? ""
  }

  mutating func add(_ act: OutwardAct, _ name: String, _ evidence: [Evidence]) {
    if acts[act] == nil { acts[act] = (name, evidence) }
  }
}

extension AuditContext {
  /// What a system does to other things by its files: by its own operations, and by those of the automations that it
  /// calls.
  ///
  /// What its product brings with it, such as a tool that asks how far a call is, is left out, and what several copies
  /// of one file say counts once.
  func consequence(of system: AutomationSystem) -> Consequence {
    var found = Consequence()
    guard let node = node(ofSystemNamed: system.name) else { return found }
    var targets: Set<Int> = []
    for edge in graph.edges(from: node) where edge.target != node {
      let target = graph.nodes[edge.target]
      if isBuiltIn(edge, target, system) { continue }
      let act = OutwardAct(edge, on: target.name, by: system.name)
      if act < .reads { targets.insert(edge.target) }
      var shown = target.name
      if let action = edge.action, !words(of: action).allSatisfy(plainCalls.contains) {
        shown = action
      }
      found.add(act, shown, edge.evidence)
      // What does very many things does few of them for this one.
      guard target.kind == .system, edge.kind == .invokes, graph.outDegree(of: edge.target) <= 50
      else { continue }
      for further in graph.edges(from: edge.target) where further.target != node {
        let act = OutwardAct(further, on: graph.nodes[further.target].name, by: target.name)
        if act <= .writes { found.add(act, "through \(target.name)", edge.evidence) }
      }
    }
    found.targets = targets.count
    if let worst = found.worst, worst <= .writes {
      for permission in governance.permissions(of: system) {
        guard let breadth = PermissionBreadth(permission.name), breadth >= .broad else { continue }
        found.add(.passesRights, permission.name, [permission.evidence])
      }
    }
    let callers = graph.edges(to: node).filter {
      $0.source != node && $0.kind == .invokes && graph.nodes[$0.source].kind == .system
    }
    found.callers = Set(callers.map(\.source)).count
    return found
  }

  private func isBuiltIn(
    _ edge: GraphEdge, _ target: GraphNode, _ system: AutomationSystem
  ) -> Bool {
    edge.kind == .invokes && edge.channel == .internalCall && target.kind == .application
      && system.technology.value.map { nameKey($0) == nameKey(target.name) } ?? false
  }
}
