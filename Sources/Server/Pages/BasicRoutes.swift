import HTTPTypes
import Hummingbird
import Reporting
import Workbench

/// Everything the server answers, in the order of the navigation.
let allRoutes: [Route] = [
  basicRoutes, estateRoutes, estateAPI, importRoutes, jobRoutes, mapRoutes, auditRoutes,
  scenarioRoutes, studyRoutes,
].flatMap(\.self)

private let basicRoutes: [Route] = [
  Route(method: .get, path: "/", summary: "The first page.") { _ in .redirect(to: "/estate") },
  Route(
    method: .get, path: "/assets/{name}", summary: "A file that pages load.",
    parameters: [.text("name", "Name of the file.", most: 40).inPath]
  ) { exchange in
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
  },
  Route(
    method: .get, path: "/login", summary: "Asks for the token.",
    parameters: [.text("next", "The page to go to.", most: 2000)]
  ) { exchange in
    loginPage(exchange, next: exchange["next"], problem: nil)
  },
  Route(
    method: .post, path: "/login", summary: "Takes the token.",
    body: .fields([
      .text("token", "The token.").required, .text("next", "The page to go to.", most: 2000),
    ]), answer: .done
  ) { exchange in
    let fields = try await exchange.fields()
    guard exchange.workbench.gate.isToken(fields["token"] ?? "") else {
      return loginPage(
        exchange, next: fields["next"],
        problem: "That is not the token which the server was started with.")
    }
    // Only to a page of ours: what begins with // would be another host.
    let next = fields["next"].flatMap { page in
      page.hasPrefix("/") && !page.hasPrefix("//") && !page.hasPrefix("/\\") ? page : nil
    }
    var response = Response.redirect(to: next ?? "/")
    response.setSession(exchange.workbench.gate.newSession())
    return response
  },
  Route(
    method: .get, path: "/api/v1/openapi.json", summary: "Describes this interface by OpenAPI 3.1.",
    answer: .json("The description.")
  ) { exchange in
    try .json(OpenAPIDocument(exchange.workbench.routes, version: programVersion))
  },
]

private func loginPage(_ exchange: Exchange, next: String?, problem: String?) -> Response {
  let page = WorkbenchPage(exchange, "Token", here: nil)
  return page.response(
    element("h1", [:], "This workbench asks for a token"),
    element("p", [:], "It was printed, or given with --token, where the server was started."),
    (problem.map { element("p", ["class": "problem", "role": "alert"], "\($0)") } ?? .none),
    page.form(
      "/login", class: "fields", WorkbenchPage.hidden("next", next ?? "/"),
      WorkbenchPage.field("Token", "token", type: "password", isRequired: true),
      WorkbenchPage.button("Go on")), status: problem == nil ? .ok : .forbidden)
}
