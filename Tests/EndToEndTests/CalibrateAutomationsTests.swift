import Foundation
import Testing

extension EndToEndTests {
  @Suite("Measuring automations") struct CalibrateAutomationsTests {
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
