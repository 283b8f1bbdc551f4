internal import DocumentReading
internal import Facts
internal import ProcessModel

/// Reads Prosimos' JSON, as version 2.1 reads it and, where the two can be told apart, older ones.
///
/// Collects everything that is wrong or that a scenario cannot say.
struct ProsimosReading {
  let process: BusinessProcess
  /// Path of the file as shown to people.
  let path: String
  let options: ScenarioImportOptions
  private(set) var errors: [ScenarioProblem] = []
  private(set) var notes: [ScenarioProblem] = []
  /// The scenario's names of calendars, by their ids in the file.
  var calendarOfID: [String: String] = [:]
  /// What rules may ask for.
  var attributes: [ImportedAttribute] = []
  /// Numbers with which rules compare, by the indexes of attributes.
  var boundaries: [Int: [Double]] = [:]

  init(process: BusinessProcess, path: String, options: ScenarioImportOptions) {
    self.process = process
    self.path = path
    self.options = options
  }

  /// The model; `nil` where a section is missing or wrong, which is then an error.
  mutating func read(_ document: DataNode) -> ImportedModel? {
    checkOptions()
    checkSections(document)
    let calendars = readCalendars(document)
    let resources = readResources(document, calendars: calendars)
    let tasks = readTasks(document, resources: resources)
    let arrivals = document["arrival_time_distribution"].flatMap { readArrivals($0) }
    if document["arrival_time_distribution"] == nil {
      missing("arrival_time_distribution", document)
    }
    let hours = readArrivalCalendar(document)
    attributes = readAttributes(document)
    let priorities = readPriorities(document)
    let gateways = readGateways(document)
    let batches = readBatches(document, tasks: tasks)
    let events = readEvents(document)
    guard errors.isEmpty, let arrivals, let hours else { return nil }
    let used = Set(tasks.flatMap { $0.times.map(\.resource) })
    let worked = Set(used.map { resources[$0].calendar })
    return ImportedModel(
      arrivals: arrivals, arrivalCalendar: hours.name,
      calendars: [hours] + calendars.filter { worked.contains($0.name) }, resources: resources,
      tasks: tasks, gateways: gateways, attributes: attributes, priorities: priorities,
      batches: batches, events: events, run: run, sections: sections)
  }

  private var run: ImportedModel.Run {
    ImportedModel.Run(
      comment: "chosen at the import: Prosimos takes these as arguments",
      start: options.start ?? ScenarioImportOptions.defaultStart,
      timeZone: options.timeZone ?? "UTC",
      horizon: "\(options.cases ?? ScenarioImportOptions.defaultCases) cases",
      currency: options.currency ?? ScenarioImportOptions.noCurrency,
      replications: options.replications)
  }

  private var sections: ImportedModel.Sections {
    ImportedModel.Sections(
      prefix: "\(lastComponent(of: path)) $.", calendars: "resource_calendars",
      arrivalCalendar: "arrival_time_calendar", arrivals: "arrival_time_distribution",
      people: "resource_profiles", activities: "task_resource_distribution",
      updates: "event_attributes", batches: "batch_processing", waits: "event_distribution",
      shares: "gateway_branching_probabilities", conditions: "branch_rules",
      priorities: "prioritisation_rules")
  }

  // MARK: Problems

  mutating func fail(_ node: DataNode, _ message: String) {
    errors.append(ScenarioProblem("'\(node.path)' \(message)", at: node.location))
  }

  mutating func note(_ node: DataNode, _ message: String) {
    notes.append(ScenarioProblem("'\(node.path)' \(message)", severity: .medium, at: node.location))
  }

  /// Turns the errors behind the first so many into notes of what is left out.
  mutating func excuse(errorsFrom first: Int, _ reason: String) {
    for error in errors[first...] {
      notes.append(
        ScenarioProblem("\(error.message); \(reason)", severity: .medium, at: error.location))
    }
    errors.removeSubrange(first...)
  }

  mutating func missing(_ key: String, _ node: DataNode) {
    errors.append(
      ScenarioProblem("'\(node.path).\(key)' is missing; Prosimos needs it too", at: node.location))
  }

  // MARK: Values

  /// Items of a list; one that is missing or no list is reported.
  mutating func list(_ node: DataNode, _ key: String, of what: String) -> [DataNode] {
    guard let child = node[key] else {
      missing(key, node)
      return []
    }
    if let items = child.array { return items }
    fail(
      child,
      "is \(child.kindName); expected a list of \(what)"
        + (child.object == nil
          ? "" : ", as Prosimos writes it since version 1.2; let that version write the file anew"))
    return []
  }

  mutating func text(_ node: DataNode, _ key: String) -> String? {
    guard let child = node[key] else {
      missing(key, node)
      return nil
    }
    if let text = child.text, !text.isEmpty { return text }
    fail(child, "is \(child.kindName); expected a text")
    return nil
  }

  /// A number, or a text that is one.
  mutating func number(_ node: DataNode) -> Double? {
    let value = node.double ?? node.string.flatMap { try? parseNumber($0) }
    if value == nil { fail(node, "is \(node.kindName); expected a number") }
    return value
  }

  mutating func number(_ node: DataNode, _ key: String) -> Double? {
    guard let child = node[key] else {
      missing(key, node)
      return nil
    }
    return number(child)
  }

  // MARK: Sections

  /// Refuses by name what a scenario cannot say; tells of what says nothing.
  private mutating func checkSections(_ document: DataNode) {
    if let type = document["model_type"], let text = type.text, text.uppercased() == "FUZZY" {
      fail(
        type,
        "is FUZZY: people who are there with a probability, and work that slows down with their "
          + "workload, are not supported; let Simod discover crisp calendars")
    }
    checkMultitasking(document)
    for member in document.object ?? [] {
      if member.key == "gateway_execution_limit" {
        note(
          member.value,
          "is left out: a case may pass a gateway as often as its shares will have it")
      } else if !knownSections.contains(member.key) {
        note(member.value, "is left out: Prosimos reads no such section")
      }
    }
  }

  /// Whoever does several tasks at a time is refused; where nobody does, nothing is lost.
  private mutating func checkMultitasking(_ document: DataNode) {
    guard let section = document["multitask"], !section.isNothing else { return }
    var most = 1.0
    var isKnown = section["type"]?.text == "global" && section["values"]?.array != nil
    for person in section["values"]?.array ?? [] {
      guard let kinds = person["multitask_info"]?.array else {
        isKnown = false
        continue
      }
      for kind in kinds {
        guard let tasks = kind["parallel_tasks"]?.double, let chance = kind["probability"]?.double
        else {
          isKnown = false
          continue
        }
        if chance > 0 { most = max(most, tasks) }
      }
    }
    if isKnown, most <= 1 {
      note(section, "is left out: nobody does more than one thing at a time")
    } else {
      fail(
        section,
        "cannot be taken over: how many things somebody has in hand is drawn anew for each, which "
          + "'multitasking' of a team cannot say, and Prosimos 2.1.0 ends with an error in it; take "
          + "the section out, and give the team 'multitasking' with its 'limit' and 'slowdown'")
    }
  }

  private mutating func checkOptions() {
    errors += options.problems.map { ScenarioProblem($0, at: SourceLocation(path: path)) }
    if options.between != nil {
      errors.append(
        ScenarioProblem(
          "the file says how cases arrive; leave out the time between cases that was given",
          at: SourceLocation(path: path)))
    }
  }
}

private let knownSections: Set<String> = [
  "model_type", "resource_profiles", "arrival_time_distribution", "arrival_time_calendar",
  "gateway_branching_probabilities", "task_resource_distribution", "resource_calendars",
  "event_distribution", "granule_size", "multitask", "batch_processing", "case_attributes",
  "global_attributes", "event_attributes", "branch_rules", "prioritisation_rules",
]

extension DataNode {
  /// Its JSON path.
  var path: String { location.element ?? "$" }

  /// Whether it is `null` or an empty list or object.
  var isNothing: Bool { isNull || array?.isEmpty == true || object?.isEmpty == true }

  /// What it is, for error texts.
  var kindName: String {
    switch value {
    case .null: "nothing"
    case .bool: "a truth value"
    case .number: "a number"
    case .string(let text): text.isEmpty ? "an empty text" : "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
