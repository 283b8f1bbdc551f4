internal import EventEngine
internal import Statistics

// Mechanism *risk*, compromise: now and then somebody gets hold of an automation. Through those that trust
// it, and through the layer that links them, others follow. Whatever they work on is affected, until it is
// noticed: then all are stopped at once, which is an outage, looked into, and the cases cleaned up. Brief
// rows 98, 186.

/// Compromise under one stack.
struct CompromiseRow: BitwiseCopyable {
  var isOn: Bool
  var every: CompiledSampler
  var delay: CompiledSampler
  var detection: CompiledSampler
  var containment: CompiledSampler
  var investigation: ErrandWorkRow
  var affects: Double
  /// Of each case.
  var damage: IncidentRow

  init(_ stack: StackModel, firstErrand: Int32) {
    let model = stack.risk?.compromise
    func errand(_ number: Int) -> Int32 {
      stack.riskErrand(.incident, number, first: firstErrand)
    }
    isOn = model != nil
    every = (model?.every ?? .zero).sampler
    delay = (model?.spreadDelay ?? .zero).sampler
    detection = (model?.detection ?? .zero).sampler
    containment = (model?.containment ?? .zero).sampler
    investigation = ErrandWorkRow(
      model?.investigation, errand: errand(RiskErrand.investigation))
    affects = model?.affects ?? 0
    damage = IncidentRow(
      model?.damage ?? IncidentModel(), name: RiskState.compromiseName,
      errand: errand(RiskErrand.cleanUp))
  }
}

/// An automation that may be compromised.
struct TargetRow: BitwiseCopyable {
  /// Whether somebody may get hold of it from outside.
  var isOn: Bool
  var streams: TargetStreams
}

/// Streams of an automation that compromise draws from.
struct TargetStreams: BitwiseCopyable {
  var every: RandomStream
  var detection: RandomStream
  var containment: RandomStream
  var investigation: RandomStream

  init(_ name: String) {
    let all = Self.all(of: name)
    every = all[0]
    detection = all[1]
    containment = all[2]
    investigation = all[3]
  }

  static func all(of name: String) -> [RandomStream] {
    ["time to compromise", "detection of compromise", "containment", "investigation"]
      .map { RandomStream("automation \(name)", $0) }
  }
}

/// A way from one to another, for compromise and for failure.
struct LinkRow: BitwiseCopyable {
  var from: Int32
  var to: Int32
  var probability: Double
  var reaches: RandomStream
  var delay: RandomStream

  init(_ model: LinkModel, _ from: String, _ to: String, _ kind: String) {
    self.from = Int32(model.from)
    self.to = Int32(model.to)
    probability = model.probability
    let all = Self.streams(from, to, kind)
    reaches = all[0]
    delay = all[1]
  }

  static func streams(_ from: String, _ to: String, _ kind: String) -> [RandomStream] {
    ["reaches", "delay"].map { RandomStream("\(kind) from \(from) to \(to)", $0) }
  }
}

/// An automation under compromise.
struct TargetState: BitwiseCopyable {
  /// The incident that it is part of; 0 for none.
  var incident: Int32 = 0
  /// How often somebody got hold of it from outside, the next included, and at all.
  var attacks: UInt32 = 0
  var compromises: UInt32 = 0
  var awaitsAttack = false
}

extension StackModel {
  /// From which automation a compromise may reach which, as far as it is in use.
  var compromiseLinks: [LinkModel] {
    (risk?.compromise?.links ?? []).filter { uses(automation: $0.to) }
  }

  /// The errands that a compromise may give.
  func compromiseErrands(_ risk: RiskModel) -> [ErrandModel] {
    guard let model = risk.compromise else { return [] }
    var errands: [ErrandModel] = []
    if let work = model.investigation {
      errands.append(
        ErrandModel(
          .incident, number: RiskErrand.investigation, name: "investigation of a compromise",
          team: work.team, isTicket: false, component: .incidents, event: .agentCompromised))
    }
    if let work = model.damage.work {
      errands.append(
        ErrandModel(
          .incident, number: RiskErrand.cleanUp, name: "clean-up after a compromise",
          team: work.team, isTicket: true, component: .incidents, event: .caseCompromised))
    }
    return errands
  }
}

extension Replication {
  /// Start of the run and day 0: schedules the next attack on each automation in use.
  mutating func scheduleAttacks() {
    guard risk.hasCompromise else { return }
    for automation in 0..<Int32(automationCount) { scheduleAttack(automation) }
  }

  private mutating func scheduleAttack(_ automation: Int32) {
    let target = risk.targets[Int(stack) * automationCount + Int(automation)]
    guard target.isOn, !risk.targetStates[Int(automation)].awaitsAttack else { return }
    risk.targetStates[Int(automation)].awaitsAttack = true
    risk.targetStates[Int(automation)].attacks &+= 1
    let uniform = random.uniform(
      target.streams.every, ordinal: risk.targetStates[Int(automation)].attacks)
    let time = microseconds(risk.compromises[Int(stack)].every, uniform)
    schedule(.compromise, number: automation, at: now &+ max(1, time))
  }

  /// Somebody gets hold of an automation from outside.
  mutating func compromise(_ automation: Int32) {
    risk.targetStates[Int(automation)].awaitsAttack = false
    let target = risk.targets[Int(stack) * automationCount + Int(automation)]
    guard target.isOn else { return }
    if risk.targetStates[Int(automation)].incident == 0 {
      risk.incidents &+= 1
      note(.compromise, caseSlot: -1)
      let uniform = random.uniform(
        target.streams.detection, ordinal: risk.targetStates[Int(automation)].attacks)
      let delay = microseconds(risk.compromises[Int(stack)].detection, uniform)
      scheduleIncident(
        LaterIncident(kind: .detection, number: risk.incidents), at: now &+ delay)
      takeOver(automation, incident: risk.incidents)
    }
    scheduleAttack(automation)
  }

  /// An automation becomes part of an incident, and may reach those that trust it.
  private mutating func takeOver(_ automation: Int32, incident: Int32) {
    risk.targetStates[Int(automation)].incident = incident
    risk.targetStates[Int(automation)].compromises &+= 1
    note(.agentCompromised, caseSlot: -1)
    let occurrence = risk.targetStates[Int(automation)].compromises
    for index in risk.firstTrust[Int(stack)]..<risk.firstTrust[Int(stack) + 1] {
      let link = risk.trust[Int(index)]
      guard link.from == automation,
        random.uniform(link.reaches, ordinal: occurrence) < link.probability
      else { continue }
      let delay = microseconds(
        risk.compromises[Int(stack)].delay, random.uniform(link.delay, ordinal: occurrence))
      scheduleIncident(
        LaterIncident(kind: .spread, number: link.to, content: Int64(incident)),
        at: now &+ delay)
    }
  }

  /// A compromise has reached another automation, unless it has been noticed meanwhile.
  mutating func spreadCompromise(to automation: Int32, incident: Int32) {
    guard risk.compromises[Int(stack)].isOn, risk.targetStates[Int(automation)].incident == 0,
      isOpen(incident)
    else { return }
    takeOver(automation, incident: incident)
  }

  private func isOpen(_ incident: Int32) -> Bool {
    for automation in 0..<automationCount
    where risk.targetStates[automation].incident == incident {
      return true
    }
    return false
  }

  /// Completion effect: whatever a compromised automation has worked on is affected.
  mutating func doCompromisedWork(_ token: Int32, activity: Int32) -> EffectOutcome {
    guard tokens[token].isDoneByAutomation else { return .proceed }
    let automation = performer(of: token, activityIndex(of: token, activity))
    let incident = risk.targetStates[Int(automation)].incident
    let caseSlot = tokens[token].caseSlot
    guard incident > 0, risk.cases[caseSlot, 0].incident == 0 else { return .proceed }
    let row = risk.compromises[Int(tokens[token].stack)]
    guard happens(row.affects, risk.affected[Int(activity)], token) else { return .proceed }
    risk.cases[caseSlot, 0].incident = incident
    // The case stays open until the incident is noticed.
    cases[caseSlot].openParts &+= 1
    let visit = tokens[token].visit &* 1_024 &+ Int64(activity)
    risk.cases[caseSlot, 0].damage = visit
    let loss = loss(of: row.damage, caseSlot: caseSlot, visit: visit)
    note(.caseCompromised, caseSlot: caseSlot, cost: loss)
    charge(caseSlot, .incidents, loss)
    return .proceed
  }

  /// An incident is noticed: all of its automations are stopped and looked into, its cases cleaned up.
  mutating func discover(_ incident: Int32) {
    note(.compromiseFound, caseSlot: -1)
    let row = risk.compromises[Int(stack)]
    for automation in 0..<automationCount
    where risk.targetStates[automation].incident == incident {
      risk.targetStates[automation].incident = 0
      let streams = risk.targets[Int(stack) * automationCount + automation].streams
      let occurrence = risk.targetStates[automation].compromises
      if row.investigation.errand >= 0 {
        giveErrand(
          row.investigation.errand, caseSlot: -1,
          content: microseconds(
            row.investigation.time,
            random.uniform(streams.investigation, ordinal: occurrence)))
      }
      let time = microseconds(
        row.containment, random.uniform(streams.containment, ordinal: occurrence))
      if time > 0 { forceDown(applicationCount + automation, for: time) }
    }
    for slot in 0..<Int32(cases.highWater) where risk.cases[slot, 0].incident == incident {
      risk.cases[slot, 0].incident = 0
      if row.damage.work.errand >= 0 {
        giveErrand(row.damage.work.errand, caseSlot: slot, content: cleanUp(row, caseSlot: slot))
      }
      closePart(of: slot)
    }
  }

  private func cleanUp(_ row: CompromiseRow, caseSlot: Int32) -> Int64 {
    microseconds(
      row.damage.work.time,
      random.uniform(
        row.damage.streams.work, ordinal: cases[caseSlot].ordinal,
        visit: risk.cases[caseSlot, 0].damage))
  }

  /// At the end of the run: the cleaning up of what nobody has noticed is owed.
  mutating func oweCleanUp() {
    let row = risk.compromises[Int(stack)]
    guard risk.hasCompromise, row.damage.work.errand >= 0 else { return }
    for slot in 0..<Int32(cases.highWater)
    where risk.cases[slot, 0].incident > 0 && cases[slot].cohort >= 0 {
      oweLater(
        row.damage.work.errand, caseSlot: slot, content: cleanUp(row, caseSlot: slot))
    }
  }
}
