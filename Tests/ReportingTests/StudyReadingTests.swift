@testable import Experiments
@testable import Reporting
import Testing

@Suite struct StudyReadingTests {
  @Test("the answer names team, week, risk and the variant that avoids it")
  func answer() {
    #expect(
      StudyReading(SampleStudy().study()).answer
        == "With “Agents, no orchestration”, underwriting is overwhelmed by week 9 (7–12) in 83 % "
        + "(77–88 %) of rehearsals; with “Agents, layer and remedies”, in under 2 % (0 of 200).")
  }

  @Test("the advice names the variant, its cost and when it flips")
  func advice() {
    #expect(
      StudyReading(SampleStudy().study()).advice
        == "Choose “Agents, layer and remedies”: the cheapest of 4 variants whose risk stays under "
        + "20 %, at 58.70 EUR (58.4–59.0) a case; that flips once the work of legal grows by more "
        + "than 12 %, where its hours are used up.")
  }

  @Test("where nothing is ever exhausted, the answer still is no 0 %")
  func noRisk() {
    var sample = SampleStudy()
    for index in sample.variants.indices { sample.variants[index].exhausted = 0 }
    let answer = StudyReading(sample.study()).answer
    #expect(answer.contains("under 2 %"))
    #expect(!answer.contains("0 % "))
  }

  @Test("where no variant is safe, none is advised, and the least risky is named")
  func noneIsSafe() {
    var study = SampleStudy().study()
    study.recommendation.variant = nil
    study.recommendation.admissible = []
    let reading = StudyReading(study)
    #expect(reading.advice.hasPrefix("No variant keeps the risk under 20 %"))
    #expect(reading.advice.contains("least risky"))
    #expect(reading.best?.name == "as-is")
  }

  @Test("of several variants that are equally little at risk none is singled out")
  func leastRisky() {
    func advice(_ exhausted: [Int]) -> String {
      var sample = SampleStudy()
      for (index, count) in exhausted.enumerated() { sample.variants[index].exhausted = count }
      var study = sample.study()
      study.recommendation.variant = nil
      study.recommendation.admissible = []
      return StudyReading(study).advice
    }
    #expect(
      advice([50, 60, 70, 40, 80]).hasSuffix(" The least risky is “Agents with the layer”."))
    #expect(
      advice([50, 60, 50, 60, 60])
        .hasSuffix(
          " The least risky are “People and bots as today” and “As today, with the layer”."))
    #expect(
      advice([50, 50, 50, 50, 60]).hasSuffix(
        " The least risky are “People and bots as today”, “Agents, no orchestration” and 2 others.")
    )
    #expect(!advice([60, 60, 60, 60, 60]).contains("least risky"))
  }

  @Test("a variant on its own is not compared with others")
  func singleVariant() {
    var study = SampleStudy().study()
    study.variants = study.variants.filter { $0.name == "as-is" }
    study.recommendation.variant = "as-is"
    study.recommendation.admissible = ["as-is"]
    study.recommendation.tiedWith = []
    let reading = StudyReading(study)
    #expect(reading.advice.contains(" keeps the risk under 20 %"))
    #expect(!reading.advice.contains("variants"))
    #expect(!reading.answer.contains("of each"))
  }

  @Test("staying as one is can be the advice, and ties are said")
  func baselineWins() {
    var study = SampleStudy().study()
    study.recommendation.variant = "as-is"
    study.recommendation.tiedWith = ["layer-only"]
    let advice = StudyReading(study).advice
    #expect(advice.hasPrefix("Stay with “People and bots as today”"))
    #expect(advice.contains("cannot be told from that of “As today, with the layer”"))
  }

  @Test("a team that is saturated already is said to be")
  func saturated() {
    var study = SampleStudy().study()
    study.recommendation.growthToSaturation = 0.97
    #expect(StudyReading(study).advice.contains("already has more work than hours"))
    study.recommendation.growthToSaturation = nil
    #expect(StudyReading(study).advice.contains("no watched team has work"))
  }

  @Test("where several teams drown, the sentence does not blame one")
  func severalTeams() throws {
    var study = SampleStudy().study()
    let index = try #require(study.variants.firstIndex { $0.name == "agents" })
    let position = try #require(
      study.variants[index].exhaustionByDefinition.firstIndex { $0.team == "underwriting" })
    study.variants[index].exhaustionByDefinition[position].byHorizon = ProbabilityEstimate(
      count: 120, of: 200)
    #expect(
      StudyReading(study).answer.contains("a watched team, mostly underwriting, is overwhelmed"))
  }

  @Test("weeks are counted from day 1", arguments: [(1.0, 1), (5, 1), (6, 2), (44, 9), (65, 13)])
  func weeks(day: Double, week: Int) {
    #expect(StudyReading(SampleStudy().study()).week(ofDay: day) == week)
  }

  @Test("a study of one variant speaks of it alone")
  func oneVariant() {
    var sample = SampleStudy()
    sample.variants = [SampleStudy.variants[1]]
    var study = sample.study()
    study.recommendation.variant = nil
    let reading = StudyReading(study)
    #expect(reading.answer.hasPrefix("With “Agents, no orchestration”"))
    #expect(!reading.answer.contains(";"))
    #expect(reading.leading.count == 1)
  }

  @Test("the difference of two probabilities has Newcombe's interval")
  func newcombe() throws {
    // Newcombe 1998, table II, case (a): 56/70 − 48/80 = 0.2 (0.0524 to 0.3339), by method 10.
    let text = try #require(
      differenceText(
        ProbabilityEstimate(count: 56, of: 70), ProbabilityEstimate(count: 48, of: 80)))
    #expect(text.text == "+20 points (+5 to +33)")
  }
}
