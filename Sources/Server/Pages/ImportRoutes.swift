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

let importRoutes: [Route] = [
  Route(method: .get, path: "/import", summary: "Takes files and shows past imports.") { exchange in
    try await importPage(exchange)
  },
  Route(
    method: .post, path: "/import/again", summary: "Reads everything again.", body: .fields([]),
    answer: .done
  ) { exchange in
    _ = try await exchange.fields()
    let job = try await importAgain(exchange.workbench)
    return .redirect(to: "/jobs/\(job.id)")
  },
  Route(
    method: .post, path: "/api/v1/uploads", summary: "Begins an upload.",
    answer: .json("The name of the upload.", status: .created)
  ) { exchange in
    try .json(
      UploadDocument(upload: try UploadDesk(folder: exchange.workbench.folder).begin()),
      status: .created)
  },
  Route(
    method: .put, path: "/api/v1/uploads/{upload}/file",
    summary: "Stores one file of an upload: its bytes are the body.",
    parameters: [
      .text("upload", "The upload.", most: 60).inPath,
      .text("path", "Path of the file within what is uploaded.", most: 2000).required,
    ], body: .file, answer: .json("The path and the size.", status: .created)
  ) { exchange in
    let path = try exchange.required("path")
    let size = try await UploadDesk(folder: exchange.workbench.folder).store(
      exchange.request.body, path: path, in: try exchange.required("upload"))
    return try .json(StoredDocument(path: path, bytes: size), status: .created)
  },
  Route(
    method: .post, path: "/api/v1/imports", summary: "Imports an upload, as a job.",
    body: .fields(importFields), answer: .json("The job.", status: .accepted)
  ) { exchange in
    let fields = try await exchange.fields()
    let name = fields["name"] ?? "upload"
    let folder = try UploadDesk(folder: exchange.workbench.folder).keep(
      fields["upload"] ?? "", as: name)
    let job = try await exchange.workbench.jobs.submit(
      .importing, title: "Import \(folder.lastPathComponent)", parameters: ["path": folder.path])
    return try .json(job, status: .accepted)
  },
  Route(
    method: .post, path: "/api/v1/imports/again",
    summary: "Reads everything again that was imported before, as a job.",
    answer: .json("The job.", status: .accepted)
  ) { exchange in
    try .json(try await importAgain(exchange.workbench), status: .accepted)
  },
]

private func importAgain(_ workbench: WorkbenchState) async throws -> Job {
  guard workbench.desk.isThere else {
    throw Problem(.unprocessableContent, "nothing has been imported yet; upload something first")
  }
  return try await workbench.jobs.submit(
    .importing, title: "Read everything again", parameters: [:])
}

private func importPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Import", here: "/import")
  let history =
    exchange.workbench.desk.isThere
    ? try importHistory(inWorkspace: exchange.workbench.workspace) : []
  let jobs = await exchange.workbench.jobs.jobs.filter { $0.kind == .importing }
  let uploader =
    element(
      "section", ["id": "uploader", "class": "uploader", "hidden": "hidden"],
      element(
        "p", [:], "Drop files or folders here, as the products exported them, or choose them:"),
      element(
        "p", [:],
        element(
          "label", ["class": "button"], "Files ",
          element("input", ["type": "file", "multiple": "multiple", "id": "choose-files"])),
        " ",
        element(
          "label", ["class": "button"], "A folder ",
          element(
            "input", ["type": "file", "webkitdirectory": "webkitdirectory", "id": "choose-folder"]))
      ),
      element("p", ["id": "upload-state", "role": "status"], ""),
      element(
        "progress",
        ["id": "upload-progress", "max": "1", "hidden": "hidden", "aria-label": "Upload"]))
    + element(
      "noscript", [:],
      element(
        "p", [:], "Uploading needs JavaScript; without it use ",
        element("code", [:], "rehearse import FOLDER"), ", which does the same."))
  let again =
    history.isEmpty
    ? Markup.none
    : page.form(
      "/import/again", WorkbenchPage.button("Read everything again that was imported before"))
  let past = history.reversed().prefix(50).map { entry in
    let cells: [Cell] = [
      .number("\(Int(entry.number))"), .text("\(entry.time)"),
      .head(
        entry.roots.map { element("div", ["class": "path"], "\($0)") }.joined()),
      .text(
        "\(entry.files["added"]?.count ?? 0) new, \(entry.files["changed"]?.count ?? 0) changed, "
          + "\(entry.files["removed"]?.count ?? 0) gone, \(entry.unchangedFiles) as before"),
      .number("\(entry.totals["systems"] ?? 0)"),
    ]
    return (cells: cells, isChosen: false)
  }
  return page.response(
    element("h1", [:], "Import"),
    element(
      "p", [:], "Files are recognised by their content; nothing of them is executed. What is read ",
      "stays on this machine, in the folder ",
      element("span", ["class": "path"], "\(exchange.workbench.folder.imports.path)"), "."),
    uploader, again,
    (jobs.isEmpty ? .none : element("h2", [:], "Imports of this workbench") + jobsTable(jobs)),
    (past.isEmpty
      ? .none
      : element("h2", [:], "History")
        + tableMarkup(
          heads: [
            .number("No."), .head("When"), .head("What"), .head("Files"), .number("Systems after"),
          ], rows: Array(past), caption: history.count > 50 ? "The last 50." : nil)))
}
