import DocumentReading
import Facts
import Testing

@Suite("XML")
struct ParseXMLTests {
  /// The error of a document that must not parse.
  private func failure(_ text: String) -> DocumentError? { failure(Array(text.utf8)) }

  private func failure(
    _ bytes: [UInt8], limits: DocumentLimits = .standard
  ) -> DocumentError? {
    documentError { _ = try parseXML(bytes, path: "f.xml", limits: limits) }
  }

  private func parse(_ text: String) throws -> XMLElement {
    try parseXML(Array(text.utf8), path: "f.xml")
  }

  @Test("characters that XML escapes are read in attributes as in text")
  func escapes() throws {
    let root = try parse(
      "<r a='Check &amp; pay &#38; go' b='&lt;&gt;&quot;&apos;' c='&amp;#38;'>&amp;#38;</r>")
    #expect(root["a"] == "Check & pay & go")
    #expect(root["b"] == "<>\"'")
    #expect(root["c"] == "&#38;" && root.text == "&#38;")
  }

  @Test("names, namespaces, attributes and text are told apart")
  func tree() throws {
    let root = try parse(
      """
      <?xml version="1.0"?>
      <!-- a comment -->
      <a:root xmlns:a="urn:a" xmlns="urn:d" k="1" a:k="2">
        <child id="c1">text &amp; <![CDATA[<raw>]]></child>
        <a:child/><other><child id="deep"/></other>
      </a:root>
      """)
    #expect(root.name == "root")
    #expect(root.namespace == "urn:a")
    #expect(root["k"] == "1")
    #expect(root.attribute("k", namespace: "urn:a") == "2")
    #expect(root.attributes.count == 2)
    #expect(root.text == "")
    #expect(root.first("child")?.namespace == "urn:d")
    #expect(root.first("child")?.text == "text & <raw>")
    #expect(root.all("child").map(\.namespace) == ["urn:d", "urn:a"])
    #expect(root.descendants("child").map { $0["id"] } == ["c1", nil, "deep"])
    #expect(root.deepText.contains("text & <raw>"))
  }

  @Test("an ampersand in an attribute is read as one, however it is written")
  func ampersands() throws {
    let root = try parse("<r a='x &amp; y' b='&#38;lt;' c='&#x26;&amp;#38;' d='&lt;&quot;'/>")
    #expect(root["a"] == "x & y")
    #expect(root["b"] == "&lt;")
    #expect(root["c"] == "&&#38;")
    #expect(root["d"] == "<\"")
  }

  @Test("an element is located where its start tag begins")
  func locations() throws {
    let root = try parse(
      "<a>\n  <bä ü='ä'/><c/>\n  <d\n    x='1'\n    id='D'>\n   <e/></d>\n</a>")
    #expect(root.location.position == "1:1")
    #expect(root.children.map { $0.location.position } == ["2:3", "2:14", "3:3"])
    #expect(root.children[2].location.element == "D")
    #expect(root.children[2].children[0].location.position == "6:4")
  }

  @Test("lines beyond 65535 are counted")
  func manyLines() throws {
    let root = try parse("<a>" + String(repeating: "\n", count: 70_000) + "<b/></a>")
    #expect(root.children[0].location.position == "70001:1")
  }

  @Test("an entity bomb is refused where it is declared")
  func billionLaughs() {
    let error = failure(
      """
      <!DOCTYPE r [
      <!ENTITY a "ha">
      <!ENTITY b "&a;&a;&a;">
      ]>
      <r>&b;</r>
      """)
    #expect(error?.kind == .hostile)
    #expect(error?.location.line == 2)
    #expect(error?.message.contains("'a'") == true)
  }

  @Test(
    "entities from elsewhere are refused",
    arguments: [
      "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>",
      "<!DOCTYPE r [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x.dtd'> %p;]><r/>",
      "<!DOCTYPE r [<!ENTITY x SYSTEM 'a.gif' NDATA gif>]><r/>",
      "<!DOCTYPE r [<!ENTITY x PUBLIC 'p' 'file:///etc/passwd'>]><r a='&x;'/>",
    ])
  func externalEntities(document: String) {
    #expect(failure(document)?.kind == .hostile)
  }

  @Test("an external document type is not loaded and does no harm")
  func externalSubset() throws {
    let root = try parse("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r>x</r>")
    #expect(root.text == "x")
  }

  @Test("predefined entities may be declared again")
  func predefined() throws {
    #expect(try parse("<!DOCTYPE r [<!ENTITY lt '&#38;#60;'>]><r>&lt;</r>").text == "<")
  }

  @Test("an undeclared entity is an error that names it")
  func undeclared() {
    #expect(failure("<r>&nbsp;</r>")?.kind == .malformed)
    let late = failure("<!DOCTYPE r SYSTEM 'r.dtd'><r>&nbsp;</r>")
    #expect(late?.kind == .malformed)
    #expect(late?.message.contains("'nbsp'") == true)
  }

  @Test("nesting beyond the limit is refused, and beyond libxml2's own too")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(
        (String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
    }
    #expect(failure(nested(250)) == nil)
    #expect(failure(nested(251))?.kind == .tooDeep)
    #expect(failure(nested(100_000), limits: DocumentLimits(depth: 500))?.kind == .tooDeep)
  }

  @Test("too many nodes and too many bytes are refused")
  func sizes() {
    let wide = Array("<a><b c='1'/><b/><b/></a>".utf8)
    #expect(failure(wide, limits: DocumentLimits(nodes: 5)) == nil)
    #expect(failure(wide, limits: DocumentLimits(nodes: 4))?.kind == .tooLarge)
    #expect(failure(wide, limits: DocumentLimits(bytes: 24))?.kind == .tooLarge)
  }

  @Test(
    "a document cut off anywhere is truncated",
    arguments: ["", "<a", "<a b='x", "<a><b>text</b>", "<a>text", "<a><!-- ", "<?xml version='1"])
  func truncated(document: String) {
    #expect(failure(document)?.kind == .truncated)
  }

  @Test(
    "broken markup is malformed, with its line",
    arguments: [
      "<a>\n<b></c></a>", "<a>\n</a><b/>", "<a>\n<b x=1/></a>", "<a>\n<b x='1' x='2'/></a>",
    ])
  func malformed(document: String) {
    let error = failure(document)
    #expect(error?.kind == .malformed)
    #expect(error?.location.line == 2)
  }

  @Test("UTF-16, Latin 1 and Windows-1252 are read as declared")
  func encodings() throws {
    let utf16 = utf16Bytes("<a>ä€</a>")
    #expect(try parseXML(utf16, path: "f").text == "ä€")
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE4] + "</a>".utf8
    #expect(try parseXML(latin, path: "f").text == "ä")
    let western =
      Array("<?xml version='1.0' encoding='Windows-1252'?><a>".utf8) + [0x80] + "</a>".utf8
    #expect(try parseXML(western, path: "f").text == "€")
    #expect(try parse("\u{FEFF}<a>ä</a>").text == "ä")
  }

  @Test("UTF-8 that calls itself UTF-16 is read as UTF-8")
  func mislabelledUTF16() throws {
    #expect(try parse("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>ä</a>").text == "ä")
  }

  @Test("bytes that are not of the declared encoding are named as such")
  func wrongEncoding() {
    let undeclared = failure(Array("<a>\n".utf8) + [0xE4, 0x6E] + "</a>".utf8)
    #expect(undeclared?.kind == .wrongEncoding)
    #expect(undeclared?.location.line == 2)
    let unknown = failure("<?xml version='1.0' encoding='klingon'?><a/>")
    #expect(unknown?.kind == .wrongEncoding)
  }

  @Test("the root is found without reading on")
  func rootName() throws {
    let start = try #require(
      xmlRootName(Array("\u{FEFF}<?xml version='1.0'?><!--x--><p:a xmlns:p='u'><b".utf8)))
    #expect(start.name == "a")
    #expect(start.namespace == "u")
    #expect(xmlRootName(Array("<a/>".utf8))?.namespace == nil)
    #expect(xmlRootName(Array("{\"a\": 1}".utf8)) == nil)
    #expect(xmlRootName(Array("plain text".utf8)) == nil)
    #expect(xmlRootName([]) == nil)
    #expect(xmlRootName(Array("<!DOCTYPE r [<!ENTITY a 'x'>]><r/>".utf8))?.name == "r")
  }
}
