import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let brittleness = AuditCheck(
    id: "brittleness",
    summary: "Robots that break with the releases of the applications whose screens they drive",
    matters:
      "A robot breaks whenever the screen it drives changes, and people do its work until it is "
      + "mended."
  ) { context in
    var outcome = Outcome()
    let policies = PoliciesOfApplications(context)
    var unknown: (releases: Set<Int>, failures: Set<Int>) = ([], [])
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      guard let screens = ScreenWork(ofSystem: index, policies, context) else { continue }
      if screens.releases == nil { unknown.releases.insert(index) }
      if system.failureRate.value == nil { unknown.failures.insert(index) }
      if let finding = finding(system, screens, policies, context) {
        outcome.findings.append(finding)
      }
    }
    if !unknown.releases.isEmpty {
      outcome.remarks.append(
        "Of \(counted(unknown.releases.count, "system")) driving screens nobody said how often these "
          + "change (`applications.*.releases_per_year`); how brittle they are is unknown.")
    }
    if !unknown.failures.isEmpty {
      outcome.remarks.append(
        "Of \(counted(unknown.failures.count, "system")) driving screens the share of failed runs is "
          + "unknown; how brittle they are is, too.")
    }
    return outcome
  }
}

/// How much of a system's work is done on user interfaces, and how often these change.
struct ScreenWork {
  /// Applications whose screens it drives, as nodes of the graph, ascending.
  let applications: [Int]
  /// Share of its connections outward that are on user interfaces, in 0...1.
  let share: Double
  /// Releases a year of those applications of which they are known; `nil` where of none.
  let releases: Double?
  /// The known ones, for a sentence.
  let known: [String]
  /// Applications of which no releases are known.
  let unknown: [Int]
  /// Where it drives screens.
  let evidence: [Evidence]

  /// - Returns: `nil` for a system that drives no screen.
  init?(ofSystem index: Int, _ policies: PoliciesOfApplications, _ context: AuditContext) {
    guard let node = context.node(ofSystem: index) else { return nil }
    let outward = context.graph.edges(from: node).filter {
      $0.kind != .governs && !$0.isHuman && $0.target != node
    }
    let screens = outward.filter {
      $0.channel == .userInterface && context.graph.nodes[$0.target].kind == .application
    }
    guard !screens.isEmpty else { return nil }
    share = Double(screens.count) / Double(outward.count)
    applications = Set(screens.map(\.target)).sorted()
    evidence = screens.flatMap(\.evidence)
    var total: Double?
    var known: [String] = []
    var unknown: [Int] = []
    for application in applications {
      if let rate = policies.at(application)?.releasesPerYear {
        total = (total ?? 0) + rate
        known.append("\(context.graph.nodes[application].name) \(numberText(rate))")
      } else {
        unknown.append(application)
      }
    }
    releases = total
    self.known = known
    self.unknown = unknown
  }
}

/// What the policy file says of applications, by any of their names.
struct PoliciesOfApplications {
  private var byKey: [String: ApplicationPolicy] = [:]
  private let graph: IntegrationGraph

  init(_ context: AuditContext) {
    graph = context.graph
    guard !context.policy.applications.isEmpty else { return }
    for policy in context.policy.applications { byKey[nameKey(policy.name)] = policy }
    for application in context.estate.applications {
      let keys = ([application.name] + application.aliases).map(nameKey)
      guard let policy = keys.compactMap({ byKey[$0] }).first else { continue }
      byKey[application.key] = policy
    }
  }

  /// What it says of the application at a node; `nil` where it says nothing.
  func at(_ node: Int) -> ApplicationPolicy? {
    byKey.isEmpty ? nil : byKey[nameKey(graph.nodes[node].name)]
  }
}

private func finding(
  _ system: AutomationSystem, _ screens: ScreenWork, _ policies: PoliciesOfApplications,
  _ context: AuditContext
) -> Finding? {
  guard let releases = screens.releases, let fails = system.failureRate.value?.value else {
    return nil
  }
  let threshold = context.options.brittleness
  let value = screens.share * releases * fails
  guard value >= threshold else { return nil }
  let upkeep = context.policy.upkeep.hoursPerFailure
  var cost: Finding.Cost?
  var monthly = "how often it runs is unknown"
  if let runs = system.runsPerMonth {
    let hours = runs * fails * screens.share * upkeep
    monthly =
      "\(numberText(runs.rounded())) runs a month × \(shareText(fails)) × "
      + "\(percentText(screens.share)) × \(numberText(upkeep)) h for each (`upkeep`, else assumed) = "
      + "\(hoursText(hours)) h a month"
    cost = Finding.Cost(hours: hours, at: context.policy.hourlyCost)
  }
  let names = context.names(screens.applications)
  let missing =
    screens.unknown.isEmpty
    ? "" : "; of \(listText(context.names(screens.unknown))) unknown, so that this is at least"
  return Finding(
    check: AuditCheck.brittleness.id,
    value >= 2 * threshold && system.mayBeInProduction ? .medium : .low,
    "\(system.name) breaks with the releases of \(listText(names))",
    subjects: [system.reference], others: screens.applications.map(context.reference),
    evidence: Array(screens.evidence.prefix(8))
      + (system.failureRate.winner.map { [$0.evidence] } ?? []),
    why: "Brittleness = \(percentText(screens.share)) of its connections on screens × "
      + "\(numberText(releases)) releases a year (\(listText(screens.known))\(missing)) × "
      + "\(shareText(fails)) of runs that fail = \(scoreText(value)) ≥ \(scoreText(threshold)); "
      + "\(monthly). Medium from twice the threshold on, else low.",
    cost: cost,
    remedy: remedy(system, screens, policies, context))
}

private func remedy(
  _ system: AutomationSystem, _ screens: ScreenWork, _ policies: PoliciesOfApplications,
  _ context: AuditContext
) -> String {
  let open = screens.applications.first { policies.at($0)?.hasAPI == true }
  if let open {
    return "Let \(system.name) use the programming interface of \(context.graph.nodes[open].name), "
      + "which has one, in place of its screens."
  }
  let name = context.graph.nodes[screens.applications[0]].name
  return
    "Ask for the release calendar of \(name), run \(system.name) against each release before it "
    + "goes live, and ask for a programming interface."
}
