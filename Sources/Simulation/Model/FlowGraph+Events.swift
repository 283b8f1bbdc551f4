extension FlowGraph {
  /// What waits for an event while an activity or scope is at work: a boundary event or an event
  /// sub-process.
  public struct EventHandler: Sendable, Hashable, BitwiseCopyable {
    /// The boundary event, or the event sub-process.
    public var node: Int32
    /// What it waits for.
    public var trigger: Trigger
    /// Whether its host is ended when it happens.
    public var isInterrupting: Bool
    /// Index among `delays`; −1 where no time or probability belongs to it.
    public var delay: Int32
    /// Index among `eventNames`: the signal, message, error or escalation; −1 for any, or for none.
    public var name: Int32
  }

  /// What a handler waits for, or a thrower throws.
  public enum Trigger: UInt8, Sendable, Hashable, BitwiseCopyable {
    /// Time, or something outside: timers, messages, signals, conditions.
    case occurrence
    /// An error of its host.
    case error
    /// An escalation from within its host.
    case escalation
    /// The cancellation of a transaction.
    case cancel
    /// A message to this case.
    case message
    /// A signal to this case.
    case signal
    /// The compensation of what was done.
    case compensation
  }

  /// A throwing event.
  public struct Thrower: Sendable, Hashable, BitwiseCopyable {
    /// What it throws.
    public var trigger: Trigger
    /// Index among `eventNames`; −1 for an error or escalation without code.
    public var name: Int32
    /// Whether it ends its token.
    public var isEnd: Bool
    /// The node of the activity to be compensated; −1 for all of the scope.
    public var reference: Int32
  }

  /// A loop or multi-instance activity.
  public struct Repetition: Sendable, Hashable, BitwiseCopyable {
    /// How it repeats.
    public var order: Order
    /// The node that is repeated.
    public var inner: Int32
    /// The scope of the instances.
    public var scope: Int32
    /// Most repetitions that the BPMN allows, or the number of instances that it states; 0 where it
    /// says nothing.
    public var stated: Int32
    /// The node itself.
    public var node: Int32

    /// How an activity repeats.
    public enum Order: UInt8, Sendable, Hashable, BitwiseCopyable {
      /// Again and again, asking after each time.
      case loop
      /// Again and again, asking before each time.
      case loopTestedBefore
      /// A number of instances, one after the other.
      case sequential
      /// A number of instances at once.
      case parallel

      /// Whether the number of instances is known when it begins.
      public var isMultiInstance: Bool { self == .sequential || self == .parallel }
    }
  }
}
