public import Facts
public import ProcessModel

/// A system of record, tool or service that automations and people use.
public struct Application: Hashable, Sendable, Codable {
  /// Name under which it is shown.
  public var name: String
  /// Other names: host names, executables, connector ids.
  public var aliases: [String]
  /// Every place that speaks of it.
  public var sources: [Evidence]

  /// Creates an application.
  public init(name: String, aliases: [String] = [], source: Evidence) {
    self.name = name
    self.aliases = aliases
    sources = [source]
  }

  /// `nameKey` of the name.
  public var key: String { nameKey(name) }
}

/// A group of people.
public struct Team: Hashable, Sendable, Codable {
  /// Name under which it is shown.
  public var name: String
  /// Other names.
  public var aliases: [String]
  /// Every place that speaks of it.
  public var sources: [Evidence]

  /// Creates a team.
  public init(name: String, aliases: [String] = [], source: Evidence) {
    self.name = name
    self.aliases = aliases
    sources = [source]
  }

  /// `nameKey` of the name.
  public var key: String { nameKey(name) }
}

/// Something one part of the estate does to another.
public struct Connection: Hashable, Sendable, Codable {
  /// Who acts.
  public var source: EntityReference
  /// What it acts on.
  public var target: EntityReference
  /// What it does.
  public var kind: Kind
  /// By what means.
  public var channel: Channel
  /// Operation, as the file names it (`GetItems`, `InvokeWorkflowFile`); `nil` where none is named.
  public var action: String?
  /// Data that crosses, by name.
  public var data: [String]
  /// Every place that says so, strongest first; never empty.
  public var evidence: [Evidence]

  /// Creates a connection of which one place speaks.
  public init(
    _ kind: Kind, from source: EntityReference, to target: EntityReference,
    channel: Channel = .unknown, action: String? = nil, data: [String] = [], evidence: Evidence
  ) {
    self.kind = kind
    self.source = source
    self.target = target
    self.channel = channel
    self.action = action
    self.data = data
    self.evidence = [evidence]
  }

  /// What a connection does; the kinds of edge of the integration graph.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Calls and waits or starts work there.
    case invokes
    /// Takes data from it.
    case reads
    /// Changes data in it.
    case writes
    /// Starts it by an event or schedule.
    case triggers
    /// A person carries the case from one to the other.
    case handsOver = "hands-over"
    /// Gives the case to people when it cannot go on.
    case escalates
    /// Decides what the other may do.
    case governs
  }

  /// By what means a connection works.
  public enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
    /// Programming interface, connector or service call.
    case api
    /// User interface, driven by a robot or used by a person.
    case userInterface = "ui"
    /// File or folder.
    case file
    /// Message queue or topic.
    case queue
    /// Database access.
    case database
    /// Electronic mail.
    case mail
    /// Model Context Protocol.
    case mcp
    /// Agent2Agent protocol.
    case a2a
    /// Within one product or program.
    case internalCall = "internal"
    /// People.
    case people
    /// Not told.
    case unknown
  }
}

/// One thing a system does, as its file lists it.
public struct Step: Hashable, Sendable, Codable {
  /// System it belongs to.
  public var system: String
  /// Id or name within the system, as the file spells it.
  public var id: String
  /// Label.
  public var name: String?
  /// What kind of step it is.
  public var kind: Kind
  /// Attempts after the first; `nil` where the file does not say.
  public var retries: Int?
  /// Longest time the step may take; `nil` where the file does not say.
  public var timeout: TimeSpan?
  /// Time that it waits whatever happens, as written; `nil` where the file states none.
  public var delay: TimeSpan?
  /// How it finds its element of a user interface, as the product writes it; `image: …` and
  /// `coordinates: …` where it looks for a picture or goes to a point of the screen; `nil` where the
  /// file does not say.
  public var selector: String?
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a step.
  public init(
    system: String, id: String, name: String? = nil, kind: Kind, retries: Int? = nil,
    timeout: TimeSpan? = nil, delay: TimeSpan? = nil, selector: String? = nil, evidence: Evidence
  ) {
    self.system = system
    self.id = id
    self.name = name
    self.kind = kind
    self.retries = retries
    self.timeout = timeout
    self.delay = delay
    self.selector = selector
    self.evidence = evidence
  }

  /// Kinds of step.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Work the automation does itself.
    case action
    /// Call of another automation or sub-workflow.
    case call
    /// A choice or rule.
    case decision
    /// Catches or handles errors.
    case errorHandling = "error-handling"
    /// A person acts; see `HumanTouchPoint`.
    case human
    /// Waits for time or an event.
    case wait
    /// Orders, repeats or encloses other steps and does nothing itself: a sequence, scope or loop.
    case group
  }
}

/// A place where a person steps in.
public struct HumanTouchPoint: Hashable, Sendable, Codable {
  /// System or process it lies in.
  public var system: String
  /// Step or element id.
  public var step: String
  /// Label.
  public var name: String?
  /// What the person does.
  public var kind: Kind
  /// Who, where the file says so.
  public var team: String?
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a touch point.
  public init(
    system: String, step: String, name: String? = nil, kind: Kind, team: String? = nil,
    evidence: Evidence
  ) {
    self.system = system
    self.step = step
    self.name = name
    self.kind = kind
    self.team = team
    self.evidence = evidence
  }

  /// What a person does at a touch point.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Says yes or no.
    case approval
    /// Fills in a form or enters data.
    case form
    /// Checks what an automation did.
    case review
    /// Takes over what an automation could not do.
    case exception
    /// Does a step of the process.
    case work
  }
}

/// What starts a system.
public struct Trigger: Hashable, Sendable, Codable {
  /// System it starts.
  public var system: String
  /// What kind of start it is.
  public var kind: Kind
  /// Schedule, event or path, as written; `nil` where none is given.
  public var expression: String?
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a trigger.
  public init(system: String, kind: Kind, expression: String? = nil, evidence: Evidence) {
    self.system = system
    self.kind = kind
    self.expression = expression
    self.evidence = evidence
  }

  /// Kinds of trigger.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// At set times.
    case schedule
    /// When something happens elsewhere.
    case event
    /// When a person starts it.
    case manual
    /// When another system calls it.
    case call
  }
}

/// A guardrail an agent or automation must keep: when a person has to be asked.
public struct Guardrail: Hashable, Sendable, Codable {
  /// System bound by it.
  public var system: String
  /// Name or wording.
  public var name: String
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a guardrail.
  public init(system: String, name: String, evidence: Evidence) {
    self.system = system
    self.name = name
    self.evidence = evidence
  }
}

/// Something a system is allowed to do: a scope, role or privilege that its file requests or grants.
public struct Permission: Hashable, Sendable, Codable {
  /// System that may do it.
  public var system: String
  /// The permission as the file names it, such as `Mail.Send` or `run as system`.
  public var name: String
  /// Application that it opens; `nil` where the file does not say.
  public var application: String?
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a permission.
  public init(system: String, name: String, application: String? = nil, evidence: Evidence) {
    self.system = system
    self.name = name
    self.application = application
    self.evidence = evidence
  }
}

/// A credential that a system uses: its name, never its value.
public struct CredentialUse: Hashable, Sendable, Codable {
  /// System that uses it.
  public var system: String
  /// Name of the secret, variable or stored credential, such as `GITHUB_TOKEN`.
  public var name: String
  /// Application that it opens; `nil` where the file does not say.
  public var application: String?
  /// Where the file says so.
  public var evidence: Evidence

  /// Creates a use of a credential.
  public init(system: String, name: String, application: String? = nil, evidence: Evidence) {
    self.system = system
    self.name = name
    self.application = application
    self.evidence = evidence
  }
}

/// A business process of the estate and the system that runs it.
public struct EstateProcess: Hashable, Sendable, Codable {
  /// System (workflow) that carries it.
  public var system: String
  /// The process itself.
  public var process: BusinessProcess

  /// Creates an estate process.
  public init(system: String, process: BusinessProcess) {
    self.system = system
    self.process = process
  }
}

/// A decision table of the estate and the system that decides by it.
public struct EstateDecision: Hashable, Sendable, Codable {
  /// System (rules) that carries it.
  public var system: String
  /// The table itself.
  public var table: DecisionTable

  /// Creates an estate decision.
  public init(system: String, table: DecisionTable) {
    self.system = system
    self.table = table
  }
}
