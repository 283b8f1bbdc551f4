import Reporting
import Testing

@Suite struct RenderSVGTests {
  @Test("the same graph gives the same drawing, without prologue, comments and version")
  func drawsAGraph() async throws {
    let dot = "digraph g { a [label=\"<&>\"]; a -> b }"
    let drawing = try await renderSVG(dot: dot)
    #expect(drawing.hasPrefix("<svg"))
    #expect(drawing.hasSuffix("</svg>"))
    #expect(!drawing.contains("<!--"))
    #expect(!drawing.lowercased().contains("graphviz"))
    #expect(drawing.contains("&lt;&amp;&gt;"))
    #expect(try await renderSVG(dot: dot) == drawing)
  }

  @Test("the drawing has a role and a label, and its parts the titles that screen readers read")
  func titles() async throws {
    let dot = """
      digraph g { graph [tooltip="Map: 2 things"] a [tooltip="Loan Agent · AI <agent>", id="n1"]; b
      a -> b [tooltip="Loan Agent reads b"] }
      """
    let drawing = try await renderSVG(dot: dot)
    #expect(
      drawing.hasPrefix("<svg role=\"graphics-document\" aria-label=\"Map: 2 things\""))
    #expect(drawing.contains("<title>Map: 2 things</title>"))
    #expect(drawing.contains("<title>Loan Agent · AI &lt;agent&gt;</title>"))
    #expect(drawing.contains("<title>Loan Agent reads b</title>"))
    #expect(drawing.contains("<title>b</title>"))
    #expect(!drawing.contains("<title>a&#45;&gt;b</title>"))
  }

  @Test("a missing program is named, with what to install")
  func missingProgram() async throws {
    let error = await #expect(throws: RenderingError.self) {
      try await renderSVG(
        dot: "digraph {}", limits: RenderingLimits(program: "no-such-program-here"))
    }
    #expect(error == .missing(program: "no-such-program-here"))
    #expect(error?.description.contains("install graphviz") == true)
  }

  @Test("a program that does not finish is stopped")
  func timesOut() async throws {
    let error = await #expect(throws: RenderingError.self) {
      // Graphviz would work on this graph for minutes.
      try await renderSVG(dot: hardGraph(), limits: RenderingLimits(seconds: 1))
    }
    #expect(error == .timedOut(program: "dot", seconds: 1))
  }

  @Test("a drawing that is too large is refused")
  func tooLarge() async throws {
    let error = await #expect(throws: RenderingError.self) {
      try await renderSVG(
        dot: "digraph g { a -> b -> c -> d }", limits: RenderingLimits(bytes: 200))
    }
    #expect(error == .tooLarge(program: "dot", bytes: 200))
  }

  @Test("what is no graph is refused")
  func noGraph() async throws {
    let error = await #expect(throws: RenderingError.self) {
      try await renderSVG(dot: "this is no graph {")
    }
    guard case .failed(let program, _) = error else {
      Issue.record("expected a failure, found \(String(describing: error))")
      return
    }
    #expect(program == "dot")
  }

  /// A dense graph with many ranks: crossing minimisation takes far longer than any limit here.
  private func hardGraph() -> String {
    var lines = ["digraph g {"]
    for a in 0..<700 {
      for step in [1, 7, 31, 113, 211, 307] { lines.append("n\(a) -> n\((a + step) % 700)") }
    }
    return lines.joined(separator: "\n") + "}"
  }
}
