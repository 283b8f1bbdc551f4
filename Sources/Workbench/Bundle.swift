import DocumentReading
import Experiments
public import Foundation
import Reporting
import Scenarios
public import Workspace

/// A study as one file: what it read, how it was asked for, what it showed.
///
/// A ZIP archive with `bundle.json`, the inputs under `inputs/` and the results under `results/`. The same
/// study gives the same bytes.
public struct StudyBundle: Sendable {
  /// Path of the scenario, as the results name it.
  public var scenario: String
  /// How it was asked for.
  public var settings: StudySettings
  /// What it read, the scenario first.
  public var files: [StudyFile]
  /// The JSON that `compare --format json` prints.
  public var result: Data

  /// A bundle of a study of a workspace.
  ///
  /// - Throws: `WorkbenchError.badInput` where it has no result, or was recorded without its inputs.
  public init(_ entry: StudyEntry) throws(WorkbenchError) {
    guard let result = entry.result else { throw .noResult(of: entry) }
    guard let settings = entry.settings, !entry.files.isEmpty else {
      throw .badInput([
        "study \(entry.study.id) was recorded by an earlier version, without its inputs; compare its "
          + "scenario again and bundle that"
      ])
    }
    scenario = entry.study.scenario
    self.settings = settings
    files = entry.files
    self.result = result
  }

  /// A bundle of a comparison that has just been made.
  ///
  /// - Parameters:
  ///   - trials: what was tried of its inputs.
  ///   - result: the JSON that `compare --format json` prints.
  ///   - command: the command line that the results repeat.
  public init(
    _ compared: ComparedScenario, options: StudyOptions, trials: InputTrials, command: String,
    result: String
  ) throws(WorkbenchError) {
    guard let source = compared.loaded.source else {
      throw .internalFault("the scenario's files are not known")
    }
    scenario = source.path
    settings = StudySettings(options, trials: trials, command: command)
    do {
      files = try source.files(digest: compared.scenario.sourceDigest)
    } catch {
      throw WorkbenchError(error)
    }
    self.result = Data(result.utf8)
  }

  /// What `bundle.json` says.
  private struct Manifest: Codable {
    /// Version of the form; others are refused.
    var rehearseBundle: Int
    var scenario: String
    var settings: StudySettings
    var files: [Input]
    var result: String

    struct Input: Codable {
      /// Where it is in the archive.
      var member: String
      var name: String
      var place: String
      var sha256: String
    }
  }

  private static let form = 1
  private static let manifestName = "bundle.json"
  private static let resultName = "results/study.json"

  /// The archive.
  public func archive() throws(WorkbenchError) -> [UInt8] {
    var members: [ArchiveMember] = []
    var inputs: [Manifest.Input] = []
    var names: [String] = []
    for file in files {
      if !names.contains(file.name) { names.append(file.name) }
      let number = names.firstIndex(of: file.name) ?? 0
      let place =
        file.place.isEmpty ? URL(fileURLWithPath: file.name).lastPathComponent : file.place
      let member = "inputs/\(number)/\(place)"
      inputs.append(
        Manifest.Input(
          member: member, name: file.name, place: file.place, sha256: file.digest))
      members.append(ArchiveMember(path: member, bytes: Array(file.content)))
    }
    let manifest = Manifest(
      rehearseBundle: Self.form, scenario: scenario, settings: settings, files: inputs,
      result: contentDigest(Array(result)))
    do {
      let text = try jsonText(manifest)
      members.insert(ArchiveMember(path: Self.manifestName, bytes: Array(text.utf8)), at: 0)
      members.append(ArchiveMember(path: Self.resultName, bytes: Array(result)))
      return try zipArchive(of: members)
    } catch {
      throw WorkbenchError(error)
    }
  }

  /// Reads a bundle.
  ///
  /// - Throws: `WorkbenchError.badInput` where the file is no bundle, is hostile or damaged, or comes from
  ///   a later version.
  public init(file path: String) throws(WorkbenchError) {
    do {
      let bytes = try DocumentReader.read(file: path, shownAs: path)
      let members = Dictionary(
        try readArchive(bytes, path: path).map { ($0.path, $0.bytes) },
        uniquingKeysWith: { first, _ in first })
      func refused(_ reason: String) -> WorkbenchError { .badInput(["\(path): \(reason)"]) }
      guard let text = members[Self.manifestName] else {
        throw refused(
          "the archive is no bundle, it has no bundle.json; name one of rehearse bundle")
      }
      struct Form: Decodable { var rehearseBundle: Int? }
      let form = try? JSONDecoder().decode(Form.self, from: Data(text))
      guard let number = form?.rehearseBundle else {
        throw refused("bundle.json is not one of rehearse bundle; the bundle is damaged")
      }
      guard number == Self.form else {
        throw refused(
          "the bundle has form \(number), and this version of Rehearse reads form \(Self.form); use "
            + "the version that made it")
      }
      guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(text)) else {
        throw refused("bundle.json lacks what it must say; the bundle is damaged")
      }
      var files: [StudyFile] = []
      for input in manifest.files {
        guard let content = members[input.member], contentDigest(content) == input.sha256 else {
          throw refused(
            "the input \(input.member) is missing or was changed since the bundle was made; bundle the "
              + "study again")
        }
        files.append(StudyFile(name: input.name, place: input.place, bytes: content))
      }
      guard let result = members[Self.resultName], contentDigest(result) == manifest.result else {
        throw refused(
          "\(Self.resultName) is missing or was changed since the bundle was made; bundle the study "
            + "again")
      }
      scenario = manifest.scenario
      settings = manifest.settings
      self.files = files
      self.result = Data(result)
    } catch {
      throw WorkbenchError(error)
    }
  }
}
