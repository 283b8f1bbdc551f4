import DocumentReading
import Facts
import Inventory

/// A file that none of the formats knows: skipped, or failed where its name claims a format that its
/// content breaks.
func unrecognised(_ file: CandidateFile) -> SourceDocument {
  var document = SourceDocument(
    path: file.path, format: nil, status: .notInventory, digest: file.digest)
  if file.name.hasPrefix("~$") {
    document.problems = [
      ImportProblem(
        .info,
        "a lock file, which an office program leaves beside a document that is open; close the document"
          + " there, nothing is in this file", at: file.location)
    ]
  } else if file.bytes.isEmpty, pathExtension(of: file.name) == "xml" {
    // Programs take some files for a mark, and read nothing from them.
    document.problems = [
      ImportProblem(
        .low, "the file is empty; if it should say something, export it again",
        at: file.location)
    ]
  } else if isToolSettings(file) {
    // Development tools let their settings have comments.
  } else if let problem = brokenClaim(of: file) {
    if isTemplate(file) {
      document.problems = [
        ImportProblem(
          .info,
          "a template with placeholders that are not filled in; import what is made of it",
          at: problem.location)
      ]
    } else {
      document.status = .failed
      document.problems = [problem]
    }
  } else if let hint = registerHint(for: file) {
    document.problems = [hint]
  }
  return document
}

/// Whether a file holds settings of a development tool, which is no inventory however it is written.
private func isToolSettings(_ file: CandidateFile) -> Bool {
  let folders = file.path.split(separator: "/").dropLast()
  return folders.contains { [".vscode", ".idea", ".devcontainer"].contains($0) }
    || pathExtension(of: file.name) == "json"
      && ["tsconfig", "jsconfig"].contains { file.name.hasPrefix($0) }
}

/// Whether a YAML file holds what template engines (Jinja, Nunjucks, Helm) replace.
///
/// Not so JSON, in which products write `{{…}}` and `{%…%}` themselves: what breaks there is broken.
private func isTemplate(_ file: CandidateFile) -> Bool {
  ["yaml", "yml"].contains(pathExtension(of: file.name))
    && (file.contains("{%") || (file.contains("{{") && file.contains("}}")))
}

/// Why a file is not what its extension says; `nil` where it is, or where the extension says nothing.
private func brokenClaim(of file: CandidateFile) -> ImportProblem? {
  // Office programs keep a file `~$name` beside each open document; it is no document itself.
  // macOS adds `._name` beside each file of an archive, for what its own file system keeps.
  guard !file.name.hasPrefix("~$"), !file.name.hasPrefix("._") else { return nil }
  do {
    switch pathExtension(of: file.name) {
    case "json": _ = try file.json()
    case "yaml", "yml":
      _ = try parseYAMLDocuments(
        file.bytes, path: file.path, limits: file.limits, acceptsReserved: true)
    case "xml", "xaml", "bpmn", "bpmn2", "dmn": _ = try file.xml()
    case "csv": _ = try parseCSV(file.bytes, path: file.path, limits: file.limits)
    case "xlsx", "xlsm": _ = try file.workbook()
    case "zip", "nupkg":
      _ = try readArchive(file.bytes, path: file.path, limits: file.limits)
    default: break
    }
    return nil
  } catch {
    return ImportProblem(error)
  }
}
