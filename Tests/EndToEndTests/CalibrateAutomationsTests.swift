import Foundation
import Testing

extension EndToEndTests {
  @Suite("Measuring automations") struct CalibrateAutomationsTests {
    private static let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"]
    private static let jobs = """
      ReleaseName,State,StartTime,EndTime,HostMachineName,SourceType
      Pay,Successful,2026-01-05T08:00:00Z,2026-01-05T08:00:40Z,R1,Schedule
      Pay,Faulted,2026-01-05T09:00:00Z,2026-01-05T09:00:10Z,R1,Schedule
      Pay,Successful,2026-01-05T10:00:00Z,2026-01-05T10:00:35Z,R1,Schedule
      Pay,Successful,2026-01-05T11:00:00Z,2026-01-05T11:00:45Z,R2,Schedule

      """
    private static let tickets = """
      Robot,Category,Opened,Minutes,Verdict
      Pay,limit,2026-01-05T09:10:00Z,6,approved
      Pay,limit,2026-01-05T10:10:00Z,8,rejected

      """

    @Test("jobs and tickets give probabilities with intervals, and keys for a scenario")
    func measured() async throws {
      let folder = try TemporaryFolder()
      let jobs = try folder.write(Self.jobs.utf8, to: "jobs.csv")
      let tickets = try folder.write(Self.tickets.utf8, to: "tickets.csv")
      let keys = folder.file("measured.yaml")
      let outcome = try await rehearse([
        "calibrate", "automations", jobs, tickets, "--output", keys, "--format", "json",
      ])
      #expect(outcome.exitCode == 0, "\(outcome)")
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(document["provenance"] as? String == "measured")
      let automations = try #require(document["automations"] as? [[String: Any]])
      let failure = try #require(automations.first?["failure"] as? [String: Any])
      #expect(failure["successes"] as? Int == 1 && failure["trials"] as? Int == 4)
      // (1 + ½) / (4 + 1)
      #expect(failure["mean"] as? Double == 0.3)
      let reviews = try #require(document["reviews"] as? [[String: Any]])
      let approved = try #require(reviews.first?["approved"] as? [String: Any])
      #expect(approved["successes"] as? Int == 1 && approved["trials"] as? Int == 2)
      // Both are recorded from 9:10 to 10:10 only, in which one job began and two tickets came.
      #expect(reviews.first?["escalation"] == nil)
      let remarks = try #require(document["notIdentified"] as? [String])
      #expect(remarks.contains { $0.contains("how often Pay leads to a ticket cannot be told") })
      let text = try String(contentsOfFile: keys, encoding: .utf8)
      #expect(text.contains("counted: 1 of 4"))
    }

    /// Two weeks with one failure in ten, two weeks with six in ten; and reviews, of which one in four is rejected.
    private static func estate(
      _ folder: borrowing TemporaryFolder, named name: String = "Pay"
    ) throws -> [String] {
      var jobs = "ReleaseName,State,StartTime,EndTime,HostMachineName,SourceType\n"
      var tickets = "Robot,Category,Opened,Minutes,Verdict\n"
      for day in 1...28 {
        for run in 0..<20 {
          let place = (day * 20 + run) * 7 % 10
          let state = place < (day <= 14 ? 1 : 6) ? "Faulted" : "Successful"
          let time = "2026-03-\(day < 10 ? "0" : "")\(day)T\(run < 10 ? "0" : "")\(run)"
          jobs += "\(name),\(state),\(time):00:00Z,\(time):00:\(10 + place)Z,R\(run % 2),Schedule\n"
          if run < 4 {
            tickets +=
              "\(name),\(run % 2 == 0 ? "limit" : "name"),\(time):30:00Z,\(5 + run),"
              + "\(run == 0 ? "rejected" : "approved")\n"
          }
        }
      }
      return [
        try folder.write(jobs.utf8, to: "jobs.csv"),
        try folder.write(tickets.utf8, to: "tickets.csv"),
      ]
    }

    @Test(
      "a report in all forms, no number differs between them, and each opens in its reader",
      .enabled(if: python != nil))
    func forms() async throws {
      let folder = try TemporaryFolder()
      let files = try Self.estate(folder)
      let endings = ["html", "pdf", "xlsx", "json", "md", "yaml"]
      let outcome = try await rehearse(
        ["calibrate", "automations"] + files
          + endings.flatMap { ["--output", folder.file("report.\($0)")] }
          + ["--output", folder.file("tables/"), "--charts", folder.file("charts")])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_report.py",
          folder.path, "attempts",
        ])
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
      #expect(check.output.contains(" 0 differ"))
      let page = try String(contentsOfFile: folder.file("report.html"), encoding: .utf8)
      for title in [
        "How often automations fail", "What people said of them", "How long they take",
        "What changed", "What the records cannot say", "Pay on R1",
      ] {
        #expect(page.contains(title), "\(title)")
      }
      // The failures changed on the 15th, from one in ten to six in ten; approvals did not.
      #expect(page.contains("Failures changed: Pay on 2026-03-15"))
      #expect(page.contains("Approvals as it was: no change is to be seen"))
      let changes = try String(
        contentsOfFile: folder.file("tables/changes-of-shares.csv"), encoding: .utf8)
      #expect(changes.contains("Failures of Pay,2026-03-15,"), "\(changes)")
      #expect(changes.contains(",10,60,"), "\(changes)")
      let charts = try FileManager.default.contentsOfDirectory(atPath: folder.file("charts"))
      #expect(charts.contains("failures-over-time.vl.json"), "\(charts)")
      #expect(
        try String(contentsOfFile: folder.file("report.yaml"), encoding: .utf8)
          .contains("counted:"))
      // What is printed is what is written.
      let printed = try await rehearse(
        ["calibrate", "automations"] + files + ["--format", "html"])
      #expect(printed.exitCode == 0 && printed.output.hasPrefix("<!DOCTYPE html>"))
      let markdown = try await rehearse(
        ["calibrate", "automations"] + files + ["--format", "markdown"])
      #expect(markdown.output.contains("records SHA-256"))
    }

    @Test(
      "the page has no error, asks no network for anything, and a checker finds no serious barrier",
      .enabled(
        if: python != nil
          && FileManager.default.fileExists(atPath: "/usr/bin/chromium")))
    func browser() async throws {
      let folder = try TemporaryFolder()
      let page = folder.file("report.html")
      let files = try Self.estate(folder, named: "Pay <b>")
      let outcome = try await rehearse(
        ["calibrate", "automations"] + files
          + ["--output", page, "--output", folder.file("tables/")])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let check = try await runProgram(
        "/usr/bin/env",
        [
          Self.python ?? "python3", "\(packageRoot)/tools/check_page.py", page,
          folder.file("tables"),
        ], limit: .seconds(600))
      #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
      let text = try String(contentsOfFile: page, encoding: .utf8)
      #expect(text.contains("Pay &lt;b&gt;") && !text.contains("Pay <b>"))
    }

    @Test("what is wrong is said: a part that is none, a file of another kind")
    func refused() async throws {
      let folder = try TemporaryFolder()
      let tickets = try folder.write(Self.tickets.utf8, to: "tickets.csv")
      let wrong = try await rehearse([
        "calibrate", "automations", tickets, "--column", "verdict=Verdict",
      ])
      #expect(wrong.exitCode == 64 && wrong.errors.contains("outcome"))
      let other = try await rehearse([
        "calibrate", "automations", try folder.write("<a/>".utf8, to: "a.xml"),
      ])
      #expect(other.exitCode == 2 && other.errors.contains("log of tickets"))
      let ending = try await rehearse([
        "calibrate", "automations", tickets, "--output", folder.file("report.docx"),
      ])
      #expect(ending.exitCode == 64 && ending.errors.contains("the ending says what is written"))
    }

    @Test("a log is calibrated with and without the name of its command")
    func log() async throws {
      let folder = try TemporaryFolder()
      let log = try folder.write(
        "case,activity,end\n1,A,2026-01-05T08:00:00Z\n".utf8, to: "log.csv")
      let short = try await rehearse(["calibrate", log, "--preview"])
      let long = try await rehearse(["calibrate", "log", log, "--preview"])
      #expect(short.exitCode == 0 && short.output == long.output)
    }
  }
}
