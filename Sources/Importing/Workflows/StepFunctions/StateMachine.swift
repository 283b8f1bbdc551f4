import DocumentReading
import Facts
import Inventory

/// What is known of a state machine beside its definition.
struct StateMachineDescription {
  var name: Fact<String>
  var aliases: [String] = []
  var source: Evidence?
  var status: Fact<LifecycleStatus>?
  var owner: Fact<String>?
  /// Names that stand for the placeholders `${…}` of the definition.
  var substitutions: [String: String] = [:]
  var triggers: [(kind: Trigger.Kind, expression: String?, evidence: Evidence)] = []
  var permissions: [Fact<String>] = []

  init(name: Fact<String>) { self.name = name }

  /// The system, with what starts it and what it may do.
  func fragment() -> EstateFragment {
    var fragment = EstateFragment()
    let evidence = source ?? name.evidence
    var system = AutomationSystem(name: name.value, source: evidence)
    system.aliases = aliases.filter { $0 != name.value }
    system.kind.state(.workflow, evidence)
    system.technology.state("AWS Step Functions", evidence)
    if let status { system.status.state(status.value, status.evidence) }
    if let owner { system.owner.state(owner.value, owner.evidence) }
    fragment.systems = [system]
    fragment.triggers = triggers.map {
      Trigger(
        system: name.value, kind: $0.kind, expression: $0.expression, evidence: $0.evidence)
    }
    fragment.permissions = permissions.map {
      Permission(system: name.value, name: $0.value, evidence: $0.evidence)
    }
    return fragment
  }
}

/// One state machine in the Amazon States Language (states-language.net, and the developer guide of
/// AWS Step Functions for JSONata, `ItemProcessor` and the service integrations).
struct StateMachine {
  let definition: DataNode
  let description: StateMachineDescription
  let path: String
  /// Where the definition stands, if it is a text inside another file.
  let place: SourceLocation?
  private var fragment = EstateFragment()
  private var problems: [ImportProblem] = []
  private var models: [String] = []
  private var unknowns: [String] = []
  private var ids: Set<String> = []
  /// How many states lead nowhere; twenty are enough to see that the file is damaged.
  private var dangling = 0

  init(
    _ definition: DataNode, _ description: StateMachineDescription, path: String,
    place: SourceLocation? = nil
  ) {
    self.definition = definition
    self.description = description
    self.path = path
    self.place = place
  }

  private var name: String { description.name.value }

  mutating func read(into reading: inout FileReading) {
    walk(definition, inside: nil)
    var whole = description.fragment()
    whole.systems[0].sources.append(evidence(definition, nil))
    if let comment = definition["Comment"], let text = singleLine(comment.string) {
      whole.systems[0].purpose.state(text, evidence(comment, nil))
    }
    whole.systems[0].models = models
    whole.systems[0].unknowns = unknowns
    reading.fragment.add(whole)
    reading.fragment.add(fragment)
    reading.problems += problems
  }

  private func location(_ node: SourceLocation, _ state: String?) -> SourceLocation {
    guard var place else { return node }
    if let state { place.element = state }
    return place
  }

  private func evidence(_ node: DataNode, _ state: String?, note: String? = nil) -> Evidence {
    Evidence(.imported, location(node.location, state), note: note)
  }

  // MARK: States

  private mutating func walk(_ machine: DataNode, inside parent: String?) {
    let states = machine["States"]?.object ?? []
    let names = Set(states.map(\.key))
    var regular: Set<String> = []
    var caught: Set<String> = []
    if let start = machine["StartAt"]?.string {
      regular.insert(start)
      check(start, machine["StartAt"] ?? machine, among: names, of: parent ?? name)
    }
    for state in states {
      let node = state.value
      var next = [node["Next"], node["Default"]].compactMap(\.self)
      next += (node["Choices"]?.array ?? []).compactMap { $0["Next"] }
      for target in next {
        guard let text = target.string else { continue }
        regular.insert(text)
        check(text, target, among: names, of: state.key)
      }
      for catcher in node["Catch"]?.array ?? [] {
        guard let target = catcher["Next"], let text = target.string else { continue }
        caught.insert(text)
        check(text, target, among: names, of: state.key)
      }
    }
    for state in states {
      add(
        state, inside: parent,
        handlesErrors: caught.contains(state.key) && !regular.contains(state.key))
    }
  }

  private mutating func check(
    _ target: String, _ node: DataNode, among names: Set<String>, of state: String
  ) {
    guard !names.contains(target), !target.contains("${"), dangling < 20 else { return }
    dangling += 1
    problems.append(
      ImportProblem(
        .low,
        "'\(state)' leads to '\(target)', which is not among its states"
          + suggestion(for: target, among: names), at: location(node.location, state)))
  }

  private mutating func add(
    _ state: DataMember, inside parent: String?, handlesErrors: Bool
  ) {
    let node = state.value
    guard node.object != nil else {
      problems.append(
        ImportProblem(
          .medium, "the state '\(state.key)' is no object and was left out",
          at: location(state.keyLocation, state.key)))
      return
    }
    // Names are unique within one list of states only, in files of earlier years.
    var id = state.key
    if !ids.insert(id).inserted {
      id = "\(parent ?? name)/\(state.key)"
      var number = 2
      while !ids.insert(id).inserted {
        id = "\(parent ?? name)/\(state.key) \(number)"
        number += 1
      }
    }
    let evidence = Evidence(.imported, location(state.keyLocation, state.key))
    let type = node["Type"]?.string
    if type == nil {
      problems.append(
        ImportProblem(
          .medium, "the state '\(state.key)' has no Type, so that what it does is unknown",
          at: evidence.location))
    }
    let task = type == "Task" ? task(of: node, named: state.key) : nil
    var kind = stepKind(type, task)
    if handlesErrors, [.action, .call].contains(kind) { kind = .errorHandling }
    var step = Step(system: name, id: id, name: state.key, kind: kind, evidence: evidence)
    step.retries = retries(node["Retry"])
    // A task that sends no sign of life ends when the next one is due.
    step.timeout = [node["TimeoutSeconds"], node["HeartbeatSeconds"]].lazy.compactMap {
      $0?.double
    }.first.flatMap { $0 > 0 ? TimeSpan(seconds: $0) : nil }
    fragment.steps.append(step)
    if let task { connect(task, id, state.key, evidence) }
    for key in ["ItemReader", "ResultWriter"] {
      guard let access = node[key], access["Resource"] != nil else { continue }
      connect(self.task(of: access, named: state.key), id, state.key, evidence)
    }
    if let role = node["Credentials"]?["RoleArn"], let text = templateText(of: role) {
      fragment.permissions.append(
        Permission(
          system: name, name: "run as \(StateMachineTask.lastPart(of: text))",
          evidence: Evidence(.imported, location(role.location, state.key))))
    }
    for branch in node["Branches"]?.array ?? [] { walk(branch, inside: id) }
    if let inner = node["ItemProcessor"] ?? node["Iterator"] { walk(inner, inside: id) }
  }

  private func stepKind(_ type: String?, _ task: StateMachineTask?) -> Step.Kind {
    if task?.person != nil { return .human }
    switch type {
    case "Task": return task?.isCall == true ? .call : .action
    case "Choice": return .decision
    case "Wait": return .wait
    case "Map", "Parallel": return .group
    case "Fail": return .errorHandling
    default: return .action
    }
  }

  /// The most attempts of all rules; a rule that does not say allows three.
  private func retries(_ rules: DataNode?) -> Int? {
    guard let rules = rules?.array, !rules.isEmpty else { return nil }
    return rules.map { $0["MaxAttempts"]?.int ?? 3 }.max().map { max(0, $0) }
  }

  // MARK: Tasks

  private func task(of node: DataNode, named name: String) -> StateMachineTask {
    StateMachineTask(
      node, named: name, of: self.name, substitutions: description.substitutions)
  }

  private mutating func connect(
    _ task: StateMachineTask, _ id: String, _ shown: String, _ evidence: Evidence
  ) {
    if let person = task.person {
      fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: id, name: shown, kind: person, evidence: evidence))
    }
    if task.isCallback, task.person == nil {
      unknowns.append(
        "Whether a person or a program answers '\(shown)', which waits for it, is not told.")
    }
    if task.target == nil {
      problems.append(
        ImportProblem(
          .low, "what '\(shown)' calls is computed or not stated, so that it is unknown",
          at: evidence.location))
    }
    let target =
      task.target ?? EntityReference(.application, "computed target in '\(name)'")
    fragment.connections.append(
      Connection(
        task.kind, from: EntityReference(.system, name), to: target, channel: task.channel,
        action: task.action, data: task.data,
        evidence: Evidence(.imported, evidence.location, note: task.note)))
    for model in task.models where !models.contains(model) { models.append(model) }
    for credential in task.credentials {
      fragment.credentials.append(
        CredentialUse(
          system: name, name: credential, application: task.target?.name, evidence: evidence))
    }
  }
}
