internal import DocumentReading
internal import Facts
public import Inventory
internal import ProcessModel
internal import Simulation

/// Reads a file that a scenario names, given as written, from the scenario's folder.
public typealias ScenarioFiles = @Sendable (String) throws -> [UInt8]

/// Reads a scenario and resolves it against its process.
///
/// - Parameters:
///   - bytes: the file.
///   - path: the file's path, as shown to people.
///   - files: reads calendar files.
///   - estate: imports what `inventory:` or `bpmn:` names, given as written, from the scenario's
///     folder.
/// - Throws: `ScenarioErrors` with every error that could be found in one pass.
public func readScenario(
  _ bytes: [UInt8], path: String, files: @escaping ScenarioFiles = noFiles,
  estate: (String) throws -> Estate
) throws(ScenarioErrors) -> Scenario {
  try readScenario(bytes, path: path, reading: ScenarioReading(), files: files, estate: estate)
}

/// Refuses to read anything beside the scenario.
public let noFiles: ScenarioFiles = { name in
  throw DocumentError(
    .unreadable, "files beside the scenario are not read here", at: SourceLocation(path: name))
}

/// The same with a reading that the caller can look into afterwards.
func readScenario(
  _ bytes: [UInt8], path: String, reading: ScenarioReading,
  files: @escaping ScenarioFiles = noFiles, estate: (String) throws -> Estate
) throws(ScenarioErrors) -> Scenario {
  let root = try parseScenario(bytes, path: path, reading: reading)
  checkVersion(root, reading)
  reading.checkKeys(of: root)
  let process = resolveProcess(of: root, reading, estate: estate)
  var assembly = ScenarioAssembly(
    root: root, path: path, digest: contentDigest(bytes), resolved: process, files: files,
    reading: reading)
  let scenario = assembly.assemble()
  guard let scenario, !reading.hasErrors else {
    throw ScenarioErrors(reading.errors)
  }
  let sweepProblems = scenario.problemsOfSweep() + scenario.problemsOfUncertain()
  if !sweepProblems.isEmpty { throw ScenarioErrors(sweepProblems) }
  return scenario
}

/// Bounds on a scenario file; far above any that a person writes, and above those made from logs of thousands of
/// people.
private let scenarioLimits = DocumentLimits(bytes: 16 << 20, depth: 32, nodes: 200_000)

private func parseScenario(
  _ bytes: [UInt8], path: String, reading: ScenarioReading
) throws(ScenarioErrors) -> ScenarioNode {
  let document: DataNode
  do {
    document = try parseYAML(bytes, path: path, limits: scenarioLimits)
  } catch {
    throw ScenarioErrors([ScenarioProblem(error.message, at: error.location)])
  }
  guard document.object != nil else {
    let found = document.isNull ? "is empty" : "is no group of keys"
    throw ScenarioErrors([
      ScenarioProblem(
        "the scenario \(found); begin it with `rehearse: 1`",
        at: SourceLocation(path: path, line: 1, column: 1))
    ])
  }
  var problems: [ScenarioProblem] = []
  var root = ScenarioNode(document, path: "", problems: &problems)
  if !root.isMap { root.content = .map([]) }
  for problem in problems { reading.report(problem) }
  return root
}

private func checkVersion(_ root: ScenarioNode, _ reading: ScenarioReading) {
  let key = reading.key("rehearse")
  guard let node = root["rehearse"], !reading.isEmpty(node) else {
    reading.report(
      key: "rehearse",
      "the version of the language is missing; begin the file with `rehearse: 1`",
      at: root.location)
    return
  }
  if node.text != key.example {
    reading.report(
      key: "rehearse",
      "version `\(shown(node.text ?? node.kindName))` of the scenario language is not supported; "
        + "this program reads version \(key.example)", at: node.location)
  }
}

/// What `inventory`, `bpmn` and `process` name.
struct ResolvedProcess {
  var process: BusinessProcess
  var flow: FlowGraph
  /// Systems of the inventory.
  var systems: [AutomationSystem]
  /// Decision tables of the inventory.
  var decisions: [DecisionTable]
  /// Applications of the inventory.
  var applications: [Application]
}

/// The process that `inventory`, `bpmn` and `process` name.
private func resolveProcess(
  of root: ScenarioNode, _ reading: ScenarioReading, estate: (String) throws -> Estate
) -> ResolvedProcess? {
  let top = ScenarioReading.Section(node: root, pattern: "", path: "", location: root.location)
  let inventory = reading.caption(top, "inventory")
  let bpmn = reading.caption(top, "bpmn")
  if let inventory, bpmn != nil, let node = root["bpmn"] {
    reading.report(
      key: "bpmn",
      "both 'inventory' (\(shown(inventory))) and 'bpmn' are given; keep the one that holds the "
        + "process", at: node.location)
  }
  guard let name = inventory ?? bpmn, let node = root[inventory == nil ? "bpmn" : "inventory"]
  else {
    reading.report(
      key: "inventory",
      "neither 'inventory' nor 'bpmn' is given; name the inventory or the BPMN file that holds "
        + "the process, such as `bpmn: one-task.bpmn`", at: root.location)
    return nil
  }
  let found: Estate
  do {
    found = try estate(name)
  } catch {
    reading.report(
      key: node.path, "'\(node.path)' (\(shown(name))) cannot be read: \(error)", at: node.location)
    return nil
  }
  guard let chosen = choose(among: found, from: root, node, reading) else { return nil }
  guard let process = inlined(chosen, top, found, reading) else { return nil }
  let starts = startEvents(top, reading)
  do {
    return ResolvedProcess(
      process: process, flow: try FlowGraph(process, alternatives: starts), systems: found.systems,
      decisions: found.decisions.map(\.table), applications: found.applications)
  } catch {
    var message = "the process '\(process.id)' cannot be simulated: \(error.message)"
    if let start = starts.first, error.location == process.location,
      let node = root["start_event"]
    {
      message = "'start_event' is `\(shown(node.text ?? start))`: \(error.message)"
      reading.report(key: "start_event", message, at: node.location)
    } else {
      reading.report(key: "process", message, at: error.location)
    }
    return nil
  }
}

/// Ids of the start events that cases enter by; empty where none is named.
private func startEvents(
  _ top: ScenarioReading.Section, _ reading: ScenarioReading
) -> [String] {
  _ = reading.key("start_event.*")
  if let node = top.node?["start_event"], node.isMap {
    _ = reading.key("start_event")
    return node.members.map(\.key)
  }
  return reading.caption(top, "start_event").map { [$0] } ?? []
}

/// The process with the processes that it calls drawn in, as `calls` says.
private func inlined(
  _ process: BusinessProcess, _ top: ScenarioReading.Section, _ estate: Estate,
  _ reading: ScenarioReading
) -> BusinessProcess? {
  let outer = reading.group(top, "calls")
  _ = reading.key("calls.*")
  var ways: [String: String] = [:]
  for member in outer.node?.members ?? [] {
    ways[member.key] = reading.leaf(outer, member, number: { _ in nil }) {
      text throws(ValueError) in
      guard ["inline", "task"].contains(text) else {
        throw ValueError("it is neither inline nor task")
      }
      return text
    }
  }
  var calls: [String] = []
  do {
    let result = try process.inliningCalls { call in
      guard case .callActivity(let name) = call.kind else { return nil }
      calls.append(call.id)
      guard ways[call.id] ?? ways["default"] ?? "inline" == "inline" else { return nil }
      return name.flatMap { estate.process(named: $0)?.process }
    }
    for member in outer.node?.members ?? [] where member.key != "default" {
      guard calls.contains(member.key) else {
        let hint =
          nearestName(to: member.key, among: calls).map { "did you mean '\($0)'?" }
          ?? (calls.isEmpty ? "the process has none" : "it has \(calls.joined(separator: ", "))")
        reading.report(
          key: member.node.path,
          "'\(shown(member.key))' is no call activity of the process; \(hint)",
          at: member.keyLocation)
        continue
      }
      let isDrawnIn = result.element(member.key)?.kind == .subProcess(.embedded)
      if ways[member.key] == "inline", !isDrawnIn {
        reading.report(
          key: member.node.path,
          "the process that '\(shown(member.key))' calls is not in the inventory, so that it cannot "
            + "be drawn in; add its file, or write `task`", at: member.node.location)
      }
    }
    return result
  } catch {
    reading.report(
      key: "calls", "the process '\(process.id)' cannot be simulated: \(error.message)",
      at: error.location)
    return nil
  }
}

private func choose(
  among estate: Estate, from root: ScenarioNode, _ source: ScenarioNode,
  _ reading: ScenarioReading
) -> BusinessProcess? {
  let ids = estate.processes.map(\.process.id)
  let some = ids.prefix(8).joined(separator: ", ") + (ids.count > 8 ? " …" : "")
  let top = ScenarioReading.Section(node: root, pattern: "", path: "", location: root.location)
  guard let name = reading.caption(top, "process"), let node = root["process"] else {
    if ids.count == 1 { return estate.processes[0].process }
    reading.report(
      key: "process",
      ids.isEmpty
        ? "'\(source.path)' holds no BPMN process; name a file or folder with one"
        : "'\(source.path)' holds several processes (\(some)); say which one by 'process'",
      at: source.location)
    return nil
  }
  if let found = estate.process(named: name) { return found.process }
  let names = ids + estate.processes.compactMap(\.process.name)
  let hint =
    nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
    ?? (ids.isEmpty ? "it holds none" : "it holds \(some)")
  reading.report(
    key: "process", "'process' is `\(shown(name))`, which is no process of the inventory; \(hint)",
    at: node.location)
  return nil
}
