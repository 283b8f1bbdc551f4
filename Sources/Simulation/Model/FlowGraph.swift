public import EventEngine

/// A business process compiled for execution: nodes and flows by index.
public struct FlowGraph: Sendable, Hashable {
  /// Nodes; embedded sub-processes are scopes of the same table.
  public var nodes: [Node]
  /// Flows, grouped by source node.
  public var flows: [Flow]
  /// Nodes that begin a scope, grouped by scope.
  public var scopeStarts: [Int32]
  /// Scopes; the first is the process itself.
  public var scopes: [Scope]
  /// Activities in document order: the node of each.
  public var activities: [Int32]
  /// Nodes that delay a case without work: timers, messages from outside.
  public var delays: [Int32]
  /// Incoming flows of parallel joins, all of them, in all.
  public var joinSlotCount: Int

  /// A node.
  public struct Node: Sendable, Hashable, BitwiseCopyable {
    /// What it does with a token.
    public var kind: Kind
    /// First of its outgoing flows.
    public var firstFlow: Int32
    /// Number of its outgoing flows.
    public var flowCount: Int32
    /// First of its join slots, one per incoming flow, for joins.
    public var firstJoinSlot: Int32
    /// Number of its incoming flows.
    public var incomingCount: Int32
    /// Index among activities, delays or scopes, as the kind says; −1 otherwise.
    public var detail: Int32
    /// Scope it lies in.
    public var scope: Int32
    /// Names its branching draws.
    public var branchStream: RandomStream
  }

  /// Kinds of node.
  public enum Kind: UInt8, Sendable, Hashable, BitwiseCopyable {
    /// Passes tokens on: start and intermediate throwing events.
    case pass
    /// Chooses one outgoing flow.
    case exclusive
    /// Waits for a token on each incoming flow, then sends one on each outgoing flow.
    case parallel
    /// Work.
    case activity
    /// Waits for time to pass or for something outside.
    case delay
    /// Begins an embedded sub-process.
    case scope
    /// Consumes a token.
    case end
    /// Ends its scope and everything in it.
    case terminate
  }

  /// A sequence flow.
  public struct Flow: Sendable, Hashable, BitwiseCopyable {
    /// Target node.
    public var target: Int32
    /// Join slot at the target, for joins; −1 otherwise.
    public var joinSlot: Int32
  }

  /// A process or embedded sub-process.
  public struct Scope: Sendable, Hashable, BitwiseCopyable {
    /// First of its starting nodes in `scopeStarts`.
    public var firstStart: Int32
    /// Number of its starting nodes.
    public var startCount: Int32
  }

  /// BPMN ids of the nodes, for messages and streams.
  public var elementIDs: [String]
  /// BPMN names of the nodes, for people.
  public var elementNames: [String?]
  /// BPMN ids of the flows.
  public var flowIDs: [String]

  /// Id of an activity.
  public func activityID(_ activity: Int) -> String { elementIDs[Int(activities[activity])] }

  /// Index of the activity of an element id; `nil` where it is none.
  public func activity(ofElement id: String) -> Int? {
    activities.firstIndex { elementIDs[Int($0)] == id }
  }
}
