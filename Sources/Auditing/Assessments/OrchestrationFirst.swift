import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  static let orchestrationFirst = Assessment(
    id: "orchestration-first", title: "Where orchestration pays first",
    formula: "A place is what the findings of the four hotspot checks are about: the workflow that "
      + "several automations touch; the process, else the team or pair, that people carry cases in; "
      + "the system that meets two contradicting tables, else the pair of tables; what data cross "
      + "through. Findings of several kinds at one place are joined. Order: worst severity, then "
      + "money a month, then number of kinds, then cases a month, then name; what is unknown comes "
      + "after what is known. Hours = cases a month × minutes of people's work on a case / 60; money "
      + "= hours × price of an hour. They are the work that orchestration can take away at most."
  ) { context in
    let kinds = HotspotKind.allCases
    let work = WorkFacts(context)
    let places = orchestrationPlaces(context, work)
    let currency = context.policy.hourlyCost.currency
    let columns: [AssessmentTable.Column] =
      [.init("Rank", "Order in which to look at them."), .init("Place", "Where it is.")]
      + kinds.map { .init($0.title, unit: "findings", $0.meaning) }
      + [
        .init("Severity", "The worst of its findings."),
        .init("Cases", unit: "cases/month", "Cases of the place, else of the busiest part in it."),
        .init(
          "People's work", unit: "h/month",
          "Work that orchestration can take away at most; unknown is not zero."),
        .init("Money", unit: "\(currency)/month", "The hours at the price of an hour."),
        .init("Findings", "Identifiers of the findings, for what to do."),
      ]
    let rows = places.enumerated().map { rank, place in
      let unknown: AssessmentTable.Cell = .unknown(place.whyNoHours)
      var cells: [AssessmentTable.Cell] = [.number(Double(rank + 1)), .text(place.name)]
      cells += kinds.map { kind in
        .number(Double(place.findings.count { $0.check == kind.check.id }))
      }
      cells += [
        .text(place.severity.rawValue),
        place.cases.map { .number(($0 * 10).rounded() / 10) }
          ?? .unknown("no file states a volume; ask the owner"),
        place.hours.map { .number(($0 * 10).rounded() / 10) } ?? unknown,
        place.hours.map { .number(($0 * context.policy.hourlyCost.amount).rounded()) } ?? unknown,
        .text(place.findings.map(\.id).joined(separator: ", ")),
      ]
      return AssessmentTable.Row(cells, evidence: Array(place.evidence.prefix(8)))
    }
    let known = places.compactMap(\.hours)
    let joined = places.count { $0.kindCount > 1 }
    var notes = [
      "Of \(counted(places.count - known.count, "place")) the hours are unknown, which is not zero; "
        + "within one severity they stand behind those of which they are known, so knowing them can "
        + "move them up."
    ]
    if places.isEmpty {
      notes = [
        "None of the four checks found a place. That is no proof that there is none: see their "
          + "remarks for what they could not conclude."
      ]
    }
    let chief = places.first.map { "; the first is \($0.name)" } ?? ""
    return AssessmentTable(
      summary:
        "\(counted(places.count, "place")) where orchestration pays first, \(joined) of more "
        + "than one kind\(chief).",
      columns: columns, rows: rows, notes: notes)
  }
}

/// The four kinds of places where orchestration pays first.
///
/// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together*.
private enum HotspotKind: CaseIterable {
  case manyAutomations, dataCrossing, humanCarrying, contradiction

  var check: AuditCheck {
    switch self {
    case .manyAutomations: .hotspotManyAutomations
    case .dataCrossing: .hotspotDataCrossing
    case .humanCarrying: .hotspotHumanCarrying
    case .contradiction: .hotspotContradiction
    }
  }

  var title: String {
    switch self {
    case .manyAutomations: "Several automations"
    case .dataCrossing: "Data cross"
    case .humanCarrying: "People carry"
    case .contradiction: "Contradicting logic"
    }
  }

  var meaning: String {
    switch self {
    case .manyAutomations: "Several automations of different technology or owner touch it."
    case .dataCrossing: "Data cross there from one owner's systems to another's."
    case .humanCarrying: "People carry cases there from system to system."
    case .contradiction: "People settle there what two decision tables say differently."
    }
  }
}

/// A place where orchestration pays first.
struct OrchestrationPlace {
  /// The thing.
  let reference: EntityReference
  /// What it is called: several names where it is a pair.
  let name: String
  /// The findings about it, in report order.
  var findings: [Finding]
  /// Cases a month; `nil` where unknown.
  var cases: Double?
  /// Hours of people's work a month; `nil` where unknown.
  var hours: Double?
  /// Why the hours are unknown.
  var whyNoHours = ""

  var severity: Severity { findings.map(\.severity).min() ?? .info }
  var kindCount: Int { Set(findings.map(\.check)).count }
  var evidence: [Evidence] { findings.flatMap(\.evidence) }
}

/// The places where orchestration pays first, the weightiest first.
func orchestrationPlaces(_ context: AuditContext, _ work: WorkFacts) -> [OrchestrationPlace] {
  var places: [OrchestrationPlace] = []
  var positions: [String: Int] = [:]
  let carriers = Set(context.estate.processes.map { nameKey($0.system) })
  for finding in context.findings(of: HotspotKind.allCases.map(\.check)) {
    for (reference, name) in anchors(of: finding, carriers, context) {
      let key = "\(reference.nodeID)/\(nameKey(name))"
      if let position = positions[key] {
        places[position].findings.append(finding)
      } else {
        positions[key] = places.count
        places.append(OrchestrationPlace(reference: reference, name: name, findings: [finding]))
      }
    }
  }
  for index in places.indices {
    weigh(&places[index], context, work)
  }
  return places.sorted { a, b in
    if a.severity != b.severity { return a.severity < b.severity }
    let keys = [
      (a.hours ?? -1, b.hours ?? -1), (Double(a.kindCount), Double(b.kindCount)),
      (a.cases ?? -1, b.cases ?? -1),
    ]
    for (first, second) in keys where first != second { return first > second }
    return (nameKey(a.name), a.reference) < (nameKey(b.name), b.reference)
  }
}

/// Where a finding lies: at the workflow or process where there is one, else at its chief subjects.
private func anchors(
  of finding: Finding, _ carriers: Set<String>, _ context: AuditContext
) -> [(reference: EntityReference, name: String)] {
  func isCarrier(_ reference: EntityReference) -> Bool {
    reference.kind == .system
      && (carriers.contains(reference.key)
        || context.system(named: reference.name)?.kind.value == .workflow)
  }
  let subjects = finding.subjects
  switch finding.check {
  case AuditCheck.hotspotManyAutomations.id, AuditCheck.hotspotDataCrossing.id:
    return subjects.prefix(1).map { ($0, $0.name) }
  case AuditCheck.hotspotHumanCarrying.id:
    // In a process, its carrier is named last; else the team or the pair is the place.
    if let last = subjects.last, subjects.count > 2, carriers.contains(last.key) {
      return [(last, last.name)]
    }
    if let first = subjects.first, first.kind == .team { return [(first, first.name)] }
  default:
    let users = subjects.filter(isCarrier)
    if !users.isEmpty { return users.map { ($0, $0.name) } }
  }
  guard let first = subjects.first else { return [] }
  return [(first, listText(subjects.prefix(2).map(\.name)))]
}

/// Fills in how much goes through a place.
private func weigh(_ place: inout OrchestrationPlace, _ context: AuditContext, _ work: WorkFacts) {
  let systems = place.findings.flatMap(\.subjects)
    .filter { $0.kind == .system }.compactMap { context.system(named: $0.name) }
  let own = place.reference.kind == .system ? context.system(named: place.reference.name) : nil
  place.cases =
    own?.volume.value?.perMonth ?? systems.compactMap { $0.volume.value?.perMonth }.max()
  let costs = place.findings.compactMap { $0.cost?.hours }
  if let own, let hours = work.hoursPerMonth(own) {
    place.hours = hours
  } else if costs.count == place.findings.count, let most = costs.max() {
    place.hours = most
  }
  place.whyNoHours =
    own.map(work.whyNoHours) ?? "how long people work on a case there is not known; ask them"
}
