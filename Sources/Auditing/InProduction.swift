import Facts
import Inventory

/// Where a system is in its life, told apart by who says so.
///
/// The file of a product says that a system is active, published or switched on where it was exported,
/// which may be anybody's development environment; only a register, a correction or a measurement says
/// that it is in production.
extension AutomationSystem {
  /// Whether a log or trace has runs of it.
  var wasSeenToRun: Bool {
    let evidence =
      sources + failureRate.facts.map(\.evidence) + runTime.facts.map(\.evidence)
      + volume.facts.map(\.evidence)
    return evidence.contains { $0.provenance == .measured }
  }

  /// Whether somebody says that it is in production: high and critical severities rest on this.
  var isInProduction: Bool {
    guard let fact = status.winner, fact.value == .production else { return false }
    return fact.evidence.provenance <= .declared
  }

  /// Whether it is in production, or at least switched on where its file comes from.
  var isSwitchedOn: Bool { status.value == .production }

  /// Whether its file itself says so, rather than the name of a folder from which we concluded it.
  var isSaidToBeSwitchedOn: Bool {
    guard let fact = status.winner, fact.value == .production else { return false }
    return fact.evidence.provenance == .imported
  }

  /// Its status for a sentence, such as `switched on where it was exported`.
  var statusText: String {
    guard let fact = status.winner else { return "unknown" }
    guard fact.value == .production, !isInProduction else { return fact.value.rawValue }
    return isSaidToBeSwitchedOn
      ? "switched on where it was exported"
      : "production, inferred" + (fact.evidence.note.map { " \($0)" } ?? "")
  }
}

extension AuditContext {
  /// The schedules and events that start systems, as files say, by the keys of the systems.
  var startingTriggers: [String: [Trigger]] {
    Dictionary(
      grouping: estate.triggers.filter { $0.kind == .schedule || $0.kind == .event },
      by: { nameKey($0.system) })
  }
}
