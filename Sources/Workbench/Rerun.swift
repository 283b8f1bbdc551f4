import DocumentReading
import Experiments
import Foundation
import Reporting
public import Simulation

/// What running a bundle again has shown.
public struct RerunOutcome: Sendable, Encodable {
  /// Version that made the bundle.
  public var madeBy: String
  /// Version that ran it again.
  public var rerunBy: String
  /// Whether the results are the same, byte for byte.
  public var isSame: Bool
  /// Fields that differ, in the order of their paths; empty where all are the same.
  public var differences: [FieldDifference]
}

/// A field of two results that differs.
public struct FieldDifference: Sendable, Hashable, Encodable {
  /// Path of the field, such as `variants.agents.figures.cost_per_case.mean`.
  public var field: String
  /// What the bundle says; `nil` where it has no such field.
  public var bundled: String?
  /// What the run says; `nil` where it has no such field.
  public var rerun: String?
}

/// Runs the study of a bundle again from the inputs in it alone, and compares the results.
///
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
public func rerun(
  _ bundle: StudyBundle, threads: Int? = nil, stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> RerunOutcome {
  let loaded = try readScenario(
    from: ScenarioSource(path: bundle.scenario, files: bundle.files))
  let options = bundle.settings.options(threads: threads)
  let compared = try await compare(
    loaded, options: options, stopping: stopping, progress: progress)
  if let interruption = compared.study.interruption {
    throw .stopped(
      "\(interruption.sentence) A bundle is compared as a whole; nothing is said of it.",
      interruption.reason)
  }
  let trials = bundle.settings.trials ?? InputTrials.nothing
  let tried = try await trials.run(
    on: loaded, options: options, stopping: stopping, progress: { progress($1, $2) })
  let report = try await studyReport(
    of: compared, scenarioPath: bundle.scenario, command: bundle.settings.command, tried: tried)
  do {
    let text = Data(try jsonText(StudyDocument(report)).utf8)
    return RerunOutcome(
      madeBy: bundle.settings.program, rerunBy: programVersion, isSame: text == bundle.result,
      differences: text == bundle.result ? [] : try fieldDifferences(bundle.result, text))
  } catch {
    throw WorkbenchError(error)
  }
}

/// The fields in which two JSON documents differ, in the order of the first, then those that only the
/// second has.
func fieldDifferences(_ first: Data, _ second: Data) throws(DocumentError) -> [FieldDifference] {
  var (old, new): ([(String, String)], [(String, String)]) = ([], [])
  collect(try parseJSON(Array(first), path: "the bundle"), "", &old)
  collect(try parseJSON(Array(second), path: "the run"), "", &new)
  let olds = Dictionary(old, uniquingKeysWith: { first, _ in first })
  let news = Dictionary(new, uniquingKeysWith: { first, _ in first })
  return old.compactMap { field, value in
    news[field] == value
      ? nil : FieldDifference(field: field, bundled: value, rerun: news[field])
  }
    + new.compactMap { field, value in
      olds[field] == nil ? FieldDifference(field: field, bundled: nil, rerun: value) : nil
    }
}

/// Adds all leaves of a document with their paths.
private func collect(_ node: DataNode, _ path: String, _ leaves: inout [(String, String)]) {
  if let members = node.object {
    if members.isEmpty { leaves.append((path, "{}")) }
    for member in members {
      collect(member.value, path.isEmpty ? member.key : "\(path).\(member.key)", &leaves)
    }
  } else if let items = node.array {
    if items.isEmpty { leaves.append((path, "[]")) }
    for (index, item) in items.enumerated() { collect(item, "\(path)[\(index)]", &leaves) }
  } else {
    leaves.append((path, node.text ?? (node.isNull ? "null" : "\(node.bool ?? false)")))
  }
}
