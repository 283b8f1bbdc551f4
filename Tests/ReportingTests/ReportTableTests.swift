@testable import Experiments
@testable import Reporting
import Testing

@Suite("Tables of a report") struct ReportTableTests {
  @Test(
    "the numbers of a figure are those of its text",
    arguments: [
      (0, 30, [0, 0, 12]), (30, 30, [100, 88, 100]), (166, 200, [83, 77, 88]),
    ] as [(Int, Int, [Double])])
  func probabilities(count: Int, n: Int, expected: [Double]) throws {
    // Wilson intervals by hand: 0 of 30 has the upper end 3.84 / 33.84 = 11.4 %.
    let numbers = try #require(FigureText(ProbabilityEstimate(count: count, of: n)).numbers)
    #expect([numbers.value, numbers.lower, numbers.upper] == expected)
    #expect(numbers.unit == "%")
  }

  @Test("an estimate is rounded to what its interval supports, in every format alike")
  func estimates() throws {
    var estimate = Estimate(of: [71.8, 71.8])
    (estimate.lower, estimate.upper, estimate.n) = (71.43, 72.17, 200)
    let figure = FigureText(estimate, unit: "EUR")
    #expect(figure.text == "71.80 EUR (71.4–72.2)")
    let numbers = try #require(figure.numbers)
    #expect(
      [numbers.value, numbers.lower, numbers.upper] == [71.8, 71.4, 72.2]
        && numbers.decimals == 2 && numbers.endDecimals == 1)
    let table = ReportTable(
      "t", title: "T",
      columns: [
        .text("v", "V", "Variant."), .interval("cost", "Cost", unit: "EUR", "Cost."),
        .interval("wait", "Wait", unit: nil, "Wait."),
      ],
      rows: [
        .init([.text("a"), .figure(figure), .figure(FigureText(estimate, unit: "min"))]),
        .init([.text("b"), .missing, .missing]),
      ])
    #expect(
      table.flat.columns
        == [
          "v", "cost", "cost_lower", "cost_upper", "wait", "wait_lower", "wait_upper", "wait_unit",
        ])
    #expect(table.flat.csv.hasPrefix("v,cost,"))
    #expect(table.flat.csv.contains("a,71.8,71.4,72.2,71.8,71.4,72.2,min"))
    #expect(table.flat.csv.hasSuffix("b,,,,,,,\r\n"))
    #expect(table.definitions.map(\.unit).prefix(4) == ["", "EUR", "EUR", "EUR"])
  }

  @Test(
    "every table has columns of its own names with a meaning, rows as wide as they are, and no other's name"
  )
  func shape() {
    let tables = ReportDocument(SampleStudy().report()).tables
    #expect(Set(tables.map(\.id)).count == tables.count)
    for id in ["comparison", "assumptions", "cost-split", "bottlenecks", "cohorts", "columns"] {
      #expect(tables.contains { $0.id == id }, "\(id) is missing")
    }
    for table in tables {
      let flat = table.flat
      #expect(Set(flat.columns).count == flat.columns.count, "\(table.id)")
      #expect(flat.rows.allSatisfy { $0.count == flat.columns.count }, "\(table.id)")
      #expect(table.definitions.allSatisfy { !$0.meaning.isEmpty }, "\(table.id)")
    }
  }

  @Test("a long horizon is drawn by weeks, so that the page does not grow with it")
  func longHorizon() throws {
    var sample = SampleStudy()
    sample.days = 520
    let figure = ChartFigure.exhaustion(
      StudyReading(sample.study()), palette: VariantPalette(sample.study()))
    // Day 0, the ends of 104 weeks, for each of five variants.
    #expect(figure.table.rows.count == 5 * 105)
    #expect(figure.table.rows.contains { $0[2] == .number(520) })
  }

  @Test("numbers and dates follow a locale")
  func locale() throws {
    let style = try #require(NumberStyle(locale: "de_DE"))
    NumberStyle.$current.withValue(style) {
      #expect(numberText(-1234.5, decimals: 2) == "−1.234,50")
      #expect(roundedNumber(-1234.567, decimals: 2) == -1234.57)
      #expect(dateText("2026-01-05") == "05.01.2026")
    }
    #expect(numberText(1234.5, decimals: 2) == "1,234.50")
    #expect(NumberStyle(locale: "nowhere") == nil)
  }

  @Test("Markdown shows names as they are and gives no name a meaning")
  func markdown() {
    var sample = SampleStudy()
    sample.variants[1].title = "a|b <i> `c` *d*"
    let text = reportMarkdown(ReportDocument(sample.report()))
    #expect(text.contains("a\\|b &lt;i&gt; \\`c\\` \\*d\\*"))
    #expect(text.contains("To run this again: `rehearse compare"))
  }
}
