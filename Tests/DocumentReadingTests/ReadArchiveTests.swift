import DocumentReading
import Facts
import Testing

@Suite("Archives")
struct ReadArchiveTests {
  private func failure(
    _ bytes: [UInt8], limits: DocumentLimits = .standard
  ) -> DocumentError? {
    documentError { _ = try readArchive(bytes, path: "a.zip", limits: limits) }
  }

  @Test("members come ordered by path, folders are left out")
  func members() throws {
    let archive = StoredArchive([
      ("b/", ""), ("b/two.txt", "2"), ("./a.txt", "1"), ("b\\three.txt", "3"),
    ])
    let members = try readArchive(archive.bytes(), path: "a.zip")
    #expect(members.map(\.path) == ["a.txt", "b/three.txt", "b/two.txt"])
    #expect(members.map { String(decoding: $0.bytes, as: UTF8.self) } == ["1", "3", "2"])
  }

  @Test("an empty archive has no members")
  func empty() throws {
    #expect(try readArchive(StoredArchive().bytes(), path: "a.zip").isEmpty)
  }

  @Test("names are read as UTF-8, else as code page 437")
  func names() throws {
    var archive = StoredArchive([("größe.txt", "1")])
    #expect(try readArchive(archive.bytes(), path: "a.zip").map(\.path) == ["größe.txt"])
    archive.members[0].isUTF8 = true
    #expect(try readArchive(archive.bytes(), path: "a.zip").map(\.path) == ["größe.txt"])
    archive.members[0].isUTF8 = false
    archive.members[0].name = [0x81, 0x62, 0x65, 0x72]
    #expect(try readArchive(archive.bytes(), path: "a.zip").map(\.path) == ["über"])
  }

  @Test(
    "paths that lead out of the archive are refused",
    arguments: [
      "../x", "a/../../x", "a\\..\\x", "/etc/passwd", "\\\\server\\x", "C:\\x", "c:/x", "a\u{1}b",
    ])
  func traversal(name: String) {
    #expect(failure(StoredArchive([("ok", "1"), (name, "2")]).bytes())?.kind == .hostile)
  }

  @Test("the same path twice is refused, however it is spelt")
  func duplicates() {
    let error = failure(StoredArchive([("a/b", "1"), ("a\\.\\b", "2")]).bytes())
    #expect(error?.kind == .hostile)
    #expect(error?.location.path == "a.zip!/a/b")
  }

  @Test("encrypted members are refused")
  func encrypted() {
    var archive = StoredArchive([("a", "1234567890123")])
    archive.members[0].isEncrypted = true
    #expect(failure(archive.bytes())?.kind == .unreadable)
  }

  @Test("symbolic links are left out")
  func links() throws {
    var archive = StoredArchive([("link", "/etc/passwd"), ("file", "1")])
    archive.members[0].mode = 0o120777
    #expect(try readArchive(archive.bytes(), path: "a.zip").map(\.path) == ["file"])
  }

  @Test("an archive cut off anywhere is an error")
  func truncated() {
    let bytes = StoredArchive([("a", "content"), ("b", "content")]).bytes()
    for length in 0..<bytes.count {
      #expect(failure(Array(bytes[..<length])) != nil, "cut at \(length)")
    }
    #expect(failure(Array(bytes[..<40]))?.kind == .truncated)
  }

  @Test("a wrong checksum is an error")
  func checksum() {
    var bytes = StoredArchive([("a", "content")]).bytes()
    bytes[31] ^= 1
    #expect(failure(bytes)?.kind == .malformed)
  }

  @Test("what is not an archive is not taken for one")
  func notAnArchive() {
    #expect(!isZipArchive(Array("PK".utf8)))
    #expect(isZipArchive(StoredArchive().bytes()))
    #expect(failure(Array("hello".utf8))?.kind == .malformed)
  }

  @Test("members and bytes are limited")
  func limits() {
    let bytes = StoredArchive([("a", "12345"), ("b", "12345")]).bytes()
    #expect(failure(bytes, limits: DocumentLimits(archiveMembers: 2)) == nil)
    #expect(failure(bytes, limits: DocumentLimits(archiveMembers: 1))?.kind == .tooLarge)
    #expect(failure(bytes, limits: DocumentLimits(expandedBytes: 10)) == nil)
    #expect(failure(bytes, limits: DocumentLimits(expandedBytes: 9))?.kind == .tooLarge)
  }

  @Test("a bomb is refused by its ratio")
  func bomb() {
    let error = documentError {
      _ = try expandGzip(zeroBomb, path: "z.gz", limits: DocumentLimits(compressionRatio: 100))
    }
    #expect(error?.kind == .hostile)
    let large = documentError {
      _ = try expandGzip(zeroBomb, path: "z.gz", limits: DocumentLimits(expandedBytes: 1 << 20))
    }
    #expect(large?.kind == .tooLarge)
  }

  @Test("gzip is read, and an error where it is cut off")
  func gzip() throws {
    // gzip -n of "hello\n", from RFC 1952's own layout.
    let hello: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9,
      0xE7, 0x02, 0x00, 0x20, 0x30, 0x3A, 0x36, 0x06, 0x00, 0x00, 0x00,
    ]
    #expect(isGzip(hello))
    #expect(try expandGzip(hello, path: "h.gz") == Array("hello\n".utf8))
    for length in 3..<hello.count - 8 {
      let cut = Array(hello[..<length])
      #expect(documentError { _ = try expandGzip(cut, path: "h.gz") } != nil, "cut at \(length)")
    }
  }

  /// A gzip stream of 32 MiB of zeros in 211 kB: one deflate block of fixed codes that repeats a
  /// copy of length 258 at distance 1.
  private var zeroBomb: [UInt8] {
    var bits = BitWriter()
    bits.write(1, 1)
    bits.write(1, 2)
    // Literal 0 is the code 00110000; length 258 is symbol 285 = 11000101, distance 1 is 00000.
    bits.writeCode(0b0011_0000, 8)
    for _ in 0..<130_100 {
      bits.writeCode(0b1100_0101, 8)
      bits.writeCode(0, 5)
    }
    bits.writeCode(0, 7)
    return [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3] + bits.bytes + Array(repeating: 0, count: 8)
  }
}

/// Writes bits as deflate packs them, after RFC 1951, section 3.1.1.
private struct BitWriter {
  var bytes: [UInt8] = []
  private var count = 0

  mutating func write(_ value: Int, _ width: Int) {
    for bit in 0..<width {
      if count % 8 == 0 { bytes.append(0) }
      if value >> bit & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(count % 8) }
      count += 1
    }
  }

  /// Huffman codes are packed from their most significant bit.
  mutating func writeCode(_ code: Int, _ width: Int) {
    for bit in (0..<width).reversed() { write(code >> bit & 1, 1) }
  }
}
