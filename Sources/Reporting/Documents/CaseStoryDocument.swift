public import Experiments
internal import Simulation

/// What `rehearse simulate --trace CASE --format json` prints; every field is defined in
/// `docs/reference/outputs.md`.
///
/// Lengths are given in hours and in whole microseconds, amounts in the currency's main unit and in whole
/// millionths of it, so that sums can be checked exactly.
public struct CaseStoryDocument: Encodable, Sendable {
  private let story: CaseStory
  private let title: String
  private let instant: @Sendable (Int64) -> String
  private let provenance: ReportProvenance

  /// The document of a story.
  ///
  /// - Parameters:
  ///   - title: of the scenario.
  ///   - instant: an instant of the story as ISO 8601 with its offset.
  public init(
    _ story: CaseStory, title: String, provenance: ReportProvenance,
    instant: @escaping @Sendable (Int64) -> String
  ) {
    self.story = story
    self.title = title
    self.instant = instant
    self.provenance = provenance
  }

  /// Writes the story.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(title, forKey: TextKey("title"))
    try container.encode(story.number, forKey: TextKey("case"))
    try container.encode(story.replication, forKey: TextKey("replication"))
    try container.encode(story.variant, forKey: TextKey("variant"))
    try container.encode(story.currency, forKey: TextKey("currency"))
    try container.encode(story.outcome, forKey: TextKey("outcome"))
    try container.encode(instant(story.arrived), forKey: TextKey("arrived"))
    try container.encode(instant(story.ended), forKey: TextKey("ended"))
    try container.encode(Length(story.cycleTime), forKey: TextKey("cycleTime"))
    try container.encode(Amount(story.cost), forKey: TextKey("cost"))
    try container.encode(
      story.entries.map { Entry($0, instant) }, forKey: TextKey("entries"))
    try container.encode(
      story.time.map {
        TimeShare(use: $0.use.name, subject: $0.subject.nonEmpty, length: Length($0.time))
      }, forKey: TextKey("time"))
    try container.encode(
      story.costs.map {
        CostItem(
          component: "\($0.component)", subject: $0.subject.nonEmpty, count: $0.count,
          amount: Amount($0.amount))
      }, forKey: TextKey("costs"))
    var origin = container.nestedContainer(keyedBy: TextKey.self, forKey: TextKey("provenance"))
    try origin.encode(provenance.programVersion, forKey: TextKey("programVersion"))
    try origin.encode(provenance.scenarioPath, forKey: TextKey("scenarioPath"))
    try origin.encode(provenance.scenarioDigest, forKey: TextKey("scenarioDigest"))
    try origin.encode(provenance.command, forKey: TextKey("command"))
  }

  private struct Length: Encodable {
    var hours: Double
    var microseconds: Int64

    init(_ time: Int64) {
      hours = Double(time) / 3600e6
      microseconds = time
    }
  }

  private struct Amount: Encodable {
    var amount: Double
    var millionths: Int64

    init(_ amount: Int64) {
      self.amount = Double(amount) / 1e6
      millionths = amount
    }
  }

  private struct TimeShare: Encodable {
    var use: String
    var subject: String?
    var length: Length
  }

  private struct CostItem: Encodable {
    var component: String
    var subject: String?
    var count: Int
    var amount: Amount
  }

  private struct Cause: Encodable {
    var cause: CaseStory.WaitCause
    var subject: String
    var length: Length
  }

  private struct Entry: Encodable {
    var from: String
    var to: String
    var length: Length
    var kind: CaseStory.Kind
    var subject: String?
    var performer: String?
    var person: String?
    var work: String?
    var attempt: Int?
    var causes: [Cause]?
    var ahead: Int?
    var overtakenBy: Int?
    var count: Int64?

    init(_ entry: CaseStory.Entry, _ instant: (Int64) -> String) {
      from = instant(entry.from)
      to = instant(entry.to)
      length = Length(entry.to - entry.from)
      kind = entry.kind
      subject = entry.subject.nonEmpty
      performer = entry.performer.nonEmpty
      person = entry.person.nonEmpty
      work = entry.work.map { "\($0)" }
      attempt = entry.work == .run ? entry.attempt : nil
      if entry.kind == .waited {
        causes = entry.causes.map {
          Cause(cause: $0.cause, subject: $0.subject, length: Length($0.time))
        }
        ahead = entry.ahead
        overtakenBy = entry.overtakenBy
      }
      count = entry.kind == .mechanism ? entry.count : nil
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
