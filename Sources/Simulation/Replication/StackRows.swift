internal import EventEngine
internal import Statistics

// The stacks' parameters as plain rows for the hot path.

struct ActivityRow: BitwiseCopyable {
  var team: Int32
  var automation: Int32
  var automationShare: Double
  var errorProbability: Double
  var hasHandlingTime: Bool
  var handlingTime: CompiledSampler
  /// Time of one run of the automation on this activity.
  var runTime: CompiledSampler
  var handlingStream: RandomStream
  var runStream: RandomStream
  var failureStream: RandomStream
  var shareStream: RandomStream
  var errorStream: RandomStream
  /// Guardrail whose evaluation makes this activity fall away; −1 for none.
  var replacedBy: Int32

  static func rows(of stack: StackModel, flow: FlowGraph) -> [ActivityRow] {
    stack.activities.enumerated().map { index, activity in
      let id = flow.activityID(index)
      let replacing = stack.guardrails.firstIndex { $0.replacesActivity == index }
      return ActivityRow(
        team: activity.team.map(Int32.init) ?? -1,
        automation: activity.automation.map(Int32.init) ?? -1,
        automationShare: activity.automationShare, errorProbability: activity.errorProbability,
        hasHandlingTime: activity.handlingTime != nil,
        handlingTime: (activity.handlingTime ?? .zero).sampler,
        runTime: runTime(of: activity, in: stack).sampler,
        handlingStream: RandomStream(id, "handling time"),
        runStream: RandomStream(id, "run time"), failureStream: RandomStream(id, "failure"),
        shareStream: RandomStream(id, "share"), errorStream: RandomStream(id, "error"),
        replacedBy: replacing.map(Int32.init) ?? -1)
    }
  }

  private static func runTime(of activity: ActivityModel, in stack: StackModel) -> SampledTime {
    if let time = activity.runTime { return time }
    return activity.automation.map { stack.automations[$0].runTime } ?? .zero
  }

  /// All streams of an activity, for the check that none collide.
  static func streams(of id: String) -> [RandomStream] {
    [
      "handling time", "run time", "failure", "share", "error", "branch", "outside wait",
      "batch set-up", "patience", "happens", "again", "instances",
    ]
    .map { RandomStream(id, $0) }
  }
}

struct AutomationRow: BitwiseCopyable {
  var runners: Int32
  var retries: Int32
  /// What of it the plain run does not know.
  var traits: AutomationTraits
  var failureProbability: Double
  var errorProbability: Double
  var backoff: Int64
  var costPerRun: Double
  var exceptionTeam: Int32
  var hasExceptionTime: Bool
  var exceptionTime: CompiledSampler
  /// Its own time, for activities that a layer gives it.
  var runTime: CompiledSampler
  /// Its weaknesses among all of the model.
  var firstWeakness: Int32 = 0
  var weaknessCount: Int32

  init(_ model: AutomationModel) {
    runners = Int32(clamping: model.runners)
    retries = Int32(clamping: model.retries)
    traits = AutomationTraits(model)
    failureProbability = model.failureProbability
    errorProbability = model.errorProbability
    backoff = model.backoff
    costPerRun = model.costPerRun
    exceptionTeam = model.exceptionTeam.map(Int32.init) ?? -1
    hasExceptionTime = model.exceptionTime != nil
    exceptionTime = (model.exceptionTime ?? .zero).sampler
    runTime = model.runTime.sampler
    weaknessCount = Int32(model.weaknesses.count)
  }
}

struct GuardrailRow: BitwiseCopyable {
  /// Its teams in the table of all guardrails' teams.
  var firstTeam: Int32
  var teamCount: Int32
  var raisedBy: Int32
  var blocks: Bool
  var probability: Double
  /// Fires on every n-th case; 0 where it fires by probability.
  var everyNthCase: Int32
  /// Condition without which it never fires; −1 for none.
  var condition: Int32 = -1
  /// Its thresholds among all of the model.
  var firstThreshold: Int32 = 0
  var thresholdCount: Int32
  var driftRise: Double
  var driftInPoints: Bool
  var driftIsGeometric: Bool
  /// 0 for no drift.
  var driftPeriod: Int64
  /// −1 for calendar time.
  var driftCalendar: Int32
  var reviewTime: CompiledSampler
  var contextPerAutomation: Int64
  var approvedUnchanged: Double
  var catchProbability: Double
  var lossPrevented: Double
  var isReevaluated: Bool
  var unnecessary: Double
  var check: Int64
  var costPerCheck: Double
  var falsePass: Double
  var firingStream: RandomStream
  var reviewStream: RandomStream
  var outcomeStream: RandomStream
  var catchStream: RandomStream
  var needStream: RandomStream
  var falsePassStream: RandomStream

  /// Rows of all guardrails of all stacks, and the table of their teams.
  static func rows(of stacks: [StackModel]) -> (rows: [GuardrailRow], teams: [Int32]) {
    var rows: [GuardrailRow] = []
    var teams: [Int32] = []
    for guardrail in stacks.flatMap(\.guardrails) {
      rows.append(GuardrailRow(guardrail, firstTeam: teams.count))
      teams += guardrail.teams.map { Int32($0) }
    }
    return (rows, teams)
  }

  private init(_ model: GuardrailModel, firstTeam: Int) {
    self.firstTeam = Int32(firstTeam)
    teamCount = Int32(model.teams.count)
    raisedBy = Int32(model.raisedBy)
    blocks = model.blocks
    switch model.firing {
    case .probability(let value):
      probability = value
      everyNthCase = 0
    case .everyNthCase(let n):
      probability = 0
      everyNthCase = Int32(clamping: n)
    }
    thresholdCount = Int32(model.thresholds.count)
    driftRise = model.drift?.rise ?? 0
    driftInPoints = model.drift?.inPoints ?? false
    driftIsGeometric = model.drift?.isGeometric ?? false
    driftPeriod = model.drift?.period ?? 0
    driftCalendar = model.drift?.calendar.map(Int32.init) ?? -1
    reviewTime = model.reviewTime.sampler
    contextPerAutomation = model.contextPerAutomation
    approvedUnchanged = model.approvedUnchanged
    catchProbability = model.catchProbability
    lossPrevented = model.lossPrevented
    isReevaluated = model.reevaluation != nil
    unnecessary = model.reevaluation?.unnecessary ?? 0
    check = model.reevaluation?.check ?? 0
    costPerCheck = model.reevaluation?.costPerCheck ?? 0
    falsePass = model.reevaluation?.falsePass ?? 0
    let streams = Self.streams(of: model.name)
    firingStream = streams[0]
    reviewStream = streams[1]
    outcomeStream = streams[2]
    catchStream = streams[3]
    needStream = streams[4]
    falsePassStream = streams[5]
  }

  static func streams(of name: String) -> [RandomStream] {
    [
      "firing", "review time", "outcome", "catch", "need", "false pass", "batch set-up", "patience",
    ]
    .map { RandomStream("guardrail \(name)", $0) }
  }
}

struct LayerRow: BitwiseCopyable {
  /// Whether the stack has one.
  var isOn: Bool
  /// Whether it works now; one that comes with a stage of a rollout does not before.
  var works: Bool
  var latency: Int64
  var concurrent: Int32
  var costPerHop: Double
  var sharesContext: Bool
  /// Whether it does anything when an automation has given up.
  var recovers: Bool
  /// Whether it may give an activity to another performer than the assigned.
  var routes: Bool
  var costPerCase: Double

  /// - Parameter isAway: whether it does nothing for now; hops under way still end as they should.
  init(_ model: LayerModel?, isAway: Bool = false) {
    isOn = model != nil
    works = isOn && !isAway
    latency = model?.latency ?? 0
    concurrent = Int32(clamping: model?.concurrent ?? 0)
    costPerHop = model?.costPerHop ?? 0
    sharesContext = works && model?.sharesContext == true
    recovers = works && model?.recovery != nil
    routes = works && (model?.routing != nil || model?.reroutes.isEmpty == false)
    costPerCase = works ? model?.costPerCase ?? 0 : 0
  }
}

extension SimulationModel {
  /// Whether two draws of the model would use the same stream; never, or a name is used twice.
  public var hasCollidingStreams: Bool {
    var streams = flow.elementIDs.flatMap(ActivityRow.streams)
    streams += stack.guardrails.flatMap { GuardrailRow.streams(of: $0.name) }
    streams += stack.guardrails.flatMap { TicketStreams.all(of: $0.name) }
    streams += stack.guardrails.flatMap { RedesignTable.streams(of: $0.name) }
    streams += stack.guardrails.map { ExpertiseTable.stream(of: $0.name) }
    streams += ArrivalState.streams(of: demand.name)
    streams += CaseAttributes.streams(of: self)
    for application in stack.applications {
      for activity in flow.activities.indices {
        streams += [false, true].map {
          TouchTable.latencyStream(application.name, flow.activityID(activity), isRun: $0)
        }
      }
    }
    streams += stack.unitNames.flatMap(OutageRow.streams)
    streams += stack.applications.flatMap { OtherLoadRow.streams(of: $0.name) }
    streams += AgentTable.streams(of: self) + CareTable.streams(of: self)
    streams += LearningTable.streams(of: self) + DriftTable.streams(of: self)
    streams += RolloutState.streams(of: self) + AdoptionTable.streams
    streams += stack.teams.flatMap { AbsenceStreams(team: $0.name).all }
    streams += stack.guardrails.flatMap { OversightState.streams(of: $0.name) }
    streams += orchestrationStreams + riskStreams + responseStreams
    return duplicateStream(in: streams) != nil
  }
}
