import DocumentReading
import Facts
import Testing

@Suite("CSV")
struct ParseCSVTests {
  private func parse(_ text: String) throws -> CSVTable {
    try parseCSV(Array(text.utf8), path: "f.csv")
  }

  private func failure(_ text: String, limits: DocumentLimits = .standard) -> DocumentError? {
    documentError { _ = try parseCSV(Array(text.utf8), path: "f.csv", limits: limits) }
  }

  @Test("quotes, line ends and blank lines are read as RFC 4180 has them")
  func records() throws {
    let table = try parse("a , b,c\r\n1,\"x, \"\"y\"\"\nz\",\r\n\r\n,2\r3,4,5,6")
    #expect(table.header == ["a", "b", "c"])
    #expect(
      table.rows.map(\.fields) == [["1", "x, \"y\"\nz", ""], ["", "2"], ["3", "4", "5", "6"]])
    #expect(table.rows.map(\.line) == [2, 5, 6])
    #expect(table.rows[0][1] == "x, \"y\"\nz")
    #expect(table.rows[1][2] == nil)
  }

  @Test(
    "the delimiter is found in the header, outside quotes",
    arguments: [
      ("a,b\n", ","), ("a;b\n", ";"), ("a\tb\n", "\t"), ("a|b\n", "|"), ("\"x,y,z\";b;c\n", ";"),
      ("alone\n", ","), ("\n\na;b\n", ";"), ("sep=;\na,1;b,2,3\n", ";"),
    ] as [(String, Character)])
  func delimiters(text: String, delimiter: Character) throws {
    let table = try parse(text)
    #expect(table.delimiter == delimiter)
    #expect(table.header.count == (text.hasPrefix("alone") ? 1 : text.hasPrefix("\"x") ? 3 : 2))
  }

  @Test("byte order marks and other encodings are read")
  func encodings() throws {
    #expect(try parse("\u{FEFF}ä,b\n1,2\n").header == ["ä", "b"])
    #expect(try parseCSV(utf16Bytes("ä;b\n1;2\n"), path: "f").header == ["ä", "b"])
    #expect(try parseCSV([0xE4, 0x2C, 0x80], path: "f").header == ["ä", "€"])
  }

  @Test("a quote that is never closed is an error at the line where it opens")
  func unterminatedQuote() {
    let error = failure("a,b\n1,2\n3,\"4\n5,6\n")
    #expect(error?.kind == .truncated)
    #expect(error?.location.line == 3)
  }

  @Test("text after a closing quote is an error, blanks are not")
  func textAfterQuote() throws {
    let error = failure("a,b\n\"1\"x,2\n")
    #expect(error?.kind == .malformed)
    #expect(error?.location.line == 2)
    #expect(try parse("a,b\n\"1\" ,2\n").rows[0].fields == ["1", "2"])
    #expect(try parse("a,b\n1\"2,3\n").rows[0].fields == ["1\"2", "3"])
  }

  @Test("an empty file has no header")
  func empty() {
    #expect(failure("")?.kind == .truncated)
    #expect(failure("\n\r\n")?.kind == .truncated)
  }

  @Test("bytes and fields are limited")
  func limits() {
    #expect(failure("a,b\n1,2\n", limits: DocumentLimits(nodes: 4)) == nil)
    #expect(failure("a,b\n1,2\n", limits: DocumentLimits(nodes: 3))?.kind == .tooLarge)
    #expect(failure("a,b\n1,2\n", limits: DocumentLimits(bytes: 7))?.kind == .tooLarge)
  }

  @Test("what is written is read back", arguments: 0..<100 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let alphabet = ["a", "ä", ",", ";", "\"", "\n", "\r\n", " ", "x y", ""]
    let width = Int.random(in: 2..<6, using: &generator)
    let records = (0..<Int.random(in: 1..<8, using: &generator)).map { _ in
      (0..<width).map { _ in
        (0..<Int.random(in: 0..<5, using: &generator))
          .map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
      }
    }
    let header = (0..<width).map { "c\($0)" }
    let text = ([header] + records).map { record in
      record.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";")
    }.joined(separator: "\r\n")
    let table = try parse(text)
    #expect(table.header == header)
    #expect(table.rows.map(\.fields) == records)
  }
}
