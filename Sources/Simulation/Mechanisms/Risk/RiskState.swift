internal import EventEngine
internal import Statistics

// Mechanism *risk*: its tables and state. What happens stands in the files beside this one, class by class.

/// What risks know of a case.
struct RiskCase: BitwiseCopyable {
  /// The uniform number with which an automation made the case's last error; −1 where people made it, or
  /// nobody knows.
  var luck = -1.0
  /// Policies that it violates and nobody knows of, as bits, and when the first of them was violated.
  var violated: UInt64 = 0
  var violatedAt: Int64 = 0
  /// The compromise that has affected it and that nobody has noticed; 0 for none.
  var incident: Int32 = 0
  /// Names the work by which it did, for draws.
  var damage: Int64 = 0
  /// Classes of data that it carries, as bits.
  var carried: UInt64 = 0
}

/// What risks know of a token.
struct RiskToken: BitwiseCopyable {
  /// Whether the check that goes on is one of those that are made.
  var isChecked = false
}

/// Something that comes later, to a case or to none.
struct LaterIncident: BitwiseCopyable {
  /// −1 for none.
  var caseSlot: Int32 = -1
  var kind: Kind = .free
  /// Row of the errand; row of the policy; the compromise; the automation; the unit.
  var number: Int32 = -1
  /// Of the errand; the compromise that spreads; the cascade.
  var content: Int64 = 0
  /// Names the decision, for draws.
  var visit: Int64 = 0

  /// What comes.
  enum Kind: UInt8, BitwiseCopyable {
    /// Nothing: the slot is free.
    case free
    /// An errand is given.
    case errand
    /// A violation comes out.
    case exposure
    /// A compromise is noticed.
    case detection
    /// A compromise reaches an automation.
    case spread
    /// A cascade takes a unit down.
    case strike
    /// A unit that was taken down is up again.
    case release
  }
}

/// What an incident costs, as a plain row.
struct IncidentRow: BitwiseCopyable {
  var loss: CompiledSampler
  var detection: CompiledSampler
  var work: ErrandWorkRow
  var streams: IncidentStreams

  init(_ model: IncidentModel, name: String, errand: Int32) {
    loss = model.loss.sampler
    detection = model.detection.sampler
    work = ErrandWorkRow(model.work, errand: errand)
    streams = IncidentStreams(name)
  }
}

/// Streams of a kind of incident.
struct IncidentStreams: BitwiseCopyable {
  var loss: RandomStream
  var detection: RandomStream
  var work: RandomStream

  init(_ name: String) {
    let all = Self.all(of: name)
    loss = all[0]
    detection = all[1]
    work = all[2]
  }

  static func all(of name: String) -> [RandomStream] {
    ["loss", "detection", "work"].map { RandomStream("incident \(name)", $0) }
  }
}

/// The factor of cases for which a condition holds.
struct CriticalityRow: BitwiseCopyable {
  var condition: Int32
  var factor: Double
}

/// Tables and state of risks; empty where no stack has any.
struct RiskState: ~Copyable {
  /// Whether any stack has any.
  let isOn: Bool
  /// Factors of all stacks, and the first of each, with one past the last at the end.
  let criticality: FlatArray<CriticalityRow>
  let firstCriticality: FlatArray<Int32>

  // Errors.
  let tracksErrors: Bool
  let errors: FlatArray<ErrorRiskRow>
  let checks: FlatArray<CheckRow>
  let taintStreams: FlatArray<TaintStreams>

  /// Policies of all stacks, and the first of each, with one past the last at the end.
  let policies: FlatArray<PolicyRow>
  let firstPolicy: FlatArray<Int32>

  // Compromise; rows by stack, or by stack and automation, and links with the first of each stack.
  let hasCompromise: Bool
  let compromises: FlatArray<CompromiseRow>
  let targets: FlatArray<TargetRow>
  let trust: FlatArray<LinkRow>
  let firstTrust: FlatArray<Int32>
  /// Streams by activity of whether work there affects the case.
  let affected: FlatArray<RandomStream>

  /// Leaks, row = (stack, class, activity).
  let leaks: FlatArray<LeakRow>

  // Cascades.
  let hasCascade: Bool
  let cascades: FlatArray<CascadeRow>
  let couplings: FlatArray<LinkRow>
  let firstCoupling: FlatArray<Int32>
  let cascadeStreams: FlatArray<CascadeStreams>
  /// By unit.
  let lasts: FlatArray<RandomStream>

  var cases = FlatRows(blank: RiskCase(), columns: 1)
  var tokens = FlatRows(blank: RiskToken(), columns: 1)
  var later = FlatPool(blank: LaterIncident())
  /// By automation.
  var targetStates: FlatArray<TargetState>
  /// Compromises so far.
  var incidents: Int32 = 0
  /// By unit.
  var cascadeStates: FlatArray<CascadeState>
  /// Cascades so far.
  var lastCascade: Int64 = 0

  /// - Parameter conditions: numbers of the conditions, in the order of `conditions(of:)`.
  init(model: SimulationModel, stacks: [StackModel], conditions: [Int32]) {
    let flow = model.flow
    let firstErrands = ErrandRow.firstRows(of: stacks)
    isOn = stacks.contains { $0.risk != nil }
    tracksErrors = stacks.contains { $0.risk?.errors != nil }
    var criticality: [CriticalityRow] = []
    var first: [Int32] = []
    for stack in stacks {
      first.append(Int32(criticality.count))
      for level in stack.risk?.criticality ?? [] {
        criticality.append(
          CriticalityRow(condition: conditions[criticality.count], factor: level.factor))
      }
    }
    first.append(Int32(criticality.count))
    self.criticality = FlatArray(criticality)
    firstCriticality = FlatArray(first)
    errors = FlatArray(
      zip(stacks, firstErrands).map { stack, first in ErrorRiskRow(stack, firstErrand: first) })
    checks = FlatArray(
      zip(stacks, firstErrands).flatMap { stack, first in
        CheckRow.rows(of: stack, flow: flow, firstErrand: first)
      })
    taintStreams = FlatArray(
      tracksErrors ? flow.activities.indices.map { TaintStreams(flow.activityID($0)) } : [])
    policies = FlatArray(
      zip(stacks, firstErrands).flatMap { stack, first in
        PolicyRow.rows(of: stack, flow: flow, firstErrand: first)
      })
    firstPolicy = Self.firstRows(stacks) { $0.policyCount }
    let ids = flow.activities.indices.map { flow.activityID($0) }
    let automations = model.stack.automations.map(\.name)
    let units = model.stack.unitNames
    hasCompromise = stacks.contains { $0.risk?.compromise != nil }
    compromises = FlatArray(
      zip(stacks, firstErrands).map { stack, first in CompromiseRow(stack, firstErrand: first) })
    targets = FlatArray(
      stacks.flatMap { stack in
        automations.enumerated().map { index, name in
          TargetRow(
            isOn: stack.isTarget(index), streams: TargetStreams(name))
        }
      })
    trust = FlatArray(
      stacks.flatMap { stack in
        stack.compromiseLinks.map {
          LinkRow($0, automations[$0.from], automations[$0.to], "compromise")
        }
      })
    firstTrust = Self.firstRows(stacks) { $0.compromiseLinks.count }
    affected = FlatArray(hasCompromise ? ids.map { Self.affected(at: $0) } : [])
    targetStates = FlatArray(
      repeating: TargetState(), count: hasCompromise ? automations.count : 0)
    var leaks: [LeakRow] = []
    var condition = criticality.count
    for (stack, first) in zip(stacks, firstErrands) {
      for (number, leak) in (stack.risk?.leaks ?? []).enumerated() {
        let own = leak.condition == nil ? -1 : conditions[condition]
        if leak.condition != nil { condition += 1 }
        for (activity, id) in ids.enumerated() {
          leaks.append(
            LeakRow(
              leak, number: number, at: activity, id, in: stack, condition: own,
              firstErrand: first))
        }
      }
    }
    self.leaks = FlatArray(leaks)
    hasCascade = stacks.contains { $0.risk?.cascade != nil }
    cascades = FlatArray(
      zip(stacks, firstErrands).map { stack, first in CascadeRow(stack, firstErrand: first) })
    couplings = FlatArray(
      stacks.flatMap { stack in
        stack.cascadeLinks.map {
          LinkRow($0, units[$0.from], units[$0.to], "cascade")
        }
      })
    firstCoupling = Self.firstRows(stacks) { $0.cascadeLinks.count }
    cascadeStreams = FlatArray(hasCascade ? ids.map { CascadeStreams($0) } : [])
    lasts = FlatArray(hasCascade ? units.map { CascadeStreams.lasts(of: $0) } : [])
    cascadeStates = FlatArray(repeating: CascadeState(), count: hasCascade ? units.count : 0)
  }

  /// The first of the rows of each stack, and one past the last at the end.
  private static func firstRows(
    _ stacks: [StackModel], _ count: (StackModel) -> Int
  ) -> FlatArray<Int32> {
    FlatArray(stacks.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + Int32(count($1))) })
  }

  /// The conditions that risks read: those of criticality of all stacks, then those of leaks.
  static func conditions(of stacks: [StackModel]) -> [CaseCondition] {
    stacks.flatMap { $0.risk?.criticality.map(\.condition) ?? [] }
      + stacks.flatMap { $0.risk?.leaks.compactMap(\.condition) ?? [] }
  }

  /// Name of the incident that an escaped error is.
  static let escapeName = "escaped error"
  /// Name of what a compromise does to a case.
  static let compromiseName = "compromise"

  static func affected(at id: String) -> RandomStream { RandomStream(id, "compromised work") }
}

/// The first rows of a stack's checks, policies and leaks, for its effects.
struct RiskRows {
  var check: Int32 = 0
  var policy: Int32 = 0
  var leak: Int32 = 0

  /// Goes on to the next stack.
  mutating func skip(_ stack: StackModel) {
    check += Int32(stack.checkCount)
    policy += Int32(stack.policyCount)
    leak += Int32((stack.risk?.leaks.count ?? 0) * stack.activities.count)
  }
}

extension EffectTable {
  /// What risks do after an activity.
  static func risk(at activity: Int, in stack: StackModel, _ first: RiskRows) -> [Effect] {
    guard let risk = stack.risk else { return [] }
    var chain: [Effect] = []
    if risk.compromise != nil, stack.activities[activity].automation != nil {
      chain.append(Effect(mechanism: .compromisedWork, parameter: Int32(activity)))
    }
    for index in risk.leaks.indices {
      let row = first.leak + Int32(index * stack.activities.count + activity)
      chain.append(Effect(mechanism: .dataHandling, parameter: row))
    }
    return chain + policies(at: activity, in: stack, first: first.policy)
      + checks(after: activity, in: stack, first: first.check)
  }
}

extension StackModel {
  /// The errands that risks may give.
  var riskErrands: [ErrandModel] {
    guard let risk else { return [] }
    return errorErrands(risk) + violationErrands(risk) + compromiseErrands(risk)
      + leakErrands(risk) + cascadeErrands(risk)
  }

  /// Whether somebody may get hold of an automation from outside.
  fileprivate func isTarget(_ automation: Int) -> Bool {
    guard let compromise = risk?.compromise else { return false }
    return uses(automation: automation) && compromise.targets.contains(automation)
  }

  /// Row of an errand of risks; −1 where there is none such.
  ///
  /// - Parameter first: row of the stack's first errand.
  func riskErrand(_ purpose: ErrandPurpose, _ number: Int = 0, first: Int32) -> Int32 {
    guard risk != nil, let index = errandIndex(purpose, number: number) else { return -1 }
    return first + Int32(index)
  }

  /// Whether risks may take a unit down.
  func takesDown(_ unit: Int) -> Bool {
    guard let risk else { return false }
    let isContained =
      automations.indices.contains(unit - applications.count)
      && (risk.compromise.map { $0.containment.mean > 0 } ?? false)
    return isContained || (risk.cascade.map { $0.links.contains { $0.to == unit } } ?? false)
  }
}

extension Replication {
  // MARK: Losses

  /// Factor on the loss of an incident of a case.
  func criticality(of caseSlot: Int32) -> Double {
    for index in risk.firstCriticality[Int(stack)]..<risk.firstCriticality[Int(stack) + 1]
    where holds(risk.criticality[Int(index)].condition, caseSlot: caseSlot) {
      return risk.criticality[Int(index)].factor
    }
    return 1
  }

  /// An incident happens to a case: its loss is incurred now, and its work comes when it is noticed.
  ///
  /// - Parameter visit: which of several of its kind on the case.
  mutating func sufferIncident(
    _ row: IncidentRow, _ event: MechanismEvent, caseSlot: Int32, visit: Int64 = 0
  ) {
    let ordinal = cases[caseSlot].ordinal
    let loss = loss(of: row, caseSlot: caseSlot, visit: visit)
    note(event, caseSlot: caseSlot, cost: loss)
    charge(caseSlot, .incidents, loss)
    guard row.work.errand >= 0 else { return }
    let delay = microseconds(
      row.detection, random.uniform(row.streams.detection, ordinal: ordinal, visit: visit))
    let content = microseconds(
      row.work.time, random.uniform(row.streams.work, ordinal: ordinal, visit: visit))
    giveLater(row.work.errand, caseSlot: caseSlot, content: content, after: delay)
  }

  // MARK: What comes to light later

  /// Gives an errand of a case after a time.
  mutating func giveLater(_ errand: Int32, caseSlot: Int32, content: Int64, after delay: Int64) {
    scheduleIncident(
      LaterIncident(caseSlot: caseSlot, kind: .errand, number: errand, content: content),
      at: now &+ delay)
  }

  /// Schedules something; where it is of a case, that stays open for it.
  mutating func scheduleIncident(_ incident: LaterIncident, at time: Int64) {
    let slot = risk.later.take(incident)
    if incident.caseSlot >= 0 { cases[incident.caseSlot].openParts &+= 1 }
    schedule(.incident, slot, at: time, .endDelay)
  }

  /// Something comes.
  mutating func comeToLight(_ slot: Int32) {
    let incident = risk.later[slot]
    risk.later[slot].kind = .free
    risk.later.free(slot)
    switch incident.kind {
    case .errand:
      let item = giveErrand(
        incident.number, caseSlot: incident.caseSlot, content: incident.content)
      items[item].visit = incident.visit
    case .exposure: expose(incident)
    case .detection: discover(incident.number)
    case .spread:
      spreadCompromise(to: incident.number, incident: Int32(incident.content))
    case .strike: strike(Int(incident.number), cascade: incident.content)
    case .release: releaseForced(Int(incident.number))
    case .free: break
    }
    if incident.caseSlot >= 0 { closePart(of: incident.caseSlot) }
  }

  /// What has not come to light at the end of the run is owed.
  mutating func oweIncidents() {
    for slot in 0..<Int32(risk.later.highWater) {
      let incident = risk.later[slot]
      guard incident.caseSlot >= 0, cases[incident.caseSlot].cohort >= 0 else { continue }
      switch incident.kind {
      case .errand:
        oweLater(incident.number, caseSlot: incident.caseSlot, content: incident.content)
      case .exposure: oweExposure(incident)
      case .detection, .spread, .strike, .release, .free: break
      }
    }
    oweCleanUp()
  }

  /// The loss of an incident of a case, in millionths of the currency unit.
  func loss(of row: IncidentRow, caseSlot: Int32, visit: Int64 = 0) -> Double {
    let uniform = random.uniform(
      row.streams.loss, ordinal: cases[caseSlot].ordinal, visit: visit)
    return Double(microseconds(row.loss, uniform)) * criticality(of: caseSlot)
  }
}
