import DocumentReading
import Facts
import Inventory

/// One suite or resource file: tasks or tests, and the keywords that it defines.
struct RobotSuite {
  private let text: RobotSuiteText
  private let path: String
  private let name: String
  private var said: AgentStatements
  private var variables: [String: String] = [:]
  private var own: Set<String> = []
  /// Applications that a step was seen to lead to, and those of libraries that none was.
  private var reached: Set<String> = []
  /// What the browser was last opened on.
  private var page: String?

  init(_ text: RobotSuiteText, path: String) {
    self.text = text
    self.path = path
    name = robotName(ofSuite: path)
    said = AgentStatements(path: path)
  }

  private func evidence(_ line: RobotSuiteText.Line) -> Evidence {
    Evidence(.imported, SourceLocation(path: path, line: line.number))
  }

  private var source: EntityReference { EntityReference(.system, name) }

  /// What the suite says.
  mutating func reading() -> FileReading {
    for line in text.sections["variable"] ?? [] where line.cells.count == 2 {
      let key = line.cells[0].filter { $0 != "=" && $0 != " " }
      if key.hasPrefix("${") { variables[Self.key(key)] = line.cells[1] }
    }
    for line in text.sections["keyword"] ?? [] where !line.isIndented {
      own.insert(Self.key(line.cells[0]))
    }
    for section in ["task", "test", "keyword"] { walk(text.sections[section] ?? []) }
    addSettings()
    addSystem()
    return said.reading
  }

  /// Names of keywords and variables are compared without case, blanks and underscores.
  private static func key(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" }
  }

  private mutating func addSystem() {
    let whole = Evidence(.imported, SourceLocation(path: path))
    var system = AutomationSystem(name: name, source: whole)
    let file = stem(of: lastComponent(of: path))
    if nameKey(file) != system.key, !["tasks", "main", "robot"].contains(file) {
      system.aliases = [file]
    }
    if text.sections["task"] != nil {
      system.kind.state(.rpa, whole)
    } else if text.sections["test"] != nil {
      system.kind.state(
        .script, Evidence(.inferred, whole.location, note: "it holds tests and no tasks"))
    } else {
      system.kind.state(
        .script, Evidence(.inferred, whole.location, note: "a resource of keywords that suites use")
      )
    }
    system.technology.state("Robot Framework", whole)
    for line in text.sections["setting"] ?? [] where line.cells[0].lowercased() == "documentation" {
      if let purpose = singleLine(line.cells.dropFirst().joined(separator: " ")) {
        system.purpose.state(String(purpose.prefix(500)), evidence(line))
      }
    }
    if text.sections["task"] != nil {
      system.unknowns = ["What starts the robot is not in a suite."]
    }
    said.add(system)
  }

  private mutating func addSettings() {
    for line in text.sections["setting"] ?? [] where line.cells.count > 1 {
      let value = resolved(line.cells[1])
      switch line.cells[0].lowercased() {
      case "library":
        guard let library = RobotLibrary(value), let application = library.application,
          reached.insert(nameKey(application)).inserted
        else { continue }
        // No step was recognised as one of this library: that it is there is all that is known.
        said.connect(
          source, .invokes, EntityReference(.application, application), library.channel, value,
          evidence(line))
      case "resource":
        let target = robotName(ofSuite: folder(of: path) + value.replacing("${/}", with: "/"))
        guard nameKey(target) != nameKey(name), !target.contains("${") else { continue }
        said.connect(
          source, .invokes, EntityReference(.system, target), .internalCall, "Resource",
          evidence(line))
      default: break
      }
    }
  }

  /// A cell with the variables of this file put in.
  private func resolved(_ cell: String) -> String {
    guard cell.contains("${") else { return cell }
    var text = cell
    for (key, value) in variables.sorted(by: { $0.key < $1.key }) where !value.contains("${") {
      for open in text.ranges(of: "${").reversed() {
        guard let end = text[open.upperBound...].firstIndex(of: "}") else { continue }
        if Self.key(String(text[open.lowerBound...end])) == key {
          text.replaceSubrange(open.lowerBound...end, with: value)
        }
      }
    }
    return text
  }

  // MARK: Steps

  private mutating func walk(_ lines: [RobotSuiteText.Line]) {
    var block = ""
    for line in lines {
      guard line.isIndented else {
        block = line.cells[0]
        if line.cells.count > 1 { addStep(Array(line.cells.dropFirst()), line, block) }
        continue
      }
      addStep(line.cells, line, block)
    }
  }

  private mutating func addStep(
    _ written: [String], _ line: RobotSuiteText.Line, _ block: String
  ) {
    var cells = written.filter { !$0.isEmpty }
    // `${value} =` and the like stand before the keyword whose result they take.
    while let first = cells.first, ["$", "@", "&"].contains(first.first ?? " "),
      first.dropFirst().hasPrefix("{"), cells.count > 1
    {
      cells.removeFirst()
    }
    guard let first = cells.first, !first.hasPrefix("["), !first.hasPrefix("$") else {
      addSetting(cells, line, block)
      return
    }
    let word = first
    let control = RobotLibrary.control(word)
    if case .some(nil) = control { return }
    let keyword = Self.key(word.split(separator: ".").last.map(String.init) ?? word)
    var step = Step(
      system: name, id: "\(block):\(line.number)", name: "\(block): \(word)",
      kind: control.flatMap(\.self) ?? RobotLibrary.kind(ofKeyword: keyword),
      evidence: evidence(line))
    if control == nil, own.contains(Self.key(word)) { step.kind = .call }
    let person = control == nil && step.kind != .call ? RobotLibrary.humanAct(keyword) : nil
    if person != nil { step.kind = .human }
    if keyword == "sleep", cells.count > 1 { step.delay = RobotLibrary.time(cells[1]) }
    if keyword == "waituntilkeywordsucceeds", cells.count > 1 {
      let count = cells[1].lowercased().prefix { $0.isNumber }
      if cells[1].lowercased().hasSuffix("x") || cells[1].contains("times") {
        step.retries = Int(count).map { max(0, $0 &- 1) }
      }
    }
    said.reading.fragment.steps.append(step)
    if let person {
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: step.id, name: step.name, kind: person, evidence: step.evidence))
    }
    if control == nil, step.kind != .call {
      call(keyword, Array(cells.dropFirst()).map(resolved), word, line)
    }
  }

  /// Setup and teardown of a task are keywords too.
  private mutating func addSetting(
    _ cells: [String], _ line: RobotSuiteText.Line, _ block: String
  ) {
    guard let first = cells.first?.lowercased(), ["[setup]", "[teardown]"].contains(first),
      cells.count > 1, !cells[1].hasPrefix("["), !cells[1].hasPrefix("$")
    else { return }
    addStep(Array(cells.dropFirst()), line, block)
  }

  // MARK: Calls

  private mutating func call(
    _ keyword: String, _ arguments: [String], _ word: String, _ line: RobotSuiteText.Line
  ) {
    guard let use = RobotLibrary.use(ofKeyword: keyword) else { return }
    var target = use.application
    let address = arguments.first { $0.contains("://") }.map {
      String($0.drop { $0 != "h" && $0 != "f" })
    }
    if let address, let found = Importing.application(ofAddress: address) {
      target = found
      if use.channel == .userInterface { page = found }
      if let host = host(ofAddress: address), nameKey(host) != nameKey(found) {
        said.addApplication(found, aliases: [host], evidence(line))
      }
    } else if use.needsAddress {
      if let page, use.channel == .userInterface {
        target = page
      } else {
        target =
          arguments.first.flatMap { symbolicName($0, of: name) }
          ?? "computed address in '\(name)'"
        said.reading.note(
          .low, "the address of '\(word)' is computed, so that its target is unknown",
          at: evidence(line).location)
      }
    }
    if keyword == "getsecret" {
      if let secret = arguments.first, !secret.contains("${") {
        said.addCredential(secret, of: name, evidence(line))
      }
      return
    }
    reached.insert(nameKey(target))
    if let library = use.library { reached.insert(nameKey(library)) }
    let data = arguments.first.flatMap { argument in
      use.channel == .file || use.channel == .queue || use.channel == .database
        ? (argument.contains("${") || argument.contains("://") || argument.contains("=")
          ? nil : argument) : nil
    }
    said.connect(
      source, use.kind, EntityReference(.application, target), use.channel, word,
      data: [data].compactMap(\.self).map { String($0.prefix(120)) }, evidence(line))
  }
}
