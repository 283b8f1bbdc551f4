import DocumentReading
import Facts
import Inventory

/// What an action of Agentforce leads to.
struct AgentforceTarget {
  var reference: EntityReference
  var channel: Connection.Channel
  /// Kind of the automation that is called, where the call tells it.
  var kind: SystemKind?
  var technology: String?

  /// The target of `invocationTargetType` and `invocationTarget`, which Agent Script writes as one
  /// address, such as `flow://Book_Flight`.
  init(type: String, name: String) {
    channel = .internalCall
    switch type.lowercased() {
    case "flow", "flowinvocation":
      reference = EntityReference(.system, name)
      kind = .workflow
      technology = "Salesforce Flow"
    case "apex", "apexrest", "auraenabled", "apexinvocable":
      // `Class.method` or `Class`
      reference = EntityReference(.system, name)
      kind = .script
      technology = "Salesforce Apex"
    case "generatepromptresponse", "prompt", "prompttemplate", "promptaction":
      reference = EntityReference(.system, name)
      kind = .agent
      technology = "Salesforce Prompt Builder"
    case "agentforce", "agent":
      reference = EntityReference(.system, name)
      kind = .agent
      technology = "Salesforce Agentforce"
    case "externalservice", "externalconnector", "api":
      reference = EntityReference(
        .application, name.split(separator: ".").first.map(String.init) ?? name)
      channel = .api
    case "mcptool", "mcp", "mcpserver":
      reference = EntityReference(
        .application, name.split(separator: ".").first.map(String.init) ?? name)
      channel = .mcp
    case "retriever":
      reference = EntityReference(.data, name)
    default:
      reference = EntityReference(.application, "Salesforce")
    }
  }
}

/// What is being read from one file of an agent of Agentforce.
struct AgentforcePart {
  var reading: FileReading

  init(path: String) { reading = FileReading(path: path) }

  mutating func addStep(
    _ id: String, name: String?, _ kind: Step.Kind, of system: String, at place: SourceLocation
  ) {
    reading.fragment.steps.append(
      Step(system: system, id: id, name: name, kind: kind, evidence: Evidence(.imported, place)))
  }

  /// Adds the call of what an action leads to.
  mutating func addCall(
    type: String, target name: String, of system: String, label: String?, at place: SourceLocation
  ) {
    let target = AgentforceTarget(type: type, name: name)
    let isOwn = target.reference.kind == .application && target.channel == .internalCall
    reading.fragment.connections.append(
      Connection(
        target.reference.kind == .data ? .reads : .invokes, from: EntityReference(.system, system),
        to: target.reference, channel: target.channel, action: isOwn ? name : "tool",
        evidence: Evidence(.imported, place, note: label.map { "action \($0)" })))
    guard let kind = target.kind else { return }
    let concluded = Evidence(.inferred, place, note: "from the call of it")
    var called = AutomationSystem(name: target.reference.name, source: concluded)
    called.kind.state(kind, concluded)
    if let technology = target.technology { called.technology.state(technology, concluded) }
    reading.fragment.systems.append(called)
  }

  mutating func addConfirmation(
    _ step: String, name: String, of system: String, at place: SourceLocation
  ) {
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: "Confirm \(name)", kind: .approval,
        evidence: Evidence(.imported, place)))
  }

  mutating func addEscalation(
    _ step: String, name: String, of system: String, to target: EntityReference? = nil,
    at place: SourceLocation
  ) {
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: name, kind: .exception,
        evidence: Evidence(.imported, place)))
    reading.fragment.connections.append(
      Connection(
        .escalates, from: EntityReference(.system, system),
        to: target ?? EntityReference(.team, liveAgents(of: system)), channel: .people,
        action: name,
        evidence: Evidence(
          .imported, place,
          note: target == nil ? "the file does not say which people take over" : nil)))
  }

  /// An agent, with what describes it.
  ///
  /// - Parameter isMain: Whether the file describes the agent as a whole; a bot and its version say in
  ///   other words what the planner says.
  mutating func addAgent(
    _ name: String, aliases: [String], purpose: XMLElement?, isMain: Bool = true,
    at place: SourceLocation
  ) {
    let evidence = Evidence(.imported, place)
    var system = AutomationSystem(name: name, source: evidence)
    system.aliases = aliases.filter { nameKey($0) != nameKey(name) }
    system.kind.state(.agent, evidence)
    system.technology.state("Salesforce Agentforce", evidence)
    if let purpose, let text = singleLine(purpose.text) {
      system.purpose.state(
        text,
        isMain
          ? Evidence(.imported, purpose.location)
          : Evidence(.inferred, purpose.location, note: "the role of the bot that talks for it"))
    }
    reading.fragment.systems.append(system)
  }
}
