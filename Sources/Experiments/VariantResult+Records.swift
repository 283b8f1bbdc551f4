public import Simulation
internal import Statistics

// From the records of a variant's replications to its results. Sums run in replication order.

extension VariantResult {
  init(
    _ variant: StudyVariant, records: [ReplicationRecord], baselineRecords: [ReplicationRecord],
    isBaseline: Bool, design: StudyDesign
  ) {
    let model = variant.model
    name = variant.name
    title = variant.title
    mix = variant.mix
    orchestrationLevel = variant.orchestrationLevel
    figures = Figure.allCases.compactMap { figure in
      let values = records.compactMap { figure.value(in: $0, of: model) }
      guard values.count >= min(2, records.count), !values.isEmpty else { return nil }
      return FigureResult(
        figure: figure, unit: figure.unit(currency: design.currency),
        estimate: Estimate(of: values))
    }
    let dates = ExhaustionDates(
      model: model, records: records, baseline: baselineRecords, isBaseline: isBaseline,
      rule: design.exhaustion)
    exhaustion = dates.deciding
    exhaustionByDefinition = dates.all
    let arrivals = records.map { Double($0.arrived) }
    casesArrived = average(arrivals)
    costStack = costShares(records, model: model)
    teams = model.stack.teams.indices.map {
      TeamResult(
        team: $0, model: model, records: records,
        isWatched: design.exhaustion.watchedTeams.contains($0),
        backlogDays: design.exhaustion.backlogDays)
    }
    completion = completionResults(records, timeline: model.timeline)
    guardrails = model.stack.guardrails.indices.map {
      GuardrailResult(guardrail: $0, stack: model.stack, records: records)
    }
    let stuck = records.reduce(0) { $0 + $1.stuckCases }
    stuckCases = stuck > 0 ? stuck : nil
    let missing = records.reduce(0) { $0 + $1.missingCases }
    missingCases = missing > 0 ? missing : nil
    automations = model.stack.automations.indices.map { index in
      let runs = records.reduce(0) { $0 + $1.automationRuns[index] }
      let failures = records.reduce(0) { $0 + $1.automationFailures[index] }
      let cases = arrivals.reduce(0, +)
      return AutomationResult(
        name: model.stack.automations[index].name,
        runsPerHundred: cases > 0 ? 100 * Double(runs) / cases : 0,
        failureShare: runs > 0 ? Double(failures) / Double(runs) : nil)
    }
    applications = model.stack.applications.indices.map {
      ApplicationResult(application: $0, model: model, records: records)
    }
    downtimes = DowntimeResult.all(model: model, records: records)
    mechanisms = MechanismResult.all(records: records)
    rollout = RolloutResult(
      stages: model.stack.rollout?.stages.map(\.name) ?? [],
      layer: model.stack.rollout?.layerStage == nil ? nil : model.stack.layer?.name,
      records: records)
    responses = model.stack.response.map { $0.rules.map(\.name) }
    work = workResults(records, model: model)
  }
}

extension ReplicationRecord {
  /// Cases that arrived within the horizon.
  var arrived: Int { cohorts.reduce(0) { $0 + $1.arrived } }

  /// Length of the time from day 0 in which cases were counted, in weeks.
  var weeksCounted: Double { Double(countedUntil) / 604_800e6 }
}

func average(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

/// Components in the order of `CostComponent`, licences before work owed; those that only mechanisms
/// bring stand there where they cost anything.
private func costShares(_ records: [ReplicationRecord], model: SimulationModel) -> [CostShare] {
  let counted = records.filter { $0.arrived > 0 }
  func fixed(_ component: CostComponent, _ record: ReplicationRecord) -> Double {
    component == .upkeep ? model.fixedCost(in: record, .upkeep) : 0
  }
  var shares = CostComponent.allCases.compactMap { component -> CostShare? in
    let index = component.rawValue
    let costs = counted.map { record in
      record.cohorts.reduce(record.costBesideCases[index]) { $0 + $1.cost[index] }
    }
    if component.isOfMechanism, !model.canCharge(component), costs.allSatisfy({ $0 == 0 }),
      counted.allSatisfy({ fixed(component, $0) == 0 })
    {
      return nil
    }
    return CostShare(
      component: component.name,
      perCase: average(
        zip(costs, counted).map { cost, record in
          (Double(cost) / 1e6 + fixed(component, record)) / Double(record.arrived)
        }))
  }
  let licences = counted.map {
    model.fixedCost(in: $0, .licence) / Double($0.arrived)
  }
  // Fixed costs come before what goes wrong; work owed stays last: it is what is still to come.
  let later = [CostComponent.repairs, .incidents, .penalties, .owed].map(\.name)
  let position = shares.firstIndex { later.contains($0.component) } ?? shares.count
  shares.insert(CostShare(component: "licences", perCase: average(licences)), at: position)
  return shares
}

extension SimulationModel {
  /// Whether a component is shown even where it comes to nothing.
  fileprivate func canCharge(_ component: CostComponent) -> Bool {
    component == .repairs && stack.outagesByUnit.contains { $0?.repairTeam != nil }
  }
}

extension CostComponent {
  /// Name in files.
  public var name: String {
    switch self {
    case .tasks: "tasks"
    case .review: "review"
    case .exceptions: "exceptions"
    case .automation: "automation"
    case .orchestration: "orchestration"
    case .loss: "loss"
    case .rework: "rework"
    case .coordination: "coordination"
    case .upkeep: "upkeep"
    case .repairs: "repairs"
    case .incidents: "incidents"
    case .penalties: "penalties"
    case .staffing: "staffing"
    case .owed: "owed"
    }
  }

  /// Whether only mechanisms bring it that most scenarios do not use.
  fileprivate var isOfMechanism: Bool {
    switch self {
    case .rework, .coordination, .upkeep, .repairs, .incidents, .penalties, .staffing: true
    case .tasks, .review, .exceptions, .automation, .orchestration, .loss, .owed: false
    }
  }
}

private func completionResults(
  _ records: [ReplicationRecord], timeline: Timeline
) -> [CompletionResult] {
  guard let first = records.first else { return [] }
  let weeks = max(1, Int(timeline.cohortLength / 604_800_000_000))
  return first.completionTimes.indices.map { group in
    var histogram = LogLinearHistogram()
    var arrived = 0
    var completed = 0
    let firstCohort = group * cohortsPerGroup
    let lastCohort = min(firstCohort + cohortsPerGroup, first.cohorts.count)
    for record in records {
      histogram.merge(record.completionTimes[group])
      for cohort in record.cohorts[firstCohort..<lastCohort] {
        arrived += cohort.arrived
        completed += cohort.completed
      }
    }
    let finishedShare = arrived > 0 ? Double(completed) / Double(arrived) : 0
    return CompletionResult(
      firstWeek: firstCohort * weeks + 1, lastWeek: lastCohort * weeks, arrived: arrived,
      unfinishedShare: 1 - finishedShare,
      points: (completed > 0 ? Array(0...50) : []).map { step in
        let share = Double(step) / 50
        return CompletionResult.Point(
          hours: (histogram.quantile(share) ?? 0) / 3600e6, share: share * finishedShare)
      })
  }
}

extension GuardrailResult {
  init(guardrail: Int, stack: StackModel, records: [ReplicationRecord]) {
    let model = stack.guardrails[guardrail]
    let mine = records.map { ($0.guardrails[guardrail], Double($0.arrived)) }
    name = model.name
    let firing = mine.filter { $0.0.evaluated > 0 }
      .map { Double($0.0.fired) / Double($0.0.evaluated) }
    firingShare =
      firing.count >= min(2, max(1, records.count)) ? Estimate(of: firing) : nil
    ticketsPerHundred = Estimate(
      of: mine.map { $0.1 > 0 ? 100 * Double($0.0.tickets) / $0.1 : 0 })
    let answered = mine.reduce(0) { $0 + $1.0.answered }
    let unchanged = mine.reduce(0) { $0 + $1.0.approvedUnchanged }
    let time = mine.reduce(Int64(0)) { $0 + $1.0.reviewTime }
    let waiting = mine.reduce(Int128(0)) { $0 + $1.0.waitingWorkTime }
    let calendarWait = mine.reduce(Int128(0)) { $0 + $1.0.waitingTime }
    approvedUnchanged = answered > 0 ? Double(unchanged) / Double(answered) : nil
    minutesPerTicket = answered > 0 ? Double(time) / Double(answered) / 60e6 : nil
    waitingHours = answered > 0 ? Double(waiting) / Double(answered) / 3600e6 : nil
    waitingCalendarHours =
      answered > 0 ? Double(calendarWait) / Double(answered) / 3600e6 : nil
    let cases = mine.reduce(0) { $0 + $1.1 }
    let tickets = mine.reduce(0) { $0 + $1.0.tickets }
    let rate =
      average(
        model.teams.map { team in
          average(
            stack.teams[team].people(withSkills: model.queueing.skills).map(\.hourlyCost))
        }) / 1e6
    reviewCostPerCase = cases > 0 ? Double(time) / 3600e6 * rate / cases : 0
    lossPreventedPerCase = cases > 0 ? Double(tickets) * model.lossPrevented / 1e6 / cases : 0
  }
}
