public import EventEngine

/// A business process compiled for execution: nodes and flows by index.
public struct FlowGraph: Sendable, Hashable {
  /// Nodes; embedded sub-processes are scopes of the same table.
  public var nodes: [Node] = []
  /// Flows, grouped by source node.
  public var flows: [Flow] = []
  /// Nodes that begin a scope, grouped by scope.
  public var scopeStarts: [Int32] = []
  /// Scopes; the first is the process itself.
  public var scopes: [Scope] = []
  /// Activities in document order: the node of each.
  public var activities: [Int32] = []
  /// Nodes whose event comes after a time, or never: catching events, receive tasks, boundary events,
  /// start events of event sub-processes.
  public var delays: [Int32] = []
  /// For each of `delays`, the message or signal of this process that it catches; −1 for none.
  public var delayNames: [Int32] = []
  /// Incoming flows of joins, all of them, in all.
  public var joinSlotCount = 0
  /// Joins: the node of each.
  public var joins: [Int32] = []
  /// Inclusive joins: the node of each.
  public var inclusiveJoins: [Int32] = []
  /// For each inclusive join a row as long as `nodes`: the incoming flows of the join, as bits, that
  /// a token at the node can come to without passing the join.
  public var joinReach: [UInt64] = []
  /// Boundary events, grouped by host, then event sub-processes, grouped by scope.
  public var handlers: [EventHandler] = []
  /// Throwing events that something in the process can catch.
  public var throwers: [Thrower] = []
  /// Loops and multi-instance activities.
  public var repetitions: [Repetition] = []
  /// For each node, the activity that compensates it; −1 for none.
  public var compensations: [Int32] = []
  /// Events that are thrown and caught within the process, by kind and name.
  public var eventNames: [String] = []

  /// A node.
  public struct Node: Sendable, Hashable, BitwiseCopyable {
    /// What it does with a token.
    public var kind: Kind
    /// What else is to be looked at.
    public var traits: Traits = []
    /// Number of its boundary events.
    public var handlerCount: UInt16 = 0
    /// First of its outgoing flows.
    public var firstFlow: Int32
    /// Number of its outgoing flows.
    public var flowCount: Int32
    /// First of its join slots, one per incoming flow, for joins; −1 otherwise.
    public var firstJoinSlot: Int32 = -1
    /// Number of its incoming flows.
    public var incomingCount: Int32
    /// Index among activities, delays, scopes, throwers, repetitions or inclusive joins, as the kind
    /// says; −1 otherwise.
    public var detail: Int32
    /// Scope it lies in.
    public var scope: Int32
    /// First of its boundary events in `handlers`.
    public var firstHandler: Int32 = -1
    /// Names its branching draws.
    public var branchStream: RandomStream
  }

  /// Kinds of node.
  public enum Kind: UInt8, Sendable, Hashable, BitwiseCopyable {
    /// Passes tokens on: start and intermediate throwing events, boundary events that happened.
    case pass
    /// Chooses one outgoing flow.
    case exclusive
    /// Waits for a token on each incoming flow, then sends one on each outgoing flow.
    case parallel
    /// Waits for every token that can still come, then sends one on each outgoing flow that is taken.
    case inclusive
    /// Work.
    case activity
    /// Waits for time to pass or for something outside.
    case delay
    /// Waits for the first of several events.
    case eventBased
    /// Begins an embedded sub-process.
    case scope
    /// Begins the instances of a loop or multi-instance activity.
    case repetition
    /// Throws an event that something in the process can catch.
    case throwing
    /// Consumes a token.
    case end
    /// Ends its scope and everything in it.
    case terminate
  }

  /// What a node has beyond its kind.
  public struct Traits: OptionSet, Sendable, Hashable, BitwiseCopyable {
    /// The traits as bits.
    public let rawValue: UInt8
    /// Creates traits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Its outgoing flows are taken each by itself.
    public static let conditionalFlows = Traits(rawValue: 1)
    /// It is what a loop or multi-instance activity repeats.
    public static let instance = Traits(rawValue: 2)
    /// Its completion is noted, because it can be compensated.
    public static let compensable = Traits(rawValue: 4)
    /// It is an event sub-process.
    public static let eventSubProcess = Traits(rawValue: 8)
    /// It has a boundary event that catches errors.
    public static let catchesErrors = Traits(rawValue: 16)
  }

  /// A sequence flow.
  public struct Flow: Sendable, Hashable, BitwiseCopyable {
    /// Target node.
    public var target: Int32
    /// Join slot at the target, for joins; −1 otherwise.
    public var joinSlot: Int32 = -1
    /// When it is taken, where the flows of its source are taken each by itself.
    public var role = Role.always

    /// When a flow is taken.
    public enum Role: UInt8, Sendable, Hashable, BitwiseCopyable {
      /// Always, or as its source chooses.
      case always
      /// With its own probability.
      case conditional
      /// When no conditional one is.
      case standard
    }
  }

  /// A process, embedded sub-process, or the instances of a repeated activity.
  public struct Scope: Sendable, Hashable, BitwiseCopyable {
    /// First of its starting nodes in `scopeStarts`.
    public var firstStart: Int32
    /// Number of its starting nodes.
    public var startCount: Int32
    /// Node that begins it; −1 for the process itself.
    public var node: Int32 = -1
    /// First of its event sub-processes in `handlers`.
    public var firstHandler: Int32 = -1
    /// Number of its event sub-processes.
    public var handlerCount: Int32 = 0
  }

  /// BPMN ids of the nodes, for messages and streams.
  public var elementIDs: [String] = []
  /// BPMN names of the nodes, for people.
  public var elementNames: [String?] = []
  /// BPMN ids of the flows.
  public var flowIDs: [String] = []

  /// A graph of nothing, to be filled.
  init() {}

  /// Id of an activity.
  public func activityID(_ activity: Int) -> String { elementIDs[Int(activities[activity])] }

  /// Index of the activity of an element id; `nil` where it is none.
  public func activity(ofElement id: String) -> Int? {
    activities.firstIndex { elementIDs[Int($0)] == id }
  }

  /// Id of the BPMN element that a node stands for.
  public func elementID(ofNode node: Int32) -> String {
    let row = nodes[Int(node)]
    return row.kind == .repetition ? repetitionID(Int(row.detail)) : elementIDs[Int(node)]
  }

  /// Id of the activity that a loop or multi-instance activity repeats.
  public func repetitionID(_ repetition: Int) -> String {
    elementIDs[Int(repetitions[repetition].inner)]
  }

  /// Whether cases choose between several start events.
  public var choosesStart: Bool { elementIDs.last == Self.startChoiceID }

  /// Id of the node that chooses between several start events; no BPMN id has parentheses.
  static let startChoiceID = "(start)"
}
