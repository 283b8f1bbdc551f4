import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import Workbench
import Workspace

private let study: Route.Parameter = .number("study", "Number of the study.", 1...Int(Int32.max))
  .inPath

private let runFields: [Route.Parameter] = [
  .text("scenario", "Name of the scenario.", most: 60).required,
  .number("replications", "Replications of each variant.", 2...1_000_000),
]

private struct StudyHead: Encodable {
  var number: Int64
  var scenario: String
  var digest: String
  var recorded: String
}

let studyRoutes: [Route] = [
  Route(method: .get, path: "/studies", summary: "All studies.", handle: studiesPage),
  Route(
    method: .post, path: "/studies",
    summary: "Runs a scenario and compares its variants, as a job.",
    body: .fields(runFields), answer: .done
  ) { exchange in
    .redirect(to: "/jobs/\(try await run(exchange).id)")
  },
  Route(
    method: .get, path: "/studies/{study}", summary: "What a study showed.", parameters: [study],
    handle: studyPage),
  Route(
    method: .get, path: "/studies/{study}/report", summary: "The report of a study.",
    parameters: [study, .word("download", "To be kept as a file.", ["yes"])]
  ) { exchange in
    let head = try found(exchange)
    let file = reportFile(exchange.workbench.folder, head.id)
    guard let bytes = try? Data(contentsOf: file) else {
      throw Problem(
        .notFound,
        "there is no report of study \(head.id): it was not run here; make one with: "
          + "rehearse compare \(head.scenario) --output report.html")
    }
    var response = Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    // The report brings its own policy, which allows its scripts; here they run apart from these pages.
    response.headers[.contentSecurityPolicy] =
      "sandbox allow-scripts allow-downloads; frame-ancestors 'none'"
    if exchange["download"] != nil {
      response.headers[.contentDisposition] = "attachment; filename=\"study-\(head.id).html\""
    }
    return response
  },
  Route(
    method: .get, path: "/api/v1/studies", summary: "All studies, oldest first.",
    answer: .json("The studies.")
  ) { exchange in
    try .json(try all(exchange).map(head))
  },
  Route(
    method: .post, path: "/api/v1/studies",
    summary: "Runs a scenario and compares its variants, as a job.", body: .fields(runFields),
    answer: .json("The job.", status: .accepted)
  ) { exchange in
    try .json(try await run(exchange), status: .accepted)
  },
  Route(
    method: .get, path: "/api/v1/studies/{study}",
    summary: "What a study showed, as `rehearse compare --format json` prints it.",
    parameters: [study], answer: .json("The study.")
  ) { exchange in
    Response(
      text: String(decoding: try found(exchange).result, as: UTF8.self), "application/json")
  },
]

/// Where the report of a study is kept.
func reportFile(_ folder: WorkspaceFolder, _ study: Int64) -> URL {
  folder.reports.appending(path: "study-\(study).html")
}

/// Where the headline of a study is kept.
func headlineFile(_ folder: WorkspaceFolder, _ study: Int64) -> URL {
  folder.reports.appending(path: "study-\(study).txt")
}

private func run(_ exchange: Exchange) async throws -> Job {
  let fields = try await exchange.fields()
  let name = fields["scenario"] ?? ""
  let shelf = ScenarioShelf(exchange.workbench)
  let file = try shelf.existing(name)
  let problems = try await onThread { try shelf.problems(with: try shelf.text(name), name: name) }
  guard problems.isEmpty else {
    var problem = Problem(.unprocessableContent, "")
    problem.messages = problems
    throw problem
  }
  var parameters = ["scenario": file.path]
  parameters["replications"] = fields["replications"]
  return try await exchange.workbench.jobs.submit(
    .study, title: "Compare the variants of \(name)", parameters: parameters)
}

private func all(_ exchange: Exchange) throws -> [RecordedStudy] {
  guard exchange.workbench.desk.isThere else { return [] }
  do {
    return try Workspace(file: exchange.workbench.workspace).studies()
  } catch {
    throw WorkbenchError(error)
  }
}

private func found(_ exchange: Exchange) throws -> RecordedStudy {
  let number = Int64(exchange.number("study") ?? 0)
  guard let study = try all(exchange).first(where: { $0.id == number }) else {
    throw Problem(.notFound, "there is no study \(number); /studies lists them")
  }
  return study
}

private func head(_ study: RecordedStudy) -> StudyHead {
  StudyHead(
    number: study.id, scenario: study.scenario, digest: study.digest, recorded: study.recorded)
}

private func studiesPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Studies", here: "/studies")
  let studies = try all(exchange)
  let rows = studies.reversed().prefix(200).map { study in
    let cells: [Cell] = [
      .number("\(Int(study.id))"),
      .head(
        element(
          "a", ["href": "/studies/\(study.id)"],
          element("span", ["class": "path"], "\(study.scenario)"))),
      .text("\(study.recorded)"), .text(element("code", [:], "\(String(study.digest.prefix(12)))")),
    ]
    return (cells: cells, isChosen: false)
  }
  return page.response(
    element("h1", [:], "Studies"),
    (rows.isEmpty
      ? element(
        "p", [:], "None yet. Choose ", element("a", ["href": "/scenarios"], "a scenario"),
        " and run it.")
      : tableMarkup(
        heads: [
          .number("No."), .head("Scenario"), .head("When"), .head("SHA-256 of the scenario"),
        ], rows: Array(rows),
        caption: studies.count > 200 ? "The last 200 of \(studies.count)." : nil)))
}

private func studyPage(_ exchange: Exchange) async throws -> Response {
  let study = try found(exchange)
  let page = WorkbenchPage(exchange, "Study \(study.id)", here: "/studies")
  let folder = exchange.workbench.folder
  let text = try? String(contentsOf: headlineFile(folder, study.id), encoding: .utf8)
  let hasReport = FileManager.default.fileExists(atPath: reportFile(folder, study.id).path)
  let report =
    hasReport
    ? element(
      "p", [:], element("a", ["href": "/studies/\(study.id)/report"], "The whole report"), " · ",
      element("a", ["href": "/studies/\(study.id)/report?download=yes"], "as a file"))
    : element(
      "p", ["class": "facts"], "It was run on the command line; the report is made with ",
      element("code", [:], "rehearse compare \(study.scenario) --output report.html"), ".")
  return page.response(
    element("h1", [:], "Study \(String(study.id))"),
    element(
      "p", ["class": "facts"], "Scenario ",
      element("span", ["class": "path"], "\(study.scenario)"), ", recorded \(study.recorded)."),
    report, (text.map { element("pre", [:], "\($0)") } ?? .none),
    element(
      "p", ["class": "downloads"],
      element("a", ["href": "/api/v1/studies/\(study.id)"], "everything as JSON")))
}
