import Foundation
import Testing

extension EndToEndTests {
  /// Each thing that cannot be used gives one message that says where, exit code 2, and leaves no trace.
  @Suite("Bad input") struct BadInputTests {
    private static let archive =
      "inventories/meridian-bank/power-automate/LoanIntake_1_0_0_4.zip"
    private let folder = try? TemporaryFolder()

    /// Imports one path, which must be refused without a trace.
    private func expectImportRefused(
      _ path: String, in folder: TemporaryFolder, _ texts: String...,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let before = try folder.contents()
      let outcome = try await rehearse("import", path, "--workspace", folder.workspace)
      expectRefusal(outcome, sourceLocation: sourceLocation)
      for text in texts {
        #expect(
          outcome.messages.first?.contains(text) == true, "expected '\(text)' in \(outcome)",
          sourceLocation: sourceLocation)
      }
      #expect(try folder.contents() == before, sourceLocation: sourceLocation)
    }

    @Test("a missing file is named")
    func missingFile() async throws {
      let folder = try #require(folder)
      try await expectImportRefused(
        folder.file("missing.bpmn"), in: folder, "missing.bpmn: ", "no such file")
    }

    @Test("an empty folder is named")
    func emptyFolder() async throws {
      let folder = try #require(folder)
      try FileManager.default.createDirectory(
        atPath: folder.file("exports"), withIntermediateDirectories: false)
      try await expectImportRefused(folder.file("exports"), in: folder, "exports: ", "no files")
    }

    @Test("a folder with nothing that is read says so")
    func nothingReadable() async throws {
      let folder = try #require(folder)
      try folder.write("Just a note.\n".utf8, to: "exports/note.txt")
      try await expectImportRefused(folder.file("exports"), in: folder, "exports")
    }

    @Test("a truncated zip is named", arguments: [100, 3_000, -30])
    func truncatedArchive(length: Int) async throws {
      let folder = try #require(folder)
      let whole = try projectBytes(Self.archive)
      let path = try folder.write(
        length < 0 ? whole.dropLast(-length) : whole.prefix(length), to: "cut.zip")
      try await expectImportRefused(path, in: folder, "cut.zip")
    }

    @Test("a sequence flow that leads nowhere is named with file, line, and the id it misses")
    func danglingFlow() async throws {
      let folder = try #require(folder)
      let text = try projectText("scenarios/reference/one-task.bpmn")
        .replacingOnce("targetRef=\"task\"", with: "targetRef=\"tusk\"")
      let path = try folder.write(text.utf8, to: "loan.bpmn")
      let line = try text.position(of: "<bpmn:sequenceFlow id=\"to_task\"").prefix { $0 != ":" }
      try await expectImportRefused(
        path, in: folder, "loan.bpmn:\(line):", "'to_task'", "'tusk'", "did you mean 'task'")
    }

    @Test("XML that is cut off is named with its line")
    func truncatedXML() async throws {
      let folder = try #require(folder)
      let bytes = try projectBytes("inventories/meridian-bank/bpmn/loan-approval.bpmn")
      let path = try folder.write(bytes.prefix(5_000), to: "loan.bpmn")
      let line = bytes.prefix(5_000).count { $0 == 0x0A } + 1
      try await expectImportRefused(path, in: folder, "loan.bpmn:\(line):")
    }

    @Test("a bomb of entities is refused at once")
    func entityBomb() async throws {
      let folder = try #require(folder)
      var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE definitions [\n<!ENTITY a0 \"aaaaaaaaaa\">\n"
      for level in 1...12 {
        text += "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">\n"
      }
      text += "]>\n<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">"
      text += "<process id=\"p\" name=\"&a12;\"/></definitions>\n"
      let path = try folder.write(text.utf8, to: "bomb.bpmn")
      let begun = ContinuousClock.now
      try await expectImportRefused(path, in: folder, "bomb.bpmn:3:", "entity")
      #expect(ContinuousClock.now - begun < .seconds(20))
    }

    @Test("an external entity is refused, and nothing of what it names is shown")
    func externalEntity() async throws {
      let folder = try #require(folder)
      let secret = try folder.write("a-secret-of-this-machine\n".utf8, to: "secret.txt")
      let text = """
        <?xml version="1.0"?>
        <!DOCTYPE definitions [<!ENTITY s SYSTEM "file://\(secret)">]>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
          <process id="p" name="&s;"/>
        </definitions>
        """
      let path = try folder.write(text.utf8, to: "loan.bpmn")
      let outcome = try await rehearse("import", path, "--workspace", folder.workspace)
      expectRefusal(outcome, "loan.bpmn:2:")
      #expect(!outcome.errors.contains("a-secret-of-this-machine"))
    }

    /// The names of the members are changed in place: `solution.xml` → `../ution.xml`.
    @Test("a zip with a member that leads out of it is refused")
    func traversal() async throws {
      let folder = try #require(folder)
      let bytes = Data(try projectBytes(Self.archive))
      let name = Data("solution.xml".utf8)
      var evil = bytes
      var count = 0
      while let range = evil.firstRange(of: name) {
        evil.replaceSubrange(range, with: Data("../ution.xml".utf8))
        count += 1
      }
      #expect(count == 2)
      let path = try folder.write(evil, to: "inside/evil.zip")
      try await expectImportRefused(path, in: folder, "evil.zip")
      #expect(!FileManager.default.fileExists(atPath: folder.file("ution.xml")))
    }

    @Test("one bad file in a folder is listed as failed, the rest is imported, the exit code is 0")
    func oneBadFile() async throws {
      let folder = try #require(folder)
      try folderWithOneBadFile(folder)
      let text = try await output(
        of: "import", folder.file("exports"), "--workspace", folder.workspace, "--format", "json")
      let files = try #require(try json(text)["files"] as? [[String: Any]])
      let status = Dictionary(
        uniqueKeysWithValues: files.map { ("\($0["path"] ?? "")", "\($0["status"] ?? "")") })
      #expect(status == ["cut.zip": "failed", "loan.bpmn": "imported"])
      let failed = try #require(files.first { $0["path"] as? String == "cut.zip" })
      #expect((failed["problems"] as? [Any])?.count == 1)
      let list = try await output(of: "inventory", "--workspace", folder.workspace)
      #expect(list.contains("Loan Approval"))
    }

    @Test("with --strict one bad file in a folder gives exit code 2 and nothing is written")
    func strict() async throws {
      let folder = try #require(folder)
      try folderWithOneBadFile(folder)
      let before = try folder.contents()
      let outcome = try await rehearse(
        "import", folder.file("exports"), "--workspace", folder.workspace, "--strict")
      expectRefusal(outcome, "cut.zip")
      #expect(try folder.contents() == before)
    }

    @Test("with --strict a workspace that was there stays as it was")
    func strictKeepsWorkspace() async throws {
      let folder = try #require(folder)
      try folderWithOneBadFile(folder)
      _ = try await output(
        of: "import", folder.file("exports/loan.bpmn"), "--workspace", folder.workspace)
      let before = try folder.contents()
      expectRefusal(
        try await rehearse(
          "import", folder.file("exports"), "--workspace", folder.workspace, "--strict"), "cut.zip")
      #expect(try folder.contents() == before)
    }

    private func folderWithOneBadFile(_ folder: TemporaryFolder) throws {
      try folder.write(
        projectBytes("inventories/meridian-bank/bpmn/loan-approval.bpmn"), to: "exports/loan.bpmn")
      try folder.write(projectBytes(Self.archive).prefix(3_000), to: "exports/cut.zip")
    }

    private static let verbs: [[String]] = [
      ["import", "inventories/meridian-bank"], ["inventory"], ["inventory", "list"],
      ["inventory", "show", "Loan Agent"], ["audit"], ["graph", "--format", "json"],
      ["inventory", "set", "Loan Agent", "owner", "Ada Example", "--by", "Bo Example"],
      ["inventory", "alias", "Loan Agent", "LA-1", "--by", "Bo Example"],
      ["inventory", "matches"], ["inventory", "corrections"], ["inventory", "undo", "1"],
      ["inventory", "export", "--output", "output/never.json"], ["inventory", "history"],
      ["inventory", "register", "--output", "output/never.csv"],
    ]

    @Test("a file that is no workspace is refused and stays as it is", arguments: verbs)
    func noWorkspaceFile(verb: [String]) async throws {
      let folder = try #require(folder)
      let path = try folder.write(
        "This is a letter, and no workspace, whatever its name says.\n".utf8, to: "w.sqlite")
      let before = try folder.contents()
      expectRefusal(try await rehearse(verb + ["--workspace", path]), "w.sqlite: ", "workspace")
      #expect(try folder.contents() == before)
    }

    @Test("a damaged workspace is refused by every command and stays as it is", arguments: verbs)
    func damagedWorkspace(verb: [String]) async throws {
      let folder = try #require(folder)
      _ = try await output(
        of: "import", "inventories/meridian-bank", "--workspace", folder.workspace)
      var bytes = try Data(contentsOf: URL(filePath: folder.workspace))
      // The first page says what is in the file; the others are the content.
      for position in 4_096..<bytes.count { bytes[position] = 0xA5 }
      try bytes.write(to: URL(filePath: folder.workspace))
      let before = try folder.contents()
      expectRefusal(
        try await rehearse(verb + ["--workspace", folder.workspace]), "workspace.sqlite: ")
      #expect(try folder.contents() == before)
    }

    @Test("a workspace that is not there is not made by asking it", arguments: verbs.dropFirst())
    func missingWorkspace(verb: [String]) async throws {
      let folder = try #require(folder)
      expectRefusal(
        try await rehearse(verb + ["--workspace", folder.workspace]), "workspace.sqlite: ",
        "rehearse import")
      #expect(try folder.contents() == [:])
    }

    @Test(
      "a place that cannot be written to is named, and nothing is written",
      arguments: [
        ["inventory", "list", "--format", "csv"], ["audit", "--format", "json"],
        ["audit", "--format", "html"], ["graph", "--format", "dot"], ["graph", "--format", "svg"],
      ])
    func unwritableOutput(verb: [String]) async throws {
      let folder = try #require(folder)
      _ = try await output(
        of: "import", "inventories/meridian-bank/bpmn", "--workspace", folder.workspace)
      try folder.write([], to: "file")
      let before = try folder.contents()
      let place = folder.file("file/result")
      expectRefusal(
        try await rehearse(verb + ["--workspace", folder.workspace, "--output", place]), place,
        "--output")
      #expect(try folder.contents() == before)
    }

    @Test("a full disk behind standard output gives a message and exit code 2")
    func fullOutput() async throws {
      let folder = try #require(folder)
      _ = try await output(
        of: "import", "inventories/meridian-bank/bpmn", "--workspace", folder.workspace)
      let program = try programPath()
      let script = "exec \"$0\" inventory list --format json --workspace \"$1\" > /dev/full"
      let outcome = try await runProgram("/bin/sh", ["-c", script, program, folder.workspace])
      expectRefusal(outcome, "standard output")
    }

    @Test(
      "what is no regular file is refused at once", arguments: ["/dev/zero", "/dev/stdin"])
    func device(path: String) async throws {
      let folder = try #require(folder)
      let name = try #require(path.split(separator: "/").last)
      try await expectImportRefused(path, in: folder, "\(name): ", "not a regular file")
      expectRefusal(try await rehearse("compare", path, "--no-record"), path)
    }
  }
}
