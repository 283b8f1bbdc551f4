internal import EventEngine

// The state of one replication, as plain values in flat pools. Slots are addressed by Int32; −1 is none.

/// A case in progress.
struct CaseState: BitwiseCopyable {
  var arrival: Int64 = 0
  /// 1 for the first case of the run.
  var ordinal: UInt32 = 0
  /// Arrival cohort within the horizon; −1 for cases that are not counted.
  var cohort: Int32 = -1
  /// Token trees and tickets nobody waits for that still belong to it.
  var openParts: Int32 = 0
  /// Errors nobody has noticed.
  var errors: Int32 = 0
  /// Automations that touched it, as bits; later ones than 63 share the last bit.
  var automationsMet: UInt64 = 0
  /// Guardrails that were evaluated on it, as bits.
  var guardrailsMet: UInt64 = 0
  var isDone = false
  /// Whether it was given up before it was done.
  var isAbandoned = false
}

/// An instance of the process or of an embedded sub-process, the instances of a repeated activity, or
/// the compensation that a token waits for.
struct ScopeState: BitwiseCopyable {
  var caseSlot: Int32 = -1
  /// Token that waits at the sub-process; −1 for the process itself.
  var parentToken: Int32 = -1
  var liveTokens: Int32 = 0
  var firstToken: Int32 = -1
  /// Index among the flow's scopes; −1 for a compensation.
  var definition: Int32 = 0
  /// Events that its event sub-processes wait for.
  var firstWatch: Int32 = -1
  /// Completed activities that can be compensated.
  var firstRecord: Int32 = -1
  /// Tokens that wait at its inclusive joins.
  var waitingInclusive: Int32 = 0
  /// Visit of the token that waits for it, for draws.
  var visit: Int64 = 0
  /// Instances begun and completed, how many there are to be, and how many suffice; for a
  /// compensation, `total` is the scope whose activities are compensated, `needed` the one node or −1.
  var started: Int32 = 0
  var completed: Int32 = 0
  var total: Int32 = 0
  var needed: Int32 = 0
  /// Names the instance of a repeated activity that it lies in; 0 outside of any.
  var path: UInt64 = 0
  var kind: Kind = .plain
  /// Whether an event sub-process has taken over.
  var isInterrupted = false
  /// Whether its inclusive joins are to be looked at.
  var isToBeSettled = false

  enum Kind: UInt8, BitwiseCopyable {
    case plain
    case repetition
    case compensation
  }
}

/// A token: where a case is.
struct TokenState: BitwiseCopyable {
  var caseSlot: Int32 = -1
  var scope: Int32 = -1
  var node: Int32 = -1
  /// How often the case came to this node before.
  var visit: Int64 = 0
  /// Failed attempts so far; −1 where a person took over from a run that worked.
  var attempt: Int32 = 0
  /// Work item it is in; −1 for none; −2 − scope for the scope it waits for.
  var item: Int32 = -1
  /// Tickets it waits for.
  var pendingTickets: Int32 = 0
  /// Next effect of the chain it goes through.
  var effect: Int32 = -1
  /// Of the delay that is scheduled to resume it; 0 for none.
  var stamp: UInt32 = 0
  /// Events that it waits for, beside its work.
  var firstWatch: Int32 = -1
  /// Stack under which the present activity began.
  var stack: UInt8 = 0
  var stage: Stage = .moving
  var isDoneByAutomation = false
  /// Whether the guardrail under evaluation fired and was not waved through.
  var guardrailFired = false
  var previousInScope: Int32 = -1
  var nextInScope: Int32 = -1

  /// Where within an activity a token is.
  enum Stage: UInt8, BitwiseCopyable {
    case moving
    case admitted
    case working
    case completed
  }
}

/// A piece of work for a team, an automation or the orchestration layer.
///
/// What is the same of all new items stands together, so that it is written in few steps.
struct WorkItem: BitwiseCopyable {
  var kind: Kind = .task
  var stack: UInt8 = 0
  var state: State = .waiting
  /// Whether it is a run that will fail.
  var fails = false
  /// Whether such a run is not tried again.
  var isFinal = false
  /// Whether it uses applications, or waits for one with its server.
  var use: Use = .none
  /// Activity; guardrail for tickets and opinions; what is repaired, for repairs; row in `errandTable`, for errands.
  var source: Int32 = -1
  var station: Int32 = -1
  /// −1 for repairs.
  var caseSlot: Int32 = -1
  /// Token that waits for it; −1 where nobody does.
  var token: Int32 = -1
  /// Lane of the station's queue.
  var lane: Int32 = -1
  /// How it queues; −1 for machines.
  var queueing: Int32 = -1
  /// Tickets in the batch it leads, itself included.
  var batchSize: Int32 = 1
  var person: Int32 = -1
  /// Batch that is forming with it; −1 for none.
  var former: Int32 = -1
  /// Neighbours in the queue or forming batch; `next` is also the next in its person's hands.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Next ticket of the same batch; this item leads it.
  var nextInBatch: Int32 = -1
  /// Where `firstStarts` keeps when it was first begun; −1 where that is `started`.
  var firstStart: Int32 = -1
  var stamp: UInt32 = 0
  /// Visit of its token to the activity, for draws.
  var visit: Int64 = 0
  /// Work that it still took when it was last begun, in microseconds at speed 1; for a batch, of all
  /// its items and the set-up.
  var content: Int64 = 0
  /// Its own part of the whole.
  var ownContent: Int64 = 0
  /// When it came into the queue or forming batch.
  var queued: Int64 = 0
  /// When it began to be worked on, or its pace last changed.
  var started: Int64 = 0
  /// Order of coming into the queue.
  var sequence: Int64 = 0
  /// Overtime in which it will be finished, in microseconds; 0 for none.
  var overtime: Int64 = 0
  /// Working time spent on it before it was last begun, and its cost.
  var spentTime: Int64 = 0
  var spentCost = 0.0

  /// Kinds of work.
  enum Kind: UInt8, BitwiseCopyable {
    /// Human work that the flow plans.
    case task
    /// Human review raised by a guardrail.
    case ticket
    /// Human work because an automation failed.
    case exception
    /// A run of an automation.
    case run
    /// A hop through the orchestration layer; one that `fails` decides on another attempt.
    case hop
    /// What an automation does beside the runs that do activities; `spentCost` is its price, and it
    /// touches what its activity touches, `source` −1 nothing.
    case aside
    /// A call of an application by somebody outside the model, for no case; `source` is the application.
    case otherCall
    /// Human work to repair something, for no case.
    case repair
    /// Human work that a mechanism gives to a team, for a case or for none.
    case errand
    /// A run of a second automation that looks at what a guardrail stopped.
    case opinion
  }

  /// Use of applications, and of what can be down.
  enum Use: UInt8, BitwiseCopyable {
    /// It touches nothing that limits it.
    case none
    /// It has all it needs.
    case held
    /// It waits for an application, or for something that is down.
    case blocked
  }

  /// States of work.
  ///
  /// Suspension over closed hours is part of `inService`: the person keeps the work.
  enum State: UInt8, BitwiseCopyable {
    case waiting
    case forming
    /// In a batch that another item leads.
    case inBatch
    case inService
  }
}

/// A queue and its servers.
struct StationState: BitwiseCopyable {
  var firstLane: Int32 = 0
  var laneCount: Int32 = 1
  var waitingTasks: Int32 = 0
  var waitingTickets: Int32 = 0
  var inService: Int32 = 0
  /// Servers, for machines; people are counted one by one.
  var capacity: Int32 = 0
  /// Whether its people take one thing at a time, in order of arrival, and put nothing down for another.
  var isPlain = false
  /// Content of waiting and forming work, in microseconds.
  var waitingContent: Int64 = 0
  /// Content of finished work, in microseconds.
  var finishedContent: Int64 = 0
}

/// A member of a team.
struct PersonState: BitwiseCopyable {
  var team: Int32 = 0
  /// Position within the team.
  var position: Int32 = 0
  var calendar: Int32 = 0
  /// Calendar in whose hours they begin work.
  var startCalendar: Int32 = 0
  /// First of the items in hand.
  var item: Int32 = -1
  /// Number of items in hand.
  var load: Int32 = 0
  /// Most items in hand.
  var itemLimit: Int32 = 1
  var isActive = false
  /// Whether they are absent.
  var isAway = false
  var handsOver = false
  /// Cost of a microsecond of work, in millionths of the currency unit.
  var costPerMicrosecond: Double = 0
  var speed: Double = 1
  var slowdown: Double = 0
  var overtimeLimit: Int64 = 0
  var overtimeSurcharge: Double = 0
}

/// An event of the process that a token or scope waits for.
struct EventWatch: BitwiseCopyable {
  /// Token, or scope for event sub-processes.
  var owner: Int32 = -1
  /// Next watch of the same owner.
  var next: Int32 = -1
  /// Index among handlers; for gateways, the flow to the event.
  var subject: Int32 = -1
  /// Event of the process that it is caught from; −1 for time or something outside.
  var name: Int32 = -1
  /// 0 where it is over.
  var stamp: UInt32 = 0
  /// Rises with each watch: who has waited longest.
  var order: Int64 = 0
  /// How often it has come.
  var occurrence: Int32 = 0
  var kind: Kind = .boundary

  enum Kind: UInt8, BitwiseCopyable {
    case boundary
    case eventSubProcess
    case catching
    case gateway
  }
}

/// A completed activity that can be compensated.
struct CompensationRecord: BitwiseCopyable {
  var node: Int32 = -1
  var next: Int32 = -1
  /// Rises with each completion.
  var order: Int64 = 0
}

/// What an event does; the high byte of its payload.
enum EventKind: UInt8 {
  case arrival
  case finish
  case resumeToken
  case occur
  case shiftChange
  case releaseBatch
  case patience
  case expedite
  case failure
  case repaired
  case maintenance
  case wakeApplication
  case sample
  case changePhase
  case tick
  case reopen
  case laterErrand
  case timeLimit
  case laterStart
  case incident
  case absence
  case endRun
}

/// A move of a token to a node, through a join slot where the node joins.
struct TokenMove: BitwiseCopyable {
  var token: Int32
  var node: Int32
  var joinSlot: Int32
}

/// What the event of a payload does.
@inline(__always)
func eventKind(_ payload: UInt64) -> EventKind {
  // Every payload was made by `eventPayload`, so its high byte is a kind; the initializer that checks
  // this again is a call for each event.
  unsafeBitCast(UInt8(truncatingIfNeeded: payload >> 56), to: EventKind.self)
}

/// Payload: kind (8 bits), stamp (24 bits), subject (32 bits).
@inline(__always)
func eventPayload(_ kind: EventKind, _ subject: Int32 = 0, stamp: UInt32 = 0) -> UInt64 {
  UInt64(kind.rawValue) << 56 | UInt64(stamp & 0xFF_FFFF) << 32
    | UInt64(UInt32(bitPattern: subject))
}
