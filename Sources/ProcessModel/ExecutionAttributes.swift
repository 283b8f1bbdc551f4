/// Attributes of a BPMN element that only its execution needs.
public struct ExecutionAttributes: Hashable, Sendable, Codable {
  /// `startEvent@isInterrupting` of an event sub-process; `nil` where it is not stated: it interrupts.
  public var isInterrupting: Bool?
  /// Whether the activity is done only to compensate another: `@isForCompensation`.
  public var isForCompensation: Bool?
  /// For compensation boundary events: id of the activity that their association leads to.
  public var compensatedBy: String?
  /// For events that throw compensation: id of the one activity to be compensated.
  public var compensates: String?
  /// `standardLoopCharacteristics@testBefore`.
  public var testsBefore: Bool?
  /// `standardLoopCharacteristics@loopMaximum`.
  public var loopMaximum: Int?
  /// Completion condition of a multi-instance activity, as written.
  public var completionCondition: String?
  /// Whether a receive task or event-based gateway begins the process: `@instantiate`.
  public var instantiates: Bool?

  /// Attributes of which nothing is stated.
  public init() {}
}
