import Auditing
import Facts
import Foundation
import HTTPTypes
import Hummingbird
import Inventory
import Reporting
import Workbench

private let waiverFields: [Route.Parameter] = [
  .text("finding", "Identifier of the finding.", most: 2000).required,
  .text("reason", "Why it is accepted.", most: 2000).required,
  .text("owner", "Who accepts it.").required,
  .text("expires", "Last day on which it holds, such as 2027-03-31.", most: 10),
]

private let auditParameters: [Route.Parameter] = [
  .word("severity", "Only findings of this severity.", Severity.allCases.map(\.rawValue)),
  .text("owner", "Only findings that fall to this person or team."),
  .text("subject", "Only findings about this thing."),
  .text("check", "Only findings of this check.", most: 80),
  .word("change", "Only findings that were not there in the state kept.", ["new"]),
  .word("order", "By severity, or by what they cost.", ["severity", "cost"]),
  .number("finding", "The number of one finding.", 1...1_000_000),
  .number("page", "Which page, from 1.", 1...1_000_000),
]

private let unwaiveFields: [Route.Parameter] = [
  .text("finding", "Identifier of the finding.", most: 2000).required
]

let auditRoutes: [Route] = [
  Route(
    method: .get, path: "/audit", summary: "The findings of the audit.",
    parameters: auditParameters, maySayWait: true, handle: auditPage),
  Route(
    method: .post, path: "/audit/waive", summary: "Accepts a finding.",
    body: .fields(waiverFields), answer: .done, handle: waiveFromPage),
  Route(
    method: .post, path: "/audit/unwaive", summary: "No longer accepts a finding.",
    body: .fields(unwaiveFields), answer: .done, handle: unwaiveFromPage),
  Route(
    method: .post, path: "/audit/baseline",
    summary: "Keeps the audit as it is now, to compare with.",
    body: .fields([]), answer: .done, handle: keepFromPage),
  Route(
    method: .post, path: "/audit/baseline/forget", summary: "Forgets the state that was kept.",
    body: .fields([]), answer: .done, handle: forgetFromPage),
  Route(
    method: .post, path: "/api/v1/audit/baseline",
    summary: "Keeps the audit as it is now; later ones say what is new and what is gone.",
    body: .fields([]), answer: .json("The audit, as it was kept.", status: .created),
    handle: keepForProgram),
  Route(
    method: .get, path: "/api/v1/audit", summary: "The whole audit, as `rehearse audit` prints it.",
    answer: .json("The audit."), handle: auditDocument),
  Route(
    method: .get, path: "/api/v1/waivers", summary: "The waivers given here.",
    answer: .json("The waivers."), handle: waiversGiven),
  Route(
    method: .post, path: "/api/v1/waivers", summary: "Accepts a finding.",
    body: .fields(waiverFields), answer: .json("The waivers given here.", status: .created),
    handle: waiveForProgram),
]

@Sendable private func waiveFromPage(_ exchange: Exchange) async throws -> Response {
  try await waive(exchange)
  return .redirect(to: "/audit#accepted")
}

@Sendable private func unwaiveFromPage(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  try unwaive(fields["finding"] ?? "", inWorkspace: exchange.workbench.workspace)
  return .redirect(to: "/audit")
}

@Sendable private func keepFromPage(_ exchange: Exchange) async throws -> Response {
  try await keep(exchange)
  return .redirect(to: "/audit#change")
}

@Sendable private func keepForProgram(_ exchange: Exchange) async throws -> Response {
  try await keep(exchange)
  return try .json(
    AuditDocument(try await exchange.workbench.desk.audit().report), status: .created)
}

private func keep(_ exchange: Exchange) async throws {
  _ = try await exchange.fields()
  try keepBaseline(
    try await exchange.workbench.desk.audit().report, inWorkspace: exchange.workbench.workspace)
}

@Sendable private func forgetFromPage(_ exchange: Exchange) async throws -> Response {
  _ = try await exchange.fields()
  try forgetBaseline(ofWorkspace: exchange.workbench.workspace)
  return .redirect(to: "/audit")
}

@Sendable private func auditDocument(_ exchange: Exchange) async throws -> Response {
  try .json(AuditDocument(try await exchange.workbench.desk.audit().report))
}

@Sendable private func waiveForProgram(_ exchange: Exchange) async throws -> Response {
  try await waive(exchange)
  return try .json(try waiverDocuments(exchange), status: .created)
}

@Sendable private func waiversGiven(_ exchange: Exchange) async throws -> Response {
  try .json(try waiverDocuments(exchange))
}

private struct WaiverDocument: Encodable {
  var finding: String
  var reason: String
  var owner: String
  var expires: String?
}

private func waiverDocuments(_ exchange: Exchange) throws -> [WaiverDocument] {
  try waivers(ofWorkspace: exchange.workbench.workspace).map {
    WaiverDocument(
      finding: $0.finding, reason: $0.reason, owner: $0.owner, expires: $0.expires?.description)
  }
}

private func waive(_ exchange: Exchange) async throws {
  let fields = try await exchange.fields()
  let id = fields["finding"] ?? ""
  let report = try await exchange.workbench.desk.audit().report
  let known = report.findings.map(\.id) + report.waived.map(\.finding.id)
  guard known.contains(id) else {
    let hint = closestName(to: id, among: known).map { "; the nearest is \($0)" } ?? ""
    throw Problem(.unprocessableContent, "the audit has no finding '\(id.prefix(200))'\(hint)")
  }
  var day: CalendarDay?
  if let text = fields["expires"] {
    guard let parsed = CalendarDay(text) else {
      throw Problem(.badRequest, "'\(text)' is no day; write it as 2027-03-31")
    }
    day = parsed
  }
  try Workbench.waive(
    id, inWorkspace: exchange.workbench.workspace, reason: fields["reason"] ?? "",
    owner: fields["owner"] ?? "", expires: day)
}

private let pageSize = 50

/// A finding with the number it has in the whole audit.
private typealias Numbered = (number: Int, finding: Finding)

@Sendable private func auditPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Audit", here: "/audit")
  guard exchange.workbench.desk.isThere else { return page.response(nothingImported("Audit")) }
  let report = try await exchange.workbench.desk.audit().report
  let numbered = findings(of: report, askedForBy: exchange)
  let wanted = exchange.number("finding")
  let position = wanted.flatMap { number in numbered.firstIndex { $0.number == number } }
  var number = exchange.number("page") ?? 1
  if let position { number = position / pageSize + 1 }
  let start = min((number - 1) * pageSize, numbered.count)
  let shown = numbered[start..<min(start + pageSize, numbered.count)]
  var content: [Markup] = [
    heading("Audit"), headline(report), changeMarkup(report, page), auditFilters(report, exchange),
  ]
  if numbered.isEmpty {
    content.append(
      paragraph([Markup("No finding is as asked for. "), anchor("All", to: "/audit")]))
  }
  content += shown.map {
    findingMarkup(
      $0.finding, number: $0.number, isWanted: $0.number == wanted, report.comparison, page)
  }
  content.append(turning(number, numbered.count, exchange))
  content += acceptedMarkup(report, exchange, page)
  content.append(subheading("What could and could not be seen"))
  content.append(coverageMarkup(report))
  return page.response(content)
}

private func findings(of report: AuditReport, askedForBy exchange: Exchange) -> [Numbered] {
  var numbered: [Numbered] = []
  for (index, finding) in report.findings.enumerated() { numbered.append((index + 1, finding)) }
  if let severity = exchange["severity"] {
    numbered.removeAll { $0.finding.severity.rawValue != severity }
  }
  if let check = exchange["check"] { numbered.removeAll { $0.finding.check != check } }
  if let owner = exchange["owner"] {
    numbered.removeAll { item in !item.finding.actors.contains { $0.name == owner } }
  }
  if let subject = exchange["subject"] {
    numbered.removeAll { item in !item.finding.subjects.contains { $0.name == subject } }
  }
  if exchange["change"] == "new" {
    numbered.removeAll { item in report.comparison?.isNew(item.finding) != true }
  }
  guard exchange["order"] == "cost" else { return numbered }
  func cost(_ item: Numbered) -> Double { item.finding.cost.map { Double($0.money.amount) } ?? -1 }
  return numbered.sorted { (a: Numbered, b: Numbered) -> Bool in
    let (x, y) = (cost(a), cost(b))
    return x == y ? a.number < b.number : x > y
  }
}

private func headline(_ report: AuditReport) -> Markup {
  var parts: [Markup] = []
  for severity in Severity.allCases where report.count(severity) > 0 {
    parts.append(
      element(
        "a", ["href": link("/audit", ["severity": severity.rawValue]), "class": "n"],
        Markup("\(countText(report.count(severity))) "), severityMarkup(severity)))
  }
  let count = plural(report.findings.count, "finding")
  guard !parts.isEmpty else { return paragraph(count, class: "answer") }
  return paragraph(class: "answer", [Markup("\(count): "), parts.joined(by: Markup(", "))])
}

private func auditFilters(_ report: AuditReport, _ exchange: Exchange) -> Markup {
  typealias Option = (value: String, text: String)
  func options(_ all: String, _ words: [String]) -> [Option] {
    let first: [Option] = [(value: "", text: all)]
    return first + words.map { ($0, $0) }
  }
  let owners = Set(report.findings.flatMap { $0.actors.map(\.name) }).sorted()
  let checks = Set(report.findings.map(\.check)).sorted()
  return element(
    "form", ["method": "get", "action": "/audit", "class": "filters", "role": "search"],
    WorkbenchPage.choice(
      "Severity", "severity", options("all", Severity.allCases.map(\.rawValue)),
      chosen: exchange["severity"] ?? ""),
    WorkbenchPage.choice(
      "Falls to", "owner", options("anybody", owners), chosen: exchange["owner"] ?? ""),
    WorkbenchPage.choice(
      "Check", "check", options("all", checks), chosen: exchange["check"] ?? ""),
    WorkbenchPage.field("About", "subject", value: exchange["subject"] ?? "", hint: "exact name"),
    report.comparison == nil
      ? .none
      : WorkbenchPage.choice(
        "Change", "change", [("", "all"), ("new", "new only")], chosen: exchange["change"] ?? ""),
    WorkbenchPage.choice(
      "Order", "order", [("severity", "gravest first"), ("cost", "dearest first")],
      chosen: exchange["order"] ?? "severity"), WorkbenchPage.button("Show"))
}

/// What changed since the state that was kept, and the forms that keep one and forget it.
private func changeMarkup(_ report: AuditReport, _ page: WorkbenchPage) -> Markup {
  let again =
    report.comparison == nil ? "Keep this state to compare with" : "Keep this state instead"
  let keep = page.form("/audit/baseline", label: "Keep", WorkbenchPage.button(again))
  guard let comparison = report.comparison else {
    return element("div", ["class": "acts", "id": "change"], keep)
  }
  let forget = page.form(
    "/audit/baseline/forget", label: "Forget",
    WorkbenchPage.button("No longer compare", class: "quiet-button"))
  return element(
    "div", ["id": "change"], comparisonMarkup(comparison, of: report),
    element("div", ["class": "acts"], keep, forget))
}

private func findingMarkup(
  _ finding: Finding, number: Int, isWanted: Bool, _ comparison: BaselineComparison?,
  _ page: WorkbenchPage
) -> Markup {
  let accept = page.form(
    "/audit/waive", class: "fields", label: "Accept finding \(number)",
    WorkbenchPage.hidden("finding", finding.id),
    WorkbenchPage.field("Why", "reason", isRequired: true),
    WorkbenchPage.field("Your name", "owner", isRequired: true),
    WorkbenchPage.field("Until (may be empty)", "expires", type: "date"),
    WorkbenchPage.button("Accept"))
  let details = element(
    "details", ["class": "edit"], opener("Accept it", of: ": finding \(number)"), accept)
  let map = finding.subjects.first.map { anchor("On the map", to: mapPlace(of: $0)) }
  return element(
    "div", ["class": isWanted ? "wanted" : nil],
    findingsMarkup([finding], startingAt: number, comparedWith: comparison),
    element("div", ["class": "acts"], map ?? .none, details))
}

private func mapPlace(of subject: EntityReference) -> String {
  switch subject.kind {
  case .application: link("/map", ["application": subject.name])
  case .team: link("/map", ["team": subject.name])
  default: link("/map", ["system": subject.name])
  }
}

private func turning(_ page: Int, _ total: Int, _ exchange: Exchange) -> Markup {
  let pages = (total + pageSize - 1) / pageSize
  guard pages > 1 else { return .none }
  func place(_ number: Int) -> String {
    link(
      "/audit",
      [
        "severity": exchange["severity"], "owner": exchange["owner"], "check": exchange["check"],
        "subject": exchange["subject"], "change": exchange["change"], "order": exchange["order"],
        "page": "\(number)",
      ])
  }
  return turningMarkup(
    "Pages", page: page, of: pages, middle: "Page \(page) of \(pages)", place: place)
}

/// Findings that somebody accepts; those accepted here can be taken back.
private func acceptedMarkup(
  _ report: AuditReport, _ exchange: Exchange, _ page: WorkbenchPage
) -> [Markup] {
  guard !report.waived.isEmpty else { return [] }
  let mine = exchange.workbench.folder.waivers.path
  let back: [Markup] = report.waived.filter { $0.waiver.location.path == mine }.map { waived in
    page.form(
      "/audit/unwaive", label: "No longer accept",
      WorkbenchPage.hidden("finding", waived.finding.id),
      WorkbenchPage.button("No longer accept: \(waived.finding.title)", class: "quiet-button"))
  }
  let title = subheading("Accepted: \(report.waived.count)", id: "accepted")
  return [title, waivedMarkup(report.waived)] + back
}
