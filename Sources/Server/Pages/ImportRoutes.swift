import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import Workbench

private struct UploadDocument: Encodable {
  var upload: String
}

private struct StoredDocument: Encodable {
  var path: String
  var bytes: Int
}

private let importFields: [Route.Parameter] = [
  .text("upload", "The upload that holds the files.", most: 60).required,
  .text(
    "name", "Name under which its files are kept; a later upload of the name adds to it.", most: 60),
]

private let fileParameters: [Route.Parameter] = [
  .text("upload", "The upload.", most: 60).inPath,
  .text("path", "Path of the file within what is uploaded.", most: 2000).required,
]

let importRoutes: [Route] = [
  Route(
    method: .get, path: "/import", summary: "Takes files and shows past imports.",
    handle: importPage),
  Route(
    method: .post, path: "/import/again", summary: "Reads everything again.", body: .fields([]),
    answer: .done, handle: importAgainFromPage),
  Route(
    method: .post, path: "/api/v1/uploads", summary: "Begins an upload.",
    answer: .json("The name of the upload.", status: .created), handle: beginUpload),
  Route(
    method: .put, path: "/api/v1/uploads/{upload}/file",
    summary: "Stores one file of an upload: its bytes are the body.", parameters: fileParameters,
    body: .file, answer: .json("The path and the size.", status: .created), handle: storeFile),
  Route(
    method: .post, path: "/api/v1/imports", summary: "Imports an upload, as a job.",
    body: .fields(importFields), answer: .json("The job.", status: .accepted),
    handle: importUpload),
  Route(
    method: .post, path: "/api/v1/imports/again",
    summary: "Reads everything again that was imported before, as a job.",
    answer: .json("The job.", status: .accepted), handle: importAgainForProgram),
]

@Sendable private func importAgainFromPage(_ exchange: Exchange) async throws -> Response {
  _ = try await exchange.fields()
  let job = try await importAgain(exchange.workbench)
  return .redirect(to: "/jobs/\(job.id)")
}

@Sendable private func importAgainForProgram(_ exchange: Exchange) async throws -> Response {
  try .json(try await importAgain(exchange.workbench), status: .accepted)
}

@Sendable private func beginUpload(_ exchange: Exchange) async throws -> Response {
  let upload = try UploadDesk(folder: exchange.workbench.folder).begin()
  return try .json(UploadDocument(upload: upload), status: .created)
}

@Sendable private func storeFile(_ exchange: Exchange) async throws -> Response {
  let path = try exchange.required("path")
  let size = try await UploadDesk(folder: exchange.workbench.folder).store(
    exchange.request.body, path: path, in: try exchange.required("upload"))
  return try .json(StoredDocument(path: path, bytes: size), status: .created)
}

@Sendable private func importUpload(_ exchange: Exchange) async throws -> Response {
  let fields = try await exchange.fields()
  let desk = UploadDesk(folder: exchange.workbench.folder)
  let folder = try desk.keep(fields["upload"] ?? "", as: fields["name"] ?? "upload")
  let job = try await exchange.workbench.jobs.submit(
    .importing, title: "Import \(folder.lastPathComponent)", parameters: ["path": folder.path])
  return try .json(job, status: .accepted)
}

private func importAgain(_ workbench: WorkbenchState) async throws -> Job {
  guard workbench.desk.isThere else {
    throw Problem(.unprocessableContent, "nothing has been imported yet; upload something first")
  }
  return try await workbench.jobs.submit(
    .importing, title: "Read everything again", parameters: [:])
}

@Sendable private func importPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Import", here: "/import")
  let workbench = exchange.workbench
  let history =
    workbench.desk.isThere ? try importHistory(inWorkspace: workbench.workspace) : []
  let jobs = await workbench.jobs.jobs.filter { $0.kind == .importing }
  var content: [Markup] = [
    heading("Import"),
    paragraph([
      Markup(
        "Files are recognised by their content; nothing of them is executed. What is read stays on "
      ),
      Markup("this machine, in the folder "), pathText(workbench.folder.imports.path), Markup("."),
    ]),
    uploader(
      "Drop files or folders here, as the products exported them, or choose them:"),
    uploadNeedsScript(otherwise: "rehearse import FOLDER"),
  ]
  if !history.isEmpty {
    content.append(
      page.form(
        "/import/again", WorkbenchPage.button("Read everything again that was imported before")))
  }
  if !jobs.isEmpty {
    content.append(subheading("Imports of this workbench"))
    content.append(jobsTable(jobs))
  }
  content += historyMarkup(history)
  return page.response(content)
}

/// Where files are dropped or chosen.
///
/// - Parameters:
///   - invitation: what is to be dropped.
///   - next: the page that takes an upload of one file, in its parameter `upload`; `nil` to import what is
///     uploaded, of which there may be any number.
func uploader(_ invitation: String, next: String? = nil) -> Markup {
  let files = element(
    "label", ["class": "button"], Markup(next == nil ? "Files " : "A file "),
    element(
      "input",
      ["type": "file", "multiple": next == nil ? "multiple" : nil, "id": "choose-files"]))
  let folder = element(
    "label", ["class": "button"], Markup("A folder "),
    element(
      "input", ["type": "file", "webkitdirectory": "webkitdirectory", "id": "choose-folder"]))
  return element(
    "section",
    [
      "id": "uploader", "class": "uploader", "hidden": "hidden", "aria-label": "Upload",
      "data-next": next,
    ], paragraph(invitation), paragraph(next == nil ? [files, Markup(" "), folder] : [files]),
    element("p", ["id": "upload-state", "role": "status"]),
    element(
      "progress",
      ["id": "upload-progress", "max": "1", "hidden": "hidden", "aria-label": "Upload"]))
}

/// What a page says where nothing can be uploaded.
///
/// - Parameter command: what does the same.
func uploadNeedsScript(otherwise command: String) -> Markup {
  element(
    "noscript", [:],
    paragraph([
      Markup("Uploading needs JavaScript; without it use "),
      element("code", [:], Markup(command)), Markup(", which does the same."),
    ]))
}

private func historyMarkup(_ history: [ImportHistoryEntry]) -> [Markup] {
  guard !history.isEmpty else { return [] }
  let rows: [PageRow] = history.reversed().prefix(50).map { entry in
    func count(_ kind: String) -> Int { entry.files[kind]?.count ?? 0 }
    let files = [
      "\(count("added")) new", "\(count("changed")) changed", "\(count("removed")) gone",
      "\(entry.unchangedFiles) as before",
    ]
    let roots = entry.roots.map { element("div", ["class": "path"], Markup($0)) }.joined()
    return row([
      .number(Markup("\(Int(entry.number))")), .text(timeMarkup(entry.time)), .head(roots),
      .text(Markup(files.joined(separator: ", "))),
      .number(Markup("\(entry.totals["systems"] ?? 0)")),
    ])
  }
  let heads: [Cell] = [
    .number(Markup("No.")), .head(Markup("When")), .head(Markup("What")), .head(Markup("Files")),
    .number(Markup("Systems after")),
  ]
  let caption: Markup? = history.count > 50 ? Markup("The last 50.") : nil
  return [subheading("History"), tableMarkup(heads: heads, rows: rows, caption: caption)]
}
