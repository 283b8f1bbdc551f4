internal import Simulation
internal import Statistics

/// Compiles stacks; all of a scenario share one table of samplers.
struct StackCompiler {
  let flow: FlowGraph
  /// Names of the calendars, by their index in the model.
  let calendars: [String]
  /// Name of the calendar that makes working days.
  let workingDays: String
  /// Number of each skill, the same in all variants.
  let skills: [String: Int]
  let clock: CompiledClock
  /// When leaders look, for responses.
  let reviews: [Int64]
  /// Length of a working day, in seconds.
  let workingDaySeconds: Double
  var table = SamplerTable()

  init(
    flow: FlowGraph, calendars: [String], workingDays: String, skills: [String],
    clock: CompiledClock, reviews: [Int64], workingDaySeconds: Double
  ) {
    self.flow = flow
    self.calendars = calendars
    self.workingDays = workingDays
    self.clock = clock
    self.reviews = reviews
    self.workingDaySeconds = workingDaySeconds
    self.skills = Dictionary(
      skills.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func compile(_ stack: StackSettings, name: String) -> StackModel {
    let teams = stack.teams.map(\.name)
    let automations = stack.automations.map(\.name)
    let applications = stack.applications.map(\.name)
    var model = StackModel(
      name: name,
      teams: stack.teams.map { team($0) },
      automations: stack.automations.map {
        automation($0, teams: teams, applications: applications)
      },
      activities: stack.activities.map { activity in
        ActivityModel(
          team: activity.team.flatMap { teams.firstIndex(of: $0) },
          handlingTime: activity.time.map { time($0) }, errorProbability: activity.errors,
          automation: activity.automation.flatMap { automations.firstIndex(of: $0) },
          automationShare: activity.share, runTime: activity.runTime.map { time($0) },
          queueing: queueing(
            activity.queueing, team: stack.teams.first { $0.name == activity.team }),
          batch: activity.batch.map { batch($0) },
          updates: activity.updates.map { update in
            AttributeUpdate(attribute: update.attribute, draw: draw(update.draw))
          },
          decision: activity.decision, touches: touches(activity.touches, among: applications))
      },
      guardrails: stack.guardrails.map { guardrail($0, teams: teams, automations: automations) },
      flowProbabilities: stack.flowProbabilities, delays: stack.events.map { event($0) },
      repetitions: stack.repetitions.map { repetition in
        RepetitionModel(
          again: repetition.again, atMost: repetition.atMost,
          count: repetition.count.map { time($0) } ?? .zero, enough: repetition.enough,
          condition: repetition.condition)
      },
      layer: stack.layer.map { layer in
        LayerModel(
          name: layer.name, latency: microseconds(layer.latency), concurrent: layer.concurrent,
          costPerHop: layer.pricePerHop * 1e6, sharesContext: layer.sharesContext,
          outages: outages(layer.outages, teams: teams))
      }, branchingRules: stack.branchingRules, priorityRules: stack.priorityRules,
      applications: stack.applications.map { application($0, teams: teams) })
    addOrchestration(stack, to: &model)
    addCosts(of: stack, to: &model)
    if let settings = stack.risk { model.risk = risk(settings, stack, model) }
    model.response = response(stack.response, of: stack)
    model.adoption = stack.adoption.map {
      adoption($0, teams: teams, automations: automations)
    }
    return model
  }

  /// What is known of each case.
  mutating func compile(_ attributes: [ScenarioAttribute]) -> [AttributeModel] {
    attributes.map { attribute in
      let domain: AttributeModel.Domain =
        switch attribute.kind {
        case .number: .number
        case .categories(let names): .categories(names)
        case .boolean: .boolean
        }
      let value: AttributeModel.Value =
        switch attribute.value {
        case .drawn(let own): .drawn(draw(own))
        case .given(let other, let draws): .given(attribute: other, draws.map { draw($0) })
        }
      return AttributeModel(
        name: attribute.name, domain: domain, value: value,
        correlation: attribute.correlation.map {
          AttributeModel.Correlation(attribute: $0.attribute, rank: $0.rank)
        })
    }
  }

  private mutating func draw(_ draw: AttributeValueDraw) -> AttributeDraw {
    switch draw {
    case .number(let distribution): .number(distribution, table: &table)
    case .shares(let shares): .position(shares: shares)
    }
  }

  mutating func time(_ distribution: Distribution) -> SampledTime {
    SampledTime(distribution, table: &table)
  }

  private mutating func event(_ event: EventSettings) -> DelayModel {
    DelayModel(
      event.time.map { time($0) } ?? .zero, probability: event.probability,
      isFromWithin: event.isFromWithin, occurrences: event.occurrences)
  }

  func microseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e6).rounded()) }

  private mutating func automation(
    _ automation: AutomationSettings, teams: [String], applications: [String]
  ) -> AutomationModel {
    var model = AutomationModel(
      name: automation.name, runners: automation.runners, runTime: time(automation.time),
      failureProbability: automation.failure, errorProbability: automation.errors,
      retries: automation.retries, backoff: microseconds(automation.backoff),
      costPerRun: automation.costPerRun * 1e6,
      exceptionTeam: automation.exceptionTeam.flatMap { teams.firstIndex(of: $0) },
      exceptionTime: automation.exceptionTime.map { time($0) },
      touches: touches(automation.touches, among: applications),
      outages: outages(automation.outages, teams: teams))
    compile(automation.conduct, into: &model, teams: teams, applications: applications)
    return model
  }

  private mutating func guardrail(
    _ guardrail: GuardrailSettings, teams: [String], automations: [String]
  ) -> GuardrailModel {
    let firing: GuardrailModel.Firing =
      switch guardrail.firing {
      case .probability(let value): .probability(value)
      case .everyNthCase(let n): .everyNthCase(n)
      }
    let bulkReview: BatchModel? = guardrail.bulkReview.map { bulk in
      BatchModel(
        size: bulk.size, wait: microseconds(bulk.wait), setup: time(bulk.setup),
        each: time(bulk.each))
    }
    var model = GuardrailModel(
      name: guardrail.name, raisedBy: automations.firstIndex(of: guardrail.raisedBy) ?? 0,
      afterActivity: flow.activity(ofElement: guardrail.after) ?? 0,
      replacesActivity: guardrail.replacesTask.flatMap { flow.activity(ofElement: $0) },
      blocks: guardrail.blocks, firing: firing,
      drift: guardrail.drift.map { drift in
        DriftModel(
          rise: drift.rise, inPoints: drift.inPoints, isGeometric: drift.isGeometric,
          period: microseconds(drift.over),
          calendar: drift.inWorkingTime ? calendars.firstIndex(of: workingDays) : nil)
      },
      teams: guardrail.teams.compactMap { teams.firstIndex(of: $0) },
      reviewTime: time(guardrail.review),
      contextPerAutomation: microseconds(guardrail.contextPerAutomation),
      approvedUnchanged: guardrail.approvedUnchanged, catchProbability: guardrail.catches,
      lossPrevented: guardrail.lossPrevented * 1e6, bulkReview: bulkReview,
      reevaluation: guardrail.reevaluation.map { check in
        ReevaluationModel(
          unnecessary: check.unnecessary, check: microseconds(check.check),
          costPerCheck: check.price * 1e6, falsePass: check.falsePass)
      }, queueing: queueing(guardrail.queueing, team: nil), condition: guardrail.condition)
    model.handling = guardrail.handling.map {
      tickets($0, teams: teams, automations: automations)
    }
    model.due = guardrail.due.map { due($0) }
    model.oversight = guardrail.oversight.map { oversight($0, teams: teams) }
    addRemedies(guardrail, to: &model, teams: teams)
    return model
  }
}
