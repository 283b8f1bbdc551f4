import EventEngine
import Simulation
import SimulationTestSupport
import Testing

@Suite("Intensities of what is finite") struct ResourceIntensityTests {
  /// A case a second; of them 60 % by a bot of 4 runners in 2 s, else by hand in 5 s.
  ///
  /// Both touch *core*
  /// (latency 1 s, at most 10 at once, down a tenth of the time) and make 2 requests of 3 allowed a
  /// second; the bot also touches *mail*, which has no limit.
  ///
  /// Held: 0.6 · 3 + 0.4 · 6 = 4.2 s, of 9 available: 0.4667. Requests: 2 / 3. Bot: 0.6 · 3 / 4 = 0.45.
  @Test("are need over what there is, latency and outages included")
  func intensities() throws {
    var model = try queueModel(
      rate: 1, servers: 50, service: .constant(5), runIn: 0, horizon: 1_000 * second,
      pattern: .regular)
    model.stack.applications = [
      ApplicationModel(
        name: "core", concurrent: 10,
        rateLimit: .init(requests: 3, period: second, burst: 3), latency: .constant(1),
        outages: OutageModel(every: .constant(90), repair: .constant(10), repairTeam: 1)),
      ApplicationModel(name: "mail"),
    ]
    model.stack.teams.append(
      TeamModel(name: "fixers", people: [.init(calendar: 0, hourlyCost: 0)]))
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 4, runTime: .constant(2), touches: [TouchModel(application: 1)])
    ]
    model.stack.activities[0].automation = 0
    model.stack.activities[0].automationShare = 0.6
    model.stack.activities[0].touches = [TouchModel(application: 0, requests: 2)]
    let found = model.resourceIntensities()
    #expect(found.map(\.name) == ["core", "core", "bot"])
    #expect(found.map(\.resource) == [.concurrency, .requests, .runners])
    for (intensity, expected) in zip(found.map(\.intensity), [4.2 / 9, 2.0 / 3, 0.45]) {
      #expect(abs(intensity - expected) < 1e-9)
    }
    #expect(abs(model.stack.repairWork(ofTeam: 1) - 0.1) < 1e-12)
    #expect(model.stack.repairWork(ofTeam: 0) == 0)
  }
}
