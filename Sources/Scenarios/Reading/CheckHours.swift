internal import Facts

extension ScenarioAssembly {
  /// The dates that a clock counts.
  func horizonDates(_ clock: ScenarioClock) -> Range<CivilDate> {
    let length: Int
    switch clock.horizon {
    // How long a number of cases takes is not known here; a calendar opens within a year or hardly ever.
    case .cases: length = 366
    case .time(let horizon) where horizon.unit == .weeks:
      length = Int((horizon.amount * 7).rounded())
    case .time(let horizon) where horizon.unit == .workingDays:
      let working = calendars.first { $0.name == clock.workingDays }
      var left = Int(horizon.amount.rounded())
      var days = 0
      // A calendar without working days is refused when its days are compiled.
      while left > 0, days < 40_000 {
        if working?.works(on: clock.start.advanced(by: days)) == true { left -= 1 }
        days += 1
      }
      length = days
    case .time(let horizon): length = Int(horizon.amount.rounded())
    }
    return clock.start..<clock.start.advanced(by: max(1, length))
  }

  /// Whether a calendar opens on a date of the horizon; also where that cannot be told.
  func opens(_ name: String) -> Bool {
    guard let dates, let calendar = calendars.first(where: { $0.name == name }) else { return true }
    if calendar.isAlways { return true }
    var date = dates.lowerBound
    while date < dates.upperBound {
      if calendar.works(on: date) { return true }
      date = date.advanced(by: 1)
    }
    return false
  }

  /// Warns of skills that people have and no work asks for.
  func warnOfIdleSkills(_ variants: [Variant]) {
    var asked: Set<String> = []
    for stack in variants.map(\.stack) {
      asked.formUnion(stack.activities.flatMap(\.queueing.skills))
      asked.formUnion(stack.guardrails.flatMap(\.queueing.skills))
    }
    let sections = [root] + (root["variants"]?.members.map(\.node) ?? [])
    for team in sections.flatMap({ $0["teams"]?.members ?? [] }) {
      for owner in [team] + (team.node["members"]?.members ?? []) {
        guard let node = owner.node["skills"] else { continue }
        let leaves: [ScenarioNode] =
          if case .list(let items) = node.content { items } else { [node] }
        for leaf in leaves {
          guard let skill = leaf.text, !asked.contains(skill) else { continue }
          let hint =
            nearestName(to: skill, among: asked.sorted()).map { "did you mean '\($0)'?" }
            ?? "let an activity or guardrail ask for it or remove it"
          reading.report(
            .medium, key: node.path,
            "no work asks for the skill '\(shown(skill))'; \(hint)", at: leaf.location)
        }
      }
    }
  }
}
