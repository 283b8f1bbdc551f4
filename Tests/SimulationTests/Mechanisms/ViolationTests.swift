import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// An agent that decides in 10 s, from 600 s on every 600 s, under one policy; people cost a cent a second.
private func deciding(
  cases: Int = 1, byPeople: Bool = false, horizon: Int64 = 500_000,
  _ change: (inout ViolationModel) -> Void
) throws -> SimulationModel {
  var model = try agentChain([agent("agent", seconds: 10)], cases: cases)
  model.timeline.horizon = horizon * second
  model.timeline.cohortLength = horizon * second
  if byPeople { model.stack.activities[0].automation = nil }
  var policy = ViolationModel(name: "policy", activities: [0])
  policy.byAutomations = 1
  change(&policy)
  var risk = RiskModel()
  risk.violations = [policy]
  model.stack.risk = risk
  return model
}

/// Audits of a minute each, at every full hour, with a correction of half a minute.
private func hourly(
  share: Double = 1, finds: Double = 1, hours: Int64 = 1
) -> ViolationModel.Audit {
  ViolationModel.Audit(
    every: hours * hour, share: share, finds: finds,
    work: ErrandWork(team: 0, time: .constant(60)),
    correction: ErrandWork(team: 0, time: .constant(30)))
}

private func exposure(after seconds: Double, share: Double = 1) -> ViolationModel.Exposure {
  ViolationModel.Exposure(
    share: share, after: .constant(seconds),
    incident: IncidentModel(
      loss: .constant(100), work: ErrandWork(team: 0, time: .constant(120))))
}

@Suite("Violations of policies") struct ViolationTests {
  /// Decided at 610 s; the audit begins at 3600 s and has found it at 3660 s, before it would come out.
  ///
  /// A minute of auditing and half a minute of putting it right, at a cent a second.
  @Test("an audit that is faster saves the loss")
  func found() throws {
    let record = try observedRun(
      try deciding {
        $0.audit = hourly()
        $0.exposure = exposure(after: 3_100)
      })
    #expect(record.count(.policyViolated) == 1 && record.count(.decisionAudited) == 1)
    #expect(record.count(.violationFound) == 1 && record.count(.violationExposed) == 0)
    #expect(abs(record.cost(.upkeep) - 0.6) < 1e-9)
    #expect(abs(record.cost(.incidents) - 0.3) < 1e-9)
    #expect(record.cohorts[0].errandTime == 90 * second && record.cohorts[0].tickets == 1)
    // The case itself never waited.
    #expect(record.secondsToCompletion == 10)
  }

  /// It comes out at 3650 s, ten seconds before the audit is done: 100, and two minutes of work.
  @Test("an audit that is slower comes for nothing")
  func exposed() throws {
    let record = try observedRun(
      try deciding {
        $0.audit = hourly()
        $0.exposure = exposure(after: 3_040)
      })
    #expect(record.count(.violationFound) == 0 && record.count(.violationExposed) == 1)
    #expect(abs(record.cost(.upkeep) - 0.6) < 1e-9)
    #expect(abs(record.cost(.incidents) - 101.2) < 1e-9)
  }

  @Test("the days that violations last until they are known are counted")
  func lag() throws {
    let out = try observedRun(try deciding { $0.exposure = exposure(after: 3 * 86_400) })
    #expect(out.count(.violationDay) == 3)
    let found = try observedRun(try deciding { $0.audit = hourly(hours: 48) })
    #expect(found.count(.violationDay) == 2)
  }

  /// A violation that would come out after the end of the run costs 100 and 120 s of work all the same.
  @Test("what would still come out is owed")
  func owed() throws {
    let record = try observedRun(try deciding { $0.exposure = exposure(after: 1e8) })
    #expect(record.cost(.incidents) == 0 && abs(record.cost(.owed) - 101.2) < 1e-9)
    let audited = try observedRun(try deciding(horizon: 1_000) { $0.audit = hourly(hours: 1_000) })
    #expect(abs(audited.cost(.owed) - 0.6) < 1e-9)
  }

  @Test("people may violate a policy too")
  func people() throws {
    for (share, count) in [(0.0, 0), (1, 1)] as [(Double, Int64)] {
      let record = try observedRun(try deciding(byPeople: true) { $0.byPeople = share })
      #expect(record.count(.policyViolated) == count)
    }
  }

  /// Of a fifth of the decisions, which violate, half is looked at and .8 of that found, within an hour and a
  /// bit; half of all the others comes out later.
  @Test("shares are those of theory")
  func shares() throws {
    let model = try deciding(cases: 300) {
      $0.byAutomations = 0.2
      $0.audit = hourly(share: 0.5, finds: 0.8)
      $0.exposure = exposure(after: 20_000, share: 0.5)
    }
    func share(_ event: MechanismEvent) throws -> ConfidenceInterval {
      try interval(model) { Double($0.count(event)) / $0.cases }
    }
    #expect(try share(.policyViolated).contains(0.2))
    #expect(try share(.decisionAudited).contains(0.5))
    #expect(try share(.violationFound).contains(0.2 * 0.5 * 0.8))
    #expect(try share(.violationExposed).contains(0.5 * 0.2 * (1 - 0.5 * 0.8)))
  }

  /// Rarer audits let more come out; where nothing is violated, audits only cost.
  @Test("audits help where there are violations and cost where there are none")
  func signs() throws {
    func record(hours: Int64?, violated: Double) throws -> ReplicationRecord {
      try observedRun(
        try deciding(cases: 300) {
          $0.byAutomations = violated
          $0.audit = hours.map { hourly(hours: $0) }
          $0.exposure = exposure(after: 10_000)
        })
    }
    let often = try record(hours: 1, violated: 0.3)
    let seldom = try record(hours: 20, violated: 0.3)
    #expect(often.count(.violationExposed) < seldom.count(.violationExposed))
    #expect(often.totalCost < seldom.totalCost)
    let (audited, not) = (try record(hours: 1, violated: 0), try record(hours: nil, violated: 0))
    #expect(audited.totalCost > not.totalCost)
  }

  @Test("a policy that nobody violates changes nothing", arguments: 0..<20 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    let plain = try generatedModel(seed: seed, withRisk: false)
    var model = plain
    var risk = RiskModel()
    risk.violations = [
      ViolationModel(name: "policy", activities: Array(model.stack.activities.indices))
    ]
    model.stack.risk = risk
    model.runInStack?.risk = risk
    #expect(
      try runReplication(of: model, seed: seed, replication: 0)
        == runReplication(of: plain, seed: seed, replication: 0))
  }
}
