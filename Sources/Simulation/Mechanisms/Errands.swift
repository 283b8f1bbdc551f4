internal import EventEngine

// Errands: human work that mechanisms cause and the flow does not plan. It queues at a team like any
// other, is done by its people in their hours, and is paid at their rate.

/// A kind of human work that a mechanism gives to a team.
public struct ErrandModel: Sendable {
  /// What it is for.
  public var purpose: ErrandPurpose
  /// Which one of its purpose.
  public var number: Int
  /// Name in results, unique in a stack.
  public var name: String
  /// Index of the team.
  public var team: Int
  /// How it queues, and who may do it.
  public var queueing: QueueingModel
  /// Whether it is a ticket: work that people have because of an automation.
  public var isTicket: Bool
  /// What its labour is charged to.
  public var component: CostComponent
  /// Where the ledger counts its time and cost.
  public var event: MechanismEvent

  /// Creates an errand.
  public init(
    _ purpose: ErrandPurpose, number: Int = 0, name: String, team: Int,
    queueing: QueueingModel = QueueingModel(), isTicket: Bool, component: CostComponent,
    event: MechanismEvent
  ) {
    self.purpose = purpose
    self.number = number
    self.name = name
    self.team = team
    self.queueing = queueing
    self.isTicket = isTicket
    self.component = component
    self.event = event
  }
}

/// What errands are for.
///
/// **A mechanism that gives people work adds a case here, its errands to `StackModel.errands`, and a line
/// to `followErrand`.**
public enum ErrandPurpose: UInt8, Sendable, BitwiseCopyable {
  /// People mend what automations did to each other; nothing follows from its being done.
  case coordination
  /// An error that the case had goes with it.
  case reconciliation
  /// People decide on an automation that has given up.
  case alert
  /// Review of a run that an automation asked for; numbers are automation · 16 + ask.
  case agentReview
  /// Mending of an automation that a release has broken.
  case automationMending
  /// A change of what an automation does.
  case automationChange
  /// Upkeep of an automation; nothing follows from its being done.
  case automationUpkeep
  /// What a review has rejected is done again; its number is the guardrail's.
  case rework
  /// The context of an escalation that is forecast; its number is the guardrail's.
  case preparation
  /// Work that moves an activity to the new way; its item's visit is the activity.
  case rolloutMove
  /// Training for a stage; its number is the stage · 1,000 + which of it.
  case rolloutTraining
  /// The old way beside the new; its number is the team's, its item's visit tells of what.
  case besideOld
  /// Work on the design of what is overseen; its number is the guardrail's.
  case oversightDesign
  /// A look at what a guardrail costs and prevents; its number is the guardrail's.
  case ledgerReview
  /// Redesign of a guardrail; its number is the guardrail's.
  case redesign
  /// A look at what a run has come to; its number is the automation's.
  case outcomeSample
  /// An alarm of drift is looked into; its number is the automation's.
  case driftInvestigation
  /// People look whether a case is in order; its number is the check's.
  case check
  /// What a check has found is put right; its number is the check's.
  case checkAlarm
  /// People look at a decision that was made; its number is the policy's.
  case audit
  /// What an audit has found is put right; its number is the policy's, and nothing follows.
  case auditCorrection
  /// A case that a cascade left in an inconsistent state is rolled back: an error goes with it.
  case rollBack
  /// What an incident leaves to be done; nothing follows from its being done.
  case incident
  /// Training of somebody who was hired; nothing follows from its being done.
  case onboarding
  /// People are told what the agents do.
  case communication
}

extension StackModel {
  /// All errands that the stack's mechanisms may give to teams.
  public var errands: [ErrandModel] {
    automationErrands + ticketErrands + coordinationErrands + monitorErrands + rolloutErrands
      + oversightErrands + redesignErrands + driftErrands + riskErrands + responseErrands
      + adoptionErrands
  }

  /// Position of an errand among them; `nil` where the stack has none such.
  func errandIndex(_ purpose: ErrandPurpose, number: Int = 0) -> Int? {
    errands.firstIndex { $0.purpose == purpose && $0.number == number }
  }
}

/// An errand on the hot path.
struct ErrandRow: BitwiseCopyable {
  var purpose: ErrandPurpose
  var number: Int32
  var team: Int32
  /// Row of how it queues.
  var queueing: Int32
  var isTicket: Bool
  var component: CostComponent
  var event: MechanismEvent
  /// Position among the errands of the stack that is tried; −1 where it has none such.
  var position: Int32

  /// The rows of all stacks, one stack after the other, and the first of each.
  static func rows(
    of stacks: [StackModel], queueing: QueueingTable
  ) -> (rows: [ErrandRow], firstOfStack: [Int32]) {
    var rows: [ErrandRow] = []
    var first: [Int32] = []
    let tried = stacks.last
    for (index, stack) in stacks.enumerated() {
      first.append(Int32(rows.count))
      for (position, errand) in stack.errands.enumerated() {
        rows.append(
          ErrandRow(
            purpose: errand.purpose, number: Int32(errand.number), team: Int32(errand.team),
            queueing: queueing.firstErrand[index] + Int32(position), isTicket: errand.isTicket,
            component: errand.component, event: errand.event,
            position: Int32(
              tried?.errandIndex(errand.purpose, number: errand.number) ?? -1)))
      }
    }
    return (rows, first)
  }
}

extension ErrandRow {
  /// Row of the first errand of each stack.
  static func firstRows(of stacks: [StackModel]) -> [Int32] {
    var first: [Int32] = []
    var next: Int32 = 0
    for stack in stacks {
      first.append(next)
      next += Int32(stack.errands.count)
    }
    return first
  }
}

extension Replication {
  /// Gives an errand to its team.
  ///
  /// - Parameters:
  ///   - errand: row in `errandTable`.
  ///   - caseSlot: the case it is for; −1 for none. A case stays open for its errands.
  ///   - token: a token of the case, in a chain of effects that the mechanism holds; it goes on when the
  ///     errand is done. −1 where nobody waits.
  ///   - content: working time at a speed of 1, in microseconds.
  ///
  /// - Returns: its item.
  @discardableResult
  mutating func giveErrand(
    _ errand: Int32, caseSlot: Int32, token: Int32 = -1, content: Int64
  ) -> Int32 {
    let row = errandTable[Int(errand)]
    let item = newItem(
      .errand, source: errand, station: Int(row.team), caseSlot: caseSlot, token: token,
      content: content, queueing: row.queueing)
    if token >= 0 {
      items[item].stack = tokens[token].stack
      items[item].visit = tokens[token].visit
      tokens[token].item = item
    } else if caseSlot >= 0 {
      cases[caseSlot].openParts &+= 1
    }
    if row.isTicket, caseSlot >= 0 { countTicket(of: caseSlot) }
    enqueue(item)
    return item
  }

  /// An errand is done: it is paid for, its mechanism goes on, then its case.
  ///
  /// - Parameter item: the slot it had, which is free by now.
  mutating func finishErrand(_ work: WorkItem, item: Int32, time: Int64, at rate: Double) {
    let row = errandTable[Int(work.source)]
    let cost = Double(time) * rate
    if work.caseSlot >= 0 {
      charge(work.caseSlot, row.component, time: time, at: rate)
      addToNote(row.event, caseSlot: work.caseSlot, time: time, cost: cost)
    } else if work.queued >= 0, work.queued < countingEnd {
      // Work for no case counts by when it came up, so that a stack which puts it off saves nothing.
      chargeBesideCases(row.component, time: time, cost: cost, cameUp: work.queued)
      ledger[row.event.rawValue].time &+= time
      ledger[row.event.rawValue].cost &+= roundedToInteger(cost)
    }
    followErrand(row, work, item: item)
    if work.token >= 0 {
      if row.purpose == .alert { decideOnAlert(work) } else { continueChain(work.token) }
    } else if work.caseSlot >= 0 {
      closePart(of: work.caseSlot)
    }
  }

  /// What a mechanism does when an errand of its own is done.
  private mutating func followErrand(_ row: ErrandRow, _ work: WorkItem, item: Int32) {
    switch row.purpose {
    case .agentReview: finishAskedReview(row, work)
    case .automationMending: finishMending(row.number)
    case .automationChange: finishChange(row.number)
    case .automationUpkeep: finishUpkeep(row.number)
    case .rework, .coordination, .alert, .onboarding: break
    case .preparation: notePrepared(ticketNotes[item, 0], caseSlot: work.caseSlot)
    case .reconciliation, .rollBack: reconcile(work.caseSlot)
    case .rolloutMove: finishMove(Int(work.visit))
    case .oversightDesign: break
    case .rolloutTraining: trustAfterTraining()
    case .communication: finishCommunication()
    case .besideOld: compareWays(work)
    case .ledgerReview: judgeLedger(row.number)
    case .redesign: finishRedesign(row.number)
    case .outcomeSample: take(work.fails, row.number)
    case .driftInvestigation: endInvestigation(row.number)
    case .check, .incident, .auditCorrection: break
    case .audit: finishAudit(row, caseSlot: work.caseSlot, visit: work.visit)
    case .checkAlarm: cases[work.caseSlot].errors = 0
    }
  }

  /// An errand for no case that is not done at the end of the run costs what it will cost.
  ///
  /// - Parameter effort: what an hour of it takes.
  mutating func oweErrand(_ work: WorkItem, _ effort: TeamEffort) {
    let row = errandTable[Int(work.source)]
    guard work.queued >= 0, work.queued < countingEnd else { return }
    let content = Double(work.content)
    chargeBesideCases(
      row.component, time: work.spentTime + roundedToInteger(content * effort.hours),
      cost: work.spentCost + content * effort.cost / 3.6e9, cameUp: work.queued)
  }
}
