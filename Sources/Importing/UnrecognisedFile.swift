import DocumentReading
import Facts
import Inventory

/// A file that none of the formats knows: skipped, or failed where its name claims a format that its
/// content breaks.
func unrecognised(_ file: CandidateFile) -> SourceDocument {
  var document = SourceDocument(
    path: file.path, format: nil, status: .notInventory, digest: file.digest)
  if let problem = brokenClaim(of: file) {
    document.status = .failed
    document.problems = [problem]
  } else if let hint = registerHint(for: file) {
    document.problems = [hint]
  }
  return document
}

/// Why a file is not what its extension says; `nil` where it is, or where the extension says nothing.
private func brokenClaim(of file: CandidateFile) -> ImportProblem? {
  // Office programs keep a file `~$name` beside each open document; it is no document itself.
  guard !file.name.hasPrefix("~$") else { return nil }
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
