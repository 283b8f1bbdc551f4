import DocumentReading
import Facts
public import Inventory

/// Pseudonyms for the people of an estate.
///
/// People are the owners and creators that files and corrections name, and everybody whose mail address
/// stands anywhere. Each gets a name made of a digest of the true one, so that the same person has the
/// same pseudonym in every file and at every time. Who knows the key, or has none to know, can find out
/// whether a name he guesses is meant: give a key and keep it, or the pseudonyms protect against
/// reading only.
public struct Pseudonyms: Sendable {
  private let key: String
  /// Names to replace, longest first, so that no part of a name is replaced before the whole.
  private var people: [String] = []

  /// Pseudonyms for all people whom documents and corrections name.
  ///
  /// - Parameter key: Goes into the digest; any text.
  public init(
    for documents: [SourceDocument], corrections: [Correction] = [], key: String = ""
  ) {
    self.key = key
    add(peopleOf: documents)
    var named: Set<String> = []
    for correction in corrections {
      named.insert(correction.author)
      if case .set(_, let field, let value) = correction.action,
        field == .owner || field == .creator
      {
        named.insert(value)
      }
    }
    add(named)
  }

  /// Learns of the people whom more documents name.
  public mutating func add(peopleOf documents: [SourceDocument]) {
    add(
      Set(
        documents.flatMap(\.fragment.systems).flatMap { system in
          (system.owner.facts + system.creator.facts).map(\.value)
        }))
  }

  private mutating func add(_ named: Set<String>) {
    let new = named.filter { name in name.contains { $0.isLetter } && !isPseudonym(name) }
    guard !new.isSubset(of: people) else { return }
    people = new.union(people).sorted { ($0.count, $0) > ($1.count, $1) }
  }

  /// The pseudonym of a person, such as `person-5f0c2a9e`; a pseudonym is its own.
  public func pseudonym(of person: String) -> String {
    guard !isPseudonym(person) else { return person }
    let digest = contentDigest(Array("\(key)\u{0}\(nameKey(person))".utf8))
    return "person-\(digest.prefix(8))"
  }

  private func isPseudonym(_ name: String) -> Bool {
    let digits = name.dropFirst(7)
    return name.hasPrefix("person-") && digits.count == 8 && digits.allSatisfy(\.isHexDigit)
  }

  /// A text in which people give way to their pseudonyms.
  ///
  /// A name of one word is replaced only where it is the whole text, since it may be a word.
  public func replacing(in text: String) -> String {
    var text = replacingAddresses(in: text) { pseudonym(of: $0) }
    for person in people {
      if text == person {
        text = pseudonym(of: person)
      } else if person.contains(" "), text.contains(person) {
        text = text.replacing(person, with: pseudonym(of: person))
      }
    }
    return text
  }

  /// A document without the names of people.
  public func replacing(in document: SourceDocument) -> SourceDocument {
    var document = document
    document.fragment = document.fragment.mapTexts(replacing(in:))
    document.problems = document.problems.map { problem in
      var problem = problem
      problem.message = replacing(in: problem.message)
      return problem
    }
    return document
  }

  /// A correction without the names of people.
  public func replacing(in correction: Correction) -> Correction {
    correction.mapTexts(replacing(in:))
  }
}
