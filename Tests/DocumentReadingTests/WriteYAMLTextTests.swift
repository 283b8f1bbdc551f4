import DocumentReading
import Facts
import Testing

/// Texts that are written to be read back.
@Suite struct WriteYAMLTextTests {
  @Test(arguments: [
    "", "plain", "a \"quote\" and a \\ backslash", "line\nbreak\ttab", "yes", "12", "# no comment",
    "right\u{202E}to left\u{2028}", "\u{7}\u{85}\u{FEFF}", "{ key: [value] }", "Größe 東京 🤖 ½",
    "'single'",
  ])
  func theyComeBackAsTheyWere(text: String) throws {
    let written = yamlQuoted(text)
    #expect(written.unicodeScalars.allSatisfy { !isInvisible($0) })
    let read = try parseYAML(Array("key: \(written)\n".utf8), path: "x.yaml")
    #expect(read.object?.first?.value.text == text)
  }
}
