import Foundation
import Testing

/// Compares a text with the file of that name in `Golden`, line by line.
///
/// `make golden` writes the files anew; look at the changes before committing them.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["REHEARSE_REWRITE_GOLDEN"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  guard text != expected else { return }
  let (found, wanted) = (lines(text), lines(expected))
  let first = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let place = first ?? min(found.count, wanted.count)
  func line(_ lines: [Substring]) -> String {
    place < lines.count ? String(lines[place].prefix(300)) : "(end)"
  }
  Issue.record(
    """
    \(name) differs from line \(place + 1) on.
    expected: \(line(wanted))
    found:    \(line(found))
    """, sourceLocation: sourceLocation)
}

private func lines(_ text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
