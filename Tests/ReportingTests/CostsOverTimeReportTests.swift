import DocumentReading
@testable import Experiments
import Foundation
@testable import Reporting
import Testing

@Suite("Costs over time and axes in reports") struct CostsOverTimeReportTests {
  /// A report in which the second variant has paid for itself by week 2 of 3 in 150 of 200 rehearsals.
  private func report() -> StudyReport {
    let sample = SampleStudy()
    var report = sample.report()
    func estimate(_ mean: Double) -> Estimate { sample.estimate(mean, 100) }
    report.study.costsOverTime = CostsOverTime(
      discountRate: 0.08, weeks: [0, 1, 2, 3],
      plans: [
        ImplementationPlan(
          variant: "agents", lines: [.init(name: "platform", amount: 5_000)], withinHorizon: 5_000,
          observabilityShare: 0)
      ],
      benefits: [
        NetBenefit(
          variant: "agents", cumulative: [-5_000, -2_000, 1_000, 4_000].map(estimate),
          netPresentValue: estimate(4_000),
          brokenEven: [0, 0, 120, 150].map { ProbabilityEstimate(count: $0, of: 200) },
          breakEvenWeek: 2, breakEvenWeek80: [2, 3],
          volume: BreakEvenVolume(
            saving: sample.estimate(20, 1), fixedPerWeek: 1_000, arriving: 500))
      ])
    return report
  }

  @Test("the chart draws what was gained, and its title says when it pays")
  func chart() throws {
    let report = report()
    let reading = StudyReading(report.study)
    let figure = try #require(
      ChartFigure.netBenefit(reading, palette: VariantPalette(report.study)))
    #expect(figure.table.rows.count == 4)
    #expect(figure.table.rows[2][2] == .number(1_000))
    #expect(figure.title.contains("+4,000 EUR"))
    #expect(figure.title.contains("by week 2 (2–3) in 75 % of rehearsals"))
    #expect(figure.subtitle.contains("discounted at 8 % a year"))
  }

  @Test("the page, the terminal and the document show it, and the page stays well-formed")
  func everywhere() throws {
    let report = report()
    let page = try renderHTML(report, charts: nil)
    let xml = page.replacing("<!DOCTYPE html>\n", with: "")
    #expect(try parseXML(Array(xml.utf8), path: "report.html").name == "html")
    // 1,000 a week over 20 a case.
    #expect(page.contains("over 50 a week"))
    #expect(page.contains("id=\"net-benefit\"") && page.contains("id=\"five-axes\""))
    #expect(headlineText(report.study).contains("by week 2 (2–3) in 75 % of rehearsals"))
    #expect(try jsonText(StudyDocument(report)).contains("\"netPresentValue\""))
    var silent = report
    silent.study.costsOverTime = nil
    #expect(!(try renderHTML(silent, charts: nil)).contains("id=\"net-benefit\""))
    #expect(!(try jsonText(StudyDocument(silent))).contains("costsOverTime"))
  }

  /// Costs of the sample: 93.4, 71.8, 94.9, 63.2 and 58.7, with half-widths of 0.31.
  @Test("an axis scores the best with 100, and says who may be the best")
  func axes() throws {
    let study = SampleStudy().study()
    #expect(study.axes.map(\.axis) == ComparisonAxis.allCases)
    let cost = try #require(study.axes.first)
    let agents = try #require(cost.entries.first { $0.variant == "agents" })
    #expect(abs(agents.score - 100 * 58.7 / 71.8) < 1e-9 && !agents.mayBeBest)
    #expect(abs(agents.scoreUpper - 100 * 58.7 / 71.49) < 1e-9)
    let best = try #require(cost.entries.last)
    #expect(best.score == 100 && best.mayBeBest)
    let quality = try #require(study.axes.first { $0.axis == .quality })
    #expect(abs(try #require(quality.entries.last).score - 100 * 0.962 / 0.988) < 1e-9)
  }

  @Test("any variant wins on an axis whose figures are turned round")
  func symmetry() throws {
    var sample = SampleStudy()
    let costs = sample.variants.map(\.cost)
    for (index, cost) in costs.reversed().enumerated() { sample.variants[index].cost = cost }
    let cost = try #require(sample.study().axes.first)
    #expect(cost.entries.first { $0.score == 100 }?.variant == "as-is")
  }
}
