/// How the stack that is tried takes over from the one before it: stage by stage instead of on day 0.
///
/// While it lasts, activities of a case are done in the old way (by the stack that works before day 0) or
/// in the new way (by the stack that is tried), as the share of the present stage says. A case has one
/// luck, which is compared with the share of the moment: who is in at 10 % is in at 50 %. What is no
/// activity (teams and their hours, branching, applications) is as in the tried stack from day 0 on.
public struct RolloutModel: Sendable {
  /// Its stages, one after the other; at least one.
  public var stages: [RolloutStage]
  /// Work before an activity moves to the new way; `nil` where it moves when its stage begins.
  public var change: RolloutChange?
  /// Probability that it goes on after its first stage; else it is cancelled there.
  public var scales: Double
  /// Failed gates after which it is cancelled; `nil` for never.
  public var givesUpAfter: Int?
  /// Index of the stage with which the stack's orchestration layer comes; `nil` where it is there from
  /// day 0 on.
  ///
  /// Before that stage, and after a fall back behind it, the layer does nothing and costs nothing.
  public var layerStage: Int?

  /// Creates a rollout.
  public init(
    stages: [RolloutStage], change: RolloutChange? = nil, scales: Double = 1,
    givesUpAfter: Int? = nil
  ) {
    self.stages = stages
    self.change = change
    self.scales = scales
    self.givesUpAfter = givesUpAfter
  }
}

/// A stage of a rollout.
public struct RolloutStage: Sendable {
  /// Name, unique among the stages.
  public var name: String
  /// Share of cases whose activities are done in the new way.
  public var share: Double
  /// Indexes of the activities that it is about; `nil` for all.
  ///
  /// Others keep the share they have.
  public var activities: [Int]?
  /// How long it lasts, in seconds; `nil` for the rest of the run, which only the last may.
  public var length: SampledTime?
  /// Share of what is done in the new way that the old way does as well, beside the case.
  public var beside: Double
  /// Probability that the old way, beside the new, finds an error of the case.
  public var besideFinds: Double
  /// What people learn when it first begins.
  public var training: [RolloutTraining]
  /// What must hold at its end; `nil` where it ends by time alone.
  public var gate: RolloutGate?

  /// Creates a stage.
  public init(
    name: String, share: Double, activities: [Int]? = nil, length: SampledTime? = nil,
    beside: Double = 0, besideFinds: Double = 1, training: [RolloutTraining] = [],
    gate: RolloutGate? = nil
  ) {
    self.name = name
    self.share = share
    self.activities = activities
    self.length = length
    self.beside = beside
    self.besideFinds = besideFinds
    self.training = training
    self.gate = gate
  }
}

/// Training of each person of a team, as work for which they are away from other work.
public struct RolloutTraining: Sendable {
  /// Index of the team.
  public var team: Int
  /// Working time of each person, in seconds.
  public var time: SampledTime

  /// Creates a training.
  public init(team: Int, time: SampledTime) {
    self.team = team
    self.time = time
  }
}

/// Work of a team that moves an activity to the new way; until it is done, the activity stays in the old.
///
/// Only activities that the two stacks do differently take any.
public struct RolloutChange: Sendable {
  /// Index of the team.
  public var team: Int
  /// Working time of an activity, in seconds.
  public var work: SampledTime
  /// Most moves under way at once, ≥ 1; further ones wait.
  public var limit: Int
  /// Work that each other move under way adds, as a share: change saturation.
  public var strain: Double
  /// Share by which the work of a move falls with each doubling of the moves begun, < 1, where the stack has
  /// a layer.
  ///
  /// What was built once is used again. Negative where the work rises.
  public var learning = 0.0
  /// The same where it has none.
  public var learningWithoutLayer = 0.0
  /// Work that connects an activity that has moved to a layer that comes later, as a share of that of a
  /// move, ≥ 0.
  ///
  /// The layer works once all are connected.
  public var connecting = 0.0

  /// Creates a change.
  public init(team: Int, work: SampledTime, limit: Int = .max, strain: Double = 0) {
    self.team = team
    self.work = work
    self.limit = limit
    self.strain = strain
  }
}

/// What must hold at the end of a stage, measured within it.
public struct RolloutGate: Sendable {
  /// Most errors found per check of the new way (reviews of tickets, and the old way beside it).
  public var errors: Double?
  /// Highest mean cost of closed cases of which work was done in the new way, in millionths of the
  /// currency unit.
  public var costPerCase: Double?
  /// Smallest saving per such case against closed cases of the old way alone, as a share.
  public var saving: Double?
  /// Most work that waits at a team, in microseconds.
  public var backlog: Backlog?
  /// Checks, and cases of each kind, that are needed to judge; with fewer the stage goes on.
  public var minimum: Int
  /// What follows where it does not hold.
  public var otherwise: Otherwise
  /// Time until it is looked at again where the stage goes on, in microseconds.
  public var again: Int64

  /// A bound on the work that waits at a team.
  public struct Backlog: Sendable, Hashable {
    /// Index of the team.
    public var team: Int
    /// In microseconds.
    public var most: Int64

    /// Creates a bound.
    public init(team: Int, most: Int64) {
      self.team = team
      self.most = most
    }
  }

  /// What follows from a gate that does not hold.
  public enum Otherwise: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// The stage goes on, and is looked at again.
    case extend
    /// The stage before it begins anew.
    case rollBack
    /// All goes back to the old way for good.
    case cancel
  }

  /// Creates a gate.
  public init(
    errors: Double? = nil, costPerCase: Double? = nil, saving: Double? = nil,
    backlog: Backlog? = nil, minimum: Int = 50, otherwise: Otherwise = .extend,
    again: Int64 = 2_419_200_000_000
  ) {
    self.errors = errors
    self.costPerCase = costPerCase
    self.saving = saving
    self.backlog = backlog
    self.minimum = minimum
    self.otherwise = otherwise
    self.again = again
  }
}

/// What became of a rollout in one replication; instants in microseconds, −1 for never.
public struct RolloutRecord: Sendable, Equatable, Codable {
  /// When each stage first began.
  public var began: [Int64]
  /// When the last stage ended with all that its gate asks for.
  public var finished: Int64 = -1
  /// When it was cancelled.
  public var cancelled: Int64 = -1
  /// How often a stage fell back to the one before it.
  public var rollbacks = 0
  /// When one first did.
  public var firstRollback: Int64 = -1
  /// Time within the horizon in which the new way had a share.
  public var newTime: Int64 = 0
  /// Time within the horizon in which the old way had one.
  public var oldTime: Int64 = 0
  /// When the layer that comes with a stage first worked.
  public var layerBegan: Int64 = -1
  /// Time within the horizon in which it worked.
  public var layerTime: Int64 = 0
}

extension RolloutModel {
  /// Shares of all activities in each stage: row = stage · activities + activity.
  func shares(activities: Int) -> [Double] {
    var current = [Double](repeating: 0, count: activities)
    return stages.flatMap { stage in
      for activity in stage.activities ?? Array(0..<activities) { current[activity] = stage.share }
      return current
    }
  }

  /// The stage of an instant where all goes by plan; −1 before day 0.
  ///
  /// Each stage lasts its mean, each gate holds at the first look, and no activity waits for work that
  /// moves it.
  func plannedStage(at time: Int64) -> Int {
    guard time >= 0 else { return -1 }
    var end = 0.0
    for (index, stage) in stages.enumerated() {
      guard let length = stage.length else { return index }
      end += length.mean * 1e6
      if Double(time) < end { return index }
    }
    return stages.count - 1
  }
}

/// By which stacks activities are done at an instant, where a rollout goes by plan.
struct PlannedWays {
  struct Way {
    var stack: StackModel
    var guardrails: [GuardrailRow]
    var isOld: Bool
  }

  /// The stack at hand, and the one before day 0 where a rollout leads from it.
  let stacks: [Way]
  /// Share of the stack at hand, by activity; empty where it does all.
  private let shares: ArraySlice<Double>

  init(of model: SimulationModel, under stack: StackModel, at time: Int64) {
    func way(_ stack: StackModel, isOld: Bool) -> Way {
      Way(stack: stack, guardrails: GuardrailRow.rows(of: [stack]).rows, isOld: isOld)
    }
    guard let rollout = stack.rollout, let old = model.runInStack else {
      stacks = [way(stack, isOld: false)]
      shares = []
      return
    }
    let count = stack.activities.count
    let stage = rollout.plannedStage(at: time)
    var new = stack
    if let first = rollout.layerStage, stage < first { new.layer = nil }
    stacks = [way(new, isOld: false), way(old, isOld: true)]
    shares =
      stage < 0
      ? Array(repeating: 0, count: count)[...]
      : rollout.shares(activities: count)[(stage * count)..<((stage + 1) * count)]
  }

  /// Share of an activity that is done in a way.
  func share(of way: Way, activity: Int) -> Double {
    guard !shares.isEmpty else { return 1 }
    let share = shares[shares.startIndex + activity]
    return way.isOld ? 1 - share : share
  }
}

extension SimulationModel {
  /// Stops on a rollout that names what is not there.
  func requireConsistentRollout(of stack: StackModel) {
    guard let rollout = stack.rollout else { return }
    precondition(!rollout.stages.isEmpty && rollout.stages.count < 1_000, "a rollout has stages")
    precondition(
      rollout.stages.dropLast().allSatisfy { $0.length != nil }, "only the last stage may stay")
    precondition(
      rollout.stages.first?.gate?.otherwise != .rollBack, "nothing comes before the first stage")
    let teams = stack.teams.indices
    for stage in rollout.stages {
      precondition(
        (0...1).contains(stage.share) && (0...1).contains(stage.beside)
          && (0...1).contains(stage.besideFinds), "shares lie between 0 and 1")
      precondition(
        (stage.activities ?? []).allSatisfy(stack.activities.indices.contains)
          && stage.training.allSatisfy { teams.contains($0.team) }
          && stage.gate?.backlog.map { teams.contains($0.team) } != false,
        "activities and teams of a stage exist")
      precondition((stage.gate?.again ?? 1) > 0, "time passes until a gate is looked at again")
    }
    if let change = rollout.change {
      precondition(
        teams.contains(change.team) && change.limit >= 1 && change.strain >= 0
          && change.learning < 1 && change.learningWithoutLayer < 1,
        "moves are some team's work")
    }
  }
}
