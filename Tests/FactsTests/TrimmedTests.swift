import Facts
import Testing

@Suite("texts without outer white space")
struct TrimmedTests {
  @Test(
    "white space of any alphabet goes at both ends, and stays within",
    arguments: [
      ("", ""), (" ", ""), ("a", "a"), (" a b ", "a b"), ("\ta\r\n", "a"), ("\u{A0}é\u{2003}", "é"),
      ("é", "é"), ("a\u{3000}", "a"), ("\u{FEFF}a", "\u{FEFF}a"),
    ])
  func ends(text: String, expected: String) {
    #expect(text.trimmed == expected)
    #expect(text[...].trimmed == expected)
  }
}
