import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Speeds, skills, several items in hand and batches against theory.
@Suite("Teams against theory") struct TeamTheoryTests {
  /// Mean time in system, in seconds, of each replication.
  func sojourns(
    rate: Double, servers: Int = 1, service: SampledTime = .exponential(mean: 1),
    horizon: Int64 = 100_000 * second, change: (inout StackModel) -> Void
  ) throws -> [Double] {
    var model = try queueModel(
      rate: rate, servers: servers, service: service, runIn: 2_000 * second, horizon: horizon)
    change(&model.stack)
    model.runInStack = model.stack
    return try (0..<16).map { replication in
      let cohort = try runReplication(of: model, seed: 51, replication: replication).cohorts[0]
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
  }

  /// M/G/1 with its time shared out evenly: T = E S/(1 − ρ), whatever the distribution.
  @Test("a person who shares their time among all cases is processor sharing")
  func processorSharing() throws {
    let services: [(String, SampledTime)] = [
      ("exponential", .exponential(mean: 1)), ("constant", .constant(1)),
      (
        "lognormal",
        .of(
          .lognormal(
            logMean: -naturalLogarithm(3) / 2,
            logStandardDeviation: naturalLogarithm(3).squareRoot()))
      ),
    ]
    for (name, service) in services {
      let times = try sojourns(rate: 0.7, service: service) {
        $0.teams[0].multitasking = .init(limit: 1_000, slowdown: 1)
      }
      #expect(interval999(times).contains(1 / 0.3), "\(name): \(interval999(times))")
    }
    // With exponential work the number present does not depend on who is served: T = 1/(1 − ρ).
    let limited = try sojourns(rate: 0.7) { $0.teams[0].multitasking = .init(limit: 3) }
    #expect(interval999(limited).contains(1 / 0.3), "\(interval999(limited))")
  }

  /// One person with three items in hand that do not slow one another is three servers: M/M/3 at 2 has
  /// W = 0.444444.
  @Test("items in hand that do not slow one another are as many servers")
  func multitaskingWithoutSlowdown() throws {
    let times = try sojourns(rate: 2, horizon: 50_000 * second) {
      $0.teams[0].multitasking = .init(limit: 3, slowdown: 0)
    }
    #expect(interval999(times).contains(1.444444), "\(interval999(times))")
  }

  /// Two people of speeds 1.5 and 0.5, the fast one preferred; λ = 1.2.
  ///
  /// Balance with p0, p10 (fast one busy), p01, p2, p3 …: λ p0 = μ1 p10 + μ2 p01; (λ + μ2) p01 = μ1 p2; cut
  /// between one and two: λ (p10 + p01) = (μ1 + μ2) p2; beyond two each state is λ/(μ1 + μ2) of the one
  /// before. The mean number over λ is the mean time.
  @Test("people of different speed serve as a Markov chain of theirs says")
  func speeds() throws {
    let (rate, fast, slow) = (1.2, 1.5, 0.5)
    let two = 1.0
    let onlySlow = fast * two / (rate + slow)
    let onlyFast = (fast + slow) * two / rate - onlySlow
    let none = (fast * onlyFast + slow * onlySlow) / rate
    let ratio = rate / (fast + slow)
    let mass = none + onlySlow + onlyFast + two / (1 - ratio)
    // Σ_{n ≥ 2} n r^(n − 2) = (2 − r)/(1 − r)².
    let number = onlySlow + onlyFast + two * (2 - ratio) / ((1 - ratio) * (1 - ratio))
    let times = try sojourns(rate: rate, servers: 2) {
      $0.teams[0].people[0].speed = fast
      $0.teams[0].people[1].speed = slow
    }
    #expect(interval999(times).contains(number / mass / rate), "\(interval999(times))")
  }

  /// Two kinds of work and two people, each with the skill for one of them: two queues M/M/1 of λ =
  /// 0.6.
  ///
  /// Where both have both skills it is M/M/2 at 1.2.
  @Test("people with different skills are apart, and together where they have all skills")
  func skills() throws {
    func interval(_ skills: [Set<Int>]) throws -> ConfidenceInterval {
      let model = try PriorityTheoryTests.model(rates: (0.6, 0.6), servers: 2) { stack in
        for index in 0...1 {
          stack.activities[index].queueing = QueueingModel(skills: [index])
          stack.teams[0].people[index].skills = skills[index]
        }
      }
      return interval999(
        try (0..<16).map { replication in
          let cohort = try runReplication(of: model, seed: 61, replication: replication).cohorts[0]
          return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
        })
    }
    let apart = try interval([[0], [1]])
    #expect(apart.contains(1 / 0.4), "\(apart)")
    let together = try interval([[0, 1], [0, 1]])
    let pooled = MMCQueue(arrivalRate: 1.2, serviceRate: 1, servers: 2).meanTimeInSystem
    #expect(together.contains(pooled), "\(pooled) \(together)")
  }

  /// The first of k items waits for k − 1 further arrivals, the last for none: (k − 1)/(2λ) on
  /// average.
  ///
  /// There are enough people, and the batch takes k times one second.
  @Test("a batch of k forms in (k − 1)/(2λ) and is worked on as one piece", arguments: [2, 5])
  func batches(size: Int) throws {
    let times = try sojourns(
      rate: 0.5, servers: 60, service: .constant(1), horizon: 40_000 * second
    ) {
      $0.activities[0].batch = BatchModel(size: size, wait: nil)
    }
    let expected = Double(size - 1) / 2 / 0.5 + Double(size)
    #expect(interval999(times).contains(expected), "\(expected) \(interval999(times))")
  }
}
