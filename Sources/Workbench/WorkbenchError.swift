import Auditing
import DocumentReading
import Experiments
import Facts
import Reporting
import Scenarios
public import Simulation
import Workspace

/// Why a verb could not be carried out, as sentences for people.
///
/// The one place that turns errors of the modules below into text; `exitCode` is the one place that turns
/// them into exit codes.
public enum WorkbenchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was given cannot be used: one sentence per problem, each with its place.
  case badInput([String])
  /// The work was stopped before there was anything to show.
  case stopped(String, StopReason)
  /// A part that must be installed is missing or failed: what it is for and how to get it.
  case missingPart(String)
  /// Our mistake.
  case internalFault(String)

  /// The sentences.
  public var messages: [String] {
    switch self {
    case .badInput(let messages): messages
    case .missingPart(let message), .internalFault(let message), .stopped(let message, _): [message]
    }
  }

  /// The sentences as one text, for where another sentence ends with them.
  public var description: String { messages.joined(separator: "; ") }

  /// The exit code of the command line; see `docs/reference/exit-codes.md`.
  public var exitCode: Int32 {
    switch self {
    case .badInput, .missingPart: 2
    case .internalFault: 3
    case .stopped(_, let reason): reason.exitCode
    }
  }

  /// Turns an error of any module into sentences.
  public init(_ error: any Error) {
    switch error {
    case let error as WorkbenchError: self = error
    case let error as WorkspaceError: self = .badInput([error.description])
    case let error as DocumentError: self = .badInput([error.description])
    case let error as AuditPolicyErrors: self = .badInput(error.problems.map(\.description))
    case let error as ScenarioErrors: self = .badInput(error.problems.map(\.description))
    case let error as WorkbookError: self = .badInput([error.description])
    case let error as RenderingError: self = .missingPart(error.description)
    case let error as PDFError: self = .missingPart(error.description)
    case let error as StudyError: self.init(error, place: "")
    default: self = .internalFault("unexpected: \(error)")
    }
  }

  /// The same, for an error met while running the scenario of a file: a study's sentences name no place.
  init(_ error: any Error, in scenario: String) {
    switch error {
    case let error as StudyError: self.init(error, place: "\(scenario): ")
    default: self.init(error)
    }
  }

  private init(_ error: StudyError, place: String) {
    let sentence = "\(place)\(Self.sentence(error))"
    switch error {
    case .stoppedTooEarly(_, let reason): self = .stopped(sentence, reason ?? .interrupted)
    case .gridStopped(let reason): self = .stopped(sentence, reason)
    default: self = .badInput([sentence])
    }
  }

  private static func sentence(_ error: StudyError) -> String {
    switch error {
    case .replicationFailed(let failure, let variant, let overload):
      "variant '\(variant)', replication \(failure.job.replication + 1): "
        + sentence(failure.error, overload)
    case .stoppedTooEarly(let done, let reason):
      "\(words(reason)) after \(done) replications, too few to show anything"
    case .gridStopped(let reason):
      "\(words(reason)) before all points were done; a grid with gaps shows nothing"
    case .runInSaturates(let team, let intensity):
      "the stack of today needs \(percent(intensity)) of what the team '\(team)' can do, so it has no "
        + "steady state to start from; give the team more people, or start empty (start_state: empty)"
    case .endlessFlow(let variant):
      "with the branching of variant '\(variant)' a loop of the process is never left; give the flow out "
        + "of the loop a share above 0"
    case .noSuchVariant(let name, let known):
      "the scenario has no variant '\(name)'; it has \(known.joined(separator: ", "))"
    case .noSteadyState(let refusal): "there is no steady state to ask for: \(refusal.sentence)"
    }
  }

  private static func sentence(_ error: SimulationError, _ overload: Overload?) -> String {
    switch error {
    case .tooManyLiveCases(let limit, let time):
      "on day \(time / 86_400_000_000) there are more than \(limit) cases in progress: "
        + (overload.map(sentence) ?? "far more arrive than can be done")
        + "; lower the demand, add people, shorten the horizon, or raise --max-cases-inside"
    case .endlessLoop(let element, let time):
      "on day \(time / 86_400_000_000) a case runs in circles through '\(element)' without any time "
        + "passing; give an activity in the loop a time, or let cases leave the loop"
    case .noRuleHolds, .severalRulesHold: error.sentenceOfRule ?? "a rule fails"
    case .tooManyEvents(let limit, let time, let inside):
      "stopped after \(limit) events on day \(time / 86_400_000_000) with \(inside) cases inside: "
        + (overload.map { "the model diverges, since \(sentence($0))" }
          ?? "by arithmetic no team has more work than hours, so the limit is too low")
        + "; nothing of this replication counts"
    case .stopped: "stopped"
    }
  }

  private static func words(_ reason: StopReason?) -> String {
    reason == .timeLimit ? "stopped by --max-time" : "interrupted"
  }

  private static func sentence(_ overload: Overload) -> String {
    "the team '\(overload.team)' has \(percent(overload.intensity)) of the work it can do"
      + (overload.sinceDay.map { ", from working day \($0) on" } ?? "")
  }

  private static func percent(_ share: Double) -> String {
    // A team without hours has infinitely more to do than it can.
    share < 1e9 ? "\(Int((share * 100).rounded())) %" : "infinitely many times"
  }
}
