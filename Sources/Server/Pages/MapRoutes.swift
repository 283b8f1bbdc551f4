import Facts
import HTTPTypes
import Hummingbird
import IntegrationGraph
import Inventory
import Reporting
import Workbench

private let viewParameters: [Route.Parameter] = [
  .text("system", "Only this system or data object, and its neighbours."),
  .text("application", "Only this application, and its neighbours."),
  .text("team", "Only what this team owns, and what joins in."),
  .text("process", "Only the system of this process, and what it calls."),
  .word("people", "Only what people carry.", ["yes"]),
  .number("distance", "How many edges away neighbours are shown.", 1...100),
  .text("owner", "Only systems of this team or person, or 'unknown'."),
  .text("technology", "Only systems of this product or kind, or 'unknown'."),
  .word(
    "criticality", "Only systems this critical.",
    Criticality.allCases.map(\.rawValue) + [MapView.unknown]),
]

private let drawingParameters: [Route.Parameter] =
  viewParameters + [
    .word("detail", "How much is drawn.", MapDetail.allCases.map(\.rawValue)),
    .text("cluster", "Only this cluster opened."),
    .word("findings", "Whether the findings of the audit are numbered.", ["no"]),
    .word("data", "Whether what carries sensitive data is marked.", ["no"]),
  ]

let mapRoutes: [Route] = [
  Route(
    method: .get, path: "/map", summary: "The integration map.", parameters: drawingParameters,
    maySayWait: true, handle: mapPage),
  Route(
    method: .get, path: "/map/export", summary: "What is seen of the map, as a file.",
    parameters: exportParameters, handle: exportedMap),
  Route(
    method: .get, path: "/api/v1/map", summary: "The integration map, or a part of it.",
    parameters: exportParameters,
    answer: .json(
      "The map in the format.", or: ["image/svg+xml", "application/xml", "text/plain"]),
    handle: exportedMap),
]

private let exportParameters: [Route.Parameter] =
  viewParameters + [
    .word(
      "format", "The format; json where none is named.",
      ["svg", "dot", "mermaid", "graphml", "json"])
  ]

/// The part that parameters ask for.
private func view(_ asked: [String: String]) throws(Problem) -> MapView {
  let scopes: [MapView.Scope?] = [
    asked["process"].map { .process($0) }, asked["team"].map { .team($0) },
    asked["application"].map { .application($0) }, asked["system"].map { .system($0) },
    asked["people"].map { _ in .people },
  ]
  let named = scopes.compactMap { $0 }
  guard named.count < 2 else {
    throw Problem(
      .badRequest,
      "name one of process, team, application, system and people; the rest narrows down")
  }
  return MapView(
    named.first ?? .estate, distance: asked["distance"].flatMap(Int.init) ?? 1,
    owners: asked["owner"].map { [$0] } ?? [], technologies: asked["technology"].map { [$0] } ?? [],
    criticalities: asked["criticality"].map { [$0] } ?? [])
}

@Sendable private func exportedMap(_ exchange: Exchange) async throws -> Response {
  let estate = try await exchange.workbench.desk.view().estate
  let format = MapFormat(rawValue: exchange["format"] ?? "json") ?? .json
  let map = try await Workbench.map(
    of: estate, view: try view(exchange.parameters), format: format,
    showsFindings: format.isDrawing,
    showsSensitiveData: format.isStyled)
  let types: [MapFormat: String] = [
    .svg: "image/svg+xml", .json: "application/json", .graphml: "application/xml",
  ]
  guard let file = map.files.first else {
    throw Problem(.internalServerError, "the map has no file")
  }
  var response = Response(text: file.text, types[format] ?? "text/plain; charset=utf-8")
  if !exchange.route.isAPI {
    response.headers[.contentDisposition] = "attachment; filename=\"\(file.name)\""
  }
  // A drawing has styles of its own, and never runs anything.
  response.headers[.contentSecurityPolicy] =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox"
  return response
}

@Sendable private func mapPage(_ exchange: Exchange) async throws -> Response {
  var page = WorkbenchPage(exchange, "Map", here: "/map")
  page.allowsStyles = true
  guard exchange.workbench.desk.isThere else { return page.response(nothingImported("Map")) }
  let estate = try await exchange.workbench.desk.view().estate
  guard !estate.systems.isEmpty else { return page.response(nothingImported("Map")) }
  let head: [Markup] = [heading("Map"), mapFilters(exchange, estate)]
  let map: MapOfView
  do {
    map = try await drawnMap(
      exchange.parameters, exchange.workbench.desk, exchange.workbench.maps)
  } catch {
    let problem = Problem(any: error)
    let back = paragraph([anchor("The whole map", to: "/map")])
    return page.response(
      head + [problemText(problem.messages), back], status: problem.status)
  }
  let drawn = mapMarkup(map.drawing) ?? paragraph("The drawing is empty.", class: "problem")
  let counts =
    "\(countText(map.nodes.count)) of \(countText(map.wholeCount)) things and "
    + "\(plural(map.edgeCount, "connection")). "
  let facts = paragraph(
    counts + "A click leads to the thing, a number to its finding.", class: "facts")
  let tools = element(
    "div", ["class": "map-tools", "id": "map-tools", "hidden": "hidden"], mapTools)
  return page.response(head + [facts, tools, drawn, exports(exchange), nodesMarkup(map.nodes)])
}

/// The map that parameters ask for, drawn once for each state of the estate.
func drawnMap(
  _ asked: [String: String], _ desk: EstateDesk, _ maps: KeptAnswers<MapOfView>
) async throws -> MapOfView {
  let question = asked.sorted { $0.key < $1.key }.map { "\($0.key)=\(queryValue($0.value))" }
  return try await maps.answer(
    question.joined(separator: "&"), stamp: try await desk.auditStamp()
  ) {
    let view = try await desk.view()
    return try await draw(
      try await drawingRequest(asked, desk), of: view.estate, whole: view.graph)
  }
}

private func drawingRequest(
  _ asked: [String: String], _ desk: EstateDesk
) async throws -> MapDrawingRequest {
  var request = MapDrawingRequest()
  request.view = try view(asked)
  switch asked["detail"] {
  case "whole": request.detail = .whole
  case "overview": request.detail = .overview
  default: request.detail = asked["cluster"].map { .cluster($0) } ?? .automatic
  }
  if asked["findings"] != "no" {
    request.report = try await desk.audit().report
    request.badgeLink = "/audit?finding="
  }
  request.showsSensitiveData = asked["data"] != "no"
  request.nodeLink = place
  request.clusterLink = { (cluster: String) -> String in link("/map", ["cluster": cluster]) }
  return request
}

/// The page of a node.
@Sendable private func place(of node: GraphNode) -> String {
  switch node.kind {
  case .system where !node.isGhost: link("/estate/system", ["name": node.name])
  default: neighbours(of: node)
  }
}

/// The map of a node and its neighbours.
private func neighbours(of node: GraphNode) -> String {
  switch node.kind {
  case .application: link("/map", ["application": node.name])
  case .team: link("/map", ["team": node.name])
  default: link("/map", ["system": node.name])
  }
}

private let mapTools: Markup = {
  let parts: [Markup] = [
    mapButton("zoom-in", "Larger"), mapButton("zoom-out", "Smaller"),
    mapButton("zoom-all", "Whole"),
    element(
      "label", [:], Markup("Find on the map "),
      element("input", ["type": "search", "id": "map-search", "maxlength": "200"])),
    element("span", ["id": "map-found", "role": "status", "class": "quiet"]),
  ]
  return parts.joined(by: Markup(" "))
}()

private func mapButton(_ id: String, _ title: String) -> Markup {
  element("button", ["type": "button", "id": id], Markup(title))
}

private func mapFilters(_ exchange: Exchange, _ estate: Estate) -> Markup {
  typealias Option = (value: String, text: String)
  var teams: [Option] = [(value: "", text: "all")]
  teams += estate.teams.map { ($0.name, $0.name) }
  var criticalities: [Option] = [(value: "", text: "all")]
  criticalities += Criticality.allCases.map { ($0.rawValue, $0.rawValue) }
  criticalities.append((MapView.unknown, MapView.unknown))
  return element(
    "form", ["method": "get", "action": "/map", "class": "filters", "role": "search"],
    WorkbenchPage.field(
      "System", "system", value: exchange["system"] ?? "", hint: "and neighbours"),
    WorkbenchPage.field("Distance", "distance", value: exchange["distance"] ?? "", hint: "1"),
    WorkbenchPage.choice("Team", "team", teams, chosen: exchange["team"] ?? ""),
    WorkbenchPage.field("Technology", "technology", value: exchange["technology"] ?? ""),
    WorkbenchPage.choice(
      "Criticality", "criticality", criticalities, chosen: exchange["criticality"] ?? ""),
    WorkbenchPage.choice(
      "People", "people", [("", "with all else"), ("yes", "only what they carry")],
      chosen: exchange["people"] ?? ""),
    WorkbenchPage.choice(
      "Detail", "detail",
      [("", "automatic"), ("whole", "every node"), ("overview", "clusters only")],
      chosen: exchange["detail"] ?? ""),
    WorkbenchPage.choice(
      "Findings", "findings", [("", "numbered"), ("no", "not shown")],
      chosen: exchange["findings"] ?? ""),
    WorkbenchPage.choice(
      "Sensitive data", "data", [("", "marked"), ("no", "not shown")],
      chosen: exchange["data"] ?? ""), WorkbenchPage.button("Show"))
}

private func exports(_ exchange: Exchange) -> Markup {
  let links: [Markup] = ["svg", "dot", "mermaid", "graphml", "json"].map { format in
    let place = link(
      "/map/export",
      [
        "format": format, "system": exchange["system"], "application": exchange["application"],
        "team": exchange["team"], "process": exchange["process"], "people": exchange["people"],
        "distance": exchange["distance"], "owner": exchange["owner"],
        "technology": exchange["technology"], "criticality": exchange["criticality"],
      ])
    return anchor(format, to: place)
  }
  return paragraph(
    class: "downloads", [Markup("What is seen, as a file: "), links.joined(by: Markup(" "))])
}

/// Everything on the map as a table, for those who cannot see it.
private func nodesMarkup(_ nodes: [GraphNode]) -> Markup {
  let rows: [PageRow] = nodes.prefix(500).map { node in
    let isSystem = node.kind == .system && !node.isGhost
    let name = isSystem ? anchor(node.name, to: place(of: node)) : Markup(node.name)
    return row([
      .head(name), .text(Markup(node.isGhost ? "named only" : node.kind.rawValue)),
      .text(Markup(node.technology ?? "")), .text(Markup(node.ownerGroup ?? "")),
      .text(anchor("neighbours", to: neighbours(of: node))),
    ])
  }
  let heads = ["Name", "Kind", "Technology", "Owner", ""].map { Cell.head(Markup($0)) }
  let caption: Markup? =
    nodes.count > 500 ? Markup("The first 500 of \(nodes.count); filter, or export.") : nil
  return element(
    "details", [:], element("summary", [:], Markup("What is on the map, as a table")),
    tableMarkup(heads: heads, rows: rows, caption: caption))
}
