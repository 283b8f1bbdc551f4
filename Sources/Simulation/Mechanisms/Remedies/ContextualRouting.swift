internal import EventEngine
internal import Statistics

// Mechanism *contextual routing* (remedy 2, brief row 59): a review goes faster or slower, finds more or
// less and errs more or less where its reviewer has the skills of the decision, or has not. Tickets that
// are routed wait for somebody who has; what that costs in waiting shows in the queue. After a time
// anybody may answer.

/// What skills do to the reviews of each guardrail, and who has them.
struct ExpertiseTable: ~Copyable {
  /// Row = stack · guardrails + guardrail; empty where nothing of it is on.
  let rows: FlatArray<Row>
  /// First word of the mask of those qualified, by row · teams + team.
  private let firstWord: FlatArray<Int32>
  /// Bit per person of a team, by position: is qualified.
  private let masks: FlatArray<UInt64>
  private let teamCount: Int

  var isOn: Bool { rows.count > 0 }

  struct Row: BitwiseCopyable {
    var isWeighed: Bool
    var matched: EffectRow
    var unmatched: EffectRow
    var isRouted: Bool
    var price: Double
    /// Of wrong decisions.
    var stream: RandomStream
  }

  struct EffectRow: BitwiseCopyable {
    var time: Double
    var catches: Double
    var wrong: Double

    init(_ model: ExpertiseModel.Effect?) {
      time = model?.time ?? 1
      catches = model?.catches ?? 1
      wrong = model?.wrong ?? 0
    }
  }

  init(stacks: [StackModel]) {
    teamCount = stacks.last?.teams.count ?? 0
    guard stacks.contains(where: { $0.guardrails.contains { $0.expertise != nil } }) else {
      rows = FlatArray([])
      firstWord = FlatArray([])
      masks = FlatArray([])
      return
    }
    var rows: [Row] = []
    var firstWord: [Int32] = []
    var masks: [UInt64] = []
    for stack in stacks {
      for guardrail in stack.guardrails {
        let own = guardrail.expertise
        rows.append(
          Row(
            isWeighed: own != nil, matched: EffectRow(own?.matched),
            unmatched: EffectRow(own?.unmatched), isRouted: guardrail.contextualRouting != nil,
            price: guardrail.contextualRouting?.price ?? 0, stream: Self.stream(of: guardrail.name))
        )
        for team in stack.teams {
          firstWord.append(Int32(masks.count))
          guard let own else { continue }
          var words = [UInt64](repeating: 0, count: (team.people.count + 63) / 64)
          for (position, person) in team.people.enumerated()
          where own.skills.isSubset(of: person.skills) {
            words[position >> 6] |= 1 << UInt64(position & 63)
          }
          masks += words
        }
      }
    }
    self.rows = FlatArray(rows)
    self.firstWord = FlatArray(firstWord)
    self.masks = FlatArray(masks)
  }

  /// Whether a person is qualified by a row that weighs skills; the row is of the stack at work, as the
  /// person is.
  func isQualified(_ person: PersonState, row: Int) -> Bool {
    let first = firstWord[row * teamCount + Int(person.team)]
    return masks[Int(first + person.position >> 6)] & 1 << UInt64(person.position & 63) != 0
  }

  /// The stream of a guardrail's wrong decisions.
  static func stream(of guardrail: String) -> RandomStream {
    RandomStream("guardrail \(guardrail)", "wrong decision")
  }
}

extension Replication {
  /// A ticket has been raised: what is routed is paid for, and who it waits for is noted.
  mutating func noteRouting(_ item: Int32, _ guardrail: Int32, caseSlot: Int32) {
    let row = expertise.rows[ticketIndex(items[item].stack, guardrail)]
    guard row.isRouted else { return }
    note(.ticketRouted, caseSlot: caseSlot, cost: row.price)
    charge(caseSlot, .orchestration, row.price)
    if items[item].state == .waiting, staff.hasFree(team: Int(items[item].station)) {
      note(.specialistAwaited, caseSlot: caseSlot)
    }
  }

  /// An item has waited so long that it no longer asks for skills.
  mutating func noteOverflow(_ item: Int32) {
    note(.ticketOverflowed, caseSlot: items[item].caseSlot)
  }

  /// A person takes up a piece of work: their skills act on a review that nobody has begun before.
  mutating func weighExpertise(_ item: Int32, of person: Int32) {
    guard items[item].kind == .ticket, items[item].firstStart < 0, items[item].spentTime == 0 else {
      return
    }
    let index = ticketIndex(stack, items[item].source)
    let row = expertise.rows[index]
    guard row.isWeighed else { return }
    let isQualified = expertise.isQualified(people[Int(person)], row: index)
    let effect = isQualified ? row.matched : row.unmatched
    var content = items[item].content
    var member = item
    while member >= 0 {
      let own = items[member].ownContent
      let changed = min(roundedToInteger(Double(own) * effect.time), longestTime)
      items[member].ownContent = changed
      content += changed - own
      ticketNotes[member, 0].expertise = isQualified ? .matched : .unmatched
      ticketNotes[member, 0].catches = effect.catches
      note(isQualified ? .reviewMatched : .reviewUnmatched, caseSlot: items[member].caseSlot)
      member = items[member].nextInBatch
    }
    items[item].content = max(0, content)
  }

  /// A review is done whose reviewer's skills were weighed: its decision may be wrong.
  mutating func decideWrongly(_ work: WorkItem, _ note: TicketNote) {
    let row = expertise.rows[ticketIndex(stack, work.source)]
    let wrong = note.expertise == .matched ? row.matched.wrong : row.unmatched.wrong
    guard wrong > 0 else { return }
    let uniform = random.uniform(
      row.stream, ordinal: cases[work.caseSlot].ordinal, visit: work.visit,
      attempt: ticketAttempt(work.station, note))
    guard uniform < wrong else { return }
    cases[work.caseSlot].errors &+= 1
    self.note(.reviewWrong, caseSlot: work.caseSlot)
  }
}
