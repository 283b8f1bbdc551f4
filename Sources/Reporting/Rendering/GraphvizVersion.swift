import Subprocess

/// Version of the Graphviz that `renderSVG` uses, such as `2.43.0`.
///
/// - Throws: `RenderingError` where it is missing or does not say.
public func graphvizVersion() async throws -> String {
  do {
    let result = try await run(
      .name("dot"), arguments: ["-V"], output: .discarded, error: .string(limit: 4_096))
    // dot -V writes "dot - graphviz version 2.43.0 (0)" to standard error.
    let words = result.standardError.split(separator: " ")
    guard let label = words.firstIndex(of: "version"), label + 1 < words.count else {
      throw RenderingError.failed(program: "dot", status: "it does not say its version")
    }
    return String(words[label + 1])
  } catch let error as SubprocessError where error.code == .executableNotFound {
    throw RenderingError.missing(program: "dot")
  }
}
