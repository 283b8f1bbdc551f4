import Foundation
import Testing

extension EndToEndTests {
  /// `rehearse serve`, used in a browser as a person does.
  @Suite("Workbench in the browser") struct WorkbenchTests {
    private static let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"]

    @Test(
      "from files to a report: no error of a page, no request elsewhere, no serious barrier, nothing lost by a kill",
      .enabled(if: python != nil && FileManager.default.fileExists(atPath: "/usr/bin/chromium")))
    func journey() async throws {
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_workbench.py", try programPath(),
        ], limit: .seconds(1_200))
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
      #expect(check.output.contains(" 0 problems"))
    }

    @Test(
      "the interface for programs answers everything, right or wrong, by its own description",
      .enabled(if: python != nil))
    func interface() async throws {
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_interface.py", try programPath(),
          "--seconds", "30",
        ], limit: .seconds(300))
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    }

    @Test("what the server cannot start with is said, and nothing is left behind")
    func refusals() async throws {
      let folder = try TemporaryFolder()
      let workspace = folder.workspace
      expectRefusal(
        try await rehearse("serve", "--address", "0.0.0.0", "--workspace", workspace),
        "a token is needed", "--token")
      expectRefusal(
        try await rehearse(
          "serve", "--address", "203.0.113.1", "--token", "long enough by far",
          "--workspace", workspace),
        "203.0.113.1", "--address")
      let broken = try folder.write("no database at all, not even nearly".utf8, to: "w.sqlite")
      expectRefusal(
        try await rehearse("serve", "--port", "0", "--workspace", broken), "w.sqlite")
    }
  }
}
