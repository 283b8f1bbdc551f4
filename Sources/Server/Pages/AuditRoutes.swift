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

let auditRoutes: [Route] = [
  Route(
    method: .get, path: "/audit", summary: "The findings of the audit.",
    parameters: [
      .word("severity", "Only findings of this severity.", Severity.allCases.map(\.rawValue)),
      .text("owner", "Only findings that fall to this person or team."),
      .text("subject", "Only findings about this thing."),
      .text("check", "Only findings of this check.", most: 80),
      .word("order", "By severity, or by what they cost.", ["severity", "cost"]),
      .number("finding", "The number of one finding.", 1...1_000_000),
      .number("page", "Which page, from 1.", 1...1_000_000),
    ], handle: auditPage),
  Route(
    method: .post, path: "/audit/waive", summary: "Accepts a finding.",
    body: .fields(waiverFields), answer: .done
  ) { exchange in
    try await waive(exchange)
    return .redirect(to: "/audit#accepted")
  },
  Route(
    method: .post, path: "/audit/unwaive", summary: "No longer accepts a finding.",
    body: .fields([.text("finding", "Identifier of the finding.", most: 2000).required]),
    answer: .done
  ) { exchange in
    let fields = try await exchange.fields()
    try unwaive(fields["finding"] ?? "", inWorkspace: exchange.workbench.workspace)
    return .redirect(to: "/audit")
  },
  Route(
    method: .get, path: "/api/v1/audit", summary: "The whole audit, as `rehearse audit` prints it.",
    answer: .json("The audit.")
  ) { exchange in
    try .json(AuditDocument(try await exchange.workbench.desk.audit().report))
  },
  Route(
    method: .post, path: "/api/v1/waivers", summary: "Accepts a finding.",
    body: .fields(waiverFields), answer: .json("The waivers given here.", status: .created)
  ) { exchange in
    try await waive(exchange)
    return try .json(try waiverDocuments(exchange), status: .created)
  },
  Route(
    method: .get, path: "/api/v1/waivers", summary: "The waivers given here.",
    answer: .json("The waivers.")
  ) { exchange in
    try .json(try waiverDocuments(exchange))
  },
]

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

private func auditPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Audit", here: "/audit")
  guard exchange.workbench.desk.isThere else {
    return page.response(
      element("h1", [:], "Audit"),
      element(
        "p", ["class": "answer"], "Nothing has been imported yet. Begin with ",
        element("a", ["href": "/import"], "an import"), "."))
  }
  let report = try await exchange.workbench.desk.audit().report
  var numbered = Array(zip(1..., report.findings))
  if let severity = exchange["severity"] {
    numbered.removeAll { $0.1.severity.rawValue != severity }
  }
  if let check = exchange["check"] { numbered.removeAll { $0.1.check != check } }
  if let owner = exchange["owner"] {
    numbered.removeAll { item in !item.1.actors.contains { $0.name == owner } }
  }
  if let subject = exchange["subject"] {
    numbered.removeAll { item in !item.1.subjects.contains { $0.name == subject } }
  }
  if exchange["order"] == "cost" {
    numbered.sort { a, b in
      let (x, y) = (a.1.cost?.money.amount ?? -1, b.1.cost?.money.amount ?? -1)
      return x == y ? a.0 < b.0 : x > y
    }
  }
  let wanted = exchange.number("finding")
  let position = wanted.flatMap { number in numbered.firstIndex { $0.0 == number } }
  let number = position.map { $0 / pageSize + 1 } ?? exchange.number("page") ?? 1
  let start = min((number - 1) * pageSize, numbered.count)
  let shown = numbered[start..<min(start + pageSize, numbered.count)]
  return page.response(
    element("h1", [:], "Audit"), headline(report), auditFilters(report, exchange),
    (numbered.isEmpty
      ? element("p", [:], "No finding is as asked for. ", element("a", ["href": "/audit"], "All"))
      : .none),
    shown.map { findingMarkup($0.1, number: $0.0, isWanted: $0.0 == wanted, page) }.joined(),
    turning(number, numbered.count, exchange), acceptedMarkup(report, exchange, page),
    element("h2", [:], "What could and could not be seen"), coverageMarkup(report))
}

private func headline(_ report: AuditReport) -> Markup {
  let counts = Severity.allCases.filter { report.count($0) > 0 }.map { severity in
    element(
      "a", ["href": link("/audit", ["severity": severity.rawValue]), "class": "n"],
      "\(report.count(severity)) ", severityMarkup(severity))
  }
  return element(
    "p", ["class": "answer"], "\(plural(report.findings.count, "finding"))",
    counts.isEmpty ? "" : ": \(counts.joined(by: ", "))")
}

private func auditFilters(_ report: AuditReport, _ exchange: Exchange) -> Markup {
  let owners = Set(report.findings.flatMap { $0.actors.map(\.name) }).sorted()
  let checks = Set(report.findings.map(\.check)).sorted()
  return element(
    "form", ["method": "get", "action": "/audit", "class": "filters", "role": "search"],
    WorkbenchPage.choice(
      "Severity", "severity",
      [(value: "", text: "all")] + Severity.allCases.map { ($0.rawValue, $0.rawValue) },
      chosen: exchange["severity"] ?? ""),
    WorkbenchPage.choice(
      "Falls to", "owner", [(value: "", text: "anybody")] + owners.map { ($0, $0) },
      chosen: exchange["owner"] ?? ""),
    WorkbenchPage.choice(
      "Check", "check", [(value: "", text: "all")] + checks.map { ($0, $0) },
      chosen: exchange["check"] ?? ""),
    WorkbenchPage.field("About", "subject", value: exchange["subject"] ?? "", hint: "exact name"),
    WorkbenchPage.choice(
      "Order", "order", [("severity", "gravest first"), ("cost", "dearest first")],
      chosen: exchange["order"] ?? "severity"), WorkbenchPage.button("Show"))
}

private func findingMarkup(
  _ finding: Finding, number: Int, isWanted: Bool, _ page: WorkbenchPage
) -> Markup {
  let map = finding.subjects.first.map { subject in
    let path =
      switch subject.kind {
      case .application: link("/map", ["application": subject.name])
      case .team: link("/map", ["team": subject.name])
      default: link("/map", ["system": subject.name])
      }
    return element("a", ["href": path], "On the map")
  }
  return element(
    "div", ["class": isWanted ? "wanted" : nil],
    findingsMarkup([finding], startingAt: number),
    element(
      "div", ["class": "acts"], map ?? .none,
      element(
        "details", ["class": "edit"],
        element(
          "summary", [:], "Accept it",
          element("span", ["class": "hidden"], ": finding \(number)")),
        page.form(
          "/audit/waive", class: "fields", label: "Accept finding \(number)",
          WorkbenchPage.hidden("finding", finding.id),
          WorkbenchPage.field("Why", "reason", isRequired: true),
          WorkbenchPage.field("Your name", "owner", isRequired: true),
          WorkbenchPage.field("Until (may be empty)", "expires", type: "date"),
          WorkbenchPage.button("Accept")))))
}

private func turning(_ page: Int, _ total: Int, _ exchange: Exchange) -> Markup {
  let pages = (total + pageSize - 1) / pageSize
  guard pages > 1 else { return .none }
  func place(_ number: Int) -> String {
    link(
      "/audit",
      [
        "severity": exchange["severity"], "owner": exchange["owner"], "check": exchange["check"],
        "subject": exchange["subject"], "order": exchange["order"], "page": "\(number)",
      ])
  }
  var parts: [Markup] = []
  if page > 1 {
    parts.append(element("a", ["href": place(min(page - 1, pages)), "rel": "prev"], "Before"))
  }
  parts.append("Page \(page) of \(pages)")
  if page < pages {
    parts.append(element("a", ["href": place(page + 1), "rel": "next"], "Next"))
  }
  return element("nav", ["class": "turning", "aria-label": "Pages"], parts.joined(by: " · "))
}

/// Findings that somebody accepts; those accepted here can be taken back.
private func acceptedMarkup(
  _ report: AuditReport, _ exchange: Exchange, _ page: WorkbenchPage
) -> Markup {
  guard !report.waived.isEmpty else { return .none }
  let mine = exchange.workbench.folder.waivers.path
  let back = report.waived.filter { $0.waiver.location.path == mine }.map { waived in
    page.form(
      "/audit/unwaive", label: "No longer accept",
      WorkbenchPage.hidden("finding", waived.finding.id),
      WorkbenchPage.button("No longer accept: \(waived.finding.title)", class: "quiet-button"))
  }
  return element("h2", ["id": "accepted"], "Accepted: \(report.waived.count)")
    + waivedMarkup(report.waived) + back.joined()
}
