internal import Facts
public import Inventory
internal import ProcessModel

/// The process of the inventory that a name means, as a flow that can be simulated.
///
/// A BPMN process is meant by its id, its name, its system or its file; an automation without one by its
/// name, if the inventory holds its steps: each stretch of steps between two at which people step in
/// becomes one run of the automation, each step of people a task.
/// - Throws: `ScenarioErrors` where nothing has the name, or what has it has no flow and no steps.
public func processOfEstate(
  _ name: String, in estate: Estate
) throws(ScenarioErrors) -> ProcessOfEstate {
  if let found = drawnProcess(name, in: estate) { return found }
  if let system = estate.system(named: name) { return try StepFlow(of: system, in: estate).made() }
  let withSteps = Set(estate.steps.map { nameKey($0.system) })
  let all =
    estate.processes.flatMap { [$0.process.id, $0.process.name, $0.system] }.compactMap(\.self)
    + estate.systems.map(\.name).filter { withSteps.contains(nameKey($0)) }
  var seen: Set<String> = []
  let names = all.filter { seen.insert(nameKey($0)).inserted }
  let near = nearestNames(to: name, among: names)
  let hint =
    near.isEmpty
    ? names.isEmpty
      ? "it holds no process; import a BPMN file or the project of an automation"
      : "it has \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? " …" : "")"
    : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  throw ScenarioErrors([
    ScenarioProblem(
      "there is no process '\(shown(name))'; \(hint)",
      at: SourceLocation(path: "inventory"))
  ])
}

private func drawnProcess(_ name: String, in estate: Estate) -> ProcessOfEstate? {
  let key = nameKey(name)
  let ways: [(EstateProcess) -> Bool] = [
    { $0.process.location.path == name }, { $0.process.id == name },
    { nameKey($0.process.id) == key },
    { nameKey($0.process.name ?? "") == key || nameKey($0.system) == key },
  ]
  for way in ways {
    let found = estate.processes.filter(way)
    guard let first = found.first else { continue }
    let others = found.dropFirst().map(\.process.location.description)
    return ProcessOfEstate(
      process: first.process, system: first.system,
      remarks: others.isEmpty
        ? []
        : [
          "The inventory has more processes of this name: \(others.prefix(5).joined(separator: ", "))"
            + (others.count > 5 ? " and \(others.count - 5) more" : "")
            + ". Name the file to mean one of them."
        ])
  }
  return nil
}

/// Up to three names that resemble one, the nearest first, each once.
private func nearestNames(to name: String, among names: [String]) -> [String] {
  var left = names
  var result: [String] = []
  while result.count < 3, let near = closestName(to: name, among: left) {
    result.append(near)
    left.removeAll { nameKey($0) == nameKey(near) }
  }
  return result
}

/// A flow made of the steps of an automation.
private struct StepFlow {
  let system: AutomationSystem
  let estate: Estate
  /// Steps in the order of their files, the entry file first.
  let steps: [Step]
  /// Path of the file that is entered first.
  let entry: String?

  init(of system: AutomationSystem, in estate: Estate) {
    self.system = system
    self.estate = estate
    var owners: Set<String> = [system.key]
    if system.kind.value == .orchestrator {
      // A crew has no steps of its own: its agents do them.
      owners.formUnion(
        estate.connections.filter {
          $0.kind == .invokes && $0.source == EntityReference(.system, system.name)
            && $0.target.kind == .system
        }.map(\.target.key))
    }
    let own = estate.steps.filter { owners.contains(nameKey($0.system)) }
    let entries = estate.triggers.filter { nameKey($0.system) == system.key }
      .compactMap(\.expression)
    let paths = Set(own.map(\.evidence.location.path)).sorted()
    let counts = Dictionary(grouping: own, by: \.evidence.location.path).mapValues(\.count)
    let entry =
      paths.first { path in entries.contains { path == $0 || path.hasSuffix("/\($0)") } }
      ?? paths.first { $0.hasSuffix("/Main.xaml") }
      ?? paths.min { (-(counts[$0] ?? 0), $0) < (-(counts[$1] ?? 0), $1) }
    self.entry = entry
    steps = own.sorted { a, b in
      let (x, y) = (a.evidence.location, b.evidence.location)
      if (x.path == entry) != (y.path == entry) { return x.path == entry }
      return x < y
    }
  }

  func made() throws(ScenarioErrors) -> ProcessOfEstate {
    let place = system.sources.min()?.location ?? SourceLocation(path: "inventory")
    guard !steps.isEmpty else {
      throw ScenarioErrors([
        ScenarioProblem(
          "'\(system.name)' is in the inventory, but no file that says how it works: there is neither "
            + "a BPMN process nor a step of it; import its project or workflow as its product exports "
            + "it, or a BPMN file of that name", at: place)
      ])
    }
    var parts: [(id: String, name: String, stretch: ProcessOfEstate.Stretch)] = []
    for step in steps where step.kind != .errorHandling {
      // Of other files only those of the same project are known to be run with the entry file.
      guard step.evidence.location.path == entry || step.system == system.name else { continue }
      if let team = people(at: step) {
        if step.kind != .human, step.evidence.location.path == entry { addRun(step, to: &parts) }
        let id = keyName("ask \(step.id)", besides: Set(parts.map(\.id)))
        parts.append(
          (
            id, team.name ?? step.name ?? step.id,
            ProcessOfEstate.Stretch(system: nil, team: team.team, evidence: team.evidence)
          ))
      } else if step.evidence.location.path == entry {
        addRun(step, to: &parts)
      }
    }
    if !parts.contains(where: { $0.stretch.system != nil }), let step = steps.first {
      parts.insert((id: "run_1", name: "Run of \(step.system)", stretch: run(step)), at: 0)
    }
    return process(of: parts)
  }

  /// What is known of the people at a step; `nil` where the automation does it.
  private func people(
    at step: Step
  ) -> (name: String?, team: String?, evidence: Evidence)? {
    let touchPoint = estate.touchPoints.first {
      $0.step == step.id && nameKey($0.system) == nameKey(step.system)
        && $0.evidence.location.path == step.evidence.location.path
    }
    guard let touchPoint, touchPoint.kind != .exception else {
      return step.kind == .human ? (step.name, nil, step.evidence) : nil
    }
    return (touchPoint.name, touchPoint.team, touchPoint.evidence)
  }

  private func run(_ step: Step) -> ProcessOfEstate.Stretch {
    ProcessOfEstate.Stretch(system: step.system, evidence: step.evidence)
  }

  /// Steps of one automation in a row are one run of it.
  private func addRun(
    _ step: Step, to parts: inout [(id: String, name: String, stretch: ProcessOfEstate.Stretch)]
  ) {
    if parts.last?.stretch.system == step.system { return }
    let number = parts.count { $0.stretch.system != nil } + 1
    parts.append((id: "run_\(number)", name: "Run of \(step.system)", stretch: run(step)))
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func process(
    of parts: [(id: String, name: String, stretch: ProcessOfEstate.Stretch)]
  ) -> ProcessOfEstate {
    let place = parts[0].stretch.evidence.location
    var elements = [FlowElement(id: "start", kind: .startEvent(.none), location: place)]
    for part in parts {
      elements.append(
        FlowElement(
          id: part.id, name: part.name,
          kind: .task(part.stretch.system == nil ? .user : .service),
          location: part.stretch.evidence.location))
    }
    elements.append(FlowElement(id: "end", kind: .endEvent(.none), location: place))
    let flows = zip(elements, elements.dropFirst()).map { from, to in
      SequenceFlow(
        id: "from_\(from.id)", source: from.id, target: to.id, location: from.location)
    }
    let decisions = steps.count { $0.kind == .decision }
    let asked = parts.count { $0.stretch.system == nil }
    var remarks = [
      "The inventory holds \(counted(steps.count, "step")) of \(system.name) and no drawing. The flow was made of "
        + "them: steps of an automation between two steps of people are one run of it, in the order "
        + "of the file \(entry ?? "")."
    ]
    if decisions > 0, asked > 0 {
      remarks.append(
        "Which way cases go at its \(counted(decisions, "decision")) is not known: each is taken to come "
          + "to \(asked == 1 ? "the step of people" : "all \(asked) steps of people").")
    }
    let id = keyName(system.name, besides: [])
    return ProcessOfEstate(
      process: BusinessProcess(
        id: id.first.map(\.isNumber) == true ? "process_\(id)" : id, name: system.name,
        isExecutable: false, elements: elements, flows: flows, location: place),
      system: system.name,
      stretches: Dictionary(
        parts.map { ($0.id, $0.stretch) }, uniquingKeysWith: { first, _ in first }),
      remarks: remarks)
  }
}
