import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Routing of guardrails") struct GuardrailRoutingTests {
  /// The run of 5 s fires; a look of the checker takes 3 s and costs 2, documents take 60 s and cost 1, a
  /// review 20 s.
  func routed(
    agent: Double = 0, documents: Double = 0, resolves: Double = 1, seconds: Int64? = nil
  ) throws -> SimulationModel {
    var model = try seconds.map { try automationModel(seconds: $0) } ?? automationCase()
    model.stack.automations.append(
      AutomationModel(name: "checker", runners: 100, runTime: .constant(3), costPerRun: 2e6))
    model.stack.guardrails = [
      GuardrailModel(
        name: "g", raisedBy: 0, afterActivity: 0, firing: .probability(1), teams: [0],
        reviewTime: .constant(20))
    ]
    model.stack.guardrails[0].routing = RoutingModel(
      secondAgent: .init(automation: 1, share: agent, resolves: resolves),
      documents: .init(share: documents, wait: .constant(60), resolves: resolves, cost: 1e6))
    return model
  }

  @Test(
    "a firing goes to a second agent, to the customer, or to a person",
    arguments: [
      (1.0, 0.0, 1.0, 8, 0, 2.0), (1, 0, 0, 28, 1, 2), (0, 1, 1, 65, 0, 1), (0, 1, 0, 85, 1, 1),
      (0, 0, 1, 25, 1, 0),
    ])
  func routes(
    agent: Double, documents: Double, resolves: Double, seconds: Int64, tickets: Int, cost: Double
  ) throws {
    let record = try observedRun(
      routed(agent: agent, documents: documents, resolves: resolves))
    #expect(record.cohorts[0].restrictedTime == Int128(seconds * second))
    #expect(record.cohorts[0].tickets == tickets)
    let review = Double(tickets) * 0.2
    #expect(abs(Double(record.totalCost) / 1e6 - cost - review) < 1e-9)
    #expect(record.count(.guardrailResolved) == (tickets == 0 ? 1 : 0))
  }

  /// Of the firings 40 % go to the agent, 30 % to the customer; half of either are resolved: 65 % tickets.
  @Test("by shares, which the forecast knows")
  func shares() throws {
    let model = try routed(agent: 0.4, documents: 0.3, resolves: 0.5, seconds: 1_000)
    let tickets = try interval(model) { Double($0.cohorts[0].tickets) / $0.cases }
    #expect(tickets.contains(0.65))
    let looks = try interval(model) { Double($0.count(.guardrailToSecondAgent)) / $0.cases }
    #expect(looks.contains(0.4))
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.teamSeconds[0] - 0.65 * 20) < 1e-9)
    #expect(abs(load.automationSeconds[1] - 0.4 * 3) < 1e-9)
  }

  @Test("shares of nothing change nothing")
  func neutral() throws {
    let neutral = try routed(seconds: 200)
    var plain = neutral
    plain.stack.guardrails[0].routing = nil
    #expect(try observedRun(neutral) == observedRun(plain))
    #expect(try draws(of: plain).isSubset(of: draws(of: neutral)))
  }

  @Test("more looks mean fewer tickets, unless they resolve nothing: then cases only take longer")
  func sign() throws {
    func run(_ share: Double, _ resolves: Double) throws -> ReplicationRecord {
      try observedRun(routed(agent: share, resolves: resolves, seconds: 500))
    }
    #expect(try run(0.8, 0.5).cohorts[0].tickets < run(0.2, 0.5).cohorts[0].tickets)
    let (few, many) = (try run(0.2, 0), try run(0.8, 0))
    #expect(few.cohorts[0].tickets == many.cohorts[0].tickets)
    #expect(few.cohorts[0].restrictedTime < many.cohorts[0].restrictedTime)
  }
}
