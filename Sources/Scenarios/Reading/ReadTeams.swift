internal import Facts
internal import Simulation

extension PartReading {
  /// Teams; incomplete ones are reported and left out.
  func teams() -> [TeamSettings] {
    let teams: [TeamSettings] = reading.named(sections, "teams").compactMap { name, section in
      section.isPresent ? team(name, section) : nil
    }
    let people = teams.reduce(0) { $0 + $1.people }
    if people > 100_000 {
      reading.report(
        key: "teams", "the teams have \(people) people; at most 100000 can be simulated",
        at: sections.node?["teams"]?.location ?? sections.location)
    }
    warnOfSharedNames(teams)
    return teams
  }

  private func team(_ name: String, _ section: Section) -> TeamSettings? {
    let people = reading.count(section, "people")
    let calendar =
      reading.name(section, "calendar", among: assembly.calendarNames) ?? workingDays
    let cost = reading.money(section, "cost")
    let speed = reading.share(section, "speed") ?? 1
    let skills = skills(section)
    let ageing = reading.duration(section, "ageing")?.seconds
    let preemption = reading.choice(section, "preemption")
    let (shiftEnd, surcharge) = shiftEnd(section)
    let lastStart = reading.duration(section, "last_start")?.seconds ?? 0
    let multitasking = multitasking(section)
    let due = reading.due(section, "due")
    let fatigue = fatigue(section)
    let absence = absence(section)
    guard let calendar else { return nil }
    var team = TeamSettings(
      name: name, people: people ?? 0, members: [], calendar: calendar,
      hourlyCost: cost?.amount ?? 0, speed: speed, skills: skills ?? [], ageing: ageing,
      preemption: preemption.flatMap(TeamModel.Preemption.init(rawValue:)) ?? .none,
      shiftEnd: shiftEnd, overtimeSurcharge: surcharge, lastStart: lastStart,
      multitasking: multitasking, due: due, fatigue: fatigue)
    team.absence = absence
    if let base = assembly.calendars.first(where: { $0.name == calendar }) {
      team.staffing = assembly.readStaffing(section, calendar: base)
    }
    if !team.staffing.isEmpty { team.people = team.staffing.reduce(0) { $0 + $1.count } }
    let members = reading.named(section, "members")
    let costs = members.map { readMember($0.name, $0.section, of: &team) }
    checkStaff(section)
    if section.node?["cost"] == nil, costs.isEmpty || costs.contains(false) {
      reading.reportMissing(reading.key("teams.*.cost"), section, "cost")
    }
    guard people != nil || !team.staffing.isEmpty || section.node?["members"]?.isMap == true else {
      return nil
    }
    return team
  }

  /// How people of a team are away; `nil` where they are not, or it is wrong.
  private func absence(_ section: Section) -> AbsenceSettings? {
    let group = reading.group(section, "absence")
    guard group.isPresent else { return nil }
    let share = reading.share(group, "share")
    let lasts = reading.distribution(group, "lasts")
    let paid = reading.share(group, "paid")
    guard let share, let lasts, let paid else { return nil }
    return AbsenceSettings(share: share, lasts: lasts, paid: paid)
  }

  /// Adds a member to a team, and tells whether it has a cost of its own.
  private func readMember(_ name: String, _ section: Section, of team: inout TeamSettings) -> Bool {
    let calendar = reading.name(section, "calendar", among: assembly.calendarNames)
    let cost = reading.money(section, "cost")
    let speed = reading.share(section, "speed")
    let skills = skills(section)
    team.members.append(
      MemberSettings(
        name: name, calendar: calendar ?? team.calendar,
        hourlyCost: cost?.amount ?? team.hourlyCost, speed: speed ?? team.speed,
        skills: skills ?? team.skills))
    team.people = team.members.count
    return section.node?["cost"] != nil
  }

  /// A team has either a number of people or members.
  private func checkStaff(_ section: Section) {
    let people = section.node?["people"]
    let members = section.node?["members"]
    let staffing = section.node?["staffing"]
    if let staffing, people != nil || members != nil {
      reading.report(
        key: staffing.path,
        "'\(section.path)' has 'staffing' beside '\(people != nil ? "people" : "members")'; keep one of "
          + "them", at: staffing.location)
    } else if let people, members != nil {
      reading.report(
        key: people.path,
        "'\(section.path)' has both 'people' and 'members'; keep one of them",
        at: people.location)
    } else if people == nil, members == nil, staffing == nil {
      reading.report(
        key: section.path(of: "people"),
        "'\(section.path(of: "people"))' is missing; expected "
          + "\(reading.key("teams.*.people").expectation), such as `people: 3 people`, or people "
          + "one by one under 'members'", at: section.location)
    }
  }

  /// What happens at the end of a shift, and the surcharge on overtime.
  private func shiftEnd(_ section: Section) -> (TeamModel.ShiftEnd, Double) {
    let key = reading.key("teams.*.shift_end")
    let group = Section(
      node: section.node?["shift_end"], pattern: key.path, path: section.path(of: "shift_end"),
      location: section.node?["shift_end"]?.location ?? section.location)
    guard let node = group.node, node.isMap else {
      guard case .choiceOrGroup(let options) = key.kind,
        let word = reading.scalar(
          section, "shift_end",
          parse: { text throws(ValueError) in
            guard options.contains(text) else {
              let hint = nearestName(to: text, among: options).map { "did you mean '\($0)'?" }
              throw ValueError(hint ?? "it is not known here")
            }
            return text
          })
      else { return (.suspend, 0) }
      return (word == "hand_over" ? .handOver : .suspend, 0)
    }
    let overtime = reading.duration(group, "overtime")?.seconds
    let surcharge = reading.share(group, "surcharge")
    guard let overtime else { return (.suspend, 0) }
    return (.overtime(limit: Int64((overtime * 1e6).rounded())), surcharge ?? 0)
  }

  private func multitasking(_ section: Section) -> TeamModel.Multitasking? {
    let group = reading.group(section, "multitasking")
    guard group.isPresent else { return nil }
    let limit = reading.count(group, "limit")
    let slowdown = reading.share(group, "slowdown")
    guard let limit, let slowdown else { return nil }
    return TeamModel.Multitasking(limit: limit, slowdown: slowdown)
  }

  /// Skills of a team or person; `nil` where none are written.
  private func skills(_ section: Section) -> [String]? {
    reading.skills(section).map { skills in skills.map(\.name) }
  }

  /// Who stands in two teams is simulated as two people.
  private func warnOfSharedNames(_ teams: [TeamSettings]) {
    var teamOf: [String: String] = [:]
    for team in teams {
      for member in team.members {
        guard let other = teamOf.updateValue(team.name, forKey: member.name) else { continue }
        let node = layers.sections["teams"]?[team.name]?["members"]?[member.name]
        reading.report(
          .medium, key: node?.path,
          "'\(shown(member.name))' stands in the teams '\(other)' and '\(team.name)' and works "
            + "full hours in both, as if these were two people; give each a calendar of its own "
            + "or another name", at: node?.location ?? sections.location)
      }
    }
  }
}

extension ScenarioReading {
  /// Skills under `skills`, each once; `nil` where none are written.
  func skills(_ section: Section) -> [(name: String, location: SourceLocation)]? {
    guard let named = names(section, "skills", among: nil) else { return nil }
    var seen: Set<String> = []
    for skill in named where !seen.insert(skill.name).inserted {
      report(
        key: section.path(of: "skills"),
        "the skill '\(shown(skill.name))' stands twice in '\(section.path(of: "skills"))'; name "
          + "it once", at: skill.location)
    }
    for skill in named where skill.name.isEmpty {
      report(
        key: section.path(of: "skills"),
        "'\(section.path(of: "skills"))' has a skill without a name; name it or remove it",
        at: skill.location)
    }
    return named
  }
}

extension ScenarioNode {
  /// Sections without the people of teams for which a variant says anew how many or who they are:
  /// a number replaces members, and members replace a number.
  func withoutStaff(replacedBy variant: ScenarioNode) -> ScenarioNode {
    guard let teams = self["teams"], let others = variant["teams"] else { return self }
    var result = self
    for other in others.members {
      guard let team = teams[other.key] else { continue }
      var replaced: Set<String> = []
      if other.node["people"] != nil { replaced.insert("members") }
      if other.node["members"] != nil { replaced.insert("people") }
      guard team.members.contains(where: { replaced.contains($0.key) }) else { continue }
      result = result.replacingMembers(
        ["teams", other.key][...], with: team.without(replaced))
    }
    return result
  }

  /// With a group at a path of keys, which keeps its own place and path.
  private func replacingMembers(
    _ keys: ArraySlice<String>, with group: ScenarioNode
  ) -> ScenarioNode {
    guard let key = keys.first, case .map(var members) = content,
      let position = members.firstIndex(where: { $0.key == key })
    else { return group }
    members[position].node = members[position].node.replacingMembers(keys.dropFirst(), with: group)
    var result = self
    result.content = .map(members)
    return result
  }
}
