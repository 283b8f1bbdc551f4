import HTTPTypes
import Hummingbird
import Reporting
import Workbench

/// Everything the server answers, in the order of the navigation.
func allRoutes() -> [Route] {
  let parts: [[Route]] = [
    basicRoutes, estateRoutes, estateAPI, importRoutes, jobRoutes, mapRoutes, auditRoutes,
    questionnaireRoutes,
    scenarioRoutes, calibrationRoutes, previewRoutes, studyRoutes,
  ]
  return parts.flatMap { $0 }
}

private let assetName: Route.Parameter = .text("name", "Name of the file.", most: 40).inPath
private let nextPage: Route.Parameter = .text("next", "The page to go to.", most: 2000)
private let loginFields: [Route.Parameter] = [.text("token", "The token.").required, nextPage]

private let basicRoutes: [Route] = [
  Route(method: .get, path: "/", summary: "The first page.", maySayWait: true, handle: firstPage),
  Route(
    method: .get, path: "/assets/{name}", summary: "A file that pages load.",
    parameters: [assetName], handle: assetFile),
  Route(
    method: .get, path: "/login", summary: "Asks for the token.", parameters: [nextPage],
    handle: askForToken),
  Route(
    method: .post, path: "/login", summary: "Takes the token.", body: .fields(loginFields),
    answer: .done, handle: takeToken),
  Route(
    method: .get, path: "/api/v1/openapi.json", summary: "Describes this interface by OpenAPI 3.1.",
    answer: .json("The description."), handle: describeInterface),
]

@Sendable private func firstPage(_ exchange: Exchange) async throws -> Response {
  .redirect(to: "/estate")
}

@Sendable private func assetFile(_ exchange: Exchange) async throws -> Response {
  guard let asset = exchange.workbench.assets[try exchange.required("name")] else {
    throw Problem(.notFound, "there is no such file")
  }
  let mark = "\"\(asset.mark)\""
  let headers: HTTPFields = [
    .contentType: "\(asset.type); charset=utf-8", .eTag: mark, .cacheControl: "max-age=31536000",
  ]
  if exchange.request.headers[.ifNoneMatch] == mark {
    return Response(status: .notModified, headers: headers)
  }
  return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
}

@Sendable private func askForToken(_ exchange: Exchange) async throws -> Response {
  loginPage(exchange, next: exchange["next"], problem: nil)
}

@Sendable private func takeToken(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  guard exchange.workbench.gate.isToken(fields["token"] ?? "") else {
    return loginPage(
      exchange, next: fields["next"],
      problem: "That is not the token which the server was started with.")
  }
  var next = fields["next"] ?? "/"
  // Only to a page of ours: what begins with // would be another host.
  let isOurs = next.hasPrefix("/") && !next.hasPrefix("//") && !next.hasPrefix("/\\")
  if !isOurs { next = "/" }
  var response = Response.redirect(to: next)
  response.setSession(exchange.workbench.gate.newSession())
  return response
}

@Sendable private func describeInterface(_ exchange: Exchange) async throws -> Response {
  try .json(OpenAPIDocument(exchange.workbench.routes, version: programVersion))
}

private func loginPage(_ exchange: Exchange, next: String?, problem: String?) -> Response {
  let page = WorkbenchPage(exchange, "Token", here: nil)
  var content: [Markup] = [
    heading("This workbench asks for a token"),
    paragraph("It was printed, or given with --token, where the server was started."),
  ]
  if let problem {
    content.append(element("p", ["class": "problem", "role": "alert"], Markup(problem)))
  }
  content.append(
    page.form(
      "/login", class: "fields", WorkbenchPage.hidden("next", next ?? "/"),
      WorkbenchPage.field("Token", "token", type: "password", isRequired: true),
      WorkbenchPage.button("Go on")))
  return page.response(content, status: problem == nil ? .ok : .forbidden)
}
