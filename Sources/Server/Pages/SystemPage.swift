import Facts
import Hummingbird
import Inventory
import Reporting
import Workbench

/// One system: every fact with its places, a form for each, and how to merge and split it.
func systemPage(_ exchange: Exchange) async throws -> Response {
  let view = try await exchange.workbench.desk.view()
  let system: AutomationSystem
  do {
    system = try Workbench.system(named: try exchange.required("name"), of: view.estate)
  } catch let error as WorkbenchError {
    var problem = Problem(error)
    problem.status = .notFound
    throw problem
  }
  let page = WorkbenchPage(exchange, system.name, here: "/estate")
  let statements =
    try matches(inWorkspace: exchange.workbench.workspace).systems
    .first { $0.system == system.name }?.statements ?? []
  let done =
    exchange["done"].map {
      element("p", ["class": "done", "role": "status"], "Kept: \($0).")
    } ?? .none
  let also =
    system.aliases.isEmpty
    ? Markup.none
    : element("p", ["class": "facts"], "Also: \(system.aliases.joined(separator: ", "))")
  return page.response(
    element("h1", [:], "\(system.name)"), done, also,
    element(
      "p", [:],
      element(
        "a", ["href": link("/map", ["system": system.name])], "Its neighbours on the map"), " · ",
      element("a", ["href": link("/audit", ["subject": system.name])], "Findings about it")),
    element("h2", [:], "Facts and where they come from"), factsMarkup(system, page),
    connectionsMarkup(system, of: view.estate),
    (system.unknowns.isEmpty
      ? .none
      : element("h2", [:], "What its files cannot tell")
        + element("ul", [:], containing: system.unknowns.map { element("li", [:], "\($0)") })),
    joiningMarkup(system, statements, of: view, page))
}

private func factsMarkup(_ system: AutomationSystem, _ page: WorkbenchPage) -> Markup {
  let rows = FieldStatements.all(of: system).map { field in
    let value: Markup =
      field.statements.isEmpty
      ? element("span", ["class": "quiet"], "not known")
      : field.statements.map { statement in
        element(
          "div", ["class": statement.differs ? "differs" : nil],
          "\(statement.differs ? "≠ " : "")\(statement.value) ",
          element(
            "span", ["class": "small"],
            "\(statement.evidence.provenance.rawValue) · \(statement.evidence.location.description)",
            "\(statement.evidence.note.map { " · \($0)" } ?? "")"))
      }.joined()
    let cells: [Cell] = [
      .head("\(field.title)"), .text(value), .text(factForm(field, system, page)),
    ]
    return (cells: cells, isChosen: false)
  }
  return tableMarkup(
    heads: [.head("Field"), .head("What is said, and where"), .head("Put right")], rows: rows,
    caption:
      "What is put right by hand outranks what files say, and stays when they are read again.")
}

private func factForm(
  _ field: FieldStatements, _ system: AutomationSystem, _ page: WorkbenchPage
) -> Markup {
  let name = field.field.rawValue
  let words: [String]? =
    switch field.field {
    case .kind: SystemKind.allCases.map(\.rawValue)
    case .status: LifecycleStatus.allCases.map(\.rawValue)
    case .criticality: Criticality.allCases.map(\.rawValue)
    default: nil
    }
  let value =
    words.map {
      WorkbenchPage.choice(
        field.title, "value", $0.map { ($0, $0) }, chosen: field.statements.first?.value)
    }
    ?? WorkbenchPage.field(
      field.title, "value", isRequired: true, hint: field.field.expectation)
  return element(
    "details", ["class": "edit"],
    element(
      "summary", [:], "Change", element("span", ["class": "hidden"], " \(field.title)")),
    page.form(
      "/estate/fact", class: "fields", label: "Put \(field.title) right",
      WorkbenchPage.hidden("system", system.name), WorkbenchPage.hidden("field", name), value,
      WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Keep")))
}

private func connectionsMarkup(_ system: AutomationSystem, of estate: Estate) -> Markup {
  let connections = estate.connections(of: system)
  guard !connections.isEmpty else { return .none }
  func named(_ end: EntityReference) -> Markup {
    end.kind == .system && estate.system(named: end.name) != nil
      ? element("a", ["href": link("/estate/system", ["name": end.name])], "\(end.name)")
      : "\(end.name)"
  }
  return element("h2", [:], "Connections")
    + tableMarkup(
      heads: [.head("From"), .head("How"), .head("To"), .head("What"), .head("Where it is said")],
      rows: connections.prefix(200).map { connection in
        let cells: [Cell] = [
          .head(named(connection.source)), .text("\(connection.kind.rawValue)"),
          .text(named(connection.target)), .text("\(connection.action ?? "")"),
          .text(evidenceList(connection.evidence)),
        ]
        return (cells: cells, isChosen: false)
      },
      caption: connections.count > 200 ? "The first 200 of \(connections.count)." : nil)
}

/// By what statements were taken for one system, and the forms to join or part them.
private func joiningMarkup(
  _ system: AutomationSystem, _ statements: [SystemMatch.Statement], of view: EstateView,
  _ page: WorkbenchPage
) -> Markup {
  let rows = statements.map { statement in
    let cells: [Cell] = [
      .head("\(statement.name)"),
      .text(element("span", ["class": "path"], "\(statement.document)")),
      .text("\(statement.reason.rawValue)\(statement.shared.map { ": \($0)" } ?? "")"),
    ]
    return (cells: cells, isChosen: false)
  }
  let documents = Set(statements.map(\.document)).sorted()
  let split =
    statements.count < 2
    ? Markup.none
    : page.form(
      "/estate/split", class: "fields", label: "Split",
      WorkbenchPage.hidden("system", system.name),
      WorkbenchPage.choice(
        "What this file says is of another system", "from", documents.map { ($0, $0) }, chosen: nil),
      WorkbenchPage.field("Name of that system", "into", isRequired: true),
      WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Split"))
  return element("h2", [:], "One system or several")
    + tableMarkup(
      heads: [.head("Spoken of as"), .head("In"), .head("Joined by")], rows: rows)
    + page.form(
      "/estate/merge", class: "fields", label: "Merge", WorkbenchPage.hidden("first", system.name),
      WorkbenchPage.field(
        "It is the same system as", "second", isRequired: true, hint: "name of the other system"),
      WorkbenchPage.field("Your name", "author", isRequired: true), WorkbenchPage.button("Merge"))
    + split
}

/// Everything that was put right by hand, which can be taken back.
func correctionsPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Corrections", here: "/estate")
  let found = try corrections(inWorkspace: exchange.workbench.workspace)
  let rows = found.all.reversed().map { number, correction in
    let idle = found.idle.contains(number) ? " (names nothing that is there)" : ""
    let cells: [Cell] = [
      .number("\(Int(number))"), .head("\(correction.sentence)\(idle)"),
      .text("\(correction.author)"), .text("\(correction.date)"),
      .text(
        page.form(
          "/estate/undo", label: "Take back \(number)",
          WorkbenchPage.hidden("number", "\(number)"), WorkbenchPage.button("Take back"))),
    ]
    return (cells: cells, isChosen: false)
  }
  return page.response(
    element("h1", [:], "What was put right by hand"),
    (rows.isEmpty
      ? element("p", [:], "Nothing yet; the page of each system has a form for every field.")
      : tableMarkup(
        heads: [.number("No."), .head("What"), .head("By"), .head("When"), .head("")],
        rows: Array(rows))))
}
