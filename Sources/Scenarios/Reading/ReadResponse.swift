internal import Facts
internal import Simulation
internal import Statistics

// What leaders do when work piles up.

extension PartReading {
  /// The rules of response; `isWhole` is false where one is wrong, which is reported.
  func response(
    _ teams: [TeamSettings], _ automations: [AutomationSettings], stages: [String]
  ) -> (rules: [ResponseSettings], isWhole: Bool) {
    if let node = sections.node?["response"], reading.isEmpty(node) { return ([], true) }
    let named = reading.named(sections, "response")
    let isGroup = sections.node?["response"].map(\.isMap) ?? true
    let rules = named.compactMap { name, section in
      section.isPresent ? rule(name, section, teams, automations, stages) : nil
    }
    guard lengthensOnce(rules) else { return ([], false) }
    let reserve = rules.reduce(0) { sum, rule in
      switch rule.action {
      case .hire(let hire): sum + hire.people * rule.atMost
      case .borrow(let loan): sum + loan.people
      case .overtime, .intake, .share: sum
      }
    }
    guard reserve < 65_536 else {
      reading.report(
        key: "response",
        "the rules of 'response' may bring \(reserve) people; at most 65535 can be simulated",
        at: sections.node?["response"]?.location ?? sections.location)
      return ([], false)
    }
    return (rules, isGroup && rules.count == named.count)
  }

  /// Whether no team's shifts are lengthened by two rules; reported where they are.
  private func lengthensOnce(_ rules: [ResponseSettings]) -> Bool {
    var first: [String: String] = [:]
    for rule in rules {
      guard case .overtime(let team, _, _) = rule.action else { continue }
      guard let other = first.updateValue(rule.name, forKey: team) else { continue }
      let node = sections.node?["response"]?[rule.name]
      reading.report(
        key: "response.\(rule.name)",
        "the rules '\(shown(other))' and '\(shown(rule.name))' both make the shifts of the team "
          + "'\(team)' longer; keep one of them", at: node?.location ?? sections.location)
      return false
    }
    return true
  }

  private func rule(
    _ name: String, _ section: Section, _ teams: [TeamSettings],
    _ automations: [AutomationSettings], _ stages: [String]
  ) -> ResponseSettings? {
    let watched = reading.name(section, "watch", among: assembly.names(of: "teams"))
    let trigger = trigger(section, stages)
    let holds = reading.duration(section, "for").map(workingDays)
    let lead = reading.distribution(section, "lead_time")
    let ends = reading.share(section, "ends_below")
    let pause = reading.duration(section, "pause")?.seconds
    let atMost = reading.count(section, "at_most")
    // All are read, so that their mistakes are found.
    let team = teams.first { $0.name == watched }
    let actions = [
      hire(section, watching: team, teams), overtime(section, watching: team, teams),
      borrow(section, watching: team, teams), intake(section), reassignment(section),
      switchOff(section),
    ]
    let names = ["hire", "overtime", "borrow", "intake", "reassign", "switch_off"]
    let given = names.filter { section.node?[$0].map { !reading.isEmpty($0) } ?? false }
    guard isOne(given, of: names, "what to do", section) else { return nil }
    guard let watched, let trigger, let holds, let lead, let ends, let pause, let atMost,
      let action = actions.compactMap(\.self).first
    else { return nil }
    return ResponseSettings(
      name: name, team: watched, trigger: trigger, holds: max(1, Int(holds.rounded())),
      leadTime: lead, endsBelow: ends, pause: pause, atMost: atMost, action: action)
  }

  /// Whether exactly one of some keys is given; reported where not.
  private func isOne(
    _ given: [String], of names: [String], _ what: String, _ section: Section
  ) -> Bool {
    if given.count == 1 { return true }
    let all = names.map { "'\($0)'" }.joined(separator: ", ")
    if let second = given.dropFirst().first {
      let node = section.node?[second]
      reading.report(
        key: section.path(of: second),
        "'\(section.path)' has '\(given[0])' and '\(second)'; a rule has one of \(all): make two "
          + "rules of it", at: node?.location ?? section.location)
    } else {
      reading.report(
        key: section.path, "'\(section.path)' does not say \(what); give it one of \(all)",
        at: section.location)
    }
    return false
  }

  /// A duration in working days.
  private func workingDays(_ duration: (written: ScenarioDuration, seconds: Double)) -> Double {
    reading.workingDay > 0 ? duration.seconds / reading.workingDay : 1
  }

  private func trigger(_ section: Section, _ stages: [String]) -> ResponseRule.Trigger? {
    let backlog = reading.duration(section, "backlog").map(workingDays)
    let tickets = reading.count(section, "tickets")
    let group = reading.group(section, "inflow")
    var inflow: ResponseRule.Trigger?
    if group.isPresent, let above = reading.share(group, "above"),
      let over = reading.duration(group, "over").map(workingDays)
    {
      inflow = .inflow(share: above, reviews: max(1, Int(over.rounded())))
    }
    let date = reading.duration(section, "after")?.seconds
    let planned =
      date.map { ResponseRule.Trigger.date(Int64(($0 * 1e6).rounded())) }
      ?? stage(section, stages) ?? oversight(section)
    let names = ["backlog", "tickets", "inflow", "after", "stage", "oversight"]
    let given = names.filter { section.node?[$0].map { !reading.isEmpty($0) } ?? false }
    guard isOne(given, of: names, "when to act", section) else { return nil }
    return backlog.map { .backlog(days: $0) } ?? tickets.map { .tickets(Double($0)) } ?? inflow
      ?? planned
  }

  /// The stage of the rollout from which on a rule acts.
  private func stage(_ section: Section, _ stages: [String]) -> ResponseRule.Trigger? {
    guard let node = section.node?["stage"], !reading.isEmpty(node) else { return nil }
    guard !stages.isEmpty else {
      reading.report(
        key: node.path,
        "'\(node.path)' names a stage, but this variant has no rollout; put the rule into the variants "
          + "that have one", at: node.location)
      return nil
    }
    return reading.name(section, "stage", among: stages).flatMap {
      stages.firstIndex(of: $0)
    }.map { .stage($0) }
  }

  /// The mode of oversight at which a rule acts, by its position among all modes: which rung of the ladder that
  /// is, is known when the guardrails are read.
  private func oversight(_ outer: Section) -> ResponseRule.Trigger? {
    let section = reading.group(outer, "oversight")
    guard section.isPresent else { return nil }
    let known = assembly.names(of: "guardrails")
    let guardrail = reading.name(section, "guardrail", among: known)
    let mode = reading.choice(section, "mode").flatMap(OversightSettings.Mode.init)
    guard let guardrail, let mode, let index = known.firstIndex(of: guardrail),
      let position = OversightSettings.Mode.allCases.firstIndex(of: mode)
    else { return nil }
    return .oversight(guardrail: index, rung: position)
  }

  /// The rules with the rungs of the ladders that they name; `nil` where one is not there, which is reported.
  func placed(
    _ rules: [ResponseSettings], on guardrails: [GuardrailSettings]
  ) -> [ResponseSettings]? {
    var placed: [ResponseSettings] = []
    for rule in rules {
      var rule = rule
      if case .oversight(let guardrail, let position) = rule.trigger,
        guardrails.indices.contains(guardrail)
      {
        let mode = OversightSettings.Mode.allCases[position]
        let modes = guardrails[guardrail].oversight?.modes ?? []
        guard let rung = modes.firstIndex(of: mode) else {
          let path = "response.\(rule.name).oversight"
          let node = sections.node?["response"]?[rule.name]?["oversight"]
          reading.report(
            key: path,
            "the oversight of '\(guardrails[guardrail].name)' never comes to '\(mode.rawValue)'; "
              + (modes.isEmpty
                ? "it has none, give it a 'ladder'"
                : "it has \(modes.map { "'\($0.rawValue)'" }.joined(separator: ", "))"),
            at: node?.location ?? sections.location)
          return nil
        }
        rule.trigger = .oversight(guardrail: guardrail, rung: rung)
      }
      placed.append(rule)
    }
    return placed
  }

  // MARK: People

  private func hire(
    _ outer: Section, watching watched: TeamSettings?, _ teams: [TeamSettings]
  ) -> ResponseSettings.Action? {
    let section = reading.group(outer, "hire")
    guard section.isPresent else { return nil }
    let people = reading.count(section, "people")
    let named = reading.name(section, "team", among: assembly.names(of: "teams"))
    let team = teams.first { $0.name == named } ?? watched
    let calendar = reading.name(section, "calendar", among: assembly.calendarNames)
    let cost = reading.money(section, "cost")
    let speed = reading.share(section, "speed")
    let skills = reading.skills(section)
    let price = reading.money(section, "price")
    let overhead = reading.money(section, "overhead").map(perWeek)
    let start = reading.share(section, "starts_at")
    let after = reading.duration(section, "full_speed_after")?.seconds
    let training = reading.distribution(section, "training")
    guard let people, let team, let price, let overhead, let start,
      isRamp(section, start: start, after: after)
    else { return nil }
    let staff = team.staff
    let count = staff.reduce(0) { $0 + $1.count }
    let mean = staff.reduce(0) { $0 + $1.person.hourlyCost * Double($1.count) }
    if count == 0, cost == nil, section.node?["cost"] == nil {
      reading.report(
        key: section.path(of: "cost"),
        "'\(section.path(of: "cost"))' is missing; the team '\(team.name)' has nobody whose cost could be "
          + "taken, say what an hour costs, such as `cost: 48 EUR/h`", at: section.location)
      return nil
    }
    let person = MemberSettings(
      name: "", calendar: calendar ?? team.calendar,
      hourlyCost: cost?.amount ?? mean / Double(max(1, count)), speed: speed ?? team.speed,
      skills: skills?.map(\.name) ?? team.skills)
    return .hire(
      ResponseSettings.Hire(
        team: team.name, people: people, person: person, price: price.amount,
        weeklyCost: overhead, ramp: start < 1 ? after.map { (start, $0) } : nil,
        training: training))
  }

  /// Whether a start and a time belong together; reported where one lacks the other.
  private func isRamp(_ section: Section, start: Double, after: Double?) -> Bool {
    if start < 1, after == nil, section.node?["full_speed_after"] == nil {
      reading.report(
        key: section.path(of: "full_speed_after"),
        "'\(section.path(of: "full_speed_after"))' is missing; people who start slower become faster, say "
          + "in which time, such as `full_speed_after: 8 weeks`", at: section.location)
      return false
    }
    if start >= 1, let node = section.node?["full_speed_after"], after != nil {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing: they start at full speed; give 'starts_at', or remove it",
        at: node.location)
      return false
    }
    return start >= 1 || after != nil
  }

  private func overtime(
    _ outer: Section, watching watched: TeamSettings?, _ teams: [TeamSettings]
  ) -> ResponseSettings.Action? {
    let section = reading.group(outer, "overtime")
    guard section.isPresent else { return nil }
    let named = reading.name(section, "team", among: assembly.names(of: "teams"))
    let longer = reading.duration(section, "longer")?.seconds
    let surcharge = reading.share(section, "surcharge")
    guard let team = teams.first(where: { $0.name == named }) ?? watched, let longer,
      let surcharge
    else { return nil }
    if case .overtime = team.shiftEnd {
      reading.report(
        key: section.path,
        "'\(section.path)' makes the shifts of the team '\(team.name)' longer, which finishes work in "
          + "overtime anyway; keep this or 'teams.\(team.name).shift_end'", at: section.location)
      return nil
    }
    return .overtime(team: team.name, longer: longer, surcharge: surcharge)
  }

  private func borrow(
    _ outer: Section, watching watched: TeamSettings?, _ teams: [TeamSettings]
  ) -> ResponseSettings.Action? {
    let section = reading.group(outer, "borrow")
    guard section.isPresent else { return nil }
    let from = reading.name(section, "from", among: assembly.names(of: "teams"))
    let people = reading.count(section, "people")
    let speed = reading.share(section, "speed")
    let skills = reading.skills(section)
    let price = reading.money(section, "price")
    let cost = reading.money(section, "cost")
    let start = reading.share(section, "starts_at")
    let after = reading.duration(section, "full_speed_after")?.seconds
    let training = reading.distribution(section, "training")
    guard let from, let people, let speed, let watched, let start,
      isRamp(section, start: start, after: after)
    else { return nil }
    let node = section.node?["from"]
    if from == watched.name {
      reading.report(
        key: section.path(of: "from"),
        "the team '\(from)' borrows from itself; name another team",
        at: node?.location ?? section.location)
      return nil
    }
    if let lender = teams.first(where: { $0.name == from }), lender.people <= people {
      reading.report(
        key: section.path(of: "people"),
        "'\(section.path(of: "people"))' asks for \(people) of the \(lender.people) people of "
          + "'\(from)'; one has to stay there, lend fewer",
        at: section.node?["people"]?.location ?? section.location)
      return nil
    }
    return .borrow(
      ResponseSettings.Borrow(
        from: from, to: watched.name, people: people, speed: speed,
        skills: skills?.map(\.name) ?? [], price: price?.amount ?? 0, hourlyCost: cost?.amount,
        ramp: start < 1 ? after.map { (start, $0) } : nil, training: training))
  }

  // MARK: Cases

  private func intake(_ outer: Section) -> ResponseSettings.Action? {
    let section = reading.group(outer, "intake")
    guard section.isPresent else { return nil }
    let rate = reading.rate(section, "at_most")
    let burst = reading.count(section, "burst")
    let excess = reading.choice(section, "excess")
    let loss = reading.money(section, "loss")
    guard let rate, let burst, let excess, let loss else { return nil }
    guard rate.unit == .workingDays else {
      let node = section.node?["at_most"]
      reading.report(
        key: section.path(of: "at_most"),
        "'\(section.path(of: "at_most"))' is not per working day; leaders let in so many cases a "
          + "working day, such as `60 per working day`", at: node?.location ?? section.location)
      return nil
    }
    if excess == "wait", let node = section.node?["loss"] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing: no case is turned away; give `excess: turn_away`, or remove "
          + "it", at: node.location)
      return nil
    }
    return .intake(
      perWorkingDay: rate.count, burst: burst, turnsAway: excess == "turn_away",
      loss: loss.amount)
  }

  private func reassignment(_ outer: Section) -> ResponseSettings.Action? {
    let section = reading.group(outer, "reassign")
    guard section.isPresent else { return nil }
    let automation = reading.name(
      section, "automation", among: assembly.names(of: "automations"))
    let share = reading.share(section, "share")
    guard let automation, let share else { return nil }
    return .share(automation: automation, share: share)
  }

  private func switchOff(_ outer: Section) -> ResponseSettings.Action? {
    reading.name(outer, "switch_off", among: assembly.names(of: "automations"))
      .map { .share(automation: $0, share: 0) }
  }
}
