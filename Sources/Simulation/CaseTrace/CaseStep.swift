/// Something that happens to a case, as the engine tells it to an observer that traces cases.
public enum CaseStep: Sendable {
  /// A piece of its work enters a state, or is over where the state is `nil`.
  case work(WorkStep)
  /// A part of it comes to an element that waits for an event or for time.
  case waitBegan(element: Int32)
  /// That part goes on.
  case waitEnded(element: Int32)
  /// A part of it rests at an element for a time, in microseconds, such as before another attempt.
  case paused(element: Int32, time: Int64)
  /// A guardrail was evaluated on it.
  case guardrail(Int32, fired: Bool)
  /// A ticket of a guardrail was answered.
  case answered(guardrail: Int32, Answer)
  /// A mechanism did something to it.
  case mechanism(MechanismEvent, count: Int64)
  /// It was charged an amount, in millionths of the currency unit.
  case charged(CostComponent, Int64)

  /// What a review comes to.
  public enum Answer: String, Sendable, Hashable, Codable {
    /// Approved as it was.
    case approved
    /// Approved after changes.
    case changed
    /// Rejected.
    case rejected
  }
}

/// A change of a piece of work of a case.
public struct WorkStep: Sendable {
  /// Its slot, used again after it has left.
  public var item: Int32
  /// Kind of work.
  public var kind: ObservedWork
  /// Index of the activity; of tickets of the guardrail, of errands among those of all stacks; −1 for
  /// none.
  public var source: Int32
  /// Index of the station: teams first, then automations, then the layer.
  public var station: Int32
  /// Position of who has it within the team; −1 for nobody.
  public var person: Int32
  /// Failed attempts before it.
  public var attempt: Int32
  /// The state; `nil` where the work is over.
  public var state: ObservedState?
  /// Pieces of work that wait at the station.
  public var waiting: Int32
  /// Whether its automation, its layer, or the application that it waits for is down.
  public var isDown: Bool
  /// Index of the application that it waits for; −1 for none.
  public var application: Int32
}
