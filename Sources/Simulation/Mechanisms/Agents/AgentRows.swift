internal import EventEngine
internal import Statistics

// What agents are described by, as plain rows beside the hot path: read only where a row of
// `AutomationRow` says that there is something.

/// What of an automation the plain run does not know.
struct AutomationTraits: OptionSet, BitwiseCopyable {
  let rawValue: UInt16

  /// Some of its cases go to people before a run.
  static let givesAway = AutomationTraits(rawValue: 1)
  /// What comes of a run is not one draw by one probability.
  static let shapesRuns = AutomationTraits(rawValue: 2)
  /// Its runs make calls, which cost.
  static let makesCalls = AutomationTraits(rawValue: 4)
  /// Its errors depend on case or time.
  static let shapesErrors = AutomationTraits(rawValue: 8)
  /// It may be broken.
  static let breaks = AutomationTraits(rawValue: 16)
  /// It may ask people; whether a run has erred is then known before its completion chain goes on.
  static let asks = AutomationTraits(rawValue: 32)
  /// It learns from what is captured, or decays without upkeep.
  static let learns = AutomationTraits(rawValue: 64)
  /// Its behaviour drifts.
  static let drifts = AutomationTraits(rawValue: 128)

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ model: AutomationModel) {
    var traits: AutomationTraits = []
    if model.breakage != nil { traits.formUnion([.givesAway, .breaks]) }
    if model.changes != nil || model.asks.contains(where: \.isBeforeRun) {
      traits.insert(.givesAway)
    }
    if !model.reliability.isEmpty || model.calls != nil || model.novelty != nil
      || model.capability != nil || model.coverage < 1
    {
      traits.insert(.shapesRuns)
    }
    if model.calls != nil { traits.insert(.makesCalls) }
    if model.novelty != nil || model.capability != nil { traits.insert(.shapesErrors) }
    if !model.asks.isEmpty { traits.insert(.asks) }
    if model.drift != nil { traits.formUnion([.drifts, .shapesRuns, .shapesErrors]) }
    if model.learning != nil || model.decay != nil {
      traits.formUnion([.learns, .shapesRuns, .shapesErrors])
    }
    self = traits
  }
}

struct AgentRow: BitwiseCopyable {
  var coverage: Double
  // Calls.
  var fanOut: UInt64
  var depth: Int32
  var isParallel: Bool
  var timeoutEscalates: Bool
  var callTime: CompiledSampler
  var callSuccess: Double
  var callRetries: Int32
  /// 0 for none.
  var timeout: Int64
  var costPerCall: Double
  var tokensPerCall: Double
  var wrappedShare: Double
  /// Logarithms of the factors on odds.
  var wrappedFailure: Double
  var wrappedSecurity: Double
  // Novelty and capability, as logarithms of odds ratios.
  /// −1 for none.
  var noveltyAttribute: Int32
  var noveltyReference: Double
  var noveltyOfFailure: Double
  var noveltyOfError: Double
  var noveltyRise: Double
  var noveltyPeriod: Int64
  var capability: CapabilityModel?
  var capabilityOfFailure: Double
  var capabilityOfError: Double
  // Asks.
  var firstAsk: Int32
  var askCount: Int32

  init(_ model: AutomationModel, firstAsk: Int) {
    coverage = model.coverage
    fanOut = UInt64(model.calls?.fanOut ?? 0)
    depth = Int32(clamping: model.calls?.depth ?? 0)
    isParallel = model.calls?.isParallel ?? false
    timeoutEscalates = model.calls?.timeoutEscalates ?? false
    callTime = (model.calls?.time ?? .zero).sampler
    callSuccess = model.calls?.success ?? 1
    callRetries = Int32(clamping: model.calls?.retries ?? 0)
    timeout = model.calls?.timeout ?? 0
    costPerCall = model.calls?.costPerCall ?? 0
    tokensPerCall = model.calls?.tokensPerCall ?? 0
    wrappedShare = model.calls?.wrapped?.share ?? 0
    wrappedFailure = naturalLogarithm(model.calls?.wrapped?.failureOdds ?? 1)
    wrappedSecurity = naturalLogarithm(model.calls?.wrapped?.securityOdds ?? 1)
    noveltyAttribute = model.novelty.map { Int32($0.attribute) } ?? -1
    noveltyReference = model.novelty?.reference ?? 0
    noveltyOfFailure = naturalLogarithm(model.novelty?.failureOdds ?? 1)
    noveltyOfError = naturalLogarithm(model.novelty?.errorOdds ?? 1)
    noveltyRise = model.novelty?.rise ?? 0
    noveltyPeriod = model.novelty?.risePeriod ?? 0
    capability = model.capability
    capabilityOfFailure = naturalLogarithm(model.capability?.failureOdds ?? 1)
    capabilityOfError = naturalLogarithm(model.capability?.errorOdds ?? 1)
    self.firstAsk = Int32(firstAsk)
    askCount = Int32(model.asks.count)
  }
}

struct AskRow: BitwiseCopyable {
  /// −1 for all cases.
  var condition: Int32
  var looksAtConfidence: Bool
  /// Probability that the confidence is below the threshold where the work is right, and where not.
  var lowWhenRight: Double
  var lowWhenWrong: Double
  /// Row of the review among the errands; −1 where a person takes over.
  var errand: Int32
  var reviewTime: CompiledSampler
  var catches: Double
}

/// Streams of an activity that agents draw from.
struct AgentStreams: BitwiseCopyable {
  var callTime: RandomStream
  var callOutcome: RandomStream
  var coverage: RandomStream
  var change: RandomStream
  var confidence: RandomStream
  var askTime: RandomStream
  var askCatch: RandomStream
  var callWrapped: RandomStream

  init(_ id: String) {
    let streams = Self.purposes.map { RandomStream(id, $0) }
    callTime = streams[0]
    callOutcome = streams[1]
    coverage = streams[2]
    change = streams[3]
    confidence = streams[4]
    askTime = streams[5]
    askCatch = streams[6]
    callWrapped = streams[7]
  }

  static let purposes = [
    "call time", "call outcome", "coverage", "affected by change", "confidence",
    "time of asked review", "catch of asked review", "call wrapped",
  ]
}

/// Most asks of one automation.
let askLimit = 16

/// The tables of all stacks; empty where no automation has anything of it.
struct AgentTable: ~Copyable {
  /// Row = stack · automations + automation.
  let rows: FlatArray<AgentRow>
  let asks: FlatArray<AskRow>
  /// Reliability of a use, row = stack · activities + activity, as this replication drew it.
  let reliability: FlatArray<Double>
  /// By activity.
  let streams: FlatArray<AgentStreams>

  /// - Parameters:
  ///   - conditions: number of the first ask's condition of each stack's automation, as `CaseRules` gives.
  ///   - firstErrand: first row of each stack's errands.
  ///   - draw: a uniform number for a stream, the same for the whole replication.
  init(
    stacks: [StackModel], flow: FlowGraph, conditions: [Int32], firstErrand: [Int32],
    draw: (RandomStream) -> Double
  ) {
    guard stacks.contains(where: { $0.automations.contains(where: \.isAgentic) }) else {
      rows = FlatArray([])
      asks = FlatArray([])
      reliability = FlatArray([])
      streams = FlatArray([])
      return
    }
    var rows: [AgentRow] = []
    var asks: [AskRow] = []
    var reliability: [Double] = []
    // Variants and activities share what was drawn for an automation with an application.
    var drawn: [RandomStream: Double] = [:]
    func uniform(_ stream: RandomStream) -> Double {
      if let known = drawn[stream] { return known }
      let value = draw(stream)
      drawn[stream] = value
      return value
    }
    for (index, stack) in stacks.enumerated() {
      for (number, automation) in stack.automations.enumerated() {
        rows.append(AgentRow(automation, firstAsk: asks.count))
        for (position, ask) in automation.asks.enumerated() {
          let errand = stack.errandIndex(.agentReview, number: number * askLimit + position)
          var row = AskRow(
            condition: conditions[asks.count], looksAtConfidence: ask.belowConfidence != nil,
            lowWhenRight: 1, lowWhenWrong: 1,
            errand: errand.map { firstErrand[index] + Int32($0) } ?? -1,
            reviewTime: SampledTime.zero.sampler, catches: 0)
          if let threshold = ask.belowConfidence, let calibration = automation.calibration {
            row.lowWhenRight = calibration.right.probability(below: threshold)
            row.lowWhenWrong = calibration.wrong.probability(below: threshold)
          }
          if case .review(_, let time, let catches) = ask.answer {
            row.reviewTime = time.sampler
            row.catches = catches
          }
          asks.append(row)
        }
      }
      for activity in stack.activities.indices {
        let name = stack.activities[activity].automation.map { stack.automations[$0].name } ?? ""
        reliability.append(
          stack.reliability(ofActivity: activity) { own in
            switch own.success {
            case .certain(let value): value
            case .uncertain(let alpha, let beta):
              inverseRegularizedBeta(
                alpha, beta, uniform(Self.stream(of: own, automation: name, in: stack)))
            }
          })
      }
    }
    self.rows = FlatArray(rows)
    self.asks = FlatArray(asks)
    self.reliability = FlatArray(reliability)
    streams = FlatArray(flow.activities.indices.map { AgentStreams(flow.activityID($0)) })
  }

  private static func stream(
    of reliability: ReliabilityModel, automation: String, in stack: StackModel
  ) -> RandomStream {
    RandomStream(
      "automation \(automation)",
      reliability.application.map { "reliability with \(stack.applications[$0].name)" }
        ?? "reliability")
  }

  /// All streams, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    var streams = model.flow.elementIDs.flatMap { id in
      AgentStreams.purposes.map { RandomStream(id, $0) }
    }
    for automation in model.stack.automations {
      streams += automation.reliability.map {
        stream(of: $0, automation: automation.name, in: model.stack)
      }
    }
    return streams
  }
}

extension AutomationModel {
  /// Whether the tables of agents say anything of it.
  var isAgentic: Bool {
    !AutomationTraits(self).isEmpty
  }

  /// Whether every run of it works.
  var neverFails: Bool {
    failureProbability <= 0 && coverage >= 1 && breakage == nil
      && reliability.allSatisfy { $0.success == .certain(1) }
      && (calls.map { $0.success >= 1 && $0.timeout == 0 } ?? true)
  }

  /// Whether some of its work may go to people without a failure.
  var handsOver: Bool {
    changes != nil || breakage != nil
      || asks.contains { if case .takeOver = $0.answer { true } else { false } }
  }
}
