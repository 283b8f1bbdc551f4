internal import DocumentReading
internal import ProcessModel

extension ProsimosReading {
  /// The people of all profiles, in the order of the file.
  mutating func readResources(
    _ document: DataNode, calendars: [ImportedModel.Calendar]
  ) -> [ImportedModel.Resource] {
    var resources: [ImportedModel.Resource] = []
    for profile in list(document, "resource_profiles", of: "profiles of people") {
      let pool = profile["name"]?.text ?? profile["id"]?.text ?? ""
      for node in list(profile, "resource_list", of: "people") {
        guard let resource = readResource(node, pool: pool, calendars: calendars) else { continue }
        if let position = resources.firstIndex(where: { $0.id == resource.id }) {
          var known = resources[position]
          known.pool = resource.pool
          if known != resource {
            note(
              node,
              "speaks of '\(shown(resource.id))' a second time; it counts as said here, as in "
                + "Prosimos")
          }
          resources[position] = resource
        } else {
          resources.append(resource)
        }
      }
    }
    return named(resources)
  }

  private mutating func readResource(
    _ node: DataNode, pool: String, calendars: [ImportedModel.Calendar]
  ) -> ImportedModel.Resource? {
    let problems = errors.count
    let id = text(node, "id")
    let amount = number(node, "amount")
    let cost = number(node, "cost_per_hour")
    let calendar = text(node, "calendar")
    guard problems == errors.count, let id, let amount, let cost, let calendar else { return nil }
    guard let count = Int(exactly: amount), 0...10_000 ~= count else {
      fail(node, "has the amount \(plainNumber(amount)); expected a whole number up to 10000")
      return nil
    }
    guard 0...1e6 ~= cost else {
      fail(node, "has the cost \(plainNumber(cost)) per hour; expected 0 to 1000000")
      return nil
    }
    guard let hours = calendars.first(where: { $0.name == calendarOfID[calendar] }) else {
      let known = calendarOfID.keys.sorted()
      let hint =
        nearestName(to: calendar, among: known).map { "; did you mean '\($0)'?" }
        ?? "; 'resource_calendars' has none of that id"
      fail(node, "has the calendar '\(shown(calendar))'\(hint)")
      return nil
    }
    if hours.lines.isEmpty {
      fail(node, "has the calendar '\(shown(calendar))', which has no hours")
      return nil
    }
    return ImportedModel.Resource(
      id: id, name: node["name"]?.text ?? id, pool: pool, amount: count, costPerHour: cost,
      calendar: hours.name)
  }

  /// People by their names where these tell them apart, else by their ids.
  private func named(_ resources: [ImportedModel.Resource]) -> [ImportedModel.Resource] {
    var counts: [String: Int] = [:]
    for resource in resources { counts[resource.name, default: 0] += 1 }
    return resources.map { resource in
      var result = resource
      let isClear = counts[resource.name] == 1 && !resource.name.isEmpty
      result.name = isClear ? resource.name : resource.id
      if isProvenance(result.name) { result.name += " (person)" }
      return result
    }
  }

  /// Who does which task, and how long it takes them.
  mutating func readTasks(
    _ document: DataNode, resources: [ImportedModel.Resource]
  ) -> [ImportedModel.Task] {
    var tasks: [ImportedModel.Task] = []
    let activities = process.elements.filter(\.isActivity).map(\.id)
    let section = list(document, "task_resource_distribution", of: "tasks")
    for node in section {
      guard let id = text(node, "task_id") else { continue }
      guard activities.contains(id) else {
        let hint =
          nearestName(to: id, among: activities).map { "; did you mean '\($0)'?" }
          ?? ""
        note(node, "is left out: the process has no task '\(shown(id))'\(hint)")
        continue
      }
      var task = tasks.first { $0.id == id } ?? ImportedModel.Task(id: id, times: [])
      for item in list(node, "resources", of: "people") {
        guard let name = text(item, "resource_id") else { continue }
        guard let resource = resources.firstIndex(where: { $0.id == name }) else {
          let hint =
            nearestName(to: name, among: resources.map(\.id)).map { "; did you mean '\($0)'?" }
            ?? "; 'resource_profiles' has nobody of that id"
          fail(item, "speaks of '\(shown(name))'\(hint)")
          continue
        }
        guard let time = draw(item, of: .time), resources[resource].amount > 0 else { continue }
        task.times.removeAll { $0.resource == resource }
        task.times.append(
          ImportedModel.TaskTime(resource: resource, time: time.text, seconds: time.constant))
      }
      tasks.removeAll { $0.id == id }
      tasks.append(task)
    }
    guard errors.isEmpty else { return tasks }
    for element in process.elements {
      guard case .task = element.kind, !(tasks.first { $0.id == element.id }?.times ?? []).isEmpty
      else {
        if case .task = element.kind, let place = document["task_resource_distribution"] {
          fail(place, "says of nobody that they do the task '\(shown(element.id))' of the process")
        }
        continue
      }
    }
    return tasks
  }
}
