import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import ServiceLifecycle
import Workbench

private let number: Route.Parameter =
  .number("job", "Number of the job.", 1...Int(Int32.max)).inPath

let jobRoutes: [Route] = [
  Route(method: .get, path: "/jobs", summary: "All jobs.") { exchange in
    let jobs = await exchange.workbench.jobs.jobs
    return WorkbenchPage(exchange, "Jobs", here: "/jobs").response(
      element("h1", [:], "Jobs"),
      element(
        "p", [:],
        "Long work, one at a time; it goes on when the page is closed, and what the end of ",
        "the server interrupts can go on after it."),
      (jobs.isEmpty
        ? element("p", [:], "Nothing has been asked for yet.") : jobsTable(jobs)))
  },
  Route(
    method: .get, path: "/jobs/{job}", summary: "A job as it stands.", parameters: [number],
    handle: jobPage),
  Route(
    method: .post, path: "/jobs/{job}/cancel", summary: "Cancels a job.", parameters: [number],
    body: .fields([]), answer: .done
  ) { exchange in
    let job = try await cancelled(exchange)
    return .redirect(to: "/jobs/\(job.id)")
  },
  Route(
    method: .post, path: "/jobs/{job}/again", summary: "Takes a stopped job on again.",
    parameters: [number], body: .fields([]), answer: .done
  ) { exchange in
    let job = try await goneOn(exchange)
    return .redirect(to: "/jobs/\(job.id)")
  },
  Route(
    method: .get, path: "/api/v1/jobs", summary: "All jobs, latest first.",
    answer: .json("The jobs.")
  ) { exchange in
    try .json(await exchange.workbench.jobs.jobs)
  },
  Route(
    method: .get, path: "/api/v1/jobs/{job}", summary: "A job as it stands.", parameters: [number],
    answer: .json("The job.")
  ) { exchange in
    try .json(try await found(exchange))
  },
  Route(
    method: .post, path: "/api/v1/jobs/{job}/cancel", summary: "Cancels a job that waits or runs.",
    parameters: [number], answer: .json("The job.")
  ) { exchange in
    try .json(try await cancelled(exchange))
  },
  Route(
    method: .post, path: "/api/v1/jobs/{job}/again",
    summary: "Takes a job on again that was interrupted, cancelled or failed.",
    parameters: [number], answer: .json("The new job.", status: .accepted)
  ) { exchange in
    try .json(try await goneOn(exchange), status: .accepted)
  },
  Route(
    method: .get, path: "/api/v1/jobs/{job}/events",
    summary: "Every state of a job from now on, as server-sent events; ends with the job.",
    parameters: [number],
    answer: .init(status: .ok, type: "text/event-stream", summary: "Jobs, one for each event.")
  ) { exchange in
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
  },
]

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
  let id = exchange.number("job") ?? 0
  guard let job = try await exchange.workbench.jobs.goOn(id) else { throw missing(id) }
  return job
}

private func missing(_ id: Int) -> Problem {
  Problem(.notFound, "there is no job \(id); /jobs lists them")
}

/// Jobs as a table.
func jobsTable(_ jobs: [Job]) -> Markup {
  tableMarkup(
    heads: [
      .number("No."), .head("Job"), .head("State"), .number("Done"), .head("Asked for"),
      .head("What came of it"),
    ],
    rows: jobs.prefix(200).map { job in
      let cells: [Cell] = [
        .number("\(job.id)"), .head(element("a", ["href": "/jobs/\(job.id)"], "\(job.title)")),
        .text(stateMarkup(job.state)),
        .number("\(job.total > 0 ? shareText(job.done / job.total) : "–")"),
        .text("\(job.created)"), .text("\(job.message)"),
      ]
      return (cells: cells, isChosen: false)
    }, caption: jobs.count > 200 ? "The last 200 of \(jobs.count)." : nil)
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
  return element("span", ["class": "state \(state.rawValue)"], "\(shape) \(state.rawValue)")
}

private func jobPage(_ exchange: Exchange) async throws -> Response {
  let job = try await found(exchange)
  let page = WorkbenchPage(exchange, job.title, here: "/jobs")
  var acts = Markup.none
  if !job.state.isFinal {
    acts += page.form(
      "/jobs/\(job.id)/cancel", class: "cancel", WorkbenchPage.button("Cancel"))
  }
  if job.canGoOn {
    acts += page.form(
      "/jobs/\(job.id)/again",
      WorkbenchPage.button(job.state == .interrupted ? "Go on" : "Do it again"))
  }
  let result =
    job.result.map { element("p", [:], element("a", ["href": $0], "See what came of it")) } ?? .none
  let problems =
    job.problems.isEmpty
    ? Markup.none
    : element(
      "section", [:], element("h2", [:], "\(plural(job.problems.count, "problem"))"),
      element(
        "ul", ["class": "problems"],
        containing: job.problems.prefix(1000).map { element("li", [:], "\($0)") }),
      job.problems.count > 1000
        ? element("p", [:], "The first 1,000; the rest is in /api/v1/jobs/\(String(job.id))")
        : .none)
  return page.response(
    element("h1", [:], "\(job.title)"),
    element(
      "section",
      [
        "id": "job", "data-job": "\(job.id)",
        "data-live": job.state.isFinal ? nil : "/api/v1/jobs/\(job.id)/events",
      ],
      element(
        "p", ["class": "answer", "role": "status"],
        element("span", ["id": "job-state"], stateMarkup(job.state))),
      element(
        "progress",
        [
          "id": "job-progress", "max": "1", "aria-label": "Progress",
          "value": job.total > 0 ? numberText(job.done / job.total, decimals: 3) : nil,
          "hidden": job.state.isFinal ? "hidden" : nil,
        ]), element("p", ["id": "job-message", "class": "path"], "\(job.message)")),
    acts, result, problems,
    element(
      "p", ["class": "facts"],
      "Asked for \(job.created)\(job.started.map { ", begun \($0)" } ?? "")",
      "\(job.ended.map { ", ended \($0)" } ?? "")."))
}
