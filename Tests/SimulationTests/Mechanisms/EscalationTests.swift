import EventEngine
import Simulation
import SimulationTestSupport
import Testing

@Suite("Escalation by policy") struct EscalationTests {
  /// A task of 1 s by an automation with a guardrail whose review takes 30 s.
  func guarded(
    _ firing: Double, cases: Int = 1, _ change: (inout SimulationModel) -> Void
  ) throws -> ReplicationRecord {
    var model = try agentChain(
      [agent("a", seconds: 1), agent("b", seconds: 9, cost: 2e6)], order: [0])
    if cases > 1 { model = try agentChain(model.stack.automations, order: [0], cases: cases) }
    model.stack.guardrails = [
      GuardrailModel(
        name: "check", raisedBy: 0, afterActivity: 0, firing: .probability(firing), teams: [0],
        reviewTime: .constant(30), lossPrevented: 7e6)
    ]
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    change(&model)
    let run = try watchedRun(model)
    #expect(run.violations == [])
    #expect(run.record.totalCost == run.record.cohorts.reduce(0) { $0 + $1.cost.reduce(0, +) })
    return run.record
  }

  /// Policies fail at 100 s for 1,000 s: the case of 600 s asks them at 601 s and waits until 1,100 s.
  @Test("when policies are down a guardrail waits, lets pass or asks people")
  func policies() throws {
    let expected: [(PolicyPlaneModel.WhenDown, Double, MechanismEvent)] = [
      (.wait, 500, .policyAwaited), (.pass, 1, .policyUnchecked), (.escalate, 31, .policyEscalated),
    ]
    for (whenDown, seconds, event) in expected {
      for firing in [0.0, 1] {
        let record = try guarded(firing) { model in
          model.stack.layer?.policyPlane = PolicyPlaneModel(
            every: .constant(100), repair: .constant(1_000), whenDown: whenDown)
        }
        // Who waited is then checked as ever.
        let review = whenDown == .wait && firing == 1 ? 30.0 : 0
        #expect(record.secondsToCompletion == seconds + review)
        #expect(record.times(event) == 1)
      }
    }
  }

  /// Work goes on beside a policy outage where no guardrail asks.
  @Test("policies that are down do not stop the work itself")
  func workGoesOn() throws {
    let record = try guarded(1) { model in
      model.stack.guardrails = []
      model.stack.layer?.policyPlane = PolicyPlaneModel(
        every: .constant(100), repair: .constant(1_000), whenDown: .wait)
    }
    #expect(record.secondsToCompletion == 1)
  }

  @Test("policies fail again, and are up in between")
  func recurringOutages() throws {
    // Down 100–500 s, up 500–600 s, down 600–1,000 s: the case asks at 601 s.
    let record = try guarded(0) { model in
      model.stack.layer?.policyPlane = PolicyPlaneModel(
        every: .constant(100), repair: .constant(400), whenDown: .wait)
    }
    #expect(record.secondsToCompletion == 400)
  }

  @Test("a threshold holds for its cases in its hours, the first that fits")
  func thresholds() throws {
    let never = WorkCalendar([(10_000 * second, 20_000 * second)])
    let cases: [([ThresholdModel], Int)] = [
      ([], 0), ([ThresholdModel(probability: 1)], 1),
      ([ThresholdModel(calendar: 1, probability: 1)], 0),
      ([ThresholdModel(calendar: 0, probability: 1)], 1),
      ([ThresholdModel(calendar: 1, probability: 0), ThresholdModel(probability: 1)], 1),
      ([ThresholdModel(probability: 0), ThresholdModel(probability: 1)], 0),
      ([ThresholdModel(condition: .compares(attribute: 0, .equal, 1), probability: 1)], 1),
      ([ThresholdModel(condition: .compares(attribute: 0, .equal, 0), probability: 1)], 0),
    ]
    for (thresholds, fired) in cases {
      let record = try guarded(0) { model in
        model.calendars = [.continuous, never]
        model.attributes = [
          AttributeModel(name: "vip", domain: .boolean, value: .drawn(.position(shares: [0, 1])))
        ]
        model.stack.guardrails[0].thresholds = thresholds
      }
      #expect(record.guardrails[0].fired == fired)
    }
  }
}
