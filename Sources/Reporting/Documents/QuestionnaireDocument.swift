public import Auditing
import Facts

/// A questionnaire with its answers and what follows from them, as JSON.
public struct QuestionnaireDocument: Encodable, Sendable {
  /// Which questionnaire.
  var questionnaire: String
  /// Its title.
  var title: String
  /// What it is for.
  var purpose: String
  /// Every question, with what it demands and whether it can be computed.
  var items: [Item]
  /// Answers, ranking and costs.
  var tables: [AssessmentDocument]

  /// Creates the document.
  public init(_ kind: QuestionnaireKind, title: String?, tables: [AssessmentTable]) {
    questionnaire = kind.rawValue
    self.title = title ?? kind.title
    purpose = kind.purpose
    items = kind.items.map {
      Item(
        key: $0.key, title: $0.title, question: $0.question, artefact: $0.artefact,
        computed: $0.computed)
    }
    self.tables = tables.map(AssessmentDocument.init)
  }

  struct Item: Encodable {
    var key: String
    var title: String
    var question: String
    var artefact: String?
    var computed: String?
  }
}

/// A questionnaire as text for a terminal.
public func questionnaireText(
  _ kind: QuestionnaireKind, title: String?, tables: [AssessmentTable], style: TextStyle = .plain
) -> String {
  style.strong(oneLine(title ?? kind.title)) + "\n" + kind.purpose + "\n\n"
    + assessmentsText(tables, isFull: true, style)
}

/// A questionnaire as one HTML file that opens offline and runs no script.
///
/// - Parameter programVersion: version of the program.
public func renderQuestionnaireHTML(
  _ kind: QuestionnaireKind, title: String?, tables: [AssessmentTable], programVersion: String
) -> String {
  let name = title ?? kind.title
  let summary = tables.last { $0.id != "platform-weights" }?.summary ?? ""
  return PageFrame(title: name, programVersion: programVersion).page(
    header: element("h1", [:], "\(name)") + element("p", ["class": "answer"], "\(summary)")
      + element("p", ["class": "facts"], "\(kind.purpose) Unanswered is unknown, never zero."),
    main: tables.map { element("section", [:], assessmentMarkup($0)) }.joined(),
    footer: element("p", ["class": "small"], "Rehearse \(programVersion)."))
}
