import Scenarios
import Simulation
import Testing

@Suite("The project's scenarios")
struct ProjectScenarioTests {
  @Test("the sample scenario and the reference scenarios are there")
  func areThere() {
    #expect(scenarioFiles.count >= 8)
    #expect(scenarioFiles.contains("loan-approval.yaml"))
  }

  @Test("each is read and compiled without a warning", arguments: scenarioFiles)
  func compiles(file: String) throws {
    let compiled = try compile(readScenario(file))
    #expect(compiled.warnings == [])
    #expect(!compiled.variants.isEmpty)
  }
}
