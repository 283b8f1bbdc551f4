internal import EventEngine
internal import Statistics

// Mechanism *risk*, violations of policies: a decision that no guardrail objects to, but that is not what was
// meant. It hurts nobody at once. An audit looks at a share of the decisions of each period, as work of
// people; what it finds is corrected. What comes out otherwise, before an audit has found it, costs its loss:
// the longer the lag, the more. Brief row 97.

/// A policy at one activity.
struct PolicyRow: BitwiseCopyable {
  /// Which policy: a bit of a case.
  var policy: Int32
  /// Names the activity among those of the policy.
  var position: Int64
  var byAutomations: Double
  var byPeople: Double
  /// 0 for no audits.
  var auditEvery: Int64
  var audited: Double
  var audit: ErrandWorkRow
  var finds: Double
  var correction: ErrandWorkRow
  var exposed: Double
  var exposedAfter: CompiledSampler
  var exposure: IncidentRow
  var streams: PolicyStreams
  var audits: AuditStreams

  /// The rows of a stack, in the order of its policies and their activities.
  static func rows(of stack: StackModel, flow: FlowGraph, firstErrand: Int32) -> [PolicyRow] {
    var rows: [PolicyRow] = []
    for (number, model) in (stack.risk?.violations ?? []).enumerated() {
      for (position, activity) in model.activities.enumerated() {
        rows.append(
          PolicyRow(
            model, number: number, at: flow.activityID(activity), position, in: stack,
            firstErrand: firstErrand))
      }
    }
    return rows
  }

  private init(
    _ model: ViolationModel, number: Int, at id: String, _ position: Int, in stack: StackModel,
    firstErrand: Int32
  ) {
    func errand(_ purpose: ErrandPurpose, _ number: Int) -> Int32 {
      stack.errandIndex(purpose, number: number).map { firstErrand + Int32($0) } ?? -1
    }
    policy = Int32(number)
    self.position = Int64(position)
    byAutomations = model.byAutomations
    byPeople = model.byPeople
    auditEvery = model.audit?.every ?? 0
    audited = model.audit?.share ?? 0
    audit = ErrandWorkRow(model.audit?.work, errand: errand(.audit, number))
    finds = model.audit?.finds ?? 0
    correction = ErrandWorkRow(model.audit?.correction, errand: errand(.auditCorrection, number))
    exposed = model.exposure?.share ?? 0
    exposedAfter = (model.exposure?.after ?? .zero).sampler
    exposure = IncidentRow(
      model.exposure?.incident ?? IncidentModel(), name: "violation of \(model.name)",
      errand: errand(.incident, RiskErrand.firstExposure + number))
    streams = PolicyStreams(model.name, at: id)
    audits = AuditStreams(model.name)
  }
}

/// Streams of a policy at one activity.
struct PolicyStreams: BitwiseCopyable {
  var violated: RandomStream
  var audited: RandomStream
  var auditTime: RandomStream
  var exposed: RandomStream
  var exposedAfter: RandomStream

  init(_ name: String, at id: String) {
    let all = Self.all(of: name, at: id)
    violated = all[0]
    audited = all[1]
    auditTime = all[2]
    exposed = all[3]
    exposedAfter = all[4]
  }

  static func all(of name: String, at id: String) -> [RandomStream] {
    ["violated", "audited", "audit time", "exposed", "exposed after"]
      .map { RandomStream("policy \(name) at \(id)", $0) }
  }
}

/// Streams of a policy on a case.
struct AuditStreams: BitwiseCopyable {
  var found: RandomStream
  var correction: RandomStream

  init(_ name: String) {
    let all = Self.all(of: name)
    found = all[0]
    correction = all[1]
  }

  static func all(of name: String) -> [RandomStream] {
    ["found", "correction"].map { RandomStream("audit of \(name)", $0) }
  }
}

extension EffectTable {
  /// The policies that may be violated at an activity.
  ///
  /// - Parameter first: row of the stack's first policy.
  static func policies(at activity: Int, in stack: StackModel, first: Int32) -> [Effect] {
    var row = first
    var chain: [Effect] = []
    for model in stack.risk?.violations ?? [] {
      for own in model.activities {
        if own == activity { chain.append(Effect(mechanism: .policyDecision, parameter: row)) }
        row += 1
      }
    }
    return chain
  }
}

extension StackModel {
  /// Number of rows of its policies.
  var policyCount: Int { (risk?.violations ?? []).reduce(0) { $0 + $1.activities.count } }

  /// The errands that violations and their audits may give.
  func violationErrands(_ risk: RiskModel) -> [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, model) in risk.violations.enumerated() {
      if let audit = model.audit {
        errands.append(
          ErrandModel(
            .audit, number: number, name: "audit: \(model.name)", team: audit.work.team,
            isTicket: false, component: .upkeep, event: .decisionAudited))
        if let correction = audit.correction {
          errands.append(
            ErrandModel(
              .auditCorrection, number: number, name: "correction: \(model.name)",
              team: correction.team, isTicket: true, component: .incidents,
              event: .violationFound))
        }
      }
      if let work = model.exposure?.incident.work {
        errands.append(
          ErrandModel(
            .incident, number: RiskErrand.firstExposure + number,
            name: "violation of \(model.name)", team: work.team, isTicket: true,
            component: .incidents, event: .violationExposed))
      }
    }
    return errands
  }
}

extension Replication {
  /// Completion effect: a decision that may violate a policy, and may be one of those that are audited.
  mutating func decideUnderPolicy(_ policy: Int32, on token: Int32) -> EffectOutcome {
    let row = risk.policies[Int(policy)]
    let caseSlot = tokens[token].caseSlot
    let probability = tokens[token].isDoneByAutomation ? row.byAutomations : row.byPeople
    // One name for the decision wherever the policy is decided.
    let visit = tokens[token].visit &* 1_024 &+ row.position
    let shift = securityShift(token)
    if happens(shifted(probability, by: shift), row.streams.violated, token) {
      note(.policyViolated, caseSlot: caseSlot)
      let bit: UInt64 = 1 << UInt64(row.policy)
      if risk.cases[caseSlot, 0].violated == 0 { risk.cases[caseSlot, 0].violatedAt = now }
      risk.cases[caseSlot, 0].violated |= bit
      if happens(row.exposed, row.streams.exposed, token) {
        let delay = microseconds(
          row.exposedAfter, draw(row.streams.exposedAfter, for: token))
        scheduleIncident(
          LaterIncident(caseSlot: caseSlot, kind: .exposure, number: policy, visit: visit),
          at: now &+ delay)
      }
    }
    guard row.auditEvery > 0, happens(row.audited, row.streams.audited, token) else {
      return .proceed
    }
    // The next end of a period; day 0 is one.
    var period = now / row.auditEvery
    if now < 0, period * row.auditEvery != now { period -= 1 }
    let content = microseconds(row.audit.time, draw(row.streams.auditTime, for: token))
    note(.decisionAudited, caseSlot: caseSlot)
    scheduleIncident(
      LaterIncident(
        caseSlot: caseSlot, kind: .errand, number: row.audit.errand, content: content,
        visit: visit),
      at: (period + 1) * row.auditEvery)
    return .proceed
  }

  /// An audit of a decision is done: it may have found a violation, which is then corrected.
  mutating func finishAudit(_ errand: ErrandRow, caseSlot: Int32, visit: Int64) {
    let bit: UInt64 = 1 << UInt64(errand.number)
    guard caseSlot >= 0, risk.cases[caseSlot, 0].violated & bit != 0,
      let policy = policyRow(errand.number)
    else { return }
    let row = risk.policies[Int(policy)]
    let ordinal = cases[caseSlot].ordinal
    guard random.uniform(row.audits.found, ordinal: ordinal, visit: visit) < row.finds else {
      return
    }
    endViolation(of: row, caseSlot: caseSlot)
    note(.violationFound, caseSlot: caseSlot)
    guard row.correction.errand >= 0 else { return }
    giveErrand(
      row.correction.errand, caseSlot: caseSlot,
      content: microseconds(
        row.correction.time,
        random.uniform(row.audits.correction, ordinal: ordinal, visit: visit)))
  }

  /// Some row of a policy under the stack at work; `nil` where it has none.
  private func policyRow(_ number: Int32) -> Int32? {
    for row in risk.firstPolicy[Int(stack)]..<risk.firstPolicy[Int(stack) + 1]
    where risk.policies[Int(row)].policy == number {
      return row
    }
    return nil
  }

  /// A violation comes out otherwise: unless an audit was faster, its loss is incurred.
  mutating func expose(_ incident: LaterIncident) {
    let row = risk.policies[Int(incident.number)]
    let bit: UInt64 = 1 << UInt64(row.policy)
    guard risk.cases[incident.caseSlot, 0].violated & bit != 0 else { return }
    endViolation(of: row, caseSlot: incident.caseSlot)
    sufferIncident(
      row.exposure, .violationExposed, caseSlot: incident.caseSlot, visit: incident.visit)
  }

  /// At the end of the run: the loss of what would still come out is owed, as if no audit found it before.
  mutating func oweExposure(_ incident: LaterIncident) {
    let row = risk.policies[Int(incident.number)]
    let bit: UInt64 = 1 << UInt64(row.policy)
    guard risk.cases[incident.caseSlot, 0].violated & bit != 0 else { return }
    risk.cases[incident.caseSlot, 0].violated &= ~bit
    owe(
      incident.caseSlot,
      cost: loss(of: row.exposure, caseSlot: incident.caseSlot, visit: incident.visit), time: 0,
      in: AccountColumn.errandTime)
    guard row.exposure.work.errand >= 0 else { return }
    let content = microseconds(
      row.exposure.work.time,
      random.uniform(
        row.exposure.streams.work, ordinal: cases[incident.caseSlot].ordinal,
        visit: incident.visit))
    oweLater(row.exposure.work.errand, caseSlot: incident.caseSlot, content: content)
  }

  /// A violation is known: the days of its lag are counted.
  private mutating func endViolation(of row: PolicyRow, caseSlot: Int32) {
    risk.cases[caseSlot, 0].violated &= ~(1 << UInt64(row.policy))
    let lag = now - risk.cases[caseSlot, 0].violatedAt
    note(.violationDay, caseSlot: caseSlot, count: (lag + 43_200_000_000) / 86_400_000_000)
  }
}
