import Facts
import Inventory

/// One row of a system register.
struct RegisterRow {
  private let fields: [String]
  private let columns: RegisterColumns
  private let place: SourceLocation
  /// Whether numbers have a comma before their decimals, so that a full stop groups their thousands.
  private let hasDecimalComma: Bool

  init(
    _ fields: [String], columns: RegisterColumns, place: SourceLocation,
    hasDecimalComma: Bool = false
  ) {
    self.fields = fields
    self.columns = columns
    self.place = place
    self.hasDecimalComma = hasDecimalComma
  }

  /// Whether the row is of a class that is neither an automation nor an application, such as a server.
  var isBesideTheEstate: Bool {
    known(.kind).map { RegisterWords.neither.contains(plainLetters(RegisterColumns.words($0))) }
      ?? false
  }

  /// The name of the automation; `nil` where there is none.
  var name: String? { known(.name) }

  /// Adds what the row says.
  func read(into reading: inout FileReading) {
    guard let name else { return }
    if let kind = known(.kind), isApplicationKind(kind) {
      return addApplication(name, &reading)
    }
    var system = AutomationSystem(name: name, source: evidence(.name))
    system.aliases = list(.identifier) + list(.aliases)
    if let text = known(.technology) { system.technology.state(text, evidence(.technology)) }
    if let text = known(.purpose) { system.purpose.state(text, evidence(.purpose)) }
    if let text = known(.owner) { system.owner.state(text, evidence(.owner)) }
    if let text = known(.team) { system.team.state(text, evidence(.team)) }
    if let text = known(.creator) { system.creator.state(text, evidence(.creator)) }
    if let text = known(.version) { system.version.state(text, evidence(.version)) }
    if let text = answer(.humanInvolvement) {
      system.humanInvolvement.state(text, evidence(.humanInvolvement))
    }
    // What we wrote there ourselves stands in the connections.
    if !isOurs(.integrations), let text = answer(.integrations) {
      system.integrations.state(text, evidence(.integrations))
    }
    system.models = list(.models)
    addKind(&system, &reading)
    addStatus(&system, &reading)
    addCriticality(&system, &reading)
    addVolume(&system, &reading)
    addFailureRate(&system, &reading)
    addRunTime(&system, &reading)
    reading.fragment.systems.append(system)
    addIntegrations(name, &reading)
  }

  // MARK: Fields with a fixed set of values

  private func addKind(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    if let text = known(.kind) {
      if let kind = systemKind(text) {
        system.kind.state(kind, evidence(.kind))
      } else {
        keepAside(
          .kind, text, &system, &reading,
          expected: "rpa, rules, workflow, agent, script or orchestrator")
      }
    } else if let technology = known(.technology), !isOurs(.technology),
      let kind = systemKind(ofTechnology: technology)
    {
      let concluded = Evidence(
        .inferred, evidence(.technology).location, note: "from the technology")
      system.kind.state(kind, concluded)
    }
  }

  private func addStatus(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    guard let text = known(.status) else { return }
    let words: [LifecycleStatus: [String]] = [
      .development: [
        "development", "dev", "proposed", "planned", "in development", "build", "idea",
      ],
      .pilot: ["pilot", "poc", "proof of concept", "trial", "beta", "in pilot"],
      .production: [
        "production", "prod", "live", "active", "in production", "in use", "operational",
      ],
      .disabled: ["disabled", "inactive", "off", "paused", "suspended", "switched off"],
      .retired: ["retired", "decommissioned", "removed", "end of life", "sunset"],
    ]
    let wanted = RegisterColumns.words(text)
    if let status = stage(wanted, in: words)
      ?? stage(plainLetters(wanted), in: RegisterWords.statuses)
    {
      system.status.state(status, evidence(.status))
    } else {
      keepAside(
        .status, text, &system, &reading,
        expected: "development, pilot, production, disabled or retired")
    }
  }

  /// The value that a word stands for.
  private func stage<Value: Hashable & CaseIterable>(
    _ word: String, in words: [Value: [String]]
  ) -> Value? {
    Value.allCases.first { words[$0]?.contains(word) ?? false }
  }

  private func addCriticality(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    guard let text = known(.criticality) else { return }
    let words: [Criticality: [String]] = [
      .missionCritical: [
        "mission critical", "critical", "vital", "business critical", "very high",
      ],
      .high: ["high", "important"], .medium: ["medium", "moderate", "normal"],
      .low: ["low", "minor"],
    ]
    let wanted = RegisterColumns.words(text)
    if let level = stage(wanted, in: words)
      ?? stage(plainLetters(wanted), in: RegisterWords.criticalities)
    {
      system.criticality.state(level, evidence(.criticality))
    } else {
      keepAside(
        .criticality, text, &system, &reading, expected: "mission-critical, high, medium or low")
    }
  }

  // MARK: Fields with numbers

  private func addVolume(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    guard let text = known(.volume) else { return }
    if let volume = frequency(inText: quantity(text), per: columns[.volume]?.period) {
      system.volume.state(volume.value, evidence(.volume, note: volume.note))
    } else {
      keepAside(
        .volume, text, &system, &reading, expected: "a number and a period, such as 1200 per day")
    }
  }

  private func addRunTime(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    guard let text = known(.runTime) else { return }
    if let time = duration(inText: text, in: columns[.runTime]?.unit) {
      system.runTime.state(time.value, evidence(.runTime, note: time.note))
    } else {
      keepAside(
        .runTime, text, &system, &reading, expected: "a duration such as 90 s or 1 h 30 min")
    }
  }

  private func addFailureRate(_ system: inout AutomationSystem, _ reading: inout FileReading) {
    guard let text = known(.failureRate), let column = columns[.failureRate] else { return }
    if let rate = share(inText: quantity(text), isPercent: column.isPercent) {
      system.failureRate.state(rate.value, evidence(.failureRate, note: rate.note))
      return
    }
    // So many failures in a period are a share where it is known how often the system runs.
    if let failures = frequency(inText: quantity(text), per: column.period),
      let runs = system.volume.value,
      runs.count > 0,
      let share = Probability(failures.value.perMonth / runs.perMonth)
    {
      let concluded = Evidence(
        .inferred, evidence(.failureRate).location, note: "failures by runs, as the row states both"
      )
      system.failureRate.state(share, concluded)
      return
    }
    keepAside(.failureRate, text, &system, &reading, expected: "a share such as 3 %")
  }

  /// A quantity in the form in which English writes it.
  private func quantity(_ text: String) -> String {
    let english = RegisterWords.quantityInEnglish(text)
    guard hasDecimalComma, english.contains(".") else { return english }
    // 1.200 and 1.200,5: full stops between groups of three digits.
    var result = ""
    let parts = english.split(separator: ".", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      result += part
      guard index + 1 < parts.count else { break }
      let digits = parts[index + 1].prefix { $0.isASCII && $0.isNumber }
      let isGroup = part.last?.isNumber == true && digits.count == 3
      if !isGroup { result += "." }
    }
    return result
  }

  /// Keeps a value that is not understood as a remark, so that it is neither lost nor guessed at.
  private func keepAside(
    _ field: RegisterField, _ text: String, _ system: inout AutomationSystem,
    _ reading: inout FileReading, expected: String
  ) {
    system.unknowns.append("The register gives the \(field.title) as \"\(text)\".")
    reading.note(
      .info,
      "the \(field.title) of '\(system.name)' is not \(expected); it stays unknown and is kept as a"
        + " remark", at: evidence(field).location)
  }

  // MARK: Connections

  /// A register does not say which way a connection works, nor whether it leads to a system or an
  /// application: what is no known application refers to a system, and is a ghost where nobody knows
  /// it.
  private func addIntegrations(_ name: String, _ reading: inout FileReading) {
    for (target, channel) in integrations() where nameKey(target) != nameKey(name) {
      let known = KnownApplication.named(target)
      reading.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, name),
          to: EntityReference(known == nil ? .system : .application, known ?? target),
          channel: channel,
          evidence: evidence(.integrations, note: "integrates with; the direction is not stated")))
    }
  }

  /// Names and, in brackets, channels: `SAP (API); KYC Bot | Archive`.
  private func integrations() -> [(name: String, channel: Connection.Channel)] {
    guard let text = known(.integrations), !isNone(text) else { return [] }
    return registerItems(text).compactMap { item, isQuoted in
      guard !isNone(item), !isUnknown(item) else { return nil }
      guard !isQuoted, item.hasSuffix(")"), let open = item.lastIndex(of: "("),
        let name = String(item[..<open]).trimmedOrNil
      else { return (item, .unknown) }
      let word = item[item.index(after: open)...].dropLast().lowercased()
      let channels: [String: Connection.Channel] = [
        "api": .api, "rest": .api, "ui": .userInterface, "screen": .userInterface, "file": .file,
        "sftp": .file, "queue": .queue, "db": .database, "database": .database, "mail": .mail,
        "email": .mail, "mcp": .mcp, "a2a": .a2a,
      ]
      guard let channel = channels[String(word)] else { return (item, .unknown) }
      return (name, channel)
    }
  }

  /// Whether the row describes an application and says more of it than its names.
  var isRichApplication: Bool {
    guard let kind = known(.kind), isApplicationKind(kind) else { return false }
    return [.owner, .volume, .failureRate, .integrations].contains { known($0) != nil }
  }

  private func addApplication(_ name: String, _ reading: inout FileReading) {
    reading.fragment.applications.append(
      Application(name: name, aliases: list(.identifier) + list(.aliases), source: evidence(.name)))
  }

  // MARK: Cells

  /// The cell of a field; `nil` where it is empty or says that nobody knows.
  private func known(_ field: RegisterField) -> String? {
    guard let text = cell(field), !isUnknown(text) else { return nil }
    return isNone(text) && ![.integrations, .humanInvolvement].contains(field) ? nil : text
  }

  /// The cell of a field for which `none` is an answer.
  private func answer(_ field: RegisterField) -> String? {
    known(field).map { isNone($0) ? "none" : $0 }
  }

  private func list(_ field: RegisterField) -> [String] {
    guard let text = known(field) else { return [] }
    return registerItems(text).map(\.name)
  }

  private func cell(_ field: RegisterField) -> String? {
    guard let column = columns[field], fields.indices.contains(column.index) else { return nil }
    return fields[column.index].trimmedOrNil.map { Inventory.text(ofCell: $0) }
  }

  /// Whether a cell stands as we wrote it.
  private func isOurs(_ field: RegisterField) -> Bool {
    guard let marks = columns.marks, fields.indices.contains(marks), let header = columns[field],
      let text = cell(field)
    else { return false }
    return RegisterMarks(fields[marks]).isUnchanged(text, under: header.header)
  }

  private func evidence(_ field: RegisterField, note: String? = nil) -> Evidence {
    var place = place
    place.element = columns[field]?.header ?? place.element
    // The name is always the owner's: it says of which system the row speaks.
    guard field != .name, isOurs(field) else { return Evidence(.declared, place, note: note) }
    return Evidence(.inferred, place, note: "as exported from the inventory")
  }

  private func isUnknown(_ text: String) -> Bool {
    [
      "unknown", "?", "??", "???", "tbd", "tbc", "n/a", "na", "-", "–", "—", "not known",
      "to be defined",
      "not applicable", "unclear",
    ].contains(text.lowercased())
      || RegisterWords.unknown.contains(plainLetters(RegisterColumns.words(text)))
  }

  private func isNone(_ text: String) -> Bool {
    ["none", "no", "nobody", "nothing", "no one"].contains(text.lowercased())
      || RegisterWords.none.contains(plainLetters(RegisterColumns.words(text)))
  }
}

/// The kind a word means; `nil` for words that mean none.
private func systemKind(_ text: String) -> SystemKind? {
  let words: [SystemKind: [String]] = [
    .rpa: ["rpa", "rpa bot", "bot", "robot", "software robot", "desktop automation"],
    .rules: [
      "rules", "rule engine", "rules engine", "decision table", "decision service", "dmn",
      "business rules",
    ],
    .workflow: [
      "workflow", "bpm", "process", "integration flow", "ipaas", "flow", "workflow engine",
    ],
    .agent: ["agent", "ai agent", "llm agent", "ai", "assistant", "chatbot", "copilot"],
    .script: [
      "script", "macro", "python script", "cron job", "batch job", "excel macro", "job",
      "integration", "one off integration", "shell script",
    ],
    .orchestrator: ["orchestrator", "orchestration", "supervisor", "orchestration layer"],
  ]
  let wanted = RegisterColumns.words(text)
  return SystemKind.allCases.first { words[$0]?.contains(wanted) ?? false }
    ?? SystemKind.allCases.first {
      RegisterWords.kinds[$0]?.contains(plainLetters(wanted)) ?? false
    }
}

/// The kind of what a product runs, where the product runs one kind only.
private func systemKind(ofTechnology text: String) -> SystemKind? {
  let products: [(String, SystemKind)] = [
    ("power automate desktop", .rpa), ("uipath", .rpa), ("blue prism", .rpa),
    ("automation anywhere", .rpa), ("robot framework", .rpa), ("power automate", .workflow),
    ("logic apps", .workflow), ("bpmn", .workflow), ("n8n", .workflow), ("zapier", .workflow),
    ("make com", .workflow), ("mulesoft", .workflow), ("step functions", .workflow),
    ("airflow", .workflow), ("crewai", .agent), ("langgraph", .agent), ("autogen", .agent),
    ("copilot studio", .agent), ("agentforce", .agent), ("a2a", .agent), ("bedrock agent", .agent),
    ("drools", .rules), ("dmn", .rules), ("odm", .rules), ("vba", .script), ("python", .script),
    ("powershell", .script), ("bash", .script), ("perl", .script), ("cron", .script),
  ]
  let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  let wanted = " \(words) "
  return products.first { wanted.contains(" \($0.0) ") }?.1
}

private func isApplicationKind(_ text: String) -> Bool {
  if RegisterWords.applications.contains(plainLetters(RegisterColumns.words(text))) { return true }
  return [
    "application", "system of record", "app", "core system", "database", "saas",
    "business application",
    "target system",
  ].contains(RegisterColumns.words(text))
}
