import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension AuditCheck {
  static let segregationOfDuties = AuditCheck(
    id: "segregation-of-duties",
    summary: "One actor that does two acts on one path which two must do",
    matters: "Who proposes and approves the same thing is controlled by nobody."
  ) { context in
    let duties = context.policy.duties.map(Duty.init)
    return Outcome(
      findings: inProcesses(duties, context) + inSystems(duties, context)
        + acrossOwners(duties, context))
  }
}

/// A pair of duties, ready to be looked for.
private struct Duty {
  let pair: DutyPair
  private let first: [WordPattern]
  private let second: [WordPattern]

  init(_ pair: DutyPair) {
    self.pair = pair
    first = pair.first.map(WordPattern.init)
    second = pair.second.map(WordPattern.init)
  }

  func isFirst(_ words: [String]) -> Bool { names(first, words) && !names(second, words) }
  func isSecond(_ words: [String]) -> Bool { names(second, words) }

  private func names(_ act: [WordPattern], _ words: [String]) -> Bool {
    guard pair.sameObject else { return act.contains { $0.matchesInAnyOrder(words) } }
    // A verb without its object counts only where it leads the name, or ends it as a German one does:
    // “deny request” requests nothing.
    let last = words.suffix(1).filter { $0.hasSuffix("en") }
    return act.contains { $0.leads(words) || $0.matches(last) }
  }

  /// Whether two names, of which one names the first and one the second act, are about one thing.
  func areOfOneObject(_ a: [String], _ b: [String]) -> Bool {
    guard pair.sameObject else { return true }
    let verbs = first + second
    func objects(_ words: [String]) -> Set<String> {
      let rest = verbs.reduce(words) { $1.others(of: $0) }
      return Set(rest.filter { $0.count > 3 && !Self.fillers.contains($0) })
    }
    return !objects(a).isDisjoint(with: objects(b))
  }

  private static let fillers: Set = [
    "with", "from", "into", "that", "this", "form", "task", "step", "user", "mail", "email",
    "send", "data", "information", "document", "documents", "manager", "approval", "system", "auto",
  ]
}

/// Elements of one process that do both acts, the second after the first, by one actor.
private func inProcesses(_ duties: [Duty], _ context: AuditContext) -> [Finding] {
  var found: [Finding] = []
  for process in context.estate.processes {
    let elements = process.process.elements
    let named = elements.indices.filter { elements[$0].isActivity && elements[$0].name != nil }
    let names = named.map { (index: $0, words: words(of: elements[$0].name ?? "")) }
    for duty in duties {
      let firsts = names.filter { duty.isFirst($0.words) }
      let seconds = names.filter { duty.isSecond($0.words) }
      guard !firsts.isEmpty, !seconds.isEmpty else { continue }
      let walk = ProcessWalk(process.process)
      for first in firsts {
        let later = walk.reachable(from: first.index)
        for second in seconds
        where second.index != first.index && later.contains(second.index)
          && duty.areOfOneObject(first.words, second.words)
        {
          guard let actor = commonActor(elements[first.index], elements[second.index]) else {
            continue
          }
          found.append(
            finding(process, elements[first.index], elements[second.index], actor, duty.pair))
        }
      }
    }
  }
  return found
}

/// Who does two elements of a process, and how sure it is that it is one actor.
private enum CommonActor {
  case automation(String)
  case person(String)
  /// A group of people, of whom two may share the work.
  case group(String)

  var name: String {
    switch self {
    case .automation(let name), .person(let name), .group(let name): name
    }
  }
}

private func commonActor(_ a: FlowElement, _ b: FlowElement) -> CommonActor? {
  func isHuman(_ element: FlowElement) -> Bool {
    element.kind == .task(.user) || element.kind == .task(.manual)
  }
  guard isHuman(a) == isHuman(b) else { return nil }
  if !isHuman(a) {
    guard let first = a.implementation, let second = b.implementation,
      nameKey(first) == nameKey(second)
    else { return nil }
    return .automation(first)
  }
  if let first = a.assignment, let second = b.assignment {
    guard nameKey(first) == nameKey(second) else { return nil }
    return OwnerName(first, teams: []) == .person && first.contains("@")
      ? .person(first) : .group(first)
  }
  if a.assignment == nil, b.assignment == nil, let first = a.lane, let second = b.lane,
    nameKey(first) == nameKey(second)
  {
    return .group(first)
  }
  return nil
}

private func finding(
  _ process: EstateProcess, _ first: FlowElement, _ second: FlowElement, _ actor: CommonActor,
  _ pair: DutyPair
) -> Finding {
  let (severity, reason): (Severity, String) =
    switch actor {
    case .automation: (.medium, "one automation does both")
    case .person: (.medium, "one person is given both")
    case .group:
      (.low, "one group has both, and nothing in the file keeps one of its members from it")
    }
  let names = (first.name ?? first.id, second.name ?? second.id)
  return Finding(
    check: AuditCheck.segregationOfDuties.id, severity,
    "\(process.process.name ?? process.process.id): \(actor.name) does “\(names.0)” and then “\(names.1)”",
    subjects: [EntityReference(.system, process.system)],
    topic: "\(process.process.id):\(first.id)+\(second.id)",
    evidence: [first, second].map { Evidence(.inferred, $0.location, note: $0.name) },
    why:
      "The duties “\(pair.name)” belong to two (words, \(pair.location == nil ? "assumed" : "declared")). "
      + "A path of the process leads from the first to the second, and \(reason): one automation or "
      + "person medium, one group low.",
    remedy:
      "Give “\(names.1)” to somebody who cannot do “\(names.0)”, and let the process check that.")
}

/// Systems whose own steps or operations do both acts without a person between.
private func inSystems(_ duties: [Duty], _ context: AuditContext) -> [Finding] {
  let drawn = Set(context.estate.processes.map { nameKey($0.system) })
  let acts = actsBySystem(context)
  return context.estate.systems.flatMap { system -> [Finding] in
    guard system.isAlive, !drawn.contains(system.key), let acts = acts[system.key] else {
      return []
    }
    return duties.compactMap { duty in
      for first in acts where duty.isFirst(first.words) {
        for second in acts
        where second.name != first.name && duty.isSecond(second.words)
          && duty.areOfOneObject(first.words, second.words)
        {
          return Finding(
            check: AuditCheck.segregationOfDuties.id, .medium,
            "\(system.name) does “\(first.name)” and “\(second.name)” itself",
            subjects: [system.reference], topic: nameKey(duty.pair.name),
            evidence: [first.evidence, second.evidence],
            why: "The duties “\(duty.pair.name)” belong to two (words, "
              + "\(duty.pair.location == nil ? "assumed" : "declared")), and one automation has an "
              + "operation for each; neither is a step of people.",
            remedy:
              "Take “\(second.name)” from \(system.name) and give it to a person or a system of "
              + "another owner.")
        }
      }
      return nil
    }
  }
}

private struct Act {
  var name: String
  var words: [String]
  var evidence: Evidence
}

/// What systems do themselves, by the names of their steps, operations and tools.
private func actsBySystem(_ context: AuditContext) -> [String: [Act]] {
  let byPeople = Set(context.estate.touchPoints.map { "\(nameKey($0.system)) \($0.step)" })
  var acts: [String: [Act]] = [:]
  func add(_ name: String, of system: String, _ evidence: Evidence) {
    let all = words(of: name)
    guard all.count > 1 else { return }
    acts[nameKey(system), default: []].append(Act(name: name, words: all, evidence: evidence))
  }
  for step in context.estate.steps where step.kind == .action || step.kind == .call {
    guard !byPeople.contains("\(nameKey(step.system)) \(step.id)") else { continue }
    add(step.name ?? step.id, of: step.system, step.evidence)
  }
  for connection in context.estate.connections
  where connection.source.kind == .system && connection.channel != .people
    && connection.kind != .handsOver && connection.kind != .escalates
  {
    if let action = connection.action, let evidence = connection.evidence.first {
      add(action, of: connection.source.name, evidence)
    }
  }
  for permission in context.estate.permissions where permission.name.hasPrefix("tool ") {
    add(String(permission.name.dropFirst(5)), of: permission.system, permission.evidence)
  }
  return acts
}

/// Systems of one person of which one proposes and, further on, another approves.
private func acrossOwners(_ duties: [Duty], _ context: AuditContext) -> [Finding] {
  let governance = context.governance
  var found: [Finding] = []
  let graph = context.graph
  // Only what starts or hands on work makes a path; two systems that read one application do not.
  let work = DirectedGraph(
    nodeCount: graph.nodes.count,
    edges: graph.edges.filter {
      $0.kind == .invokes || $0.kind == .triggers || $0.kind == .handsOver
    }
    .map { (from: $0.source, to: $0.target) })
  let described = context.estate.systems.indices.filter {
    let system = context.estate.systems[$0]
    return system.isAlive && system.purpose.isKnown && governance.owner(of: system) == .person
  }
  let named = described.map {
    (index: $0, words: words(of: context.estate.systems[$0].purpose.value ?? ""))
  }
  for duty in duties {
    let seconds = Dictionary(grouping: named.filter { duty.isSecond($0.words) }) {
      nameKey(context.estate.systems[$0.index].owner.value ?? "")
    }
    for first in named where duty.isFirst(first.words) {
      let proposer = context.estate.systems[first.index]
      let candidates = seconds[nameKey(proposer.owner.value ?? "")] ?? []
      guard !candidates.isEmpty, let start = context.node(ofSystem: first.index) else { continue }
      let later = Set(work.reachable(from: start))
      for second in candidates
      where second.index != first.index && duty.areOfOneObject(first.words, second.words) {
        guard let end = context.node(ofSystem: second.index), later.contains(end) else { continue }
        let approver = context.estate.systems[second.index]
        found.append(
          Finding(
            check: AuditCheck.segregationOfDuties.id, .low,
            "\(proposer.owner.value ?? "One person") answers for \(proposer.name), which proposes, and "
              + "for \(approver.name), which approves",
            subjects: [proposer.reference, approver.reference], topic: nameKey(duty.pair.name),
            evidence: [proposer, approver].flatMap {
              $0.purpose.facts.prefix(1).map(\.evidence) + $0.owner.facts.prefix(1).map(\.evidence)
            },
            why:
              "The duties “\(duty.pair.name)” belong to two. A path of calls and triggers leads from "
              + "the first system to the second, and one person may change both. What they do is read "
              + "from their purposes (inferred): low.",
            remedy: "Let somebody else answer for \(approver.name)."))
      }
    }
  }
  return found
}
