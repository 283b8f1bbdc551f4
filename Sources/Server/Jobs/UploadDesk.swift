import Foundation
import Hummingbird
import NIOCore
import Workbench

/// Takes files from browsers and puts them where an import finds them; nothing is ever executed, and no
/// path leaves the folder.
struct UploadDesk: Sendable {
  let folder: WorkspaceFolder

  /// Bytes of one file, most.
  static let fileLimit = 512 << 20
  /// Bytes of one upload, most.
  static let uploadLimit = 2 << 30
  /// Files of one upload, most.
  static let countLimit = 20_000

  /// Begins an upload and returns its name.
  func begin() throws(WorkbenchError) -> String {
    let name = Gate.randomWord()
    try WorkspaceFolder.make(folder.uploads.appending(path: name))
    return name
  }

  /// Stores a file of an upload.
  ///
  /// - Parameter path: the path that the file has in the folder which was chosen.
  /// - Throws: `Problem` where there is no such upload, the path leaves it, or it is too large.
  func store(_ body: RequestBody, path: String, in upload: String) async throws -> Int {
    let root = try place(of: upload)
    let file = root.appending(path: try Self.checked(path))
    let (count, bytes) = used(root)
    guard count < Self.countLimit else {
      throw Problem(
        .contentTooLarge,
        "an upload holds at most \(Self.countLimit) files; pack the folder as a ZIP, or use "
          + "`rehearse import`")
    }
    try WorkspaceFolder.make(file.deletingLastPathComponent())
    let part = folder.uploads.appending(path: "\(Gate.randomWord()).part")
    guard FileManager.default.createFile(atPath: part.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: part.path)
    else { throw Problem(.internalServerError, "\(path): the file cannot be stored") }
    var size = 0
    do {
      defer { try? handle.close() }
      for try await buffer in body {
        size += buffer.readableBytes
        guard size <= Self.fileLimit, size + bytes <= Self.uploadLimit else {
          throw Problem(
            .contentTooLarge,
            "\(path): a file may have \(Self.fileLimit >> 20) MB and an upload "
              + "\(Self.uploadLimit >> 20) MB; use `rehearse import` for more")
        }
        try handle.write(contentsOf: Data(buffer.readableBytesView))
      }
      if FileManager.default.fileExists(atPath: file.path) {
        try FileManager.default.removeItem(at: file)
      }
      try FileManager.default.moveItem(at: part, to: file)
    } catch {
      try? FileManager.default.removeItem(at: part)
      if error is Problem { throw error }
      throw Problem(
        .internalServerError, "\(path): the file cannot be stored (\(error.localizedDescription))")
    }
    return size
  }

  /// Moves an upload to where imports are kept; files that are there already are replaced.
  ///
  /// - Returns: the folder to import.
  func keep(_ upload: String, as name: String) throws -> URL {
    let from = try place(of: upload)
    guard !Self.files(in: from).isEmpty else {
      throw Problem(.unprocessableContent, "nothing was uploaded; choose files or a folder first")
    }
    let to = folder.imports.appending(path: Self.folderName(name))
    do {
      try FileManager.default.createDirectory(at: to, withIntermediateDirectories: true)
      for path in Self.files(in: from) {
        let target = to.appending(path: path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: target.path) {
          try FileManager.default.removeItem(at: target)
        }
        try FileManager.default.moveItem(at: from.appending(path: path), to: target)
      }
      try FileManager.default.removeItem(at: from)
    } catch {
      throw Problem(
        .internalServerError,
        "\(to.path): the upload cannot be kept (\(error.localizedDescription)); choose another name"
      )
    }
    return to
  }

  /// The file of an upload that consists of one.
  func onlyFile(of upload: String) throws(Problem) -> URL {
    let place = try place(of: upload)
    let files = Self.files(in: place)
    guard files.count == 1 else {
      throw Problem(
        .unprocessableContent,
        "the upload has \(files.count) files; upload one file, which may be packed by gzip")
    }
    return place.appending(path: files[0])
  }

  /// Moves the file of an upload that consists of one to a folder, which is made anew.
  ///
  /// - Returns: the file where it is now.
  func keepFile(of upload: String, in target: URL) throws -> URL {
    let file = try onlyFile(of: upload)
    let kept = target.appending(path: file.lastPathComponent)
    do {
      if FileManager.default.fileExists(atPath: target.path) {
        try FileManager.default.removeItem(at: target)
      }
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: file, to: kept)
      try FileManager.default.removeItem(at: folder.uploads.appending(path: upload))
    } catch {
      throw Problem(
        .internalServerError,
        "\(target.path): the upload cannot be kept (\(error.localizedDescription)); check the disk")
    }
    return kept
  }

  private func place(of upload: String) throws(Problem) -> URL {
    let place = folder.uploads.appending(path: upload)
    guard !upload.isEmpty, upload.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
      FileManager.default.fileExists(atPath: place.path)
    else {
      throw Problem(.notFound, "there is no upload '\(upload.prefix(40))'; begin one first")
    }
    return place
  }

  /// A path that stays in its folder.
  static func checked(_ path: String) throws(Problem) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isSound =
      !parts.isEmpty && parts.count <= 64
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255
          && !part.unicodeScalars.contains { $0.value < 32 || $0 == "\\" || $0.value == 127 }
      }
    guard isSound else {
      throw Problem(
        .badRequest,
        "'\(path.prefix(200))' is no path of a file in a folder, such as robots/main.xaml")
    }
    return path
  }

  /// A text as the name of a folder: letters, digits, and dashes for everything else.
  static func folderName(_ text: String) -> String {
    let dashed = text.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "."
        || scalar == "_" ? Character(scalar) : "-"
    }
    let name = String(dashed.drop { $0 == "." || $0 == "-" }.prefix(60))
    return name.isEmpty ? "upload" : name
  }

  private static func files(in folder: URL) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)
    var files: [String] = []
    while let path = all?.nextObject() as? String {
      var isFolder: ObjCBool = false
      let place = folder.appending(path: path).path
      if FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder.boolValue
      {
        files.append(path)
      }
    }
    return files.sorted()
  }

  private func used(_ root: URL) -> (count: Int, bytes: Int) {
    let files = Self.files(in: root)
    let bytes = files.reduce(0) { sum, path in
      let place = root.appending(path: path).path
      let attributes = try? FileManager.default.attributesOfItem(atPath: place)
      return sum + Int(wholeNumber(attributes?[.size]) ?? 0)
    }
    return (files.count, bytes)
  }
}
