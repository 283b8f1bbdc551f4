import Foundation
import HTTPTypes
import Hummingbird
import Reporting

/// Stands around all handlers: admits the request, turns errors into pages or documents, and adds the
/// headers that close the page.
struct Shell: RouterMiddleware {
  let workbench: WorkbenchState

  func handle(
    _ request: Request, context: PageContext,
    next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    var context = context
    var response: Response
    do {
      context.session = try workbench.gate.admit(request, path: path)
      var isNew = false
      if context.session.isEmpty, workbench.gate.token == nil, request.method == .get,
        !path.hasPrefix("/api/"), !path.hasPrefix("/assets/")
      {
        context.session = workbench.gate.newSession()
        isNew = true
      }
      var request = request
      if request.method != .get, request.method != .head, path != "/login" {
        try await checkForm(&request, session: context.session)
      }
      response = try await next(request, context)
      if isNew { response.setSession(context.session) }
    } catch {
      response = answer(to: error, request, session: context.session)
    }
    close(&response)
    return response
  }

  private func checkForm(_ request: inout Request, session: String) async throws {
    var sent = HTTPField.Name("X-CSRF-Token").flatMap { request.headers[$0] }
    if request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true {
      do {
        let buffer = try await request.collectBody(upTo: bodyLimit)
        sent = formFields(String(buffer: buffer))["csrf"] ?? sent
      } catch {
        throw Problem(.contentTooLarge, "the form has more than \(bodyLimit) bytes")
      }
    }
    try workbench.gate.checkForm(request, session: session, sent: sent)
  }

  private func answer(to error: any Error, _ request: Request, session: String) -> Response {
    var problem = Problem(any: error)
    let path = request.uri.path
    if problem.status == .notFound {
      let methods = workbench.routes.filter { $0.matches(path: path) }.map(\.method.rawValue)
      if !methods.isEmpty, error as? Problem == nil {
        problem = Problem(
          .methodNotAllowed,
          "\(path) takes \(methods.joined(separator: ", ")), not \(request.method.rawValue)")
        problem.headers[.allow] = methods.joined(separator: ", ")
      } else if error as? Problem == nil {
        problem.messages = ["there is nothing at \(path.prefix(200)); start at the first page"]
      }
    }
    if problem.status.code >= 500 { workbench.log(problem.messages.joined(separator: "; ")) }
    let wantsPage = request.headers[.accept]?.contains("text/html") == true
    if path.hasPrefix("/api/") || !wantsPage { return problem.json() }
    if problem.status == .unauthorized {
      return .redirect(to: link("/login", ["next": request.uri.string]))
    }
    return WorkbenchPage(workbench, session: session, title: problem.title, here: nil)
      .response(
        [
          heading(problem.title), problemText(problem.messages),
          paragraph([anchor("To the first page", to: "/")]),
        ], status: problem.status, headers: problem.headers)
  }

  /// Headers of every answer.
  private func close(_ response: inout Response) {
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = WorkbenchPage.policy(allowsStyles: false)
    }
    response.headers[.xContentTypeOptions] = "nosniff"
    for (name, value) in [
      ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ] {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
  }
}

extension Response {
  /// Gives the browser a session, which ends with it.
  mutating func setSession(_ session: String) {
    headers.append(
      HTTPField(
        name: .setCookie, value: "\(Gate.cookie)=\(session); Path=/; HttpOnly; SameSite=Strict"))
  }
}
