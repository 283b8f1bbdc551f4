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

private let systemParameters: [Route.Parameter] = [
  .text("name", "Name or alias of the system.").required,
  .text("done", "What has just been done.", most: 1000),
]

private let undoFields: [Route.Parameter] = [
  .number("number", "Number of the correction.", 1...Int(Int32.max)).required
]

let estateRoutes: [Route] = [
  Route(
    method: .get, path: "/estate", summary: "The inventory.", parameters: inventoryParameters,
    maySayWait: true, handle: estatePage),
  Route(
    method: .get, path: "/estate/system", summary: "A system with the evidence of each fact.",
    parameters: systemParameters, maySayWait: true, handle: systemPage),
  Route(
    method: .get, path: "/estate/corrections", summary: "What was put right by hand.",
    handle: correctionsPage),
  Route(
    method: .post, path: "/estate/fact", summary: "Sets a fact by hand.",
    body: .fields(factFields), answer: .done, handle: factFromPage),
  Route(
    method: .post, path: "/estate/merge", summary: "Says that two systems are one.",
    body: .fields(mergeFields), answer: .done, handle: mergeFromPage),
  Route(
    method: .post, path: "/estate/split", summary: "Says that a system is two.",
    body: .fields(splitFields), answer: .done, handle: splitFromPage),
  Route(
    method: .post, path: "/estate/undo", summary: "Takes a correction back.",
    body: .fields(undoFields), answer: .done, handle: undoFromPage),
]

@Sendable private func factFromPage(_ exchange: Exchange) async throws -> Response {
  let made = try await setFact(exchange)
  return made.backToSystem("system")
}

@Sendable private func mergeFromPage(_ exchange: Exchange) async throws -> Response {
  let made = try await mergeSystems(exchange)
  return made.backToSystem("first")
}

@Sendable private func splitFromPage(_ exchange: Exchange) async throws -> Response {
  let made = try await splitSystem(exchange)
  return made.backToSystem("into")
}

@Sendable private func undoFromPage(_ exchange: Exchange) async throws -> Response {
  let number = Int64(try await exchange.fields()["number"] ?? "") ?? 0
  _ = try undoCorrection(inWorkspace: exchange.workbench.workspace, number: number)
  return .redirect(to: "/estate/corrections")
}

extension SentCorrection {
  /// Sends the browser to the page of the system that a field names, which says what was done.
  fileprivate func backToSystem(_ field: String) -> Response {
    .redirect(to: link("/estate/system", ["name": fields[field], "done": sentence]))
  }
}

/// The table of the inventory, what is known of it, and how to narrow it down.
@Sendable private func estatePage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Estate", here: "/estate")
  guard exchange.workbench.desk.isThere else { return page.response(nothingImported("Estate")) }
  let view = try await exchange.workbench.desk.view()
  guard !view.rows.isEmpty else { return page.response(nothingImported("Estate")) }
  let query = InventoryQuery(exchange)
  let (rows, total) = query.rows(of: view)
  let estate = view.estate
  let counts = [
    plural(view.rows.count, "system"), plural(estate.applications.count, "application"),
    plural(estate.teams.count, "team"), plural(estate.connections.count, "connection"),
  ]
  let share = shareText(view.completeness.share)
  let known = "\(share) of the seven audit fields are known; an assumption does not count. "
  var content: [Markup] = [
    heading("Estate"), paragraph(counts.joined(separator: ", "), class: "answer"),
    paragraph(
      class: "facts",
      [Markup(known), anchor("What was put right by hand", to: "/estate/corrections")]),
    completenessMarkup(view.completeness, exchange), filters(view, exchange),
  ]
  content += inventoryTable(rows, total: total, query, exchange)
  return page.response(content)
}

/// A bar for each audit field, which leads to the systems that lack it.
private func completenessMarkup(_ completeness: Completeness, _ exchange: Exchange) -> Markup {
  let rows: [PageRow] = completeness.fields.map { field in
    let name = field.field.rawValue
    let share: Double = field.total == 0 ? 0 : Double(field.known) / Double(field.total)
    let lacking = field.total - field.known
    let missing: Markup =
      lacking == 0
      ? Markup("–")
      : anchor("\(plural(lacking, "system")) without", to: link("/estate", ["missing": name]))
    return row(
      [
        .head(Markup(name)), .text(shareBar(share)),
        .number(Markup("\(countText(field.known)) of \(countText(field.total))")),
        .number(Markup(shareText(share))), .text(missing),
      ], isChosen: exchange["missing"] == name)
  }
  let heads: [Cell] = [
    .head(Markup("Audit field")), .head(Markup("")), .number(Markup("Known")),
    .number(Markup("Share")), .head(Markup("Not known of")),
  ]
  return element(
    "details", ["class": "completeness", "open": exchange["missing"] == nil ? nil : "open"],
    element("summary", [:], Markup("What is known, field by field")),
    tableMarkup(heads: heads, rows: rows))
}

private func filters(_ view: EstateView, _ exchange: Exchange) -> Markup {
  typealias Option = (value: String, text: String)
  let kinds: [String] = SystemKind.allCases.map(\.rawValue) + [InventoryQuery.unknown]
  let all: [Option] = [(value: "", text: "all")]
  let kindOptions: [Option] = all + kinds.map { ($0, $0) }
  var products: [Option] = all
  for technology in view.technologies.prefix(100) {
    products.append(
      (technology.name, "\(technology.name) (\(countText(technology.count)))"))
  }
  var fields: [Option] = [(value: "", text: "any")]
  fields += AuditField.allCases.map { ($0.rawValue, $0.rawValue) }
  return element(
    "form", ["method": "get", "action": "/estate", "class": "filters", "role": "search"],
    WorkbenchPage.field("Search", "q", value: exchange["q"] ?? "", type: "search"),
    WorkbenchPage.choice("Kind", "kind", kindOptions, chosen: exchange["kind"] ?? ""),
    WorkbenchPage.choice(
      "Technology", "technology", products, chosen: exchange["technology"] ?? ""),
    WorkbenchPage.choice("Not known", "missing", fields, chosen: exchange["missing"] ?? ""),
    WorkbenchPage.button("Show"))
}

private func inventoryTable(
  _ rows: [SystemRow], total: Int, _ query: InventoryQuery, _ exchange: Exchange
) -> [Markup] {
  guard total > 0 else {
    return [
      paragraph(
        class: "problem",
        [Markup("No system is as asked for. "), anchor("Show all", to: "/estate")]
      )
    ]
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
    if query.sort == order { return .head(Markup("\(title) ▾")) }
    return .head(anchor(title, to: here(sort: order.rawValue)))
  }
  let heads: [Cell] = [
    head("System", .name), head("Kind", .kind), head("Technology", .technology),
    head("Owner", .owner), .head(Markup("Team")), .number(Markup("Volume")),
    .number(Markup("Fails")), .head(Markup("Status")), head("Fields known", .known),
  ]
  let table = tableMarkup(
    heads: heads, rows: rows.map(inventoryRow),
    caption: Markup("“?” is not known, which is never zero."))
  let first = (query.page - 1) * query.pageSize + 1
  let last = first + rows.count - 1
  let pages = (total + query.pageSize - 1) / query.pageSize
  let where_ =
    rows.isEmpty
    ? "This page is behind the last; there are \(pages)."
    : "\(countText(first))–\(countText(last)) of \(plural(total, "system"))"
  let turning = turningMarkup(
    "Pages of the table", page: query.page, of: pages, middle: where_, place: { here(page: $0) })
  return [table, turning]
}

private func inventoryRow(_ system: SystemRow) -> PageRow {
  let name = anchor(system.name, to: link("/estate/system", ["name": system.name]))
  func text(_ value: String?) -> Markup { Markup(value ?? "?") }
  return row([
    .head(name), .text(text(system.kind)), .text(text(system.technology)),
    .text(text(system.owner)), .text(text(system.team)), .number(text(system.volume)),
    .number(text(system.failureRate)), .text(text(system.status)),
    .number(Markup("\(system.fieldsKnown) of 7")),
  ])
}

/// Links to the page before and the page after.
func turningMarkup(
  _ label: String, page: Int, of pages: Int, middle: String, place: (Int) -> String
) -> Markup {
  var parts: [Markup] = []
  if page > 1 {
    parts.append(
      element("a", ["href": place(min(page - 1, pages)), "rel": "prev"], Markup("Before")))
  }
  parts.append(Markup(middle))
  if page < pages {
    parts.append(element("a", ["href": place(page + 1), "rel": "next"], Markup("Next")))
  }
  return element(
    "nav", ["class": "turning", "aria-label": label], parts.joined(by: Markup(" · ")))
}
