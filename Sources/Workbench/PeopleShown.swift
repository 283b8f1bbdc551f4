import Importing
import Inventory

/// How people are named in what is shown or kept.
public enum PeopleShown: Hashable, Sendable {
  /// By their names, as files and corrections give them.
  case byName
  /// By pseudonyms, whose digests depend on a key.
  case byPseudonym(key: String)

  /// Documents and corrections with people named this way.
  func applied(
    to documents: [SourceDocument], _ corrections: [Correction]
  ) -> (documents: [SourceDocument], corrections: [Correction]) {
    switch self {
    case .byName: return (documents, corrections)
    case .byPseudonym(let key):
      let pseudonyms = Pseudonyms(for: documents, corrections: corrections, key: key)
      return (
        documents.map(pseudonyms.replacing(in:)), corrections.map(pseudonyms.replacing(in:))
      )
    }
  }
}

extension PeopleShown {
  /// What names a person this way, whoever it is.
  var person: (String) -> String {
    switch self {
    case .byName: { $0 }
    case .byPseudonym(let key): Pseudonyms(for: [], key: key).pseudonym(of:)
    }
  }

  /// What names people this way in any text about documents and corrections.
  func texts(
    about documents: [SourceDocument], _ corrections: [Correction]
  ) -> (String) -> String {
    switch self {
    case .byName: return { $0 }
    case .byPseudonym(let key):
      return Pseudonyms(for: documents, corrections: corrections, key: key).replacing(in:)
    }
  }
}

/// Names the people of documents that come one after the other.
struct PeopleNaming {
  private var pseudonyms: Pseudonyms?

  /// Names people as asked.
  init(_ people: PeopleShown) {
    if case .byPseudonym(let key) = people { pseudonyms = Pseudonyms(for: [], key: key) }
  }

  /// Documents with the people whom they, and those before them, name.
  mutating func naming(_ documents: [SourceDocument]) -> [SourceDocument] {
    guard pseudonyms != nil else { return documents }
    pseudonyms?.add(peopleOf: documents)
    return documents.map { pseudonyms?.replacing(in: $0) ?? $0 }
  }

  /// Whether anybody is to be renamed at all.
  var isNeeded: Bool { pseudonyms != nil }
}
