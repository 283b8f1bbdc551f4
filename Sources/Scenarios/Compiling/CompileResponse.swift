internal import EventEngine
internal import Facts
internal import Simulation
internal import Statistics

extension StackCompiler {
  /// What leaders do when work piles up; `nil` for nothing.
  mutating func response(
    _ rules: [ResponseSettings], of stack: StackSettings
  ) -> ResponseModel? {
    guard !rules.isEmpty else { return nil }
    let teams = stack.teams.map(\.name)
    let automations = stack.automations.map(\.name)
    return ResponseModel(
      reviews: reviews, calendar: calendars.firstIndex(of: workingDays) ?? 0,
      rules: rules.map { settings in
        var rule = ResponseRule(
          name: settings.name, team: teams.firstIndex(of: settings.team) ?? 0,
          trigger: settings.trigger, action: action(settings.action, teams, automations))
        rule.holds = settings.holds
        rule.delay = time(settings.leadTime)
        rule.endsBelow = settings.endsBelow
        rule.pause = microseconds(settings.pause)
        rule.atMost = settings.atMost
        return rule
      })
  }

  private mutating func action(
    _ action: ResponseSettings.Action, _ teams: [String], _ automations: [String]
  ) -> ResponseRule.Action {
    func index(_ team: String) -> Int { teams.firstIndex(of: team) ?? 0 }
    switch action {
    case .hire(let hire):
      var model = HireModel(
        team: index(hire.team), people: hire.people,
        person: TeamModel.Person(
          calendar: calendars.firstIndex(of: hire.person.calendar) ?? 0,
          hourlyCost: hire.person.hourlyCost * 1e6, speed: hire.person.speed,
          skills: numbers(of: hire.person.skills)))
      model.price = hire.price * 1e6
      model.weeklyCost = hire.weeklyCost * 1e6
      model.ramp = hire.ramp.map { RampModel(start: $0.start, period: microseconds($0.seconds)) }
      model.training = hire.training.map { time($0) }
      return .hire(model)
    case .overtime(let team, let longer, let surcharge):
      return .overtime(
        OvertimeModel(team: index(team), longer: microseconds(longer), surcharge: surcharge))
    case .borrow(let loan):
      var model = BorrowModel(
        from: index(loan.from), to: index(loan.to), people: loan.people, speed: loan.speed,
        skills: numbers(of: loan.skills))
      model.price = loan.price * 1e6
      model.hourlyCost = loan.hourlyCost.map { $0 * 1e6 }
      model.ramp = loan.ramp.map { RampModel(start: $0.start, period: microseconds($0.seconds)) }
      model.training = loan.training.map { time($0) }
      return .borrow(model)
    case .intake(let rate, let burst, let turnsAway, let loss):
      return .intake(
        IntakeModel(
          interval: max(1, microseconds(workingDaySeconds / rate)), burst: Int64(burst),
          turnsAway: turnsAway, loss: loss * 1e6))
    case .share(let automation, let share):
      return .share(automation: automations.firstIndex(of: automation) ?? 0, share: share)
    }
  }
}

extension Scenario {
  /// Instants at which leaders look: the closes of working days from day 0 on.
  func reviews(_ clock: CompiledClock) -> [Int64] {
    guard variants.contains(where: { !$0.stack.response.isEmpty }),
      let working = calendar(self.clock.workingDays)
    else { return [] }
    var closes: [Int64] = []
    var date = self.clock.start
    while date <= clock.lastDate {
      // A night may end after the next day's hours do.
      if let close = working.close(of: date, clock.time), close > closes.last ?? 0 {
        closes.append(close)
      }
      date = date.advanced(by: 1)
    }
    return closes
  }

  /// Refuses rules of response that could change nothing.
  ///
  /// - Parameter calendars: the calendars that people work by, by name.
  func checkResponse(_ calendars: [String: WorkCalendar]) throws(ScenarioErrors) {
    var problems: [ScenarioProblem] = []
    for variant in variants {
      for rule in variant.stack.response {
        let path = "response.\(rule.name)"
        let node = source.root["response"]?[rule.name]
        func report(_ message: String) {
          problems.append(
            ScenarioProblem(key: path, message, at: node?.location ?? variant.location))
        }
        switch rule.action {
        case .overtime(let name, let longer, _):
          let staff = variant.stack.teams.first { $0.name == name }?.staff ?? []
          let time = Int64((longer * 1e6).rounded())
          let isLonger = staff.compactMap { calendars[$0.person.calendar] }
            .contains { $0.lengthened(by: time).intervals != $0.intervals }
          if !isLonger {
            report(
              "the rule '\(rule.name)' makes the shifts of the team '\(name)' longer, but nobody there "
                + "has shifts that end; hire or borrow instead, or check the team's calendar")
          }
        case .share(let automation, _):
          let own = variant.stack.activities.filter {
            $0.automation == automation && $0.share > 0
          }
          if !own.isEmpty, !own.contains(where: { $0.team != nil && $0.time != nil }) {
            report(
              "the rule '\(rule.name)' takes cases from '\(automation)', but in the variant "
                + "'\(variant.name)' people can do none of its activities; give them a 'team' and a "
                + "'time'")
          }
        case .hire, .borrow, .intake: break
        }
      }
    }
    if !problems.isEmpty { throw ScenarioErrors(problems) }
  }
}
