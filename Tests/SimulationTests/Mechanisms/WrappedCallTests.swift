import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Calls through standard wrappers") struct WrappedCallTests {
  /// Runs of five calls, each of which works with .8.
  func model(_ wrapped: WrappedCallModel?, retries: Int = 0) throws -> SimulationModel {
    try automationModel(seconds: 201) {
      $0.calls = CallModel(fanOut: 5, success: 0.8, retries: retries)
      $0.calls?.wrapped = wrapped
    }
  }

  /// Odds of .25 become .25 · .25, a failure of 1/17; in n tries a call works with 1 − fⁿ, as a whole with
  /// the mixture of both kinds, and a run with its fifth power.
  @Test(
    "fail by the odds of the wrapper, as far as calls go through it",
    arguments: [(0.0, 0), (0.3, 0), (1.0, 0), (0.6, 1)])
  func failures(share: Double, retries: Int) throws {
    let wrapped = WrappedCallModel(share: share, failureOdds: 0.25)
    let model = try model(wrapped, retries: retries)
    let tries = Double(retries + 1)
    let call =
      share * (1 - power(1.0 / 17, tries)) + (1 - share) * (1 - power(0.2, tries))
    let expected = 1 - power(call, 5)
    let found = try interval(model) { $0.failureShare }
    #expect(found.contains(expected), "\(found)")
    // The forecast has the same in closed form: who takes over works for 10 s.
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.teamSeconds[0] - 10 * expected) < 1e-9)
  }

  @Test("turned round they fail more often")
  func sign() throws {
    let shares = try [0.25, 1, 4].map { odds in
      try interval(model(WrappedCallModel(share: 0.5, failureOdds: odds))) { $0.failureShare }
    }
    #expect(shares[0].upper < shares[1].lower && shares[1].upper < shares[2].lower)
  }

  @Test("are counted; without a difference they change no result and no draw of others")
  func neutral() throws {
    let (plain, same) = (try model(nil), try model(WrappedCallModel(share: 0.5)))
    #expect(try observedRun(plain).cohorts == observedRun(same).cohorts)
    #expect(try draws(of: plain).isSubset(of: draws(of: same)))
    let none = try model(WrappedCallModel(share: 0, failureOdds: 0.1, securityOdds: 0.1))
    #expect(try draws(of: plain) == draws(of: none))
    #expect(try observedRun(none) == observedRun(plain))
    let all = try observedRun(model(WrappedCallModel(share: 1)))
    #expect(all.count(.callWrapped) == all.count(.agentCall) && all.count(.agentCall) > 0)
  }

  /// Every second decision violates a policy: even odds, of which a wrapper for all calls leaves a quarter, and
  /// one for none of them all.
  @Test("violate policies by the odds of the wrapper", arguments: [(0.0, 0.5), (1.0, 0.2)])
  func security(share: Double, expected: Double) throws {
    var model = try model(WrappedCallModel(share: share, securityOdds: 0.25))
    model.stack.automations[0].calls?.success = 1
    var policy = ViolationModel(name: "policy", activities: [0])
    policy.byAutomations = 0.5
    var risk = RiskModel()
    risk.violations = [policy]
    model.stack.risk = risk
    let violated = try interval(model) { Double($0.count(.policyViolated)) / 200 }
    #expect(violated.contains(expected), "\(violated)")
  }

  @Test("leak data by the odds of the wrapper", arguments: [(0.0, 0.5), (1.0, 0.2)])
  func leaks(share: Double, expected: Double) throws {
    var model = try model(WrappedCallModel(share: share, securityOdds: 0.25))
    model.stack.automations[0].calls?.success = 1
    var risk = RiskModel()
    var data = LeakModel(name: "data")
    data.share = 0.5
    risk.leaks = [data]
    model.stack.risk = risk
    let leaked = try interval(model) { Double($0.count(.dataLeaked)) / 200 }
    #expect(leaked.contains(expected), "\(leaked)")
  }
}
