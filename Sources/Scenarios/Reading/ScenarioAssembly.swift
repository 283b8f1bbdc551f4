internal import EventEngine
internal import Facts
internal import Inventory
internal import ProcessModel
internal import Simulation

/// Assembles a scenario from its file and its process, section by section.
struct ScenarioAssembly {
  typealias Section = ScenarioReading.Section

  let root: ScenarioNode
  let path: String
  let digest: String
  /// The process; `nil` where it could not be resolved: then only what needs none is checked.
  let process: BusinessProcess?
  let flow: FlowGraph?
  /// Systems of the inventory.
  let systems: [AutomationSystem]?
  /// Decision tables of the inventory.
  let decisions: [DecisionTable]
  /// Reads files that the scenario names.
  let files: ScenarioFiles
  /// Applications of the inventory.
  let applications: [Application]?
  let reading: ScenarioReading
  /// The variant to which the reading of variants is confined; `nil` for all.
  var onlyVariant: String?
  var attributes: [ScenarioAttribute] = []
  var calendars: [ScenarioCalendar] = []

  init(
    root: ScenarioNode, path: String, digest: String, resolved: ResolvedProcess?,
    files: @escaping ScenarioFiles, reading: ScenarioReading
  ) {
    self.root = root
    self.path = path
    self.digest = digest
    process = resolved?.process
    flow = resolved?.flow
    systems = resolved?.systems
    decisions = resolved?.decisions ?? []
    self.files = files
    applications = resolved?.applications
    self.reading = reading
  }

  var top: Section { Section(node: root, pattern: "", path: "", location: root.location) }

  var calendarNames: [String] { calendars.map(\.name) }

  /// Names of the members of a section of the scenario itself.
  func names(of section: String) -> [String] { root[section]?.members.map(\.key) ?? [] }

  /// Reads everything; `nil` where something needed is missing, which is then reported.
  mutating func assemble() -> Scenario? {
    let title = reading.caption(top, "title")
    let question = reading.caption(top, "question")
    calendars = readCalendars()
    attributes = readAttributes()
    let names = variantNames()
    let baseline = readBaseline(names)
    let clock = readClock(variants: names, baseline: baseline)
    let demand = readDemand(workingDays: clock?.workingDays)
    if let clock, let demand { requireSteadyDemand(demand, clock) }
    let variants = readVariants(workingDays: clock?.workingDays)
    let exhaustion = readExhaustion()
    let experiment = readExperiment(baseline: baseline)
    let sweep = readSweep()
    let uncertain = readUncertain()
    if !reading.hasErrors {
      warnOfIdleParts(variants)
      warnOfIdleRollout(variants)
      warnOfIdleSkills(variants)
    }
    guard let title, let clock, let demand, let exhaustion, let experiment, let process, let flow,
      !variants.isEmpty
    else { return nil }
    return Scenario(
      path: path, sourceDigest: digest, title: title, question: question, clock: clock,
      calendars: calendars + plannedCalendars(of: variants), process: process, flow: flow,
      demand: demand,
      attributes: attributes, variants: variants,
      exhaustion: exhaustion, experiment: experiment, sweep: sweep,
      uncertain: uncertain,
      currency: reading.currency?.code, parameters: reading.parameters,
      warnings: inOrder(reading.problems.filter { $0.severity > .high }),
      source: ScenarioSource(
        root: root, path: path, digest: digest, process: process, flow: flow,
        systems: systems ?? [], decisions: decisions, files: files,
        applications: applications ?? []))
  }

  /// The calendars that planners' tables make of those of the scenario, each once.
  private func plannedCalendars(of variants: [Variant]) -> [ScenarioCalendar] {
    var seen: Set<ScenarioCalendar> = []
    return variants.flatMap { $0.stack.teams.flatMap(\.staffing) }.map(\.calendar)
      .filter { seen.insert($0).inserted }
  }

  /// Warns of breakage without releases.
  private func warnOfIdleReleases(_ variants: [Variant]) {
    for member in root["automations"]?.members ?? []
    where member.node["breaks_at_release"] != nil {
      let isTouched = variants.contains { variant in
        let released = Set(
          variant.stack.applications.filter { $0.releases != nil }.map(\.name))
        let own = variant.stack.automations.first { $0.name == member.key }
        return variant.stack.activities.contains { activity in
          activity.automation == member.key
            && (activity.touches + (own?.touches ?? [])).contains {
              released.contains($0.application)
            }
        }
      }
      if !isTouched {
        reading.report(
          .medium, key: member.node.path,
          "nothing breaks the automation '\(member.key)': no application that it touches has "
            + "'releases' in any variant; give it there, or remove 'breaks_at_release'",
          at: member.keyLocation)
      }
    }
  }

  /// Warns of a rollout that has nowhere to lead.
  private func warnOfIdleRollout(_ variants: [Variant]) {
    guard onlyVariant == nil, variants.count == 1, variants[0].stack.rollout != nil else { return }
    reading.report(
      .medium, key: "rollout",
      "the rollout leads nowhere: the scenario has one variant, which works before day 0; add the "
        + "variant that it leads to, or remove 'rollout'",
      at: root["rollout"]?.location ?? root.location)
  }

  /// Warns of automations, applications and guardrails that no variant uses.
  private func warnOfIdleParts(_ variants: [Variant]) {
    let activities = variants.flatMap(\.stack.activities)
    let helpers = variants.reduce(into: Set<String>()) { $0.formUnion($1.stack.helpers) }
    for member in root["automations"]?.members ?? []
    where !activities.contains(where: { $0.automation == member.key })
      && !helpers.contains(member.key)
      && !variants.flatMap(\.stack.guardrails)
        .contains(where: { $0.handling?.opinion?.automation == member.key })
    {
      reading.report(
        .medium, key: member.node.path,
        "no variant assigns anything to the automation '\(member.key)'; assign an activity or "
          + "remove it", at: member.keyLocation)
    }
    let touched = Set(
      variants.flatMap { variant in
        let used = Set(variant.stack.activities.compactMap(\.automation))
        return
          (variant.stack.activities.flatMap(\.touches)
          + variant.stack.automations.filter { used.contains($0.name) }.flatMap(\.touches))
          .map(\.application)
      })
    for member in root["applications"]?.members ?? [] where !touched.contains(member.key) {
      reading.report(
        .medium, key: member.node.path,
        "nothing touches the application '\(member.key)' in any variant; name it under 'touches' of "
          + "an activity or automation, or remove it", at: member.keyLocation)
    }
    warnOfIdleReleases(variants)
    for member in root["guardrails"]?.members ?? [] {
      let isActive = variants.contains { variant in
        variant.stack.guardrails.contains { guardrail in
          guardrail.name == member.key
            && variant.stack.activities.contains {
              $0.id == guardrail.after && $0.automation == guardrail.raisedBy
            }
        }
      }
      if !isActive {
        reading.report(
          .medium, key: member.node.path,
          "the guardrail '\(member.key)' is never active: no variant assigns the activity in "
            + "'after' to the automation in 'raised_by'", at: member.keyLocation)
      }
    }
  }
}
