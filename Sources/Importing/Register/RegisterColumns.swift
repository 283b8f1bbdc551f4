import Facts
import Inventory

/// What a column of a system register holds.
enum RegisterField: String, CaseIterable {
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

  static func named(_ header: String) -> RegisterField? {
    allCases.first { $0.headers.contains(header) }
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
  /// The unit of bare numbers that state a length of time.
  var unit: TimeSpan?
}

/// The columns of a register, by their headers.
struct RegisterColumns {
  /// Columns that are understood; each field once.
  private(set) var columns: [RegisterColumn] = []
  /// Headers that are not understood, with the one that may be meant.
  private(set) var unknown: [(header: String, hint: String?)] = []
  /// Position of the column that says which cells we wrote ourselves; see `RegisterMarks`.
  private(set) var marks: Int?
  /// Headers that mean a field which an earlier column holds already.
  private(set) var repeated: [(header: String, field: RegisterField)] = []

  /// Reads a header row.
  init(_ headers: [String]) {
    for (index, header) in headers.enumerated() {
      guard let text = header.trimmedOrNil else { continue }
      switch nameKey(text) {
      case nameKey(RegisterMarks.header):
        marks = index
        continue
      case nameKey(RegisterMarks.missingHeader): continue
      default: break
      }
      guard let column = Self.column(index, text) else {
        let words = Self.words(text)
        unknown.append((text, closestName(to: words, among: RegisterField.allHeaders)))
        continue
      }
      if columns.contains(where: { $0.field == column.field }) {
        repeated.append((text, column.field))
      } else {
        columns.append(column)
      }
    }
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
    return self[.name] != nil && auditedCount >= 3 && telling.contains { self[$0] != nil }
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
      guard let found = periods[word] else { continue }
      period = found
      rest.remove(at: position)
      if position > 0, ["per", "a", "each", "by"].contains(rest[position - 1]) {
        rest.remove(at: position - 1)
      }
      break
    }
    let isPercent = header.contains("%") || rest.contains("percent") || rest.contains("pct")
    rest.removeAll { ["percent", "pct", "in"].contains($0) }
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
