import DocumentReading
import Facts
import Testing

@Suite("YAML")
struct ParseYAMLTests {
  private func parse(_ text: String) throws -> DataNode {
    try parseYAML(Array(text.utf8), path: "f.yaml")
  }

  private func failure(_ text: String, limits: DocumentLimits = .standard) -> DocumentError? {
    documentError { _ = try parseYAML(Array(text.utf8), path: "f.yaml", limits: limits) }
  }

  @Test(
    "plain scalars follow the core schema of YAML 1.2",
    arguments: [
      ("true", "bool"), ("False", "bool"), ("on", "string"), ("yes", "string"), ("NO", "string"),
      ("null", "null"), ("~", "null"), ("", "null"), ("12", "number"), ("-1.5e3", "number"),
      ("+7", "number"), (".5", "number"), ("1.", "number"), ("0x1F", "number"), ("0o17", "number"),
      ("1:30", "string"), ("1_000", "string"), ("2024-01-01", "string"), ("0x", "string"),
      ("1.2.3", "string"), ("-", "string"), ("nan", "string"), ("inf", "string"),
      ("0x1p4", "string"), ("'12'", "string"), ("\"true\"", "string"), ("!!str 12", "string"),
      ("!!int 12", "number"), ("1e999", "string"), ("tRUE", "string"),
    ])
  func coreSchema(scalar: String, type: String) throws {
    let node = try #require(parse("k: \(scalar == "-" ? "'-'" : scalar)\n")["k"])
    let found =
      switch node.value {
      case .null: "null"
      case .bool: "bool"
      case .number: "number"
      case .string: "string"
      case .array, .object: "collection"
      }
    #expect(found == type)
  }

  @Test("numbers keep their spelling")
  func spelling() throws {
    let root = try parse("version: 1.10\nhex: 0x1F\nplus: +7\n")
    #expect(root["version"]?.text == "1.10")
    #expect(root["hex"]?.int == 31)
    #expect(root["plus"]?.int == 7)
    #expect(root["plus"]?.text == "+7")
  }

  @Test("values and keys are located by line, column and path")
  func locations() throws {
    let root = try parse("a:\n  - x\n  - ä: 1\n    b:  [c]\n")
    #expect(root["a"]?[1]?["b"]?[0]?.location.description == "f.yaml:4:10 ($.a[1].b[0])")
    #expect(root["a"]?[1]?.object?.last?.keyLocation.position == "4:5")
  }

  @Test("local tags are kept, those of YAML itself are not")
  func tags() throws {
    let root = try parse("a: !Ref Bucket\nb: !GetAtt [x, y]\nc: !Sub {k: v}\nd: !!str 1\n")
    #expect(root.object?.map { $0.value.tag } == ["!Ref", "!GetAtt", "!Sub", nil])
    #expect(root["a"]?.string == "Bucket")
  }

  @Test("merge keys are applied, and own keys win")
  func merge() throws {
    let root = try parse(
      """
      base: &base {retries: 3, owner: ops}
      more: &more {retries: 9, pool: big}
      one: {<<: *base, retries: 5}
      two:
        <<: [*base, *more]
      """)
    #expect(root["one"]?["retries"]?.int == 5)
    #expect(root["one"]?["owner"]?.string == "ops")
    #expect(root["two"]?["retries"]?.int == 3)
    #expect(root["two"]?["pool"]?.string == "big")
  }

  @Test("several documents are read, but not where one is expected")
  func documents() throws {
    let text = Array("a: 1\n---\nb: 2\n".utf8)
    #expect(try parseYAMLDocuments(text, path: "f").map { $0.object?.first?.key } == ["a", "b"])
    let error = documentError { _ = try parseYAML(text, path: "f") }
    #expect(error?.kind == .malformed)
    #expect(error?.location.line == 3)
    #expect(try parseYAMLDocuments([], path: "f").isEmpty)
    #expect(try parse("# nothing\n").isNull)
  }

  @Test("a key twice in one mapping is refused, with the line of the first")
  func duplicateKeys() {
    let error = failure("x:\n  a: 1\n  b: 2\n  a: 3\n")
    #expect(error?.kind == .malformed)
    #expect(error?.location.line == 2)
    #expect(error?.message.contains("'a'") == true)
    #expect(failure("a: 1\n'a': 2\n")?.kind == .malformed)
  }

  @Test("an alias bomb among values is refused by counting")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(failure(text, limits: DocumentLimits(nodes: 100_000))?.kind == .tooLarge)
  }

  @Test("an alias bomb among keys is refused before it is compared")
  func aliasBombInKeys() {
    var text = "- &a0 [x, x]\n"
    for level in 1...60 { text += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(failure(text + "- {*a60 : 1}\n")?.kind == .hostile)
    #expect(failure(text + "- ? *a60\n  : 1\n")?.kind == .hostile)
    #expect(failure(text + "- {[*a60, *a59]: 1}\n")?.kind == .hostile)
    #expect(failure("&a x: [\n*a , *a]\n") == nil)
  }

  @Test("many uses of one anchor are ordinary")
  func manyAliases() throws {
    var text = "base: &base {a: 1}\n"
    for index in 0..<2000 { text += "k\(index): *base\n" }
    #expect(try parse(text)["k1999"]?["a"]?.int == 1)
  }

  @Test("nesting and size are limited")
  func limits() {
    #expect(failure(String(repeating: "[", count: 100_000))?.kind == .tooDeep)
    let deep = String(repeating: "[", count: 260) + String(repeating: "]", count: 260)
    #expect(failure(deep)?.kind == .tooDeep)
    let block = (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(failure(block)?.kind == .tooDeep)
    #expect(failure("[1, 2]", limits: DocumentLimits(nodes: 2))?.kind == .tooLarge)
    #expect(failure("a: 1", limits: DocumentLimits(bytes: 3))?.kind == .tooLarge)
  }

  @Test(
    "broken YAML is malformed, with its line, and its content is not quoted",
    arguments: [
      ("a: secret\n\tb: 1\n", 2), ("a: @secret\n", 1), ("a: 'secret\n", 2),
      ("a: 1\n b: secret\n", 2),
      ("a: *secret\n", 1), ("a: {% secret %}\n", 1), ("a: [secret\n", 2),
    ])
  func malformed(text: String, line: Int) {
    let error = failure(text)
    #expect(error?.kind == .malformed)
    #expect(error?.location.line == line)
    #expect(error?.message.contains("secret") == false)
  }

  @Test("reserved characters are accepted where asked for")
  func reserved() throws {
    let text = Array("p:\n  @type: String\n  v: @it's here # c\n  w: `x`\nq: a@b\n".utf8)
    #expect(documentError { _ = try parseYAML(text, path: "f") }?.location.line == 2)
    let root = try parseYAML(text, path: "f", acceptsReserved: true)
    #expect(root["p"]?.object?.map(\.key) == ["@type", "v", "w"])
    #expect(root["p"]?.object?.map(\.value.string) == ["String", "@it's here", "`x`"])
    #expect(root["q"]?.string == "a@b")
    #expect(root["q"]?.location.position == "5:4")
    let broken = Array("a: @b\nc: %d\n".utf8)
    let error = documentError { _ = try parseYAML(broken, path: "f", acceptsReserved: true) }
    #expect(error?.location.line == 2)
  }

  @Test("a collection as key is refused")
  func complexKey() {
    #expect(failure("? [a, b]\n: 1\n")?.kind == .malformed)
  }

  @Test("UTF-16 and Windows-1252 are read, binary is not")
  func encodings() throws {
    #expect(try parseYAML(utf16Bytes("a: ä\n"), path: "f")["a"]?.string == "ä")
    #expect(try parseYAML(Array("a: ".utf8) + [0xE4], path: "f")["a"]?.string == "ä")
    let binary = documentError { _ = try parseYAML([0x61, 0, 1, 2], path: "f") }
    #expect(binary?.kind == .wrongEncoding)
  }
}
