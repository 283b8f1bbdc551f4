/// What a questionnaire asks, as a file: the questions are fixed, the answers are the reader's own.
public enum QuestionnaireKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nine criteria for a platform of orchestration, weighted.
  case scorecard = "platform-scorecard"
  /// Five questions to a vendor, with the artefact that each demands.
  case vendors = "vendor-checklist"
  /// Thirteen items of readiness, answered in the policy file of the audit.
  case readiness

  /// Title for people.
  public var title: String {
    switch self {
    case .scorecard: "Platform scorecard"
    case .vendors: "Vendor checklist"
    case .readiness: "Readiness"
    }
  }

  /// What it is for, in one sentence.
  public var purpose: String {
    switch self {
    case .scorecard:
      "Nine criteria for a platform of orchestration, with weights of your own and three price models at "
        + "the simulated volume."
    case .vendors: "Five questions to each vendor, and the artefact that shows the answer."
    case .readiness: "Thirteen items of readiness for orchestration; what files show is filled in."
    }
  }

  /// What it asks of each platform; empty for readiness, whose items are those of the audit.
  public var items: [QuestionnaireItem] {
    switch self {
    case .scorecard: QuestionnaireItem.criteria
    case .vendors: QuestionnaireItem.vendorQuestions
    case .readiness: []
    }
  }
}

/// A question of a questionnaire.
public struct QuestionnaireItem: Hashable, Sendable {
  /// Its key in the file.
  public var key: String
  /// A short name.
  public var title: String
  /// The question.
  public var question: String
  /// What shows the answer, and is asked for; `nil` where a judgement is asked for.
  public var artefact: String?
  /// What the program fills in, and of what; `nil` where nothing can.
  public var computed: String?

  /// The nine criteria.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (how to choose a platform).
  public static let criteria: [QuestionnaireItem] = [
    .init(
      key: "observability", title: "Observability",
      question: "How well does it show what every agent did, and why?"),
    .init(
      key: "integration_breadth", title: "Integration breadth",
      question: "How many of your vendors does it connect, of more than ten?",
      computed: "the share of the vendors of your estate that 'connects' names"),
    .init(
      key: "action", title: "Action",
      question: "Does it act on what it sees, or only report it?"),
    .init(
      key: "risk_management", title: "Risk management",
      question: "How well does it bound, check and stop what agents do?"),
    .init(
      key: "flexibility", title: "Flexibility",
      question: "How easily do you leave it, or put another model or agent into it?",
      computed: "the share of the standards in use in your estate that 'standards' names"),
    .init(
      key: "scalability", title: "Scalability",
      question: "Does it answer in less than a second at your load?",
      computed: "latency and load of its layer, simulated"),
    .init(
      key: "learning", title: "Learning",
      question: "Does it become better by what people correct?"),
    .init(
      key: "cost_model", title: "Cost model",
      question: "How does its price fit how you would use it?",
      computed: "the cheapest of its price models at the simulated volume of a year"),
    .init(
      key: "vendor_vision", title: "Vendor vision",
      question: "Does the vendor go where you go, and will it still be there?"),
  ]

  /// The five questions to a vendor.
  ///
  /// Source: *The Orchestration Layer* (what to ask vendors).
  public static let vendorQuestions: [QuestionnaireItem] = [
    .init(
      key: "long_running", title: "Long-running work",
      question: "Does it run work for days, repeat what fails, and keep the state of every case?",
      artefact: "the history of a run that went on after a restart"),
    .init(
      key: "control", title: "Permissions and people",
      question: "Can permissions, escalation and people's approval be set for every step?",
      artefact: "an export of the policies, and the log of an escalation"),
    .init(
      key: "visibility", title: "Metrics, logs, traces",
      question: "Does it give metrics, logs and traces of every agent to your own tools?",
      artefact: "the trace of one case over two agents, in an open format"),
    .init(
      key: "integration", title: "IT service, identity, compliance",
      question: "Is it tied into your IT service management, identities and compliance?",
      artefact: "a change record that it opened, and the identity that it used"),
    .init(
      key: "coordination", title: "Several models",
      question: "Does it coordinate agents and models of different makers in one case?",
      artefact: "a recorded run in which models of two makers worked on one case"),
  ]
}

/// How a platform asks for money.
public enum PriceModel: String, Hashable, Sendable, Codable, CaseIterable {
  /// A price for each agent.
  case perAgent = "per_agent"
  /// A price for each workflow.
  case perWorkflow = "per_workflow"
  /// A price for each transaction: a hop through the layer, or a case.
  case perTransaction = "per_transaction"

  /// In words.
  public var title: String {
    switch self {
    case .perAgent: "per agent"
    case .perWorkflow: "per workflow"
    case .perTransaction: "per transaction"
    }
  }
}
