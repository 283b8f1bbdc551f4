import Facts
import Inventory
import ProcessModel

/// What a file of the rule language says of the estate.
struct DroolsRules {
  private let file: DroolsFile
  private let path: String
  private let name: String
  private var result: FileReading

  init(_ file: DroolsFile, path: String) {
    self.file = file
    self.path = path
    // Processes name a unit without its package.
    let unit = file.unit?.split(separator: ".").last.map(String.init)
    name = unit ?? file.package ?? nameOfDroolsFile(path)
    result = FileReading(path: path)
  }

  private func evidence(_ line: Int?, note: String? = nil) -> Evidence {
    Evidence(.imported, SourceLocation(path: path, line: line), note: note)
  }

  func reading() -> FileReading {
    var copy = self
    return copy.read()
  }

  private mutating func read() -> FileReading {
    for problem in file.problems {
      result.note(
        .medium, problem.message, at: SourceLocation(path: path, line: problem.line))
    }
    let rules = inUse()
    addSystem(rules)
    var known: Set<String> = []
    for rule in rules { add(rule, &known) }
    if rules.isEmpty, file.queries.isEmpty {
      result.note(
        .info, "the file has no rules and no queries, only what others of its package use",
        at: SourceLocation(path: path, line: 1))
    }
    for query in file.queries where known.insert("query \(query.name)").inserted {
      result.fragment.steps.append(
        Step(
          system: name, id: "query \(query.name)", name: query.name, kind: .action,
          evidence: evidence(query.line, note: "query")))
    }
    for table in droolsTables(rules, path: path) {
      result.fragment.decisions.append(EstateDecision(system: name, table: table))
    }
    return result
  }

  /// Rules without those that are switched off.
  private mutating func inUse() -> [DroolsFile.Rule] {
    let off = file.rules.filter { $0["enabled"] == "false" }
    if let first = off.first {
      result.note(
        .info,
        "left out, because they are not enabled: \(off.count) rule\(off.count == 1 ? "" : "s")",
        at: SourceLocation(path: path, line: first.line))
    }
    return file.rules.filter { $0["enabled"] != "false" }
  }

  private mutating func addSystem(_ rules: [DroolsFile.Rule]) {
    let whole = evidence(1)
    let isNamed = file.unit != nil || file.package != nil
    let source =
      isNamed
      ? whole
      : Evidence(
        .inferred, whole.location, note: "named after its file, which states no package")
    var system = AutomationSystem(name: name, source: source)
    system.kind.state(.rules, whole)
    system.technology.state("Drools", whole)
    if let unit = file.unit {
      let full = unit.contains(".") ? unit : file.package.map { "\($0).\(unit)" } ?? unit
      if full != name { system.aliases.append(full) }
    }
    // Processes call a group of rules by its name.
    for rule in rules {
      let group = rule["ruleflow-group"] ?? attribute("ruleflow-group")
      if let group = group?.trimmedOrNil, group != name, !system.aliases.contains(group) {
        system.aliases.append(group)
      }
    }
    if !file.functions.isEmpty {
      system.unknowns.append(
        "What its functions do is code, which is not read: \(file.functions.joined(separator: ", "))."
      )
    }
    let limited = rules.filter { $0["date-effective"] != nil || $0["date-expires"] != nil }
    if let first = limited.first {
      result.note(
        .info,
        "of its rules \(limited.count) hold\(limited.count == 1 ? "s" : "") in a period only"
          + " (date-effective, date-expires); they count as in use",
        at: SourceLocation(path: path, line: first.line))
    }
    result.fragment.systems = [system]
    addFacts(rules)
  }

  private func attribute(_ name: String) -> String? {
    file.attributes.first { $0.name == name }?.value
  }

  // MARK: Rules

  private mutating func add(_ rule: DroolsFile.Rule, _ known: inout Set<String>) {
    var id = rule.name
    if !known.insert(id).inserted {
      id = "\(rule.name) (line \(rule.line))"
      result.note(
        .low, "two rules are named '\(rule.name)', though names are to be unique; both are kept",
        at: SourceLocation(path: path, line: rule.line))
      guard known.insert(id).inserted else { return }
    }
    let attributes = rule.attributes.map { $0.value.isEmpty ? $0.name : "\($0.name) \($0.value)" }
    let note = attributes.joined(separator: ", ").trimmedOrNil
    result.fragment.steps.append(
      Step(
        system: name, id: id, name: rule.name, kind: .decision,
        evidence: evidence(rule.line, note: note)))
    for key in ["timer", "duration"] {
      guard let timer = rule[key]?.trimmedOrNil else { continue }
      result.fragment.triggers.append(
        Trigger(
          system: name, kind: .schedule, expression: timer,
          evidence: evidence(rule.line, note: "of the rule '\(rule.name)'")))
    }
    addCalls(rule)
  }

  /// What consequences call: services that are handed in as globals, processes, channels.
  private mutating func addCalls(_ rule: DroolsFile.Rule) {
    let text = rule.consequence
    func connect(
      _ kind: Connection.Kind, _ target: EntityReference, _ channel: Connection.Channel,
      _ action: String, data: [String] = []
    ) {
      result.fragment.connections.append(
        Connection(
          kind, from: EntityReference(.system, name), to: target, channel: channel, action: action,
          data: data, evidence: evidence(rule.line, note: "rule '\(rule.name)'")))
    }
    for global in file.globals {
      let type = global.type.split(separator: ".").last.map(String.init) ?? global.type
      guard !isPlainType(global.type), let method = call(on: global.name, in: text) else {
        continue
      }
      connect(.invokes, EntityReference(.application, type), .internalCall, method)
    }
    for start in ["startProcess(\"", "signalEvent(\""] {
      for match in text.ranges(of: start) {
        let target = text[match.upperBound...].prefix { $0 != "\"" }
        guard !target.isEmpty else { continue }
        connect(
          .invokes, EntityReference(.system, String(target)), .internalCall,
          String(start.dropLast(2)))
      }
    }
    for match in text.ranges(of: "channels[\"") {
      let target = String(text[match.upperBound...].prefix { $0 != "\"" })
      guard !target.isEmpty else { continue }
      connect(
        .writes, EntityReference(.data, target), .queue, "send", data: [target])
    }
  }

  private func isPlainType(_ type: String) -> Bool {
    let plain = type.split { $0 == "<" || $0 == "[" }.first.map(String.init) ?? type
    let last = plain.split(separator: ".").last.map(String.init) ?? plain
    return plain.hasPrefix("java.util.") || plain.hasPrefix("java.lang.")
      || [
        "String", "Integer", "Long", "Double", "Boolean", "BigDecimal", "List", "Map", "Set",
        "Collection", "ArrayList", "HashMap", "StringBuilder", "Object", "AtomicInteger", "Logger",
        "Log", "Date",
      ].contains(last)
  }

  /// The first method that is called on a variable.
  private func call(on variable: String, in text: String) -> String? {
    for match in text.ranges(of: "\(variable).") {
      let before =
        match.lowerBound > text.startIndex ? text[text.index(before: match.lowerBound)] : " "
      guard !before.isLetter, !before.isNumber, before != "_", before != ".", before != "$" else {
        continue
      }
      let method = text[match.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !method.isEmpty, text[method.endIndex...].first == "(" { return String(method) }
    }
    return nil
  }

  // MARK: Facts

  /// Facts that rules look at and put in, each once; streams and queues that they come from.
  private mutating func addFacts(_ rules: [DroolsFile.Rule]) {
    var known: Set<String> = []
    for rule in rules {
      let patterns = DroolsPattern.all(in: rule.condition)
      let read = patterns.map { ($0.type, Connection.Kind.reads) }
      let inserted = ["insert", "insertLogical"].flatMap { word in
        rule.consequence.ranges(of: "\(word)(").compactMap { match -> String? in
          let rest = rule.consequence[match.upperBound...].drop(while: \.isWhitespace)
          guard rest.hasPrefix("new ") else { return nil }
          let type = rest.dropFirst(4).drop(while: \.isWhitespace).prefix {
            $0.isLetter || $0.isNumber || $0 == "_" || $0 == "."
          }
          return type.split(separator: ".").last.map(String.init)
        }
      }.map { ($0, Connection.Kind.writes) }
      for (type, kind) in read + inserted where known.insert("\(kind) \(type)").inserted {
        result.fragment.connections.append(
          Connection(
            kind, from: EntityReference(.system, name), to: EntityReference(.data, type),
            channel: .internalCall, action: kind == .reads ? "match" : "insert", data: [type],
            evidence: evidence(rule.line)))
      }
      for match in rule.condition.ranges(of: "entry-point") {
        let rest = rule.condition[match.upperBound...].drop { $0.isWhitespace || $0 == "\"" }
        let stream = String(rest.prefix { $0.isLetter || $0.isNumber || "_- ".contains($0) })
        guard let stream = stream.trimmedOrNil, known.insert("stream \(stream)").inserted else {
          continue
        }
        result.fragment.connections.append(
          Connection(
            .reads, from: EntityReference(.system, name), to: EntityReference(.data, stream),
            channel: .queue, action: "entry-point", data: [stream], evidence: evidence(rule.line)))
      }
    }
  }
}
