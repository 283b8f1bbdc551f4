extension Correction {
  private enum Key: String, CodingKey {
    case action, author, date, system, field, value, kind, names, selection, into, name, alias
  }

  private enum Verb: String, Codable { case set, merge, split, alias, unalias }

  /// Reads a correction that was stored; one that says nothing which could hold is refused.
  ///
  /// Corrections of the first version have no action: they set a fact.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: Key.self)
    func text(_ key: Key) throws -> String { try stored.decode(String.self, forKey: key) }
    func kind() throws -> EntityKind { try stored.decode(EntityKind.self, forKey: .kind) }
    let action: Action =
      switch try stored.decodeIfPresent(Verb.self, forKey: .action) ?? .set {
      case .set:
        .set(
          system: try text(.system), field: try stored.decode(Field.self, forKey: .field),
          value: try text(.value))
      case .merge: .merge(try kind(), names: try stored.decode([String].self, forKey: .names))
      case .split:
        .split(
          system: try text(.system),
          selection: try stored.decode(StatementSelection.self, forKey: .selection),
          into: try text(.into))
      case .alias: .alias(try kind(), name: try text(.name), alias: try text(.alias))
      case .unalias: .unalias(try kind(), name: try text(.name), alias: try text(.alias))
      }
    try self.init(action, author: text(.author), date: text(.date))
  }

  /// Writes the correction as `init(from:)` reads it.
  public func encode(to encoder: any Encoder) throws {
    var stored = encoder.container(keyedBy: Key.self)
    try stored.encode(author, forKey: .author)
    try stored.encode(date, forKey: .date)
    switch action {
    case .set(let system, let field, let value):
      try stored.encode(Verb.set, forKey: .action)
      try stored.encode(system, forKey: .system)
      try stored.encode(field, forKey: .field)
      try stored.encode(value, forKey: .value)
    case .merge(let kind, let names):
      try stored.encode(Verb.merge, forKey: .action)
      try stored.encode(kind, forKey: .kind)
      try stored.encode(names, forKey: .names)
    case .split(let system, let selection, let into):
      try stored.encode(Verb.split, forKey: .action)
      try stored.encode(system, forKey: .system)
      try stored.encode(selection, forKey: .selection)
      try stored.encode(into, forKey: .into)
    case .alias(let kind, let name, let alias):
      try stored.encode(Verb.alias, forKey: .action)
      try encode(kind, name, alias, in: &stored)
    case .unalias(let kind, let name, let alias):
      try stored.encode(Verb.unalias, forKey: .action)
      try encode(kind, name, alias, in: &stored)
    }
  }

  private func encode(
    _ kind: EntityKind, _ name: String, _ alias: String,
    in stored: inout KeyedEncodingContainer<Key>
  ) throws {
    try stored.encode(kind, forKey: .kind)
    try stored.encode(name, forKey: .name)
    try stored.encode(alias, forKey: .alias)
  }
}
