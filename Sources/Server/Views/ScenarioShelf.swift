import DocumentReading
import Foundation
import HTTPTypes
import Reporting
import Scenarios
import Workbench

/// The scenarios of a workspace: the YAML files of one folder.
///
/// What a scenario names must lie in the workspace's folder or in what was imported: a text that comes
/// from a browser reads nothing else of this machine.
struct ScenarioShelf: Sendable {
  let folder: URL
  let workspace: String
  private let own: URL
  private let calibrations: URL

  /// The shelf of a workspace.
  init(_ workbench: WorkbenchState) {
    self.init(workspace: workbench.workspace, folder: workbench.folder)
  }

  /// The shelf of a workspace and its folder.
  init(workspace: String, folder: WorkspaceFolder) {
    self.folder = folder.scenarios
    self.workspace = workspace
    own = folder.url
    calibrations = folder.calibrations
  }

  /// Folders that hold everything a scenario may name.
  var roots: [URL] {
    let history = (try? importHistory(inWorkspace: workspace)) ?? []
    let imported = Set(history.flatMap(\.roots)).sorted()
    return [own] + imported.map { URL(fileURLWithPath: $0) }
  }

  /// Names of all scenarios, in order.
  var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      .map { String($0.dropLast(5)) }.sorted()
  }

  /// The file of a scenario.
  ///
  /// - Throws: `Problem` where the text is no name.
  func file(_ name: String) throws(Problem) -> URL {
    func isPlain(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    guard !name.isEmpty, name.utf8.count <= 60, name.utf8.allSatisfy(isPlain) else {
      throw Problem(
        .badRequest,
        "'\(name.prefix(60))' is no name of a scenario: small letters, digits, - and _, at most 60")
    }
    return folder.appending(path: "\(name).yaml")
  }

  /// The file of a scenario that is there.
  func existing(_ name: String) throws(Problem) -> URL {
    let file = try file(name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw Problem(.notFound, "there is no scenario '\(name)'; /scenarios lists them")
    }
    return file
  }

  /// The file of a scenario that is not there yet.
  private func new(_ name: String) throws(Problem) -> URL {
    let file = try file(name)
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw Problem(
        .unprocessableContent, "there is a scenario '\(name)' already; choose another name")
    }
    return file
  }

  /// The text of a scenario.
  func text(_ name: String) throws -> String {
    let file = try existing(name)
    do {
      let bytes = try DocumentReader.read(file: file.path, shownAs: file.lastPathComponent)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw WorkbenchError(error)
    }
  }

  /// Everything that is wrong with a scenario; empty where it can be run.
  func problems(with text: String, name: String) throws -> [String] {
    let file = try file(name)
    try WorkspaceFolder.make(folder)
    // Beside the others, so that what it names is found.
    let draft = folder.appending(path: ".draft-\(Gate.randomWord()).yaml")
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      try Data(text.utf8).write(to: draft)
      _ = try checkScenario(draft.path, within: roots)
      return []
    } catch let error as WorkbenchError {
      return error.messages.map { $0.replacing(draft.path, with: file.lastPathComponent) }
    }
  }

  /// Keeps the text of a scenario that can be run.
  ///
  /// - Throws: `Problem` with everything that is wrong with it.
  func save(_ text: String, as name: String) throws {
    // Forms end lines as the network does.
    let lines = text.replacing("\r\n", with: "\n")
    let problems = try problems(with: lines, name: name)
    guard problems.isEmpty else { throw Problem(problems) }
    try writeFile(lines.utf8, to: try file(name).path, option: "another name")
  }

  /// Keeps a scenario with one value changed.
  func set(_ path: String, to value: String, in name: String) throws {
    let file = try existing(name)
    let changed = try scenarioText(
      try text(name), setting: path, to: value, file: file.lastPathComponent)
    try save(changed, as: name)
  }

  /// Keeps a scenario with a second variant that is like one that is there.
  func copyVariant(_ variant: String, as other: String, in name: String) throws {
    let file = try existing(name)
    let changed = try scenarioText(
      try text(name), copyingVariant: variant, as: other, file: file.lastPathComponent)
    try save(changed, as: name)
  }

  /// Keeps a second scenario that is like one that is there.
  func copy(_ name: String, as other: String) throws {
    _ = try new(other)
    try save(try text(name), as: other)
  }

  /// Makes a scenario of a process of the inventory.
  ///
  /// - Returns: what should be known about it.
  func make(of process: String, as name: String) throws -> [String] {
    let file = try new(name)
    try WorkspaceFolder.make(folder)
    let outcome = try initScenario(
      ScenarioInitRequest(process: process, workspace: workspace, output: file.path))
    try Workbench.write(outcome, to: file.path)
    return outcome.notes
  }

  /// Refuses a name that is none, or that a scenario has already.
  func checkNew(_ name: String) throws(Problem) { _ = try new(name) }

  /// The folder of the event log that a scenario was calibrated from, whether it is there or not.
  ///
  /// - Parameter name: a name of a scenario that has been checked.
  func calibration(of name: String) -> URL { calibrations.appending(path: name) }

  /// The page that says how a scenario was calibrated; `nil` where it was not.
  func calibrationPage(of name: String) -> URL? {
    let page = calibration(of: name).appending(path: "calibration.html")
    return FileManager.default.fileExists(atPath: page.path) ? page : nil
  }

  /// Puts a scenario on the shelf that a calibration wrote beside its process, in the calibration's folder.
  func take(calibrated scenario: String, as name: String) throws {
    let file = URL(fileURLWithPath: scenario)
    let text = try scenarioText(
      String(decoding: try Data(contentsOf: file), as: UTF8.self), setting: "bpmn",
      to: "../\(calibrations.lastPathComponent)/\(name)/process.bpmn", file: file.lastPathComponent)
    try WorkspaceFolder.make(folder)
    try save(text, as: name)
  }

  /// Where each value of a scenario comes from, worst evidence first.
  func explanation(of name: String) throws -> ExplanationDocument {
    try explainScenario(try existing(name).path, within: roots)
  }
}
