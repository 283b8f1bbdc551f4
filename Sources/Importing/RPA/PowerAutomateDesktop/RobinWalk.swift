import DocumentReading
import Facts
import Inventory

/// Goes through the script of one desktop flow.
struct RobinWalk {
  /// What is known of a flow beside its script.
  struct Surroundings {
    /// Identifiers of the flows that come with it, in lower case, with their names.
    var flows: [String: String] = [:]
    /// Names of work queues by identifier.
    var queues: [String: String] = [:]
    /// Repositories of controls by the identifiers of their flows, in lower case.
    var controls: [String: [DataNode]] = [:]
  }

  private let script: RobinScript
  let system: EntityReference
  private let place: SourceLocation
  /// Whether lines of the script are lines of the file.
  private let isWhole: Bool
  let surroundings: Surroundings
  /// Name of the subflow that a text holds by itself.
  private let subflow: String?
  var result = FileReading(path: "")
  var variables: [String: String] = [:]
  /// Hosts and titles of the pages that variables hold.
  var browsers: [String: String] = [:]
  /// Actions whose target the script does not determine.
  var unknownTargets: [SourceLocation] = []

  init(
    _ script: RobinScript, system: String, place: SourceLocation, isWhole: Bool,
    subflow: String? = nil, surroundings: Surroundings = Surroundings()
  ) {
    self.script = script
    self.system = EntityReference(.system, system)
    self.place = place
    self.isWhole = isWhole
    self.subflow = subflow
    self.surroundings = surroundings
    result = FileReading(path: place.path)
    collectVariables()
  }

  /// Texts that are set once and nowhere else.
  private mutating func collectVariables() {
    var counts: [String: Int] = [:]
    for statement in script.statements where statement.keyword == "SET" {
      let name = statement.rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      counts[String(name), default: 0] += 1
      let value = statement.rest.dropFirst(name.count)
      guard value.hasPrefix(" TO ") else { continue }
      let argument = RobinArgument(value.dropFirst(4))
      if let literal = argument.literal?.trimmedOrNil, !argument.isComputed {
        variables[String(name)] = literal
      }
    }
    variables = variables.filter { counts[$0.key] == 1 }
  }

  /// What the script says.
  mutating func reading() -> FileReading {
    for statement in script.statements { add(statement) }
    if script.disabledCount > 0 {
      result.note(
        .info, "actions that are switched off are left out (\(script.disabledCount))", at: place)
    }
    if let first = unknownTargets.first {
      result.note(
        .info,
        "the script does not determine with what some actions work"
          + " (actions: \(unknownTargets.count), the first is here)", at: first)
    }
    return result
  }

  // MARK: Steps

  private mutating func add(_ statement: RobinStatement) {
    let evidence = Evidence(.imported, location(statement))
    guard let kind = kind(of: statement) else { return }
    var step = Step(
      system: system.name, id: id(statement), name: name(of: statement), kind: kind,
      evidence: evidence)
    switch statement.keyword {
    case "ON ERROR":
      if let count = number(after: "REPEAT ", in: statement.text) {
        step.retries = count
        // The handler belongs to the action before it.
        if let last = result.fragment.steps.indices.last {
          result.fragment.steps[last].retries = count
        }
      }
    case "WAIT":
      let seconds =
        number(after: ") FOR ", in: statement.text)
        ?? Int(statement.rest.prefix { $0.isNumber })
      step.timeout = seconds.flatMap { TimeSpan(seconds: Double($0)) }
      // Without a condition it waits in any case.
      if statement.action == nil, !statement.rest.hasPrefix("(") { step.delay = step.timeout }
    default:
      if let argument = statement.argument("Timeout")?.expression, let seconds = Double(argument) {
        step.timeout = TimeSpan(seconds: seconds)
      }
    }
    step.selector = selector(of: statement)
    result.fragment.steps.append(step)
    if kind == .human { addTouchPoint(statement, evidence) }
    if let action = statement.action { addMeaning(of: statement, action, evidence) }
  }

  private func kind(of statement: RobinStatement) -> Step.Kind? {
    switch statement.keyword {
    case "CALL": return .call
    case "IF", "ELSE IF", "SWITCH", "CASE": return .decision
    case "LOOP", "BLOCK", "REPEAT": return .group
    case "ON ERROR", "ON BLOCK ERROR", "ERROR", "GET LAST ERROR", "THROW", "THROW ERROR":
      return .errorHandling
    case "WAIT": return .wait
    case .some: return .action
    case nil: break
    }
    guard let action = statement.action else { return nil }
    if RobinModule.touchPoint(ofAction: action) != nil || isApproval(statement) { return .human }
    if action.hasPrefix("External.Run") { return .call }
    if action.hasPrefix("External.InvokeCloudConnector") { return .call }
    let act = action.split(separator: ".").dropFirst().first ?? ""
    return act.hasPrefix("Wait") ? .wait : .action
  }

  /// How an action finds its element: by a control of the repository, a picture or a point.
  private func selector(of statement: RobinStatement) -> String? {
    guard let action = statement.action else { return nil }
    if let images = statement.argument("Images")?.expression
      ?? statement.argument("Image")?.expression
    {
      return "image: \(images.prefix(100))"
    }
    if action.hasPrefix("MouseAndKeyboard.MoveMouse."), let x = statement.argument("X")?.expression,
      let y = statement.argument("Y")?.expression
    {
      return "coordinates: \(x), \(y)"
    }
    for name in Self.controlNames {
      if let control = statement.argument(name)?.expression,
        let selector = script.controls.selector(of: control)
      {
        return selector
      }
    }
    return nil
  }

  /// Parameters that name an element of a user interface.
  static let controlNames = [
    "Control", "Window", "Element", "Button", "TextBox", "TextField", "Checkbox", "UIElement",
  ]

  /// Approvals of Power Automate, asked for through their connector.
  private func isApproval(_ statement: RobinStatement) -> Bool {
    statement.argument("ConnectorId")?.literal?.lowercased().hasSuffix("shared_approvals") ?? false
  }

  private func name(of statement: RobinStatement) -> String {
    if let flow = statement.pragmas["flowname"], statement.action?.hasPrefix("External.") ?? false {
      return "Run \(flow)"
    }
    if let title = statement.argument("Title")?.literal?.trimmedOrNil, kind(of: statement) == .human
    {
      return title
    }
    guard let keyword = statement.keyword else { return statement.action ?? statement.text }
    switch keyword {
    case "SET":
      return "Set \(statement.rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })"
    case "CALL", "LABEL", "GOTO":
      let words = statement.rest.filter { $0 != "'" }
      return "\(spoken(keyword)) \(words.prefix(100))"
    default:
      return statement.action.map { "\(spoken(keyword)) \($0)" } ?? spoken(keyword)
    }
  }

  /// `ON ERROR` as people read it.
  private func spoken(_ keyword: String) -> String {
    keyword.prefix(1) + keyword.dropFirst().lowercased()
  }

  private func number(after words: String, in text: String) -> Int? {
    guard let range = text.ranges(of: words).first else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber }.prefix(9))
  }

  private mutating func addTouchPoint(_ statement: RobinStatement, _ evidence: Evidence) {
    let fallback =
      statement.action.flatMap(RobinModule.touchPoint(ofAction:)) ?? HumanTouchPoint.Kind.approval
    let label = statement.argument("Title")?.literal ?? statement.argument("Message")?.literal
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system.name, step: id(statement), name: name(of: statement),
        kind: touchPointKind(label: label, fallback: fallback), evidence: evidence))
  }

  // MARK: Places

  mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, _ channel: Connection.Channel,
    _ action: String?, _ evidence: Evidence, data: [String] = []
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: system, to: target, channel: channel, action: action?.trimmedOrNil, data: data,
        evidence: evidence))
  }

  private func location(_ statement: RobinStatement) -> SourceLocation {
    var place = place
    place.element = "\(system.name): \(id(statement))"
    if isWhole {
      place.line = statement.line
      place.column = nil
    }
    return place
  }

  private func id(_ statement: RobinStatement) -> String {
    "\(statement.subflow ?? subflow ?? "Main")#\(statement.line)"
  }
}
