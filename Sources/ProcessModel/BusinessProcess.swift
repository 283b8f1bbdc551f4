public import Facts

/// A business process as BPMN 2.0 draws it: elements, sequence flows, lanes.
///
/// Read once by the importers; the audit and the simulation use the same value.
public struct BusinessProcess: Hashable, Sendable, Codable {
  /// `process@id` in its file.
  public var id: String
  /// `process@name`, else the name of its participant; `nil` where neither is given.
  public var name: String?
  /// `process@isExecutable`; `nil` where not stated.
  public var isExecutable: Bool?
  /// Flow elements in document order, those of embedded sub-processes included.
  public var elements: [FlowElement]
  /// Sequence flows in document order.
  public var flows: [SequenceFlow]
  /// Where the process stands.
  public var location: SourceLocation

  /// Creates a process.
  public init(
    id: String, name: String? = nil, isExecutable: Bool? = nil, elements: [FlowElement] = [],
    flows: [SequenceFlow] = [], location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.isExecutable = isExecutable
    self.elements = elements
    self.flows = flows
    self.location = location
  }

  /// The element of an id; `nil` where there is none.
  /// - Complexity: O(elements).
  public func element(_ id: String) -> FlowElement? { elements.first { $0.id == id } }
}

/// A sequence flow from one element to another.
public struct SequenceFlow: Hashable, Sendable, Codable {
  /// `sequenceFlow@id`.
  public var id: String
  /// Label on the arrow.
  public var name: String?
  /// Id of the source element.
  public var source: String
  /// Id of the target element.
  public var target: String
  /// Condition expression as written; `nil` where there is none.
  public var condition: String?
  /// Where the flow stands.
  public var location: SourceLocation

  /// Creates a flow.
  public init(
    id: String, name: String? = nil, source: String, target: String, condition: String? = nil,
    location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.source = source
    self.target = target
    self.condition = condition
    self.location = location
  }
}
