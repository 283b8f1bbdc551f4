/// The form in which names are compared: letters and digits only, lower case, accents kept.
///
/// `"KYC_Screening Bot"`, `"kyc-screening-bot"` and `"KYCScreeningBot"` are one name. A name without
/// any letter or digit is its own key.
public func nameKey(_ name: String) -> String {
  asciiNameKey(name) ?? nameKeyByCharacters(name)
}

/// The key of any name, character by character.
func nameKeyByCharacters(_ name: String) -> String {
  let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
  return key.isEmpty ? name : key
}

/// The key of a name that is ASCII, byte by byte; `nil` of any other.
///
/// Names are compared so often that this decides how long a large estate takes.
private func asciiNameKey(_ name: String) -> String? {
  var kept = 0
  var isKey = true
  for byte in name.utf8 {
    guard byte < 0x80 else { return nil }
    let lower = lowerCaseLetterOrDigit(byte)
    if lower != 0 { kept += 1 }
    isKey = isKey && lower != 0 && lower == byte
  }
  if isKey || kept == 0 { return name }
  return String(unsafeUninitializedCapacity: kept) { buffer in
    var place = 0
    for byte in name.utf8 {
      let lower = lowerCaseLetterOrDigit(byte)
      guard lower != 0 else { continue }
      buffer[place] = lower
      place += 1
    }
    return place
  }
}

/// A letter in lower case or a digit of ASCII; 0 for any other byte.
@inline(__always)
private func lowerCaseLetterOrDigit(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 0x30...0x39, 0x61...0x7A: byte
  case 0x41...0x5A: byte + 0x20
  default: 0
  }
}

/// What an end of a connection can be.
public enum EntityKind: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// An automation: bot, rules, workflow, agent, script, orchestrator.
  case system
  /// A system of record or tool that automations and people use.
  case application
  /// A group of people.
  case team
  /// A data object or store: file, queue, table, topic.
  case data

  /// Orders as declared: systems, applications, teams, data.
  public static func < (a: EntityKind, b: EntityKind) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A name of a thing, as some file spells it, with the kind it must have.
///
/// Two references are equal where kind and `nameKey` are equal.
public struct EntityReference: Sendable, Codable, Comparable {
  /// Kind of the thing.
  public var kind: EntityKind
  /// Name as the file spells it.
  public var name: String

  /// Creates a reference.
  public init(_ kind: EntityKind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// `nameKey` of the name.
  public var key: String { nameKey(name) }

  /// Orders by kind, then key.
  public static func < (a: EntityReference, b: EntityReference) -> Bool {
    (a.kind, a.key) < (b.kind, b.key)
  }
}

extension EntityReference: Hashable {
  /// Equal where kind and key are equal.
  public static func == (a: EntityReference, b: EntityReference) -> Bool {
    a.kind == b.kind && a.key == b.key
  }

  /// Hashes kind and key.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(key)
  }
}
