@testable import Reporting
import Testing

@Suite struct MarkupTests {
  @Test(
    "text cannot become markup",
    arguments: [
      (
        "</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
      ),
      ("a \"b\" 'c'", "a &quot;b&quot; &#39;c&#39;"), ("]]>", "]]&gt;"), ("&amp;", "&amp;amp;"),
      ("caf\u{E9} 漢字", "caf\u{E9} 漢字"), ("a\u{0}b\u{1B}[31mc", "a\u{FFFD}b\u{FFFD}[31mc"),
      ("safe\u{202E}exe.txt", "safe\u{FFFD}exe.txt"),
    ])
  func escapes(text: String, escaped: String) {
    #expect(Markup(text).source == escaped)
    #expect(("\(text)" as Markup).source == escaped)
    #expect(element("p", ["title": text], "\(text)").source.contains("title=\"\(escaped)\""))
  }

  @Test("interpolated markup stays markup, numbers are grouped, literals are escaped")
  func interpolation() {
    let inner = element("b", [:], "x < y")
    #expect(("a & \(inner): \(1234)" as Markup).source == "a &amp; <b>x &lt; y</b>: 1,234")
  }

  @Test("attributes without value are left out, void elements close themselves")
  func elements() {
    #expect(element("td", ["class": nil, "id": "a"], "1").source == "<td id=\"a\">1</td>")
    #expect(element("br").source == "<br />")
  }

  @Test("JSON inside a script element cannot end it")
  func inlineJSONIsSafe() throws {
    let json = try inlineJSON(["name": "</script><!-- & ]]>"])
    #expect(!json.contains("<"))
    #expect(!json.contains(">"))
    #expect(!json.contains("&"))
    #expect(json == #"{"name":"\u003c/script\u003e\u003c!-- \u0026 ]]\u003e"}"#)
  }

  @Test("a line for a terminal holds no commands and no line breaks")
  func terminalLines() {
    #expect(oneLine("a\u{1B}[2Jb\nc\u{9B}d\u{7F}") == "a\u{FFFD}[2Jb c\u{FFFD}d\u{FFFD}")
  }

  @Test("two names never share an identifier of the page")
  func identifiers() {
    let names = ["a b", "a-b", "a_b", "a.b", "A b", "ä", "a", "-", ""]
    let lowered = Set(names.map { $0.lowercased() })
    #expect(Set(lowered.map(identifier)).count >= lowered.count - 1)
    #expect(identifier("bot_support") == "bot-support")
  }

  @Test("a script that would end its element is no chart bundle")
  func bundles() {
    #expect(ChartBundle(script: "var a = '</SCRIPT>'") == nil)
    #expect(ChartBundle(script: "a <!-- b") == nil)
    #expect(ChartBundle(script: "") == nil)
    #expect(ChartBundle(script: "var vegaEmbed = 1") != nil)
  }
}
