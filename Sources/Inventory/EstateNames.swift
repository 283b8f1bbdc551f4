/// The form in which names are compared: letters and digits only, lower case, accents kept.
///
/// `"KYC_Screening Bot"`, `"kyc-screening-bot"` and `"KYCScreeningBot"` are one name. A name without
/// any letter or digit is its own key.
public func nameKey(_ name: String) -> String {
  let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
  return key.isEmpty ? name : key
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
