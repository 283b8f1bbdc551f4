import Foundation
import Testing

extension EndToEndTests {
  @Suite("Scenarios made of the inventory") struct ScenarioInitTests {
    private static let sample = "inventories/meridian-bank"

    /// A copy of the sample estate, imported.
    private func estate(in folder: TemporaryFolder) async throws {
      try folder.copy(Self.sample, to: "bank")
      try await importing(folder)
    }

    private func importing(_ folder: TemporaryFolder) async throws {
      _ = try await output(of: "import", folder.file("bank"), "--workspace", folder.workspace)
    }

    private func initialise(
      _ process: String, _ file: String, in folder: TemporaryFolder, _ more: String...
    ) async throws -> Outcome {
      try await rehearse(
        [
          "scenario", "init", "--from-inventory", "--workspace", folder.workspace, "--process",
          process, "--output", folder.file(file),
        ] + more)
    }

    private func change(
      _ old: String, _ new: String, in name: String, _ folder: TemporaryFolder
    ) throws {
      let text = try String(contentsOfFile: folder.file(name), encoding: .utf8)
      try folder.write(Array(try text.replacingOnce(old, with: new).utf8), to: name)
    }

    @Test(
      "every process and every automation with steps gives a scenario that runs at once",
      arguments: [
        "loan-approval", "account-opening", "limit-change", "KYC Screening Bot",
        "Account Opening Robot", "Loan Crew", "Limit Override Approval", "Customer Record Entry",
        "Loan Application Intake", "Missing Document Reminder", "Loan Agent", "Credit Limits",
      ])
    func runs(process: String) async throws {
      let folder = try TemporaryFolder()
      try await estate(in: folder)
      let made = try await initialise(process, "made.yaml", in: folder)
      try #require(made.exitCode == 0, "\(made)")
      let run = try await rehearse(
        "simulate", folder.file("made.yaml"), "--replications", "2", "--set",
        "clock.horizon=2 weeks", "--set", "clock.start_state=empty")
      #expect(run.exitCode == 0, "\(run)")
      let again = try await initialise(process, "made.yaml", in: folder)
      #expect(again.exitCode == 0, "\(again)")
      #expect(again.output.contains("is as the inventory has it"))
    }

    @Test("the scenario of the loan process has its figures from the register, and says so")
    func loan() async throws {
      let folder = try TemporaryFolder()
      try await estate(in: folder)
      let made = try await initialise("loan-approval", "loan.yaml", in: folder)
      try #require(made.exitCode == 0, "\(made)")
      let document = try json(
        await output(of: "scenario", "explain", folder.file("loan.yaml"), "--format", "json"))
      let parameters = try #require(document["parameters"] as? [[String: Any]])
      func parameter(_ path: String) -> [String: Any]? {
        parameters.first { $0["path"] as? String == path }
      }
      let rate = parameter("demand.arrivals.rate")
      #expect(rate?["provenance"] as? String == "declared")
      #expect(
        rate?["note"] as? String == "2100 per month - register/system-register.csv:8 (Volume)")
      #expect(parameter("automations.kyc_screening_bot.failure")?["value"] as? Double == 0.031)
      let ranks = ["assumed", "inferred", "imported", "declared", "measured"]
      let order = parameters.compactMap { $0["provenance"] as? String }
        .compactMap(ranks.firstIndex)
      #expect(order == order.sorted())
    }

    @Test("a change of the inventory is shown, taken over only when asked, and yours stays")
    func changes() async throws {
      let folder = try TemporaryFolder()
      try await estate(in: folder)
      let made = try await initialise("loan-approval", "loan.yaml", in: folder)
      try #require(made.exitCode == 0, "\(made)")
      try change(
        "people: { value: 3, assumed: ", "people: { value: 4, measured: rota }   # ",
        in: "loan.yaml",
        folder)
      let mine = try String(contentsOfFile: folder.file("loan.yaml"), encoding: .utf8)
      try change(
        "0.3 %,2100 per month", "0.3 %,3000 per month", in: "bank/register/system-register.csv",
        folder)
      try await importing(folder)

      let shown = try await initialise("loan-approval", "loan.yaml", in: folder)
      #expect(shown.exitCode == 1, "\(shown)")
      #expect(shown.output.contains("was: 482.96 per week"))
      // 3000 a month of 30.4375 days are 689.94 a week.
      #expect(shown.output.contains("now: 689.94 per week"))
      #expect(shown.output.contains("Yours, kept: 1") || shown.output.contains("yours stays: 1"))
      #expect(try String(contentsOfFile: folder.file("loan.yaml"), encoding: .utf8) == mine)

      let accepted = try await initialise("loan-approval", "loan.yaml", in: folder, "--accept")
      #expect(accepted.exitCode == 0, "\(accepted)")
      let text = try String(contentsOfFile: folder.file("loan.yaml"), encoding: .utf8)
      #expect(text.contains("rate: { value: 689.94 per week, declared: \"3000 per month"))
      #expect(text.contains("people: { value: 4, measured: rota }"))
      let after = try await initialise("loan-approval", "loan.yaml", in: folder)
      #expect(after.exitCode == 0, "\(after)")
      let check = try await rehearse("scenario", "check", folder.file("loan.yaml"))
      #expect(check.exitCode == 0, "\(check)")
    }

    @Test("a new step of the drawing is a new activity of the scenario")
    func newStep() async throws {
      let folder = try TemporaryFolder()
      try await estate(in: folder)
      _ = try await initialise("limit-change", "limit.yaml", in: folder)
      let drawing = "bank/bpmn/limit-change.bpmn"
      try change("id=\"record_request\"", "id=\"take_request\"", in: drawing, folder)
      var text = try String(contentsOfFile: folder.file(drawing), encoding: .utf8)
      text = text.replacing("\"record_request\"", with: "\"take_request\"")
        .replacing(">record_request<", with: ">take_request<")
      try folder.write(Array(text.utf8), to: drawing)
      try await importing(folder)
      let shown = try await initialise("limit-change", "limit.yaml", in: folder)
      #expect(shown.exitCode == 1, "\(shown)")
      #expect(shown.output.contains("activities.take_request.time"))
      let accepted = try await initialise("limit-change", "limit.yaml", in: folder, "--accept")
      #expect(accepted.exitCode == 0, "\(accepted)")
      let check = try await rehearse("scenario", "check", folder.file("limit.yaml"))
      #expect(check.exitCode == 0, "\(check)")
    }

    @Test("bad requests are refused, and nothing is written")
    func refusals() async throws {
      let folder = try TemporaryFolder()
      try await estate(in: folder)
      expectRefusal(
        try await initialise("loan-aproval", "x.yaml", in: folder), "did you mean 'loan-approval'?")
      expectRefusal(
        try await initialise("Fraud Rules", "x.yaml", in: folder),
        "register/system-register.csv:20", "no file that says how it works")
      try folder.write(Array("rehearse: 1\ntitle: mine\n".utf8), to: "mine.yaml")
      expectRefusal(
        try await initialise("loan-approval", "mine.yaml", in: folder, "--accept"),
        "was not made by `rehearse scenario init`")
      try folder.write(Array("<my drawing/>".utf8), to: "bot.bpmn")
      expectRefusal(
        try await initialise("KYC Screening Bot", "bot.yaml", in: folder), "is not overwritten")
      #expect(!FileManager.default.fileExists(atPath: folder.file("x.yaml")))
      #expect(!FileManager.default.fileExists(atPath: folder.file("bot.yaml")))
      let usage = try await rehearse("scenario", "init", "--process", "loan-approval")
      #expect(usage.exitCode == 64, "\(usage)")
    }

    @Test("explain refuses an unknown variant and a scenario that does not compile")
    func explain() async throws {
      expectRefusal(
        try await rehearse(
          "scenario", "explain", "scenarios/loan-approval.yaml", "--variant", "agent"),
        "did you mean 'agents'?")
      let text = try await output(of: "scenario", "explain", "scenarios/loan-approval.yaml")
      let assumed = try #require(text.firstRange(of: "\nassumed\n"))
      let declared = try #require(text.firstRange(of: "\ndeclared\n"))
      #expect(assumed.lowerBound < declared.lowerBound)
    }
  }
}
