import Calibration
import Statistics

/// What a log shows beyond flow, times and hours, as JSON.
public struct CalibrationDiscoveries: Encodable, Sendable {
  /// Attributes of cases that decide something.
  public var attributes: [Attribute]
  /// The attribute by which cases overtake others; absent where none does.
  public var priority: Priority?
  /// Rules by which attributes choose among ways.
  public var rules: [Rule]
  /// How the most frequent hand-overs go.
  public var handOvers: [HandOver]

  /// An attribute.
  public struct Attribute: Encodable, Sendable {
    /// Name, how it is drawn as the scenario writes it, cases.
    public var name: String, draw: String, sample: Int
  }

  /// Urgency by an attribute.
  public struct Priority: Encodable, Sendable {
    /// The attribute, and conditions with their classes.
    public var attribute: String, conditions: [String], classes: [Int]
    /// Chances to overtake and how often they were taken, by those that go first and by the others.
    public var chances: Int, overtakes: Int, otherChances: Int, otherOvertakes: Int
    /// p-value of no difference.
    public var pValue: Double
  }

  /// A rule of branching.
  public struct Rule: Encodable, Sendable {
    /// The gateway, its conditions in their order, visits.
    public var gateway: String, conditions: [String], sample: Int
    /// Gain of log-likelihood of a visit over plain shares on cases left out, in nats, and the p-value of none.
    public var gain: Double, pValue: Double
  }

  /// A hand-over.
  public struct HandOver: Encodable, Sendable {
    /// Activities, and how often one followed the other.
    public var from: String, to: String, sample: Int
    /// Whether people hand over to certain others rather than to whoever is free.
    public var isPersonal: Bool
    /// Shares, and the p-value of a common queue.
    public var excess: Double, samePerson: Double, expectedSamePerson: Double, pValue: Double
  }

  /// How an activity is done in batches.
  public struct Batch: Encodable, Sendable {
    /// Cases of a full batch, fewest of another, batches.
    public var size: Int, minimum: Int, sample: Int
    /// Longest wait in working time, and working time once per batch with its 95 % interval.
    public var waitSeconds: Double?, setupSeconds: Double
    /// Ends of the interval.
    public var setupLowerSeconds: Double?, setupUpperSeconds: Double?
    /// Attribute that all cases of a batch share.
    public var same: String?
    /// Share of work done together, p-value of chance, and share of batches that the rule explains.
    public var together: Double, pValue: Double, explained: Double
    /// Whether its cases are only collected together, and then done one after the other.
    public var isSequential: Bool

    init(_ fit: BatchFit) {
      size = fit.size
      minimum = fit.minimum
      sample = fit.count
      waitSeconds = fit.wait
      setupSeconds = fit.setup
      setupLowerSeconds = fit.setupInterval?.lower
      setupUpperSeconds = fit.setupInterval?.upper
      same = fit.same
      together = fit.share.estimate
      pValue = fit.pValue
      explained = fit.explained.estimate
      isSequential = fit.isSequential
    }
  }

  init(_ calibration: LogCalibration) {
    attributes = calibration.attributes.map { attribute in
      Attribute(name: attribute.name, draw: attribute.draw, sample: attribute.count)
    }
    priority = calibration.priority.map { found in
      Priority(
        attribute: found.attribute, conditions: found.rules.map(\.condition),
        classes: found.rules.map(\.urgency), chances: found.count, overtakes: found.overtakes,
        otherChances: found.reverse.total, otherOvertakes: found.reverse.count,
        pValue: found.pValue)
    }
    rules = calibration.rules.map { rule in
      Rule(
        gateway: rule.gateway, conditions: rule.conditions, sample: rule.count, gain: rule.gain,
        pValue: rule.pValue)
    }
    handOvers = calibration.handOvers.map { item in
      HandOver(
        from: item.from, to: item.to, sample: item.count, isPersonal: item.isPersonal,
        excess: item.excess, samePerson: item.samePerson.estimate,
        expectedSamePerson: item.expectedSamePerson, pValue: item.pValue)
    }
  }
}
