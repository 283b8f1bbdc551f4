import Experiments
import Facts

extension ReportDocument {
  /// What the report of a comparison says, in the order in which it is read.
  public init(_ report: StudyReport) { self.init(report, after: []) }

  /// The same after sections of its own.
  init(_ report: StudyReport, after first: [Section]) {
    let reading = StudyReading(report.study)
    let palette = VariantPalette(report.study)
    let screen = FirstScreen(report: report, reading: reading, palette: palette)
    self.init(
      title: report.title, question: report.question, answer: reading.answer,
      advice: reading.advice, facts: screen.facts,
      opening: [
        .figure(.exhaustion(reading, palette: palette)), .tiles(screen),
        .questions(screen.standingQuestions),
      ],
      sections: [], provenance: report.provenance)
    let all =
      first + Self.results(report, reading, palette, screen) + Self.estate(report)
      + Self.ground(report, reading, palette)
    sections = Self.withoutGaps(all)
    let columns = columnsTable(tables)
    sections.append(
      Section(
        id: "columns-section", title: "What the columns mean",
        blocks: [.table(columns)]))
  }

  /// The sections that have something to show, without what has nothing.
  static func withoutGaps(_ sections: [Section]) -> [Section] {
    sections.map { section in
      var kept = section
      kept.blocks = section.blocks.filter { !$0.isEmpty }
      return kept
    }.filter { !$0.blocks.isEmpty }
  }

  /// What was found.
  private static func results(
    _ report: StudyReport, _ reading: StudyReading, _ palette: VariantPalette,
    _ screen: FirstScreen
  ) -> [Section] {
    let backlogs = report.study.watchedTeams.compactMap { team in
      ChartFigure.backlog(ofTeam: team, reading, palette: palette).map { Block.figure($0) }
    }
    let ledger = guardrailLedger(reading, palette: palette)
    return [
      Section(id: "variants", title: "All variants", blocks: [.table(screen.comparison())]),
      Section(
        id: "flips", title: "Hiring, and when the advice flips", blocks: [.list(reading.flips)]),
      Section(
        id: "sensitivity", title: "What the result depends on",
        blocks: tornadoBlocks(report, palette: palette)),
      Section(
        id: "ignorance", title: "What is not known: ignorance, not noise",
        blocks: ignoranceBlocks(report)),
      Section(
        id: "dates", title: "When queues are exhausted, by each definition",
        blocks: [.table(exhaustionTable(reading, palette: palette))]),
      Section(id: "backlog", title: "Work waiting", blocks: backlogs),
      Section(
        id: "bottlenecks", title: "Where it clogs",
        blocks: [
          .table(bottleneckTable(reading, palette: palette)),
          .table(saturationTable(reading, palette: palette)),
        ]),
      Section(
        id: "cost-section", title: "Cost",
        blocks: [
          .figure(.cost(reading, palette: palette)),
          .table(costSplitTable(reading, palette: palette)),
        ]),
      Section(
        id: "money", title: "Costs over time",
        blocks: figure(.netBenefit(reading, palette: palette))
          + paybackTables(reading, palette: palette).map { .table($0) }),
      Section(
        id: "time", title: "Time to completion",
        blocks: figure(.completion(reading, palette: palette))
          + [
            .table(cohortTable(reading, palette: palette)),
            .table(stepTable(reading, palette: palette)),
          ]),
      Section(
        id: "against", title: "Against the baseline",
        blocks: figure(.differences(reading, palette: palette))
          + [.table(pairingTable(reading, palette: palette))]),
      Section(
        id: "factors-section", title: "Alone and together",
        blocks: [.table(factorialTable(reading))]),
      Section(
        id: "axes", title: "Five axes",
        blocks: figure(.axes(reading, palette: palette)) + [
          .table(objectivesTable(reading, palette: palette)),
          .table(frontTable(reading, palette: palette)),
        ]),
      Section(
        id: "people", title: "Occupancy",
        blocks: figure(.occupancy(reading, palette: palette)) + [
          .table(strainTable(reading, palette: palette))
        ]),
      Section(
        id: "guardrail-ledger", title: "Guardrails",
        blocks: ledger.rows.isEmpty
          ? [.paragraph("No guardrail was evaluated in any variant.")]
          : [.table(ledger), .table(reviewTimeTable(reading, palette: palette))]),
      Section(
        id: "applications-section", title: "Applications and outages",
        blocks: [
          .table(applicationTable(reading, palette: palette)),
          .table(downtimeTable(reading, palette: palette)),
        ]),
      Section(
        id: "mechanisms-section", title: "What mechanisms did",
        blocks: [.table(mechanismTable(reading, palette: palette))]),
      Section(
        id: "rollout-section", title: "Rollout",
        blocks: [
          .table(rolloutTable(reading, palette: palette)),
          .table(signalsTable(reading, palette: palette)),
        ]),
    ]
  }

  private static func figure(_ figure: ChartFigure?) -> [Block] {
    figure.map { [.figure($0)] } ?? []
  }

  /// What the audit says of the estate.
  private static func estate(_ report: StudyReport) -> [Section] {
    let more = report.findingCount - report.findings.count
    let note: [Block] =
      more > 0
      ? [
        .remark(
          "The gravest of \(countText(report.findingCount)) findings of the audit; `rehearse audit` shows all."
        )
      ] : []
    let drawing = report.map.flatMap { svgElement(in: $0) }
    return [
      Section(
        id: "findings-section", title: "Findings of the audit",
        blocks: report.findings.isEmpty ? [] : note + [.findings(report.findings)]),
      Section(
        id: "map", title: "Map of the estate",
        blocks: drawing.map { [.map(DrawnMap(svg: $0, legend: report.mapLegend))] } ?? []),
    ]
  }

  /// What the results rest on.
  private static func ground(
    _ report: StudyReport, _ reading: StudyReading, _ palette: VariantPalette
  ) -> [Section] {
    let remarks = BriefRemark.all.filter {
      $0.topic == .always || report.scenario.topics.contains($0.topic)
    }.map(\.text)
    let provenance = report.provenance
    return [
      Section(
        id: "assumptions-section", title: "Assumption sheet",
        blocks: [
          .assumptions(
            AssumptionSheet(
              parameters: report.parameters, scenarioPath: provenance.scenarioPath))
        ]),
      Section(
        id: "methods", title: "How the numbers were made",
        blocks: [.terms(methodNotes(report, reading))]),
      Section(
        id: "notes", title: "Footnotes",
        blocks: [
          .remark(
            "What was remarked on in this run, and where the essays that this tool answers to "
              + "contradict themselves or one another."), .numbered(report.notes + remarks),
        ]),
      Section(
        id: "rerun", title: "To run this again",
        blocks: [
          .paragraph(
            "The same scenario, seed, number of rehearsals and version give this report again, byte for "
              + "byte:"), .command(provenance.command),
          .terms([
            ("Scenario", provenance.scenarioPath), ("SHA-256", provenance.scenarioDigest),
            ("Process", report.scenario.process ?? "–"), ("Demand", report.scenario.demand),
            ("Start", "\(dateText(report.scenario.startDate)), \(report.scenario.timeZone)"),
            ("Before day 0", report.scenario.startState ?? "empty"),
            ("Seed", String(report.study.seed)),
            ("Rehearsals", "\(countText(report.study.replications)) of each variant"),
            ("Program", "Rehearse \(provenance.programVersion)"),
          ]),
        ]),
    ]
  }
}

extension ReportDocument.Block {
  /// Whether there is nothing in it to show.
  fileprivate var isEmpty: Bool {
    switch self {
    case .table(let table): table.rows.isEmpty
    case .list(let items), .numbered(let items): items.isEmpty
    case .findings(let findings): findings.isEmpty
    default: false
    }
  }
}
