import DocumentReading
import Foundation
import Reporting
import Workbench

/// Makes the files of reports of studies that the workspace keeps, one for each form.
struct ReportDesk: Sendable {
  let workspace: String
  let folder: WorkspaceFolder

  /// A report as a file.
  struct File: Sendable {
    /// Name under which a browser keeps it.
    var name: String
    /// Media type.
    var type: String
    /// Content.
    var bytes: [UInt8]
  }

  /// The desk of a workspace.
  init(_ workbench: WorkbenchState) {
    workspace = workbench.workspace
    folder = workbench.folder
  }

  /// Words of the forms, in the order in which they are offered.
  static let forms: [String] = ReportFormat.allCases.map(\.rawValue)

  /// Media type of a form.
  static func type(of format: ReportFormat) -> String {
    switch format {
    case .html: "text/html; charset=utf-8"
    case .pdf: "application/pdf"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .csv: "application/zip"
    case .json: "application/json"
    case .markdown: "text/markdown; charset=utf-8"
    }
  }

  /// Makes the report of a study in a form; tables as CSV come in one archive.
  ///
  /// - Throws: `WorkbenchError.badInput` where the study has no report, `.missingPart` where something
  ///   that makes the form is not installed.
  func file(ofStudy number: Int64, as format: ReportFormat) async throws -> File {
    let workspace = workspace
    let report = try await onThread { () throws -> StudyReport in
      try keptReport("\(number)", inWorkspace: workspace)
    }
    let place = folder.reports.appending(path: "making-\(Gate.randomWord())")
    try WorkspaceFolder.make(place)
    defer { try? FileManager.default.removeItem(at: place) }
    let name = "study-\(number)"
    guard format != .csv else {
      let tables = place.appending(path: name)
      _ = try await write(report, to: try ReportOutputs([tables.path + "/"]))
      return File(
        name: "\(name)-tables.zip", type: Self.type(of: format), bytes: try Self.archive(tables))
    }
    let file = place.appending(path: "\(name).\(format.rawValue)")
    _ = try await write(report, to: try ReportOutputs([file.path]))
    return File(
      name: file.lastPathComponent, type: Self.type(of: format),
      bytes: [UInt8](try Data(contentsOf: file)))
  }

  private static func archive(_ folder: URL) throws -> [UInt8] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var members: [ArchiveMember] = []
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      members.append(ArchiveMember(path: name, bytes: bytes))
    }
    return try zipArchive(of: members)
  }
}
