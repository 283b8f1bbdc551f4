import Facts
import Foundation
import Importing
import Inventory
import Scenarios
import Simulation
import Testing

/// Reads real simulation parameters, where a folder of them is given in the environment as `REHEARSE_CORPUS`.
@Suite(
  "Real simulation parameters",
  .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct RealParameterTests {
  private struct RealFile {
    var path: String
    var bytes: [UInt8]
  }

  private func files(_ folder: String) throws -> [RealFile] {
    let corpus = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    let root = URL(filePath: corpus).appending(path: folder)
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var found: [RealFile] = []
    while let file = all?.nextObject() as? URL {
      guard !file.hasDirectoryPath, let data = try? Data(contentsOf: file) else { continue }
      found.append(RealFile(path: file.path, bytes: [UInt8](data)))
    }
    return found.sorted { $0.path < $1.path }
  }

  /// A scenario of the file that ran, or why there is none: with a place, and the name of what is wrong.
  private func outcome(_ file: RealFile, cases: Int?) throws -> String {
    let estate = Estate(merging: importFiles(inMemory: [(file.path, file.bytes)]))
    guard let process = estate.processes.first?.process else { return "no process" }
    do {
      let made = try importScenario(
        file.bytes, path: file.path, process: process,
        options: ScenarioImportOptions(
          bpmn: "model.bpmn", cases: cases, between: cases == nil ? nil : "exponential mean 2 h"))
      // A stack that is overloaded has nothing to start from, and one of the files is.
      let text = made.text.replacing("start_state: { each: 1 day }", with: "start_state: empty")
      let scenario = try readScenario(Array(text.utf8), path: "scenario.yaml") { _ in estate }
      let model = try #require(try compile(scenario).variants.first?.model)
      let record = try runReplication(of: model, seed: 1, replication: 0)
      let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
      #expect(cases == nil || arrived == cases, "\(file.path)")
      return "runs"
    } catch let error as ScenarioErrors {
      for problem in error.problems {
        #expect(problem.location.path == file.path, "\(file.path): \(problem)")
        #expect(problem.location.line != nil, "\(file.path): \(problem)")
      }
      return "refused: \(error.problems.map(\.message).joined(separator: "; "))"
    }
  }

  @Test("become scenarios that run, or are refused for a reason with its place")
  func all() throws {
    var outcomes: [(file: String, outcome: String)] = []
    for (folder, cases) in [("sim-bpsim", 20), ("sim-qbp", nil)] as [(String, Int?)] {
      for file in try files(folder) {
        outcomes.append(
          ((file.path as NSString).lastPathComponent, try outcome(file, cases: cases)))
      }
    }
    #expect(!outcomes.isEmpty)
    let running = outcomes.filter { $0.outcome == "runs" }.map(\.file)
    #expect(running.contains("ch7_CreditAppSimulation.bpmn"), "\(outcomes)")
    #expect(running.contains("ch7_InsuranceClaimsSimulationNormalSeason.bpmn"), "\(outcomes)")
    #expect(running.contains("BPMN2-BankLoanProcess.bpmn2"), "\(outcomes)")
    #expect(running.contains("BPSIM_Wrapped.xml"), "\(outcomes)")
    // The schema of BPSim and parameters on their own hold no process.
    for (file, outcome) in outcomes where outcome != "runs" && outcome != "no process" {
      #expect(outcome.hasPrefix("refused: "), "\(file): \(outcome)")
    }
  }
}
