import DocumentReading
@testable import Experiments
@testable import Reporting
import Testing

@Suite("The report of a grid") struct SweepPageTests {
  /// Two rows of three points.
  ///
  /// In the first row the layer is dearer by 4, 2 and cheaper by 2: the costs
  /// are equal halfway between the second and third point. In the second row it is cheaper throughout.
  static func sweep(rowName: String = "low") -> SweepResult {
    let differences = [[4.0, 2, -2], [-1, -3, -5]]
    func estimate(_ mean: Double) -> Estimate { Estimate(of: [mean - 0.1, mean + 0.1]) }
    func entry(_ name: String, _ cost: Double, baseline: Double?) -> SweepCell.Entry {
      SweepCell.Entry(
        variant: name, costPerCase: estimate(cost), timeToCompletion: estimate(10),
        exhaustion: ProbabilityEstimate(count: 0, of: 20),
        costDifference: baseline.map { estimate(cost - $0) })
    }
    let cells = differences.enumerated().flatMap { row, differences in
      differences.enumerated().map { column, difference in
        SweepCell(
          coordinates: [row, column],
          variants: [
            entry("today", 50, baseline: nil), entry("layer", 50 + difference, baseline: 50),
          ], winner: difference < 0 ? "layer" : "today")
      }
    }
    return SweepResult(
      axes: [
        SweepAxisValues(name: "load", title: "Load", values: [rowName, "high"]),
        SweepAxisValues(name: "price", title: "Price", values: ["3", "2", "1"]),
      ], seed: 1, replications: 20, currency: "EUR", riskBound: 0.2, cells: cells,
      boundaries: [
        SweepBoundary(
          variant: "layer", against: "today",
          crossings: [.init(coordinates: [0], position: 1.5, cheaperBeyond: true)],
          verdict: .depends)
      ])
  }

  private func report(_ sweep: SweepResult, title: String = "Sweep") -> ReportDocument {
    ReportDocument(sweep, in: sampleFrame(title: title))
  }

  /// Advice flips on the border of cells, costs flip where they are equal; between the rows both flip
  /// wherever the rows differ.
  @Test("draws the line along which the verdict flips")
  func boundary() {
    let sweep = Self.sweep()
    let winners = sweep.winnerBoundary
    #expect(winners.across == [.init(row: 0, place: 1.5)])
    #expect(winners.along == [.init(row: 1, from: -0.5, to: 1.5)])
    let costs = sweep.boundary(sweep.boundaries[0])
    #expect(costs.across == [.init(row: 0, place: 1.5)])
    #expect(costs.along == [.init(row: 1, from: -0.5, to: 1.5)])
    #expect(sweep.baseline == "today")
  }

  @Test("joins pieces of one border, and keeps apart what lies apart")
  func pieces() {
    let boundary = GridBoundary(rows: [
      [("a", 0.5), ("b", 1.5), ("a", 2.5)], [("b", 0.75), ("b", 1.5), ("c", 2.5)],
    ])
    #expect(
      boundary.across == [
        .init(row: 0, place: 0.5), .init(row: 0, place: 1.5), .init(row: 1, place: 1.5),
      ])
    #expect(
      boundary.along == [.init(row: 1, from: -0.5, to: 0.5), .init(row: 1, from: 1.5, to: 2.5)])
  }

  @Test("has every point and variant in its table, and a map for each pair that depends")
  func content() throws {
    let sweep = Self.sweep()
    let figure = try #require(ChartFigure.sweep(sweep, palette: VariantPalette(sweep)))
    #expect(figure.table.rows.count == 2 * 3 * 2)
    #expect(figure.panels.count == 2)
    #expect(figure.title == "Advised: today at 2 and layer at 4 of 6 points")
    let page = try renderHTML(report(sweep), charts: nil)
    #expect(page.contains("layer against today: depends on price"))
    #expect(page.contains("<table"))
    let again = try renderHTML(report(sweep), charts: nil)
    #expect(again == page)
  }

  @Test("escapes what comes from the scenario, and is well-formed")
  func hostile() throws {
    let sweep = Self.sweep(rowName: "<script>alert(1)</script>")
    let page = try renderHTML(
      report(sweep, title: "<b>&"), charts: ChartBundle(script: "var vegaEmbed = 1"))
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<b>&"))
    let xml = page.replacing("<!DOCTYPE html>\n", with: "")
    #expect(try parseXML(Array(xml.utf8), path: "sweep.html").name == "html")
  }

  /// Of the six points the layer is cheapest at the last of the second row; all else is the same there, so
  /// that nothing else is unbeaten.
  @Test("has the Pareto front as chart and table")
  func front() throws {
    var sweep = Self.sweep()
    let best = try #require(sweep.cells.last?.variants.last)
    sweep.front = [
      ParetoEntry(
        coordinates: [1, 2], variant: "layer", costPerCase: best.costPerCase,
        timeToCompletion: best.timeToCompletion, exhaustion: best.exhaustion)
    ]
    let document = report(sweep)
    let trades = try #require(document.figures.first { $0.id == "trades" })
    #expect(trades.panels.count == 2)
    #expect(trades.table.rows.count { $0.last == .number(1) } == 1)
    let front = try #require(document.tables.first { $0.id == "front" })
    #expect(front.flat.rows.count == 1)
    #expect(front.rows[0].cells.prefix(2) == [.text("high"), .text("1")])
    #expect(reportMarkdown(document).contains("| high | 1 | layer |"))
  }
}
