internal import EventEngine
internal import Statistics

// Mechanism *elimination through redesign* (remedy 4, brief row 61): every so often somebody looks at what
// the tickets of a guardrail have cost and prevented so far. A guardrail that costs more is redesigned or
// removed, which is work, takes time and has a price. What it then no longer stops goes through, with the
// loss it would have prevented.

/// How a guardrail is looked at and redesigned under one stack.
struct RedesignRow: BitwiseCopyable {
  var isOn = false
  var every: Int64 = 0
  /// Row in `errandTable`; −1 where nobody looks, or works.
  var reviewErrand: Int32 = -1
  var workErrand: Int32 = -1
  var reviewTime = SampledTime.zero.sampler
  var minimum = 1
  var confidence = 0.95
  var bound = RedesignModel.Bound.upper
  var keepsNeeded = 0.0
  var keepsNeedless = 0.0
  var work = SampledTime.zero.sampler
  var leadTime = SampledTime.zero.sampler
  var price = 0.0
  /// Mean loss that a needed ticket prevents.
  var valueOfNeeded = 0.0
  var streams: Streams

  struct Streams: BitwiseCopyable {
    var reviewTime: RandomStream
    var work: RandomStream
    var leadTime: RandomStream
    var kept: RandomStream
  }
}

/// What is known of a guardrail in a replication.
struct RedesignState: BitwiseCopyable {
  /// Tickets answered, and those of them that were not approved as they were.
  var answered: Int64 = 0
  var needed: Int64 = 0
  /// Cost of their reviews, in millionths of the currency unit.
  var cost: Int64 = 0
  var reviews: UInt32 = 0
  var isScheduled = false
  var isDecided = false
  var isInEffect = false
}

/// The rows of all stacks and the state; empty where nothing of it is on.
struct RedesignTable: ~Copyable {
  /// Row = stack · guardrails + guardrail.
  let rows: FlatArray<RedesignRow>
  /// By guardrail.
  var states: FlatArray<RedesignState>

  var isOn: Bool { rows.count > 0 }

  init(stacks: [StackModel], firstErrands: [Int32]) {
    guard stacks.contains(where: { $0.guardrails.contains { $0.redesign != nil } }) else {
      rows = FlatArray([])
      states = FlatArray([])
      return
    }
    var rows: [RedesignRow] = []
    for (index, stack) in stacks.enumerated() {
      for (number, guardrail) in stack.guardrails.enumerated() {
        let streams = Self.streams(of: guardrail.name)
        var row = RedesignRow(
          streams: RedesignRow.Streams(
            reviewTime: streams[0], work: streams[1], leadTime: streams[2], kept: streams[3]))
        if let model = guardrail.redesign {
          func errand(_ purpose: ErrandPurpose) -> Int32 {
            stack.errandIndex(purpose, number: number).map { firstErrands[index] + Int32($0) } ?? -1
          }
          row.set(model)
          row.reviewErrand = errand(.ledgerReview)
          row.workErrand = errand(.redesign)
          row.valueOfNeeded = guardrail.lossPreventedIfNeeded
        }
        rows.append(row)
      }
    }
    self.rows = FlatArray(rows)
    states = FlatArray(repeating: RedesignState(), count: stacks.last?.guardrails.count ?? 0)
  }

  /// All streams of a guardrail, for the check that none collide.
  static func streams(of guardrail: String) -> [RandomStream] {
    ["time of ledger review", "work of redesign", "release of redesign", "kept after redesign"]
      .map { RandomStream("guardrail \(guardrail)", $0) }
  }
}

extension RedesignRow {
  fileprivate mutating func set(_ model: RedesignModel) {
    isOn = true
    every = model.every
    reviewTime = model.reviewTime.sampler
    minimum = model.minimum
    confidence = model.confidence
    bound = model.bound
    keepsNeeded = model.keepsNeeded
    keepsNeedless = model.keepsNeedless
    work = model.work.sampler
    leadTime = model.leadTime.sampler
    price = model.price
  }

  /// Whether tickets cost more than they prevent, as far as they tell.
  fileprivate func isTooDear(_ state: RedesignState) -> Bool {
    guard state.answered >= Int64(minimum),
      let share = wilsonInterval(
        successes: Int(state.needed), of: Int(state.answered), confidence: confidence)
    else { return false }
    let needed =
      switch bound {
      case .upper: share.upper
      case .estimate: share.estimate
      case .lower: share.lower
      }
    return Double(state.cost) / Double(state.answered) > valueOfNeeded * needed
  }
}

extension StackModel {
  /// Looks at guardrails, and their redesign.
  var redesignErrands: [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, guardrail) in guardrails.enumerated() {
      if let team = guardrail.redesign?.reviewTeam {
        errands.append(
          ErrandModel(
            .ledgerReview, number: number, name: "ledger review of \(guardrail.name)", team: team,
            isTicket: false, component: .upkeep, event: .guardrailReviewed))
      }
      if let team = guardrail.redesign?.workTeam {
        errands.append(
          ErrandModel(
            .redesign, number: number, name: "redesign of \(guardrail.name)", team: team,
            isTicket: false, component: .upkeep, event: .guardrailRedesigned))
      }
    }
    return errands
  }
}

extension Replication {
  @inline(__always)
  private func redesignRow(_ guardrail: Int32) -> RedesignRow {
    redesigns.rows[ticketIndex(stack, guardrail)]
  }

  // MARK: The ledger

  /// Start of the run and day 0: schedules the looks that nobody has scheduled yet.
  mutating func scheduleLedgerReviews() {
    guard redesigns.isOn else { return }
    for guardrail in 0..<Int32(guardrailCount) { scheduleLedgerReview(guardrail) }
  }

  private mutating func scheduleLedgerReview(_ guardrail: Int32) {
    let row = redesignRow(guardrail)
    let state = redesigns.states[Int(guardrail)]
    guard row.isOn, !state.isScheduled, !state.isDecided else { return }
    redesigns.states[Int(guardrail)].isScheduled = true
    schedule(.ledgerReview, number: guardrail, at: now &+ row.every)
  }

  /// A ticket has been answered: what it cost, and whether it was needed.
  mutating func weighTicket(_ work: WorkItem, isUnchanged: Bool, cost: Int64) {
    guard redesigns.rows[ticketIndex(work.stack, work.source)].isOn else { return }
    let guardrail = Int(work.source)
    redesigns.states[guardrail].answered &+= 1
    redesigns.states[guardrail].cost &+= cost
    if !isUnchanged { redesigns.states[guardrail].needed &+= 1 }
  }

  /// It is time to look at a guardrail.
  mutating func reviewLedger(_ guardrail: Int32) {
    redesigns.states[Int(guardrail)].isScheduled = false
    let row = redesignRow(guardrail)
    guard row.isOn, !redesigns.states[Int(guardrail)].isDecided else { return }
    redesigns.states[Int(guardrail)].reviews &+= 1
    note(.guardrailReviewed, caseSlot: -1)
    if row.reviewErrand >= 0 {
      let uniform = random.uniform(
        row.streams.reviewTime, ordinal: redesigns.states[Int(guardrail)].reviews)
      giveErrand(row.reviewErrand, caseSlot: -1, content: microseconds(row.reviewTime, uniform))
    } else {
      judgeLedger(guardrail)
    }
    scheduleLedgerReview(guardrail)
  }

  /// Somebody has looked: a guardrail that costs more than it prevents is redesigned, once.
  mutating func judgeLedger(_ guardrail: Int32) {
    let row = redesignRow(guardrail)
    guard row.isOn, !redesigns.states[Int(guardrail)].isDecided,
      row.isTooDear(redesigns.states[Int(guardrail)])
    else { return }
    redesigns.states[Int(guardrail)].isDecided = true
    note(.guardrailRedesigned, caseSlot: -1, cost: row.price)
    if isCounted(-1) { chargeBesideCases(.upkeep, cost: row.price) }
    let work = microseconds(row.work, random.uniform(row.streams.work, ordinal: 1))
    if row.workErrand >= 0 {
      giveErrand(row.workErrand, caseSlot: -1, content: work)
    } else {
      finishRedesign(guardrail, after: work)
    }
  }

  /// The work of a redesign is done, or will be after a time; then it is released.
  mutating func finishRedesign(_ guardrail: Int32, after time: Int64 = 0) {
    let row = redesignRow(guardrail)
    let lead = microseconds(row.leadTime, random.uniform(row.streams.leadTime, ordinal: 1))
    schedule(.redesignDone, number: guardrail, at: now &+ time &+ lead)
  }

  // MARK: What is left

  /// Whether a firing still makes tickets: what a redesigned guardrail lets pass has the loss that its
  /// tickets would have prevented, for those of them that would not have been approved as they were.
  mutating func survivesRedesign(_ guardrail: Int32, _ row: GuardrailRow, on token: Int32) -> Bool {
    let redesign = redesigns.rows[ticketIndex(tokens[token].stack, guardrail)]
    guard redesign.isOn, redesigns.states[Int(guardrail)].isInEffect else { return true }
    let caseSlot = tokens[token].caseSlot
    let round = hasTicketRules ? ticketTracks[token, 0].rounds : 0
    var needed: Int32 = 0
    for position in 0..<row.teamCount {
      let team = guardrailTeams[Int(row.firstTeam + position)]
      let uniform = draw(row.outcomeStream, for: token, attempt: team | round << 16)
      if uniform >= row.approvedUnchanged { needed += 1 }
    }
    let keeps = needed > 0 ? redesign.keepsNeeded : redesign.keepsNeedless
    if keeps > 0, draw(redesign.streams.kept, for: token) < keeps { return true }
    note(.firingSpared, caseSlot: caseSlot)
    guard needed > 0 else { return false }
    let loss = Double(needed) * redesign.valueOfNeeded
    charge(caseSlot, .loss, loss)
    cases[caseSlot].errors &+= 1
    note(.lossLetThrough, caseSlot: caseSlot, cost: loss)
    return false
  }
}
