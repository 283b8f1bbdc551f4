import DocumentReading

/// The document error that reading throws; `nil` where it throws none.
func documentError(_ reading: () throws -> Void) -> DocumentError? {
  do {
    try reading()
    return nil
  } catch {
    return error as? DocumentError
  }
}

/// Little-endian UTF-16 with its byte order mark.
func utf16Bytes(_ text: String) -> [UInt8] {
  [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
}

/// A small deterministic generator (SplitMix64; Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A ZIP archive of stored (unpacked) members, written byte by byte after APPNOTE 6.3.10.
struct StoredArchive {
  struct Member {
    var name: [UInt8]
    var content: [UInt8]
    var isUTF8 = false
    var isEncrypted = false
    /// Unix mode in the external attributes; 0 for none.
    var mode: UInt32 = 0
  }

  var members: [Member] = []

  init(_ files: [(String, String)] = []) {
    members = files.map { Member(name: Array($0.0.utf8), content: Array($0.1.utf8)) }
  }

  func bytes() -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let flags = (member.isUTF8 ? 0x800 : 0) | (member.isEncrypted ? 1 : 0)
      var common: [UInt8] = []
      common += little(20, 2) + little(flags, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
      common += little(Int(crc32(member.content)), 4)
      common += little(member.content.count, 4) + little(member.content.count, 4)
      common += little(member.name.count, 2) + little(0, 2)
      directory += [0x50, 0x4B, 0x01, 0x02] + little(member.mode == 0 ? 20 : 0x0314, 2) + common
      directory += little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(Int(member.mode) << 16, 4) + little(file.count, 4) + member.name
      file += [0x50, 0x4B, 0x03, 0x04] + common + member.name + member.content
    }
    let end =
      [0x50, 0x4B, 0x05, 0x06] + little(0, 2) + little(0, 2) + little(members.count, 2)
      + little(members.count, 2) + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
    return file + directory + end
  }

  private func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var checksum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 {
        let carry = checksum & 1 == 1
        checksum >>= 1
        if carry { checksum ^= 0xEDB8_8320 }
      }
    }
    return ~checksum
  }
}
