public import Simulation

extension CaseStory {
  /// The story of a case that an observer followed.
  ///
  /// - Parameters:
  ///   - number: of the case, from 1: the one the observer followed.
  ///   - replication: its number, from 0.
  /// - Returns: `nil` where there was no such case.
  public init?(
    of number: Int, in trace: CaseTraceObserver, replication: Int, variant: StudyVariant,
    currency: String
  ) {
    guard trace.entries.indices.contains(number - 1) else { return nil }
    let entry = trace.entries[number - 1]
    self.number = number
    self.replication = replication + 1
    self.variant = variant.name
    self.currency = currency
    arrived = entry.arrival
    ended = entry.end ?? max(trace.endOfRun, entry.arrival)
    outcome = entry.end == nil ? .open : entry.isAbandoned ? .abandoned : .completed
    cost = entry.cost
    var telling = Telling(names: ModelNames(variant.model), end: ended)
    for happening in trace.happenings { telling.tell(happening) }
    telling.finish()
    let last: Kind =
      switch outcome {
      case .completed: .completed
      case .abandoned: .abandoned
      case .open: .open
      }
    var told = telling.entries
    // What begins at the same instant stays in the order in which it was told.
    told.insert(Entry(from: arrived, to: arrived, kind: .arrived, subject: ""), at: 0)
    told.append(Entry(from: ended, to: ended, kind: last, subject: ""))
    entries = told.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
    time = telling.shares(from: arrived, to: ended)
    costs = telling.costs
  }
}

/// The telling of a story, step by step.
private struct Telling {
  let names: ModelNames
  let end: Int64
  private(set) var entries: [CaseStory.Entry] = []
  private(set) var costs: [CaseStory.CostItem] = []
  /// What went on, with the time for each cause of a wait in its own span.
  private var spans: [Span] = []
  /// Work that is there, by slot: its state since when.
  private var open: [Int32: (step: WorkStep, since: Int64, overtakenBy: Int)] = [:]
  /// Elements that the case waits at.
  private var awaited: [(element: Int32, since: Int64)] = []
  /// What was last over, for which a charge at the same instant is.
  private var last: (subject: String, time: Int64) = ("", .min)

  private struct Span {
    var from: Int64
    var to: Int64
    var use: CaseStory.TimeUse
    var subject: String
  }

  init(names: ModelNames, end: Int64) {
    self.names = names
    self.end = end
  }

  mutating func tell(_ happening: CaseTraceObserver.Happening) {
    let time = happening.time
    switch happening.what {
    case .work(let step):
      close(step.item, at: time)
      guard step.state != nil else {
        let performer = names.performer(step.station)
        last = ("\(names.subject(step.kind, step.source)) · \(performer)", time)
        return
      }
      open[step.item] = (step, time, happening.overtakenBy)
      if happening.overtakenBy > 0, let index = lastWait(of: step, until: time) {
        entries[index].overtakenBy = happening.overtakenBy
      }
    case .waitBegan(let element): awaited.append((element, time))
    case .waitEnded(let element):
      guard let index = awaited.firstIndex(where: { $0.element == element }) else { return }
      endWait(awaited.remove(at: index), at: time)
    case .paused(let element, let length):
      // Where an event is awaited, the pause is the time of that event.
      guard length > 0, !awaited.contains(where: { $0.element == element }) else { return }
      add(.paused, names.element(element), from: time, to: time + length)
      spans.append(
        Span(from: time, to: time + length, use: .pause, subject: names.element(element)))
    case .guardrail(let guardrail, let fired):
      add(fired ? .guardrailFired : .guardrailPassed, names.guardrail(guardrail), from: time)
    case .answered(let guardrail, let answer):
      let kind: CaseStory.Kind =
        switch answer {
        case .approved: .ticketApproved
        case .changed: .ticketChanged
        case .rejected: .ticketRejected
        }
      add(kind, names.guardrail(guardrail), from: time)
    case .mechanism(let event, let count):
      add(.mechanism, event.name, from: time)
      entries[entries.count - 1].count = count
      // Late, delayed and wrong cases are charged for at once.
      if [.caseLate, .caseDelayed, .caseWrong].contains(event) { last = (event.name, time) }
    case .charged(let component, let amount): charge(component, amount, at: time)
    }
  }

  /// Ends what is still going on when the case or the run does.
  mutating func finish() {
    for item in open.keys.sorted() { close(item, at: max(end, open[item]?.since ?? end)) }
    for wait in awaited { endWait(wait, at: max(end, wait.since)) }
    awaited = []
  }

  private mutating func endWait(_ wait: (element: Int32, since: Int64), at time: Int64) {
    let subject = names.element(wait.element)
    add(.awaited, subject, from: wait.since, to: time)
    spans.append(Span(from: wait.since, to: time, use: .event, subject: subject))
  }

  private mutating func add(
    _ kind: CaseStory.Kind, _ subject: String, from: Int64, to: Int64? = nil
  ) {
    entries.append(CaseStory.Entry(from: from, to: to ?? from, kind: kind, subject: subject))
  }

  private mutating func charge(_ component: CostComponent, _ amount: Int64, at time: Int64) {
    let subject =
      component == .owed ? "work still to be done" : last.time == time ? last.subject : ""
    if let index = costs.firstIndex(where: { $0.component == component && $0.subject == subject }) {
      costs[index].count += 1
      costs[index].amount += amount
    } else {
      costs.append(
        CaseStory.CostItem(component: component, subject: subject, count: 1, amount: amount))
    }
  }

  /// Tells of the state of a piece of work that is over.
  private mutating func close(_ item: Int32, at time: Int64) {
    guard let (step, since, _) = open.removeValue(forKey: item), let state = step.state else {
      return
    }
    var entry = CaseStory.Entry(
      from: since, to: time, kind: .waited, subject: names.subject(step.kind, step.source),
      performer: names.performer(step.station), person: names.person(step.station, step.person),
      work: step.kind, attempt: Int(step.attempt) + 1)
    if state == .inService {
      entry.kind = .worked
      let use: CaseStory.TimeUse = Int(step.station) < names.teamCount ? .people : .automations
      spans.append(Span(from: since, to: time, use: use, subject: entry.performer))
    } else {
      guard time > since else { return }
      entry.ahead = max(0, Int(step.waiting))
      entry.causes = causes(of: step, state, from: since, to: time)
    }
    entries.append(entry)
  }

  private func lastWait(of step: WorkStep, until time: Int64) -> Int? {
    entries.lastIndex { $0.kind == .waited && $0.to == time && $0.work == step.kind }
  }

  /// Why work waits in a state, with spans for each cause.
  private mutating func causes(
    of step: WorkStep, _ state: ObservedState, from: Int64, to: Int64
  ) -> [CaseStory.WaitShare] {
    let performer = names.performer(step.station)
    func whole(_ cause: CaseStory.WaitCause, _ subject: String) -> [CaseStory.WaitShare] {
      [CaseStory.WaitShare(cause: cause, subject: subject, time: to - from)]
    }
    let isTeam = Int(step.station) < names.teamCount
    let shares: [CaseStory.WaitShare]
    switch state {
    case .forming: shares = whole(.batchFilling, performer)
    case .suspended: shares = whole(.personOffShift, performer)
    case .awaitingApplication where step.application >= 0:
      shares = whole(
        step.isDown ? .applicationDown : .applicationLimit, names.application(step.application))
    case .awaitingApplication: shares = whole(.automationDown, performer)
    case .waiting where isTeam:
      return waitForTeam(step.station, performer, from: from, to: to)
    case .waiting, .inService:
      shares = whole(step.isDown ? .automationDown : .automationBusy, performer)
    }
    for share in shares {
      spans.append(Span(from: from, to: to, use: .waiting(share.cause), subject: share.subject))
    }
    return shares
  }

  /// A wait for a team: while somebody of it is on shift, all are busy.
  private mutating func waitForTeam(
    _ team: Int32, _ performer: String, from: Int64, to: Int64
  ) -> [CaseStory.WaitShare] {
    var sums: [(cause: CaseStory.WaitCause, time: Int64)] = [(.shiftClosed, 0), (.teamBusy, 0)]
    for stretch in names.stretches(ofTeam: team, from: from, to: to) {
      let index = stretch.isOpen ? 1 : 0
      sums[index].time += stretch.to - stretch.from
      spans.append(
        Span(
          from: stretch.from, to: stretch.to, use: .waiting(sums[index].cause),
          subject: performer))
    }
    return sums.filter { $0.time > 0 }.sorted { $0.time > $1.time }.map {
      CaseStory.WaitShare(cause: $0.cause, subject: performer, time: $0.time)
    }
  }

  /// What a span of time went into: each instant counts once, for the first use in their order.
  func shares(from: Int64, to: Int64) -> [CaseStory.TimeShare] {
    var cuts = Set([from, to])
    for span in spans {
      for instant in [span.from, span.to] where instant > from && instant < to {
        cuts.insert(instant)
      }
    }
    var shares: [CaseStory.TimeShare] = []
    let instants = cuts.sorted()
    for (begin, end) in zip(instants, instants.dropFirst()) {
      let covering = spans.filter { $0.from <= begin && $0.to >= end }
      // Of several spans of the same use the first told counts.
      let first = covering.min { $0.use.rank < $1.use.rank }
      let (use, subject) = (first?.use ?? .other, first?.subject ?? "")
      if let index = shares.firstIndex(where: { $0.use == use && $0.subject == subject }) {
        shares[index].time += end - begin
      } else {
        shares.append(CaseStory.TimeShare(use: use, subject: subject, time: end - begin))
      }
    }
    return shares.enumerated()
      .sorted { ($1.element.time, $0.offset) < ($0.element.time, $1.offset) }.map(\.element)
  }
}
