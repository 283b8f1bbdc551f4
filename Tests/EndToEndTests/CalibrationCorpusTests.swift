import Foundation
import Testing

extension EndToEndTests {
  /// Every real log, where a folder of them is given in the environment as `REHEARSE_CORPUS`.
  @Suite(
    "Calibrating real logs",
    .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
  struct CalibrationCorpusTests {
    /// Why a log may be refused, by a part of the sentence.
    private static let reasons = [
      "says when it happened", "is an SQLite database", "no column is known as",
      "no event of the log can be read",
    ]

    private static var logs: [String] {
      let corpus = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
      let endings = [
        ".csv", ".csv.gz", ".xes", ".xes.gz", ".jsonocel", ".xmlocel", ".sqlite",
      ]
      return ["log-csv", "log-xes", "log-ocel"].flatMap { folder -> [String] in
        let root = "\(corpus)/\(folder)"
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return files.filter { file in endings.contains { file.hasSuffix($0) } }.sorted()
          .map { "\(root)/\($0)" }
      }
    }

    @Test(
      "a log calibrates and is simulated, or is refused for a reason that has a name",
      arguments: logs)
    func log(file: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await rehearse([
        "calibrate", file, "--evaluate", file, "--runs", "2", "--out", folder.file("out"),
        "--format", "json",
      ])
      if outcome.exitCode != 0 {
        #expect(outcome.exitCode == 2)
        let message = outcome.messages.joined(separator: " ")
        #expect(Self.reasons.contains { message.contains($0) }, "\(file): \(message)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
        return
      }
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let means = try #require(document["means"] as? [String: Double])
      #expect(means.count == 6 && means.values.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect((means["NGD"] ?? 9) <= 1)
    }
  }
}
