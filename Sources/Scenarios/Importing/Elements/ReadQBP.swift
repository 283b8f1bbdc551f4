internal import DocumentReading
internal import Facts
internal import ProcessModel

/// The parameters of QBP in a BPMN file, or on their own.
func qbpInformation(of root: XMLElement) -> XMLElement? {
  if root.name == "processSimulationInfo" { return root }
  return root.descendants("processSimulationInfo").first
}

// QBP is the format of BIMP and of what was made from it: Apromore's simulator and the first Simod. All
// times are in seconds, whatever the element `timeUnit` says: that is the unit in which the editor shows
// them.
extension ElementReading {
  /// Reads `processSimulationInfo`.
  mutating func readQBP(_ root: XMLElement) -> ImportedModel? {
    guard let info = qbpInformation(of: root) else { return nil }
    let timetables = readTimetables(info)
    let people = readQBPResources(info, timetables: timetables)
    for element in info.first("elements")?.all("element") ?? [] {
      readQBPElement(element, people: people)
    }
    for flow in info.first("sequenceFlows")?.all("sequenceFlow") ?? [] {
      guard let id = flow["elementId"], let share = number(flow, "executionProbability") else {
        continue
      }
      guard 0...1 ~= share else {
        fail(flow, "has the probability \(plainNumber(share)), which is not between 0 and 1")
        continue
      }
      shares[id] = (share, flow.location)
    }
    for part in info.children where !knownParts.contains(part.name) {
      note(part, "is left out: it says how results are reported, or nothing that is known of QBP")
    }
    let arrival = info.first("arrivalRateDistribution")
    let usual = timetables.first { $0.isDefault } ?? timetables.first
    let location = arrival?.location ?? info.location
    if let usual, usual.lines != ["always"] {
      note(
        "cases come in the hours of the default timetable, in which alone the time between them passes",
        at: location)
    }
    let arrivals = ImportedArrivals(
      between: arrival.flatMap { distribution($0) },
      hours: usual.flatMap { $0.lines == ["always"] ? nil : $0.lines },
      startEvent: nil, location: location)
    var cases = ScenarioImportOptions.defaultCases
    if let count = number(info, "processInstances") {
      if let whole = Int(exactly: count), whole > 0 {
        cases = whole
      } else {
        fail(
          info, "has as 'processInstances' \(plainNumber(count)); expected a whole number above 0")
      }
    }
    let currency = info["currency"]?.trimmed
    let run = ImportedModel.Run(
      comment: "from processSimulationInfo, unless chosen at the import",
      start: start(info["startDateTime"], at: info), timeZone: options.timeZone ?? "UTC",
      horizon: "\(options.cases ?? cases) cases",
      currency: options.currency ?? currencyCode(currency), replications: options.replications)
    return assembled(
      arrivals, simulator: "QBP", run: run, sections: sections("processSimulationInfo"))
  }

  private struct Timetable {
    var id: String
    var calendar: String
    var lines: [String]
    var isDefault: Bool
  }

  private mutating func readTimetables(_ info: XMLElement) -> [Timetable] {
    var result: [Timetable] = []
    for table in info.first("timetables")?.all("timetable") ?? [] {
      var spans = WeeklySpans()
      var hasRules = false
      for rule in table.first("rules")?.all("rule") ?? [] {
        guard let first = weekday(rule, "fromWeekDay"), let last = weekday(rule, "toWeekDay"),
          let open = minute(rule, "fromTime"), let close = minute(rule, "toTime")
        else { continue }
        hasRules = true
        spans.add(from: first, to: last, open: open, close: close)
      }
      guard hasRules else {
        fail(table, "has no hours; give it at least one rule")
        continue
      }
      let id = table["id"] ?? "timetable \(result.count + 1)"
      let calendar = add(calendar: table["name"] ?? id, lines: spans.lines)
      result.append(
        Timetable(
          id: id, calendar: calendar, lines: spans.lines, isDefault: table["default"] == "true"))
    }
    return result
  }

  mutating func weekday(_ element: XMLElement, _ attribute: String) -> Int? {
    guard let text = element[attribute] else {
      fail(element, "has no '\(attribute)'")
      return nil
    }
    if let position = weekdayPosition(text) { return position }
    fail(element, "has as '\(attribute)' '\(shown(text))', no day of the week such as MONDAY")
    return nil
  }

  /// Minutes after midnight by the clock on the wall; an offset from UTC behind the time is passed over.
  mutating func minute(_ element: XMLElement, _ attribute: String) -> Int? {
    guard let text = element[attribute] else {
      fail(element, "has no '\(attribute)'")
      return nil
    }
    let time = text.prefix { !"+-Z".contains($0) }
    if let minute = minuteOfDay(String(time)) { return minute }
    fail(
      element,
      "has as '\(attribute)' '\(shown(text))'; expected a time of day in whole minutes such as 09:00:00"
    )
    return nil
  }

  private mutating func readQBPResources(
    _ info: XMLElement, timetables: [Timetable]
  ) -> [String: Int] {
    var people: [String: Int] = [:]
    for resource in info.first("resources")?.all("resource") ?? [] {
      guard let id = resource["id"] else {
        fail(resource, "has no 'id'")
        continue
      }
      let amount = number(resource, "totalAmount") ?? 1
      let perHour = number(resource, "costPerHour") ?? 0
      guard let count = self.people(amount, at: resource) else { continue }
      var calendar = timetables.first { $0.id == resource["timetableId"] }?.calendar
      if calendar == nil, let named = resource["timetableId"], !named.isEmpty {
        fail(resource, "has the timetable '\(shown(named))', which is not there")
      }
      if calendar == nil { calendar = alwaysCalendar() }
      let name = resource["name"] ?? id
      people[id] = add(
        people: name, id: id, pool: name, amount: count, cost: cost(perHour: perHour, at: resource),
        calendar: calendar ?? "")
    }
    return people
  }

  private mutating func readQBPElement(_ element: XMLElement, people: [String: Int]) {
    guard let id = element["elementId"] else {
      fail(element, "has no 'elementId'")
      return
    }
    guard process.element(id) != nil else {
      note(element, "is left out: the process has no such element")
      return
    }
    if let duration = element.first("durationDistribution"), let draw = distribution(duration) {
      times[id] = draw
    }
    if let price = number(element, "fixedCost"), price > 0 { prices[id] = price }
    for threshold in ["costThreshold", "durationThreshold"] {
      if let value = number(element, threshold), value > 0 {
        note(
          element,
          "has a \(threshold), which is left out: it colours results and changes none; see costs.late"
        )
      }
    }
    let named = (element.first("resourceIds")?.all("resourceId") ?? []).map(\.text.trimmed)
    guard named.count <= 1 else {
      fail(
        element,
        "names \(named.count) resources; a piece of work takes one person, so name one or split the task"
      )
      return
    }
    guard let name = named.first, !name.isEmpty else { return }
    guard let index = people[name] else {
      let hint = nearestName(to: name, among: people.keys.sorted())
      fail(
        element,
        "names the resource '\(shown(name))', which is not there"
          + (hint.map { "; did you mean '\($0)'?" } ?? ""))
      return
    }
    performers[id] = [index]
  }

  /// A distribution of QBP, in seconds.
  private mutating func distribution(_ element: XMLElement) -> ImportedDraw? {
    let problems = errors.count
    let mean = number(element, "mean") ?? 0
    let first = number(element, "arg1") ?? 0
    let second = number(element, "arg2") ?? 0
    guard errors.count == problems else { return nil }
    let type = element["type"] ?? ""
    switch type.uppercased() {
    case "FIXED": return draw(.constant(mean), at: element)
    case "NORMAL": return draw(.normal(mean: mean, deviation: first), at: element)
    case "EXPONENTIAL":
      return draw(.exponential(scale: first != 0 ? first : mean, location: 0), at: element)
    case "UNIFORM": return draw(.uniform(from: first, to: second), at: element)
    case "TRIANGULAR":
      return draw(.triangular(from: first, mode: mean, to: second), at: element)
    case "LOGNORMAL":
      return draw(.lognormal(mean: mean, variance: first, location: 0), at: element)
    case "GAMMA": return draw(.gamma(mean: mean, variance: first, location: 0), at: element)
    default:
      fail(
        element,
        "is of the type '\(shown(type))'; known are FIXED, NORMAL, EXPONENTIAL, UNIFORM, TRIANGULAR, "
          + "LOGNORMAL and GAMMA")
      return nil
    }
  }
}

extension ElementReading {
  /// A currency by its code; no currency where it has none.
  func currencyCode(_ text: String?) -> String {
    guard let text, text.count == 3, text.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      return ScenarioImportOptions.noCurrency
    }
    return text
  }
}

private let knownParts: Set<String> = [
  "arrivalRateDistribution", "resources", "timetables", "elements", "sequenceFlows", "errors",
]
