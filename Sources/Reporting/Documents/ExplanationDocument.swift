public import Facts
public import Scenarios

/// What `rehearse scenario explain --format json` prints: every parameter and how well it is known, worst
/// first; every field is defined in `docs/reference/outputs.md`.
public struct ExplanationDocument: Encodable, Sendable {
  /// The scenario file.
  public var scenario: String
  /// The variant whose parameters these are; `nil` for those of all variants.
  public var variant: String?
  /// How many parameters are known in which way, worst first.
  public var classes: [EvidenceClass]
  /// Every parameter, worst evidence first, then as the scenario is read.
  public var parameters: [Parameter]

  /// How many parameters are known in one way.
  public struct EvidenceClass: Encodable, Sendable, Equatable {
    /// How they are known.
    public var provenance: Provenance
    /// How many there are.
    public var count: Int
    /// How many of them name no source.
    public var withoutSource: Int
    /// How many of them nobody wrote: the program supplied them.
    public var byDefault: Int
  }

  /// A parameter.
  public struct Parameter: Encodable, Sendable {
    /// The record.
    public var record: ParameterRecord

    private enum CodingKeys: String, CodingKey { case byDefault }

    /// Encodes the record and whether the program supplied it.
    public func encode(to encoder: any Encoder) throws {
      try record.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(record.isDefault, forKey: .byDefault)
    }
  }

  /// Orders parameters by their evidence.
  ///
  /// - Parameters:
  ///   - parameters: in the order in which they were read.
  ///   - path: the scenario file, as shown to people.
  public init(_ parameters: [ParameterRecord], path: String, variant: String? = nil) {
    scenario = path
    self.variant = variant
    classes = Provenance.allCases.reversed().compactMap { provenance in
      let members = parameters.filter { $0.provenance == provenance }
      guard !members.isEmpty else { return nil }
      return EvidenceClass(
        provenance: provenance, count: members.count,
        withoutSource: members.count { !$0.hasSource },
        byDefault: members.count(where: \.isDefault))
    }
    self.parameters = parameters.enumerated()
      .sorted { ($0.element.weakness, $0.offset) < ($1.element.weakness, $1.offset) }
      .map { Parameter(record: $0.element) }
  }
}

extension ParameterRecord {
  /// Whether it says where it comes from.
  var hasSource: Bool { note.map { $0.contains { !$0.isWhitespace } } ?? false }

  /// Rank by which the worst evidence comes first: by provenance, and in it what names no source.
  fileprivate var weakness: Int {
    (Provenance.allCases.count - provenance.rank) * 2 + (hasSource ? 1 : 0)
  }
}
