/// One stack: who does what, with which parameters.
///
/// Arrays are indexed alike in all stacks of a scenario.
public struct StackModel: Sendable {
  /// Name of the variant.
  public var name: String
  /// Human teams.
  public var teams: [TeamModel]
  /// Automations.
  public var automations: [AutomationModel]
  /// What each activity of the flow takes and who does it; indexed as `FlowGraph.activities`.
  public var activities: [ActivityModel]
  /// Guardrails.
  public var guardrails: [GuardrailModel]
  /// Probability of each sequence flow at its gateway; indexed as `FlowGraph.flows`.
  public var flowProbabilities: [Double]
  /// When the event of each delaying node comes; indexed as `FlowGraph.delays`.
  public var delays: [DelayModel]
  /// How often loops and multi-instance activities are done; indexed as `FlowGraph.repetitions`.
  public var repetitions: [RepetitionModel]
  /// The orchestration layer at work; `nil` at level 0.
  public var layer: LayerModel?
  /// Nodes at which attributes choose the way, each once; shares choose at all others.
  ///
  /// At these nodes `flowProbabilities` only serves forecasts.
  public var branchingRules: [BranchingRule]
  /// Classes of urgency: the first rule that holds counts, 0 where none does.
  public var priorityRules: [PriorityRule]
  /// Applications that performers touch.
  public var applications: [ApplicationModel]
  /// What it costs that automations act beside one another; `nil` for nothing.
  public var coordination: CoordinationModel?
  /// Something that watches the automations and alerts people, at orchestration level 1; `nil` for none.
  public var monitor: MonitorModel?
  /// An automation that leads others; `nil` for none.
  public var supervisor: SupervisorModel?
  /// Control of triggers that come in bursts; `nil` for none.
  public var storm: StormModel?
  /// Costs by the week of what is in use: licences, upkeep.
  public var fixedCosts: [FixedCost] = []
  /// What it costs beside work, runs and fixed costs; `nil` for nothing.
  public var costs: CostModel?
  /// How it takes over from the stack before day 0, where there is one; `nil` for all at once.
  public var rollout: RolloutModel?
  /// What can go badly wrong; `nil` for nothing.
  public var risk: RiskModel?
  /// What leaders do when work piles up, from day 0 on; `nil` for nothing.
  public var response: ResponseModel?
  /// How much people hand to agents; `nil` where they hand over all that is assigned to them.
  public var adoption: AdoptionModel?

  /// Creates a stack.
  public init(
    name: String, teams: [TeamModel], automations: [AutomationModel] = [],
    activities: [ActivityModel], guardrails: [GuardrailModel] = [], flowProbabilities: [Double],
    delays: [DelayModel] = [], repetitions: [RepetitionModel] = [], layer: LayerModel? = nil,
    branchingRules: [BranchingRule] = [], priorityRules: [PriorityRule] = [],
    applications: [ApplicationModel] = []
  ) {
    self.name = name
    self.teams = teams
    self.automations = automations
    self.activities = activities
    self.guardrails = guardrails
    self.flowProbabilities = flowProbabilities
    self.delays = delays
    self.repetitions = repetitions
    self.layer = layer
    self.branchingRules = branchingRules
    self.priorityRules = priorityRules
    self.applications = applications
  }
}

/// What an activity of the flow takes, and who does it.
public struct ActivityModel: Sendable {
  /// Index of the team that does it by hand; `nil` where no person can.
  public var team: Int?
  /// Working time by hand, in seconds.
  public var handlingTime: SampledTime?
  /// Probability that a person makes an error that is not noticed at once.
  public var errorProbability: Double
  /// The automation that does it, where one is assigned.
  public var automation: Int?
  /// Share of cases the automation gets, in 0...1; the rest is done by hand.
  public var automationShare: Double
  /// Time of one run of the automation on this activity, in seconds; `nil` for the automation's own.
  public var runTime: SampledTime?
  /// How human work on it queues, and who may take it.
  public var queueing: QueueingModel
  /// Work by hand done in batches; `nil` for one case at a time.
  public var batch: BatchModel?
  /// Attributes that get new values when it is done, in this order.
  public var updates: [AttributeUpdate]
  /// Decision table that is evaluated after that; `nil` for none.
  public var decision: DecisionModel?
  /// Applications that whoever does it touches, people and automations alike.
  public var touches: [TouchModel]

  /// Creates an activity.
  public init(
    team: Int?, handlingTime: SampledTime?, errorProbability: Double = 0,
    automation: Int? = nil, automationShare: Double = 1, runTime: SampledTime? = nil,
    queueing: QueueingModel = QueueingModel(), batch: BatchModel? = nil,
    updates: [AttributeUpdate] = [], decision: DecisionModel? = nil, touches: [TouchModel] = []
  ) {
    self.team = team
    self.handlingTime = handlingTime
    self.errorProbability = errorProbability
    self.automation = automation
    self.automationShare = automationShare
    self.runTime = runTime
    self.queueing = queueing
    self.batch = batch
    self.updates = updates
    self.decision = decision
    self.touches = touches
  }
}

/// A bot, rules engine, agent or script.
///
/// Works around the clock unless it has hours.
public struct AutomationModel: Sendable {
  /// Name.
  public var name: String
  /// Runs at the same time; work beyond waits in order of arrival.
  public var runners: Int
  /// Time of one run, in seconds.
  public var runTime: SampledTime
  /// Probability that a run fails.
  public var failureProbability: Double
  /// Probability that a run that does not fail leaves an error nobody notices at once.
  public var errorProbability: Double
  /// Attempts after the first.
  public var retries: Int
  /// Wait before the first retry, in microseconds; doubles with each further one.
  public var backoff: Int64
  /// Cost of one run, failed ones included, in millionths of the currency unit.
  public var costPerRun: Double
  /// Team that takes the case when all attempts have failed; `nil` for the activity's own team.
  public var exceptionTeam: Int?
  /// Working time of such an exception, in seconds; `nil` for the activity's own handling time.
  public var exceptionTime: SampledTime?
  /// Applications that each of its runs touches, beside those of the activity.
  public var touches: [TouchModel]
  /// Outages of all its runners at once; `nil` for none.
  public var outages: OutageModel?
  /// How reliably it works with applications; empty where `failureProbability` says all.
  public var reliability: [ReliabilityModel] = []
  /// Calls that each run makes; `nil` for none.
  public var calls: CallModel?
  /// How novelty or complexity makes it fail or err; `nil` for not at all.
  public var novelty: NoveltyModel?
  /// How it becomes better or worse with time; `nil` for not at all.
  public var capability: CapabilityModel?
  /// Share of cases for which it has a rule, or a script; a run of any other has failed for good.
  public var coverage = 1.0
  /// How its confidence goes with its being right; asks that look at confidence need it.
  public var calibration: CalibrationModel?
  /// When it asks a person, in order: the first that asks counts.
  ///
  /// At most 16.
  public var asks: [AskModel] = []
  /// Index of the calendar in whose hours it begins runs; `nil` for around the clock.
  ///
  /// A run that has begun is finished.
  public var hours: Int?
  /// What releases of applications do to it; `nil` for nothing.
  public var breakage: BreakageModel?
  /// Changes of what it is asked to do; `nil` for none.
  public var changes: ChangeModel?
  /// Work on it that comes again and again; `nil` for none.
  public var upkeep: UpkeepModel?
  /// How it becomes better with what is captured of its work; `nil` for not at all.
  public var learning: LearningModel?
  /// How it becomes worse without upkeep; `nil` for not at all.
  public var decay: DecayModel?
  /// How its behaviour drifts, and what notices it; `nil` for not at all.
  public var drift: BehaviourDriftModel?
  /// Cases at which its runs fail with another probability: the first that holds counts.
  public var weaknesses: [WeaknessModel] = []

  /// Creates an automation.
  public init(
    name: String, runners: Int, runTime: SampledTime, failureProbability: Double = 0,
    errorProbability: Double = 0, retries: Int = 0, backoff: Int64 = 0, costPerRun: Double = 0,
    exceptionTeam: Int? = nil, exceptionTime: SampledTime? = nil,
    touches: [TouchModel] = [], outages: OutageModel? = nil
  ) {
    self.name = name
    self.runners = runners
    self.runTime = runTime
    self.failureProbability = failureProbability
    self.errorProbability = errorProbability
    self.retries = retries
    self.backoff = backoff
    self.costPerRun = costPerRun
    self.exceptionTeam = exceptionTeam
    self.exceptionTime = exceptionTime
    self.touches = touches
    self.outages = outages
  }
}

/// A condition under which an automation must ask people.
public struct GuardrailModel: Sendable {
  /// Name.
  public var name: String
  /// The automation that raises it; inactive where another performer does the activity.
  public var raisedBy: Int
  /// Index of the activity after which it is evaluated.
  public var afterActivity: Int
  /// Index of the planned activity that falls away for cases it was evaluated on; `nil` for none.
  public var replacesActivity: Int?
  /// Whether the case waits for the answer.
  public var blocks: Bool
  /// When it fires.
  public var firing: Firing
  /// Condition without which it never fires; `nil` for none.
  public var condition: CaseCondition?
  /// Share of evaluations at which the condition holds, for forecasts; 1 without one.
  public var conditionShare: Double
  /// Rise of the firing probability over time; `nil` for none.
  public var drift: DriftModel?
  /// Teams that get one ticket each; all must answer.
  public var teams: [Int]
  /// Working time of one review, in seconds.
  public var reviewTime: SampledTime
  /// Time to reconstruct what happened, per automation that touched the case, in microseconds.
  public var contextPerAutomation: Int64
  /// Share of tickets approved as they are.
  public var approvedUnchanged: Double
  /// Probability that a review finds the errors of a case.
  public var catchProbability: Double
  /// Mean loss that one ticket prevents, in millionths of the currency unit.
  public var lossPrevented: Double
  /// Reviews in batches; `nil` for one at a time.
  public var bulkReview: BatchModel?
  /// Check whether the guardrail is needed here; `nil` for none.
  public var reevaluation: ReevaluationModel?
  /// How its tickets queue, and who may answer them.
  public var queueing: QueueingModel
  /// What becomes of its tickets beside being answered; `nil` for nothing.
  public var handling: TicketModel?
  /// When its tickets are due; `nil` where its teams say so.
  public var due: DueModel?
  /// Firing probabilities for some cases, at some hours: the first that holds takes the place of its own.
  public var thresholds: [ThresholdModel] = []
  /// Which of its firings people look at, and whether cases wait; `nil` for all, as `blocks` says.
  public var oversight: OversightModel?
  /// What it means that a reviewer has the skills of the decision, or not; `nil` for nothing.
  public var expertise: ExpertiseModel?
  /// Contextual routing of its tickets, of which `queueing` and `teams` say the rest; `nil` for none.
  public var contextualRouting: ContextualRoutingModel?
  /// Review of what it costs and prevents, and its redesign; `nil` for none.
  public var redesign: RedesignModel?

  /// When a guardrail fires.
  public enum Firing: Sendable, Hashable {
    /// With a probability, drawn per case.
    case probability(Double)
    /// On every n-th case by ordinal, n ≥ 1.
    case everyNthCase(Int)
  }

  /// Creates a guardrail.
  public init(
    name: String, raisedBy: Int, afterActivity: Int, replacesActivity: Int? = nil,
    blocks: Bool = true, firing: Firing, drift: DriftModel? = nil, teams: [Int],
    reviewTime: SampledTime, contextPerAutomation: Int64 = 0, approvedUnchanged: Double = 1,
    catchProbability: Double = 1, lossPrevented: Double = 0, bulkReview: BatchModel? = nil,
    reevaluation: ReevaluationModel? = nil, queueing: QueueingModel = QueueingModel(),
    condition: CaseCondition? = nil
  ) {
    self.name = name
    self.raisedBy = raisedBy
    self.afterActivity = afterActivity
    self.replacesActivity = replacesActivity
    self.blocks = blocks
    self.firing = firing
    self.drift = drift
    self.teams = teams
    self.reviewTime = reviewTime
    self.contextPerAutomation = contextPerAutomation
    self.approvedUnchanged = approvedUnchanged
    self.catchProbability = catchProbability
    self.lossPrevented = lossPrevented
    self.bulkReview = bulkReview
    self.reevaluation = reevaluation
    self.queueing = queueing
    self.condition = condition
    conditionShare = 1
  }
}

/// Escalation drift: e(t) = e0·(1 + g·t/T), flat after T, at most 1.
public struct DriftModel: Sendable, Hashable {
  /// Relative rise g at the end of the period; for `inPoints` the rise of the probability itself.
  public var rise: Double
  /// Whether the rise is added to the probability instead of scaling it.
  public var inPoints: Bool
  /// Whether the rise is geometric: e(t) = e0·(1 + g)^(t/T).
  public var isGeometric: Bool
  /// The period T, in microseconds of the clock below.
  public var period: Int64
  /// Calendar that counts t; `nil` for calendar time.
  public var calendar: Int?

  /// Creates a drift.
  public init(
    rise: Double, inPoints: Bool = false, isGeometric: Bool = false, period: Int64, calendar: Int?
  ) {
    self.rise = rise
    self.inPoints = inPoints
    self.isGeometric = isGeometric
    self.period = period
    self.calendar = calendar
  }
}

/// Policy re-evaluation: when a guardrail fires, a check tells whether it is needed here.
public struct ReevaluationModel: Sendable, Hashable {
  /// Probability that the guardrail is not needed in this case.
  public var unnecessary: Double
  /// Time of the check, in microseconds; the case waits for it.
  public var check: Int64
  /// Cost of a check, in millionths of the currency unit.
  public var costPerCheck: Double
  /// Probability that a needed one is waved through; its loss is then incurred.
  public var falsePass: Double

  /// Creates a re-evaluation.
  public init(unnecessary: Double, check: Int64, costPerCheck: Double = 0, falsePass: Double = 0) {
    self.unnecessary = unnecessary
    self.check = check
    self.costPerCheck = costPerCheck
    self.falsePass = falsePass
  }
}

/// An orchestration layer at level 2: every hand-over between performers passes through it.
public struct LayerModel: Sendable {
  /// Name.
  public var name: String
  /// Time of one hop, in microseconds.
  public var latency: Int64
  /// Hops it can handle at once.
  public var concurrent: Int
  /// Cost of one hop, in millionths of the currency unit.
  public var costPerHop: Double
  /// Whether reviewers get the case's context from it instead of reconstructing it.
  public var sharesContext: Bool
  /// Outages, in which no hop begins; `nil` for none.
  public var outages: OutageModel?
  /// Cost of a case that arrives while it is at work, in millionths of the currency unit.
  public var costPerCase = 0.0
  /// What it does to the costs of coordination.
  public var factors = CoordinationFactors()
  /// What it does when an automation has given up; `nil` for nothing.
  public var recovery: RecoveryModel?
  /// Who takes over what an automation would do that is down, by its index; empty for nobody.
  public var reroutes: [Int: Performer] = [:]
  /// Routing by measured reliability; `nil` for none.
  public var routing: RoutingModel?
  /// Outages of its policies, apart from the work that passes through it; `nil` for none.
  public var policyPlane: PolicyPlaneModel?

  /// Creates a layer.
  public init(
    name: String, latency: Int64, concurrent: Int, costPerHop: Double = 0,
    sharesContext: Bool = false, outages: OutageModel? = nil
  ) {
    self.name = name
    self.latency = latency
    self.concurrent = concurrent
    self.costPerHop = costPerHop
    self.sharesContext = sharesContext
    self.outages = outages
  }
}
