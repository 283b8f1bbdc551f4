internal import EventEngine
internal import Statistics

// Mechanism *learning*: decisions of an automation, and what people change about them, make it better as
// far as they are captured; time without upkeep makes it worse. Both act on the odds of each run's failing
// or erring, and of each guardrail's firing. Brief rows 72, 176, 182.

/// How an automation learns and decays under one stack.
struct LearningRow: BitwiseCopyable {
  var learns = false
  var logged = 0.0
  var overrideWeight = 0.0
  var reference = 1.0
  var failureExponent = 0.0
  var errorExponent = 0.0
  var firingExponent = 0.0
  /// Logarithm of the least factor.
  var floor = -Double.infinity
  var price = 0.0
  var decays = false
  var decay = DecayModel(period: 1)
  /// Logarithms of the factors per period.
  var decayOfFailure = 0.0
  var decayOfError = 0.0

  init(_ model: AutomationModel) {
    if let learning = model.learning {
      learns = true
      logged = learning.logged
      overrideWeight = learning.overrideWeight
      reference = learning.reference
      failureExponent = learning.failureExponent
      errorExponent = learning.errorExponent
      firingExponent = learning.firingExponent
      floor = learning.floor > 0 ? naturalLogarithm(learning.floor) : -.infinity
      price = learning.pricePerRecord
    }
    if let own = model.decay {
      decays = true
      decay = own
      decayOfFailure = naturalLogarithm(own.failureOdds)
      decayOfError = naturalLogarithm(own.errorOdds)
    }
  }

  /// Logarithm of the factor that learning puts on odds.
  ///
  /// - Parameter practice: logarithm of 1 + n/n₀.
  func learnt(_ exponent: Double, practice: Double) -> Double { max(floor, -exponent * practice) }
}

/// What an automation has learnt in a replication, and when it was last looked after.
struct LearningState: BitwiseCopyable {
  var records = 0.0
  /// Logarithm of 1 + n/n₀, kept because it is read more often than it changes.
  var practice = 0.0
  /// End of the last upkeep; 0 for none.
  var lastUpkeep: Int64 = 0
}

/// The rows of all stacks and the state; empty where nothing of it is on.
struct LearningTable: ~Copyable {
  /// Row = stack · automations + automation.
  let rows: FlatArray<LearningRow>
  /// By automation.
  var states: FlatArray<LearningState>
  /// Whether decisions and overrides are captured, by activity and by guardrail.
  let activityStreams: FlatArray<RandomStream>
  let guardrailStreams: FlatArray<RandomStream>

  @inline(__always) var isOn: Bool { rows.count > 0 }

  init(stacks: [StackModel], flow: FlowGraph) {
    guard
      stacks.contains(where: {
        $0.automations.contains { $0.learning != nil || $0.decay != nil }
      })
    else {
      rows = FlatArray([])
      states = FlatArray([])
      activityStreams = FlatArray([])
      guardrailStreams = FlatArray([])
      return
    }
    rows = FlatArray(stacks.flatMap { $0.automations.map(LearningRow.init) })
    let last = stacks[stacks.count - 1]
    states = FlatArray(repeating: LearningState(), count: last.automations.count)
    activityStreams = FlatArray(
      flow.activities.indices.map { Self.stream(ofActivity: flow.activityID($0)) })
    guardrailStreams = FlatArray(last.guardrails.map { Self.stream(ofGuardrail: $0.name) })
  }

  private static func stream(ofActivity id: String) -> RandomStream { RandomStream(id, "logged") }

  private static func stream(ofGuardrail name: String) -> RandomStream {
    RandomStream("guardrail \(name)", "override logged")
  }

  /// All streams, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    model.flow.elementIDs.map(stream(ofActivity:))
      + model.stack.guardrails.map { stream(ofGuardrail: $0.name) }
  }
}

extension Replication {
  // MARK: What is captured

  /// A run has done its activity: its decision is captured, or not.
  mutating func captureDecision(_ token: Int32, activity: Int32, automation: Int) {
    let row = learning.rows[automation]
    guard row.learns, row.logged > 0,
      row.logged >= 1
        || draw(
          learning.activityStreams[Int(activity)], for: token, attempt: tokens[token].attempt)
          < row.logged
    else { return }
    capture(row, automation, caseSlot: tokens[token].caseSlot, weight: 1, .decisionLogged)
  }

  /// People have changed or refused what an automation did: that is captured, or not.
  mutating func captureOverride(_ work: WorkItem, item: Int32) {
    let raisedBy = guardrailRow(work.stack, work.source).raisedBy
    let automation = automationIndex(work.stack, raisedBy)
    let row = learning.rows[automation]
    guard row.learns, row.logged > 0 else { return }
    let uniform = random.uniform(
      learning.guardrailStreams[Int(work.source)], ordinal: cases[work.caseSlot].ordinal,
      visit: work.visit,
      attempt: hasTicketRules ? ticketAttempt(work.station, ticketNotes[item, 0]) : work.station)
    guard uniform < row.logged else { return }
    capture(
      row, automation, caseSlot: work.caseSlot, weight: row.overrideWeight, .overrideLogged)
  }

  private mutating func capture(
    _ row: LearningRow, _ automation: Int, caseSlot: Int32, weight: Double, _ event: MechanismEvent
  ) {
    let index = automation % automationCount
    note(event, caseSlot: caseSlot, cost: row.price)
    charge(caseSlot, .upkeep, row.price)
    learning.states[index].records += weight
    learning.states[index].practice = naturalLogarithm(
      1 + learning.states[index].records / row.reference)
  }

  // MARK: What comes of it

  /// Logarithm of the factor on the odds of a failed run now.
  func learntShiftOfFailure(_ automation: Int) -> Double {
    guard learning.isOn else { return 0 }
    let row = learning.rows[automation]
    return learntShift(automation, row, row.failureExponent, decay: row.decayOfFailure)
  }

  /// Logarithm of the factor on the odds of an error nobody notices now.
  func learntShiftOfError(_ automation: Int) -> Double {
    guard learning.isOn else { return 0 }
    let row = learning.rows[automation]
    return learntShift(automation, row, row.errorExponent, decay: row.decayOfError)
  }

  private func learntShift(
    _ automation: Int, _ row: LearningRow, _ exponent: Double, decay: Double
  ) -> Double {
    let state = learning.states[automation % automationCount]
    var shift = row.learns ? row.learnt(exponent, practice: state.practice) : 0
    if row.decays { shift += row.decay.periods(at: now, since: state.lastUpkeep) * decay }
    return shift
  }

  /// Firing probability of a guardrail as its automation has learnt.
  @inline(__always)
  func learntFiring(_ probability: Double, _ guardrail: GuardrailRow, stack: UInt8) -> Double {
    guard learning.isOn else { return probability }
    let row = learning.rows[automationIndex(stack, guardrail.raisedBy)]
    guard row.learns else { return probability }
    return shifted(
      probability,
      by: row.learnt(
        row.firingExponent, practice: learning.states[Int(guardrail.raisedBy)].practice))
  }

  /// Upkeep of an automation is done: what had decayed is as good as new.
  mutating func finishUpkeep(_ automation: Int32) {
    guard learning.isOn else { return }
    learning.states[Int(automation)].lastUpkeep = now
  }

  /// Notes a run of an automation that has decayed.
  mutating func noteDecay(_ automation: Int, caseSlot: Int32) {
    let row = learning.rows[automation]
    guard row.decays,
      row.decay.periods(
        at: now, since: learning.states[automation % automationCount].lastUpkeep) > 0
    else { return }
    note(.runDecayed, caseSlot: caseSlot)
  }
}
