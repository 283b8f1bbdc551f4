public import Facts
public import Inventory

/// An edge of the integration graph: something one node does to another.
///
/// What several places say of the same act (same ends, kind, channel and action) is one edge with
/// the evidence of all of them.
public struct GraphEdge: Hashable, Sendable, Codable {
  /// Stable identifier: kind, ends, channel and action, such as
  /// `edge:invokes:system:a:system:b:api:getscore`.
  public let id: String
  /// Position of the acting node in `IntegrationGraph.nodes`.
  public let source: Int
  /// Position of the node acted on in `IntegrationGraph.nodes`.
  public let target: Int
  /// What it does.
  public let kind: Connection.Kind
  /// By what means.
  public let channel: Connection.Channel
  /// Operation, as the first file names it; `nil` where none is named.
  public let action: String?
  /// Data that crosses, by name, sorted.
  public let data: [String]
  /// Where files say so, strongest first.
  public let evidence: [Evidence]
}

extension GraphEdge {
  /// Whether a person acts in it: hands the case over, or is given it.
  public var isHuman: Bool {
    kind == .handsOver || kind == .escalates || channel == .people
  }

  /// The end that suffers when the other one fails, and that other one.
  ///
  /// Who calls, reads, writes or escalates needs its target; who is triggered, handed a case or
  /// governed needs the source. A data object needs whoever writes it.
  func dependency(targetIsData: Bool) -> (dependent: Int, dependedOn: Int) {
    switch kind {
    case .invokes, .reads, .escalates: (source, target)
    case .writes: targetIsData ? (target, source) : (source, target)
    case .triggers, .handsOver, .governs: (target, source)
    }
  }
}
