import DocumentReading
import Facts
import Foundation
import Testing

@Suite("JSON")
struct ParseJSONTests {
  private func parse(_ text: String) throws -> DataNode {
    try parseJSON(Array(text.utf8), path: "f.json")
  }

  private func failure(_ text: String, limits: DocumentLimits = .standard) -> DocumentError? {
    documentError { _ = try parseJSON(Array(text.utf8), path: "f.json", limits: limits) }
  }

  @Test("values keep their type, order and spelling")
  func values() throws {
    let root = try parse(
      #"{"b": true, "a": [1, -2.50e1, "x\n\u00e4\ud83d\ude00", null], "one": 1, "": {}}"#)
    #expect(root.object?.map(\.key) == ["b", "a", "one", ""])
    #expect(root["b"]?.bool == true)
    #expect(root["b"]?.double == nil)
    #expect(root["one"]?.bool == nil)
    #expect(root["a"]?[0]?.int == 1)
    #expect(root["a"]?[1]?.double == -25)
    #expect(root["a"]?[1]?.text == "-2.50e1")
    #expect(root["a"]?[1]?.int == -25)
    #expect(root["a"]?[2]?.string == "x\nä😀")
    #expect(root["a"]?[3]?.isNull == true)
    #expect(root["a"]?[4] == nil)
    #expect(root["none"] == nil)
    #expect(root[""]?.object?.isEmpty == true)
  }

  @Test("a value is located by line, column and path")
  func locations() throws {
    let root = try parse("{\n  \"ä\": [1,\n    {\"odd key\": 2}]}")
    let deep = try #require(root["ä"]?[1]?["odd key"])
    #expect(deep.location.description == "f.json:3:17 ($.ä[1]['odd key'])")
    #expect(root["ä"]?[0]?.location.position == "2:9")
    #expect(root["ä"]?[1]?.object?.first?.keyLocation.position == "3:6")
  }

  @Test("columns count characters, not bytes")
  func columns() throws {
    let root = try parse(#"["ää", 1]"#)
    #expect(root[1]?.location.position == "1:8")
  }

  @Test("a byte order mark, UTF-16 and Windows-1252 are read")
  func encodings() throws {
    #expect(try parse("\u{FEFF}{\"a\": 1}")["a"]?.int == 1)
    #expect(try parseJSON(utf16Bytes("[\"ä\"]"), path: "f")[0]?.string == "ä")
    #expect(try parseJSON(Array("[\"".utf8) + [0xE4] + "\"]".utf8, path: "f")[0]?.string == "ä")
  }

  @Test(
    "what RFC 8259 does not allow is malformed, with its place",
    arguments: [
      ("{a: 1}", "1:2"), ("[1,]", "1:4"), ("[1 2]", "1:4"), ("{\"a\" 1}", "1:6"), ("[01]", "1:4"),
      ("[\n.5]", "2:1"), ("[1.]", "1:4"), ("[+1]", "1:2"), ("[NaN]", "1:2"), ("['a']", "1:2"),
      ("[\"a\tb\"]", "1:4"), ("[\"\\x\"]", "1:5"), ("[\"\\u12g4\"]", "1:7"), ("{} {}", "1:4"),
      ("[1] // x", "1:5"), ("/* x */ 1", "1:1"), ("[1e999]", "1:7"), ("tru", "1:1"),
    ])
  func malformed(text: String, position: String) {
    let error = failure(text)
    #expect(error?.kind == .malformed)
    #expect(error?.location.position == position)
  }

  @Test(
    "what ends too early is truncated",
    arguments: ["", " ", "{", "[1", "[1,", "{\"a\"", "{\"a\":", "\"abc", "\"\\u12", "-", "1e"])
  func truncated(text: String) {
    #expect(failure(text)?.kind == .truncated)
  }

  @Test("a key twice in one object is refused, twice in different objects is not")
  func duplicateKeys() throws {
    let error = failure("{\"a\": 1,\n \"b\": 2, \"a\": 3}")
    #expect(error?.kind == .malformed)
    #expect(error?.location.position == "2:10")
    #expect(error?.message.contains("'a'") == true)
    #expect(try parse("[{\"a\": 1}, {\"a\": {\"a\": 2}}]")[1]?["a"]?["a"]?.int == 2)
  }

  @Test("nesting, nodes and bytes are limited")
  func limits() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(failure(deep)?.kind == .tooDeep)
    #expect(failure("[[[]]]", limits: DocumentLimits(depth: 3)) == nil)
    #expect(failure("[[[]]]", limits: DocumentLimits(depth: 2))?.kind == .tooDeep)
    #expect(failure("[1,2,3]", limits: DocumentLimits(nodes: 4)) == nil)
    #expect(failure("[1,2,3]", limits: DocumentLimits(nodes: 3))?.kind == .tooLarge)
    #expect(failure("[1,2,3]", limits: DocumentLimits(bytes: 6))?.kind == .tooLarge)
  }

  @Test("integers beyond 2^53 are numbers but no exact integers")
  func largeIntegers() throws {
    let root = try parse("[9007199254740992, 9007199254740993, 1.5]")
    #expect(root[0]?.int == 9_007_199_254_740_992)
    #expect(root[1]?.text == "9007199254740993")
    #expect(try parse("123456789012345678901234567890").int == nil)
    #expect(root[2]?.int == nil)
  }

  @Test("half a surrogate pair becomes the replacement character")
  func loneSurrogate() throws {
    #expect(try parse(#""a\ud83dz""#).string == "a\u{FFFD}z")
    #expect(try parse(#""\ud83d\ud83d\ude00""#).string == "\u{FFFD}😀")
  }

  @Test("reads what Foundation reads", arguments: 0..<200 as Range<UInt64>)
  func agreesWithFoundation(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var text = ""
    write(depth: 0, into: &text, &generator)
    if Bool.random(using: &generator) {
      // A random cut or change: both must accept it or both refuse it.
      var bytes = Array(text.utf8)
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      if Bool.random(using: &generator) {
        bytes.removeSubrange(index...)
      } else {
        bytes[index] = "[]{}:,\"1 ".utf8.randomElement(using: &generator) ?? 0x20
      }
      text = String(decoding: bytes, as: UTF8.self)
    }
    let theirs = try? JSONSerialization.jsonObject(
      with: Data(text.utf8), options: [.fragmentsAllowed])
    let ours = try? parse(text)
    #expect((theirs == nil) == (ours == nil), "\(text)")
    if let ours, let theirs { #expect(isEqual(ours, theirs), "\(text)") }
  }

  private func write(
    depth: Int, into text: inout String, _ generator: inout SplitMix64
  ) {
    let choice = Int.random(in: 0..<(depth > 4 ? 5 : 8), using: &generator)
    switch choice {
    case 0: text += "null"
    case 1: text += Bool.random(using: &generator) ? "true" : "false"
    case 2: text += "\(Int.random(in: -1000...1000, using: &generator))"
    case 3: text += "\(Double(Int.random(in: -99...99, using: &generator)) / 8)"
    case 4:
      text += ["\"a\"", "\"\"", "\"\\n\\u00e4\"", "\"ß😀\""].randomElement(using: &generator) ?? ""
    case 5, 6:
      text += "["
      for index in 0..<Int.random(in: 0..<4, using: &generator) {
        if index > 0 { text += ", " }
        write(depth: depth + 1, into: &text, &generator)
      }
      text += "]"
    default:
      text += "{"
      for index in 0..<Int.random(in: 0..<4, using: &generator) {
        if index > 0 { text += "," }
        text += "\"k\(index)\": "
        write(depth: depth + 1, into: &text, &generator)
      }
      text += "}"
    }
  }

  private func isEqual(_ ours: DataNode, _ theirs: Any) -> Bool {
    switch ours.value {
    case .null: theirs is NSNull
    case .bool(let truth): (theirs as? NSNumber)?.boolValue == truth
    case .number(let number): (theirs as? NSNumber)?.doubleValue == number
    case .string(let text): theirs as? String == text
    case .array(let items):
      (theirs as? [Any]).map { other in
        other.count == items.count && zip(items, other).allSatisfy { isEqual($0, $1) }
      } ?? false
    case .object(let members):
      (theirs as? [String: Any]).map { other in
        other.count == members.count
          && members.allSatisfy { member in
            other[member.key].map { isEqual(member.value, $0) } ?? false
          }
      } ?? false
    }
  }
}
