import DocumentReading
import Facts
import Inventory

/// A file that can be read when its turn comes.
struct FileSource {
  /// Path as shown to people.
  var path: String
  /// Reads the content.
  var load: () throws(DocumentError) -> [UInt8]
}

/// Imports what lies together: the files of a folder tree, or the members of an archive.
///
/// Each file is read once to find out what it is, and imported at once where it stands for itself; the
/// files of projects are read again when their project is complete, so that no more than one project
/// is in memory.
struct ImportContainer {
  private let formats: [ImportFormat]
  private let options: ImportOptions
  private let depth: Int
  /// What archives inside this one may still unpack to; `nil` outside archives.
  private let budget: ArchiveBudget?

  /// Files that await the other files of their project.
  private var pending: [(source: FileSource, roles: [(format: Int, role: FileRole)])] = []
  private var found: [SourceDocument] = []

  /// Creates a container.
  ///
  /// - Parameters:
  ///   - formats: Formats to try, in order.
  ///   - options: Limits that are left.
  ///   - depth: Archives around this one.
  ///   - budget: What archives inside this one may still unpack to.
  init(
    formats: [ImportFormat] = ImportFormat.all, options: ImportOptions, depth: Int = 0,
    budget: ArchiveBudget? = nil
  ) {
    self.formats = formats
    self.options = options
    self.depth = depth
    self.budget = budget
  }

  /// The documents that files become.
  ///
  /// - Parameters:
  ///   - sources: Files, ordered by path.
  ///   - isDone: Called with the path of each file that was looked at.
  mutating func documents(
    of sources: [FileSource], isDone: (String) -> Void = { _ in }
  ) -> [SourceDocument] {
    var documents: [SourceDocument] = []
    importFiles(
      sources, isKnown: { _ in false }, take: { documents += $0.documents }, isDone: isDone)
    return documents
  }

  /// Imports files and hands over the documents of each, or of each project, as they come.
  ///
  /// - Parameters:
  ///   - sources: Files, ordered by path.
  ///   - isKnown: Whether a file need not be looked at.
  ///   - take: Called with documents.
  ///   - isDone: Called with the path of each file that was looked at.
  mutating func importFiles(
    _ sources: [FileSource], isKnown: (String) -> Bool,
    take: (ImportedDocuments) throws -> Void, isDone: (String) -> Void
  ) rethrows {
    for source in sources {
      if !isKnown(source.path) {
        lookAt(source)
        try hand(over: source.path, to: take)
      }
      isDone(source.path)
    }
    for (project, sources) in projects() {
      let files = sources.sorted { $0.path < $1.path }.compactMap { reload($0) }
      read(formats[project.format], ImportGroup(folder: project.folder, files: files))
      try hand(over: nil, to: take)
    }
    try hand(over: nil, to: take)
  }

  private mutating func hand(
    over file: String?, to take: (ImportedDocuments) throws -> Void
  ) rethrows {
    guard !found.isEmpty else { return }
    try take(ImportedDocuments(documents: found, file: file))
    found = []
  }

  private mutating func lookAt(_ source: FileSource) {
    let file: CandidateFile
    do {
      file = CandidateFile(path: source.path, bytes: try source.load(), limits: options.limits)
    } catch {
      found.append(
        SourceDocument(
          path: source.path, format: nil, status: .failed, digest: contentDigest([]),
          problems: [ImportProblem(error)]))
      return
    }
    if isZipArchive(file.bytes), !isOfficeDocument(file.bytes) {
      open(file)
      return
    }
    var roles: [(format: Int, role: FileRole)] = []
    candidates: for (index, format) in formats.enumerated() {
      guard let role = format.sniff(file) else { continue }
      roles.append((index, role))
      switch role {
      case .companion, .envelope: continue
      case .whole, .anchor, .part, .member: break candidates
      }
    }
    switch roles.first?.role {
    case nil: found.append(unrecognised(file))
    case .whole: read(formats[roles[0].format], ImportGroup(folder: "", files: [file]))
    default: pending.append((source, roles))
    }
  }

  // MARK: Projects

  /// Files that belong together.
  private struct Project: Hashable, Comparable {
    var format: Int
    var folder: String
    /// Whether no anchor opened it.
    var isOrphan = false

    static func < (a: Project, b: Project) -> Bool {
      (a.folder, a.isOrphan ? 1 : 0, a.format) < (b.folder, b.isOrphan ? 1 : 0, b.format)
    }
  }

  /// The projects that pending files make; what belongs to none is found to be nothing.
  private mutating func projects() -> [(project: Project, sources: [FileSource])] {
    var anchors: Set<Project> = []
    for (source, roles) in pending {
      for case (let format, .anchor) in roles {
        anchors.insert(Project(format: format, folder: folder(of: source.path)))
      }
      for case (let format, .member(let levels)) in roles {
        anchors.insert(Project(format: format, folder: folder(of: source.path, levelsUp: levels)))
      }
    }
    func nearest(_ format: Int, above path: String) -> Project? {
      var place = folder(of: path)
      while true {
        let project = Project(format: format, folder: place)
        if anchors.contains(project) { return project }
        guard !place.isEmpty else { return nil }
        place = folder(of: String(place.dropLast()))
      }
    }
    func only(_ format: Int, below path: String) -> Project? {
      let inside = anchors.filter { $0.format == format && $0.folder.hasPrefix(folder(of: path)) }
      return inside.count == 1 ? inside.first : nil
    }
    var projects: [Project: [FileSource]] = [:]
    for (source, roles) in pending {
      let project = roles.lazy.compactMap { format, role -> Project? in
        switch role {
        case .anchor: Project(format: format, folder: folder(of: source.path))
        case .member(let levels):
          Project(format: format, folder: folder(of: source.path, levelsUp: levels))
        case .companion: nearest(format, above: source.path)
        case .envelope: only(format, below: source.path)
        case .part, .whole:
          nearest(format, above: source.path)
            ?? Project(format: format, folder: folder(of: source.path), isOrphan: true)
        }
      }.first
      if let project {
        projects[project, default: []].append(source)
      } else if let file = reload(source) {
        found.append(unrecognised(file))
      }
    }
    pending = []
    // Parts without an anchor belong to those in the folders above, as far as there are any.
    for project in projects.keys.sorted() where project.isOrphan {
      let root = folders(above: project.folder).lazy
        .map { Project(format: project.format, folder: $0, isOrphan: true) }
        .first { projects[$0] != nil }
      guard let root, let parts = projects.removeValue(forKey: project) else { continue }
      projects[root, default: []] += parts
    }
    return projects.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private mutating func reload(_ source: FileSource) -> CandidateFile? {
    do {
      return CandidateFile(path: source.path, bytes: try source.load(), limits: options.limits)
    } catch {
      // It was there a moment ago.
      found.append(
        SourceDocument(
          path: source.path, format: nil, status: .failed, digest: contentDigest([]),
          problems: [ImportProblem(error)]))
      return nil
    }
  }

  private mutating func read(_ format: ImportFormat, _ group: ImportGroup) {
    guard !group.files.isEmpty else { return }
    let files = Dictionary(
      group.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for reading in format.read(group) {
      found.append(reading.document(of: files[reading.path], format: format.id))
    }
  }

  // MARK: Archives

  private mutating func open(_ file: CandidateFile) {
    var archive = SourceDocument(
      path: file.path, format: "archive", status: .imported, digest: file.digest)
    guard depth < options.archiveDepth else {
      archive.status = .notInventory
      archive.problems = [
        ImportProblem(
          .medium,
          "the archive lies inside \(depth) others, deeper than is looked; unpack it and import it"
            + " by itself", at: file.location)
      ]
      found.append(archive)
      return
    }
    // What an archive unpacks to counts against all archives inside it, or nesting would multiply it.
    let budget = self.budget ?? ArchiveBudget(options.limits)
    do {
      let members = try readArchive(file.bytes, path: file.path, limits: budget.limits)
      budget.spend(on: members)
      var container = ImportContainer(
        formats: formats, options: options, depth: depth + 1, budget: budget)
      let inner = container.documents(
        of: members.map { member in
          FileSource(path: "\(file.path)!/\(member.path)") { () throws(DocumentError) in
            member.bytes
          }
        })
      archive.status = inner.contains { $0.status != .notInventory } ? .imported : .notInventory
      if archive.status == .notInventory, pathExtension(of: file.name) == "archimate",
        inner.allSatisfy({ $0.problems.isEmpty })
      {
        archive.problems = [
          ImportProblem(
            .low,
            "an archive of Archi that holds no model; expected model.xml in it, save the model again",
            at: file.location)
        ]
      }
      found.append(archive)
      found += inner
    } catch {
      archive.status = .failed
      archive.problems = [ImportProblem(error)]
      found.append(archive)
    }
  }
}

/// The folders that a folder lies in, the outermost first, each with a stroke at its end.
private func folders(above folder: String) -> [String] {
  guard !folder.isEmpty else { return [] }
  return [""]
    + folder.indices.filter { folder[$0] == "/" }.dropLast().map { String(folder[...$0]) }
}

/// What one archive of the disk, with all archives inside it, may still unpack to.
final class ArchiveBudget {
  private(set) var limits: DocumentLimits

  /// A whole budget.
  init(_ limits: DocumentLimits) { self.limits = limits }

  /// Takes members out of the budget.
  func spend(on members: [ArchiveMember]) {
    limits.expandedBytes -= members.reduce(0) { $0 + $1.bytes.count }
    limits.archiveMembers -= members.count
  }
}
