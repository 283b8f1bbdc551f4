import Importing
import Inventory

/// How people are named in what is shown or kept.
public enum PeopleShown: Hashable, Sendable {
  /// By their names, as files and corrections give them.
  case byName
  /// By pseudonyms, whose digests depend on a key.
  case byPseudonym(key: String)

  /// What names the people of documents this way, one document at a time.
  func naming(in documents: [SourceDocument]) -> (SourceDocument) -> SourceDocument {
    switch self {
    case .byName: return { $0 }
    case .byPseudonym(let key):
      return Pseudonyms(for: documents, key: key).replacing(in:)
    }
  }

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
