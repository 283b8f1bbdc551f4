internal import Facts
internal import ProcessModel
public import Statistics

/// The discovered flow as a BPMN process, with the shares of its gateways and what its tasks stand for.
struct FlowProcess {
  var process: BusinessProcess
  /// For each exclusive gateway that splits by shares: its flows with their counts, and the p-value that shares
  /// were the same all along.
  var branching: [(gateway: String, flows: [(id: String, count: Int)], same: Double?)] = []
  /// For each exclusive gateway at which attributes decide: the rule, and the flow of each of its leaves.
  var rules: [(gateway: String, rule: BranchRule, flows: [String])] = []
  /// For each task the activity that it stands for.
  var tasks: [(id: String, activity: Int)] = []
  /// For each waiting before a task: the task's activity.
  var waits: [(id: String, activity: Int)] = []
  /// For each waiting before a task that depends on what was done before: the task's activity, and which of the
  /// activity's `delaysAfter` it is.
  var waitsAfter: [(id: String, activity: Int, group: Int)] = []

  /// For each collecting of cases before a task: the task's activity.
  var collections: [(id: String, activity: Int)] = []
  /// Names of the activities as the process has them.
  let names: [String]

  private var flowCount = 0
  private var elementCount = 0
  private var taskCounts: [Int]
  private var waitCounts: [[Int]]
  private let delayed: Set<Int>
  private let collected: Set<Int>
  private let place: SourceLocation

  /// Draws a chain.
  ///
  /// - Parameters:
  ///   - delayed: activities that a waiting goes before.
  ///   - delaysAfter: for each activity its waiting by what was done before.
  ///   - collected: activities whose cases are collected before they are done one after the other.
  ///   - ways: what is known of the states at which cases can go several ways.
  init(
    _ chain: FlowChain, name: String, activities: [String], delayed: Set<Int>,
    delaysAfter: [[DelayAfter]] = [], collected: Set<Int> = [], path: String,
    ways: [Int: StateWays] = [:]
  ) {
    place = SourceLocation(path: path)
    process = BusinessProcess(
      id: "discovered", name: name, isExecutable: false, location: place)
    self.delayed = delayed
    self.collected = collected
    names = processNames(activities)
    taskCounts = [Int](repeating: 0, count: activities.count)
    waitCounts = delaysAfter.map { [Int](repeating: 0, count: $0.count) }
    // States that a case can be in.
    var reached: [Int] = []
    var isReached = [Bool](repeating: false, count: chain.states.count)
    let origin = chain.states.firstIndex(of: [FlowChain.start]) ?? 0
    isReached[origin] = true
    reached.append(origin)
    var at = 0
    while at < reached.count {
      for step in chain.next[reached[at]] where step.state >= 0 && !isReached[step.state] {
        isReached[step.state] = true
        reached.append(step.state)
      }
      at += 1
    }
    /// Which of the waitings before a state's task a case has that comes from another state: 0 where there is one.
    func group(from source: Int, to target: Int) -> Int {
      guard target >= 0, let block = chain.states[target].last, block >= 0,
        case .activity(let activity) = chain.shapes[block],
        delaysAfter.indices.contains(activity), let before = chain.states[source].last
      else { return 0 }
      let groups = delaysAfter[activity]
      return groups.firstIndex { $0.symbols.contains(before) } ?? max(0, groups.count - 1)
    }
    var incoming = [[Int: Int]](repeating: [:], count: chain.states.count)
    for state in reached {
      for (way, step) in chain.next[state].enumerated() where step.state >= 0 {
        var flows = 1
        if let known = ways[state], let rule = known.rule {
          flows = rule.leaves.count { $0.counts[way] > 0 }
        }
        incoming[step.state][group(from: state, to: step.state), default: 0] += flows
      }
    }
    add("start", nil, .startEvent(.none))
    add("end", nil, .endEvent(.none))
    var entry: [Int: [Int: String]] = [:]
    var exit: [Int: String] = [origin: "start"]
    for state in reached where state != origin {
      let shape = chain.shapes[chain.states[state][chain.states[state].count - 1]]
      var isGrouped = false
      if case .activity(let activity) = shape, delaysAfter.indices.contains(activity) {
        isGrouped = !delaysAfter[activity].isEmpty
      }
      let (first, last) = draw(shape, waits: !isGrouped)
      exit[state] = last
      let comes = incoming[state].sorted { $0.key < $1.key }
      guard isGrouped, case .activity(let activity) = shape else {
        entry[state] = [0: merged(comes.first?.value ?? 0, into: first)]
        continue
      }
      let task = merged(comes.count, into: first)
      for (group, flows) in comes {
        waitCounts[activity][group] += 1
        let wait = "wait_\(activity + 1)_\(group + 1)_\(waitCounts[activity][group])"
        add(wait, "waiting before \(names[activity])", .task(.user))
        waitsAfter.append((wait, activity, group))
        connect(wait, task)
        entry[state, default: [:]][group] = merged(flows, into: wait)
      }
    }
    for state in reached {
      guard let from = exit[state] else { continue }
      let steps = chain.next[state]
      func target(_ step: FlowChain.Step) -> String {
        entry[step.state]?[group(from: state, to: step.state)] ?? "end"
      }
      if steps.count == 1 {
        connect(from, target(steps[0]))
        continue
      }
      let gateway = fresh("choice")
      add(gateway, nil, .gateway(.exclusive))
      connect(from, gateway)
      let known = ways[state] ?? StateWays()
      guard let rule = known.rule else {
        branching.append(
          (
            gateway, steps.map { step in (connect(gateway, target(step)), step.count) },
            known.same
          ))
        continue
      }
      let flows = rule.leaves.map { leaf -> String in
        let taken = zip(steps, leaf.counts).filter { $0.1 > 0 }
        if taken.count == 1 { return connect(gateway, target(taken[0].0)) }
        let part = fresh("choice")
        add(part, nil, .gateway(.exclusive))
        let flow = connect(gateway, part)
        branching.append((part, taken.map { (connect(part, target($0.0)), $0.1) }, nil))
        return flow
      }
      rules.append((gateway, rule, flows))
    }
  }

  /// An element, or the gateway before it where several flows come to it.
  private mutating func merged(_ flows: Int, into element: String) -> String {
    guard flows > 1 else { return element }
    let head = fresh("merge")
    add(head, nil, .gateway(.exclusive))
    connect(head, element)
    return head
  }

  private mutating func fresh(_ kind: String) -> String {
    elementCount += 1
    return "\(kind)_\(elementCount)"
  }

  private mutating func add(_ id: String, _ name: String?, _ kind: FlowElement.Kind) {
    process.elements.append(FlowElement(id: id, name: name, kind: kind, location: place))
  }

  @discardableResult
  private mutating func connect(_ source: String, _ target: String) -> String {
    flowCount += 1
    let id = "flow_\(flowCount)"
    process.flows.append(SequenceFlow(id: id, source: source, target: target, location: place))
    return id
  }

  /// Draws a block; gives its first and its last element.
  ///
  /// - Parameter waits: whether a waiting stands before an activity that has one.
  private mutating func draw(
    _ shape: BlockShape, waits hasWaits: Bool = true
  ) -> (first: String, last: String) {
    switch shape {
    case .activity(let activity):
      // Numbered by activity, so that a scenario says of all tasks of one at once what they take.
      taskCounts[activity] += 1
      let number = "\(activity + 1)_\(taskCounts[activity])"
      let task = "task_\(number)"
      add(task, names[activity], .task(.user))
      tasks.append((task, activity))
      var first = task
      if collected.contains(activity) {
        first = "collect_\(number)"
        add(first, "collecting for \(names[activity])", .task(.user))
        collections.append((first, activity))
        connect(first, task)
      }
      guard hasWaits, delayed.contains(activity) else { return (first, task) }
      let wait = "wait_\(number)"
      add(wait, "waiting before \(names[activity])", .task(.user))
      waits.append((wait, activity))
      connect(wait, first)
      return (wait, task)
    case .sequence(let parts):
      let drawn = parts.map { draw($0) }
      for (one, other) in zip(drawn, drawn.dropFirst()) { connect(one.last, other.first) }
      return (drawn[0].first, drawn[drawn.count - 1].last)
    case .parallel(let parts):
      let split = fresh("split")
      add(split, nil, .gateway(.parallel))
      let drawn = parts.map { draw($0) }
      let join = fresh("join")
      add(join, nil, .gateway(.parallel))
      for part in drawn {
        connect(split, part.first)
        connect(part.last, join)
      }
      return (split, join)
    }
  }
}

/// Names of activities as a process can have them: in one line with single blanks, none empty, each once.
func processNames(_ activities: [String]) -> [String] {
  var taken: Set<String> = []
  return activities.map { activity in
    let words = activity.split { character in
      character.isWhitespace || character.unicodeScalars.contains { $0.value < 0x20 }
    }
    let base = words.isEmpty ? "unnamed activity" : words.joined(separator: " ")
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base) (\(number))"
      number += 1
    }
    return name
  }
}

extension LogCalibration {
  /// What the log calls activities whose names in the process differ, by the names in the process.
  public var logNames: [String: String] {
    var found: [String: String] = [:]
    for (activity, name) in zip(activities, process.names) where activity.name != name {
      found[name] = activity.name
    }
    return found
  }
}

/// A way that cases take at a place where they can take several.
public struct BranchShare: Sendable, Hashable {
  /// Identifier of the gateway in the BPMN file.
  public var gateway: String
  /// Identifier of the way.
  public var flow: String
  /// What it leads to: an activity, several side by side, or the end.
  public var leadsTo: String
  /// Cases that took it, each visit counted.
  public var count: Int
  /// Visits of the gateway.
  public var total: Int
  /// p-value that the shares of the gateway were the same in all quarters of the log (χ²); `nil` where there are
  /// too few visits to tell.
  public var same: Double?

  /// The share with its 95 % interval.
  public var interval: ConfidenceInterval { .share(count, of: total) }
}

extension FlowProcess {
  /// All ways of all gateways, in the order of the process.
  var shares: [BranchShare] {
    let targets = Dictionary(
      process.flows.map { ($0.id, $0.target) }, uniquingKeysWith: { first, _ in first })
    let next = Dictionary(
      process.flows.map { ($0.source, $0.target) }, uniquingKeysWith: { first, _ in first })
    let elements = Dictionary(
      process.elements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func title(_ id: String) -> String {
      var at = id
      for _ in 0..<6 {
        guard let element = elements[at] else { break }
        switch element.kind {
        case .endEvent: return "the end"
        case .task:
          guard at.hasPrefix("wait_") || at.hasPrefix("collect_") else { return element.name ?? at }
        case .gateway(.parallel): return "work side by side"
        default: break
        }
        guard let following = next[at] else { break }
        at = following
      }
      return at
    }
    return branching.flatMap { gateway, flows, same -> [BranchShare] in
      let total = flows.reduce(0) { $0 + $1.count }
      return flows.map { flow in
        BranchShare(
          gateway: gateway, flow: flow.id, leadsTo: title(targets[flow.id] ?? flow.id),
          count: flow.count, total: total, same: same)
      }
    }
  }
}
