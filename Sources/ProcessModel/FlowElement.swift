public import Facts

/// A node of a business process.
public struct FlowElement: Hashable, Sendable, Codable {
  /// `@id`, unique within its process.
  public var id: String
  /// Label.
  public var name: String?
  /// What it is and does.
  public var kind: Kind
  /// Name of the innermost lane it lies in, else of the participant; `nil` where there is none.
  public var lane: String?
  /// Id of the embedded sub-process it lies in; `nil` at the top level.
  public var parent: String?
  /// Repetition, for activities.
  public var loop: Loop?
  /// Id of the default outgoing flow, for gateways and activities.
  public var defaultFlow: String?
  /// What performs it, as the product's extension says (connector type, topic, class); `nil` if none.
  public var implementation: String?
  /// Who is to do it (candidate groups, assignee, potential owner), for human tasks.
  public var assignment: String?
  /// What only its execution needs; `nil` where nothing is stated.
  public var execution: ExecutionAttributes?
  /// Where the element stands.
  public var location: SourceLocation

  /// Creates an element.
  public init(
    id: String, name: String? = nil, kind: Kind, lane: String? = nil, parent: String? = nil,
    loop: Loop? = nil, defaultFlow: String? = nil, implementation: String? = nil,
    assignment: String? = nil, execution: ExecutionAttributes? = nil, location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.lane = lane
    self.parent = parent
    self.loop = loop
    self.defaultFlow = defaultFlow
    self.implementation = implementation
    self.assignment = assignment
    self.execution = execution
    self.location = location
  }

  /// Kinds of BPMN flow elements.
  public enum Kind: Hashable, Sendable, Codable {
    /// Start event and what triggers it.
    case startEvent(EventTrigger)
    /// End event and what it throws.
    case endEvent(EventTrigger)
    /// Intermediate catching event.
    case intermediateCatch(EventTrigger)
    /// Intermediate throwing event.
    case intermediateThrow(EventTrigger)
    /// Event on the boundary of an activity.
    case boundary(EventTrigger, attachedTo: String, interrupting: Bool)
    /// Task.
    case task(TaskKind)
    /// Call of another process or global task; `calledElement` as written.
    case callActivity(calledElement: String?)
    /// Embedded sub-process; its elements name it as `parent`.
    case subProcess(SubProcessKind)
    /// Gateway.
    case gateway(GatewayKind)
  }

  /// Task kinds of BPMN 2.0.
  public enum TaskKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Plain task.
    case abstract
    /// Task a person does with software.
    case user
    /// Task a person does without software.
    case manual
    /// Task a program does.
    case service
    /// Sends a message.
    case send
    /// Waits for a message.
    case receive
    /// Runs a script.
    case script
    /// Evaluates business rules.
    case businessRule
  }

  /// Gateway kinds of BPMN 2.0.
  public enum GatewayKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// One of the outgoing flows.
    case exclusive
    /// One or more of the outgoing flows.
    case inclusive
    /// All outgoing flows; waits for all incoming.
    case parallel
    /// The flow of whichever event happens first.
    case eventBased
    /// Anything else.
    case complex
  }

  /// Kinds of embedded sub-process.
  public enum SubProcessKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Ordinary embedded sub-process.
    case embedded
    /// Started by an event of its parent.
    case event
    /// Transaction.
    case transaction
    /// Ad hoc: no prescribed order.
    case adHoc
  }

  /// What an event waits for or throws.
  public enum EventTrigger: Hashable, Sendable, Codable {
    /// No event definition.
    case none
    /// Message, with its name where given.
    case message(String?)
    /// Timer and its expression, as written.
    case timer(TimerKind, String?)
    /// Error, with its code or reference.
    case error(String?)
    /// Escalation, with its code or reference.
    case escalation(String?)
    /// Signal, with its name.
    case signal(String?)
    /// Condition.
    case conditional(String?)
    /// Ends the whole process.
    case terminate
    /// Compensation.
    case compensation
    /// Cancellation of a transaction.
    case cancel
    /// Link to another place of the diagram.
    case link(String?)
    /// Several definitions at once.
    case multiple
  }

  /// Kinds of timer definition.
  public enum TimerKind: String, Hashable, Sendable, Codable {
    /// A date and time.
    case date
    /// A duration.
    case duration
    /// A repeating interval or cron expression.
    case cycle
    /// A timer without definition.
    case unspecified
  }

  /// Repetition of an activity.
  public enum Loop: Hashable, Sendable, Codable {
    /// Repeats while a condition holds.
    case standard(condition: String?)
    /// One instance after another for each item.
    case multiInstanceSequential(cardinality: String?)
    /// All instances at once.
    case multiInstanceParallel(cardinality: String?)
  }
}

extension FlowElement {
  /// Whether the element is an activity: a task, a call or a sub-process.
  public var isActivity: Bool {
    switch kind {
    case .task, .callActivity, .subProcess: true
    default: false
    }
  }
}
