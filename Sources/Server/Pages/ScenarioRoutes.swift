import Facts
import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import ProcessModel
import Reporting
import Scenarios
import Workbench

private let name: Route.Parameter = .text("name", "Name of the scenario.", most: 60).inPath

private let newFields: [Route.Parameter] = [
  .text("process", "Id or name of a process of the inventory.").required,
  .text("name", "Name of the scenario: small letters, digits, - and _.", most: 60).required,
]

private let textFields: [Route.Parameter] = [
  .text("text", "The scenario in YAML.", most: 500_000).required
]

private struct ScenarioDocument: Encodable {
  var name: String
  var text: String?
  var problems: [String]?
}

let scenarioRoutes: [Route] = [
  Route(method: .get, path: "/scenarios", summary: "The scenarios.", handle: scenariosPage),
  Route(
    method: .post, path: "/scenarios", summary: "Makes a scenario of a process of the inventory.",
    body: .fields(newFields), answer: .done
  ) { exchange in
    let fields = try await exchange.fields()
    let shelf = ScenarioShelf(exchange.workbench)
    _ = try await onThread {
      try shelf.make(of: fields["process"] ?? "", as: fields["name"] ?? "")
    }
    return .redirect(to: "/scenarios/\(fields["name"] ?? "")")
  },
  Route(
    method: .get, path: "/scenarios/{name}", summary: "A scenario, to be read and changed.",
    parameters: [name]
  ) { exchange in
    let text = try ScenarioShelf(exchange.workbench).text(try exchange.required("name"))
    return try await scenarioPage(exchange, text: text, problems: nil)
  },
  Route(
    method: .post, path: "/scenarios/{name}", summary: "Keeps a scenario that can be run.",
    parameters: [name], body: .fields(textFields), answer: .done
  ) { exchange in
    let text = try await exchange.fields()["text"] ?? ""
    let name = try exchange.required("name")
    let shelf = ScenarioShelf(exchange.workbench)
    do {
      try await onThread { try shelf.save(text, as: name) }
    } catch let problem as Problem where problem.status == .unprocessableContent {
      return try await scenarioPage(exchange, text: text, problems: problem.messages)
    }
    return .redirect(to: "/scenarios/\(name)")
  },
  Route(
    method: .get, path: "/api/v1/scenarios", summary: "Names of all scenarios.",
    answer: .json("The names.")
  ) { exchange in
    try .json(ScenarioShelf(exchange.workbench).names)
  },
  Route(
    method: .get, path: "/api/v1/scenarios/{name}",
    summary: "A scenario, and what is wrong with it.",
    parameters: [name], answer: .json("The text, and the problems.")
  ) { exchange in
    let shelf = ScenarioShelf(exchange.workbench)
    let name = try exchange.required("name")
    let text = try shelf.text(name)
    let problems = try await onThread { try shelf.problems(with: text, name: name) }
    return try .json(ScenarioDocument(name: name, text: text, problems: problems))
  },
  Route(
    method: .put, path: "/api/v1/scenarios/{name}", summary: "Keeps a scenario that can be run.",
    parameters: [name], body: .fields(textFields), answer: .json("Its name.")
  ) { exchange in
    let text = try await exchange.fields()["text"] ?? ""
    let name = try exchange.required("name")
    let shelf = ScenarioShelf(exchange.workbench)
    try await onThread { try shelf.save(text, as: name) }
    return try .json(ScenarioDocument(name: name))
  },
  Route(
    method: .post, path: "/api/v1/scenarios",
    summary: "Makes a scenario of a process of the inventory.",
    body: .fields(newFields), answer: .json("Its name, and what to know of it.", status: .created)
  ) { exchange in
    let fields = try await exchange.fields()
    let shelf = ScenarioShelf(exchange.workbench)
    let notes = try await onThread {
      try shelf.make(of: fields["process"] ?? "", as: fields["name"] ?? "")
    }
    return try .json(
      ScenarioDocument(name: fields["name"] ?? "", problems: notes), status: .created)
  },
]

private func scenariosPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Scenarios", here: "/scenarios")
  let shelf = ScenarioShelf(exchange.workbench)
  let names = shelf.names
  let processes =
    exchange.workbench.desk.isThere
    ? try await exchange.workbench.desk.view().estate.processes : []
  let list =
    names.isEmpty
    ? element("p", [:], "None yet.")
    : element(
      "ul", [:],
      containing: names.map {
        element("li", [:], element("a", ["href": "/scenarios/\($0)"], "\($0)"))
      })
  let new =
    processes.isEmpty
    ? element(
      "p", [:], "A scenario is made of a process of the inventory; ",
      element("a", ["href": "/import"], "import"), " one first, such as a BPMN file.")
    : page.form(
      "/scenarios", class: "fields", label: "New scenario",
      WorkbenchPage.choice(
        "Process", "process",
        processes.map { ($0.process.id, "\($0.process.name ?? $0.process.id) (\($0.system))") },
        chosen: nil),
      WorkbenchPage.field("Name", "name", isRequired: true, hint: "loans-2027"),
      WorkbenchPage.button("Make a scenario"))
  return page.response(
    element("h1", [:], "Scenarios"),
    element(
      "p", [:], "Files in ", element("span", ["class": "path"], "\(shelf.folder.path)"),
      "; the command line runs the same."), list,
    element("h2", [:], "From the inventory"), new)
}

private func scenarioPage(
  _ exchange: Exchange, text: String, problems: [String]?
) async throws -> Response {
  let name = try exchange.required("name")
  let shelf = ScenarioShelf(exchange.workbench)
  let page = WorkbenchPage(exchange, name, here: "/scenarios")
  let isSaved = problems == nil
  let found: [String]
  if let problems {
    found = problems
  } else {
    found = try await onThread { try shelf.problems(with: text, name: name) }
  }
  let state =
    found.isEmpty
    ? element("p", ["class": "facts"], "It can be run.")
    : element(
      "div", ["role": "alert"],
      element(
        "p", ["class": "problem"],
        "\(isSaved ? "It cannot be run" : "Not kept, because it could not be run"): ",
        "\(plural(found.count, "problem"))."),
      element("ul", ["class": "problems"], containing: found.map { element("li", [:], "\($0)") }))
  let editor = page.form(
    "/scenarios/\(name)", label: "Scenario",
    element(
      "label", ["for": "scenario-text", "class": "hidden"], "The scenario in YAML"),
    element(
      "textarea",
      ["name": "text", "id": "scenario-text", "spellcheck": "false", "autocomplete": "off"],
      Markup("\n" + text)), element("p", [:], WorkbenchPage.button("Check and keep")))
  let run =
    found.isEmpty && isSaved
    ? page.form(
      "/studies", class: "fields", label: "Run",
      WorkbenchPage.hidden("scenario", name),
      WorkbenchPage.field(
        "Rehearsals of each variant", "replications", type: "number", hint: "as the scenario says"),
      WorkbenchPage.button("Run and compare")) : .none
  let sheet = found.isEmpty && isSaved ? try await provenanceMarkup(shelf, name) : .none
  return page.response(
    element("h1", [:], "\(name)"), run,
    element(
      "div", ["class": "side"], element("section", [:], state, editor),
      element("section", [:], sheet)), status: problems == nil ? .ok : .unprocessableContent)
}

/// Where each value comes from, worst evidence first.
private func provenanceMarkup(_ shelf: ScenarioShelf, _ name: String) async throws -> Markup {
  let path = try shelf.existing(name).path
  let sheet = try await onThread { try explainScenario(path) }
  let counts = sheet.classes.map { "\($0.count) \($0.provenance.rawValue)" }
  let rows = sheet.parameters.map { parameter in
    let record = parameter.record
    let cells: [Cell] = [
      .head(element("span", ["class": "path"], "\(record.path)")), .text("\(record.text)"),
      .text("\(record.provenance.rawValue)"),
    ]
    return (cells: cells, isChosen: false)
  }
  return element("h2", [:], "Where the values come from")
    + element("p", ["class": "facts"], "\(counts.joined(separator: ", "))")
    + element(
      "div", ["class": "tall"],
      tableMarkup(
        heads: [.head("Parameter"), .head("Value"), .head("How it is known")], rows: rows))
}
