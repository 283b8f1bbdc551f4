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
}

/// What risks know of a token.
struct RiskToken: BitwiseCopyable {
  /// Whether the check that goes on is one of those that are made.
  var isChecked = false
}

/// Something of a case that comes later.
struct LaterIncident: BitwiseCopyable {
  /// −1 where the slot is free.
  var caseSlot: Int32 = -1
  var kind: Kind = .errand
  /// Row of the errand; row of the policy.
  var number: Int32 = -1
  /// Of the errand.
  var content: Int64 = 0
  /// Names the decision, for draws.
  var visit: Int64 = 0

  /// What comes.
  enum Kind: UInt8, BitwiseCopyable {
    /// An errand is given.
    case errand
    /// A violation comes out.
    case exposure
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

  var cases = FlatRows(blank: RiskCase(), columns: 1)
  var tokens = FlatRows(blank: RiskToken(), columns: 1)
  var later = FlatPool(blank: LaterIncident())

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
    firstPolicy = FlatArray(
      stacks.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.policyCount)) })
  }

  /// The conditions that risks read, stack by stack.
  static func conditions(of stacks: [StackModel]) -> [CaseCondition] {
    stacks.flatMap { $0.risk?.criticality.map(\.condition) ?? [] }
  }

  /// Name of the incident that an escaped error is.
  static let escapeName = "escaped error"
}

/// The first rows of a stack's checks and policies, for its effects.
struct RiskRows {
  var check: Int32 = 0
  var policy: Int32 = 0

  /// Goes on to the next stack.
  mutating func skip(_ stack: StackModel) {
    check += Int32(stack.checkCount)
    policy += Int32(stack.policyCount)
  }
}

extension EffectTable {
  /// What risks do after an activity.
  static func risk(at activity: Int, in stack: StackModel, _ first: RiskRows) -> [Effect] {
    guard stack.risk != nil else { return [] }
    return policies(at: activity, in: stack, first: first.policy)
      + checks(after: activity, in: stack, first: first.check)
  }
}

extension StackModel {
  /// The errands that risks may give.
  var riskErrands: [ErrandModel] {
    guard let risk else { return [] }
    return errorErrands(risk) + violationErrands(risk)
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

  /// Schedules something of a case, which stays open for it.
  mutating func scheduleIncident(_ incident: LaterIncident, at time: Int64) {
    let slot = risk.later.take(incident)
    cases[incident.caseSlot].openParts &+= 1
    schedule(.incident, slot, at: time, .endDelay)
  }

  /// Something comes.
  mutating func comeToLight(_ slot: Int32) {
    let incident = risk.later[slot]
    risk.later[slot].caseSlot = -1
    risk.later.free(slot)
    switch incident.kind {
    case .errand:
      let item = giveErrand(
        incident.number, caseSlot: incident.caseSlot, content: incident.content)
      items[item].visit = incident.visit
    case .exposure: expose(incident)
    }
    closePart(of: incident.caseSlot)
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
      }
    }
  }

  /// The loss of an incident of a case, in millionths of the currency unit.
  func loss(of row: IncidentRow, caseSlot: Int32, visit: Int64 = 0) -> Double {
    let uniform = random.uniform(
      row.streams.loss, ordinal: cases[caseSlot].ordinal, visit: visit)
    return Double(microseconds(row.loss, uniform)) * criticality(of: caseSlot)
  }
}
