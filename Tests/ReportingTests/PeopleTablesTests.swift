@testable import Experiments
import Foundation
@testable import Reporting
import Testing

@Suite("Tables of what the work does to people, and of what each objective wants")
struct PeopleTablesTests {
  private func table(_ id: String, _ report: StudyReport) throws -> ReportTable {
    try #require(ReportDocument(report).tables.first { $0.id == id }, "\(id) is missing")
  }

  private func text(_ table: ReportTable, _ row: Int, _ column: String) throws -> String {
    let position = try #require(table.columns.firstIndex { $0.id == column })
    return table.text(table.rows[row].cells[position], in: table.columns[position])
  }

  /// 500 cases a week, of guardrail creditworthiness 50 tickets per hundred of 14.2 min: 59.17 h a week, of which
  /// 92 % were approved as they were.
  @Test("review time is split by what was approved as it was")
  func reviewTime() throws {
    let review = try table("review-time", SampleStudy().report())
    // Three variants with agents, each with two guardrails and both together.
    #expect(review.rows.count == 9)
    #expect(try text(review, 0, "guardrail") == "creditworthiness")
    #expect(try text(review, 0, "useful") == "4.7")
    #expect(try text(review, 0, "wasteful") == "54.4")
    #expect(try text(review, 0, "stamped_part") == "92.0 %")
    // 50 and 160 tickets: 4.2 times as much in all.
    #expect(try text(review, 2, "guardrail") == "all guardrails")
    #expect(try text(review, 2, "wasteful") == "228.6")
    // 0.5 · 14.2 / 60 · 55 · 0.92.
    #expect(try text(review, 0, "wasteful_cost") == "5.99")
  }

  @Test("each objective chooses the best mean of its own, and says what suffers")
  func objectives() throws {
    let sample = SampleStudy()
    let objectives = try table("objectives", sample.report())
    #expect(objectives.rows.count == 5)
    #expect(try text(objectives, 0, "choice") == "Agents, layer and remedies")
    #expect(try text(objectives, 0, "advised") == "yes")
    // Of the variant advised only quality is not the best: 96.2 of 98.8 %.
    #expect(try text(objectives, 0, "victim") == "Quality")
    #expect(try text(objectives, 0, "behind") == "3 %")
    // Quality is best without agents, where a case costs 93.4 instead of 58.7 EUR and takes 44 instead of 26 h.
    #expect(try text(objectives, 2, "choice") == "People and bots as today")
    #expect(try text(objectives, 2, "victim") == "Time")
    #expect(try text(objectives, 2, "behind") == "41 %")
    #expect(try text(objectives, 2, "advised") == "no")
  }

  @Test("the front leaves out what another variant beats in everything, and nothing else")
  func front() throws {
    let front = try table("front", SampleStudy().report())
    #expect(
      try (0..<5).map { try text(front, $0, "left") } == ["yes", "no", "yes", "no", "yes"])
    #expect(
      try text(front, 1, "beaten_by") == "Agents with the layer and Agents, layer and remedies")
    var alone = SampleStudy()
    alone.variants = [alone.variants[0]]
    let tables = ReportDocument(alone.report()).tables.map(\.id)
    #expect(!tables.contains("front") && !tables.contains("objectives"))
  }

  @Test(
    "interruptions, overtime and full days are shown where the study has them, worst team first")
  func strain() throws {
    let sample = SampleStudy()
    var report = sample.report()
    #expect(!ReportDocument(report).tables.contains { $0.id == "strain" })
    for (team, share) in [(0, 0.25), (1, 0.75)] {
      report.study.variants[0].teams[team].strain = TeamStrain(
        interruptionsPerHour: team == 0 ? nil : sample.estimate(1.5, 0.1),
        overtimeHours: sample.estimate(12, 1), fullDayShare: sample.estimate(share, 0.01))
    }
    let strain = try table("strain", report)
    #expect(try (0..<2).map { try text(strain, $0, "team") } == ["legal", "underwriting"])
    #expect(try text(strain, 0, "interruptions") == "1.5 (1.4–1.6)")
    #expect(try text(strain, 1, "interruptions") == "–")
    #expect(try text(strain, 0, "overtime") == "12 h (11–13)")
    #expect(try text(strain, 0, "full_days") == "75 % (74–76 %)")
  }

  /// 400 runs of a robot in 100 cases, of which 20 end with people.
  @Test("steps are listed with how often, how long and how surely they are done")
  func steps() throws {
    let sample = SampleStudy()
    var report = sample.report()
    func work(_ kind: WorkResult.Kind, _ perCase: Double, id: String = "check") -> WorkResult {
      WorkResult(
        id: id, name: kind == .ticket ? nil : "Check the file", kind: kind,
        performer: kind == .run ? "kyc_bot" : "legal", perCase: sample.estimate(perCase, 0.01),
        count: 1, waitingMinutes: sample.estimate(30, 2),
        processingMinutes: sample.estimate(4, 0.5),
        workMinutes: nil, costEach: nil, costPerCase: sample.estimate(0, 0))
    }
    report.study.variants[1].work = [
      work(.run, 4), work(.exception, 0.2), work(.ticket, 0.5, id: "creditworthiness"),
    ]
    let steps = try table("steps", report)
    #expect(steps.rows.count == 3)
    #expect(try text(steps, 0, "per_hundred") == "400 (399–401)")
    #expect(try text(steps, 0, "to_people") == "5.0 %")
    #expect(try text(steps, 0, "waiting") == "30 min (28–32)")
    #expect(try text(steps, 1, "way") == "legal, what automations left")
    #expect(try text(steps, 1, "to_people") == "–")
    #expect(try text(steps, 2, "step") == "creditworthiness")
    #expect(try text(steps, 2, "escalated") == "50.0 %")
    #expect(try jsonText(StudyDocument(report)).contains("\"work\""))
  }

  @Test("signals of a programme are computed where there is a rollout")
  func signals() throws {
    let sample = SampleStudy()
    var report = sample.report()
    #expect(!ReportDocument(report).tables.contains { $0.id == "signals" })
    func step(_ name: String, _ count: Int, _ day: Double?) -> RolloutResult.Step {
      .init(
        name: name, reached: ProbabilityEstimate(count: count, of: 200), medianDay: day, day80: nil)
    }
    let parts = RolloutParts(
      steps: [
        step("pilot", 200, 0), step("half", 200, 60), step("all", 190, 90), step("done", 190, 120),
        step("cancelled", 10, 30),
      ], rollbacks: sample.estimate(0.1, 0.05))
    var rollout = try JSONDecoder().decode(
      RolloutResult.self, from: try JSONEncoder().encode(parts))
    report.study.variants[4].rollout = rollout
    var signals = try table("signals", report)
    #expect(try text(signals, 0, "first_launch") == "60" && text(signals, 0, "last_launch") == "30")
    // It works 93 % of its hours in the first week and the last, legal 89.5 %.
    #expect(try text(signals, 0, "team") == "underwriting")
    #expect(try text(signals, 0, "says") == "▲ launches, plan and people")
    rollout.steps[2].medianDay = 150
    rollout.steps[3] = step("done", 40, 180)
    report.study.variants[4].rollout = rollout
    signals = try table("signals", report)
    #expect(
      try text(signals, 0, "says") == "▲ people; ▼ launches slow down and plan in doubt")
  }

  @Test("what is not known is shown as ignorance, with the parameter that moves the decision most")
  func ignorance() throws {
    var report = SampleStudy().report()
    #expect(!(try renderHTML(report, charts: nil)).contains("id=\"decision\""))
    var result = SweepReportTests.uncertainty
    result.decision = .init(
      variant: "agents",
      inputs: [
        .init(
          input: "fires", low: ProbabilityEstimate(count: 20, of: 20),
          high: ProbabilityEstimate(count: 8, of: 20)),
        .init(
          input: "people", low: ProbabilityEstimate(count: 14, of: 20),
          high: ProbabilityEstimate(count: 14, of: 20)),
      ])
    report.ignorance = result
    let document = ReportDocument(report)
    let figure = try #require(document.figures.first { $0.id == "decision" })
    #expect(figure.title.hasPrefix("Not knowing"))
    #expect(figure.title.contains("with 100 % of the sets where it is low, 40 % where it is high"))
    #expect(figure.subtitle.hasPrefix("Ignorance, not noise"))
    #expect(figure.table.rows.count == 4 && figure.table.rows[1][2] == .number(40))
    #expect(try jsonText(StudyDocument(report)).contains("\"ignorance\""))
    // Where the intervals of both halves overlap nothing is claimed.
    result.decision?.inputs[0].low = ProbabilityEstimate(count: 10, of: 20)
    report.ignorance = result
    let unsure = try #require(ReportDocument(report).figures.first { $0.id == "decision" })
    #expect(unsure.title.hasPrefix("No parameter"))
  }
}

/// What a rollout's result is encoded as.
private struct RolloutParts: Encodable {
  var steps: [RolloutResult.Step]
  var rollbacks: Estimate
}
