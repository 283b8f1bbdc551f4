import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let duplicateTask = AuditCheck(
    id: "duplicate-task", summary: "Agents that have the same task",
    matters:
      "Two agents with one task do it twice, at the price of both, and may answer differently."
  ) { context in
    let agents = context.estate.systems.indices.filter {
      context.estate.systems[$0].kind.value == .agent && context.estate.systems[$0].isAlive
    }
    let tasks = AgentTasks(context, agents)
    var outcome = Outcome()
    for pair in tasks.pairs {
      outcome.findings.append(finding(pair, context))
    }
    let silent = agents.count { !tasks.isKnown($0) }
    if silent > 0, agents.count > 1 {
      outcome.remarks.append(
        "Of \(counted(silent, "agent")) no file tells a task in enough words; nothing is concluded."
      )
    }
    return outcome
  }
}

private struct SameTask {
  var first: Int
  var second: Int
  /// Tasks of the same name, as the first agent's file spells them.
  var tasks: [String]
  /// Likeness of the purposes; `nil` where not compared.
  var purpose: Double?
  var evidence: [Evidence]
}

private struct AgentTasks {
  private(set) var pairs: [SameTask] = []
  private let known: Set<Int>

  func isKnown(_ agent: Int) -> Bool { known.contains(agent) }

  init(_ context: AuditContext, _ agents: [Int]) {
    let systems = context.estate.systems
    let steps = Dictionary(grouping: context.estate.steps) { nameKey($0.system) }
    var known: Set<Int> = []
    var users: [String: [Int]] = [:]
    var places: [String: [Int: Step]] = [:]
    for agent in agents {
      let listed = steps[systems[agent].key] ?? []
      // The steps of a drawn dialogue or flow are how it works, not what it is asked to do.
      let isFlow = listed.contains { [.decision, .group, .wait].contains($0.kind) }
      // A prompt template has but the one step that fills it, by which no two are alike.
      for step in listed where step.kind == .action && !isFlow && step.id != "prompt" {
        guard let task = Self.task(step.name ?? step.id) else { continue }
        known.insert(agent)
        if places[task, default: [:]].updateValue(step, forKey: agent) == nil {
          users[task, default: []].append(agent)
        }
      }
    }
    // What many agents list is what their product puts into every agent.
    let common = max(3, agents.count / 10)
    var shared: [Pair: [String]] = [:]
    for (task, users) in users where users.count > 1 && users.count <= common {
      for (place, first) in users.enumerated() {
        for second in users.dropFirst(place + 1) {
          shared[Pair(first: min(first, second), second: max(first, second)), default: []].append(
            task)
        }
      }
    }
    let purposes = agents.map { agent in
      Self.content(systems[agent].purpose.value ?? "")
    }
    var byPurpose: [Set<String>: [Int]] = [:]
    for (agent, words) in zip(agents, purposes) where words.count >= 4 {
      known.insert(agent)
      byPurpose[words, default: []].append(agent)
    }
    var alike: Set<Pair> = []
    for group in byPurpose.values where group.count > 1 {
      // A chain is enough to name them all, and does not grow with the square of the group.
      for (first, second) in zip(group, group.dropFirst()) {
        alike.insert(Pair(first: first, second: second))
      }
    }
    self.known = known
    let likeness = Dictionary(uniqueKeysWithValues: zip(agents, purposes))
    for pair in Set(shared.keys).union(alike).sorted() {
      let tasks = (shared[pair] ?? []).sorted()
      let isAlike = alike.contains(pair)
      guard Self.canMeet(pair, context) else { continue }
      // One task of one name may be an accident of two short words; a purpose to match makes it one task.
      let overlap = Self.dice(likeness[pair.first] ?? [], likeness[pair.second] ?? [])
      guard isAlike || tasks.count >= 2 || (overlap ?? 0) >= 0.3 || Self.isLong(tasks) else {
        continue
      }
      let evidence = tasks.flatMap { task in
        [pair.first, pair.second].compactMap { places[task]?[$0]?.evidence }
      }
      let stated = [pair.first, pair.second].flatMap { agent in
        isAlike ? systems[agent].purpose.facts.prefix(1).map(\.evidence) : []
      }
      pairs.append(
        SameTask(
          first: pair.first, second: pair.second,
          tasks: tasks.map { places[$0]?[pair.first].map { $0.name ?? $0.id } ?? $0 },
          purpose: isAlike ? 1 : overlap, evidence: evidence + stated))
    }
  }

  struct Pair: Hashable, Comparable {
    var first: Int
    var second: Int

    static func < (a: Pair, b: Pair) -> Bool { (a.first, a.second) < (b.first, b.second) }
  }

  /// A task by its words, in alphabetical order; `nil` where they say too little to compare.
  private static func task(_ name: String) -> String? {
    let content = Set(
      words(of: name).filter { $0.count > 1 && !smallWords.contains($0) }.map(stem)
    ).sorted()
    return content.count >= 2 && !everyAgent.contains(content.joined(separator: " "))
      ? content.joined(separator: " ") : nil
  }

  private static func isLong(_ tasks: [String]) -> Bool {
    tasks.contains { $0.split(separator: " ").count >= 3 }
  }

  private static func content(_ text: String) -> Set<String> {
    Set(words(of: text).filter { $0.count > 2 && !smallWords.contains($0) }.map(stem))
  }

  private static func dice(_ a: Set<String>, _ b: Set<String>) -> Double? {
    a.isEmpty || b.isEmpty ? nil : 2 * Double(a.intersection(b).count) / Double(a.count + b.count)
  }

  /// Whether two agents may meet one case: where the applications and tools of both are known, they
  /// share one; one that calls the other hands its task on.
  private static func canMeet(_ pair: Pair, _ context: AuditContext) -> Bool {
    guard let first = context.node(ofSystem: pair.first),
      let second = context.node(ofSystem: pair.second)
    else { return false }
    func tools(_ node: Int) -> Set<Int> {
      Set(
        context.graph.edges(from: node).map(\.target).filter { target in
          let place = context.graph.nodes[target]
          return place.kind == .system
            || (place.kind == .application && !isModelService(place.name))
        })
    }
    if context.graph.links.successors(of: first).contains(second)
      || context.graph.links.successors(of: second).contains(first)
    {
      return false
    }
    let (a, b) = (tools(first), tools(second))
    return a.isEmpty || b.isEmpty || !a.isDisjoint(with: b)
  }

  private static let smallWords: Set = [
    "the", "and", "for", "with", "from", "into", "that", "this", "you", "your", "are", "agent",
    "assistant", "task", "tool", "of", "to", "in", "on", "an", "or", "by", "is", "as", "at", "it",
    "helpful", "user", "users", "help", "helps", "py", "main", "graph", "src", "message", "text",
    "set", "variable", "send", "activity", "condition", "group", "wait", "start", "end", "action",
    "system", "prompt", "output", "input", "node", "step", "all", "using", "use",
  ]

  /// Topics that a product gives every agent.
  private static let everyAgent: Set = Set(
    [
      "conversation start", "conversation end", "multiple topics matched", "on error", "sign in",
      "reset conversation", "thank you", "end of conversation", "conversational boosting",
      "confirmed success", "confirmed failure", "update order", "execute task", "chat completion",
    ].map { Set(words(of: $0).map(stem)).sorted().joined(separator: " ") })
}

private func finding(_ pair: SameTask, _ context: AuditContext) -> Finding {
  let systems = context.estate.systems
  let (first, second) = (systems[pair.first], systems[pair.second])
  let differ = ownersDiffer(first, second)
  let inUse = [first, second].allSatisfy { $0.isSwitchedOn }
  let what =
    pair.tasks.isEmpty
    ? "their purposes are the same words"
    : "\(counted(pair.tasks.count, "task")) of the same words (\(listText(pair.tasks.map { "“\($0)”" })))"
      + (pair.purpose.map { "; likeness of the purposes \(scoreText($0))" } ?? "")
  let owners =
    switch differ {
    case true?: "They belong to different owners."
    case false?: "They belong to one owner."
    case nil: "Whether they belong to one owner is not known."
    }
  return Finding(
    check: AuditCheck.duplicateTask.id,
    inUse || (differ == true && !pair.tasks.isEmpty) ? .medium : .low,
    "\(first.name) and \(second.name) have the same task",
    subjects: [first.reference, second.reference].sorted(),
    evidence: pair.evidence.isEmpty ? first.sources + second.sources : pair.evidence,
    why:
      "Compared word for word, small words and endings aside: \(what). \(owners) Neither calls the "
      + "other, and the applications and tools that are known of both do not keep them apart.",
    remedy: "Give the task to one of them, and let the other call it.")
}
