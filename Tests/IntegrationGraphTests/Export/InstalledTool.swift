import Foundation

/// A program that a test may use where it is installed.
enum InstalledTool {
  static let hasDot = isInstalled(["dot", "-V"])
  /// The Python with the packages of `tools/requirements-test.txt`, else the system's.
  static let python =
    ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] ?? "python3"
  static let hasPython = isInstalled([python, "-c", "import json"])
  static let hasNetworkX = isInstalled([python, "-c", "import networkx"])

  struct Failure: Error { var output: String }

  /// Runs a program on some input and returns what it prints.
  static func run(_ command: [String], input: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputFile = folder.appending(path: "in")
    let outputFile = folder.appending(path: "out")
    let errorFile = folder.appending(path: "err")
    try Data(input.utf8).write(to: inputFile)
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let errors = try String(decoding: Data(contentsOf: errorFile), as: UTF8.self)
    guard process.terminationStatus == 0, errors.isEmpty || command.contains("-V") else {
      throw Failure(output: errors)
    }
    return try String(decoding: Data(contentsOf: outputFile), as: UTF8.self)
  }

  private static func isInstalled(_ command: [String]) -> Bool {
    (try? run(command, input: "")) != nil
  }
}
