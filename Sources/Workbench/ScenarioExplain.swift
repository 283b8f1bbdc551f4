import Facts
public import Foundation
public import Reporting
import Scenarios

/// Every parameter of a scenario that compiles, worst evidence first.
///
/// - Parameters:
///   - variant: the variant whose parameters are meant; `nil` for those of all.
///   - roots: folders that hold everything the scenario may name; `nil` for any place.
/// - Throws: `WorkbenchError.badInput` where the scenario cannot be run or has no such variant.
public func explainScenario(
  _ path: String, variant: String? = nil, within roots: [URL]? = nil
) throws(WorkbenchError) -> ExplanationDocument {
  let loaded = try readScenarioFile(path, within: roots)
  do {
    let compiled = try compile(loaded.scenario)
    let parameters =
      try variant.map { try loaded.scenario.parameters(ofVariant: $0) } ?? compiled.parameters
    return ExplanationDocument(parameters, path: path, variant: variant)
  } catch {
    throw WorkbenchError(error)
  }
}
