import Facts
import Hummingbird
import Inventory
import Reporting
import Workbench

/// One system: every fact with its places, a form for each, and how to merge and split it.
@Sendable func systemPage(_ exchange: Exchange) async throws -> Response {
  let view = try await exchange.workbench.desk.view()
  let system = try foundSystem(exchange, in: view.estate)
  let page = WorkbenchPage(exchange, system.name, here: "/estate")
  let statements = try await exchange.workbench.desk.matches()[system.name] ?? []
  var content: [Markup] = [heading(system.name)]
  if let done = exchange["done"] {
    content.append(element("p", ["class": "done", "role": "status"], Markup("Kept: \(done).")))
  }
  if !system.aliases.isEmpty {
    content.append(
      paragraph("Also: \(system.aliases.joined(separator: ", "))", class: "facts"))
  }
  content.append(
    paragraph([
      anchor("Its neighbours on the map", to: link("/map", ["system": system.name])),
      Markup(" · "),
      anchor("Findings about it", to: link("/audit", ["subject": system.name])),
    ]))
  content.append(subheading("Facts and where they come from"))
  content.append(factsMarkup(system, page))
  content += connectionsMarkup(system, of: view.estate)
  if !system.unknowns.isEmpty {
    content.append(subheading("What its files cannot tell"))
    content.append(listMarkup(system.unknowns.map { Markup($0) }))
  }
  content += joiningMarkup(system, statements, page)
  return page.response(content)
}

private func factsMarkup(_ system: AutomationSystem, _ page: WorkbenchPage) -> Markup {
  let rows: [PageRow] = FieldStatements.all(of: system).map { field in
    let value: Markup =
      field.statements.isEmpty
      ? element("span", ["class": "quiet"], Markup("not known"))
      : field.statements.map { statementMarkup($0.value, $0.evidence, differs: $0.differs) }
        .joined()
    return row([
      .head(Markup(field.title)), .text(value), .text(factForm(field, system, page)),
    ])
  }
  let heads: [Cell] = [
    .head(Markup("Field")), .head(Markup("What is said, and where")), .head(Markup("Put right")),
  ]
  return tableMarkup(
    heads: heads, rows: rows,
    caption: Markup(
      "What is put right by hand outranks what files say, and stays when they are read again."))
}

private func statementMarkup(_ value: String, _ evidence: Evidence, differs: Bool) -> Markup {
  var place = "\(evidence.provenance.rawValue) · \(evidence.location.description)"
  if let note = evidence.note { place += " · \(note)" }
  let sign = differs ? "≠ " : ""
  return element(
    "div", ["class": differs ? "differs" : nil], Markup("\(sign)\(value) "),
    element("span", ["class": "small"], Markup(place)))
}

private func factForm(
  _ field: FieldStatements, _ system: AutomationSystem, _ page: WorkbenchPage
) -> Markup {
  let words: [String]? =
    switch field.field {
    case .kind: SystemKind.allCases.map(\.rawValue)
    case .status: LifecycleStatus.allCases.map(\.rawValue)
    case .criticality: Criticality.allCases.map(\.rawValue)
    default: nil
    }
  let value: Markup
  if let words {
    value = WorkbenchPage.choice(
      field.title, "value", words.map { ($0, $0) }, chosen: field.statements.first?.value)
  } else {
    value = WorkbenchPage.field(
      field.title, "value", isRequired: true, hint: field.field.expectation)
  }
  let form = page.form(
    "/estate/fact", class: "fields", label: "Put \(field.title) right",
    WorkbenchPage.hidden("system", system.name),
    WorkbenchPage.hidden("field", field.field.rawValue), value,
    WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Keep"))
  return element("details", ["class": "edit"], opener("Change", of: " \(field.title)"), form)
}

/// The line that opens a form; what it is about is said to those who hear the page.
func opener(_ text: String, of subject: String) -> Markup {
  element(
    "summary", [:], Markup(text), element("span", ["class": "hidden"], Markup(subject)))
}

private func connectionsMarkup(_ system: AutomationSystem, of estate: Estate) -> [Markup] {
  let connections = estate.connections(of: system)
  guard !connections.isEmpty else { return [] }
  func named(_ end: EntityReference) -> Markup {
    guard end.kind == .system, estate.system(named: end.name) != nil else {
      return Markup(end.name)
    }
    return anchor(end.name, to: link("/estate/system", ["name": end.name]))
  }
  let rows: [PageRow] = connections.prefix(200).map { connection in
    row([
      .head(named(connection.source)), .text(Markup(connection.kind.rawValue)),
      .text(named(connection.target)), .text(Markup(connection.action ?? "")),
      .text(evidenceList(connection.evidence)),
    ])
  }
  let heads = ["From", "How", "To", "What", "Where it is said"].map { Cell.head(Markup($0)) }
  let caption: Markup? =
    connections.count > 200 ? Markup("The first 200 of \(connections.count).") : nil
  return [subheading("Connections"), tableMarkup(heads: heads, rows: rows, caption: caption)]
}

/// By what statements were taken for one system, and the forms to join or part them.
private func joiningMarkup(
  _ system: AutomationSystem, _ statements: [SystemMatch.Statement], _ page: WorkbenchPage
) -> [Markup] {
  let rows: [PageRow] = statements.map { statement in
    var reason = statement.reason.rawValue
    if let shared = statement.shared { reason += ": \(shared)" }
    return row([
      .head(Markup(statement.name)), .text(pathText(statement.document)), .text(Markup(reason)),
    ])
  }
  let heads = ["Spoken of as", "In", "Joined by"].map { Cell.head(Markup($0)) }
  let merge = page.form(
    "/estate/merge", class: "fields", label: "Merge", WorkbenchPage.hidden("first", system.name),
    WorkbenchPage.field(
      "It is the same system as", "second", isRequired: true, hint: "name of the other system"),
    WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Merge"))
  var content = [
    subheading("One system or several"), tableMarkup(heads: heads, rows: rows), merge,
  ]
  let documents = Set(statements.map(\.document)).sorted()
  if documents.count > 1 {
    content.append(
      page.form(
        "/estate/split", class: "fields", label: "Split",
        WorkbenchPage.hidden("system", system.name),
        WorkbenchPage.choice(
          "What this file says is of another system", "from", documents.map { ($0, $0) },
          chosen: nil),
        WorkbenchPage.field("Name of that system", "into", isRequired: true),
        WorkbenchPage.field("Your name", "author", isRequired: true),
        WorkbenchPage.button("Split")))
  }
  return content
}

/// Everything that was put right by hand, which can be taken back.
@Sendable func correctionsPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Corrections", here: "/estate")
  let title = heading("What was put right by hand")
  guard exchange.workbench.desk.isThere else {
    return page.response([title, paragraph("Nothing has been imported yet.")])
  }
  let found = try corrections(
    inWorkspace: exchange.workbench.workspace,
    madeIn: try await exchange.workbench.desk.view().estate)
  var rows: [PageRow] = []
  for (number, correction) in found.all.reversed() {
    let idle = found.idle.contains(number) ? " (names nothing that is there)" : ""
    let undo = page.form(
      "/estate/undo", label: "Take back \(number)",
      WorkbenchPage.hidden("number", "\(number)"), WorkbenchPage.button("Take back"))
    rows.append(
      row([
        .number(Markup("\(Int(number))")), .head(Markup("\(correction.sentence)\(idle)")),
        .text(Markup(correction.author)), .text(timeMarkup(correction.date)), .text(undo),
      ]))
  }
  guard !rows.isEmpty else {
    return page.response([
      title, paragraph("Nothing yet; the page of each system has a form for every field."),
    ])
  }
  let heads: [Cell] = [
    .number(Markup("No.")), .head(Markup("What")), .head(Markup("By")), .head(Markup("When")),
    .head(Markup("")),
  ]
  return page.response([title, tableMarkup(heads: heads, rows: rows)])
}
