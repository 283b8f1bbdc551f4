internal import DocumentReading
internal import Facts
internal import ProcessModel
internal import Statistics

/// What is known while BPSim's parameters are read.
struct BPSimReading {
  var parameters: BPSimParameters
  /// Unit of times that have none of their own.
  var baseUnit: String
  /// Calendars by id and by name.
  var calendars: [String: (name: String, lines: [String])] = [:]
  /// People by the id of their resource.
  var people: [String: [Int]] = [:]
  /// Ids of resources by the roles they have.
  var roles: [String: [String]] = [:]
  /// Names that properties have in the scenario.
  var properties: [String: String] = [:]
  /// Whether some probability is above 1.
  var isPercent = false

  init(parameters: BPSimParameters, baseUnit: String) {
    self.parameters = parameters
    self.baseUnit = baseUnit
  }

  /// Length of a unit of time in seconds, of the base unit without one; `nil` for one that BPSim lacks.
  func seconds(of unit: String?) -> Double? {
    let units: [String: Double] = [
      "ms": 1e-3, "s": 1, "min": 60, "hour": 3600, "day": 86_400, "year": 31_557_600,
    ]
    return units[unit ?? baseUnit]
  }
}

extension ElementReading {
  // MARK: Resources

  /// People of every resource that has a quantity; those of BPMN's `resource` have their names from there.
  mutating func readBPSimResources(_ root: XMLElement, _ bpsim: inout BPSimReading) {
    var names: [String: String] = [:]
    for resource in root.all("resource") {
      if let id = resource["id"] { names[id] = resource["name"] ?? id }
    }
    let parameters = bpsim.parameters
    for id in parameters.order where process.element(id) == nil {
      let elements = parameters.elements[id] ?? []
      let blocks = elements.compactMap { $0.first("ResourceParameters") }
      guard !blocks.isEmpty else { continue }
      for role in blocks.flatMap({ $0.all("Role") }) {
        guard let value = BPSimParameters.values(of: role).first, let name = value["value"] else {
          continue
        }
        bpsim.roles[name, default: []].append(id)
      }
      let place = parameters.elements[id]?.last
      let cost = unitCost(of: id, bpsim)
      if let fixed = parameters.parameter(id, "CostParameters", "FixedCost"),
        let value = constant(fixed), value > 0
      {
        note(
          fixed,
          "is a cost each time that '\(id)' takes up work, which is left out: the work of people costs by "
            + "the hour")
      }
      if parameters.parameter(id, "ResourceParameters", "Availability") != nil, let place {
        noteAvailability(place)
      }
      bpsim.people[id] = []
      let name = names[id] ?? id
      guard let quantity = parameters.parameter(id, "ResourceParameters", "Quantity") else {
        let calendar = alwaysCalendar()
        bpsim.people[id] = [
          add(people: name, id: id, pool: name, amount: 1, cost: cost, calendar: calendar)
        ]
        continue
      }
      for (amount, calendar) in quantities(quantity, bpsim) where amount > 0 {
        bpsim.people[id]?.append(
          add(people: name, id: id, pool: name, amount: amount, cost: cost, calendar: calendar))
      }
    }
  }

  /// How many there are, and when.
  ///
  /// A value for a calendar holds in its hours, the one without in all others;
  /// a scenario has people who come and go, so that the one without must be nobody.
  private mutating func quantities(
    _ parameter: XMLElement, _ bpsim: BPSimReading
  ) -> [(Int, String)] {
    let values = BPSimParameters.values(of: parameter)
    let timed = values.filter { $0["validFor"] != nil }
    let base = values.first { $0["validFor"] == nil }
    var always = 0
    if let base {
      if let value = number(base, "value") {
        always = people(value, at: parameter) ?? 0
      } else {
        fail(
          parameter, "has no number; a quantity that is drawn or worked out cannot be taken over")
      }
    }
    if timed.isEmpty { return [(always, alwaysCalendar())] }
    guard always == 0 else {
      fail(
        parameter,
        "has \(always) outside its calendars and others inside; a scenario has people with calendars, so "
          + "give a quantity without calendar of 0, and a calendar for all who come")
      return []
    }
    return timed.compactMap { value in
      let named = value["validFor"] ?? ""
      guard let calendar = bpsim.calendars[named] else {
        fail(value, "is valid for '\(shown(named))', a calendar that is not there")
        return nil
      }
      guard let amount = number(value, "value"), let count = people(amount, at: parameter) else {
        return nil
      }
      return (count, calendar.name)
    }
  }

  mutating func noteAvailability(_ element: XMLElement) {
    note(
      element,
      "has an Availability, which is left out: BPSim has true or false there, jBPM hours of a day without "
        + "their times; give the people a calendar")
  }

  /// Cost of an hour of a resource or an activity.
  private mutating func unitCost(of id: String, _ bpsim: BPSimReading) -> Double {
    guard let parameter = bpsim.parameters.parameter(id, "CostParameters", "UnitCost"),
      let value = constant(parameter), let unit = bpsim.seconds(of: nil)
    else { return 0 }
    return value == 0 ? 0 : cost(perHour: value * 3600 / unit, at: parameter)
  }

  // MARK: Elements

  /// What is said of one element.
  mutating func readBPSimElement(_ id: String, _ bpsim: inout BPSimReading) {
    let parameters = bpsim.parameters
    guard let place = parameters.elements[id]?.last else { return }
    if let probability = parameters.parameter(id, "ControlParameters", "Probability"),
      let value = constant(probability)
    {
      if value > 1 { bpsim.isPercent = true }
      if let element = process.element(id) {
        // What always comes is what an event does without a probability.
        if case .boundary = element.kind { happens[id] = value }
        if case .intermediateCatch = element.kind, value != 1, value != 100 {
          note(probability, "is left out: an event that cases wait for comes")
        }
      } else {
        shares[id] = (value, probability.location)
      }
    }
    if let condition = parameters.parameter(id, "ControlParameters", "Condition") {
      readCondition(condition, of: id, bpsim)
    }
    guard let element = process.element(id) else {
      let isFlow = process.flows.contains { $0.id == id }
      if !isFlow, bpsim.people[id] == nil, shares[id] == nil {
        note(place, "is left out: the process '\(process.id)' has no such element")
      }
      return
    }
    readTimes(of: element, place, &bpsim)
    guard element.isActivity else { return }
    readSelection(of: element, place, &bpsim)
    readCosts(of: element, place, bpsim)
    if let priority = parameters.parameter(id, "PriorityParameters", "Priority"),
      let value = constant(priority)
    {
      urgency[id] = max(-1000, min(1000, -Int(value.rounded())))
      note(priority, "of \(plainNumber(value)) is read so that the higher number goes first")
    }
    if parameters.parameter(id, "PriorityParameters", "Interruptible") != nil {
      note(
        place, "says whether it may be interrupted, which is left out; see 'preemption' of a team")
    }
  }

  private mutating func readTimes(
    of element: FlowElement, _ place: XMLElement, _ bpsim: inout BPSimReading
  ) {
    let parameters = bpsim.parameters
    func given(_ name: String) -> XMLElement? {
      parameters.parameter(element.id, "TimeParameters", name)
    }
    var waits = false
    switch element.kind {
    case .task(.receive), .intermediateCatch, .boundary: waits = true
    default: break
    }
    if waits {
      let timer =
        parameters.parameter(element.id, "ControlParameters", "InterTriggerTimer")
        ?? given("WaitTime") ?? given("ProcessingTime")
      if let timer, let value = single(timer) { times[element.id] = time(value, bpsim) }
      return
    }
    guard element.isActivity else {
      if let wait = given("WaitTime") ?? given("ProcessingTime"), let value = single(wait),
        time(value, bpsim)?.constant != 0
      {
        note(place, "has a time, which is left out: cases do not wait there")
      }
      return
    }
    for name in ["TransferTime", "QueueTime", "WaitTime"] {
      guard let parameter = given(name), let value = single(parameter),
        time(value, bpsim)?.constant != 0
      else { continue }
      fail(
        parameter,
        "is a wait before the work of '\(element.id)' begins, for which an activity of a scenario has no "
          + "place; draw a timer event before it")
    }
    var parts: [ImportedDraw] = []
    for name in ["SetUpTime", "ProcessingTime", "ValidationTime", "ReworkTime"] {
      guard let parameter = given(name), let value = single(parameter),
        let draw = time(value, bpsim)
      else { continue }
      parts.append(draw)
    }
    if parts.isEmpty, let duration = given("Duration") ?? given("ElapsedTime"),
      let value = single(duration), let draw = time(value, bpsim)
    {
      parts = [draw]
    }
    if !parts.isEmpty { times[element.id] = sum(parts, at: place) }
  }

  /// The only value of a parameter; several, by calendar, are reported.
  private mutating func single(_ parameter: XMLElement) -> XMLElement? {
    let values = BPSimParameters.values(of: parameter)
    guard values.count == 1 else {
      fail(
        parameter,
        "has \(values.count) values, by calendar; a scenario has one for all hours, so leave one")
      return nil
    }
    if let calendar = values[0]["validFor"] {
      note(
        parameter,
        "is valid for the calendar '\(shown(calendar))' only; it is taken for all hours, as there is no "
          + "other")
    }
    return values[0]
  }

  private mutating func readSelection(
    of element: FlowElement, _ place: XMLElement, _ bpsim: inout BPSimReading
  ) {
    let parameters = bpsim.parameters
    let id = element.id
    if let selection = parameters.parameter(id, "ResourceParameters", "Selection") {
      guard let value = BPSimParameters.values(of: selection).first, let text = value["value"]
      else {
        fail(selection, "has no expression; expected such as bpsim:getResource('clerk', 1)")
        return
      }
      do {
        let chosen = try selectedResources(text, bpsim)
        let indexes = chosen.flatMap { bpsim.people[$0] ?? [] }
        guard !indexes.isEmpty else {
          fail(selection, "selects \(chosen.joined(separator: ", ")), of whom there is nobody")
          return
        }
        performers[id] = indexes
      } catch {
        fail(selection, error.message)
      }
      return
    }
    guard let quantity = parameters.parameter(id, "ResourceParameters", "Quantity") else { return }
    // As jBPM writes it: people of its own for each task.
    let cost = unitCost(of: id, bpsim)
    if parameters.parameter(id, "ResourceParameters", "Availability") != nil {
      noteAvailability(place)
    }
    var indexes: [Int] = []
    for (amount, calendar) in quantities(quantity, bpsim) where amount > 0 {
      let name = element.name ?? id
      indexes.append(
        add(people: name, id: id, pool: name, amount: amount, cost: cost, calendar: calendar))
    }
    if indexes.isEmpty {
      fail(quantity, "is 0; nobody could do '\(element.name ?? id)'")
    } else {
      performers[id] = indexes
    }
  }

  private mutating func readCosts(
    of element: FlowElement, _ place: XMLElement, _ bpsim: BPSimReading
  ) {
    let parameters = bpsim.parameters
    let id = element.id
    if let fixed = parameters.parameter(id, "CostParameters", "FixedCost"),
      let value = constant(fixed), value > 0
    {
      prices[id] = value
    }
    guard let unit = parameters.parameter(id, "CostParameters", "UnitCost"),
      let value = constant(unit), value > 0
    else { return }
    if let people = performers[id] {
      // People of the activity's own cost it already.
      if people.allSatisfy({ resources[$0].id == id }) { return }
      note(
        unit,
        "is a cost of '\(element.name ?? id)' beside that of the people who do it, which is left out: the "
          + "work of people costs by their hour")
      return
    }
    guard let time = times[id], let length = bpsim.seconds(of: nil),
      let mean = try? parseDistribution(time.text, clock: .calendar, workingDay: 28_800).mean
    else { return }
    prices[id, default: 0] += value * mean / length
    if time.constant == nil {
      note(
        unit,
        "becomes a price each time, of the mean time of '\(element.name ?? id)': the mean cost is the same, "
          + "its spread is not")
    }
  }

  /// Probabilities as shares, each between 0 and 1.
  mutating func checkShares() {
    for (flow, value) in shares.sorted(by: { $0.key < $1.key }) where !(0...1 ~= value.share) {
      fail(
        "the probability of '\(shown(flow))' is \(plainNumber(value.share)); expected 0 to 1, or 0 to 100 in "
          + "percent", at: value.at)
    }
    for (event, value) in happens where !(0...1 ~= value) {
      fail(
        "the probability of '\(shown(event))' is \(plainNumber(value)); expected 0 to 1, or 0 to 100 in "
          + "percent", at: process.element(event)?.location ?? process.location)
    }
  }
}
