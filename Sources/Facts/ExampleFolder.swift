/// Whether a folder holds what was made to test or show something, by its name.
public func isExampleFolder(_ name: String) -> Bool { !exampleWords(in: name).isEmpty }

/// The words of a name that say that something was made to test or show something, in lower case.
///
/// A template says so only as a name's last word that stands by itself: `genAiPromptTemplates` is where a
/// product keeps files that are in use, and `templateExpressions` are a feature.
public func exampleWords(in name: String) -> [String] {
  var words: [String] = []
  var word = ""
  /// Whether the word began with a capital within a longer one.
  var isWithin = false
  for character in name {
    // `CopilotSamples` is two words.
    let isCapital = character.isUppercase && word.last?.isLowercase == true
    if !character.isLetter || isCapital, !word.isEmpty {
      words.append(word.lowercased())
      word = ""
      isWithin = isCapital
    }
    if character.isLetter { word.append(character) }
  }
  if !word.isEmpty { words.append(word.lowercased()) }
  return words.enumerated().filter { index, word in
    exampleMarks.contains(word)
      || templateMarks.contains(word) && index == words.count - 1 && !isWithin
  }.map(\.element)
}

private let exampleMarks: Set<String> = [
  "test", "tests", "testdata", "fixture", "fixtures", "example", "examples", "sample", "samples",
  "mock", "mocks", "demo", "demos", "tutorial", "tutorials", "stub", "stubs", "dummy", "dummies",
  "testcase", "testcases", "unittests", "replaytests", "quickstart", "quickstarts", "playground",
  "playgrounds", "snippets",
]

private let templateMarks: Set<String> = ["template", "templates"]
