/// Whether a folder holds what was made to test or show something, by its name.
public func isExampleFolder(_ name: String) -> Bool { !exampleWords(in: name).isEmpty }

/// The words of a name that say that something was made to test or show something, in lower case.
public func exampleWords(in name: String) -> [String] {
  var words: [String] = []
  var word = ""
  for character in name {
    // `CopilotSamples` is two words.
    let isBoundary = !character.isLetter || character.isUppercase && word.last?.isLowercase == true
    if isBoundary, !word.isEmpty {
      words.append(word.lowercased())
      word = ""
    }
    if character.isLetter { word.append(character) }
  }
  if !word.isEmpty { words.append(word.lowercased()) }
  return words.filter(exampleMarks.contains)
}

private let exampleMarks: Set<String> = [
  "test", "tests", "testdata", "fixture", "fixtures", "example", "examples", "sample", "samples",
  "mock", "mocks", "demo", "demos", "template", "templates", "tutorial", "tutorials",
]
