import Facts
import Inventory

extension EstateBuilder {
  /// States what a system may do.
  public mutating func permission(
    _ name: String, of system: String, application: String? = nil, note: String? = nil
  ) {
    var evidence = evidence(.imported)
    evidence.note = note
    fragment.permissions.append(
      Permission(system: system, name: name, application: application, evidence: evidence))
  }

  /// States a credential that a system uses.
  public mutating func credential(
    _ name: String, of system: String, application: String? = nil, at element: String? = nil
  ) {
    var evidence = evidence(.imported)
    evidence.location.element = element
    fragment.credentials.append(
      CredentialUse(system: system, name: name, application: application, evidence: evidence))
  }

  /// States a guardrail.
  public mutating func guardrail(_ name: String, of system: String) {
    let evidence = evidence(.imported)
    fragment.guardrails.append(Guardrail(system: system, name: name, evidence: evidence))
  }

  /// States who made a system.
  public mutating func made(_ system: String, by creator: String) {
    let evidence = evidence(.imported)
    var made = AutomationSystem(name: system, source: evidence)
    made.creator.state(creator, evidence)
    fragment.systems.append(made)
  }
}
