import Foundation
import Testing

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "rehearse-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// A workspace in it, in a folder of its own that is not there yet.
  var workspace: String { file("workspace/workspace.sqlite") }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let url = URL(filePath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// Copies a file or folder of the checkout and returns its path.
  @discardableResult
  func copy(_ source: String, to name: String) throws -> String {
    try FileManager.default.copyItem(atPath: "\(packageRoot)/\(source)", toPath: file(name))
    return file(name)
  }

  /// Everything in it, by path, with the bytes of the files.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      contents[name] = FileManager.default.contents(atPath: file(name)) ?? Data()
    }
    return contents
  }
}

/// The text of a file of the checkout.
func projectText(_ path: String) throws -> String {
  try String(contentsOfFile: "\(packageRoot)/\(path)", encoding: .utf8)
}

/// The bytes of a file of the checkout.
func projectBytes(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: "\(packageRoot)/\(path)")))
}

extension String {
  /// The text with one passage replaced; the passage must occur.
  func replacingOnce(
    _ passage: String, with text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let range = try #require(
      firstRange(of: passage), "'\(passage)' does not occur", sourceLocation: sourceLocation)
    return replacingCharacters(in: range, with: text)
  }

  /// Line and column of the first occurrence of a passage, as messages write them: `12:5`.
  func position(of passage: String) throws -> String {
    let before = self[..<(try #require(firstRange(of: passage))).lowerBound]
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return "\(lines.count):\((lines.last?.count ?? 0) + 1)"
  }
}
