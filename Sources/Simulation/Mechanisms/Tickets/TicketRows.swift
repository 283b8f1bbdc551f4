internal import EventEngine
internal import Statistics

// Mechanism *tickets*: what becomes of a guardrail's tickets beside being answered, as plain rows for the
// hot path, and what is kept of each ticket and token. Brief rows 51, 52, 69, 71, 76, 82, 83, 142.

/// What becomes of the tickets of a guardrail, under one stack.
struct TicketRow: BitwiseCopyable {
  var modified = 0.0
  var modifying = SampledTime.zero.sampler
  var rework = Rework.none
  var rounds: Int32 = 0
  var isReviewedAgain = false
  /// Row in `errandTable`; −1 for none.
  var reworkErrand: Int32 = -1
  var reworkTime = SampledTime.zero.sampler
  /// Mean work that follows a rejection, in microseconds, for work owed.
  var meanRework = 0.0
  var reopens = 0.0
  var reopensAfter = SampledTime.zero.sampler
  var hasReopenTime = false
  var reopenTime = SampledTime.zero.sampler
  /// Share of the time for reconstruction that remains.
  var contextLeft = 1.0
  /// Price of what is prepared for each ticket.
  var price = 0.0
  var recommends = false
  var right = 0.0
  var saves: Int64 = 0
  var misleads = 0.0
  var penalty = 0.0
  var predicts = false
  /// Activity after which its guardrail is evaluated.
  var after: Int32 = -1
  var recall = 0.0
  var precision = 1.0
  var preparationPrice = 0.0
  /// Row in `errandTable`; −1 where nobody prepares.
  var preparationErrand: Int32 = -1
  var preparationTime = SampledTime.zero.sampler
  var opinion = RouteRow()
  /// Automation that gives the second opinion; −1 for none.
  var opinionBy: Int32 = -1
  var opinionTime = SampledTime.zero.sampler
  var opinionCatches = 0.0
  var documents = RouteRow()
  var documentsWait = SampledTime.zero.sampler
  var documentsPrice = 0.0
  var streams: TicketStreams

  enum Rework: UInt8, BitwiseCopyable {
    case none
    case team
    case automation
  }

  /// A way of a firing that passes people by where it settles the case.
  struct RouteRow: BitwiseCopyable {
    var share = 0.0
    /// −1 for none.
    var condition: Int32 = -1
    var settles = 0.0
  }

  /// The rows of all guardrails of all stacks.
  static func rows(
    of stacks: [StackModel], firstErrands: [Int32], conditions: borrowing CaseRules
  ) -> [TicketRow] {
    var rows: [TicketRow] = []
    for (index, stack) in stacks.enumerated() {
      for (number, guardrail) in stack.guardrails.enumerated() {
        var row = TicketRow(streams: TicketStreams(of: guardrail.name))
        row.after = Int32(guardrail.afterActivity)
        func errand(_ purpose: ErrandPurpose) -> Int32 {
          stack.errandIndex(purpose, number: number).map { firstErrands[index] + Int32($0) } ?? -1
        }
        if let model = guardrail.handling {
          row.set(model, guardrail, stack)
          row.reworkErrand = errand(.rework)
          row.preparationErrand = errand(.preparation)
          row.opinion.condition = conditions.routeConditions[rows.count * 2]
          row.documents.condition = conditions.routeConditions[rows.count * 2 + 1]
        }
        rows.append(row)
      }
    }
    return rows
  }

  private mutating func set(
    _ model: TicketModel, _ guardrail: GuardrailModel, _ stack: StackModel
  ) {
    modified = model.modified
    modifying = model.modifying.sampler
    penalty = model.latePenalty
    if let rule = model.rework {
      rework = rule.team == nil ? .automation : .team
      rounds = Int32(clamping: rule.rounds)
      isReviewedAgain = guardrail.blocks && rule.isReviewedAgain
      reworkTime = rule.time.sampler
      meanRework =
        1e6
        * (rule.time.mean + (isReviewedAgain || rule.team == nil ? guardrail.reviewTime.mean : 0))
    }
    if let rule = model.reopening {
      reopens = rule.share
      reopensAfter = rule.after.sampler
      hasReopenTime = rule.time != nil
      reopenTime = (rule.time ?? .zero).sampler
    }
    contextLeft = model.curation?.left ?? 1
    price = (model.curation?.price ?? 0) + (model.recommendation?.price ?? 0)
    if let rule = model.recommendation {
      recommends = true
      right = rule.right
      saves = rule.saves
      misleads = rule.misleads
    }
    if let rule = model.prediction {
      predicts = true
      recall = rule.recall
      precision = rule.precision
      preparationPrice = rule.price
      preparationTime = rule.time.sampler
    }
    if let rule = model.opinion {
      opinionBy = Int32(rule.automation)
      opinionTime = stack.automations[rule.automation].runTime.sampler
      opinionCatches = rule.catches
      opinion = RouteRow(share: rule.share, settles: rule.settles)
    }
    if let rule = model.documents {
      documents = RouteRow(share: rule.share, settles: rule.settles)
      documentsWait = rule.wait.sampler
      documentsPrice = rule.price
    }
  }
}

/// The streams of a guardrail's tickets, apart from those of `GuardrailRow`.
struct TicketStreams: BitwiseCopyable {
  let modifying: RandomStream
  let rework: RandomStream
  let reopens: RandomStream
  let reopensAfter: RandomStream
  let reopenTime: RandomStream
  let right: RandomStream
  let misled: RandomStream
  let prediction: RandomStream
  let preparation: RandomStream
  let route: RandomStream
  let opinionTime: RandomStream
  let opinionFailure: RandomStream
  let opinionSettles: RandomStream
  let opinionCatch: RandomStream
  let documents: RandomStream
  let documentsSettle: RandomStream
  let waved: RandomStream

  private static let purposes = [
    "modifying time", "rework time", "re-opening", "re-opening delay", "re-opened time",
    "recommendation", "misled", "prediction", "preparation time", "route", "opinion time",
    "opinion failure", "opinion settles", "opinion catch", "documents", "documents settle", "waved",
  ]

  init(of name: String) {
    let all = Self.all(of: name)
    modifying = all[0]
    rework = all[1]
    reopens = all[2]
    reopensAfter = all[3]
    reopenTime = all[4]
    right = all[5]
    misled = all[6]
    prediction = all[7]
    preparation = all[8]
    route = all[9]
    opinionTime = all[10]
    opinionFailure = all[11]
    opinionSettles = all[12]
    opinionCatch = all[13]
    documents = all[14]
    documentsSettle = all[15]
    waved = all[16]
  }

  /// All of them, for the check that none collide.
  static func all(of name: String) -> [RandomStream] {
    purposes.map { RandomStream("guardrail \(name)", $0) }
  }
}

/// What is kept of a ticket, or of the preparation of one, by its item.
struct TicketNote: BitwiseCopyable {
  var outcome = Outcome.approved
  /// How often its case was sent back before.
  var round: Int32 = 0
  var isReopened = false
  /// Whether the reviewer follows a wrong recommendation.
  var isMisled = false
  var isStamped = false
  /// Whether its reviewer has the skills of the decision.
  var expertise = Expertise.unweighed
  /// Share of the probability to find errors that load and skills leave; of a stamped one, that probability.
  var catches = 1.0
  /// Of a preparation: the token whose ticket is prepared, and where it was.
  var token: Int32 = -1
  var node: Int32 = -1
  var visit: Int64 = 0

  /// What is known of the reviewer's skills.
  enum Expertise: UInt8, BitwiseCopyable {
    case unweighed
    case matched
    case unmatched
  }

  /// What a review comes to.
  enum Outcome: UInt8, BitwiseCopyable {
    case approved
    case modified
    case rejected
  }
}

/// What is kept of a token, while its activity's guardrails are evaluated and their tickets answered.
struct TicketTrack: BitwiseCopyable {
  /// How often it was sent back from this activity.
  var rounds: Int32 = 0
  /// The activity's node where it was sent back to the automation, and the visit that this made; −1
  /// for none.
  var node: Int32 = -1
  var visit: Int64 = -1
  /// Whether a ticket that it waits for was rejected.
  var isRejected = false
  /// The draw of firing, made early for a forecast; −1 for none.
  var firing = -1.0
  var isPredicted = false
  var isPrepared = false
}

extension StackModel {
  /// Rework and preparation for tickets.
  var ticketErrands: [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, guardrail) in guardrails.enumerated() {
      if let team = guardrail.handling?.rework?.team {
        errands.append(
          ErrandModel(
            .rework, number: number, name: "rework after \(guardrail.name)", team: team,
            isTicket: true, component: .rework, event: .ticketReworked))
      }
      if let team = guardrail.handling?.prediction?.team {
        errands.append(
          ErrandModel(
            .preparation, number: number, name: "preparation for \(guardrail.name)", team: team,
            isTicket: true, component: .review, event: .escalationPrepared))
      }
    }
    return errands
  }
}
