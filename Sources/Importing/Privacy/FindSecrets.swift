/// A value in a text that looks like a credential.
struct FoundSecret: Hashable {
  /// What it looks like.
  var kind: Kind
  /// Bytes of the value.
  var range: Range<Int>

  /// What a value can look like.
  enum Kind: String, CaseIterable {
    /// The value of something called a password.
    case password
    /// A key or token: by its own form, or as the value of something called so.
    case key = "access key"
    /// A private key in PEM form.
    case privateKey = "private key"
    /// The part of an address that opens it: a signature, or the password before the host.
    case address = "signed address"
  }
}

/// Values in a text that look like credentials, in order, none inside another.
///
/// Found are keys of well-known form (the prefixes that their issuers give them so that they can be
/// found), what stands after a name such as `password`, `apiKey` or `client_secret` in JSON, YAML, XML,
/// or a connection string, and what opens an address. Placeholders and references (`${…}`, `{{…}}`,
/// `@Microsoft.KeyVault(…)`, `secrets.X`) are none.
/// - Complexity: O(bytes).
func secrets(in text: some Collection<UInt8>) -> [FoundSecret] {
  let copied = text.withContiguousStorageIfAvailable { secrets(inBytes: $0) }
  return copied ?? Array(text).withUnsafeBufferPointer { secrets(inBytes: $0) }
}

/// A text without what looks like a credential, and how many such values it had.
func withoutSecrets(_ text: String) -> (text: String, count: Int) {
  let bytes = Array(text.utf8)
  let found = secrets(in: bytes)
  guard !found.isEmpty else { return (text, 0) }
  var kept: [UInt8] = []
  var position = 0
  for secret in found {
    kept += bytes[position..<secret.range.lowerBound]
    kept += Array("[removed]".utf8)
    position = secret.range.upperBound
  }
  kept += bytes[position...]
  return (String(decoding: kept, as: UTF8.self), found.count)
}

private typealias Bytes = UnsafeBufferPointer<UInt8>

private func secrets(inBytes bytes: Bytes) -> [FoundSecret] {
  var found: [FoundSecret] = []
  var index = 0
  while index < bytes.count {
    guard isWordByte(bytes[index]) else {
      if let secret = beginningAtSign(bytes, index) {
        found.append(secret)
        index = secret.range.upperBound
      } else {
        index += 1
      }
      continue
    }
    var end = index
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    let secret = wellKnownKey(bytes, index..<end) ?? namedValue(bytes, index..<end)
    if let secret { found.append(secret) }
    index = max(end, secret?.range.upperBound ?? end)
  }
  return found
}

// MARK: Keys of well-known form

/// Prefix of a key, bytes that follow at least, and whether its body may have dots.
private let keyPrefixes: [(prefix: [UInt8], following: Int)] = [
  ("AKIA", 16), ("ASIA", 16), ("AIza", 35), ("ghp_", 30), ("gho_", 30), ("ghu_", 30),
  ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20),
  ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20), ("sk-ant-", 20), ("sk-proj-", 20),
  ("sk-or-", 20), ("sk-", 32), ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16), ("hf_", 30),
  ("npm_", 30), ("pypi-", 40), ("shpat_", 30), ("dop_v1_", 40), ("lin_api_", 30), ("gsk_", 40),
].map { (Array($0.0.utf8), $0.1) }

private func wellKnownKey(_ bytes: Bytes, _ word: Range<Int>) -> FoundSecret? {
  for (prefix, following) in keyPrefixes
  where word.count >= prefix.count + following && begins(bytes, word.lowerBound, with: prefix) {
    let body = word.dropFirst(prefix.count)
    // `sk-` followed by words and hyphens is a name, not a key.
    guard body.contains(where: { isDigit(bytes[$0]) }) else { continue }
    return FoundSecret(kind: .key, range: word.lowerBound..<word.upperBound)
  }
  if begins(bytes, word.lowerBound, with: Array("eyJ".utf8)) { return webToken(bytes, word) }
  if word.count == 2, begins(bytes, word.lowerBound, with: Array("SG.".utf8)) {
    let end = endOfToken(bytes, word.lowerBound)
    return end - word.lowerBound >= 60
      ? FoundSecret(kind: .key, range: word.lowerBound..<end) : nil
  }
  return nil
}

/// A JSON web token: three parts with dots between, each Base64 of JSON but the last.
private func webToken(_ bytes: Bytes, _ word: Range<Int>) -> FoundSecret? {
  let second = word.upperBound
  guard word.count >= 10, second < bytes.count, bytes[second] == UInt8(ascii: "."),
    begins(bytes, second + 1, with: Array("eyJ".utf8))
  else { return nil }
  return FoundSecret(kind: .key, range: word.lowerBound..<endOfToken(bytes, second))
}

// MARK: Values of things called secret

private let passwordNames = ["password", "passwd", "pwd", "passphrase"].map { Array($0.utf8) }
private let keyNames = [
  "secret", "apikey", "accesskey", "accountkey", "secretkey", "privatekey", "subscriptionkey",
  "token", "connectionstring", "secretaccesskey", "signingkey", "encryptionkey",
].map { Array($0.utf8) }
/// Names that end like a secret and are none.
private let harmlessNames = [
  "publickeytoken", "nexttoken", "pagetoken", "continuationtoken", "tasktoken", "synctoken",
].map { Array($0.utf8) }

private func namedValue(_ bytes: Bytes, _ word: Range<Int>) -> FoundSecret? {
  // Only `d`, `e`, `t`, `y`, `n` and `g` end one of the names.
  guard word.count >= 3, word.count <= 80 else { return nil }
  switch bytes[word.upperBound - 1] | 0x20 {
  case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "y"),
    UInt8(ascii: "n"), UInt8(ascii: "g"):
    break
  default: return nil
  }
  let name = word.compactMap { index -> UInt8? in
    let byte = bytes[index]
    return byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") ? nil : lowercased(byte)
  }
  let isPassword = passwordNames.contains { name.hasSuffix($0) }
  guard isPassword || keyNames.contains(where: { name.hasSuffix($0) }),
    !harmlessNames.contains(where: { name.hasSuffix($0) }),
    let value = valueAfter(bytes, word.upperBound)
  else { return nil }
  return isSecret(bytes, value, isPassword: isPassword)
    ? FoundSecret(kind: isPassword ? .password : .key, range: value) : nil
}

/// The value that stands after a name: `: "x"`, `="x"`, `=x;`, `>x<`; `nil` where none does.
private func valueAfter(_ bytes: Bytes, _ end: Int) -> Range<Int>? {
  var index = end
  func skip(_ accepted: (UInt8) -> Bool) {
    while index < bytes.count, index < end + 200, accepted(bytes[index]) { index += 1 }
  }
  func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
  }
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  skip(isQuote)
  skip(isBlank)
  guard index < bytes.count,
    [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">")].contains(bytes[index])
  else { return nil }
  let isElement = bytes[index] == UInt8(ascii: ">")
  index += 1
  if !isElement { skip(isBlank) }
  let quote = index
  skip(isQuote)
  let isQuoted = index > quote
  let start = index
  while index < bytes.count, index < start + 4096 {
    let byte = bytes[index]
    if byte == UInt8(ascii: "<") || byte < 0x20 || isQuote(byte) { break }
    let endsBare: [UInt8] = [
      UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "&"),
      UInt8(ascii: "}"), UInt8(ascii: ")"),
    ]
    if !isQuoted, !isElement, endsBare.contains(byte) { break }
    // A connection string may stand within the quotes.
    if byte == UInt8(ascii: ";") { break }
    index += 1
  }
  return start < index ? start..<index : nil
}

private func isSecret(_ bytes: Bytes, _ value: Range<Int>, isPassword: Bool) -> Bool {
  guard value.count >= (isPassword ? 4 : 16), value.count <= 4096 else { return false }
  let references: [UInt8] = Array("${}[%<@=#(*".utf8)
  let first = bytes[value.lowerBound]
  guard !references.contains(first), !begins(bytes, value.lowerBound, with: Array("arn:".utf8))
  else { return false }
  var digits = 0
  var others = 0
  for index in value {
    let byte = bytes[index]
    if byte == 0x20 || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { return false }
    if byte == UInt8(ascii: "("), !isPassword { return false }
    if isDigit(byte) { digits += 1 }
    if !isWordByte(byte), byte != UInt8(ascii: ".") { others += 1 }
  }
  // Letters alone are the name of a variable, a type or a stored credential.
  guard digits > 0 || (isPassword && others > 0) else { return false }
  // An address with what opens it is found by itself.
  return !contains(bytes, value, "://")
}

// MARK: What opens an address

/// A credential that begins at a byte that belongs to no word.
private func beginningAtSign(_ bytes: Bytes, _ index: Int) -> FoundSecret? {
  switch bytes[index] {
  case UInt8(ascii: ":"):
    return begins(bytes, index, with: Array("://".utf8)) ? userInformation(bytes, index + 3) : nil
  case UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: ";"):
    guard begins(bytes, index + 1, with: Array("sig=".utf8)) else { return nil }
    let start = index + 5
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) || "%+/=.~".utf8.contains(bytes[end]) {
      end += 1
    }
    return end - start >= 20 ? FoundSecret(kind: .address, range: start..<end) : nil
  case 0x20: return privateKey(bytes, index) ?? headerValue(bytes, index)
  default: return nil
  }
}

/// What stands after `Basic` or `Bearer` in a header.
private func headerValue(_ bytes: Bytes, _ space: Int) -> FoundSecret? {
  guard
    begins(bytes, space - 5, with: Array("Basic".utf8))
      || begins(bytes, space - 6, with: Array("Bearer".utf8))
  else { return nil }
  let value = space + 1..<endOfToken(bytes, space + 1)
  guard value.count >= 16, value.contains(where: { isDigit(bytes[$0]) }) else { return nil }
  return FoundSecret(kind: .key, range: value)
}

/// The password of `user:password@host`.
private func userInformation(_ bytes: Bytes, _ start: Int) -> FoundSecret? {
  var colon: Int?
  var index = start
  while index < bytes.count, index < start + 256 {
    switch bytes[index] {
    case UInt8(ascii: "@"):
      guard let colon, index > colon + 1 else { return nil }
      let isPlaceholder = "${<[*%".utf8.contains(bytes[colon + 1])
      return isPlaceholder ? nil : FoundSecret(kind: .address, range: colon + 1..<index)
    case UInt8(ascii: ":"): colon = colon ?? index
    case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), 0x00...0x20:
      return nil
    default: break
    }
    index += 1
  }
  return nil
}

private func privateKey(_ bytes: Bytes, _ index: Int) -> FoundSecret? {
  let beginning = Array("KEY-----".utf8)
  // Found from its last word on: what stands before, between the hyphens, is no secret.
  guard bytes[index] == 0x20, begins(bytes, index + 1, with: beginning), index >= 7,
    begins(bytes, index - 7, with: Array("PRIVATE".utf8))
  else { return nil }
  let start = index + 1 + beginning.count
  var end = start
  while end < bytes.count, end < start + 20_000, !begins(bytes, end, with: Array("-----END".utf8)) {
    end += 1
  }
  return end > start + 40 ? FoundSecret(kind: .privateKey, range: start..<end) : nil
}

// MARK: Bytes

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

private func isWordByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "_")
    || byte == UInt8(ascii: "-")
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

private func begins(_ bytes: Bytes, _ index: Int, with text: [UInt8]) -> Bool {
  guard index >= 0, index + text.count <= bytes.count else { return false }
  return text.indices.allSatisfy { bytes[index + $0] == text[$0] }
}

private func contains(_ bytes: Bytes, _ range: Range<Int>, _ text: String) -> Bool {
  let wanted = Array(text.utf8)
  return range.contains { $0 + wanted.count <= range.upperBound && begins(bytes, $0, with: wanted) }
}

/// The end of what a token consists of: letters, digits, and the signs of Base64.
private func endOfToken(_ bytes: Bytes, _ start: Int) -> Int {
  var end = start
  while end < bytes.count, isWordByte(bytes[end]) || "+/=.~".utf8.contains(bytes[end]) { end += 1 }
  return end
}

extension Array where Element == UInt8 {
  fileprivate func hasSuffix(_ other: [UInt8]) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
