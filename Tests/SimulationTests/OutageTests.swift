import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Outages and repair") struct OutageTests {
  /// Work of 10 s from 10 s on; something is up for 15 s and down for 5 s by turns.
  ///
  /// So it is down from 15 to 20 s, from 35 to 40 s and so on.
  func interrupted(
    _ change: (inout SimulationModel, OutageModel) -> Void,
    inProgress: OutageModel.InProgress = .resume
  ) throws -> ReplicationRecord {
    var model = try queueModel(
      rate: 0.1, servers: 1, service: .constant(10), runIn: 0, horizon: 19 * second,
      pattern: .regular)
    model.timeline.followUp = 1_000 * second
    // One case, at 10 s.
    model.demand.calendar = WorkCalendar([(0, 15 * second)])
    change(
      &model,
      OutageModel(every: .constant(15), repair: .constant(5), inProgress: inProgress))
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    #expect(record.cohorts[0].arrived == 1)
    return record
  }

  func touchCore(_ model: inout SimulationModel, _ outages: OutageModel) {
    model.stack.applications = [ApplicationModel(name: "core", outages: outages)]
    model.stack.activities[0].touches = [TouchModel(application: 0)]
  }

  func giveToBot(_ model: inout SimulationModel, _ outages: OutageModel) {
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 1, runTime: .constant(10), retries: 1, outages: outages)
    ]
    model.stack.activities[0].automation = 0
  }

  /// 5 s of work before the outage, 5 s after it: 15 s with the person, all of them paid.
  @Test("work that rests goes on where it stopped")
  func resume() throws {
    let byHand = try interrupted(touchCore)
    #expect(byHand.cohorts[0].restrictedTime == Int128(15 * second))
    #expect(byHand.cohorts[0].taskTime == 15 * second)
    #expect(byHand.outages[0].outages == 1)
    // The horizon ends at 19 s.
    #expect(byHand.outages[0].downTime == 4 * second)
    let byBot = try interrupted(giveToBot)
    #expect(byBot.cohorts[0].restrictedTime == Int128(15 * second))
    #expect(byBot.automationRuns == [1] && byBot.automationFailures == [0])
    #expect(byBot.outages[0].outages == 1)
  }

  /// Begun anew at 20 s, done at 30 s: 20 s with the person.
  @Test("work that begins anew loses what was done, and it is paid all the same")
  func restart() throws {
    for mode in [OutageModel.InProgress.restart, .fail] {
      let byHand = try interrupted(touchCore, inProgress: mode)
      #expect(byHand.cohorts[0].restrictedTime == Int128(20 * second))
      #expect(byHand.cohorts[0].taskTime == 20 * second)
    }
    let byBot = try interrupted(giveToBot, inProgress: .restart)
    #expect(byBot.cohorts[0].restrictedTime == Int128(20 * second))
    #expect(byBot.automationRuns == [1] && byBot.automationFailures == [0])
  }

  /// The run fails at 15 s and is tried again at once; the second attempt begins at 20 s.
  @Test("a run that an outage fails is tried again, and counts as failed")
  func fail() throws {
    let byBot = try interrupted(giveToBot, inProgress: .fail)
    #expect(byBot.cohorts[0].restrictedTime == Int128(20 * second))
    #expect(byBot.automationRuns == [2] && byBot.automationFailures == [1])
    #expect(byBot.outages[0].failedRuns == 1)
    let byCore = try interrupted(
      { model, outages in
        giveToBot(&model, outages)
        model.stack.automations[0].outages = nil
        touchCore(&model, outages)
      }, inProgress: .fail)
    #expect(byCore.cohorts[0].restrictedTime == Int128(20 * second))
    #expect(byCore.automationRuns == [2] && byCore.automationFailures == [1])
  }

  /// A hop of 10 s through a layer that is down from 15 to 20 s, then work of 10 s.
  @Test("a layer that is down holds its hops")
  func layer() throws {
    let record = try interrupted { model, outages in
      model.stack.layer = LayerModel(
        name: "central", latency: 10 * second, concurrent: 1, outages: outages)
    }
    #expect(record.cohorts[0].restrictedTime == Int128(25 * second))
    #expect(record.outages[0].outages == 1)
  }

  @Test("maintenance stops work for its window, in each of its windows")
  func maintenance() throws {
    let record = try interrupted { model, _ in
      model.stack.applications = [
        ApplicationModel(
          name: "core",
          maintenance: WorkCalendar([(15 * second, 20 * second), (22 * second, 23 * second)]))
      ]
      model.stack.activities[0].touches = [TouchModel(application: 0)]
    }
    #expect(record.cohorts[0].restrictedTime == Int128(16 * second))
    #expect(record.outages[0].outages == 0 && record.outages[0].downTime == 4 * second)
  }

  /// The fixer's shift begins at 18 s, so the repair of 5 s is done at 23 s, and the case at 28 s.
  ///
  /// At 36 EUR an hour 5 s cost 5 cents. The next failure, at 38 s, is beyond the horizon of 19 s.
  @Test("a repair by a team waits for it, and is a cost that belongs to no case")
  func repairTeam() throws {
    let record = try interrupted { model, outages in
      touchCore(&model, outages)
      model.calendars.append(WorkCalendar([(18 * second, 10_000 * second)]))
      model.stack.teams.append(
        TeamModel(name: "fixers", people: [.init(calendar: 1, hourlyCost: 36e6)]))
      model.stack.applications[0].outages?.repairTeam = 1
    }
    #expect(record.cohorts[0].restrictedTime == Int128(18 * second))
    #expect(
      record.timeBesideCases == 5 * second
        && record.costBesideCases[CostComponent.repairs.rawValue] == 50_000)
    #expect(record.cohorts[0].cost.reduce(0, +) == record.totalCost)
    #expect(record.outages[0].downTime == 4 * second)
  }

  @Test("a repair that nobody gets round to costs what it will cost")
  func owedRepair() throws {
    let record = try interrupted { model, outages in
      touchCore(&model, outages)
      model.calendars.append(WorkCalendar([(9_000 * second, 10_000 * second)]))
      model.stack.teams.append(
        TeamModel(name: "fixers", people: [.init(calendar: 1, hourlyCost: 36e6)]))
      model.stack.applications[0].outages?.repairTeam = 1
    }
    #expect(record.cohorts[0].completed == 0)
    #expect(
      record.timeBesideCases == 5 * second
        && record.costBesideCases[CostComponent.repairs.rawValue] == 50_000)
  }

  /// The share of time up of an alternating renewal process is E[up] / (E[up] + E[down]).
  @Test("availability is that of the renewal process")
  func availability() throws {
    var model = try queueModel(
      rate: 1e-4, servers: 1, service: .constant(1), runIn: 1_000 * second,
      horizon: 400_000 * second)
    model.stack.applications = [
      ApplicationModel(
        name: "core",
        outages: OutageModel(
          every: .exponential(mean: 90), repair: .of(.uniform(minimum: 5, maximum: 15))))
    ]
    model.stack.activities[0].touches = [TouchModel(application: 0)]
    model.runInStack = model.stack
    let shares = try (0..<20).map { replication in
      let record = try runReplication(of: model, seed: 7, replication: replication)
      return 1 - Double(record.outages[0].downTime) / Double(model.timeline.horizon)
    }
    let interval = interval999(shares)
    #expect(interval.lower <= 0.9 && 0.9 <= interval.upper, "\(interval)")
  }

  /// M/M/1 whose server is down by turns, up for an exponential time of rate ξ and down for one of rate
  /// η, in calendar time; work goes on where it stopped (White, Christie, *Queuing with preemptive
  /// priorities or with breakdown*, Operations Research 6 (1958), doi:10.1287/opre.6.1.79).
  ///
  /// With P(z) and Q(z) the generating functions of the number in the system while up and down, the
  /// balance equations are Q (λ (1 − z) + η) = ξ P and
  /// P (λ (1 − z) + ξ − μ (1 − z) / z) = η Q − μ p₀ (1 − z) / z, so that
  /// P = μ p₀ / (μ − λ z − ξ λ z / (λ (1 − z) + η)). P(1) = η / (ξ + η) = A gives μ p₀ = A μ − λ, and
  /// L = P′(1) + Q′(1) = λ (1 + ξ μ / (ξ + η)²) / (μ A − λ). The mean time in the system is L / λ.
  @Test(
    "M/M/1 with breakdowns has the time in system of theory", arguments: [false, true])
  func breakdowns(ofAutomation: Bool) throws {
    let (arrivals, service, failure, repair) = (0.5, 1.0, 0.025, 0.1)
    let both = failure + repair
    let available = repair / both
    let theory = (1 + failure * service / (both * both)) / (service * available - arrivals)
    #expect(abs(theory - 26.0 / 3) < 1e-9)
    var model = try queueModel(
      rate: arrivals, servers: 1, service: .exponential(mean: 1 / service), runIn: 4_000 * second,
      horizon: 400_000 * second)
    let outages = OutageModel(
      every: .exponential(mean: 1 / failure), repair: .exponential(mean: 1 / repair))
    if ofAutomation {
      model.stack.automations = [
        AutomationModel(
          name: "bot", runners: 1, runTime: .exponential(mean: 1 / service), outages: outages)
      ]
      model.stack.activities[0].automation = 0
    } else {
      model.stack.applications = [ApplicationModel(name: "core", outages: outages)]
      model.stack.activities[0].touches = [TouchModel(application: 0)]
    }
    model.runInStack = model.stack
    let times = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 20_261_121, replication: replication)
        .cohorts[0]
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
    let interval = interval999(times)
    #expect(interval.lower <= theory && theory <= interval.upper, "\(theory) in \(interval)")
  }

  @Test("outages move no other draw: what is not touched is as it was")
  func ownLuck() throws {
    var model = try queueModel(
      rate: 0.5, servers: 1, service: .exponential(mean: 1), runIn: 0, horizon: 10_000 * second)
    let before = try runReplication(of: model, seed: 3, replication: 0)
    // The bot gets no case, but the table knows it.
    giveToBot(&model, OutageModel(every: .exponential(mean: 10), repair: .exponential(mean: 10)))
    model.stack.activities[0].automationShare = 1e-9
    let after = try runReplication(of: model, seed: 3, replication: 0)
    #expect(after.outages[0].outages > 100)
    #expect(after.cohorts == before.cohorts && after.completionTimes == before.completionTimes)
  }

  /// A layer that only the stack before day 0 has is down on day 0: its hop is still carried out when it
  /// is repaired.
  ///
  /// Up from −100 to −5 s, down until 5 s. The case of −10 s has 5 s of its hop of 10 s left.
  @Test("a repair that lasts beyond day 0 is completed, and the stack under trial begins its own")
  func acrossDayZero() throws {
    var model = try queueModel(
      rate: 0.1, servers: 1, service: .constant(1), runIn: 100 * second, horizon: 50 * second,
      pattern: .regular)
    model.demand.calendar = WorkCalendar([(-20 * second, -9 * second)])
    model.timeline.followUp = 100 * second
    model.runInStack?.layer = LayerModel(
      name: "old", latency: 10 * second, concurrent: 1,
      outages: OutageModel(every: .constant(95), repair: .constant(10)))
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    #expect(record.outages[0].outages == 0 && record.outages[0].downTime == 5 * second)
  }
}
