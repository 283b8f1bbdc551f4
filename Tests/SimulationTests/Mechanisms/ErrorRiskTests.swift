import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// Risks of a chain of agents of 10 s each, whose people cost a cent a second.
func risky(
  errors probabilities: [Double], cases: Int = 1, followUp: Int64 = 1_000 * second,
  _ change: (inout SimulationModel, inout ErrorRiskModel) -> Void
) throws -> SimulationModel {
  let names = probabilities.indices.map { "agent \($0)" }
  var model = try agentChain(
    names.map { agent($0, seconds: 10) } + [agent("verifier", seconds: 1)],
    order: Array(probabilities.indices), cases: cases, followUp: followUp)
  for (index, value) in probabilities.enumerated() {
    model.stack.automations[index].errorProbability = value
  }
  var errors = ErrorRiskModel()
  change(&model, &errors)
  var risk = model.stack.risk ?? RiskModel()
  risk.errors = errors
  model.stack.risk = risk
  return model
}

@Suite("Errors that spread, and checks") struct ErrorRiskTests {
  /// A check by an automation, of 5 s, after given activities.
  func verifier(after activities: [Int], automation: Int = 1) -> CheckModel {
    CheckModel(
      name: "verifier", activities: activities, checker: .automation(automation),
      time: .constant(5))
  }

  func share(_ model: SimulationModel, _ event: MechanismEvent) throws -> ConfidenceInterval {
    try interval(model) { Double($0.count(event)) / $0.cases }
  }

  // MARK: Spread and escape

  /// The first agent always errs, the second because of it.
  ///
  /// The case comes at 600 s and is done at 620 s with a loss of 100; at 670 s that comes to light, and
  /// somebody works on it for a minute, which costs 60 cents.
  @Test("an error spreads, escapes, costs its loss at once and its work when it comes to light")
  func escape() throws {
    let model = try risky(errors: [1, 0]) { _, errors in
      errors.spread = 1
      errors.escape = IncidentModel(
        loss: .constant(100), detection: .constant(50),
        work: ErrandWork(team: 0, time: .constant(60)))
    }
    let record = try observedRun(model)
    #expect(record.count(.errorSpread) == 1 && record.count(.errorEscaped) == 1)
    #expect(record.count(.doneAfterTwo) == 1 && record.count(.escapedAfterTwo) == 1)
    #expect(record.secondsToCompletion == 20 && record.cohorts[0].completedRight == 0)
    #expect(abs(record.cost(.incidents) - 100.6) < 1e-9)
    #expect(record.cohorts[0].errandTime == 60 * second && record.cohorts[0].tickets == 1)
    let entry = record.ledger[MechanismEvent.errorEscaped.rawValue]
    #expect(entry.time == 60 * second && entry.cost == 100_600_000)
  }

  @Test("the loss is that of a critical case where the first condition that holds says so")
  func criticality() throws {
    for (factors, loss) in [([], 100.0), ([3], 300), ([0.5, 9], 50)] {
      let model = try risky(errors: [1]) { model, errors in
        errors.escape = IncidentModel(loss: .constant(100))
        var risk = RiskModel()
        risk.criticality = [CriticalityModel(condition: .any([]), factor: 7)]
        risk.criticality += factors.map { CriticalityModel(condition: .always, factor: $0) }
        model.stack.risk = risk
      }
      #expect(try observedRun(model).cost(.incidents) == loss)
    }
  }

  /// The run ends long before the loss comes to light: its minute of work is owed.
  @Test("work that has not come to light at the end is owed")
  func owed() throws {
    let model = try risky(errors: [1]) { _, errors in
      errors.escape = IncidentModel(
        loss: .constant(100), detection: .constant(1e7),
        work: ErrandWork(team: 0, time: .constant(60)))
    }
    let record = try observedRun(model)
    #expect(record.cost(.incidents) == 100.0)
    #expect(abs(record.cost(.owed) - 0.6) < 1e-9)
    #expect(record.cohorts[0].errandTime == 60 * second)
  }

  /// Three agents that err with .1 each: a case is right with .9³.
  ///
  /// The second finds a tainted case with .1, the third with .19; each then errs because of that, where it
  /// would not by itself, with .9 · .5.
  @Test("the share of cases with an error, and of errors that spread, are those of theory")
  func spread() throws {
    let model = try risky(errors: [0.1, 0.1, 0.1], cases: 300) { _, errors in errors.spread = 0.5 }
    #expect(try share(model, .errorEscaped).contains(1 - 0.9 * 0.9 * 0.9))
    #expect(try share(model, .errorSpread).contains((0.1 + 0.19) * 0.45))
    #expect(try share(model, .doneAfterThree).contains(1))
  }

  /// An agent errs always, then people work on the case: they err because of it, or notice.
  @Test("people may err because of an error too, or notice it")
  func people() throws {
    func record(spread: Double, noticed: Double) throws -> ReplicationRecord {
      try observedRun(
        try risky(errors: [1, 0]) { model, errors in
          model.stack.activities[1].automation = nil
          errors.spreadToPeople = spread
          errors.noticed = noticed
        })
    }
    let erring = try record(spread: 1, noticed: 0)
    #expect(erring.count(.errorSpread) == 1 && erring.count(.escapedAfterOne) == 1)
    let noticing = try record(spread: 1, noticed: 1)
    #expect(noticing.count(.errorNoticed) == 1 && noticing.count(.errorEscaped) == 0)
    #expect(noticing.cohorts[0].completedRight == 1)
    #expect(try record(spread: 0, noticed: 0).count(.errorEscaped) == 1)
  }

  // MARK: Checks

  /// 10 s of work, 5 s of checking at 2 EUR, 60 s of putting right by people, as a ticket.
  @Test("a check takes time and money, and what it finds is a ticket that puts the case right")
  func check() throws {
    let model = try risky(errors: [1]) { _, errors in
      var check = verifier(after: [0])
      check.price = 2e6
      check.correction = ErrandWork(team: 0, time: .constant(60))
      errors.checks = [check]
    }
    let record = try observedRun(model)
    #expect(record.secondsToCompletion == 75 && record.cohorts[0].completedRight == 1)
    #expect(record.cost(.coordination) == 2.0 && abs(record.cost(.review) - 0.6) < 1e-9)
    #expect(record.cohorts[0].tickets == 1 && record.automationRuns == [1, 0])
    #expect(record.count(.checkMade) == 1 && record.count(.checkFound) == 1)
    #expect(record.count(.checkAlarm) == 1 && record.count(.errorEscaped) == 0)
  }

  /// The verifier has one runner: of two cases at once the second waits 5 s for it.
  @Test("a verifier is a finite server")
  func saturates() throws {
    let model = try risky(errors: [0]) { model, errors in
      errors.checks = [verifier(after: [0])]
      model.stack.automations[1].runners = 1
      model.demand = Demand(
        pattern: .replay, calendar: .continuous, rate: 0, instants: [second, second])
    }
    #expect(try observedRun(model).secondsToCompletion == 15 + 20)
  }

  /// Three in ten cases are wrong; .8 of them are found, and .1 of the others taken for wrong.
  @Test("sensitivity and specificity are those of theory")
  func quality() throws {
    let model = try risky(errors: [0.3], cases: 300) { _, errors in
      var check = verifier(after: [0])
      check.sensitivity = 0.8
      check.falseAlarms = 0.1
      errors.checks = [check]
    }
    #expect(try share(model, .checkFound).contains(0.24))
    #expect(try share(model, .checkMissed).contains(0.06))
    #expect(try share(model, .checkFalseAlarm).contains(0.07))
    #expect(try share(model, .errorEscaped).contains(0.06))
  }

  /// With U the agent's luck, which errs where U < p, and V that of the check, which misses where V < m, the
  /// share missed is P(U < p, V < m), the integral over u < p of Φ((Φ⁻¹(m) − ρ Φ⁻¹(u)) / √(1 − ρ²)).
  @Test("a peer with the same blind spots finds less", arguments: [0, 0.5, 0.9, 1.0])
  func correlation(rho: Double) throws {
    let (p, m) = (0.3, 0.2)
    var missed = min(p, m)
    if rho < 1 {
      let steps = 20_000
      missed = 0
      for step in 0..<steps {
        let u = p * (Double(step) + 0.5) / Double(steps)
        let spread = (1 - rho * rho).squareRoot()
        missed +=
          normalCDF((normalQuantile(m) - rho * normalQuantile(u)) / spread) * p / Double(steps)
      }
    }
    let model = try risky(errors: [p], cases: 300) { _, errors in
      var check = verifier(after: [0])
      check.sensitivity = 1 - m
      check.correlation = rho
      errors.checks = [check]
    }
    #expect(try share(model, .checkMissed).contains(missed))
    #expect(try share(model, .checkFound).contains(p - missed))
  }

  @Test("a check's blindness goes with errors of automations only")
  func correlationOfPeople() throws {
    let model = try risky(errors: [0], cases: 300) { model, errors in
      model.stack.activities[0].automation = nil
      model.stack.activities[0].errorProbability = 0.3
      var check = verifier(after: [0])
      check.sensitivity = 0.8
      check.correlation = 1
      errors.checks = [check]
    }
    #expect(try share(model, .checkMissed).contains(0.06))
  }

  /// People look at a quarter of the cases for 30 s each, which finds all that is wrong with them.
  @Test("people who sample have tickets in their queue")
  func sampling() throws {
    let model = try risky(errors: [0.3], cases: 300) { _, errors in
      var check = CheckModel(
        name: "sample", activities: [0], checker: .team(0), time: .constant(30))
      check.share = 0.25
      errors.checks = [check]
    }
    #expect(try share(model, .checkMade).contains(0.25))
    #expect(try share(model, .errorEscaped).contains(0.3 * 0.75))
    let record = try observedRun(model)
    #expect(record.cohorts[0].tickets == Int(record.count(.checkMade)))
    #expect(record.cohorts[0].reviewTime == record.count(.checkMade) * 30 * second)
  }

  /// Each of two activities of 10 s is followed by a check of 5 s in half of the cases: independently, so
  /// that a quarter of the cases take 30 s; the same luck would make it a half.
  @Test("a check may follow several activities, with luck of its own at each")
  func severalActivities() throws {
    let model = try risky(errors: [0, 0]) { _, errors in
      var check = verifier(after: [0, 1], automation: 2)
      check.share = 0.5
      errors.checks = [check]
    }
    let both = try interval(model, replications: 800) { $0.secondsToCompletion == 30 ? 1 : 0 }
    #expect(both.contains(0.25))
  }

  /// More checking means fewer escapes where agents err, and nothing but work where they do not.
  @Test("checks help where there are errors and cost where there are none")
  func signs() throws {
    func record(errors probability: Double, sensitivity: Double) throws -> ReplicationRecord {
      try observedRun(
        try risky(errors: [probability], cases: 300) { _, errors in
          var check = verifier(after: [0])
          check.sensitivity = sensitivity
          check.falseAlarms = sensitivity / 10
          check.correction = ErrandWork(team: 0, time: .constant(60))
          errors.checks = [check]
          errors.escape = IncidentModel(loss: .constant(1_000))
        })
    }
    let (blind, sharp) = (
      try record(errors: 0.3, sensitivity: 0.1), try record(errors: 0.3, sensitivity: 0.9)
    )
    #expect(sharp.count(.errorEscaped) < blind.count(.errorEscaped))
    #expect(sharp.totalCost < blind.totalCost && sharp.humanSeconds > blind.humanSeconds)
    let (idle, busy) = (
      try record(errors: 0, sensitivity: 0.1), try record(errors: 0, sensitivity: 0.9)
    )
    #expect(idle.count(.errorEscaped) == 0 && busy.count(.errorEscaped) == 0)
    #expect(busy.totalCost > idle.totalCost && busy.secondsToCompletion > idle.secondsToCompletion)
  }

  // MARK: Off

  @Test("risks that change nothing change nothing", arguments: 0..<40 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    let plain = try generatedModel(seed: seed, withRisk: false)
    var model = plain
    var risk = RiskModel()
    risk.errors = ErrorRiskModel()
    model.stack.risk = risk
    model.runInStack?.risk = risk
    var record = try runReplication(of: model, seed: seed, replication: 0)
    let expected = try runReplication(of: plain, seed: seed, replication: 0)
    // Cases that are done are counted by the automations that met them, and that is all.
    for event in MechanismEvent.allCases where event.mechanism == "risk" {
      #expect(expected.count(event) == 0)
      record.ledger[event.rawValue] = LedgerEntry()
    }
    #expect(record == expected)
  }

  @Test("checks leave all other draws as they are")
  func otherDraws() throws {
    let plain = try risky(errors: [0.3, 0.3], cases: 40) { _, _ in }
    let checked = try risky(errors: [0.3, 0.3], cases: 40) { _, errors in
      errors.spread = 0.3
      errors.checks = [verifier(after: [0, 1], automation: 2)]
    }
    let (before, after) = (try draws(of: plain), try draws(of: checked))
    #expect(before.isSubset(of: after) && before.count < after.count)
  }
}
