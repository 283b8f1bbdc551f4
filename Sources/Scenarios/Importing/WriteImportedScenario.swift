internal import Facts
internal import ProcessModel

extension ImportedModel {
  /// The scenario file.
  func scenarioText(
    process: BusinessProcess, path: String, options: ScenarioImportOptions
  ) -> String {
    var text = ScenarioText()
    let file = lastComponent(of: path)
    func source(_ section: String) -> String { ScenarioText.quoted(sections.prefix + section) }
    text.comment(
      "Made by `rehearse scenario import` from \(file). Every value below comes from that file, from "
        + "the section named beside 'imported', except what is marked as chosen at the import. What "
        + "the formats mean differently: docs/guides/import-simulation-parameters.md.")
    text.blank()
    text.line(0, "rehearse", "1")
    text.line(0, "title", ScenarioText.quoted(options.title ?? process.name ?? process.id))
    text.blank()
    writeClock(&text)
    text.line(0, "bpmn", ScenarioText.quoted(options.bpmn))
    text.line(0, "process", ScenarioText.quoted(process.id))
    if let startEvent { text.line(0, "start_event", ScenarioText.name(startEvent)) }
    text.blank()
    text.line(0, "calendars")
    for calendar in calendars {
      let section =
        calendar.name == arrivalCalendar ? sections.arrivalCalendar : sections.calendars
      let hours =
        calendar.lines == ["always"]
        ? "value: always" : "weekly: \(ScenarioText.list(calendar.lines))"
      text.line(1, calendar.name, "{ \(hours), imported: \(source(section)) }")
    }
    text.blank()
    text.line(0, "demand")
    text.line(1, "imported", source(sections.arrivals))
    text.line(1, "arrivals")
    text.line(2, "pattern", "renewal")
    text.line(2, "between", arrivals)
    if arrivalsCountOpenTime { text.line(2, "clock", "working") }
    text.line(2, "profile", ScenarioText.name(arrivalCalendar))
    text.blank()
    writeAttributes(&text, source: source)
    writeTeams(&text, source: source(sections.people))
    writeActivities(&text, process, source: source)
    writeFlow(&text, process, source: source)
    writeAutomatic(&text, source: source(sections.activities))
    text.line(0, "experiment", comment: "chosen at the import")
    text.line(1, "replications", "\(run.replications)")
    if let seed = run.seed { text.line(1, "seed", seed) }
    return text.text
  }

  private func writeClock(_ text: inout ScenarioText) {
    var people: [String: Int] = [:]
    for resource in resources { people[resource.calendar, default: 0] += resource.amount }
    let usual = calendars.dropFirst().max {
      people[$0.name, default: 0] < people[$1.name, default: 0]
    }
    text.line(0, "clock", comment: run.comment)
    text.line(1, "start", run.start)
    text.line(1, "time_zone", run.timeZone)
    text.line(1, "horizon", run.horizon)
    text.line(1, "start_state", run.startState)
    if let usual { text.line(1, "working_days", ScenarioText.name(usual.name)) }
    text.blank()
  }

  private func writeTeams(_ text: inout ScenarioText, source: String) {
    func cost(_ resource: Resource) -> String {
      "\(plainNumber(resource.costPerHour)) \(run.currency)/h"
    }
    text.line(0, "teams")
    text.line(1, "imported", source)
    if teams.isEmpty {
      // A scenario names its teams, also where nobody does anything.
      text.line(1, "nobody", "{ people: 0, cost: 0 \(run.currency)/h }")
    }
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
    text.line(1, "imported", source(sections.activities))
    for team in teams {
      for index in team.tasks {
        let task = tasks[index]
        text.line(1, task.id, comment: process.element(task.id)?.name)
        text.line(2, "team", ScenarioText.name(team.name))
        if isSpecial(task, in: team) { text.line(2, "skills", ScenarioText.name(task.id)) }
        let usual = usualTime(of: task)
        text.line(2, "time", usual)
        if let priority = task.priority { text.line(2, "priority", "\(priority)") }
        let others = people(of: team).compactMap { person in
          task.times.first { $0.resource == person.resource && $0.time != usual }
            .map { (person.name, $0.time) }
        }
        if !others.isEmpty { text.line(2, "times") }
        for (name, time) in others { text.line(3, name, time) }
        if let batch = batches.first(where: { $0.task == task.id }) {
          text.line(2, "batch")
          text.line(3, "imported", source(sections.batches))
          text.line(3, "size", "\(batch.size) cases")
          text.line(3, "each", batch.each)
        }
        writeUpdates(&text, of: task.id, source: source(sections.updates))
      }
    }
    for activity in automatic {
      text.line(1, activity.id, comment: process.element(activity.id)?.name)
      text.line(2, "run_time", activity.time)
      writeUpdates(&text, of: activity.id, source: source(sections.updates))
    }
    text.blank()
  }

  private func writeChances(
    _ text: inout ScenarioText, _ process: BusinessProcess, source: String
  ) {
    guard !chances.isEmpty else { return }
    text.line(0, "events")
    text.line(1, "imported", source)
    for event in chances {
      text.line(1, event.id, comment: process.element(event.id)?.name)
      if let share = event.happens { text.line(2, "happens", scenarioShare(share)) }
      if let time = event.after { text.line(2, "after", time) }
    }
    text.blank()
  }

  /// Activities without people as runs of automations, of which any number go on at once: one for all that
  /// are free, and one for each price.
  private func writeAutomatic(_ text: inout ScenarioText, source: String) {
    guard !automatic.isEmpty else { return }
    var prices: [Double] = []
    for activity in automatic where !prices.contains(activity.price ?? 0) {
      prices.append(activity.price ?? 0)
    }
    func name(_ price: Double) -> String {
      price == 0 ? "without_people" : "without_people_at_\(prices.firstIndex(of: price) ?? 0)"
    }
    text.line(0, "automations")
    text.line(1, "imported", source)
    for price in prices {
      text.line(1, name(price))
      text.line(2, "kind", "workflow")
      text.line(2, "runners", "unlimited")
      text.line(2, "time", "0 s", comment: "each activity has its own run_time")
      if price > 0 { text.line(2, "price", "\(plainNumber(price)) \(run.currency) per run") }
    }
    text.blank()
    text.line(0, "variants")
    text.line(1, "as-is")
    text.line(2, "assign")
    for price in prices {
      let steps = automatic.filter { ($0.price ?? 0) == price }.map { ScenarioText.name($0.id) }
      text.line(3, name(price), "[\(steps.joined(separator: ", "))]")
    }
    text.blank()
  }

  private func writeFlow(
    _ text: inout ScenarioText, _ process: BusinessProcess, source: (String) -> String
  ) {
    if !events.isEmpty {
      text.line(0, "waits")
      text.line(1, "imported", source(sections.waits))
      for event in events {
        text.line(1, event.id, event.time, comment: process.element(event.id)?.name)
      }
      text.blank()
    }
    writeChances(&text, process, source: source(sections.waits))
    guard !gateways.isEmpty else { return }
    text.line(0, "branching")
    text.line(1, "imported", source(sections.shares))
    for gateway in gateways {
      text.line(1, gateway.id, comment: process.element(gateway.id)?.name)
      let isRuled = !gateway.conditions.isEmpty
      if isRuled { text.line(2, "imported", source(sections.conditions)) }
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
      return gateway.shares.map { (flow: $0.flow, text: scenarioShare($0.share)) }
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
