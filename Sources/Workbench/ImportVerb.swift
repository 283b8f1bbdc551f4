import DocumentReading
import Foundation
public import Importing
public import Inventory
import Simulation
public import Workspace

/// What an import did to a workspace.
public struct ImportOutcome: Sendable {
  /// Every file of the roots, root by root.
  public var documents: [DocumentHead] = []
  /// What is wrong with the paths themselves.
  public var problems: [ImportProblem] = []
  /// What changed against the import before, root by root.
  public var change = ImportChange()
  /// What the estate of the workspace is after it.
  public var estate = EstateSnapshot()
  /// What it changed in the estate.
  public var difference = EstateDifference(from: EstateSnapshot(), to: EstateSnapshot())
  /// Roots that were read again, since an earlier version had stored what they say in another form.
  public var readAgain: [String] = []
  /// Such roots that are no longer there, so that the workspace has forgotten what they said.
  public var forgotten: [String] = []
}

/// How an import is carried out.
public struct ImportRequest: Sendable {
  /// Files and folders; none for everything that was imported before.
  public var paths: [String]
  /// Whether nothing is imported if a file cannot be read.
  public var isStrict: Bool
  /// Whether files are read that have not changed.
  public var isFresh: Bool
  /// When, ISO 8601, for the history.
  public var time: String
  /// The register that is the only thing to read, with what its columns hold; `nil` for files that speak
  /// for themselves.
  public var register: RegisterRequest?
  /// A file that adds to the known applications; see `ApplicationCatalogue`.
  public var applications: String?
  /// How people are named in the workspace.
  public var people = PeopleShown.byName
  /// Asked between files whether the import is to end without changing anything.
  public var isStopped: @Sendable () -> Bool = { false }

  /// Creates a request.
  public init(paths: [String], isStrict: Bool = false, isFresh: Bool = false, time: String) {
    self.paths = paths
    self.isStrict = isStrict
    self.isFresh = isFresh
    self.time = time
  }

  /// A request to read one file as a register.
  public init(register: RegisterRequest, isStrict: Bool = false, time: String) {
    self.init(paths: [register.path], isStrict: isStrict, time: time)
    self.register = register
  }
}

/// Imports files and folders into a workspace.
///
/// Each path is a root of its own: importing it again replaces what it said before. A file that is as it
/// was (same size and time of change) is not read again, unless others beside it decide what it says and
/// one of those changed. Nothing is written where nothing could be read, or where `isStrict` is set and a
/// file failed.
/// - Throws: `WorkbenchError.badInput` in those cases, with one sentence per problem.
public func importIntoWorkspace(
  _ file: String, _ request: ImportRequest, progress: (ImportProgress) -> Void = { _ in }
) throws(WorkbenchError) -> ImportOutcome {
  if let register = request.register { _ = try preview(of: register, rows: 0) }
  let made = firstMissing(of: file)
  do {
    // Where nothing is there to read, no workspace is made to say so.
    if made != nil { try checkSomethingThere(request.paths) }
    let workspace = try Workspace(file: file)
    return try workspace.importing { session in
      try importInto(session, of: workspace, request, progress)
    }
  } catch {
    if let made { try? FileManager.default.removeItem(atPath: made) }
    throw WorkbenchError(error)
  }
}

/// The first of a file and the folders around it that is not there, from the outermost in; `nil` where
/// the file is there.
private func firstMissing(of file: String) -> String? {
  var missing: String?
  var url = URL(fileURLWithPath: file)
  while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
    missing = url.path
    url.deleteLastPathComponent()
  }
  return missing
}

private func checkSomethingThere(_ paths: [String]) throws {
  guard !paths.isEmpty else {
    throw WorkbenchError.badInput([
      "nothing has been imported yet; name the folder with the exported files"
    ])
  }
}

private func importInto(
  _ session: ImportSession, of workspace: Workspace, _ request: ImportRequest,
  _ progress: (ImportProgress) -> Void
) throws -> ImportOutcome {
  var outcome = ImportOutcome()
  var roots: [(path: String, root: String)] = []
  for path in request.paths {
    let root = URL(fileURLWithPath: path).standardizedFileURL.path
    if !roots.contains(where: { $0.root == root }) { roots.append((path, root)) }
  }
  if roots.isEmpty { roots = try session.roots().map { ($0, $0) } }
  try checkSomethingThere(roots.map(\.path))
  for root in try session.staleRoots() where !roots.contains(where: { $0.root == root }) {
    if FileManager.default.fileExists(atPath: root) {
      roots.append((root, root))
      outcome.readAgain.append(root)
    } else {
      outcome.forgotten.append(root)
    }
  }
  try session.forget(roots: outcome.forgotten)
  let before = try session.snapshot(isUnchanged: true)
  for (path, root) in roots {
    let part = try importRoot(root, path, session, request, progress)
    outcome.problems += part.problems
    outcome.change.added += part.change.added
    outcome.change.changed += part.change.changed
    outcome.change.unchanged += part.change.unchanged
    outcome.change.removed += part.change.removed
    outcome.documents += try session.heads(ofRoot: root)
  }
  try check(outcome, request)
  outcome.estate = try session.snapshot(isUnchanged: outcome.change.isEmpty && !request.isFresh)
  outcome.difference = EstateDifference(from: before, to: outcome.estate)
  let statuses = Dictionary(
    outcome.documents.map { ($0.status.rawValue, 1) }, uniquingKeysWith: +)
  try session.record(
    ImportRecord(
      time: request.time, roots: roots.map(\.root), statuses: statuses, files: outcome.change,
      totals: [
        "systems": outcome.estate.systems.count,
        "applications": outcome.estate.applications.count, "teams": outcome.estate.teams.count,
        "steps": outcome.estate.steps, "connections": outcome.estate.connections.count,
      ], estate: outcome.difference))
  return outcome
}

private func importRoot(
  _ root: String, _ path: String, _ session: ImportSession, _ request: ImportRequest,
  _ progress: (ImportProgress) -> Void
) throws -> (change: ImportChange, problems: [ImportProblem]) {
  let options = try importOptions(request)
  var people = PeopleNaming(request.people)
  let program = readerName() + readerMark(of: request, options)
  // What the columns of a register hold is said once and holds until it is said anew.
  let register = try request.register ?? session.reader(ofRoot: root).flatMap(rememberedRegister)
  let reader = try register.map { try "\(program)\(registerMark)\(jsonText(of: $0))" } ?? program
  let listed = (try? DocumentReader.files(under: root)) ?? []
  let stamps = Dictionary(
    listed.map {
      ($0.relativePath, FileStamp(size: $0.byteCount, modified: $0.modified))
    }, uniquingKeysWith: { first, _ in first })
  let known = request.isFresh ? nil : try session.knownFiles(ofRoot: root, reader: reader)
  if let known, !known.isEmpty, known == stamps {
    progress(ImportProgress(done: listed.count, total: listed.count, path: root))
    let unchanged = try session.heads(ofRoot: root).map(\.path)
    return (ImportChange(unchanged: unchanged), [])
  }
  var kept: Set<String> = []
  if let known {
    kept = try session.independentFiles(ofRoot: root).filter {
      known[$0] != nil && known[$0] == stamps[$0]
    }
  }
  try session.begin(root: root, reader: reader, files: stamps, keeping: kept)
  if var register {
    register.path = path
    let result = importRegister(register)
    for document in people.naming(result.documents) where !kept.contains(document.path) {
      try session.store([document], file: document.path)
    }
    progress(ImportProgress(done: 1, total: 1, path: root))
    return (try session.end(), result.problems)
  }
  let problems = try importFiles(
    at: [path], options: options, isKnown: { kept.contains($0) }, progress: progress
  ) { part in
    if request.isStopped() {
      throw WorkbenchError.stopped("the import was stopped; nothing was changed", .interrupted)
    }
    try session.store(people.naming(part.documents), file: part.file)
  }
  // Who is named late may stand in what was stored early.
  if people.isNeeded { try session.rewrite(ofRoot: root) { people.naming([$0])[0] } }
  return (try session.end(), problems)
}

/// Refuses an import that found nothing, or, where it is strict, not everything.
private func check(_ outcome: ImportOutcome, _ request: ImportRequest) throws(WorkbenchError) {
  let failures =
    outcome.documents.filter { $0.status == .failed }.flatMap(\.problems) + outcome.problems
  let reasons = failures.map { "\($0.location): \($0.message)" }
  if !outcome.documents.contains(where: { [.imported, .partial].contains($0.status) }) {
    throw .badInput(
      reasons.isEmpty
        ? [
          "nothing that can be imported was found in \(request.paths.joined(separator: ", ")); "
            + "see docs/reference/formats.md for the formats that are read\(registerHint(request.paths))"
        ] : reasons)
  }
  if request.isStrict, !failures.isEmpty { throw .badInput(reasons) }
}

/// What to do with a table whose header does not say that it is a register; empty where none was given.
private func registerHint(_ paths: [String]) -> String {
  let table = paths.first { path in
    [".csv", ".xlsx"].contains { path.lowercased().hasSuffix($0) }
  }
  return table.map {
    ". If it is a list of systems, see how it would be read: rehearse import register \($0) --preview"
  } ?? ""
}

/// Stands between the program and the register in the name of a reader.
private let registerMark = " register "

private func jsonText(of register: RegisterRequest) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(register), as: UTF8.self)
}

/// The register of a root that was read with its columns said; `nil` for every other root.
private func rememberedRegister(_ reader: String) -> RegisterRequest? {
  guard let mark = reader.firstRange(of: registerMark) else { return nil }
  return try? JSONDecoder().decode(
    RegisterRequest.self, from: Data(reader[mark.upperBound...].utf8))
}

/// Names this program: another build may read more from the same file.
private func readerName() -> String {
  var status = stat()
  guard stat("/proc/self/exe", &status) == 0 else { return programVersion }
  return "\(programVersion) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
}

/// Refuses a workspace that does not exist.
func checkWorkspaceExists(_ file: String) throws(WorkbenchError) {
  guard FileManager.default.fileExists(atPath: file) else {
    throw .badInput([
      "\(file): there is no workspace yet; import something first: rehearse import FOLDER"
    ])
  }
}

/// Refuses a workspace that does not exist, or whose files must be read again first.
func checkInventory(_ file: String) throws(WorkbenchError) {
  try checkWorkspaceExists(file)
  do {
    let workspace = try Workspace(file: file)
    let roots = try workspace.rootsToReadAgain()
    guard !roots.isEmpty else { return }
    let kept =
      "\(try workspace.corrections().count) corrections and \(try workspace.studies().count) studies"
    throw WorkbenchError.badInput([
      "\(file): an earlier version of Rehearse stored the imported files in a form that is no longer "
        + "read; its \(kept) are kept, the files must be read again: rehearse import --again"
        + " --workspace \(file) (that reads \(roots.joined(separator: ", ")))"
    ])
  } catch {
    throw WorkbenchError(error)
  }
}

/// What beside the program decides what is stored of a file.
private func readerMark(of request: ImportRequest, _ options: ImportOptions) -> String {
  var mark = ""
  if request.applications != nil { mark += " applications \(options.applications.digest)" }
  if case .byPseudonym(let key) = request.people {
    mark += " pseudonyms \(contentDigest(Array(key.utf8)))"
  }
  return mark
}

private func importOptions(_ request: ImportRequest) throws(WorkbenchError) -> ImportOptions {
  guard let applications = request.applications else { return ImportOptions() }
  do {
    let bytes = try DocumentReader.read(file: applications, shownAs: applications)
    let own = try ApplicationCatalogue(yaml: bytes, path: applications)
    return ImportOptions(applications: .builtIn.adding(own))
  } catch {
    throw .badInput([error.description])
  }
}

/// The estate of a workspace.
///
/// - Parameters:
///   - file: The workspace.
///   - people: How people are named in it.
/// - Throws: `WorkbenchError.badInput` where the workspace does not exist or holds nothing.
public func estate(
  inWorkspace file: String, people: PeopleShown = .byName
) throws(WorkbenchError) -> Estate {
  try checkInventory(file)
  do {
    let workspace = try Workspace(file: file)
    let shown = people.applied(to: try workspace.documents(), try workspace.corrections())
    return Estate(merging: shown.documents, corrections: shown.corrections)
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
