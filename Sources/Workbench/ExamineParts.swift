import DocumentReading
import Foundation
import Reporting
import Workspace

/// A part the program works with, and whether it is there.
public struct ExaminedPart: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Whether it is there and works.
  public var isPresent: Bool
  /// Whether nothing useful can be done without it.
  public var isRequired: Bool
  /// Version or place; where missing, what is lost without it and how to get it.
  public var detail: String
}

/// Looks at every part.
public func examineParts(workspace file: String) async -> [ExaminedPart] {
  [
    ExaminedPart(
      name: "rehearse", isPresent: true, isRequired: true, detail: "version \(programVersion)"),
    examineLibraries(),
    await examineGraphviz(), examineChartBundle(), await examinePDF(), examineWorkspace(file),
  ]
}

private func examineLibraries() -> ExaminedPart {
  var parts = documentLibraries().map { "\($0.name) \($0.version)" }
  parts.append("libxlsxwriter \(workbookLibraryVersion())")
  do {
    parts.append("SQLite \(try Workspace.libraryVersion())")
  } catch {
    return ExaminedPart(
      name: "libraries", isPresent: false, isRequired: true, detail: error.description)
  }
  return ExaminedPart(
    name: "libraries", isPresent: true, isRequired: true, detail: parts.joined(separator: ", "))
}

private func examineGraphviz() async -> ExaminedPart {
  do {
    let version = try await graphvizVersion()
    return ExaminedPart(
      name: "Graphviz", isPresent: true, isRequired: false, detail: "version \(version)")
  } catch {
    return ExaminedPart(
      name: "Graphviz", isPresent: false, isRequired: false,
      detail: "maps cannot be drawn as SVG; run 'make setup', or install the package graphviz")
  }
}

private func examinePDF() async -> ExaminedPart {
  do {
    guard let maker = pdfMaker() else { throw PDFError.missing("the script render_pdf.py") }
    return ExaminedPart(
      name: "PDF", isPresent: true, isRequired: false,
      detail: "WeasyPrint \(try await maker.version()) in \(maker.python)")
  } catch {
    let reason = (error as? PDFError)?.description ?? "\(error)"
    return ExaminedPart(
      name: "PDF", isPresent: false, isRequired: false,
      detail: "reports cannot be written as PDF: \(reason)")
  }
}

private func examineChartBundle() -> ExaminedPart {
  for folder in shareFolders() {
    guard let bytes = try? Data(contentsOf: folder.appending(path: "charts.js")) else { continue }
    let digest = contentDigest(Array(bytes))
    let isUsable = ChartBundle.read(folder: folder) != nil
    let stated = try? JSONDecoder().decode(
      BundleManifest.self, from: Data(contentsOf: folder.appending(path: "charts.json")))
    let isIntact = stated.map { $0.sha256 == digest } ?? true
    return ExaminedPart(
      name: "chart bundle", isPresent: isUsable && isIntact, isRequired: false,
      detail: isUsable && isIntact
        ? "\(folder.path)/charts.js, SHA-256 \(digest.prefix(12))…"
        : "\(folder.path)/charts.js is not what set-up wrote; remove it and run 'make setup'")
  }
  return ExaminedPart(
    name: "chart bundle", isPresent: false, isRequired: false,
    detail: "reports show tables without charts; run 'make setup'")
}

/// What set-up wrote down about the bundle.
private struct BundleManifest: Decodable {
  var sha256: String
}

private func examineWorkspace(_ file: String) -> ExaminedPart {
  guard FileManager.default.fileExists(atPath: file) else {
    return ExaminedPart(
      name: "workspace", isPresent: true, isRequired: false,
      detail: "none yet at \(file); rehearse import makes it")
  }
  do {
    let workspace = try Workspace(file: file)
    let count = try workspace.documentCount()
    return ExaminedPart(
      name: "workspace", isPresent: true, isRequired: false,
      detail: "\(file), \(count) documents, \(try workspace.studies().count) studies")
  } catch {
    return ExaminedPart(
      name: "workspace", isPresent: false, isRequired: false, detail: error.description)
  }
}
