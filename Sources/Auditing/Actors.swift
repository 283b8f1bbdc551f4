import Facts
public import Inventory

extension Finding {
  /// Somebody who is to act on a finding.
  public struct Actor: Hashable, Sendable, Codable {
    /// The name, as the files give it.
    public var name: String
    /// As what he or she is known.
    public var role: Role
    /// What of the finding's subjects is theirs.
    public var subjects: [EntityReference]

    /// Creates an actor.
    public init(name: String, role: Role, subjects: [EntityReference]) {
      self.name = name
      self.role = role
      self.subjects = subjects
    }
  }

  /// As what somebody is known who is to act.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Owner of a system.
    case owner
    /// Team of a system without an owner, or the subject itself.
    case team
    /// Who made a system that has neither owner nor team.
    case creator
    /// Who published the package of a system of which nobody else is known.
    case publisher
    /// Who accepted a finding by a waiver.
    case acceptedBy = "accepted by"
  }
}

extension AuditContext {
  /// Whom a finding falls to: those who stand behind its chief subjects, where nobody does those who
  /// stand behind the other ones.
  func actors(of finding: Finding) -> [Finding.Actor] {
    if !finding.actors.isEmpty { return finding.actors }
    let chief = actors(for: finding.subjects.prefix(finding.chiefSubjects))
    return chief.isEmpty ? actors(for: finding.subjects.dropFirst(finding.chiefSubjects)) : chief
  }

  private func actors(for subjects: ArraySlice<EntityReference>) -> [Finding.Actor] {
    var actors: [Finding.Actor] = []
    for subject in subjects {
      guard let (name, role) = actor(for: subject) else { continue }
      if let index = actors.firstIndex(where: { nameKey($0.name) == nameKey(name) }) {
        actors[index].subjects.append(subject)
      } else {
        actors.append(Finding.Actor(name: name, role: role, subjects: [subject]))
      }
    }
    return actors
  }

  private func actor(for subject: EntityReference) -> (String, Finding.Role)? {
    if subject.kind == .team { return (subject.name, .team) }
    guard subject.kind == .system, let system = system(named: subject.name) else { return nil }
    let known: [(String?, Finding.Role)] = [
      (system.owner.value, .owner), (system.team.value, .team), (system.maker, .creator),
      (system.publisher, .publisher),
    ]
    for case (let name?, let role) in known where !OwnerName(name, teams: []).isNobody {
      return (name, role)
    }
    return nil
  }
}
