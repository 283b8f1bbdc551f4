import Experiments
public import Foundation
public import Reporting
public import Workspace

/// The studies of a workspace, oldest first.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace, or it cannot be read.
public func studies(inWorkspace file: String) throws(WorkbenchError) -> [RecordedStudy] {
  try checkStudies(file)
  do { return try Workspace(file: file).studies() } catch { throw WorkbenchError(error) }
}

/// One study of a workspace.
public struct StudyEntry: Sendable {
  /// What is recorded of it.
  public var study: RecordedStudy
  /// How it was asked for; `nil` for studies of the first versions.
  public var settings: StudySettings?
  /// What it read, without the content: name, place in the folder of that name, SHA-256.
  public var files: [StudyFile]
  /// The JSON that `compare --format json` printed; `nil` where it did not come to an end.
  public var result: Data?
}

extension StudyEntry {
  /// What a reader sees of it first.
  ///
  /// - Throws: `WorkbenchError.badInput` where its result is of another version.
  public func details() throws -> StudyDetails {
    var facts: [(String, String)] = [
      ("scenario", "\(study.scenario) (SHA-256 \(study.digest.prefix(12))…)"),
      ("recorded", study.recorded),
    ]
    if !study.title.isEmpty { facts.insert(("title", study.title), at: 0) }
    if let settings {
      facts.append(("asked for with", settings.command))
      facts.append(("program", settings.program))
    }
    if let asked = study.replications, let done = study.done {
      facts.append(("replications", done < asked ? "\(done) of \(asked)" : "\(asked)"))
    }
    facts.append(("files", "\(files.count)"))
    var rows: [StudyDetails.Row] = []
    if result != nil {
      let kept = try KeptResult(self)
      for name in kept.order {
        guard let variant = kept.variants[name] else { continue }
        rows.append(
          StudyDetails.Row(
            variant: name,
            figures: Figure.allCases.compactMap { figure in
              variant.figures[figure.rawValue].map { (figure, $0.estimate, $0.unit) }
            }, exhaustion: variant.exhaustion.byHorizon))
      }
    }
    return StudyDetails(number: study.id, facts: facts, rows: rows)
  }
}

/// One study with its settings, files and result.
///
/// - Throws: `WorkbenchError.badInput` where there is no such study.
public func study(_ number: Int64, inWorkspace file: String) throws(WorkbenchError) -> StudyEntry {
  let all = try studies(inWorkspace: file)
  guard let study = all.first(where: { $0.id == number }) else {
    throw .badInput([noStudy(number, in: file)])
  }
  do {
    let workspace = try Workspace(file: file)
    return StudyEntry(
      study: study,
      settings: try study.settings.map { try JSONDecoder().decode(StudySettings.self, from: $0) },
      files: try workspace.files(ofStudy: number), result: try workspace.result(ofStudy: number))
  } catch {
    throw WorkbenchError(error)
  }
}

/// Forgets studies, with the replications and files that no other study has; all of them or none.
///
/// - Throws: `WorkbenchError.badInput` where one of them is not there.
public func removeStudies(_ numbers: [Int64], inWorkspace file: String) throws(WorkbenchError) {
  let known = try studies(inWorkspace: file).map(\.id)
  let missing = numbers.filter { !known.contains($0) }
  guard missing.isEmpty else { throw .badInput(missing.map { noStudy($0, in: file) }) }
  do {
    let workspace = try Workspace(file: file)
    for number in numbers { _ = try workspace.removeStudy(number) }
  } catch {
    throw WorkbenchError(error)
  }
}

private func noStudy(_ number: Int64, in file: String) -> String {
  "\(file): there is no study \(number); rehearse studies lists those there are"
}

private func checkStudies(_ file: String) throws(WorkbenchError) {
  guard FileManager.default.fileExists(atPath: file) else {
    throw .badInput([
      "\(file): there is no workspace yet; rehearse compare SCENARIO makes it"
    ])
  }
}
