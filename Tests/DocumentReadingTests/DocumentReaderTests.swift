import DocumentReading
import Facts
import Foundation
import Testing

@Suite("Files, text and digests")
struct DocumentReaderTests {
  /// Runs a test in a fresh folder that is removed afterwards.
  private func withFolder(_ test: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("DocumentReaderTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try test(folder.path)
  }

  private func write(_ text: String, _ folder: String, _ path: String) throws {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test("a folder is listed in order, without the folders of tools and without links")
  func listing() throws {
    try withFolder { folder in
      for path in [
        "b.txt", "a/z.txt", "a/.well-known/agent.json", ".git/config", "a/node_modules/x.js",
        "a/package.json",
        "own/node_modules/y.json",
        "__MACOSX/._b.txt", "a/~$book.xlsx", ".DS_Store",
      ] { try write("12", folder, path) }
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/etc", withDestinationPath: "/etc")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/a/loop", withDestinationPath: folder)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/passwd", withDestinationPath: "/etc/passwd")
      let files = try DocumentReader.files(under: folder)
      #expect(
        files.map(\.relativePath) == [
          "a/.well-known/agent.json", "a/package.json", "a/z.txt", "a/~$book.xlsx", "b.txt",
          "own/node_modules/y.json",
        ])
      #expect(files.map(\.byteCount) == [2, 2, 2, 2, 2, 2])
      for file in files {
        #expect(try DocumentReader.read(file: file.absolutePath, shownAs: "x") == [0x31, 0x32])
      }
    }
  }

  @Test("a single file is listed by its name")
  func singleFile() throws {
    try withFolder { folder in
      try write("1", folder, "deep/one.txt")
      let files = try DocumentReader.files(under: "\(folder)/deep/one.txt")
      #expect(files.map(\.relativePath) == ["one.txt"])
    }
  }

  @Test("what cannot be read is an error under the name that is shown")
  func unreadable() throws {
    try withFolder { folder in
      let missing = documentError {
        _ = try DocumentReader.read(file: "\(folder)/none", shownAs: "shown/none")
      }
      #expect(missing?.kind == .unreadable)
      #expect(missing?.location.path == "shown/none")
      #expect(missing?.description.hasPrefix("shown/none: cannot be read (no such file") == true)
      #expect(documentError { _ = try DocumentReader.files(under: "\(folder)/none") } != nil)
      let directory = documentError { _ = try DocumentReader.read(file: folder, shownAs: "f") }
      #expect(directory?.kind == .unreadable)
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      let pipe = documentError {
        _ = try DocumentReader.read(file: "\(folder)/pipe", shownAs: "pipe")
      }
      #expect(pipe?.kind == .unreadable)
      let listed = try DocumentReader.files(under: folder)
      #expect(listed.isEmpty)
    }
  }

  @Test("a file beyond the limit is refused unread")
  func tooLarge() throws {
    try withFolder { folder in
      try write("12345", folder, "f")
      let error = documentError {
        _ = try DocumentReader.read(
          file: "\(folder)/f", shownAs: "f", limits: DocumentLimits(bytes: 4))
      }
      #expect(error?.kind == .tooLarge)
    }
  }

  @Test("the digest is SHA-256 (test vectors of FIPS 180-2, appendix B)")
  func digest() {
    #expect(
      contentDigest(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      contentDigest([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("text is decoded by byte order mark, then as UTF-8, then as Windows-1252")
  func decoding() throws {
    #expect(try decodeText([0xEF, 0xBB, 0xBF, 0x61], path: "f") == "a")
    #expect(try decodeText(utf16Bytes("ä😀"), path: "f") == "ä😀")
    #expect(try decodeText([0xFE, 0xFF, 0x00, 0xE4], path: "f") == "ä")
    #expect(try decodeText(Array("ä€".utf8), path: "f") == "ä€")
    #expect(try decodeText([0x80, 0xE4, 0x9F], path: "f") == "€äŸ")
    #expect(try decodeText([], path: "f") == "")
  }

  @Test(
    "bytes that are no text are refused",
    arguments: [
      [0x00, 0x01], [0xFF, 0xFE, 0x41], [0xFE, 0xFF, 0xD8, 0x00], [0xEF, 0xBB, 0xBF, 0xFF],
      [0x41, 0x0A, 0x81],
    ] as [[UInt8]])
  func notText(bytes: [UInt8]) {
    #expect(documentError { _ = try decodeText(bytes, path: "f") }?.kind == .wrongEncoding)
  }
}
