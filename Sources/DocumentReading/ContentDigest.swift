internal import CMessageDigest

/// SHA-256 of a content, as 64 lower-case hexadecimal digits (FIPS 180-4).
public func contentDigest(_ bytes: [UInt8]) -> String {
  // 32 bytes in hexadecimal and the closing NUL.
  let length = 65
  let digits = [CChar](unsafeUninitializedCapacity: length) { buffer, count in
    bytes.withUnsafeBufferPointer { _ = SHA256Data($0.baseAddress, $0.count, buffer.baseAddress) }
    count = length
  }
  return String(decoding: digits.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
