import Facts
import Inventory

/// What a column of a system register holds.
enum RegisterField: String, CaseIterable, Codable {
  case name, identifier, aliases, kind, technology, purpose, owner, team, integrations, failureRate,
    volume, humanInvolvement, runTime, status, criticality, creator, version, models

  /// The seven fields that an audit asks of every automation.
  var isAudited: Bool {
    [.purpose, .technology, .owner, .integrations, .failureRate, .volume, .humanInvolvement]
      .contains(self)
  }

  /// What the field is called in messages.
  var title: String {
    switch self {
    case .name: "name"
    case .identifier: "id"
    case .aliases: "aliases"
    case .kind: "kind"
    case .technology: "technology"
    case .purpose: "purpose"
    case .owner: "owner"
    case .team: "team"
    case .integrations: "integrates with"
    case .failureRate: "failure frequency"
    case .volume: "volume"
    case .humanInvolvement: "human involvement"
    case .runTime: "run time"
    case .status: "status"
    case .criticality: "criticality"
    case .creator: "created by"
    case .version: "version"
    case .models: "model"
    }
  }

  /// Headers that mean the field, in lower case without punctuation.
  private var headers: [String] {
    switch self {
    case .name:
      [
        "name", "system", "system name", "automation", "automation name", "bot", "bot name",
        "agent name", "robot", "title",
      ]
    case .identifier: ["id", "system id", "automation id", "asset id", "key", "identifier", "no"]
    case .aliases: ["aliases", "alias", "also known as", "aka", "other names", "former name"]
    case .kind:
      [
        "kind", "type", "category", "class", "technology family", "family", "system type",
        "automation type", "technology type",
      ]
    case .technology:
      [
        "technology", "platform", "product", "tool", "tech", "technology platform", "tech stack",
        "stack", "software",
      ]
    case .purpose:
      ["purpose", "description", "what it does", "function", "business purpose", "does", "summary"]
    case .owner:
      [
        "owner", "accountable", "accountable person", "business owner", "process owner",
        "system owner", "responsible", "responsible person", "contact", "owned by",
      ]
    case .team:
      ["team", "department", "unit", "business unit", "owning team", "squad", "group", "division"]
    case .integrations:
      [
        "integrates with", "integrations", "integration", "connected systems", "connects to",
        "connected to", "interfaces", "systems", "target systems", "depends on", "dependencies",
        "what it integrates with", "integrated with", "connections",
      ]
    case .failureRate:
      [
        "failure frequency", "failure rate", "fails", "how often it fails", "error rate",
        "failures",
        "exception rate", "how often does it fail",
      ]
    case .volume:
      [
        "volume", "transactions", "runs", "how often it runs", "frequency", "cases", "usage",
        "throughput", "executions", "items",
      ]
    case .humanInvolvement:
      [
        "human involvement", "humans", "human in the loop", "where humans step in", "manual steps",
        "human touch points", "human touchpoints", "people", "human steps", "where people step in",
        "human intervention", "involvement",
      ]
    case .runTime:
      [
        "run time", "runtime", "duration", "run duration", "average run time", "mean run time",
        "average duration", "processing time", "handling time", "time per run", "time per case",
      ]
    case .status: ["status", "lifecycle", "state", "stage", "lifecycle status", "phase"]
    case .criticality: ["criticality", "business criticality", "importance", "priority"]
    case .creator: ["created by", "author", "developer", "creator", "built by", "vendor"]
    case .version: ["version", "release"]
    case .models: ["model", "models", "llm", "language model", "language models", "ai model"]
    }
  }

  /// Every header that is understood, for "did you mean".
  static let allHeaders: [String] = allCases.flatMap(\.headers)

  private static let byHeader = Dictionary(
    allCases.flatMap { field in field.headers.map { ($0, field) } },
    uniquingKeysWith: { first, _ in first })

  /// The field that a header means, in words as `RegisterColumns.words` gives them.
  static func named(_ header: String) -> RegisterField? {
    byHeader[header] ?? byOtherHeader[plainLetters(header)]?.first
  }

  /// The field of a name that somebody gave it: its title, its key or a header that means it.
  init?(named name: String) {
    let wanted = RegisterColumns.words(name)
    guard
      let field = Self.allCases.first(where: {
        $0.title == wanted || RegisterColumns.words($0.rawValue) == wanted
      }) ?? Self.named(wanted)
    else { return nil }
    self = field
  }
}

/// A column of a register: its field and what its header says about bare numbers.
struct RegisterColumn {
  /// Position in the table.
  var index: Int
  /// Header as written.
  var header: String
  /// What it holds.
  var field: RegisterField
  /// Whether bare numbers are percentages.
  var isPercent = false
  /// The period of bare numbers.
  var period: Frequency.Period?
  /// Whether somebody said so, and it is not guessed by the header.
  var isMapped = false
  /// The unit of bare numbers that state a length of time.
  var unit: TimeSpan?
}

/// The columns of a register, by their headers.
struct RegisterColumns {
  /// Columns that are understood; each field once.
  private(set) var columns: [RegisterColumn] = []
  /// Headers that are not understood.
  private(set) var unknown: [String] = []
  /// Position of the column that says which cells we wrote ourselves; see `RegisterMarks`.
  private(set) var marks: Int?
  /// Headers that mean a field which an earlier column holds already.
  private(set) var repeated: [(header: String, field: RegisterField)] = []

  /// Words of all headers.
  private var headerWords: Set<String> = []

  /// Reads a header row.
  ///
  /// - Parameter mapping: Fields of columns that somebody gave by hand; they win over what headers mean.
  init(_ headers: [String], mapping: RegisterMapping = RegisterMapping()) {
    headerWords = Set(headers.map { plainLetters(Self.words($0)) })
    var taken: Set<Int> = []
    for (index, header) in headers.enumerated() {
      guard let text = header.trimmedOrNil, let choice = mapping.choice(for: text) else { continue }
      taken.insert(index)
      guard let field = choice.field, self[field] == nil else { continue }
      var column =
        Self.column(index, text) ?? RegisterColumn(index: index, header: text, field: field)
      column.field = field
      column.isMapped = true
      columns.append(column)
    }
    for (index, header) in headers.enumerated() where !taken.contains(index) {
      guard let text = header.trimmedOrNil else { continue }
      switch nameKey(text) {
      case nameKey(RegisterMarks.header):
        marks = index
        continue
      case nameKey(RegisterMarks.missingHeader): continue
      default: break
      }
      guard let column = Self.column(index, text) else {
        unknown.append(text)
        continue
      }
      if self[column.field] == nil {
        columns.append(column)
      } else if column.field == .name, self[.aliases] == nil, Self.isSecondName(text) {
        columns.append(RegisterColumn(index: index, header: text, field: .aliases))
      } else if let other = RegisterField.byOtherHeader[plainLetters(Self.words(text))]?
        .first(where: { self[$0] == nil })
      {
        columns.append(RegisterColumn(index: index, header: text, field: other))
      } else {
        repeated.append((text, column.field))
      }
    }
    columns.sort { $0.index < $1.index }
  }

  /// The header that may be meant by one that is not understood.
  static func hint(for header: String) -> String? {
    // What is longer is no name that somebody misspelt, and may come from a hostile file.
    guard header.utf8.count <= 200 else { return nil }
    return closestName(to: words(header), among: RegisterField.allHeaders)
  }

  /// The column of a field.
  subscript(_ field: RegisterField) -> RegisterColumn? { columns.first { $0.field == field } }

  /// Audited fields that are there.
  var auditedCount: Int { columns.count { $0.field.isAudited } }

  /// Whether this is a register: a name and at least three of the seven audited fields, one of which
  /// only a register has.
  var isRegister: Bool {
    let telling: [RegisterField] = [
      .owner, .integrations, .failureRate, .volume, .humanInvolvement,
    ]
    guard self[.name] != nil else { return false }
    if isConfigurationExport { return auditedCount >= 1 || self[.kind] != nil }
    return auditedCount >= 3 && telling.contains { self[$0] != nil }
  }

  /// Whether the header is that of a configuration database or of an architecture tool, which no other
  /// kind of table has: ServiceNow's `cmdb_ci`, LeanIX' fact sheets.
  private var isConfigurationExport: Bool {
    func has(_ some: String...) -> Bool { some.contains { headerWords.contains($0) } }
    let isServiceNow =
      has("sys class name", "sys id") && has("operational status", "install status", "owned by")
    let isLeanIX =
      has("technical suitability", "functional suitability", "rel to requires", "lifecycle active")
      && has("business criticality", "type", "display name")
    return isServiceNow || isLeanIX
  }

  /// Whether a header, beside one that names the automation, means another name of it.
  private static func isSecondName(_ header: String) -> Bool {
    let words = plainLetters(words(header)).split(separator: " ")
    return words.contains {
      ["name", "nom", "naam", "nombre", "title", "bezeichnung"].contains($0)
    }
  }

  /// `Failure rate (%)`, `Volume per month`, `Monthly volume`, `runs/day`: a field and a unit.
  private static func column(_ index: Int, _ header: String) -> RegisterColumn? {
    let words = words(header)
    if let field = RegisterField.named(words) {
      return RegisterColumn(
        index: index, header: header, field: field, isPercent: header.contains("%"))
    }
    var rest = words.split(separator: " ").map(String.init)
    if let unit = rest.last.flatMap({ units[$0] }) {
      let before = rest.dropLast().filter { $0 != "in" }.joined(separator: " ")
      if RegisterField.named(before) == .runTime {
        return RegisterColumn(index: index, header: header, field: .runTime, unit: unit)
      }
    }
    var period: Frequency.Period?
    for (position, word) in rest.enumerated().reversed() {
      guard let found = periods[word] ?? RegisterWords.period(word) else { continue }
      period = found
      rest.remove(at: position)
      if position > 0,
        ["per", "a", "each", "by", "pro", "par", "por", "al", "je"].contains(rest[position - 1])
      {
        rest.remove(at: position - 1)
      }
      break
    }
    let percent = ["percent", "pct", "prozent", "pourcentage", "procent", "porcentaje", "pourcent"]
    let isPercent = header.contains("%") || rest.contains { percent.contains($0) }
    rest.removeAll { percent.contains($0) || ["in", "en"].contains($0) }
    guard let field = RegisterField.named(rest.joined(separator: " ")) else { return nil }
    if period != nil, field != .volume, field != .failureRate { return nil }
    return RegisterColumn(
      index: index, header: header, field: field, isPercent: isPercent, period: period)
  }

  private static let periods: [String: Frequency.Period] = [
    "hour": .hour, "hourly": .hour, "h": .hour, "day": .day, "daily": .day, "week": .week,
    "weekly": .week, "month": .month, "monthly": .month, "year": .year, "yearly": .year,
    "annual": .year, "annum": .year,
  ]

  private static let units: [String: TimeSpan] = [
    "s": .second, "sec": .second, "seconds": .second, "min": .minute, "minutes": .minute,
    "h": .hour, "hours": .hour, "d": .day, "days": .day,
  ]

  /// Words of a header in lower case, without punctuation; `camelCase` and `snake_case` are parted.
  static func words(_ header: String) -> String {
    var words = ""
    var previous: Character = " "
    for character in header {
      if character.isUppercase, previous.isLowercase { words.append(" ") }
      words.append(character.isLetter || character.isNumber ? character : " ")
      previous = character
    }
    return words.lowercased().split(separator: " ").joined(separator: " ")
  }
}
