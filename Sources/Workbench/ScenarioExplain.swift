import Facts
public import Reporting
import Scenarios

/// Every parameter of a scenario that compiles, worst evidence first.
///
/// - Parameter variant: the variant whose parameters are meant; `nil` for those of all.
/// - Throws: `WorkbenchError.badInput` where the scenario cannot be run or has no such variant.
public func explainScenario(
  _ path: String, variant: String? = nil
) throws(WorkbenchError) -> ExplanationDocument {
  let loaded = try readScenarioFile(path)
  do {
    let compiled = try compile(loaded.scenario)
    let parameters =
      try variant.map { try loaded.scenario.parameters(ofVariant: $0) } ?? compiled.parameters
    return ExplanationDocument(parameters, path: path, variant: variant)
  } catch {
    throw WorkbenchError(error)
  }
}
