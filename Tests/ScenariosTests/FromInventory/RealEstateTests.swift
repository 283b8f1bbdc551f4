import Facts
import Foundation
import Importing
import Inventory
import ProcessModel
import Scenarios
import Testing

/// Makes scenarios of real files, where a folder of them is given in the environment as
/// `REHEARSE_CORPUS`.
@Suite(
  "Scenarios of real estates",
  .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct RealEstateTests {
  @Test(
    "every process and automation with steps gives one that compiles, or is refused with the reason",
    arguments: ["wf-bpmn", "rpa-uipath", "rpa-power-automate", "ag-crewai", "wf-dmn"])
  func compiledOrRefused(family: String) throws {
    let corpus = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    let folder = "\(corpus)/\(family)"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let documents = importFiles(at: [folder]).documents
    let estate = Estate(merging: documents)
    let stepping = Set(estate.steps.map { nameKey($0.system) })
    let names =
      estate.processes.map(\.process.id)
      + estate.systems.filter { stepping.contains($0.key) }.map(\.name)
    var compiled = 0
    for name in Set(names).sorted() {
      do {
        let process = try processOfEstate(name, in: estate)
        // Ids of processes are not unique among files of several people.
        var holding = documents.filter { $0.path == process.process.location.path }
        if !process.stretches.isEmpty {
          var fragment = EstateFragment()
          fragment.processes = [EstateProcess(system: process.system, process: process.process)]
          holding = [
            SourceDocument(
              path: "made.bpmn", format: nil, status: .imported, digest: "0", fragment: fragment)
          ]
        }
        let holder = Estate(merging: holding)
        let made = try initialScenario(
          of: process, in: estate,
          reference: ProcessReference(
            isInventory: process.stretches.isEmpty, path: "estate", estate: holder),
          path: "made.yaml")
        _ = try compile(made.scenario)
        #expect(made.scenario.parameters.allSatisfy { $0.isDefault || $0.note != nil })
        compiled += 1
      } catch {
        #expect("\(error)".contains("simulated"), "\(name): \(error)")
      }
    }
    #expect(compiled > 0)
  }
}
