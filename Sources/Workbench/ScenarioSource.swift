import DocumentReading
import Facts
public import Foundation
import Importing
import Inventory
import Scenarios
import Synchronization
import Workspace

/// Where the files of a scenario are read from, and which of them were.
final class ScenarioSource: Sendable {
  /// Path of the scenario, as people know it.
  let path: String
  /// What the files hold, by name and place; `nil` for those on the disk.
  private let content: [String: [String: [UInt8]]]?
  /// Folders that hold everything the scenario may name; `nil` for any place.
  private let roots: [URL]?
  /// What was read beside the scenario, in the order of its first reading.
  private let read = Mutex<[Reference]>([])

  /// Something that a scenario names.
  private struct Reference: Hashable {
    var name: String
    var isEstate: Bool
  }

  /// The files on the disk, beside the scenario.
  ///
  /// - Parameter roots: folders that hold everything it may name; `nil` for any place.
  init(file path: String, within roots: [URL]? = nil) {
    self.path = path
    self.roots = roots
    content = nil
  }

  /// Files in memory, the scenario among them under its own path.
  init(path: String, files: [StudyFile]) {
    self.path = path
    roots = nil
    var content: [String: [String: [UInt8]]] = [:]
    for file in files { content[file.name, default: [:]][file.place] = Array(file.content) }
    self.content = content
  }

  /// The scenario file.
  func scenario() throws -> [UInt8] { try bytes(of: path, at: path) }

  /// A file that the scenario names.
  func file(_ name: String) throws -> [UInt8] {
    note(Reference(name: name, isEstate: false))
    return try bytes(of: name, at: try place(of: name).path)
  }

  /// The estate that the scenario names.
  func estate(_ name: String) throws -> Estate {
    note(Reference(name: name, isEstate: true))
    guard let content else {
      try checkRoots(name)
      return try Workbench.estate(ofFiles: [absolute(name).path])
    }
    let files = (content[name] ?? [:]).map { place, bytes in
      (path: place.isEmpty ? absolute(name).lastPathComponent : place, bytes: bytes)
    }
    return Estate(merging: importFiles(inMemory: files))
  }

  /// Everything that was read, the scenario first; folders file by file.
  ///
  /// - Parameter digest: of the scenario as it was read.
  /// - Throws: where a file has changed or gone since it was read.
  func files(digest: String) throws -> [StudyFile] {
    let scenario = try scenario()
    guard contentDigest(scenario) == digest else {
      throw WorkbenchError.badInput([
        "\(path): the file was changed while it was read; start again"
      ])
    }
    var files = [StudyFile(name: path, place: "", bytes: scenario)]
    for reference in read.withLock({ $0 }) {
      if let content {
        for (place, bytes) in (content[reference.name] ?? [:]).sorted(by: { $0.key < $1.key }) {
          files.append(StudyFile(name: reference.name, place: place, bytes: bytes))
        }
      } else if reference.isEstate {
        files += try estateFiles(reference.name)
      } else {
        files.append(
          StudyFile(
            name: reference.name, place: "",
            bytes: try bytes(of: reference.name, at: try place(of: reference.name).path)))
      }
    }
    return files
  }

  private func estateFiles(_ name: String) throws -> [StudyFile] {
    let root = absolute(name).path
    return try DocumentReader.files(under: root).map { file in
      let isRoot = file.absolutePath == root
      return StudyFile(
        name: name, place: isRoot ? "" : file.relativePath,
        bytes: try DocumentReader.read(
          file: file.absolutePath, shownAs: file.relativePath,
          // A file too large to be imported is part of the estate as one that was refused.
          limits: DocumentLimits(bytes: 1 << 32)))
    }
  }

  private func note(_ reference: Reference) {
    read.withLock { if !$0.contains(reference) { $0.append(reference) } }
  }

  private func bytes(of name: String, at file: String) throws -> [UInt8] {
    guard let content else { return try DocumentReader.read(file: file, shownAs: name) }
    guard let bytes = content[name]?[""] else {
      throw DocumentError(
        .unreadable, "the file is not among those kept with the scenario",
        at: SourceLocation(path: name))
    }
    return bytes
  }

  private var folder: URL { URL(fileURLWithPath: path).deletingLastPathComponent() }

  private func absolute(_ name: String) -> URL {
    URL(fileURLWithPath: name, relativeTo: folder).standardizedFileURL
  }

  /// Refuses what lies outside the folders that the scenario may name, links followed.
  private func checkRoots(_ name: String) throws {
    guard let roots else { return }
    let file = absolute(name).resolvingSymlinksInPath().pathComponents
    let isInside = roots.contains {
      file.starts(with: $0.standardizedFileURL.resolvingSymlinksInPath().pathComponents)
    }
    guard isInside else {
      throw DocumentError(
        .unreadable,
        "the file lies outside the workspace and what was imported into it; import it first",
        at: SourceLocation(path: name))
    }
  }

  private func place(of name: String) throws -> URL {
    let file = absolute(name)
    if content == nil { try checkRoots(name) }
    guard content != nil || file.staysInside(folder.standardizedFileURL) else {
      throw DocumentError(
        .unreadable, "the file is a link that leads out of the scenario's folder",
        at: SourceLocation(path: name))
    }
    return file
  }
}

/// Reads a scenario file and resolves what it names, from the file's own folder.
///
/// - Parameter roots: folders that hold everything it may name; `nil` for any place, as for whoever
///   wrote the file on this machine.
/// - Throws: `WorkbenchError.badInput` with every problem found.
public func readScenarioFile(
  _ path: String, within roots: [URL]? = nil
) throws(WorkbenchError) -> LoadedScenario {
  try readScenario(from: ScenarioSource(file: path, within: roots))
}

/// Reads a scenario and what it names from a source.
func readScenario(from source: ScenarioSource) throws(WorkbenchError) -> LoadedScenario {
  do {
    var spokenOf = Estate()
    let scenario = try readScenario(
      try source.scenario(), path: source.path, files: { try source.file($0) }
    ) { named in
      spokenOf = try source.estate(named)
      return spokenOf
    }
    return LoadedScenario(scenario: scenario, estate: spokenOf, source: source)
  } catch {
    throw WorkbenchError(error)
  }
}

extension StudyFile {
  init(name: String, place: String, bytes: [UInt8]) {
    self.init(name: name, place: place, digest: contentDigest(bytes), content: Data(bytes))
  }
}

extension URL {
  /// Whether what is named as lying in a folder lies there when links are followed.
  fileprivate func staysInside(_ folder: URL) -> Bool {
    func holds(_ folder: URL, _ file: URL) -> Bool {
      file.pathComponents.starts(with: folder.pathComponents)
    }
    return !holds(folder, self)
      || holds(folder.resolvingSymlinksInPath(), resolvingSymlinksInPath())
  }
}
