import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Agents: reliability") struct AgentReliabilityTests {
  /// A run that touches three applications.
  func chain(_ success: ReliabilityModel.Success) throws -> SimulationModel {
    var model = try automationModel(seconds: 1_000) {
      $0.reliability = (0..<3).map { ReliabilityModel(application: $0, success: success) }
    }
    model.stack.applications = (0..<4).map { ApplicationModel(name: "application \($0)") }
    model.stack.activities[0].touches = (0..<4).map { TouchModel(application: $0) }
    return model
  }

  /// Brief row 101: .95³ = .857 and .70³ = .343; the fourth application has no line and does not matter.
  @Test("a run works where every use does", arguments: [(0.95, 0.857_375), (0.7, 0.343)])
  func product(each: Double, all: Double) throws {
    let model = try chain(.certain(each))
    _ = try observedRun(model)
    let works = try interval(model) { 1 - $0.failureShare }
    #expect(works.contains(all))
  }

  /// Beta(19, 1) has the mean .95 and the variance ab/((a+b)²(a+b+1)) = 19/8400.
  ///
  /// The share of failures of one replication varies by that and by the luck of its 999 cases, p(1
  /// − p)/999: together .00231. Drawn once for all cases it has to be seen between replications;
  /// drawn for each case it would be .00005.
  @Test("an uncertain one is drawn once per replication")
  func ignorance() throws {
    var model = try chain(.certain(1))
    model.stack.automations[0].reliability = [
      ReliabilityModel(application: 1, success: .uncertain(alpha: 19, beta: 1))
    ]
    var moments = RunningMoments()
    for replication in 0..<300 {
      moments.add(try runReplication(of: model, seed: 3, replication: replication).failureShare)
    }
    let mean = meanInterval(moments, confidence: 0.999)
    #expect(mean?.contains(0.05) == true)
    // The kurtosis of that Beta distribution is 7, so that a variance of 300 values has the standard
    // deviation √(6/300) = .14 of itself: 3.3 of them to either side.
    #expect((0.001_2...0.003_4).contains(moments.variance ?? 0))
  }

  /// Only work that touches none of the applications named has it.
  @Test("one without an application is for work that touches none of those named")
  func standard() throws {
    var model = try chain(.certain(0.5))
    model.stack.automations[0].reliability.append(ReliabilityModel(success: .certain(0.1)))
    #expect(model.stack.reliability(ofActivity: 0) { $0.success.mean } == 0.125)
    model.stack.activities[0].touches = [TouchModel(application: 3)]
    #expect(model.stack.reliability(ofActivity: 0) { $0.success.mean } == 0.1)
  }

  @Test("more reliable agents leave people less work, unless nothing depends on them")
  func sign() throws {
    let work = try [0.5, 0.7, 0.9].map { try observedRun(chain(.certain($0))).humanSeconds }
    #expect(work[0] > work[1] && work[1] > work[2])
    // With attempts without end nearly everything is done in the end, reliable or not.
    let late = try [0.5, 0.9].map {
      var model = try chain(.certain($0))
      model.stack.automations[0].retries = 1_000
      return try observedRun(model).humanSeconds
    }
    #expect(late == [0, 0])
  }
}

@Suite("Agents: calls") struct AgentCallTests {
  /// 5 s of the run; calls of 10 s: 3 one after the other, or at once; 2 + 4 in two levels.
  @Test(
    "take their time one after the other, or the longest",
    arguments: [
      (3, 1, false, 35, 3), (3, 1, true, 15, 3), (2, 2, false, 65, 6), (2, 2, true, 25, 6),
    ])
  func time(fanOut: Int, depth: Int, isParallel: Bool, seconds: Int64, calls: Int64) throws {
    let record = try observedRun(
      automationCase {
        $0.costPerRun = 1e6
        $0.calls = CallModel(
          fanOut: fanOut, depth: depth, isParallel: isParallel, time: .constant(10),
          costPerCall: 2e6, tokensPerCall: 500)
      })
    #expect(record.cohorts[0].restrictedTime == Int128(seconds * second))
    #expect(record.count(.agentCall) == calls && record.count(.tokensUsed) == 500 * calls)
    // What ends after the horizon of 19 s is owed then.
    #expect(record.cost(.automation) + record.cost(.owed) == 1 + 2 * Double(calls))
    #expect(record.ledger[MechanismEvent.agentCall.rawValue].cost == calls * 2_000_000)
  }

  /// Each attempt is cut off at 4 s.
  ///
  /// Two attempts: 5 + 8 s, then 10 s by hand; of a run that is tried again 2 · 13 + 10 s; sent to
  /// people at once 5 + 4 + 10 s, without a second attempt at anything.
  @Test(
    "that take too long have failed",
    arguments: [(0, false, 23, 2), (1, false, 36, 4), (1, true, 19, 1)])
  func timeout(retries: Int, escalates: Bool, seconds: Int64, calls: Int64) throws {
    let record = try observedRun(
      automationCase {
        $0.retries = retries
        $0.calls = CallModel(
          time: .constant(10), retries: 1, timeout: 4 * second, timeoutEscalates: escalates)
      })
    #expect(record.cohorts[0].restrictedTime == Int128(seconds * second))
    #expect(record.count(.agentCall) == calls && record.count(.agentCallTimedOut) == calls)
    #expect(record.cohorts[0].tickets == 1)
  }

  /// Brief row 75: .95²⁰ = 35.8 %, .70²⁰ = .08 %, .9974²⁰ = 95 %; with a second attempt at each call
  /// (1 − .05²)²⁰ = 95.1 %; 4 calls that make 4 each are 20 too.
  @Test(
    "all have to work",
    arguments: [
      (20, 1, 0.95, 0, 0.358_49), (20, 1, 0.7, 0, 0.000_798), (20, 1, 0.9974, 0, 0.949_27),
      (20, 1, 0.95, 1, 0.951_17), (4, 2, 0.95, 0, 0.358_49),
    ])
  func fanOut(fanOut: Int, depth: Int, success: Double, retries: Int, works: Double) throws {
    let calls = CallModel(fanOut: fanOut, depth: depth, success: success, retries: retries)
    #expect(calls.count == 20)
    #expect(abs(calls.expectation(success: success).works - works) < 1e-5)
    let found = try interval(automationModel(seconds: 500) { $0.calls = calls }) {
      1 - $0.failureShare
    }
    #expect(found.lower <= works + 1e-5 && works - 1e-5 <= found.upper)
  }

  /// In sequence the expected number is (1 − pⁿ)/(1 − p): none is made after one that failed.
  @Test("stop at the first that fails, or are all made at once")
  func stops() throws {
    for isParallel in [false, true] {
      let calls = CallModel(fanOut: 5, isParallel: isParallel, success: 0.8)
      let expected = isParallel ? 5 : (1 - 0.327_68) / 0.2
      #expect(abs(calls.expectation(success: 0.8).calls - expected) < 1e-12)
      let model = try automationModel(seconds: 500) { $0.calls = calls }
      let found = try interval(model) { Double($0.count(.agentCall)) / $0.cases }
      #expect(isParallel ? found.estimate == 5 : found.contains(expected))
    }
  }

  /// Brief row 203: a dispute of 5 steps, each of which works with 80 %.
  ///
  /// One agent that does them all and begins anew once: 1 − (1 − .8⁵)² = 54.8 %. Five agents that
  /// each begin their own step anew once: (1 − .2²)⁵ = 81.5 %. With one step only there is no
  /// difference: 96 %.
  @Test("one agent for all steps against a team with one for each")
  func oneAgainstTeam() throws {
    for (steps, one, team) in [(5, 0.548_00, 0.815_37), (1, 0.96, 0.96)] {
      let single = try automationModel(seconds: 500) {
        $0.retries = 1
        $0.calls = CallModel(fanOut: steps, success: 0.8)
      }
      let several = try automationModel(seconds: 500) {
        $0.calls = CallModel(fanOut: steps, success: 0.8, retries: 1)
      }
      for (model, expected) in [(single, one), (several, team)] {
        let found = try interval(model) { 1 - Double($0.cohorts[0].tickets) / $0.cases }
        #expect(found.lower <= expected + 1e-5 && expected - 1e-5 <= found.upper)
      }
    }
  }

  @Test("a limit on requests of the model's endpoint makes runs wait")
  func endpoint() throws {
    var model = try automationModel(seconds: 100) {
      $0.touches = [TouchModel(application: 0, requests: 4)]
    }
    // One run a second makes 4 requests; 2 a second are allowed: half the runs can be made.
    model.stack.applications = [
      ApplicationModel(name: "endpoint", rateLimit: .init(requests: 2, period: second, burst: 4))
    ]
    let record = try observedRun(model)
    #expect(record.applications[0].waited > 40)
    // The 99th of them gets its tokens at 2 · 98 s and a little: its burst came at the start.
    #expect(record.cohorts[0].completed == 99)
  }
}

@Suite("Agents: novelty and capability") struct AgentNoveltyTests {
  /// Three in ten cases are new.
  ///
  /// Odds of a failure 1 : 9, for new ones 9 times that, 1 : 1. So .7 · .1 + .3 · .5 = .22 fail.
  @Test("what is new fails more often, by the odds ratio")
  func novelty() throws {
    var model = try automationModel(seconds: 1_000) {
      $0.failureProbability = 0.1
      $0.errorProbability = 0.1
      $0.novelty = NoveltyModel(attribute: 0, failureOdds: 9)
    }
    model.attributes = [
      AttributeModel(
        name: "novel", domain: .boolean, value: .drawn(.position(shares: [0.7, 0.3])))
    ]
    _ = try observedRun(model)
    #expect(try interval(model) { $0.failureShare }.contains(0.22))
    // People make no errors, agents 10 % of what they do.
    #expect(
      try interval(model) { 1 - Double($0.cohorts[0].completedRight) / $0.cases }.contains(0.078))
    // What is new may as well be easy.
    model.stack.automations[0].novelty?.failureOdds = 1 / 9.0
    let easy = 0.7 * 0.1 + 0.3 * (1 / 82.0)
    #expect(try interval(model) { $0.failureShare }.contains(easy))
  }

  /// Nothing is new on day 0; after the horizon of 1,000 s every case is by 1, so that the odds are
  /// 9 times those of before.
  ///
  /// The log odds rise linearly: the mean of p is the integral of the logistic function, ln((1 +
  /// e^b)/(1 + e^a))/(b − a) with a = ln(1/9), b = 0.
  @Test("all cases become newer as the world moves on")
  func drift() throws {
    var model = try automationModel(seconds: 1_000) {
      $0.failureProbability = 0.1
      $0.novelty = NoveltyModel(
        attribute: 0, failureOdds: 9, rise: 1, risePeriod: 1_000 * second)
    }
    model.attributes = [
      AttributeModel(name: "novel", domain: .boolean, value: .drawn(.position(shares: [1, 0])))
    ]
    let nine = naturalLogarithm(9)
    let mean = (naturalLogarithm(2) - naturalLogarithm(10 / 9.0)) / nine
    #expect(try interval(model) { $0.failureShare }.contains(mean))
  }

  @Test("capability changes the odds on its way")
  func progress() {
    func path(_ shape: CapabilityModel.Shape) -> CapabilityModel {
      CapabilityModel(failureOdds: 0.5, period: 100 * second, shape: shape)
    }
    #expect(
      [-1, 0, 25, 100, 300].map { path(.linear).progress(at: $0 * second) } == [0, 0, 0.25, 1, 1])
    #expect([99, 100].map { path(.step).progress(at: $0 * second) } == [0, 1])
    // 1 − e⁻³ = .950213.
    #expect(abs(path(.learning).progress(at: 100 * second) - 0.950_213) < 1e-6)
    #expect(path(.learning).progress(at: 20 * second) > path(.linear).progress(at: 20 * second))
    // Even odds, a third of them: 1 : 3.
    #expect(abs(shifted(0.5, by: naturalLogarithm(1 / 3.0)) - 0.25) < 1e-12)
    #expect(shifted(0, by: 5) == 0 && shifted(1, by: -5) == 1 && shifted(0.3, by: 0) == 0.3)
    #expect(shifted(0.3, by: 2_000) == 1)
  }

  /// Half of the runs fail before 500 s, a quarter after it; errors go the other way: 1/2, then 3/4.
  @Test("a new release of a model works better, or worse")
  func step() throws {
    let model = try automationModel(seconds: 1_000) {
      $0.failureProbability = 0.5
      $0.errorProbability = 0.5
      $0.retries = 200
      $0.capability = CapabilityModel(
        failureOdds: 1 / 3.0, errorOdds: 3, period: 500 * second, shape: .step)
    }
    // Attempts: 2 for each of 499 cases that arrive before, 4/3 for each of 500 after, but for those that
    // are under way: 5 s of 500, so at most one in a hundred.
    let attempts = try interval(model) { Double($0.automationRuns[0]) / $0.cases }
    #expect(abs(attempts.estimate - 1.667) < 0.03)
    let right = try interval(model) { Double($0.cohorts[0].completedRight) / $0.cases }
    #expect(abs(right.estimate - 0.375) < 0.02)
  }
}

@Suite("Agents: neutral parameters") struct NeutralAgentTests {
  /// Another automation, people's errors, retries with back-off and a guardrail draw beside it.
  func base(_ change: (inout AutomationModel) -> Void = { _ in }) throws -> SimulationModel {
    var model = try automationModel(seconds: 300, people: 3) {
      $0.runTime = .exponential(mean: 5)
      $0.failureProbability = 0.2
      $0.errorProbability = 0.1
      $0.retries = 1
      $0.backoff = 3 * second
      change(&$0)
    }
    model.stack.activities[0].automationShare = 0.6
    model.stack.activities[0].handlingTime = .exponential(mean: 2)
    model.stack.activities[0].errorProbability = 0.05
    model.stack.guardrails = [
      GuardrailModel(
        name: "g", raisedBy: 0, afterActivity: 0, firing: .probability(0.3), teams: [0],
        reviewTime: .exponential(mean: 2), catchProbability: 0.5)
    ]
    model.stack.teams.append(
      TeamModel(name: "carers", people: [.init(calendar: 0, hourlyCost: 36e6)]))
    model.attributes = [
      AttributeModel(
        name: "amount", domain: .number,
        value: .drawn(.number(SampledTime.exponential(mean: 100).sampler)))
    ]
    return model
  }

  @Test("give the same run, and leave all other draws as they are")
  func neutral() throws {
    let plain = try base()
    let neutral = try base {
      $0.reliability = [ReliabilityModel(success: .certain(1))]
      $0.calls = CallModel()
      $0.novelty = NoveltyModel(attribute: 0)
      $0.capability = CapabilityModel(period: week)
      $0.calibration = CalibrationModel(right: .init(1, 1), wrong: .init(1, 1))
      $0.asks = [
        AskModel(
          name: "unsure", belowConfidence: 0,
          answer: .review(team: 0, time: .constant(1), catches: 1)),
        AskModel(
          name: "large", condition: .compares(attribute: 0, .less, 0), answer: .takeOver),
      ]
      $0.changes = ChangeModel(every: .constant(100), affects: 0, leadTime: .constant(50))
    }
    var record = try observedRun(neutral)
    let expected = try observedRun(plain)
    record.ledger = expected.ledger
    record.eventCount = expected.eventCount
    // A row more for the review that nobody asks for.
    record.work = expected.work
    #expect(record == expected)
    #expect(try draws(of: plain).isSubset(of: draws(of: neutral)))
  }

  @Test("what is on leaves the draws of all else as they are")
  func others() throws {
    let plain = try base()
    let on = try base {
      $0.upkeep = UpkeepModel(team: 1, every: 50 * second, work: .exponential(mean: 20))
    }
    let (without, with) = (try draws(of: plain), try draws(of: on))
    #expect(without.isStrictSubset(of: with))
    // What belongs to no case is counted by the week in which it came up.
    var cohorts = try observedRun(on).cohorts
    for index in cohorts.indices {
      cohorts[index].timeBesideCases = 0
      cohorts[index].costBesideCases = 0
    }
    #expect(try cohorts == observedRun(plain).cohorts)
  }
}
