import DocumentReading
import Facts
import Foundation
import Inventory
import ProcessModel
public import Scenarios

/// Makes a scenario of another simulator's files, and reads it back.
///
/// - Parameters:
///   - parameters: the file of parameters; a BPMN file where it holds them itself.
///   - bpmn: the BPMN file that it speaks of; `nil` where it is one.
///   - global: the global configuration of Scylla.
///   - processName: id or name of the process; `nil` for the only one.
///   - output: where the scenario will stand, which decides how it names the BPMN file; `nil` for the
///     current folder.
///   - options: what the files leave open; its `bpmn` is set here.
/// - Throws: `WorkbenchError.badInput` with everything that cannot be taken over.
public func makeScenario(
  of parameters: String, bpmn: String?, global: String? = nil, processName: String? = nil,
  output: String? = nil, options: ScenarioImportOptions
) throws(WorkbenchError) -> (made: ImportedScenario, loaded: LoadedScenario) {
  do {
    let bytes = try DocumentReader.read(file: parameters, shownAs: parameters)
    guard let bpmn = bpmn ?? (holdsItsProcess(bytes) ? parameters : nil) else {
      try checkParameters(bytes, path: parameters)
      throw WorkbenchError.badInput([
        "\(parameters): it holds no process; name the BPMN file that it speaks of with --bpmn"
      ])
    }
    var globalFile: ParameterFile?
    if let global {
      globalFile = ParameterFile(
        bytes: try DocumentReader.read(file: global, shownAs: global), path: global)
    }
    let estate = try estate(ofFiles: [bpmn])
    let process = try chooseProcess(processName, among: estate, bpmn: bpmn)
    var options = options
    let place = URL(fileURLWithPath: output ?? "scenario.yaml").standardizedFileURL
    options.bpmn = relativePath(
      from: place.deletingLastPathComponent().pathComponents,
      to: URL(fileURLWithPath: bpmn).standardizedFileURL.pathComponents)
    let made = try importScenario(
      bytes, path: parameters, global: globalFile, process: process, options: options)
    let shown = output ?? "the scenario made of \(parameters)"
    let scenario = try readScenario(Array(made.text.utf8), path: shown) { _ in estate }
    return (made, LoadedScenario(scenario: scenario, estate: estate, source: nil))
  } catch {
    throw WorkbenchError(error)
  }
}

private func chooseProcess(
  _ name: String?, among estate: Estate, bpmn: String
) throws(WorkbenchError) -> BusinessProcess {
  let ids = estate.processes.map(\.process.id)
  let known = ids.prefix(8).joined(separator: ", ") + (ids.count > 8 ? " …" : "")
  if let name {
    if let found = estate.process(named: name) { return found.process }
    throw .badInput(["\(bpmn): there is no process '\(name)'; it holds \(known)"])
  }
  guard ids.count == 1 else {
    throw .badInput([
      ids.isEmpty
        ? "\(bpmn): there is no BPMN process in it; name the BPMN file with --bpmn"
        : "\(bpmn): there are several processes (\(known)); say which one with --process"
    ])
  }
  return estate.processes[0].process
}

/// A path from a folder to a file, both absolute, as components.
func relativePath(from folder: [String], to file: [String]) -> String {
  var common = 0
  while common < folder.count, common < file.count - 1, folder[common] == file[common] {
    common += 1
  }
  let up = Array(repeating: "..", count: folder.count - common)
  return (up + file[common...]).joined(separator: "/")
}
