import DocumentReading
public import Facts

/// Answers to the questions of readiness that no file can answer.
public struct ReadinessAnswer: Hashable, Sendable, Codable {
  /// The item it answers.
  public var item: ReadinessItem
  /// The answer.
  public var answer: Answer
  /// Who answers.
  public var by: String?
  /// When it was answered.
  public var on: CalendarDay?
  /// Where it stands.
  public var location: SourceLocation

  /// Creates an answer.
  public init(
    _ item: ReadinessItem, _ answer: Answer, by: String? = nil, on: CalendarDay? = nil,
    at location: SourceLocation
  ) {
    self.item = item
    self.answer = answer
    self.by = by
    self.on = on
    self.location = location
  }

  /// How far an item is fulfilled.
  public enum Answer: String, Hashable, Sendable, Codable, CaseIterable {
    /// Fulfilled: 1.
    case yes
    /// Half: 0.5.
    case partly
    /// Not at all: 0.
    case no

    /// The level of readiness, in 0...1.
    public var level: Double {
      switch self {
      case .yes: 1
      case .partly: 0.5
      case .no: 0
      }
    }
  }
}

/// The thirteen items of readiness.
///
/// Source: eight of *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (how to
/// prepare), five of *Building the Agentic Enterprise, Part 5: The Orchestration Layer* (what holds an
/// orchestration back).
public enum ReadinessItem: String, Hashable, Sendable, Codable, CaseIterable {
  /// People know what agents can and cannot do.
  case literacy
  /// It is settled who answers for an automation and what it may do.
  case governance
  /// There are people who can build and change agents and orchestrations.
  case builders
  /// What people correct comes back to those who build.
  case feedbackLoops = "feedback_loops"
  /// There is a platform on which agents run and are watched.
  case infrastructure
  /// A pilot runs that somebody answers for and that is measured.
  case strategicPilot = "strategic_pilot"
  /// Those concerned are told what changes, when and why.
  case communication
  /// What is known and used is brought up to date.
  case currency
  /// What is to be orchestrated has interfaces.
  case interfaces
  /// Systems pass cases on without people or private links.
  case interoperability
  /// Every automation has an identity and rights of its own.
  case identity
  /// Agents that work on one case share its state.
  case sharedState = "shared_state"
  /// It is known what each agent consumes and who pays.
  case consumption

  /// What is asked, as a question to be answered with yes, partly or no.
  public var question: String {
    switch self {
    case .literacy: "Do those who will work with agents know what they can and cannot do?"
    case .governance: "Does a person answer for every automation that is in production?"
    case .builders: "Are there people who can build and change agents and orchestrations?"
    case .feedbackLoops: "Does what people correct come back to those who build?"
    case .infrastructure: "Is there a platform on which agents run and are watched?"
    case .strategicPilot:
      "Does a pilot run that matters, that is measured and that somebody answers for?"
    case .communication: "Are those concerned told what changes, when and why?"
    case .currency: "Is somebody charged with keeping knowledge and models up to date?"
    case .interfaces: "Can what is to be orchestrated be called through interfaces?"
    case .interoperability: "Do systems pass cases on without people in between?"
    case .identity: "Has every automation an identity and rights of its own?"
    case .sharedState: "Do agents that work on one case share its state?"
    case .consumption: "Is it known what each agent consumes, and who pays?"
    }
  }
}

extension PolicySection {
  /// Answers to the items of readiness.
  static let readiness = PolicySection(key: "readiness") { node, policy, reading in
    let found = reading.group(node, keys: ReadinessItem.allCases.map(\.rawValue))
    for item in ReadinessItem.allCases {
      guard let node = found[item.rawValue] else { continue }
      let parts = reading.group(node, keys: ["answer", "by", "on"])
      guard let answer = parts["answer"] else {
        reading.refuse(node, "'\(item.rawValue)' has no 'answer'; say yes, partly or no")
        continue
      }
      let level = reading.answer(answer)
      let by = parts["by"].flatMap { reading.text($0) }
      let on = parts["on"].flatMap { reading.day($0) }
      guard let level else { continue }
      policy.readiness.append(
        ReadinessAnswer(item, level, by: by, on: on, at: answer.location))
    }
  }
}

extension PolicyReading {
  /// An answer of yes, partly or no; YAML reads a bare yes and no as truth values.
  mutating func answer(_ node: DataNode) -> ReadinessAnswer.Answer? {
    if let truth = node.bool { return truth ? .yes : .no }
    return choice(node, ReadinessAnswer.Answer.self)
  }
}
