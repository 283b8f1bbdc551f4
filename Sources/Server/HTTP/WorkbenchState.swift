import DocumentReading
import Foundation
import Hummingbird
import Logging
import Reporting
import Workbench

/// What all requests share.
final class WorkbenchState: Sendable {
  /// The workspace.
  let workspace: String
  /// The folder beside it.
  let folder: WorkspaceFolder
  /// Who may ask.
  let gate: Gate
  /// The estate as it is now.
  let desk: EstateDesk
  /// Long work.
  let jobs: JobBook
  /// Quick answers about scenarios.
  let previews: PreviewDesk
  /// Readers of pages that take long.
  let waiting: WaitingRoom
  /// Drawings of the map, by the parameters of the page.
  let maps = KeptAnswers<MapOfView>(most: 24)
  /// What studies showed, by number.
  let reports = KeptAnswers<Markup>(most: 8)
  /// What draws charts; `nil` where it is not installed.
  let charts: ChartBundle?
  /// Files that pages load, by name.
  let assets: [String: Asset]
  /// What is said to whoever started the server.
  let log: @Sendable (String) -> Void
  /// Everything the server answers.
  let routes: [Route]

  /// Opens a workspace for the server.
  ///
  /// - Throws: `WorkbenchError.badInput` where the workspace or its folder cannot be used.
  init(
    workspace: String, gate: Gate, charts: ChartBundle?, previews: PreviewDesk,
    waiting: WaitingRoom, log: @escaping @Sendable (String) -> Void
  ) throws(WorkbenchError) {
    self.previews = previews
    self.waiting = waiting
    self.workspace = workspace
    self.gate = gate
    self.charts = charts
    self.log = log
    folder = WorkspaceFolder(ofWorkspace: workspace)
    try checkWorkspace(workspace)
    // What was being uploaded when the server ended is of no use.
    try? FileManager.default.removeItem(at: folder.uploads)
    desk = EstateDesk(workspace: workspace)
    let work = JobWork(workspace: workspace, folder: folder)
    let (desk, maps) = (desk, maps)
    jobs = try JobBook(folder: folder.jobs) { job, control in
      let outcome = try await work.carryOut(job, control)
      // Whoever looks next need not wait.
      if job.kind == .importing { await prepare(desk, maps) }
      return outcome
    }
    var assets = [
      "workbench.css": Asset(
        Array((pageStyle + "\n").utf8) + PackageResources.workbench_css, "text/css"),
      "workbench.js": Asset(PackageResources.workbench_js, "text/javascript"),
      "charts-drawing.js": Asset(Array(drawingScript.utf8), "text/javascript"),
    ]
    if let charts {
      assets["charts.js"] = Asset(Array(charts.script.utf8), "text/javascript")
    }
    self.assets = assets
    routes = allRoutes()
  }

  /// Computes what the pages of the estate need, and draws the map, before anybody asks.
  func prepareEstate() async { await prepare(desk, maps) }

  /// The router with everything in it.
  func router() -> Router<PageContext> {
    let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
    router.middlewares.add(Shell(workbench: self))
    for route in routes {
      router.on(RouterPath(route.routerPath), method: route.method) { request, context in
        let query = formFields(request.uri.query ?? "")
        var values: [String: String] = [:]
        for parameter in route.parameters {
          values[parameter.name] =
            parameter.isInPath
            ? context.parameters.get(parameter.name) : query[parameter.name]
        }
        let checked = try Route.checked(values, route.parameters, isStrict: false)
        return try await self.answer(
          Exchange(
            request: request, route: route, parameters: checked, session: context.session,
            workbench: self))
      }
    }
    return router
  }

  /// The answer of a route; a reader in a browser who would wait long for it is told so.
  private func answer(_ exchange: Exchange) async throws -> Response {
    if exchange.route.isUnsafe { await waiting.forget() }
    guard exchange.route.maySayWait,
      exchange.request.headers[.accept]?.contains("text/html") == true
    else { return try await exchange.route.handle(exchange) }
    let state = (try? await desk.auditStamp()) ?? ""
    let page = try await waiting.page(
      "\(exchange.session) \(exchange.request.uri.string)", state: state
    ) { try await exchange.route.handle(exchange) }
    return page ?? waitingPage(exchange)
  }
}

/// A file that pages load.
struct Asset: Sendable {
  /// What it holds.
  let bytes: ByteBuffer
  /// Its media type.
  let type: String
  /// Changes with what it holds.
  let mark: String

  init(_ bytes: [UInt8], _ type: String) {
    self.bytes = ByteBuffer(bytes: bytes)
    self.type = type
    mark = String(contentDigest(bytes).prefix(16))
  }
}

/// Computes what the pages of the estate need, and draws the map, before anybody asks.
private func prepare(_ desk: EstateDesk, _ maps: KeptAnswers<MapOfView>) async {
  guard desk.isThere else { return }
  await desk.prepare()
  _ = try? await drawnMap([:], desk, maps)
}
