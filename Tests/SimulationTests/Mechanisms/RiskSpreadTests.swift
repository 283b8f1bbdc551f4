import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// Agents of 10 s each in sequence, a case every 600 s; people cost a cent a second.
private func chain(
  _ count: Int, cases: Int = 3, horizon: Int64? = nil, _ change: (inout RiskModel) -> Void
) throws -> SimulationModel {
  var model = try agentChain((0..<count).map { agent("agent \($0)", seconds: 10) }, cases: cases)
  if let horizon {
    model.timeline.horizon = horizon * second
    model.timeline.cohortLength = horizon * second
  }
  model.timeline.followUp = 1_000_000 * second
  var risk = RiskModel()
  change(&risk)
  model.stack.risk = risk
  return model
}

private func link(_ from: Int, _ to: Int, _ probability: Double = 1) -> LinkModel {
  LinkModel(from: from, to: to, probability: probability)
}

@Suite("Compromised automations") struct CompromiseTests {
  /// Somebody gets hold of the first of two agents at 1100 s, which is noticed at 1600 s.
  ///
  /// The second case, from 1200 s on, is affected; both agents are then stopped until 1900 s, so that the
  /// third case, of 1800 s, is done at 1920 s. The next attack, at 2200 s, is beyond the horizon.
  func compromised(
    cases: Int = 3, _ change: (inout CompromiseModel) -> Void = { _ in }
  ) throws -> SimulationModel {
    try chain(2, cases: cases) { risk in
      var model = CompromiseModel(
        targets: [0], every: .constant(1_100), detection: .constant(500))
      model.links = [link(0, 1)]
      model.containment = .constant(300)
      model.investigation = ErrandWork(team: 0, time: .constant(120))
      model.damage = IncidentModel(
        loss: .constant(10), work: ErrandWork(team: 0, time: .constant(60)))
      change(&model)
      risk.compromise = model
    }
  }

  @Test("reach those that trust them, affect cases until they are noticed, and are then stopped")
  func whole() throws {
    let record = try observedRun(try compromised())
    #expect(record.count(.compromise) == 1 && record.count(.agentCompromised) == 2)
    #expect(record.count(.caseCompromised) == 1 && record.count(.compromiseFound) == 1)
    #expect(record.secondsToCompletion == 20 + 20 + 120)
    // A loss of 10, and a minute of cleaning up; two minutes of looking into each agent, for no case.
    #expect(abs(record.cost(.incidents) - 10.6) < 1e-9)
    #expect(record.costBesideCases[CostComponent.incidents.rawValue] == 2_400_000)
    #expect(record.timeBesideCases == 240 * second)
  }

  @Test("reach nobody without trust, and stop nothing that is not contained")
  func alone() throws {
    let alone = try observedRun(try compromised { $0.links = [] })
    #expect(alone.count(.agentCompromised) == 1)
    let open = try observedRun(try compromised { $0.containment = .zero })
    #expect(open.secondsToCompletion == 60)
    let harmless = try observedRun(try compromised { $0.affects = 0 })
    #expect(harmless.count(.caseCompromised) == 0 && harmless.cost(.incidents) == 0.0)
  }

  /// The first reaches the second after 300 s, that the third after as much: the third only after 600 s,
  /// when the compromise has been noticed.
  @Test("reach from one to the next, until they are noticed")
  func transitive() throws {
    for (delay, agents) in [(200.0, 3), (300, 2), (600, 1)] as [(Double, Int64)] {
      let model = try chain(3) { risk in
        var model = CompromiseModel(
          targets: [0], every: .constant(1_100), detection: .constant(500))
        model.links = [link(0, 1), link(1, 2), link(2, 0)]
        model.spreadDelay = .constant(delay)
        risk.compromise = model
      }
      #expect(try observedRun(model).count(.agentCompromised) == agents)
    }
  }

  @Test("are owed the cleaning up of what nobody has noticed at the end")
  func owed() throws {
    let record = try observedRun(try compromised { $0.detection = .constant(1e8) })
    // The second and the third case.
    #expect(record.count(.caseCompromised) == 2 && record.cost(.incidents) == 20.0)
    #expect(abs(record.cost(.owed) - 1.2) < 1e-9)
  }

  /// Attacks that are noticed at once come as a Poisson process: their mean number is time by mean distance.
  @Test("are attacked as often as their distribution says")
  func rate() throws {
    let model = try compromised(cases: 300) {
      $0.every = .exponential(mean: 5_000)
      $0.detection = .zero
    }
    let seconds = Double(model.timeline.horizon) / 1e6
    #expect(try interval(model) { Double($0.count(.compromise)) }.contains(seconds / 5_000))
  }

  /// Of 2 automations each attacked, one half is reached from the other.
  @Test("reach as often as the link says")
  func links() throws {
    let model = try compromised(cases: 300) {
      $0.every = .exponential(mean: 5_000)
      $0.detection = .constant(1)
      $0.links = [link(0, 1, 0.4)]
    }
    let reached = try interval(model) {
      Double($0.count(.agentCompromised) - $0.count(.compromise)) - 0.4
        * Double($0.count(.compromise))
    }
    #expect(reached.contains(0))
  }

  /// Noticing early spares cases; but where a compromise does no harm, it only stops the work.
  @Test("cost less where they are noticed early, unless being stopped is all they cost")
  func signs() throws {
    func record(detection: Double, loss: Double) throws -> ReplicationRecord {
      try observedRun(
        try compromised(cases: 300) {
          $0.every = .exponential(mean: 20_000)
          $0.detection = .constant(detection)
          $0.containment = .constant(3_000)
          $0.damage = IncidentModel(loss: .constant(loss))
        })
    }
    let (early, late) = (
      try record(detection: 100, loss: 10), try record(detection: 10_000, loss: 10)
    )
    #expect(early.count(.caseCompromised) < late.count(.caseCompromised))
    #expect(early.totalCost < late.totalCost)
    let never = try record(detection: 1e9, loss: 0)
    #expect(early.secondsToCompletion > never.secondsToCompletion)
  }
}

@Suite("Leaks of data") struct LeakTests {
  func leaking(
    cases: Int = 1, _ change: @escaping (inout SimulationModel, inout LeakModel) -> Void
  ) throws -> SimulationModel {
    var model = try chain(2, cases: cases) { _ in }
    model.stack.applications = [ApplicationModel(name: "crm")]
    var leak = LeakModel(name: "personal")
    leak.share = 1
    leak.incident = IncidentModel(
      loss: .constant(50), work: ErrandWork(team: 0, time: .constant(60)))
    change(&model, &leak)
    model.stack.risk?.leaks = [leak]
    return model
  }

  /// Only the second of two agents is not cleared: one leak, of 50 and a minute of work.
  @Test("come from who is not cleared")
  func uncleared() throws {
    let record = try observedRun(try leaking { $1.clearedAutomations = [0] })
    #expect(record.count(.dataLeaked) == 1 && abs(record.cost(.incidents) - 50.6) < 1e-9)
    #expect(record.cohorts[0].tickets == 1)
    let cleared = try observedRun(try leaking { $1.clearedAutomations = [0, 1] })
    #expect(cleared.count(.dataLeaked) == 0)
  }

  @Test("come after the data were collected only, and of cases that have them")
  func collected() throws {
    for (activities, count) in [([], 2), ([0], 2), ([1], 1)] as [([Int], Int64)] {
      let record = try observedRun(try leaking { $1.collectedAt = activities })
      #expect(record.count(.dataLeaked) == count)
    }
    #expect(try observedRun(try leaking { $1.condition = .any([]) }).count(.dataLeaked) == 0)
  }

  /// A run by an agent with an application, neither cleared: 1 − .9² each; people touch the application
  /// and leak themselves with .2: 1 − .9 · .8.
  @Test("come from each who gets the data, people too, with the shares of theory")
  func shares() throws {
    let model = try leaking(cases: 300) { model, leak in
      leak.share = 0.1
      leak.byPeople = 0.2
      model.stack.activities[0].touches = [TouchModel(application: 0)]
      model.stack.activities[1].touches = [TouchModel(application: 0)]
      model.stack.activities[1].automation = nil
    }
    let leaks = try interval(model) { Double($0.count(.dataLeaked)) / $0.cases }
    #expect(leaks.contains((1 - 0.81) + (1 - 0.72)))
    let cleared = try leaking(cases: 300) { model, leak in
      leak.share = 0.1
      leak.clearedApplications = [0]
      leak.clearedAutomations = [1]
      model.stack.activities[0].touches = [TouchModel(application: 0)]
    }
    #expect(
      try interval(cleared) { Double($0.count(.dataLeaked)) / $0.cases }.contains(0.1))
  }
}

@Suite("Failures in cascades") struct CascadeTests {
  /// The first agent is down from 1000 s to 1100 s; a case comes at 985 s, so that the second works on it
  /// from 995 s to 1005 s.
  func cascading(
    _ count: Int = 2, links: [LinkModel], _ change: (inout CascadeModel) -> Void = { _ in }
  ) throws -> SimulationModel {
    var model = try chain(count, horizon: 1_900) { risk in
      var cascade = CascadeModel(links: links, lasts: .constant(50))
      change(&cascade)
      risk.cascade = cascade
    }
    model.stack.automations[0].outages = OutageModel(
      every: .constant(1_000), repair: .constant(100))
    model.demand = Demand(
      pattern: .replay, calendar: .continuous, rate: 0, instants: [985 * second])
    return model
  }

  /// Taken down from 1000 s to 1050 s, its run begins anew and ends at 1060 s.
  ///
  /// Half a minute of rolling back is done before that, so that the case is done right.
  @Test("take down what is coupled, and leave inconsistent states behind")
  func whole() throws {
    let record = try observedRun(
      try cascading(links: [link(0, 1)]) {
        $0.inconsistent = 1
        $0.rollBack = ErrandWork(team: 0, time: .constant(30))
      })
    #expect(record.count(.takenDown) == 1 && record.count(.stateInconsistent) == 1)
    #expect(record.secondsToCompletion == 75 && record.cohorts[0].completedRight == 1)
    #expect(abs(record.cost(.incidents) - 0.3) < 1e-9 && record.cohorts[0].tickets == 1)
    #expect(record.outages[1].downTime == 50 * second && record.outages[1].outages == 0)
    // Without anybody to roll back, the error stays.
    let left = try observedRun(try cascading(links: [link(0, 1)]) { $0.inconsistent = 1 })
    #expect(left.cohorts[0].completedRight == 0)
    let uncoupled = try observedRun(try cascading(links: []))
    #expect(uncoupled.secondsToCompletion == 20 && uncoupled.count(.takenDown) == 0)
  }

  /// Reached after 7 s, when the run of the second is over.
  @Test("take time to get there")
  func delay() throws {
    let record = try observedRun(
      try cascading(links: [link(0, 1)]) { $0.delay = .constant(7) })
    #expect(record.count(.takenDown) == 1 && record.secondsToCompletion == 20)
  }

  @Test("take each thing down once, however they are coupled")
  func once() throws {
    let record = try observedRun(
      try cascading(3, links: [link(0, 1), link(1, 2), link(2, 0), link(2, 1), link(0, 2)]) {
        $0.delay = .constant(20)
      })
    #expect(record.count(.takenDown) == 2)
  }

  /// An application is a unit before the automations.
  @Test("begin at applications too")
  func application() throws {
    var model = try cascading(links: [link(0, 2)])
    model.stack.applications = [
      ApplicationModel(
        name: "core", outages: OutageModel(every: .constant(1_000), repair: .constant(100)))
    ]
    model.stack.automations[0].outages = nil
    model.stack.activities[0].touches = [TouchModel(application: 0)]
    let record = try observedRun(model)
    #expect(record.count(.takenDown) == 1 && record.secondsToCompletion == 75)
  }

  @Test("reach as often as the link says")
  func share() throws {
    var model = try chain(2, cases: 300) { risk in
      risk.cascade = CascadeModel(links: [link(0, 1, 0.3)], lasts: .constant(1))
    }
    model.stack.automations[0].outages = OutageModel(
      every: .exponential(mean: 5_000), repair: .constant(1))
    let excess = try interval(model) {
      Double($0.count(.takenDown)) - 0.3 * Double($0.outages[0].outages)
    }
    #expect(excess.contains(0))
  }

  @Test(
    "compromise, leaks and cascades that never come change nothing",
    arguments: 0..<40 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    let plain = try generatedModel(seed: seed, withRisk: false)
    var model = plain
    let automations = Array(model.stack.automations.indices)
    let first = model.stack.applications.count
    var risk = RiskModel()
    var compromise = CompromiseModel(
      targets: [], every: .constant(1), detection: .constant(1))
    compromise.containment = .constant(1_000)
    risk.compromise = compromise
    risk.cascade = CascadeModel(
      links: automations.dropFirst().map { link(first, first + $0, 0) }, lasts: .constant(9))
    risk.leaks = [LeakModel(name: "class")]
    model.stack.risk = risk
    model.runInStack?.risk = risk
    #expect(
      try runReplication(of: model, seed: seed, replication: 0)
        == runReplication(of: plain, seed: seed, replication: 0))
  }
}
