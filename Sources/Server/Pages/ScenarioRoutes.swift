import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import ProcessModel
import Reporting
import Scenarios
import Workbench

private let name: Route.Parameter = .text("name", "Name of the scenario.", most: 60).inPath
private let newName: Route.Parameter =
  .text("name", "Name of the scenario: small letters, digits, - and _.", most: 60).required

private let newFields: [Route.Parameter] = [
  .text("process", "Id or name of a process of the inventory.").required, newName,
]
private let textFields: [Route.Parameter] = [
  .text("text", "The scenario in YAML.", most: 500_000).required
]
private let valueFields: [Route.Parameter] = [
  .text("path", "Dotted path of a key, such as teams.aml.people.", most: 500).required,
  .text("value", "The value as it would be written.", most: 2000).required,
]
private let copyFields: [Route.Parameter] = [newName]
private let variantFields: [Route.Parameter] = [
  .text("variant", "Name of the variant that is copied.", most: 100).required,
  .text("as", "Name of the copy: letters, digits, +, - and _.", most: 100).required,
]
private let scenarioParameters: [Route.Parameter] = [
  name, .text("done", "What has just been done.", most: 1000),
]

let scenarioRoutes: [Route] = [
  Route(
    method: .get, path: "/scenarios", summary: "The scenarios.", maySayWait: true,
    handle: scenariosPage),
  Route(
    method: .post, path: "/scenarios", summary: "Makes a scenario of a process of the inventory.",
    body: .fields(newFields), answer: .done, handle: makeFromPage),
  Route(
    method: .get, path: "/scenarios/{name}", summary: "A scenario, to be read and changed.",
    parameters: scenarioParameters, maySayWait: true, handle: readPage),
  Route(
    method: .post, path: "/scenarios/{name}", summary: "Keeps a scenario that can be run.",
    parameters: [name], body: .fields(textFields), answer: .done, handle: saveFromPage),
  Route(
    method: .post, path: "/scenarios/{name}/value", summary: "Changes one value of a scenario.",
    parameters: [name], body: .fields(valueFields), answer: .done, handle: setFromPage),
  Route(
    method: .post, path: "/scenarios/{name}/copy", summary: "Makes a second scenario like this.",
    parameters: [name], body: .fields(copyFields), answer: .done, handle: copyFromPage),
  Route(
    method: .post, path: "/scenarios/{name}/variant",
    summary: "Makes a second variant like one that is there.", parameters: [name],
    body: .fields(variantFields), answer: .done, handle: variantFromPage),
  Route(
    method: .get, path: "/api/v1/scenarios", summary: "Names of all scenarios.",
    answer: .json("The names."), handle: scenarioNames),
  Route(
    method: .post, path: "/api/v1/scenarios",
    summary: "Makes a scenario of a process of the inventory.", body: .fields(newFields),
    answer: .json("Its name, and what to know of it.", status: .created), handle: makeForProgram),
  Route(
    method: .get, path: "/api/v1/scenarios/{name}",
    summary: "A scenario, and what is wrong with it.", parameters: [name],
    answer: .json("The text, and the problems."), handle: scenarioDocument),
  Route(
    method: .put, path: "/api/v1/scenarios/{name}", summary: "Keeps a scenario that can be run.",
    parameters: [name], body: .fields(textFields), answer: .json("Its name."),
    handle: saveForProgram),
  Route(
    method: .post, path: "/api/v1/scenarios/{name}/values",
    summary: "Changes one value of a scenario; comments and all else stay.", parameters: [name],
    body: .fields(valueFields), answer: .json("Its name."), handle: setForProgram),
  Route(
    method: .post, path: "/api/v1/scenarios/{name}/variants",
    summary: "Makes a second variant like one that is there.", parameters: [name],
    body: .fields(variantFields), answer: .json("Its name."), handle: variantForProgram),
  Route(
    method: .get, path: "/api/v1/scenarios/{name}/parameters",
    summary: "Every value of a scenario and where it comes from, worst evidence first.",
    parameters: [name], answer: .json("As `rehearse scenario explain --format json` prints it."),
    handle: parametersDocument),
  Route(
    method: .post, path: "/api/v1/scenario-check",
    summary: "What is wrong with a text; nothing is kept.", body: .fields(textFields),
    answer: .json("The problems; none where it can be run."), handle: checkForProgram),
]

private struct ScenarioDocument: Encodable {
  var name: String?
  var text: String?
  var problems: [String]?
}

private func shelf(_ exchange: Exchange) -> ScenarioShelf { ScenarioShelf(exchange.workbench) }

// MARK: - Changing

@Sendable private func makeFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let name = fields["name"] ?? ""
  _ = try await made(exchange, fields)
  return .redirect(to: "/scenarios/\(name)")
}

@Sendable private func makeForProgram(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let notes = try await made(exchange, fields)
  return try .json(ScenarioDocument(name: fields["name"], problems: notes), status: .created)
}

private func made(_ exchange: Exchange, _ fields: [String: String]) async throws -> [String] {
  let shelf = shelf(exchange)
  return try await onThread { () throws -> [String] in
    try shelf.make(of: fields["process"] ?? "", as: fields["name"] ?? "")
  }
}

@Sendable private func saveFromPage(_ exchange: Exchange) async throws -> Response {
  let text = try await exchange.fields()["text"] ?? ""
  let name = try exchange.required("name")
  do {
    try await save(text, as: name, shelf(exchange))
  } catch let problem as Problem where problem.status == .unprocessableContent {
    return try await scenarioPage(
      exchange, ScenarioAttempt(text: text, problems: problem.messages, isSaved: false))
  }
  return .redirect(to: link("/scenarios/\(name)", ["done": "Kept."]))
}

@Sendable private func saveForProgram(_ exchange: Exchange) async throws -> Response {
  let text = try await exchange.fields()["text"] ?? ""
  let name = try exchange.required("name")
  try await save(text, as: name, shelf(exchange))
  return try .json(ScenarioDocument(name: name))
}

private func save(_ text: String, as name: String, _ shelf: ScenarioShelf) async throws {
  try await onThread { () throws -> Void in try shelf.save(text, as: name) }
}

@Sendable private func setFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let name = try exchange.required("name")
  let shelf = shelf(exchange)
  let (path, value) = (fields["path"] ?? "", fields["value"] ?? "")
  do {
    try await onThread { () throws -> Void in try shelf.set(path, to: value, in: name) }
  } catch {
    return try await refusal(exchange, of: path, error)
  }
  return .redirect(
    to: link("/scenarios/\(name)", ["done": "\(path) is \(value)."]))
}

/// The page of a scenario that stays as it was, since a form's change was refused.
private func refusal(
  _ exchange: Exchange, of change: String, _ error: any Error
) async throws -> Response {
  let problem = Problem(any: error)
  guard problem.status == .unprocessableContent else { throw problem }
  let text = try shelf(exchange).text(try exchange.required("name"))
  return try await scenarioPage(
    exchange,
    ScenarioAttempt(text: text, problems: problem.messages, isSaved: false, path: change))
}

@Sendable private func variantFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let name = try exchange.required("name")
  let (variant, other) = (fields["variant"] ?? "", fields["as"] ?? "")
  let shelf = shelf(exchange)
  do {
    try await onThread { () throws -> Void in try shelf.copyVariant(variant, as: other, in: name) }
  } catch {
    return try await refusal(exchange, of: "variants.\(other)", error)
  }
  return .redirect(
    to: link(
      "/scenarios/\(name)", ["done": "\(other) is a variant like \(variant); change its values."]))
}

@Sendable private func variantForProgram(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let name = try exchange.required("name")
  let shelf = shelf(exchange)
  try await onThread { () throws -> Void in
    try shelf.copyVariant(fields["variant"] ?? "", as: fields["as"] ?? "", in: name)
  }
  return try .json(ScenarioDocument(name: name))
}

@Sendable private func setForProgram(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let name = try exchange.required("name")
  let shelf = shelf(exchange)
  try await onThread { () throws -> Void in
    try shelf.set(fields["path"] ?? "", to: fields["value"] ?? "", in: name)
  }
  return try .json(ScenarioDocument(name: name))
}

@Sendable private func copyFromPage(_ exchange: Exchange) async throws -> Response {
  let other = try await exchange.fields()["name"] ?? ""
  let name = try exchange.required("name")
  let shelf = shelf(exchange)
  try await onThread { () throws -> Void in try shelf.copy(name, as: other) }
  return .redirect(to: "/scenarios/\(other)")
}

// MARK: - Reading

@Sendable private func scenarioNames(_ exchange: Exchange) async throws -> Response {
  try .json(shelf(exchange).names)
}

@Sendable private func scenarioDocument(_ exchange: Exchange) async throws -> Response {
  let shelf = shelf(exchange)
  let name = try exchange.required("name")
  let text = try shelf.text(name)
  let problems = try await checked(text, name, shelf)
  return try .json(ScenarioDocument(name: name, text: text, problems: problems))
}

@Sendable private func checkForProgram(_ exchange: Exchange) async throws -> Response {
  let text = try await exchange.fields()["text"] ?? ""
  let problems = try await checked(text, "scenario", shelf(exchange))
  return try .json(ScenarioDocument(problems: problems))
}

@Sendable private func parametersDocument(_ exchange: Exchange) async throws -> Response {
  let shelf = shelf(exchange)
  let name = try exchange.required("name")
  let document = try await onThread { () throws -> ExplanationDocument in
    try shelf.explanation(of: name)
  }
  return try .json(document)
}

private func checked(
  _ text: String, _ name: String, _ shelf: ScenarioShelf
) async throws -> [String] {
  try await onThread { () throws -> [String] in try shelf.problems(with: text, name: name) }
}

@Sendable private func readPage(_ exchange: Exchange) async throws -> Response {
  let shelf = shelf(exchange)
  let name = try exchange.required("name")
  let text = try shelf.text(name)
  let problems = try await checked(text, name, shelf)
  return try await scenarioPage(
    exchange, ScenarioAttempt(text: text, problems: problems, isSaved: true))
}

@Sendable private func scenariosPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Scenarios", here: "/scenarios")
  let shelf = shelf(exchange)
  let names = shelf.names
  var content: [Markup] = [
    heading("Scenarios"),
    paragraph([
      Markup("Files in "), pathText(shelf.folder.path), Markup("; the command line runs the same."),
    ]),
  ]
  if names.isEmpty {
    content.append(paragraph("None yet."))
  } else {
    content.append(listMarkup(names.map { anchor($0, to: "/scenarios/\($0)") }))
  }
  content.append(subheading("From the inventory"))
  content.append(try await newScenarioForm(exchange, page))
  content.append(subheading("From an event log"))
  content.append(
    uploader(
      "Drop the log of a process here, CSV, XES or OCEL, packed by gzip or not, or choose it. How it is "
        + "read is shown first; then flow, arrivals, working times, hours and teams are measured.",
      next: "/calibrate"))
  content.append(uploadNeedsScript(otherwise: "rehearse calibrate LOG --out FOLDER"))
  return page.response(content)
}

private func newScenarioForm(
  _ exchange: Exchange, _ page: WorkbenchPage
) async throws -> Markup {
  var options: [(value: String, text: String)] = []
  if exchange.workbench.desk.isThere {
    for process in try await exchange.workbench.desk.view().estate.processes {
      let title = process.process.name ?? process.process.id
      options.append((process.process.id, "\(title) (\(process.system))"))
    }
  }
  guard !options.isEmpty else {
    return paragraph([
      Markup("A scenario is made of a process of the inventory; "),
      anchor("import", to: "/import"), Markup(" one first, such as a BPMN file."),
    ])
  }
  return page.form(
    "/scenarios", class: "fields", label: "New scenario",
    WorkbenchPage.choice("Process", "process", options, chosen: nil),
    WorkbenchPage.field("Name", "name", isRequired: true, hint: "loans-2027"),
    WorkbenchPage.button("Make a scenario"))
}
