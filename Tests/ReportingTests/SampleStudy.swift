import Auditing
@testable import Experiments
import Facts
import Foundation
import Inventory
import Reporting
import Scenarios
import Simulation

/// A study made by hand: every number follows from the few given here, none from chance.
struct SampleStudy {
  var days = 65
  var replications = 200
  var variants = SampleStudy.variants

  struct Variant {
    var name: String
    var title: String
    var level: Int
    /// Replications exhausted by the horizon, and the day around which they are.
    var exhausted: Int
    var middle: Double
    var cost: Double
    var hours: Double
    var tickets: Double
    var agents: Bool
    /// Hours of work that underwriting is behind for each day at the end.
    var drift: Double
  }

  static let variants = [
    Variant(
      name: "as-is", title: "People and bots as today", level: 0, exhausted: 0, middle: 0,
      cost: 93.4,
      hours: 44, tickets: 3.1, agents: false, drift: 0),
    Variant(
      name: "agents", title: "Agents, no orchestration", level: 0, exhausted: 166, middle: 44,
      cost: 71.8, hours: 118, tickets: 212, agents: true, drift: 1.9),
    Variant(
      name: "layer-only", title: "As today, with the layer", level: 2, exhausted: 0, middle: 0,
      cost: 94.9, hours: 43, tickets: 3.1, agents: false, drift: 0),
    Variant(
      name: "agents+layer", title: "Agents with the layer", level: 2, exhausted: 8, middle: 58,
      cost: 63.2, hours: 31, tickets: 210, agents: true, drift: 0.1),
    Variant(
      name: "agents+layer+remedies", title: "Agents, layer and remedies", level: 2, exhausted: 0,
      middle: 0, cost: 58.7, hours: 26, tickets: 181, agents: true, drift: 0),
  ]

  func estimate(_ mean: Double, _ halfWidth: Double) -> Estimate {
    // Two values whose mean is exact; the interval is then set by hand.
    var estimate = Estimate(of: [mean, mean])
    estimate.lower = mean - halfWidth
    estimate.upper = mean + halfWidth
    estimate.n = replications
    return estimate
  }

  func study() -> StudyResult {
    StudyResult(
      seed: 7, replications: replications, level: 0.95, currency: "EUR", baseline: variants[0].name,
      horizonDays: days, horizonWeeks: Double(days) / 5, followUpHours: 13 * 168,
      exhaustionRule: ExhaustionRule(watchedTeams: [0, 1]),
      watchedTeams: ["underwriting", "legal"],
      variants: variants.map(result), differences: variants.dropFirst().flatMap(differences),
      recommendation: recommendation, events: 61_482_113)
  }

  private var recommendation: Recommendation {
    Recommendation(
      variant: variants.last?.name, riskBound: 0.2,
      admissible: ["agents+layer+remedies", "agents+layer", "as-is", "layer-only"].filter { name in
        variants.contains { $0.name == name }
      }, tiedWith: [], bindingTeam: "legal", growthToSaturation: 1.117)
  }

  private func figures(_ variant: Variant) -> [(Figure, Double, Double)] {
    [
      (.costPerCase, variant.cost, 0.31), (.timeToCompletion, variant.hours, 0.9),
      (.humanMinutes, variant.cost * 1.16, 0.24), (.ticketsPerHundred, variant.tickets, 0.6),
      (.reviewHoursPerWeek, variant.tickets * 0.52, 0.9),
      (.doneRight, variant.agents ? 0.962 : 0.988, 0.0012),
      (.unfinished, variant.drift > 1 ? 0.021 : 0, variant.drift > 1 ? 0.004 : 0),
    ]
  }

  private func result(_ variant: Variant) -> VariantResult {
    let isBaseline = variant.name == variants[0].name
    let any = exhaustion(variant, .backlog, team: nil, count: variant.exhausted)
    var netWork = exhaustion(variant, .netWork, team: nil, count: 0)
    netWork.isInapplicable = isBaseline
    return VariantResult(
      name: variant.name, title: variant.title, mix: variant.agents ? "agents" : "as today",
      orchestrationLevel: variant.level,
      figures: figures(variant).map {
        FigureResult(
          figure: $0.0, unit: $0.0.unit(currency: "EUR"), estimate: estimate($0.1, $0.2))
      },
      exhaustion: any,
      exhaustionByDefinition: [
        any, exhaustion(variant, .backlog, team: "underwriting", count: variant.exhausted),
        exhaustion(variant, .backlog, team: "legal", count: 0), netWork,
      ],
      costStack: costStack(variant), casesArrived: Double(100 * days),
      teams: [
        team("underwriting", people: 2, watched: true, load: variant.agents ? 0.93 : 0.83, variant),
        team("legal", people: 8, watched: true, load: variant.agents ? 0.895 : 0.708, variant),
        team("payments", people: 2, watched: false, load: 0.75, variant),
      ],
      completion: completion(variant), guardrails: guardrails(variant),
      automations: [
        AutomationResult(name: "kyc_bot", runsPerHundred: 200, failureShare: 0.031),
        AutomationResult(
          name: "loan_agent", runsPerHundred: variant.agents ? 860 : 0,
          failureShare: variant.agents ? 0.0004 : nil),
      ])
  }

  private func exhaustion(
    _ variant: Variant, _ definition: ExhaustionRule.Definition, team: String?, count: Int
  ) -> ExhaustionResult {
    let byDay = (1...days).map { day -> ProbabilityEstimate in
      // A straight rise around the middle, so that the curve is easy to check by eye.
      let share = min(1, max(0, (Double(day) - variant.middle + 16) / 32))
      return ProbabilityEstimate(
        count: day == days ? count : Int(Double(count) * share), of: replications)
    }
    return ExhaustionResult(
      definition: definition, team: team,
      byHorizon: ProbabilityEstimate(count: count, of: replications), byDay: byDay,
      medianDay: count > 0 ? variant.middle : nil,
      day80: count > 0 ? [variant.middle - 12, min(Double(days), variant.middle + 13)] : nil,
      isInapplicable: false)
  }

  private func costStack(_ variant: Variant) -> [CostShare] {
    let parts: [(String, Double)] = [
      ("tasks", variant.agents ? 0.62 : 0.9), ("review", variant.agents ? 0.2 : 0),
      ("exceptions", 0.03), ("automation", 0.02), ("orchestration", variant.level == 2 ? 0.02 : 0),
      ("loss", 0.01), ("licences", 0.04),
    ]
    let shares = parts.map { CostShare(component: $0.0, perCase: $0.1 * variant.cost) }
    let rest = variant.cost - shares.reduce(0) { $0 + $1.perCase }
    return shares + [CostShare(component: "owed", perCase: max(0, rest))]
  }

  private func team(
    _ name: String, people: Int, watched: Bool, load: Double, _ variant: Variant
  ) -> TeamResult {
    let drift = name == "underwriting" ? variant.drift : 0
    let capacity = Double(people) * 40
    func band(_ middle: Double, _ spread: Double) -> Band {
      let steps = [-2, -1.3, -0.7, 0, 0.7, 1.3, 2]
      return Band(mean: middle, quantiles: steps.map { max(0, middle + $0 * spread) })
    }
    let fluid = (1...days).map { day in max(0, drift * Double(day - 12)) }
    return TeamResult(
      name: name, people: people, isWatched: watched,
      backlogHours: fluid.enumerated().map { day, level in
        band(level + Double(people) * 3 * load, 2 + Double(people) * load + level / 5)
      },
      waitingTickets: fluid.map { band($0 * 3, 2) },
      scheduledHoursAhead: Array(repeating: capacity, count: days),
      occupancy: (0..<(days / 5)).map { week in
        let mean = min(0.995, load + drift * Double(week) / 100)
        return Band(mean: mean, quantiles: [-3, -2, -1, 0, 1, 2, 3].map { mean + $0 / 100 })
      },
      fluid: FluidForecast.sample(
        backlogHours: fluid, saturationDay: drift > 1 ? 12 : nil, first: load,
        last: load + drift / 8))
  }

  private func completion(_ variant: Variant) -> [CompletionResult] {
    [(1, 4), (5, 8), (9, 13)].enumerated().map { index, weeks in
      let slow = variant.hours * (1 + variant.drift * Double(index) / 3)
      let unfinished = variant.drift > 1 && index == 2 ? 0.06 : 0
      return CompletionResult(
        firstWeek: weeks.0, lastWeek: weeks.1, arrived: 400 * replications,
        unfinishedShare: unfinished,
        points: (0...50).map { step in
          let share = Double(step) / 50
          return .init(
            hours: slow * (0.3 + 1.2 * share * share + (step == 50 ? 3 : 0)),
            share: share * (1 - unfinished))
        })
    }
  }

  private func guardrails(_ variant: Variant) -> [GuardrailResult] {
    [("creditworthiness", 50.0, 35.0), ("compliance", 160, 120)].map { name, tickets, loss in
      GuardrailResult(
        name: name, firingShare: variant.agents ? estimate(tickets == 50 ? 0.5 : 1, 0.004) : nil,
        ticketsPerHundred: estimate(variant.agents ? tickets : 0, variant.agents ? 0.4 : 0),
        approvedUnchanged: variant.agents ? 0.92 : nil,
        minutesPerTicket: variant.agents ? 14.2 : nil,
        waitingHours: variant.agents ? 3.4 + variant.drift * 20 : nil,
        waitingCalendarHours: variant.agents ? 14.3 + variant.drift * 84 : nil,
        reviewCostPerCase: variant.agents ? tickets / 100 * 14.2 / 60 * 55 : 0,
        lossPreventedPerCase: variant.agents ? tickets / 100 * loss / 4 : 0)
    }
  }

  private func differences(_ variant: Variant) -> [Difference] {
    zip(figures(variant), figures(variants[0])).map { tried, before in
      let difference = tried.1 - before.1
      let matters: Double? =
        switch tried.0 {
        case .costPerCase: 0.5
        case .timeToCompletion: 4
        case .humanMinutes: 1
        default: nil
        }
      let interval = estimate(difference, 0.6 * max(tried.2, before.2))
      return Difference(
        variant: variant.name, figure: tried.0, unit: tried.0.unit(currency: "EUR"),
        estimate: interval, correlation: 0.71, varianceReduction: 3.4,
        practicalSignificance: matters,
        verdict: Difference.verdict(
          on: interval, smallest: matters ?? 0, lessIsBetter: tried.0.lessIsBetter))
    }
  }

  /// A report of it, with a parameter of each provenance and one finding.
  func report(title: String = "Loan approval with agents", map: String? = nil) -> StudyReport {
    StudyReport(
      title: title,
      question: "Can agents take over loan approval without drowning underwriting and legal?",
      study: study(),
      scenario: ScenarioFacts(
        startDate: "2026-01-05", timeZone: "Europe/Berlin",
        demand: "100 per working day, Poisson arrivals in office hours", process: "loan-approval",
        startState: "as-is for 8 weeks",
        automationKinds: [
          .init(name: "kyc_bot", kind: "rpa"), .init(name: "loan_agent", kind: "agent"),
        ],
        topics: [.escalationShare, .escalationDrift, .loanProcess, .orchestration]),
      parameters: SampleStudy.parameters, findings: SampleStudy.findings, findingCount: 19,
      map: map,
      notes: ["Good Friday is a working day in this scenario."],
      provenance: ReportProvenance(
        programVersion: "0.1.0", scenarioPath: "scenarios/loan-approval.yaml",
        scenarioDigest: "9f2b61a4c1d03e5577aa0e1b44d1c0ffee9f2b61a4c1d03e5577aa0e1b44d1c0",
        command: "rehearse compare scenarios/loan-approval.yaml --seed 7 --replications 200"))
  }

  static let parameters = [
    ParameterRecord(
      path: "demand.arrivals.rate", text: "100 per working day", value: 100, unit: "/working day",
      provenance: .declared,
      location: SourceLocation(path: "loan-approval.yaml", line: 68, column: 45)),
    ParameterRecord(
      path: "teams.underwriting.people", text: "2", value: 2, unit: "people", provenance: .declared,
      location: SourceLocation(path: "loan-approval.yaml", line: 74)),
    ParameterRecord(
      path: "automations.kyc_bot.failure", text: "3.1 %", value: 0.031, unit: "1",
      provenance: .measured, note: "orchestrator-jobs.csv", sample: 4120,
      location: SourceLocation(path: "loan-approval.yaml", line: 118)),
    ParameterRecord(
      path: "guardrails.creditworthiness.fires", text: "50 %", value: 0.5, unit: "1",
      provenance: .assumed, note: "brief row 48",
      location: SourceLocation(path: "loan-approval.yaml", line: 139)),
    ParameterRecord(
      path: "exhaustion.backlog.more_than", text: "5 working days", value: 5, unit: "working days",
      provenance: .assumed, note: "default of the language",
      location: SourceLocation(path: "loan-approval.yaml", element: "exhaustion")),
  ]

  static let findings = [
    Finding(
      check: "conflicting-thresholds", .critical,
      "Two decision tables disagree on the limit for automatic approval",
      subjects: [
        EntityReference(.system, "Credit Policy"), EntityReference(.system, "Branch Rules"),
      ],
      evidence: [
        Evidence(.imported, SourceLocation(path: "dmn/credit-policy.dmn", line: 41, column: 9)),
        Evidence(.imported, SourceLocation(path: "dmn/branch-rules.dmn", line: 12)),
      ],
      why: "For an amount of 7,500 EUR one says approve, the other refer.",
      remedy: "Make one of them call the other.", example: "amount = 7500, segment = retail"),
    Finding(
      check: "owner-gap", .high, "Night Export has no owner",
      subjects: [EntityReference(.system, "Night Export")],
      evidence: [Evidence(.declared, SourceLocation(path: "register.csv", line: 17))],
      why: "The register leaves the field empty and no other file names a person.",
      remedy: "Name one person who answers for it."),
  ]
}

extension FluidForecast {
  /// A forecast of given numbers: the initialiser of the module computes them from a model.
  static func sample(
    backlogHours: [Double], saturationDay: Int?, first: Double, last: Double
  ) -> FluidForecast {
    let nothing = #"{"backlogHours":[],"firstWeekIntensity":0,"lastWeekIntensity":0}"#
    guard var forecast = try? JSONDecoder().decode(FluidForecast.self, from: Data(nothing.utf8))
    else {
      fatalError("A forecast is no longer what this support file takes it for")
    }
    forecast.backlogHours = backlogHours
    forecast.saturationDay = saturationDay
    forecast.firstWeekIntensity = first
    forecast.lastWeekIntensity = last
    return forecast
  }
}
