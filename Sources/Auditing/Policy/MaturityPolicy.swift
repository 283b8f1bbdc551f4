import DocumentReading
public import Facts

/// An answer to how mature the orchestration is, where no file can tell.
public struct MaturityAnswer: Hashable, Sendable, Codable {
  /// The motion it is about.
  public var motion: MaturityMotion
  /// The answer.
  public var answer: ReadinessAnswer.Answer
  /// Where it stands.
  public var location: SourceLocation

  /// Creates an answer.
  public init(
    _ motion: MaturityMotion, _ answer: ReadinessAnswer.Answer, at location: SourceLocation
  ) {
    self.motion = motion
    self.answer = answer
    self.location = location
  }
}

/// The five motions by which orchestration matures, each resting on the one before it.
///
/// Source: *From Agent Sprawl to Compounding Value*.
public enum MaturityMotion: String, Hashable, Sendable, Codable, CaseIterable {
  /// Agents work under one layer of control.
  case controlLayer = "control_layer"
  /// It is recorded why each decision was made.
  case loggedReasons = "logged_reasons"
  /// What is recorded changes how they work together.
  case learnedCoordination = "learned_coordination"
  /// Rules change with what they are seen to do.
  case governanceFeedback = "governance_feedback"
  /// Each further agent is cheaper to add than the one before.
  case acceleratingReturns = "accelerating_returns"

  /// What is asked.
  var question: String {
    switch self {
    case .controlLayer: "Do agents work under one layer of control?"
    case .loggedReasons: "Is it recorded why each decision was made?"
    case .learnedCoordination: "Does what is recorded change how agents work together?"
    case .governanceFeedback: "Do rules change with what they are seen to do?"
    case .acceleratingReturns: "Is each further agent cheaper to add than the one before?"
    }
  }
}

extension PolicySection {
  /// Answers to how mature the orchestration is.
  static let maturity = PolicySection(key: "maturity") { node, policy, reading in
    let found = reading.group(node, keys: MaturityMotion.allCases.map(\.rawValue))
    for motion in MaturityMotion.allCases {
      guard let node = found[motion.rawValue], let answer = reading.answer(node) else { continue }
      policy.maturity.append(MaturityAnswer(motion, answer, at: node.location))
    }
  }
}
