import DocumentReading
public import Facts

/// A written policy of the organisation: who keeps it, when it was last looked at, what it covers.
public struct GovernancePolicy: Hashable, Sendable, Codable {
  /// Name, such as `Use of agents in lending`.
  public var name: String
  /// Who keeps it; `nil` where it was not said.
  public var owner: String?
  /// Day of the last review; `nil` where it was not said.
  public var reviewedOn: CalendarDay?
  /// Months after which it is to be reviewed again.
  ///
  /// Default 12 (assumed).
  public var reviewEvery = 12.0
  /// Systems, technologies and words of guardrails that it covers.
  public var covers: [String] = []
  /// Where it stands.
  public var location: SourceLocation

  /// Creates a policy of which only the name is known.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

extension PolicySection {
  /// Written policies.
  static let policies = PolicySection(key: "policies") { node, policy, reading in
    for item in reading.items(node) {
      let found = reading.group(
        item, keys: ["name", "owner", "reviewed_on", "review_every", "covers"])
      guard let name = found["name"].flatMap({ reading.text($0) }) else {
        reading.refuse(item, "the policy has no 'name'")
        continue
      }
      var written = GovernancePolicy(name: name, location: item.location)
      written.owner = found["owner"].flatMap { reading.text($0) }
      written.reviewedOn = found["reviewed_on"].flatMap { reading.day($0) }
      if let months = found["review_every"].flatMap({ reading.number($0, in: 1...120) }) {
        written.reviewEvery = months
      }
      written.covers = found["covers"].map { reading.texts($0) } ?? []
      policy.policies.append(written)
    }
  }
}
