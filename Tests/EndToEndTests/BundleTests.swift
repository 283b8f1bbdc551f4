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

    /// A scenario that says what is not known of it.
    private func uncertainPlan(_ folder: TemporaryFolder) throws -> String {
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      let unknown = """
        uncertain:
          price: { change: automations.robot.price, low: 1 EUR per run, high: 9 EUR per run }

        """
      return try folder.write((CompareTests.swept + unknown).utf8, to: "plan.yaml")
    }

    private func rerunsToTheByte(_ bundle: String) async throws {
      let rerun = try await rehearse("rerun", bundle, "--format", "json")
      #expect(rerun.exitCode == 0, "\(rerun)")
      #expect(try json(rerun.output)["isSame"] as? Bool == true)
    }

    @Test("what a comparison tries of its inputs is in the bundle, and runs again to the byte")
    func trials() async throws {
      let folder = try TemporaryFolder()
      let plan = try uncertainPlan(folder)
      let options = [
        "--replications", "3", "--draws", "5", "--sensitivity",
        "automations.robot.price=1 EUR per run..2 EUR per run", "--sensitivity-replications", "2",
      ]
      let place = folder.file("plan.zip")
      let bundled = try await rehearse(["bundle", plan, "--output", place] + options)
      try #require(bundled.exitCode == 0, "\(bundled)")
      try await rerunsToTheByte(place)
      // The same as compare prints, kept in a workspace and bundled from there.
      let compared = try await rehearse(
        ["compare", plan, "--format", "json", "--workspace", folder.workspace] + options)
      let result = try json(compared.output)
      let ignorance = try #require(result["ignorance"] as? [String: Any])
      #expect(ignorance["draws"] as? Int == 5)
      let tornado = try #require(result["tornado"] as? [String: Any])
      #expect(tornado["replications"] as? Int == 2)
      let kept = folder.file("kept.zip")
      _ = try await output(of: "bundle", "1", "--output", kept, "--workspace", folder.workspace)
      #expect(
        try Data(contentsOf: URL(filePath: kept)) == (try Data(contentsOf: URL(filePath: place))))
      let refused = try await rehearse("bundle", "1", "--draws", "5", "--output", kept)
      #expect(refused.exitCode == 64 && refused.errors.contains("as it was run"), "\(refused)")
    }

    @Test(
      "values tried one by one have the replications asked for, whatever precision is asked for")
    func precision() async throws {
      let folder = try TemporaryFolder()
      let plan = try uncertainPlan(folder)
      let place = folder.file("plan.zip")
      let bundled = try await rehearse(
        "bundle", plan, "--output", place, "--draws", "0", "--replications", "12", "--precision",
        "cost_per_case=50 %", "--sensitivity",
        "automations.robot.price=1 EUR per run..2 EUR per run", "--sensitivity-replications", "4")
      try #require(bundled.exitCode == 0, "\(bundled)")
      try await rerunsToTheByte(place)
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
