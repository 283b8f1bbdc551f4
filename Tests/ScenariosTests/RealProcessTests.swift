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
      repeats: { default: { again: 20 %, at_most: 5 times } }
      instances: { default: { count: 2 } }

      """
  }

  /// Why a process is refused, without the names in it.
  private func reason(_ message: String) -> String {
    var isQuoted = false
    return String(
      message.prefix { $0 != "," && $0 != ";" }.filter { character in
        if character == "'" { isQuoted.toggle() }
        return !isQuoted && character != "'"
      })
  }

  @Test("are compiled, or refused for a reason that names file, line and element")
  func compiledOrRefused() {
    let folder = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    var compiled = 0
    var reasons: [String: Int] = [:]
    for document in importFiles(at: [folder]).documents where document.format == "bpmn" {
      let estate = Estate(merging: [document])
      for process in document.fragment.processes.map(\.process) {
        let starts = process.elements.filter { element in
          if case .startEvent = element.kind { element.parent == nil } else { false }
        }
        do {
          let whole = try process.inliningCalls { call in
            guard case .callActivity(let name?) = call.kind else { return nil }
            return estate.process(named: name)?.process
          }
          _ = try FlowGraph(whole, alternatives: starts.count > 1 ? starts.map(\.id) : [])
          compiled += 1
        } catch {
          reasons[reason(error.message), default: 0] += 1
          #expect(error.location.line != nil, "\(error)")
          // A process without any start has no element to name.
          #expect(
            error.location.element != nil || error.message.contains("no start event"), "\(error)")
        }
      }
    }
    print("\(compiled) processes compiled")
    for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("\(count)  \(reason)") }
    #expect(compiled > 0)
  }

  @Test("are simulated by a scenario of a dozen lines, or refused with their place")
  func dozenLines() throws {
    let folder = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    let documents = importFiles(at: [folder]).documents
    var simulated = 0
    var stuck: [String] = []
    var refusals: [String: Int] = [:]
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
          if record.stuckCases > 0 { stuck.append("\(document.path) \(process.process.id)") }
        } catch let error as ScenarioErrors {
          for problem in error.problems { refusals[reason(problem.message), default: 0] += 1 }
          #expect(error.problems.allSatisfy { $0.location.line != nil })
        }
      }
    }
    print("\(simulated) processes simulated, \(stuck.count) with cases that get stuck")
    for path in stuck { print("stuck: \(path)") }
    for (reason, count) in refusals.sorted(by: { $0.key < $1.key }) { print("\(count)  \(reason)") }
    #expect(simulated > 0)
  }
}
