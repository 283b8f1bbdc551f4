import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Why a drawing could not be laid out.
public enum RenderingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The program is not installed.
  case missing(program: String)
  /// The program did not finish in time and was stopped.
  case timedOut(program: String, seconds: Int)
  /// The program wrote more than was allowed and was stopped.
  case tooLarge(program: String, bytes: Int)
  /// The program failed or wrote something else than a drawing.
  case failed(program: String, status: String)

  /// One sentence: what happened and what to do.
  public var description: String {
    switch self {
    case .missing(let program):
      "the program '\(program)', which lays out the map, is not installed; install graphviz "
        + "(apt-get install graphviz)"
    case .timedOut(let program, let seconds):
      "'\(program)' had not laid out the map after \(seconds) s; draw a part of it, or give it more time"
    case .tooLarge(let program, let bytes):
      "'\(program)' wrote a drawing of more than \(bytes / 1_000_000) MB; draw a part of the map"
    case .failed(let program, let status):
      "'\(program)' could not lay out the map (\(status)); `rehearse doctor` checks its version"
    }
  }
}

/// How long a drawing may take and how large it may become.
public struct RenderingLimits: Sendable, Hashable {
  /// Longest time, in seconds.
  public var seconds: Int
  /// Most bytes of the drawing.
  public var bytes: Int
  /// Program that lays it out, by name or path.
  public var program: String

  /// Creates limits.
  public init(seconds: Int = 60, bytes: Int = 32_000_000, program: String = "dot") {
    self.seconds = seconds
    self.bytes = bytes
    self.program = program
  }
}

/// Lays out a graph in Graphviz's DOT language and returns the drawing as an `svg` element.
///
/// The program runs without arguments from the graph, reads it from standard input and is stopped when it
/// exceeds a limit. Prologue, comments and version are left out, so that the same graph gives the same
/// text wherever the same version of Graphviz lays it out.
/// - Throws: `RenderingError`; `CancellationError` where the task is cancelled.
public func renderSVG(
  dot: String, limits: RenderingLimits = RenderingLimits()
) async throws -> String {
  let source = try await outputOfDot(dot, limits: limits)
  guard let drawing = svgElement(in: source) else {
    throw RenderingError.failed(program: limits.program, status: "it wrote no drawing")
  }
  return readableSVG(drawing)
}

private func outputOfDot(_ dot: String, limits: RenderingLimits) async throws -> String {
  let executable: Executable =
    limits.program.contains("/") ? .path(FilePath(limits.program)) : .name(limits.program)
  return try await withThrowingTaskGroup(of: String?.self) { group in
    group.addTask {
      var options = PlatformOptions()
      options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(500))]
      do {
        let result = try await run(
          executable, arguments: ["-Tsvg"], platformOptions: options,
          input: .fileDescriptor(try programInput(dot), closeAfterSpawningProcess: true),
          output: .string(limit: limits.bytes), error: .discarded)
        guard result.terminationStatus.isSuccess else {
          throw RenderingError.failed(
            program: limits.program, status: "\(result.terminationStatus)")
        }
        return result.standardOutput
      } catch let error as SubprocessError {
        throw RenderingError(error, limits)
      }
    }
    group.addTask {
      try await Task.sleep(for: .seconds(limits.seconds))
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let output = first else {
      throw RenderingError.timedOut(program: limits.program, seconds: limits.seconds)
    }
    return output
  }
}

extension RenderingError {
  fileprivate init(_ error: SubprocessError, _ limits: RenderingLimits) {
    switch error.code {
    case .executableNotFound: self = .missing(program: limits.program)
    case .outputLimitExceeded: self = .tooLarge(program: limits.program, bytes: limits.bytes)
    default: self = .failed(program: limits.program, status: "\(error)")
    }
  }
}

/// The `svg` element of a document, without comments; `nil` where there is none.
func svgElement(in document: String) -> String? {
  guard let start = document.firstRange(of: "<svg"),
    let end = document.ranges(of: "</svg>").last
  else { return nil }
  var drawing = ""
  var rest = document[start.lowerBound..<end.upperBound]
  while let opening = rest.firstRange(of: "<!--") {
    drawing += rest[..<opening.lowerBound]
    guard let closing = rest[opening.upperBound...].firstRange(of: "-->") else { return nil }
    rest = rest[closing.upperBound...]
    if rest.first == "\n" { rest = rest.dropFirst() }
  }
  return drawing + rest
}
