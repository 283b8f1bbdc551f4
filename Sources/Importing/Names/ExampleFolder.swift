/// Whether a folder holds what was made to test or show something, by its name.
func isExampleFolder(_ name: String) -> Bool {
  let words = name.lowercased().split { !$0.isLetter }
  let marks: Set<Substring> = [
    "test", "tests", "testdata", "fixture", "fixtures", "example", "examples", "sample", "samples",
    "mock", "mocks", "demo", "demos",
  ]
  return words.contains(where: marks.contains)
}
