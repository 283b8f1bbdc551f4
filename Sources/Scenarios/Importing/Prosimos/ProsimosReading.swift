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

  init(process: BusinessProcess, path: String, options: ScenarioImportOptions) {
    self.process = process
    self.path = path
    self.options = options
  }

  /// The model; `nil` where a section is missing or wrong, which is then an error.
  mutating func read(_ document: DataNode) -> ProsimosModel? {
    checkOptions(document)
    checkSections(document)
    let calendars = readCalendars(document)
    let resources = readResources(document, calendars: calendars)
    let tasks = readTasks(document, resources: resources)
    let arrivals = document["arrival_time_distribution"].flatMap { readArrivals($0) }
    if document["arrival_time_distribution"] == nil {
      missing("arrival_time_distribution", document)
    }
    let hours = readArrivalCalendar(document)
    let gateways = readGateways(document)
    let events = readEvents(document)
    guard errors.isEmpty, let arrivals, let hours else { return nil }
    let used = Set(tasks.flatMap { $0.times.map(\.resource) })
    let worked = Set(used.map { resources[$0].calendar })
    return ProsimosModel(
      arrivals: arrivals, arrivalCalendar: hours.name,
      calendars: [hours] + calendars.filter { worked.contains($0.name) }, resources: resources,
      tasks: tasks, gateways: gateways, events: events)
  }

  // MARK: Problems

  mutating func fail(_ node: DataNode, _ message: String) {
    errors.append(ScenarioProblem("'\(node.path)' \(message)", at: node.location))
  }

  mutating func note(_ node: DataNode, _ message: String) {
    notes.append(ScenarioProblem("'\(node.path)' \(message)", severity: .medium, at: node.location))
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
        "is FUZZY: people who are there with a probability are not supported; let Simod discover "
          + "crisp calendars")
    }
    let refused = [
      "multitask": "several tasks at a time with probabilities are not supported",
      "batch_processing": "its firing rules are not supported; describe the batch by hand under "
        + "'batch' of the activity",
      "event_attributes": "attributes that tasks change by expressions are not supported",
      "global_attributes": "attributes that all cases share are not supported",
      "branch_rules": "conditions on attributes are not imported yet; write them by hand",
      "prioritisation_rules": "priorities by attributes are not imported yet; write them by hand",
    ]
    for member in document.object ?? [] {
      if let reason = refused[member.key], !member.value.isNothing {
        fail(member.value, "cannot be taken over: \(reason)")
      } else if member.key == "case_attributes", !member.value.isNothing {
        note(
          member.value, "is left out: no rule reads these attributes, they fill columns of a log")
      } else if member.key == "gateway_execution_limit" {
        note(
          member.value,
          "is left out: a case may pass a gateway as often as its shares will have it")
      } else if !knownSections.contains(member.key), refused[member.key] == nil {
        note(member.value, "is left out: Prosimos reads no such section")
      }
    }
  }

  private mutating func checkOptions(_ document: DataNode) {
    func refuse(_ message: String) {
      errors.append(ScenarioProblem(message, at: SourceLocation(path: path)))
    }
    if CivilDate(options.start) == nil {
      refuse("the start '\(shown(options.start))' is no date such as 2026-01-05")
    }
    if options.cases < 1 { refuse("at least 1 case must be simulated, not \(options.cases)") }
    let currency = options.currency
    if currency.count != 3 || !currency.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      refuse("the currency '\(shown(currency))' is no ISO 4217 code such as EUR")
    }
  }
}

private let knownSections: Set<String> = [
  "model_type", "resource_profiles", "arrival_time_distribution", "arrival_time_calendar",
  "gateway_branching_probabilities", "task_resource_distribution", "resource_calendars",
  "event_distribution", "granule_size",
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
