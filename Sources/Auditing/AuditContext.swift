import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// What all checks share: the estate, its graph, and the ways from one to the other.
struct AuditContext: Sendable {
  let estate: Estate
  let graph: IntegrationGraph
  let options: AuditOptions
  /// What the organisation itself says.
  let policy: AuditPolicy
  /// Disagreements between decision tables, for the checks that need them.
  let tables: TableComparison
  /// Systems that do much the same, once they were looked for; see `redundancy`.
  var foundRedundancy: RedundancyClusters?
  /// What files and policy say about who may do what, once it was gathered; see `governance`.
  var foundGovernance: GovernanceFacts?
  /// What the checks that ran found, in report order; empty while they run.
  var findings: [Finding] = []
  /// Identifiers of the checks that ran.
  var ran: Set<String> = []
  /// Paths of files that are in a known format and of which nothing could be read; empty where that is not known.
  var unreadFiles: [String] = []
  /// Paths of files of which something could not be read; empty where that is not known.
  var partlyReadFiles: Set<String> = []
  /// Keys of systems that may be no more than a drawing: files name no product that runs them, but at most the
  /// tool that drew them, or mark all processes of theirs as not executable.
  ///
  /// What was seen to run is none, nor what its file marks as executable.
  var drawnOnly: Set<String> {
    var isExecutable: [String: Bool] = [:]
    var saidToRun: Set<String> = []
    for process in estate.processes {
      let key = nameKey(process.system)
      if process.process.isExecutable == true { saidToRun.insert(key) }
      isExecutable[key] = isExecutable[key] ?? false || process.process.isExecutable != false
    }
    return Set(
      estate.systems.filter { system in
        let isDrawn = system.technology.value.map(isDrawingTool) ?? true
        return !wasSeenToRun(system)
          && (isDrawn && !saidToRun.contains(system.key) || isExecutable[system.key] == false)
      }.map(\.key))
  }

  /// Whether a log, trace or history has runs of a system, or calls that it made.
  func wasSeenToRun(_ system: AutomationSystem) -> Bool {
    system.wasSeenToRun || measuredCallers.contains(system.key)
  }

  /// Whether a system that only exports speak of runs, as far as they tell: it is switched on where it was exported,
  /// or was seen to run in a file that does not lie among tests or examples.
  func isSaidToRun(_ system: AutomationSystem) -> Bool {
    system.isSwitchedOn
      || system.status.value == nil && wasSeenToRun(system)
        && system.sources.contains { exampleWords(above: $0.location).isEmpty }
  }

  /// Whether files show steps of a system.
  func hasSteps(_ system: AutomationSystem) -> Bool { systemsWithSteps.contains(system.key) }

  /// Steps of a system whose names say that they stand in for something.
  func standInSteps(of system: AutomationSystem) -> [ExampleSign] { standIns[system.key] ?? [] }

  /// Whether files show all steps of a system, and with them everything that it uses.
  ///
  /// What is not known of it otherwise, such as how often it runs, does not matter for that.
  func showsAllItUses(_ system: AutomationSystem) -> Bool {
    hasSteps(system) && !system.unknowns.contains(where: isGapOfReach)
      && (partlyReadFiles.isEmpty
        || system.sources.allSatisfy { source in
          let path = source.location.path
          return !partlyReadFiles.contains(path)
            && !partlyReadFiles.contains(String(path.prefix { $0 != "!" }))
        })
  }

  /// Whether a system is known to use nothing: all its steps are known, and none leads out of it.
  ///
  /// That a drawing names nothing says nothing of what will run it, nor does an agent's list of skills.
  func usesNothing(ofSystem index: Int) -> Bool {
    let system = estate.systems[index]
    guard let node = node(ofSystem: index), graph.outDegree(of: node) == 0,
      [.rpa, .workflow, .script].contains(system.kind.value), system.technology.isKnown,
      !systemsThatCall.contains(system.key), !systemsWithProcess.contains(system.key)
    else { return false }
    return showsAllItUses(system)
  }

  /// Whether a check is among those that are asked for.
  func runs(_ check: AuditCheck) -> Bool { options.checks?.contains(check.id) ?? true }

  /// Systems that were neither switched off nor taken away.
  let systemsInUse: Int
  private let systemsWithSteps: Set<String>
  private let standIns: [String: [ExampleSign]]
  private let systemsThatCall: Set<String>
  private let systemsWithProcess: Set<String>
  private let measuredCallers: Set<String>
  private let systemAtNode: [Int?]
  private let isAliveAtNode: [Bool]
  private let nodeOfSystem: [Int?]
  private let systemOfKey: [String: Int]
  private let processSystem: [String: String]
  private let touchPointsOfSystem: [String: [HumanTouchPoint]]

  init(estate: Estate, graph: IntegrationGraph, policy: AuditPolicy) {
    self.estate = estate
    self.graph = graph
    self.policy = policy
    options = policy.options
    var systemAtNode: [Int?] = Array(repeating: nil, count: graph.nodes.count)
    var systemOfKey: [String: Int] = [:]
    nodeOfSystem = estate.systems.enumerated().map { index, system in
      let node = graph.position(of: EntityReference(.system, system.name))
      if let node { systemAtNode[node] = index }
      systemOfKey[system.key] = systemOfKey[system.key] ?? index
      return node
    }
    self.systemAtNode = systemAtNode
    // Asked for every edge, and a system is too large to be fetched for it each time.
    isAliveAtNode = systemAtNode.map { index in
      index.map { estate.systems[$0].isAlive } ?? true
    }
    systemsInUse = estate.systems.count { $0.isAlive }
    systemsWithSteps = Set(estate.steps.map { nameKey($0.system) })
    standIns = stepsStandingIn(estate.steps)
    systemsThatCall = Set(estate.steps.lazy.filter { $0.kind == .call }.map { nameKey($0.system) })
    systemsWithProcess = Set(estate.processes.map { nameKey($0.system) })
    measuredCallers = Set(
      estate.connections.lazy.filter { $0.evidence.contains { $0.provenance == .measured } }
        .map { nameKey($0.source.name) })
    self.systemOfKey = systemOfKey
    var processSystem: [String: String] = [:]
    for process in estate.processes {
      for name in [process.process.id, process.process.name ?? ""] where !name.isEmpty {
        processSystem[nameKey(name)] = processSystem[nameKey(name)] ?? process.system
      }
    }
    self.processSystem = processSystem
    touchPointsOfSystem = Dictionary(grouping: estate.touchPoints) { touchPoint in
      let key = nameKey(touchPoint.system)
      return systemOfKey[key] == nil ? processSystem[key].map(nameKey) ?? key : key
    }
    tables = TableComparison(estate.decisions, evaluations: policy.options.ruleEvaluations)
  }

  /// Systems that do much the same: looked for once in an audit of everything, which keeps them.
  var redundancy: RedundancyClusters { foundRedundancy ?? RedundancyClusters(self) }

  /// What checks found, for the assessments that rest on it; those that did not run are run now.
  func findings(of checks: [AuditCheck]) -> [Finding] {
    let wanted = Set(checks.map(\.id))
    return findings.filter { wanted.contains($0.check) }
      + checks.filter { !ran.contains($0.id) }.flatMap { $0.run(self).findings }
  }

  /// The system at a node; `nil` for ghosts and other things.
  func system(at node: Int) -> AutomationSystem? {
    systemAtNode[node].map { estate.systems[$0] }
  }

  /// The position in the estate of the system at a node; `nil` for ghosts and other things.
  func systemIndex(at node: Int) -> Int? { systemAtNode[node] }

  /// The node of the system at a position of the estate.
  func node(ofSystem index: Int) -> Int? { nodeOfSystem[index] }

  /// The node of a system, or of the system of a process, by name.
  func node(ofSystemNamed name: String) -> Int? {
    let key = nameKey(name)
    if let index = systemOfKey[key] { return nodeOfSystem[index] }
    if let system = processSystem[key] {
      return graph.position(of: EntityReference(.system, system))
    }
    return graph.position(of: EntityReference(.system, name))
  }

  /// The system of a name, or of the process of a name; `nil` where there is none.
  func system(named name: String) -> AutomationSystem? {
    let key = nameKey(name)
    let index = systemOfKey[key] ?? processSystem[key].flatMap { systemOfKey[nameKey($0)] }
    return index.map { estate.systems[$0] }
  }

  /// Places where people step in, of a system and of the processes it carries.
  func touchPoints(ofSystemNamed name: String) -> [HumanTouchPoint] {
    touchPointsOfSystem[nameKey(name)] ?? []
  }

  /// The place where people step in that an element of a system's process is, as the file says.
  func touchPoint(at element: FlowElement, ofSystem system: String) -> HumanTouchPoint? {
    touchPoints(ofSystemNamed: system).first { $0.step == element.id }
  }

  /// Whether a node still does something: it is not a system that was switched off or taken away.
  func isAlive(_ node: Int) -> Bool { isAliveAtNode[node] }

  /// The node's place in the estate, for the subjects of a finding.
  func reference(_ node: Int) -> EntityReference { graph.nodes[node].reference }

  /// The names of nodes, in order.
  func names(_ nodes: some Sequence<Int>) -> [String] { nodes.map { graph.nodes[$0].name } }
}

extension AutomationSystem {
  /// Whether it was neither switched off nor taken away, as far as is known.
  var isAlive: Bool { status.value != .disabled && status.value != .retired }

  /// The system as the subject of a finding.
  var reference: EntityReference { EntityReference(.system, name) }
}

/// Whether a product is one that processes and decisions are drawn with, and that runs none by itself.
private func isDrawingTool(_ product: String) -> Bool {
  let words = words(of: product)
  return !drawingWords.isDisjoint(with: words)
    || words.count > 1 && words.last == "js" && ["bpmn", "dmn"].contains(words[0])
}

private let drawingWords: Set = [
  "modeler", "modeller", "editor", "trisotech", "signavio", "cardanit", "visio", "yed", "drawio",
]

/// Whether two systems belong to different owners; `nil` where that is unknown.
///
/// Teams are compared with teams and people with people: a person may belong to the team.
func ownersDiffer(_ a: AutomationSystem, _ b: AutomationSystem) -> Bool? {
  for (first, second) in [(a.team.value, b.team.value), (a.owner.value, b.owner.value)] {
    if let first, let second, !isPlaceholder(first), !isPlaceholder(second) {
      return nameKey(first) != nameKey(second)
    }
  }
  return nil
}
