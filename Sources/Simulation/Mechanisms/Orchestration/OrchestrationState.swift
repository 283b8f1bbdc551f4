internal import EventEngine

/// What a case has met of automations.
struct CoordinatedCase: BitwiseCopyable {
  /// Automation that worked on it last; −1 for none.
  var last: Int32 = -1
  /// Automations that have worked on it, as bits; later ones than 63 share the last bit.
  var met: UInt64 = 0
  /// Whether its customer has been asked again.
  var wasAskedAgain = false
}

/// What is known of a token's present activity beyond its state.
struct CoordinatedToken: BitwiseCopyable {
  /// Automation that does it; −2 for people.
  var performer: Int32 = -1
  /// Type of the case, for routing.
  var caseType: Int32 = 0
  /// Of the time limit that runs; 0 for none.
  var stamp: UInt32 = 0
  var isHandOver = false
  var hasLostContext = false
  var isMisread = false
  /// Whether the hand-over was between technologies.
  var changesTechnology = false
}

/// An errand that is given when something is noticed.
struct LaterErrand: BitwiseCopyable {
  var errand: Int32 = -1
  /// −1 where the slot is free.
  var caseSlot: Int32 = -1
  var content: Int64 = 0
}

/// Successes and failures of an automation on a type of case.
struct Reliability: BitwiseCopyable {
  var runs: Int32 = 0
  var failures: Int32 = 0
}

/// A case under storm control.
struct StormCase: BitwiseCopyable {
  /// Whether it waits for its turn, or for the case that it was taken into.
  var isHeldBack = false
  /// First of the cases taken into it, and the next of those beside it.
  var firstAbsorbed: Int32 = -1
  var nextAbsorbed: Int32 = -1
  /// Whether it was taken into another.
  var isAbsorbed = false
}

/// Tables and state of coordination, orchestration and patterns; empty where no stack has any.
struct OrchestrationState: ~Copyable {
  /// Whether any stack has something that follows cases or tokens.
  let isOn: Bool
  let hasStormControl: Bool
  /// Whether activities of a stack go through `assign`.
  let assigns: FlatArray<Bool>
  var coordination: FlatArray<CoordinationRow>
  /// Island and technology of each automation, row = stack · automations + automation.
  let islands: FlatArray<Int32>
  let technologies: FlatArray<Int32>
  /// Automations that each may be in conflict with, as bits.
  let conflicting: FlatArray<UInt64>
  let monitors: FlatArray<MonitorRow>
  let recoveries: FlatArray<RecoveryRow>
  let routings: FlatArray<RoutingRow>
  /// Who takes over from each automation: −1 nobody, −2 people.
  let fallbacks: FlatArray<Int32>
  let alternatives: FlatArray<UInt64>
  var policyPlanes: FlatArray<PolicyPlaneRow>
  let supervisors: FlatArray<SupervisorRow>
  let storms: FlatArray<StormRow>
  /// Probability and calendar that go with each condition.
  let conditionValues: FlatArray<Double>
  let conditionCalendars: FlatArray<Int32>
  let streams: FlatArray<HandOverStreams>

  var cases = FlatRows(blank: CoordinatedCase(), columns: 1)
  var tokens = FlatRows(blank: CoordinatedToken(), columns: 1)
  var later = FlatPool(blank: LaterErrand())
  /// Row = type · automations + automation.
  var reliability: FlatArray<Reliability>
  var policiesDownUntil = Int64.min
  var policyOutages: UInt32 = 0
  /// Whether the next outage of the policies is under way.
  var awaitsPolicyFailure = false
  var stormCases = FlatRows(blank: StormCase(), columns: 1)
  /// The case that opened last, by value of the attribute that triggers must share, and its ordinal.
  var leaders: FlatArray<Int32>
  var leaderOrdinals: FlatArray<UInt32>
  /// When the next case may begin where none may come early.
  var nextTurn = Int64.min

  init(model: SimulationModel, stacks: [StackModel], flow: FlowGraph) {
    let first = ErrandRow.firstRows(of: stacks)
    assigns = FlatArray(stacks.map(\.assignsActivities))
    isOn = stacks.contains { stack in
      stack.assignsActivities || stack.monitor != nil || stack.storm != nil
        || stack.layer.map {
          $0.recovery != nil || $0.policyPlane != nil || $0.costPerCase > 0
        } ?? false
    }
    hasStormControl = stacks.contains { $0.storm != nil }
    coordination = FlatArray(zip(stacks, first).map { CoordinationRow($0, firstErrand: $1) })
    islands = FlatArray(
      stacks.flatMap { stack in
        stack.automations.indices.map { Int32(stack.coordination?.islands[$0] ?? 0) }
      })
    technologies = FlatArray(
      stacks.flatMap { stack in
        stack.automations.indices.map { index in
          let known = stack.coordination?.technologies ?? []
          return known.isEmpty ? 0 : Int32(known[index])
        }
      })
    conflicting = FlatArray(stacks.flatMap(\.conflictMasks))
    monitors = FlatArray(zip(stacks, first).map { MonitorRow($0, firstErrand: $1) })
    recoveries = FlatArray(stacks.map { RecoveryRow($0.layer?.recovery) })
    var type = stacks.reduce(0) { $0 + $1.automations.reduce(0) { $0 + $1.weaknesses.count } }
    routings = FlatArray(
      stacks.map { stack in
        defer { type += stack.layer?.routing?.caseTypes.count ?? 0 }
        return RoutingRow(stack.layer?.routing, firstType: type)
      })
    fallbacks = FlatArray(
      stacks.flatMap { stack in
        stack.automations.indices.map { index -> Int32 in
          switch stack.layer?.reroutes[index] {
          case .automation(let other): Int32(other)
          case .people: -2
          case nil: -1
          }
        }
      })
    alternatives = FlatArray(
      stacks.flatMap { stack in
        stack.automations.indices.map {
          automationMask(stack.layer?.routing?.alternatives[$0] ?? [])
        }
      })
    policyPlanes = FlatArray(stacks.map { PolicyPlaneRow($0.layer?.policyPlane) })
    supervisors = FlatArray(stacks.map { SupervisorRow($0.supervisor) })
    storms = FlatArray(stacks.map { StormRow($0.storm) })
    conditionValues = FlatArray(
      stacks.flatMap(\.weaknesses).map(\.failureProbability)
        + stacks.flatMap { $0.layer?.routing?.caseTypes ?? [] }.map { _ in 0 }
        + stacks.flatMap(\.thresholds).map(\.probability))
    let beforeThresholds =
      stacks.flatMap(\.weaknesses).count
      + stacks.flatMap { $0.layer?.routing?.caseTypes ?? [] }.count
    conditionCalendars = FlatArray(
      Array(repeating: -1, count: beforeThresholds)
        + stacks.flatMap(\.thresholds).map { Int32($0.calendar ?? -1) })
    streams = FlatArray(
      flow.activities.indices.map { HandOverStreams(activity: flow.activityID($0)) })
    let types = stacks.map { ($0.layer?.routing?.caseTypes.count ?? 0) + 1 }.max() ?? 1
    reliability = FlatArray(
      repeating: Reliability(), count: types * max(1, model.stack.automations.count))
    let values =
      stacks.compactMap { $0.storm?.sameAttribute }
      .compactMap { model.attributes[$0].valueCount }.max() ?? 1
    leaders = FlatArray(repeating: -1, count: max(1, values))
    leaderOrdinals = FlatArray(repeating: 0, count: max(1, values))
  }

  /// The conditions that the mechanisms read, in the order of `conditionValues`; `nil` holds always.
  static func conditions(of stacks: [StackModel]) -> [CaseCondition?] {
    stacks.flatMap(\.weaknesses).map(\.condition)
      + stacks.flatMap { $0.layer?.routing?.caseTypes ?? [] }
      + stacks.flatMap(\.thresholds).map(\.condition)
  }

  /// The rows of all stacks' automations, with their weaknesses numbered.
  static func automationRows(of stacks: [StackModel]) -> [AutomationRow] {
    var first: Int32 = 0
    return stacks.flatMap(\.automations).map { model in
      var row = AutomationRow(model)
      row.firstWeakness = first
      first += row.weaknessCount
      return row
    }
  }

  /// Numbers the thresholds of all stacks' guardrails.
  static func number(thresholdsOf rows: inout [GuardrailRow], of stacks: [StackModel]) {
    var first = Int32(
      stacks.flatMap(\.weaknesses).count
        + stacks.flatMap { $0.layer?.routing?.caseTypes ?? [] }.count)
    for index in rows.indices {
      rows[index].firstThreshold = first
      first += rows[index].thresholdCount
    }
  }

  static let policyStreams = [
    RandomStream("policies", "time to failure"), RandomStream("policies", "time to repair"),
  ]
}

extension StackModel {
  fileprivate var weaknesses: [WeaknessModel] { automations.flatMap(\.weaknesses) }
  fileprivate var thresholds: [ThresholdModel] { guardrails.flatMap(\.thresholds) }

  /// Whether a layer may route, or something has to know who does an activity before it begins.
  var assignsActivities: Bool {
    coordination != nil || supervisor != nil
      || layer.map { $0.routing != nil || !$0.reroutes.isEmpty } ?? false
  }

  /// For each automation those of other islands that it may be in conflict with.
  fileprivate var conflictMasks: [UInt64] {
    guard let coordination else { return automations.map { _ in 0 } }
    let touched = automations.indices.map { index in
      Set(automations[index].touches.map(\.application)).union(
        activities.filter { $0.automation == index }.flatMap { $0.touches.map(\.application) })
    }
    return automations.indices.map { one in
      automationMask(
        automations.indices.filter { other in
          coordination.islands[one] != coordination.islands[other]
            && (!coordination.conflictsNeedSharedApplication
              || !touched[one].isDisjoint(with: touched[other]))
        })
    }
  }
}

extension Replication {
  /// A case arrives, or stands in the process from the start.
  mutating func welcome(_ caseSlot: Int32) {
    orchestration.cases.clear(row: caseSlot)
    if hasStormControl { orchestration.stormCases.clear(row: caseSlot) }
    if layers[Int(stack)].costPerCase > 0 {
      charge(caseSlot, .orchestration, layers[Int(stack)].costPerCase)
    }
  }

  /// Whether a token's stack says before an activity begins who does it.
  @inline(__always)
  func isAssigned(_ token: Int32) -> Bool { orchestration.assigns[Int(tokens[token].stack)] }

  /// The automation that does a token's activity; negative for people.
  @inline(__always)
  func performer(of token: Int32, _ row: Int) -> Int32 {
    let assigned = activityTable[row].automation
    guard orchestration.isOn, assigned >= 0, isAssigned(token) else { return assigned }
    return orchestration.tokens[token, 0].performer
  }

  /// Draws whether something happens at a token's activity.
  @inline(__always)
  func happens(
    _ probability: Double, _ stream: RandomStream, _ token: Int32, attempt: Int32 = 0
  ) -> Bool {
    probability > 0 && draw(stream, for: token, attempt: attempt) < probability
  }

  /// Whether a condition of weaknesses, case types or thresholds holds for a case.
  func fits(_ condition: Int32, _ caseSlot: Int32) -> Bool {
    let number = rules.orchestrationConditions[Int(condition)]
    return number < 0 || holds(number, caseSlot: caseSlot)
  }

  // MARK: Asides

  /// Lets an automation do something beside the run of an activity, for which a token waits.
  ///
  /// - Parameter source: the activity whose applications it touches; −1 for none.
  mutating func giveAside(
    to automation: Int32, _ token: Int32, content: Int64, cost: Double, source: Int32 = -1
  ) {
    let item = newItem(
      .aside, source: source, station: teamCount + Int(automation),
      caseSlot: tokens[token].caseSlot, token: token, content: content)
    items[item].stack = tokens[token].stack
    items[item].visit = tokens[token].visit
    items[item].spentCost = cost
    tokens[token].item = item
    enqueue(item)
  }

  /// An aside is done.
  mutating func finishAside(_ work: WorkItem) {
    chargeAside(work)
    if work.token >= 0 {
      continueChain(work.token)
    } else {
      // The old way beside the new; no token waits for it.
      compareWays(work)
      closePart(of: work.caseSlot)
    }
  }

  /// Charges an aside, done or withdrawn.
  mutating func chargeAside(_ work: WorkItem) {
    charge(work.caseSlot, .coordination, work.spentCost)
  }
}

extension EffectTable {
  /// Whether an automation that does an activity may ask people; a layer may give it to any.
  static func mayAsk(at activity: Int, in stack: StackModel) -> Bool {
    guard let assigned = stack.activities[activity].automation else { return false }
    let isRouted = stack.layer.map { $0.routing != nil || !$0.reroutes.isEmpty } ?? false
    return !stack.automations[assigned].asks.isEmpty
      || (isRouted && stack.automations.contains { !$0.asks.isEmpty })
  }

  /// What mechanisms between automations do before an activity.
  static func orchestrationAdmission(of activity: Int, in stack: StackModel) -> [Effect] {
    guard let assigned = stack.activities[activity].automation, stack.assignsActivities else {
      return []
    }
    var acts: [Mechanism] = [.assignment]
    if let coordination = stack.coordination {
      acts.append(.handOver)
      if coordination.contextLost > 0, coordination.repeatedPull > 0 { acts.append(.repeatedPull) }
      if coordination.contextLost > 0, coordination.repeatedRequest > 0 {
        acts.append(.repeatedRequest)
      }
      if coordination.timeLimit != nil { acts.append(.awaitedAnswer) }
    }
    let mayBeLed = stack.supervisor.map { supervisor in
      supervisor.leads.contains(assigned) || stack.layer != nil
    }
    if mayBeLed == true, stack.supervisor?.delegation != nil { acts.append(.delegation) }
    return acts.map { Effect(mechanism: $0, parameter: Int32(activity)) }
  }

  /// What mechanisms between automations do after an activity.
  static func orchestrationCompletion(of activity: Int, in stack: StackModel) -> [Effect] {
    var acts: [Mechanism] = []
    if stack.activities[activity].automation != nil {
      if stack.coordination != nil { acts += [.handOverDone, .agentConflicts] }
      if (stack.supervisor?.conflict ?? 0) > 0 { acts.append(.supervision) }
      if (stack.monitor?.falseAlarms ?? 0) > 0 { acts.append(.falseAlarm) }
    }
    if stack.supervisor?.synthesisAfter.contains(activity) == true { acts.append(.synthesis) }
    return acts.map { Effect(mechanism: $0, parameter: Int32(activity)) }
  }
}
