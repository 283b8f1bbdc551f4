public import Experiments

/// One study of a workspace, as lists show it.
public struct StudyLine: Encodable, Sendable {
  /// Number, from 1.
  public var number: Int64
  /// When it was last begun or ended, ISO 8601.
  public var recorded: String
  /// Path of the scenario file.
  public var scenario: String
  /// Title of the scenario; empty where it is not known.
  public var title: String
  /// Replications of each variant that were asked for; `nil` where that is not known.
  public var replications: Int?
  /// Those of them that all variants have; `nil` likewise.
  public var done: Int?
  /// Whether there is a result.
  public var hasResult: Bool

  /// Creates a line.
  public init(
    number: Int64, recorded: String, scenario: String, title: String, replications: Int?,
    done: Int?, hasResult: Bool
  ) {
    self.number = number
    self.recorded = recorded
    self.scenario = scenario
    self.title = title
    self.replications = replications
    self.done = done
    self.hasResult = hasResult
  }

  /// How far it came, in words.
  package var state: String {
    guard let replications, let done else { return hasResult ? "complete" : "unknown" }
    if done >= replications { return hasResult ? "complete" : "complete, not shown yet" }
    return hasResult ? "stopped" : "unfinished"
  }
}

/// All studies, one line each, for a terminal.
public func studyListText(_ studies: [StudyLine], style: TextStyle = .plain) -> String {
  guard !studies.isEmpty else { return "The workspace keeps no studies yet.\n" }
  var table = TextTable(
    heads: ["no", "recorded", "replications", "state", "scenario", "title"], numbers: [0, 2],
    indent: "")
  for study in studies {
    let counts =
      study.replications.map { asked in
        study.done.map { $0 < asked ? "\(countText($0)) of \(countText(asked))" : countText(asked) }
          ?? countText(asked)
      } ?? ""
    table.add([
      "\(study.number)", study.recorded, counts, study.state, study.scenario, study.title,
    ])
  }
  return table.text(style)
    + "\nOne of them: rehearse studies show NO; what changed: rehearse studies compare NO NO\n"
}

/// One study, as `rehearse studies show` has it.
public struct StudyDetails: Sendable {
  /// Number, from 1.
  public var number: Int64
  /// What is known of it, by label.
  public var facts: [(String, String)]
  /// Its variants with their figures; empty where there is no result.
  public var rows: [Row]

  /// Creates details.
  public init(number: Int64, facts: [(String, String)], rows: [Row]) {
    self.number = number
    self.facts = facts
    self.rows = rows
  }

  /// A variant.
  public struct Row: Sendable {
    /// Its name.
    public var variant: String
    /// Its figures with their units.
    public var figures: [(Figure, Estimate, String)]
    /// Probability of exhaustion by the horizon.
    public var exhaustion: ProbabilityEstimate

    /// Creates a row.
    public init(
      variant: String, figures: [(Figure, Estimate, String)], exhaustion: ProbabilityEstimate
    ) {
      self.variant = variant
      self.figures = figures
      self.exhaustion = exhaustion
    }
  }
}

/// One study, for a terminal.
public func studyDetailsText(_ details: StudyDetails, style: TextStyle = .plain) -> String {
  var facts = TextTable(heads: [])
  for (label, value) in details.facts { facts.add([label, value]) }
  var text = style.strong("Study \(details.number)") + "\n" + facts.text(style)
  guard !details.rows.isEmpty else {
    return text + "\nIt has no result yet: give its command again, and it goes on.\n"
  }
  for row in details.rows {
    var table = TextTable(heads: [])
    for (figure, estimate, unit) in row.figures {
      let shown = FigureText(estimate, unit: unit)
      table.add([figure.title, shown.value, shown.interval])
    }
    let risk = FigureText(row.exhaustion)
    table.add(["Probability of exhaustion", risk.value, risk.interval])
    text += "\n" + style.strong(row.variant) + "\n" + table.text(style)
  }
  return text
}
