import Facts
import Foundation

/// A file found under an import root.
public struct ListedFile: Hashable, Sendable {
  /// Path by which it can be opened.
  public var absolutePath: String
  /// Path relative to the root, with `/`; for a root that is a file, its name.
  public var relativePath: String
  /// Size in bytes.
  public var byteCount: Int
  /// When it was changed last, in nanoseconds since 1970.
  public var modified: Int64

  /// Creates a listed file.
  public init(absolutePath: String, relativePath: String, byteCount: Int, modified: Int64 = 0) {
    self.absolutePath = absolutePath
    self.relativePath = relativePath
    self.byteCount = byteCount
    self.modified = modified
  }

  fileprivate init(absolutePath: String, relativePath: String, status: stat) {
    let time = status.st_mtim
    self.init(
      absolutePath: absolutePath, relativePath: relativePath, byteCount: Int(status.st_size),
      modified: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }
}

/// Reads files and lists folders: the only place of the module that touches the disk.
public enum DocumentReader {
  /// The whole content of a regular file.
  ///
  /// - Parameters:
  ///   - file: Path by which the file is opened.
  ///   - path: Path shown to people in errors.
  ///   - limits: Files above `limits.bytes` are refused unread.
  /// - Throws: `unreadable` where there is no such regular file or it may not be read, `tooLarge`.
  public static func read(
    file: String, shownAs path: String, limits: DocumentLimits = .standard
  ) throws(DocumentError) -> [UInt8] {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let descriptor = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DocumentError(
        .unreadable, "this is not a regular file; name a file or a folder",
        at: SourceLocation(path: path))
    }
    try limits.checkSize(Int(status.st_size), path: path)
    return try readAll(descriptor, expecting: Int(status.st_size), path: path, limits: limits)
  }

  private static func readAll(
    _ descriptor: CInt, expecting size: Int, path: String, limits: DocumentLimits
  ) throws(DocumentError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 4096), 1 << 20))
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(path, errno)
      }
      bytes.append(contentsOf: chunk[..<count])
      // A file may grow while it is read.
      try limits.checkSize(bytes.count, path: path)
    }
  }

  /// All regular files of a folder and its sub-folders, ordered by relative path; or the one file.
  ///
  /// Left out are symbolic links (what they lead to is either listed anyway or outside the folder)
  /// and the folders of tools: `.git`, `.hg`, `.svn`, `__MACOSX`, `__pycache__`, `.venv`, and
  /// `node_modules` beside a `package.json`: elsewhere it is somebody's own folder. Lock files of office
  /// programs (`~$…`) are listed.
  /// - Throws: `unreadable` where there is no such file or folder, or a folder may not be read;
  ///   `tooDeep` and `tooLarge` beyond 64 levels or 200 000 files.
  public static func files(under path: String) throws(DocumentError) -> [ListedFile] {
    var status = stat()
    guard stat(path, &status) == 0 else { throw unreadable(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      var found: [ListedFile] = []
      try list(path, relative: "", depth: 0, into: &found)
      return found.sorted { $0.relativePath < $1.relativePath }
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return [
      ListedFile(absolutePath: path, relativePath: name, status: status)
    ]
  }

  private static let toolFolders: Set<String> = [
    ".git", ".hg", ".svn", "__MACOSX", "__pycache__", ".venv",
  ]

  /// Whether a folder of this name inside another is a tool's and not somebody's own.
  private static func isToolFolder(_ name: String, in folder: String) -> Bool {
    if name == "node_modules" { return access("\(folder)/package.json", F_OK) == 0 }
    return toolFolders.contains(name)
  }

  private static func list(
    _ folder: String, relative: String, depth: Int, into found: inout [ListedFile]
  ) throws(DocumentError) {
    let shown = relative.isEmpty ? folder : relative
    guard depth <= 64 else {
      throw DocumentError(
        .tooDeep, "folders are nested more than 64 levels deep; import a part of the tree",
        at: SourceLocation(path: shown))
    }
    guard let stream = opendir(folder) else { throw unreadable(shown, errno) }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
          String(cString: $0)
        }
      }
      if name == "." || name == ".." { continue }
      let child = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      let childRelative = relative.isEmpty ? name : "\(relative)/\(name)"
      var status = stat()
      guard lstat(child, &status) == 0 else { throw unreadable(childRelative, errno) }
      switch status.st_mode & S_IFMT {
      case S_IFDIR where !isToolFolder(name, in: folder):
        try list(child, relative: childRelative, depth: depth + 1, into: &found)
      case S_IFREG where name != ".DS_Store":
        found.append(
          ListedFile(absolutePath: child, relativePath: childRelative, status: status))
      default: break
      }
      guard found.count <= 200_000 else {
        throw DocumentError(
          .tooLarge, "there are more than 200000 files; import a part of the tree",
          at: SourceLocation(path: shown))
      }
    }
  }

  private static func unreadable(_ path: String, _ code: CInt) -> DocumentError {
    let reason = String(cString: strerror(code)).lowercased()
    return DocumentError(
      .unreadable, "cannot be read (\(reason)); check the path and its permissions",
      at: SourceLocation(path: path))
  }
}
