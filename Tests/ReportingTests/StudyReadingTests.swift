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
    // Where work cannot grow beyond the hours, the next cheapest variant says when it flips.
    study.recommendation.growthToSaturation = nil
    #expect(
      StudyReading(study).advice.contains("flips to “Agents with the layer” once a case costs"))
    study.recommendation.growthToSaturation = 4
    #expect(
      StudyReading(study).advice.contains("flips to “Agents with the layer” once a case costs"))
    study.recommendation.growthToSaturation = nil
    study.recommendation.admissible = [study.recommendation.variant].compactMap(\.self)
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

@Suite("Hiring, and when the advice flips") struct FlipTests {
  /// In the sample underwriting has 2 people, legal 8; the advice is the cheapest, at 58.7.
  @Test("nobody is hired where the work fits the hours")
  func nobody() throws {
    var study = SampleStudy().study()
    fit(&study, variant: "agents+layer+remedies", team: "underwriting", first: 0.8, last: 0.9)
    fit(&study, variant: "agents+layer+remedies", team: "legal", first: 0.8, last: 0.9)
    let flips = StudyReading(study).flips
    #expect(flips.first?.contains("needs nobody hired") == true)
    #expect(flips.contains { $0.contains("once the work of legal grows by more than 12 %") })
    // The next cheapest admissible costs 63.2.
    #expect(
      flips.contains { $0.contains("“Agents with the layer” once") && $0.contains("4.50 EUR more") }
    )
  }

  /// 8 people whose work is 1.2 of their hours at the end: 8 · 1.2 / 0.9 = 10.67, hence 11 people.
  @Test("so many are hired that the team is under nine tenths of its hours")
  func hires() throws {
    var study = SampleStudy().study()
    fit(&study, variant: "agents+layer+remedies", team: "underwriting", first: 0.8, last: 0.9)
    fit(
      &study, variant: "agents+layer+remedies", team: "legal", first: 0.8, last: 1.2, day: 31)
    let variant = try #require(study.variant("agents+layer+remedies"))
    let needs = study.staffingNeeds(of: variant)
    #expect(needs.count == 1 && needs[0].more == 3 && needs[0].day == 31)
    // Day 31 of five a week lies in week 7.
    #expect(StudyReading(study).flips[0].contains("hire 3 more for legal (now 8) by week 7"))
  }

  @Test("a cheaper variant that is not safe says what would make it so")
  func unsafe() throws {
    var study = SampleStudy().study()
    study.recommendation.variant = "as-is"
    study.recommendation.admissible = ["as-is", "layer-only"]
    fit(&study, variant: "agents", team: "underwriting", first: 1, last: 1.35, day: 2)
    fit(&study, variant: "agents", team: "legal", first: 0.5, last: 0.5)
    // 2 · 1.35 / 0.9 = 3 people; 93.4 − 71.8 = 21.6.
    #expect(
      StudyReading(study).flips.contains {
        $0.contains("costs 21.60 EUR less a case")
          && $0.contains("1 more for underwriting (now 2) by week 1")
      })
  }

  private func fit(
    _ study: inout StudyResult, variant: String, team: String, first: Double, last: Double,
    day: Int? = nil
  ) {
    guard let index = study.variants.firstIndex(where: { $0.name == variant }),
      let place = study.variants[index].teams.firstIndex(where: { $0.name == team })
    else { return }
    study.variants[index].teams[place].fluid.firstWeekIntensity = first
    study.variants[index].teams[place].fluid.lastWeekIntensity = last
    study.variants[index].teams[place].fluid.saturationDay = day
  }
}
