import Foundation
import Importing
import Inventory
import Scenarios

/// The folder of the project's scenarios.
let scenarioFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "scenarios")

/// All scenarios of the project, by path below that folder.
let scenarioFiles: [String] = {
  let folder = FileManager.default.enumerator(atPath: scenarioFolder.path())
  return (folder?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
}()

/// The text of a scenario.
func scenarioText(_ file: String) throws -> String {
  try String(contentsOf: scenarioFolder.appending(path: file), encoding: .utf8)
}

/// Reads a scenario with what it names.
func readScenario(_ file: String) throws -> Scenario {
  let place = scenarioFolder.appending(path: file)
  return try readScenario(Array(scenarioText(file).utf8), path: "scenarios/\(file)") { named in
    let source = place.deletingLastPathComponent().appending(path: named).standardized
    return Estate(merging: importFiles(at: [source.path()]).documents)
  }
}
