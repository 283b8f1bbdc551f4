import DocumentReading
import Testing

@Suite("Archives that are written") struct WriteArchiveTests {
  private let members = [
    ArchiveMember(path: "b/größe.txt", bytes: Array("second".utf8)),
    ArchiveMember(path: "a.json", bytes: Array(repeating: 0x61, count: 100_000)),
    ArchiveMember(path: "c/empty", bytes: []),
  ]

  @Test("hold what was put in, as our reader finds it, and are the same bytes each time")
  func roundTrip() throws {
    let bytes = try zipArchive(of: members)
    #expect(isZipArchive(bytes))
    #expect(try readArchive(bytes, path: "x.zip") == members.sorted { $0.path < $1.path })
    #expect(try zipArchive(of: members) == bytes)
    // Deflated: a hundred thousand equal bytes take next to nothing.
    #expect(bytes.count < 2_000)
  }

  @Test("what cannot be deflated is held as well")
  func incompressible() throws {
    var state: UInt64 = 1
    let noise = (0..<300_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let member = ArchiveMember(path: "noise", bytes: noise)
    #expect(try readArchive(try zipArchive(of: [member]), path: "x.zip") == [member])
  }

  @Test(
    "paths that would leave the archive, or are there twice, are refused",
    arguments: [
      ["../a"], ["/a"], ["a", "a"], ["a/"], ["a//b"],
    ])
  func paths(names: [String]) {
    #expect(throws: DocumentError.self) {
      try zipArchive(of: names.map { ArchiveMember(path: $0, bytes: []) })
    }
  }
}
