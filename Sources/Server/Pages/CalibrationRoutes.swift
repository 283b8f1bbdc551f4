import EventLogs
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Workbench

private let upload: Route.Parameter = .text("upload", "The upload of one file.", most: 60).required
private let timeZone: Route.Parameter =
  .text(
    "time-zone", "IANA name of the time zone of people's hours; that of the log's times.", most: 60)
private let columns: [Route.Parameter] = LogPart.allCases.map { part in
  .text(
    part.rawValue, "Column of the log that holds the \(part.rawValue), where its name does not say."
  )
}
private let previewParameters: [Route.Parameter] = [upload, timeZone] + columns
private let calibrationFields: [Route.Parameter] =
  [
    upload,
    .text("name", "Name of the scenario: small letters, digits, - and _.", most: 60).required,
    timeZone,
  ] + columns
private let scenario: Route.Parameter = .text("name", "Name of the scenario.", most: 60).inPath

let calibrationRoutes: [Route] = [
  Route(
    method: .get, path: "/calibrate", summary: "How an event log that was uploaded is read.",
    parameters: previewParameters, handle: previewPage),
  Route(
    method: .post, path: "/calibrate", summary: "Makes a scenario of an event log, as a job.",
    body: .fields(calibrationFields), answer: .done, handle: calibrateFromPage),
  Route(
    method: .get, path: "/scenarios/{name}/calibration",
    summary: "What was measured in the log that a scenario was made of, and how well it fits.",
    parameters: [scenario], handle: calibrationPage),
  Route(
    method: .get, path: "/api/v1/uploads/{upload}/log",
    summary: "How an event log is read, as `rehearse calibrate --preview` prints it.",
    parameters: [upload.inPath, timeZone] + columns, answer: .json("What was read as what."),
    handle: previewForProgram),
  Route(
    method: .post, path: "/api/v1/calibrations",
    summary: "Makes a scenario of an event log that was uploaded, as a job.",
    body: .fields(calibrationFields), answer: .json("The job.", status: .accepted),
    handle: calibrateForProgram),
]

private func options(_ fields: [String: String]) -> EventLogOptions {
  EventLogOptions(columns: CalibrationWork.columns(in: fields))
}

/// How the log of an upload is read.
private func preview(_ exchange: Exchange) async throws -> LogPreview {
  let file = try UploadDesk(folder: exchange.workbench.folder).onlyFile(
    of: try exchange.required("upload"))
  let options = options(exchange.parameters)
  let preview = try await onThread { () throws -> LogPreview in
    do {
      return LogPreview(try readLog(file.path, options: options))
    } catch {
      // Where the upload lies is of no interest to whoever sent it.
      throw Problem(
        WorkbenchError(error).messages.map { $0.replacing(file.path, with: file.lastPathComponent) }
      )
    }
  }
  return preview
}

@Sendable private func previewForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await preview(exchange))
}

@Sendable private func calibrateFromPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: "/jobs/\(try await calibrate(exchange).id)")
}

@Sendable private func calibrateForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await calibrate(exchange), status: .accepted)
}

private func calibrate(_ exchange: Exchange) async throws -> Job {
  let fields = try await exchange.fields()
  let name = fields["name"] ?? ""
  let shelf = ScenarioShelf(exchange.workbench)
  try shelf.checkNew(name)
  let waiting = await exchange.workbench.jobs.jobs.contains {
    $0.kind == .calibration && !$0.state.isFinal && $0.parameters["name"] == name
  }
  guard !waiting else {
    throw Problem(
      .conflict, "a log is being calibrated as '\(name)' already; choose another name, or wait")
  }
  let log = try UploadDesk(folder: exchange.workbench.folder).keepFile(
    of: fields["upload"] ?? "", in: shelf.calibration(of: name))
  var work = CalibrationWork(log: log.path, name: name)
  work.columns = CalibrationWork.columns(in: fields)
  work.timeZone = fields["time-zone"]
  return try await exchange.workbench.jobs.submit(
    .calibration, title: "Calibrate \(log.lastPathComponent)", parameters: work.parameters)
}

@Sendable private func calibrationPage(_ exchange: Exchange) async throws -> Response {
  let shelf = ScenarioShelf(exchange.workbench)
  let name = try exchange.required("name")
  _ = try shelf.existing(name)
  guard let page = shelf.calibrationPage(of: name) else {
    throw Problem(.notFound, "the scenario '\(name)' was not calibrated from a log here")
  }
  return .apart(try Data(contentsOf: page))
}

// MARK: - The page

@Sendable private func previewPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Event log", here: "/scenarios")
  let back = paragraph([anchor("Another log", to: "/scenarios")])
  let found: LogPreview
  do {
    found = try await preview(exchange)
  } catch let problem as Problem {
    return page.response(
      [
        heading("The log cannot be read"), problemText(problem.messages),
        readingForm(nil, exchange), back,
      ], status: problem.status)
  }
  let log = found.log
  var content = [
    heading("How the log is read"),
    paragraph(
      "\(plural(log.cases, "case")), \(plural(log.events, "event")), "
        + "\(plural(log.activities, "kind")) of activity, \(plural(log.resources, "resource"))",
      class: "answer"),
    paragraph(facts(log), class: "facts"),
  ]
  if !found.problems.isEmpty {
    content.append(subheading("What is odd about it"))
    content.append(
      listMarkup(
        found.problems.map { problem in
          let line = problem.line.map { " (first in line \(countText($0)))" } ?? ""
          return Markup(problem.text + line)
        }, class: "problems"))
  }
  content += [
    subheading("What is read as what"), readingForm(log, exchange), subheading("Make a scenario"),
    calibrationForm(exchange, page), back,
  ]
  return page.response(content)
}

private func facts(_ log: CalibrationDocument.Log) -> String {
  let zone = log.timeZone.map { " in \($0)" } ?? ""
  let starts =
    log.hasStartTimes
    ? "It says when work began." : "It does not say when work began, so working times are inferred."
  let skipped = log.skipped > 0 ? " \(plural(log.skipped, "record")) could not be read." : ""
  return "\(log.format), times as \(log.timeFormat)\(zone). \(starts)\(skipped)"
}

/// Which column is what, to be put right.
///
/// - Parameter log: how it was read; `nil` where it could not be.
private func readingForm(_ log: CalibrationDocument.Log?, _ exchange: Exchange) -> Markup {
  let known = log.map { Set($0.columns.values).union($0.unused).sorted() } ?? []
  let fields: [Markup] = LogPart.allCases.map { part in
    let chosen = exchange[part.rawValue]
    let guessed = log?.columns[part.rawValue]
    guard !known.isEmpty else {
      return WorkbenchPage.field(part.rawValue, part.rawValue, value: chosen ?? "", hint: "guessed")
    }
    var options: [(value: String, text: String)] = [
      ("", chosen == nil ? "as guessed: \(guessed ?? "none")" : "as guessed")
    ]
    options += known.map { ($0, $0) }
    return WorkbenchPage.choice(part.rawValue, part.rawValue, options, chosen: chosen ?? "")
  }
  return element(
    "form",
    ["method": "get", "action": "/calibrate", "class": "fields", "aria-label": "Columns"],
    WorkbenchPage.hidden("upload", exchange["upload"] ?? ""), fields.joined(),
    WorkbenchPage.button("Read it so"))
}

private func calibrationForm(_ exchange: Exchange, _ page: WorkbenchPage) -> Markup {
  let columns: [Markup] = LogPart.allCases.compactMap { part in
    exchange[part.rawValue].map { WorkbenchPage.hidden(part.rawValue, $0) }
  }
  return page.form(
    "/calibrate", class: "fields", label: "Calibrate",
    WorkbenchPage.hidden("upload", exchange["upload"] ?? ""), columns.joined(),
    WorkbenchPage.field("Name of the scenario", "name", isRequired: true, hint: "loans-2027"),
    WorkbenchPage.field(
      "Time zone of people's hours", "time-zone", value: exchange["time-zone"] ?? "",
      hint: "that of the log"), WorkbenchPage.button("Measure, and make a scenario"))
}
