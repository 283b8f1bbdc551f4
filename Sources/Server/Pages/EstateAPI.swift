import Auditing
import Hummingbird
import Inventory
import Reporting
import Workbench

let factFields: [Route.Parameter] = [
  .text("system", "Name or alias of the system.").required,
  .word("field", "The field.", Correction.Field.allCases.map(\.rawValue)).required,
  .text("value", "What it truly is, such as '3 %' or '1200 per day'.", most: 4000).required,
  .text("author", "Who says so.").required,
]

let mergeFields: [Route.Parameter] = [
  .text("first", "Name of the system under which both are shown.").required,
  .text("second", "Name of the other.").required, .text("author", "Who says so.").required,
]

let splitFields: [Route.Parameter] = [
  .text("system", "Name of the system.").required,
  .text("from", "The file whose statements are of another system.", most: 2000).required,
  .text("into", "Name of that system.").required, .text("author", "Who says so.").required,
]

/// A correction that was made, with what was sent.
struct SentCorrection {
  var number: Int64
  var sentence: String
  var fields: [String: String]
}

/// Sets a fact as a request says.
func setFact(_ exchange: Exchange) async throws -> SentCorrection {
  let workspace = exchange.workbench.workspace
  return try await correct(exchange) {
    (fields: [String: String], author: CorrectionAuthor) throws -> MadeCorrection in
    try Workbench.setFact(
      inWorkspace: workspace, system: fields["system"] ?? "",
      field: fields["field"] ?? "", value: fields["value"] ?? "", by: author)
  }
}

/// Merges two systems as a request says.
func mergeSystems(_ exchange: Exchange) async throws -> SentCorrection {
  let workspace = exchange.workbench.workspace
  return try await correct(exchange) {
    (fields: [String: String], author: CorrectionAuthor) throws -> MadeCorrection in
    try Workbench.merge(
      inWorkspace: workspace, kind: .system,
      names: [fields["first"] ?? "", fields["second"] ?? ""], by: author)
  }
}

/// Splits a system as a request says.
func splitSystem(_ exchange: Exchange) async throws -> SentCorrection {
  let workspace = exchange.workbench.workspace
  return try await correct(exchange) {
    (fields: [String: String], author: CorrectionAuthor) throws -> MadeCorrection in
    try Workbench.split(
      inWorkspace: workspace, system: fields["system"] ?? "",
      selection: StatementSelection(documents: [fields["from"] ?? ""]),
      into: fields["into"] ?? "", by: author)
  }
}

private func correct(
  _ exchange: Exchange,
  _ make: @escaping @Sendable ([String: String], CorrectionAuthor) throws -> MadeCorrection
) async throws -> SentCorrection {
  let fields = try await exchange.fields()
  let made = try await onThread {
    try make(fields, CorrectionAuthor(fields["author"] ?? "", date: now()))
  }
  // The page that comes next needs all of it.
  let desk = exchange.workbench.desk
  Task { await desk.prepare() }
  return SentCorrection(number: made.number, sentence: made.sentence, fields: fields)
}

private struct CorrectionDocument: Encodable {
  var number: Int64
  var sentence: String
  var author: String?
  var date: String?
  var isIdle: Bool?
}

extension SentCorrection {
  fileprivate func response() throws -> Response {
    try .json(CorrectionDocument(number: number, sentence: sentence), status: .created)
  }
}

private struct InventoryPageDocument: Encodable {
  var total: Int
  var page: Int
  var pageSize: Int
  var systems: [SystemRow]
}

private struct CompletenessDocument: Encodable {
  var field: String
  var known: Int
  var total: Int
}

private let systemName: Route.Parameter = .text("name", "Name or alias of the system.").required
private let correctionNumber: Route.Parameter =
  .number("number", "Number of the correction.", 1...Int(Int32.max)).inPath
private let correctionMade: Route.Answer = .json("The correction.", status: .created)

let estateAPI: [Route] = [
  Route(
    method: .get, path: "/api/v1/systems", summary: "The inventory, page by page.",
    parameters: inventoryParameters, answer: .json("Systems, and how many there are."),
    handle: systemsDocument),
  Route(
    method: .get, path: "/api/v1/system", summary: "A system with every statement about it.",
    parameters: [systemName], answer: .json("The system."), handle: systemDocument),
  Route(
    method: .get, path: "/api/v1/completeness",
    summary: "Of how many systems each audit field is known.", answer: .json("The audit fields."),
    handle: completenessDocument),
  Route(
    method: .post, path: "/api/v1/facts", summary: "Sets a fact of a system by hand.",
    body: .fields(factFields), answer: correctionMade, handle: factMade),
  Route(
    method: .post, path: "/api/v1/merges", summary: "Says that two systems are one.",
    body: .fields(mergeFields), answer: correctionMade, handle: mergeMade),
  Route(
    method: .post, path: "/api/v1/splits", summary: "Says that a system is two.",
    body: .fields(splitFields), answer: correctionMade, handle: splitMade),
  Route(
    method: .get, path: "/api/v1/corrections", summary: "Everything that was put right by hand.",
    answer: .json("The corrections, oldest first."), handle: correctionsDocument),
  Route(
    method: .delete, path: "/api/v1/corrections/{number}", summary: "Takes a correction back.",
    parameters: [correctionNumber], answer: .json("What it said."), handle: correctionUndone),
]

@Sendable private func systemsDocument(_ exchange: Exchange) async throws -> Response {
  let query = InventoryQuery(exchange)
  let (rows, total) = query.rows(of: try await exchange.workbench.desk.view())
  return try .json(
    InventoryPageDocument(
      total: total, page: query.page, pageSize: query.pageSize, systems: rows))
}

@Sendable private func systemDocument(_ exchange: Exchange) async throws -> Response {
  let estate = try await exchange.workbench.desk.view().estate
  return try .json(SystemDocument(try foundSystem(exchange, in: estate), of: estate))
}

/// The system that a request names.
func foundSystem(_ exchange: Exchange, in estate: Estate) throws -> AutomationSystem {
  do {
    return try Workbench.system(named: try exchange.required("name"), of: estate)
  } catch let error as WorkbenchError {
    var problem = Problem(error)
    problem.status = .notFound
    throw problem
  }
}

@Sendable private func completenessDocument(_ exchange: Exchange) async throws -> Response {
  let view = try await exchange.workbench.desk.view()
  let fields: [CompletenessDocument] = view.completeness.fields.map {
    CompletenessDocument(field: $0.field.rawValue, known: $0.known, total: $0.total)
  }
  return try .json(fields)
}

@Sendable private func factMade(_ exchange: Exchange) async throws -> Response {
  try await setFact(exchange).response()
}

@Sendable private func mergeMade(_ exchange: Exchange) async throws -> Response {
  try await mergeSystems(exchange).response()
}

@Sendable private func splitMade(_ exchange: Exchange) async throws -> Response {
  try await splitSystem(exchange).response()
}

@Sendable private func correctionsDocument(_ exchange: Exchange) async throws -> Response {
  let found = try corrections(
    inWorkspace: exchange.workbench.workspace,
    madeIn: try await exchange.workbench.desk.view().estate)
  var documents: [CorrectionDocument] = []
  for (number, correction) in found.all {
    documents.append(
      CorrectionDocument(
        number: number, sentence: correction.sentence, author: correction.author,
        date: correction.date, isIdle: found.idle.contains(number)))
  }
  return try .json(documents)
}

@Sendable private func correctionUndone(_ exchange: Exchange) async throws -> Response {
  let number = Int64(exchange.number("number") ?? 0)
  let sentence = try undoCorrection(inWorkspace: exchange.workbench.workspace, number: number)
  return try .json(CorrectionDocument(number: number, sentence: sentence))
}
