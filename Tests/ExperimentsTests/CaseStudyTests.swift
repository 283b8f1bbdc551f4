import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// The case studies of `scenarios/case-studies`, in shortened form: fewer replications than their files
/// ask for.
///
/// What must come out is worked out at the top of each file and here; no expectation was taken from a run.
@Suite("Case studies", .serialized) struct CaseStudyTests {
  /// Pieces of work of one kind on an activity per case, in each replication.
  private func perCase(
    _ way: WorkRecordRows.Way, _ activity: String, _ model: SimulationModel,
    _ records: [ReplicationRecord], _ value: (WorkRecord) -> Double = { Double($0.count) }
  ) throws -> [Double] {
    let index = try #require(model.flow.activity(ofElement: activity))
    let rows = WorkRecordRows(
      activities: model.flow.activities.count, guardrails: model.stack.guardrails.count,
      errands: model.stack.errands.count)
    return records.map { value($0.work[rows.row(activity: index, way)]) / Double($0.arrived) }
  }

  // MARK: Cascade

  /// Twenty calls in a row; brief rows 75, 87 and 101.
  ///
  /// A call succeeds with c = 1 − (1 − p)^n in at most n tries, which it takes (1 − (1 − p)^n)/p of in the
  /// mean; a request goes through with c^20 and makes (1 − c^20)/(1 − c) calls. A try costs 0.01 EUR, a
  /// request by hand a quarter of an hour at 44 EUR.
  @Test(
    "a request of twenty calls goes through as often as its calls say, and costs what they say",
    arguments: [
      ("reliable", 0.95, 1), ("reliable-retries", 0.95, 3), ("weak", 0.7, 1),
      ("weak-retries", 0.7, 3),
    ])
  func cascade(variant: String, reliability: Double, tries: Int) async throws {
    let (model, records) = try await projectDesign("case-studies/cascade")
      .run(variant, replications: 20)
    var failed = 1.0
    for _ in 0..<tries { failed *= 1 - reliability }
    let call = 1 - failed
    var request = 1.0
    for _ in 0..<20 { request *= call }
    let runs = (1 - request) / failed * (call / reliability)
    let byHand = interval999(try perCase(.task, "by_hand", model, records))
    #expect(byHand.lower <= 1 - request && 1 - request <= byHand.upper, "\(byHand)")
    let tried = interval999(try perCase(.run, "call", model, records))
    #expect(tried.lower <= runs && runs <= tried.upper, "\(tried)")
    let cost = runs * 0.01 + (1 - request) * 11
    let paid = interval999(records.compactMap { Figure.costPerCase.value(in: $0, of: model) })
    #expect(paid.lower <= cost && cost <= paid.upper, "\(paid)")
  }

  // MARK: Incident management

  /// Time to acknowledge in minutes, by people and by the agent.
  private func acknowledgement(
    _ model: SimulationModel, _ records: [ReplicationRecord]
  ) throws -> [Double] {
    let ways = try WorkRecordRows.Way.allCases.map { way in
      try perCase(way, "acknowledge", model, records) {
        Double($0.waitingTime + $0.serviceTime) / 60e6
      }
    }
    return records.indices.map { index in ways.reduce(0) { $0 + $1[index] } }
  }

  /// Brief row 74: 15 min as-is, under 5 with the crew.
  @Test("incidents are acknowledged within 15 minutes as-is and within 5 by the crew")
  func acknowledge() async throws {
    let design = try projectDesign("case-studies/incident")
    let asIs = try await design.run("as-is", replications: 20)
    let before = interval999(try acknowledgement(asIs.model, asIs.records))
    #expect(before.lower <= 15 && 15 <= before.upper, "\(before)")
    let crew = try await design.run("crew", replications: 20)
    let after = interval999(try acknowledgement(crew.model, crew.records))
    #expect(after.upper < 5, "\(after)")
  }

  /// Brief row 74: 30 % fewer.
  ///
  /// Of 100 incidents people mend the 55 without a runbook, and of the other
  /// 45 the 18 % whose runbook fails: 63.1.
  @Test("people mend 37 % fewer incidents with the crew")
  func mendedByPeople() async throws {
    let (model, records) = try await projectDesign("case-studies/incident")
      .run("crew", replications: 20)
    let diagnosed = try perCase(.task, "diagnose", model, records)
    let failed = try perCase(.exception, "runbook", model, records)
    let mended = interval999(zip(diagnosed, failed).map { $0 + $1 })
    #expect(mended.lower <= 0.631 && 0.631 <= mended.upper, "\(mended)")
    #expect(mended.upper < 0.7)
  }

  // MARK: Both arms alike

  /// Cost of a case of each variant, replication by replication, variant minus baseline.
  private func extraCost(
    _ design: StudyDesign, _ variant: String, over baseline: String
  ) async throws -> (lower: Double, upper: Double) {
    let tried = try await design.run(variant, replications: 12)
    let base = try await design.run(baseline, replications: 12)
    let pairs = Figure.costPerCase.pairs(
      tried.records, of: tried.model, with: base.records, of: base.model)
    let interval = interval999(pairs.map { $0.0 - $0.1 })
    return (interval.lower, interval.upper)
  }

  @Test(
    "the agents win as the file has it, and lose where their runs are dear and fail",
    arguments: [
      ("incident", "crew"), ("supply-chain", "event-driven"),
      ("loan-days-to-hours", "exceptions"), ("refund", "orchestrated"),
      ("customer-service", "orchestrated"), ("customer-service-checked", "checked"),
      ("sprawl", "layer-8"),
    ])
  func verdictFlips(file: String, variant: String) async throws {
    var design = try projectDesign("case-studies/\(file)")
    #expect(try await extraCost(design, variant, over: "as-is").upper < 0)
    for index in design.variants.indices {
      for automation in design.variants[index].model.stack.automations.indices {
        design.variants[index].model.stack.automations[automation].failureProbability = 0.9
        design.variants[index].model.stack.automations[automation].costPerRun = 20_000_000
      }
    }
    #expect(try await extraCost(design, variant, over: "as-is").lower > 0)
  }
}
