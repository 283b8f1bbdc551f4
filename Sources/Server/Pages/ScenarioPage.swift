import Facts
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Scenarios
import Workbench

/// A scenario as it is shown: the text, and what is wrong with it or with what was tried.
struct ScenarioAttempt {
  /// The text in the editor.
  var text: String
  /// What is wrong.
  var problems: [String]
  /// Whether the text is what is kept.
  var isSaved: Bool
  /// The key that was to be changed in a form.
  var path: String?
}

/// A scenario: the text beside forms for its values, each with where it comes from.
func scenarioPage(_ exchange: Exchange, _ attempt: ScenarioAttempt) async throws -> Response {
  let name = try exchange.required("name")
  let shelf = ScenarioShelf(exchange.workbench)
  let page = WorkbenchPage(exchange, name, here: "/scenarios")
  var content: [Markup] = [heading(name)]
  if let done = exchange["done"] {
    content.append(element("p", ["class": "done", "role": "status"], Markup(done)))
  }
  content.append(stateMarkup(attempt))
  let runs = attempt.isSaved && attempt.problems.isEmpty
  if runs {
    let isCalibrated = shelf.calibrationPage(of: name) != nil
    content.append(runForms(name, isCalibrated: isCalibrated, page))
  }
  var forms: [Markup] = [subheading("Values, and where they come from")]
  if runs || attempt.path != nil {
    forms += try await valueForms(shelf, name, page)
  } else {
    forms.append(
      paragraph(
        "The values stand here as forms as soon as the text can be run.", class: "facts"))
  }
  let editor = element(
    "section", ["aria-label": "The text"], subheading("The text"), textForm(name, attempt, page))
  let values = element(
    "section", ["id": "values", "aria-label": "Values"], containing: forms)
  content.append(element("div", ["class": "side"], editor, values))
  return page.response(
    content, status: attempt.isSaved ? .ok : .unprocessableContent)
}

private func stateMarkup(_ attempt: ScenarioAttempt) -> Markup {
  guard !attempt.problems.isEmpty else { return paragraph("It can be run.", class: "facts") }
  let count = plural(attempt.problems.count, "problem")
  let what: String
  if let path = attempt.path {
    what = "\(path) stays as it was, because the change was refused"
  } else {
    what = attempt.isSaved ? "It cannot be run" : "Not kept, because it could not be run"
  }
  // A place in the text is a link that the script takes the reader to.
  return element(
    "div", ["role": "alert", "id": "problems"],
    paragraph("\(what): \(count).", class: "problem"),
    listMarkup(attempt.problems.map { Markup($0) }, class: "problems"))
}

private func textForm(_ name: String, _ attempt: ScenarioAttempt, _ page: WorkbenchPage) -> Markup {
  page.form(
    "/scenarios/\(name)", label: "Scenario",
    element("label", ["for": "scenario-text", "class": "hidden"], Markup("The scenario in YAML")),
    element(
      "textarea",
      [
        "name": "text", "id": "scenario-text", "spellcheck": "false", "autocomplete": "off",
        "aria-describedby": attempt.problems.isEmpty ? nil : "problems",
      ], Markup("\n" + attempt.text)),
    paragraph([WorkbenchPage.button("Check and keep")]),
    element("p", ["id": "scenario-state", "role": "status", "class": "facts"]))
}

private func runForms(_ name: String, isCalibrated: Bool, _ page: WorkbenchPage) -> Markup {
  let run = page.form(
    "/studies", class: "fields", label: "Run",
    WorkbenchPage.hidden("scenario", name),
    WorkbenchPage.field(
      "Rehearsals of each variant", "replications", type: "number", hint: "as the scenario says"),
    WorkbenchPage.choice(
      "What matters most", "tornado",
      [("", "not tried"), ("yes", "values tried low and high")], chosen: nil),
    WorkbenchPage.button("Run and compare"))
  let copy = page.form(
    "/scenarios/\(name)/copy", class: "fields", label: "Copy",
    WorkbenchPage.field("Name of a copy", "name", isRequired: true, hint: "\(name)-2"),
    WorkbenchPage.button("Copy"))
  var links = [anchor("Try values at once", to: "/scenarios/\(name)/preview")]
  if isCalibrated {
    links.append(
      anchor(
        "What was measured in the log, and how well it fits", to: "/scenarios/\(name)/calibration"))
  }
  return element("div", ["class": "acts"], containing: [run, copy] + links)
}

/// Forms for all values, in groups as the language has them.
private func valueForms(
  _ shelf: ScenarioShelf, _ name: String, _ page: WorkbenchPage
) async throws -> [Markup] {
  let sheet = try await onThread { () throws -> ExplanationDocument in
    try shelf.explanation(of: name)
  }
  let counts = sheet.classes.map { "\($0.count) \($0.provenance.rawValue)" }
  var groups: [(name: String, records: [ParameterRecord])] = []
  for parameter in sheet.parameters {
    let group = String(parameter.record.path.prefix { $0 != "." })
    if let position = groups.firstIndex(where: { $0.name == group }) {
      groups[position].records.append(parameter.record)
    } else {
      groups.append((group, [parameter.record]))
    }
  }
  var content = [
    paragraph("\(counts.joined(separator: ", ")); the weakest evidence first.", class: "facts"),
    otherKeyForm(name, page), try await variantForm(shelf, name, page),
  ]
  for group in groups {
    let rows: [PageRow] = group.records.map { row(valueCells($0, shelf, name, page)) }
    let heads: [Cell] = [
      .head(Markup("Parameter")), .head(Markup("Value, and how it is known")),
    ]
    content.append(
      element(
        "details", [:],
        element(
          "summary", [:], Markup("\(group.name) (\(group.records.count))")),
        tableMarkup(heads: heads, rows: rows)))
  }
  return content
}

private func valueCells(
  _ record: ParameterRecord, _ shelf: ScenarioShelf, _ name: String, _ page: WorkbenchPage
) -> [Cell] {
  let key = ScenarioKey.at(path: record.path)
  var label: [Markup] = [pathText(record.path)]
  if let key { label.append(element("div", ["class": "small"], Markup(key.summary))) }
  var known = record.provenance.rawValue
  if let note = record.note { known += " · \(note)" }
  let file = record.location.description.replacing("\(shelf.folder.path)/", with: "")
  let place = record.isDefault ? "nobody wrote it" : file
  let value: [Markup] = [
    valueForm(record, key, name, page),
    element("div", ["class": "small"], Markup("\(known) · \(place)")),
  ]
  return [.head(label.joined()), .text(value.joined())]
}

private func valueForm(
  _ record: ParameterRecord, _ key: ScenarioKey?, _ name: String, _ page: WorkbenchPage
) -> Markup {
  // What a BPMN file or the inventory says is not in this text.
  guard let key, key.takesValue else { return Markup(record.text) }
  let label = "New value of \(record.path)"
  let field: Markup
  if key.words.isEmpty || !key.words.contains(record.text) {
    field = element(
      "input",
      [
        "type": "text", "name": "value", "value": record.text, "required": "required",
        "maxlength": "2000", "aria-label": label, "title": "Takes \(key.expectation)",
      ])
  } else {
    field = element(
      "select", ["name": "value", "aria-label": label],
      containing: key.words.map { word in
        element(
          "option", ["value": word, "selected": word == record.text ? "selected" : nil],
          Markup(word))
      })
  }
  return page.form(
    "/scenarios/\(name)/value", class: "value-form", WorkbenchPage.hidden("path", record.path),
    field,
    element(
      "button", ["type": "submit", "aria-label": "Keep \(record.path)"], Markup("Keep")))
}

/// A form that copies a variant.
private func variantForm(
  _ shelf: ScenarioShelf, _ name: String, _ page: WorkbenchPage
) async throws -> Markup {
  let path = try shelf.existing(name).path
  let variants = try await onThread { () throws -> [String] in
    try readScenarioFile(path, within: shelf.roots).scenario.variants.map(\.name)
  }
  let form = page.form(
    "/scenarios/\(name)/variant", class: "fields", label: "Copy a variant",
    WorkbenchPage.choice("Variant", "variant", variants.map { ($0, $0) }, chosen: nil),
    WorkbenchPage.field("Name of the copy", "as", isRequired: true),
    WorkbenchPage.button("Copy the variant"))
  return element("details", [:], element("summary", [:], Markup("Copy a variant")), form)
}

/// A form for any key of the language.
private func otherKeyForm(_ name: String, _ page: WorkbenchPage) -> Markup {
  let keys = ScenarioKey.all.filter(\.takesValue)
  let list = element(
    "datalist", ["id": "all-keys"],
    containing: keys.map { element("option", ["value": $0.path], Markup($0.summary)) })
  let path = element(
    "label", [:], element("span", [:], Markup("Key")),
    element(
      "input",
      [
        "type": "text", "name": "path", "list": "all-keys", "required": "required",
        "maxlength": "500", "placeholder": "teams.aml.people",
      ]))
  let form = page.form(
    "/scenarios/\(name)/value", class: "fields", label: "Any key", path, list,
    WorkbenchPage.field("Value", "value", isRequired: true, hint: "as it would be written"),
    WorkbenchPage.button("Set"))
  return element(
    "details", [:], element("summary", [:], Markup("Set any key of the language")), form)
}
