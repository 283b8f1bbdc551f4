import Auditing
import Hummingbird
import Inventory
import Reporting
import Workbench

/// Parameters of the inventory table, on the page and for programs.
let inventoryParameters: [Route.Parameter] = [
  .text("q", "Words that must all stand in name, alias, technology, owner, team or purpose."),
  .word("kind", "Only systems of this kind.", SystemKind.allCases.map(\.rawValue) + ["unknown"]),
  .text("technology", "Only systems of this product, or 'unknown'."),
  .word(
    "missing", "Only systems of which this audit field is not known.",
    AuditField.allCases.map(\.rawValue)),
  .word("sort", "Order of the table.", InventoryQuery.Order.allCases.map(\.rawValue)),
  .number("page", "Which page of the table, from 1.", 1...1_000_000),
]

extension InventoryQuery {
  /// What a request asks for.
  init(_ exchange: Exchange) {
    words = (exchange["q"] ?? "").lowercased().split { $0.isWhitespace }.map(String.init)
    kind = exchange["kind"]
    technology = exchange["technology"]
    missing = exchange["missing"]
    sort = exchange["sort"].flatMap(Order.init) ?? .name
    page = exchange.number("page") ?? 1
  }
}

let estateRoutes: [Route] = [
  Route(
    method: .get, path: "/estate", summary: "The inventory.", parameters: inventoryParameters,
    handle: estatePage),
  Route(
    method: .get, path: "/estate/system", summary: "A system with the evidence of each fact.",
    parameters: [
      .text("name", "Name or alias of the system.").required,
      .text("done", "What has just been done.", most: 1000),
    ], handle: systemPage),
  Route(
    method: .get, path: "/estate/corrections", summary: "What was put right by hand.",
    handle: correctionsPage),
  Route(
    method: .post, path: "/estate/fact", summary: "Sets a fact by hand.",
    body: .fields(factFields), answer: .done
  ) { exchange in
    let made = try await setFact(exchange)
    return .redirect(
      to: link("/estate/system", ["name": made.fields["system"], "done": made.sentence]))
  },
  Route(
    method: .post, path: "/estate/merge", summary: "Says that two systems are one.",
    body: .fields(mergeFields), answer: .done
  ) { exchange in
    let made = try await mergeSystems(exchange)
    return .redirect(
      to: link("/estate/system", ["name": made.fields["first"], "done": made.sentence]))
  },
  Route(
    method: .post, path: "/estate/split", summary: "Says that a system is two.",
    body: .fields(splitFields), answer: .done
  ) { exchange in
    let made = try await splitSystem(exchange)
    return .redirect(
      to: link("/estate/system", ["name": made.fields["into"], "done": made.sentence]))
  },
  Route(
    method: .post, path: "/estate/undo", summary: "Takes a correction back.",
    body: .fields([
      .number("number", "Number of the correction.", 1...Int(Int32.max)).required
    ]), answer: .done
  ) { exchange in
    let fields = try await exchange.fields()
    _ = try undoCorrection(
      inWorkspace: exchange.workbench.workspace, number: Int64(fields["number"] ?? "") ?? 0)
    return .redirect(to: "/estate/corrections")
  },
]

/// The table of the inventory, what is known of it, and how to narrow it down.
private func estatePage(_ exchange: Exchange) async throws -> Response {
  var page = WorkbenchPage(exchange, "Estate", here: "/estate")
  guard exchange.workbench.desk.isThere else { return page.response(emptyEstate) }
  let view = try await exchange.workbench.desk.view()
  guard !view.rows.isEmpty else { return page.response(emptyEstate) }
  let query = InventoryQuery(exchange)
  let (rows, total) = query.rows(of: view)
  page.allowsStyles = false
  let estate = view.estate
  let head =
    element("h1", [:], "Estate")
    + element(
      "p", ["class": "answer"],
      "\(plural(view.rows.count, "system")), \(plural(estate.applications.count, "application")), ",
      "\(plural(estate.teams.count, "team")), \(plural(estate.connections.count, "connection"))")
    + element(
      "p", ["class": "facts"],
      "\(shareText(view.completeness.share)) of the seven audit fields are known; an assumption does ",
      "not count. ",
      element("a", ["href": "/estate/corrections"], "What was put right by hand"))
  return page.response(
    head, completenessMarkup(view.completeness, exchange), filters(view, exchange),
    inventoryTable(rows, total: total, query, exchange))
}

private let emptyEstate: Markup = [
  element("h1", [:], "Estate"),
  element("p", ["class": "answer"], "Nothing has been imported yet."),
  element(
    "p", [:], "Begin with ", element("a", ["href": "/import"], "an import"),
    ": the files that your products export, as they are."),
].joined()

/// A bar for each audit field, which leads to the systems that lack it.
private func completenessMarkup(_ completeness: Completeness, _ exchange: Exchange) -> Markup {
  let rows = completeness.fields.map { field in
    let share = field.total == 0 ? 0 : Double(field.known) / Double(field.total)
    let lacking = field.total - field.known
    let missing: Markup =
      lacking == 0
      ? "–"
      : element(
        "a", ["href": link("/estate", ["missing": field.field.rawValue])],
        "\(plural(lacking, "system")) without")
    let cells: [Cell] = [
      .head("\(field.field.rawValue)"), .text(WorkbenchPage.bar(share)),
      .number("\(field.known) of \(field.total)"), .number("\(shareText(share))"), .text(missing),
    ]
    return (cells: cells, isChosen: exchange["missing"] == field.field.rawValue)
  }
  return element(
    "details", ["class": "completeness", "open": exchange["missing"] == nil ? nil : "open"],
    element("summary", [:], "What is known, field by field"),
    tableMarkup(
      heads: [
        .head("Audit field"), .head(""), .number("Known"), .number("Share"), .head("Not known of"),
      ], rows: rows))
}

private func filters(_ view: EstateView, _ exchange: Exchange) -> Markup {
  let kinds =
    [(value: "", text: "all")]
    + (SystemKind.allCases.map(\.rawValue) + [InventoryQuery.unknown]).map { ($0, $0) }
  let products =
    [(value: "", text: "all")]
    + view.technologies.prefix(100).map { ($0.name, "\($0.name) (\(countText($0.count)))") }
  let fields =
    [(value: "", text: "any")] + AuditField.allCases.map { ($0.rawValue, $0.rawValue) }
  return element(
    "form",
    ["method": "get", "action": "/estate", "class": "filters", "role": "search"],
    WorkbenchPage.field("Search", "q", value: exchange["q"] ?? "", type: "search"),
    WorkbenchPage.choice("Kind", "kind", kinds, chosen: exchange["kind"] ?? ""),
    WorkbenchPage.choice(
      "Technology", "technology", products, chosen: exchange["technology"] ?? ""),
    WorkbenchPage.choice("Not known", "missing", fields, chosen: exchange["missing"] ?? ""),
    WorkbenchPage.button("Show"))
}

private func inventoryTable(
  _ rows: [SystemRow], total: Int, _ query: InventoryQuery, _ exchange: Exchange
) -> Markup {
  guard total > 0 else {
    return element(
      "p", ["class": "problem"], "No system is as asked for. ",
      element("a", ["href": "/estate"], "Show all"))
  }
  func here(sort: String? = nil, page: Int? = nil) -> String {
    link(
      "/estate",
      [
        "q": exchange["q"], "kind": exchange["kind"], "technology": exchange["technology"],
        "missing": exchange["missing"], "sort": sort ?? exchange["sort"],
        "page": page.map { "\($0)" },
      ])
  }
  func head(_ title: String, _ order: InventoryQuery.Order) -> Cell {
    .head(
      query.sort == order
        ? "\(title) ▾"
        : element("a", ["href": here(sort: order.rawValue)], "\(title)"))
  }
  let body = rows.map { row in
    let cells: [Cell] = [
      .head(
        element("a", ["href": link("/estate/system", ["name": row.name])], "\(row.name)")),
      .text("\(row.kind ?? "?")"), .text("\(row.technology ?? "?")"), .text("\(row.owner ?? "?")"),
      .text("\(row.team ?? "?")"), .number("\(row.volume ?? "?")"),
      .number("\(row.failureRate ?? "?")"), .text("\(row.status ?? "?")"),
      .number("\(row.fieldsKnown) of 7"),
    ]
    return (cells: cells, isChosen: false)
  }
  let first = (query.page - 1) * query.pageSize + 1
  let last = first + rows.count - 1
  let pages = (total + query.pageSize - 1) / query.pageSize
  var turning: [Markup] = []
  if query.page > 1 {
    turning.append(
      element("a", ["href": here(page: min(query.page - 1, pages)), "rel": "prev"], "Before"))
  }
  turning.append(
    rows.isEmpty
      ? "This page is behind the last; there are \(pages)."
      : "\(first)–\(last) of \(plural(total, "system"))")
  if query.page < pages {
    turning.append(element("a", ["href": here(page: query.page + 1), "rel": "next"], "Next"))
  }
  return tableMarkup(
    heads: [
      head("System", .name), head("Kind", .kind), head("Technology", .technology),
      head("Owner", .owner), .head("Team"), .number("Volume"), .number("Fails"), .head("Status"),
      head("Fields known", .known),
    ], rows: body, caption: "“?” is not known, which is never zero.")
    + element(
      "nav", ["class": "turning", "aria-label": "Pages of the table"], turning.joined(by: " · "))
}
