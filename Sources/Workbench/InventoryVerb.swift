import Facts
import Foundation
public import Inventory
import Workspace

/// The system of a name or alias.
///
/// - Throws: `WorkbenchError.badInput` with the closest name where there is none.
public func system(named name: String, of estate: Estate) throws(WorkbenchError) -> AutomationSystem
{
  if let system = estate.system(named: name) { return system }
  throw .badInput([missing("system '\(name)'", name, estate.systems.map(\.name))])
}

private func missing(_ what: String, _ name: String, _ names: [String]) -> String {
  let hint =
    closestName(to: name, among: names).map { "; did you mean '\($0)'?" }
    ?? "; list them with: rehearse inventory"
  return "the estate has no \(what)\(hint)"
}

/// A correction that was made: its number, what it says, and the estate that it left.
public struct MadeCorrection: Sendable {
  /// Number in the workspace.
  public var number: Int64
  /// One sentence.
  public var sentence: String
  /// The estate with it.
  public var estate: Estate
}

/// Who corrects, and when.
public struct CorrectionAuthor: Sendable {
  /// Who says so.
  public var name: String
  /// When, ISO 8601.
  public var date: String

  /// Creates an author.
  public init(_ name: String, date: String) {
    self.name = name
    self.date = date
  }
}

/// Sets a fact of a system by hand.
///
/// - Throws: `WorkbenchError.badInput` where system, field or value do not exist.
public func setFact(
  inWorkspace file: String, system name: String, field: String, value: String,
  by author: CorrectionAuthor
) throws(WorkbenchError) -> MadeCorrection {
  let editing = try CorrectionDesk(file)
  let known = try system(named: name, of: editing.estate)
  guard let known = Correction.Field(rawValue: field).map({ (system: known, field: $0) }) else {
    let fields = Correction.Field.allCases.map(\.rawValue)
    let hint = closestName(to: field, among: fields).map { "; did you mean '\($0)'?" }
    throw .badInput([
      "'\(field)' is not a field\(hint ?? "; fields are \(fields.joined(separator: ", "))")"
    ])
  }
  return try editing.make(
    .set(system: known.system.name, field: known.field, value: value), author)
}

/// Says that several systems, applications or teams are one, shown under the first name.
///
/// - Parameter kind: What they are; `nil` where the names tell.
/// - Throws: `WorkbenchError.badInput` where a name is not there, or belongs to things of several kinds.
public func merge(
  inWorkspace file: String, kind: EntityKind?, names: [String], by author: CorrectionAuthor
) throws(WorkbenchError) -> MadeCorrection {
  let desk = try CorrectionDesk(file)
  let kind = try desk.kind(of: names, stated: kind)
  var known: [String] = []
  for name in names { known.append(try desk.name(of: name, kind)) }
  guard Set(known.map(nameKey)).count > 1 else {
    throw .badInput(["\(names.joined(separator: " and ")) are one \(kind.rawValue) already"])
  }
  return try desk.make(.merge(kind, names: known), author)
}

/// Says that some of what is said of a system is said of another.
///
/// - Throws: `WorkbenchError.badInput` where nothing or everything is meant; where nothing is selected,
///   with what is said of the system and where.
public func split(
  inWorkspace file: String, system name: String, selection: StatementSelection, into: String,
  by author: CorrectionAuthor
) throws(WorkbenchError) -> MadeCorrection {
  let desk = try CorrectionDesk(file)
  let known = try system(named: name, of: desk.estate)
  let statements = desk.statements(of: known)
  let listing = statements.map { "  \($0.document): '\($0.name)'" }
  guard !selection.isEmpty else {
    throw .badInput([
      (["say what is another system, with --from PATH or --named NAME; of '\(known.name)' speak"]
        + listing).joined(separator: "\n")
    ])
  }
  func isMeant(_ statement: SystemMatch.Statement) -> Bool {
    let place = Evidence(.imported, SourceLocation(path: statement.document))
    return selection.contains(
      AutomationSystem(name: statement.name, source: place), of: statement.document)
  }
  let count = statements.count(where: isMeant)
  guard count > 0, count < statements.count else {
    let problem = count == 0 ? "none" : "all"
    throw .badInput([
      (["\(problem) of what is said of '\(known.name)' would go; there is"] + listing)
        .joined(separator: "\n")
    ])
  }
  return try desk.make(.split(system: known.name, selection: selection, into: into), author)
}

/// Gives a thing a further name, or takes one away that files give it.
///
/// - Throws: `WorkbenchError.badInput` where the thing is not there, or has not the name.
public func alias(
  inWorkspace file: String, kind: EntityKind?, name: String, alias: String, isDenied: Bool,
  by author: CorrectionAuthor
) throws(WorkbenchError) -> MadeCorrection {
  let desk = try CorrectionDesk(file)
  let kind = try desk.kind(of: [name], stated: kind)
  let known = try desk.name(of: name, kind)
  guard isDenied else {
    if let other = desk.exactName(alias, kind), nameKey(other) != nameKey(known) {
      throw .badInput([
        "'\(other)' is a \(kind.rawValue) of its own; to make one of both: "
          + "rehearse inventory merge \"\(known)\" \"\(other)\""
      ])
    }
    return try desk.make(.alias(kind, name: known, alias: alias), author)
  }
  if kind == .system {
    let named = desk.statements(of: try system(named: known, of: desk.estate))
      .filter { nameKey($0.name) == nameKey(alias) }
    if let first = named.first {
      throw .badInput([
        "'\(alias)' is the name by which \(first.document) speaks of it; to make a system of its own "
          + "of that: rehearse inventory split \"\(known)\" --named \"\(alias)\" --into \"\(alias)\""
      ])
    }
  }
  return try desk.make(.unalias(kind, name: known, alias: alias), author)
}

/// Takes a correction back.
///
/// - Returns: what it said.
/// - Throws: `WorkbenchError.badInput` where there is none of this number.
public func undoCorrection(
  inWorkspace file: String, number: Int64
) throws(WorkbenchError) -> String {
  _ = try estate(inWorkspace: file)
  do {
    let workspace = try Workspace(file: file)
    let found = try workspace.numberedCorrections().first { $0.number == number }
    guard let found, try workspace.removeCorrection(number: number) else {
      throw WorkbenchError.badInput([
        "there is no correction \(number); list them with: rehearse inventory corrections"
      ])
    }
    return found.correction.sentence
  } catch {
    throw WorkbenchError(error)
  }
}

/// All corrections of a workspace, and the numbers of those that name nothing of the estate.
///
/// - Parameter people: How people are named in them.
public func corrections(
  inWorkspace file: String, people: PeopleShown = .byName
) throws(WorkbenchError) -> (all: [(number: Int64, correction: Correction)], idle: Set<Int64>) {
  try checkInventory(file)
  do {
    let workspace = try Workspace(file: file)
    let numbered = try workspace.numberedCorrections()
    let (documents, corrections) = people.applied(
      to: try workspace.documents(), numbered.map(\.correction))
    let estate = Estate(merging: documents, corrections: corrections)
    let all = zip(numbered, corrections).map { (number: $0.number, correction: $1) }
    let idle = all.filter { estate.unappliedCorrections.contains($0.correction) }.map(\.number)
    return (all, Set(idle))
  } catch {
    throw WorkbenchError(error)
  }
}

/// The corrections of a workspace, in the order in which they were made, and which of them change nothing,
/// since they name nothing that is there.
///
/// - Parameter estate: what the workspace holds, with the corrections.
/// - Throws: `WorkbenchError.badInput` where there is no workspace.
public func corrections(
  inWorkspace file: String, madeIn estate: Estate
) throws(WorkbenchError) -> (all: [(number: Int64, correction: Correction)], idle: Set<Int64>) {
  try checkWorkspaceExists(file)
  do {
    let all = try Workspace(file: file).numberedCorrections()
    let idle = all.filter { estate.unappliedCorrections.contains($0.correction) }.map(\.number)
    return (all, Set(idle))
  } catch {
    throw WorkbenchError(error)
  }
}

/// What changes whenever the inventory of a workspace does, and stays when only studies are added.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace, or it cannot be read.
public func inventoryMark(ofWorkspace file: String) throws(WorkbenchError) -> String {
  try checkWorkspaceExists(file)
  do { return try Workspace(file: file).inventoryMark() } catch { throw WorkbenchError(error) }
}

/// By what statements and names were joined in a workspace.
///
/// - Parameter people: How people are named.
public func matches(
  inWorkspace file: String, people: PeopleShown = .byName
) throws(WorkbenchError) -> EstateMatches {
  try checkInventory(file)
  do {
    let workspace = try Workspace(file: file)
    let (documents, corrections) = people.applied(
      to: try workspace.documents(), try workspace.corrections())
    return EstateMatches(merging: documents, corrections: corrections)
  } catch {
    throw WorkbenchError(error)
  }
}

/// An estate that is being corrected, with what it is merged of.
private struct CorrectionDesk {
  let workspace: Workspace
  let documents: [SourceDocument]
  let corrections: [Correction]
  let estate: Estate

  init(_ file: String) throws(WorkbenchError) {
    try checkInventory(file)
    do {
      workspace = try Workspace(file: file)
      documents = try workspace.documents()
      corrections = try workspace.corrections()
    } catch {
      throw WorkbenchError(error)
    }
    estate = Estate(merging: documents, corrections: corrections)
  }

  /// Makes a correction that changes something.
  func make(
    _ action: Correction.Action, _ author: CorrectionAuthor
  ) throws(WorkbenchError) -> MadeCorrection {
    let correction: Correction
    do {
      correction = try Correction(action, author: author.name, date: author.date)
    } catch {
      throw .badInput([error.description])
    }
    let corrected = Estate(merging: documents, corrections: corrections + [correction])
    guard corrected.unappliedCorrections.count == estate.unappliedCorrections.count else {
      throw .badInput([
        "this would change nothing: \(correction.sentence); see what is joined by what with: "
          + "rehearse inventory matches"
      ])
    }
    do {
      return MadeCorrection(
        number: try workspace.add(correction), sentence: correction.sentence, estate: corrected)
    } catch {
      throw WorkbenchError(error)
    }
  }

  /// What is said of a system, and where.
  func statements(of system: AutomationSystem) -> [SystemMatch.Statement] {
    EstateMatches(merging: documents, corrections: corrections).systems
      .first { $0.system == system.name }?.statements ?? []
  }

  /// The name under which a thing is shown; `nil` where nothing is called so.
  func shownName(_ name: String, _ kind: EntityKind) -> String? {
    let key = nameKey(name)
    switch kind {
    case .system: return estate.system(named: name)?.name
    case .application:
      return estate.applications.first { $0.key == key }?.name
        ?? estate.applications.first { $0.aliases.map(nameKey).contains(key) }?.name
    case .team:
      return estate.teams.first { $0.key == key }?.name
        ?? estate.teams.first { $0.aliases.map(nameKey).contains(key) }?.name
    case .data: return nil
    }
  }

  /// The thing that is shown under a name.
  func exactName(_ name: String, _ kind: EntityKind) -> String? {
    shownName(name, kind).flatMap { nameKey($0) == nameKey(name) ? $0 : nil }
  }

  func name(of name: String, _ kind: EntityKind) throws(WorkbenchError) -> String {
    if let shown = shownName(name, kind) { return shown }
    let names: [String] =
      switch kind {
      case .application: estate.applications.map(\.name)
      case .team: estate.teams.map(\.name)
      default: estate.systems.map(\.name)
      }
    throw .badInput([missing("\(kind.rawValue) '\(name)'", name, names)])
  }

  /// What names belong to: what was stated, else the one kind of which there is a thing of the first name.
  func kind(of names: [String], stated: EntityKind?) throws(WorkbenchError) -> EntityKind {
    if let stated { return stated }
    let first = names.first ?? ""
    let kinds = [EntityKind.system, .application, .team].filter { shownName(first, $0) != nil }
    guard kinds.count < 2 else {
      throw .badInput([
        "'\(first)' is a \(kinds.map(\.rawValue).joined(separator: " and a ")); say which with --kind"
      ])
    }
    if let kind = kinds.first { return kind }
    let all =
      estate.systems.map(\.name) + estate.applications.map(\.name) + estate.teams.map(\.name)
    throw .badInput([missing("system, application or team '\(first)'", first, all)])
  }
}
