internal import Facts
internal import ProcessModel

extension ProsimosModel {
  /// The scenario file.
  func scenarioText(
    process: BusinessProcess, path: String, options: ScenarioImportOptions
  ) -> String {
    var text = ScenarioText()
    let file = path.split(separator: "/").last.map(String.init) ?? path
    func source(_ section: String) -> String { ScenarioText.quoted("\(file) $.\(section)") }
    text.comment(
      "Made by `rehearse scenario import` from \(file). Every value below comes from that file, from "
        + "the section named beside 'imported', except what is marked as chosen at the import. What "
        + "the formats mean differently: docs/guides/import-a-prosimos-scenario.md.")
    text.blank()
    text.line(0, "rehearse", "1")
    text.line(0, "title", ScenarioText.quoted(options.title ?? process.name ?? process.id))
    text.blank()
    writeClock(&text, options)
    text.line(0, "bpmn", ScenarioText.quoted(options.bpmn))
    text.line(0, "process", ScenarioText.quoted(process.id))
    text.blank()
    text.line(0, "calendars")
    for calendar in calendars {
      let section =
        calendar.name == arrivalCalendar ? "arrival_time_calendar" : "resource_calendars"
      let hours =
        calendar.lines == ["always"]
        ? "value: always" : "weekly: \(ScenarioText.list(calendar.lines))"
      text.line(1, calendar.name, "{ \(hours), imported: \(source(section)) }")
    }
    text.blank()
    text.line(0, "demand")
    text.line(1, "imported", source("arrival_time_distribution"))
    text.line(1, "arrivals")
    text.line(2, "pattern", "renewal")
    text.line(2, "between", arrivals)
    text.line(2, "profile", ScenarioText.name(arrivalCalendar))
    text.blank()
    writeAttributes(&text, source: source)
    writeTeams(&text, options, source: source("resource_profiles"))
    writeActivities(&text, process, source: source)
    writeFlow(&text, process, source: source)
    text.line(0, "experiment", comment: "chosen at the import")
    text.line(1, "replications", "\(options.replications)")
    return text.text
  }

  private func writeClock(_ text: inout ScenarioText, _ options: ScenarioImportOptions) {
    var people: [String: Int] = [:]
    for resource in resources { people[resource.calendar, default: 0] += resource.amount }
    let usual = calendars.dropFirst().max {
      people[$0.name, default: 0] < people[$1.name, default: 0]
    }
    text.line(0, "clock", comment: "chosen at the import: Prosimos takes these as arguments")
    text.line(1, "start", options.start)
    text.line(1, "time_zone", options.timeZone)
    text.line(1, "horizon", "\(options.cases) cases")
    text.line(1, "start_state", "empty")
    if let usual { text.line(1, "working_days", ScenarioText.name(usual.name)) }
    text.blank()
  }

  private func writeTeams(
    _ text: inout ScenarioText, _ options: ScenarioImportOptions, source: String
  ) {
    func cost(_ resource: Resource) -> String {
      "\(plainNumber(resource.costPerHour)) \(options.currency)/h"
    }
    text.line(0, "teams")
    text.line(1, "imported", source)
    for team in teams {
      text.line(1, team.name)
      let first = resources[team.resources[0]]
      if team.resources.count == 1, first.amount > 1 {
        text.line(2, "people", "\(first.amount)", comment: first.name)
        text.line(2, "calendar", ScenarioText.name(first.calendar))
        text.line(2, "cost", cost(first))
        continue
      }
      text.line(2, "members")
      for person in people(of: team) {
        let resource = resources[person.resource]
        var parts = [
          "calendar: \(ScenarioText.name(resource.calendar))", "cost: \(cost(resource))",
        ]
        if let skills = skills(of: person.resource, in: team) {
          parts.append("skills: [\(skills.map(ScenarioText.name).joined(separator: ", "))]")
        }
        text.line(3, person.name, "{ \(parts.joined(separator: ", ")) }")
      }
    }
    text.blank()
  }

  private func writeActivities(
    _ text: inout ScenarioText, _ process: BusinessProcess, source: (String) -> String
  ) {
    text.line(0, "activities")
    text.line(1, "imported", source("task_resource_distribution"))
    for team in teams {
      for index in team.tasks {
        let task = tasks[index]
        text.line(1, task.id, comment: process.element(task.id)?.name)
        text.line(2, "team", ScenarioText.name(team.name))
        if isSpecial(task, in: team) { text.line(2, "skills", ScenarioText.name(task.id)) }
        let usual = usualTime(of: task)
        text.line(2, "time", usual)
        let others = people(of: team).compactMap { person in
          task.times.first { $0.resource == person.resource && $0.time != usual }
            .map { (person.name, $0.time) }
        }
        if !others.isEmpty { text.line(2, "times") }
        for (name, time) in others { text.line(3, name, time) }
        if let batch = batches.first(where: { $0.task == task.id }) {
          text.line(2, "batch")
          text.line(3, "imported", source("batch_processing"))
          text.line(3, "size", "\(batch.size) cases")
          text.line(3, "each", batch.each)
        }
        writeUpdates(&text, of: task.id, source: source("event_attributes"))
      }
    }
    text.blank()
  }

  private func writeFlow(
    _ text: inout ScenarioText, _ process: BusinessProcess, source: (String) -> String
  ) {
    if !events.isEmpty {
      text.line(0, "waits")
      text.line(1, "imported", source("event_distribution"))
      for event in events {
        text.line(1, event.id, event.time, comment: process.element(event.id)?.name)
      }
      text.blank()
    }
    guard !gateways.isEmpty else { return }
    text.line(0, "branching")
    text.line(1, "imported", source("gateway_branching_probabilities"))
    for gateway in gateways {
      text.line(1, gateway.id, comment: process.element(gateway.id)?.name)
      let isRuled = !gateway.conditions.isEmpty
      if isRuled { text.line(2, "imported", source("branch_rules")) }
      for share in isRuled ? gateway.conditions : writtenShares(of: gateway, process) {
        let target = process.flows.first { $0.id == share.flow }?.target ?? ""
        let name = process.flows.first { $0.id == share.flow }?.name
        text.line(
          2, share.flow, isRuled ? ScenarioText.value(share.text) : share.text,
          comment: name ?? process.element(target)?.name ?? target)
      }
    }
    text.blank()
  }

  /// Shares in percent; where rounding keeps those of an exclusive gateway from 100 %, the last takes the
  /// rest.
  private func writtenShares(
    of gateway: Gateway, _ process: BusinessProcess
  ) -> [(flow: String, text: String)] {
    guard process.element(gateway.id)?.kind == .gateway(.exclusive) else {
      return gateway.shares.map { (flow: $0.flow, text: shareText($0.share)) }
    }
    let texts = sharesOfWhole(gateway.shares.map(\.share))
    return zip(gateway.shares, texts).map { (flow: $0.flow, text: $1) }
  }

  // MARK: People

  /// People of a team, each with a name of its own.
  private func people(of team: Team) -> [(name: String, resource: Int)] {
    team.resources.flatMap { index in
      let resource = resources[index]
      return (0..<resource.amount).map { number in
        (resource.amount > 1 ? "\(resource.name)_\(number)" : resource.name, index)
      }
    }
  }

  /// Whether not everybody of its team does a task.
  private func isSpecial(_ task: Task, in team: Team) -> Bool {
    Set(task.times.map(\.resource)) != Set(team.resources)
  }

  /// Tasks that this person does and not everybody of the team; `nil` where there are none such.
  private func skills(of resource: Int, in team: Team) -> [String]? {
    let special = team.tasks.filter { isSpecial(tasks[$0], in: team) }
      .filter { index in tasks[index].times.contains { $0.resource == resource } }
    return special.isEmpty ? nil : special.map { tasks[$0].id }
  }

  /// The time that most people take for a task; the first of those that as many take.
  private func usualTime(of task: Task) -> String {
    var counts: [String: Int] = [:]
    for time in task.times { counts[time.time, default: 0] += resources[time.resource].amount }
    let most = counts.values.max() ?? 0
    return task.times.first { counts[$0.time] == most }?.time ?? "0 s"
  }
}
