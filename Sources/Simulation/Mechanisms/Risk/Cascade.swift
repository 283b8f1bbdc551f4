internal import EventEngine
internal import Statistics

// Mechanism *risk*, cascades: what fails may take down what is coupled to it, and that what is coupled to
// that, each thing once in a cascade. Runs that are under way when something is taken down begin anew when
// it is up again, and may leave their case in an inconsistent state, which people roll back. Brief rows 100,
// 111.

/// Cascades under one stack.
struct CascadeRow: BitwiseCopyable {
  var delay: CompiledSampler
  var lasts: CompiledSampler
  var inconsistent: Double
  var rollBack: ErrandWorkRow

  init(_ stack: StackModel, firstErrand: Int32) {
    let model = stack.risk?.cascade
    delay = (model?.delay ?? .zero).sampler
    lasts = (model?.lasts ?? .zero).sampler
    inconsistent = model?.inconsistent ?? 0
    rollBack = ErrandWorkRow(
      model?.rollBack, errand: stack.riskErrand(.rollBack, first: firstErrand))
  }
}

/// Streams of an activity that cascades draw from.
struct CascadeStreams: BitwiseCopyable {
  var inconsistent: RandomStream
  var rollBack: RandomStream

  init(_ id: String) {
    let all = Self.all(of: id)
    inconsistent = all[0]
    rollBack = all[1]
  }

  static func all(of id: String) -> [RandomStream] {
    ["inconsistent state", "rolled back after a cascade"].map { RandomStream(id, $0) }
  }

  /// How long a unit is down each time.
  static func lasts(of unit: String) -> RandomStream { RandomStream(unit, "time in cascade") }
}

/// A unit in cascades.
struct CascadeState: BitwiseCopyable {
  /// The last cascade that took it down, or began with it.
  var cascade: Int64 = 0
  /// How often it failed or was taken down, and how often it was taken down.
  var falls: UInt32 = 0
  var strikes: UInt32 = 0
}

extension StackModel {
  /// What is coupled to what, as far as it is in use: nothing is taken down that nobody uses.
  var cascadeLinks: [LinkModel] {
    (risk?.cascade?.links ?? []).filter { link in
      let automation = link.to - applications.count
      return !automations.indices.contains(automation) || uses(automation: automation)
    }
  }

  /// Whether an automation does anything in the stack.
  func uses(automation: Int) -> Bool {
    helpers.contains(automation)
      || activities.contains { $0.automation == automation && $0.automationShare > 0 }
  }

  /// The errands that a cascade may give.
  func cascadeErrands(_ risk: RiskModel) -> [ErrandModel] {
    guard let work = risk.cascade?.rollBack else { return [] }
    return [
      ErrandModel(
        .rollBack, name: "inconsistent state", team: work.team, isTicket: true,
        component: .incidents, event: .stateInconsistent)
    ]
  }
}

extension Replication {
  /// Something has failed by itself, and may take others down.
  mutating func beginCascade(at unit: Int) {
    risk.lastCascade &+= 1
    spreadFailure(from: unit, cascade: risk.lastCascade)
  }

  private mutating func spreadFailure(from unit: Int, cascade: Int64) {
    risk.cascadeStates[unit].cascade = cascade
    risk.cascadeStates[unit].falls &+= 1
    let occurrence = risk.cascadeStates[unit].falls
    for index in risk.firstCoupling[Int(stack)]..<risk.firstCoupling[Int(stack) + 1] {
      let link = risk.couplings[Int(index)]
      guard link.from == Int32(unit), risk.cascadeStates[Int(link.to)].cascade != cascade,
        random.uniform(link.reaches, ordinal: occurrence) < link.probability
      else { continue }
      let delay = microseconds(
        risk.cascades[Int(stack)].delay, random.uniform(link.delay, ordinal: occurrence))
      scheduleIncident(
        LaterIncident(kind: .strike, number: link.to, content: cascade), at: now &+ delay)
    }
  }

  /// A cascade takes something down, unless it has met it before.
  mutating func strike(_ unit: Int, cascade: Int64) {
    guard risk.cascadeStates[unit].cascade != cascade else { return }
    note(.takenDown, caseSlot: -1)
    risk.cascadeStates[unit].strikes &+= 1
    let uniform = random.uniform(
      risk.lasts[unit], ordinal: risk.cascadeStates[unit].strikes)
    let time = microseconds(risk.cascades[Int(stack)].lasts, uniform)
    if !units[unit].isDown { leaveInconsistentStates(unit) }
    forceDown(unit, for: time)
    spreadFailure(from: unit, cascade: cascade)
  }

  /// Runs under way on what is taken down may leave their cases in an inconsistent state.
  private mutating func leaveInconsistentStates(_ unit: Int) {
    let row = risk.cascades[Int(stack)]
    guard row.inconsistent > 0 else { return }
    var item = firstEngaged
    while item >= 0 {
      if items[item].use == .held, items[item].kind == .run, uses[item, 0].unit == Int32(unit) {
        leaveInconsistentState(items[item], row, unit)
      }
      item = uses[item, 0].next
    }
  }

  private mutating func leaveInconsistentState(
    _ work: WorkItem, _ row: CascadeRow, _ unit: Int
  ) {
    let streams = risk.cascadeStreams[Int(work.source)]
    let (ordinal, visit) = (cases[work.caseSlot].ordinal, tokens[work.token].visit)
    let attempt = tokens[work.token].attempt
    // A run that begins anew may be met again.
    let strike = risk.cascadeStates[unit].strikes
    let uniform = random.uniform(
      streams.inconsistent, ordinal: ordinal, visit: visit, attempt: attempt, counter: strike)
    guard uniform < row.inconsistent else { return }
    cases[work.caseSlot].errors &+= 1
    note(.stateInconsistent, caseSlot: work.caseSlot)
    guard row.rollBack.errand >= 0 else { return }
    let time = random.uniform(
      streams.rollBack, ordinal: ordinal, visit: visit, attempt: attempt, counter: strike)
    giveErrand(
      row.rollBack.errand, caseSlot: work.caseSlot,
      content: microseconds(row.rollBack.time, time))
  }
}
