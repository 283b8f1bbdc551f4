import Experiments
import Foundation
public import Reporting
import Scenarios
import Workspace

/// What lies between two studies of a workspace: which inputs changed, and how far figures moved.
///
/// - Throws: `WorkbenchError.badInput` where one of them is not there or has no result.
public func studyChange(
  from before: Int64, to after: Int64, inWorkspace file: String
) throws(WorkbenchError) -> StudyChange {
  let old = try study(before, inWorkspace: file)
  let new = try study(after, inWorkspace: file)
  do {
    let (first, second) = (try KeptResult(old), try KeptResult(new))
    return StudyChange(
      before: before, after: after, inputs: try changedInputs(old, new),
      figures: first.order.filter { second.variants[$0] != nil }.flatMap {
        moved($0, from: first, to: second)
      },
      variantsGone: first.order.filter { second.variants[$0] == nil },
      variantsNew: second.order.filter { first.variants[$0] == nil })
  } catch {
    throw WorkbenchError(error)
  }
}

extension WorkbenchError {
  /// A study that did not come to its end has nothing to show.
  public static func noResult(of entry: StudyEntry) -> WorkbenchError {
    let again = entry.settings.map { "; it goes on with: \($0.command)" } ?? ""
    return .badInput(["study \(entry.study.id) has no result yet\(again)"])
  }
}

/// The part of a kept result that is compared.
struct KeptResult: Decodable {
  var order: [String]
  var replications: Int
  var variants: [String: Variant]

  struct Variant: Decodable {
    var title: String
    var figures: [String: Value]
    var exhaustion: ExhaustionResult
  }

  struct Value: Decodable {
    var estimate: Estimate
    var unit: String

    private enum CodingKeys: CodingKey { case unit }

    init(from decoder: any Decoder) throws {
      estimate = try Estimate(from: decoder)
      unit = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .unit)
    }
  }

  init(_ entry: StudyEntry) throws {
    guard let result = entry.result else { throw WorkbenchError.noResult(of: entry) }
    do {
      self = try JSONDecoder().decode(KeptResult.self, from: result)
    } catch {
      throw WorkbenchError.badInput([
        "the result of study \(entry.study.id) is in a form of another version of Rehearse; run it anew"
      ])
    }
  }
}

private func moved(
  _ name: String, from before: KeptResult, to after: KeptResult
) -> [StudyChange.Moved] {
  guard let old = before.variants[name], let new = after.variants[name] else { return [] }
  var figures: [StudyChange.Moved] = Figure.allCases.compactMap { figure in
    guard let first = old.figures[figure.rawValue], let second = new.figures[figure.rawValue],
      first.unit == second.unit
    else { return nil }
    return StudyChange.Moved(
      variant: name, figure: figure.rawValue, unit: second.unit, before: first.estimate.mean,
      after: second.estimate.mean,
      change: IndependentDifference(from: first.estimate, to: second.estimate))
  }
  let (first, second) = (old.exhaustion.byHorizon, new.exhaustion.byHorizon)
  figures.append(
    StudyChange.Moved(
      variant: name, figure: "exhaustion", unit: "share", before: first.share, after: second.share,
      change: IndependentDifference(from: first, to: second)))
  return figures
}

private func changedInputs(_ old: StudyEntry, _ new: StudyEntry) throws -> [StudyChange.Input] {
  var inputs: [StudyChange.Input] = []
  func add(_ what: String, _ before: String?, _ after: String?) {
    if before != after { inputs.append(StudyChange.Input(what, before: before, after: after)) }
  }
  add("scenario file", old.study.scenario, new.study.scenario)
  add(
    "--replications", old.settings?.replications.map(String.init),
    new.settings?.replications.map(String.init))
  add("--seed", old.settings?.seed.map { String($0) }, new.settings?.seed.map { String($0) })
  add(
    "--variant", old.settings?.variants.joined(separator: ", "),
    new.settings?.variants.joined(separator: ", "))
  add(
    "--set", old.settings?.changes.joined(separator: ", "),
    new.settings?.changes.joined(separator: ", "))
  add("program", old.settings?.program, new.settings?.program)
  let (before, after) = (old.files.first, new.files.first)
  if let before, let after, before.digest != after.digest {
    let changes = try scenarioChanges(
      from: Array(before.content), to: Array(after.content), path: new.study.scenario)
    for change in changes {
      let isEvidence = change.kind == .evidence
      inputs.append(
        StudyChange.Input(
          change.path, before: change.before,
          after: isEvidence ? "the same on other evidence: \(change.evidence ?? "")" : change.now))
    }
  }
  func others(_ entry: StudyEntry) -> [(name: String, digest: String)] {
    entry.files.dropFirst().map {
      ($0.place.isEmpty ? $0.name : "\($0.name)/\($0.place)", String($0.digest.prefix(12)))
    }
  }
  let (oldFiles, newFiles) = (others(old), others(new))
  for file in newFiles {
    add("file \(file.name)", oldFiles.first { $0.name == file.name }?.digest, file.digest)
  }
  for file in oldFiles where !newFiles.contains(where: { $0.name == file.name }) {
    add("file \(file.name)", file.digest, nil)
  }
  return inputs
}
