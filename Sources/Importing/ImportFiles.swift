public import DocumentReading
import Facts
public import Inventory

/// How files are imported.
public struct ImportOptions: Sendable {
  /// How much one document may ask for; `expandedBytes` and `archiveMembers` hold for an archive
  /// with all archives inside it.
  public var limits: DocumentLimits
  /// How deep archives may lie in archives: 1 opens only those that lie on the disk.
  public var archiveDepth: Int
  /// Under which names applications meet.
  public var applications: ApplicationCatalogue

  /// Creates options.
  public init(
    limits: DocumentLimits = .standard, archiveDepth: Int = 3,
    applications: ApplicationCatalogue = .builtIn
  ) {
    self.limits = limits
    self.archiveDepth = archiveDepth
    self.applications = applications
  }
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
  /// Files of the disk that are done.
  public var done: Int
  /// Files of the disk in all.
  public var total: Int
  /// The file that was done last, as shown to people.
  public var path: String

  /// Creates a state of progress.
  public init(done: Int, total: Int, path: String) {
    self.done = done
    self.total = total
    self.path = path
  }
}

/// What came of an import.
public struct ImportResult: Hashable, Sendable, Codable {
  /// Every file that was read, ordered by path; members of archives among them.
  public var documents: [SourceDocument]
  /// What is wrong with the paths themselves, such as an empty folder.
  public var problems: [ImportProblem]

  /// Creates a result.
  public init(documents: [SourceDocument], problems: [ImportProblem] = []) {
    self.documents = documents
    self.problems = problems
  }

  /// Documents of a status.
  public func count(_ status: SourceDocument.Status) -> Int {
    documents.count { $0.status == status }
  }

  /// Whether any file said something that can be used.
  public var hasReadable: Bool {
    documents.contains { [.imported, .partial].contains($0.status) }
  }
}

/// Documents that came of an import together.
public struct ImportedDocuments: Sendable {
  /// The documents, in the order of reading.
  public var documents: [SourceDocument]
  /// Path, as shown to people, of the one file of the disk that alone decides what they say; `nil` where
  /// other files beside it do, as in a project.
  public var file: String?
}

/// Imports files and folders: every file below, members of archives included, each recognised by its
/// content.
///
/// Never throws and never stops: a file that cannot be read is a document with status `failed`, and a
/// path that does not exist likewise. Paths in the result are relative to the one folder given (the
/// name, for a single file); where several paths are given, each begins with the path as given. The
/// result is a function of the files' contents and paths alone.
/// - Parameters:
///   - paths: Files and folders.
///   - options: Limits.
///   - progress: Called after each file of the disk, on the calling thread.
public func importFiles(
  at paths: [String], options: ImportOptions = ImportOptions(),
  progress: (ImportProgress) -> Void = { _ in }
) -> ImportResult {
  var documents: [SourceDocument] = []
  let problems = importFiles(at: paths, options: options, progress: progress) {
    documents += $0.documents
  }
  return ImportResult(documents: documents.sorted { $0.path < $1.path }, problems: problems)
}

/// The same, one project or file after the other, so that no more than one is in memory.
///
/// - Parameters:
///   - paths: Files and folders.
///   - options: Limits.
///   - isKnown: Whether a file, by its path as shown, need not be read again: only for those that
///     `ImportedDocuments.file` named before.
///   - progress: Called after each file of the disk, on the calling thread.
///   - take: Called with the documents as they come. What it throws ends the import.
/// - Returns: What is wrong with the paths themselves.
public func importFiles(
  at paths: [String], options: ImportOptions = ImportOptions(),
  isKnown: (String) -> Bool = { _ in false }, progress: (ImportProgress) -> Void = { _ in },
  take: (ImportedDocuments) throws -> Void
) rethrows -> [ImportProblem] {
  var problems: [ImportProblem] = []
  let given = paths.map(withoutStrokeAtEnd)
  let roots = given.indices.filter { !given[..<$0].contains(given[$0]) }.map { given[$0] }
  var listings: [(root: String, files: [ListedFile])] = []
  for root in roots {
    do {
      let files = try DocumentReader.files(under: root)
      listings.append((root, files))
      if files.isEmpty {
        problems.append(
          ImportProblem(
            .high, "the folder holds no files; name the folder with the exported files",
            at: SourceLocation(path: root)))
      }
    } catch {
      let path = roots.count == 1 ? lastComponent(of: root) : root
      var problem = ImportProblem(error)
      problem.location.path = root
      let document = SourceDocument(
        path: path, format: nil, status: .failed, digest: contentDigest([]), problems: [problem])
      try take(ImportedDocuments(documents: [document], file: nil))
    }
  }
  let total = listings.reduce(0) { $0 + $1.files.count }
  var done = 0
  for (root, files) in listings {
    let isFile = files.count == 1 && files[0].absolutePath == root
    let sources = files.map { file in
      let shown =
        roots.count == 1 ? file.relativePath : isFile ? root : "\(root)/\(file.relativePath)"
      return FileSource(path: shown) { () throws(DocumentError) in
        try DocumentReader.read(
          file: file.absolutePath, shownAs: shown, limits: options.limits)
      }
    }
    var container = ImportContainer(options: options)
    try KnownApplication.$catalogue.withValue(options.applications) {
      try container.importFiles(sources, isKnown: isKnown, take: take) { path in
        done += 1
        progress(ImportProgress(done: done, total: total, path: path))
      }
    }
  }
  return problems
}

/// Imports files that are in memory, as if they lay in one folder.
///
/// - Parameters:
///   - files: Path, as shown to people, and content of each.
///   - options: Limits.
/// - Returns: What became of each, ordered by path; members of archives among them.
public func importFiles(
  inMemory files: [(path: String, bytes: [UInt8])], options: ImportOptions = ImportOptions()
) -> [SourceDocument] {
  var container = ImportContainer(options: options)
  let sources = files.sorted { $0.path < $1.path }.map { path, bytes in
    FileSource(path: path) { () throws(DocumentError) in bytes }
  }
  return KnownApplication.$catalogue.withValue(options.applications) {
    container.documents(of: sources).sorted { $0.path < $1.path }
  }
}

private func withoutStrokeAtEnd(_ path: String) -> String {
  var path = path
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  return path
}
