import EventEngine
import Facts
import Foundation
import Importing
import Inventory
import ProcessModel
import Scenarios
import Simulation
import Testing

/// Reads real BPMN files, where a folder of them is given in the environment as `REHEARSE_CORPUS`.
@Suite(
  "Real processes", .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct RealProcessTests {
  /// A scenario of a dozen lines for any process.
  private func scenario(_ process: BusinessProcess) -> String {
    let id = process.id.replacing("\"", with: "\\\"")
    return """
      rehearse: 1
      title: A real process
      inventory: estate
      process: "\(id)"
      clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty, follow_cases_for: 4 weeks }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 10 per working day } }
      teams: { clerks: { people: 5, cost: 40 EUR/h } }
      activities: { default: { team: clerks, time: 5 min } }
      waits: { default: 1 h }

      """
  }

  @Test("are simulated by a scenario of a dozen lines, or refused with their place")
  func dozenLines() throws {
    let folder = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    let documents = importFiles(at: [folder]).documents
    var simulated = 0
    for document in documents {
      for process in document.fragment.processes {
        var alone = document
        alone.fragment = EstateFragment()
        alone.fragment.processes = [process]
        let estate = Estate(merging: [alone])
        let text = scenario(process.process)
        do {
          let scenario = try readScenario(Array(text.utf8), path: "real.yaml") { _ in estate }
          let model = try compile(scenario).variants[0].model
          let record = try runReplication(of: model, seed: 1, replication: 0)
          let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
          #expect(arrived > 100)
          simulated += 1
        } catch let error as ScenarioErrors {
          #expect(error.problems.allSatisfy { $0.location.line != nil })
        }
      }
    }
    #expect(simulated > 0)
  }
}
