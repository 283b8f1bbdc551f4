internal import Facts
internal import Statistics

// One method for each kind of value, named after it. Each asserts that the table says the same kind.

extension ScenarioReading {
  func text(_ section: Section, _ name: String) -> String? {
    scalar(section, name) { text throws(ValueError) in
      guard !text.isEmpty else { throw ValueError("it is empty") }
      return text
    }
  }

  /// Text that is shown, no parameter: titles.
  func caption(_ section: Section, _ name: String) -> String? {
    let key = self.key(section.pattern(of: name))
    guard let node = section.node?[name], !isEmpty(node) else {
      if key.presence == .required { reportMissing(key, section, name) }
      return nil
    }
    guard let text = node.text else {
      report(
        key: node.path, "'\(node.path)' is \(node.kindName); expected \(key.expectation)",
        at: node.location)
      return nil
    }
    return text
  }

  func number(_ section: Section, _ name: String) -> Double? {
    scalar(section, name, number: { $0 }) { text throws(ValueError) in try parseLoneNumber(text) }
  }

  func count(_ section: Section, _ name: String) -> Int? {
    let key = self.key(section.pattern(of: name))
    guard case .count(let nouns) = key.kind else { preconditionFailure(key.path) }
    return scalar(section, name, number: { Double($0) }) { text throws(ValueError) in
      try parseCount(text, of: nouns)
    }
  }

  func share(_ section: Section, _ name: String) -> Double? {
    scalar(section, name, number: { $0 }) { text throws(ValueError) in try parseShare(text) }
  }

  func flag(_ section: Section, _ name: String) -> Bool? {
    scalar(section, name) { text throws(ValueError) in
      switch text.lowercased() {
      case "true": return true
      case "false": return false
      default: throw ValueError("it is neither true nor false")
      }
    }
  }

  func choice(_ section: Section, _ name: String) -> String? {
    let key = self.key(section.pattern(of: name))
    guard case .choice(let options) = key.kind else { preconditionFailure(key.path) }
    return scalar(section, name) { text throws(ValueError) in
      guard options.contains(text) else {
        let hint = nearestName(to: text, among: options).map { "did you mean '\($0)'?" }
        throw ValueError(hint ?? "it is not known here")
      }
      return text
    }
  }

  /// A duration and its length in seconds.
  func duration(
    _ section: Section, _ name: String
  ) -> (written: ScenarioDuration, seconds: Double)? {
    let key = self.key(section.pattern(of: name))
    let day = workingDay
    let clock: DurationClock
    let parse: (String) throws(ValueError) -> ScenarioDuration
    switch key.kind {
    case .duration(let kind):
      clock = kind
      parse = { text throws(ValueError) in try parseDuration(text) }
    case .durationPer(let noun):
      clock = .calendar
      parse = { text throws(ValueError) in try parseDuration(text, per: noun) }
    case .backoff:
      clock = .calendar
      parse = { text throws(ValueError) in try parseBackoff(text) }
    default: preconditionFailure(key.path)
    }
    return scalar(section, name, number: { $0.seconds }) { text throws(ValueError) in
      let duration = try parse(text)
      try requireClock(duration.unit, clock)
      return (duration, try boundedSeconds(duration, workingDay: day))
    }
  }

  /// A horizon: a duration, or a number of cases.
  func horizon(_ section: Section, _ name: String) -> ScenarioHorizon? {
    let day = workingDay
    return scalar(
      section, name,
      number: {
        if case .time(let length) = $0 { length.seconds(workingDay: day) } else { nil }
      }
    ) { text throws(ValueError) in
      if let count = try parseCaseCount(text) { return .cases(count) }
      let duration = try parseDuration(text)
      try requireClock(duration.unit, .either)
      _ = try boundedSeconds(duration, workingDay: day)
      return .time(duration)
    }
  }

  /// A distribution of seconds.
  ///
  /// - Parameter clock: which durations count, where another value decides that.
  func distribution(
    _ section: Section, _ name: String, clock other: DurationClock? = nil
  ) -> Distribution? {
    let key = self.key(section.pattern(of: name))
    guard case .distribution(let own) = key.kind else { preconditionFailure(key.path) }
    let clock = other ?? own
    let day = workingDay
    return scalar(section, name, number: { toMicrosecond($0.mean) }, unit: { _ in "s" }) {
      text throws(ValueError) in
      try parseDistribution(text, clock: clock, workingDay: day)
    }
  }

  func rate(_ section: Section, _ name: String) -> ScenarioRate? {
    scalar(
      section, name, number: { $0.count }, unit: { "per \(ScenarioDuration(1, $0.unit).singular)" }
    ) { text throws(ValueError) in
      let rate = try parseRate(text, of: ["case", "cases"])
      switch rate.unit {
      case .minutes, .hours, .days, .weeks, .workingDays: return rate
      default: throw ValueError("cases are not counted per \(rate.unit.rawValue)")
      }
    }
  }

  /// A whole number of requests per unit of time.
  func requests(_ section: Section, _ name: String) -> ScenarioRate? {
    scalar(
      section, name, number: { $0.count }, unit: { "per \(ScenarioDuration(1, $0.unit).singular)" }
    ) { text throws(ValueError) in
      let rate = try parseRate(text, of: ["request", "requests"])
      guard rate.count.rounded() == rate.count else {
        throw ValueError(
          "\(written(rate.count)) is no whole number; count them per hour or per day")
      }
      switch rate.unit {
      case .seconds, .minutes, .hours, .days: return rate
      default: throw ValueError("requests are not counted per \(rate.unit.rawValue)")
      }
    }
  }

  /// Money in the scenario's currency; `nil` where absent and optional.
  func money(_ section: Section, _ name: String) -> MoneyRate? {
    let key = self.key(section.pattern(of: name))
    guard case .money(let bases) = key.kind else { preconditionFailure(key.path) }
    let standard = MoneyRate(amount: 0, currency: "", basis: bases[0])
    let value: MoneyRate? = scalar(
      section, name, number: { $0.amount },
      unit: { $0.currency.isEmpty ? $0.basis.suffix : "\($0.currency)\($0.basis.suffix)" }
    ) { text throws(ValueError) in
      // The table's default has no currency: nothing is nothing in any.
      if case .standard(let nothing, _) = key.presence, text == nothing { return standard }
      return try parseMoney(text, per: bases)
    }
    if let value, !value.currency.isEmpty, let node = section.node?[name] {
      noteCurrency(value.currency, key: node.path, at: node.location)
    }
    return value
  }

  func rise(_ section: Section, _ name: String) -> WrittenRise? {
    scalar(section, name, number: { $0.amount }) { text throws(ValueError) in
      try parseRise(text)
    }
  }

  func growth(_ section: Section, _ name: String) -> WrittenGrowth? {
    scalar(section, name, number: { $0.share }) { text throws(ValueError) in
      try parseGrowth(text)
    }
  }

  func firing(_ section: Section, _ name: String) -> WrittenFiring? {
    scalar(
      section, name,
      number: {
        switch $0 {
        case .probability(let value): value
        case .everyNthCase(let n): 1 / Double(n)
        }
      }
    ) { text throws(ValueError) in try parseFiring(text) }
  }

  // MARK: Names

  /// A name that must be one of those known; `known` is empty where they could not be read.
  func name(_ section: Section, _ key: String, among known: [String]) -> String? {
    let entry = self.key(section.pattern(of: key))
    guard case .name(let what) = entry.kind else { preconditionFailure(entry.path) }
    if isUnknownAgain(section.node?[key], what, known) { return nil }
    return scalar(section, key) { text throws(ValueError) in
      try requireKnown(text, what, known)
      return text
    }
  }

  /// Names, one or a list; each must be one of those known.
  func names(
    _ section: Section, _ key: String, among known: [String]?
  ) -> [(name: String, location: SourceLocation)]? {
    let entry = self.key(section.pattern(of: key))
    guard case .names(let what) = entry.kind else { preconditionFailure(entry.path) }
    guard let node = section.node?[key], !isEmpty(node) else {
      if entry.presence == .required { reportMissing(entry, section, key) }
      return nil
    }
    guard let items = leaves(of: node, entry) else { return nil }
    var result: [(name: String, location: SourceLocation)] = []
    for item in items where !isUnknownAgain(item, what, known ?? []) {
      let name = checked(item.text ?? "", entry, at: item, number: { _ in nil }) {
        text throws(ValueError) in
        if let known { try requireKnown(text, what, known) }
        return text
      }
      if let name { result.append((name, item.location)) }
    }
    record(
      path: node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: node.claim, at: node.location)
    return result
  }

  /// The scalars of a list, or the one scalar that stands in its place.
  func leaves(of node: ScenarioNode, _ key: ScenarioKey) -> [ScenarioNode]? {
    switch node.content {
    case .text: return [node]
    case .list(let items):
      if let odd = items.first(where: { $0.text == nil }) {
        report(
          key: odd.path, "'\(odd.path)' is \(odd.kindName); expected \(key.expectation)",
          at: odd.location)
        return nil
      }
      return items
    case .empty, .map:
      report(
        key: node.path,
        "'\(node.path)' is \(node.kindName); expected \(key.expectation)\(example(of: key))",
        at: node.location)
      return nil
    }
  }
}

/// Seconds without the rounding errors of a mean that was worked out.
func toMicrosecond(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

/// Refuses a name that is not known, with the nearest one that is.
func requireKnown(_ name: String, _ what: String, _ known: [String]) throws(ValueError) {
  guard !known.isEmpty, !known.contains(name) else { return }
  if let hint = nearestName(to: name, among: known) {
    throw ValueError("there is no such name; did you mean '\(hint)'?")
  }
  let some = known.prefix(8).joined(separator: ", ")
  throw ValueError("there is no such name; known are \(some)\(known.count > 8 ? " …" : "")")
}

extension ScenarioDuration {
  /// Its unit for one of it, such as `working day`.
  var singular: String {
    let name = unit.rawValue
    return name.hasSuffix("s") && name.count > 2 ? String(name.dropLast()) : name
  }
}
