public import Auditing
import DocumentReading
public import Facts
import Foundation

/// The waivers that were given in the browser for a workspace; none where there are none.
///
/// - Throws: `WorkbenchError.badInput` where the file was changed by hand and cannot be read.
public func waivers(ofWorkspace file: String) throws(WorkbenchError) -> [Waiver] {
  let path = WorkspaceFolder(ofWorkspace: file).waivers.path
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  do {
    return try readAuditPolicy(DocumentReader.read(file: path, shownAs: path), path: path).waivers
  } catch {
    throw WorkbenchError(error)
  }
}

/// Keeps that somebody accepts a finding; an earlier waiver of the same finding gives way.
///
/// - Throws: `WorkbenchError.badInput` where something is blank, or the file cannot be written.
public func waive(
  _ finding: String, inWorkspace file: String, reason: String, owner: String,
  expires: CalendarDay? = nil
) throws(WorkbenchError) {
  for (name, text) in [("finding", finding), ("reason", reason), ("owner", owner)]
  where text.allSatisfy(\.isWhitespace) {
    throw .badInput(["the waiver has no \(name); say which finding, why and who accepts it"])
  }
  var all = try waivers(ofWorkspace: file).filter { $0.finding != finding }
  all.append(
    Waiver(
      finding: finding, reason: reason, owner: owner, expires: expires,
      location: SourceLocation(path: "")))
  try write(all, ofWorkspace: file)
}

/// Takes a waiver back that was given in the browser.
///
/// - Throws: `WorkbenchError.badInput` where there is none of the finding.
public func unwaive(_ finding: String, inWorkspace file: String) throws(WorkbenchError) {
  let all = try waivers(ofWorkspace: file)
  let rest = all.filter { $0.finding != finding }
  guard rest.count < all.count else {
    throw .badInput([
      "no waiver of '\(finding)' was given in the browser; those of a policy file are changed there"
    ])
  }
  try write(rest, ofWorkspace: file)
}

/// Writes the file: JSON, which is YAML too, so that it is read as every policy file.
private func write(_ waivers: [Waiver], ofWorkspace file: String) throws(WorkbenchError) {
  let document = PolicyDocument(
    waivers: waivers.map {
      .init(
        finding: $0.finding, reason: $0.reason, owner: $0.owner, expires: $0.expires?.description)
    })
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  let bytes: Data
  do { bytes = try encoder.encode(document) } catch { throw WorkbenchError(error) }
  try writeFile(
    bytes, to: WorkspaceFolder(ofWorkspace: file).waivers.path, option: "--workspace")
}

private struct PolicyDocument: Encodable {
  var waivers: [Entry]

  struct Entry: Encodable {
    var finding: String
    var reason: String
    var owner: String
    var expires: String?
  }
}
