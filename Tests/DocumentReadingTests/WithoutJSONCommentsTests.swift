import Facts
import DocumentReading
import Testing

@Suite("JSON with comments")
struct WithoutJSONCommentsTests {
  @Test("comments and trailing commas are blanked, and every other byte keeps its place")
  func blanked() throws {
    let text = """
      { // one
        "a": "// no", /* two
        lines */ "b": [1, 2, /* last */ ],
        "c": "\\"/*", }
      """
    let bytes = withoutJSONComments(Array(text.utf8))
    #expect(bytes.count == text.utf8.count)
    let node = try parseJSON(bytes, path: "s.json")
    #expect(node["a"]?.string == "// no")
    #expect(node["b"]?.array?.count == 2)
    #expect(node["c"]?.string == "\"/*")
    #expect(node["c"]?.location.line == 4)
  }

  @Test(
    "what is malformed beyond that stays malformed",
    arguments: ["{\"a\": /* open", "{,}x", "{\"a\": \"", "[1,,]", "/"])
  func malformed(text: String) {
    let bytes = withoutJSONComments(Array(text.utf8))
    #expect(bytes.count == text.utf8.count)
    #expect(throws: DocumentError.self) { try parseJSON(bytes, path: "s.json") }
  }
}
