/// A key of the scenario language: where it stands, what it means, what it takes.
///
/// The table of all keys (`ScenarioKey.all`) feeds the parser, the error texts and the reference page.
public struct ScenarioKey: Sendable, Hashable {
  /// Dotted path; `*` stands for a name that the scenario chooses.
  public var path: String
  /// What it means, one sentence.
  public var summary: String
  /// What it takes.
  var kind: Kind
  /// Values allowed, for numbers.
  var range: ValidRange?
  /// What holds where it is absent.
  public var presence: Presence
  /// A value as it may be written.
  public var example: String

  init(
    _ path: String, _ kind: Kind, _ presence: Presence, in range: ValidRange? = nil,
    example: String = "", _ summary: String
  ) {
    self.path = path
    self.summary = summary
    self.kind = kind
    self.range = range
    self.presence = presence
    self.example = example
  }

  /// What holds where a key is absent.
  public enum Presence: Sendable, Hashable {
    /// It must be given.
    case required
    /// It may be absent; what that means.
    case optional(String)
    /// The value that is taken instead, as it would be written, and the source of that choice.
    case standard(String, source: String)
  }

  /// What a key takes.
  enum Kind: Sendable, Hashable {
    case group
    /// Names that the scenario chooses, each a group or value.
    case named(String)
    case text
    case number
    case date
    case dates
    case datedHours
    case timeZone
    case weekly
    case name(of: String)
    case names(of: String)
    case elements
    case count(of: [String])
    case duration(DurationClock)
    case horizon
    case durationPer(String)
    case distribution(DurationClock)
    /// A number, a range of whole numbers, or a distribution of numbers.
    case numberDistribution
    case rate
    case requests
    case money([MoneyBasis])
    case share
    /// A share, or counts as a Beta distribution.
    case reliability
    /// The shapes of a Beta distribution.
    case betaShapes
    case rise
    case growth
    case firing
    case quantity
    case condition
    case branch
    case attributeValue
    case backoff
    case choice([String])
    /// One of the words, or a group of keys.
    case choiceOrGroup([String])
    case flag
    /// A share of a figure, or half the width of its interval.
    case precision
    case values
  }

  /// Numbers allowed, in the unit of the normalised value.
  struct ValidRange: Sendable, Hashable {
    var lower: Double?
    var upper: Double?
    var excludesLower = false

    static let share = ValidRange(lower: 0, upper: 1)
    static func atLeast(_ value: Double) -> ValidRange { ValidRange(lower: value) }
    static func above(_ value: Double) -> ValidRange {
      ValidRange(lower: value, excludesLower: true)
    }
    static func above(_ lower: Double, to upper: Double) -> ValidRange {
      ValidRange(lower: lower, upper: upper, excludesLower: true)
    }
    static func within(_ lower: Double, _ upper: Double) -> ValidRange {
      ValidRange(lower: lower, upper: upper)
    }

    func contains(_ value: Double) -> Bool {
      if let lower, value < lower || (excludesLower && value == lower) { return false }
      if let upper, value > upper { return false }
      return value.isFinite
    }
  }
}

extension ScenarioKey {
  /// What it takes, in words with unit and range, for error texts and the reference page.
  public var expectation: String {
    var text = kind.words
    if let range = rangeText { text += ", \(range)" }
    return text
  }

  /// Unit of the normalised value; empty where there is no number.
  public var unit: String {
    switch kind {
    case .duration, .horizon, .durationPer, .distribution, .backoff: "s"
    case .share, .reliability, .rise, .firing, .number, .growth, .numberDistribution, .branch: "1"
    case .count(let nouns): nouns.last ?? "1"
    case .rate: "cases per unit of time"
    case .requests: "requests per unit of time"
    case .money: "money"
    default: ""
    }
  }

  private var rangeText: String? {
    guard let range else { return nil }
    func shownBound(_ value: Double) -> String {
      switch kind {
      case .share, .reliability, .firing, .rise, .growth, .branch: "\(written(value * 100)) %"
      case .count: value >= Double(unlimitedCount) ? "unlimited" : written(value)
      case .duration, .horizon, .durationPer, .distribution, .backoff:
        value == 0 ? "0" : shownDuration(value)
      default: written(value)
      }
    }
    func shownDuration(_ seconds: Double) -> String {
      let units = [(31_536_000.0, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute")]
      let (length, name) =
        units.first { seconds.truncatingRemainder(dividingBy: $0.0) == 0 } ?? (1, "second")
      return "\(written(seconds / length)) \(name)\(seconds == length ? "" : "s")"
    }
    switch (range.lower, range.upper) {
    case (let lower?, let upper?) where lower == upper: return shownBound(lower)
    case (let lower?, let upper?) where range.excludesLower:
      return "more than \(shownBound(lower)), at most \(shownBound(upper))"
    case (let lower?, let upper?): return "from \(shownBound(lower)) to \(shownBound(upper))"
    case (let lower?, nil):
      return range.excludesLower ? "more than \(shownBound(lower))" : "\(shownBound(lower)) or more"
    case (nil, let upper?): return "at most \(shownBound(upper))"
    case (nil, nil): return nil
    }
  }
}

extension ScenarioKey.Kind {
  /// In words, with article.
  var words: String {
    switch self {
    case .group: "a group of keys"
    case .named(let what): "names of \(what)"
    case .text: "a text"
    case .number: "a number"
    case .date: "a date"
    case .dates: "dates, ranges of dates or calendar files, one or a list"
    case .datedHours: "dates with hours, one or a list"
    case .timeZone: "a time zone of the IANA database"
    case .weekly: "days and hours"
    case .name(let what): "the name of \(what)"
    case .names(let what): "one or several names of \(what)"
    case .elements: "a list of element ids or ranges of them"
    case .count(let nouns): nouns.last.map { "a whole number of \($0)" } ?? "a whole number"
    case .duration(let clock): "a duration in \(clock.words)"
    case .horizon: "a number of cases, or a duration in calendar or working time"
    case .durationPer(let noun): "a duration per \(noun)"
    case .distribution(let clock): "a duration or a distribution of durations in \(clock.words)"
    case .numberDistribution: "a number, a range such as 2 to 5, or a distribution of numbers"
    case .rate: "a rate of cases"
    case .requests: "a whole number of requests per second, minute, hour or day"
    case .money(let bases):
      bases == [.once]
        ? "an amount of money"
        : "an amount of money " + bases.map { "per \($0.rawValue)" }.joined(separator: " or ")
    case .share: "a share or probability"
    case .reliability: "a probability, or `beta` with the uses that worked and those that did not"
    case .betaShapes: "a Beta distribution, such as `beta 8 2`"
    case .rise: "a rise, relative or in points"
    case .growth: "a growth per week, month or year"
    case .firing: "a probability, always, or every nth case"
    case .quantity: "a number or a distribution of numbers"
    case .condition: "a condition on attributes"
    case .branch: "a condition on attributes or a share"
    case .attributeValue: "a value of the attribute, or how one is drawn"
    case .backoff: "a duration that doubles"
    case .choice(let options) where options.count == 1: "`\(options[0])` or a group of keys"
    case .choice(let options): "one of \(options.joined(separator: ", "))"
    case .choiceOrGroup(let options):
      "\(options.map { "`\($0)`" }.joined(separator: ", ")) or a group of keys"
    case .flag: "true or false"
    case .precision: "a share of the figure, or half the width of its interval with its unit"
    case .values: "a list of values"
    }
  }
}

extension DurationClock {
  var words: String {
    switch self {
    case .calendar: "calendar time"
    case .working: "working time"
    case .work: "minutes or hours of work"
    case .either: "calendar or working time"
    }
  }
}

/// The keys as a tree, for looking up what may stand where.
struct KeyTree: Sendable {
  /// Table entry; `nil` only at the root.
  var key: ScenarioKey?
  var children: [String: KeyTree] = [:]

  /// The tree of all keys.
  static let all: KeyTree = {
    var root = KeyTree()
    for key in ScenarioKey.all { root.insert(key, at: key.path.split(separator: ".")[...]) }
    if var variant = root.children["variants"]?.children["*"] {
      for section in overridableSections { variant.children[section] = root.children[section] }
      root.children["variants"]?.children["*"] = variant
    }
    return root
  }()

  private mutating func insert(_ key: ScenarioKey, at path: ArraySlice<Substring>) {
    guard let first = path.first else {
      self.key = key
      return
    }
    children[String(first), default: KeyTree()].insert(key, at: path.dropFirst())
  }

  /// What stands below a key: the key itself, else a chosen name.
  func child(_ name: String) -> KeyTree? { children[name] ?? children["*"] }

  /// What stands at a path of keys.
  func descendant(_ path: some Sequence<String>) -> KeyTree? {
    var tree = self
    for name in path {
      guard let next = tree.child(name) else { return nil }
      tree = next
    }
    return tree
  }
}

/// Sections of which a variant may override any key.
let overridableSections = [
  "teams", "activities", "waits", "branching", "events", "repeats", "instances", "applications",
  "automations", "guardrails", "orchestration_layers", "priorities",
  "coordination", "monitoring", "supervisor", "storm_control", "rollout", "costs", "risk",
  "response", "adoption",
]
