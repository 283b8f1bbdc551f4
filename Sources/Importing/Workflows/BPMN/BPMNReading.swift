public import Facts
public import Inventory
public import ProcessModel

/// What a BPMN file says about processes, before it is turned into facts about an estate.
public struct BPMNReading: Sendable {
  /// Processes that were read whole, in document order.
  public var processes: [BusinessProcess] = []
  /// Ids of processes that cannot be used, because a flow or boundary event leads nowhere; the
  /// problems say why.
  public var failedProcesses: [String] = []
  /// The same processes as far as they can be read: their elements are there, their flow is not whole.
  var brokenProcesses: [BusinessProcess] = []
  /// What BPMN's own model has no place for, of the broken processes.
  var brokenDetails: [BPMNProcessDetails] = []
  /// Participants of all collaborations, in document order.
  public var participants: [BPMNParticipant] = []
  /// Message flows between participants, in document order.
  public var messageFlows: [BPMNMessageFlow] = []
  /// What is wrong or was not understood, in the order found.
  public var problems: [ImportProblem] = []
  /// Ids of global tasks, which call activities may call like processes.
  var globalTasks: Set<String> = []
  /// What BPMN's own model has no place for, one for each process, in the same order.
  var details: [BPMNProcessDetails] = []
}

/// A participant (pool) of a collaboration.
public struct BPMNParticipant: Hashable, Sendable {
  /// `participant@id`.
  public var id: String
  /// `participant@name`, white space joined; `nil` where there is none.
  public var name: String?
  /// Id of the process inside the pool; `nil` for a black box.
  public var process: String?
  /// Where the participant stands.
  public var location: SourceLocation
}

/// A message flow between two participants or elements of them.
public struct BPMNMessageFlow: Hashable, Sendable {
  /// `messageFlow@id`.
  public var id: String
  /// Label, else the name of the message.
  public var name: String?
  /// Id of the sending element or participant.
  public var source: String
  /// Id of the receiving element or participant.
  public var target: String
  /// Where the message flow stands.
  public var location: SourceLocation
}

/// What one process says beyond its flow.
struct BPMNProcessDetails: Sendable {
  /// `process/documentation`.
  var documentation: String?
  /// Version that the engine's extension gives.
  var version: String?
  /// The group that a case of UiPath Maestro belongs to, or that a property of the modeller's own names.
  var team: Fact<String>?
  /// The owner that a property of the modeller's own names.
  var owner: Fact<String>?
  /// Lanes of the elements, by element id, without the participant's name in their place.
  var lanes: [String: String] = [:]
  /// Candidate groups of human tasks, by element id.
  var groups: [String: [String]] = [:]
  /// Ids of human tasks to which a form is attached.
  var withForm: Set<String> = []
  /// What performs activities and events, by element id.
  var implementations: [String: BPMNImplementation] = [:]
  /// Uses of data objects and stores, in document order.
  var dataUses: [BPMNDataUse] = []
}

/// One use of a data object or store.
struct BPMNDataUse: Hashable, Sendable {
  /// Id of the element that uses it.
  var element: String
  /// Name of the data object or store.
  var data: String
  /// Whether it is changed, not only read.
  var writes: Bool
  var location: SourceLocation
}

/// What performs an activity, as the product's extension says.
struct BPMNImplementation: Hashable, Sendable {
  /// Connector type, topic, class or service as the file spells it.
  var text: String
  /// What is called; `nil` for code inside the engine.
  var target: Target?
  /// Operation there.
  var action: String?
  var channel = Connection.Channel.api
  /// Attempts after the first.
  var retries: Int?
  /// Remark for the evidence of the call.
  var note: String?
  /// Whether the target calls the process, and not the process the target.
  var isInbound = false

  enum Target: Hashable, Sendable {
    case application(String)
    case system(String)
    case agent(String, models: [String])
    case data(String)
    /// An application that only an expression names.
    case undetermined(String)
    /// The file holds an expression, so that the target is known only at run time.
    case computed
  }
}

/// A label with all white space, line breaks included, joined to single spaces; `nil` if empty.
func singleLine(_ text: String?) -> String? {
  guard let text else { return nil }
  let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return joined.isEmpty ? nil : joined
}

/// Whether a value is an expression of an engine, to be computed at run time.
func isExpression(_ text: String) -> Bool {
  text.hasPrefix("=") || text.contains("${") || text.contains("#{") || text.contains("{{")
}
