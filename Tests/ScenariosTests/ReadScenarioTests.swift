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

@Suite("Compiling a scenario")
struct CompileScenarioTests {
  @Test("every variant of the sketch becomes a model")
  func compilesTheSketch() throws {
    let compiled = try compile(read(loanScenario))
    #expect(compiled.variants.count == 5)
    #expect(compiled.baseline == 0)
    #expect(compiled.variants[1].mixDescription == "agents 52.9 %, people 47.1 % of 17 activities")
  }
}
