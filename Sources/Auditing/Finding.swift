public import Facts
public import Inventory

/// Something the audit found: what is wrong with which things, where one can see it, and what to do.
public struct Finding: Hashable, Sendable, Codable {
  /// Stable identifier: the check and its chief subjects, such as `orphan/system:nightlyexport`.
  public var id: String
  /// Identifier of the check that found it.
  public var check: String
  /// How bad it is.
  public var severity: Severity
  /// The finding in one line.
  public var title: String
  /// What it is about, the chief subject first.
  public var subjects: [EntityReference]
  /// How many of the subjects are chief ones, which the identifier names; they stand first.
  public var chiefSubjects: Int
  /// Where one can see it, each place once.
  public var evidence: [Evidence]
  /// Why it was concluded: the rule or formula with its numbers.
  public var why: String
  /// Why it matters, in one sentence.
  public var matters: String
  /// What it costs as long as it stays; `nil` where that is not computed, which is not zero.
  public var cost: Cost?
  /// One concrete act that mends it.
  public var remedy: String
  /// A worked example, where one makes it plainer; else `nil`.
  public var example: String?
  /// Whom it falls to, as the audit found out; empty where nobody is known.
  public var actors: [Actor] = []

  /// Creates a finding; its identifier is made from check, chief subjects and topic.
  /// - Parameters:
  ///   - check: Identifier of the check.
  ///   - subjects: What it is about; the identifier names them.
  ///   - others: What else has part in it; they may change without making it another finding.
  ///   - matters: Why it matters; empty for the sentence of the check.
  ///   - cost: What it costs as long as it stays, where that can be computed.
  ///   - topic: What tells findings of one check about the same subjects apart; `nil` for none.
  public init(
    check: String, _ severity: Severity, _ title: String, subjects: [EntityReference],
    others: [EntityReference] = [], topic: String? = nil, evidence: [Evidence], why: String,
    matters: String = "", cost: Cost? = nil, remedy: String, example: String? = nil
  ) {
    let chief = subjects.map(\.findingKey).joined(separator: "+")
    let parts: [String?] = [check, chief.isEmpty ? nil : chief, topic]
    id = parts.compactMap { $0 }.joined(separator: "/")
    self.check = check
    self.severity = severity
    self.title = title
    self.subjects = subjects + others
    chiefSubjects = subjects.count
    var seen: Set<Evidence> = []
    self.evidence = evidence.filter { seen.insert($0).inserted }
    self.why = why
    self.matters = matters
    self.cost = cost
    self.remedy = remedy
    self.example = example
  }
}

extension Finding {
  /// What a finding costs a month.
  public struct Cost: Hashable, Sendable, Codable {
    /// Hours of people's work a month.
    public var hours: Double
    /// Those hours and whatever else is paid, a month.
    public var money: Money

    /// Creates a cost.
    /// - Parameters:
    ///   - hours: Hours of people's work a month; finite, not negative.
    ///   - rate: What an hour costs.
    public init(hours: Double, at rate: Money) {
      self.hours = hours
      money = Money(hours * rate.amount, rate.currency)
    }
  }
}

extension EntityReference {
  fileprivate var findingKey: String { "\(kind.rawValue):\(key)" }
}
