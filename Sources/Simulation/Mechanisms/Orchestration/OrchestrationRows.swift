internal import EventEngine
internal import Statistics

// The parameters of coordination, orchestration and patterns as plain rows.

/// Work that a mechanism gives to a team; its row among the errands.
struct ErrandWorkRow: BitwiseCopyable {
  /// −1 for none.
  var errand: Int32
  var time: CompiledSampler

  init(_ work: ErrandWork?, errand: Int32) {
    self.errand = work == nil ? -1 : errand
    time = (work?.time ?? .zero).sampler
  }
}

/// Coordination under one stack, with the layer's factors applied.
struct CoordinationRow: BitwiseCopyable {
  var isOn: Bool
  var technologyFactor: Double
  var contextLost: Double
  var repeatedPull: Double
  var pullTime: CompiledSampler
  var pullCost: Double
  var repeatedRequest: Double
  var answerTime: CompiledSampler
  var misread: Double
  var rework: ErrandWorkRow
  var noAnswer: Double
  /// −1 for none.
  var timeLimit: Int64
  var partialFailure: Double
  var doubleEffect: Double
  var detection: CompiledSampler
  var conflictRate: Double
  var conflictExponent: Double
  var conflictsBlock: Bool
  var partialReconciliation: ErrandWorkRow
  var doubleReconciliation: ErrandWorkRow
  var conflictReconciliation: ErrandWorkRow

  /// - Parameters:
  ///   - first: row of the stack's first errand.
  ///   - isAway: whether the layer does nothing for now.
  init(_ stack: StackModel, firstErrand first: Int32, layerIsAway isAway: Bool = false) {
    let model = stack.coordination
    let factors = (isAway ? nil : stack.layer?.factors) ?? CoordinationFactors()
    func row(_ purpose: ErrandPurpose, _ number: Int, _ work: ErrandWork?) -> ErrandWorkRow {
      ErrandWorkRow(
        work, errand: stack.errandIndex(purpose, number: number).map { first + Int32($0) } ?? -1)
    }
    isOn = model != nil
    technologyFactor = model?.technologyFactor ?? 1
    contextLost = min(1, (model?.contextLost ?? 0) * factors.contextLost)
    repeatedPull = model?.repeatedPull ?? 0
    pullTime = (model?.pullTime ?? .zero).sampler
    pullCost = model?.pullCost ?? 0
    repeatedRequest = model?.repeatedRequest ?? 0
    answerTime = (model?.answerTime ?? .zero).sampler
    misread = min(1, (model?.misread ?? 0) * factors.misread)
    rework = row(.coordination, CoordinationErrand.rework, model?.rework)
    noAnswer = min(1, (model?.noAnswer ?? 0) * factors.noAnswer)
    timeLimit = model?.timeLimit ?? -1
    partialFailure = min(1, (model?.partialFailure ?? 0) * factors.partialFailure)
    doubleEffect = min(1, (model?.doubleEffect ?? 0) * factors.doubleEffect)
    detection = (model?.detection ?? .zero).sampler
    conflictRate = (model?.conflictRate ?? 0) * factors.conflicts
    conflictExponent = model?.conflictExponent ?? 1
    conflictsBlock = model?.conflictsBlock ?? true
    let work = model?.reconciliation
    partialReconciliation = row(.reconciliation, CoordinationErrand.partial, work)
    doubleReconciliation = row(.reconciliation, CoordinationErrand.double, work)
    conflictReconciliation = row(.coordination, CoordinationErrand.conflict, work)
  }
}

/// Level 1 under one stack.
struct MonitorRow: BitwiseCopyable {
  var isOn: Bool
  var alert: ErrandWorkRow
  var falseAlert: ErrandWorkRow
  var detects: Double
  var falseAlarms: Double
  var triesAgain: Double
  var attempts: Int32

  init(_ stack: StackModel, firstErrand first: Int32) {
    let model = stack.monitor
    func row(_ number: Int) -> ErrandWorkRow {
      ErrandWorkRow(
        model?.alert,
        errand: stack.errandIndex(.alert, number: number).map { first + Int32($0) } ?? -1)
    }
    isOn = model != nil
    alert = row(0)
    falseAlert = row(1)
    detects = model?.detects ?? 0
    falseAlarms = model?.falseAlarms ?? 0
    triesAgain = model?.triesAgain ?? 0
    attempts = Int32(clamping: model?.attempts ?? 0)
  }
}

/// What a layer does under one stack when an automation has given up.
struct RecoveryRow: BitwiseCopyable {
  var retries: Int32
  var backoff: Int64
  var jitter: Double
  var keeps: Double
  var compensates: Bool
  var givesUp: Bool

  init(_ model: RecoveryModel?) {
    retries = Int32(clamping: model?.retries ?? 0)
    backoff = model?.backoff ?? 0
    jitter = model?.jitter ?? 0
    keeps = model?.keeps ?? 0
    compensates = model?.compensates ?? false
    givesUp = model?.givesUp ?? false
  }
}

/// Routing by reliability under one stack.
struct RoutingRow: BitwiseCopyable {
  var isOn: Bool
  /// Its case types among the conditions.
  var firstType: Int32
  var typeCount: Int32
  var threshold: Double
  var minimumRuns: Int32
  var explores: Double

  init(_ model: RoutingModel?, firstType: Int) {
    isOn = model != nil
    self.firstType = Int32(firstType)
    typeCount = Int32(model?.caseTypes.count ?? 0)
    threshold = model?.threshold ?? 0
    minimumRuns = Int32(clamping: model?.minimumRuns ?? 0)
    explores = model?.explores ?? 0
  }
}

/// The control plane of one stack's layer.
struct PolicyPlaneRow: BitwiseCopyable {
  var isOn: Bool
  var every: CompiledSampler
  var repair: CompiledSampler
  var whenDown: PolicyAnswer

  init(_ model: PolicyPlaneModel?) {
    isOn = model != nil
    every = (model?.every ?? .zero).sampler
    repair = (model?.repair ?? .zero).sampler
    whenDown =
      switch model?.whenDown {
      case .wait: .wait
      case .pass: .pass
      case .escalate: .escalate
      case nil: .asked
      }
  }
}

/// What a guardrail hears from the policies.
enum PolicyAnswer: UInt8, BitwiseCopyable {
  case asked
  case wait
  case pass
  case escalate
}

/// The supervisor of one stack.
struct SupervisorRow: BitwiseCopyable {
  /// −1 for none.
  var automation: Int32
  var leads: UInt64
  var delegation: CompiledSampler
  var conflict: Double
  var resolution: CompiledSampler
  var synthesis: CompiledSampler

  init(_ model: SupervisorModel?) {
    automation = model.map { Int32($0.automation) } ?? -1
    leads = model.map { automationMask($0.leads) } ?? 0
    delegation = (model?.delegation ?? .zero).sampler
    conflict = model?.conflict ?? 0
    resolution = (model?.resolution ?? .zero).sampler
    synthesis = (model?.synthesis ?? .zero).sampler
  }
}

/// Storm control under one stack.
struct StormRow: BitwiseCopyable {
  var isOn: Bool
  var window: Int64
  /// −1 for none.
  var attribute: Int32
  /// 0 for no limit.
  var interval: Int64
  var burst: Int64
  var drops: Bool

  init(_ model: StormModel?) {
    isOn = model != nil
    window = model?.window ?? 0
    attribute = model?.sameAttribute.map { Int32($0) } ?? -1
    interval = model?.limit?.interval ?? 0
    burst = model?.limit?.burst ?? 1
    drops = model?.limit?.drops ?? false
  }
}

/// Bits of automations; those beyond 63 share the last.
func automationMask(_ automations: [Int]) -> UInt64 {
  automations.reduce(0) { $0 | 1 << UInt64(min($1, 63)) }
}

/// The streams of an activity for all that happens between automations.
struct HandOverStreams: BitwiseCopyable {
  var contextLost: RandomStream
  var repeatedPull: RandomStream
  var pullTime: RandomStream
  var repeatedRequest: RandomStream
  var answerTime: RandomStream
  var misread: RandomStream
  var reworkTime: RandomStream
  var noAnswer: RandomStream
  var partialFailure: RandomStream
  var partialTime: RandomStream
  var partialDetection: RandomStream
  var doubleEffect: RandomStream
  var doubleTime: RandomStream
  var doubleDetection: RandomStream
  var conflicts: RandomStream
  var conflictTime: RandomStream
  var jitter: RandomStream
  var explores: RandomStream
  var seen: RandomStream
  var seenPartial: RandomStream
  var seenDouble: RandomStream
  var alertTime: RandomStream
  var alertTimePartial: RandomStream
  var alertTimeDouble: RandomStream
  var triesAgain: RandomStream
  var falseAlarm: RandomStream
  var falseAlarmTime: RandomStream
  var delegation: RandomStream
  var conflict: RandomStream
  var resolution: RandomStream
  var synthesis: RandomStream

  init(activity id: String) {
    let all = Self.streams(of: id)
    contextLost = all[0]
    repeatedPull = all[1]
    pullTime = all[2]
    repeatedRequest = all[3]
    answerTime = all[4]
    misread = all[5]
    reworkTime = all[6]
    noAnswer = all[7]
    partialFailure = all[8]
    partialTime = all[9]
    partialDetection = all[10]
    doubleEffect = all[11]
    doubleTime = all[12]
    doubleDetection = all[13]
    conflicts = all[14]
    conflictTime = all[15]
    jitter = all[16]
    explores = all[17]
    seen = all[18]
    seenPartial = all[19]
    seenDouble = all[20]
    alertTime = all[21]
    alertTimePartial = all[22]
    alertTimeDouble = all[23]
    triesAgain = all[24]
    falseAlarm = all[25]
    falseAlarmTime = all[26]
    delegation = all[27]
    conflict = all[28]
    resolution = all[29]
    synthesis = all[30]
  }

  static func streams(of id: String) -> [RandomStream] {
    [
      "context lost", "pulled again", "pull time", "asked again", "answer time", "misread",
      "rework time", "no answer", "partial failure", "reconciliation of parts",
      "detection of parts", "double effect", "reconciliation of doubles", "detection of doubles",
      "conflicts", "conflict time", "jitter", "explores", "seen", "seen in part", "seen twice",
      "alert time", "alert time of parts", "alert time of doubles", "tries again", "false alarm",
      "false alarm time", "delegation time", "conflict of results", "resolution time",
      "synthesis time",
    ].map { RandomStream("between automations at \(id)", $0) }
  }
}

extension SimulationModel {
  /// All streams of coordination, orchestration and patterns, for the check that none collide.
  var orchestrationStreams: [RandomStream] {
    flow.activities.indices.flatMap { HandOverStreams.streams(of: flow.activityID($0)) }
      + OrchestrationState.policyStreams
  }
}
