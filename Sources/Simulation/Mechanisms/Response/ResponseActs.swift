internal import EventEngine

// What a response does to people and assignments. Work in hand goes on with its person, but that of people
// who change their team, which goes back into the queue.

extension Replication {
  // MARK: Hiring

  /// Somebody who was hired comes.
  mutating func startHire(_ reserve: Int32) {
    let person = responses.reserves[Int(reserve)]
    let index = Int(person)
    let number = Int(responses.people[index].rule)
    guard let rule = model.stack.response?.rules[number], case .hire(let hire) = rule.action else {
      return
    }
    creditStaff()
    responses.rules[number].coming -= 1
    if responses.rules[number].coming == 0 {
      responses.rules[number].restsUntil = now &+ rule.pause
    }
    responses.people[index].isHired = true
    responses.people[index].since = now
    bring(person, like: hire.person, speed: hire.person.speed * (hire.ramp?.share(after: 0) ?? 1))
    note(.hired, caseSlot: -1)
    startAbsence(of: index)
    train(hire.training, rule: number, reserve: reserve)
    serve(team: hire.team)
  }

  /// Somebody of a team's reserve is there.
  private mutating func bring(_ person: Int32, like model: TeamModel.Person, speed: Double) {
    let index = Int(person)
    let team = Int(people[index].team)
    guard let current = stackAtWork else { return }
    people[index].apply(model, of: current.teams[team], calendars: startCalendars)
    people[index].speed = speed
    people[index].isActive = true
    staff.setSkills(of: people[index], to: model.skills, lanes: laneTable)
    staff.present[team] += 1
    if hasFatigue { busyStates[index] = BusyState(share: 0, since: now) }
    updateFree(index)
  }

  private mutating func train(
    _ training: SampledTime?, rule: Int, reserve: Int32, attempt: Int32 = 0
  ) {
    guard let training, let name = model.stack.response?.rules[rule].name,
      let position = model.stack.errandIndex(.onboarding, number: rule)
    else { return }
    let uniform = random.uniform(
      RandomStream("response \(name)", ResponseRule.purposes[1]),
      ordinal: UInt32(reserve - responses.firstReserve[rule] + 1),
      attempt: attempt)
    // The errands of the stack that is tried come last.
    let first = errandTable.count - model.stack.errands.count
    giveErrand(
      Int32(first + position), caseSlot: -1, content: microseconds(training.sampler, uniform))
  }

  /// People who were hired, or have another role, become a little faster.
  mutating func speedUpHires(_ response: ResponseModel) {
    for reserve in 0..<responses.reserves.count {
      let person = responses.reserves[reserve]
      let change = responses.people[Int(person)]
      guard let speed = speed(of: change, response), speed != people[Int(person)].speed else {
        continue
      }
      let isBusy = people[Int(person)].load > 0
      if isBusy { settleProgress(of: person) }
      people[Int(person)].speed = speed
      if isBusy { scheduleFinishes(of: person) }
    }
  }

  /// Speed by now of somebody who was hired or came from another team; `nil` where it does not change.
  private func speed(of change: PersonChange, _ response: ResponseModel) -> Double? {
    switch response.rules[Int(change.rule)].action {
    case .hire(let hire):
      guard change.isHired, let ramp = hire.ramp else { return nil }
      return hire.person.speed * ramp.share(after: now - change.since)
    case .borrow(let loan):
      guard change.lender >= 0, let ramp = loan.ramp, let current = stackAtWork else { return nil }
      let own = current.teams[loan.from].people[Int(people[Int(change.lender)].position)].speed
      return own * loan.speed * ramp.share(after: now - change.since)
    case .overtime, .intake, .share: return nil
    }
  }

  /// At the end of the run: what people who were hired have cost beside their hours at work, until the end
  /// of the horizon.
  mutating func payHires() {
    guard let response = model.stack.response else { return }
    let end = countingEnd == .max ? record.countedUntil : countingEnd
    for reserve in 0..<responses.reserves.count {
      let change = responses.people[Int(responses.reserves[reserve])]
      guard change.isHired, change.since < end,
        case .hire(let hire) = response.rules[Int(change.rule)].action
      else { continue }
      let cost = hire.weeklyCost * Double(end - change.since) / 604_800e6
      chargeBesideCases(.staffing, cost: cost, cameUp: change.since)
      ledger[MechanismEvent.hired.rawValue].cost &+= roundedToInteger(cost)
    }
  }

  // MARK: Loans

  /// People of another team come to help; one stays there.
  mutating func borrow(_ loan: BorrowModel, rule: Int) {
    creditStaff()
    var slot = responses.firstReserve[rule]
    let end = slot + Int32(loan.people)
    var left = (staff.firstPerson[loan.from]..<staff.firstPerson[loan.from + 1]).count {
      people[Int($0)].isActive
    }
    var lender = staff.firstPerson[loan.from + 1] - 1
    while lender >= staff.firstPerson[loan.from], slot < end, left > 1 {
      let index = Int(lender)
      // Who is there as a help or as a hire is not lent on.
      if people[index].isActive, !people[index].isAway, responses.people[index].rule < 0 {
        handOver(index)
        people[index].isActive = false
        updateFree(index)
        responses.people[index].isLent = true
        staff.present[loan.from] -= 1
        let helper = responses.reserves[Int(slot)]
        responses.people[Int(helper)].lender = lender
        responses.people[Int(helper)].since = now
        helpOut(helper, of: index, loan)
        note(.personMoved, caseSlot: -1, cost: loan.price)
        if loan.price > 0, now < countingEnd { chargeBesideCases(.staffing, cost: loan.price) }
        train(
          loan.training, rule: rule, reserve: slot, attempt: responses.rules[rule].acts - 1)
        slot += 1
        left -= 1
      }
      lender -= 1
    }
    serve(team: loan.from)
    serve(team: loan.to)
  }

  private mutating func helpOut(_ helper: Int32, of lender: Int, _ loan: BorrowModel) {
    guard let current = stackAtWork else { return }
    var model = current.teams[loan.from].people[Int(people[lender].position)]
    model.skills.formUnion(loan.skills)
    if let cost = loan.hourlyCost { model.hourlyCost = cost }
    bring(
      helper, like: model, speed: model.speed * loan.speed * (loan.ramp?.share(after: 0) ?? 1))
  }

  /// The people who have helped go back to their team.
  mutating func giveBack(_ loan: BorrowModel, rule: Int) {
    creditStaff()
    let first = responses.firstReserve[rule]
    for slot in first..<(first + Int32(loan.people)) {
      let helper = Int(responses.reserves[Int(slot)])
      let lender = responses.people[helper].lender
      guard lender >= 0 else { continue }
      if absences.isOn, people[helper].isAway {
        bookAbsence(of: Int(lender))
        people[Int(lender)].isAway = true
        people[helper].isAway = false
      }
      responses.people[helper].lender = -1
      handOver(helper)
      people[helper].isActive = false
      staff.present[loan.to] -= 1
      updateFree(helper)
      responses.people[Int(lender)].isLent = false
      people[Int(lender)].isActive = true
      staff.present[loan.from] += 1
      if hasFatigue { busyStates[Int(lender)].since = now }
      updateFree(Int(lender))
    }
    serve(team: loan.from)
    serve(team: loan.to)
  }

  // MARK: Longer shifts

  /// The own people of a team work longer shifts from now on.
  mutating func lengthenShifts(_ overtime: OvertimeModel) {
    creditStaff()
    for person in ownPeople(ofTeam: overtime.team) where responses.people[person].usualCalendar < 0
    {
      let usual = people[person].calendar
      let longer = startCalendars.lengthened(usual, by: overtime.longer)
      guard longer != usual else { continue }
      responses.people[person].usualCalendar = usual
      responses.people[person].usualCost = people[person].costPerMicrosecond
      responses.people[person].surcharge = overtime.surcharge
      changeCalendar(of: person, to: longer, team: overtime.team)
    }
    serve(team: overtime.team)
  }

  /// They work their usual shifts again.
  mutating func endLongShifts(_ overtime: OvertimeModel) {
    creditStaff()
    for person in ownPeople(ofTeam: overtime.team)
    where responses.people[person].usualCalendar >= 0 {
      let usual = responses.people[person].usualCalendar
      responses.people[person].usualCalendar = -1
      changeCalendar(of: person, to: usual, team: overtime.team)
    }
    serve(team: overtime.team)
  }

  private func ownPeople(ofTeam team: Int) -> Range<Int> {
    let first = Int(staff.firstPerson[team])
    return first..<(first + (stackAtWork?.teams[team].people.count ?? 0))
  }

  private mutating func changeCalendar(of person: Int, to calendar: Int32, team: Int) {
    if hasFatigue { noteBusy(Int32(person)) }
    let isBusy = people[person].load > 0
    if isBusy { settleProgress(of: Int32(person)) }
    people[person].calendar = calendar
    people[person].startCalendar = Int32(
      startCalendars.index(
        of: Int(calendar), lastStart: stackAtWork?.teams[team].lastStart ?? 0))
    payForHours(person)
    if isBusy { scheduleFinishes(of: Int32(person)) }
    if Observer.isObserving {
      announceInHand(
        person, isOpen: staff.calendarIsOpen[Int(calendar)], goesOnInOvertime: false)
    }
    updateFree(person)
  }

  /// A calendar opens or closes: who works beyond the usual hours is paid the surcharge.
  mutating func followLongShifts(of calendar: Int) {
    for person in 0..<responses.people.count {
      let usual = responses.people[person].usualCalendar
      guard usual >= 0, Int(usual) == calendar || Int(people[person].calendar) == calendar,
        isBeyondHours(person) != responses.people[person].isBeyondHours
      else { continue }
      let isBusy = people[person].load > 0
      if isBusy { settleProgress(of: Int32(person)) }
      payForHours(person)
      if isBusy { scheduleFinishes(of: Int32(person)) }
    }
  }

  private func isBeyondHours(_ person: Int) -> Bool {
    let usual = responses.people[person].usualCalendar
    return usual >= 0 && calendars[Int(people[person].calendar)].isOpen(at: now)
      && !calendars[Int(usual)].isOpen(at: now)
  }

  private mutating func payForHours(_ person: Int) {
    let isBeyond = isBeyondHours(person)
    responses.people[person].isBeyondHours = isBeyond
    let change = responses.people[person]
    people[person].costPerMicrosecond = change.usualCost * (isBeyond ? 1 + change.surcharge : 1)
  }

  // MARK: Assignments

  /// Gives an automation the share that the rules in force say, the last of them, at the activities which
  /// people can do as well; what has begun goes on.
  mutating func applyShares(of automation: Int) {
    var share: Double?
    for (index, rule) in (model.stack.response?.rules ?? []).enumerated()
    where responses.rules[index].isInForce {
      if case .share(automation, let own) = rule.action { share = own }
    }
    responses.isSwitchedOff[automation] = share == 0
    for (index, activity) in model.stack.activities.enumerated()
    where activity.automation == automation && activity.automationShare > 0
      && activity.team != nil && activity.handlingTime != nil
    {
      activityTable[Int(stack) * activityCount + index].automationShare =
        share ?? activity.automationShare
    }
  }
}
