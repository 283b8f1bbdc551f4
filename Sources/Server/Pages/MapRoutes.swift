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
  ]

let mapRoutes: [Route] = [
  Route(
    method: .get, path: "/map", summary: "The integration map.", parameters: drawingParameters,
    handle: mapPage),
  Route(
    method: .get, path: "/map/export", summary: "What is seen of the map, as a file.",
    parameters: exportParameters, handle: exportedMap),
  Route(
    method: .get, path: "/api/v1/map", summary: "The integration map, or a part of it.",
    parameters: exportParameters,
    answer: .init(status: .ok, type: "application/json", summary: "The map in the format.")
  ) { exchange in
    try await exportedMap(exchange)
  },
]

private let exportParameters: [Route.Parameter] =
  viewParameters + [
    .word(
      "format", "The format; json where none is named.",
      ["svg", "dot", "mermaid", "graphml", "json"])
  ]

/// The part that a request asks for.
private func view(_ exchange: Exchange) throws(Problem) -> MapView {
  let scopes: [MapView.Scope?] = [
    exchange["process"].map { .process($0) }, exchange["team"].map { .team($0) },
    exchange["application"].map { .application($0) }, exchange["system"].map { .system($0) },
    exchange["people"].map { _ in .people },
  ]
  let named = scopes.compactMap { $0 }
  guard named.count < 2 else {
    throw Problem(
      .badRequest,
      "name one of process, team, application, system and people; the rest narrows down")
  }
  return MapView(
    named.first ?? .estate, distance: exchange.number("distance") ?? 1,
    owners: exchange["owner"].map { [$0] } ?? [],
    technologies: exchange["technology"].map { [$0] } ?? [],
    criticalities: exchange["criticality"].map { [$0] } ?? [])
}

private func exportedMap(_ exchange: Exchange) async throws -> Response {
  let estate = try await exchange.workbench.desk.view().estate
  let format = MapFormat(rawValue: exchange["format"] ?? "json") ?? .json
  let map = try await Workbench.map(
    of: estate, view: try view(exchange), format: format, showsFindings: format.isDrawing)
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

private func mapPage(_ exchange: Exchange) async throws -> Response {
  var page = WorkbenchPage(exchange, "Map", here: "/map")
  page.allowsStyles = true
  guard exchange.workbench.desk.isThere else {
    return page.response(
      element("h1", [:], "Map"),
      element(
        "p", ["class": "answer"], "Nothing has been imported yet. Begin with ",
        element("a", ["href": "/import"], "an import"), "."))
  }
  let estate = try await exchange.workbench.desk.view().estate
  var request = MapDrawingRequest()
  request.view = try view(exchange)
  request.detail =
    switch exchange["detail"] {
    case "whole": .whole
    case "overview": .overview
    default: exchange["cluster"].map { .cluster($0) } ?? .automatic
    }
  if exchange["findings"] != "no" {
    request.report = try await exchange.workbench.desk.audit().report
    request.badgeLink = "/audit?finding="
  }
  request.nodeLink = { node in
    switch node.kind {
    case .system where !node.isGhost: link("/estate/system", ["name": node.name])
    case .application: link("/map", ["application": node.name])
    case .team: link("/map", ["team": node.name])
    default: link("/map", ["system": node.name])
    }
  }
  request.clusterLink = { link("/map", ["cluster": $0]) }
  let head = element("h1", [:], "Map") + mapFilters(exchange, estate)
  let map: MapOfView
  do {
    map = try await draw(request, of: estate)
  } catch {
    let problem = Problem(error)
    return page.response(
      head, problem.messages.map { element("p", ["class": "problem"], "\($0)") }.joined(),
      element("p", [:], element("a", ["href": "/map"], "The whole map")),
      status: problem.status)
  }
  let drawn = mapMarkup(map.drawing) ?? element("p", ["class": "problem"], "The drawing is empty.")
  return page.response(
    head,
    element(
      "p", ["class": "facts"],
      "\(map.nodes.count) of \(map.wholeCount) things and \(plural(map.edgeCount, "connection")). ",
      "A click leads to the thing, a number to its finding."),
    element("div", ["class": "map-tools", "id": "map-tools", "hidden": "hidden"], mapTools),
    drawn, exports(exchange), nodesMarkup(map.nodes))
}

private let mapTools: Markup = [
  mapButton("zoom-in", "Larger"), mapButton("zoom-out", "Smaller"), mapButton("zoom-all", "Whole"),
  element(
    "label", [:], "Find on the map ",
    element("input", ["type": "search", "id": "map-search", "maxlength": "200"])),
  element("span", ["id": "map-found", "role": "status", "class": "quiet"], ""),
].joined(by: Markup(" "))

private func mapButton(_ id: String, _ title: String) -> Markup {
  element("button", ["type": "button", "id": id], Markup(title))
}

private func mapFilters(_ exchange: Exchange, _ estate: Estate) -> Markup {
  let teams = [(value: "", text: "all")] + estate.teams.map { ($0.name, $0.name) }
  let criticalities =
    [(value: "", text: "all")]
    + (Criticality.allCases.map(\.rawValue) + [MapView.unknown]).map { ($0, $0) }
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
      chosen: exchange["findings"] ?? ""), WorkbenchPage.button("Show"))
}

private func exports(_ exchange: Exchange) -> Markup {
  let links = ["svg", "dot", "mermaid", "graphml", "json"].map { format in
    element(
      "a",
      [
        "href": link(
          "/map/export",
          [
            "format": format, "system": exchange["system"], "application": exchange["application"],
            "team": exchange["team"], "process": exchange["process"], "people": exchange["people"],
            "distance": exchange["distance"], "owner": exchange["owner"],
            "technology": exchange["technology"], "criticality": exchange["criticality"],
          ])
      ], "\(format)")
  }
  return element("p", ["class": "downloads"], "What is seen, as a file: ", links.joined(by: " "))
}

/// Everything on the map as a table, for those who cannot see it.
private func nodesMarkup(_ nodes: [GraphNode]) -> Markup {
  let rows = nodes.prefix(500).map { node in
    let name: Markup =
      node.kind == .system && !node.isGhost
      ? element("a", ["href": link("/estate/system", ["name": node.name])], "\(node.name)")
      : "\(node.name)"
    let neighbours =
      node.kind == .application
      ? link("/map", ["application": node.name])
      : node.kind == .team
        ? link("/map", ["team": node.name]) : link("/map", ["system": node.name])
    let cells: [Cell] = [
      .head(name), .text("\(node.isGhost ? "named only" : node.kind.rawValue)"),
      .text("\(node.technology ?? "")"), .text("\(node.ownerGroup ?? "")"),
      .text(element("a", ["href": neighbours], "neighbours")),
    ]
    return (cells: cells, isChosen: false)
  }
  return element(
    "details", [:], element("summary", [:], "What is on the map, as a table"),
    tableMarkup(
      heads: [
        .head("Name"), .head("Kind"), .head("Technology"), .head("Owner"), .head(""),
      ], rows: rows,
      caption: nodes.count > 500 ? "The first 500 of \(nodes.count); filter, or export." : nil))
}
