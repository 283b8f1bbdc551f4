import DocumentReading
import Facts
import Foundation
import Inventory
import ProcessModel
public import Scenarios
import Workspace

/// What `rehearse scenario init` is asked for.
public struct ScenarioInitRequest: Sendable {
  /// Id, name or file of the process, or the name of an automation.
  public var process: String
  /// The workspace.
  public var workspace: String
  /// The scenario file; `nil` for standard output.
  public var output: String?
  /// Day 0; `nil` for what the file was made with, else a Monday.
  public var start: String?
  /// Time zone; `nil` for what the file was made with, else UTC.
  public var timeZone: String?

  /// Creates a request.
  public init(
    process: String, workspace: String, output: String? = nil, start: String? = nil,
    timeZone: String? = nil
  ) {
    self.process = process
    self.workspace = workspace
    self.output = output
    self.start = start
    self.timeZone = timeZone
  }
}

/// A scenario made of the inventory, before anything is written.
public struct ScenarioInitOutcome: Sendable {
  /// What would be written: a new scenario, or the file with the changes of the inventory.
  public var text: String
  /// The BPMN file that would be written beside it, where the inventory has no drawing.
  public var flow: (path: String, text: String)?
  /// The differences to the file that is there; `nil` where there is none.
  public var merge: ScenarioMerge?
  /// What should be known about it.
  public var notes: [String]
}

/// Makes a scenario of a process of the inventory, or compares it with the one that is there.
///
/// Nothing is written: that is for `write(_:to:)`.
/// - Throws: `WorkbenchError.badInput` where the inventory has no such process, or it cannot be run.
public func initScenario(
  _ request: ScenarioInitRequest
) throws(WorkbenchError) -> ScenarioInitOutcome {
  let estate = try estate(inWorkspace: request.workspace)
  do {
    let process = try processOfEstate(request.process, in: estate)
    let existing = try request.output.flatMap { output in
      try FileManager.default.fileExists(atPath: output)
        ? DocumentReader.read(file: output, shownAs: output) : nil
    }
    var options = InitialScenarioOptions()
    if let before = existing.flatMap(madeWith) {
      options.start = before.start
      options.timeZone = before.timeZone
    }
    if let start = request.start { options.start = start }
    if let zone = request.timeZone { options.timeZone = zone }
    let flow = try flowBeside(process, request, existing: existing)
    let reference =
      try flow?.reference ?? drawnReference(of: process, estate, request)
    let path = request.output ?? "the scenario made of \(process.process.id)"
    let made = try initialScenario(
      of: process, in: estate, reference: reference, options: options, path: path)
    var outcome = ScenarioInitOutcome(
      text: made.text, flow: flow.map { ($0.path, $0.text) }, merge: nil,
      notes: process.remarks + made.scenario.warnings.map(\.description))
    guard let existing else {
      outcome.text = try withLedger(made.text, flow: flow?.digest, path: path)
      return outcome
    }
    let merge = try mergeScenario(existing, path: path, with: made.text, flow: flow?.digest)
    outcome.text = merge.text
    outcome.merge = merge
    try checkRunnable(outcome, path: path, reference: reference)
    return outcome
  } catch {
    throw WorkbenchError(error)
  }
}

/// Writes what `initScenario` made.
///
/// - Throws: `WorkbenchError.badInput` where a file cannot be written.
public func write(_ outcome: ScenarioInitOutcome, to output: String) throws(WorkbenchError) {
  try checkWritable(output)
  if let flow = outcome.flow { try writeFile(flow.text.utf8, to: flow.path) }
  try writeFile(outcome.text.utf8, to: output)
}

/// A scenario with the changes of the inventory must still be one that runs.
private func checkRunnable(
  _ outcome: ScenarioInitOutcome, path: String, reference: ProcessReference
) throws {
  guard outcome.merge?.differences.isEmpty == false else { return }
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
  func absolute(_ named: String) -> String {
    URL(fileURLWithPath: named, relativeTo: folder).standardizedFileURL.path
  }
  let files: ScenarioFiles = { named in
    try DocumentReader.read(
      file: URL(fileURLWithPath: named, relativeTo: folder).standardizedFileURL.path, shownAs: named
    )
  }
  do {
    let scenario = try readScenario(Array(outcome.text.utf8), path: path, files: files) { named in
      named == reference.path ? reference.estate : try estate(ofFiles: [absolute(named)])
    }
    _ = try compile(scenario)
  } catch {
    throw WorkbenchError.badInput(
      [
        "\(path): with the changes of the inventory beside yours the scenario cannot be run; "
          + "lines are those of the changed file:"
      ] + error.problems.map(\.description))
  }
}

// MARK: - Where the process stands

private struct FlowBeside {
  var path: String
  var text: String
  var digest: String
  var reference: ProcessReference
}

/// The BPMN file of a flow that was made of steps, beside the scenario; `nil` for a drawn process.
private func flowBeside(
  _ process: ProcessOfEstate, _ request: ScenarioInitRequest, existing: [UInt8]?
) throws -> FlowBeside? {
  guard !process.stretches.isEmpty else { return nil }
  guard let output = request.output else {
    throw WorkbenchError.badInput([
      "'\(process.system)' has no BPMN process, so that its flow is written beside the scenario; say "
        + "where with --output"
    ])
  }
  let place = URL(fileURLWithPath: output).deletingPathExtension().appendingPathExtension("bpmn")
  let text = bpmnText(of: process.process)
  let digest = contentDigest(Array(text.utf8))
  let shown = relativeToHere(place)
  if FileManager.default.fileExists(atPath: place.path) {
    let found = contentDigest(try DocumentReader.read(file: place.path, shownAs: shown))
    guard found == digest || found == existing.flatMap(madeFlowDigest) else {
      throw WorkbenchError.badInput([
        "\(shown): this file was not made by `rehearse scenario init`, or was changed since, and is not "
          + "overwritten; name another scenario with --output, or move the file away"
      ])
    }
  }
  var fragment = EstateFragment()
  fragment.processes = [EstateProcess(system: process.system, process: process.process)]
  let document = SourceDocument(
    path: place.lastPathComponent, format: nil, status: .imported, digest: digest,
    fragment: fragment)
  return FlowBeside(
    path: shown, text: text, digest: digest,
    reference: ProcessReference(
      isInventory: false, path: place.lastPathComponent, estate: Estate(merging: [document])))
}

private func relativeToHere(_ place: URL) -> String {
  let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).path + "/"
  let path = place.standardizedFileURL.path
  return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
}

/// What the scenario is to name: the imported folder that holds the process, else its file.
private func drawnReference(
  of process: ProcessOfEstate, _ estate: Estate, _ request: ScenarioInitRequest
) throws -> ProcessReference {
  let path = process.process.location.path
  let places = try Workspace(file: request.workspace).places(ofDocument: path)
  let folder = URL(fileURLWithPath: request.output ?? "scenario.yaml").standardizedFileURL
    .deletingLastPathComponent().pathComponents
  var candidates = places.map { (isInventory: true, path: $0.root) }
  candidates += places.filter { !$0.place.contains("!/") }.map { (false, $0.place) }
  for candidate in candidates {
    guard FileManager.default.fileExists(atPath: candidate.path),
      let read = try? Workbench.estate(ofFiles: [candidate.path]),
      let found = read.process(named: process.process.id),
      isSameFlow(found.process, process.process)
    else { continue }
    return ProcessReference(
      isInventory: candidate.isInventory,
      path: relativePath(
        from: folder, to: URL(fileURLWithPath: candidate.path).pathComponents), estate: read)
  }
  let roots = places.map(\.root).joined(separator: ", ")
  throw WorkbenchError.badInput([
    "\(path): the process '\(process.process.id)' was imported from \(roots), where it is no longer found "
      + "as it was; import it again: rehearse import \(places.first?.root ?? "FOLDER")"
  ])
}

/// Whether two readings of a process are of the same drawing, wherever they stand.
private func isSameFlow(_ a: BusinessProcess, _ b: BusinessProcess) -> Bool {
  a.id == b.id && a.elements.map(\.id) == b.elements.map(\.id)
    && a.elements.map(\.kind) == b.elements.map(\.kind)
    && a.flows.map { [$0.id, $0.source, $0.target] }
      == b.flows.map { [$0.id, $0.source, $0.target] }
}
