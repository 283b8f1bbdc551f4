import Foundation
import Testing

extension EndToEndTests {
  @Suite("The story of one case") struct CaseTraceTests {
    private static let loan = "scenarios/loan-approval.yaml"

    private func whole(_ value: Any?, _ key: String) -> Int {
      ((value as? [String: Any])?[key] as? Int) ?? .min
    }

    @Test(
      "its shares of time sum to its cycle time, its items of cost to its cost",
      arguments: ["slowest", "dearest"])
    func sums(choice: String) async throws {
      let story = try json(
        await output(
          of: "simulate", Self.loan, "--variant", "agents", "--trace", choice, "--replication", "2",
          "--format", "json"))
      let time = try #require(story["time"] as? [[String: Any]])
      let costs = try #require(story["costs"] as? [[String: Any]])
      #expect(
        time.reduce(0) { $0 + whole($1["length"], "microseconds") }
          == whole(story["cycleTime"], "microseconds"))
      #expect(
        costs.reduce(0) { $0 + whole($1["amount"], "millionths") }
          == whole(story["cost"], "millionths"))
      #expect(whole(story["cycleTime"], "microseconds") > 0 && story["replication"] as? Int == 2)
      // The same case by its number is the same story.
      let number = try #require(story["case"] as? Int)
      let again = try json(
        await output(
          of: "simulate", Self.loan, "--variant", "agents", "--trace", "\(number)",
          "--replication", "2", "--format", "json"))
      #expect(again["entries"] as? NSArray == story["entries"] as? NSArray)
    }

    /// The log of the same replication has the same case under the same number.
    @Test("every piece of work that the log has of the case ends in its story at the same instant")
    func log() async throws {
      let folder = try TemporaryFolder()
      let log = folder.file("log.csv")
      _ = try await output(
        of: "simulate", Self.loan, "--variant", "agents", "--replications", "1", "--log", log)
      let story = try json(
        await output(
          of: "simulate", Self.loan, "--variant", "agents", "--trace", "dearest", "--format",
          "json"))
      let number = try #require(story["case"] as? Int)
      let entries = try #require(story["entries"] as? [[String: Any]])
      let worked = entries.filter { $0["kind"] as? String == "worked" }
      let rows = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        .filter { $0.first == "\(number)" }
      #expect(!rows.isEmpty)
      let clock = ISO8601DateFormatter()
      func second(_ text: String) -> Int? {
        // Fractions of a second are cut.
        let whole = text.replacing(/\.[0-9]+/, with: "")
        return clock.date(from: whole).map { Int($0.timeIntervalSince1970) }
      }
      for row in rows {
        let finished = try #require(second(row[9]))
        #expect(
          worked.contains {
            $0["subject"] as? String == row[1] && second($0["to"] as? String ?? "") == finished
          }, "\(row)")
      }
    }

    @Test("in words it says what happened, why it waited and where time and money went")
    func words() async throws {
      let text = try await output(
        of: "simulate", Self.loan, "--variant", "agents", "--trace", "slowest")
      for passage in [
        "What happened", "arrives", "waits", "Where the time went", "Where the money went",
        "in all",
      ] {
        #expect(text.contains(passage), "\(passage) is missing")
      }
    }

    @Test("cases that are not there, and options that do not go with it, are refused")
    func refusals() async throws {
      expectRefusal(
        try await rehearse("simulate", Self.loan, "--trace", "99999999"),
        "no counted case 99999999")
      for options in [["--trace", "best"], ["--replication", "2"], ["--trace", "0"]] {
        let outcome = try await rehearse(["simulate", Self.loan] + options)
        #expect(outcome.exitCode == 64, "\(outcome)")
      }
    }
  }
}
