import Foundation
import Subprocess
import Testing

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The built program, run as people run it.
///
/// One run after the other: a run takes all cores it gets.
@Suite("End to end", .serialized) struct EndToEndTests {}

/// The checkout these tests were built from; the program runs there.
let packageRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// What a run of the program said and how it ended.
struct Outcome: Sendable, CustomStringConvertible {
  var arguments: [String]
  /// Exit code; `nil` where a signal ended the run.
  var exitCode: Int32?
  var output: String
  var errors: String

  /// Lines on standard error that say why something could not be done.
  var messages: [String] {
    errors.split(separator: "\n").map(String.init).filter { $0.hasPrefix("error: ") }
  }

  var description: String {
    let end = exitCode.map { "exit code \($0)" } ?? "killed"
    return "rehearse \(arguments.joined(separator: " ")): \(end)\n\(errors)\(output.prefix(2_000))"
  }
}

/// Why the program could not be run.
struct ProgramError: Error, CustomStringConvertible {
  var description: String
}

/// The program, which the build puts beside the tests.
func programPath() throws -> String {
  let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
  let program = tests.resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "rehearse").path
  guard FileManager.default.isExecutableFile(atPath: program) else {
    throw ProgramError(
      description: "the program is not at \(program); build it with: make build-tests")
  }
  return program
}

/// Runs the built program in the checkout and waits for its end.
///
/// - Parameters:
///   - limit: after this time the run is stopped and the test fails.
///   - signal: what is sent to end the run.
///   - killWhen: the signal is sent as soon as this returns true.
func rehearse(
  _ arguments: [String], in folder: String = packageRoot, limit: Duration = .seconds(180),
  signal: Signal = .kill, killWhen: (@Sendable () async throws -> Bool)? = nil
) async throws -> Outcome {
  try await runProgram(
    programPath(), arguments, in: folder, limit: limit, signal: signal, killWhen: killWhen)
}

/// The same, with a signal sent after a time.
func rehearse(
  _ arguments: [String], signal: Signal, after time: Duration, in folder: String = packageRoot
) async throws -> Outcome {
  let result = try await run(
    .path(FilePath(programPath())), arguments: Arguments(arguments),
    workingDirectory: FilePath(folder), input: .none, output: .string(limit: 64_000_000),
    error: .string(limit: 4_000_000)
  ) { execution in
    try await Task.sleep(for: time)
    try? execution.send(signal: signal)
  }
  let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
  return Outcome(
    arguments: arguments, exitCode: code, output: result.standardOutput,
    errors: result.standardError)
}

/// Runs any program; see `rehearse`.
func runProgram(
  _ program: String, _ arguments: [String], in folder: String = packageRoot,
  limit: Duration = .seconds(180), signal: Signal = .kill,
  killWhen: (@Sendable () async throws -> Bool)? = nil
) async throws -> Outcome {
  try await withThrowingTaskGroup(of: Outcome?.self) { group in
    group.addTask {
      let result = try await run(
        .path(FilePath(program)), arguments: Arguments(arguments),
        workingDirectory: FilePath(folder), input: .none, output: .string(limit: 64_000_000),
        error: .string(limit: 4_000_000)
      ) { execution in
        if let killWhen, try await killWhen() { try? execution.send(signal: signal) }
      }
      let code: Int32? =
        if case .exited(let code) = result.terminationStatus { code } else { nil }
      return Outcome(
        arguments: arguments, exitCode: code, output: result.standardOutput,
        errors: result.standardError)
    }
    group.addTask {
      try await Task.sleep(for: limit)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let outcome = first else {
      throw ProgramError(
        description: "rehearse \(arguments.joined(separator: " ")) took longer than \(limit)")
    }
    return outcome
  }
}

/// The same, with arguments one by one.
func rehearse(_ arguments: String..., in folder: String = packageRoot) async throws -> Outcome {
  try await rehearse(arguments, in: folder)
}

/// Standard output of a run that must succeed.
func output(
  of arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
) async throws -> String {
  let outcome = try await rehearse(arguments)
  try #require(outcome.exitCode == 0, "\(outcome)", sourceLocation: sourceLocation)
  return outcome.output
}

/// Expects that a run could not use what it was given: one message that holds all the texts, nothing on
/// standard output.
func expectRefusal(
  _ outcome: Outcome, _ texts: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome.exitCode == 2, "\(outcome)", sourceLocation: sourceLocation)
  #expect(outcome.messages.count == 1, "\(outcome)", sourceLocation: sourceLocation)
  #expect(outcome.output == "", sourceLocation: sourceLocation)
  for text in texts {
    #expect(
      outcome.messages.first?.contains(text) == true, "expected '\(text)' in \(outcome)",
      sourceLocation: sourceLocation)
  }
}
