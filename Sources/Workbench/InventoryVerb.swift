import Facts
import Foundation
public import Inventory
import Workspace

/// The system of a name or alias.
///
/// - Throws: `WorkbenchError.badInput` with the closest name where there is none.
public func system(named name: String, of estate: Estate) throws(WorkbenchError) -> AutomationSystem
{
  if let system = estate.system(named: name) { return system }
  let hint =
    closestName(to: name, among: estate.systems.map(\.name))
    .map { "; did you mean '\($0)'?" } ?? "; list them with: rehearse inventory"
  throw .badInput(["the estate has no system '\(name)'\(hint)"])
}

/// Corrects a fact of a system by hand.
///
/// - Throws: `WorkbenchError.badInput` where system, field or value do not exist.
public func correct(
  inWorkspace file: String, system name: String, field: String, value: String, author: String,
  date: String
) throws(WorkbenchError) {
  let known = try system(named: name, of: estate(inWorkspace: file))
  guard let correctedField = Correction.Field(rawValue: field) else {
    let fields = Correction.Field.allCases.map(\.rawValue)
    let hint = closestName(to: field, among: fields).map { "; did you mean '\($0)'?" }
    throw .badInput([
      "'\(field)' is not a field\(hint ?? "; fields are \(fields.joined(separator: ", "))")"
    ])
  }
  do {
    try Workspace(file: file).add(
      try Correction(
        system: known.name, field: correctedField, value: value, author: author, date: date))
  } catch let error as CorrectionError {
    throw .badInput([error.description])
  } catch {
    throw WorkbenchError(error)
  }
}
