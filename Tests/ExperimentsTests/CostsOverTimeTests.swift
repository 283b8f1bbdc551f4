import EventEngine
@testable import Experiments
import Foundation
import Simulation
import SimulationTestSupport
import Testing

@Suite("Costs over time") struct CostsOverTimeTests {
  /// A case a day for four weeks: the first comes a day after day 0, so that weeks have 6, 7, 7 and 7
  /// cases.
  ///
  /// Today a case takes an hour, in the new stack half of it, at 36 units an hour.
  func design(
    investments: [CostModel.Investment], licence: Double = 50e6, discount: Double = 0,
    pattern: Demand.Pattern = .regular
  ) throws -> StudyDesign {
    func model(_ seconds: Double) throws -> SimulationModel {
      var model = try queueModel(
        rate: 1 / 86_400, servers: 1, service: .constant(seconds), runIn: 0, horizon: 28 * day,
        pattern: pattern)
      model.timeline.cohortLength = 7 * day
      model.timeline.dayCloses = (1...40).map { Int64($0) * day }
      model.timeline.horizonDays = 28
      model.timeline.sampledDays = 33
      return model
    }
    let base = try model(3_600)
    var tried = try model(1_800)
    tried.stack.fixedCosts = [FixedCost("platform", perWeek: licence)]
    tried.stack.costs = CostModel(investments: investments)
    return StudyDesign(
      variants: [("as-is", base), ("new", tried)].map {
        StudyVariant(name: $0.0, title: $0.0, mix: "", orchestrationLevel: 0, model: $0.1)
      }, baseline: 0, seed: 1, replications: 4, exhaustion: ExhaustionRule(watchedTeams: [0]),
      currency: "EUR", discountRate: discount)
  }

  func money(_ design: StudyDesign) async throws -> CostsOverTime {
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    return try #require(study.costsOverTime)
  }

  /// A case saves 18, a week costs 50 more: −200 + 6·18 − 50 = −142, then 7·18 − 50 = 76 more each week.
  @Test("sum up what is gained by week, and find when a variant has paid for itself")
  func byHand() async throws {
    let money = try await money(design(investments: [.init(line: "platform", amount: 200e6)]))
    #expect(money.weeks == [0, 1, 2, 3, 4])
    let benefit = try #require(money.benefits.first)
    #expect(money.benefits.count == 1 && benefit.variant == "new")
    for (found, expected) in zip(benefit.cumulative, [-200.0, -142, -66, 10, 86]) {
      #expect(abs(found.mean - expected) < 1e-9)
    }
    #expect(abs(benefit.netPresentValue.mean - 86) < 1e-9)
    #expect(benefit.brokenEven.map(\.count) == [0, 0, 0, 4, 4])
    #expect(benefit.breakEvenWeek == 3)
    #expect(benefit.breakEvenWeek80 == [3, 3])
  }

  /// Extra fixed costs are 50 + 200/4 a week, a case saves 18: 100/18 cases a week; 27 came in four weeks.
  @Test("the break-even volume is the extra fixed costs over the saving of a case")
  func volume() async throws {
    let money = try await money(design(investments: [.init(line: "platform", amount: 200e6)]))
    let volume = try #require(money.benefits.first?.volume)
    #expect(volume.pays == .above)
    #expect(abs(volume.savingPerCase.mean - 18) < 1e-9 && abs(volume.fixedPerWeek - 100) < 1e-9)
    #expect(abs(try #require(volume.casesPerWeek) - 100.0 / 18) < 1e-9)
    #expect(volume.arriving == 27.0 / 4)
  }

  /// At 10 % a year what falls at the end of week w is worth 1.1^(−7w/365.25).
  @Test("later money counts less by the yearly rate")
  func discounting() async throws {
    let money = try await money(
      design(investments: [.init(line: "platform", amount: 200e6)], discount: 0.1))
    let week = pow(1.1, -7 / 365.25)
    let expected = -200 + 58 * week + 76 * (pow(week, 2) + pow(week, 3) + pow(week, 4))
    #expect(abs(try #require(money.benefits.first).netPresentValue.mean - expected) < 1e-9)
  }

  /// 280 from week 1 on, evenly over two weeks: 140 by the end of week 2, all by the end of week 3.
  @Test("what is spent later or over a time falls where it is spent")
  func spread() async throws {
    let money = try await money(
      design(investments: [.init(line: "change", amount: 280e6, start: 7 * day, length: 14 * day)]))
    let gains = try #require(money.benefits.first).cumulative.map(\.mean)
    let expected: [Double] = [0, 58, 58 + 76 - 140, 58 + 152 - 280, 58 + 228 - 280]
    for (found, expected) in zip(gains, expected) {
      #expect(abs(found - expected) < 1e-9)
    }
    // It was ahead at the start, but did not stay so.
    #expect(try #require(money.benefits.first).brokenEven.map(\.count) == [0, 0, 0, 0, 4])
  }

  @Test("a variant has paid for itself once it never falls back")
  func breakEven() {
    #expect(NetBenefit.breakEven([-1, 2, -1, 1, 3]) == 3)
    #expect(NetBenefit.breakEven([0, 0]) == 0)
    #expect(NetBenefit.breakEven([1, -1]) == nil)
  }

  @Test("a volume may lie above, below, everywhere or nowhere, and its interval may have no end")
  func volumes() {
    func volume(_ savings: [Double], _ fixed: Double) -> BreakEvenVolume {
      BreakEvenVolume(saving: Estimate(of: savings), fixedPerWeek: fixed, arriving: 1)
    }
    #expect(volume([1, 3], 10).pays == .above && volume([1, 3], 10).casesPerWeek == 5)
    #expect(volume([-1, -3], -10).pays == .below && volume([-1, -3], -10).casesPerWeek == 5)
    #expect(volume([1, 3], -10).pays == .always && volume([-1, -3], 10).pays == .never)
    // The interval of 1 and 3 reaches below nothing: 2 ± 12.7.
    #expect(volume([1, 3], 10).upper == nil)
    // That of 2 and 2.001 does not.
    let narrow = volume([2, 2.001], 10)
    #expect((narrow.lower ?? 9) < 5 && (narrow.upper ?? 0) > 4.99)
  }

  /// Dearer by the week and by the case, nothing pays back; the other way round at once.
  @Test("turning every advantage round turns the verdict round")
  func symmetry() async throws {
    var design = try design(investments: [], licence: 0)
    let gain = try #require(try await money(design).benefits.first)
    design.variants.swapAt(0, 1)
    let loss = try #require(try await money(design).benefits.first)
    #expect(gain.netPresentValue.mean == -loss.netPresentValue.mean)
    #expect(gain.volume.pays == .always && loss.volume.pays == .never)
    #expect(gain.breakEvenWeek == 0 && loss.breakEvenWeek == nil)
  }

  @Test("nothing is shown over time where the scenario says nothing of it")
  func absent() async throws {
    var design = try design(investments: [])
    design.variants[1].model.stack.costs = nil
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    #expect(study.costsOverTime == nil)
  }

  /// 50 units for four weeks over 27 cases.
  @Test("fixed costs of upkeep are charged to upkeep, licences to licences")
  func components() async throws {
    var design = try design(investments: [])
    design.variants[1].model.stack.fixedCosts.append(
      FixedCost("upkeep", kind: .upkeep, perWeek: 27e6))
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    let variant = try #require(study.variant("new"))
    func cost(_ component: String) -> Double {
      variant.costStack.first { $0.component == component }?.perCase ?? 0
    }
    #expect(abs(cost("upkeep") - 4) < 1e-9 && abs(cost("licences") - 200.0 / 27) < 1e-9)
    #expect(abs(try #require(variant.figure(.costPerCase)).mean - (18 + 4 + 200.0 / 27)) < 1e-9)
    #expect(variant.cost(of: .upkeep) == cost("upkeep"))
  }

  @Test("every component of cost is spent on one thing")
  func split() {
    let spent = CostPurpose.allCases.flatMap(\.components)
    #expect(Set(spent) == Set(CostComponent.allCases.map(\.name) + ["licences"]))
    #expect(Set(spent).count == spent.count)
  }

  /// Theory: with Poisson arrivals the gain of four weeks is 18 · N − 200 with N of mean 28.
  @Test("the net present value of random arrivals has its expectation")
  func expectation() async throws {
    var design = try design(investments: [], pattern: .poisson)
    design.replications = 400
    let money = try await money(design)
    let value = try #require(money.benefits.first).netPresentValue
    let expected = 18 * 28.0 - 200
    // 99.9 % of a normal law is 3.29 standard errors of 18 · √28 / √400.
    #expect(abs(value.mean - expected) < 3.29 * 18 * 28.0.squareRoot() / 20)
  }
}
