import Facts
import Inventory

/// What tells that a system was made to test or show something: the folders of its files, and what it says of itself.
extension AutomationSystem {
  /// Whether every file that describes it lies in a folder that says that it was made to test or show something.
  var liesAmongExamples: Bool {
    !sources.isEmpty && sources.allSatisfy { !exampleWords(above: $0.location).isEmpty }
  }

  /// Whether its own description says that it was made to test or show something.
  var describesAnExample: Bool { purpose.value.map(describesExample) ?? false }

  /// Whether only exports speak of it, and its folders or its own description say that it was made to test or show
  /// something: then it is graded as something that perhaps nobody relies on.
  ///
  /// A name alone does not: *Sample Tracking* may be a laboratory's.
  var mayBeExample: Bool {
    UnregisteredGroup.isUnregistered(self) && (liesAmongExamples || describesAnExample)
  }

  /// What folders and its own description say of it being an example, as a sentence that begins with a space; empty
  /// where they say nothing.
  var exampleHint: String {
    let words = Set(sources.flatMap { exampleWords(above: $0.location) }).sorted()
    let placed = liesAmongExamples
    var said: [String] = []
    if placed {
      said.append("it lies in folders whose names say so (\(listText(words, limit: 4)))")
    }
    if describesAnExample { said.append("its own description says so") }
    return said.isEmpty
      ? "" : " It may be an example or a test: \(said.joined(separator: ", and "))."
  }
}

/// The words of the folders in which a file lies that say that it was made to test or show something.
func exampleWords(above location: SourceLocation) -> [String] {
  location.path.split(whereSeparator: { $0 == "/" || $0 == "!" }).dropLast()
    .flatMap { exampleWords(in: String($0)) }
}

/// Whether a description says of the thing itself that it was made to test or show something.
///
/// It says so where it begins with it (*Stub flow for …*, *This is a sample agent*, *An example of …*), or in a phrase
/// that stands for nothing else (*demonstrates how*, *for demo purposes*). The words alone do not: who *tracks the
/// blood sample* or *books the demo with a customer* shows nothing, and a prompt is a template whatever it does.
func describesExample(_ text: String) -> Bool {
  let all = words(of: text)
  let phrase = " " + all.joined(separator: " ") + " "
  if tellingPhrases.contains(where: { phrase.contains(" \($0) ") }) { return true }
  // *This flow is a stub* names what it speaks of first.
  let pointsAtItself = all.first.map { ["this", "that"].contains($0) } ?? false
  let rest = all.prefix(10).drop { word in
    openingWords.contains(word) || pointsAtItself && automationNouns.contains(word)
  }
  guard let first = rest.first else { return false }
  let second = rest.dropFirst().first ?? ""
  if ["stub", "dummy", "demonstrates", "demonstrating"].contains(first) { return true }
  return [
    "sample", "example", "examples", "demo", "demonstration", "mock", "tutorial", "toy", "test",
  ]
  .contains(first)
    && (automationNouns.contains(second)
      || first != "test" && ["of", "showing", "that", "how"].contains(second)
      || rest.dropFirst().isEmpty && first != "test")
}

private let tellingPhrases = [
  "demonstrates how", "demonstrates the use", "to demonstrate the use", "to demonstrate using",
  "demo purposes", "demonstration purposes", "for testing purposes", "this tutorial", "stub flow",
  "stub implementation", "mock implementation", "returns mock data", "with mock data",
]

/// What stands before the word that matters: *This is a very simple example*.
private let openingWords: Set<String> = [
  "a", "an", "this", "that", "is", "it", "just", "only", "very", "simple", "basic", "minimal",
  "small", "short", "tiny", "trivial", "complete", "which",
]

private let automationNouns: Set<String> = [
  "flow", "workflow", "bot", "robot", "agent", "agents", "process", "automation", "app",
  "application", "solution", "project", "script", "pipeline", "dag", "statemachine", "machine",
  "implementation", "declarative", "crew", "task", "scenario", "assistant",
]
