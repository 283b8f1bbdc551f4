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

  @Test(
    "a name within a definition says that it stands in for something, but for words of a trade",
    arguments: [
      ("mock_comment", ["mock"]), ("Mock Result 1", ["mock"]), ("dummyInput", ["dummy"]),
      ("fake customers", ["fake"]), ("Return stub", ["stub"]), ("sample_data", ["sample"]),
      ("SampleResponse", ["sample"]), ("mocked_answer", ["mocked"]),
      ("Schedule mock interview", []), ("pay_stub", []), ("Track blood sample", []),
      ("sample_tube", []), ("Collect sample data", []), ("hammock", []), ("Stubborn cases", []),
      ("fakery", []), ("", []),
    ] as [(String, [String])])
  func standIns(name: String, expected: [String]) {
    #expect(standInWords(in: name) == expected)
  }
}
