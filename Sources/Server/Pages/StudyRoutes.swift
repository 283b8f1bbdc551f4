import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import Workbench
import Workspace

private let study: Route.Parameter = .number("study", "Number of the study.", 1...Int(Int32.max))
  .inPath

private let tornadoField: Route.Parameter = .word(
  "tornado",
  "Whether the values that most matter are tried low and high as well, one at a time: those of the sliders.",
  ["yes"])
private let runFields: [Route.Parameter] = [
  .text("scenario", "Name of the scenario.", most: 60).required,
  .number("replications", "Replications of each variant.", 2...1_000_000), tornadoField,
]
private let againFields = [tornadoField]
private let reportParameters: [Route.Parameter] = [
  study, .word("format", "The form; html where none is named.", ReportDesk.forms),
  .word("download", "To be kept as a file.", ["yes"]),
]
private let changeParameters: [Route.Parameter] = [
  .number("before", "Number of the earlier study.", 1...Int(Int32.max)).required,
  .number("after", "Number of the later study.", 1...Int(Int32.max)).required,
]
private let removal = Route.Answer(status: .noContent, types: [], summary: "It is forgotten.")
private let reportFile = Route.Answer(
  status: .ok, types: ["application/octet-stream"], summary: "The report, in the form's media type."
)

let studyRoutes: [Route] = [
  Route(method: .get, path: "/studies", summary: "All studies.", handle: studiesPage),
  Route(
    method: .post, path: "/studies",
    summary: "Runs a scenario and compares its variants, as a job.", body: .fields(runFields),
    answer: .done, handle: runFromPage),
  Route(
    method: .get, path: "/studies/{study}", summary: "What a study showed.", parameters: [study],
    maySayWait: true, handle: studyPage),
  Route(
    method: .post, path: "/studies/{study}/again",
    summary: "Runs the scenario of a study as it is now.", parameters: [study],
    body: .fields(againFields), answer: .done, handle: againFromPage),
  Route(
    method: .post, path: "/studies/{study}/remove", summary: "Forgets a study.",
    parameters: [study], body: .fields([]), answer: .done, handle: removeFromPage),
  Route(
    method: .get, path: "/studies/{study}/report", summary: "The report of a study as a file.",
    parameters: reportParameters, answer: reportFile, handle: report),
  Route(
    method: .get, path: "/change", summary: "What lies between two studies.",
    parameters: changeParameters, handle: changePage),
  Route(
    method: .get, path: "/api/v1/studies", summary: "All studies, oldest first.",
    answer: .json("The studies."), handle: studiesDocument),
  Route(
    method: .post, path: "/api/v1/studies",
    summary: "Runs a scenario and compares its variants, as a job.", body: .fields(runFields),
    answer: .json("The job.", status: .accepted), handle: runForProgram),
  Route(
    method: .get, path: "/api/v1/studies/{study}",
    summary: "What a study showed, as `rehearse compare --format json` prints it.",
    parameters: [study], answer: .json("The study."), handle: studyDocument),
  Route(
    method: .delete, path: "/api/v1/studies/{study}", summary: "Forgets a study.",
    parameters: [study], answer: removal, handle: removeForProgram),
  Route(
    method: .post, path: "/api/v1/studies/{study}/again",
    summary: "Runs the scenario of a study as it is now, as a job.", parameters: [study],
    body: .fields(againFields), answer: .json("The job.", status: .accepted),
    handle: againForProgram),
  Route(
    method: .get, path: "/api/v1/studies/{study}/report",
    summary: "The report of a study as a file.", parameters: reportParameters,
    answer: reportFile, handle: report),
  Route(
    method: .get, path: "/api/v1/change",
    summary: "What lies between two studies, as `rehearse studies compare` prints it.",
    parameters: changeParameters, answer: .json("The change."), handle: changeDocument),
]

// MARK: - Running

@Sendable private func runFromPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: "/jobs/\(try await run(exchange).id)")
}

@Sendable private func runForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await run(exchange), status: .accepted)
}

private func run(_ exchange: Exchange) async throws -> Job {
  let fields = try await exchange.fields()
  let name = fields["scenario"] ?? ""
  let shelf = ScenarioShelf(exchange.workbench)
  let file = try shelf.existing(name)
  let problems = try await onThread { () throws -> [String] in
    try shelf.problems(with: try shelf.text(name), name: name)
  }
  guard problems.isEmpty else { throw Problem(problems) }
  let study = StudyJob(
    scenario: file.path, replications: fields["replications"].flatMap { Int($0) })
  return try await submit(
    study, title: "Compare the variants of \(name)", triesValues: fields["tornado"] != nil,
    exchange)
}

/// Takes a study on as a job, which remembers what made it the study that it is.
private func submit(
  _ study: StudyJob, title: String, triesValues: Bool, _ exchange: Exchange
) async throws -> Job {
  let shelf = ScenarioShelf(exchange.workbench)
  let workspace = exchange.workbench.workspace
  let parameters = try await onThread { () throws -> [String: String] in
    var study = study
    let loaded = try study.loaded(from: shelf)
    if triesValues {
      let sheet = try explainScenario(study.scenario, within: study.isOwn ? shelf.roots : nil)
      study.sensitivity = Slider.sliders(of: sheet, loaded.scenario).map(\.range)
      guard !study.sensitivity.isEmpty else {
        throw Problem(
          .unprocessableContent,
          "the scenario has no single numbers to try low and high; name some in its section 'sweep' or "
            + "'uncertain'")
      }
    }
    var parameters = study.parameters
    parameters["key"] = try study.key(of: loaded, in: workspace)
    return parameters
  }
  return try await exchange.workbench.jobs.submit(.study, title: title, parameters: parameters)
}

@Sendable private func againFromPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: "/jobs/\(try await again(exchange).id)")
}

@Sendable private func againForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await again(exchange), status: .accepted)
}

private func again(_ exchange: Exchange) async throws -> Job {
  let fields = try await exchange.fields()
  let entry = try found(exchange)
  let path = entry.study.scenario
  guard FileManager.default.fileExists(atPath: path) else {
    throw Problem(
      .unprocessableContent,
      "the scenario file \(path) is not there (any more), so that study \(entry.study.id) cannot be run "
        + "again from here")
  }
  var study = StudyJob(scenario: path, replications: entry.settings?.replications)
  let own = exchange.workbench.folder.scenarios.standardizedFileURL.pathComponents
  study.isOwn = URL(fileURLWithPath: path).standardizedFileURL.pathComponents.starts(with: own)
  study.seed = entry.settings?.seed
  study.variants = entry.settings?.variants ?? []
  study.changes = entry.settings?.changes ?? []
  return try await submit(
    study, title: "Run study \(entry.study.id) again", triesValues: fields["tornado"] != nil,
    exchange)
}

// MARK: - What is kept

/// The study that a request names.
func found(_ exchange: Exchange) throws -> StudyEntry {
  let number = Int64(exchange.number("study") ?? 0)
  let all = try allStudies(exchange)
  guard all.contains(where: { $0.id == number }) else { throw noStudy(number) }
  return try Workbench.study(number, inWorkspace: exchange.workbench.workspace)
}

private func noStudy(_ number: Int64) -> Problem {
  Problem(.notFound, "there is no study \(number); /studies lists them")
}

/// The studies of the workspace, oldest first; none where there is no workspace yet.
func allStudies(_ exchange: Exchange) throws -> [RecordedStudy] {
  guard exchange.workbench.desk.isThere else { return [] }
  return try studies(inWorkspace: exchange.workbench.workspace)
}

/// A study as lists show it.
func line(_ study: RecordedStudy) -> StudyLine {
  StudyLine(
    number: study.id, recorded: study.recorded, scenario: study.scenario, title: study.title,
    replications: study.replications, done: study.done, hasResult: study.hasResult)
}

@Sendable private func studiesDocument(_ exchange: Exchange) async throws -> Response {
  try .json(try allStudies(exchange).map(line))
}

@Sendable private func studyDocument(_ exchange: Exchange) async throws -> Response {
  let entry = try found(exchange)
  guard let result = entry.result else { throw Problem(any: WorkbenchError.noResult(of: entry)) }
  return Response(text: String(decoding: result, as: UTF8.self), "application/json")
}

@Sendable private func removeFromPage(_ exchange: Exchange) async throws -> Response {
  _ = try await exchange.fields()
  try removeStudies([try found(exchange).study.id], inWorkspace: exchange.workbench.workspace)
  return .redirect(to: "/studies")
}

@Sendable private func removeForProgram(_ exchange: Exchange) async throws -> Response {
  try removeStudies([try found(exchange).study.id], inWorkspace: exchange.workbench.workspace)
  return Response(status: .noContent, headers: [.cacheControl: "no-store"])
}

@Sendable private func report(_ exchange: Exchange) async throws -> Response {
  let entry = try found(exchange)
  let format = ReportFormat(rawValue: exchange["format"] ?? "html") ?? .html
  let file = try await ReportDesk(exchange.workbench).file(ofStudy: entry.study.id, as: format)
  var response = Response.apart(Data(file.bytes), file.type)
  if exchange["download"] != nil || format != .html {
    response.headers[.contentDisposition] = "attachment; filename=\"\(file.name)\""
  }
  return response
}

/// What lies between the two studies that a request names.
func change(_ exchange: Exchange) throws -> StudyChange {
  let (before, after) = (
    Int64(exchange.number("before") ?? 0), Int64(exchange.number("after") ?? 0)
  )
  let known = Set(try allStudies(exchange).map(\.id))
  for number in [before, after] where !known.contains(number) { throw noStudy(number) }
  return try studyChange(from: before, to: after, inWorkspace: exchange.workbench.workspace)
}

@Sendable private func changeDocument(_ exchange: Exchange) async throws -> Response {
  try .json(try change(exchange))
}
