import Facts
import IntegrationGraph
import Inventory
import ProcessModel

/// How well the work of a system lends itself to agents.
struct AgentCandidate {
  /// Position of the system in the estate.
  let system: Int
  /// What the score is made of, in order.
  let parts: [Part]
  /// Why it is not to be begun with, and the rule that says so; `nil` where nothing speaks against it.
  let excludedBy: String?

  /// A number in 0...1 that the score is made of.
  struct Part {
    let factor: Factor
    let name: String
    /// `nil` where it is not known.
    let value: Double?
    /// Why it is not known, or what it was computed from.
    let note: String
  }

  /// The factors of the score.
  enum Factor: CaseIterable {
    case value, feasibility, lowRisk
  }

  /// The mean of the known parts of a factor; `nil` where none is known.
  func mean(_ factor: Factor) -> Double? {
    let known = parts.filter { $0.factor == factor }.compactMap(\.value)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The product of the factors; `nil` where nothing is known of one of them.
  var score: Double? {
    var score = 1.0
    for factor in Factor.allCases {
      guard let mean = mean(factor) else { return nil }
      score *= mean
    }
    return score
  }

  /// The score where every unknown part turns out as bad, or as good, as it can.
  var range: (low: Double, high: Double) { (bound(0), bound(1)) }

  private func bound(_ unknown: Double) -> Double {
    Factor.allCases.reduce(1) { product, factor in
      let values = parts.filter { $0.factor == factor }.map { $0.value ?? unknown }
      return product * values.reduce(0, +) / Double(values.count)
    }
  }

  /// Names of the parts that are not known.
  var unknown: [String] { parts.filter { $0.value == nil }.map(\.name) }
}

extension AgentCandidate {
  /// The systems in use at which people may step in, those that may be begun with first, by score.
  ///
  /// Agents, orchestrators and sets of rules are none, nor is what is known to run without people.
  static func all(_ context: AuditContext, _ work: WorkFacts) -> [AgentCandidate] {
    var candidates: [AgentCandidate] = []
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      let kind = system.kind.value
      if kind == .agent || kind == .orchestrator || kind == .rules { continue }
      let people = work.peopleStepIn(index)
      if people == false { continue }
      if people == nil, work.processes(of: system).isEmpty, kind != .workflow { continue }
      candidates.append(
        AgentCandidate(
          system: index, parts: parts(index, context, work),
          excludedBy: exclusion(system, context, work)))
    }
    return candidates.sorted { a, b in
      if (a.excludedBy == nil) != (b.excludedBy == nil) { return a.excludedBy == nil }
      let (first, second) = (a.score ?? -1, b.score ?? -1)
      if first != second { return first > second }
      if a.range.high != b.range.high { return a.range.high > b.range.high }
      return a.system < b.system
    }
  }

  private static func parts(
    _ index: Int, _ context: AuditContext, _ work: WorkFacts
  ) -> [Part] {
    let system = context.estate.systems[index]
    let options = context.options
    let cases = system.volume.value?.perMonth
    let steps = work.humanSteps(index)
    let criticality = system.criticality.value.map { criticality in
      switch criticality {
      case .low: 1.0
      case .medium: 0.75
      case .high: 0.5
      case .missionCritical: 0.0
      }
    }
    let node = context.node(ofSystem: index)
    let dependents = node.map { node in
      context.graph.dependents(of: node).count { context.isAlive($0) && $0 != node }
    }
    let failing = system.failureRate.value?.value
    return [
      Part(
        factor: .value, name: "high volume",
        value: cases.map { min(1, $0 / max(1, options.carriedPerMonth)) },
        note: cases.map { "\(numberText($0.rounded())) cases a month" } ?? "no volume is stated"),
      Part(
        factor: .value, name: "bottlenecked",
        value: steps.map { min(1, Double($0) / Double(max(1, options.humanApprovals))) },
        note: steps.map { "people step in at \(counted($0, "place"))" }
          ?? "at how many places people step in is not known"),
      repetitive(system, work), clearLogic(system, context, work),
      reachable(node, context),
      Part(
        factor: .lowRisk, name: "little depends on it", value: criticality,
        note: system.criticality.value.map { "criticality \($0.rawValue)" }
          ?? "no criticality is stated"),
      Part(
        factor: .lowRisk, name: "few need it",
        value: dependents.map { 1 / (1 + Double($0) / Double(max(1, options.dependents))) },
        note: "\(counted(dependents ?? 0, "thing")) in use need it directly"),
      Part(
        factor: .lowRisk, name: "seldom fails", value: failing.map { 1 - $0 },
        note: failing.map { "fails in \(percentText($0)) of its runs" }
          ?? "no failure rate is stated"),
    ]
  }

  /// Repetitive: few of its steps are choices.
  private static func repetitive(_ system: AutomationSystem, _ work: WorkFacts) -> Part {
    var choices = 0
    var others = 0
    for process in work.processes(of: system) {
      let ways = waysOut(of: process.process)
      for element in process.process.elements {
        switch element.kind {
        case .gateway(.parallel): continue
        case .gateway: if (ways[element.id] ?? []).count > 1 { choices += 1 }
        case .task, .callActivity: others += 1
        default: continue
        }
      }
    }
    for step in work.steps(of: system) where step.kind != .group {
      if step.kind == .decision { choices += 1 } else { others += 1 }
    }
    let count = choices + others
    return Part(
      factor: .feasibility, name: "repetitive",
      value: others == 0 ? nil : Double(others) / Double(count),
      note: others == 0
        ? "no steps are known" : "\(choices) of \(counted(count, "step")) are choices")
  }

  /// Clear logic: of its choices, many follow a written rule and few are left to people.
  private static func clearLogic(
    _ system: AutomationSystem, _ context: AuditContext, _ work: WorkFacts
  ) -> Part {
    var written = work.steps(of: system).count { $0.kind == .decision }
    for process in work.processes(of: system) {
      let ways = waysOut(of: process.process)
      for element in process.process.elements {
        switch element.kind {
        case .task(.businessRule): written += 1
        case .gateway(.exclusive), .gateway(.inclusive):
          let flows = ways[element.id] ?? []
          let open = flows.count { $0.condition == nil && $0.id != element.defaultFlow }
          if flows.count > 1, open <= (element.defaultFlow == nil ? 1 : 0) { written += 1 }
        default: continue
        }
      }
    }
    let judged = Set(
      context.touchPoints(ofSystemNamed: system.name).filter {
        $0.kind == .approval || $0.kind == .review || $0.kind == .exception
      }.map(\.step)
    ).count
    let count = written + judged
    return Part(
      factor: .feasibility, name: "clear logic",
      value: count == 0 ? nil : Double(written) / Double(count),
      note: count == 0
        ? "no choices are known"
        : "\(written) of \(counted(count, "choice")) follow a written rule")
  }

  private static func waysOut(of process: BusinessProcess) -> [String: [SequenceFlow]] {
    Dictionary(grouping: process.flows, by: \.source)
  }

  /// Reachable: what it works on has interfaces.
  private static func reachable(_ node: Int?, _ context: AuditContext) -> Part {
    let edges = (node.map(context.graph.edges(from:)) ?? []).filter {
      let kind = context.graph.nodes[$0.target].kind
      return (kind == .system || kind == .application) && $0.channel != .unknown && !$0.isHuman
    }
    let good = edges.count { $0.channel != .userInterface && $0.channel != .mail }
    return Part(
      factor: .feasibility, name: "reachable",
      value: edges.isEmpty ? nil : Double(good) / Double(edges.count),
      note: edges.isEmpty
        ? "by what means it reaches others is not known"
        : "\(good) of \(counted(edges.count, "connection")) by an interface")
  }
}

extension AgentCandidate {
  /// The first rule that speaks against beginning with a system.
  private static func exclusion(
    _ system: AutomationSystem, _ context: AuditContext, _ work: WorkFacts
  ) -> String? {
    let names = work.names(of: system)
    let said = CandidatePolicy.value(context.policy.candidates.regulated, of: names)
    if said == true { return "regulated, as the policy file says" }
    if system.criticality.value == .missionCritical { return "mission-critical" }
    if let status = system.status.value, status != .production {
      return "not in production (\(status.rawValue)): what it does is not settled yet"
    }
    if said == nil, let word = regulatedWord(system, work) {
      return "probably regulated: its files speak of “\(word)” (inferred; policy key "
        + "candidates.regulated says what is so)"
    }
    return nil
  }

  /// A word in the names and purpose of a system or its process that speaks of regulated work.
  private static func regulatedWord(_ system: AutomationSystem, _ work: WorkFacts) -> String? {
    var texts = [system.name, system.purpose.value ?? ""]
    for process in work.processes(of: system) {
      texts += process.process.elements.flatMap { [$0.name, $0.lane].compactMap { $0 } }
    }
    for text in texts {
      for word in words(of: text) where regulatedWords.contains(word) { return word }
    }
    return nil
  }

  /// Words that only regulated work is likely to use (assumed).
  private static let regulatedWords: Set = [
    "aml", "kyc", "gdpr", "dsgvo", "hipaa", "sox", "mifid", "basel", "solvency", "sanctions",
    "regulatory", "regulator", "compliance", "statutory", "laundering", "geldwäsche", "meldewesen",
    "pharmacovigilance", "clinical", "creditworthiness",
  ]
}
