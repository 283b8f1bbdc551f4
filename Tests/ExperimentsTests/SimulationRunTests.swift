import EventEngine
import Experiments
import Simulation
import SimulationTestSupport
import Synchronization
import Testing

@Suite("Simulations of one variant") struct SimulationRunTests {
  /// A runner whose control is stopped once so many replications are done, one after the other.
  private func stopping(after count: Int, _ reason: StopReason) -> LocalReplicationRunner {
    let done = Mutex(0)
    return LocalReplicationRunner(threads: 1) { model, seed, job, control throws(SimulationError) in
      let record = try runReplication(
        of: model, seed: seed, replication: job.replication, control: control)
      done.withLock { done in
        done += 1
        if done == count { control.stop(reason) }
      }
      return record
    }
  }

  @Test("the result is the same on one thread and on four")
  func threads() async throws {
    let design = try twoVariants()
    let one = try await runSimulation(design, runner: LocalReplicationRunner(threads: 1)).result
    let four = try await runSimulation(design, runner: LocalReplicationRunner(threads: 4)).result
    #expect(one == four)
    #expect(one.variant.name == "as-is" && one.replications == 12)
  }

  @Test("a simulation that is stopped has the replications done, as if no more had been asked for")
  func stopped() async throws {
    let whole = try await runSimulation(
      try twoVariants(replications: 5), runner: LocalReplicationRunner(threads: 1))
    let run = try await runSimulation(
      try twoVariants(), runner: stopping(after: 5, .timeLimit))
    #expect(run.records == whole.records)
    #expect(run.result.interruption?.reason == .timeLimit)
    #expect(run.result.interruption?.done == 5 && run.result.interruption?.requested == 12)
    var result = run.result
    result.interruption = nil
    #expect(result == whole.result)
  }

  /// Twelve runs that count ten cases each, of which arrivals are three.
  @Test("cases that never came are counted over all replications, and said in words")
  func missingCases() async throws {
    var design = try twoVariants()
    for index in design.variants.indices {
      design.variants[index].model.timeline.caseLimit = 10
      design.variants[index].model.timeline.followUp = Timeline.endless
      design.variants[index].model.demand.pattern = .replay
      design.variants[index].model.demand.instants = [hour, 2 * hour, 3 * hour]
    }
    let runner = LocalReplicationRunner(threads: 1)
    let result = try await runSimulation(design, runner: runner).result
    #expect(result.variant.missingCases == 12 * 7)
    #expect(result.cases.arrived.mean == 3 && result.cases.unfinished.mean == 0)
    #expect(
      result.variant.shortfallSentence?.contains("84 of all replications are missing") == true)
    let study = try await runStudy(design, runner: runner)
    #expect(study.variants.map(\.missingCases) == [84, 84])
    let whole = try await runSimulation(try twoVariants(), runner: runner).result
    #expect(whole.variant.missingCases == nil && whole.variant.shortfallSentence == nil)
  }

  @Test("a comparison that is stopped has the replications that all variants had done")
  func stoppedStudy() async throws {
    // Seven jobs are three replications of two variants, and one of which only one variant was run.
    let study = try await runStudy(try twoVariants(), runner: stopping(after: 7, .interrupted))
    var whole = try await runStudy(
      try twoVariants(replications: 3), runner: LocalReplicationRunner(threads: 1))
    #expect(study.interruption?.done == 3)
    whole.interruption = study.interruption
    #expect(study == whole)
  }

  @Test("what was stopped before there was anything to show says so")
  func tooEarly() async throws {
    await #expect(throws: StudyError.stoppedTooEarly(done: 1, reason: .interrupted)) {
      try await runStudy(try twoVariants(), runner: stopping(after: 3, .interrupted))
    }
    let control = RunControl()
    control.stop(.timeLimit)
    await #expect(throws: StudyError.stoppedTooEarly(done: 0, reason: .timeLimit)) {
      try await runSimulation(
        try twoVariants(), runner: LocalReplicationRunner(threads: 2), control: control)
    }
  }

  @Test("of several failures the first replication's is told, on any number of threads")
  func failures() async throws {
    let runner = { (threads: Int) in
      LocalReplicationRunner(threads: threads) {
        model, seed, job, control throws(SimulationError) in
        if job.replication == 3 || job.replication == 5 {
          throw .endlessLoop(element: "x", at: Int64(job.replication))
        }
        return try runReplication(
          of: model, seed: seed, replication: job.replication, control: control)
      }
    }
    for threads in [1, 2, 4] {
      await #expect(
        throws: StudyError.replicationFailed(
          ReplicationFailure(
            job: ReplicationJob(model: 0, replication: 3), error: .endlessLoop(element: "x", at: 3)),
          variant: "as-is", overload: nil)
      ) { try await runSimulation(try twoVariants(), runner: runner(threads)) }
    }
  }

  /// 80 cases in eight hours at 400 s each are 32,000 s of work in 28,800 s: 111 %, from day 1 on.
  @Test(
    "a run that cannot end names the team that has more work than hours, how much, and since when")
  func overload() async throws {
    var design = try twoVariants(handling: 400)
    design.variants[0].model.limits.liveCases = 50
    do {
      _ = try await runSimulation(design, runner: LocalReplicationRunner(threads: 1))
      Issue.record("a queue that grows without end was simulated")
    } catch let error as StudyError {
      guard case .replicationFailed(let failure, _, let overload) = error else {
        Issue.record("\(error)")
        return
      }
      guard case .tooManyLiveCases(limit: 50, _) = failure.error else {
        Issue.record("\(error)")
        return
      }
      let team = try #require(overload)
      #expect(team.team == "clerks" && team.sinceDay == 1)
      #expect(abs(team.intensity - 32_000 / 28_800.0) < 1e-9)
    }
    let healthy = try twoVariants(handling: 350).variants[0].model
    #expect(Overload(worstOf: healthy) == nil)
  }

  /// A case every ten minutes, 15 min of work: the first four wait 0, 5, 10 and 15 min and are done after
  /// 15, 20, 25 and 30.
  ///
  /// Until the fourth comes, at 40 min, the clerk has worked 30 min of 40, and two were
  /// done (the second in that very instant, before the arrival).
  @Test("figures of a run that can be worked out by hand")
  func figures() async throws {
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(900), runIn: 0, horizon: 40 * minute,
      pattern: .regular)
    model.timeline.caseLimit = 4
    model.timeline.followUp = Timeline.endless
    let design = StudyDesign(
      variants: [
        StudyVariant(name: "one", title: "One", mix: "people", orchestrationLevel: 0, model: model)
      ], baseline: 0, seed: 1, replications: 2, exhaustion: ExhaustionRule(watchedTeams: [0]),
      currency: "EUR")
    let result = try await runSimulation(design, runner: LocalReplicationRunner(threads: 1)).result
    #expect(result.cases.arrived.mean == 4 && result.cases.unfinished.mean == 0)
    #expect(abs(result.cases.waiting.mean - 7.5 / 60) < 1e-12)
    #expect(abs(result.cases.processing.mean - 15 / 60.0) < 1e-12)
    #expect(abs(result.cases.timeToCompletion.mean - 22.5 / 60) < 1e-12)
    #expect(abs(result.weeks.mean - 40.0 / (7 * 24 * 60)) < 1e-12)
    #expect(abs(result.cases.completedPerWeek.mean - 2 / (40.0 / (7 * 24 * 60))) < 1e-9)
    #expect(abs((result.teams[0].occupancy?.mean ?? 0) - 0.75) < 1e-12)
    let work = try #require(result.work.first)
    #expect(result.work.count == 1)
    #expect(work.id == "serve" && work.kind == .task && work.performer == "servers")
    #expect(work.count == 8 && work.perCase.mean == 1)
    #expect(abs((work.waitingMinutes?.mean ?? 0) - 7.5) < 1e-12)
    #expect(abs((work.workMinutes?.mean ?? 0) - 15) < 1e-12)
    // 15 min at 36 EUR an hour.
    #expect(abs((work.costEach?.mean ?? 0) - 9) < 1e-12)
    // Of 15, 20, 25 and 30 min the second is the median, to the precision of its bin.
    let median = try #require(result.cases.percentiles.first { $0.share == 0.5 })
    #expect(abs(median.hours.mean - 20 / 60.0) < 20 / 60.0 / 256)
    // Regular arrivals and constant work: replications do not differ, and by 95 % all are done.
    #expect(result.cases.percentiles.last?.share == 0.99)
  }
}
