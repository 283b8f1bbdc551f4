import DocumentReading
import Experiments
import Facts
import Reporting
import Scenarios
import Simulation
import Workspace

/// Why a verb could not be carried out, as sentences for people.
///
/// The one place that turns errors of the modules below into text; `exitCode` is the one place that turns
/// them into exit codes.
public enum WorkbenchError: Error, Sendable, Equatable {
  /// What was given cannot be used: one sentence per problem, each with its place.
  case badInput([String])
  /// A part that must be installed is missing or failed: what it is for and how to get it.
  case missingPart(String)
  /// Our mistake.
  case internalFault(String)

  /// The sentences.
  public var messages: [String] {
    switch self {
    case .badInput(let messages): messages
    case .missingPart(let message), .internalFault(let message): [message]
    }
  }

  /// The exit code of the command line; see `docs/reference/exit-codes.md`.
  public var exitCode: Int32 {
    switch self {
    case .badInput, .missingPart: 2
    case .internalFault: 3
    }
  }

  /// Turns an error of any module into sentences.
  public init(_ error: any Error) {
    switch error {
    case let error as WorkbenchError: self = error
    case let error as WorkspaceError: self = .badInput([error.description])
    case let error as DocumentError: self = .badInput([error.description])
    case let error as ScenarioErrors: self = .badInput(error.problems.map(\.description))
    case let error as RenderingError: self = .missingPart(error.description)
    case let error as StudyError: self = .badInput([Self.sentence(error)])
    case let error as SimulationError: self = .badInput([Self.sentence(error)])
    default: self = .internalFault("unexpected: \(error)")
    }
  }

  /// The same, for an error met while running the scenario of a file: a study's sentences name no place.
  init(_ error: any Error, in scenario: String) {
    switch error {
    case let error as StudyError: self = .badInput(["\(scenario): \(Self.sentence(error))"])
    case let error as SimulationError: self = .badInput(["\(scenario): \(Self.sentence(error))"])
    default: self.init(error)
    }
  }

  private static func sentence(_ error: StudyError) -> String {
    switch error {
    case .runInSaturates(let team, let intensity):
      "the stack of today needs \(percent(intensity)) of what the team '\(team)' can do, so it has no "
        + "steady state to start from; give the team more people, or start empty (start_state: empty)"
    case .endlessFlow(let variant):
      "with the branching of variant '\(variant)' a loop of the process is never left; give the flow out "
        + "of the loop a share above 0"
    }
  }

  private static func sentence(_ error: SimulationError) -> String {
    switch error {
    case .tooManyLiveCases(let limit, let time):
      "on day \(time / 86_400_000_000) there are more than \(limit) cases in progress: far more arrive "
        + "than can be done; lower the demand, add people, or shorten the horizon"
    case .endlessLoop(let element, let time):
      "on day \(time / 86_400_000_000) a case runs in circles through '\(element)' without any time "
        + "passing; give an activity in the loop a time, or let cases leave the loop"
    case .noRuleHolds, .severalRulesHold: error.sentenceOfRule ?? "a rule fails"
    }
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
