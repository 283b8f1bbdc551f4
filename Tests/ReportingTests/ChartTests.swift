import Foundation
@testable import Experiments
@testable import Reporting
import Testing

@Suite struct ChartTests {
  let reading = StudyReading(SampleStudy().study())
  var palette: VariantPalette { VariantPalette(reading.study) }

  @Test("the baseline is grey, the other variants keep their colours in order")
  func colours() {
    #expect(palette.colours.first == ChartTheme.baselineColour)
    #expect(Array(palette.colours.dropFirst()) == Array(ChartTheme.variantColours.prefix(4)))
    #expect(palette.colour(of: "agents+layer") == "#009E73")
  }

  @Test(
    "lines keep 3 to 1 on white and on the dark page",
    arguments: ChartTheme.variantColours + [ChartTheme.baselineColour])
  func contrast(colour: String) throws {
    let own = try #require(luminance(colour))
    let paper = try #require(luminance("#ffffff"))
    let night = try #require(luminance("#15181b"))
    #expect((paper + 0.05) / (own + 0.05) >= 3)
    #expect((own + 0.05) / (night + 0.05) >= 3)
  }

  @Test("variants of one title are told apart by their names")
  func titles() {
    var sample = SampleStudy()
    sample.variants[1].title = sample.variants[0].title
    #expect(
      VariantPalette(sample.study()).titles.prefix(2)
        == ["People and bots as today (as-is)", "People and bots as today (agents)"])
  }

  @Test("labels at the ends of lines do not overlap and stay near their ends")
  func labels() {
    let places = spreadLabels([0, 0, 0.01, 0.83, 1], distance: 0.05, within: 0...1)
    #expect(places[3] == 0.83)
    let sorted = places.sorted()
    for (low, high) in zip(sorted, sorted.dropFirst()) { #expect(high - low >= 0.05 - 1e-12) }
    #expect(sorted.first == 0)
    #expect(sorted.last == 1)
  }

  @Test("the exhaustion chart draws what the study says")
  func exhaustionData() throws {
    let figure = ChartFigure.exhaustion(reading, palette: palette)
    #expect(figure.table.rows.count == 5 * 66)
    let last = try #require(
      figure.table.rows.first { $0[0] == .text("agents") && $0[2] == .number(65) })
    #expect(last[3] == .number(0.83))
    #expect(last[6] == .number(166))
    #expect(figure.title.contains("83 %"))
    let text = try inlineJSON(figure.panels[0].specification)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["$schema"] as? String == "https://vega.github.io/schema/vega-lite/v6.json")
    let data = try #require(object["data"] as? [String: Any])
    #expect((data["values"] as? [Any])?.count == 5 * 66)
  }

  @Test("the fluid date is the first of the days the rule asks for")
  func fluidDate() throws {
    let agents = try #require(reading.study.variant("agents"))
    // The sample's fluid backlog of underwriting is 1.9 h for each day after day 13, its hours ahead 80:
    // 1.9 · (d - 12) > 80 from d = 55 on.
    let date = try #require(reading.fluidDate(agents))
    #expect(date.day == 55)
    #expect(date.team == "underwriting")
    let before = try #require(reading.study.variant("as-is"))
    #expect(reading.fluidDate(before) == nil)
  }

  @Test("CSV quotes what needs it, and gives a spreadsheet no formula")
  func csv() {
    let table = ChartTable(
      columns: [.init(field: "title", title: "T"), .init(field: "x", title: "X")],
      rows: [
        [.text("a, \"b\""), .number(0.1 + 0.2)], [.text("=1+1"), .missing],
        [.text("x"), .number(.infinity)], [.text("é"), .number(1234)],
      ])
    #expect(
      table.table(id: "t", title: "T", caption: nil).flat.csv
        == "title,x\r\n\"a, \"\"b\"\"\",0.3\r\n'=1+1,\r\nx,\r\né,1234\r\n")
  }

  @Test("numbers of a chart keep six digits")
  func digits() {
    #expect(sixDigits(0.123456789) == 0.123457)
    #expect(sixDigits(-98_765.4321) == -98_765.4)
    #expect(sixDigits(1_234_567.8) == 1_234_568)
    #expect(sixDigits(0) == 0)
    #expect(sixDigits(1e-30) < 1e-6)
  }

  @Test("a figure in which nothing differs is named instead of drawn")
  func noDifference() throws {
    var study = reading.study
    study.differences = study.differences.map { difference in
      var same = difference
      if same.figure == .unfinished {
        (same.estimate.mean, same.estimate.lower, same.estimate.upper) = (0, 0, 0)
      }
      return same
    }
    let figure = try #require(
      ChartFigure.differences(StudyReading(study), palette: VariantPalette(study)))
    #expect(figure.panels.count == Figure.allCases.count - 1)
    #expect(figure.subtitle.contains("No difference in any rehearsal: cases unfinished"))
  }

  private func luminance(_ colour: String) -> Double? {
    guard let value = Int(colour.dropFirst(), radix: 16) else { return nil }
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double((value >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
