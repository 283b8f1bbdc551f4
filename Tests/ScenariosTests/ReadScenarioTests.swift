import Facts
import Scenarios
import Testing

@Suite("Reading a scenario")
struct ReadScenarioTests {
  @Test("the scenario of the design sketch is read without a warning")
  func readsTheSketch() throws {
    let scenario = try read(loanScenario)
    #expect(scenario.warnings == [])
    #expect(
      scenario.variants.map(\.name)
        == ["as-is", "agents", "layer-only", "agents+layer", "agents+layer+remedies"])
    #expect(scenario.currency == "EUR")
  }

  @Test("a scenario of a dozen lines is enough")
  func readsTheSmallOne() throws {
    let scenario = try read(smallScenario)
    #expect(scenario.variants.map(\.name) == ["as-is"])
    #expect(scenario.variants[0].stack.activities.count == 17)
  }
}
