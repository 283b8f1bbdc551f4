import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import ServiceLifecycle
import Workbench

private let number: Route.Parameter =
  .number("job", "Number of the job.", 1...Int(Int32.max)).inPath

private let againFields: [Route.Parameter] = [
  .word(
    "changed", "Of a study: run the scenario as it is now, where it is not what it was.", ["yes"])
]

private let figures = Route.Answer(
  status: .ok, types: ["text/html"], summary: "A part of the page of the job.")

private let events = Route.Answer(
  status: .ok, types: ["text/event-stream"], summary: "Jobs, one for each event.")

let jobRoutes: [Route] = [
  Route(method: .get, path: "/jobs", summary: "All jobs.", handle: jobsPage),
  Route(
    method: .get, path: "/jobs/{job}", summary: "A job as it stands.", parameters: [number],
    handle: jobPage),
  Route(
    method: .post, path: "/jobs/{job}/cancel", summary: "Stops a job.", parameters: [number],
    body: .fields([]), answer: .done, handle: cancelFromPage),
  Route(
    method: .post, path: "/jobs/{job}/again", summary: "Takes a stopped job on again.",
    parameters: [number], body: .fields(againFields), answer: .done, handle: goOnFromPage),
  Route(
    method: .get, path: "/jobs/{job}/figures",
    summary: "What a study that runs shows so far, as a part of its page.", parameters: [number],
    answer: figures, handle: figuresOfPage),
  Route(
    method: .get, path: "/api/v1/jobs", summary: "All jobs, latest first.",
    answer: .json("The jobs."), handle: jobsDocument),
  Route(
    method: .get, path: "/api/v1/jobs/{job}", summary: "A job as it stands.", parameters: [number],
    answer: .json("The job."), handle: jobDocument),
  Route(
    method: .post, path: "/api/v1/jobs/{job}/cancel", summary: "Stops a job that waits or runs.",
    parameters: [number], answer: .json("The job."), handle: cancelForProgram),
  Route(
    method: .post, path: "/api/v1/jobs/{job}/again",
    summary: "Takes a job on again that was interrupted, stopped or failed.",
    parameters: [number], body: .fields(againFields),
    answer: .json("The new job.", status: .accepted), handle: goOnForProgram),
  Route(
    method: .get, path: "/api/v1/jobs/{job}/figures",
    summary: "What a study that runs shows so far; 'shown' of the job changes with it.",
    parameters: [number], answer: .json("The figures of each variant, with intervals."),
    handle: figuresForProgram),
  Route(
    method: .get, path: "/api/v1/jobs/{job}/events",
    summary: "Every state of a job from now on, as server-sent events; ends with the job.",
    parameters: [number], answer: events, handle: jobEvents),
]

@Sendable private func jobsPage(_ exchange: Exchange) async throws -> Response {
  let jobs = await exchange.workbench.jobs.jobs
  let intro = [
    "Long work, one at a time; it goes on when the page is closed, and what the end of the server",
    "interrupts can go on after it.",
  ].joined(separator: " ")
  let list = jobs.isEmpty ? paragraph("Nothing has been asked for yet.") : jobsTable(jobs)
  return WorkbenchPage(exchange, "Jobs", here: "/jobs").response([
    heading("Jobs"), paragraph(intro), list,
  ])
}

@Sendable private func cancelFromPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: "/jobs/\(try await cancelled(exchange).id)")
}

@Sendable private func goOnFromPage(_ exchange: Exchange) async throws -> Response {
  do {
    return .redirect(to: "/jobs/\(try await goneOn(exchange).id)")
  } catch let problem as Problem where problem.status == .conflict {
    return try await changedPage(exchange, problem)
  }
}

/// Asks whether a study is to be run whose scenario is not what it was.
private func changedPage(_ exchange: Exchange, _ problem: Problem) async throws -> Response {
  let job = try await found(exchange)
  let page = WorkbenchPage(exchange, job.title, here: "/jobs")
  let anew = page.form(
    "/jobs/\(job.id)/again", WorkbenchPage.hidden("changed", "yes"),
    WorkbenchPage.button("Run it as it is now, as a new study"))
  return page.response(
    [
      // The rest says what programs are to send; people have the button.
      heading("It would not go on where it was"), problemText(Array(problem.messages.prefix(1))),
      element("div", ["class": "acts"], anew),
      paragraph([anchor("Back to the job", to: "/jobs/\(job.id)")]),
    ], status: problem.status)
}

@Sendable private func jobsDocument(_ exchange: Exchange) async throws -> Response {
  try .json(await exchange.workbench.jobs.jobs)
}

@Sendable private func jobDocument(_ exchange: Exchange) async throws -> Response {
  try .json(try await found(exchange))
}

@Sendable private func cancelForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await cancelled(exchange))
}

@Sendable private func goOnForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await goneOn(exchange), status: .accepted)
}

@Sendable private func jobEvents(_ exchange: Exchange) async throws -> Response {
  let job = try await found(exchange)
  let states = await exchange.workbench.jobs.states(of: job.id)
  return Response(
    status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
    body: ResponseBody { writer in
      for await state in states.cancelOnGracefulShutdown() {
        try await writer.write(ByteBuffer(string: try event(state)))
      }
      try await writer.finish(nil)
    })
}

/// A job as one server-sent event.
func event(_ job: Job) throws -> String {
  let lines = try jsonText(job).split(separator: "\n").map { "data: \($0)\n" }
  return "event: job\n\(lines.joined())\n"
}

private func found(_ exchange: Exchange) async throws -> Job {
  let id = exchange.number("job") ?? 0
  guard let job = await exchange.workbench.jobs.job(id) else { throw missing(id) }
  return job
}

private func cancelled(_ exchange: Exchange) async throws -> Job {
  let id = exchange.number("job") ?? 0
  guard let job = await exchange.workbench.jobs.cancel(id) else { throw missing(id) }
  return job
}

private func goneOn(_ exchange: Exchange) async throws -> Job {
  let fields = try await exchange.fields()
  let before = try await found(exchange)
  var parameters = before.parameters
  if before.kind == .study, before.canGoOn {
    let key = try await currentKey(of: before, exchange)
    if let was = parameters["key"], key != was, fields["changed"] == nil {
      var problem = Problem(
        .conflict,
        "the scenario, a file that it names, or the program is not what it was when this was asked for: "
          + "it would begin anew, as a study of its own, and of what is done only rehearsals of variants "
          + "that are as they were would count")
      problem.messages.append("send changed=yes to run it as it is now")
      throw problem
    }
    parameters["key"] = key
  }
  guard let job = try await exchange.workbench.jobs.goOn(before.id, with: parameters) else {
    throw missing(before.id)
  }
  return job
}

/// What makes the study of a job the same as another, as its scenario is now.
private func currentKey(of job: Job, _ exchange: Exchange) async throws -> String? {
  let shelf = ScenarioShelf(exchange.workbench)
  let workspace = exchange.workbench.workspace
  return try await onThread { () throws -> String? in
    let study = try StudyJob(job)
    return try study.key(of: try study.loaded(from: shelf), in: workspace)
  }
}

@Sendable private func figuresOfPage(_ exchange: Exchange) async throws -> Response {
  let job = try await found(exchange)
  return Response(
    text: try await figuresMarkup(of: job, exchange.workbench).source, "text/html; charset=utf-8")
}

@Sendable private func figuresForProgram(_ exchange: Exchange) async throws -> Response {
  let job = try await found(exchange)
  guard let figures = await exchange.workbench.jobs.figures(of: job.id) else {
    throw Problem(
      .notFound,
      "job \(job.id) shows no figures: only a study does, while it runs and from two rehearsals of each "
        + "variant on")
  }
  var document = PreviewDocument(figures.study)
  document.requested = figures.requested
  return try .json(document)
}

/// What a study shows so far; an empty part where it shows nothing.
private func figuresMarkup(of job: Job, _ workbench: WorkbenchState) async throws -> Markup {
  guard let figures = await workbench.jobs.figures(of: job.id) else { return .none }
  let drawn = workbench.charts != nil
  let markup = try await onThread { () throws -> Markup in
    try interimMarkup(figures.study, requested: figures.requested, drawn: drawn)
  }
  return markup
}

private func missing(_ id: Int) -> Problem {
  Problem(.notFound, "there is no job \(id); /jobs lists them")
}

/// Jobs as a table.
func jobsTable(_ jobs: [Job]) -> Markup {
  let rows: [PageRow] = jobs.prefix(200).map { job in
    row([
      .number(Markup("\(job.id)")), .head(anchor(job.title, to: "/jobs/\(job.id)")),
      .text(stateMarkup(job.state)),
      .number(Markup(job.total > 0 ? shareText(job.done / job.total) : "–")),
      .text(timeMarkup(job.created)), .text(Markup(job.message)),
    ])
  }
  let heads: [Cell] = [
    .number(Markup("No.")), .head(Markup("Job")), .head(Markup("State")), .number(Markup("Done")),
    .head(Markup("Asked for")), .head(Markup("What came of it")),
  ]
  let caption: Markup? = jobs.count > 200 ? Markup("The last 200 of \(jobs.count).") : nil
  return tableMarkup(heads: heads, rows: rows, caption: caption)
}

/// A state: a shape and a word.
private func stateMarkup(_ state: Job.State) -> Markup {
  let shape =
    switch state {
    case .waiting: "○"
    case .running: "◐"
    case .done: "●"
    case .failed: "◆"
    case .cancelled: "□"
    case .interrupted: "△"
    }
  return element("span", ["class": "state \(state.rawValue)"], Markup("\(shape) \(state.rawValue)"))
}

@Sendable private func jobPage(_ exchange: Exchange) async throws -> Response {
  let job = try await found(exchange)
  var page = WorkbenchPage(exchange, job.title, here: "/jobs")
  page.hasCharts = job.kind == .study && !job.state.isFinal
  var content: [Markup] = [heading(job.title), liveMarkup(job)]
  if !job.state.isFinal {
    content.append(page.form("/jobs/\(job.id)/cancel", WorkbenchPage.button("Stop")))
    if job.kind == .study {
      content.append(
        element(
          "section", ["id": "job-figures", "aria-label": "What it shows so far"],
          try await figuresMarkup(of: job, exchange.workbench)))
    }
  }
  if job.canGoOn {
    let text = job.state == .failed ? "Try again" : "Go on"
    content.append(page.form("/jobs/\(job.id)/again", WorkbenchPage.button(text)))
  }
  if let result = job.result {
    content.append(paragraph([anchor("See what came of it", to: result)]))
  }
  if !job.problems.isEmpty {
    var problems: [Markup] = [
      subheading(plural(job.problems.count, "problem")),
      listMarkup(job.problems.prefix(1000).map { Markup($0) }, class: "problems"),
    ]
    if job.problems.count > 1000 {
      problems.append(paragraph("The first 1,000; the rest is in /api/v1/jobs/\(job.id)"))
    }
    content.append(element("section", [:], containing: problems))
  }
  var times = [Markup("Asked for "), timeMarkup(job.created)]
  if let started = job.started { times += [Markup(", begun "), timeMarkup(started)] }
  if let ended = job.ended { times += [Markup(", ended "), timeMarkup(ended)] }
  content.append(paragraph(class: "facts", times + [Markup(".")]))
  return page.response(content)
}

/// What the script keeps up to date while the job runs.
private func liveMarkup(_ job: Job) -> Markup {
  let state = element(
    "p", ["class": "answer", "role": "status"],
    element("span", ["id": "job-state"], stateMarkup(job.state)))
  let progress = element(
    "progress",
    [
      "id": "job-progress", "max": "1", "aria-label": "Progress",
      "value": job.total > 0 ? numberText(job.done / job.total, decimals: 3) : nil,
      "hidden": job.state.isFinal ? "hidden" : nil,
    ])
  return element(
    "section",
    [
      "id": "job", "data-job": "\(job.id)",
      "data-live": job.state.isFinal ? nil : "/api/v1/jobs/\(job.id)/events",
    ], state, progress, element("p", ["id": "job-message", "class": "path"], Markup(job.message)))
}
