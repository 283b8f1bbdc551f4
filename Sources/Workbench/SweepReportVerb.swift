public import Reporting
import Scenarios

/// What the report of a sweep of a scenario needs beside its results.
///
/// - Parameters:
///   - path: The scenario as people name it.
///   - command: What makes the report again.
///   - workingDays: Date of each working day of the horizon, where dates are shown.
public func sweepFrame(
  of loaded: LoadedScenario, scenarioPath path: String, command: String, workingDays: [String] = []
) -> SweepFrame {
  let scenario = loaded.scenario
  return SweepFrame(
    title: scenario.title,
    variants: scenario.variants.map { SweepFrame.Variant(name: $0.name, title: $0.title) },
    baseline: scenario.experiment.baseline, workingDays: workingDays,
    provenance: ReportProvenance(
      programVersion: programVersion, scenarioPath: path, scenarioDigest: scenario.sourceDigest,
      command: command))
}
