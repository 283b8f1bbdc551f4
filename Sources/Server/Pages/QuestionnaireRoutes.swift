import Auditing
import Facts
import Hummingbird
import Reporting
import Workbench

private let kinds = QuestionnaireKind.allCases.map(\.rawValue)

private let kindParameter: Route.Parameter = .word("kind", "Which questionnaire.", kinds)

private let answerFields: [Route.Parameter] = [
  kindParameter.required,
  .text("platform", "Key of the platform; of no use for readiness."),
  .text("item", "Key of what is answered.", most: 80).required,
  .text("answer", "A score such as 3 or 2 to 4; yes, partly or no.", most: 40).required,
  .text("artefact", "What was shown."),
  .text("because", "Why.", most: 2000),
  .text("author", "Who answers.").required,
]

private let platformFields: [Route.Parameter] = [
  kindParameter.required, .text("title", "Name of the platform or vendor.").required,
]

private let weightFields: [Route.Parameter] = [
  .text("item", "Key of the criterion.", most: 80).required,
  .text("weight", "A number of 0 or more.", most: 20).required,
]

let questionnaireRoutes: [Route] = [
  Route(
    method: .get, path: "/questionnaires", summary: "A questionnaire with its answers.",
    parameters: [kindParameter], maySayWait: true, handle: questionnairePage),
  Route(
    method: .post, path: "/questionnaires/answer", summary: "Gives an answer.",
    body: .fields(answerFields), answer: .done, handle: answerFromPage),
  Route(
    method: .post, path: "/questionnaires/platform", summary: "Adds a platform or vendor.",
    body: .fields(platformFields), answer: .done, handle: addPlatformFromPage),
  Route(
    method: .post, path: "/questionnaires/weight", summary: "Sets the weight of a criterion.",
    body: .fields(weightFields), answer: .done, handle: weighFromPage),
  Route(
    method: .get, path: "/api/v1/questionnaires",
    summary: "A questionnaire, as `rehearse questionnaire show` prints it.",
    parameters: [kindParameter], answer: .json("The questionnaire."), handle: questionnaireDocument),
  Route(
    method: .post, path: "/api/v1/questionnaires/answers", summary: "Gives an answer.",
    body: .fields(answerFields), answer: .json("The questionnaire.", status: .created),
    handle: answerForProgram),
]

private func questionnaireKind(_ word: String?) -> QuestionnaireKind {
  word.flatMap(QuestionnaireKind.init) ?? .scorecard
}

private func shownSheet(
  _ kind: QuestionnaireKind, _ exchange: Exchange
) async throws -> QuestionnaireSheet {
  let desk = exchange.workbench.desk
  let audit = desk.isThere ? try await desk.audit() : nil
  return try questionnaire(kind, ofWorkspace: exchange.workbench.workspace, audit: audit)
}

// MARK: What is given

private func giveAnswer(_ exchange: Exchange) async throws -> QuestionnaireKind {
  let fields = try await exchange.fields()
  let kind = questionnaireKind(fields["kind"])
  try give(
    GivenAnswer(
      kind: kind, platform: fields["platform"] ?? "", item: fields["item"] ?? "",
      answer: fields["answer"] ?? "", artefact: fields["artefact"] ?? "",
      because: fields["because"] ?? "", by: fields["author"] ?? ""),
    on: dayOfToday(), ofWorkspace: exchange.workbench.workspace)
  return kind
}

private func place(of kind: QuestionnaireKind) -> String {
  link("/questionnaires", ["kind": kind.rawValue])
}

@Sendable private func answerFromPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: place(of: try await giveAnswer(exchange)))
}

@Sendable private func answerForProgram(_ exchange: Exchange) async throws -> Response {
  let kind = try await giveAnswer(exchange)
  return try .json(try await document(kind, exchange), status: .created)
}

@Sendable private func addPlatformFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let kind = questionnaireKind(fields["kind"])
  try addPlatform(fields["title"] ?? "", to: kind, ofWorkspace: exchange.workbench.workspace)
  return .redirect(to: place(of: kind))
}

@Sendable private func weighFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  guard let weight = Double(fields["weight"] ?? ""), weight.isFinite else {
    throw Problem(.badRequest, "'\(fields["weight"] ?? "")' is no number")
  }
  try weigh(fields["item"] ?? "", as: weight, ofWorkspace: exchange.workbench.workspace)
  return .redirect(to: place(of: .scorecard))
}

// MARK: What is shown

private func document(
  _ kind: QuestionnaireKind, _ exchange: Exchange
) async throws -> QuestionnaireDocument {
  let sheet = try await shownSheet(kind, exchange)
  return QuestionnaireDocument(kind, title: sheet.title, tables: sheet.tables)
}

@Sendable private func questionnaireDocument(_ exchange: Exchange) async throws -> Response {
  try .json(try await document(questionnaireKind(exchange["kind"]), exchange))
}

@Sendable private func questionnairePage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Questionnaires", here: "/questionnaires")
  let kind = questionnaireKind(exchange["kind"])
  let sheet = try await shownSheet(kind, exchange)
  var others: [Markup] = []
  for other in QuestionnaireKind.allCases where other != kind {
    others.append(anchor(other.title, to: place(of: other)))
  }
  var content: [Markup] = [
    heading(kind.title), paragraph("\(kind.purpose) Unanswered is unknown, never zero."),
    paragraph([Markup("Others: "), others.joined(by: Markup(", "))]),
  ]
  let platforms = sheet.questionnaire?.platforms ?? []
  if kind != .readiness, platforms.isEmpty {
    content.append(paragraph("Name the first platform or vendor; then its questions are asked."))
  } else {
    content += sheet.tables.map(assessmentMarkup)
    content.append(subheading("Answer"))
    content.append(answerForm(kind, platforms, page))
  }
  if kind != .readiness { content.append(platformForm(kind, page)) }
  if kind == .scorecard, !platforms.isEmpty { content.append(weightForm(page)) }
  return page.response(content)
}

private func answerForm(
  _ kind: QuestionnaireKind, _ platforms: [Questionnaire.Platform], _ page: WorkbenchPage
) -> Markup {
  typealias Option = (value: String, text: String)
  let items: [Option] =
    kind == .readiness
    ? ReadinessItem.allCases.map { (value: $0.rawValue, text: $0.question) }
    : kind.items.map { (value: $0.key, text: "\($0.title): \($0.question)") }
  let whose: Markup =
    kind == .readiness
    ? .none
    : WorkbenchPage.choice(
      "Platform", "platform", platforms.map { (value: $0.key, text: $0.title) }, chosen: nil)
  let answer: Markup =
    kind == .scorecard
    ? WorkbenchPage.field(
      "Score, 0 to 5", "answer", isRequired: true, hint: "3, or 2 to 4 where it is not sure")
    : WorkbenchPage.choice(
      "Answer", "answer", ReadinessAnswer.Answer.allCases.map { ($0.rawValue, $0.rawValue) },
      chosen: nil)
  let artefact: Markup =
    kind == .vendors
    ? WorkbenchPage.field("What was shown of it (may be empty)", "artefact") : .none
  let reason: Markup =
    kind == .readiness ? .none : WorkbenchPage.field("Why (may be empty)", "because")
  return page.form(
    "/questionnaires/answer", class: "fields", label: "Answer a question",
    WorkbenchPage.hidden("kind", kind.rawValue), whose,
    WorkbenchPage.choice("Question", "item", items, chosen: nil), answer, artefact, reason,
    WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Keep"))
}

private func platformForm(_ kind: QuestionnaireKind, _ page: WorkbenchPage) -> Markup {
  let form = page.form(
    "/questionnaires/platform", class: "fields", label: "Add a platform",
    WorkbenchPage.hidden("kind", kind.rawValue),
    WorkbenchPage.field("Name", "title", isRequired: true), WorkbenchPage.button("Add"))
  return element(
    "details", ["class": "edit"], opener("Add a platform", of: " to \(kind.title)"), form)
}

private func weightForm(_ page: WorkbenchPage) -> Markup {
  let items: [(value: String, text: String)] = QuestionnaireKind.scorecard.items.map {
    (value: $0.key, text: $0.title)
  }
  let form = page.form(
    "/questionnaires/weight", class: "fields", label: "Weigh a criterion",
    WorkbenchPage.choice("Criterion", "item", items, chosen: nil),
    WorkbenchPage.field("Weight", "weight", isRequired: true, hint: "2 is twice as much as 1"),
    WorkbenchPage.button("Weigh"))
  return element("details", ["class": "edit"], opener("Weigh a criterion", of: ""), form)
}
