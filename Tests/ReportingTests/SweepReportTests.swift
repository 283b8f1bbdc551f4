import DocumentReading
@testable import Experiments
import Foundation
@testable import Reporting
import Scenarios
@testable import Statistics
import Testing

/// A frame with two variants.
func sampleFrame(title: String = "Sweep") -> SweepFrame {
  SweepFrame(
    title: title,
    variants: [
      .init(name: "today", title: "As today"), .init(name: "layer", title: "With a layer"),
    ],
    baseline: "today", workingDays: ["2026-01-05", "2026-01-06", "2026-01-07"],
    provenance: ReportProvenance(
      programVersion: "1", scenarioPath: "a.yaml",
      scenarioDigest: String(repeating: "a", count: 64),
      command: "rehearse sweep a.yaml"))
}

@Suite("Reports of sweeps") struct SweepReportTests {
  private static func interval(_ value: Double, _ half: Double) -> ConfidenceInterval {
    ConfidenceInterval(estimate: value, lower: value - half, upper: value + half, confidence: 0.95)
  }

  private static func effect(mean: Double, size: ConfidenceInterval, deviation: Double)
    -> MorrisEffect
  {
    guard var effect = MorrisEffect([0, 1]) else { preconditionFailure("two effects are enough") }
    (effect.mean, effect.size, effect.deviation) = (mean, size, deviation)
    return effect
  }

  private static let inputs = [
    StudyInputSummary(name: "people", title: "People", low: "2", high: "6", sample: nil),
    StudyInputSummary(
      name: "fires", title: "Share <b>held</b>", low: "20 %", high: "60 %", sample: 100),
  ]

  private static func end(_ value: String, _ mean: Double) -> UncertaintyResult.End {
    .init(values: [value, value], mean: Estimate(of: [mean, mean]))
  }

  private static func output(_ variant: String, isDifference: Bool = false) -> StudyOutput {
    StudyOutput(
      variant: variant, measure: .figure(.costPerCase), unit: "EUR", isDifference: isDifference)
  }

  static let screening = SensitivityResult(
    method: .morris, inputs: inputs, seed: 7, rows: 10, points: 30, replications: 5,
    outputs: [
      .init(
        output: output("layer"), deviation: 2, noiseShare: 0.01,
        effects: [
          effect(mean: -0.1, size: interval(0.1, 0.05), deviation: 0.1),
          effect(mean: 4, size: interval(4, 0.5), deviation: 0.2),
        ], indices: []),
      .init(output: output("today"), deviation: 0, noiseShare: nil, effects: [], indices: []),
    ])

  static let sobol = SensitivityResult(
    method: .sobol, inputs: inputs, seed: 7, rows: 64, points: 256, replications: 5,
    outputs: [
      .init(
        output: output("layer"), deviation: 2, noiseShare: 0.2, effects: [],
        indices: [
          SobolIndices(first: interval(0.02, 0.02), total: interval(0.03, 0.02)),
          SobolIndices(first: interval(0.9, 0.05), total: interval(0.96, 0.03)),
        ])
    ])

  static let uncertainty = UncertaintyResult(
    inputs: inputs, seed: 7, draws: 40, replications: 5,
    outputs: [
      .init(
        output: output("layer"), mean: interval(40, 1), noise: 1, ignorance: 2,
        ignoranceShare: interval(0.8, 0.1), both: [36, 40, 44], ignoranceAlone: [37, 40, 43],
        contributions: [
          .init(
            input: "people", share: 0.1, withTwiceTheData: nil, low: end("2", 41),
            high: end("6", 39.5)),
          .init(
            input: "fires", share: 0.84, withTwiceTheData: 0.42,
            low: end("22 %", 37), high: end("58 %", 43)),
        ])
    ],
    cheapest: [
      .init(variant: "today", sets: ProbabilityEstimate(count: 10, of: 40)),
      .init(variant: "layer", sets: ProbabilityEstimate(count: 30, of: 40)),
    ])

  /// Tickets against errors: the first and the last value are unbeaten, the middle one is worse in both.
  static let sample: SampleResult = {
    func estimate(_ mean: Double) -> Estimate { Estimate(of: [mean - 0.1, mean + 0.1]) }
    var result = SampleResult(
      design: .steps, inputs: [inputs[1]],
      measures: [
        .init(measure: .figure(.ticketsPerHundred), unit: "tickets", lessIsBetter: true),
        .init(measure: .figure(.doneRight), unit: "share", lessIsBetter: false),
      ], seed: 7, replications: 20,
      points: [("20 %", 10.0, 0.9), ("40 %", 31, 0.89), ("60 %", 30, 0.97)].map {
        value, tickets, right in
        .init(
          values: [value],
          variants: [
            .init(
              variant: "layer",
              estimates: [estimate(tickets), Estimate(of: [right, right])], isUnbeaten: false)
          ])
      })
    result.markUnbeaten()
    return result
  }()

  static let tipping = TippingResult(
    input: inputs[1], question: .risk(variant: "layer", level: 0.5), unit: "share", level: 0.5,
    seed: 7, confidence: 0.95, outcome: .tips, between: ["35 %", "45 %"], estimate: "41 %",
    points: [("20 %", 0.0, 0.1), ("35 %", 0.3, 0.1), ("45 %", 0.7, 0.1), ("60 %", 0.95, 0.04)]
      .enumerated().map { index, point in
        .init(
          coordinate: Double(index) / 3, value: point.0, estimate: point.1,
          lower: max(0, point.1 - point.2), upper: point.1 + point.2, replications: 100)
      })

  static let safe: SafeValueResult = {
    func probe(_ step: Int, _ count: Int, _ isFresh: Bool) -> SafeValueResult.Probe {
      .init(
        step: step, value: "\(2 + step)", risk: ProbabilityEstimate(count: count, of: 200),
        riskyDay: count > 30 ? 2 : nil, isFresh: isFresh)
    }
    return SafeValueResult(
      input: inputs[0], variant: "layer", bound: 0.2, seed: 7, direction: .smallest,
      value: probe(2, 4, true), next: probe(1, 120, true),
      probes: [
        probe(0, 200, false), probe(1, 118, false), probe(1, 120, true), probe(2, 5, false),
        probe(2, 4, true), probe(4, 0, false),
      ])
  }()

  static let decideBy = DecideBy(
    riskyDay: 2, riskyDate: "2026-01-06", leadDays: 56, date: "2025-11-11", isPast: true)

  static let selection = VariantSelection(
    method: .kimNelson, figure: .costPerCase, unit: "EUR", difference: 0.5, seed: 7,
    variant: "layer", confidence: 0.95, maximum: 1000,
    candidates: [
      .init(
        variant: "today", estimate: Estimate(of: [50, 51, 52]), droppedAt: 20,
        rinottReplications: 90),
      .init(
        variant: "layer", estimate: Estimate(of: [44, 45, 46, 45]), droppedAt: nil,
        rinottReplications: 70),
    ])

  static let causes: ExhaustionCauses = {
    func exhausted(_ count: Int, team: String? = nil) -> ExhaustionResult {
      ExhaustionResult(
        definition: .backlog, team: team, byHorizon: ProbabilityEstimate(count: count, of: 50),
        byDay: [], medianDay: 3, day80: [2, 3], isInapplicable: false)
    }
    return ExhaustionCauses(
      variant: "layer", title: "With a layer", definition: .backlog, seed: 7, replications: 50,
      horizonDays: 65, byDefinition: [exhausted(40, team: "reviewers")], exhaustion: exhausted(40),
      arithmetic: [
        QueueArithmetic(
          team: "reviewers", people: 4, firstWeekIntensity: 1.2, lastWeekIntensity: 1.3,
          saturationDay: 1, fluidBacklogDay: 9, fluidBacklogHours: 120, erlangWaitingFirstWeek: nil,
          erlangWaitingLastWeek: nil)
      ],
      causes: [
        .init(
          kind: .guardrail, name: "credit", without: exhausted(0),
          daysGained: Estimate(of: [29, 30, 31]), backlogGained: Estimate(of: [90, 100, 110]),
          riskGained: 0.8),
        .init(
          kind: .person, name: "reviewers", without: exhausted(10),
          daysGained: Estimate(of: [9, 10, 11]), backlogGained: Estimate(of: [20, 30, 40]),
          riskGained: 0.6),
      ])
  }()

  static func documents(_ frame: SweepFrame) -> [(name: String, document: ReportDocument)] {
    [
      ("screening", ReportDocument(screening, in: frame)),
      ("sobol", ReportDocument(sobol, in: frame)),
      ("uncertainty", ReportDocument(uncertainty, in: frame)),
      ("sample", ReportDocument(sample, in: frame)),
      ("tipping", ReportDocument(tipping, in: frame)),
      ("smallest", ReportDocument(safe, decideBy: decideBy, in: frame)),
      ("best", ReportDocument(selection, in: frame)), ("why", ReportDocument(causes, in: frame)),
      ("grid", ReportDocument(SweepPageTests.sweep(), in: frame)),
    ]
  }

  @Test("every kind has charts, tables whose columns have a meaning, and one identifier for each")
  func complete() throws {
    for (name, document) in Self.documents(sampleFrame()) {
      #expect(!document.figures.isEmpty, "\(name)")
      let ids = document.tables.map { $0.id }
      #expect(Set(ids).count == ids.count, "\(name): \(ids)")
      for table in document.tables {
        // A sheet has a name of 31 characters at most.
        #expect(table.id.count <= 31, "\(name): \(table.id)")
        let columns = table.definitions.map(\.id)
        #expect(Set(columns).count == columns.count, "\(name), \(table.id): \(columns)")
        #expect(table.definitions.allSatisfy { !$0.meaning.isEmpty })
        #expect(
          table.rows.allSatisfy { $0.cells.count == table.columns.count }, "\(name) \(table.id)")
      }
      for sentence in [document.answer, document.advice] {
        #expect(!sentence.isEmpty && !sentence.hasSuffix("."), "\(name): \(sentence)")
      }
      #expect(document.shortTables.allSatisfy { ids.contains($0) || $0 == "front" }, "\(name)")
    }
  }

  @Test(
    "every form is written, the same twice, and nothing of a scenario can end what it stands in")
  func forms() throws {
    let frame = sampleFrame(title: "<b>&")
    let bundle = ChartBundle(script: "var vegaEmbed = 1")
    for (first, second) in zip(Self.documents(frame), Self.documents(frame)) {
      let (name, document) = first
      let page = try renderHTML(document, charts: bundle)
      #expect(page == (try renderHTML(second.document, charts: bundle)), "\(name)")
      #expect(!page.contains("<b>"), "\(name)")
      let xml = page.replacing("<!DOCTYPE html>\n", with: "")
      #expect(try parseXML(Array(xml.utf8), path: "\(name).html").name == "html")
      #expect(try !reportWorkbook(document).isEmpty)
      #expect(reportCSVFiles(document).contains { $0.name == "summary.csv" })
      #expect(!reportMarkdown(document).contains("<b>"), "\(name)")
      for chart in try document.chartFiles() {
        let object = try JSONSerialization.jsonObject(with: Data(chart.text.utf8))
        let specification = try #require(object as? [String: Any])
        #expect((specification["layer"] as? [Any])?.isEmpty == false, "\(chart.name)")
      }
    }
  }

  @Test("a screening says what moves most, what can be left alone, and what stays the same")
  func screened() throws {
    let document = ReportDocument(Self.screening, in: sampleFrame())
    #expect(
      document.answer.contains(
        "held</b> moves cost per case most: with With a layer by 4.0 EUR (3.5–4.5)"))
    #expect(document.advice.contains("any value in its range will do for People"))
    let ranking = try #require(document.tables.first { $0.id == "ranking" })
    #expect(ranking.rows.map { $0.cells[0] } == [.text("Share <b>held</b>"), .text("People")])
    let curves = try #require(document.figures.first { $0.id == "curves-cost-per-case" })
    // σ of 0.2 is under a quarter of 4, σ of 0.1 is not under a quarter of 0.1.
    #expect(curves.table.rows.map { $0[4] } == [.number(1), .number(0)])
    #expect(
      try renderHTML(document, charts: nil).contains(
        "The same at every point: cost per case (As today)"))
  }

  @Test("Sobol indices are shown in per cent, alone and with others")
  func decomposed() throws {
    let document = ReportDocument(Self.sobol, in: sampleFrame())
    #expect(document.answer.contains("alone 90 %") && document.answer.contains("96 % (93–99 %)"))
    #expect(document.facts.contains { $0.contains("Noise of the averages is more than a tenth") })
    let figure = try #require(document.figures.first)
    #expect(figure.table.rows.map { $0[3] } == [.number(90), .number(96), .number(2), .number(3)])
  }

  @Test("ignorance is laid out as a tornado, and what data would buy beside it")
  func ignorance() throws {
    let document = ReportDocument(Self.uncertainty, in: sampleFrame())
    #expect(document.answer.contains("80 % (70–90 %) is ignorance"))
    #expect(document.advice.contains("84 % of the ignorance"))
    #expect(document.advice.contains("twice the observations would take away 42 %"))
    let tornado = try #require(document.figures.first { $0.id == "tornado-cost-per-case" })
    // What matters more stands on top, low before high.
    #expect(
      tornado.table.rows.map { $0[5] } == [.number(37), .number(43), .number(41), .number(39.5)])
    #expect(tornado.table.rows.allSatisfy { $0[4] == .number(40) })
    let worth = try #require(document.figures.first { $0.id == "worth-cost-per-case" })
    #expect(worth.table.rows.count == 3)
  }

  @Test("a sample draws what it trades, with the values as numbers")
  func sampled() throws {
    let document = ReportDocument(Self.sample, in: sampleFrame())
    #expect(document.advice.contains("2 of 3 lines"))
    let trades = try #require(document.figures.first)
    #expect(trades.id == "trades" && trades.panels.count == 1)
    #expect(trades.table.rows.map { $0.last } == [.number(1), .number(0), .number(1)])
    let along = try #require(document.figures.first { $0.id == "along-done-right" })
    #expect(along.table.rows.map { $0[2] } == [.number(20), .number(40), .number(60)])
    #expect(along.table.rows.map { $0[3] } == [.number(90), .number(89), .number(97)])
    #expect(along.panels[0].specification.layer.count == 4)
  }

  @Test("a tipping point is drawn with its level and its band")
  func tips() throws {
    let document = ReportDocument(Self.tipping, in: sampleFrame())
    #expect(document.answer.contains("between 35 % and 45 %, at about 41 %"))
    #expect(document.answer.contains("that With a layer is exhausted crosses 50 %"))
    let text = try inlineJSON(try #require(document.figures.first).panels[0].specification)
    #expect(text.contains("\"from\":35,\"to\":45") && text.contains("\"level\":50"))
    let points = try #require(document.tables.first { $0.id == "points" })
    #expect(
      points.rows.map { $0.cells[2] } == ["below", "below", "above", "above"].map { .text($0) })
  }

  @Test("the smallest value stands with its certificate and the date by which to decide")
  func smallest() throws {
    let document = ReportDocument(Self.safe, decideBy: Self.decideBy, in: sampleFrame())
    #expect(
      document.answer.contains(
        "The smallest People that keeps the risk of With a layer under 20 % is 4"))
    #expect(
      document.advice.contains("must be decided by 2025-11-11, which is before the rollout begins"))
    let probes = try #require(document.tables.first { $0.id == "probes" })
    #expect(probes.rows.count { $0.isChosen } == 1)
    #expect(probes.rows[0].cells[4] == .day("2026-01-06"))
    let without = ReportDocument(Self.safe, decideBy: nil, in: sampleFrame())
    #expect(try !renderHTML(without, charts: nil).contains("By when to decide"))
  }

  @Test("a selection says what it took, and causes what to begin with")
  func chosen() throws {
    let best = ReportDocument(Self.selection, in: sampleFrame())
    #expect(best.answer.contains("With a layer is the best or within 0.500 EUR of it"))
    #expect(
      best.advice.contains("it took 7 rehearsals, Rinott's two-stage procedure would make 160"))
    let why = ReportDocument(Self.causes, in: sampleFrame())
    #expect(why.advice.contains("Begin with the guardrail credit"))
    #expect(why.advice.contains("one person more in reviewers gains 10.0 working days"))
    #expect(why.answer.contains("working day 3 (2026-01-07)"))
  }

  @Test(
    "written values become places on an axis, and what is the same in all its unit",
    arguments: [
      (["20 %", "35.5 %"], [20, 35.5], "%"), (["2", "6"], [2, 6], ""),
      (["1 EUR per run", "9 EUR per run"], [1, 9], "EUR per run"),
      (
        ["lognormal mean 2 h sd 1 h", "lognormal mean 5 h sd 1 h"], [2, 5],
        "lognormal mean h sd 1 h"
      ),
      (["1 h to 4 h", "2 h to 8 h"], [1, 2], ""), (["p95 3 h", "p95 -1 h"], [3, -1], "p95 h"),
    ] as [([String], [Double], String)])
  func writtenValues(values: [String], places: [Double], unit: String) {
    let axis = WrittenAxis(values)
    #expect(values.map { axis.place(of: $0) } == places)
    #expect(axis.unit == unit)
  }
}
