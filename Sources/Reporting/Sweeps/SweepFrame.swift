import Experiments

/// What the report of a sweep needs beside its results: how the scenario calls its variants, and where it
/// all comes from.
public struct SweepFrame: Sendable {
  /// Title of the scenario.
  public var title: String
  /// The variants of the scenario by name and title, in its order.
  public var variants: [Variant]
  /// Name of the variant the others are compared with.
  public var baseline: String
  /// Date of each working day of the horizon, such as `2026-01-05`; empty where not known.
  public var workingDays: [String]
  /// Where the sweep comes from.
  public var provenance: ReportProvenance

  /// A variant as people know it.
  public struct Variant: Sendable, Hashable {
    /// Name, as results have it.
    public var name: String
    /// Title for people.
    public var title: String

    /// Creates a variant.
    public init(name: String, title: String) {
      self.name = name
      self.title = title
    }
  }

  /// Creates a frame.
  public init(
    title: String, variants: [Variant], baseline: String, workingDays: [String] = [],
    provenance: ReportProvenance
  ) {
    self.title = title
    self.variants = variants
    self.baseline = baseline
    self.workingDays = workingDays
    self.provenance = provenance
  }

  /// The same colours as in the report of a comparison.
  var palette: VariantPalette { VariantPalette(variants, baseline: baseline) }
}

extension ReportDocument {
  /// The report of a sweep: an answer, what to do, what was found, what varied and how to run it again.
  ///
  /// - Parameters:
  ///   - inputs: What varied; empty where a section says it.
  ///   - shown: Identifiers of the tables that a pull request shows.
  init(
    _ frame: SweepFrame, answer: String, advice: String, facts: [String], opening: [Block],
    sections: [Section], inputs: [StudyInputSummary] = [], shown: [String]
  ) {
    self.init(
      title: frame.title, question: nil, answer: answer, advice: advice, facts: facts,
      opening: opening, sections: [], provenance: frame.provenance)
    shortTables = shown
    let provenance = frame.provenance
    let rerun = Section(
      id: "rerun", title: "To run this again",
      blocks: [
        .paragraph(
          "The same scenario, seed, number of rehearsals and version give this report again, byte for byte:"
        ), .command(provenance.command),
        .terms([
          ("Scenario", provenance.scenarioPath), ("SHA-256", provenance.scenarioDigest),
          ("Program", "Rehearse \(provenance.programVersion)"),
        ]),
      ])
    self.sections = Self.withoutGaps(
      sections + [
        Section(id: "inputs-section", title: "What varied", blocks: [.table(inputsTable(inputs))]),
        rerun,
      ])
    let columns = columnsTable(tables)
    self.sections.append(
      Section(id: "columns-section", title: "What the columns mean", blocks: [.table(columns)]))
  }
}

/// What varied, and between which values.
func inputsTable(_ inputs: [StudyInputSummary]) -> ReportTable {
  ReportTable(
    "inputs", title: "What varied",
    caption:
      "Values between the two ends were tried; a value that was counted varies as its count allows.",
    columns: [
      .text("parameter", "Parameter", "The parameter."),
      .text("path", "Name", "Its name in the scenario, or its dotted path."),
      .text("low", "From", "Its value at the lower end."),
      .text("high", "To", "Its value at the upper end."),
      .number(
        "counted", "Counted", unit: "",
        "Observations that it rests on; none where it is a judgement."),
    ],
    rows: inputs.map { input in
      ReportTable.Row([
        .text(input.title), .code(input.name), .text(valueText(input.low)),
        .text(valueText(input.high)),
        input.sample.map { .number(Double($0), decimals: 0) } ?? .missing,
      ])
    })
}
