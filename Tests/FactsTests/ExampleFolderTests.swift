import Facts
import Testing

@Suite("names of examples")
struct ExampleFolderTests {
  @Test(
    "a name says that it holds examples by whole words, also in capitals within it",
    arguments: [
      ("samples", ["samples"]), ("CopilotStudioSamples", ["samples"]), ("da-tests_2", ["tests"]),
      ("TestData", ["test"]), ("testdata", ["testdata"]), ("awesome-templates", ["templates"]),
      ("__fixtures__", ["fixtures"]), ("n8n templates", ["templates"]), ("template", ["template"]),
      ("templateExpressions", []), ("genAiPromptTemplates", []), ("template-engine", []),
      ("stubs", ["stubs"]), ("dummy_flows", ["dummy"]), ("replaytests", ["replaytests"]),
      ("contests", []), ("snippet-manager", []), ("stubborn", []),
      ("latest", []), ("contested", []), ("Sampler", []), ("", []),
    ] as [(String, [String])])
  func words(name: String, expected: [String]) {
    #expect(exampleWords(in: name) == expected)
    #expect(isExampleFolder(name) == !expected.isEmpty)
  }
}
