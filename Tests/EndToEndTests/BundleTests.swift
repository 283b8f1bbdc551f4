import Foundation
import Testing

extension EndToEndTests {
  @Suite("Bundles") struct BundleTests {
    private static let loan = "scenarios/loan-approval.yaml"

    private func bundle(_ folder: TemporaryFolder, to name: String = "loan.zip") async throws
      -> String
    {
      let place = folder.file(name)
      let outcome = try await rehearse([
        "bundle", Self.loan, "--replications", "2", "--output", place, "--workspace",
        folder.workspace,
      ])
      try #require(outcome.exitCode == 0, "\(outcome)")
      return place
    }

    @Test("a bundle is the same bytes each time, and runs again to the byte far from its inputs")
    func roundTrip() async throws {
      let folder = try TemporaryFolder()
      let first = try await bundle(folder)
      let second = try await bundle(folder, to: "again.zip")
      let bytes = try Data(contentsOf: URL(filePath: first))
      #expect(bytes == (try Data(contentsOf: URL(filePath: second))))
      let rerun = try await rehearse(["rerun", first], in: folder.path)
      #expect(rerun.exitCode == 0, "\(rerun)")
      #expect(rerun.output.contains("the same to the byte"))
    }

    @Test("a study of the workspace is bundled with the inputs it had, whatever became of them")
    func ofStudy() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("inventories/meridian-bank", to: "inventories/meridian-bank")
      try folder.copy(Self.loan, to: "loan.yaml")
      let text = try String(contentsOfFile: folder.file("loan.yaml"), encoding: .utf8)
        .replacing("../inventories/", with: "inventories/")
      let scenario = try folder.write(text.utf8, to: "loan.yaml")
      let compared = try await rehearse([
        "compare", scenario, "--replications", "2", "--format", "json", "--workspace",
        folder.workspace,
      ])
      try #require(compared.exitCode == 0, "\(compared)")
      try FileManager.default.removeItem(atPath: scenario)
      try FileManager.default.removeItem(atPath: folder.file("inventories"))
      let place = folder.file("study.zip")
      _ = try await output(
        of: "bundle", "1", "--output", place, "--workspace", folder.workspace)
      let rerun = try await rehearse("rerun", place, "--format", "json")
      #expect(rerun.exitCode == 0, "\(rerun)")
      let said = try json(rerun.output)
      #expect(said["isSame"] as? Bool == true)
      #expect((said["differences"] as? [Any])?.isEmpty == true)
    }

    /// Rewrites a member of an archive, with its digest in the manifest where asked.
    private static let tamper = """
      import hashlib, json, sys, zipfile
      source, target, member, old, new, fixes = sys.argv[1:]
      with zipfile.ZipFile(source) as z:
          members = [(i.filename, z.read(i)) for i in z.infolist()]
      changed = []
      for name, data in members:
          if name == member:
              assert old.encode() in data
              data = data.replace(old.encode(), new.encode(), 1)
              digest = hashlib.sha256(data).hexdigest()
          changed.append((name, data))
      if fixes == "yes":
          manifest = json.loads(dict(changed)["bundle.json"])
          if member == "results/study.json":
              manifest["result"] = digest
          changed = [(n, json.dumps(manifest).encode() if n == "bundle.json" else d) for n, d in changed]
      with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as z:
          for name, data in changed:
              z.writestr(name if name != "bundle.json" or fixes != "escape" else "../bundle.json", data)
      """

    private func tampered(
      _ source: String, _ folder: TemporaryFolder, member: String, _ old: String, _ new: String,
      fixes: String
    ) async throws -> String {
      let target = folder.file("tampered-\(fixes).zip")
      let outcome = try await runProgram(
        python, ["-c", Self.tamper, source, target, member, old, new, fixes])
      try #require(outcome.exitCode == 0, "\(outcome)")
      return target
    }

    @Test(
      "what was changed since is refused; results that cannot be reproduced are named field by field",
      .enabled(if: !python.isEmpty))
    func tampering() async throws {
      let folder = try TemporaryFolder()
      let good = try await bundle(folder)
      let input = try await tampered(
        good, folder, member: "inputs/0/loan-approval.yaml", "rehearse: 1", "rehearse: 1 ",
        fixes: "no")
      expectRefusal(
        try await rehearse("rerun", input), "inputs/0/loan-approval.yaml", "was changed")
      let escape = try await tampered(
        good, folder, member: "inputs/0/loan-approval.yaml", "rehearse: 1", "rehearse: 1",
        fixes: "escape")
      expectRefusal(try await rehearse("rerun", escape), "leads out of the archive")
      let wrong = try await tampered(
        good, folder, member: "results/study.json", "\"seed\" : 7", "\"seed\" : 8", fixes: "yes")
      let outcome = try await rehearse("rerun", wrong)
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(outcome.output.contains("1 fields differ") || outcome.output.contains("1 field"))
      #expect(outcome.output.contains("seed: bundle 8, run 7"))
    }

    @Test("files that are no bundles are refused with what to do")
    func noBundle() async throws {
      let folder = try TemporaryFolder()
      let text = try folder.write("hello".utf8, to: "a.zip")
      expectRefusal(try await rehearse("rerun", text), "a.zip", "not a ZIP archive")
      expectRefusal(try await rehearse("rerun", folder.file("none.zip")), "none.zip")
      let missing = try await rehearse(
        "bundle", "4", "--output", folder.file("b.zip"), "--workspace", folder.workspace)
      expectRefusal(missing, "there is no workspace yet")
    }
  }
}

/// The Python of `REHEARSE_TEST_PYTHON`.
private let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] ?? ""
