/// A place where the essays that Rehearse answers to contradict themselves or each other.
///
/// A report that uses such a figure says so in a footnote, in our words.
public struct BriefRemark: Sendable, Hashable {
  /// What in a scenario makes the remark worth reading.
  public enum Topic: String, Sendable, Hashable, CaseIterable, Codable {
    /// Every report.
    case always
    /// A guardrail fires in a share of cases that the scenario takes from the essays.
    case escalationShare
    /// Escalation drifts upwards.
    case escalationDrift
    /// The loan process of 17 steps.
    case loanProcess
    /// A mix in which agents do most of the work.
    case agentFirst
    /// An orchestration layer.
    case orchestration
    /// RPA bots or rules engines.
    case deterministic
    /// Reliability of an agent in tests and in use.
    case agentReliability
  }

  /// When it concerns a scenario.
  public var topic: Topic
  /// The remark.
  public var text: String

  /// All remarks, in the order of footnotes.
  public static let all: [BriefRemark] = [
    BriefRemark(
      topic: .escalationShare,
      text:
        "One essay says that agents which escalate half of their cases instead of a fifth double "
        + "the review load. At equal volume, 20 % to 50 % is 2.5 times the tickets. Rehearse counts "
        + "tickets; it never multiplies by two."),
    BriefRemark(
      topic: .escalationDrift,
      text: "Escalations are said to rise by 40 to 60 % within six months without orchestration. "
        + "Whether that means relative growth or percentage points is left open; the scenario "
        + "chooses, and the assumption sheet shows what it chose."),
    BriefRemark(
      topic: .loanProcess,
      text:
        "The agent of the loan example is said to get 60 % of the way. It does 9 of 17 steps, which "
        + "is 53 %; by position it reaches step 10 of 17, which is 59 %."),
    BriefRemark(
      topic: .loanProcess,
      text:
        "The headline promise of a threefold gain stands beside an example in which a loan goes from "
        + "three days to two hours, which is 36-fold by the calendar. Neither is an input here."),
    BriefRemark(
      topic: .agentFirst,
      text:
        "The shares of an agent-first stack (60 to 70 % agents, 20 to 30 % orchestration, 10 to 20 % "
        + "people) add up to anything from 90 to 120 %, and mix work with overhead. A scenario assigns "
        + "steps instead."),
    BriefRemark(
      topic: .deterministic,
      text:
        "One essay lets agent-first stacks win on every count; another keeps RPA for deterministic "
        + "high volume. Here either may win: both raise exceptions, and both cost money."),
    BriefRemark(
      topic: .orchestration,
      text:
        "One essay asks for centralised governance, another warns of a central hub. Here policy is a "
        + "setting of the layer, and work still queues for the layer's finite capacity."),
    BriefRemark(
      topic: .agentReliability,
      text:
        "The pair 95 % and 70 % is used for two different things: reliability on two systems of "
        + "record, and reliability in tests against use. They are separate inputs here."),
    BriefRemark(
      topic: .always,
      text:
        "All charts of the essays' core text are its authors' estimates, and the case figures of "
        + "another are briefings by vendors. None of them is used as a measurement here."),
  ]
}
