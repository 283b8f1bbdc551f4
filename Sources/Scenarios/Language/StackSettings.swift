public import Simulation
public import Statistics

/// One stack as a scenario describes it, with names; compiled into a `StackModel`.
public struct StackSettings: Sendable {
  /// Teams in file order, the same in all variants.
  public var teams: [TeamSettings]
  /// Automations in file order, the same in all variants.
  public var automations: [AutomationSettings]
  /// Activities, as `FlowGraph.activities`.
  public var activities: [ActivitySettings]
  /// When events come, as `FlowGraph.delays`.
  public var events: [EventSettings]
  /// How often loop and multi-instance activities are done, as `FlowGraph.repetitions`.
  public var repetitions: [RepetitionSettings]
  /// Probability of each flow, as `FlowGraph.flows`; 1 where nothing is chosen.
  public var flowProbabilities: [Double]
  /// Gateways at which attributes choose the way.
  public var branchingRules: [BranchingRule]
  /// Classes of urgency.
  public var priorityRules: [PriorityRule]
  /// Guardrails in file order, the same in all variants.
  public var guardrails: [GuardrailSettings]
  /// Orchestration level: 0, 1 or 2.
  public var level: Int
  /// The layer at work; `nil` at level 0.
  public var layer: LayerSettings?
  /// Applications in file order, the same in all variants.
  public var applications: [ApplicationSettings]
  /// What it costs that automations act beside one another; `nil` for nothing.
  public var coordination: CoordinationSettings?
  /// What watches at level 1; `nil` at other levels.
  public var monitoring: MonitoringSettings?
  /// An automation that leads others; `nil` for none.
  public var supervisor: SupervisorSettings?
  /// Control of triggers that come in bursts; `nil` for none.
  public var storm: StormSettings?
  /// What it costs beside work, runs and licences; `nil` for nothing.
  public var costs: CostSettings?
  /// How it takes over from the stack before day 0; `nil` for all at once.
  public var rollout: RolloutSettings?
  /// What can go badly wrong; `nil` for nothing.
  public var risk: RiskSettings?
  /// What leaders do when work piles up, in file order.
  public var response: [ResponseSettings] = []
  /// How much people hand to agents; `nil` for all that is assigned to them.
  public var adoption: AdoptionSettings?
  /// What teams have to do.
  var needs: [StaffNeed] = []
}

/// An automation.
public struct AutomationSettings: Sendable, Hashable {
  /// Name.
  public var name: String
  /// System of the inventory that it is; `nil` for none.
  public var system: String?
  /// `rpa`, `rules`, `workflow`, `agent` or `script`.
  public var kind: String
  /// Runs at the same time.
  public var runners: Int
  /// Time of a run, in seconds.
  public var time: Distribution
  /// Probability that a run fails.
  public var failure: Double
  /// Probability of an error nobody notices at once.
  public var errors: Double
  /// Attempts after the first.
  public var retries: Int
  /// Wait before the first retry, in seconds; doubles.
  public var backoff: Double
  /// Cost of a run, in the currency's main unit.
  public var costPerRun: Double
  /// Fixed cost of a week while in use.
  public var weeklyCost: Double
  /// Team for exceptions; `nil` for the activity's own.
  public var exceptionTeam: String?
  /// Working time of exceptions, in seconds; `nil` for the activity's own.
  public var exceptionTime: Distribution?
  /// Applications that its runs touch beside those of the activity.
  public var touches: [TouchSettings]
  /// Outages at random; `nil` for none.
  public var outages: OutageSettings?
  /// What it has beside its runs.
  public var conduct = ConductSettings()
  /// Cases at which its runs fail with another probability.
  public var weaknesses: [WeaknessModel] = []
}

/// What an activity takes and who does it.
public struct ActivitySettings: Sendable, Hashable {
  /// Element id.
  public var id: String
  /// Team that does it by hand; `nil` where nobody can.
  public var team: String?
  /// Working time by hand, in seconds.
  public var time: Distribution?
  /// Time of one run where an automation does it, in seconds; `nil` for the automation's own.
  public var runTime: Distribution?
  /// Probability of an error nobody notices at once.
  public var errors: Double
  /// Automation that does it; `nil` for people.
  public var automation: String?
  /// Share of cases the automation gets.
  public var share: Double
  /// Attributes that have a new value when it is done: index and draw.
  public var updates: [Update]
  /// Decision table that is evaluated then; `nil` for none.
  public var decision: DecisionModel?

  /// A new value of an attribute.
  public struct Update: Sendable, Hashable {
    /// Index of the attribute.
    public var attribute: Int
    /// How the value is drawn.
    public var draw: AttributeValueDraw
  }
  /// How work by hand queues, and who may do it.
  public var queueing = QueueingSettings()
  /// Work by hand in batches; `nil` for one by one.
  public var batch: BatchSettings?
  /// Applications that whoever does it touches.
  public var touches: [TouchSettings]
}

/// A guardrail.
public struct GuardrailSettings: Sendable, Hashable {
  /// Name.
  public var name: String
  /// Automation that raises it.
  public var raisedBy: String
  /// Element id of the activity after which it is evaluated.
  public var after: String
  /// Element id of the task that falls away; `nil` for none.
  public var replacesTask: String?
  /// Whether the case waits.
  public var blocks: Bool
  /// When it fires.
  public var firing: Firing
  /// Condition without which it does not fire; `nil` for none.
  public var condition: CaseCondition?
  /// Rise over time; `nil` for none in this variant.
  public var drift: Drift?
  /// Teams that get a ticket each.
  public var teams: [String]
  /// Working time of a review, in seconds.
  public var review: Distribution
  /// Reconstruction time per automation, in seconds.
  public var contextPerAutomation: Double
  /// Share of tickets approved as they are.
  public var approvedUnchanged: Double
  /// Probability that a review finds the errors of a case.
  public var catches: Double
  /// Mean loss one ticket prevents, in the currency's main unit.
  public var lossPrevented: Double
  /// Reviews in batches; `nil` for one by one.
  public var bulkReview: BulkReview?
  /// Check whether it is needed; `nil` for none.
  public var reevaluation: Reevaluation?
  /// How its tickets queue, and who may take them.
  public var queueing = QueueingSettings()
  /// What becomes of its tickets beside being answered; `nil` for nothing.
  public var handling: TicketSettings?
  /// When its tickets are due; `nil` where its teams say so.
  public var due: DueSettings?
  /// Firing probabilities for some cases, at some hours.
  public var thresholds: [ThresholdSettings] = []
  /// Which of its firings people look at; `nil` for all.
  public var oversight: OversightSettings?
  /// What the skills of reviewers mean; `nil` for nothing.
  public var expertise: Expertise?
  /// Price of routing a ticket to somebody qualified; `nil` where it is not routed.
  public var routingPrice: Double?
  /// Review of what it costs and prevents, and its redesign; `nil` for none.
  public var redesign: Redesign?

  /// When a guardrail fires.
  public enum Firing: Sendable, Hashable {
    /// With a probability.
    case probability(Double)
    /// On every n-th case.
    case everyNthCase(Int)
  }

  /// Rise of the firing probability.
  public struct Drift: Sendable, Hashable {
    /// Rise at the end: a share of the start, or points of 1.
    public var rise: Double
    /// Whether it is in points.
    public var inPoints: Bool
    /// Whether it is geometric.
    public var isGeometric: Bool
    /// How long it takes, in seconds.
    public var over: Double
    /// Whether that counts the working time of the `working_days` calendar.
    public var inWorkingTime: Bool
  }

  /// Reviews in batches.
  public struct BulkReview: Sendable, Hashable {
    /// Tickets in a full batch.
    public var size: Int
    /// Longest wait for a full batch, in seconds of the team's working time.
    public var wait: Double
    /// Working time per batch, in seconds.
    public var setup: Distribution
    /// Working time per ticket, in seconds.
    public var each: Distribution
  }

  /// Check whether a guardrail is needed in a case.
  public struct Reevaluation: Sendable, Hashable {
    /// Probability that it is not needed.
    public var unnecessary: Double
    /// Time of the check, in seconds.
    public var check: Double
    /// Price of a check, in the currency's main unit.
    public var price: Double
    /// Probability that a needed one is waved through.
    public var falsePass: Double
  }
}

/// An orchestration layer.
public struct LayerSettings: Sendable, Hashable {
  /// Name.
  public var name: String
  /// Time of a hop, in seconds.
  public var latency: Double
  /// Hops at once.
  public var concurrent: Int
  /// Price of a hop, in the currency's main unit.
  public var pricePerHop: Double
  /// Fixed cost of a week while in use.
  public var weeklyCost: Double
  /// Whether it shares context with reviewers.
  public var sharesContext: Bool
  /// Outages at random; `nil` for none.
  public var outages: OutageSettings?
  /// What it does beyond passing work on.
  public var work: LayerWorkSettings
}
