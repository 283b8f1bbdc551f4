public import Experiments
import Foundation
public import Scenarios
public import Simulation

/// Which case of a replication to tell of.
public enum CaseChoice: Sendable, Hashable {
  /// By its number, which is that of the logs.
  case number(Int)
  /// The one that took longest from its arrival, until the end of the run where it was not done.
  case slowest
  /// The one that was charged most.
  case dearest

  /// `nil` for what is neither a number from 1 nor `slowest` or `dearest`.
  public init?(_ text: String) {
    switch text {
    case "slowest": self = .slowest
    case "dearest": self = .dearest
    default:
      guard let number = Int(text), number >= 1, number <= Int(UInt32.max) else { return nil }
      self = .number(number)
    }
  }
}

/// A case that was followed, and the scenario it is of.
public struct TracedCase: Sendable {
  /// The scenario as compiled.
  public var scenario: CompiledScenario
  /// What happened to it.
  public var story: CaseStory

  /// An instant of the story in the scenario's local time, as ISO 8601 with its offset.
  public func instant(_ time: Int64) -> String {
    date(time).formatted(
      Date.ISO8601FormatStyle(
        timeZoneSeparator: .colon, includingFractionalSeconds: time % 1_000_000 != 0,
        timeZone: zone))
  }

  /// The same as people read it, to the minute: `2026-01-05 09:12`.
  public func minute(_ time: Int64) -> String {
    String(instant(time).prefix(16)).replacing("T", with: " ")
  }

  private var zone: TimeZone { TimeZone(identifier: scenario.timeZone) ?? .gmt }

  private func date(_ time: Int64) -> Date {
    Date(timeIntervalSince1970: Double(scenario.origin) + Double(time) / 1e6)
  }
}

/// Follows one case of one replication of one variant.
///
/// - Parameters:
///   - variant: its name; `nil` for the baseline.
///   - replication: number of the replication, from 1.
///   - stopping: told how to stop the run from outside, before it begins.
public func trace(
  _ choice: CaseChoice, of loaded: LoadedScenario, variant: String? = nil, replication: Int = 1,
  options: StudyOptions = StudyOptions(), stopping: (RunControl) -> Void = { _ in }
) async throws(WorkbenchError) -> TracedCase {
  do {
    var options = options
    options.variants = variant.map { [$0] } ?? []
    let (compiled, design) = try study(of: loaded.scenario, options: options)
    let name = variant ?? design.variants[design.baseline].name
    guard let chosen = design.variants.first(where: { $0.name == name }) else {
      throw WorkbenchError.badInput(["the scenario has no variant '\(name)'"])
    }
    let control = options.limits.control { _ in }
    stopping(control)
    let seed = design.seed
    @Sendable func run(following ordinal: UInt32?) throws -> CaseTraceObserver {
      var observer = CaseTraceObserver(following: ordinal)
      _ = try runReplication(
        of: chosen.model, seed: seed, replication: replication - 1, control: control,
        trace: &observer)
      return observer
    }
    let story = try await options.limits.watching(control) {
      let number =
        if case .number(let given) = choice { given } else {
          try choose(choice, in: try run(following: nil), of: chosen.model)
        }
      let trace = try run(following: UInt32(number))
      try check(number, in: trace, of: chosen.model)
      guard
        let story = CaseStory(
          of: number, in: trace, replication: replication - 1, variant: chosen,
          currency: design.currency)
      else { throw WorkbenchError.internalFault("case \(number) left no trace") }
      return story
    }
    return TracedCase(scenario: compiled, story: story)
  } catch SimulationError.stopped {
    throw .stopped("stopped before the case could be told", .interrupted)
  } catch let error as SimulationError {
    throw .badInput([
      "\(loaded.scenario.path): replication \(replication) cannot be run (\(error)); "
        + "rehearse simulate says more"
    ])
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}

/// Numbers of the cases that count: those that arrive from day 0 to the horizon, the first so many of them
/// where their number bounds the run.
private func counted(_ trace: CaseTraceObserver, of model: SimulationModel) -> [Int] {
  let numbers = trace.entries.indices.filter { index in
    let arrival = trace.entries[index].arrival
    return arrival >= 0 && (model.timeline.caseLimit != nil || arrival < model.timeline.horizon)
  }
  return numbers.prefix(model.timeline.caseLimit ?? .max).map { $0 + 1 }
}

private func choose(
  _ choice: CaseChoice, in trace: CaseTraceObserver, of model: SimulationModel
) throws -> Int {
  func worth(_ number: Int) -> Int64 {
    let entry = trace.entries[number - 1]
    return choice == .dearest ? entry.cost : (entry.end ?? trace.endOfRun) - entry.arrival
  }
  // Of several alike the first.
  let best = counted(trace, of: model).max { (worth($0), $1) < (worth($1), $0) }
  guard let best else {
    throw WorkbenchError.badInput(["no case arrives within the horizon, so there is none to trace"])
  }
  return best
}

private func check(_ number: Int, in trace: CaseTraceObserver, of model: SimulationModel) throws {
  let numbers = counted(trace, of: model)
  guard let first = numbers.first, let last = numbers.last else {
    throw WorkbenchError.badInput(["no case arrives within the horizon, so there is none to trace"])
  }
  guard (first...last).contains(number) else {
    throw WorkbenchError.badInput([
      "there is no counted case \(number): those of this replication have the numbers "
        + "\(first) to \(last), as its log names them"
    ])
  }
}
