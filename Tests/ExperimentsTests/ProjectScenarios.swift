import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import SimulationTestSupport
import Testing

@testable import Experiments

/// The folder of the project's scenarios.
let scenarioFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "scenarios")

/// Reads and compiles a scenario of the project, by its path below `scenarios` without extension.
func projectDesign(_ path: String) throws -> StudyDesign {
  let file = scenarioFolder.appending(path: "\(path).yaml")
  let scenario = try readScenario(Array(Data(contentsOf: file)), path: file.path) { named in
    let source = file.deletingLastPathComponent().appending(path: named).standardized
    return Estate(merging: importFiles(at: [source.path]).documents)
  }
  return StudyDesign(try compile(scenario))
}

extension StudyDesign {
  /// Runs a variant so many times, with the seed of its file.
  func run(
    _ variant: String, replications: Int
  ) async throws -> (model: SimulationModel, records: [ReplicationRecord]) {
    let model = try #require(variants.first { $0.name == variant }).model
    let jobs = (0..<replications).map { ReplicationJob(model: 0, replication: $0) }
    let runner = LocalReplicationRunner(threads: ProcessInfo.processInfo.activeProcessorCount)
    let records = try await runner.run(jobs, models: [model], seed: seed, control: RunControl())
    return (model, records.compactMap(\.self))
  }
}
