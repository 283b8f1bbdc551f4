internal import EventEngine

// Reviews: at the close of every working day the rules look at their teams, and decide.

extension Replication {
  /// Schedules the first review, after day 0.
  mutating func startResponse() {
    guard responses.isOn, let response = model.stack.response else { return }
    scheduleReview(after: 0, response)
  }

  private mutating func scheduleReview(after time: Int64, _ response: ResponseModel) {
    // A review sees the instant when all is done, as a sample does.
    schedule(
      .tick, Tick.responseReview.rawValue << 16, at: response.review(after: time), .sample)
  }

  /// A working day closes: new people are a little faster, and every rule looks.
  mutating func reviewResponse() {
    guard let response = model.stack.response else { return }
    creditStaff()
    if absences.isOn { bookAbsences() }
    speedUpHires(response)
    for (index, rule) in response.rules.enumerated() { review(index, rule, response) }
    scheduleReview(after: now, response)
  }

  private mutating func review(_ index: Int, _ rule: ResponseRule, _ response: ResponseModel) {
    let measure = measure(index, rule, response)
    if responses.rules[index].isInForce {
      if measure < rule.level * rule.endsBelow { endAct(index, rule) }
      return
    }
    guard responses.rules[index].coming == 0 else { return }
    responses.rules[index].held = measure > rule.level ? responses.rules[index].held + 1 : 0
    let state = responses.rules[index]
    if state.held >= rule.holds, state.acts < rule.atMost, now >= state.restsUntil {
      decide(index, rule)
    }
  }

  // MARK: What they look at

  /// What a rule watches, in the unit of its level.
  private mutating func measure(
    _ index: Int, _ rule: ResponseRule, _ response: ResponseModel
  ) -> Double {
    switch rule.trigger {
    case .tickets: return Double(stations[rule.team].waitingTickets)
    case .backlog(let days):
      let reviews = max(1, Int(days.rounded(.up)))
      var end = now
      for _ in 0..<reviews { end = response.review(after: end) }
      let remaining = stations[rule.team].waitingContent + workInHand(team: rule.team).remaining
      let ahead = scheduledContent(ofTeam: rule.team, until: end)
      if remaining <= 0 { return 0 }
      return ahead > 0 ? Double(remaining) / Double(ahead) * Double(reviews) : .infinity
    case .inflow(_, let reviews):
      let state = responses.rules[index]
      let note = InflowNote(
        came: contentThatCame(toTeam: rule.team),
        scheduled: scheduledContentSoFar(ofTeam: rule.team))
      let count = Int32(reviews) + 1
      // The oldest note, `reviews` ago, is the one that is written over next time.
      responses.notes[Int(state.firstNote + state.notes % count)] = note
      responses.rules[index].notes += 1
      guard state.notes >= Int32(reviews) else { return 0 }
      let oldest = responses.notes[Int(state.firstNote + (state.notes + 1) % count)]
      let scheduled = note.scheduled - oldest.scheduled
      let came = note.came - oldest.came
      return scheduled > 0 ? Double(came) / Double(scheduled) : came > 0 ? .infinity : 0
    case .date(let date): return now >= date ? 1 : 0
    case .stage(let stage):
      return rollout.isOn && Int(rollout.stage) >= stage ? 1 : 0
    case .oversight(let guardrail, let rung):
      guard oversight.isOn else { return 0 }
      let index = Int(stack) * guardrailCount + guardrail
      return oversight.rows[index].isOn && Int(oversight.places[index].rung) >= rung ? 1 : 0
    }
  }

  /// Content that the people of a team who are there now are scheduled to do by an instant.
  private func scheduledContent(ofTeam team: Int, until end: Int64) -> Int64 {
    var sum: Int64 = 0
    for person in Int(staff.firstPerson[team])..<Int(staff.firstPerson[team + 1])
    where people[person].isActive && !people[person].isAway {
      sum += content(ofPerson: person, calendar: people[person].calendar, from: now, to: end)
    }
    return sum
  }

  /// All work that a team has got since the start of the run.
  private func contentThatCame(toTeam team: Int) -> Int64 {
    let inHand = workInHand(team: team)
    return stations[team].waitingContent + stations[team].finishedContent + inHand.remaining
      + inHand.done
  }

  /// Content that was scheduled for a team since day 0, with all that the response has changed.
  private func scheduledContentSoFar(ofTeam team: Int) -> Int64 {
    model.stack.teams[team].scheduledContent(from: 0, to: now, calendars: model.calendars)
      + extraScheduled(team)
  }

  private func content(
    ofPerson person: Int, calendar: Int32, from start: Int64, to end: Int64
  ) -> Int64 {
    let time = calendars[Int(calendar)].workTime(from: start, to: end)
    return roundedToInteger(Double(time) * people[person].speed)
  }

  // MARK: What was scheduled

  /// Adds what people were scheduled to do since the last time beyond what the stack says; before anything
  /// of that changes, and before every sample.
  mutating func creditStaff() {
    let from = max(0, responses.creditedUntil)
    responses.creditedUntil = now
    guard from < now else { return }
    for person in 0..<responses.people.count {
      let change = responses.people[person]
      let team = Int(people[person].team)
      if change.isLent {
        let calendar =
          change.usualCalendar >= 0 ? change.usualCalendar : people[person].calendar
        responses.extraScheduled[team] -= content(
          ofPerson: person, calendar: calendar, from: from, to: now)
      } else if change.rule >= 0 {
        guard people[person].isActive else { continue }
        responses.extraScheduled[team] += content(
          ofPerson: person, calendar: people[person].calendar, from: from, to: now)
      } else if change.usualCalendar >= 0 {
        responses.extraScheduled[team] +=
          content(ofPerson: person, calendar: people[person].calendar, from: from, to: now)
          - content(ofPerson: person, calendar: change.usualCalendar, from: from, to: now)
      }
    }
  }

  // MARK: What they decide

  /// Something is decided; it takes effect after its lead time.
  private mutating func decide(_ index: Int, _ rule: ResponseRule) {
    responses.rules[index].held = 0
    responses.rules[index].acts += 1
    let act = responses.rules[index].acts
    guard case .hire(let hire) = rule.action else {
      responses.rules[index].coming = 1
      note(.responseDecided, caseSlot: -1)
      schedule(.responseBegins, number: Int32(index), at: now &+ leadTime(rule, act: act, 0))
      return
    }
    let cost = hire.price * Double(hire.people)
    note(.responseDecided, caseSlot: -1, cost: cost)
    if now < countingEnd { chargeBesideCases(.staffing, cost: cost) }
    responses.rules[index].coming = Int32(hire.people)
    let first = responses.firstReserve[index] + (act - 1) * Int32(hire.people)
    for number in 0..<Int32(hire.people) {
      schedule(
        .hireComes, number: first + number, at: now &+ leadTime(rule, act: act, number))
    }
  }

  private func leadTime(_ rule: ResponseRule, act: Int32, _ number: Int32) -> Int64 {
    microseconds(
      rule.delay.sampler,
      random.uniform(
        RandomStream("response \(rule.name)", ResponseRule.purposes[0]), ordinal: UInt32(act),
        attempt: number))
  }

  /// What was decided takes effect.
  mutating func beginAct(_ number: Int32) {
    let index = Int(number)
    guard let rule = model.stack.response?.rules[index] else { return }
    responses.rules[index].coming = 0
    responses.rules[index].isInForce = true
    switch rule.action {
    case .hire: break
    case .overtime(let overtime): lengthenShifts(overtime)
    case .borrow(let loan): borrow(loan, rule: index)
    case .intake: limitIntake(rule: number)
    case .share(let automation, _): applyShares(of: automation)
    }
    note(rule.action.event, caseSlot: -1)
  }

  /// What was done is undone.
  private mutating func endAct(_ index: Int, _ rule: ResponseRule) {
    responses.rules[index].isInForce = false
    responses.rules[index].restsUntil = now &+ rule.pause
    switch rule.action {
    case .hire: break
    case .overtime(let overtime): endLongShifts(overtime)
    case .borrow(let loan): giveBack(loan, rule: index)
    case .intake: endIntakeLimit(rule: Int32(index))
    case .share(let automation, _): applyShares(of: automation)
    }
    note(.responseEnded, caseSlot: -1)
  }
}

extension ResponseRule.Action {
  /// What the ledger counts when it takes effect.
  fileprivate var event: MechanismEvent {
    switch self {
    case .hire: .hired
    case .overtime: .shiftsLengthened
    case .borrow: .peopleBorrowed
    case .intake: .intakeLimited
    case .share: .shareChanged
    }
  }
}
