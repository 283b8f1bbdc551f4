import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// The folder of the project's scenarios.
let scenarioFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "scenarios")

/// Reads and compiles a scenario of the project, by its path below `scenarios` without extension, with some
/// keys changed, as `--set` does.
func projectDesign(
  _ path: String, changing changes: [(path: String, value: String)] = []
) throws -> StudyDesign {
  let file = scenarioFolder.appending(path: "\(path).yaml")
  let scenario = try readScenario(Array(Data(contentsOf: file)), path: file.path) { named in
    let source = file.deletingLastPathComponent().appending(path: named).standardized
    return Estate(merging: importFiles(at: [source.path]).documents)
  }
  return StudyDesign(try compile(changes.isEmpty ? scenario : scenario.changing(changes)))
}

/// The replications of one variant of a case study, and what they say.
struct CaseStudyRuns {
  let model: SimulationModel
  let records: [ReplicationRecord]

  /// Runs a variant of a case study so many times.
  init(
    _ study: String, _ variant: String, replications: Int,
    changing changes: [(path: String, value: String)] = []
  ) async throws {
    let design = try projectDesign("case-studies/\(study)", changing: changes)
    (model, records) = try await design.run(variant, replications: replications)
  }

  /// The 99.9 % interval of a headline figure.
  func interval(_ figure: Figure) -> ConfidenceInterval {
    interval999(records.compactMap { figure.value(in: $0, of: model) })
  }

  /// The 99.9 % interval of a number of each replication.
  func interval(_ value: (ReplicationRecord) -> Double) -> ConfidenceInterval {
    interval999(records.map(value))
  }

  /// The 99.9 % interval of how often something happens per case.
  func interval(_ event: MechanismEvent) -> ConfidenceInterval {
    interval { Double($0.ledger[event.rawValue].count) / Double($0.arrived) }
  }

  /// The 99.9 % interval of a figure less that of another variant, replication by replication.
  func interval(_ figure: Figure, less other: CaseStudyRuns) -> ConfidenceInterval {
    interval999(
      figure.pairs(records, of: model, with: other.records, of: other.model).map { $0.0 - $0.1 })
  }
}

extension ConfidenceInterval {
  /// Whether it has a point within a distance of a value, 0 for a value that arithmetic gives exactly.
  func holds(_ value: Double, within distance: Double = 0) -> Bool {
    lower <= value + distance && value - distance <= upper
  }
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
