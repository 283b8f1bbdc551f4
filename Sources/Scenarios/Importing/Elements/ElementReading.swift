internal import DocumentReading
internal import Facts
internal import ProcessModel

/// Reads parameters that stand in XML: BPSim, QBP and Scylla.
///
/// Each format says what it has of elements of the process; what is then the same for all, from default times
/// to shares of flows, is in `assembled`. Collects everything that is wrong or that a scenario cannot say.
struct ElementReading {
  let process: BusinessProcess
  /// Path of the file as shown to people.
  let path: String
  let options: ScenarioImportOptions
  private(set) var errors: [ScenarioProblem] = []
  private(set) var notes: [ScenarioProblem] = []

  /// Times of activities and events, as a scenario writes them, by element.
  var times: [String: ImportedDraw] = [:]
  /// Who may do an activity: indexes in `resources`.
  var performers: [String: [Int]] = [:]
  /// Price of an activity each time, beside the time of people.
  var prices: [String: Double] = [:]
  /// Classes of urgency of activities, lower first.
  var urgency: [String: Int] = [:]
  /// Probabilities by sequence flow.
  var shares: [String: (share: Double, at: SourceLocation)] = [:]
  /// Conditions by sequence flow, as a scenario writes them.
  var conditions: [String: (text: String, at: SourceLocation)] = [:]
  /// Probabilities of events on boundaries.
  var happens: [String: Double] = [:]
  var resources: [ImportedModel.Resource] = []
  var calendars: [ImportedModel.Calendar] = []
  var attributes: [ImportedAttribute] = []

  init(process: BusinessProcess, path: String, options: ScenarioImportOptions) {
    self.process = process
    self.path = path
    self.options = options
    errors = options.problems.map { ScenarioProblem($0, at: SourceLocation(path: path)) }
  }

  // MARK: Problems

  mutating func fail(_ element: XMLElement, _ message: String) {
    errors.append(ScenarioProblem("\(element.shownName) \(message)", at: element.location))
  }

  mutating func fail(_ message: String, at location: SourceLocation) {
    errors.append(ScenarioProblem(message, at: location))
  }

  mutating func note(_ element: XMLElement, _ message: String) {
    note("\(element.shownName) \(message)", at: element.location)
  }

  mutating func note(_ message: String, at location: SourceLocation) {
    notes.append(ScenarioProblem(message, severity: .medium, at: location))
  }

  // MARK: Values

  /// A number of an attribute; one that is wrong is reported, one that is missing is not.
  mutating func number(_ element: XMLElement, _ attribute: String) -> Double? {
    guard let text = element[attribute] else { return nil }
    return number(text, of: "'\(attribute)'", at: element)
  }

  /// A number of a child element; one that is wrong or missing is reported.
  mutating func number(child name: String, of element: XMLElement) -> Double? {
    guard let child = element.first(name) else {
      fail(element, "has no '\(name)'")
      return nil
    }
    return number(child.text, of: "'\(name)'", at: element)
  }

  mutating func number(_ text: String, of what: String, at element: XMLElement) -> Double? {
    let trimmed = text.trimmed
    if let value = try? parseNumber(trimmed) { return value }
    // XML writes large numbers with an exponent.
    if let value = Double(trimmed), value.isFinite { return value }
    fail(element, "has as \(what) '\(shown(trimmed))'; expected a number")
    return nil
  }

  /// A distribution as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func draw(
    _ shape: ImportedShape, at element: XMLElement, minimum: Double? = nil, maximum: Double? = nil,
    of quantity: ImportedQuantity = .time
  ) -> ImportedDraw? {
    var maximum = maximum
    if case .normal(let mean, let deviation) = shape, deviation > mean / 3, maximum == nil {
      // A scenario takes so wide a normal distribution with bounds only; beyond this lies 1e-9 of it.
      maximum = mean + 6 * deviation
      if mean > 0 {
        note(
          element,
          "is a normal distribution that is negative with a probability to speak of; it is drawn given "
            + "that it is not")
      }
    }
    do {
      return try shape.draw(quantity, minimum: minimum, maximum: maximum)
    } catch {
      fail(element, error.message)
      return nil
    }
  }

  /// The sum of times of which at most one varies; others are reported.
  mutating func sum(_ parts: [ImportedDraw], at element: XMLElement) -> ImportedDraw? {
    let fixed = parts.compactMap(\.constant).reduce(0, +)
    let varying = parts.filter { $0.constant == nil }
    guard let first = varying.first else {
      return ImportedDraw(text: durationText(fixed), constant: fixed, low: fixed, high: fixed)
    }
    if fixed == 0, varying.count == 1 { return first }
    guard varying.count == 1, !first.text.contains(" between ") else {
      fail(
        element,
        "has several parts of its time that vary, or one within bounds and more; a scenario writes one "
          + "distribution and a fixed time beside it, so give their sum as one")
      return nil
    }
    return ImportedDraw(
      text: "\(first.text) plus \(durationText(fixed))", low: first.low + fixed,
      high: first.high + fixed)
  }

  /// A cost that a scenario takes; one that is not is reported.
  mutating func cost(perHour value: Double, at element: XMLElement) -> Double {
    if 0...1e6 ~= value { return value }
    fail(
      element,
      "costs \(plainNumber(value)) an hour; expected 0 to 1000000, so look at the unit of time")
    return 0
  }

  /// A number of people; one that is not is reported.
  mutating func people(_ value: Double, at element: XMLElement) -> Int? {
    if let count = Int(exactly: value), 0...10_000 ~= count { return count }
    fail(element, "has the quantity \(plainNumber(value)); expected a whole number up to 10000")
    return nil
  }

  /// Adds a calendar under a name that no other has, and returns it.
  mutating func add(calendar name: String, lines: [String]) -> String {
    var own = name.isEmpty || isProvenance(name) ? "\(name) calendar".trimmed : name
    while calendars.contains(where: { $0.name == own }) { own += "_" }
    calendars.append(ImportedModel.Calendar(name: own, lines: lines))
    return own
  }

  /// The calendar of those who have none.
  mutating func alwaysCalendar() -> String {
    if let known = calendars.first(where: { $0.lines == ["always"] }) { return known.name }
    return add(calendar: "always_open", lines: ["always"])
  }

  /// Adds people under a name that nobody else has, and returns their index.
  mutating func add(
    people name: String, id: String, pool: String, amount: Int, cost: Double, calendar: String
  ) -> Int {
    var own = name.isEmpty || isProvenance(name) ? "\(name) team".trimmed : name
    while resources.contains(where: { $0.name == own }) { own += "_" }
    resources.append(
      ImportedModel.Resource(
        id: id, name: own, pool: pool, amount: amount, costPerHour: cost, calendar: calendar))
    return resources.count - 1
  }

  /// Day 0 and what is said of the time of day, of a date and time such as `2013-07-03T20:11:36.000+00:00`.
  mutating func start(_ text: String?, at element: XMLElement) -> String {
    if let start = options.start { return start }
    guard let text, !text.isEmpty else { return ScenarioImportOptions.defaultStart }
    let day = String(text.prefix(10))
    guard CivilDate(day) != nil else {
      fail(element, "starts at '\(shown(text))'; expected a date such as 2026-01-05T09:00:00")
      return ScenarioImportOptions.defaultStart
    }
    let time = text.dropFirst(10).drop { $0 == "T" }.prefix(8)
    if !time.isEmpty, !time.allSatisfy({ $0 == "0" || $0 == ":" || $0 == "." }) {
      note(
        element,
        "starts at \(shown(String(time))); cases come from midnight of \(day) on, as day 0 is a day"
      )
    }
    return day
  }

  /// The sections of a file in which one name says everything.
  func sections(_ format: String) -> ImportedModel.Sections {
    ImportedModel.Sections(
      prefix: "\(lastComponent(of: path)) ", calendars: format, arrivalCalendar: format,
      arrivals: format, people: format, activities: format, updates: format, batches: format,
      waits: format, shares: format, conditions: format, priorities: format)
  }
}

extension XMLElement {
  /// Its name with what tells it from others of that name.
  var shownName: String {
    for key in ["elementRef", "elementId", "id", "name"] {
      if let value = self[key] { return "\(name) '\(shown(value))'" }
    }
    return name
  }
}
