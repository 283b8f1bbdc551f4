import Foundation
public import Importing
public import Inventory
public import Workspace

/// What an import did to a workspace.
public struct ImportOutcome: Sendable {
  /// Every file read and every problem.
  public var result: ImportResult
  /// What changed against the import before, root by root.
  public var change: ImportChange
  /// The estate of the workspace after it.
  public var estate: Estate
}

/// Imports files and folders into a workspace.
///
/// Each path is a root of its own: importing it again replaces what it said before. Nothing is written
/// where nothing could be read, or where `isStrict` is set and a file failed.
/// - Throws: `WorkbenchError.badInput` in those cases, with one sentence per problem.
public func importIntoWorkspace(
  _ file: String, paths: [String], isStrict: Bool,
  progress: (ImportProgress) -> Void = { _ in }
) throws(WorkbenchError) -> ImportOutcome {
  try store(in: file, paths: paths, isStrict: isStrict) { path in
    importFiles(at: [path], progress: progress)
  }
}

/// Imports one file as a register into a workspace, by a mapping of its columns.
///
/// - Throws: as `importIntoWorkspace`; `WorkbenchError.badInput` also where the mapping names a column
///   that the file has not.
public func importRegisterIntoWorkspace(
  _ file: String, _ request: RegisterRequest, isStrict: Bool
) throws(WorkbenchError) -> ImportOutcome {
  _ = try preview(of: request, rows: 0)
  return try store(in: file, paths: [request.path], isStrict: isStrict) { _ in
    importRegister(request)
  }
}

private func store(
  in file: String, paths: [String], isStrict: Bool, read: (String) -> ImportResult
) throws(WorkbenchError) -> ImportOutcome {
  var byRoot: [(root: String, result: ImportResult)] = []
  for path in paths {
    let root = URL(fileURLWithPath: path).standardizedFileURL.path
    byRoot.append((root, read(path)))
  }
  let documents = byRoot.flatMap(\.result.documents)
  let problems = byRoot.flatMap(\.result.problems)
  let total = ImportResult(documents: documents, problems: problems)
  let failures = documents.filter { $0.status == .failed }.flatMap(\.problems) + problems
  if !total.hasReadable {
    let reasons = failures.map { "\($0.location): \($0.message)" }
    throw .badInput(
      reasons.isEmpty
        ? [
          "nothing that can be imported was found in \(paths.joined(separator: ", ")); "
            + "see docs/reference/formats.md for the formats that are read"
        ] : reasons)
  }
  if isStrict, !failures.isEmpty {
    throw .badInput(failures.map { "\($0.location): \($0.message)" })
  }
  do {
    let workspace = try Workspace(file: file)
    var change = ImportChange()
    for (root, result) in byRoot {
      let part = try workspace.replaceDocuments(result.documents, ofRoot: root)
      change.added += part.added
      change.changed += part.changed
      change.unchanged += part.unchanged
      change.removed += part.removed
    }
    return ImportOutcome(result: total, change: change, estate: try workspace.estate())
  } catch {
    throw WorkbenchError(error)
  }
}

/// The estate of a workspace.
///
/// - Throws: `WorkbenchError.badInput` where the workspace does not exist or holds nothing.
public func estate(inWorkspace file: String) throws(WorkbenchError) -> Estate {
  guard FileManager.default.fileExists(atPath: file) else {
    throw .badInput([
      "\(file): there is no workspace yet; import something first: rehearse import FOLDER"
    ])
  }
  do {
    return try Workspace(file: file).estate()
  } catch {
    throw WorkbenchError(error)
  }
}

/// The estate of files and folders, without a workspace.
///
/// - Throws: `WorkbenchError.badInput` where nothing could be read.
public func estate(ofFiles paths: [String]) throws(WorkbenchError) -> Estate {
  let result = importFiles(at: paths)
  guard result.hasReadable else {
    let reasons = (result.documents.flatMap(\.problems) + result.problems)
      .map { "\($0.location): \($0.message)" }
    throw .badInput(
      reasons.isEmpty
        ? ["nothing that can be imported was found in \(paths.joined(separator: ", "))"] : reasons)
  }
  return Estate(merging: result.documents)
}
