internal import Facts

/// Something about the estate that somebody put right by hand; it outranks what any file says.
///
/// Corrections are kept in the order in which they were made and hold for whatever is imported later.
public struct Correction: Hashable, Sendable, Codable {
  /// What was put right.
  public let action: Action
  /// Who did it.
  public let author: String
  /// When, as text, by preference ISO 8601.
  public let date: String

  /// What can be put right.
  public enum Action: Hashable, Sendable {
    /// A fact of one system; the last of a field counts.
    case set(system: String, field: Field, value: String)
    /// Several systems, applications or teams are one, shown under the first name.
    case merge(EntityKind, names: [String])
    /// Some of the statements that were taken for one system are another, of which more may be there.
    case split(system: String, selection: StatementSelection, into: String)
    /// A thing goes by another name, too.
    case alias(EntityKind, name: String, alias: String)
    /// A thing does not go by a name which files give it.
    case unalias(EntityKind, name: String, alias: String)
  }

  /// Creates a correction.
  /// - Throws: `CorrectionError` where it says nothing that could hold.
  public init(_ action: Action, author: String, date: String) throws(CorrectionError) {
    self.action = action
    self.author = author
    self.date = date
    try check()
  }

  /// Creates the correction of a fact.
  ///
  /// - Parameters:
  ///   - system: Name or alias of the system.
  ///   - field: The field.
  ///   - value: What it truly is, as written.
  ///   - author: Who says so.
  ///   - date: When.
  /// - Throws: `CorrectionError` where the value does not fit the field.
  public init(
    system: String, field: Field, value: String, author: String, date: String
  ) throws(CorrectionError) {
    try self.init(.set(system: system, field: field, value: value), author: author, date: date)
  }

  /// Fields of a system that can be set.
  public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    /// `AutomationSystem.kind`.
    case kind
    /// `AutomationSystem.technology`.
    case technology
    /// `AutomationSystem.purpose`.
    case purpose
    /// `AutomationSystem.owner`.
    case owner
    /// `AutomationSystem.creator`.
    case creator
    /// `AutomationSystem.team`.
    case team
    /// `AutomationSystem.failureRate`.
    case failureRate = "failure-rate"
    /// `AutomationSystem.volume`.
    case volume
    /// `AutomationSystem.runTime`.
    case runTime = "run-time"
    /// `AutomationSystem.humanInvolvement`.
    case humanInvolvement = "human-involvement"
    /// `AutomationSystem.integrations`.
    case integrations
    /// `AutomationSystem.status`.
    case status
    /// `AutomationSystem.criticality`.
    case criticality
    /// `AutomationSystem.version`.
    case version

    /// What a value of the field looks like, for messages.
    public var expectation: String {
      switch self {
      case .kind: "one of " + SystemKind.allCases.map(\.rawValue).joined(separator: ", ")
      case .status: "one of " + LifecycleStatus.allCases.map(\.rawValue).joined(separator: ", ")
      case .criticality: "one of " + Criticality.allCases.map(\.rawValue).joined(separator: ", ")
      case .failureRate: "a share such as 3 %"
      case .volume: "a number and a period, such as 1200 per day"
      case .runTime: "a duration such as 90 s or 1 h 30 min"
      default: "a text"
      }
    }
  }

  /// The correction in one sentence, without who made it.
  public var sentence: String {
    switch action {
    case .set(let system, let field, let value): "\(field.rawValue) of '\(system)' is \(value)"
    case .merge(let kind, let names):
      "\(names.map { "'\($0)'" }.joined(separator: ", ")) are one \(kind.rawValue),"
        + " '\(names.first ?? "")'"
    case .split(let system, let selection, let into):
      "of '\(system)', what \(selection.words) is '\(into)'"
    case .alias(let kind, let name, let alias):
      "the \(kind.rawValue) '\(name)' is also called '\(alias)'"
    case .unalias(let kind, let name, let alias):
      "the \(kind.rawValue) '\(name)' is not called '\(alias)'"
    }
  }

  private func check() throws(CorrectionError) {
    func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
    switch action {
    case .set(_, let field, let value):
      guard field.fits(value) else {
        throw CorrectionError("The value given for \(field.rawValue) is not \(field.expectation).")
      }
    case .merge(let kind, let names):
      guard kind != .data else { throw CorrectionError("Data cannot be merged.") }
      guard Set(names.map(nameKey)).count > 1, !names.contains(where: isBlank) else {
        throw CorrectionError("Merging takes two names at least, which differ.")
      }
    case .split(_, let selection, let into):
      guard !selection.isEmpty, !isBlank(into) else {
        throw CorrectionError(
          "Splitting takes the files or the names of what is something else, and its name.")
      }
    case .alias(let kind, let name, let alias), .unalias(let kind, let name, let alias):
      guard kind != .data else { throw CorrectionError("Data have no aliases.") }
      guard !isBlank(alias), nameKey(name) != nameKey(alias) else {
        throw CorrectionError("An alias is a name that differs from the one it stands beside.")
      }
    }
  }
}

/// Which statements about a system are meant: those of some files, those under some names, or both.
public struct StatementSelection: Hashable, Sendable, Codable {
  /// Paths of documents or of folders and archives with everything in them; empty for all.
  public var documents: [String]
  /// Names under which files speak of it, compared by `nameKey`; empty for all.
  public var names: [String]

  /// Creates a selection.
  public init(documents: [String] = [], names: [String] = []) {
    self.documents = documents
    self.names = names
  }

  /// Whether nothing is said about what is meant.
  public var isEmpty: Bool { documents.isEmpty && names.isEmpty }

  /// Whether a statement of a document is meant.
  public func contains(_ system: AutomationSystem, of document: String) -> Bool {
    guard !isEmpty else { return false }
    let isFrom = documents.contains { place in
      let folder = place.hasSuffix("/") ? String(place.dropLast()) : place
      return document == folder || document.hasPrefix("\(folder)/")
        || document.hasPrefix("\(folder)!/")
    }
    let isCalled = names.contains { nameKey($0) == system.key }
    return (documents.isEmpty || isFrom) && (names.isEmpty || isCalled)
  }

  /// The selection as the end of a clause: `is said by a.csv under the name 'X'`.
  var words: String {
    let places = documents.isEmpty ? "" : " by " + documents.joined(separator: ", ")
    let called =
      names.isEmpty ? "" : " under the name " + names.map { "'\($0)'" }.joined(separator: ", ")
    return "is said\(places)\(called)"
  }
}

/// A correction that says nothing which could hold.
public struct CorrectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence: what was found, what was expected.
  public var description: String

  init(_ description: String) { self.description = description }
}
